//! Duties: the responsibilities of a post, how often each comes back, and what shows it.

use chrono::NaiveDate;

use super::proof::Proof;
use crate::diagnostic::Place;
use crate::school::id::Id;

fixed_words! {
    /// How often a duty comes back.
    pub enum Frequency {
        /// Each week of a half term.
        Week = "week" => "each week",
        Month = "month" => "each month",
        HalfTerm = "half-term" => "each half term",
        /// Each term: two half terms.
        Term = "term" => "each term",
        Year = "year" => "each year",
        Occasion = "occasion" => "as it comes",
    }
}

fixed_words! {
    /// The four kinds of people among whom work is shared.
    pub enum DutyGroup {
        ClassTeacher = "class-teacher" => "class teachers",
        SubjectLeader = "subject-leader" => "subject leaders",
        PhaseLeader = "phase-leader" => "phase leader",
        /// Headteacher, deputies, assistant heads.
        SeniorLeader = "senior-leader" => "senior leaders",
    }
}

/// Who does a duty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Assignee {
    Role(DutyGroup),
    Person(Id),
}

/// A responsibility of the post.
#[derive(Clone, Debug)]
pub struct Duty {
    pub id: Id,
    pub area: String,
    /// What is to be done.
    pub text: String,
    /// Who does it; the first answers for it.
    pub who: Vec<Assignee>,
    pub every: Frequency,
    /// How many records show it each time: one, unless it says otherwise.
    pub times: u32,
    /// The records that show it.
    pub shown_by: Vec<Proof>,
    /// The people with each of whom it is done: each counts by themselves.
    pub with: Vec<Id>,
    pub subject: Option<Id>,
    /// When it was agreed, where it is an agreement.
    pub agreed: Option<NaiveDate>,
    pub items: Vec<String>,
    /// Where it is kept: a file, or an address.
    pub link: Option<String>,
    /// Whether what the link names is there; none where that cannot be known.
    pub linked: Option<bool>,
    pub at: Place,
}
