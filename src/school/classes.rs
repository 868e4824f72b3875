//! Classes, year groups and the timetable.

use std::fmt;

use super::Id;
use super::calendar::{Calendar, Recurring, When};
use crate::diagnostic::Place;

/// A child's year: nursery, reception, 1 to 6.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum YearGroup {
    /// Nursery.
    Nursery,
    /// Reception.
    Reception,
    /// Year 1 to 6.
    Year(u8),
}

impl fmt::Display for YearGroup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            YearGroup::Nursery => f.write_str("N"),
            YearGroup::Reception => f.write_str("R"),
            YearGroup::Year(year) => write!(f, "{year}"),
        }
    }
}

impl YearGroup {
    /// The year group a year later; none after the last of a primary school.
    pub fn next(self) -> Option<Self> {
        match self {
            YearGroup::Nursery => Some(YearGroup::Reception),
            YearGroup::Reception => Some(YearGroup::Year(1)),
            YearGroup::Year(year) => (year < 6).then(|| YearGroup::Year(year + 1)),
        }
    }
}

/// A year group as people read it, from what the files say: `Year 2`, `reception`.
pub fn year_groups_in_words(text: &str) -> String {
    match text {
        "N" => "nursery".to_owned(),
        "R" => "reception".to_owned(),
        number => format!("Year {number}"),
    }
}

/// A lesson of a class's timetable.
#[derive(Clone, Debug)]
pub struct Lesson {
    /// When.
    pub when: Recurring,
    /// The half term it is taught in, for subjects taught in blocks; all where there is none.
    pub half_term: Option<u8>,
    /// The subject; none for a lesson in nobody's charge, such as assembly.
    pub subject: Id,
    /// Who teaches it, where it is not the class's own teacher.
    pub teacher: Option<Id>,
    /// Where it is written.
    pub at: Place,
}

impl Lesson {
    /// Whether it is taught then.
    pub fn is_taught(&self, calendar: &Calendar, when: &When) -> bool {
        calendar.holds(&self.when, when)
            && self.half_term.is_none_or(|number| {
                calendar.half_term_of(when.date).is_some_and(|half_term| half_term.number == number)
            })
    }
}

/// A class.
#[derive(Clone, Debug)]
pub struct Class {
    /// The short name, such as `1A`.
    pub id: Id,
    /// Its year groups.
    pub year_groups: Vec<YearGroup>,
    /// Its teachers; two for a job share, whose days decide who is there.
    pub teachers: Vec<Id>,
    /// Its room.
    pub room: Option<String>,
    /// How many pupils are in it, where it is known.
    pub pupils: Option<u32>,
    /// Its lessons.
    pub lessons: Vec<Lesson>,
    /// Where it is written.
    pub at: Place,
}
