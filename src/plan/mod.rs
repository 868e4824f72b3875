//! Planning the monitoring: the schedule of a half term, and the clashes in what was handed in.

pub mod candidates;
pub mod clashes;
pub mod constraints;
pub mod costs;
pub mod explain;
pub mod handing_in;
pub mod monitoring;
pub mod notices;
pub mod problem;
pub mod publish;
pub mod questions;
pub mod request;
pub mod schedule;
pub mod setting;
pub mod solver;
mod standing;

pub use clashes::{Clashes, clashes};
pub use request::Request;
pub use schedule::{Schedule, schedule};
