//! Attainment against its path, gaps and where they lie.

pub mod causes;
pub mod gaps;
pub mod progress;
pub mod pupil_codes;
pub(crate) mod targets;
pub mod trajectory;
