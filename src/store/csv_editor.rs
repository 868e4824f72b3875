//! Editing delimited text row by row: what is not changed keeps every byte.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::text::delimited::{self, quoted};
use crate::text::encoding::Lines;

/// A table as text, with the places of its rows.
#[derive(Debug)]
pub(super) struct CsvTable {
    text: String,
    delimiter: u8,
    end: &'static str,
    heads: Vec<String>,
    head_at: Range<usize>,
    rows: Vec<delimited::DelimitedRow>,
}

impl CsvTable {
    /// Reads a text; one without a header gets this one.
    pub(super) fn of(text: &str, columns: &[&str]) -> Self {
        let mut text = text.to_owned();
        let end = match (text.contains("\r\n"), text.contains('\n'), text.contains('\r')) {
            (true, ..) => "\r\n",
            (_, false, true) => "\r",
            _ => "\n",
        };
        if text.trim().is_empty() {
            text = format!("{}{end}", columns.join(","));
        }
        let delimiter = delimited::delimiter(&text);
        let mut rows: Vec<delimited::DelimitedRow> = delimited::rows(&text, delimiter)
            .filter(|row| {
                !delimited::is_silent(&text, row)
                    && !text.get(row.at.clone()).unwrap_or_default().trim().starts_with("sep=")
            })
            .collect();
        let head = if rows.is_empty() { delimited::DelimitedRow::default() } else { rows.remove(0) };
        let heads = head
            .cells
            .iter()
            .map(|at| {
                delimited::value(text.get(at.clone()).unwrap_or_default())
                    .to_lowercase()
                    .replace([' ', '-'], "_")
            })
            .collect();
        Self { delimiter, end, heads, head_at: head.at, rows, text }
    }

    /// The text as it stands.
    pub(super) fn into_text(self) -> String {
        self.text
    }

    fn column(&self, name: &str) -> Option<usize> {
        self.heads.iter().position(|head| head == name)
    }

    /// Adds the columns that are not there to the header.
    fn need(&mut self, names: &[&str]) {
        let sign = char::from(self.delimiter);
        let missing: Vec<&str> = names.iter().copied().filter(|name| self.column(name).is_none()).collect();
        if missing.is_empty() {
            return;
        }
        let more: String = missing.iter().map(|name| format!("{sign}{name}")).collect();
        let at = self.head_at.end;
        self.text.insert_str(at, &more);
        self.head_at.end += more.len();
        self.heads.extend(missing.into_iter().map(str::to_owned));
        for row in &mut self.rows {
            let shift = |range: &mut Range<usize>| *range = range.start + more.len()..range.end + more.len();
            shift(&mut row.at);
            row.cells.iter_mut().for_each(shift);
        }
    }

    /// Changes cells of the row whose `key` column says `id`. Returns whether there is such a row.
    pub(super) fn change(&mut self, key: &str, id: &str, values: &[(&str, String)]) -> bool {
        let names: Vec<&str> =
            values.iter().filter(|(_, value)| !value.is_empty()).map(|(name, _)| *name).collect();
        self.need(&names);
        let Some(key) = self.column(key) else { return false };
        let value = |row: &delimited::DelimitedRow, index: usize| {
            row.cells
                .get(index)
                .and_then(|at| self.text.get(at.clone()))
                .map(|raw| delimited::value(raw).into_owned())
        };
        let Some(row) = self.rows.iter().find(|row| value(row, key).as_deref() == Some(id)).cloned() else {
            return false;
        };
        let mut cells: Vec<String> =
            row.cells.iter().map(|at| self.text.get(at.clone()).unwrap_or_default().to_owned()).collect();
        for (name, new) in values {
            let Some(index) = self.column(name) else { continue };
            if cells.get(index).is_none_or(|raw| delimited::value(raw) != new.as_str()) {
                if cells.len() <= index {
                    cells.resize(index + 1, String::new());
                }
                if let Some(cell) = cells.get_mut(index) {
                    *cell = quoted(new, self.delimiter);
                }
            }
        }
        let sign = char::from(self.delimiter).to_string();
        self.text.replace_range(row.at.clone(), &cells.join(&sign));
        *self = Self::of(&self.text, &[]);
        true
    }

    /// Changes cells of the rows on some lines, counted from 1; every other byte stays.
    pub(super) fn change_lines(&mut self, changes: &BTreeMap<u32, Vec<(&str, String)>>) {
        let names: BTreeSet<&str> = changes.values().flatten().map(|(name, _)| *name).collect();
        self.need(&names.into_iter().collect::<Vec<_>>());
        let lines = Lines::of(&self.text);
        let changed: Vec<(Range<usize>, String)> = self
            .rows
            .iter()
            .filter_map(|row| {
                let values = changes.get(&lines.line(row.at.start))?;
                let text = |at: &Range<usize>| self.text.get(at.clone()).unwrap_or_default().to_owned();
                let mut cells: Vec<String> = row.cells.iter().map(text).collect();
                for (name, new) in values {
                    let index = self.column(name)?;
                    if cells.len() <= index {
                        cells.resize(index + 1, String::new());
                    }
                    if let Some(cell) = cells.get_mut(index) {
                        *cell = quoted(new, self.delimiter);
                    }
                }
                Some((row.at.clone(), cells.join(&char::from(self.delimiter).to_string())))
            })
            .collect();
        // From the last on, so that the places before stay right.
        for (at, text) in changed.into_iter().rev() {
            self.text.replace_range(at, &text);
        }
        *self = Self::of(&self.text, &[]);
    }

    /// Takes out the rows of which something does not hold, with the ends of their lines; every other byte
    /// stays. What holds is asked of the row's line, counted from 1, and of its cells by their column. Returns
    /// the lines of the rows taken out.
    pub(super) fn retain(&mut self, holds: impl Fn(u32, &dyn Fn(&str) -> String) -> bool) -> Vec<u32> {
        let lines = Lines::of(&self.text);
        let mut gone: Vec<(u32, Range<usize>)> = Vec::new();
        for row in &self.rows {
            let cell = |name: &str| {
                let at = self.column(name).and_then(|index| row.cells.get(index));
                let raw = at.and_then(|at| self.text.get(at.clone())).unwrap_or_default();
                delimited::value(raw).trim().to_owned()
            };
            let line = lines.line(row.at.start);
            if !holds(line, &cell) {
                gone.push((line, row.at.clone()));
            }
        }
        for (_, at) in gone.iter().rev() {
            let rest = self.text.get(at.end..).unwrap_or_default();
            let end = if rest.starts_with("\r\n") { 2 } else { usize::from(rest.starts_with(['\n', '\r'])) };
            self.text.replace_range(at.start..at.end + end, "");
        }
        let gone = gone.into_iter().map(|(line, _)| line).collect();
        *self = Self::of(&self.text, &[]);
        gone
    }

    /// Adds rows at the end.
    pub(super) fn append(&mut self, rows: &[Vec<(&str, String)>]) {
        let filled = rows.iter().flatten().filter(|(_, value)| !value.is_empty());
        let names: BTreeSet<&str> = filled.map(|(name, _)| *name).collect();
        self.need(&names.into_iter().collect::<Vec<_>>());
        for values in rows {
            self.append_row(values);
        }
        *self = Self::of(&self.text, &[]);
    }

    fn append_row(&mut self, values: &[(&str, String)]) {
        let cells: Vec<String> = self
            .heads
            .iter()
            .map(|head| {
                values
                    .iter()
                    .find(|(name, _)| name == head)
                    .map_or(String::new(), |(_, value)| quoted(value, self.delimiter))
            })
            .collect();
        if !self.text.is_empty() && !self.text.ends_with(['\n', '\r']) {
            self.text.push_str(self.end);
        }
        self.text.push_str(&cells.join(&char::from(self.delimiter).to_string()));
        self.text.push_str(self.end);
    }
}
