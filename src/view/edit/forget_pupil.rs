//! What happened to a pupil's rows, in words.

use chrono::NaiveDate;
use serde::Serialize;

use crate::document::{Block, Cell, Column, Document, Table};
use crate::school::Id;
use crate::view::counted;

/// The rows of one file.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ForgottenRows {
    pub file: String,
    /// The lines on which the rows stood.
    pub lines: Vec<u32>,
}

/// The answer.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ForgottenPupil {
    /// `phase/forget/1`.
    pub schema: &'static str,
    pub pupil: Id,
    /// Whether the rows were taken out; else they were only shown.
    pub written: bool,
    pub files: Vec<ForgottenRows>,
    /// Where else the code stands: left to a person.
    pub mentions: Vec<String>,
    /// Drafts of commands that were cut short, in which the code stands; they are removed when the rows are.
    pub drafts: Vec<String>,
    /// Further folders that were named.
    pub also: Vec<String>,
    /// Folders of earlier years that were not named.
    pub not_looked_at: Vec<String>,
    pub made_on: NaiveDate,
}

/// The answer as a document.
pub fn document(answer: &ForgottenPupil) -> Document {
    let rows: usize = answer.files.iter().map(|file| file.lines.len()).sum();
    let what = counted(rows, "row");
    let title = match answer.written {
        true => format!("{}: {what} taken out", answer.pupil),
        false => format!("{}: {what} would be taken out; nothing is written yet", answer.pupil),
    };
    let mut blocks = Vec::new();
    if rows > 0 {
        blocks.push(Block::Table(
            files(answer, false).read_as("a row a file, and how many of its rows are the pupil's."),
        ));
    }
    blocks.push(Block::Labelled(notes(answer)));
    if !answer.written && rows > 0 {
        let also: String = answer.also.iter().map(|folder| format!(" --also \"{folder}\"")).collect();
        blocks.push(Block::Commands(format!("To take them out: phase forget {}{also} --yes", answer.pupil)));
    }
    Document::new(title, blocks, files(answer, true), answer.made_on)
}

/// How many lines and places are listed one by one.
const SHOWN: usize = 12;

/// The files with rows of the pupil, a row each; with all their lines, or the first of them.
fn files(answer: &ForgottenPupil, all: bool) -> Table {
    let row = |file: &ForgottenRows| -> Vec<Cell> {
        let shown = if all { file.lines.len() } else { SHOWN };
        let mut lines: Vec<String> = file.lines.iter().take(shown).map(ToString::to_string).collect();
        if file.lines.len() > shown {
            lines.push(format!("and {} more", file.lines.len() - shown));
        }
        vec![
            file.file.as_str().into(),
            Cell::Number(i64::try_from(file.lines.len()).unwrap_or(0)),
            lines.join(if all { ";" } else { ", " }).into(),
        ]
    };
    let columns = vec![Column::text("file"), Column::number("rows"), Column::text("on lines")];
    Table::new(columns, answer.files.iter().map(row).collect())
}

/// What is left to do by hand, and what is not reached.
fn notes(answer: &ForgottenPupil) -> Vec<(String, Vec<String>)> {
    let mut notes: Vec<(String, Vec<String>)> = Vec::new();
    if !answer.mentions.is_empty() {
        let mut says =
            vec!["the code stands in these lines too; look at them and mend them by hand:".to_owned()];
        says.extend(answer.mentions.iter().take(SHOWN).cloned());
        if answer.mentions.len() > SHOWN {
            says.push(format!("and {} more", answer.mentions.len() - SHOWN));
        }
        notes.push(("By hand".to_owned(), says));
    }
    if !answer.drafts.is_empty() {
        let mut says = vec!["left by commands that were cut short; with --yes they are removed:".to_owned()];
        says.extend(answer.drafts.iter().cloned());
        notes.push(("Drafts".to_owned(), says));
    }
    if !answer.not_looked_at.is_empty() {
        let says =
            answer.not_looked_at.iter().map(|folder| format!("{folder}: --also \"{folder}\"")).collect();
        notes.push(("Not looked at".to_owned(), says));
    }
    notes.push((
        "Not reached".to_owned(),
        vec![
            "copies, backups and older versions (OneDrive, git) of these files; minutes and other files that phase does not read; what was printed or sent; the school's own key from codes to names. Totals that were issued stay as they are."
                .to_owned(),
        ],
    ));
    notes
}
