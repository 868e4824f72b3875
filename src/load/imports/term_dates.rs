//! Term dates out of a school's calendar: half terms, INSET days and closures, by the words that schools
//! use for them.

use chrono::{Datelike, NaiveDate, Weekday};

use crate::load::formats::ics::CalendarEvent;
use crate::load::formats::{ValueError, times};
use crate::school::time::is_weekday;
use crate::school::{AcademicYear, Closure};

/// The dates of an academic year.
#[derive(Clone, Debug, Default)]
pub struct TermDates {
    /// The six half terms: first and last day.
    pub half_terms: Vec<(NaiveDate, NaiveDate)>,
    /// Days without pupils in them.
    pub closures: Vec<Closure>,
    /// What happens in term time and is no term date.
    pub others: Vec<CalendarEvent>,
}

/// The shortest holiday that parts half terms, in days.
const BREAK: i64 = 4;

/// Reads the six half terms: from events that are half terms themselves, else from what lies between the
/// holidays, the days on which a term begins or ends where they are there.
///
/// # Errors
/// Where the calendar does not say six half terms.
pub fn terms(events: &[CalendarEvent], year: AcademicYear) -> Result<TermDates, ValueError> {
    let half_terms = named(events).map_or_else(|| between(events, year), Ok)?;
    let inside = |date: &NaiveDate| half_terms.iter().any(|(from, to)| (*from..=*to).contains(date));
    let mut closures: Vec<Closure> = Vec::new();
    let mut others: Vec<CalendarEvent> = Vec::new();
    for event in events {
        let says = TermEvent::of(event);
        let weekdays = event.first.iter_days().take_while(|date| *date <= event.last);
        let days: Vec<NaiveDate> = weekdays.filter(|date| is_weekday(*date) && inside(date)).collect();
        // What takes up days of no term, and what makes the terms, has been read.
        let (Some(first), Some(last), true) = (days.first(), days.last(), says.length() <= BREAK) else {
            continue;
        };
        if says.inset() || says.closed() {
            if !closures.iter().any(|closure| (closure.from, closure.to) == (*first, *last)) {
                closures.push(Closure {
                    from: *first,
                    to: *last,
                    reason: event.summary.clone(),
                    inset: says.inset(),
                    allows: Vec::new(),
                    at: event.at.clone(),
                });
            }
        } else if !says.begins() && !says.ends() {
            others.push(event.clone());
        }
    }
    Ok(TermDates { half_terms, closures, others })
}

/// An event by its words.
struct TermEvent<'a> {
    event: &'a CalendarEvent,
    words: Vec<String>,
}

impl<'a> TermEvent<'a> {
    fn of(event: &'a CalendarEvent) -> Self {
        let words = event.summary.to_lowercase();
        let parts = words.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty());
        Self { event, words: parts.map(str::to_owned).collect() }
    }

    fn has(&self, any: &[&str]) -> bool {
        self.words.iter().any(|word| any.contains(&word.as_str()))
    }

    fn has_phrase(&self, first: &str, then: &str) -> bool {
        self.words.windows(2).any(|pair| pair == [first, then])
    }

    /// How many days it takes.
    fn length(&self) -> i64 {
        (self.event.last - self.event.first).num_days() + 1
    }

    fn inset(&self) -> bool {
        self.has(&["inset"])
            || self.has_phrase("training", "day")
            || self.has_phrase("staff", "day")
            || self.has_phrase("professional", "development")
    }

    fn closed(&self) -> bool {
        self.has_phrase("bank", "holiday") || self.has_phrase("may", "day") || self.has(&["closed"])
    }

    /// Whether it is about a term, or the school for all its pupils.
    fn of_term(&self) -> bool {
        const OTHERS: &[&str] =
            &["open", "disco", "fair", "parents", "trip", "club", "clubs", "after", "reports", "photos"];
        !self.inset() && self.length() < BREAK && self.has(&["term", "terms", "school"]) && !self.has(OTHERS)
    }

    fn begins(&self) -> bool {
        const WORDS: &[&str] =
            &["begin", "begins", "start", "starts", "opens", "reopens", "return", "returns", "commences"];
        self.of_term()
            && (self.has_phrase("first", "day") || self.has_phrase("back", "to") || self.has(WORDS))
    }

    fn ends(&self) -> bool {
        const WORDS: &[&str] = &["end", "ends", "closes", "finishes", "finish", "close"];
        self.of_term()
            && (self.has_phrase("last", "day") || self.has_phrase("breaks", "up") || self.has(WORDS))
    }

    fn holiday(&self) -> bool {
        const WORDS: &[&str] = &["holiday", "holidays", "break", "christmas", "easter", "recess", "vacation"];
        self.length() >= BREAK && (self.has_phrase("half", "term") || self.has(WORDS))
    }
}

/// The half terms that events of several weeks name: `Autumn 1`, `Half term 3`, `Spring term 2`.
fn named(events: &[CalendarEvent]) -> Option<Vec<(NaiveDate, NaiveDate)>> {
    let mut six: Vec<(u8, NaiveDate, NaiveDate)> = Vec::new();
    for event in events {
        let long = (event.last - event.first).num_days() >= 14;
        if let (true, Ok(number)) = (long, times::half_term(&event.summary)) {
            six.push((number, event.first, event.last));
        }
    }
    six.sort_unstable();
    six.dedup_by_key(|(number, ..)| *number);
    (six.len() == 6).then(|| six.into_iter().map(|(_, from, to)| (from, to)).collect())
}

/// The half terms between the holidays.
fn between(events: &[CalendarEvent], year: AcademicYear) -> Result<Vec<(NaiveDate, NaiveDate)>, ValueError> {
    let saying = |what: fn(&TermEvent<'_>) -> bool| {
        let found = events.iter().filter(move |event| what(&TermEvent::of(event)));
        let mut days: Vec<NaiveDate> =
            found.map(|event| event.first).filter(|date| is_weekday(*date)).collect();
        days.sort_unstable();
        days
    };
    let (begins, ends) = (saying(|says| says.begins()), saying(|says| says.ends()));
    let of_holidays = events.iter().filter(|event| TermEvent::of(event).holiday());
    let mut holidays: Vec<(NaiveDate, NaiveDate)> =
        of_holidays.map(|event| (event.first, event.last)).collect();
    holidays.sort_unstable();
    // Holidays that touch, such as one entered week by week, are one.
    let mut breaks: Vec<(NaiveDate, NaiveDate)> = Vec::new();
    for (from, to) in holidays {
        match breaks.last_mut() {
            Some((_, last)) if (from - *last).num_days() <= 3 => *last = (*last).max(to),
            _ => breaks.push((from, to)),
        }
    }
    let summer = |date: NaiveDate| date.month() == 7 || date.month() == 8;
    let near = |dates: &[NaiveDate], from: NaiveDate, to: NaiveDate| {
        dates.iter().copied().find(|date| (from..=to).contains(date))
    };
    let days = chrono::Days::new;
    let early = year.first_day() + days(45);
    let first = near(&begins, year.first_day(), early).or_else(|| {
        let before = breaks.iter().find(|(_, to)| *to <= early && summer(to.pred_opt().unwrap_or(*to)));
        before.map(|(_, to)| school_day(*to, true))
    });
    let late = breaks.iter().find(|(from, _)| *from > year.last_day() - days(70) && summer(*from));
    let last = ends
        .iter()
        .copied()
        .rfind(|date| *date > year.last_day() - days(70))
        .or_else(|| late.map(|(from, _)| school_day(*from, false)));
    let within = |(from, to): &&(NaiveDate, NaiveDate)| {
        first.is_some_and(|first| *from > first) && last.is_some_and(|last| *to < last)
    };
    let mut half_terms = Vec::new();
    let mut from = first;
    for (start, end) in breaks.iter().filter(within) {
        let ended = ends.iter().copied().rfind(|end| (*start - days(4)..=*start).contains(end));
        let to = ended.unwrap_or_else(|| school_day(*start, false));
        half_terms.extend(from.map(|from| (from, to)));
        from = Some(near(&begins, *end, *end + days(5)).unwrap_or_else(|| school_day(*end, true)));
    }
    half_terms.extend(from.zip(last));
    if half_terms.len() == 6 && half_terms.iter().all(|(from, to)| from < to) {
        return Ok(half_terms);
    }
    let message = format!("this calendar does not tell the six half terms of {year}: {}", half_terms.len());
    Err(ValueError::new(
        format!("{message} found"),
        "it needs the day on which the year begins, the five holidays, and the last day; or type the dates",
    ))
}

/// The school day next after a day, or next before it.
fn school_day(date: NaiveDate, after: bool) -> NaiveDate {
    let mut day = date;
    loop {
        let next = if after { day.succ_opt() } else { day.pred_opt() };
        let Some(next) = next else { return day };
        day = next;
        if !matches!(day.weekday(), Weekday::Sat | Weekday::Sun) {
            return day;
        }
    }
}
