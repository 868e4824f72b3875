//! Where a shortfall may come from, as an answer.

use chrono::NaiveDate;
use serde::Serialize;

use crate::diagnostic::Place;
use crate::school::Id;
use crate::track::shortfall::Shortfall;

/// Something that may be behind a shortfall.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct PossibleCause {
    pub cause: String,
    pub speaks_for: Vec<String>,
    pub speaks_against: Vec<String>,
    pub ask: Vec<String>,
    /// The rows that it rests on.
    pub at: Vec<Place>,
}

/// A strategy that is in place.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct StrategyInPlace {
    pub id: Id,
    pub action: String,
    pub owner: Id,
    pub due: NaiveDate,
    /// Whether it is still to be done.
    pub open: bool,
    pub at: Place,
}

/// The answer: for the phase leader only.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct PossibleCauses {
    /// `phase/causes/1`.
    pub schema: &'static str,
    pub phase: Id,
    /// Where the shortfall lies, exactly.
    #[serde(flatten)]
    pub shortfall: Shortfall,
    /// What may be behind it, what more speaks for first.
    pub candidates: Vec<PossibleCause>,
    /// What is being done in the subject.
    pub strategies: Vec<StrategyInPlace>,
    #[serde(skip)]
    pub made_on: NaiveDate,
}
