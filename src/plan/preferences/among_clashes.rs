//! Preferences that sessions go against next to the others of their half term.

use crate::plan::clashes::ClashChecker;
use crate::plan::constraints;
use crate::school::{Id, Session, SessionStatus, day, monday};

/// What goes against a preference: why, and next to which sessions.
type OwnClashes<'a> = Vec<(String, Vec<&'a Session>)>;

/// Less than five school days' notice of a session to come.
pub(super) fn notice<'a>(check: &ClashChecker<'a>, session: &Session, _: &[&'a Session]) -> OwnClashes<'a> {
    let date = session.when.date;
    let notice = check.school.set_up.calendar.school_days_between(check.today, date);
    let is_short = check.today <= date && notice < 5 && session.status == SessionStatus::Planned;
    let says = is_short.then(|| format!("{} is less than five school days away", day(date)));
    says.map(|says| (says, Vec::new())).into_iter().collect()
}

/// Somebody needs cover to come.
pub(super) fn cover<'a>(check: &ClashChecker<'a>, session: &Session, _: &[&'a Session]) -> OwnClashes<'a> {
    let released = constraints::releases(check.school, session).into_iter().next();
    let says = |person| format!("{} needs cover on {}", check.school.name_of(person), session.when);
    released.map(|person| (says(person), Vec::new())).into_iter().collect()
}

/// Two sessions of a schedule in a week.
pub(super) fn one_a_week<'a>(
    check: &ClashChecker<'a>,
    session: &Session,
    others: &[&'a Session],
) -> OwnClashes<'a> {
    let week = monday(session.when.date);
    let mut with = ClashChecker::same_schedule(session, others);
    with.retain(|other| monday(other.when.date) == week);
    if with.is_empty() {
        return Vec::new();
    }
    let subject = session.subject.as_ref().map(|subject| check.school.subject_name(subject));
    let whose = subject.unwrap_or_else(|| check.school.name_of(&session.owner));
    vec![(format!("{whose} has {} sessions in the week of {}", with.len() + 1, day(week)), with)]
}

/// Two sessions of a subject leader in a day.
pub(super) fn leader_twice_a_day<'a>(
    check: &ClashChecker<'a>,
    session: &Session,
    others: &[&'a Session],
) -> OwnClashes<'a> {
    let date = session.when.date;
    let mut with = others.to_vec();
    with.retain(|other| other.owner == session.owner && other.when.date == date);
    if with.is_empty() {
        return Vec::new();
    }
    let name = check.school.name_of(&session.owner);
    vec![(format!("{name} has {} sessions on {}", with.len() + 1, day(date)), with)]
}

/// The same class visited twice running.
pub(super) fn same_class<'a>(
    _: &ClashChecker<'a>,
    session: &Session,
    others: &[&'a Session],
) -> OwnClashes<'a> {
    let visits = ClashChecker::same_schedule(session, others).into_iter();
    let later = visits.filter(|other| other.kind.is_visit() && other.when > session.when);
    let Some(next) = later.min_by_key(|other| other.when).filter(|_| session.kind.is_visit()) else {
        return Vec::new();
    };
    let Some(class) = next.classes.iter().find(|class| session.classes.contains(class)) else {
        return Vec::new();
    };
    let (first, second) = (day(session.when.date), day(next.when.date));
    vec![(format!("class {class} is visited twice running, on {first} and {second}"), vec![next])]
}

/// The other visits of the half term to each teacher whom a session visits.
fn other_visits<'s, 'a>(session: &'s Session, others: &[&'a Session]) -> Vec<(&'s Id, Vec<&'a Session>)> {
    let visited = if session.kind.is_visit() { session.teachers.as_slice() } else { &[] };
    let with = |teacher: &'s Id| {
        let mut with = others.to_vec();
        with.retain(|other| other.kind.is_visit() && other.teachers.contains(teacher));
        (teacher, with)
    };
    visited.iter().map(with).collect()
}

/// More than 3 visits or 180 minutes to a teacher in the year.
pub(super) fn teacher_over_year<'a>(
    check: &ClashChecker<'a>,
    session: &Session,
    others: &[&'a Session],
) -> OwnClashes<'a> {
    let over = other_visits(session, others).into_iter().filter_map(|(teacher, with)| {
        let (earlier, minutes) = check.earlier.get(teacher).copied().unwrap_or_default();
        let visits = earlier + u32::try_from(with.len()).unwrap_or(u32::MAX) + 1;
        let minutes = minutes + session.minutes + with.iter().map(|other| other.minutes).sum::<u32>();
        let name = check.school.name_of(teacher);
        let says = format!("{name} would have {visits} visits and {minutes} minutes this year");
        (visits > 3 || minutes > 180).then_some((says, with))
    });
    over.collect()
}

/// Two visits to a teacher in a week.
pub(super) fn teacher_twice_a_week<'a>(
    check: &ClashChecker<'a>,
    session: &Session,
    others: &[&'a Session],
) -> OwnClashes<'a> {
    let week = monday(session.when.date);
    let twice = other_visits(session, others).into_iter().filter_map(|(teacher, mut with)| {
        with.retain(|other| monday(other.when.date) == week);
        let name = check.school.name_of(teacher);
        let says = format!("{name} has {} visits in the week of {}", with.len() + 1, day(week));
        (!with.is_empty()).then_some((says, with))
    });
    twice.collect()
}
