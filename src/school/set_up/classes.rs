//! Classes, year groups and the timetable.

use super::calendar::Calendar;
use crate::diagnostic::Place;
use crate::school::id::Id;
use crate::school::time::{DatedHours, RecurringTime};
use crate::school::year_group::YearGroup;

/// A lesson of a class's timetable.
#[derive(Clone, Debug)]
pub struct Lesson {
    pub when: RecurringTime,
    /// The half term it is taught in, for subjects taught in blocks; all where there is none.
    pub half_term: Option<u8>,
    /// The subject; none for a lesson in nobody's charge, such as assembly.
    pub subject: Id,
    /// Who teaches it, where it is not the class's own teacher.
    pub teacher: Option<Id>,
    pub at: Place,
}

impl Lesson {
    /// Whether it is taught then.
    pub fn is_taught(&self, calendar: &Calendar, when: &DatedHours) -> bool {
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
    pub year_groups: Vec<YearGroup>,
    /// Its teachers; two for a job share, whose days decide who is there.
    pub teachers: Vec<Id>,
    pub room: Option<String>,
    /// How many pupils are in it, where it is known.
    pub pupils: Option<u32>,
    pub lessons: Vec<Lesson>,
    pub at: Place,
}
