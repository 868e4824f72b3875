//! The set-up as it is written, form aside: what files, the workbook and the questions all come to.

use chrono::NaiveDate;

use super::{CLOSURES, HALF_TERMS, RecordLayout, SCHOOL};
use crate::school::set_up::calendar::{AcademicYear, Closure};

/// The set-up as it is written, form aside: the rows of each sheet, by column name. Dates are ISO,
/// times `HH:MM`, lists parted by `;`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SetUpRows {
    sheets: Vec<(&'static str, Vec<SetUpRow>)>,
}

/// A row: what stands in which column; what is empty is left out.
pub type SetUpRow = Vec<(&'static str, String)>;

/// Puts a value into a row, in place of what stood in its column.
pub fn set(row: &mut SetUpRow, name: &'static str, value: String) {
    match row.iter_mut().find(|(column, _)| *column == name) {
        Some((_, old)) => *old = value,
        None => row.push((name, value)),
    }
}

/// Puts a value into a row where nothing stands in its column.
pub fn fill(row: &mut SetUpRow, name: &'static str, value: impl FnOnce() -> String) {
    if of(row, name).is_empty() {
        set(row, name, value());
    }
}

impl SetUpRows {
    /// The rows of a sheet.
    pub fn rows(&self, layout: &RecordLayout) -> &[SetUpRow] {
        self.sheets.iter().find(|(sheet, _)| *sheet == layout.sheet).map_or(&[], |(_, rows)| rows.as_slice())
    }

    /// Adds a row to a sheet; what is empty is left out, and a row of nothing too.
    pub fn add(&mut self, layout: &RecordLayout, row: impl IntoIterator<Item = (&'static str, String)>) {
        let row: SetUpRow = row.into_iter().filter(|(_, text)| !text.trim().is_empty()).collect();
        if row.is_empty() {
            return;
        }
        match self.sheets.iter_mut().find(|(sheet, _)| *sheet == layout.sheet) {
            Some((_, rows)) => rows.push(row),
            None => {
                self.sheets.push((layout.sheet, vec![row]));
            }
        }
    }
}

impl SetUpRows {
    /// Says which academic year it is.
    pub fn add_year(&mut self, year: AcademicYear) {
        let row = [("table", "calendar"), ("setting", "academic_year"), ("value", &year.to_string())];
        self.add(&SCHOOL, row.map(|(name, text)| (name, text.to_owned())));
    }

    /// Adds half terms (first and last day), numbered from 1, and closures.
    pub fn add_terms(&mut self, half_terms: &[(NaiveDate, NaiveDate)], closures: &[Closure]) {
        for ((from, to), number) in half_terms.iter().zip(1..) {
            let row = [("number", number.to_string()), ("from", from.to_string()), ("to", to.to_string())];
            self.add(&HALF_TERMS, row);
        }
        for Closure { from, to, reason, inset, .. } in closures {
            let dates = if from == to {
                vec![("date", from.to_string())]
            } else {
                vec![("from", from.to_string()), ("to", to.to_string())]
            };
            let inset = if *inset { "yes" } else { "" };
            let rest = [("reason", reason.clone()), ("inset", inset.to_owned())];
            self.add(&CLOSURES, dates.into_iter().chain(rest));
        }
    }
}

/// What stands in a column of a row; empty where nothing does.
pub fn of<'r>(row: &'r SetUpRow, column: &str) -> &'r str {
    row.iter().find(|(name, _)| *name == column).map_or("", |(_, text)| text.as_str())
}
