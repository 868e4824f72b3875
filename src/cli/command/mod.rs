//! The commands, in the groups of the help.

pub mod begin;
pub mod hand_over;
pub mod improve;
pub mod judge;
pub mod plan;
pub mod track;
