//! What goes on into the next academic year, in words.

use chrono::NaiveDate;
use serde::Serialize;

use crate::document::{Block, Cell, Document, Table};
use crate::view::counted;

/// What a file becomes.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(tag = "becomes", rename_all = "kebab-case")]
pub enum CarryOver {
    AsItIs,
    /// The set-up, with last year's folder named.
    SetUp {
        /// The folder.
        previous: String,
        /// How many programmed sessions on single dates stay behind.
        sessions_left: usize,
    },
    /// The term dates that were given.
    TermDates,
    /// What comes back each week.
    Weekly {
        /// How many rows on single dates stay behind.
        left: usize,
    },
    /// Pupils, each a year group further.
    MovedUp {
        pupils: usize,
        /// How many leave.
        left: usize,
        /// Of how many the class is not known.
        without_class: usize,
    },
    /// Actions that are not done.
    Open {
        rows: usize,
        /// How many stay behind.
        left: usize,
    },
    /// Objectives that are not met.
    Unmet {
        objectives: usize,
        /// How many stay behind.
        left: usize,
    },
}

/// A file that goes on.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct CarriedFile {
    pub file: String,
    #[serde(flatten)]
    pub becomes: CarryOver,
}

/// The answer.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct NewYear {
    /// `phase/new-year/1`.
    pub schema: &'static str,
    pub folder: String,
    pub academic_year: String,
    /// Whether it was written; else it was only shown.
    pub written: bool,
    pub carried: Vec<CarriedFile>,
    /// Whether the term dates of that year are built in.
    pub terms_known: bool,
    /// Whether the set-up came from the workbook, and goes on as files.
    pub workbook: bool,
    pub made_on: NaiveDate,
}

/// What stays behind, after what goes on.
fn behind(left: usize, what: &str, more: &str) -> String {
    match left {
        0 => String::new(),
        1 => format!("; 1 {what}{more} stays behind"),
        left => format!("; {left} {what}s{more} stay behind"),
    }
}

/// What a file becomes, in words.
fn says(becomes: &CarryOver) -> String {
    match becomes {
        CarryOver::AsItIs => "as it is".to_owned(),
        CarryOver::TermDates => "the term dates that were given".to_owned(),
        CarryOver::SetUp { previous, sessions_left } => {
            let left = behind(*sessions_left, "programmed session", " on single dates");
            format!("as it is, with previous = \"{previous}\"{left}")
        }
        CarryOver::Weekly { left } => {
            format!("what comes back each week{}", behind(*left, "row", " on single dates"))
        }
        CarryOver::MovedUp { pupils, left, without_class } => {
            let unknown = match without_class {
                0 => String::new(),
                number => format!("; of {number} the class is empty: fill it in"),
            };
            format!(
                "{}, a year group further{}{unknown}",
                counted(*pupils, "pupil"),
                behind(*left, "pupil", "")
            )
        }
        CarryOver::Open { rows, left } => {
            let go_on = counted(*rows, "action");
            format!(
                "{go_on}: open ones, and what an objective that goes on rests on{}",
                behind(*left, "action", "")
            )
        }
        CarryOver::Unmet { objectives, left } => {
            format!("{} not met{}", counted(*objectives, "objective"), behind(*left, "objective", ""))
        }
    }
}

/// The answer as a document.
pub fn document(answer: &NewYear) -> Document {
    let title = match answer.written {
        true => format!("{}: {} is laid down", answer.folder, answer.academic_year),
        false => format!(
            "{}: what {} would begin with; nothing is written yet",
            answer.folder, answer.academic_year
        ),
    };
    let row = |carried: &CarriedFile| -> Vec<Cell> {
        vec![carried.file.as_str().into(), says(&carried.becomes).into()]
    };
    let table = Table::of(["file", "what goes on"], answer.carried.iter().map(row));
    let given = answer.carried.iter().any(|carried| matches!(carried.becomes, CarryOver::TermDates));
    let terms = match (given, answer.terms_known) {
        (true, _) => "Term dates: look through calendar.toml for INSET days and events.",
        (_, true) => "Term dates: the common ones, until calendar.toml says your own.",
        _ => {
            "Term dates of that year are not known here: give --terms FILE.ics, the school's calendar, or six times --terms \"1 Sep 2027 to 22 Oct 2027\"."
        }
    };
    let mut notes = vec![
        "Evidence, judgements, results, schedules and the log stay where they are, and are read from there: nothing in this folder is changed."
            .to_owned(),
        terms.to_owned(),
        "Look through classes.csv, staff.csv, timetable.csv and targets.csv: who teaches what next year is not known here. New pupils come with phase import."
            .to_owned(),
    ];
    let unmet = |carried: &CarriedFile| matches!(carried.becomes, CarryOver::Unmet { objectives: 1.., .. });
    if answer.carried.iter().any(unmet) {
        notes.push("Objectives and actions keep their days: agree on new ones, and write them into objectives.toml and actions.csv.".to_owned());
    }
    if answer.workbook {
        notes.push("The set-up of the workbook goes on as files: phase init DIR --convert makes a workbook of them again.".to_owned());
    }
    let next = match answer.written {
        true => format!("Next: phase -w {} check", answer.folder),
        false => format!("To write it: phase new-year {} --yes", answer.folder),
    };
    Document::new(
        title,
        vec![
            Block::Table(
                table.clone().read_as("a row a file, and what becomes of it in next year's folder."),
            ),
            Block::Labelled(vec![("Note".to_owned(), notes)]),
            Block::Commands(next),
        ],
        table,
        answer.made_on,
    )
}
