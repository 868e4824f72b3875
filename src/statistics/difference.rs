//! Two groups against each other: the difference of their shares, and how often one outranks the other.

use serde::Serialize;

use super::proportion::wilson;
use super::proportion_test::FEWEST;

/// What can be said of two groups' shares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    NoPupils,
    /// One of them has fewer than 11.
    TooFew,
    FirstLower,
    FirstHigher,
    /// The interval holds zero: never the same as no gap.
    NotSettled,
}

/// The difference of two shares, first minus second, with its interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Difference {
    /// First minus second, between -1 and 1.
    pub difference: f64,
    /// The lower end of the 95% interval.
    pub low: f64,
    pub high: f64,
}

/// The difference of `x1` in `n1` and `x2` in `n2` with the hybrid score interval (Newcombe, *Statistics in
/// Medicine* 17, 1998, method 10); none where either has nobody.
pub fn difference((x1, n1): (u32, u32), (x2, n2): (u32, u32)) -> Option<Difference> {
    let ((low1, high1), (low2, high2)) = (wilson(x1, n1)?, wilson(x2, n2)?);
    let (first, second) = (f64::from(x1) / f64::from(n1), f64::from(x2) / f64::from(n2));
    let difference = first - second;
    Some(Difference {
        difference,
        low: difference - (first - low1).hypot(high2 - second),
        high: difference + (high1 - first).hypot(second - low2),
    })
}

/// What the difference of two shares comes to.
pub fn verdict(first: (u32, u32), second: (u32, u32)) -> Verdict {
    match difference(first, second) {
        None => Verdict::NoPupils,
        Some(_) if first.1 < FEWEST || second.1 < FEWEST => Verdict::TooFew,
        Some(apart) if apart.high < 0.0 => Verdict::FirstLower,
        Some(apart) if apart.low > 0.0 => Verdict::FirstHigher,
        Some(_) => Verdict::NotSettled,
    }
}

/// Cliff's delta (Cliff, *Psychological Bulletin* 114, 1993): of all pairs, the share in which the other is
/// higher less the share in which it is lower; positive where the group is behind. None where either is
/// empty. Ten times it is the gap index; `(1 + delta) / 2` is how often another outranks one of the group.
pub fn cliffs_delta(group: &[f64], others: &[f64]) -> Option<f64> {
    if group.is_empty() || others.is_empty() {
        return None;
    }
    let mut sorted = others.to_vec();
    sorted.sort_by(f64::total_cmp);
    let balance: i64 = group
        .iter()
        .map(|own| {
            let lower = sorted.partition_point(|other| other < own);
            let higher = sorted.len() - sorted.partition_point(|other| other <= own);
            i64::try_from(higher).unwrap_or(0) - i64::try_from(lower).unwrap_or(0)
        })
        .sum();
    Some(balance as f64 / (group.len() as f64 * others.len() as f64))
}
