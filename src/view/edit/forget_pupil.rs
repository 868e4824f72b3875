//! What became of a pupil's rows, in words.

use chrono::NaiveDate;
use serde::Serialize;

use crate::document::{Block, Cell, Column, Document, Table};
use crate::school::Id;
use crate::view::counted;

/// The rows of one file.
#[derive(Clone, Debug, Serialize)]
pub struct ForgottenRows {
    /// The file.
    pub file: String,
    /// The lines on which the rows stood.
    pub lines: Vec<u32>,
}

/// The answer.
#[derive(Clone, Debug, Serialize)]
pub struct ForgottenPupil {
    /// `phase/forget/1`.
    pub schema: &'static str,
    /// The pupil's code.
    pub pupil: Id,
    /// Whether the rows were taken out; else they were only shown.
    pub written: bool,
    /// The rows.
    pub files: Vec<ForgottenRows>,
    /// Where else the code stands: left to a person.
    pub mentions: Vec<String>,
    /// Drafts of commands that were cut short, in which the code stands; they are removed when the rows are.
    pub drafts: Vec<String>,
    /// Further folders that were named.
    pub also: Vec<String>,
    /// Folders of earlier years that were not named.
    pub not_looked_at: Vec<String>,
    /// The day it was made for.
    pub made_on: NaiveDate,
}

/// The answer as a document.
pub fn document(answer: &ForgottenPupil) -> Document {
    const SHOWN: usize = 12;
    let rows: usize = answer.files.iter().map(|file| file.lines.len()).sum();
    let what = counted(rows, "row");
    let title = match answer.written {
        true => format!("{}: {what} taken out", answer.pupil),
        false => format!("{}: {what} would be taken out; nothing is written yet", answer.pupil),
    };
    let lines = |lines: &[u32]| {
        let mut shown: Vec<String> = lines.iter().take(SHOWN).map(ToString::to_string).collect();
        if lines.len() > SHOWN {
            shown.push(format!("and {} more", lines.len() - SHOWN));
        }
        shown.join(", ")
    };
    let table = |all: bool| {
        let row = |file: &ForgottenRows| -> Vec<Cell> {
            let numbers = match all {
                true => file.lines.iter().map(ToString::to_string).collect::<Vec<_>>().join(";"),
                false => lines(&file.lines),
            };
            vec![
                file.file.as_str().into(),
                Cell::Number(i64::try_from(file.lines.len()).unwrap_or(0)),
                numbers.into(),
            ]
        };
        let columns = vec![Column::text("file"), Column::number("rows"), Column::text("on lines")];
        Table::new(columns, answer.files.iter().map(row).collect())
    };
    let mut blocks = Vec::new();
    if rows > 0 {
        blocks.push(Block::Table(
            table(false).read_as("a row a file, and how many of its rows are the pupil's."),
        ));
    }
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
    blocks.push(Block::Labelled(notes));
    if !answer.written && rows > 0 {
        let also: String = answer.also.iter().map(|folder| format!(" --also \"{folder}\"")).collect();
        blocks.push(Block::Commands(format!("To take them out: phase forget {}{also} --yes", answer.pupil)));
    }
    Document { title, blocks, records: table(true), made_on: answer.made_on, ..Document::default() }
}
