//! Pupils who are tracked, and what is counted of them.

use crate::school::{Group, Id, Measure, YearGroup};

/// Pupils who are tracked, and what is counted of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TrackedGroup<'a> {
    pub subject: &'a Id,
    pub measure: Measure,
    /// `None` for the phase as a whole.
    pub year_group: Option<YearGroup>,
    pub group: &'a Group,
}
