//! A pupil taken out of a file: the rows of the code, and nothing else.

use super::csv_editor::CsvTable;
use crate::school::Id;

/// The text without the rows of a pupil, and the lines on which they stood; the code is distinguished by nothing
/// but the letters in it.
pub fn without_pupil(text: &str, pupil: &Id) -> (String, Vec<u32>) {
    let mut table = CsvTable::of(text, &[]);
    let gone = table.retain(|_, cell| cell("pupil") != pupil.as_str());
    (table.into_text(), gone)
}
