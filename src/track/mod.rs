//! Tracks what pupils reach: subjects and groups against their paths, and where a shortfall may come from.

pub mod book;
pub mod bounds;
pub mod causes;
pub mod change;
pub mod gaps;
pub mod hidden;
pub mod national;
mod overlaps;
pub mod path;
pub mod progress;
pub mod scored;
pub mod targets;
pub mod trajectory;
