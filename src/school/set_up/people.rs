//! The staff, and what they do when.

use crate::diagnostic::Place;
use crate::school::id::Id;
use crate::school::time::{RecurringTime, Weekdays};

fixed_words! {
    /// What a person is employed as; who leads what is known from the phases and subjects.
    pub enum StaffRole {
        Headteacher = "headteacher",
        /// Deputy or assistant headteacher.
        Deputy = "deputy",
        ClassTeacher = "class-teacher",
        /// Early career teacher.
        Ect = "ect",
        Supply = "supply",
        TeachingAssistant = "teaching-assistant",
        /// Special educational needs coordinator.
        Senco = "senco",
        /// The phase leader's line manager.
        LineManager = "line-manager",
    }
}

fixed_words! {
    /// What a person does at a time.
    pub enum AvailabilityStatus {
        /// Not in school.
        Off = "off",
        Busy = "busy",
        /// Planning, preparation and assessment time.
        Ppa = "ppa",
        /// Early career teacher time.
        EctTime = "ect-time",
        /// Out of class; for a subject leader, a programmed session.
        Released = "released",
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
