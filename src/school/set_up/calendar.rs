//! The academic year: half terms, periods, closures, events and assessment windows.

use std::fmt;

use chrono::{Datelike, NaiveDate};

use crate::diagnostic::Place;
use crate::school::id::Id;
use crate::school::session_kind::SessionKind;
use crate::school::time::{
    DatedHours, Hours, Period, RecurringDays, RecurringTime, WeekLetter, is_weekday, monday,
};
use crate::school::year_group::YearGroup;

/// An academic year, September to July, named by the calendar year it begins in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct AcademicYear(pub i32);

impl AcademicYear {
    /// The academic year that a day belongs to; a new one begins on 1 August.
    pub fn of(date: NaiveDate) -> Self {
        Self(if date.month() >= 8 { date.year() } else { date.year() - 1 })
    }

    /// 1 August.
    pub fn first_day(self) -> NaiveDate {
        NaiveDate::from_ymd_opt(self.0, 8, 1).unwrap_or_default()
    }

    /// Whether a day lies after 30 September of the year it begins in: a pupil who joins then joins late.
    pub fn after_census(self, date: NaiveDate) -> bool {
        NaiveDate::from_ymd_opt(self.0, 9, 30).is_some_and(|census| date > census)
    }

    /// 31 July.
    pub fn last_day(self) -> NaiveDate {
        NaiveDate::from_ymd_opt(self.0 + 1, 7, 31).unwrap_or_default()
    }
}

impl fmt::Display for AcademicYear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{:02}", self.0, (self.0 + 1).rem_euclid(100))
    }
}

/// One of the six blocks of an academic year.
#[derive(Clone, Debug)]
pub struct HalfTerm {
    /// 1 (autumn 1) to 6 (summer 2).
    pub number: u8,
    /// The first day, pupils or INSET.
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
    /// The letter of its first week, where the timetable alternates.
    pub first_week: Option<WeekLetter>,
    pub at: Place,
}

/// The words for half terms 1 to 6.
pub fn half_term_name(number: u8) -> &'static str {
    match number {
        1 => "autumn 1",
        2 => "autumn 2",
        3 => "spring 1",
        4 => "spring 2",
        5 => "summer 1",
        _ => "summer 2",
    }
}

impl HalfTerm {
    /// Whether the day lies in it.
    pub fn contains(&self, date: NaiveDate) -> bool {
        self.from <= date && date <= self.to
    }

    /// The number of the calendar week, from 1, Monday to Monday.
    pub fn week(&self, date: NaiveDate) -> u32 {
        let days = (monday(date) - monday(self.from)).num_days();
        u32::try_from(days / 7 + 1).unwrap_or(0)
    }

    /// The letter of the week that the day lies in.
    pub fn letter(&self, date: NaiveDate) -> Option<WeekLetter> {
        let odd = self.week(date) % 2 == 1;
        self.first_week.map(|first| match (first, odd) {
            (WeekLetter::A, true) | (WeekLetter::B, false) => WeekLetter::A,
            _ => WeekLetter::B,
        })
    }

    /// Its days from Monday to Friday.
    pub fn weekdays(&self) -> impl Iterator<Item = NaiveDate> + use<> {
        let to = self.to;
        self.from.iter_days().take_while(move |date| *date <= to).filter(|date| is_weekday(*date))
    }
}

/// A day or days without school.
#[derive(Clone, Debug)]
pub struct Closure {
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
    pub reason: String,
    pub inset: bool,
    /// The kinds of session that may take place all the same.
    pub allows: Vec<SessionKind>,
    pub at: Place,
}

/// Something that takes people or classes up.
#[derive(Clone, Debug)]
pub struct Event {
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
    /// The hours of each day; all day where there are none.
    pub hours: Vec<Hours>,
    /// Whether everybody is taken up.
    pub all: bool,
    pub classes: Vec<Id>,
    pub staff: Vec<Id>,
    pub reason: String,
    pub at: Place,
}

impl Event {
    /// Whether it takes place then.
    pub fn overlaps(&self, when: &DatedHours) -> bool {
        self.from <= when.date
            && when.date <= self.to
            && (self.hours.is_empty() || self.hours.iter().any(|hours| hours.overlap(when.hours)))
    }
}

fixed_words! {
    /// What an assessment window is for.
    pub enum WindowKind {
        /// Key Stage 2 tests: hard.
        Tests = "tests" => "the Key Stage 2 tests",
        /// The phonics screening check: hard.
        Phonics = "phonics" => "the phonics screening check",
        /// The multiplication tables check: hard.
        Tables = "tables" => "the multiplication tables check",
        /// The week for pupils who were absent in the phonics week: soft.
        PhonicsAbsentees = "phonics-absentees" => "the phonics check for pupils who were absent",
        /// The early years profile: soft.
        Profile = "profile" => "the early years profile",
        /// The reception baseline: soft.
        Baseline = "baseline" => "the reception baseline",
        /// Optional tests: soft.
        Optional = "optional" => "optional tests",
        /// A day on which results come: neither.
        Results = "results",
    }
}

impl WindowKind {
    /// Whether nothing may be placed in it for the year groups named.
    pub fn is_hard(self) -> bool {
        matches!(self, WindowKind::Tests | WindowKind::Phonics | WindowKind::Tables)
    }

    /// Whether it is better left free for the year groups named.
    pub fn is_soft(self) -> bool {
        !self.is_hard() && self != WindowKind::Results
    }
}

/// An assessment window.
#[derive(Clone, Debug)]
pub struct Window {
    pub kind: WindowKind,
    pub year_groups: Vec<YearGroup>,
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
    /// Whether the school has checked the dates.
    pub confirmed: bool,
    pub at: Place,
}

/// An academic year's dates.
#[derive(Clone, Debug)]
pub struct Calendar {
    pub academic_year: AcademicYear,
    /// The half terms, by number.
    pub half_terms: Vec<HalfTerm>,
    /// Days without school.
    pub closures: Vec<Closure>,
    /// Things that take people or classes up.
    pub events: Vec<Event>,
    pub windows: Vec<Window>,
    /// The periods of a day, by start.
    pub periods: Vec<Period>,
}

impl Calendar {
    /// The half term with that number.
    pub fn half_term(&self, number: u8) -> Option<&HalfTerm> {
        self.half_terms.iter().find(|half_term| half_term.number == number)
    }

    /// The half term that the day lies in.
    pub fn half_term_of(&self, date: NaiveDate) -> Option<&HalfTerm> {
        self.half_terms.iter().find(|half_term| half_term.contains(date))
    }

    /// The half term under way, or the last that was; none before the first.
    pub fn present(&self, day: NaiveDate) -> Option<&HalfTerm> {
        self.half_terms
            .iter()
            .filter(|half_term| half_term.from <= day)
            .max_by_key(|half_term| half_term.number)
    }

    /// The closure of that day.
    pub fn closure(&self, date: NaiveDate) -> Option<&Closure> {
        self.closures.iter().find(|closure| closure.from <= date && date <= closure.to)
    }

    /// Whether pupils are in school that day.
    pub fn is_pupil_day(&self, date: NaiveDate) -> bool {
        is_weekday(date) && self.half_term_of(date).is_some() && self.closure(date).is_none()
    }

    /// How many days of the day's week pupils are in school.
    pub fn pupil_days_in_week(&self, date: NaiveDate) -> usize {
        monday(date).iter_days().take(5).filter(|day| self.is_pupil_day(*day)).count()
    }

    /// How many school days lie from one day to another, the first counted, the last not.
    pub fn school_days_between(&self, from: NaiveDate, to: NaiveDate) -> usize {
        from.iter_days().take_while(|day| *day < to).filter(|day| self.is_pupil_day(*day)).count()
    }

    /// The week's letter on that day.
    pub fn letter(&self, date: NaiveDate) -> Option<WeekLetter> {
        self.half_term_of(date).and_then(|half_term| half_term.letter(date))
    }

    /// The period that has exactly these hours on that weekday.
    pub fn period_at(&self, when: &DatedHours) -> Option<&Period> {
        self.periods.iter().find(|period| {
            period.start == when.hours.start
                && period.end == when.hours.end
                && period.weekdays.contains(when.date.weekday())
        })
    }

    /// Whether something that comes back holds then.
    pub fn holds(&self, recurring: &RecurringTime, when: &DatedHours) -> bool {
        let day = match recurring.days {
            RecurringDays::Weekly(weekday) => weekday == when.date.weekday(),
            RecurringDays::Dates(from, to) => from <= when.date && when.date <= to,
        };
        day && recurring.week.is_none_or(|week| self.letter(when.date) == Some(week))
            && recurring.hours.is_none_or(|hours| hours.overlap(when.hours))
    }

    /// Every period of every weekday of a half term, in order.
    pub fn slots(&self, half_term: &HalfTerm) -> Vec<DatedHours> {
        half_term
            .weekdays()
            .flat_map(|date| {
                self.periods.iter().filter(move |period| period.weekdays.contains(date.weekday())).map(
                    move |period| DatedHours { date, hours: Hours { start: period.start, end: period.end } },
                )
            })
            .collect()
    }
}
