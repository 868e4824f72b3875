//! `phase status`: where things stand today.

use chrono::{Days, NaiveDate};
use serde::Serialize;

use crate::diagnostic::{Diagnostic, Severity};
use crate::improve::actions::{self, OfAction};
use crate::improve::duties::{self, OfDuty};
use crate::improve::objectives::{Progress, State, objectives};
use crate::judge::firmness::{Check, Firmness};
use crate::judge::{self, Scope};
use crate::plan::clashes::not_handed_in;
use crate::school::actions::ActionStatus;
use crate::school::attainment::Measure;
use crate::school::audience::Audience;
use crate::school::calendar::{Calendar, HalfTerm, When};
use crate::school::duties::{Every, Role};
use crate::school::evidence::Evidence;
use crate::school::framework::Strand;
use crate::school::phases::Phase;
use crate::school::pupils::Group;
use crate::school::sessions::{Session, SessionKind, SessionStatus};
use crate::school::{Id, School};
use crate::statistics::reference::Flag;
use crate::track::trajectory::{self, trajectory};

/// How many sessions to come are told.
const COMING: usize = 3;

/// How many days ahead actions are told of.
const SOON: Days = Days::new(7);

/// How long before a half term begins its schedules are asked for, in days.
const ASKED_FOR: Days = Days::new(28);

/// What kind of day it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "day", rename_all = "kebab-case")]
pub enum Today {
    /// In a half term.
    Term {
        /// Which.
        half_term: u8,
        /// The week of it.
        week: u32,
        /// How many weeks it has.
        weeks: u32,
        /// Why there are no pupils, where there are none.
        closed: Option<String>,
    },
    /// In a holiday.
    Holiday {
        /// The half term that comes next.
        next: Option<u8>,
        /// When it begins.
        from: Option<NaiveDate>,
    },
}

/// A session to come; or a time set aside for which nothing has been given out.
#[derive(Clone, Debug, Serialize)]
pub struct Coming {
    /// The session; none where nothing has been given out.
    pub id: Option<Id>,
    /// The day.
    pub date: NaiveDate,
    /// From.
    #[serde(serialize_with = "hour")]
    pub start: chrono::NaiveTime,
    /// To.
    #[serde(serialize_with = "hour")]
    pub end: chrono::NaiveTime,
    /// What for.
    pub kind: Option<SessionKind>,
    /// The subject.
    pub subject: Option<Id>,
    /// Who takes part.
    pub with: Vec<Id>,
    /// Who is visited.
    pub teachers: Vec<Id>,
    /// The classes.
    pub classes: Vec<Id>,
    /// Where.
    pub place: Option<String>,
}

fn hour<S: serde::Serializer>(time: &chrono::NaiveTime, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(&time.format("%H:%M"))
}

/// A subject significantly below its path.
#[derive(Clone, Debug, Serialize)]
pub struct OffPath {
    /// What is assessed.
    pub subject: Id,
    /// What is counted.
    pub measure: Measure,
    /// The year group; the phase where there is none.
    pub year_group: Option<String>,
    /// Whole pupils fewer than on the path: a negative number.
    pub pupils_gap: Option<i64>,
}

/// A judgement that rests on too little.
#[derive(Clone, Debug, Serialize)]
pub struct Thin {
    /// The subject; none for the phase as a whole.
    pub subject: Option<Id>,
    /// The question.
    pub strand: Strand,
    /// How firm it is.
    pub firmness: Firmness,
    /// What most of its aspects lack.
    pub missing: Vec<Check>,
}

/// An objective in short.
#[derive(Clone, Debug, Serialize)]
pub struct OfObjective {
    /// Its number.
    pub number: usize,
    /// Its short name.
    pub id: Id,
    /// Where it stands.
    pub state: State,
    /// Criteria met, of all.
    pub progress: Progress,
}

/// How many faults the files have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Faults {
    /// What cannot be used as it stands.
    pub errors: usize,
    /// What a person should look at.
    pub warnings: usize,
}

/// The answer.
#[derive(Clone, Debug, Serialize)]
pub struct Status {
    /// `phase/status/1`.
    pub schema: &'static str,
    /// The day it was made for.
    pub made_on: NaiveDate,
    /// The academic year.
    pub academic_year: String,
    /// The phase.
    pub phase: Id,
    /// What kind of day it is.
    pub today: Today,
    /// The next sessions.
    pub next: Vec<Coming>,
    /// Sessions whose day has passed without a word on what became of them.
    pub not_noted: Vec<Coming>,
    /// Actions that are overdue.
    pub overdue: Vec<OfAction>,
    /// Actions that are due within a week.
    pub due: Vec<OfAction>,
    /// Actions that are to be looked at again.
    pub to_review: Vec<Id>,
    /// The half term whose schedules are asked for now.
    pub schedules_for: Option<u8>,
    /// The subjects whose schedule for it is not in.
    pub not_handed_in: Vec<Id>,
    /// Subjects significantly below their path.
    pub off_path: Vec<OffPath>,
    /// Judgements that rest on too little evidence.
    pub thin: Vec<Thin>,
    /// The objectives.
    pub objectives: Vec<OfObjective>,
    /// Duties of the phase leader that are due by the end of the half term, or late.
    pub duties_due: Vec<OfDuty>,
    /// What `check` finds.
    pub faults: Faults,
    /// Year groups whose records were to be kept until a day that has passed.
    pub kept_too_long: Vec<String>,
    /// Whether a schedule has been given out for the half term under way or the next.
    pub given_out: bool,
    /// Which records there are at all.
    pub there: There,
}

/// Which records there are at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct There {
    /// Subject leaders' schedules.
    pub schedules: bool,
    /// Evidence.
    pub evidence: bool,
    /// Results.
    pub results: bool,
    /// Objectives.
    pub objectives: bool,
    /// Duties.
    pub duties: bool,
}

/// Works out where things stand for the leader of a phase.
pub fn status(school: &School, phase: &Phase, faults: &[Diagnostic], today: NaiveDate) -> Status {
    let calendar = &school.calendar;
    let published = || school.schedules.values().flat_map(|schedules| &schedules.published);
    let own = |session: &&Session| session.people().any(|person| *person == phase.leader);
    let planned = |session: &&Session| session.status == SessionStatus::Planned;
    let mut sessions: Vec<&Session> = published().filter(own).filter(planned).collect();
    sessions.sort_by(|a, b| (a.when, &a.id).cmp(&(b.when, &b.id)));
    let (past, to_come): (Vec<&Session>, Vec<&Session>) =
        sessions.into_iter().partition(|session| session.when.date < today);
    let mut next: Vec<Coming> = to_come.into_iter().map(of_session).collect();
    next.extend(set_aside(calendar, phase, today, &next));
    next.sort_by_key(|coming| (coming.date, coming.start));
    next.truncate(COMING);
    let half_term = present(calendar, today);
    let asked = next_half_term(calendar, today);
    let schedules = school.schedules.values().any(|schedules| !schedules.subjects.is_empty());
    let schedules_for = asked.filter(|_| schedules).map(|half_term| half_term.number);
    let all = actions::actions(school, phase, &actions::Asked::default(), &Audience::Leader, today);
    let to_review = all.actions.iter().filter(|action| action.review_due && !action.overdue);
    let to_review = to_review.map(|action| action.id.clone()).collect();
    let is_given_out = |half_term: Option<u8>| {
        half_term.is_some_and(|number| {
            school.published(number).iter().any(|session| session.owner == phase.leader)
        })
    };
    let soon = today.checked_add_days(SOON).unwrap_or(today);
    let (overdue, open): (Vec<OfAction>, Vec<OfAction>) =
        all.actions.into_iter().partition(|action| action.overdue);
    let is_due = |action: &OfAction| {
        action.due <= soon && matches!(action.status, ActionStatus::Open | ActionStatus::UnderWay)
    };
    Status {
        schema: "phase/status/1",
        made_on: today,
        academic_year: calendar.academic_year.to_string(),
        phase: phase.id.clone(),
        today: day_of(calendar, today),
        next,
        not_noted: past.into_iter().map(of_session).collect(),
        overdue,
        due: open.into_iter().filter(is_due).collect(),
        to_review,
        not_handed_in: schedules_for.map(|number| not_handed_in(school, number)).unwrap_or_default(),
        schedules_for,
        off_path: off_path(school, phase, today),
        thin: thin(school, phase, half_term, today),
        objectives: objectives(school, phase, None, &Audience::Leader, today)
            .objectives
            .into_iter()
            .map(|one| OfObjective {
                number: one.number,
                id: one.id,
                state: one.state,
                progress: one.progress,
            })
            .collect(),
        duties_due: due(school, phase, today),
        faults: Faults {
            errors: faults.iter().filter(|fault| fault.severity == Severity::Error).count(),
            warnings: faults.iter().filter(|fault| fault.severity == Severity::Warning).count(),
        },
        kept_too_long: school
            .privacy
            .keep_until
            .iter()
            .filter(|(year, until, _)| {
                let is_kept = |roll: &crate::school::attainment::Roll| {
                    roll.pupils.iter().any(|pupil| pupil.year_group == *year)
                };
                *until < today && school.roll().is_some_and(is_kept)
            })
            .map(|(year, ..)| year.to_string())
            .collect(),
        given_out: is_given_out(half_term) || is_given_out(asked.map(|half_term| half_term.number)),
        there: There {
            schedules,
            evidence: school.known.evidence,
            results: school.roll().is_some_and(|roll| !roll.results.is_empty()),
            objectives: !school.objectives.is_empty(),
            duties: !school.duties.is_empty(),
        },
    }
}

/// The half term under way, or the last that was.
fn present(calendar: &Calendar, today: NaiveDate) -> Option<u8> {
    calendar.half_terms.iter().filter(|one| one.from <= today).map(|one| one.number).max()
}

/// The half term that begins within four weeks.
fn next_half_term(calendar: &Calendar, today: NaiveDate) -> Option<&HalfTerm> {
    let next = calendar.half_terms.iter().find(|one| one.from > today)?;
    let soon = today.checked_add_days(ASKED_FOR)?;
    (next.from <= soon).then_some(next)
}

fn day_of(calendar: &Calendar, today: NaiveDate) -> Today {
    match calendar.half_term_of(today) {
        Some(half_term) => Today::Term {
            half_term: half_term.number,
            week: half_term.week(today),
            weeks: half_term.week(half_term.to),
            closed: calendar.closure(today).map(|closure| closure.reason.clone()),
        },
        None => {
            let next = calendar.half_terms.iter().find(|one| one.from > today);
            Today::Holiday { next: next.map(|one| one.number), from: next.map(|one| one.from) }
        }
    }
}

fn of_session(session: &Session) -> Coming {
    Coming {
        id: Some(session.id.clone()),
        date: session.when.date,
        start: session.when.hours.start,
        end: session.when.hours.end,
        kind: Some(session.kind),
        subject: session.subject.clone(),
        with: session.with.clone(),
        teachers: session.teachers.clone(),
        classes: session.classes.clone(),
        place: session.place.clone(),
    }
}

/// The next time set aside for the leader, in half terms for which nothing has been given out.
fn set_aside(calendar: &Calendar, phase: &Phase, today: NaiveDate, given_out: &[Coming]) -> Vec<Coming> {
    let to_come = calendar.half_terms.iter().filter(|half_term| half_term.to >= today);
    let bare = to_come.filter(|half_term| !given_out.iter().any(|coming| half_term.contains(coming.date)));
    let slots = bare.flat_map(|half_term| phase.slots(calendar, half_term));
    // One is enough to be reminded of.
    let open = slots.filter(|when| when.date >= today && calendar.is_pupil_day(when.date)).take(1);
    open.map(|When { date, hours }| Coming {
        id: None,
        date,
        start: hours.start,
        end: hours.end,
        kind: None,
        subject: None,
        with: Vec::new(),
        teachers: Vec::new(),
        classes: Vec::new(),
        place: None,
    })
    .collect()
}

/// The subjects that are significantly below their path, all pupils of them: by year group, and for the phase
/// where no year group is by itself.
fn off_path(school: &School, phase: &Phase, today: NaiveDate) -> Vec<OffPath> {
    let answer = trajectory(school, phase, &trajectory::Asked::default(), &Audience::Leader, today);
    let rows = answer.iter().flat_map(|answer| &answer.subjects);
    let below: Vec<_> = rows
        .filter(|row| row.flag == Some(Flag::Below) && row.holds_up == Some(true) && row.group == Group::All)
        .collect();
    let of_year = |subject: &Id| below.iter().any(|row| row.subject == *subject && row.year_group.is_some());
    let told = below.iter().filter(|row| row.year_group.is_some() || !of_year(&row.subject));
    told.map(|row| OffPath {
        subject: row.subject.clone(),
        measure: row.measure,
        year_group: row.year_group.clone(),
        pupils_gap: row.pupils_gap,
    })
    .collect()
}

/// The questions of the phase, and of each subject that has been judged this academic year, that rest on too
/// little evidence.
fn thin(school: &School, phase: &Phase, half_term: Option<u8>, today: NaiveDate) -> Vec<Thin> {
    let Some(half_term) = half_term else { return Vec::new() };
    let this_year = school.calendar.academic_year.0;
    let begun = |subject: &Id| {
        let own = |row: &Evidence| row.academic_year == this_year && row.about.subject() == Some(subject);
        let is_judged = school.judgements.iter().any(|judged| judged.about.subject() == Some(subject));
        is_judged && school.evidence.iter().any(own)
    };
    let subjects = school.subjects.keys().filter(|subject| begun(subject)).map(Some);
    let whole = school.known.evidence.then_some(None);
    let mut thin = Vec::new();
    for subject in whole.into_iter().chain(subjects) {
        let scope = Scope::at(school, &phase.id, subject, half_term);
        let Some(evaluation) = judge::evaluate(school, &scope, today) else { continue };
        for strand in evaluation.strands.iter().filter(|strand| strand.rolled.firmness.lacks_evidence()) {
            let own: Vec<_> = evaluation.aspects().filter(|aspect| aspect.strand == strand.id).collect();
            let lack = |check: Check| {
                own.iter().filter(|aspect| aspect.missing.contains(&check)).count() * 2 > own.len()
            };
            let checks = [Check::Kinds, Check::Items, Check::Classes, Check::Weeks, Check::Observers];
            thin.push(Thin {
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
fn due(school: &School, phase: &Phase, today: NaiveDate) -> Vec<OfDuty> {
    let asked = duties::Asked { role: Some(Role::PhaseLeader), open: true, ..duties::Asked::default() };
    let end = present(&school.calendar, today).and_then(|number| school.calendar.half_term(number));
    let end = end.map_or(today, |half_term| half_term.to.max(today));
    let mut due = duties::duties(school, phase, &asked, today).duties;
    due.retain(|duty| {
        duty.every != Every::Occasion
            && (duty.state == duties::State::Overdue || duty.next_due.is_some_and(|by| by <= end))
    });
    due
}
