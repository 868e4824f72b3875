//! Where an objective stands, and why: by rules that can be said in a sentence each.

use chrono::{Days, NaiveDate};
use serde::Serialize;

use super::criteria::{CriterionEvidence, CriterionProgress, CriterionState};
use crate::school::Objective;

/// How many days before an objective is due what has not begun puts it at risk.
const SOON: Days = Days::new(28);

/// Where an objective stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ObjectiveState {
    /// Every criterion is met.
    Met,
    /// It goes as it should.
    OnTrack,
    AtRisk,
    /// It was due, and is not met.
    Overdue,
    /// Nothing has begun.
    NotStarted,
    /// Nothing that is shown stands against it, and not all is shown to this audience: it cannot be shown.
    NotShown,
}

/// Why an objective stands where it does.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(tag = "because", rename_all = "kebab-case")]
pub enum StateReason {
    AllMet,
    PastDue,
    /// A criterion's day has passed.
    Late {
        /// The criterion, counted from 1.
        criterion: usize,
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
    NothingYet,
    /// It goes as it should.
    Going,
    /// Criteria are not shown to this audience.
    Hidden {
        /// How many.
        hidden: usize,
    },
}

/// Where an objective stands by its criteria on a day, and why; what is hidden speaks neither for it nor against it.
pub(super) fn state(
    objective: &Objective,
    criteria: &[CriterionProgress],
    today: NaiveDate,
) -> (ObjectiveState, Vec<StateReason>) {
    let shown = || (1..).zip(criteria).filter(|(_, one)| one.state != CriterionState::Hidden);
    let all_met = shown().next().is_some() && shown().all(|(_, one)| one.state == CriterionState::Met);
    // Of one that is hidden nobody may be shown that it is met, or that it is not.
    if all_met && shown().count() == criteria.len() {
        return (ObjectiveState::Met, vec![StateReason::AllMet]);
    }
    if objective.due < today && !all_met {
        return (ObjectiveState::Overdue, vec![StateReason::PastDue]);
    }
    let mut against: Vec<StateReason> = Vec::new();
    for (criterion, one) in shown() {
        if one.late {
            against.push(StateReason::Late { criterion, by: one.by });
        }
        let CriterionEvidence::Measure(reading) = &one.found else { continue };
        if reading.has_fallen() {
            against.push(StateReason::Fallen { criterion });
        } else if reading.is_off_path() && !reading.reached {
            against.push(StateReason::OffPath { criterion });
        }
    }
    let unbegun: Vec<usize> = shown()
        .filter(|(_, one)| one.state == CriterionState::NotStarted)
        .map(|(number, _)| number)
        .collect();
    let soon = today.checked_add_days(SOON).is_some_and(|day| objective.due <= day);
    if soon && !unbegun.is_empty() {
        against.push(StateReason::Soon { criteria: unbegun.clone() });
    }
    let nothing = unbegun.len() == shown().count();
    let half_gone = (today - objective.opened) * 2 > objective.due - objective.opened;
    if nothing && half_gone {
        against.push(StateReason::HalfGone);
    }
    let hidden = criteria.len() - shown().count();
    match (against.is_empty(), nothing) {
        // What is hidden may stand against it.
        (true, _) if hidden > 0 => (ObjectiveState::NotShown, vec![StateReason::Hidden { hidden }]),
        (false, _) => (ObjectiveState::AtRisk, against),
        (true, true) => (ObjectiveState::NotStarted, vec![StateReason::NothingYet]),
        (true, false) => (ObjectiveState::OnTrack, vec![StateReason::Going]),
    }
}
