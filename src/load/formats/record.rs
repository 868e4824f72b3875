//! A record as read, whatever the form of its file: named cells, each with its place.

use std::borrow::Cow;
use std::ops::Range;

use chrono::NaiveDate;

use super::source::Source;
use super::values::{self, ValueError};
use crate::diagnostic::Place;
use crate::load::formats::times;
use crate::privacy::concerns::ConcernCheck;
use crate::school::Id;
use crate::school::id::unsound;
use crate::school::layout::ColumnLayout;

/// A cell or value, and where it stands.
#[derive(Clone, Debug)]
pub struct RecordCell<'s> {
    pub text: Cow<'s, str>,
    /// Its bytes in the file.
    pub at: Range<usize>,
}

impl RecordCell<'_> {
    /// The same, whatever happens to the file's text.
    pub fn into_owned(self) -> RecordCell<'static> {
        RecordCell { text: Cow::Owned(self.text.into_owned()), at: self.at }
    }
}

/// One row or table.
#[derive(Clone, Debug)]
pub struct Record<'s> {
    pub source: &'s Source,
    /// The row's or table's bytes.
    pub at: Range<usize>,
    /// Its cells by column; several of one column for a list, an empty one where nothing is filled in.
    pub cells: Vec<ColumnCell<'s>>,
    /// Whether nothing in it reads as a safeguarding concern: else an error says so, and it is not kept.
    pub may_be_kept: bool,
}

/// A cell, and the column that it stands in.
pub type ColumnCell<'s> = (&'static ColumnLayout, RecordCell<'s>);

impl<'s> Record<'s> {
    /// A row or table; an error where its words read as a safeguarding concern.
    pub fn new(
        source: &'s Source,
        at: Range<usize>,
        cells: Vec<ColumnCell<'s>>,
        check: &ConcernCheck,
    ) -> Self {
        let may_be_kept = !refuse_concerns(source, at.start, &cells, check);
        Self { source, at, cells, may_be_kept }
    }

    /// Says what is wrong at some bytes.
    pub fn error(&self, at: &Range<usize>, message: impl Into<String>, hint: &str) {
        self.source.error(at, message, hint);
    }

    /// Says why a value is refused.
    pub fn refuse(&self, at: &Range<usize>, wrong: ValueError) {
        self.source.refuse(at, wrong);
    }

    /// Says what a person should look at.
    pub fn warning(&self, at: &Range<usize>, message: impl Into<String>, hint: &str) {
        self.source.warning(at, message, hint);
    }

    /// Its place.
    pub fn place(&self) -> Place {
        self.source.place(self.at.start)
    }

    /// The cell of a column, where it is filled in.
    pub fn cell(&self, name: &str) -> Option<&RecordCell<'s>> {
        self.of(name).find(|cell| !cell.text.is_empty())
    }

    /// The cells of a column, filled in or not.
    fn of(&self, name: &str) -> impl Iterator<Item = &RecordCell<'s>> {
        // Most names differ in their first letter: a long file asks this millions of times.
        let first = name.as_bytes().first();
        let is = move |column: &str| column.as_bytes().first() == first && column == name;
        self.cells.iter().filter(move |(column, _)| is(column.name)).map(|(_, cell)| cell)
    }

    /// Every value of a key, as it stands: with whatever signs are in it.
    pub fn all(&self, name: &str) -> impl Iterator<Item = &RecordCell<'s>> {
        self.of(name).filter(|cell| !cell.text.is_empty())
    }

    /// Whether the column or key is there, filled in or not.
    pub fn has(&self, name: &str) -> bool {
        self.of(name).next().is_some()
    }

    /// The text of a column, where it is filled in.
    pub fn text(&self, name: &str) -> Option<String> {
        self.cell(name).map(|cell| cell.text.to_string())
    }

    /// The id in a column, where it is filled in; an error next to it where a record may not be called that.
    pub fn id(&self, name: &str) -> Option<Id> {
        self.cell(name).map(|cell| self.id_of(cell))
    }

    /// The id in a cell; an error next to it where a record may not be called that. What else is wrong in the record, or
    /// means it, is then still shown as what it is.
    pub fn id_of(&self, cell: &RecordCell<'_>) -> Id {
        values::id(&cell.text).unwrap_or_else(|wrong| {
            self.source.refuse(&cell.at, wrong);
            Id::new(&cell.text)
        })
    }

    /// The id of a record that has a name too: from its column, else made from the name.
    pub fn id_or_named(&self, name: &RecordCell<'_>) -> Id {
        self.id("id").unwrap_or_else(|| {
            let id = Id::from_name(&name.text);
            if let Some(why) = unsound(id.as_str()) {
                let message = format!("the id made from this name, `{id}`, {why}");
                self.source.error(&name.at, message, "give an id of its own in the column `id`");
            }
            id
        })
    }

    /// The cell of a column that must be filled in. Where the column itself is not there, the file's
    /// header or the table has been reported already.
    pub fn required(&self, name: &str) -> Option<&RecordCell<'s>> {
        let cell = self.cell(name);
        let empty = self.of(name).next();
        if let (None, Some(empty)) = (cell, empty) {
            self.source.error(&empty.at, format!("`{name}` is missing"), "fill it in");
        }
        cell
    }

    /// The bytes of the record's first line.
    pub fn first_line(&self) -> Range<usize> {
        let text = self.source.text.get(self.at.clone()).unwrap_or_default();
        self.at.start..self.at.start + text.lines().next().map_or(0, str::len)
    }

    /// The items of a list: the values of an array, or a cell's parts between `;` or `,`.
    pub fn list(&self, name: &str) -> Vec<RecordCell<'s>> {
        self.of(name).flat_map(|cell| self.parts(cell)).collect()
    }

    fn parts(&self, cell: &RecordCell<'s>) -> Vec<RecordCell<'s>> {
        if !cell.text.contains([';', ',']) {
            return if cell.text.is_empty() { Vec::new() } else { vec![cell.clone()] };
        }
        let raw = self.source.text.get(cell.at.clone()).unwrap_or_default();
        let offset = raw.find(&*cell.text);
        let mut parts = Vec::new();
        let mut start = 0;
        for part in cell.text.split([';', ',']) {
            let text = part.trim();
            let lead = part.len() - part.trim_start().len();
            let at = offset.map_or_else(
                || cell.at.clone(),
                |offset| {
                    let from = cell.at.start + offset + start + lead;
                    from..from + text.len()
                },
            );
            if !text.is_empty() {
                parts.push(RecordCell { text: Cow::Owned(text.to_owned()), at });
            }
            start += part.len() + 1;
        }
        parts
    }

    /// What a column says, read by `read`; none, and an error, where it cannot be read.
    pub fn read<T>(&self, name: &str, read: impl FnOnce(&str) -> Result<T, ValueError>) -> Option<T> {
        self.cell(name).and_then(|cell| self.value(cell, read))
    }

    /// What a cell says, read by `read`; none, and an error, where it cannot be read.
    pub fn value<T>(
        &self,
        cell: &RecordCell<'_>,
        read: impl FnOnce(&str) -> Result<T, ValueError>,
    ) -> Option<T> {
        read(&cell.text).map_err(|wrong| self.source.refuse(&cell.at, wrong)).ok()
    }

    /// What each item of a list says.
    pub fn values<T>(&self, name: &str, read: impl Fn(&str) -> Result<T, ValueError>) -> Vec<T> {
        self.list(name).iter().filter_map(|cell| self.value(cell, &read)).collect()
    }

    /// A first and last day: from `date`, or from `from` and `to`.
    pub fn dates(&self) -> Option<(NaiveDate, NaiveDate)> {
        if self.cell("date").is_some() {
            if let Some(cell) = self.cell("from").or_else(|| self.cell("to")) {
                self.source.error(
                    &cell.at,
                    "both `date` and `from` or `to` are filled in",
                    "keep the one that is meant",
                );
            }
            return self.read("date", times::date).map(|date| (date, date));
        }
        if self.cell("from").is_none() {
            self.source.error(
                &self.first_line(),
                "no date is filled in",
                "fill in `date`, or `from` and `to`",
            );
            return None;
        }
        let from = self.read("from", times::date)?;
        let to = match self.cell("to") {
            Some(_) => self.read("to", times::date)?,
            None => from,
        };
        if to < from {
            let at = self.cell("to").map_or_else(|| self.at.clone(), |cell| cell.at.clone());
            self.source.error(&at, "`to` lies before `from`", "the later date belongs in `to`");
            return None;
        }
        Some((from, to))
    }
}

/// Refuses words of the user's own, side by side, that read as a safeguarding concern. Returns whether they do.
fn refuse_concerns(source: &Source, at: usize, cells: &[ColumnCell<'_>], check: &ConcernCheck) -> bool {
    let free = || cells.iter().filter(|(column, cell)| column.is_free() && !cell.text.is_empty());
    // Of the sheet School: the route tells what to do about concerns.
    let is_route = |(column, cell): &ColumnCell<'_>| column.name == "table" && cell.text == "safeguarding";
    if free().next().is_none() || cells.iter().any(is_route) {
        return false;
    }
    let texts = || free().map(|(_, cell)| &*cell.text);
    if !check.may_be_concern(texts(), &mut Vec::new())
        || !check.is_concern(&texts().collect::<Vec<_>>().join(" "))
    {
        return false;
    }
    let own = free().find(|(_, cell)| check.is_concern(&cell.text));
    let at = own.map_or(at..at, |(_, cell)| cell.at.clone());
    source.hush(&at, source.diagnostics.concern());
    true
}

/// Finds a column, key or table by its name among those known; an error with the nearest right one where it is not.
pub fn known<T>(
    source: &Source,
    at: &Range<usize>,
    written: &str,
    all: impl Iterator<Item = (&'static str, T)> + Clone,
    what: &str,
) -> Option<T> {
    let name = written.trim().to_lowercase().replace([' ', '-'], "_");
    let found = all.clone().find(|(known, _)| known.replace('-', "_") == name).map(|(_, found)| found);
    if found.is_none() {
        let names = || all.clone().map(|(name, _)| name);
        let hint = match values::nearest(&name, names()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("known are: {}", names().collect::<Vec<_>>().join(", ")),
        };
        source.error(at, format!("nobody knows the {what} `{}`", written.trim()), &hint);
    }
    found
}
