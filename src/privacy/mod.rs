//! Who may see what: audiences, what may not be written at all, and names in text.

pub mod audience;
pub mod concerns;
pub mod names_in_text;
