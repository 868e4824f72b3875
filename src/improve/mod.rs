//! Improving what falls short: objectives and their criteria, actions and whether they worked, duties of the post.

pub mod actions;
pub mod duties;
pub mod log;
pub mod measures;
pub mod objectives;
pub mod records;
