//! Answers made of answers: what judging tells planning.

pub mod causes;
pub mod needs;
