//! How a workspace's records are laid out: which file and which sheet, which columns, what stands in
//! each and what it is for. What reads them, what writes them and the forms all go by this.

mod attainment;
mod column;
pub mod rows;
mod set_up;
mod table;
mod toml_files;
mod year;

pub use attainment::*;
pub use column::*;
pub use set_up::*;
pub use table::{InnerTable, OwnKeys, TableLayout};
pub use toml_files::*;
pub use year::*;

/// The folders with files of their own: sent in or kept, and frameworks.
pub const FOLDERS: &[&str] = &["schedules", "evidence", "frameworks"];

/// The workbook that may stand in place of the set-up files.
pub const WORKBOOK: &str = "school.xlsx";

/// The file that marks a workspace as being written to.
pub const LOCK: &str = ".phase-lock";

/// The file that names the parts of a change to several files until all are in their places.
pub const JOURNAL: &str = ".phase-journal";

/// The file that keeps what the last edit changed.
pub const UNDO: &str = ".phase-undo";

/// How the names of drafts begin, and those of draft files end.
pub const DRAFT: (&str, &str) = (".phase-", ".tmp");

/// Whether a name is that of a draft, a file or a folder that takes the place of another once it is whole.
pub fn is_draft(name: &str) -> bool {
    let middle = name.strip_prefix(DRAFT.0).map(|rest| rest.strip_suffix(DRAFT.1).unwrap_or(rest));
    middle.is_some_and(|middle| middle.len() == 6 && middle.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

/// Every file of the set-up, the workbook too.
pub fn files() -> Vec<&'static str> {
    FILES.iter().copied().chain([WORKBOOK]).collect()
}

/// Every file in the workspace's own folder that is read.
pub fn all_files() -> Vec<&'static str> {
    let own = KEPT.iter().chain(TRACKED).chain(IMPROVED).copied().chain([IMPORT_MAPPINGS, REPORTS]);
    files().into_iter().chain(own).collect()
}
