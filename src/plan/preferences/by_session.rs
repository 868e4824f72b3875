//! Preferences that a session of a plan goes against by itself.

use super::asked_session::CandidateSession;
use crate::plan::constraints::{self, LessonOnTimetable};
use crate::plan::schedule::candidates::CandidateOrigin;
use crate::school::{Id, Session, Subject, day, monday};

/// What goes against a preference: how many times, and why.
type SessionCosts = Vec<(i64, String)>;

fn once(holds: bool, because: impl FnOnce() -> String) -> SessionCosts {
    if holds { vec![(1, because())] } else { Vec::new() }
}

impl<'s> CandidateSession<'_, 's> {
    fn subject(&self) -> Option<&'s Subject> {
        self.session.subject.as_ref().and_then(|id| self.context.school.set_up.subjects.get(id))
    }

    /// Why a submitted session moves, and whether it stays in its week; none where it does not move.
    fn moves(&self) -> Option<(bool, String)> {
        let CandidateOrigin::Moved(index) = self.origin else { return None };
        let other = self.context.others.get(index)?;
        let subject = self.session.subject.as_ref();
        let name = subject.map_or("", |subject| self.context.school.subject_name(subject));
        let because = format!("{name} moves from {} to {}", other.when, self.session.when);
        Some((monday(other.when.date) == monday(self.session.when.date), because))
    }

    /// The teachers whom it visits; nobody where it is no visit.
    fn visited(&self) -> &[Id] {
        if self.session.kind.is_visit() { &self.session.teachers } else { &[] }
    }

    /// The submitted session that it takes the place of.
    fn replaced(&self) -> Option<&'s Session> {
        self.origin.handed_in().and_then(|index| self.context.others.get(index)).copied()
    }
}

/// Others have waited longer to be seen.
pub(super) fn longest_unseen(of: &CandidateSession<'_, '_>) -> SessionCosts {
    let Some(subject) = of.subject() else { return Vec::new() };
    let most = of.context.partners().map(|(subject, _)| of.context.due(subject)).max().unwrap_or(0);
    let because = format!("others are longer unseen than {}", subject.name);
    vec![(i64::from(most - of.context.due(subject)), because)]
}

/// Too little evidence is in, and not of this subject.
pub(super) fn little_evidence(of: &CandidateSession<'_, '_>) -> SessionCosts {
    let Some(subject) = of.subject() else { return Vec::new() };
    let needs = &of.context.request.needs.evidence;
    let is_needed = |id: &Id| needs.iter().any(|need| need.subject == *id && need.kind == of.session.kind);
    let elsewhere = of.context.partners().any(|(other, _)| is_needed(&other.id)) && !is_needed(&subject.id);
    once(elsewhere, || format!("evidence is more wanted elsewhere than in {}", subject.name))
}

/// Other subjects are significantly below their trajectory.
pub(super) fn off_path(of: &CandidateSession<'_, '_>) -> SessionCosts {
    let Some(subject) = of.subject() else { return Vec::new() };
    let is_below = |id: &Id| of.context.request.needs.below.contains(id);
    let others = of.context.partners().any(|(other, _)| is_below(&other.id)) && !is_below(&subject.id);
    once(others, || format!("others are below their path, and {} is not", subject.name))
}

/// Other subjects have a higher priority.
pub(super) fn priority(of: &CandidateSession<'_, '_>) -> SessionCosts {
    let Some(subject) = of.subject() else { return Vec::new() };
    let highest = of.context.partners().map(|(subject, _)| subject.priority).max().unwrap_or(0);
    vec![(i64::from(highest - subject.priority), format!("{} has no priority", subject.name))]
}

/// A submitted session moves within its week.
pub(super) fn moved_in_week(of: &CandidateSession<'_, '_>) -> SessionCosts {
    let moved = of.moves().filter(|(in_week, _)| *in_week);
    moved.map(|(_, because)| (1, because)).into_iter().collect()
}

/// A submitted session moves to another week.
pub(super) fn moved_further(of: &CandidateSession<'_, '_>) -> SessionCosts {
    let moved = of.moves().filter(|(in_week, _)| !in_week);
    moved.map(|(_, because)| (1, because)).into_iter().collect()
}

/// A session that no subject leader submitted.
pub(super) fn proposed(of: &CandidateSession<'_, '_>) -> SessionCosts {
    let name = of.session.subject.as_ref().map_or("", |subject| of.context.school.subject_name(subject));
    once(of.origin == CandidateOrigin::Proposed, || format!("{name} is proposed for {}", of.session.when))
}

/// Somebody needs cover to come.
pub(super) fn cover(of: &CandidateSession<'_, '_>) -> SessionCosts {
    let school = of.context.school;
    let releases = constraints::releases(school, of.session).into_iter();
    releases
        .map(|person| (1, format!("{} needs cover on {}", school.name_of(person), of.session.when)))
        .collect()
}

/// A subject leader has another session that day.
pub(super) fn leader_twice_a_day(of: &CandidateSession<'_, '_>) -> SessionCosts {
    let date = of.session.when.date;
    let has_another = |leader: &&Id| {
        of.context.others.iter().enumerate().any(|(index, other)| {
            Some(index) != of.origin.handed_in() && other.owner == **leader && other.when.date == date
        })
    };
    let twice = of.session.with.iter().filter(has_another);
    let name = |leader| of.context.school.name_of(leader);
    twice.map(|leader| (1, format!("{} has another session on {}", name(leader), day(date)))).collect()
}

/// Less than five school days' notice.
pub(super) fn notice(of: &CandidateSession<'_, '_>) -> SessionCosts {
    let (today, date) = (of.context.request.today, of.session.when.date);
    let notice = of.context.school.set_up.calendar.school_days_between(today, date);
    let is_short = today <= date && notice < 5 && of.session.subject.is_some();
    once(is_short, || format!("{} is less than five school days away", day(date)))
}

/// The timetable does not say when a class has the subject.
pub(super) fn lesson_unknown(of: &CandidateSession<'_, '_>) -> SessionCosts {
    let Some(subject) = of.session.subject.as_ref().filter(|_| of.session.kind.is_visit()) else {
        return Vec::new();
    };
    let school = of.context.school;
    let is_unknown = |class: &&Id| {
        constraints::is_taught(school, class, subject, of.session) == LessonOnTimetable::Unknown
    };
    let unknown = of.session.classes.iter().filter(is_unknown);
    unknown
        .map(|class| (1, format!("no file says when {class} has {}", school.subject_name(subject))))
        .collect()
}

/// The teacher has been visited before.
pub(super) fn visits_shared(of: &CandidateSession<'_, '_>) -> SessionCosts {
    let used = of.replaced();
    let before = |teacher| (teacher, of.context.visits_before(teacher, used).0);
    let says = |(teacher, visits)| {
        (
            i64::from(visits),
            format!("{} has had {visits} visits this year", of.context.school.name_of(teacher)),
        )
    };
    of.visited().iter().map(before).map(says).collect()
}

/// More than 3 visits or 180 minutes to a teacher in the year.
pub(super) fn teacher_over_year(of: &CandidateSession<'_, '_>) -> SessionCosts {
    let used = of.replaced();
    let with_this = |teacher| {
        let (visits, minutes) = of.context.visits_before(teacher, used);
        (teacher, visits + 1, minutes + of.session.minutes)
    };
    let over = of.visited().iter().map(with_this);
    let over = over.filter(|(_, visits, minutes)| *visits > 3 || *minutes > 180);
    over.map(|(teacher, visits, minutes)| {
        let name = of.context.school.name_of(teacher);
        (1, format!("{name} would have {visits} visits and {minutes} minutes this year"))
    })
    .collect()
}

/// A second visit to a teacher in a week.
pub(super) fn teacher_twice_a_week(of: &CandidateSession<'_, '_>) -> SessionCosts {
    let (used, week) = (of.replaced(), monday(of.session.when.date));
    let is_twice = |teacher: &&Id| {
        let mut others = of.context.visits_now(teacher).filter(|other| used != Some(*other));
        others.any(|other| monday(other.when.date) == week)
    };
    let twice = of.visited().iter().filter(is_twice);
    let name = |teacher| of.context.school.name_of(teacher);
    twice
        .map(|teacher| (1, format!("{} has another visit in the week of {}", name(teacher), day(week))))
        .collect()
}

/// The class that was visited last.
pub(super) fn same_class(of: &CandidateSession<'_, '_>) -> SessionCosts {
    if !of.session.kind.is_visit() {
        return Vec::new();
    }
    let last = of.context.last_visited_classes();
    let again = of.session.classes.iter().find(|class| last.contains(class));
    again.map(|class| (1, format!("{class} was visited last"))).into_iter().collect()
}

/// With `--replan`: the session was agreed otherwise.
pub(super) fn published(of: &CandidateSession<'_, '_>) -> SessionCosts {
    let is_same = |agreed: &Session| {
        agreed.kind == of.session.kind
            && agreed.subject == of.session.subject
            && agreed.when == of.session.when
            && agreed.classes == of.session.classes
    };
    let is_asked = of.context.request.replan && !of.context.published.is_empty();
    let is_otherwise = is_asked && !of.context.published.iter().any(|agreed| is_same(agreed));
    once(is_otherwise, || "it was given out otherwise".to_owned())
}
