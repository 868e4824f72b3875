//! The answer to `phase trajectory`.

use chrono::NaiveDate;
use serde::Serialize;

use crate::privacy::audience::Audience;
use crate::school::{DataPoint, DatedPoint, Group, Id, Measure};
use crate::statistics::proportion_test::Flag;
use crate::track::expected_path::ExpectedBasis;
use crate::track::national_comparison::NationalComparison;
use crate::track::tracked_group::TrackedGroup;

/// A subject's results against its path.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct SubjectProgress {
    /// The subject, as results name it.
    pub subject: Id,
    pub measure: Measure,
    /// The year group; the phase where there is none.
    pub year_group: Option<String>,
    pub group: Group,
    pub point: DataPoint,
    /// Pupils who count.
    pub n: Option<u32>,
    pub assessed: Option<u32>,
    /// Pupils on roll without a result, who do not count.
    pub without_result: Option<u32>,
    pub at_standard: Option<u32>,
    /// Their share, in percent.
    pub percent: Option<f64>,
    /// The share on the path, in percent.
    pub expected_percent: Option<f64>,
    /// Where the path comes from.
    pub path: Option<ExpectedBasis>,
    /// Where it begins, in percent: the share on entry, or at the first data point.
    pub path_from: Option<f64>,
    /// Where it leads next, in percent: to the target.
    pub path_to: Option<f64>,
    /// Which kind of result the path begins with, where it is another than that of now.
    pub kind_before: Option<&'static str>,
    /// The 95% interval of the share, in percent.
    pub interval: Option<[f64; 2]>,
    /// Whole pupils more or fewer than the path.
    pub pupils_gap: Option<i64>,
    pub flag: Option<Flag>,
    /// Whether the exact test and the interval disagree.
    pub close_call: Option<bool>,
    pub p_exact: Option<f64>,
    /// Whether the flag holds up among as many tests as were made.
    pub holds_up: Option<bool>,
    /// The smallest shortfall, in whole pupils, that would be flagged with so many pupils.
    pub smallest_shortfall: Option<i64>,
    /// The same without the pupils who joined after the baseline, where there are any.
    pub without_joiners: Option<WithoutJoiners>,
    /// `c` where something is hidden, `z` where there are no pupils.
    pub hidden: Option<char>,
    /// The score test's p, for all tests together.
    #[serde(skip)]
    pub(crate) p: Option<f64>,
}

impl SubjectProgress {
    /// Nothing is known yet.
    pub(super) fn unknown(of: TrackedGroup<'_>, point: DataPoint) -> Self {
        Self {
            subject: of.subject.clone(),
            measure: of.measure,
            year_group: of.year_group.map(|year| year.to_string()),
            group: of.group.clone(),
            point,
            n: None,
            assessed: None,
            without_result: None,
            at_standard: None,
            percent: None,
            expected_percent: None,
            path: None,
            path_from: None,
            path_to: None,
            kind_before: None,
            interval: None,
            pupils_gap: None,
            flag: None,
            close_call: None,
            p_exact: None,
            holds_up: None,
            smallest_shortfall: None,
            without_joiners: None,
            hidden: None,
            p: None,
        }
    }
}

/// The same pupils without those who joined late.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct WithoutJoiners {
    /// Pupils who count.
    pub n: u32,
    pub at_standard: u32,
    /// Their share, in percent.
    pub percent: Option<f64>,
    pub flag: Flag,
}

/// The course of a subject over the phase.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct SubjectCourse {
    pub subject: Id,
    pub measure: Measure,
    /// The year group; the phase where there is none.
    pub year_group: Option<String>,
    pub group: Group,
    /// Where it stood, earliest first.
    pub at: Vec<CourseStep>,
}

/// One step of a course.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct CourseStep {
    #[serde(flatten)]
    pub moment: DatedPoint,
    /// Pupils who count.
    pub n: Option<u32>,
    /// The share, in percent.
    pub percent: Option<f64>,
    /// The share on the path, in percent.
    pub expected_percent: Option<f64>,
}

/// The answer.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Trajectory {
    /// `phase/trajectory/1`.
    pub schema: &'static str,
    pub academic_year: String,
    pub phase: Id,
    pub audience: Audience,
    /// Each subject against its path.
    pub subjects: Vec<SubjectProgress>,
    /// True scores and attendance.
    pub averages: Vec<AverageScore>,
    /// How each came to where it is.
    pub over_time: Vec<SubjectCourse>,
    pub national: Vec<NationalComparison>,
    /// How many tests were made.
    pub tests: usize,
    /// How many flags chance alone would raise.
    pub flags_expected_by_chance: f64,
    /// How many flags there are.
    pub flags: usize,
    /// What had to be assumed, or is not known.
    pub assumed: Vec<String>,
    #[serde(skip)]
    pub made_on: NaiveDate,
}

impl Trajectory {
    /// The paths that all pupils are significantly off, where that holds up among so many tests: by year group, and
    /// for the phase where no year group is by itself.
    pub fn off(&self, flag: Flag) -> Vec<&SubjectProgress> {
        let is = |row: &&SubjectProgress| {
            row.group == Group::All && row.flag == Some(flag) && row.holds_up == Some(true)
        };
        let off: Vec<&SubjectProgress> = self.subjects.iter().filter(is).collect();
        let of_year = |row: &SubjectProgress| {
            off.iter().any(|other| {
                other.year_group.is_some() && other.subject == row.subject && other.measure == row.measure
            })
        };
        off.iter().copied().filter(|row| row.year_group.is_some() || !of_year(row)).collect()
    }
}

/// True scores against the path of their mean.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct AverageScore {
    pub subject: Id,
    /// The year group; the phase where there is none.
    pub year_group: Option<String>,
    pub group: Group,
    pub point: DataPoint,
    /// Pupils with a score.
    pub n: Option<u32>,
    pub mean: Option<f64>,
    /// The mean on the path.
    pub expected: Option<f64>,
    /// The mean distance from it.
    pub distance: Option<f64>,
    /// The 95% interval of that distance, else of the mean.
    pub interval: Option<[f64; 2]>,
    pub flag: Option<Flag>,
    /// Pupils at 90% or under, of attendance.
    pub low: Option<u32>,
    /// `c` where something is hidden.
    pub hidden: Option<char>,
}
