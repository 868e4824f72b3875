//! Answers made of answers: what judging and tracking ask of planning, and of each other.

pub mod new_year;
pub mod notices;
pub mod possible_causes;
pub mod report;
pub mod status;
pub mod subject_needs;
pub mod upcoming;
pub mod year_figures;
