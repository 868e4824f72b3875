//! Places in the user's files, and what is wrong at them.

use std::fmt;
use std::sync::Arc;

use serde::{Serialize, Serializer};

/// A line of a file of the workspace, as the user would look it up: `evidence/ht2.csv:14`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The file's name inside the workspace, with `/` between folders.
    pub file: Arc<str>,
    /// The sheet, where the file is a workbook.
    pub sheet: Option<Arc<str>>,
    /// The line, or the row of the sheet, counted from 1; 0 where the file as a whole is meant.
    pub line: u32,
}

impl Place {
    /// The file as a whole.
    pub fn file(name: &str) -> Self {
        Self { file: name.into(), sheet: None, line: 0 }
    }

    /// The place with a column (0 for the line as a whole) as it is shown: `staff.csv:4:12`, or a
    /// cell of a sheet, as a spreadsheet names it: `school.xlsx:Staff!C4`.
    pub fn with_column(&self, column: u32) -> String {
        match (&self.sheet, self.line, column) {
            (Some(sheet), line @ 1.., _) => format!("{}:{sheet}!{}{line}", self.file, letters(column.max(1))),
            (_, _, 0) => self.to_string(),
            _ => format!("{self}:{column}"),
        }
    }
}

/// The letters of a spreadsheet's column, counted from 1: 1 is A, 27 is AA.
pub fn letters(column: u32) -> String {
    let mut text = Vec::new();
    let mut rest = column;
    while rest > 0 {
        text.push(char::from(b'A' + u8::try_from((rest - 1) % 26).unwrap_or(0)));
        rest = (rest - 1) / 26;
    }
    text.iter().rev().collect()
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.sheet, self.line) {
            (None, 0) => write!(f, "{}", self.file),
            (Some(sheet), 0) => write!(f, "{}:{sheet}", self.file),
            (None, line) => write!(f, "{}:{line}", self.file),
            (Some(sheet), line) => write!(f, "{}:{sheet}!A{line}", self.file),
        }
    }
}

impl Serialize for Place {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Something that was left out, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct LeftOut {
    pub says: String,
    pub at: Place,
}

impl LeftOut {
    /// Something at a place.
    pub fn new(says: impl Into<String>, at: Place) -> Self {
        Self { says: says.into(), at }
    }
}

/// How much an error matters: an error stops the commands that need the file, a warning none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The record cannot be used as it stands.
    Error,
    /// The record is used, but a person should look at it.
    Warning,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
        })
    }
}

/// The line of the file that an error stands in, so that it can be drawn without the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excerpt {
    /// The line's text, without its line end.
    pub text: String,
    /// The bytes of `text` that are wrong; within `text`, at character boundaries.
    pub marked: std::ops::Range<usize>,
}

/// One thing that is wrong in the user's files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    pub severity: Severity,
    pub place: Place,
    /// The column, in characters from 1, or the sheet's column; 0 where the line or file as a whole is
    /// meant.
    pub column: u32,
    /// What is wrong, as one sentence without a full stop.
    pub message: String,
    /// What would be right; empty where there is nothing to add.
    pub hint: String,
    /// The line it stands in, where there is one.
    pub excerpt: Option<Excerpt>,
}

impl Diagnostic {
    /// An error of a file as a whole.
    pub fn of_file(severity: Severity, file: &str, message: String, hint: String) -> Self {
        Self::at(severity, &Place::file(file), message, hint)
    }

    /// One of a line or a file that is not at hand to be shown.
    pub fn at(severity: Severity, place: &Place, message: String, hint: String) -> Self {
        Self { severity, place: place.clone(), column: 0, message, hint, excerpt: None }
    }

    /// Whether it stops what needs its file; else a person should look at it.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }

    /// The order in which errors are shown: by file, line, column, then text.
    pub fn order(&self) -> (&Place, u32, &str) {
        (&self.place, self.column, &self.message)
    }
}
