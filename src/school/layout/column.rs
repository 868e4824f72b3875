//! What a column and a kind of record are.

/// What stands in a column, so that a sheet offers a list, or takes a date as a date.
#[derive(Clone, Copy, Debug)]
pub enum ColumnType {
    /// Words of the user's own.
    Text,
    /// Sentences, in which neither a lesson nor a person is graded.
    Note,
    /// One word of a form of its own: what is of no such form is an error.
    Code,
    Date,
    Time,
    Number,
    YesNo,
    Words(&'static [&'static str]),
    Staff,
    /// A person on the staff, or several between `;`.
    Teachers,
    Subject,
    Class,
    Phase,
    /// A period's id, or a time.
    Period,
    /// Several of what is named, between `;`.
    Several,
    /// Several of some words; of any, or of numbers, where there are none.
    ListOf(&'static [&'static str]),
    /// Lines that say what to do about concerns, and so may name them.
    Guidance,
}

/// A column of a file or sheet, or a key of a table.
#[derive(Clone, Copy, Debug)]
pub struct ColumnLayout {
    pub name: &'static str,
    /// Whether it must be there and be filled in.
    pub required: bool,
    pub holds: ColumnType,
    /// What it is for, in a few words.
    pub help: &'static str,
}

/// A column that may be left out.
pub(crate) const fn optional(name: &'static str, holds: ColumnType, help: &'static str) -> ColumnLayout {
    ColumnLayout { name, required: false, holds, help }
}

/// A column that must be there and be filled in.
pub(crate) const fn required(name: &'static str, holds: ColumnType, help: &'static str) -> ColumnLayout {
    ColumnLayout { name, required: true, holds, help }
}

/// The columns of a file that nobody fills in: those marked `required`, those that take a list, and those that may be
/// left out.
macro_rules! keys {
    ($($name:literal $($how:ident)*),* $(,)?) => {
        &[$(keys!(@one $name $($how)*)),*]
    };
    (@one $name:literal list) => {
        $crate::school::layout::optional($name, $crate::school::layout::ColumnType::Several, "")
    };
    (@one $name:literal required) => {
        $crate::school::layout::required($name, $crate::school::layout::ColumnType::Text, "")
    };
    (@one $name:literal) => {
        $crate::school::layout::optional($name, $crate::school::layout::ColumnType::Text, "")
    };
}
pub(crate) use keys;

impl ColumnLayout {
    /// Whether words of the user's own may stand in it: then they are looked through for what may not be kept.
    pub fn is_free(&self) -> bool {
        matches!(self.holds, ColumnType::Text | ColumnType::Note | ColumnType::Several)
    }

    /// Whether it takes several values.
    pub fn is_list(&self) -> bool {
        matches!(
            self.holds,
            ColumnType::Several
                | ColumnType::ListOf(_)
                | ColumnType::Teachers
                | ColumnType::Period
                | ColumnType::Guidance
        )
    }
}

/// Where records stand in the workspace's files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecordLocation {
    /// The rows of a CSV file.
    Rows,
    /// Tables of a TOML file: their key.
    Tables(&'static str),
    /// The values of one key of another sheet's tables, a row each: that key.
    Values(&'static str),
    /// All other keys of a TOML file, a row each.
    Keys,
}

/// One kind of record.
#[derive(Clone, Copy, Debug)]
pub struct RecordLayout {
    /// Its sheet in `school.xlsx`.
    pub sheet: &'static str,
    pub file: &'static str,
    pub home: RecordLocation,
    pub about: &'static str,
    /// Its columns, in the order in which they are best filled in.
    pub columns: &'static [ColumnLayout],
}
