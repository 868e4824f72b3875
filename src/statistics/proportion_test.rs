//! A share against a reference: flag, whole-pupil gap, and how sure one can be of either.

use serde::Serialize;
use statrs::distribution::{Binomial, ContinuousCDF, Discrete, Normal};

use super::proportion::wilson;

/// The fewest pupils of whom anything is flagged: inspection data summaries do so from 11 (confirmed: HfL
/// Education, 6 November 2023).
pub const FEWEST: u32 = 11;

/// What can be said of a share against its reference, in order of precedence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Flag {
    NoPupils,
    /// The reference is 0% or 100%, or there is none: a gap, and no more.
    NotTested,
    /// Fewer pupils than are tested: counts only.
    TooFew,
    /// The interval lies below the reference.
    Below,
    /// The interval lies above the reference.
    Above,
    /// The interval holds, or touches, the reference.
    InLine,
}

impl Flag {
    /// Whether a test was made.
    pub fn is_tested(self) -> bool {
        matches!(self, Flag::Below | Flag::Above | Flag::InLine)
    }

    /// Whether something was flagged.
    pub fn is_raised(self) -> bool {
        matches!(self, Flag::Below | Flag::Above)
    }

    /// The word that scripts read.
    pub fn word(self) -> &'static str {
        match self {
            Flag::NoPupils => "no-pupils",
            Flag::NotTested => "not-tested",
            Flag::TooFew => "too-few",
            Flag::Below => "below",
            Flag::Above => "above",
            Flag::InLine => "in-line",
        }
    }
}

/// The flag of `x` in `n` against a reference share between 0 and 1, by the Wilson interval: the verdict of
/// the score test. Touching is in line.
pub fn flag(x: u32, n: u32, reference: f64) -> Flag {
    let Some((low, high)) = wilson(x, n) else { return Flag::NoPupils };
    if reference <= 0.0 || reference >= 1.0 {
        Flag::NotTested
    } else if n < FEWEST {
        Flag::TooFew
    } else if high < reference {
        Flag::Below
    } else if low > reference {
        Flag::Above
    } else {
        Flag::InLine
    }
}

/// Pupils more or fewer than the reference: `x - n * reference`, towards zero, after rounding to 9 decimals.
pub fn pupils_gap(x: u32, n: u32, reference: f64) -> i64 {
    whole(f64::from(x) - f64::from(n) * reference)
}

/// A number of pupils as whole ones, towards zero, after rounding to 9 decimals.
pub fn whole(pupils: f64) -> i64 {
    ((pupils * 1e9).round() / 1e9).trunc() as i64
}

/// The score test's Z and two-sided p (Wilson 1927); none without pupils, or against 0% or 100%.
pub fn score_test(x: u32, n: u32, reference: f64) -> Option<(f64, f64)> {
    if n == 0 || reference <= 0.0 || reference >= 1.0 {
        return None;
    }
    let (n, share) = (f64::from(n), f64::from(x) / f64::from(n));
    let z = (share - reference) / (reference * (1.0 - reference) / n).sqrt();
    Some((z, 2.0 * Normal::standard().sf(z.abs())))
}

/// The exact two-sided binomial p: the probabilities of all counts no likelier than the one observed, equal
/// ones included, added up. None without pupils, or against a reference outside of 0% to 100%.
pub fn exact(x: u32, n: u32, reference: f64) -> Option<f64> {
    if n == 0 {
        return None;
    }
    let counts = Binomial::new(reference, u64::from(n)).ok()?;
    if reference <= 0.0 || reference >= 1.0 {
        return Some(if counts.pmf(u64::from(x)) > 0.0 { 1.0 } else { 0.0 });
    }
    // From the likeliest count on, each chance follows from its neighbour's.
    let odds = reference / (1.0 - reference);
    let likeliest = ((f64::from(n) + 1.0) * reference).floor().min(f64::from(n));
    let top = counts.pmf(likeliest as u64);
    let n = f64::from(n);
    let upward = std::iter::successors(Some((likeliest, top)), |(count, chance)| {
        (*count < n).then(|| (count + 1.0, chance * (n - count) / (count + 1.0) * odds))
    });
    let downward = std::iter::successors(Some((likeliest, top)), |(count, chance)| {
        (*count > 0.0).then(|| (count - 1.0, chance * count / (n - count + 1.0) / odds))
    });
    let all: Vec<(f64, f64)> = upward.chain(downward.skip(1)).collect();
    let own = all.iter().find(|(count, _)| *count == f64::from(x))?.1;
    // Two counts as likely as each other differ by what arithmetic leaves.
    let most = own * (1.0 + 1e-7);
    Some(all.iter().filter(|(_, chance)| *chance <= most).map(|(_, chance)| chance).sum::<f64>().min(1.0))
}

/// Whether an exact p and a flag disagree about 5%.
pub fn disagree(p: f64, flag: Flag) -> bool {
    (p < 0.05) != flag.is_raised()
}

/// Whether the exact test and the interval disagree about 5%; none where no test was made.
pub fn close_call(x: u32, n: u32, reference: f64) -> Option<bool> {
    let flag = flag(x, n, reference);
    let p = exact(x, n, reference)?;
    flag.is_tested().then_some(disagree(p, flag))
}

/// The smallest shortfall, in whole pupils, that `n` pupils could show below a reference at all; none where
/// even none at the standard would not show.
pub fn smallest_below(n: u32, reference: f64) -> Option<i64> {
    // The flag goes up with the count: halve the way to the largest count that is still below.
    let is_below = |x: u32| flag(x, n, reference) == Flag::Below;
    if !is_below(0) {
        return None;
    }
    let (mut low, mut high) = (0, n);
    while low < high {
        let middle = low + (high - low).div_ceil(2);
        if is_below(middle) {
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    Some(-pupils_gap(low, n, reference))
}

/// The verdict of an interval around a number that would be 0 if nothing were different.
pub fn around_zero(n: u32, interval: Option<(f64, f64)>) -> Flag {
    match interval {
        _ if n == 0 => Flag::NoPupils,
        _ if n < FEWEST => Flag::TooFew,
        Some((_, high)) if high < 0.0 => Flag::Below,
        Some((low, _)) if low > 0.0 => Flag::Above,
        Some(_) => Flag::InLine,
        None => Flag::NotTested,
    }
}

/// The two-sided 95% point of the normal distribution, as the Department for Education rounds it for
/// published progress scores.
pub const Z_PUBLISHED: f64 = 1.96;

/// Half the width of the interval of a published progress score: 1.96 times the national spread between
/// pupils over the root of `n` (Department for Education, 2016 to 2023); none without pupils.
pub fn progress_half_width(national_spread: f64, n: u32) -> Option<f64> {
    (n > 0).then(|| Z_PUBLISHED * national_spread / f64::from(n).sqrt())
}
