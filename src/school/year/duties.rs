//! Duties: the responsibilities of a post, how often each comes back, and what shows it.

use chrono::NaiveDate;
use serde::{Serialize, Serializer};

use super::proof::Proof;
use crate::diagnostic::Place;
use crate::school::id::Id;

/// How often a duty comes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Frequency {
    /// Each week of a half term.
    Week,
    Month,
    HalfTerm,
    /// Each term: two half terms.
    Term,
    Year,
    Occasion,
}

impl Frequency {
    /// Every rhythm, with the word that the files use and what people read.
    pub const WORDS: &[(Frequency, &'static str, &'static str)] = &[
        (Frequency::Week, "week", "each week"),
        (Frequency::Month, "month", "each month"),
        (Frequency::HalfTerm, "half-term", "each half term"),
        (Frequency::Term, "term", "each term"),
        (Frequency::Year, "year", "each year"),
        (Frequency::Occasion, "occasion", "as it comes"),
    ];

    /// The word that the files use.
    pub fn word(self) -> &'static str {
        Self::WORDS.iter().find(|row| row.0 == self).map_or("", |row| row.1)
    }

    /// What people read.
    pub fn title(self) -> &'static str {
        Self::WORDS.iter().find(|row| row.0 == self).map_or("", |row| row.2)
    }
}

impl Serialize for Frequency {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.word())
    }
}

/// The four kinds of people among whom work is shared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DutyGroup {
    ClassTeacher,
    SubjectLeader,
    PhaseLeader,
    /// Headteacher, deputies, assistant heads.
    SeniorLeader,
}

impl DutyGroup {
    /// Every role, with the word that the files use and what people read.
    pub const WORDS: &[(DutyGroup, &'static str, &'static str)] = &[
        (DutyGroup::ClassTeacher, "class-teacher", "class teachers"),
        (DutyGroup::SubjectLeader, "subject-leader", "subject leaders"),
        (DutyGroup::PhaseLeader, "phase-leader", "phase leader"),
        (DutyGroup::SeniorLeader, "senior-leader", "senior leaders"),
    ];

    /// The word that the files use.
    pub fn word(self) -> &'static str {
        Self::WORDS.iter().find(|row| row.0 == self).map_or("", |row| row.1)
    }

    /// What people read.
    pub fn title(self) -> &'static str {
        Self::WORDS.iter().find(|row| row.0 == self).map_or("", |row| row.2)
    }
}

impl Serialize for DutyGroup {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.word())
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
