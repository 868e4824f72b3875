//! The rounds of a rhythm: by when something is due, and how it stands.

use chrono::{Datelike, Days, NaiveDate};
use serde::Serialize;

use crate::school::{AcademicYear, Calendar, Frequency, monday};

/// How a duty stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum DutyState {
    /// Nothing shows it yet.
    Never,
    /// A whole round of it went by without anything that shows it.
    Overdue,
    /// It is due in the round that is under way.
    Due,
    /// It is shown for the round that is under way.
    Shown,
}

/// A round of a rhythm.
#[derive(Clone, Copy, Debug)]
struct DueRound {
    /// Its first day.
    from: NaiveDate,
    /// Its last day: the holiday after a half term belongs to it.
    to: NaiveDate,
    /// Its last day of school.
    by: NaiveDate,
}

/// How a duty stands, and by when it is next due.
pub(super) fn standing(
    calendar: &Calendar,
    every: Frequency,
    last: Option<NaiveDate>,
    renewal: Option<NaiveDate>,
    today: NaiveDate,
) -> (DutyState, Option<NaiveDate>) {
    if let Some(renewal) = renewal {
        let soon = round(calendar, Frequency::HalfTerm, today).is_some_and(|round| renewal <= round.to);
        let state = match (renewal < today, soon) {
            (true, _) => DutyState::Overdue,
            (_, true) => DutyState::Due,
            _ => DutyState::Shown,
        };
        return (state, Some(renewal));
    }
    let Some(now) = round(calendar, every, today) else {
        let state = if last.is_some() { DutyState::Shown } else { DutyState::Never };
        return (state, None);
    };
    // In the holiday there are still some days left.
    let is_over = today > calendar.academic_year.last_day();
    let by = if today <= now.by || is_over { now.by } else { now.to };
    let before = now.from.pred_opt().and_then(|day| round(calendar, every, day));
    match last {
        None => (DutyState::Never, Some(by)),
        Some(last) if last >= now.from => {
            let next = now.to.succ_opt().and_then(|day| round(calendar, every, day));
            (DutyState::Shown, next.map(|next| next.by))
        }
        Some(last) if before.is_none_or(|before| last >= before.from) => (DutyState::Due, Some(by)),
        Some(_) => (DutyState::Overdue, before.map(|before| before.by)),
    }
}

/// The round of a rhythm that a day lies in; none where it comes as it comes. Before the first half term it is the
/// summer of the year before, whose dates are not known: from 1 June, or of a term from 1 April. After the last it
/// is the time since the academic year ended, for which everything should have been shown by its last day.
fn round(calendar: &Calendar, every: Frequency, day: NaiveDate) -> Option<DueRound> {
    let first = calendar.half_terms.first()?;
    let until = |number: u8| {
        let next = calendar.half_term(number + 1).and_then(|next| next.from.pred_opt());
        next.unwrap_or_else(|| calendar.academic_year.last_day())
    };
    let last_day = calendar.academic_year.last_day();
    match every {
        Frequency::Occasion => None,
        Frequency::Year => {
            let year = AcademicYear::of(day);
            let is_own = year == calendar.academic_year;
            let last = calendar.half_terms.last().filter(|_| is_own);
            let to = year.last_day();
            Some(DueRound { from: year.first_day(), to, by: last.map_or(to, |last| last.to) })
        }
        Frequency::Week => week(calendar, day),
        Frequency::Month => {
            let from = day.with_day(1)?;
            let to = from.checked_add_months(chrono::Months::new(1))?.pred_opt()?;
            Some(DueRound { from, to, by: to })
        }
        Frequency::HalfTerm | Frequency::Term if day < first.from => {
            let to = first.from.pred_opt()?;
            let month = if every == Frequency::Term { 4 } else { 6 };
            let from = NaiveDate::from_ymd_opt(to.year(), month, 1)?;
            (from <= day).then_some(DueRound { from, to, by: to })
        }
        Frequency::HalfTerm | Frequency::Term if day > last_day => {
            let by = calendar.half_terms.last().map_or(last_day, |last| last.to);
            Some(DueRound { from: last_day.succ_opt()?, to: day, by })
        }
        Frequency::HalfTerm | Frequency::Term => {
            let half_term = calendar.half_terms.iter().rfind(|half_term| half_term.from <= day)?;
            let (from, last) = match every {
                Frequency::Term => {
                    (half_term.number - (half_term.number + 1) % 2, half_term.number + half_term.number % 2)
                }
                _ => (half_term.number, half_term.number),
            };
            let from = calendar.half_term(from).map_or(half_term.from, |half_term| half_term.from);
            let by = calendar.half_term(last).map_or_else(|| until(last), |half_term| half_term.to);
            Some(DueRound { from, to: until(last), by })
        }
    }
}

/// The week of a day, from Monday: the weeks without school after it belong to it.
fn week(calendar: &Calendar, day: NaiveDate) -> Option<DueRound> {
    const MOST: usize = 12;
    let has_school = |monday: &NaiveDate| calendar.pupil_days_in_week(*monday) > 0;
    let back = std::iter::successors(Some(monday(day)), |monday| monday.checked_sub_days(Days::new(7)));
    let from = back.take(MOST).find(has_school).unwrap_or(monday(day));
    let next = std::iter::successors(from.checked_add_days(Days::new(7)), |monday| {
        monday.checked_add_days(Days::new(7))
    });
    let to = next.take(MOST).find(has_school).and_then(|next| next.pred_opt());
    let sunday = monday(day).checked_add_days(Days::new(6))?;
    Some(DueRound { from, to: to.unwrap_or(sunday), by: from.checked_add_days(Days::new(4))? })
}
