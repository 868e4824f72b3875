//! One reader a data file.

pub(crate) mod actions;
pub mod assessments;
pub(crate) mod availability;
pub mod calendar;
pub(crate) mod classes;
pub(crate) mod duties;
pub mod evidence;
pub(crate) mod judgements;
pub(crate) mod log;
pub mod national;
pub(crate) mod objectives;
pub mod phase;
pub(crate) mod proof;
pub mod pupils;
pub mod reader;
pub(crate) mod report_kinds;
pub mod result_codes;
pub mod schedules;
pub(crate) mod staff;
pub(crate) mod subjects;
pub(crate) mod targets;
