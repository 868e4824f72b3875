//! Improving what falls short: objectives and their criteria, actions and whether they worked, duties of the post.

pub mod actions;
pub mod context;
pub mod criteria;
pub mod due_rounds;
pub mod duties;
pub mod effects;
pub mod log;
pub mod matching_records;
pub mod measurement;
pub mod measures;
pub mod objective_state;
pub mod objectives;
