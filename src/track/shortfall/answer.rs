//! The answer to `phase causes`: where a shortfall lies, in pupils.

use serde::Serialize;

use crate::school::{DataPoint, Id, Measure};
use crate::statistics::difference::Verdict;
use crate::statistics::proportion_test::Flag;

/// Pupils counted against what is expected of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct CountedPupils {
    /// Pupils who count.
    pub n: u32,
    pub at_standard: u32,
    /// How many are expected to be, by the path of each year group.
    pub expected: f64,
    /// Pupils more or fewer than expected: with the other parts it adds up to the whole, exactly.
    pub pupils: f64,
}

/// A part of the whole.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ShortfallPart {
    pub says: String,
    #[serde(flatten)]
    pub counted: CountedPupils,
    /// Pupils more or fewer at the baseline than the share of all on entry, of those with a baseline.
    pub on_entry: Option<f64>,
    /// Its share against all others with a value: lower, higher or not settled.
    pub against_the_rest: Verdict,
}

/// The whole divided one way.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ShortfallDivision {
    /// By what: `year_group`, `class`, or a column of the pupils.
    pub by: String,
    pub title: String,
    /// Its parts, the largest shortfall first.
    pub parts: Vec<ShortfallPart>,
}

/// Results in one strand of the test.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct StrandResult {
    pub strand: Id,
    /// Pupils with a result in it.
    pub n: u32,
    pub at_standard: u32,
    /// Of the pupils not at the standard of the subject, those below in this strand alone.
    pub only_here: u32,
}

/// The pupils not at the standard by the strands that they are below in: each counted once.
#[derive(Clone, Debug, Default, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct StrandResults {
    pub strands: Vec<StrandResult>,
    /// Below in several.
    pub several: u32,
    /// Below in none.
    pub none: u32,
    /// Without a result in any.
    pub unknown: u32,
}

/// Attendance of those at the standard and those not.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct AttendanceComparison {
    pub point: DataPoint,
    /// Pupils at 90% or under, of those at the standard.
    pub low_at_standard: (u32, u32),
    /// The same, of those not at it.
    pub low_below: (u32, u32),
    /// The mean of those at the standard, in percent.
    pub mean_at_standard: Option<f64>,
    pub mean_below: Option<f64>,
    /// Whether those not at the standard are more often at 90% or under.
    pub verdict: Verdict,
}

/// The other kind of result at the same point.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct OtherResultKind {
    pub kind: &'static str,
    /// Pupils with both.
    pub n: u32,
    /// Of these, at the standard by what counts.
    pub counted: u32,
    /// Of these, at the standard by the other kind.
    pub other: u32,
}

/// Where a shortfall lies.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Shortfall {
    pub subject: Id,
    pub measure: Measure,
    pub year_group: Option<String>,
    pub point: DataPoint,
    #[serde(flatten)]
    pub counted: CountedPupils,
    /// The share on the path, in percent.
    pub expected_percent: f64,
    /// What can be said of it.
    pub flag: Flag,
    pub p_exact: Option<f64>,
    /// Pupils who count without having been assessed.
    pub not_assessed: u32,
    /// Pupils on roll without a result, who do not count.
    pub without_result: u32,
    /// The same without those who joined late, where there are any.
    pub without_joiners: Option<CountedPupils>,
    /// Divided in each way that the records allow.
    pub divisions: Vec<ShortfallDivision>,
    /// By strand of the test.
    pub strands: Option<StrandResults>,
    pub attendance: Option<AttendanceComparison>,
    pub other_kind: Option<OtherResultKind>,
}
