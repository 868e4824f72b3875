//! The records that every other record rests on: the year, people, classes and subjects.

pub mod availability;
pub mod calendar;
pub mod classes;
pub mod people;
pub mod phases;
pub mod subjects;

use std::collections::BTreeMap;

use crate::school::id::Id;
use calendar::Calendar;
use classes::Class;
use people::Person;
use phases::Phase;
use subjects::Subject;

/// The records that every other record rests on.
#[derive(Clone, Debug)]
pub struct SetUp {
    pub calendar: Calendar,
    pub phases: Vec<Phase>,
    pub subjects: BTreeMap<Id, Subject>,
    pub staff: BTreeMap<Id, Person>,
    pub classes: BTreeMap<Id, Class>,
    pub known: PresentFiles,
}

/// Which of the optional records are there, so that an answer can say what it had to assume.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PresentFiles {
    /// The school's own term dates in `calendar.toml`.
    pub calendar: bool,
    pub staff: bool,
    pub classes: bool,
    /// `timetable.csv`.
    pub timetable: bool,
    pub availability: bool,
    /// The school's own periods.
    pub periods: bool,
}
