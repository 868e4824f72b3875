//! The readers of pupils, results, targets and national figures.

pub mod assessments;
pub mod national;
pub mod pupils;
pub mod result_codes;
pub(crate) mod targets;
