//! Improve: objectives, actions, duties and the log.

pub(crate) mod actions;
pub(crate) mod duties;
pub(crate) mod log;
pub(crate) mod objectives;
