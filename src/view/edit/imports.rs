//! What was taken in, in words.

use chrono::NaiveDate;
use serde::Serialize;

use crate::diagnostic::{LeftOut, Place};
use crate::document::{Block, Cell, Column, Document, Table};
use crate::load::imports::term_dates::TermDates;
use crate::school::layout::rows::{SetUpRow, of};
use crate::school::{Id, School, half_term_name};
use crate::view::counted;

/// A file that was written, or would be.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct WrittenFile {
    /// Its name in the workspace.
    pub file: String,
    /// How many rows it has.
    pub rows: usize,
    /// `new`, `replaced`, `added to` or `unchanged`.
    pub change: &'static str,
}

/// What came of an import, as scripts read it.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ImportAnswer {
    /// `phase/import/1`.
    pub schema: &'static str,
    /// The file that was sent in.
    pub from: String,
    /// Whether nothing was written, because only a try was asked for.
    pub dry_run: bool,
    pub written: Vec<WrittenFile>,
    pub left_out: Vec<LeftOut>,
}

/// The sessions of each subject as a table.
pub fn sessions(school: &School, sessions: &[(Id, Vec<SetUpRow>)]) -> Table {
    let row = |subject: &Id, row: &SetUpRow| {
        let time = match (of(row, "period"), of(row, "start"), of(row, "end")) {
            ("", start, "") => start.to_owned(),
            ("", start, end) => format!("{start}-{end}"),
            (period, ..) => period.to_owned(),
        };
        vec![
            school.subject_name(subject).into(),
            of(row, "task").into(),
            of(row, "date").parse().map_or(of(row, "date").into(), Cell::Date),
            time.into(),
            of(row, "classes").replace(';', ", ").into(),
        ]
    };
    let rows = sessions.iter().flat_map(|(subject, rows)| rows.iter().map(move |each| row(subject, each)));
    Table::of(["subject", "task", "date", "time", "classes"], rows)
}

/// Half terms and closures as a table.
pub fn terms(terms: &TermDates) -> Table {
    let half_terms =
        terms.half_terms.iter().zip(1..).map(|((from, to), number)| {
            vec![half_term_name(number).into(), Cell::Date(*from), Cell::Date(*to)]
        });
    let closures = terms.closures.iter().map(|closure| {
        vec![closure.reason.as_str().into(), Cell::Date(closure.from), Cell::Date(closure.to)]
    });
    let columns = ["what", "first day", "last day"].map(Column::text).to_vec();
    Table::new(columns, half_terms.chain(closures).collect())
}

/// What came of an import as a document; `table` is what was taken in, `what` a row of it is.
pub fn document(
    imported: &ImportAnswer,
    table: Table,
    what: &str,
    next: &str,
    made_on: NaiveDate,
) -> Document {
    let mut blocks = Vec::new();
    if !table.rows.is_empty() {
        blocks.push(Block::Table(table.clone().read_as("a row as it is written into the workspace.")));
    }
    let written = imported.written.iter().map(|written| {
        let would = if imported.dry_run { "would be " } else { "" };
        format!("{}: {would}{} ({})", written.file, written.change, counted(written.rows, "row"))
    });
    let mut notes = vec![("Written".to_owned(), written.collect::<Vec<_>>())];
    if imported.dry_run {
        notes = vec![("A try".to_owned(), notes.into_iter().flat_map(|(_, written)| written).collect())];
    }
    let left_out = imported.left_out.iter().map(|left| format!("{} ({})", left.says, left.at));
    notes.push(("Left out".to_owned(), left_out.collect()));
    notes.retain(|(_, says)| !says.is_empty());
    blocks.push(Block::Labelled(notes));
    blocks.push(Block::Commands(format!("Next: {next}")));
    let title = format!("{}: {}", imported.from, counted(table.rows.len(), what));
    Document::new(title, blocks, table, made_on)
}

/// Something that an export says otherwise than the workspace.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ChangedValue {
    pub pupil: String,
    /// What: a column of the pupils, or a subject and data point.
    pub what: String,
    pub from: String,
    pub to: String,
    pub at: Place,
}

/// A result as it was read.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ImportedRow {
    pub pupil: String,
    pub subject: Id,
    pub point: String,
    pub result: String,
    pub scale: &'static str,
    pub kind: &'static str,
}

/// What came of importing pupils and results, as scripts read it.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct MarksheetAnswer {
    /// `phase/import-results/1`.
    pub schema: &'static str,
    pub from: String,
    /// Whether nothing was written, because only a try was asked for.
    pub dry_run: bool,
    pub read_as: &'static str,
    /// The sheet, of a workbook.
    pub sheet: Option<String>,
    /// What each column was taken for, by its heading.
    pub columns: Vec<(String, String)>,
    /// Pupils who were not there before.
    pub new_pupils: usize,
    /// Results that were not there before.
    pub new_results: usize,
    /// Results that are there already.
    pub unchanged: usize,
    pub differs: Vec<ChangedValue>,
    /// The results as they were read.
    pub taken: Vec<ImportedRow>,
    pub written: Vec<WrittenFile>,
    /// What was left out, and why.
    pub left_out: Vec<LeftOut>,
    /// What a person should look at.
    pub warnings: Vec<String>,
    /// Whether it was read by a mapping that was kept.
    pub by_mapping: bool,
    /// The key file, where codes were added to it.
    pub key: Option<String>,
    /// How many codes were made.
    pub new_codes: usize,
}

/// How many of the results are shown, so that one sees how they were read.
const SHOWN: usize = 6;

/// How many differences are shown one by one.
const DIFFERENCES: usize = 20;

/// An import of pupils and results as a document.
pub fn marks(school: &School, answer: &MarksheetAnswer, made_on: NaiveDate) -> Document {
    let mut blocks = vec![Block::Labelled(read_as(answer))];
    let all = results(school, answer);
    if answer.new_results > 0 {
        let heading = format!("The first of {} as they are read", counted(all.rows.len(), "result"));
        blocks.push(Block::Heading(heading));
        let first = Table { rows: all.rows.iter().take(SHOWN).cloned().collect(), ..all.clone() };
        blocks.push(Block::Table(first.read_as("a row a result, by the school's own codes of pupils.")));
    }
    if !answer.differs.is_empty() {
        let heading = format!("{} from what is there", counted(answer.differs.len(), "difference"));
        blocks.push(Block::Heading(heading));
        blocks.push(Block::Table(
            differences(answer).read_as("what stays as it is, beside what the marksheet says."),
        ));
    }
    blocks.push(Block::Labelled(taken_in(answer)));
    blocks.push(Block::Commands("Next: phase trajectory".to_owned()));
    let (results, pupils) = (counted(all.rows.len(), "result"), counted(pupils(answer), "pupil"));
    let title = format!("{}: {results} of {pupils}", answer.from);
    Document::new(title, blocks, all, made_on)
}

/// How the file was read.
fn read_as(answer: &MarksheetAnswer) -> Vec<(String, Vec<String>)> {
    let sheet = answer.sheet.as_ref().map_or_else(String::new, |sheet| format!(", sheet {sheet}"));
    let mut face = vec![("Read as".to_owned(), vec![format!("{}{sheet}", answer.read_as)])];
    if !answer.by_mapping {
        let columns = answer.columns.iter().filter(|(_, meaning)| meaning != "ignore");
        let columns: Vec<String> =
            columns.map(|(heading, meaning)| format!("{heading} = {meaning}")).collect();
        face.push(("Columns".to_owned(), vec![columns.join("; ")]));
    }
    if !answer.warnings.is_empty() {
        face.push(("Look at".to_owned(), answer.warnings.clone()));
    }
    face
}

/// Every result, a row each.
fn results(school: &School, answer: &MarksheetAnswer) -> Table {
    let row = |taken: &ImportedRow| {
        vec![
            taken.pupil.as_str().into(),
            school.measured_name(&taken.subject).into(),
            taken.point.as_str().into(),
            taken.result.as_str().into(),
            taken.scale.into(),
            taken.kind.into(),
        ]
    };
    let heads = ["pupil", "subject", "point", "result", "scale", "kind"].map(Column::text).to_vec();
    Table::new(heads, answer.taken.iter().map(row).collect())
}

/// The first differences, a row each.
fn differences(answer: &MarksheetAnswer) -> Table {
    let row = |change: &ChangedValue| {
        vec![
            change.pupil.as_str().into(),
            change.what.as_str().into(),
            change.from.as_str().into(),
            change.to.as_str().into(),
            change.at.to_string().into(),
        ]
    };
    let heads = ["pupil", "what", "is there", "would be", "by"].map(Column::text).to_vec();
    Table::new(heads, answer.differs.iter().take(DIFFERENCES).map(row).collect())
}

/// What is new, what was written, and what was left out.
fn taken_in(answer: &MarksheetAnswer) -> Vec<(String, Vec<String>)> {
    let would = if answer.dry_run { "would be " } else { "" };
    let file = |written: &WrittenFile| {
        format!("{}: {would}{} ({})", written.file, written.change, counted(written.rows, "row"))
    };
    let mut written: Vec<String> = answer.written.iter().map(file).collect();
    if let Some(key) = &answer.key {
        let codes = counted(answer.new_codes, "code");
        let added = if answer.dry_run { "would be added" } else { "added" };
        written.push(format!("{key}: {codes} {added}; keep it private, and apart"));
    }
    let taken = format!(
        "{}, {}; {} there already",
        counted(answer.new_pupils, "new pupil"),
        counted(answer.new_results, "new result"),
        counted(answer.unchanged, "result")
    );
    let left_out =
        answer.left_out.iter().take(DIFFERENCES).map(|left| format!("{} ({})", left.says, left.at));
    let mut notes = vec![
        ("Taken in".to_owned(), vec![taken]),
        (if answer.dry_run { "A try" } else { "Written" }.to_owned(), written),
        ("Left out".to_owned(), left_out.collect()),
    ];
    notes.retain(|(_, says)| !says.is_empty());
    notes
}

/// How many pupils the results are of.
fn pupils(answer: &MarksheetAnswer) -> usize {
    let mut codes: Vec<&str> = answer.taken.iter().map(|taken| taken.pupil.as_str()).collect();
    codes.sort_unstable();
    codes.dedup();
    codes.len()
}
