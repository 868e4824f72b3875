//! Preferences that a session of a plan goes against by itself.

use crate::plan::constraints::{self, LessonOnTimetable};
use crate::plan::schedule::candidates::CandidateOrigin;
use crate::plan::schedule::context::PlanningContext;
use crate::school::{Id, Session, Subject, day, monday};

/// What goes against a preference: how many times, and why.
type SessionCosts = Vec<(i64, String)>;

fn once(holds: bool, because: impl FnOnce() -> String) -> SessionCosts {
    if holds { vec![(1, because())] } else { Vec::new() }
}

fn subject_of<'s>(context: &PlanningContext<'s>, session: &Session) -> Option<&'s Subject> {
    session.subject.as_ref().and_then(|id| context.school.set_up.subjects.get(id))
}

/// Others have waited longer to be seen.
pub(super) fn longest_unseen(
    context: &PlanningContext<'_>,
    session: &Session,
    _: CandidateOrigin,
) -> SessionCosts {
    let Some(subject) = subject_of(context, session) else { return Vec::new() };
    let most = context.partners().map(|(subject, _)| context.due(subject)).max().unwrap_or(0);
    let because = format!("others are longer unseen than {}", subject.name);
    vec![(i64::from(most - context.due(subject)), because)]
}

/// Too little evidence is in, and not of this subject.
pub(super) fn little_evidence(
    context: &PlanningContext<'_>,
    session: &Session,
    _: CandidateOrigin,
) -> SessionCosts {
    let Some(subject) = subject_of(context, session) else { return Vec::new() };
    let needs = &context.request.needs.evidence;
    let is_needed = |id: &Id| needs.iter().any(|need| need.subject == *id && need.kind == session.kind);
    let elsewhere = context.partners().any(|(other, _)| is_needed(&other.id)) && !is_needed(&subject.id);
    once(elsewhere, || format!("evidence is more wanted elsewhere than in {}", subject.name))
}

/// Other subjects are significantly below their trajectory.
pub(super) fn off_path(context: &PlanningContext<'_>, session: &Session, _: CandidateOrigin) -> SessionCosts {
    let Some(subject) = subject_of(context, session) else { return Vec::new() };
    let is_below = |id: &Id| context.request.needs.below.contains(id);
    let others = context.partners().any(|(other, _)| is_below(&other.id)) && !is_below(&subject.id);
    once(others, || format!("others are below their path, and {} is not", subject.name))
}

/// Other subjects have a higher priority.
pub(super) fn priority(context: &PlanningContext<'_>, session: &Session, _: CandidateOrigin) -> SessionCosts {
    let Some(subject) = subject_of(context, session) else { return Vec::new() };
    let highest = context.partners().map(|(subject, _)| subject.priority).max().unwrap_or(0);
    vec![(i64::from(highest - subject.priority), format!("{} has no priority", subject.name))]
}

/// Why a submitted session moves, and whether it stays in its week; none where it does not move.
fn moves(
    context: &PlanningContext<'_>,
    session: &Session,
    origin: CandidateOrigin,
) -> Option<(bool, String)> {
    let CandidateOrigin::Moved(index) = origin else { return None };
    let other = context.others.get(index)?;
    let name = session.subject.as_ref().map_or("", |subject| context.school.subject_name(subject));
    let because = format!("{name} moves from {} to {}", other.when, session.when);
    Some((monday(other.when.date) == monday(session.when.date), because))
}

/// A submitted session moves within its week.
pub(super) fn moved_in_week(
    context: &PlanningContext<'_>,
    session: &Session,
    origin: CandidateOrigin,
) -> SessionCosts {
    let moved = moves(context, session, origin).filter(|(in_week, _)| *in_week);
    moved.map(|(_, because)| (1, because)).into_iter().collect()
}

/// A submitted session moves to another week.
pub(super) fn moved_further(
    context: &PlanningContext<'_>,
    session: &Session,
    origin: CandidateOrigin,
) -> SessionCosts {
    let moved = moves(context, session, origin).filter(|(in_week, _)| !in_week);
    moved.map(|(_, because)| (1, because)).into_iter().collect()
}

/// A session that no subject leader submitted.
pub(super) fn proposed(
    context: &PlanningContext<'_>,
    session: &Session,
    origin: CandidateOrigin,
) -> SessionCosts {
    let name = session.subject.as_ref().map_or("", |subject| context.school.subject_name(subject));
    once(origin == CandidateOrigin::Proposed, || format!("{name} is proposed for {}", session.when))
}

/// Somebody needs cover to come.
pub(super) fn cover(context: &PlanningContext<'_>, session: &Session, _: CandidateOrigin) -> SessionCosts {
    let school = context.school;
    let releases = constraints::releases(school, session).into_iter();
    releases
        .map(|person| (1, format!("{} needs cover on {}", school.name_of(person), session.when)))
        .collect()
}

/// A subject leader has another session that day.
pub(super) fn leader_twice_a_day(
    context: &PlanningContext<'_>,
    session: &Session,
    origin: CandidateOrigin,
) -> SessionCosts {
    let date = session.when.date;
    let has_another = |leader: &&Id| {
        context.others.iter().enumerate().any(|(index, other)| {
            Some(index) != origin.handed_in() && other.owner == **leader && other.when.date == date
        })
    };
    let twice = session.with.iter().filter(has_another);
    let name = |leader| context.school.name_of(leader);
    twice.map(|leader| (1, format!("{} has another session on {}", name(leader), day(date)))).collect()
}

/// Less than five school days' notice.
pub(super) fn notice(context: &PlanningContext<'_>, session: &Session, _: CandidateOrigin) -> SessionCosts {
    let (today, date) = (context.request.today, session.when.date);
    let notice = context.school.set_up.calendar.school_days_between(today, date);
    let is_short = today <= date && notice < 5 && session.subject.is_some();
    once(is_short, || format!("{} is less than five school days away", day(date)))
}

/// The timetable does not say when a class has the subject.
pub(super) fn lesson_unknown(
    context: &PlanningContext<'_>,
    session: &Session,
    _: CandidateOrigin,
) -> SessionCosts {
    let Some(subject) = session.subject.as_ref().filter(|_| session.kind.is_visit()) else {
        return Vec::new();
    };
    let school = context.school;
    let is_unknown =
        |class: &&Id| constraints::is_taught(school, class, subject, session) == LessonOnTimetable::Unknown;
    let unknown = session.classes.iter().filter(is_unknown);
    unknown
        .map(|class| (1, format!("no file says when {class} has {}", school.subject_name(subject))))
        .collect()
}

/// The teachers whom a session visits; nobody where it is no visit.
fn visited(session: &Session) -> &[Id] {
    if session.kind.is_visit() { &session.teachers } else { &[] }
}

/// The submitted session that a candidate takes the place of.
fn replaced<'s>(context: &PlanningContext<'s>, origin: CandidateOrigin) -> Option<&'s Session> {
    origin.handed_in().and_then(|index| context.others.get(index)).copied()
}

/// The teacher has been visited before.
pub(super) fn visits_shared(
    context: &PlanningContext<'_>,
    session: &Session,
    origin: CandidateOrigin,
) -> SessionCosts {
    let used = replaced(context, origin);
    let before = |teacher| (teacher, context.visits_before(teacher, used).0);
    let says = |(teacher, visits)| {
        (i64::from(visits), format!("{} has had {visits} visits this year", context.school.name_of(teacher)))
    };
    visited(session).iter().map(before).map(says).collect()
}

/// More than 3 visits or 180 minutes to a teacher in the year.
pub(super) fn teacher_over_year(
    context: &PlanningContext<'_>,
    session: &Session,
    origin: CandidateOrigin,
) -> SessionCosts {
    let used = replaced(context, origin);
    let with_this = |teacher| {
        let (visits, minutes) = context.visits_before(teacher, used);
        (teacher, visits + 1, minutes + session.minutes)
    };
    let over = visited(session).iter().map(with_this);
    let over = over.filter(|(_, visits, minutes)| *visits > 3 || *minutes > 180);
    over.map(|(teacher, visits, minutes)| {
        let name = context.school.name_of(teacher);
        (1, format!("{name} would have {visits} visits and {minutes} minutes this year"))
    })
    .collect()
}

/// A second visit to a teacher in a week.
pub(super) fn teacher_twice_a_week(
    context: &PlanningContext<'_>,
    session: &Session,
    origin: CandidateOrigin,
) -> SessionCosts {
    let (used, week) = (replaced(context, origin), monday(session.when.date));
    let is_twice = |teacher: &&Id| {
        let mut others = context.visits_now(teacher).filter(|other| used != Some(*other));
        others.any(|other| monday(other.when.date) == week)
    };
    let twice = visited(session).iter().filter(is_twice);
    let name = |teacher| context.school.name_of(teacher);
    twice
        .map(|teacher| (1, format!("{} has another visit in the week of {}", name(teacher), day(week))))
        .collect()
}

/// The class that was visited last.
pub(super) fn same_class(
    context: &PlanningContext<'_>,
    session: &Session,
    _: CandidateOrigin,
) -> SessionCosts {
    if !session.kind.is_visit() {
        return Vec::new();
    }
    let last = context.last_visited_classes();
    let again = session.classes.iter().find(|class| last.contains(class));
    again.map(|class| (1, format!("{class} was visited last"))).into_iter().collect()
}

/// With `--replan`: the session was agreed otherwise.
pub(super) fn published(
    context: &PlanningContext<'_>,
    session: &Session,
    _: CandidateOrigin,
) -> SessionCosts {
    let is_same = |agreed: &Session| {
        agreed.kind == session.kind
            && agreed.subject == session.subject
            && agreed.when == session.when
            && agreed.classes == session.classes
    };
    let is_asked = context.request.replan && !context.published.is_empty();
    let is_otherwise = is_asked && !context.published.iter().any(|agreed| is_same(agreed));
    once(is_otherwise, || "it was given out otherwise".to_owned())
}
