//! The answer to `phase gaps`.

use chrono::NaiveDate;
use serde::Serialize;

use crate::privacy::audience::Audience;
use crate::school::{DataPoint, Group, Id, Measure};
use crate::statistics::difference::Verdict;
use crate::statistics::proportion_test::Flag;

/// A group, counted.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct GroupCounts {
    /// The group; the rest where it is everybody else with a value.
    pub group: Group,
    pub says: String,
    /// Pupils who count.
    pub n: Option<u32>,
    pub at_standard: Option<u32>,
    /// Their share, in percent.
    pub percent: Option<f64>,
    /// `c` where something is hidden, `z` where there are no pupils.
    pub hidden: Option<char>,
}

/// Two groups at one data point.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct GapAtPoint {
    pub point: DataPoint,
    pub first: GroupCounts,
    pub second: GroupCounts,
    /// The first's share less the second's, in percentage points.
    pub difference: Option<f64>,
    pub interval: Option<[f64; 2]>,
    /// Pupils of the first group more or fewer than it would have at the second's share.
    pub pupils_gap: Option<i64>,
    pub verdict: Option<Verdict>,
}

/// A group against where it came from.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct GapSinceStart {
    pub group: Group,
    pub says: String,
    /// Its share at the baseline, in percent.
    pub baseline_percent: Option<f64>,
    /// Whole pupils more or fewer than at that share.
    pub pupils_gap: Option<i64>,
    /// Below, above or in line with where it came from.
    pub flag: Option<Flag>,
    /// Pupils whose step rose, stayed and fell, of those with both; of codes with steps only.
    pub moved: Option<LadderMoves>,
}

/// How pupils have moved on their ladder since the baseline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct LadderMoves {
    /// Higher than then.
    pub up: u32,
    pub same: u32,
    /// Lower than then.
    pub down: u32,
}

/// How often pupils of the one group outrank those of the other, on scaled scores.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct RankComparison {
    /// The gap index: ten times Cliff's delta, -10 to 10; positive where the first group is behind.
    pub index: f64,
    /// How often a pupil of the second group outranks one of the first, in percent, ties split.
    pub outranked_percent: f64,
    /// Pupils of the first group with a score.
    pub n_first: usize,
    pub n_second: usize,
    /// Whether either has fewer than 11: describe only.
    pub small: bool,
}

/// Two groups of one subject.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Gap {
    pub subject: Id,
    pub measure: Measure,
    /// The column that divides them.
    pub column: Id,
    #[serde(flatten)]
    pub now: GapAtPoint,
    /// At each data point before, earliest first; each on its own: no change is tested.
    pub before: Vec<GapAtPoint>,
    /// Each group against its own baseline: two statements, never one.
    pub since_baseline: Vec<GapSinceStart>,
    /// On scaled scores.
    pub ranked: Option<RankComparison>,
    /// Pupils of whom the column says nothing.
    pub not_recorded: Option<u32>,
}

/// The answer.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Gaps {
    /// `phase/gaps/1`.
    pub schema: &'static str,
    pub academic_year: String,
    pub phase: Id,
    pub year_group: Option<String>,
    pub audience: Audience,
    /// Each pair of groups in each subject.
    pub gaps: Vec<Gap>,
    /// How many pairs were tested.
    pub tests: usize,
    /// How many of them chance alone would set apart.
    pub expected_by_chance: f64,
    /// How many of the columns that are asked for are filled in for nobody.
    pub empty: Vec<Id>,
    /// Columns that are filled in with one and the same value, so that there is nobody to compare with.
    pub alike: Vec<Id>,
    #[serde(skip)]
    pub made_on: NaiveDate,
}

impl Gap {
    /// Whether the two groups are set apart.
    pub fn is_apart(&self) -> bool {
        matches!(self.now.verdict, Some(Verdict::FirstLower | Verdict::FirstHigher))
    }

    /// Whether there are pupils enough in both to be tested, and it may be shown.
    fn is_tested(&self) -> bool {
        matches!(self.now.verdict, Some(Verdict::FirstLower | Verdict::FirstHigher | Verdict::NotSettled))
    }
}

impl Gaps {
    /// The same without the groups of a column.
    pub fn without(mut self, column: &str) -> Self {
        self.gaps.retain(|gap| gap.column.as_str() != column);
        self.counted()
    }

    /// The same with the number of tests that were made.
    pub(super) fn counted(mut self) -> Self {
        self.tests = self.gaps.iter().filter(|gap| gap.is_tested()).count();
        // Chance alone sets one in twenty apart; in hundredths.
        self.expected_by_chance = (self.tests as f64 * 5.0).round() / 100.0;
        self
    }
}
