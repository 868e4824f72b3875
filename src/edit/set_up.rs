//! The set-up, changed.

use std::path::Path;

use anyhow::{Context, Result};

use super::Edit;
use crate::school::School;
use crate::school::layout::RecordLayout;
use crate::school::layout::rows::SetUpRow;
use crate::store::set_up;

/// Rows added to a file of the set-up.
///
/// # Errors
/// Where the file cannot be read, or is not written so that rows can be added to it.
pub fn rows<A>(
    root: &Path,
    school: &School,
    layout: &RecordLayout,
    rows: &[SetUpRow],
    answer: A,
) -> Result<Edit<A>> {
    let year = school.set_up.calendar.academic_year;
    Edit::of(root, layout.file, answer, |text| {
        set_up::with_rows(text, layout, rows, year)
            .with_context(|| format!("{} cannot be changed", layout.file))
    })
}
