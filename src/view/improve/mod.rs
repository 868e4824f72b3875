//! Objectives, actions, duties and the log.

pub mod actions;
pub mod duties;
pub mod log;
pub mod objective_states;
pub mod objective_words;
pub mod objectives;
