//! The log: something that happened.

use chrono::NaiveDate;

use crate::diagnostic::Place;
use crate::school::attainment::pupils::Group;
use crate::school::id::Id;
use crate::school::year_group::YearGroup;

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
    "conversation",
    "success",
    "parents",
    "transition",
    PERFORMANCE_MANAGEMENT,
    CONFIDENCE,
    "other",
];

/// The kind of a row that keeps the day of a performance management meeting, and nothing else.
pub const PERFORMANCE_MANAGEMENT: &str = "performance-management";

/// The kind of a row with the leader's own scale of confidence, 1 to 10: for nobody else.
pub const CONFIDENCE: &str = "confidence";

/// The kind of a row in which a phase meeting or another decides something.
pub const DECISION: &str = "decision";

/// The kind of a row in which somebody offers to be visited.
pub const OFFER: &str = "offer";

/// Something that happened.
#[derive(Clone, Debug)]
pub struct LogEntry {
    /// The short name, where it has one.
    pub id: Option<Id>,
    pub date: NaiveDate,
    pub kind: &'static str,
    pub who: Vec<Id>,
    pub what: String,
    pub subject: Option<Id>,
    pub year_groups: Vec<YearGroup>,
    pub classes: Vec<Id>,
    /// The group of pupils that is counted.
    pub group: Group,
    pub count: Option<u32>,
    /// The duties, objectives and actions that it belongs to.
    pub shows: Vec<Id>,
    /// When it must be done again.
    pub renewal: Option<NaiveDate>,
    pub link: String,
    pub at: Place,
}

impl LogEntry {
    /// Whether it is for the leader alone.
    pub fn is_private(&self) -> bool {
        [CONFIDENCE, PERFORMANCE_MANAGEMENT, "feedback-given"].contains(&self.kind)
    }
}
