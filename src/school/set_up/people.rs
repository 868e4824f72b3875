//! The staff, and what they do when.

use crate::diagnostic::Place;
use crate::school::id::Id;
use crate::school::time::{Recurring, Weekdays};

/// What a person is employed as; who leads what is known from the phases and subjects.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Headteacher.
    Headteacher,
    /// Deputy or assistant headteacher.
    Deputy,
    /// Class teacher.
    ClassTeacher,
    /// Early career teacher.
    Ect,
    /// Supply teacher.
    Supply,
    /// Teaching assistant.
    TeachingAssistant,
    /// Special educational needs coordinator.
    Senco,
    /// The phase leader's line manager.
    LineManager,
}

impl Role {
    /// Every role, with the word that the files use.
    pub const WORDS: &[(Role, &'static str)] = &[
        (Role::Headteacher, "headteacher"),
        (Role::Deputy, "deputy"),
        (Role::ClassTeacher, "class-teacher"),
        (Role::Ect, "ect"),
        (Role::Supply, "supply"),
        (Role::TeachingAssistant, "teaching-assistant"),
        (Role::Senco, "senco"),
        (Role::LineManager, "line-manager"),
    ];
}

/// What a person does at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// Not in school.
    Off,
    /// Taken up by something.
    Busy,
    /// Planning, preparation and assessment time.
    Ppa,
    /// Early career teacher time.
    EctTime,
    /// Out of class; for a subject leader, a programmed session.
    Released,
}

impl Status {
    /// Every status, with the word that the files use.
    pub const WORDS: &[(Status, &'static str)] = &[
        (Status::Off, "off"),
        (Status::Busy, "busy"),
        (Status::Ppa, "ppa"),
        (Status::EctTime, "ect-time"),
        (Status::Released, "released"),
    ];

    /// The word that the files use.
    pub fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(status, _)| *status == self).map_or("", |(_, word)| word)
    }
}

/// A row of `availability.csv`.
#[derive(Clone, Debug)]
pub struct Availability {
    /// When.
    pub when: Recurring,
    /// What.
    pub status: Status,
    /// Where it is written.
    pub at: Place,
}

/// A person on the staff.
#[derive(Clone, Debug)]
pub struct Person {
    /// The short name.
    pub id: Id,
    /// The name that people read.
    pub name: String,
    /// What they are employed as.
    pub role: Role,
    /// Where to write to.
    pub email: Option<String>,
    /// The days they work.
    pub days: Weekdays,
    /// The classes that they teach, some lesson of or all.
    pub teaches: Vec<Id>,
    /// What they do when.
    pub availability: Vec<Availability>,
    /// Where it is written.
    pub at: Place,
}
