//! The records that every other record rests on: the year, people, classes and subjects.

pub mod availability;
pub mod calendar;
pub mod classes;
pub mod people;
pub mod phases;
pub mod subjects;

/// Which of the optional records are there, so that an answer can say what it had to assume.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Known {
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
    /// Any file of evidence.
    pub evidence: bool,
}
