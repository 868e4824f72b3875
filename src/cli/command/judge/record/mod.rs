//! `phase record`: adds a piece of evidence, by flags, by asking, or from a filled form.

mod agree;
pub mod args;
pub(crate) mod checks;
pub(crate) mod questions;

pub(crate) use args::Args;

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Result, bail};
use serde::Serialize;

use crate::cli::arguments;
use crate::cli::command::judge::record::args::{HalfTermRows, row};
use crate::cli::shell::prompt::Prompter;
use crate::cli::shell::{CommandArgs, FilesNeeded, Outcome, Shell, UsageError, bail_usage};
use crate::document::{Block, Cell, Document, Table};
use crate::edit::Edit;
use crate::load::formats::times;
use crate::load::imports::evidence_form;
use crate::load::records::evidence::{days, file_name};
use crate::school::layout::rows::{SetUpRow, of};
use crate::school::{School, layout};
use crate::store::yearly_records::with_rows;

/// What was added, as scripts read it.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct RecordAnswer {
    /// `phase/record/1`.
    schema: &'static str,
    /// Whether nothing was written, because only a try was asked for.
    dry_run: bool,
    added: Vec<RecordedRow>,
    /// Rows of a form that nobody had filled in: their aspects.
    left_out: Vec<String>,
    /// What is there already, word for word.
    already: Vec<String>,
    /// What a person should know of what was added.
    notes: Vec<String>,
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct RecordedRow {
    file: String,
    id: String,
    date: String,
    by: String,
    kind: String,
    subject: String,
    aspect: String,
    counts: String,
}

impl CommandArgs for Args {
    fn run(&self, shell: &Shell) -> Result<Outcome> {
        if self.from.as_ref().is_some_and(|from| shell.is_output(from)) {
            bail_usage!("the answer would replace the form that is read: choose another -o");
        }
        if let Some(id) = &self.agree {
            return agree::run(id, self, shell);
        }
        let asks = self.from.is_none()
            && ["kind", "subject", "aspect"].iter().any(|name| self.row.get(name).is_none());
        if asks && !shell.can_ask() {
            bail_usage!("there is no terminal to ask at: say --kind, --subject and --aspect, or --from FILE");
        }
        // Whoever is asked may take their time: nobody else is kept out meanwhile.
        let answered = if asks {
            let school = &shell.load(|_| Ok(FilesNeeded::Evidence))?;
            Some(questions::ask(self, school, shell, &Prompter::new(shell.colour()))?)
        } else {
            None
        };
        let (_, recorded) = shell
            .edit(|_| Ok(FilesNeeded::Evidence), |school| edit(self, answered.as_ref(), school, shell))?;
        shell.write(&recorded, &document(&recorded, shell))?;
        Ok(Outcome::Answered)
    }
}

/// The rows of the flags, of what was answered, or of a form, added to the files of their half terms.
fn edit(
    args: &Args,
    answered: Option<&SetUpRow>,
    school: &School,
    shell: &Shell,
) -> Result<Edit<RecordAnswer>> {
    let (rows, left_out) = match (&args.from, answered) {
        (Some(from), _) => filled(from, school, shell)?,
        (None, Some(row)) => (vec![(half_term(school, row)?, row.clone())], Vec::new()),
        (None, None) => {
            let row = row(args, school, shell)?;
            (vec![(half_term(school, &row)?, row)], Vec::new())
        }
    };
    if rows.is_empty() {
        bail!("nothing is filled in: a row needs a view or a note");
    }
    let (rows, already) = checks::new_and_known(school, rows);
    if rows.is_empty() {
        bail!("{}; nothing was added", already.join("; "));
    }
    let phase = arguments::phase_meant(school, shell)?;
    let notes = checks::notes(school, phase, &rows, shell.today);
    let Edit { files, answer: added } = added(school, shell, rows)?;
    let answer =
        RecordAnswer { schema: "phase/record/1", dry_run: shell.dry_run, added, left_out, already, notes };
    Ok(Edit { files, answer })
}

/// The half term in whose file a row belongs.
fn half_term(school: &School, row: &SetUpRow) -> Result<u8> {
    let date = times::date(of(row, "date"))?;
    let home = |number: &u8| {
        days(&school.set_up.calendar, *number).is_some_and(|(from, to)| (from..=to).contains(&date))
    };
    (1..=6).find(home).ok_or_else(|| {
        UsageError(format!(
            "{} lies in no half term of {}",
            of(row, "date"),
            school.set_up.calendar.academic_year
        ))
        .into()
    })
}

/// The rows of a filled form, and those that nobody had filled in.
pub(crate) fn filled(from: &Path, school: &School, shell: &Shell) -> Result<(HalfTermRows, Vec<String>)> {
    match evidence_form::read(from, shell.root(), school, shell.today) {
        Ok(filled) => {
            shell.tell(&filled.warnings);
            Ok((filled.rows, filled.left_out))
        }
        Err(diagnostics) => Err(shell.refuse(&diagnostics, "nothing was taken in")),
    }
}

/// Rows added to the files of their half terms, each with an id of its own.
fn added(school: &School, shell: &Shell, rows: HalfTermRows) -> Result<Edit<Vec<RecordedRow>>> {
    let mut by_half_term: BTreeMap<u8, Vec<SetUpRow>> = BTreeMap::new();
    for (half_term, row) in rows {
        by_half_term.entry(half_term).or_default().push(row);
    }
    let mut edit = Edit::nothing(Vec::new());
    for (half_term, mut rows) in by_half_term {
        let name = file_name(half_term);
        for (number, row) in (next_number(school, half_term)..).zip(&mut rows) {
            row.insert(0, ("id", format!("ht{half_term}-{number:02}")));
            edit.answer.push(shown(&name, row));
        }
        let change = |text: &str| Ok(with_rows(text, &layout::EVIDENCE, &rows));
        edit.files.extend(Edit::of(shell.root(), &name, (), change)?.files);
    }
    Ok(edit)
}

/// The number after the last of a half term's own ids.
fn next_number(school: &School, half_term: u8) -> u32 {
    let prefix = format!("ht{half_term}-");
    let number = |id: &str| id.strip_prefix(&prefix)?.parse::<u32>().ok();
    school.year.evidence.iter().filter_map(|row| number(row.id.as_str())).max().unwrap_or(0) + 1
}

fn shown(file: &str, row: &SetUpRow) -> RecordedRow {
    let views = ["grade", "moderator_grade", "agreed_grade"].map(|name| of(row, name));
    let counts = match views {
        ["", "", ""] => "describes",
        [_, _, agreed] if !agreed.is_empty() => agreed,
        [grade, "", _] => grade,
        _ => "to be agreed",
    };
    RecordedRow {
        file: file.to_owned(),
        id: of(row, "id").to_owned(),
        date: of(row, "date").to_owned(),
        by: of(row, "by").to_owned(),
        kind: of(row, "kind").to_owned(),
        subject: of(row, "subject").to_owned(),
        aspect: of(row, "aspect").to_owned(),
        counts: counts.to_owned(),
    }
}

fn document(recorded: &RecordAnswer, shell: &Shell) -> Document {
    let row = |added: &RecordedRow| -> Vec<Cell> {
        [&added.id, &added.date, &added.by, &added.kind, &added.subject, &added.aspect, &added.counts]
            .map(|text| text.as_str().into())
            .to_vec()
    };
    let table =
        Table::of(["id", "day", "by", "kind", "subject", "aspect", "counts"], recorded.added.iter().map(row));
    let number = recorded.added.len();
    let what = if number == 1 { "1 row".to_owned() } else { format!("{number} rows") };
    let title =
        if recorded.dry_run { format!("A try: {what} would be added") } else { format!("Added: {what}") };
    let mut blocks = Vec::new();
    if number > 0 {
        blocks.push(Block::Table(table.clone()));
    }
    let mut notes = vec![
        ("Note", recorded.notes.clone()),
        ("Left out", recorded.already.clone()),
        ("Not filled", recorded.left_out.clone()),
    ];
    notes.retain(|(_, says)| !says.is_empty());
    if !notes.is_empty() {
        blocks
            .push(Block::Labelled(notes.into_iter().map(|(label, says)| (label.to_owned(), says)).collect()));
    }
    blocks.push(Block::Verbatim("Next: phase evaluate".to_owned()));
    Document::new(title, blocks, table, shell.today)
}
