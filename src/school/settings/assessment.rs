//! What the school says of its results.

use std::collections::BTreeMap;

use crate::school::attainment::results::ResultReading;
use crate::school::attainment::scale::FullMarks;
use crate::school::id::Id;

/// What a school says about its results.
#[derive(Clone, Debug, Default)]
pub struct AssessmentSettings {
    /// The mark from which the phonics check is met, where the school says it.
    pub phonics_threshold: Option<f64>,
    /// What marks are out of, by what is assessed.
    pub marks: BTreeMap<Id, FullMarks>,
    /// How codes are read that the program does not know, or knows otherwise.
    pub codes: BTreeMap<String, ResultReading>,
}
