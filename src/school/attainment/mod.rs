//! Results: what pupils reached, at which data point, on which scale; and what is aimed at.

pub mod data_point;
pub mod measure;
pub mod pupils;
pub mod results;
pub mod scale;
pub mod targets;
