//! Results: what pupils reached, at which data point, on which scale; and what is aimed at.

pub mod data_point;
pub mod measure;
pub mod pupils;
pub mod results;
pub mod scale;
pub mod targets;

use std::collections::BTreeMap;

use results::YearResults;
use targets::{NationalFigure, StartingPoint, Target};

/// Pupils, their results, and what these are compared with.
#[derive(Clone, Debug, Default)]
pub struct Attainment {
    /// The pupils and their results, by academic year: this one and earlier ones.
    pub results_by_year: BTreeMap<i32, YearResults>,
    pub targets: Vec<Target>,
    /// What pupils who started alike reach nationally.
    pub starts: Vec<StartingPoint>,
    /// Figures of the whole country: those built in, and the school's own.
    pub national: Vec<NationalFigure>,
}
