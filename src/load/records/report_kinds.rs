//! `reports.toml`: a school's own order and choice of sections, and its opening and closing words.

use std::collections::BTreeMap;

use super::reader::YearReader;
use crate::load::formats::values::nearest;
use crate::load::formats::{Record, RecordCell, Source, ValueError, values};
use crate::school::layout;
use crate::school::{Placeholder, ReportCustomisation, ReportKind, Section, TextPiece};

/// Reads the school's own choices, by report.
pub fn read(source: &Source, reader: &mut YearReader<'_>) -> BTreeMap<ReportKind, ReportCustomisation> {
    let root = crate::load::formats::toml::read(source);
    root.record(layout::REPORTS_FILE);
    let mut choices = BTreeMap::new();
    for kind in ReportKind::ALL {
        if let Some(table) = root.only(kind.word()) {
            let record = table.record(layout::REPORT);
            let [title, opening, closing] = ["title", "opening", "closing"].map(|name| {
                let text = reader.note(&record, name, false);
                text.map_or_else(Vec::new, |_| pieces(&record, name))
            });
            let [sections, appendix] =
                ["sections", "appendix"].map(|name| record.has(name).then(|| record.values(name, section)));
            for name in ["sections", "appendix"] {
                let list = record.list(name);
                for (index, cell) in list.iter().enumerate() {
                    if list.iter().take(index).any(|other| other.text == cell.text) {
                        let message = format!("the section `{}` is there twice", cell.text);
                        source.error(&cell.at, message, "name each section once");
                    }
                }
            }
            if record.has("sections") && record.cell("sections").is_none() {
                source.error(
                    &record.first_line(),
                    "a report has at least one section",
                    "name one, such as summary",
                );
            }
            if record.may_be_kept {
                let at = Some(record.place());
                choices
                    .insert(*kind, ReportCustomisation { title, sections, appendix, opening, closing, at });
            }
        }
    }
    choices
}

fn section(text: &str) -> Result<Section, ValueError> {
    values::fixed_word(text, "section")
}

/// A text, with what stands between braces read.
fn pieces(record: &Record<'_>, name: &str) -> Vec<TextPiece> {
    let Some(cell) = record.cell(name) else { return Vec::new() };
    match read_pieces(&cell.text) {
        Ok(pieces) => pieces,
        Err((word, wrong)) => {
            record.refuse(&within(record, cell, &word), wrong);
            Vec::new()
        }
    }
}

/// Where a word stands in a cell as it is written; the whole cell where it is not found.
fn within(record: &Record<'_>, cell: &RecordCell<'_>, word: &str) -> std::ops::Range<usize> {
    let written = record.source.text.get(cell.at.clone()).unwrap_or_default();
    match written.find(word) {
        Some(at) if !word.is_empty() => cell.at.start + at..cell.at.start + at + word.len(),
        _ => cell.at.clone(),
    }
}

/// Splits a text at its placeholders; else the word that is none, and what is wrong.
fn read_pieces(text: &str) -> Result<Vec<TextPiece>, (String, ValueError)> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((word, behind)) = after.split_once('}') else {
            let wrong = ValueError::new(
                "a `{` without its `}`",
                "write a placeholder as {phase}, or leave the brace out",
            );
            return Err(("{".to_owned(), wrong));
        };
        if !before.is_empty() {
            pieces.push(TextPiece::Text(before.to_owned()));
        }
        let Some(placeholder) = Placeholder::from_word(word.trim()) else {
            let hint = match nearest(word, Placeholder::WORDS.iter().copied()) {
                Some(near) => format!("did you mean {{{near}}}?"),
                None => format!("known are {}", Placeholder::WORDS.join(", ")),
            };
            return Err((
                format!("{{{word}}}"),
                ValueError::new(format!("{{{word}}} is no placeholder"), &hint),
            ));
        };
        pieces.push(TextPiece::Known(placeholder));
        rest = behind;
    }
    if !rest.is_empty() {
        pieces.push(TextPiece::Text(rest.to_owned()));
    }
    Ok(pieces)
}
