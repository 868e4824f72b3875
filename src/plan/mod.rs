//! Planning the monitoring: the schedule of a half term, and the clashes in what was sent in.

pub mod clashes;
pub mod constraints;
pub mod monitoring;
pub mod notices;
mod preferences;
pub mod schedule;
pub mod schedule_form;

pub use crate::plan::schedule::request::ScheduleRequest;
pub use clashes::{Clashes, clashes};
pub use schedule::{Schedule, schedule};
