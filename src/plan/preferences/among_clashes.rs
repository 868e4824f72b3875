//! Preferences that sessions go against next to the others of their half term.

use super::asked_session::AgreedSession;
use crate::plan::clashes::ClashChecker;
use crate::plan::constraints;
use crate::school::{Id, Session, SessionStatus, day, monday};

/// What goes against a preference: why, and next to which sessions.
type OwnClashes<'a> = Vec<(String, Vec<&'a Session>)>;

/// Less than five school days' notice of a session to come.
pub(super) fn notice<'a>(of: &AgreedSession<'_, 'a>) -> OwnClashes<'a> {
    let date = of.session.when.date;
    let notice = of.check.school.set_up.calendar.school_days_between(of.check.today, date);
    let is_short = of.check.today <= date && notice < 5 && of.session.status == SessionStatus::Planned;
    let says = is_short.then(|| format!("{} is less than five school days away", day(date)));
    says.map(|says| (says, Vec::new())).into_iter().collect()
}

/// Somebody needs cover to come.
pub(super) fn cover<'a>(of: &AgreedSession<'_, 'a>) -> OwnClashes<'a> {
    let released = constraints::releases(of.check.school, of.session).into_iter().next();
    let says = |person| format!("{} needs cover on {}", of.check.school.name_of(person), of.session.when);
    released.map(|person| (says(person), Vec::new())).into_iter().collect()
}

/// Two sessions of a schedule in a week.
pub(super) fn one_a_week<'a>(of: &AgreedSession<'_, 'a>) -> OwnClashes<'a> {
    let week = monday(of.session.when.date);
    let mut with = ClashChecker::same_schedule(of.session, of.others);
    with.retain(|other| monday(other.when.date) == week);
    if with.is_empty() {
        return Vec::new();
    }
    let subject = of.session.subject.as_ref().map(|subject| of.check.school.subject_name(subject));
    let whose = subject.unwrap_or_else(|| of.check.school.name_of(&of.session.owner));
    vec![(format!("{whose} has {} sessions in the week of {}", with.len() + 1, day(week)), with)]
}

/// Two sessions of a subject leader in a day.
pub(super) fn leader_twice_a_day<'a>(of: &AgreedSession<'_, 'a>) -> OwnClashes<'a> {
    let date = of.session.when.date;
    let mut with = of.others.to_vec();
    with.retain(|other| other.owner == of.session.owner && other.when.date == date);
    if with.is_empty() {
        return Vec::new();
    }
    let name = of.check.school.name_of(&of.session.owner);
    vec![(format!("{name} has {} sessions on {}", with.len() + 1, day(date)), with)]
}

/// The same class visited twice running.
pub(super) fn same_class<'a>(of: &AgreedSession<'_, 'a>) -> OwnClashes<'a> {
    let visits = ClashChecker::same_schedule(of.session, of.others).into_iter();
    let later = visits.filter(|other| other.kind.is_visit() && other.when > of.session.when);
    let Some(next) = later.min_by_key(|other| other.when).filter(|_| of.session.kind.is_visit()) else {
        return Vec::new();
    };
    let Some(class) = next.classes.iter().find(|class| of.session.classes.contains(class)) else {
        return Vec::new();
    };
    let (first, second) = (day(of.session.when.date), day(next.when.date));
    vec![(format!("class {class} is visited twice running, on {first} and {second}"), vec![next])]
}

impl<'s, 'a> AgreedSession<'s, 'a> {
    /// The other visits of the half term to each teacher whom it visits.
    fn other_visits(&self) -> Vec<(&'s Id, Vec<&'a Session>)> {
        let visited = if self.session.kind.is_visit() { self.session.teachers.as_slice() } else { &[] };
        let with = |teacher: &'s Id| {
            let mut with = self.others.to_vec();
            with.retain(|other| other.kind.is_visit() && other.teachers.contains(teacher));
            (teacher, with)
        };
        visited.iter().map(with).collect()
    }
}

/// More than 3 visits or 180 minutes to a teacher in the year.
pub(super) fn teacher_over_year<'a>(of: &AgreedSession<'_, 'a>) -> OwnClashes<'a> {
    let over = of.other_visits().into_iter().filter_map(|(teacher, with)| {
        let (earlier, minutes) = of.check.earlier.get(teacher).copied().unwrap_or_default();
        let visits = earlier + u32::try_from(with.len()).unwrap_or(u32::MAX) + 1;
        let minutes = minutes + of.session.minutes + with.iter().map(|other| other.minutes).sum::<u32>();
        let name = of.check.school.name_of(teacher);
        let says = format!("{name} would have {visits} visits and {minutes} minutes this year");
        (visits > 3 || minutes > 180).then_some((says, with))
    });
    over.collect()
}

/// Two visits to a teacher in a week.
pub(super) fn teacher_twice_a_week<'a>(of: &AgreedSession<'_, 'a>) -> OwnClashes<'a> {
    let week = monday(of.session.when.date);
    let twice = of.other_visits().into_iter().filter_map(|(teacher, mut with)| {
        with.retain(|other| monday(other.when.date) == week);
        let name = of.check.school.name_of(teacher);
        let says = format!("{name} has {} visits in the week of {}", with.len() + 1, day(week));
        (!with.is_empty()).then_some((says, with))
    });
    twice.collect()
}
