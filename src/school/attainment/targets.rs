//! Targets, and national figures.

use super::measure::Measure;
use crate::diagnostic::Place;
use crate::school::attainment::data_point::DataPoint;
use crate::school::attainment::pupils::Group;
use crate::school::id::Id;
use crate::school::year_group::YearGroup;

/// What is aimed at.
#[derive(Clone, Debug)]
pub struct Target {
    pub subject: Id,
    pub measure: Measure,
    /// The share, between 0 and 1; of an average the score.
    pub value: f64,
    /// The data point of this academic year; the end of the phase where there is none.
    pub point: Option<DataPoint>,
    /// The year group; every one where there is none.
    pub year_group: Option<YearGroup>,
    pub group: Group,
    pub at: Place,
}

/// What pupils who started alike reach nationally: the user's own table.
#[derive(Clone, Debug)]
pub struct StartingPoint {
    /// What is assessed; every subject together where there is none.
    pub subject: Option<Id>,
    /// The start: points, or a group of prior attainment.
    pub start: String,
    /// The median or average that is reached from there.
    pub reached: f64,
    /// The national spread between pupils, where it is known.
    pub spread: Option<f64>,
    pub at: Place,
}

/// A figure of the whole country.
#[derive(Clone, Debug)]
pub struct NationalFigure {
    /// The summer in which it was reached.
    pub results_year: i32,
    /// The key stage, as the table names it.
    pub key_stage: String,
    /// The measure, as the table names it.
    pub measure: String,
    /// The group, as the table names it.
    pub group: String,
    /// The figure: percent, or a score.
    pub value: f64,
    /// Provisional, revised, an ambition, or unknown.
    pub status: String,
    /// Whether nobody has confirmed it.
    pub unverified: bool,
    /// Who published it, and when.
    pub source: String,
    /// Whether the school brought it itself.
    pub own: bool,
}
