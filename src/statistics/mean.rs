//! Means: how sure one can be of the mean of true scores.

use statrs::distribution::{ContinuousCDF, StudentsT};

/// A mean and how sure one can be of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mean {
    /// How many values.
    pub n: u32,
    pub mean: f64,
    /// Their spread (standard deviation with n - 1); none of one value.
    pub spread: Option<f64>,
    /// The point of Student's t that the interval uses; none of one value.
    pub t: Option<f64>,
    /// The 95% interval; none of one value.
    pub interval: Option<(f64, f64)>,
}

/// The mean of values, with the 95% interval by Student's t; none of nothing.
pub fn mean(values: &[f64]) -> Option<Mean> {
    let n = u32::try_from(values.len()).ok().filter(|n| *n > 0)?;
    let count = f64::from(n);
    let mean = values.iter().sum::<f64>() / count;
    if n < 2 {
        return Some(Mean { n, mean, spread: None, t: None, interval: None });
    }
    let equal = values.windows(2).all(|pair| matches!(pair, [a, b] if a == b));
    let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
    let spread = if equal { 0.0 } else { (squares / (count - 1.0)).sqrt() };
    let t = StudentsT::new(0.0, 1.0, count - 1.0).ok()?.inverse_cdf(0.975);
    let half = t * spread / count.sqrt();
    Some(Mean { n, mean, spread: Some(spread), t: Some(t), interval: Some((mean - half, mean + half)) })
}

/// Value added as the tables of 2004 had it: 100 and the mean of points less the median points of pupils who
/// started the same; none of nothing. Each pair holds a pupil's points and that median.
pub fn value_added(pairs: &[(f64, f64)]) -> Option<f64> {
    let apart: f64 = pairs.iter().map(|(actual, median)| actual - median).sum();
    (!pairs.is_empty()).then(|| 100.0 + apart / pairs.len() as f64)
}
