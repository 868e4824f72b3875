//! Answers made of answers: what judging and tracking tell planning, and each other.

pub mod causes;
pub mod coming;
pub mod figures;
pub mod needs;
pub mod new_year;
pub mod notices;
pub mod off_path;
pub mod reports;
pub mod status;
