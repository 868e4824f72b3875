//! Pupils who are tracked, and what is counted of them.

use crate::school::{Group, Id, Measure, YearGroup};

/// Pupils who are tracked, and what is counted of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TrackedGroup<'a> {
    /// What is assessed.
    pub subject: &'a Id,
    /// What is counted.
    pub measure: Measure,
    /// `None` for the phase as a whole.
    pub year_group: Option<YearGroup>,
    /// The pupils.
    pub group: &'a Group,
}
