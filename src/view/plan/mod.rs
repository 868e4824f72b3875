//! Schedules, clashes and the forms to plan on.

pub mod clashes;
pub(crate) mod monitoring;
pub mod questions;
pub mod schedule;
pub mod schedule_form;
pub mod schedule_notes;
