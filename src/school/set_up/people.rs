//! The staff, and what they do when.

use crate::diagnostic::Place;
use crate::school::id::Id;
use crate::school::time::{RecurringTime, Weekdays};

/// What a person is employed as; who leads what is known from the phases and subjects.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum StaffRole {
    Headteacher,
    /// Deputy or assistant headteacher.
    Deputy,
    ClassTeacher,
    /// Early career teacher.
    Ect,
    Supply,
    TeachingAssistant,
    /// Special educational needs coordinator.
    Senco,
    /// The phase leader's line manager.
    LineManager,
}

impl StaffRole {
    /// Every role, with the word that the files use.
    pub const WORDS: &[(StaffRole, &'static str)] = &[
        (StaffRole::Headteacher, "headteacher"),
        (StaffRole::Deputy, "deputy"),
        (StaffRole::ClassTeacher, "class-teacher"),
        (StaffRole::Ect, "ect"),
        (StaffRole::Supply, "supply"),
        (StaffRole::TeachingAssistant, "teaching-assistant"),
        (StaffRole::Senco, "senco"),
        (StaffRole::LineManager, "line-manager"),
    ];
}

/// What a person does at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum AvailabilityStatus {
    /// Not in school.
    Off,
    Busy,
    /// Planning, preparation and assessment time.
    Ppa,
    /// Early career teacher time.
    EctTime,
    /// Out of class; for a subject leader, a programmed session.
    Released,
}

impl AvailabilityStatus {
    /// Every status, with the word that the files use.
    pub const WORDS: &[(AvailabilityStatus, &'static str)] = &[
        (AvailabilityStatus::Off, "off"),
        (AvailabilityStatus::Busy, "busy"),
        (AvailabilityStatus::Ppa, "ppa"),
        (AvailabilityStatus::EctTime, "ect-time"),
        (AvailabilityStatus::Released, "released"),
    ];

    /// The word that the files use.
    pub fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(status, _)| *status == self).map_or("", |(_, word)| word)
    }
}

/// A row of `availability.csv`.
#[derive(Clone, Debug)]
pub struct Availability {
    pub when: RecurringTime,
    pub status: AvailabilityStatus,
    pub at: Place,
}

/// A person on the staff.
#[derive(Clone, Debug)]
pub struct Person {
    pub id: Id,
    /// The name that people read.
    pub name: String,
    /// What they are employed as.
    pub role: StaffRole,
    pub email: Option<String>,
    pub days: Weekdays,
    /// The classes that they teach, some lesson of or all.
    pub teaches: Vec<Id>,
    pub availability: Vec<Availability>,
    pub at: Place,
}
