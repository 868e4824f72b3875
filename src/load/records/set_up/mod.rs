//! The readers of the set-up: `phase.toml`, the calendar, people, classes and subjects.

pub(crate) mod availability;
pub mod calendar;
pub(crate) mod classes;
pub mod phase;
pub mod settings;
pub(crate) mod staff;
pub(crate) mod subjects;
