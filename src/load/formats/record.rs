//! A record as read, whatever the form of its file: named cells, each with its place.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;

use chrono::NaiveDate;

use super::source::Source;
use super::values::{self, ValueError};
use crate::diagnostic::{Diagnostic, Place, Severity};
use crate::load::formats::times;
use crate::privacy::concerns::ConcernCheck;
use crate::school::Id;
use crate::school::id::unsound;
use crate::school::layout::ColumnLayout;
use crate::school::settings::safeguarding::Safeguarding;

/// Every error found so far.
#[derive(Debug, Default)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
    /// Lines that are not to be shown.
    hushed: BTreeSet<Place>,
    concern_check: ConcernCheck,
    /// Whom a concern is reported to.
    route: String,
    /// Room to look at a row's words in.
    bare: Vec<u8>,
}

impl Diagnostics {
    /// None yet, with a school's own phrases that read as a concern, and its route.
    pub fn of(safeguarding: &Safeguarding) -> Self {
        let mut none = Self::default();
        none.learn(safeguarding);
        none
    }

    /// Takes over the school's own phrases that read as a concern, and its route.
    pub fn learn(&mut self, safeguarding: &Safeguarding) {
        self.concern_check = ConcernCheck::new(&safeguarding.phrases);
        self.route = safeguarding.route();
    }

    /// Takes over the school's own route for a concern.
    pub fn learn_route(&mut self, route: Vec<String>) {
        self.route = Safeguarding { route, ..Safeguarding::default() }.route();
    }

    /// Refuses a text that reads as a safeguarding concern; it is not shown. Returns whether it does.
    pub fn refuse_concern(&mut self, source: &Source, at: &Range<usize>, text: &str) -> bool {
        let is_concern = self.concern_check.is_concern(text);
        if is_concern {
            self.hush(source, at, self.concern());
        }
        is_concern
    }

    /// Refuses words of the user's own, side by side, that read as a safeguarding concern. Returns whether they do.
    pub fn refuse_concerns(&mut self, source: &Source, at: usize, cells: &[ColumnCell<'_>]) -> bool {
        let free = || cells.iter().filter(|(column, cell)| column.is_free() && !cell.text.is_empty());
        // Of the sheet School: the route tells what to do about concerns.
        let is_route =
            |(column, cell): &ColumnCell<'_>| column.name == "table" && cell.text == "safeguarding";
        if free().next().is_none() || cells.iter().any(is_route) {
            return false;
        }
        let texts = || free().map(|(_, cell)| &*cell.text);
        let may_be = self.concern_check.may_be_concern(texts(), &mut self.bare);
        if !may_be || !self.concern_check.is_concern(&texts().collect::<Vec<_>>().join(" ")) {
            return false;
        }
        let own = free().find(|(_, cell)| self.concern_check.is_concern(&cell.text));
        let at = own.map_or(at..at, |(_, cell)| cell.at.clone());
        self.hush(source, &at, self.concern());
        true
    }

    /// That something reads as a concern, and whom to report it to.
    fn concern(&self) -> ValueError {
        let usual = || Safeguarding::default().route();
        ValueError::of_concern(&if self.route.is_empty() { usual() } else { self.route.clone() })
    }

    /// Something that is wrong at some bytes of a file.
    pub fn error(&mut self, source: &Source, at: &Range<usize>, wrong: ValueError) {
        self.list.push(source.diagnostic(Severity::Error, at, wrong.message, wrong.hint));
    }

    /// Something that a person should look at.
    pub fn warning(&mut self, source: &Source, at: &Range<usize>, wrong: ValueError) {
        self.list.push(source.diagnostic(Severity::Warning, at, wrong.message, wrong.hint));
    }

    /// Something that is wrong in a line that is not to be shown, whatever else is wrong in it.
    pub fn hush(&mut self, source: &Source, at: &Range<usize>, wrong: ValueError) {
        self.error(source, at, wrong);
        self.hushed.insert(source.place(at.start));
    }

    /// Whether something at a place has been reported to be wrong: what follows from it need not be shown too.
    pub fn has_error_at(&self, place: &Place) -> bool {
        self.list
            .iter()
            .any(|diagnostic| diagnostic.severity == Severity::Error && diagnostic.place == *place)
    }

    /// Whether something has been reported in these very words.
    pub fn has(&self, message: &str) -> bool {
        self.list.iter().any(|diagnostic| diagnostic.message == message)
    }

    /// Adds what another reader found.
    pub fn append(&mut self, mut other: Diagnostics) {
        self.list.append(&mut other.list);
        self.hushed.append(&mut other.hushed);
    }

    /// An error that is already whole.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.list.push(diagnostic);
    }

    /// Takes out of every error what reads as a safeguarding concern: the line, and what is said of it.
    fn keep_concerns_unshown(&mut self) {
        if self.list.is_empty() {
            return;
        }
        let concern_check = &self.concern_check;
        for diagnostic in &mut self.list {
            let line =
                diagnostic.excerpt.as_ref().is_some_and(|excerpt| concern_check.is_concern(&excerpt.text));
            let hushed = self.hushed.contains(&diagnostic.place);
            let says = [&diagnostic.message, &diagnostic.hint]
                .into_iter()
                .any(|text| concern_check.is_concern(text));
            if line || hushed {
                diagnostic.excerpt = None;
            }
            if says || (line && !hushed) {
                let hint = "keep it out of every file here, and tell the designated safeguarding lead";
                "something is wrong in a row that reads as a safeguarding concern (it is not shown)"
                    .clone_into(&mut diagnostic.message);
                hint.clone_into(&mut diagnostic.hint);
            }
        }
    }

    /// All of them, in order, each once.
    pub fn into_sorted(mut self) -> Vec<Diagnostic> {
        self.keep_concerns_unshown();
        self.list.sort_by(|a, b| a.order().cmp(&b.order()));
        self.list.dedup();
        self.list
    }
}

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
    pub fn id(&self, name: &str, diagnostics: &mut Diagnostics) -> Option<Id> {
        self.cell(name).map(|cell| self.id_of(cell, diagnostics))
    }

    /// The id in a cell; an error next to it where a record may not be called that. What else is wrong in the record, or
    /// means it, is then still shown as what it is.
    pub fn id_of(&self, cell: &RecordCell<'_>, diagnostics: &mut Diagnostics) -> Id {
        values::id(&cell.text).unwrap_or_else(|wrong| {
            diagnostics.error(self.source, &cell.at, wrong);
            Id::new(&cell.text)
        })
    }

    /// The id of a record that has a name too: from its column, else made from the name.
    pub fn id_or_named(&self, name: &RecordCell<'_>, diagnostics: &mut Diagnostics) -> Id {
        self.id("id", diagnostics).unwrap_or_else(|| {
            let id = Id::from_name(&name.text);
            if let Some(why) = unsound(id.as_str()) {
                let message = format!("the id made from this name, `{id}`, {why}");
                diagnostics.error(
                    self.source,
                    &name.at,
                    ValueError::new(message, "give an id of its own in the column `id`"),
                );
            }
            id
        })
    }

    /// The cell of a column that must be filled in. Where the column itself is not there, the file's
    /// header or the table has been reported already.
    pub fn required(&self, name: &str, diagnostics: &mut Diagnostics) -> Option<&RecordCell<'s>> {
        let cell = self.cell(name);
        let empty = self.of(name).next();
        if let (None, Some(empty)) = (cell, empty) {
            diagnostics.error(
                self.source,
                &empty.at,
                ValueError::new(format!("`{name}` is missing"), "fill it in"),
            );
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
    pub fn read<T>(
        &self,
        name: &str,
        diagnostics: &mut Diagnostics,
        read: impl FnOnce(&str) -> Result<T, ValueError>,
    ) -> Option<T> {
        self.cell(name).and_then(|cell| self.value(cell, diagnostics, read))
    }

    /// What a cell says, read by `read`; none, and an error, where it cannot be read.
    pub fn value<T>(
        &self,
        cell: &RecordCell<'_>,
        diagnostics: &mut Diagnostics,
        read: impl FnOnce(&str) -> Result<T, ValueError>,
    ) -> Option<T> {
        read(&cell.text).map_err(|wrong| diagnostics.error(self.source, &cell.at, wrong)).ok()
    }

    /// What each item of a list says.
    pub fn values<T>(
        &self,
        name: &str,
        diagnostics: &mut Diagnostics,
        read: impl Fn(&str) -> Result<T, ValueError>,
    ) -> Vec<T> {
        self.list(name).iter().filter_map(|cell| self.value(cell, diagnostics, &read)).collect()
    }

    /// A first and last day: from `date`, or from `from` and `to`.
    pub fn dates(&self, diagnostics: &mut Diagnostics) -> Option<(NaiveDate, NaiveDate)> {
        if self.cell("date").is_some() {
            if let Some(cell) = self.cell("from").or_else(|| self.cell("to")) {
                let wrong = ValueError::new(
                    "both `date` and `from` or `to` are filled in",
                    "keep the one that is meant",
                );
                diagnostics.error(self.source, &cell.at, wrong);
            }
            return self.read("date", diagnostics, times::date).map(|date| (date, date));
        }
        if self.cell("from").is_none() {
            let wrong = ValueError::new("no date is filled in", "fill in `date`, or `from` and `to`");
            diagnostics.error(self.source, &self.first_line(), wrong);
            return None;
        }
        let from = self.read("from", diagnostics, times::date)?;
        let to = match self.cell("to") {
            Some(_) => self.read("to", diagnostics, times::date)?,
            None => from,
        };
        if to < from {
            let at = self.cell("to").map_or_else(|| self.at.clone(), |cell| cell.at.clone());
            diagnostics.error(
                self.source,
                &at,
                ValueError::new("`to` lies before `from`", "the later date belongs in `to`"),
            );
            return None;
        }
        Some((from, to))
    }
}

/// Finds a column's name among those known; an error with the nearest right one where it is not.
pub fn known_column(
    source: &Source,
    at: &Range<usize>,
    written: &str,
    columns: &'static [ColumnLayout],
    what: &str,
    diagnostics: &mut Diagnostics,
) -> Option<&'static ColumnLayout> {
    let name = written.trim().to_lowercase().replace([' ', '-'], "_");
    let found = columns.iter().find(|column| column.name.replace('-', "_") == name);
    if found.is_none() {
        let names = || columns.iter().map(|column| column.name);
        let hint = match values::nearest(&name, names()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("known are: {}", names().collect::<Vec<_>>().join(", ")),
        };
        diagnostics.error(
            source,
            at,
            ValueError::new(format!("nobody knows the {what} `{}`", written.trim()), &hint),
        );
    }
    found
}
