//! Judging what evidence shows: aspects, areas, the job card's two questions, and the plan to the next grade.

pub mod firmness;
pub mod gather;
pub mod roll_up;
pub mod votes;
