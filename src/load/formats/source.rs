//! A file's text, with the place of every byte, and what is wrong at it.

use std::ops::Range;
use std::sync::Arc;

use super::diagnostics::Diagnostics;
use super::values::ValueError;
use crate::diagnostic::{Diagnostic, Excerpt, Place, Severity};
use crate::text::delimited;
use crate::text::encoding::Lines;

/// How much of a line is shown around what is wrong in it, in bytes.
const LONGEST_EXCERPT: usize = 2_000;

/// A file's text.
#[derive(Debug)]
pub struct Source {
    /// Its name inside the workspace.
    pub file: Arc<str>,
    /// Its text; of a workbook the rows of every sheet, one after another, as lines of CSV.
    pub text: String,
    lines: Lines,
    /// Where what is wrong in it is said.
    pub diagnostics: Diagnostics,
    /// The sheets of a workbook, and the line on which each begins.
    sheets: Vec<(Arc<str>, u32)>,
}

impl Source {
    /// A text under a name; what is wrong in it is said nowhere else.
    pub fn new(file: &str, text: String) -> Self {
        let lines = Lines::of(&text);
        Self { file: file.into(), text, lines, diagnostics: Diagnostics::default(), sheets: Vec::new() }
    }

    /// The same, with what is wrong in it said among others.
    pub fn with(self, diagnostics: &Diagnostics) -> Self {
        Self { diagnostics: diagnostics.clone(), ..self }
    }

    /// The text of a workbook's sheets, each with the byte at which it begins.
    pub fn of_sheets(file: &str, text: String, sheets: &[(String, usize)]) -> Self {
        let source = Self::new(file, text);
        let begin = |(name, start): &(String, usize)| (name.as_str().into(), source.lines.line(*start));
        Self { sheets: sheets.iter().map(begin).collect(), ..source }
    }

    /// Whether it is a workbook.
    pub fn is_workbook(&self) -> bool {
        !self.sheets.is_empty()
    }

    /// The place of a byte.
    pub fn place(&self, byte: usize) -> Place {
        let line = self.lines.line(byte);
        let sheet = self.sheets.iter().rev().find(|(_, first)| *first <= line);
        let first = sheet.map_or(1, |(_, first)| *first);
        Place { file: self.file.clone(), sheet: sheet.map(|(name, _)| name.clone()), line: line - first + 1 }
    }

    /// The column of a byte in its line, from 1: in characters, or in cells of a sheet.
    fn column(&self, line: &Range<usize>, byte: usize) -> usize {
        if !self.is_workbook() {
            return self.text.get(line.start..byte).unwrap_or_default().chars().count() + 1;
        }
        let row = delimited::rows_within(&self.text, line, b',').next().unwrap_or_default();
        row.cells.iter().position(|cell| byte <= cell.end).unwrap_or(row.cells.len()) + 1
    }

    /// The bytes of a line, counted from 1, without its end.
    pub fn line(&self, line: u32) -> Range<usize> {
        self.lines.range(&self.text, line)
    }

    /// The line that a byte stands in.
    pub fn line_of(&self, byte: usize) -> &str {
        let line = self.lines.range(&self.text, self.lines.line(byte));
        self.text.get(line).unwrap_or_default()
    }

    /// Says what is wrong at some bytes.
    pub fn error(&self, at: &Range<usize>, message: impl Into<String>, hint: &str) {
        self.refuse(at, ValueError::new(message, hint));
    }

    /// Says why a value is refused.
    pub fn refuse(&self, at: &Range<usize>, wrong: ValueError) {
        self.diagnostics.push(self.diagnostic(Severity::Error, at, wrong.message, wrong.hint));
    }

    /// Says what a person should look at.
    pub fn warning(&self, at: &Range<usize>, message: impl Into<String>, hint: &str) {
        self.diagnostics.push(self.diagnostic(Severity::Warning, at, message.into(), hint.to_owned()));
    }

    /// Says why a value is refused, in a line that is not to be shown, whatever else is wrong in it.
    pub fn hush(&self, at: &Range<usize>, wrong: ValueError) {
        self.diagnostics.hush(self.diagnostic(Severity::Error, at, wrong.message, wrong.hint));
    }

    /// Refuses a text that reads as a safeguarding concern; it is not shown.
    pub fn refuse_concern(&self, at: &Range<usize>, text: &str) {
        if self.diagnostics.concern_check().is_concern(text) {
            self.hush(at, self.diagnostics.concern());
        }
    }

    /// An error of some bytes. What goes past the end of its line is cut off; of a very long line only what stands around
    /// them is shown.
    pub fn diagnostic(
        &self,
        severity: Severity,
        at: &Range<usize>,
        message: String,
        hint: String,
    ) -> Diagnostic {
        let place = self.place(at.start);
        let line = self.lines.range(&self.text, self.lines.line(at.start));
        let start = at.start.clamp(line.start, line.end);
        let end = at.end.clamp(start, line.end);
        let column = self.column(&line, start);
        let shown = self.around(start, &line);
        let marked = start - shown.start..end.min(shown.end) - shown.start;
        let text = self.text.get(shown).unwrap_or_default().to_owned();
        let excerpt = text.get(marked.clone()).is_some().then_some(Excerpt { marked, text });
        Diagnostic { severity, place, column: u32::try_from(column).unwrap_or(0), message, hint, excerpt }
    }

    /// The bytes of a line that are shown around one of them: all, unless it is very long.
    fn around(&self, byte: usize, line: &Range<usize>) -> Range<usize> {
        if line.len() <= LONGEST_EXCERPT {
            return line.clone();
        }
        let letter = |mut at: usize| {
            while !self.text.is_char_boundary(at) {
                at -= 1;
            }
            at
        };
        let from = byte.saturating_sub(LONGEST_EXCERPT / 2).max(line.start);
        letter(from)..letter((from + LONGEST_EXCERPT).min(line.end))
    }
}
