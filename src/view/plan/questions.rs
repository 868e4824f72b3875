//! The questions whose answers would make the answers better, in words.

use chrono::NaiveDate;
use serde::Serialize;

use crate::document::{Block, Cell, Document, Table};
use crate::plan::schedule::questions::{Question, QuestionKind};
use crate::school::layout::RecordLayout;
use crate::school::layout::rows::{SetUpRow, of};
use crate::view::counted;

/// The questions as scripts read them.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct QuestionsAnswer<'a> {
    schema: &'static str,
    half_term: u8,
    questions: Vec<OpenQuestion<'a>>,
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct OpenQuestion<'a> {
    #[serde(flatten)]
    question: &'a Question,
    example: &'static str,
}

/// The questions as one object.
pub fn answer(half_term: u8, questions: &[Question]) -> QuestionsAnswer<'_> {
    let open = |question| OpenQuestion { question, example: example(&question.asks) };
    QuestionsAnswer {
        schema: "phase/questions/1",
        half_term,
        questions: questions.iter().map(open).collect(),
    }
}

/// How an answer is written.
pub fn example(asks: &QuestionKind) -> &'static str {
    match asks {
        QuestionKind::Leader(_) => "Jo Okafor",
        QuestionKind::Classes => "1A Lee Adeyemi, 1B Sam Lindqvist, 2A, 2B",
        QuestionKind::Lesson(..) => "Tue pm1, or Tue 13:15-14:15; Thu am2",
        QuestionKind::Ppa(_) => "Wed pm, or Wed 13:15-15:15",
        QuestionKind::Inset => "4 Jan 2027, 7 Jun 2027",
    }
}

/// What stands beneath a question while it is asked; `more` are still to come.
pub fn help(asks: &QuestionKind, more: usize) -> String {
    let more = if more == 0 { String::new() } else { format!(" ({more} more)") };
    format!("{}; enter to leave it open{more}", example(asks))
}

/// The questions as a document.
pub fn document(half_term: u8, questions: &[Question], made_on: NaiveDate) -> Document {
    let row = |question: &Question| {
        [question.says.as_str(), question.id.as_str(), example(&question.asks)].map(Cell::from).to_vec()
    };
    let table = Table::of(["question", "id", "answer like"], questions.iter().map(row));
    let blocks = match questions.first() {
        None => vec![Block::Paragraph("No single row would make the schedule better.".to_owned())],
        Some(first) => vec![
            Block::Table(
                table.clone().read_as("a row a question, and the row of a file that would answer it."),
            ),
            Block::Commands(format!(
                "Next: phase ask --half-term {half_term}     or: phase ask --answer \"{}={}\"",
                first.id,
                example(&first.asks).split([';', ',']).next().unwrap_or_default()
            )),
        ],
    };
    let title = format!("{} open for half term {half_term}", counted(questions.len(), "question"));
    Document::new(title, blocks, table, made_on)
}

/// What came of asking.
pub fn ended(added: usize, half_term: u8) -> String {
    let says = if added == 0 {
        "Nothing was added.".to_owned()
    } else {
        format!("{} added.", counted(added, "row"))
    };
    format!("{says} Next: phase schedule --half-term {half_term}")
}

/// The rows that a person types into the workbook, which the program only reads. `name` names the row
/// where one that is there gets a further value.
pub fn to_type(layout: &RecordLayout, rows: &[SetUpRow], name: Option<&str>) -> String {
    let sheet = layout.sheet;
    let mut text = match name {
        Some(name) => format!("Type this into the row {name} of the sheet {sheet} of school.xlsx:\n"),
        None => format!("Type this into the sheet {sheet} of school.xlsx:\n"),
    };
    for row in rows {
        let cell = |column: &&str| format!("{column} {}", of(row, column));
        let names: Vec<&str> = layout
            .columns
            .iter()
            .map(|column| column.name)
            .filter(|column| !of(row, column).is_empty())
            .collect();
        text.push_str(&format!("  {}\n", names.iter().map(cell).collect::<Vec<_>>().join(", ")));
    }
    text.push_str("Save it, then go on.");
    text
}
