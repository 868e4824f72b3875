//! Objectives, actions, duties and the log.

pub mod actions;
pub mod duties;
pub mod log;
pub mod objectives;
