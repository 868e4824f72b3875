//! Tracks what pupils reach: subjects and groups against their paths, and where a shortfall may come from.

pub mod averages;
pub mod change;
pub mod cohort;
pub mod expected_path;
pub mod gaps;
pub mod national_comparison;
pub mod progress;
pub mod query;
pub mod shortfall;
pub mod suppression;
pub mod targets;
pub mod tracked_group;
pub mod trajectory;
