//! Many tests at once: which flags hold up, and how many chance alone would raise.

/// How many flags chance alone raises in a test at 95%.
pub const BY_CHANCE: f64 = 0.05;

/// The rate of false alarms that what holds up is held to.
pub const RATE: f64 = 0.10;

/// The p-values adjusted for how many there are (Benjamini and Hochberg, *Journal of the Royal Statistical
/// Society* B 57, 1995), in the order given: each the least `p * m / rank` at its rank or beyond, at most 1.
pub fn adjusted(p: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..p.len()).collect();
    let at = |index: &usize| p.get(*index).copied().unwrap_or(1.0);
    order.sort_by(|a, b| at(a).total_cmp(&at(b)));
    let mut adjusted = vec![1.0; p.len()];
    let mut least = 1.0_f64;
    for (rank, index) in order.iter().enumerate().rev() {
        least = least.min(at(index) * p.len() as f64 / (rank + 1) as f64);
        if let Some(place) = adjusted.get_mut(*index) {
            *place = least;
        }
    }
    adjusted
}

/// Whether each holds up at a rate of false alarms.
pub fn holds_up(p: &[f64], rate: f64) -> Vec<bool> {
    adjusted(p).into_iter().map(|adjusted| adjusted <= rate + 1e-12).collect()
}
