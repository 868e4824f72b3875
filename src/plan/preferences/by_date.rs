//! Preferences that the date and the classes of a session decide.

use crate::school::{HalfTerm, School, Session, day, monday};

/// A visit in the first week after a break.
pub(super) fn first_week(school: &School, half_term: &HalfTerm, session: &Session) -> Option<String> {
    let first = half_term.weekdays().find(|date| school.set_up.calendar.is_pupil_day(*date));
    let is_in_it = first.is_some_and(|first| monday(first) == monday(session.when.date));
    (session.kind.is_visit() && is_in_it)
        .then(|| format!("{} is in the first week after a break", day(session.when.date)))
}

/// A visit in the last week of the autumn or summer term.
pub(super) fn last_week(_: &School, half_term: &HalfTerm, session: &Session) -> Option<String> {
    let is_last = matches!(half_term.number, 2 | 6) && monday(half_term.to) == monday(session.when.date);
    (session.kind.is_visit() && is_last)
        .then(|| format!("{} is in the last week of term", day(session.when.date)))
}

/// A session in a week of fewer than three school days.
pub(super) fn part_week(school: &School, _: &HalfTerm, session: &Session) -> Option<String> {
    let date = session.when.date;
    (school.set_up.calendar.pupil_days_in_week(date) < 3)
        .then(|| format!("the week of {} has fewer than three days", day(monday(date))))
}

/// A session with a class whose year group is being assessed.
pub(super) fn soft_window(school: &School, _: &HalfTerm, session: &Session) -> Option<String> {
    let date = session.when.date;
    let open = school.set_up.calendar.windows.iter();
    let mut open = open.filter(|window| window.kind.is_soft() && window.from <= date && date <= window.to);
    open.find_map(|window| {
        let mut classes = session.classes.iter().filter_map(|class| school.set_up.classes.get(class));
        let is_assessed = |year_group| window.year_groups.contains(year_group);
        let class = classes.find(|class| class.year_groups.iter().any(is_assessed))?;
        Some(format!("class {} has {} then", class.id, window.kind.title()))
    })
}
