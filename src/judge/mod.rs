//! Judging what evidence shows: aspects, areas, the job card's two questions, and the plan to the next grade.

pub mod actions;
pub mod evaluation;
pub mod firmness;
pub mod form;
pub mod gather;
pub mod limits;
pub mod moderation;
pub mod next_grade;
pub mod pieces;
pub mod practice;
pub mod roll_up;
pub mod said;
pub mod shown;
pub mod validity;
pub mod votes;

pub use evaluation::{Evaluation, evaluate};
pub use gather::Scope;
