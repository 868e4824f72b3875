//! Evidence: dated items of eight kinds, each tagged to an aspect of a framework.

use std::sync::Arc;

use chrono::NaiveDate;

use super::framework::Rank;
use crate::diagnostic::Place;
use crate::school::evidence_kind::EvidenceKind;
use crate::school::id::Id;
use crate::school::year_group::YearGroup;

/// What is looked for in a piece of evidence next to its aspect.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tag {
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

/// What an item is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum EvidenceSubject {
    /// The phase as a whole.
    Phase,
    Subject(Id),
}

impl EvidenceSubject {
    /// The subject, where it is one.
    pub fn subject(&self) -> Option<&Id> {
        match self {
            EvidenceSubject::Phase => None,
            EvidenceSubject::Subject(subject) => Some(subject),
        }
    }
}

/// A piece of evidence.
#[derive(Clone, Debug)]
pub struct Evidence {
    /// The short name, the same for ever.
    pub id: Id,
    pub date: NaiveDate,
    /// The academic year's first calendar year.
    pub academic_year: i32,
    /// The half term of its file.
    pub half_term: u8,
    pub kind: EvidenceKind,
    pub about: EvidenceSubject,
    /// The aspect it is tagged with; in its own framework.
    pub aspect: Id,
    /// The framework, where it is not the workspace's.
    pub framework: Option<Id>,
    /// The first view of who wrote it.
    pub grade: Option<Rank>,
    pub classes: Arc<[Id]>,
    /// The year groups, where they are named.
    pub year_groups: Arc<[YearGroup]>,
    pub by: Option<Id>,
    /// What several people looked at together.
    pub sample: Option<Id>,
    /// Who else looked at it.
    pub moderator: Option<Id>,
    /// The first view of whoever else looked.
    pub moderator_grade: Option<Rank>,
    /// What the two agreed on.
    pub agreed_grade: Option<Rank>,
    /// Whether it was looked at together.
    pub jointly: bool,
    /// The visits that a grade for lessons rests on.
    pub rests_on: Vec<Id>,
    /// What was looked for in it.
    pub tags: Tags,
    pub notes: Option<Box<EvidenceNotes>>,
    pub at: Place,
}

/// What an item's notes say: for the phase leader only.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EvidenceNotes {
    pub strength: String,
    /// A concern about the teaching or the work; never about a child's safety.
    pub concern: String,
    /// The next step that was agreed.
    pub next_step: String,
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
