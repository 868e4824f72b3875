//! What a person is shown where a command stops.

use std::io::Write;

use crate::document::plain;

/// The records have errors, which have been reported.
#[derive(Debug)]
pub(crate) struct ErrorsShown;

impl std::fmt::Display for ErrorsShown {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the records have faults")
    }
}

impl std::error::Error for ErrorsShown {}

/// What is said where something typed reads as a concern.
pub(crate) const NOT_SHOWN: &str = "phase: something on the command line reads as a safeguarding concern, which is not kept here (it is not shown); tell the designated safeguarding lead";

/// Writes a line to standard error, without anything that steers a terminal.
pub(crate) fn say(text: &str) {
    let text: String = text.lines().map(|line| format!("{}\n", plain(line))).collect();
    let _ = std::io::stderr().write_all(text.as_bytes());
}
