//! The set-up as it was read: the files, and the workbook that may stand in place of them.

use std::collections::BTreeMap;

use super::formats::toml_table::TomlTable;
use super::formats::xlsx::{self, Workbook};
use super::formats::{Diagnostics, Folder, Record, Source};
use super::formats::{csv, toml};
use crate::diagnostic::Place;
use crate::school::layout::{self, RecordLayout, RecordLocation, WORKBOOK};

/// The files of the set-up by name, and the workbook.
pub struct SetUpFiles {
    files: BTreeMap<&'static str, Source>,
    workbook: Option<Workbook>,
}

impl SetUpFiles {
    /// Reads what is there. The same records in a file and in the workbook are shown.
    pub fn read(folder: &Folder) -> Self {
        let mut files = BTreeMap::new();
        for name in layout::FILES {
            files.extend(folder.source(name).map(|source| (*name, source)));
        }
        let wanted: Vec<&str> = layout::SET_UP.iter().map(|layout| layout.sheet).collect();
        let bytes = folder.bytes(WORKBOOK).transpose();
        let book = bytes.map(|bytes| xlsx::read(WORKBOOK, bytes?, &wanted, &folder.diagnostics)).transpose();
        let workbook = book.map_err(|wrong| folder.diagnostics.push(*wrong)).ok().flatten();
        let sources = Self { files, workbook };
        sources.report_twins(&folder.diagnostics);
        sources
    }

    /// Reports records that stand both in a file and in the workbook. What people do when may stand in
    /// both: `phase absent` adds rows to the file.
    fn report_twins(&self, diagnostics: &Diagnostics) {
        let twice = self.files.keys().filter(|file| self.is_in_workbook(file));
        for file in twice.filter(|file| **file != layout::AVAILABILITY.file) {
            let sheets: Vec<&str> = layout::SET_UP
                .iter()
                .filter(|layout| match layout.home {
                    RecordLocation::Keys => self.workbook.as_ref().is_some_and(|book| book.has_keys(file)),
                    _ => layout.file == *file && self.rows_in_workbook(layout),
                })
                .map(|layout| layout.sheet)
                .collect();
            let message = format!("these records stand in {WORKBOOK} too ({})", sheets.join(", "));
            let hint = format!("keep one: delete this file, or empty the sheets in {WORKBOOK}");
            diagnostics.error(&Place::file(file), message, &hint);
        }
    }

    fn rows_in_workbook(&self, layout: &RecordLayout) -> bool {
        self.workbook.as_ref().is_some_and(|workbook| workbook.has_rows(layout))
    }

    /// Whether the workbook has records of a file. Of the sheet School the rows of `calendar` belong to
    /// `calendar.toml`, all others to `phase.toml`.
    fn is_in_workbook(&self, file: &str) -> bool {
        self.workbook.as_ref().is_some_and(|workbook| {
            layout::SET_UP.iter().any(|layout| match layout.home {
                RecordLocation::Keys => workbook.has_keys(file),
                _ => layout.file == file && workbook.has_rows(layout),
            })
        })
    }

    /// How many files were read.
    pub fn count(&self) -> usize {
        self.files.len() + usize::from(self.workbook.is_some())
    }

    /// Whether the records of a file are there, in it or in the workbook.
    pub fn has(&self, file: &str) -> bool {
        self.files.contains_key(file) || self.is_in_workbook(file)
    }

    /// The workbook, where there is one.
    pub fn workbook(&self) -> Option<&Workbook> {
        self.workbook.as_ref()
    }

    /// Where records are, as a message names it: `staff.csv`, or `the sheet Staff`.
    pub fn called(&self, layout: &RecordLayout) -> String {
        if !self.files.contains_key(layout.file) && self.workbook.is_some() {
            format!("the sheet {}", layout.sheet)
        } else {
            layout.file.to_owned()
        }
    }

    /// The rows of a kind of record: of its file, and of its sheet.
    pub fn records(&self, layout: &RecordLayout) -> Vec<Record<'_>> {
        let file = self.files.get(layout.file).filter(|_| matches!(layout.home, RecordLocation::Rows));
        let mut records = match file {
            Some(source) => csv::records(source, layout.columns),
            None => Vec::new(),
        };
        // Of records that stand in both, which has been reported, those of the file are read.
        if file.is_none() || layout.file == layout::AVAILABILITY.file {
            records.extend(self.workbook.iter().flat_map(|workbook| workbook.records(layout)));
        }
        records
    }

    /// The tables of a TOML file, from it or from the workbook, and what they stand in.
    pub fn tables(&self, file: &str) -> Option<TomlTable<'_>> {
        if let Some(source) = self.files.get(file) {
            return Some(toml::read(source));
        }
        let workbook = self.workbook.as_ref().filter(|_| self.is_in_workbook(file))?;
        Some(workbook.tables(file))
    }
}
