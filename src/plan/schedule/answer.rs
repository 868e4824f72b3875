//! The answer to `phase schedule`.

use chrono::NaiveDate;
use serde::Serialize;

use super::explanation::Explanation;
use super::questions::Question;
use super::unplaced::UnplacedSession;
use crate::diagnostic::Place;
use crate::school::time::date_and_hours;
use crate::school::{Calendar, DatedHours, HalfTerm, Id, SessionKind, SessionStatus};

/// How good a schedule is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum ScheduleStatus {
    /// Everything is placed, and no schedule is better.
    Optimal,
    /// Everything is placed; whether a better schedule exists is not known.
    Feasible,
    /// A session found no place.
    Incomplete,
}

/// The half term that was planned.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct HalfTermSpan {
    pub number: u8,
    pub academic_year: String,
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
}

impl HalfTermSpan {
    /// The span of a half term of a calendar.
    pub fn of(calendar: &Calendar, half_term: &HalfTerm) -> Self {
        Self {
            number: half_term.number,
            academic_year: calendar.academic_year.to_string(),
            from: half_term.from,
            to: half_term.to,
        }
    }
}

/// A preference that gave way, how much that costs, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct CostTerm {
    /// The preference's key in `[preferences]`.
    pub preference: &'static str,
    pub cost: i64,
    pub because: String,
}

/// What a schedule costs, and what the best could cost.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct CostSheet {
    /// The sum of the terms.
    pub total: i64,
    /// No schedule costs less.
    pub bound: i64,
    /// The preferences that gave way.
    pub terms: Vec<CostTerm>,
}

/// A session of the schedule.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct PlannedSession {
    /// Its id, the same for ever.
    pub id: Id,
    /// Raised when it changes after it was agreed.
    pub sequence: u32,
    pub owner: Id,
    /// The job card's task area.
    pub task_area: Option<u8>,
    pub kind: SessionKind,
    #[serde(flatten)]
    pub when: DatedHours,
    /// The week of the half term, from 1.
    pub week: u32,
    /// The period, where the hours are one's.
    pub period: Option<Id>,
    /// How long it lasts, in minutes.
    pub minutes: u32,
    pub subject: Option<Id>,
    pub with: Vec<Id>,
    pub teachers: Vec<Id>,
    pub classes: Vec<Id>,
    pub place: Option<String>,
    pub status: SessionStatus,
    /// `own` (as sent in), `moved`, `proposed`, `alone` or `kept`.
    pub origin: &'static str,
    /// Why it is placed here.
    pub because: String,
    /// When the submitted session was to be, where it was moved.
    #[serde(skip)]
    pub moved_from: Option<DatedHours>,
    /// Where the submitted session is written, or the one that was kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<Place>,
}

/// A submitted session that is moved.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct MovedSession {
    pub id: Id,
    pub subject: Id,
    #[serde(serialize_with = "date_and_hours")]
    #[cfg_attr(test, schemars(with = "String"))]
    pub from: DatedHours,
    #[serde(serialize_with = "date_and_hours")]
    #[cfg_attr(test, schemars(with = "String"))]
    pub to: DatedHours,
    pub because: String,
    /// Where it was sent in.
    pub at: Place,
}

/// A hard clash that remains: a submitted session that has to give way, or a fixed one that cannot be.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct StandingClash {
    pub says: String,
    /// Where it was sent in.
    pub at: Place,
}

/// A wish that the schedule does not hold.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct UnmetRequest {
    pub says: String,
    /// Why it is not there.
    pub because: String,
}

/// The schedule of a phase leader's half term.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Schedule {
    /// `phase/schedule/1`.
    pub schema: &'static str,
    pub phase: Id,
    pub half_term: HalfTermSpan,
    pub made_on: NaiveDate,
    pub status: ScheduleStatus,
    /// Whether no better or fuller schedule exists.
    pub proven: bool,
    pub cost: CostSheet,
    /// The sessions, by date.
    pub sessions: Vec<PlannedSession>,
    pub unplaced: Vec<UnplacedSession>,
    /// The submitted sessions that are moved.
    pub moved: Vec<MovedSession>,
    /// Hard clashes that remain and that a person has to settle.
    pub standing: Vec<StandingClash>,
    /// The wishes that are not met.
    pub unmet: Vec<UnmetRequest>,
    /// The subjects with a leader that have handed nothing in.
    pub not_handed_in: Vec<Id>,
    /// Past sessions of which nobody recorded whether they were held.
    pub unrecorded: Vec<Id>,
    /// Subjects whose lessons never meet a programmed session.
    pub never_met: Vec<Id>,
    /// What had to be assumed.
    pub assumed: Vec<String>,
    /// The few rows that would make the answer better.
    pub questions: Vec<Question>,
    /// Why a subject is not in it, where that was asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub explained: Option<Explanation>,
    /// The model, as MPS.
    #[serde(skip)]
    pub model: String,
    /// The sizes of the model: columns and rows.
    #[serde(skip)]
    pub size: (usize, usize),
}
