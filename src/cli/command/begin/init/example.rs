//! A full fictional school, with the year before it, to look at and to try things on.

use include_dir::{Dir, include_dir};

static THIS_YEAR: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/examples/two-form-primary");
static LAST_YEAR: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/examples/two-form-primary-2025-26");

/// Where last year's folder stands in the repository, and in the folder that is made.
const PREVIOUS: (&str, &str) = ("../two-form-primary-2025-26", "2025-26");

/// The school's files: those of the year before in a folder of their own.
pub(crate) fn files() -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    for (name, bytes) in all(&LAST_YEAR) {
        files.push((format!("{}/{name}", PREVIOUS.1), bytes));
    }
    files.extend(all(&THIS_YEAR));
    for (_, bytes) in files.iter_mut().filter(|(name, _)| name == "phase.toml") {
        let text = String::from_utf8_lossy(bytes).replace(PREVIOUS.0, PREVIOUS.1);
        *bytes = text.into_bytes();
    }
    // The file that makes a folder a workspace comes last.
    files.sort_by_key(|(name, _)| name.ends_with("phase.toml"));
    files
}

fn all(dir: &Dir<'_>) -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    for file in dir.files() {
        let name = file.path().to_string_lossy().replace('\\', "/");
        // A lock, or what a file manager leaves, is no part of the example.
        if name.split('/').any(|part| part.starts_with('.')) {
            continue;
        }
        files.push((name, file.contents().to_vec()));
    }
    for folder in dir.dirs() {
        files.extend(all(folder));
    }
    files
}
