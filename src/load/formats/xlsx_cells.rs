//! The cells of a workbook, read within limits.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use calamine::{DataRef, XlsxCellReader};
use chrono::Timelike;

use crate::diagnostic::{Diagnostic, Place, Severity, letters};
use crate::load::formats::Diagnostics;
use crate::load::formats::csv::MOST_ROWS;
use crate::load::formats::folder::LARGEST_FILE;
use crate::load::formats::xlsx_references::stray_reference;
use crate::text::delimited;

/// The most that a workbook may unpack to, in bytes: 64 MiB.
pub(crate) const LARGEST_UNPACKED: u64 = 64 * 1024 * 1024;

/// The most parts that a workbook may be packed of.
pub(crate) const MOST_PARTS: usize = 2_000;

/// The most columns of a sheet.
pub(crate) const MOST_COLUMNS: u32 = 256;

/// The most cells of a workbook that are filled in.
pub(crate) const MOST_CELLS: usize = 1_000_000;

/// The most cells with errors that are shown one by one.
pub(crate) const MOST_WRONG: usize = 200;

/// The most that the texts of a workbook may unpack to, in bytes: 24 MiB.
pub(crate) const LARGEST_TEXTS: u64 = 24 * 1024 * 1024;

pub(crate) fn refusal(file: &str, message: &str, hint: &str) -> Box<Diagnostic> {
    Box::new(Diagnostic::of_file(Severity::Error, file, message.to_owned(), hint.to_owned()))
}

/// Refuses bytes that are no workbook, and a workbook that is too large or has cells where no sheet has any.
pub(crate) fn refuse_unreadable(file: &str, bytes: &[u8]) -> Result<(), Box<Diagnostic>> {
    if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        let message = "this workbook has a password, or is of the form before 2007";
        return Err(refusal(file, message, "save it as an Excel workbook (.xlsx) without a password"));
    }
    match unpacks_to(bytes) {
        None => return Err(refusal(file, "this is no workbook", "save it as an Excel workbook (.xlsx)")),
        Some(size) if size > LARGEST_UNPACKED => {
            let hint = "keep one year of one school in it, and no pictures";
            return Err(refusal(file, "this workbook unpacks to more than 64 MiB", hint));
        }
        Some(_) => {}
    }
    match stray_reference(bytes) {
        Some((sheet, stray)) => {
            let message = format!("the sheet {sheet} has a cell {stray}, which no sheet can have");
            Err(refusal(file, &message, "open it in Excel and save it again"))
        }
        None => Ok(()),
    }
}

/// Reads the cells of a workbook's sheets within the limits of the whole.
pub(crate) struct CellReader<'f> {
    pub(super) file: &'f str,
    /// How many cells may still come.
    pub(super) left: usize,
    /// How long the text is so far, in bytes.
    pub(super) size: usize,
    /// How many cells with errors were shown.
    pub(super) wrong: usize,
    pub(super) diagnostics: &'f Diagnostics,
}

impl CellReader<'_> {
    /// The texts of a sheet's cells, by row and column from 0.
    pub(crate) fn sheet(
        &mut self,
        name: &str,
        reader: &mut XlsxCellReader<'_, Cursor<Vec<u8>>>,
    ) -> Result<BTreeMap<(u32, u32), String>, Box<Diagnostic>> {
        let mut cells: BTreeMap<(u32, u32), String> = BTreeMap::new();
        loop {
            let cell = match reader.next_cell_with_formula() {
                Ok(Some(cell)) => cell,
                Ok(None) => return Ok(cells),
                Err(_) => {
                    let message = format!("the sheet {name} cannot be read");
                    return Err(refusal(self.file, &message, "open it in Excel and save it again"));
                }
            };
            let said = match (&cell.value, &cell.formula) {
                (DataRef::Empty, Some(formula)) if !formula.is_empty() => {
                    Err("its formula was never worked out".to_owned())
                }
                (value, _) => said(value).map_err(|error| format!("it holds an error: {error}")),
            };
            if said.as_ref().is_ok_and(|said| said.trim().is_empty()) {
                continue;
            }
            self.refuse_too_much(name, cell.pos, said.as_ref().map_or(0, String::len))?;
            match said {
                Ok(said) => {
                    cells.insert(cell.pos, said.replace(['\n', '\r'], " "));
                }
                Err(message) => self.note_wrong(name, cell.pos, message),
            }
        }
    }

    /// Refuses a workbook with too much text, too many cells, or a cell far outside any table.
    pub(crate) fn refuse_too_much(
        &mut self,
        name: &str,
        (row, column): (u32, u32),
        length: usize,
    ) -> Result<(), Box<Diagnostic>> {
        self.size += length;
        if self.size as u64 > LARGEST_FILE * 1024 * 1024 {
            let message = "the workbook's text is larger than 32 MiB";
            return Err(refusal(self.file, message, "keep one year in it"));
        }
        if row as usize > MOST_ROWS + 1 || column >= MOST_COLUMNS {
            let at = format!("{name}!{}{}", letters(column + 1), u64::from(row) + 1);
            let hint = format!("a sheet may have {MOST_ROWS} rows and {MOST_COLUMNS} columns");
            return Err(refusal(self.file, &format!("{at} stands far outside the table"), &hint));
        }
        self.left = self.left.saturating_sub(1);
        if self.left == 0 {
            let message = "the workbook has more than 1,000,000 cells";
            return Err(refusal(self.file, message, "keep one year in it"));
        }
        Ok(())
    }

    /// Notes a cell that cannot be read; of very many only the first.
    pub(crate) fn note_wrong(&mut self, name: &str, (row, column): (u32, u32), message: String) {
        if self.wrong == MOST_WRONG {
            return;
        }
        self.wrong += 1;
        let hint = "open it in Excel, mend the formula or type the value, and save";
        let place = Place { file: self.file.into(), sheet: Some(name.trim().into()), line: row + 1 };
        let whole = Diagnostic::of_file(Severity::Error, self.file, message, hint.to_owned());
        self.diagnostics.push(Diagnostic { place, column: column + 1, ..whole });
    }
}

/// How many bytes a zip unpacks to, or a few more than are allowed; it is unpacked to nowhere to know.
/// None where it is no zip, or one of too many parts.
pub(crate) fn unpacks_to(bytes: &[u8]) -> Option<u64> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).ok()?;
    if archive.len() > MOST_PARTS {
        return None;
    }
    let mut size = 0;
    for index in 0..archive.len() {
        let left = LARGEST_UNPACKED.saturating_sub(size) + 1;
        let part = archive.by_index(index).ok()?;
        let texts = part.name().is_ok_and(|name| name.ends_with("sharedStrings.xml"));
        let unpacked = std::io::copy(&mut part.take(left), &mut std::io::sink()).ok()?;
        // The texts of a workbook take several times their size while they are read.
        size += if texts && unpacked > LARGEST_TEXTS { LARGEST_UNPACKED + 1 } else { unpacked };
    }
    Some(size)
}

/// What a cell says, as it would be typed.
pub(crate) fn said(value: &DataRef<'_>) -> Result<String, String> {
    Ok(match value {
        DataRef::Empty => String::new(),
        DataRef::String(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::Bool(yes) => if *yes { "yes" } else { "no" }.to_owned(),
        DataRef::DateTime(moment) => {
            let minute = |at: chrono::NaiveDateTime| at + chrono::TimeDelta::seconds(30);
            match moment.as_datetime().map(minute) {
                Some(at) if moment.as_f64() < 1.0 => at.format("%H:%M").to_string(),
                Some(at) if (at.hour(), at.minute()) == (0, 0) => at.format("%Y-%m-%d").to_string(),
                Some(at) => at.format("%Y-%m-%d %H:%M").to_string(),
                None => moment.as_f64().to_string(),
            }
        }
        DataRef::Error(error) => return Err(error.to_string()),
    })
}

/// The cells as lines of CSV: a line a row, from the first.
pub(crate) fn lay_out(cells: &BTreeMap<(u32, u32), String>, text: &mut String) {
    let mut at = (0, 0);
    for ((row, column), said) in cells {
        while at.0 < *row {
            text.push('\n');
            at = (at.0 + 1, 0);
        }
        while at.1 < *column {
            text.push(',');
            at.1 += 1;
        }
        text.push_str(&delimited::quoted(said, b','));
    }
    text.push('\n');
}
