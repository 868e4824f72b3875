//! Term dates out of a school's calendar: half terms, INSET days and closures, by the words that schools
//! use for them.

use chrono::{Datelike, NaiveDate, Weekday};

use super::form::{self, Wrong};
use super::ics::Happening;
use crate::school::calendar::AcademicYear;

/// The dates of an academic year.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Terms {
    /// The six half terms: first and last day.
    pub half_terms: Vec<(NaiveDate, NaiveDate)>,
    /// Days without pupils in them: first and last day, why, and whether it is an INSET day.
    pub closures: Vec<(NaiveDate, NaiveDate, String, bool)>,
}

/// The shortest holiday that parts half terms, in days.
const BREAK: i64 = 4;

/// Reads the six half terms: from events that are half terms themselves, else from what lies between the
/// holidays, the days on which a term begins or ends where they are there.
///
/// # Errors
/// Where the calendar does not tell six half terms.
pub fn terms(happenings: &[Happening], year: AcademicYear) -> Result<Terms, Wrong> {
    let half_terms = named(happenings).map_or_else(|| between(happenings, year), Ok)?;
    let inside = |date: NaiveDate| half_terms.iter().any(|(from, to)| (*from..=*to).contains(&date));
    let mut closures: Vec<(NaiveDate, NaiveDate, String, bool)> = Vec::new();
    for happening in happenings.iter().filter(|happening| happening.hours.is_none()) {
        let words = happening.summary.to_lowercase();
        let inset = is_inset(&words);
        let closed =
            inset || words.contains("bank holiday") || words.contains("may day") || words.contains("closed");
        let short = (happening.last - happening.first).num_days() < BREAK;
        let again = closures.iter().any(|(from, ..)| *from == happening.first);
        if closed && short && inside(happening.first) && !again {
            closures.push((happening.first, happening.last, happening.summary.clone(), inset));
        }
    }
    Ok(Terms { half_terms, closures })
}

fn is_inset(words: &str) -> bool {
    ["inset", "training day", "staff day", "professional development"].iter().any(|word| words.contains(word))
}

/// The half terms that events of several weeks name: `Autumn 1`, `Half term 3`, `Spring term 2`.
fn named(happenings: &[Happening]) -> Option<Vec<(NaiveDate, NaiveDate)>> {
    let mut six: Vec<(u8, NaiveDate, NaiveDate)> = Vec::new();
    for happening in happenings {
        let long = (happening.last - happening.first).num_days() >= 14;
        if let (true, Ok(number)) = (long, form::half_term(&happening.summary)) {
            six.push((number, happening.first, happening.last));
        }
    }
    six.sort_unstable();
    six.dedup_by_key(|(number, ..)| *number);
    (six.len() == 6).then(|| six.into_iter().map(|(_, from, to)| (from, to)).collect())
}

/// The half terms between the holidays.
fn between(happenings: &[Happening], year: AcademicYear) -> Result<Vec<(NaiveDate, NaiveDate)>, Wrong> {
    let mut begins: Vec<NaiveDate> = Vec::new();
    let mut ends: Vec<NaiveDate> = Vec::new();
    let mut holidays: Vec<(NaiveDate, NaiveDate)> = Vec::new();
    let of_pupils = happenings.iter().filter(|happening| !is_inset(&happening.summary.to_lowercase()));
    for happening in of_pupils {
        let words = happening.summary.to_lowercase();
        let has = |list: &[&str]| list.iter().any(|word| words.contains(word));
        let days = (happening.last - happening.first).num_days() + 1;
        if has(&["term", "school", "pupils", "children"])
            && has(&["begin", "start", "open", "return", "back to school", "first day"])
        {
            begins.push(happening.first);
        } else if has(&["end of", "ends", "close", "last day", "break up", "breaks up", "finish"])
            && days < BREAK
        {
            ends.push(happening.first);
        } else if has(&["half term", "half-term", "holiday", "break", "christmas", "easter", "recess"])
            && days >= BREAK
        {
            holidays.push((happening.first, happening.last));
        }
    }
    holidays.sort_unstable();
    begins.sort_unstable();
    ends.sort_unstable();
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
        let to = near(&ends, *start - days(4), *start).unwrap_or_else(|| school_day(*start, false));
        half_terms.extend(from.map(|from| (from, to)));
        from = Some(near(&begins, *end, *end + days(5)).unwrap_or_else(|| school_day(*end, true)));
    }
    half_terms.extend(from.zip(last));
    if half_terms.len() == 6 && half_terms.iter().all(|(from, to)| from < to) {
        return Ok(half_terms);
    }
    let message = format!("this calendar does not tell the six half terms of {year}: {}", half_terms.len());
    Err(Wrong::new(
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
