//! A filled form of evidence: a workbook, or a CSV file with the same columns.

use std::borrow::Cow;
use std::path::Path;

use chrono::NaiveDate;

use crate::diagnostic::{Diagnostic, Severity};
use crate::load::formats::folder::ending;
use crate::load::formats::{ColumnCell, Diagnostics, Folder, Record, RecordCell, csv, times, xlsx};
use crate::load::frameworks::library::FrameworkLibrary;
use crate::load::names::{Names, RecordNames};
use crate::load::records::evidence;
use crate::load::records::reader::YearReader;
use crate::load::set_up_contents::row;
use crate::school::layout::rows::SetUpRow;
use crate::school::layout::{self, ColumnLayout, FORM_KEYS};
use crate::school::{Id, School};

/// What a filled form comes to.
#[derive(Debug)]
pub struct FilledForm {
    /// The rows with their half terms, without ids.
    pub rows: Vec<(u8, SetUpRow)>,
    /// Rows that were not filled in.
    pub left_out: Vec<String>,
    /// What a person should look at.
    pub warnings: Vec<Diagnostic>,
}

/// The keys of a form that stand for every row in which nothing else is written.
const DEFAULTS: &[&str] = &["kind", "subject", "by", "moderator"];

/// Reads a filled form by its ending: `.xlsx` or `.csv`.
///
/// # Errors
/// Every error of it, at its cells.
pub fn read(
    path: &Path,
    root: &Path,
    school: &School,
    today: NaiveDate,
) -> Result<FilledForm, Vec<Diagnostic>> {
    let diagnostics = Diagnostics::of(&school.settings.safeguarding);
    let read = filled((path, &diagnostics), root, school, today);
    if let Err(diagnostic) = &read {
        diagnostics.push((**diagnostic).clone());
    }
    let sorted = diagnostics.sorted();
    match read {
        Ok((rows, left_out)) if !sorted.iter().any(Diagnostic::is_error) => {
            Ok(FilledForm { rows, left_out, warnings: sorted })
        }
        _ => Err(sorted),
    }
}

type FormRows = (Vec<(u8, SetUpRow)>, Vec<String>);

fn filled(
    (path, diagnostics): (&Path, &Diagnostics),
    root: &Path,
    school: &School,
    today: NaiveDate,
) -> Result<FormRows, Box<Diagnostic>> {
    let (folder, name) = Folder::of_file(path);
    let folder = folder.with(diagnostics);
    let diagnostic = |message: String, hint: &str| {
        Box::new(Diagnostic::of_file(Severity::Error, name, message, hint.to_owned()))
    };
    let missing = || diagnostic("there is no such file".to_owned(), "name a file that is there");
    match ending(path).as_str() {
        "xlsx" => {
            let bytes = folder.bytes(name)?.ok_or_else(missing)?;
            let (sheet, columns) = FORM_KEYS;
            let book = xlsx::read(name, bytes, &[layout::EVIDENCE.sheet, sheet], diagnostics)?;
            let keys = book.rows_of(sheet, columns).unwrap_or_default();
            let key = |wanted: &str| {
                let row = keys.iter().find(|record| record.text("setting").as_deref() == Some(wanted));
                row.and_then(|record| record.text("value"))
            };
            belongs(school, &key).map_err(|(message, hint)| diagnostic(message, hint))?;
            let Some(records) = book.rows_of(layout::EVIDENCE.sheet, layout::EVIDENCE_FORM) else {
                let message = format!("it has no sheet {}", layout::EVIDENCE.sheet);
                return Err(diagnostic(
                    message,
                    "fill in the form that phase form books -o FILE.xlsx writes",
                ));
            };
            let defaults: Vec<(&'static str, String)> =
                DEFAULTS.iter().filter_map(|name| Some((*name, key(name)?))).collect();
            Ok(rows_of(school, root, today, records, &defaults))
        }
        "csv" | "txt" => {
            let source = folder.read(name)?.ok_or_else(missing)?;
            let records = csv::records(&source, layout::EVIDENCE_FORM);
            Ok(rows_of(school, root, today, records, &[]))
        }
        _ => Err(diagnostic(
            "this is no file of a form that is read".to_owned(),
            "hand in the workbook that phase form books -o FILE.xlsx writes, or a .csv file",
        )),
    }
}

/// Whether a form is one of evidence, of this school, year and framework.
fn belongs(school: &School, key: &impl Fn(&str) -> Option<String>) -> Result<(), (String, &'static str)> {
    const ANEW: &str = "make a form of this workspace: phase form books -o FILE.xlsx";
    if let Some(form) = key("form").filter(|form| form != "evidence") {
        let hint = if form == "schedule" { "phase import takes in a schedule" } else { ANEW };
        return Err((format!("this is no form of evidence, but of `{form}`"), hint));
    }
    if let Some(of) = key("school").filter(|of| Id::from_name(of) != Id::from_name(&school.settings.name)) {
        return Err((
            format!("this form is of `{of}`, and this workspace of `{}`", school.settings.name),
            ANEW,
        ));
    }
    let year = school.set_up.calendar.academic_year.to_string();
    if let Some(of) = key("academic_year").filter(|of| *of != year) {
        return Err((format!("this form is for {of}, and this workspace for {year}"), ANEW));
    }
    if let Some(of) = key("framework").filter(|of| *of != school.settings.framework.as_str()) {
        return Err((
            format!("this form is by {of}, and this workspace works in {}", school.settings.framework),
            ANEW,
        ));
    }
    Ok(())
}

/// The rows that are filled in, checked; each takes from the form itself what it does not say.
fn rows_of(
    school: &School,
    root: &Path,
    today: NaiveDate,
    records: Vec<Record<'_>>,
    defaults: &[(&'static str, String)],
) -> FormRows {
    let (staff, classes, subjects) =
        (Names::of_staff(school), Names::of_classes(school), Names::of_subjects(school));
    let whom = RecordNames { staff: &staff, classes: &classes, subjects: &subjects };
    let library = FrameworkLibrary::open(&Folder::new(root));
    let mut reader = YearReader::new(school, &whom, &library, today);
    let (mut rows, mut left_out) = (Vec::new(), Vec::new());
    for record in records {
        if is_open(&record) {
            left_out.push(record.text("aspect").unwrap_or_else(|| record.place().to_string()));
            continue;
        }
        let record = whole(record, defaults);
        let date = record.cell("date").and_then(|cell| times::date(&cell.text).ok()).unwrap_or(today);
        let half_term = (1..=6).find(|number| {
            evidence::days(&school.set_up.calendar, *number)
                .is_some_and(|(from, to)| (from..=to).contains(&date))
        });
        // What lies in no half term is shown by the check.
        let half_term = half_term.unwrap_or(1);
        evidence::check(std::slice::from_ref(&record), half_term, &mut reader);
        let row: SetUpRow =
            row(layout::EVIDENCE.columns, &record).into_iter().filter(|(name, _)| *name != "id").collect();
        rows.push((half_term, row));
    }
    (rows, left_out)
}

/// Whether nobody has filled a row in: it has neither a view nor a note.
fn is_open(record: &Record<'_>) -> bool {
    ["grade", "moderator_grade", "agreed_grade", "strength", "concern", "next_step", "link"]
        .iter()
        .all(|name| record.cell(name).is_none())
}

/// A row with what the form itself says in the cells that are empty. Who looked too is only so where there
/// is a view of theirs, or it was looked at together.
fn whole<'s>(mut record: Record<'s>, defaults: &[(&'static str, String)]) -> Record<'s> {
    let at = record.first_line();
    let lone = record.cell("moderator_grade").is_none();
    let visit = record.cell("kind").map_or_else(
        || defaults.iter().any(|(name, value)| *name == "kind" && value == "lessons"),
        |cell| crate::load::frameworks::lookup::kind(&cell.text) == Ok(crate::school::EvidenceKind::Lessons),
    );
    let said = |name: &str| record.cell(name).is_some();
    let mut more: Vec<ColumnCell<'s>> = Vec::new();
    let mut add = |name: &str, text: Cow<'s, str>| {
        let column = layout::EVIDENCE.columns.iter().find(|column| column.name == name);
        more.extend(column.map(|column| (column, RecordCell { text, at: at.clone() })));
    };
    for (name, value) in defaults {
        if said(name) || (*name == "moderator" && lone && !visit) {
            continue;
        }
        add(name, Cow::Owned(value.clone()));
    }
    if !said("id") {
        add("id", Cow::Borrowed("new"));
    }
    let is_said = |column: &ColumnLayout| more.iter().any(|(other, _)| other.name == column.name);
    record.cells.retain(|(column, cell)| !cell.text.is_empty() || !is_said(column));
    record.cells.extend(more);
    record
}
