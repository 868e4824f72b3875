//! Changes to the user's files: atomic, one row at a time, all else left as it was.

pub mod atomic_file;
mod csv_editor;
pub mod forget;
pub mod inputs;
pub mod journal;
pub mod leftovers;
pub mod lock;
pub mod new_folder;
pub mod new_year;
pub mod objectives;
pub mod outputs;
pub mod published;
pub mod set_up;
pub mod undo;
pub mod yearly_records;
