//! Actions: something that somebody will do.

use chrono::NaiveDate;

use super::Id;
use crate::diagnostic::Place;

/// What became of an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ActionStatus {
    /// Not begun.
    Open,
    /// Begun.
    UnderWay,
    /// Done.
    Done,
    /// Given up.
    Dropped,
}

impl ActionStatus {
    /// Every status, with the word that the files use.
    pub const WORDS: &[(ActionStatus, &'static str)] = &[
        (ActionStatus::Open, "open"),
        (ActionStatus::UnderWay, "under-way"),
        (ActionStatus::Done, "done"),
        (ActionStatus::Dropped, "dropped"),
    ];
}

/// What an action is.
pub const KINDS: &[&str] = &[
    "strategy",
    "follow-up",
    "coaching",
    "modelling",
    "training",
    "development-plan",
    "induction",
    "research",
    "trial",
    "other",
];

/// Something that somebody will do.
#[derive(Clone, Debug)]
pub struct Action {
    /// The short name.
    pub id: Id,
    /// What is done.
    pub action: String,
    /// Who does it.
    pub owner: Id,
    /// By when.
    pub due: NaiveDate,
    /// What became of it.
    pub status: ActionStatus,
    /// What it is: one of [`KINDS`].
    pub kind: Option<&'static str>,
    /// The subject.
    pub subject: Option<Id>,
    /// The aspect that it serves.
    pub aspect: Option<Id>,
    /// Where it is written.
    pub at: Place,
}

impl Action {
    /// Whether it is still to be done.
    pub fn is_open(&self) -> bool {
        matches!(self.status, ActionStatus::Open | ActionStatus::UnderWay)
    }
}
