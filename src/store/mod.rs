//! Changes to the user's files: atomic, one row at a time, all else left as it was.

pub mod file;
pub mod forget;
pub mod kept;
pub mod new_year;
pub mod objectives;
pub mod published;
pub mod set_up;
mod table;
