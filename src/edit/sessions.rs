//! Sessions as agreed, changed.

use std::path::Path;

use anyhow::Result;

use super::Edit;
use crate::school::{School, Session};
use crate::store::published;

/// One session changed or added in the schedule of its half term.
///
/// # Errors
/// Where its file cannot be read.
pub fn changed(root: &Path, school: &School, half_term: u8, session: Session) -> Result<Edit<Session>> {
    Ok(agreed(root, school, half_term, std::slice::from_ref(&session))?.with(session))
}

/// Sessions changed or added in the schedule of a half term; the answer is the file's name.
///
/// # Errors
/// Where the file cannot be read.
pub fn agreed(root: &Path, school: &School, half_term: u8, sessions: &[Session]) -> Result<Edit<String>> {
    let file = published::file(half_term);
    Edit::of(root, &file, file.clone(), |text| Ok(published::write(text, school, sessions)))
}
