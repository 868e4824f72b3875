//! `phase status`: where things stand today.

use chrono::{Days, NaiveDate};
use serde::Serialize;

use super::upcoming::{DayKind, UpcomingSession, day_of, sessions};
use crate::diagnostic::{Diagnostic, Severity};
use crate::improve::actions::{self, ActionProgress};
use crate::improve::due_rounds;
use crate::improve::duties::{self, DutyProgress};
use crate::improve::objective_state::ObjectiveState;
use crate::improve::objectives::{CriteriaMet, objectives};
use crate::judge::firmness::{BreadthCheck, Firmness};
use crate::judge::{self, Scope};
use crate::plan::clashes::{BrokenSession, broken};
use crate::plan::schedule::context::not_handed_in;
use crate::privacy::audience::Audience;
use crate::school::{
    ActionStatus, Calendar, DutyGroup, Evidence, Frequency, HalfTerm, Id, Measure, Phase, School, Strand,
};
use crate::statistics::proportion_test::Flag;
use crate::track::trajectory::trajectory;

/// How many days ahead actions are shown.
const SOON: Days = Days::new(7);

/// How long before a half term begins its schedules are asked for, in days.
const ASKED_FOR: Days = Days::new(28);

/// A subject significantly below its path.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct SubjectBelow {
    pub subject: Id,
    pub measure: Measure,
    /// The year group; the phase where there is none.
    pub year_group: Option<String>,
    /// Whole pupils fewer than on the path: a negative number.
    pub pupils_gap: Option<i64>,
}

/// A judgement that rests on too little.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ThinJudgement {
    /// The subject; none for the phase as a whole.
    pub subject: Option<Id>,
    pub strand: Strand,
    pub firmness: Firmness,
    /// What most of its aspects lack.
    pub missing: Vec<BreadthCheck>,
}

/// An objective in short.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ObjectiveInShort {
    pub number: usize,
    pub id: Id,
    pub state: ObjectiveState,
    pub progress: CriteriaMet,
}

/// How many errors the files have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ErrorCounts {
    /// What cannot be used as it stands.
    pub errors: usize,
    /// What a person should look at.
    pub warnings: usize,
}

/// The answer.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct StatusAnswer {
    /// `phase/status/1`.
    pub schema: &'static str,
    pub made_on: NaiveDate,
    pub academic_year: String,
    pub phase: Id,
    pub today: DayKind,
    pub next: Vec<UpcomingSession>,
    /// What of the schedules agreed for this half term and the next cannot be as it was agreed.
    pub broken: Vec<BrokenSession>,
    /// Sessions whose day has passed without a word on what happened to them.
    pub not_noted: Vec<UpcomingSession>,
    pub overdue: Vec<ActionProgress>,
    /// Actions that are due within a week.
    pub due: Vec<ActionProgress>,
    /// Actions that are to be looked at again.
    pub to_review: Vec<Id>,
    /// The half term whose schedules are asked for now.
    pub schedules_for: Option<u8>,
    /// The subjects whose schedule for it is not in.
    pub not_handed_in: Vec<Id>,
    /// Subjects significantly below their path.
    pub off_path: Vec<SubjectBelow>,
    /// Judgements that rest on too little evidence.
    pub thin: Vec<ThinJudgement>,
    pub objectives: Vec<ObjectiveInShort>,
    /// Duties of the phase leader that are due by the end of the half term, or late.
    pub duties_due: Vec<DutyProgress>,
    pub faults: ErrorCounts,
    /// Year groups whose records were to be kept until a day that has passed.
    pub kept_too_long: Vec<String>,
    /// Whether a schedule has been agreed for the half term under way or the next.
    pub given_out: bool,
    /// Which records there are at all.
    pub there: RecordsThere,
}

/// Which records there are at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct RecordsThere {
    pub schedules: bool,
    pub evidence: bool,
    pub results: bool,
    pub objectives: bool,
    pub duties: bool,
}

/// Works out where things stand for the leader of a phase.
pub fn status(school: &School, phase: &Phase, faults: &[Diagnostic], today: NaiveDate) -> StatusAnswer {
    let calendar = &school.set_up.calendar;
    let (next, not_noted) = sessions(school, phase, today);
    let half_term = calendar.present(today).map(|half_term| half_term.number);
    let asked = next_half_term(calendar, today);
    let schedules = school.year.schedules.values().any(|schedules| !schedules.subjects.is_empty());
    let schedules_for = asked.filter(|_| schedules).map(|half_term| half_term.number);
    let all = actions::actions(school, phase, &actions::ActionsQuery::default(), &Audience::Leader, today);
    let to_review = all.actions.iter().filter(|action| action.review_due && !action.overdue);
    let to_review = to_review.map(|action| action.id.clone()).collect();
    let is_given_out = |half_term: Option<u8>| {
        half_term.is_some_and(|number| {
            school.published(number).iter().any(|session| session.owner == phase.leader)
        })
    };
    let soon = today.checked_add_days(SOON).unwrap_or(today);
    let (overdue, open): (Vec<ActionProgress>, Vec<ActionProgress>) =
        all.actions.into_iter().partition(|action| action.overdue);
    let is_due = |action: &ActionProgress| {
        action.due <= soon && matches!(action.status, ActionStatus::Open | ActionStatus::UnderWay)
    };
    let next_number = calendar.half_terms.iter().find(|one| one.from > today).map(|one| one.number);
    let mut numbers: Vec<u8> = half_term.into_iter().chain(next_number).collect();
    numbers.dedup();
    StatusAnswer {
        schema: "phase/status/1",
        made_on: today,
        academic_year: calendar.academic_year.to_string(),
        phase: phase.id.clone(),
        today: day_of(calendar, today),
        next,
        broken: numbers.into_iter().flat_map(|number| broken(school, phase, number, today)).collect(),
        not_noted,
        overdue,
        due: open.into_iter().filter(is_due).collect(),
        to_review,
        not_handed_in: schedules_for.map(|number| not_handed_in(school, number)).unwrap_or_default(),
        schedules_for,
        off_path: off_path(school, phase, today),
        thin: thin(school, phase, half_term, today),
        objectives: in_short(school, phase, today),
        duties_due: due(school, phase, today),
        faults: ErrorCounts {
            errors: faults.iter().filter(|fault| fault.severity == Severity::Error).count(),
            warnings: faults.iter().filter(|fault| fault.severity == Severity::Warning).count(),
        },
        kept_too_long: school.kept_too_long(today).into_iter().map(|(year, ..)| year.to_string()).collect(),
        given_out: is_given_out(half_term) || is_given_out(asked.map(|half_term| half_term.number)),
        there: RecordsThere {
            schedules,
            evidence: school.year.has_own_evidence,
            results: school.year_results().is_some_and(|year_results| !year_results.results.is_empty()),
            objectives: !school.year.objectives.is_empty(),
            duties: !school.year.duties.is_empty(),
        },
    }
}

/// The objectives in short.
fn in_short(school: &School, phase: &Phase, today: NaiveDate) -> Vec<ObjectiveInShort> {
    let all = objectives(school, phase, None, &Audience::Leader, today).objectives.into_iter();
    let short = all.map(|one| ObjectiveInShort {
        number: one.number,
        id: one.id,
        state: one.state,
        progress: one.progress,
    });
    short.collect()
}

/// The half term that begins within four weeks.
fn next_half_term(calendar: &Calendar, today: NaiveDate) -> Option<&HalfTerm> {
    let next = calendar.half_terms.iter().find(|one| one.from > today)?;
    let soon = today.checked_add_days(ASKED_FOR)?;
    (next.from <= soon).then_some(next)
}

/// The subjects that are significantly below their path, all pupils of them: by year group, and for the phase
/// where no year group is by itself.
fn off_path(school: &School, phase: &Phase, today: NaiveDate) -> Vec<SubjectBelow> {
    let answer =
        trajectory(school, phase, &crate::track::query::AttainmentQuery::default(), &Audience::Leader, today);
    let test = answer.iter().flat_map(|answer| answer.off(Flag::Below));
    test.map(|row| SubjectBelow {
        subject: row.subject.clone(),
        measure: row.measure,
        year_group: row.year_group.clone(),
        pupils_gap: row.pupils_gap,
    })
    .collect()
}

/// The questions of the phase, and of each subject that has been judged this academic year, that rest on too
/// little evidence.
fn thin(school: &School, phase: &Phase, half_term: Option<u8>, today: NaiveDate) -> Vec<ThinJudgement> {
    let Some(half_term) = half_term else { return Vec::new() };
    let this_year = school.set_up.calendar.academic_year.0;
    let begun = |subject: &Id| {
        let own = |row: &Evidence| row.academic_year == this_year && row.about.subject() == Some(subject);
        let is_judged = school.year.judgements.iter().any(|judged| judged.about.subject() == Some(subject));
        is_judged && school.year.evidence.iter().any(own)
    };
    let subjects = school.set_up.subjects.keys().filter(|subject| begun(subject)).map(Some);
    let whole = school.year.has_own_evidence.then_some(None);
    let mut thin = Vec::new();
    for subject in whole.into_iter().chain(subjects) {
        let scope = Scope::at(school, &phase.id, subject, half_term);
        let Some(evaluation) = judge::evaluate(school, &scope, today) else { continue };
        for strand in evaluation.strands.iter().filter(|strand| strand.rolled.firmness.lacks_evidence()) {
            let own: Vec<_> = evaluation.aspects().filter(|aspect| aspect.strand == strand.id).collect();
            let lack = |check: BreadthCheck| {
                own.iter().filter(|aspect| aspect.missing.contains(&check)).count() * 2 > own.len()
            };
            let checks = [
                BreadthCheck::Kinds,
                BreadthCheck::Items,
                BreadthCheck::Classes,
                BreadthCheck::Weeks,
                BreadthCheck::Observers,
            ];
            thin.push(ThinJudgement {
                subject: subject.cloned(),
                strand: strand.id,
                firmness: strand.rolled.firmness,
                missing: checks.into_iter().filter(|check| lack(*check)).collect(),
            });
        }
    }
    thin
}

/// The phase leader's duties that are late, or due by the end of the half term; what comes as it comes is not.
fn due(school: &School, phase: &Phase, today: NaiveDate) -> Vec<DutyProgress> {
    let asked = duties::DutiesQuery {
        role: Some(DutyGroup::PhaseLeader),
        open: true,
        ..duties::DutiesQuery::default()
    };
    // When the year is over nothing more of it is due.
    let Some(half_term) = school
        .set_up
        .calendar
        .present(today)
        .filter(|_| today <= school.set_up.calendar.academic_year.last_day())
    else {
        return Vec::new();
    };
    let end = half_term.to.max(today);
    let mut due = duties::duties(school, phase, &asked, today).duties;
    due.retain(|duty| {
        duty.every != Frequency::Occasion
            && (duty.state == due_rounds::DutyState::Overdue || duty.next_due.is_some_and(|by| by <= end))
    });
    due
}
