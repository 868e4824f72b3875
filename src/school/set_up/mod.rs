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
    /// The academic year.
    pub calendar: Calendar,
    /// The phases.
    pub phases: Vec<Phase>,
    /// The subjects, by id.
    pub subjects: BTreeMap<Id, Subject>,
    /// The staff, by id.
    pub staff: BTreeMap<Id, Person>,
    /// The classes, by id.
    pub classes: BTreeMap<Id, Class>,
    /// Which records are there.
    pub known: PresentFiles,
}

/// Which of the optional records are there, so that an answer can say what it had to assume.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PresentFiles {
    /// The school's own term dates in `calendar.toml`.
    pub calendar: bool,
    /// `staff.csv`.
    pub staff: bool,
    /// `classes.csv`.
    pub classes: bool,
    /// `timetable.csv`.
    pub timetable: bool,
    /// `availability.csv`.
    pub availability: bool,
    /// The school's own periods.
    pub periods: bool,
}
