//! Days, hours and periods, once and recurring.

use std::fmt;

use chrono::{Datelike, Days, NaiveDate, NaiveTime, Weekday};
use serde::{Serialize, Serializer};

use super::id::Id;

/// Week A or B of a timetable that alternates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub enum WeekLetter {
    A,
    B,
}

impl fmt::Display for WeekLetter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            WeekLetter::A => "A",
            WeekLetter::B => "B",
        })
    }
}

/// Whether the day is a Monday to Friday.
pub fn is_weekday(date: NaiveDate) -> bool {
    !matches!(date.weekday(), Weekday::Sat | Weekday::Sun)
}

/// The Monday of the day's week.
pub fn monday(date: NaiveDate) -> NaiveDate {
    date.checked_sub_days(Days::new(u64::from(date.weekday().num_days_from_monday()))).unwrap_or(date)
}

/// The days of the week that something holds on, Monday first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Weekdays(u8);

impl Weekdays {
    /// Monday to Friday.
    pub const ALL: Weekdays = Weekdays(0b1_1111);
    /// No day.
    pub const NONE: Weekdays = Weekdays(0);

    /// Each of them, Monday first.
    pub fn days(self) -> impl Iterator<Item = Weekday> {
        let all = [
            Weekday::Mon,
            Weekday::Tue,
            Weekday::Wed,
            Weekday::Thu,
            Weekday::Fri,
            Weekday::Sat,
            Weekday::Sun,
        ];
        all.into_iter().filter(move |day| self.contains(*day))
    }

    /// With one day more.
    pub fn with(self, day: Weekday) -> Self {
        Self(self.0 | (1 << day.num_days_from_monday()))
    }

    /// The days of both.
    pub fn and(self, other: Weekdays) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether the two share a day.
    pub fn meets(self, other: Weekdays) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether it holds on that day.
    pub fn contains(self, day: Weekday) -> bool {
        self.0 & (1 << day.num_days_from_monday()) != 0
    }
}

/// A time of the school day.
#[derive(Clone, Debug)]
pub struct Period {
    /// Its short name, such as `p4`.
    pub id: Id,
    pub start: NaiveTime,
    pub end: NaiveTime,
    /// The days on which it is taught.
    pub weekdays: Weekdays,
}

/// Some hours of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Hours {
    #[serde(serialize_with = "time")]
    #[cfg_attr(test, schemars(with = "String"))]
    pub start: NaiveTime,
    #[serde(serialize_with = "time")]
    #[cfg_attr(test, schemars(with = "String"))]
    pub end: NaiveTime,
}

/// A time as files and answers hold it: `13:15`.
pub(crate) fn time<S: Serializer>(time: &NaiveTime, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(&time.format("%H:%M"))
}

impl Hours {
    /// Whether the two share any time.
    pub fn overlap(self, other: Hours) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// How long they are, in minutes.
    pub fn minutes(self) -> i64 {
        (self.end - self.start).num_minutes()
    }
}

impl fmt::Display for Hours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.start.format("%H:%M"), self.end.format("%H:%M"))
    }
}

/// A day as people read it: `Thu 14 Jan`.
pub fn day(date: NaiveDate) -> String {
    format!("{} {} {}", date.format("%a"), date.day(), date.format("%b"))
}

impl fmt::Display for DatedHours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", day(self.date), self.hours)
    }
}

/// Some hours of a date in one text: `2027-01-14 13:15-14:15`.
pub(crate) fn date_and_hours<S: Serializer>(when: &DatedHours, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(&format_args!("{} {}", when.date, when.hours))
}

/// Some hours of a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct DatedHours {
    pub date: NaiveDate,
    #[serde(flatten)]
    pub hours: Hours,
}

impl DatedHours {
    /// Whether the two share any time.
    pub fn overlaps(&self, other: &DatedHours) -> bool {
        self.date == other.date && self.hours.overlap(other.hours)
    }
}

/// A time that comes back each week, or on one date.
#[derive(Clone, Debug)]
pub struct RecurringTime {
    pub days: RecurringDays,
    /// The hours; all day where there are none.
    pub hours: Option<Hours>,
    /// The weeks it holds in; every week where there is none.
    pub week: Option<WeekLetter>,
}

/// On which days something holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecurringDays {
    /// A day of each week.
    Weekly(Weekday),
    /// From one date to another.
    Dates(NaiveDate, NaiveDate),
}
