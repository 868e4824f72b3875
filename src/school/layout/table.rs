//! What a table of a TOML file is.

use super::column::{ColumnLayout, ColumnType, RecordLayout};

/// A table of a TOML file: the keys that hold values, and the tables in it.
#[derive(Clone, Copy, Debug)]
pub struct TableLayout {
    pub keys: &'static [ColumnLayout],
    pub tables: &'static [InnerTable],
    /// What may stand in it under names of the user's own.
    pub own: OwnKeys,
}

/// What may stand in a table under names of the user's own.
#[derive(Clone, Copy, Debug)]
pub enum OwnKeys {
    None,
    Values(ColumnType),
    Tables(&'static TableLayout),
}

/// A table in another.
#[derive(Clone, Copy, Debug)]
pub struct InnerTable {
    pub name: &'static str,
    /// What it is for, in a few words.
    pub about: &'static str,
    /// Whether there may be several, as in `[[phase]]`.
    pub several: bool,
    pub layout: TableLayout,
}

impl TableLayout {
    /// A table of these keys, and no other.
    pub const fn of(keys: &'static [ColumnLayout]) -> Self {
        Self { keys, tables: &[], own: OwnKeys::None }
    }

    /// The same, with these tables in it.
    pub const fn with(self, tables: &'static [InnerTable]) -> Self {
        Self { tables, ..self }
    }

    /// A table whose keys are the user's own.
    pub const fn of_own(holds: ColumnType) -> Self {
        Self { keys: &[], tables: &[], own: OwnKeys::Values(holds) }
    }
}

impl From<&RecordLayout> for TableLayout {
    fn from(records: &RecordLayout) -> Self {
        Self::of(records.columns)
    }
}

/// A table that is there at most once.
pub(crate) const fn one(name: &'static str, about: &'static str, layout: TableLayout) -> InnerTable {
    InnerTable { name, about, several: false, layout }
}

/// A table of which there may be several.
pub(crate) const fn several(name: &'static str, about: &'static str, layout: TableLayout) -> InnerTable {
    InnerTable { name, about, several: true, layout }
}
