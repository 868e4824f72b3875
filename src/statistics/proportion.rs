//! Shares: how sure one can be of k in n.

/// The two-sided 95% point of the normal distribution.
pub const Z95: f64 = 1.959_963_984_540_054;

/// The 95% Wilson score interval of `successes` in `of`, without continuity correction (Wilson, *Journal of
/// the American Statistical Association* 22, 1927): the lower and upper end, between 0 and 1; none of nothing.
pub fn wilson(successes: u32, of: u32) -> Option<(f64, f64)> {
    if of == 0 {
        return None;
    }
    let (n, share) = (f64::from(of), f64::from(successes) / f64::from(of));
    let z2 = Z95 * Z95;
    let centre = share + z2 / (2.0 * n);
    let half = Z95 * (share * (1.0 - share) / n + z2 / (4.0 * n * n)).sqrt();
    let scale = 1.0 + z2 / n;
    let lower = if successes == 0 { 0.0 } else { (centre - half) / scale };
    let upper = if successes == of { 1.0 } else { (centre + half) / scale };
    Some((lower, upper))
}

/// The chance that more than half is truly at or above a grade, with `k` of `n` items there and nothing
/// known before: the sum over j = 0..k of C(n + 1, j) / 2^(n + 1). It treats items as independent, which
/// they are not: at most so much.
pub fn more_than_half(k: u32, n: u32) -> f64 {
    // The logarithm keeps large counts from running over.
    let m = f64::from(n) + 1.0;
    let mut log_choose = 0.0_f64;
    let mut sum = 0.0;
    for j in 0..=k {
        if j > 0 {
            log_choose += ((m - f64::from(j) + 1.0) / f64::from(j)).ln();
        }
        sum += (log_choose - m * std::f64::consts::LN_2).exp();
    }
    sum.min(1.0)
}
