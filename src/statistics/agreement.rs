//! Agreement between raters of the same samples, on ranks that have an order.

/// How many pairs there are, agree, and lie at most one apart; and the mean of first less second.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Agreement {
    /// Pairs.
    pub n: u32,
    /// Pairs with the same rank.
    pub exact: u32,
    /// Pairs at most one rank apart, those with the same included.
    pub adjacent: u32,
    /// The mean of first less second, in ranks; none of nothing.
    pub bias: Option<f64>,
}

/// How far two raters agree.
pub fn agreement(pairs: &[(u8, u8)]) -> Agreement {
    let count = |apart: u8| {
        u32::try_from(pairs.iter().filter(|(a, b)| a.abs_diff(*b) <= apart).count()).unwrap_or(u32::MAX)
    };
    let n = u32::try_from(pairs.len()).unwrap_or(u32::MAX);
    let sum: f64 = pairs.iter().map(|(a, b)| f64::from(*a) - f64::from(*b)).sum();
    Agreement { n, exact: count(0), adjacent: count(1), bias: (n > 0).then(|| sum / f64::from(n)) }
}

/// How the distance between two ranks weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// By its size.
    Linear,
    /// By its square.
    Quadratic,
}

/// Cohen's weighted kappa (Cohen, *Psychological Bulletin* 70, 1968): 1 - sum(wO) / sum(wE), E from the
/// product of the two raters' own distributions. None where there are no pairs, or both used one and the
/// same rank throughout.
pub fn weighted_kappa(pairs: &[(u8, u8)], weight: Weight) -> Option<f64> {
    let (observed, expected) = match weight {
        Weight::Linear => distances(pairs),
        Weight::Quadratic => squares(pairs),
    };
    (expected > 0.0).then(|| 1.0 - observed * pairs.len() as f64 / expected)
}

/// The distances, summed: within the pairs, and between each first and each second. Two ranks lie as far apart as
/// there are steps between them, so the latter are, step by step, the pairs of one below it and one above.
fn distances(pairs: &[(u8, u8)]) -> (f64, f64) {
    let within: u64 = pairs.iter().map(|(a, b)| u64::from(a.abs_diff(*b))).sum();
    let n = pairs.len() as u64;
    let across = |step: u8| {
        let first = pairs.iter().filter(|(a, _)| *a <= step).count() as u64;
        let second = pairs.iter().filter(|(_, b)| *b <= step).count() as u64;
        first * (n - second) + second * (n - first)
    };
    (within as f64, (0..u8::MAX).map(across).sum::<u64>() as f64)
}

/// The squares of the distances, summed: within the pairs, and between each first and each second. The latter without
/// going through them: n (sum a^2 + sum b^2) - 2 (sum a) (sum b), which is exact in whole numbers.
fn squares(pairs: &[(u8, u8)]) -> (f64, f64) {
    let (mut within, mut of_each, mut first, mut second) = (0_u64, 0_u64, 0_u64, 0_u64);
    for (a, b) in pairs {
        let (a, b) = (u64::from(*a), u64::from(*b));
        within += a.abs_diff(b).pow(2);
        of_each += a * a + b * b;
        first += a;
        second += b;
    }
    (within as f64, (pairs.len() as u64 * of_each - 2 * first * second) as f64)
}

/// Krippendorff's alpha for ranks (Krippendorff, *Computing Krippendorff's Alpha-Reliability*, 2011): each
/// unit holds the ranks that raters gave it, in any order; units with fewer than two drop out. None where
/// nothing can be paired, or all ranks that can are one and the same.
pub fn krippendorff_alpha(units: &[Vec<u8>]) -> Option<f64> {
    let pairable: Vec<&Vec<u8>> = units.iter().filter(|unit| unit.len() >= 2).collect();
    let mut totals: Vec<(u8, f64)> = Vec::new();
    for rank in pairable.iter().flat_map(|unit| unit.iter()) {
        match totals.iter_mut().find(|(other, _)| other == rank) {
            Some((_, total)) => *total += 1.0,
            None => totals.push((*rank, 1.0)),
        }
    }
    totals.sort_by_key(|(rank, _)| *rank);
    let n: f64 = totals.iter().map(|(_, total)| total).sum();
    // The distance of two ranks: how many ratings lie between them, half of their own counted, squared.
    let distance = |a: u8, b: u8| {
        let (low, high) = (a.min(b), a.max(b));
        let between: f64 =
            totals.iter().filter(|(rank, _)| (low..=high).contains(rank)).map(|(_, total)| total).sum();
        let ends: f64 =
            totals.iter().filter(|(rank, _)| *rank == low || *rank == high).map(|(_, total)| total).sum();
        if low == high { 0.0 } else { (between - ends / 2.0).powi(2) }
    };
    let observed: f64 = pairable
        .iter()
        .map(|unit| {
            let pairs = unit.iter().flat_map(|a| unit.iter().map(move |b| (*a, *b)));
            pairs.map(|(a, b)| distance(a, b)).sum::<f64>() / (unit.len() as f64 - 1.0)
        })
        .sum();
    let expected: f64 = totals
        .iter()
        .flat_map(|(a, m)| totals.iter().map(move |(b, n)| (*a, *b, m * n)))
        .map(|(a, b, weight)| distance(a, b) * weight)
        .sum();
    (expected > 0.0).then(|| 1.0 - (n - 1.0) * observed / expected)
}

/// How often an interval is drawn from the pairs anew.
const DRAWS: usize = 2000;

/// The middle 95% of the quadratic kappa over pairs drawn anew from these with putting back (Efron and
/// Tibshirani, *An Introduction to the Bootstrap*, 1993), always the same draws; none where fewer than half
/// of the draws have one.
pub fn kappa_interval(pairs: &[(u8, u8)]) -> Option<(f64, f64)> {
    // A linear congruential generator (Knuth's MMIX constants): the same answer for the same files.
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut drawn = Vec::with_capacity(pairs.len());
    let mut kappas: Vec<f64> = Vec::new();
    for _ in 0..DRAWS {
        drawn.clear();
        for _ in 0..pairs.len() {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let at = usize::try_from(state >> 33).unwrap_or(0) % pairs.len().max(1);
            drawn.extend(pairs.get(at));
        }
        kappas.extend(weighted_kappa(&drawn, Weight::Quadratic));
    }
    if kappas.len() * 2 < DRAWS {
        return None;
    }
    kappas.sort_by(f64::total_cmp);
    let at = |share: f64| kappas.get(((kappas.len() - 1) as f64 * share).round() as usize).copied();
    at(0.025).zip(at(0.975))
}
