//! The log in words: what happened, the last first.

use crate::document::{Block, Cell, Column, Document, Table};
use crate::improve::log::{Log, LogRow};
use crate::render::long_date;
use crate::school::{Group, Id, School};
use crate::view::{counted, face, people};

/// The answer as a document.
pub fn document(school: &School, answer: &Log) -> Document {
    let mut blocks: Vec<Block> = Vec::new();
    if answer.rows.is_empty() {
        blocks.push(Block::Paragraph(
            "Nothing is logged for what was asked. phase log add --kind meeting --what \"…\" adds a row."
                .to_owned(),
        ));
    } else {
        let hidden = answer.rows.iter().any(|row| row.hidden.is_some());
        let hidden = if hidden { " c: so few pupils that they would be known." } else { "" };
        blocks.push(Block::Table(
            table(school, answer)
                .read_as(format!("what people wrote down, newest first; no private matters.{hidden}")),
        ));
        if let Some(unclear) = &answer.to_settle {
            let duties: Vec<&str> = unclear.duties.iter().map(|id| id.as_str()).collect();
            let line = unclear.at.first().map_or(0, |at| at.line);
            blocks.push(Block::Labelled(vec![(
                "To settle".to_owned(),
                vec![match duties.as_slice() {
                    [] => format!("it shows no duty: phase log shows {line} DUTY"),
                    several => format!("it may show {}: phase log shows {line} DUTY", several.join(" or ")),
                }],
            )]));
        }
    }
    Document {
        face: face(&answer.audience),
        ..Document::new(
            format!("Log, {}: {}", answer.academic_year, counted(answer.rows.len(), "row")),
            blocks,
            records(answer),
            answer.made_on,
        )
    }
}

fn table(school: &School, answer: &Log) -> Table {
    let counts = answer.rows.iter().any(|row| row.count.is_some() || row.hidden.is_some());
    let mut columns =
        vec![Column::text("day"), Column::text("kind"), Column::text("what"), Column::text("who")];
    if counts {
        columns.push(Column::number("count"));
    }
    columns.push(Column::text("for"));
    let row = |row: &LogRow| {
        let mut cells: Vec<Cell> = vec![
            Cell::Date(row.date),
            row.kind.replace('-', " ").into(),
            what(school, row).into(),
            few_people(school, &row.who).into(),
        ];
        if counts {
            let count = row.count.map_or(Cell::Empty, |count| Cell::Number(i64::from(count)));
            cells.push(row.hidden.map_or(count, |sign| sign.to_string().into()));
        }
        let shows: Vec<&str> = row.shows.iter().map(|id| id.as_str()).collect();
        cells.push(shows.join(", ").into());
        cells
    };
    Table::new(columns, answer.rows.iter().map(row).collect())
}

/// Who was concerned: two by name, the others counted.
fn few_people(school: &School, ids: &[Id]) -> String {
    match ids {
        [first, second, rest @ ..] if rest.len() > 1 => {
            format!("{}, {} and {} more", school.name_of(first), school.name_of(second), rest.len())
        }
        all => people(school, all),
    }
}

/// What happened, with its subject, group, and when it must be done again; where more is kept is in the table
/// for spreadsheets.
fn what(school: &School, row: &LogRow) -> String {
    let mut parts: Vec<String> = Vec::new();
    if !row.what.is_empty() {
        parts.push(row.what.clone());
    }
    parts.extend(row.subject.as_ref().map(|subject| school.subject_name(subject).to_owned()));
    if row.group != Group::All {
        parts.push(row.group.says(&school.settings.groupings));
    }
    parts.extend(row.renewal.map(|day| format!("again by {}", long_date(day))));
    parts.join("; ")
}

fn records(answer: &Log) -> Table {
    let columns = [
        "date",
        "kind",
        "id",
        "who",
        "what",
        "subject",
        "year_group",
        "class",
        "group",
        "count",
        "shows",
        "renewal",
        "link",
    ];
    let joined = |ids: &[crate::school::Id]| ids.iter().map(|id| id.as_str()).collect::<Vec<_>>().join(";");
    let row = |row: &LogRow| -> Vec<Cell> {
        let count = row.count.map_or(Cell::Empty, |count| Cell::Number(i64::from(count)));
        vec![
            Cell::Date(row.date),
            row.kind.into(),
            row.id.as_ref().map_or("", |id| id.as_str()).into(),
            joined(&row.who).into(),
            row.what.as_str().into(),
            row.subject.as_ref().map_or("", |id| id.as_str()).into(),
            row.year_groups.join(";").into(),
            joined(&row.classes).into(),
            if row.group == Group::All { Cell::Empty } else { row.group.to_string().into() },
            row.hidden.map_or(count, |sign| sign.to_string().into()),
            joined(&row.shows).into(),
            row.renewal.map_or(Cell::Empty, Cell::Date),
            row.link.as_str().into(),
        ]
    };
    Table::new(columns.map(Column::text).to_vec(), answer.rows.iter().map(row).collect())
}
