//! Where a person is at a time: at work, in class, released, protected or away.

use chrono::Datelike;

use super::SetUp;
use super::classes::{Class, Lesson};
use super::people::{Availability, AvailabilityStatus, Person};
use crate::diagnostic::Place;
use crate::school::id::Id;
use crate::school::time::{DatedHours, Hours, RecurringDays};

/// What a person does at a time, and which record says so.
#[derive(Clone, Debug)]
pub enum Whereabouts<'a> {
    /// Does not work that day of the week.
    NotWorking(&'a Person),
    /// A row of `availability.csv` says so.
    Row(&'a Availability),
    /// Taken up by an event.
    Event(&'a str, &'a Place),
    /// Teaches a class, and needs cover to come.
    Teaching(&'a Class),
    /// Free as far as the files show.
    Free,
}

impl Whereabouts<'_> {
    /// Whether nobody may ask for the person's time then.
    pub fn is_shut(&self) -> bool {
        match self {
            Whereabouts::NotWorking(_) | Whereabouts::Event(..) => true,
            Whereabouts::Row(row) => row.status != AvailabilityStatus::Released,
            Whereabouts::Teaching(_) | Whereabouts::Free => false,
        }
    }
}

impl SetUp {
    /// Where a person is at a time. A dated row outranks an event, an event the days worked, these
    /// a weekly row, and within each a row with hours one for the whole day.
    pub fn whereabouts<'a>(&'a self, person: &Id, when: &DatedHours) -> Whereabouts<'a> {
        let Some(person) = self.staff.get(person) else { return Whereabouts::Free };
        if let Some(found) = self.row(person, when, true) {
            return found;
        }
        if let Some(event) = self.event_of(person, when) {
            return event;
        }
        if !person.days.contains(when.date.weekday()) {
            return Whereabouts::NotWorking(person);
        }
        if let Some(found) = self.row(person, when, false) {
            return found;
        }
        let mut classes = person.teaches.iter().filter_map(|class| self.classes.get(class));
        classes
            .find(|class| self.teacher_of(class, when).is_some_and(|teacher| *teacher == person.id))
            .map_or(Whereabouts::Free, Whereabouts::Teaching)
    }

    /// The row that decides. A dated one: the severest, so that who is away is away. A weekly one: one
    /// with hours before one for the day, then the severest. To be released counts only for all of the
    /// time asked for.
    fn row<'a>(&'a self, person: &'a Person, when: &DatedHours, dated: bool) -> Option<Whereabouts<'a>> {
        let counts = |row: &&Availability| {
            let covers = |hours: Hours| hours.start <= when.hours.start && when.hours.end <= hours.end;
            self.calendar.holds(&row.when, when)
                && (row.status != AvailabilityStatus::Released || row.when.hours.is_none_or(covers))
        };
        person
            .availability
            .iter()
            .filter(|row| matches!(row.when.days, RecurringDays::Dates(..)) == dated)
            .filter(counts)
            .min_by_key(|row| (!dated && row.when.hours.is_none(), row.status, &row.at))
            .map(Whereabouts::Row)
    }

    /// The event that takes a person up: their own, everybody's, or the one of the class they teach.
    fn event_of<'a>(&'a self, person: &Person, when: &DatedHours) -> Option<Whereabouts<'a>> {
        let teaches = |class: &Id| {
            self.classes
                .get(class)
                .and_then(|class| self.teacher_of(class, when))
                .is_some_and(|teacher| *teacher == person.id)
        };
        self.calendar
            .events
            .iter()
            .filter(|event| event.overlaps(when))
            .find(|event| {
                event.all
                    || event.staff.contains(&person.id)
                    || event.classes.iter().any(|class| person.teaches.contains(class) && teaches(class))
            })
            .map(|event| Whereabouts::Event(&event.reason, &event.at))
    }

    /// The lesson of a class at a time, where the timetable shows one.
    pub fn lesson_of<'a>(&'a self, class: &'a Class, when: &DatedHours) -> Option<&'a Lesson> {
        class.lessons.iter().find(|lesson| lesson.is_taught(&self.calendar, when))
    }

    /// Who teaches a class at a time: the teacher of the lesson, else the class's own teacher who
    /// works that day.
    pub fn teacher_of<'a>(&'a self, class: &'a Class, when: &DatedHours) -> Option<&'a Id> {
        self.lesson_of(class, when).and_then(|lesson| lesson.teacher.as_ref()).or_else(|| {
            class.teachers.iter().find(|teacher| {
                self.staff.get(*teacher).is_none_or(|person| person.days.contains(when.date.weekday()))
            })
        })
    }

    /// Who is visited in these classes at a time, each once.
    pub fn teachers_visited(&self, classes: &[Id], when: &DatedHours) -> Vec<Id> {
        let mut teachers: Vec<Id> = classes
            .iter()
            .filter_map(|class| self.classes.get(class))
            .filter_map(|class| self.teacher_of(class, when))
            .cloned()
            .collect();
        teachers.sort();
        teachers.dedup();
        teachers
    }

    /// The event that takes a class up.
    pub fn event_of_class<'a>(&'a self, class: &Id, when: &DatedHours) -> Option<(&'a str, &'a Place)> {
        self.calendar
            .events
            .iter()
            .find(|event| event.overlaps(when) && (event.all || event.classes.contains(class)))
            .map(|event| (event.reason.as_str(), &event.at))
    }
}
