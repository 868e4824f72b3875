//! Actions: something that somebody will do.

use chrono::NaiveDate;

use crate::diagnostic::Place;
use crate::school::attainment::pupils::Group;
use crate::school::id::Id;
use crate::school::year_group::YearGroup;

fixed_words! {
    /// What happened to an action.
    pub enum ActionStatus {
        /// Not begun.
        Open = "open",
        /// Begun.
        UnderWay = "under-way",
        Done = "done",
        /// Given up.
        Dropped = "dropped",
    }
}

/// What an action is.
pub const KINDS: &[&str] = &[
    "strategy",
    "follow-up",
    "issue",
    "team-task",
    COACHING,
    "modelling",
    "paired-planning",
    "training",
    "development-plan",
    "induction",
    "research",
    "trial",
    "spending",
    "other",
];

/// The kind of an action in which one helps another in private.
pub const COACHING: &str = "coaching";

/// The kinds of action that are arranged by consent.
pub const BY_CONSENT: &[&str] = &[COACHING, "modelling", "paired-planning"];

/// The kinds of action whose effect on results or evidence is asked for.
pub const WITH_EFFECT: &[&str] =
    &["strategy", "trial", COACHING, "modelling", "paired-planning", "training", "spending"];

/// Something that somebody will do.
#[derive(Clone, Debug)]
pub struct Action {
    pub id: Id,
    pub action: String,
    pub owner: Id,
    pub due: NaiveDate,
    pub status: ActionStatus,
    pub kind: Option<&'static str>,
    pub subject: Option<Id>,
    /// The aspect that it serves.
    pub aspect: Option<Id>,
    pub group: Group,
    /// The year groups; every one where there is none.
    pub year_groups: Vec<YearGroup>,
    /// With whom: who is coached, new to the school, or shares the work.
    pub with: Vec<Id>,
    /// Whether everybody concerned has agreed to it.
    pub agreed: bool,
    pub opened: Option<NaiveDate>,
    pub done: Option<NaiveDate>,
    /// When it is first looked at again.
    pub review: Option<NaiveDate>,
    /// The evidence, sessions, objectives, duties and rows of the log that it came from.
    pub came_from: Vec<Id>,
    /// What would show that it worked.
    pub measure: String,
    /// How it stood before, in the words of its file.
    pub before: String,
    pub after: String,
    /// What it may cost, in pence.
    pub budget: Option<i64>,
    /// What it has cost, in pence.
    pub spent: Option<i64>,
    pub at: Place,
}

impl Action {
    /// Whether it is arranged by consent, and nobody else's matter.
    pub fn is_by_consent(&self) -> bool {
        self.kind.is_some_and(|kind| BY_CONSENT.contains(&kind))
    }

    /// Whether it is still to be done.
    pub fn is_open(&self) -> bool {
        matches!(self.status, ActionStatus::Open | ActionStatus::UnderWay)
    }

    /// Whether it should be done by now and is not.
    pub fn is_overdue(&self, today: NaiveDate) -> bool {
        self.is_open() && self.due < today
    }

    /// Whether it is to be looked at again by now.
    pub fn wants_review(&self, today: NaiveDate) -> bool {
        // Of what is done the finding is enough; of what goes on the next day is asked for again.
        let is_found = self.status == ActionStatus::Done && !self.after.is_empty();
        self.review.is_some_and(|review| review <= today) && !is_found && self.status != ActionStatus::Dropped
    }
}
