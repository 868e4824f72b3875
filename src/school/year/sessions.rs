//! Sessions: the job card's task areas, and the schedules sent in and published.

use chrono::NaiveDate;

use crate::diagnostic::Place;
use crate::school::id::Id;
use crate::school::session_kind::SessionKind;
use crate::school::time::DatedHours;

fixed_words! {
    /// What happened to a session.
    pub enum SessionStatus {
        /// It is to take place.
        Planned = "planned",
        Held = "held",
        /// It did not take place, and why is said.
        Missed = "missed",
        Cancelled = "cancelled",
    }
}

impl SessionStatus {
    /// Whether the session takes or took place.
    pub fn stands(self) -> bool {
        matches!(self, SessionStatus::Planned | SessionStatus::Held)
    }
}

/// A dated slot set aside for one purpose.
#[derive(Clone, Debug, PartialEq)]
pub struct Session {
    /// Its short name, the same for ever.
    pub id: Id,
    /// Raised when it changes after it was agreed.
    pub sequence: u32,
    /// Whose programmed session it is.
    pub owner: Id,
    pub kind: SessionKind,
    pub when: DatedHours,
    /// The subject, for task areas 1 to 3.
    pub subject: Option<Id>,
    /// Who takes part besides the owner.
    pub with: Vec<Id>,
    pub teachers: Vec<Id>,
    pub classes: Vec<Id>,
    pub place: Option<String>,
    /// How long it lasts.
    pub minutes: u32,
    /// Whether it may not be moved.
    pub fixed: bool,
    pub status: SessionStatus,
    /// Why it was missed, or any note.
    pub note: String,
    /// Where the session that was sent in stood before it was moved.
    pub moved_from: Option<DatedHours>,
    /// The class teachers who were shown to lend something for it, where it is as people heard of it.
    pub lent_by: Vec<Id>,
    pub at: Place,
}

impl Session {
    /// Everybody who must be there: who holds it, who takes part, who is visited.
    pub fn people(&self) -> impl Iterator<Item = &Id> {
        std::iter::once(&self.owner).chain(&self.with).chain(&self.teachers)
    }

    /// Everybody who must come: who holds it and who takes part.
    pub fn comers(&self) -> impl Iterator<Item = &Id> {
        std::iter::once(&self.owner).chain(&self.with)
    }

    /// Whether nothing is different that anybody would have to be shown.
    pub fn is_told_as(&self, other: &Session) -> bool {
        let told = |session: &Session| Session {
            sequence: 0,
            fixed: false,
            note: String::new(),
            at: Place::file(""),
            ..session.clone()
        };
        told(self) == told(other)
    }

    /// Whether a phase leader's session and a subject leader's are one and the same work:
    /// subject, task, date and hours agree, and the class for lessons.
    pub fn is_joint_with(&self, other: &Session) -> bool {
        self.subject.is_some()
            && self.subject == other.subject
            && self.kind == other.kind
            && self.when == other.when
            && (self.with.contains(&other.owner) || other.with.contains(&self.owner))
            && (!self.kind.is_visit() || self.classes == other.classes)
    }

    /// Whether this session, agreed, stands for that one, sent in: the same work, moved here.
    pub fn stands_for(&self, handed_in: &Session) -> bool {
        self.subject.is_some()
            && self.subject == handed_in.subject
            && self.kind == handed_in.kind
            && (self.moved_from == Some(handed_in.when)
                || (self.moved_from.is_none() && self.is_joint_with(handed_in)))
    }
}

/// The schedules of one half term.
#[derive(Clone, Debug, Default)]
pub struct Schedules {
    /// As subject leaders handed them in, by date.
    pub handed_in: Vec<Session>,
    /// As agreed, by id.
    pub published: Vec<Session>,
    /// As people were last shown of them, by id.
    pub issued: Vec<Session>,
    /// The subjects that have handed one in.
    pub subjects: Vec<Id>,
}

impl Schedules {
    /// The last date of a published session, where there is one.
    pub fn last_published(&self) -> Option<NaiveDate> {
        self.published.iter().map(|session| session.when.date).max()
    }
}
