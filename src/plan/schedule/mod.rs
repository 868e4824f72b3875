//! The best schedule of a half term, its reasons, and why not more.

pub mod answer;
pub mod candidates;
pub(crate) mod conflicts;
pub mod context;
pub mod explanation;
pub mod model;
pub mod publish;
pub mod questions;
pub mod request;
pub mod solver;
pub mod unplaced;

use super::constraints;
use crate::school::{Id, Preference, School, Session, SessionKind, SessionStatus};
use candidates::{Candidate, CandidateOrigin};
use context::{PlanningContext, is_handed_in, not_handed_in};
use model::PlanningModel;
use request::ScheduleRequest;
use solver::Solution;

pub use answer::{
    CostSheet, CostTerm, HalfTermSpan, MovedSession, PlannedSession, Schedule, ScheduleStatus, StandingClash,
    UnmetRequest,
};

/// Plans a half term; `None` where the school has no such half term or phase. `explain` names a
/// subject whose absence is to be explained.
pub fn schedule(school: &School, request: &ScheduleRequest, explain: Option<&Id>) -> Option<Schedule> {
    let context = PlanningContext::new(school, request)?;
    let problem = PlanningModel::new(&context);
    let outcome = solver::solve(&problem.model);
    Some(answer(&context, &problem, &outcome, explain))
}

fn answer(
    context: &PlanningContext<'_>,
    problem: &PlanningModel<'_, '_>,
    outcome: &Solution,
    explain: Option<&Id>,
) -> Schedule {
    let chosen: Vec<&Candidate> = taken(problem, outcome);
    let mut sessions: Vec<PlannedSession> =
        context.kept.iter().map(|session| kept(context, session)).collect();
    sessions.extend(chosen.iter().map(|candidate| planned(context, candidate)));
    sessions.sort_by_key(|session| session.when);
    name(context, &mut sessions);
    let unplaced = unplaced::unplaced(context, problem, outcome);
    let proven = outcome.is_proven();
    let status = match (unplaced.is_empty(), proven) {
        (false, _) => ScheduleStatus::Incomplete,
        (true, true) => ScheduleStatus::Optimal,
        (true, false) => ScheduleStatus::Feasible,
    };
    Schedule {
        schema: "phase/schedule/1",
        phase: context.phase.id.clone(),
        half_term: HalfTermSpan::of(&context.school.set_up.calendar, context.half_term),
        made_on: context.request.today,
        status,
        proven,
        cost: CostSheet {
            total: outcome.cost,
            bound: outcome.bound,
            terms: terms(problem, outcome, &chosen),
        },
        moved: moves(context, &chosen),
        standing: standing(context, &sessions),
        unmet: unmet(context, problem, outcome),
        not_handed_in: not_handed_in(context.school, context.half_term.number),
        unrecorded: context
            .kept
            .iter()
            .filter(|session| session.status == SessionStatus::Planned && session.when.date < context.from)
            .map(|session| session.id.clone())
            .collect(),
        never_met: explanation::never_met(context),
        assumed: questions::assumed(context, &chosen),
        questions: questions::questions(context, &chosen),
        explained: explain.map(|subject| explanation::why_not(context, problem, outcome, subject)),
        model: problem.model.mps(&format!("phase-ht{}", context.half_term.number)),
        size: (problem.model.columns.len(), problem.model.rows.len()),
        sessions,
        unplaced,
    }
}

/// The candidates that a solution takes.
pub fn taken<'p>(problem: &'p PlanningModel<'_, '_>, outcome: &Solution) -> Vec<&'p Candidate> {
    problem
        .candidates
        .iter()
        .zip(&outcome.values)
        .filter(|(_, value)| **value > 0)
        .map(|(candidate, _)| candidate)
        .collect()
}

fn blank(
    context: &PlanningContext<'_>,
    session: &Session,
    origin: &'static str,
    because: String,
) -> PlannedSession {
    PlannedSession {
        id: session.id.clone(),
        sequence: session.sequence,
        owner: session.owner.clone(),
        task_area: session.kind.task_area(),
        kind: session.kind,
        when: session.when,
        week: context.half_term.week(session.when.date),
        period: context.school.set_up.calendar.period_at(&session.when).map(|period| period.id.clone()),
        minutes: session.minutes,
        subject: session.subject.clone(),
        with: session.with.clone(),
        teachers: session.teachers.clone(),
        classes: session.classes.clone(),
        place: session.place.clone(),
        status: session.status,
        origin,
        because,
        moved_from: session.moved_from,
        at: None,
    }
}

fn kept(context: &PlanningContext<'_>, session: &Session) -> PlannedSession {
    let because = match session.status {
        SessionStatus::Held => "it was held",
        _ if session.when.date >= context.from => "it is marked fixed",
        _ => "its day is past, and nobody said that it was missed",
    };
    PlannedSession { at: Some(session.at.clone()), ..blank(context, session, "kept", because.to_owned()) }
}

fn planned(context: &PlanningContext<'_>, candidate: &Candidate) -> PlannedSession {
    let session = &candidate.session;
    let origin = match candidate.origin {
        CandidateOrigin::Alone => "alone",
        CandidateOrigin::Own(_) => "own",
        CandidateOrigin::Moved(_) => "moved",
        CandidateOrigin::Proposed => "proposed",
    };
    let handed_in = candidate.origin.handed_in().and_then(|index| context.others.get(index));
    let because = because(context, candidate);
    PlannedSession {
        at: handed_in.map(|session| session.at.clone()),
        ..blank(context, session, origin, because)
    }
}

fn because(context: &PlanningContext<'_>, candidate: &Candidate) -> String {
    let session = &candidate.session;
    let Some(subject) = &session.subject else {
        return match session.kind {
            SessionKind::Scheduling => "task area 5 belongs on the first programmed session".to_owned(),
            _ => "task area 4 belongs on the last programmed session".to_owned(),
        };
    };
    let how = match candidate.origin.handed_in().and_then(|index| context.others.get(index)) {
        Some(other) if other.when == session.when => "the leader's own session".to_owned(),
        Some(other) => format!("the leader's own session, moved from {}", other.when),
        None if is_handed_in(context.school, context.half_term.number, subject) => {
            "proposed: no session that was handed in does better".to_owned()
        }
        None => "proposed: no schedule was handed in".to_owned(),
    };
    let need = context
        .request
        .needs
        .evidence
        .iter()
        .find(|need| need.subject == *subject && need.kind == session.kind);
    let wanted = need.map_or_else(String::new, |need| match need.aspects {
        1 => "; more evidence is wanted on one aspect".to_owned(),
        aspects => format!("; more evidence is wanted on {aspects} aspects"),
    });
    // By how many pupils is for the leader: a schedule is handed on.
    let below =
        if context.request.needs.below.contains(subject) { "; significantly below its path" } else { "" };
    format!("{}; {how}{wanted}{below}", context.says_last_seen(subject))
}

/// Gives each new session the id of the published one it is, else the next free number.
fn name(context: &PlanningContext<'_>, sessions: &mut [PlannedSession]) {
    let half_term = context.half_term.number;
    let mut free: Vec<&Session> = context.published.clone();
    type Alike = fn(&PlannedSession, &Session) -> bool;
    let rounds: [Alike; 4] = [
        |new, old| new.subject == old.subject && new.when == old.when && new.classes == old.classes,
        |new, old| new.subject == old.subject && new.classes == old.classes,
        |new, old| new.subject == old.subject,
        |_, _| true,
    ];
    for alike in rounds {
        for session in sessions.iter_mut().filter(|session| session.id.as_str().is_empty()) {
            let found = free.iter().position(|old| old.kind == session.kind && alike(session, old));
            if let Some(old) = found.map(|index| free.remove(index)) {
                session.id = old.id.clone();
                session.sequence = old.sequence;
            }
        }
    }
    let mut used: Vec<Id> =
        context.school.published(half_term).iter().map(|session| session.id.clone()).collect();
    for session in sessions.iter_mut().filter(|session| session.id.as_str().is_empty()) {
        let stem = format!("ht{half_term}-{}-{}", context.phase.id, session.kind.word());
        let id = (1_u32..).map(|number| Id::new(&format!("{stem}-{number}"))).find(|id| !used.contains(id));
        session.id = id.unwrap_or_else(|| Id::new(&stem));
        used.push(session.id.clone());
    }
}

fn terms(problem: &PlanningModel<'_, '_>, outcome: &Solution, chosen: &[&Candidate]) -> Vec<CostTerm> {
    let own = chosen.iter().flat_map(|candidate| &candidate.costs);
    let mut terms: Vec<CostTerm> = own
        .map(|cost| CostTerm {
            preference: cost.preference.key(),
            cost: cost.cost,
            because: cost.because.clone(),
        })
        .collect();
    let value = |column: usize| outcome.values.get(column).copied().unwrap_or(0);
    let price =
        |column: usize| problem.model.columns.get(column).map_or(0, |column| column.cost) * value(column);
    for (column, (preference, because)) in problem.gives_way.iter().filter(|(column, _)| value(**column) > 0)
    {
        terms.push(CostTerm { preference: preference.key(), cost: price(*column), because: because.clone() });
    }
    for (column, wish) in problem.unmet.iter().filter(|(column, _)| value(**column) > 0) {
        let because = format!("{} finds no place", wish.says(problem.context.school));
        terms.push(CostTerm { preference: Preference::Wanted.key(), cost: price(*column), because });
    }
    for (kind, columns) in &problem.left_out {
        for column in columns.iter().filter(|column| value(**column) > 0) {
            terms.push(CostTerm {
                preference: "left_out",
                cost: price(*column),
                because: format!("{} is left out", kind.title()),
            });
        }
    }
    terms
}

fn moves(context: &PlanningContext<'_>, chosen: &[&Candidate]) -> Vec<MovedSession> {
    chosen
        .iter()
        .filter_map(|candidate| match candidate.origin {
            CandidateOrigin::Moved(index) => context.others.get(index).map(|other| (candidate, other)),
            _ => None,
        })
        .filter_map(|(candidate, other)| {
            Some(MovedSession {
                id: other.id.clone(),
                subject: other.subject.clone()?,
                from: other.when,
                to: candidate.session.when,
                because: "you work on it together, in a programmed session of yours".to_owned(),
                at: other.at.clone(),
            })
        })
        .collect()
}

fn standing(context: &PlanningContext<'_>, sessions: &[PlannedSession]) -> Vec<StandingClash> {
    let school = context.school;
    let me = &context.phase.leader;
    let visits = context.others.iter().filter(|other| other.kind.is_visit() && other.teachers.contains(me));
    let of_mine = visits
        .filter(|other| sessions.iter().any(|session| session.when.overlaps(&other.when)))
        .map(|other| StandingClash {
            says: format!(
                "{} on {} would find you out of class",
                constraints::brief(school, other),
                other.when
            ),
            at: other.at.clone(),
        });
    // What is fixed stays, even where it cannot be: a person has to settle it.
    let fixed = context.kept.iter().filter(|kept| kept.fixed && kept.when.date >= context.from);
    let of_fixed = fixed.filter_map(|kept| {
        let reason = constraints::limits(school, kept).into_iter().next()?;
        let says =
            format!("{} on {} is fixed, but {}", constraints::brief(school, kept), kept.when, reason.says);
        Some(StandingClash { says, at: kept.at.clone() })
    });
    of_mine.chain(of_fixed).collect()
}

fn unmet(
    context: &PlanningContext<'_>,
    problem: &PlanningModel<'_, '_>,
    outcome: &Solution,
) -> Vec<UnmetRequest> {
    let missed = |column: &usize| outcome.values.get(*column).is_some_and(|value| *value > 0);
    let wishes = problem.unmet.iter().filter(|(column, _)| missed(column)).map(|(_, wish)| wish);
    wishes
        .map(|wish| UnmetRequest {
            says: wish.says(context.school),
            because: explanation::why_unmet(context, problem, wish),
        })
        .collect()
}
