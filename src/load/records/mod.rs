//! One reader a data file.

pub(crate) mod actions;
pub mod attainment;
pub(crate) mod duties;
pub mod evidence;
pub(crate) mod judgements;
pub(crate) mod log;
pub(crate) mod objectives;
pub(crate) mod proof;
pub mod reader;
pub(crate) mod report_kinds;
pub mod schedules;
mod session_rows;
pub mod set_up;
