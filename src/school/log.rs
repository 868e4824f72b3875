//! The log: something that happened.

use chrono::NaiveDate;

use super::Id;
use super::classes::YearGroup;
use crate::diagnostic::Place;

/// What happened: the kinds of row.
pub const KINDS: &[&str] = &[
    "meeting",
    "decision",
    "training",
    "reading",
    "visit",
    "offer",
    "deployment",
    "expectation-checked",
    "activity",
    "question-sheet",
    "notice-given",
    "report-issued",
    "feedback-given",
    "presentation",
    "other",
];

/// The kind of a row in which somebody offers to be visited.
pub const OFFER: &str = "offer";

/// Something that happened.
#[derive(Clone, Debug)]
pub struct Logged {
    /// The day.
    pub date: NaiveDate,
    /// What kind: one of [`KINDS`].
    pub kind: &'static str,
    /// Who was concerned.
    pub who: Vec<Id>,
    /// What it was.
    pub what: String,
    /// The subject.
    pub subject: Option<Id>,
    /// The year groups.
    pub year_groups: Vec<YearGroup>,
    /// The duty, objective or action that it belongs to.
    pub shows: Option<Id>,
    /// Where it is written.
    pub at: Place,
}
