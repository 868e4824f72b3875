//! `phase objectives`: where each objective stands, from the records themselves.

use chrono::{Days, NaiveDate};
use serde::Serialize;

use super::measures::{Measuring, Reading};
use super::records::of_kind;
use crate::diagnostic::Place;
use crate::school::audience::Audience;
use crate::school::objectives::{Aim, Criterion, Measured, Monitoring, Objective, Told, Wanted};
use crate::school::phases::Phase;
use crate::school::shown_by::ShownBy;
use crate::school::{Id, School};

/// How many days before an objective is due what has not begun puts it at risk.
const SOON: Days = Days::new(28);

/// Where an objective stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// Every criterion is met.
    Met,
    /// It goes as it should.
    OnTrack,
    /// Something stands against it.
    AtRisk,
    /// It was due, and is not met.
    Overdue,
    /// Nothing has begun.
    NotStarted,
}

/// Where a criterion stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum CriterionState {
    /// There is nothing yet.
    NotStarted,
    /// There is something, but it is not met.
    UnderWay,
    /// It is met.
    Met,
    /// Of so few pupils that it may not be shown to this audience.
    Hidden,
}

/// Why an objective stands where it does.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "because", rename_all = "kebab-case")]
pub enum Because {
    /// Every criterion is met.
    AllMet,
    /// Its day has passed.
    PastDue,
    /// A criterion's day has passed.
    Late {
        /// The criterion, counted from 1.
        criterion: usize,
        /// Its day.
        by: NaiveDate,
    },
    /// A measure went the wrong way by more than chance.
    Fallen {
        /// The criterion, counted from 1.
        criterion: usize,
    },
    /// A measure is significantly below its path to the target.
    OffPath {
        /// The criterion, counted from 1.
        criterion: usize,
    },
    /// It is due soon, and something has not begun.
    Soon {
        /// The criteria that have not begun, counted from 1.
        criteria: Vec<usize>,
    },
    /// Half of its time is over, and nothing has begun.
    HalfGone,
    /// Nothing has begun yet.
    NothingYet,
    /// It goes as it should.
    Going,
}

/// What tells of a criterion.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "told_by", rename_all = "kebab-case")]
pub enum Found {
    /// A day.
    Milestone {
        /// When it was done.
        done: Option<NaiveDate>,
    },
    /// Records in number.
    Evidence {
        /// How many there are.
        found: usize,
        /// How many are wanted.
        wanted: u32,
        /// Of which kinds.
        kinds: Vec<ShownBy>,
        /// Only of this subject.
        subject: Option<Id>,
    },
    /// A number that the records give.
    Measure(Box<Reading>),
}

/// A criterion, and where it stands.
#[derive(Clone, Debug, Serialize)]
pub struct OfCriterion {
    /// What must be so.
    pub text: String,
    /// Where it stands.
    pub state: CriterionState,
    /// What the records say, in a sentence.
    pub detail: String,
    /// By when.
    pub by: NaiveDate,
    /// Whether that day has passed and it is not met.
    pub late: bool,
    /// What tells of it.
    #[serde(flatten)]
    pub found: Found,
    /// What was measured, for those who put it into words.
    #[serde(skip)]
    pub measured: Option<Measured>,
    /// Where it is written, and the rows that tell of it.
    pub at: Vec<Place>,
}

/// What shows how an objective goes, and whether it is there.
#[derive(Clone, Debug, Serialize)]
pub struct OfMonitoring {
    /// What it is.
    pub text: String,
    /// Whether something of it is there.
    pub there: bool,
    /// How many records.
    pub records: usize,
    /// What would show it.
    pub shown_by: Vec<ShownBy>,
    /// Where it is kept.
    pub link: Option<String>,
    /// Whether what the link names is there; none where that cannot be known.
    pub linked: Option<bool>,
}

/// Criteria met, of all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Progress {
    /// Criteria met.
    pub met: usize,
    /// Criteria; those that are hidden left out.
    pub of: usize,
    /// Criteria that are not shown to this audience.
    pub hidden: usize,
}

/// An objective, and where it stands.
#[derive(Clone, Debug, Serialize)]
pub struct OfObjective {
    /// Its short name.
    pub id: Id,
    /// Its number, in the order of the file, from 1.
    pub number: usize,
    /// What is to be reached.
    pub title: String,
    /// Who is to reach it.
    pub owner: Option<Id>,
    /// To whom its owner reports.
    pub line_manager: Option<Id>,
    /// Since when.
    pub opened: NaiveDate,
    /// By when.
    pub due: NaiveDate,
    /// The school's own words for the level of progress that was agreed.
    pub agreed_progress: Option<String>,
    /// The aims that it serves.
    pub aims: Vec<String>,
    /// Criteria met, of all.
    pub progress: Progress,
    /// Where it stands.
    pub state: State,
    /// Why.
    pub reasons: Vec<Because>,
    /// Its criteria.
    pub criteria: Vec<OfCriterion>,
    /// What shows how it goes.
    pub monitoring: Vec<OfMonitoring>,
    /// Where it is written.
    pub at: Option<Place>,
}

/// The answer.
#[derive(Clone, Debug, Serialize)]
pub struct Objectives {
    /// `phase/objectives/1`.
    pub schema: &'static str,
    /// The academic year.
    pub academic_year: String,
    /// The phase.
    pub phase: Id,
    /// Who it is for.
    pub audience: Audience,
    /// Each objective.
    pub objectives: Vec<OfObjective>,
    /// The day it was made for.
    pub made_on: NaiveDate,
}

/// Works out where each objective stands; of all of them, or of one, by its number in the file from 1.
pub fn objectives(
    school: &School,
    phase: &Phase,
    only: Option<usize>,
    audience: &Audience,
    today: NaiveDate,
) -> Objectives {
    let measuring = Measuring::new(school, phase, audience, today);
    let answer = Answer { school, phase, audience, today, measuring };
    let numbered = (1..).zip(&school.objectives);
    let asked = numbered.filter(|(number, _)| only.is_none_or(|only| only == *number));
    Objectives {
        schema: "phase/objectives/1",
        academic_year: school.calendar.academic_year.to_string(),
        phase: phase.id.clone(),
        audience: audience.clone(),
        objectives: asked.map(|(number, objective)| answer.objective(number, objective)).collect(),
        made_on: today,
    }
}

struct Answer<'s> {
    school: &'s School,
    phase: &'s Phase,
    audience: &'s Audience,
    today: NaiveDate,
    measuring: Measuring<'s>,
}

impl Answer<'_> {
    fn objective(&self, number: usize, objective: &Objective) -> OfObjective {
        let criteria: Vec<OfCriterion> =
            objective.criteria.iter().map(|criterion| self.criterion(objective, criterion)).collect();
        let of_state = |state: CriterionState| criteria.iter().filter(|one| one.state == state).count();
        let hidden = of_state(CriterionState::Hidden);
        let progress = Progress { met: of_state(CriterionState::Met), of: criteria.len() - hidden, hidden };
        let (state, reasons) = self.state(objective, &criteria);
        let names = self.audience.sees_names();
        OfObjective {
            id: objective.id.clone(),
            number,
            title: objective.title.clone(),
            owner: names.then(|| objective.owner.clone()),
            line_manager: objective.line_manager.clone().filter(|_| names),
            opened: objective.opened,
            due: objective.due,
            agreed_progress: objective.agreed_progress.clone(),
            aims: objective.aims.clone(),
            progress,
            state,
            reasons,
            criteria,
            monitoring: objective.monitoring.iter().map(|one| self.monitoring(objective, one)).collect(),
            at: self.audience.sees_rows().then(|| objective.at.clone()),
        }
    }

    fn criterion(&self, objective: &Objective, criterion: &Criterion) -> OfCriterion {
        let by = criterion.by.unwrap_or(objective.due);
        let mut at = vec![criterion.at.clone()];
        let mut measured = None;
        let (state, found) = match &criterion.told {
            Told::Milestone(done) => {
                let state = if done.is_some() { CriterionState::Met } else { CriterionState::NotStarted };
                (state, Found::Milestone { done: *done })
            }
            Told::Evidence(wanted) => {
                let rows = self.wanted(objective, wanted);
                let state = match rows.len() {
                    0 => CriterionState::NotStarted,
                    found if found >= wanted.number as usize => CriterionState::Met,
                    _ => CriterionState::UnderWay,
                };
                let found = Found::Evidence {
                    found: rows.len(),
                    wanted: wanted.number,
                    kinds: wanted.kinds.clone(),
                    subject: wanted.subject.clone(),
                };
                at.extend(rows);
                (state, found)
            }
            Told::Measure(of) => {
                let mut reading = self.measuring.read(objective, of);
                if of.to == Aim::Maintained && !reading.hidden {
                    reading.reached = self.is_maintained(&reading, by);
                }
                measured = Some((**of).clone());
                let mut rows = reading.at.clone();
                rows.sort();
                rows.dedup();
                at.extend(rows);
                (of_reading(&reading), Found::Measure(Box::new(reading)))
            }
        };
        if *self.audience != Audience::Leader {
            at.clear();
        }
        OfCriterion {
            text: criterion.text.clone(),
            state,
            detail: String::new(),
            by,
            late: by < self.today && !matches!(state, CriterionState::Met | CriterionState::Hidden),
            found,
            measured,
            at,
        }
    }

    /// Whether what was to be kept has been, to the end: not significantly below where it began, at a data
    /// point of the half term in which it is due, or after its day.
    fn is_maintained(&self, reading: &Reading, by: NaiveDate) -> bool {
        let Some(point) = reading.point else { return false };
        let half_term = self.school.calendar.half_term_of(by).map(|half_term| half_term.number);
        let last = crate::school::attainment::Point::End(half_term.unwrap_or(6));
        let is_last = point.point >= last || self.today > by;
        is_last && reading.has_kept()
    }

    /// The records that count for a criterion.
    fn wanted(&self, objective: &Objective, wanted: &Wanted) -> Vec<Place> {
        let all = wanted.kinds.iter().flat_map(|kind| of_kind(self.school, self.phase, *kind, self.today));
        let own = all.filter(|record| {
            record.date >= objective.opened
                && record.belongs_to(&objective.id)
                && wanted.subject.as_ref().is_none_or(|subject| record.subject == Some(subject))
                && (wanted.aspect.is_none()
                    || record.aspect.is_none()
                    || record.aspect == wanted.aspect.as_ref())
        });
        own.map(|record| record.at.clone()).collect()
    }

    fn monitoring(&self, objective: &Objective, one: &Monitoring) -> OfMonitoring {
        let all = one.kinds.iter().flat_map(|kind| of_kind(self.school, self.phase, *kind, self.today));
        let own = |record: &super::records::Record<'_>| {
            record.date >= objective.opened && record.belongs_to(&objective.id)
        };
        let records = all.filter(own).count();
        let linked = one.link.is_some() && one.linked != Some(false);
        OfMonitoring {
            text: one.text.clone(),
            there: records > 0 || linked,
            records,
            shown_by: one.kinds.clone(),
            link: one.link.clone().filter(|_| self.audience.sees_rows()),
            linked: one.linked,
        }
    }

    fn state(&self, objective: &Objective, criteria: &[OfCriterion]) -> (State, Vec<Because>) {
        let shown = || (1..).zip(criteria).filter(|(_, one)| one.state != CriterionState::Hidden);
        let all_met = shown().next().is_some() && shown().all(|(_, one)| one.state == CriterionState::Met);
        // Of one that is hidden nobody may be told that it is met, or that it is not.
        if all_met && shown().count() == criteria.len() {
            return (State::Met, vec![Because::AllMet]);
        }
        if objective.due < self.today && !all_met {
            return (State::Overdue, vec![Because::PastDue]);
        }
        let mut against: Vec<Because> = Vec::new();
        for (criterion, one) in shown() {
            if one.late {
                against.push(Because::Late { criterion, by: one.by });
            }
            let Found::Measure(reading) = &one.found else { continue };
            if reading.has_fallen() {
                against.push(Because::Fallen { criterion });
            } else if reading.is_off_path() && !reading.reached {
                against.push(Because::OffPath { criterion });
            }
        }
        let unbegun: Vec<usize> = shown()
            .filter(|(_, one)| one.state == CriterionState::NotStarted)
            .map(|(number, _)| number)
            .collect();
        let soon = self.today.checked_add_days(SOON).is_some_and(|day| objective.due <= day);
        if soon && !unbegun.is_empty() {
            against.push(Because::Soon { criteria: unbegun.clone() });
        }
        let nothing = unbegun.len() == shown().count();
        let half_gone = (self.today - objective.opened) * 2 > objective.due - objective.opened;
        if nothing && half_gone {
            against.push(Because::HalfGone);
        }
        match (against.is_empty(), nothing) {
            (false, _) => (State::AtRisk, against),
            (true, true) => (State::NotStarted, vec![Because::NothingYet]),
            (true, false) => (State::OnTrack, vec![Because::Going]),
        }
    }
}

fn of_reading(reading: &Reading) -> CriterionState {
    match (reading.hidden, reading.reached, reading.now) {
        (true, ..) => CriterionState::Hidden,
        (_, true, _) => CriterionState::Met,
        (_, _, Some(now)) if now != 0.0 || !matches!(reading.unit, super::measures::Unit::Records) => {
            CriterionState::UnderWay
        }
        _ => CriterionState::NotStarted,
    }
}
