//! Bytes to records that know their place: CSV, TOML, workbooks and calendars.

pub(crate) mod csv;
pub(crate) mod diagnostics;
pub mod folder;
pub mod ics;
pub(crate) mod ics_recurrence;
pub(crate) mod record;
pub mod source;
pub mod times;
pub(crate) mod toml;
pub(crate) mod toml_table;
pub mod values;
pub(crate) mod xlsx;
pub mod xlsx_cells;
pub(crate) mod xlsx_references;

pub use diagnostics::Diagnostics;
pub use folder::Folder;
pub use record::{ColumnCell, Record, RecordCell};
pub use source::Source;
pub use values::{UNSHOWN, ValueError};
