//! Who may see what: audiences, what may not be written at all, and names in text.

pub mod audience;
mod bare_text;
pub mod concerns;
pub mod lesson_grades;
pub mod names_in_text;
