//! Objectives in words: pupils before percentages, and never more than the records say.

use super::objective_states::{bar, criterion_word, met_of, shown_state};
use super::objective_words::ObjectivesView;
use crate::document::{Block, Cell, Column, Document, Table};
use crate::improve::objective_state::ObjectiveState;
use crate::improve::objectives::{ObjectiveProgress, Objectives};
use crate::privacy::audience::Audience;
use crate::render::long_date;
use crate::school::School;
use crate::view::{dated, face};

/// How the tables are read.
const READING: &str = "a criterion is met by the records named, never by somebody's word alone; a milestone is the day that its owner wrote. A change is more than chance where its 95% interval leaves out zero; under 11 nothing is said of chance.";

/// The answer with each criterion's detail in a sentence.
pub fn with_details(school: &School, mut answer: Objectives) -> Objectives {
    let words = ObjectivesView { school, leader: answer.audience == Audience::Leader };
    for criterion in answer.objectives.iter_mut().flat_map(|objective| &mut objective.criteria) {
        criterion.detail = words.detail(criterion);
    }
    answer
}

/// The answer as a document; of one objective, with what shows it.
pub fn document(school: &School, answer: &Objectives, of_one: bool) -> Document {
    let words = ObjectivesView { school, leader: answer.audience == Audience::Leader };
    let mut blocks: Vec<Block> = Vec::new();
    if answer.objectives.is_empty() {
        blocks.push(Block::Paragraph(
            "No objective is written yet: they go into objectives.toml. The five of a phase leader's post stand in the data-template, to be copied and changed."
                .to_owned(),
        ));
    }
    if answer.objectives.len() > 1 {
        blocks.push(Block::Table(overview(school, answer).read_as(READING)));
    }
    for objective in &answer.objectives {
        blocks.push(Block::Heading(format!("{}  {}", objective.number, objective.title)));
        blocks.push(Block::Labelled(words.summary(objective, of_one)));
        blocks.push(Block::Table(criteria(objective).read_as(READING)));
        if of_one {
            blocks.extend(words.what_shows(objective));
        }
    }
    if let (false, true, Some(first)) = (of_one, words.leader, answer.objectives.first()) {
        let open = answer.objectives.iter().find(|one| one.state != ObjectiveState::Met).unwrap_or(first);
        blocks.push(Block::Commands(format!(
            "What shows one, and what is missing: phase objectives --id {}",
            open.number
        )));
    }
    Document {
        face: face(&answer.audience),
        ..Document::new(
            format!(
                "Objectives, {}, {}: {}",
                school.phase_name(&answer.phase),
                answer.academic_year,
                long_date(answer.made_on)
            ),
            blocks,
            records(answer),
            answer.made_on,
        )
    }
}

fn overview(school: &School, answer: &Objectives) -> Table {
    let columns = vec![
        Column::number(""),
        Column::text("objective"),
        Column::text("criteria"),
        Column::text("met"),
        Column::text("state"),
        Column::text("due"),
    ];
    let row = |objective: &ObjectiveProgress| -> Vec<Cell> {
        vec![
            Cell::Number(i64::try_from(objective.number).unwrap_or(0)),
            objective.title.as_str().into(),
            bar(objective).into(),
            met_of(objective).into(),
            shown_state(objective).into(),
            dated(school, objective.due).into(),
        ]
    };
    Table::new(columns, answer.objectives.iter().map(row).collect())
}

pub(crate) fn criteria(objective: &ObjectiveProgress) -> Table {
    let columns = vec![
        Column::number(""),
        Column::text("criterion"),
        Column::text("state"),
        Column::text("what the records say"),
    ];
    let rows = (1..).zip(&objective.criteria).map(|(number, one)| {
        vec![
            Cell::Number(number),
            one.text.as_str().into(),
            criterion_word(one).into(),
            one.detail.as_str().into(),
        ]
    });
    Table::new(columns, rows.collect())
}

fn records(answer: &Objectives) -> Table {
    let columns = [
        "objective",
        "title",
        "state",
        "met",
        "of",
        "not_shown",
        "criterion",
        "criterion_state",
        "by",
        "detail",
    ]
    .map(Column::text);
    let number = |number: usize| Cell::Number(i64::try_from(number).unwrap_or(0));
    let rows = answer.objectives.iter().flat_map(|objective| {
        objective.criteria.iter().map(move |one| -> Vec<Cell> {
            vec![
                objective.id.as_str().into(),
                objective.title.as_str().into(),
                shown_state(objective).into(),
                number(objective.progress.met),
                number(objective.progress.of),
                number(objective.progress.hidden),
                one.text.as_str().into(),
                criterion_word(one).into(),
                Cell::Date(one.by),
                one.detail.as_str().into(),
            ]
        })
    });
    Table::new(columns.to_vec(), rows.collect())
}
