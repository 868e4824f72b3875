//! Reasons why a subject or a wish is not in the schedule.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::Serialize;

use super::candidates::Candidate;
use super::context::PlanningContext;
use super::model::PlanningModel;
use super::request::{RequestedSession, RequestedTime};
use super::solver::{self, Solution};
use super::unplaced::colliding_facts::in_general;
use crate::plan::constraints::Rule;
use crate::school::{DatedHours, Id, SessionKind, day};

/// Why a subject is not in the schedule.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Explanation {
    pub subject: Id,
    pub last_seen: String,
    /// Whether it is in the schedule.
    pub there: bool,
    /// What keeps it away, task area by task area.
    pub keeps_away: Vec<KeepsAway>,
    /// How much dearer the best schedule with it is; none where there is none.
    pub price: Option<i64>,
}

/// What keeps a subject from programmed sessions.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct KeepsAway {
    pub kind: SessionKind,
    /// What keeps it away, or that nothing does.
    pub says: String,
    /// The days, or `always`.
    pub when: String,
}

/// Why a wish is not met, in one sentence.
pub fn why_unmet(
    context: &PlanningContext<'_>,
    problem: &PlanningModel<'_, '_>,
    wish: &RequestedTime,
) -> String {
    if problem.candidates.iter().any(|candidate| wish.fits(&candidate.session)) {
        return "there is a place for it only at the price of another session".to_owned();
    }
    let shut = context.candidates(&context.slots).into_iter().filter(|candidate| !candidate.shut.is_empty());
    let meant = shut.chain(problem.blocked.iter().cloned()).filter(|candidate| wish.fits(&candidate.session));
    let mut counted: BTreeMap<String, usize> = BTreeMap::new();
    for reason in meant.flat_map(|candidate| candidate.shut) {
        *counted.entry(in_general(context, &reason).says).or_default() += 1;
    }
    let mut reasons: Vec<(usize, String)> = counted.into_iter().map(|(says, count)| (count, says)).collect();
    reasons.sort_by_key(|(count, says)| (std::cmp::Reverse(*count), says.clone()));
    let says: Vec<String> = reasons.into_iter().take(3).map(|(_, says)| says).collect();
    if says.is_empty() { "no session of that kind is left to place then".to_owned() } else { says.join("; ") }
}

/// Subjects that can never be visited because no lesson of them meets a programmed session.
pub fn never_met(context: &PlanningContext<'_>) -> Vec<Id> {
    let candidates = context.candidates(&context.slots);
    let visits = |subject: &Id| {
        candidates
            .iter()
            .filter(|candidate| {
                candidate.session.kind.is_visit() && candidate.session.subject.as_ref() == Some(subject)
            })
            .collect::<Vec<_>>()
    };
    context
        .partners()
        .map(|(subject, _)| subject.id.clone())
        .filter(|subject| {
            let visits = visits(subject);
            !visits.is_empty()
                && visits
                    .iter()
                    .all(|candidate| candidate.shut.iter().any(|reason| reason.rule == Rule::NotTaught))
        })
        .collect()
}

/// What keeps a subject from the programmed sessions, and what it would cost to have it.
pub fn why_not(
    context: &PlanningContext<'_>,
    problem: &PlanningModel<'_, '_>,
    outcome: &Solution,
    subject: &Id,
) -> Explanation {
    let is_meant = |candidate: &&Candidate| candidate.session.subject.as_ref() == Some(subject);
    let all = context.candidates(&context.slots);
    let shut = all.iter().filter(|candidate| !candidate.shut.is_empty()).chain(&problem.blocked);
    let mut keeps_away: BTreeMap<(SessionKind, String), BTreeSet<DatedHours>> = BTreeMap::new();
    for candidate in shut.filter(is_meant) {
        if let Some(reason) = candidate.shut.first() {
            let says = in_general(context, reason).says;
            keeps_away.entry((candidate.session.kind, says)).or_default().insert(candidate.session.when);
        }
    }
    for candidate in problem.candidates.iter().filter(is_meant) {
        let says = "nothing keeps it away".to_owned();
        keeps_away.entry((candidate.session.kind, says)).or_default().insert(candidate.session.when);
    }
    let every = context.slots.len();
    let keeps_away = keeps_away.into_iter().map(|((kind, says), times)| KeepsAway {
        kind,
        says,
        when: if times.len() == every { "always".to_owned() } else { listed(context, &times) },
    });
    let chosen = problem.candidates.iter().zip(&outcome.values).filter(|(_, value)| **value > 0);
    Explanation {
        subject: subject.clone(),
        last_seen: context.says_last_seen(subject),
        keeps_away: keeps_away.collect(),
        there: chosen.map(|(candidate, _)| candidate).any(|candidate| is_meant(&candidate)),
        price: price(context, problem, outcome, subject),
    }
}

/// Times in a row: days, with their hours where only some of a day's programmed sessions are meant.
fn listed(context: &PlanningContext<'_>, times: &BTreeSet<DatedHours>) -> String {
    let on = |date: NaiveDate| context.slots.iter().filter(move |when| when.date == date);
    let mut says: Vec<String> = Vec::new();
    for when in times {
        let whole = on(when.date).all(|slot| times.contains(slot));
        let one = if whole { day(when.date) } else { when.to_string() };
        if says.last() != Some(&one) {
            says.push(one);
        }
    }
    says.join(", ")
}

/// How much dearer the best schedule with a subject is; none where there is none.
fn price(
    context: &PlanningContext<'_>,
    problem: &PlanningModel<'_, '_>,
    outcome: &Solution,
    subject: &Id,
) -> Option<i64> {
    let mut request = context.request.clone();
    request.want.push(RequestedSession { subject: Some(subject.clone()), kind: None });
    let wish = PlanningContext::new(context.school, &request)?;
    let with = PlanningModel::new(&wish);
    let solved = solver::solve(&with.model);
    let left_out = |problem: &PlanningModel<'_, '_>, outcome: &Solution| -> i64 {
        let columns = problem.left_out.values().flatten();
        columns
            .filter_map(|column| {
                Some(problem.model.columns.get(*column)?.cost * outcome.values.get(*column)?)
            })
            .sum()
    };
    let met = with.unmet.keys().all(|column| solved.values.get(*column).is_none_or(|value| *value == 0));
    met.then(|| (solved.cost - left_out(&with, &solved)) - (outcome.cost - left_out(problem, outcome)))
}
