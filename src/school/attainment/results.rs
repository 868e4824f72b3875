//! Results of one year's pupils.

use std::sync::Arc;

use crate::diagnostic::Place;
use crate::school::attainment::data_point::DataPoint;
use crate::school::attainment::pupils::Pupil;
use crate::school::attainment::scale::{LADDER, ResultKind, Scale};
use crate::school::id::Id;

/// What a result says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ResultReading {
    Attained {
        /// Whether the standard was met, where the scale has one.
        met: Option<bool>,
        /// Whether the higher standard was met, where the scale has one.
        higher: Option<bool>,
        /// The score, or the step of the ladder.
        value: Option<f32>,
    },
    /// The pupil counts, but was not assessed: absent, unable to take the test, and so on. Not met.
    NotAssessed,
    /// The pupil does not belong to the group that is counted: left, future or past.
    Left,
    /// There is no result, for a reason or none; never 0, and not counted.
    Missing,
}

/// One result. Small, since there are many.
#[derive(Clone, Copy, Debug)]
pub struct PupilResult {
    /// The pupil, as an index into the roll's.
    pub pupil: u32,
    /// What was assessed, as an index into the roll's.
    pub measured: u16,
    /// The strand of the test, as an index into the roll's; the whole where there is none.
    pub strand: Option<u16>,
    pub point: DataPoint,
    pub scale: Scale,
    /// Who or what gave it.
    pub kind: ResultKind,
    pub reading: ResultReading,
    /// The line it stands on.
    pub line: u32,
}

impl PupilResult {
    /// What it says, as people write it.
    pub fn said(&self) -> String {
        match (self.reading, self.scale) {
            (ResultReading::NotAssessed, _) => "not assessed".to_owned(),
            (ResultReading::Left, _) => "left".to_owned(),
            (ResultReading::Missing, _) => String::new(),
            (ResultReading::Attained { value: Some(step), .. }, Scale::Ladder) => {
                LADDER.get(step as usize).map_or_else(String::new, |code| (*code).to_owned())
            }
            (ResultReading::Attained { value: Some(step), .. }, Scale::OnTrack) => {
                let words = ["", "well below", "below", "on track", "above"];
                words.get(step as usize).map_or_else(String::new, |word| (*word).to_owned())
            }
            (ResultReading::Attained { value: Some(value), .. }, _) => value.to_string(),
            (ResultReading::Attained { met, .. }, _) => {
                if met == Some(true) { "met" } else { "not met" }.to_owned()
            }
        }
    }
}

/// The pupils of an academic year and their results.
#[derive(Clone, Debug, Default)]
pub struct YearResults {
    /// The pupils, by id.
    pub pupils: Vec<Pupil>,
    /// What was assessed: subjects, goals, attendance.
    pub measured: Vec<Id>,
    pub strands: Vec<Id>,
    /// The results: by what was assessed, then by data point, strand, scale, kind and pupil.
    pub results: Vec<PupilResult>,
    pub file: Option<Arc<str>>,
    /// How many results a later one of the same half term has replaced.
    pub replaced: u32,
}

impl YearResults {
    /// What was assessed, as results name it.
    pub fn index_of(&self, measured: &str) -> Option<u16> {
        let index = self.measured.iter().position(|id| id.as_str() == measured)?;
        u16::try_from(index).ok()
    }

    /// The results of what was assessed.
    pub fn results_of(&self, measured: u16) -> &[PupilResult] {
        let from = self.results.partition_point(|outcome| outcome.measured < measured);
        let to = self.results.partition_point(|outcome| outcome.measured <= measured);
        self.results.get(from..to).unwrap_or_default()
    }

    /// The results of what was assessed at a data point.
    pub fn results_at(&self, measured: u16, point: DataPoint) -> &[PupilResult] {
        let key = |outcome: &PupilResult| (outcome.measured, outcome.point);
        let from = self.results.partition_point(|outcome| key(outcome) < (measured, point));
        let to = self.results.partition_point(|outcome| key(outcome) <= (measured, point));
        self.results.get(from..to).unwrap_or_default()
    }

    /// The data points at which something was assessed, in order.
    pub fn points_of(&self, measured: u16) -> Vec<DataPoint> {
        let all = [DataPoint::Baseline].into_iter().chain((1..=6).map(DataPoint::End));
        all.filter(|point| !self.results_at(measured, *point).is_empty()).collect()
    }

    /// Where a result stands.
    pub fn place(&self, outcome: &PupilResult) -> Option<Place> {
        self.file.clone().map(|file| Place { file, sheet: None, line: outcome.line })
    }
}
