//! Where objectives and criteria are, in a word and as a bar.

use crate::improve::criteria::{CriterionProgress, CriterionState};
use crate::improve::objective_state::ObjectiveState;
use crate::improve::objectives::ObjectiveProgress;

/// The word for where an objective stands.
pub(crate) fn state_word(state: ObjectiveState) -> &'static str {
    match state {
        ObjectiveState::Met => "met",
        ObjectiveState::OnTrack => "on track",
        ObjectiveState::AtRisk => "at risk",
        ObjectiveState::Overdue => "overdue",
        ObjectiveState::NotStarted => "not begun",
        ObjectiveState::NotShown => "cannot be told",
    }
}

pub(crate) fn criterion_word(one: &CriterionProgress) -> &'static str {
    match (one.state, one.late) {
        (CriterionState::Met, _) => "met",
        (CriterionState::Hidden, _) => "c",
        (_, true) => "late",
        (CriterionState::UnderWay, _) => "under way",
        (CriterionState::NotStarted, _) => "not begun",
    }
}

/// A block for each criterion: full where it is met.
pub(crate) fn bar(objective: &ObjectiveProgress) -> String {
    let missing = objective.progress.of.saturating_sub(objective.progress.met);
    format!("{}{}", "█".repeat(objective.progress.met), "░".repeat(missing))
}

pub(crate) fn met_of(objective: &ObjectiveProgress) -> String {
    let hidden = objective.progress.hidden;
    let hidden = if hidden > 0 { format!(", {hidden} not shown") } else { String::new() };
    format!("{} of {}{hidden}", objective.progress.met, objective.progress.of)
}

/// Where an objective stands, as far as it is shown.
pub(crate) fn shown_state(objective: &ObjectiveProgress) -> String {
    let word = state_word(objective.state);
    match (objective.state, objective.progress.hidden) {
        (_, 0) => word.to_owned(),
        (ObjectiveState::NotShown, _) => format!("{word} here"),
        _ => format!("{word} by what is shown"),
    }
}

pub(crate) fn places(one: &CriterionProgress) -> String {
    const SHOWN: usize = 4;
    let mut places: Vec<String> = one.at.iter().take(SHOWN).map(ToString::to_string).collect();
    if one.at.len() > SHOWN {
        places.push(format!("and {} more", one.at.len() - SHOWN));
    }
    places.join(", ")
}
