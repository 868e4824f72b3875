//! What is recorded through the year.

pub mod actions;
pub mod duties;
pub mod evidence;
pub mod framework;
pub mod judgements;
pub mod log;
pub mod objectives;
pub mod proof;
pub mod report_kinds;
pub mod sessions;

use crate::school::id::Id;

/// A session that an earlier academic year's schedule shows: which phase saw which subject when.
#[derive(Clone, Debug)]
pub struct Seen {
    /// The phase's id in that year.
    pub phase: Id,
    /// The subject's id in that year.
    pub subject: Id,
    /// The academic year's first calendar year.
    pub academic_year: i32,
    /// The half term.
    pub half_term: u8,
}
