//! The errors of a workspace in words.

use serde::Serialize;

use super::counted;
use crate::diagnostic::{Diagnostic, Place, Severity};
use crate::document::{Block, Cell, Document, Table};
use crate::render::diagnostic;

/// How many errors of one file are drawn; the others are counted.
const DRAWN: usize = 50;

/// The errors as scripts read them.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct DiagnosticsAnswer<'a> {
    schema: &'static str,
    diagnostics: Vec<DiagnosticRow<'a>>,
    files: usize,
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct DiagnosticRow<'a> {
    severity: Severity,
    at: &'a Place,
    column: u32,
    message: &'a str,
    hint: &'a str,
}

/// The errors as one object.
pub fn answer(diagnostics: &[Diagnostic], files: usize) -> DiagnosticsAnswer<'_> {
    DiagnosticsAnswer {
        schema: "phase/diagnostics/1",
        diagnostics: diagnostics.iter().map(row).collect(),
        files,
    }
}

fn row(diagnostic: &Diagnostic) -> DiagnosticRow<'_> {
    let Diagnostic { severity, place, column, message, hint, .. } = diagnostic;
    DiagnosticRow { severity: *severity, at: place, column: *column, message, hint }
}

/// The errors, drawn.
pub fn drawn(diagnostics: &[Diagnostic], colour: bool) -> String {
    let mut text = String::new();
    let mut of_file = 0;
    for (index, diagnostic) in diagnostics.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|index| diagnostics.get(index));
        of_file = if before.is_some_and(|before| before.place.file == diagnostic.place.file) {
            of_file + 1
        } else {
            1
        };
        if of_file <= DRAWN {
            text.push_str(&diagnostic::draw(diagnostic, colour));
            text.push('\n');
        }
        let last = diagnostics.get(index + 1).is_none_or(|after| after.place.file != diagnostic.place.file);
        if last && of_file > DRAWN {
            text.push_str(&format!(
                "{}: and {} more (all of them: --json)\n\n",
                diagnostic.place.file,
                of_file - DRAWN
            ));
        }
    }
    text
}

/// How many errors there are, in a line.
pub fn summary(diagnostics: &[Diagnostic], files: usize) -> String {
    let errors = diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error).count();
    let warnings = diagnostics.len() - errors;
    let files = counted(files, "file");
    match (errors, warnings) {
        (0, 0) => format!("{files}, no fault"),
        (0, warnings) => format!("{} in {files}", counted(warnings, "warning")),
        (errors, 0) => format!("{} in {files}", counted(errors, "error")),
        (errors, warnings) => {
            format!("{}, {} in {files}", counted(errors, "error"), counted(warnings, "warning"))
        }
    }
}

/// The errors as a document.
pub fn document(diagnostics: &[Diagnostic], files: usize) -> Document {
    let rows = diagnostics.iter().map(|diagnostic| {
        vec![
            diagnostic.severity.to_string().into(),
            diagnostic.place.to_string().into(),
            Cell::Number(i64::from(diagnostic.column)),
            diagnostic.message.as_str().into(),
            diagnostic.hint.as_str().into(),
        ]
    });
    Document {
        title: summary(diagnostics, files),
        blocks: diagnostics
            .iter()
            .map(|diagnostic| Block::Verbatim(diagnostic::draw(diagnostic, false)))
            .collect(),
        records: Table::of(["severity", "at", "column", "message", "hint"], rows),
        ..Document::default()
    }
}
