//! Improving what falls short: objectives and their criteria, actions and whether they worked, duties of the post.

pub mod actions;
pub mod criteria;
pub mod duties;
pub mod effects;
pub mod log;
pub mod measures;
pub mod objectives;
pub mod reading;
pub mod records;
pub mod rounds;
pub mod standpoint;
pub mod state;
