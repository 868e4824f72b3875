//! Changes of the records: each a value, shown or applied as a whole.

pub mod actions;
pub mod sessions;
pub mod set_up;

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Result;

use crate::school::layout::RecordLayout;
use crate::school::layout::rows::SetUpRow;
use crate::store::atomic_file::FileEdit;
use crate::store::yearly_records::{with_change, with_rows};

/// A change of the records that is not written yet, and what is to be shown of it.
#[derive(Debug)]
pub struct Edit<A> {
    /// The files as they were read, each with its new text; all of them are written, or none.
    pub files: Vec<(FileEdit, String)>,
    pub answer: A,
}

impl<A> Edit<A> {
    /// No change.
    pub fn nothing(answer: A) -> Self {
        Self { files: Vec::new(), answer }
    }

    /// A change of one file, by a function from its text to the new one.
    ///
    /// # Errors
    /// Where the file cannot be read, or the function fails.
    pub fn of(
        root: &Path,
        file: &str,
        answer: A,
        change: impl FnOnce(&str) -> Result<String>,
    ) -> Result<Self> {
        let edit = FileEdit::open(root, file)?;
        let text = change(&edit.text)?;
        Ok(Self { files: vec![(edit, text)], answer })
    }

    /// A row added at the end of a file.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn row(root: &Path, layout: &RecordLayout, row: SetUpRow, answer: A) -> Result<Self> {
        Self::of(root, layout.file, answer, |text| Ok(with_rows(text, layout, &[row])))
    }

    /// Cells of the row of an id.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn cells(root: &Path, layout: &RecordLayout, id: &str, values: &SetUpRow, answer: A) -> Result<Self> {
        Self::of(root, layout.file, answer, |text| Ok(with_change(text, layout, id, values)))
    }

    /// The same change, with another answer.
    pub fn with<B>(self, answer: B) -> Edit<B> {
        Edit { files: self.files, answer }
    }

    /// The names of the files whose text changes.
    pub fn changed(&self) -> impl Iterator<Item = &str> {
        let changed = self.files.iter().filter(|(edit, text)| edit.text != *text);
        changed.map(|(edit, _)| edit.name.as_str())
    }

    /// The files of the workspace as they would be, by their names.
    pub fn as_if(&self, root: &Path) -> BTreeMap<String, Option<Vec<u8>>> {
        let here = self.files.iter().filter(|(edit, _)| edit.is_in(root));
        here.map(|(edit, text)| (edit.name.clone(), edit.as_if(text))).collect()
    }
}
