//! Plan: schedules, and what happened to their sessions.

pub(crate) mod absent;
pub(crate) mod clashes;
pub(crate) mod held;
pub(crate) mod import;
pub(crate) mod missed;
pub(crate) mod moved;
pub(crate) mod schedule;
