//! What reading a workspace came to.

use crate::diagnostic::Diagnostic;
use crate::school::School;

/// What reading a workspace came to.
#[derive(Debug)]
pub struct LoadedWorkspace {
    /// The school; none where `phase.toml`, `subjects.csv` or the term dates cannot be read at all.
    pub school: Option<School>,
    /// Every error and warning, by file, line and column.
    pub diagnostics: Vec<Diagnostic>,
    /// How many files were read.
    pub files: usize,
}
