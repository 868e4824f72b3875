//! Where a criterion stands: a day, records in number, or a number that the records give.

use chrono::NaiveDate;
use serde::Serialize;

use super::context::Context;
use super::matching_records::of_kind;
use super::measurement::{Measurement, MeasurementUnit};
use crate::diagnostic::Place;
use crate::privacy::audience::Audience;
use crate::school::{
    Aim, Criterion, CriterionTest, DataPoint, Id, MeasuredAim, Objective, Proof, RecordsNeeded,
};

/// Where a criterion stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
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

/// What shows a criterion.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(tag = "told_by", rename_all = "kebab-case")]
pub enum CriterionEvidence {
    Milestone {
        done: Option<NaiveDate>,
    },
    Evidence {
        found: usize,
        wanted: u32,
        kinds: Vec<Proof>,
        subject: Option<Id>,
    },
    /// A number that the records give.
    Measure(Box<Measurement>),
}

/// A criterion, and where it stands.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct CriterionProgress {
    pub text: String,
    pub state: CriterionState,
    /// What the records say, in a sentence.
    pub detail: String,
    pub by: NaiveDate,
    /// Whether that day has passed and it is not met.
    pub late: bool,
    /// What shows it.
    #[serde(flatten)]
    pub found: CriterionEvidence,
    /// What was measured, for those who put it into words.
    #[serde(skip)]
    pub measured: Option<MeasuredAim>,
    /// Where it is written, and the rows that are about it.
    pub at: Vec<Place>,
}

impl Context<'_> {
    /// Where a criterion of an objective stands.
    pub fn criterion(&self, objective: &Objective, criterion: &Criterion) -> CriterionProgress {
        let by = criterion.by.unwrap_or(objective.due);
        let mut at = vec![criterion.at.clone()];
        let mut measured = None;
        let (state, found) = match &criterion.test {
            CriterionTest::Milestone(done) => {
                let state = if done.is_some() { CriterionState::Met } else { CriterionState::NotStarted };
                (state, CriterionEvidence::Milestone { done: *done })
            }
            CriterionTest::Evidence(wanted) => {
                let rows = self.wanted(objective, wanted);
                let state = match rows.len() {
                    0 => CriterionState::NotStarted,
                    found if found >= wanted.number as usize => CriterionState::Met,
                    _ => CriterionState::UnderWay,
                };
                let found = CriterionEvidence::Evidence {
                    found: rows.len(),
                    wanted: wanted.number,
                    kinds: wanted.kinds.clone(),
                    subject: wanted.subject.clone(),
                };
                at.extend(rows);
                (state, found)
            }
            CriterionTest::Measure(of) => {
                let mut reading = self.reading(objective, of);
                if of.to == Aim::Maintained && !reading.hidden {
                    reading.reached = self.is_maintained(&reading, by);
                }
                measured = Some((**of).clone());
                let mut rows = reading.at.clone();
                rows.sort();
                rows.dedup();
                at.extend(rows);
                (of_reading(&reading), CriterionEvidence::Measure(Box::new(reading)))
            }
        };
        if *self.audience != Audience::Leader {
            at.clear();
        }
        CriterionProgress {
            text: self.says(&criterion.text),
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
    fn is_maintained(&self, reading: &Measurement, by: NaiveDate) -> bool {
        let Some(point) = reading.point else { return false };
        let half_term = self.school.set_up.calendar.half_term_of(by).map(|half_term| half_term.number);
        let last = DataPoint::End(half_term.unwrap_or(6));
        let is_last = point.point >= last || self.today > by;
        is_last && reading.has_kept()
    }

    /// The records that count for a criterion.
    fn wanted(&self, objective: &Objective, wanted: &RecordsNeeded) -> Vec<Place> {
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
}

fn of_reading(reading: &Measurement) -> CriterionState {
    match (reading.hidden, reading.reached, reading.now) {
        (true, ..) => CriterionState::Hidden,
        (_, true, _) => CriterionState::Met,
        (_, _, Some(now)) if now != 0.0 || !matches!(reading.unit, MeasurementUnit::Records) => {
            CriterionState::UnderWay
        }
        _ => CriterionState::NotStarted,
    }
}
