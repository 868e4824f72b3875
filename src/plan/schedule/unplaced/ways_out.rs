//! Changes that would make room, each tried by solving again.

use std::collections::{BTreeMap, BTreeSet};

use chrono::Datelike;
use serde::Serialize;

use super::colliding_facts::CollidingFacts;
use crate::diagnostic::Place;
use crate::plan::constraints::{Rule, RuleReason};
use crate::plan::schedule::candidates::Candidate;
use crate::plan::schedule::context::{PlanningContext, taking_place};
use crate::plan::schedule::model::PlanningModel;
use crate::plan::schedule::request::ScheduleRequest;
use crate::plan::schedule::solver;
use crate::school::{DatedHours, Id, School, Session, SessionKind, VisitLimit, Whereabouts};

/// How many changes are tried before giving up on ways out.
const TRIES: usize = 24;

/// A change that makes room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RoomMakingChange {
    /// One more programmed session.
    Extra(DatedHours),
    /// One session fewer of a kind.
    Without(SessionKind),
    /// A limit of the school's, one higher.
    Raise(Rule),
    /// A submitted session that may be moved after all.
    Unfix(Place),
}

/// A way out: tried by solving again.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct WayOut {
    pub says: String,
    /// The command that tries it, where a flag does.
    pub command: Option<String>,
    #[serde(skip)]
    pub change: RoomMakingChange,
}

/// Changes that make room for more, each tried by solving again.
pub(super) fn ways_out(
    context: &PlanningContext<'_>,
    facts: &CollidingFacts<'_, '_>,
    kind: SessionKind,
    core: &[RuleReason],
    missing: usize,
) -> Vec<WayOut> {
    let mut ways = Vec::new();
    let mut tries = TRIES;
    let mut attempt = |change: RoomMakingChange, says: String| -> bool {
        if tries == 0 || ways.iter().any(|way: &WayOut| way.change == change) {
            return false;
        }
        tries -= 1;
        let helps = shortfall_after(context, &change) < missing;
        if helps {
            let command = command(context, &change);
            ways.push(WayOut { says, command, change });
        }
        helps
    };
    let mut days = BTreeSet::new();
    for when in extra_times(context, facts, kind).into_iter().take(TRIES / 2) {
        // Two are enough, on different days of the week.
        if days.len() < 2
            && !days.contains(&when.date.weekday().num_days_from_monday())
            && attempt(RoomMakingChange::Extra(when), extra_says(context, facts, kind, &when))
        {
            days.insert(when.date.weekday().num_days_from_monday());
        }
    }
    for (change, says) in core.iter().filter_map(|reason| lifting(context.school, reason)) {
        attempt(change, says);
    }
    if !matches!(kind, SessionKind::Scheduling | SessionKind::Evaluation) {
        attempt(RoomMakingChange::Without(kind), one_fewer_says(context, kind));
    }
    ways
}

/// The change that lifts a colliding fact, in words too; `None` where it cannot be lifted.
fn lifting(school: &School, reason: &RuleReason) -> Option<(RoomMakingChange, String)> {
    if reason.rule == Rule::Fixed {
        let at = reason.at.clone()?;
        let says = format!("a session that may be moved after all: fixed = no ({at})");
        return Some((RoomMakingChange::Unfix(at), says));
    }
    let (key, limit) = limit_of(school, reason.rule)?;
    let says = format!("a higher limit: {key} = {} ({})", limit.most + 1, limit.at);
    Some((RoomMakingChange::Raise(reason.rule), says))
}

/// One session of a kind fewer than are wanted, in words.
fn one_fewer_says(context: &PlanningContext<'_>, kind: SessionKind) -> String {
    match context.demands.iter().find(|demand| demand.kind == kind).map_or(0, |demand| demand.count) {
        0 | 1 => format!("no {} this half term", kind.title()),
        2 => format!("one {} only", kind.title()),
        more => format!("{} {}s only", more - 1, kind.title()),
    }
}

/// How many sessions find no place once a change is made.
fn shortfall_after(context: &PlanningContext<'_>, change: &RoomMakingChange) -> usize {
    let request = with_change(context.request, change);
    PlanningContext::new(context.school, &request).map_or(usize::MAX, |context| {
        let problem = PlanningModel::new(&context);
        let outcome = solver::solve(&problem.model);
        let columns = problem.left_out.values().flatten();
        columns.filter(|column| outcome.values.get(**column).is_some_and(|value| *value > 0)).count()
    })
}

/// The request with a change to try.
pub fn with_change(request: &ScheduleRequest, change: &RoomMakingChange) -> ScheduleRequest {
    let mut request = request.clone();
    match change {
        RoomMakingChange::Extra(when) => request.extra.push(*when),
        RoomMakingChange::Without(kind) => request.without.push(*kind),
        RoomMakingChange::Raise(rule) => request.raised.push(*rule),
        RoomMakingChange::Unfix(at) => request.unfixed.push(at.clone()),
    }
    request
}

/// The school's limit behind a rule, and its key in `[limits]`.
fn limit_of(school: &School, rule: Rule) -> Option<(&'static str, &VisitLimit)> {
    let limits = &school.settings.limits;
    let (key, limit) = match rule {
        Rule::VisitsPerHalfTerm => ("visits_per_teacher_per_half_term", &limits.visits_per_half_term),
        Rule::VisitsPerYear => ("visits_per_teacher_per_year", &limits.visits_per_year),
        Rule::Cover => ("releases_per_period", &limits.releases_per_period),
        _ => return None,
    };
    limit.as_ref().map(|limit| (key, limit))
}

fn command(context: &PlanningContext<'_>, change: &RoomMakingChange) -> Option<String> {
    let flag = match change {
        RoomMakingChange::Extra(when) => {
            let period = context
                .school
                .set_up
                .calendar
                .period_at(when)
                .map_or_else(|| when.hours.to_string(), |period| period.id.to_string());
            format!("--extra \"{} {period}\"", when.date)
        }
        RoomMakingChange::Without(kind) => format!("--without {}", kind.word()),
        RoomMakingChange::Raise(_) | RoomMakingChange::Unfix(_) => return None,
    };
    Some(format!("phase schedule --half-term {} {flag}", context.half_term.number))
}

/// Times at which the phase leader could have one more programmed session, the likeliest first:
/// those that suit the missing session, without cover, in the weeks that have fewest.
fn extra_times(
    context: &PlanningContext<'_>,
    facts: &CollidingFacts<'_, '_>,
    kind: SessionKind,
) -> Vec<DatedHours> {
    let school = context.school;
    let mut suits: BTreeMap<DatedHours, BTreeSet<&Id>> = BTreeMap::new();
    for candidate in suiting(facts, kind) {
        suits.entry(candidate.session.when).or_default().extend(&candidate.session.subject);
    }
    let leader = &context.phase.leader;
    let booked: Vec<&Session> = taking_place(school, context.half_term.number)
        .into_iter()
        .filter(|session| session.people().any(|person| person == leader))
        .collect();
    let mut times: Vec<DatedHours> = school
        .set_up
        .calendar
        .slots(context.half_term)
        .into_iter()
        .filter(|when| when.date >= context.from && !context.is_programmed(when))
        .filter(|when| school.set_up.calendar.is_pupil_day(when.date))
        .filter(|when| {
            !school.set_up.whereabouts(leader, when).is_shut()
                && !booked.iter().any(|session| session.when.overlaps(when))
        })
        .collect();
    times.sort_by_key(|when| {
        let teaches = matches!(school.set_up.whereabouts(leader, when), Whereabouts::Teaching(_));
        let inside = context.slots.first().is_some_and(|first| first < when)
            && context.slots.last().is_some_and(|last| when < last);
        let alone = !context.slots.iter().any(|slot| slot.date == when.date);
        let subjects = suits.get(when).map_or(0, BTreeSet::len);
        (subjects == 0, !inside, teaches, !alone, std::cmp::Reverse(subjects), *when)
    });
    times
}

/// The sessions of a kind that only the want of a programmed session keeps away.
fn suiting<'f>(facts: &'f CollidingFacts<'_, '_>, kind: SessionKind) -> impl Iterator<Item = &'f Candidate> {
    facts.candidates.iter().filter(move |candidate| {
        candidate.session.kind == kind
            && candidate.shut.iter().all(|reason| reason.rule == Rule::NotProgrammed)
    })
}

fn extra_says(
    context: &PlanningContext<'_>,
    facts: &CollidingFacts<'_, '_>,
    kind: SessionKind,
    when: &DatedHours,
) -> String {
    let mut subjects: Vec<&str> = suiting(facts, kind)
        .filter(|candidate| candidate.session.when == *when)
        .filter_map(|candidate| candidate.session.subject.as_ref())
        .map(|subject| context.school.subject_name(subject))
        .collect();
    subjects.sort_unstable();
    subjects.dedup();
    let shown = subjects.iter().take(3).copied().collect::<Vec<_>>().join(", ");
    let suits = if shown.is_empty() { String::new() } else { format!(" suits you and {shown}") };
    let cover = match context.school.set_up.whereabouts(&context.phase.leader, when) {
        Whereabouts::Teaching(class) => format!(" (cover for {})", class.id),
        _ => String::new(),
    };
    format!("one more programmed session: {when}{suits}{cover}")
}
