//! Evidence: dated items of eight kinds, each tagged to an aspect of a framework.

use std::sync::Arc;

use chrono::NaiveDate;
use serde::{Serialize, Serializer};

use super::Id;
use super::classes::YearGroup;
use super::framework::Rank;
use crate::diagnostic::Place;

/// A kind of evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Pupils' work.
    Books,
    /// Teachers' records of planning and assessment.
    Records,
    /// Visits to lessons.
    Lessons,
    /// Talk with, or surveys of, pupils.
    PupilVoice,
    /// Talk with staff.
    Conversation,
    /// Plans.
    Planning,
    /// Classrooms and displays.
    Environment,
    /// Results.
    Data,
}

impl Kind {
    /// Every kind: its word in the files, what people read, a short form for the head of a column,
    /// and further words that mean it.
    pub const TABLE: &[(Kind, &'static str, &'static str, &'static [&'static str])] = &[
        (
            Kind::Books,
            "books",
            "pupils' work",
            &[
                "book",
                "book-look",
                "book-scrutiny",
                "book-trawl",
                "work-scrutiny",
                "work-sample",
                "pupils-work",
                "work",
            ],
        ),
        (
            Kind::Records,
            "records",
            "teachers' records",
            &[
                "record",
                "records-scrutiny",
                "record-scrutiny",
                "teachers-records",
                "assessment-records",
                "mark-book",
            ],
        ),
        (
            Kind::Lessons,
            "lessons",
            "lesson visits",
            &[
                "lesson",
                "lesson-visit",
                "lesson-visits",
                "lesson-observation",
                "observation",
                "learning-walk",
                "drop-in",
            ],
        ),
        (
            Kind::PupilVoice,
            "pupil-voice",
            "pupil voice",
            &["voice", "pupil-interview", "pupil-conversation", "pupil-survey"],
        ),
        (
            Kind::Conversation,
            "conversation",
            "conversation",
            &[
                "learning-conversation",
                "leadership-conversation",
                "staff-conversation",
                "pupil-progress-meeting",
            ],
        ),
        (Kind::Planning, "planning", "planning", &["plans", "plan", "planning-scrutiny", "medium-term-plan"]),
        (Kind::Environment, "environment", "environment", &["learning-environment", "classroom", "display"]),
        (Kind::Data, "data", "results", &["results", "assessment-data", "test-results"]),
    ];

    /// Every kind.
    pub fn all() -> impl Iterator<Item = Kind> {
        Self::TABLE.iter().map(|row| row.0)
    }

    /// The word that the files use.
    pub fn word(self) -> &'static str {
        Self::TABLE.iter().find(|row| row.0 == self).map_or("", |row| row.1)
    }

    /// What people read.
    pub fn title(self) -> &'static str {
        Self::TABLE.iter().find(|row| row.0 == self).map_or("", |row| row.2)
    }
}

impl Serialize for Kind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.word())
    }
}

/// What is looked for in a piece of evidence beside its aspect.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tag {
    /// Pupils' targets were used.
    TargetUsed,
    /// A plan made by others was adapted to the class.
    Adapted,
}

impl Tag {
    /// Every tag: its word where it was seen, its word where it was looked for and not seen, and what people
    /// read.
    pub const WORDS: &[(Tag, &'static str, &'static str, &'static str)] = &[
        (Tag::TargetUsed, "target-used", "target-not-used", "targets used"),
        (Tag::Adapted, "adapted", "not-adapted", "plans adapted"),
    ];

    /// What people read.
    pub fn title(self) -> &'static str {
        Self::WORDS.iter().find(|row| row.0 == self).map_or("", |row| row.3)
    }
}

/// The tags of a piece of evidence: what was looked for in it, and whether it was seen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tags {
    target_used: Option<bool>,
    adapted: Option<bool>,
}

impl Tags {
    /// Whether it was seen; none where it was not looked for.
    pub fn seen(self, tag: Tag) -> Option<bool> {
        match tag {
            Tag::TargetUsed => self.target_used,
            Tag::Adapted => self.adapted,
        }
    }

    /// With one more.
    pub fn with(mut self, tag: Tag, seen: bool) -> Self {
        match tag {
            Tag::TargetUsed => self.target_used = Some(seen),
            Tag::Adapted => self.adapted = Some(seen),
        }
        self
    }
}

/// How much evidence a settled grade needs: product's defaults, after the practice of inspection (six
/// pieces of work, four to six lessons), which a school may set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sufficiency {
    /// Kinds for an aspect, or as many as can speak to it: different sources.
    pub kinds: u32,
    /// Items for an aspect.
    pub items: u32,
    /// Classes; where it is not set, half the phase's, and two where there are two: more than one room.
    pub classes: Option<u32>,
    /// Weeks, Monday to Sunday: what is typical, not one day.
    pub weeks: u32,
    /// People who looked, or something looked at together: two people differ.
    pub observers: u32,
    /// Half terms that count, this one included: what is so now.
    pub half_terms: u32,
    /// Why the school has set something, where it has.
    pub reason: Option<String>,
}

impl Default for Sufficiency {
    fn default() -> Self {
        Self { kinds: 3, items: 6, classes: None, weeks: 2, observers: 2, half_terms: 2, reason: None }
    }
}

/// What an item tells of.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum About {
    /// The phase as a whole.
    Phase,
    /// A subject.
    Subject(Id),
}

impl About {
    /// The subject, where it is one.
    pub fn subject(&self) -> Option<&Id> {
        match self {
            About::Phase => None,
            About::Subject(subject) => Some(subject),
        }
    }
}

/// A piece of evidence.
#[derive(Clone, Debug)]
pub struct Evidence {
    /// The short name, the same for ever.
    pub id: Id,
    /// The day.
    pub date: NaiveDate,
    /// The academic year's first calendar year.
    pub academic_year: i32,
    /// The half term of its file.
    pub half_term: u8,
    /// What kind.
    pub kind: Kind,
    /// What it tells of.
    pub about: About,
    /// The aspect it is tagged with; in its own framework.
    pub aspect: Id,
    /// The framework, where it is not the workspace's.
    pub framework: Option<Id>,
    /// The first view of who wrote it.
    pub grade: Option<Rank>,
    /// The classes.
    pub classes: Arc<[Id]>,
    /// The year groups, where they are named.
    pub year_groups: Arc<[YearGroup]>,
    /// Who wrote it.
    pub by: Option<Id>,
    /// What several people looked at together.
    pub sample: Option<Id>,
    /// Who looked at it beside them.
    pub moderator: Option<Id>,
    /// The first view of who looked beside them.
    pub moderator_grade: Option<Rank>,
    /// What the two agreed on.
    pub agreed_grade: Option<Rank>,
    /// Whether it was looked at together.
    pub jointly: bool,
    /// The visits that a grade for lessons rests on.
    pub rests_on: Vec<Id>,
    /// What was looked for in it.
    pub tags: Tags,
    /// What the notes say.
    pub notes: Option<Box<Notes>>,
    /// Where it is written.
    pub at: Place,
}

/// What an item's notes say: for the phase leader only.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Notes {
    /// A strength.
    pub strength: String,
    /// A concern about the teaching or the work; never about a child's safety.
    pub concern: String,
    /// The next step that was agreed.
    pub next_step: String,
    /// Where more is kept.
    pub link: String,
}

impl Evidence {
    /// The grade that counts: the agreed one; else the first view, where it stands alone.
    pub fn counted(&self) -> Option<Rank> {
        match (self.agreed_grade, self.moderator_grade) {
            (Some(agreed), _) => Some(agreed),
            (None, None) => self.grade,
            (None, Some(_)) => None,
        }
    }

    /// Whether it carries a view of any kind: without one it describes, and is no item.
    pub fn has_view(&self) -> bool {
        self.grade.is_some() || self.moderator_grade.is_some() || self.agreed_grade.is_some()
    }

    /// Everybody who looked.
    pub fn observers(&self) -> impl Iterator<Item = &Id> {
        self.by.iter().chain(&self.moderator)
    }

    /// How many half terms before the given one it lies; negative where after.
    pub fn half_terms_before(&self, academic_year: i32, half_term: u8) -> i32 {
        (academic_year - self.academic_year) * 6 + i32::from(half_term) - i32::from(self.half_term)
    }
}
