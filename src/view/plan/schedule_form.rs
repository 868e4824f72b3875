//! The form that subject leaders plan on: a page to read and write on, and a workbook to fill in.

use crate::document::{Block, Cell, CellInput, Column, Document, Sheet, SheetColumn, Table};
use crate::plan::schedule_form::ScheduleForm;
use crate::render::long_date;
use crate::school::layout::{self, ColumnType, FORM_KEYS, FORM_SHEET};
use crate::school::{School, day, half_term_name};
use crate::view::edit::set_up;

/// The form as a document: the page as its blocks, the workbook as its sheets.
pub fn document(school: &School, form: &ScheduleForm) -> Document {
    let span = &form.half_term;
    let of = form.subject.as_ref().map_or("", |subject| school.subject_name(subject));
    let what = if of.is_empty() { "Schedule of a subject".to_owned() } else { format!("Schedule of {of}") };
    let title = format!(
        "{what}, {} ({} to {})",
        half_term_name(span.number),
        span.from.format("%-d %B"),
        long_date(span.to)
    );
    let (weeks, programmed, taken) = (weeks(form), programmed(form), taken(form));
    let mut blocks = vec![
        Block::Paragraph(format!(
            "To plan your five task areas on, and to hand in to {}.",
            school.name_of(&form.leader)
        )),
        Block::Table(
            to_plan(form, &Cell::Text("______".to_owned()))
                .read_as("a row a session to plan: fill in what is open, and hand it in."),
        ),
        Block::Heading("The weeks".to_owned()),
        Block::Table(weeks.clone().read_as("a row a week of the half term, and what is on in it.")),
        Block::Heading(format!("{}: programmed sessions", form.phase)),
        Block::Paragraph("What you do together lies in these.".to_owned()),
        Block::Table(programmed.clone().read_as("the times at which the phase leader can be with you.")),
    ];
    if !taken.rows.is_empty() {
        blocks.push(Block::Heading("Already taken".to_owned()));
        blocks.push(Block::Table(taken.clone().read_as("times that somebody has already taken.")));
    }
    let sheets = vec![
        fill_in(school, form),
        Sheet::of_table("Weeks", &weeks),
        Sheet::of_table("Programmed", &programmed),
        Sheet::of_table("Taken", &taken),
        keys(school, form),
    ];
    Document { sheets, ..Document::new(title, blocks, to_plan(form, &Cell::Empty), form.made_on) }
}

/// The task areas to plan, a row each, in the columns that `phase import` reads; `blank` stands where
/// something is to be filled in.
fn to_plan(form: &ScheduleForm, blank: &Cell) -> Table {
    let mut names = vec!["task", "date", "period", "classes", "teacher", "place", "note"];
    if form.subject.is_none() {
        names.insert(0, "subject");
    }
    let row = |word: &str| {
        names.iter().map(|name| if *name == "task" { word.into() } else { blank.clone() }).collect()
    };
    Table::new(
        names.iter().copied().map(Column::text).collect(),
        form.wanted.iter().map(|kind| row(kind.word())).collect(),
    )
}

fn weeks(form: &ScheduleForm) -> Table {
    let rows = form.weeks.iter().map(|week| {
        let letter = week.letter.map_or_else(String::new, |letter| format!(" {letter}"));
        vec![
            Cell::Text(format!("{}{letter}", week.week)),
            Cell::Text(format!("{} to {}", day(week.from), day(week.to))),
            week.notes.join("; ").into(),
        ]
    });
    Table::of(["week", "days", "what happens"], rows)
}

fn programmed(form: &ScheduleForm) -> Table {
    let rows = form.programmed.iter().map(|slot| {
        let period = slot.period.as_ref().map_or("", |period| period.as_str());
        vec![Cell::Text(day(slot.when.date)), slot.when.hours.to_string().into(), period.into()]
    });
    Table::of(["day", "time", "period"], rows)
}

fn taken(form: &ScheduleForm) -> Table {
    let rows = form.taken.iter().map(|taken| {
        vec![Cell::Text(day(taken.when.date)), taken.when.hours.to_string().into(), taken.by.as_str().into()]
    });
    Table::of(["day", "time", "by"], rows)
}

/// The sheet to fill in: the columns of a schedule that is sent in.
fn fill_in(school: &School, form: &ScheduleForm) -> Sheet {
    let columns = if form.subject.is_some() { layout::HANDED_IN } else { layout::HANDED_IN_ALL };
    let list = |words: Vec<String>| {
        // A list in a cell holds 255 characters; a longer one is typed.
        let fits = words.iter().map(|word| word.chars().count() + 1).sum::<usize>() <= 250;
        if fits && !words.is_empty() { CellInput::OneOf(words) } else { CellInput::Words }
    };
    let column = |column: &layout::ColumnLayout| {
        let takes = match column.holds {
            ColumnType::Period => {
                list(school.set_up.calendar.periods.iter().map(|period| period.id.to_string()).collect())
            }
            ColumnType::Subject => {
                list(school.set_up.subjects.values().map(|subject| subject.name.clone()).collect())
            }
            ColumnType::Staff | ColumnType::Teachers => CellInput::Words,
            _ => set_up::column(column).takes,
        };
        let help = match column.holds {
            ColumnType::Several if !school.set_up.classes.is_empty() => {
                let classes: Vec<&str> = school.set_up.classes.keys().map(|class| class.as_str()).collect();
                format!("such as {}", classes.iter().take(6).copied().collect::<Vec<_>>().join("; "))
            }
            ColumnType::Date => {
                let (from, to) =
                    (form.half_term.from.format("%d/%m/%Y"), form.half_term.to.format("%d/%m/%Y"));
                format!("{from} to {to}")
            }
            _ => set_up::column(column).help,
        };
        SheetColumn { heading: column.name.to_owned(), help, takes }
    };
    let row = |word: &'static str| {
        columns.iter().map(|column| if column.name == "task" { word.into() } else { Cell::Empty }).collect()
    };
    Sheet {
        name: FORM_SHEET.to_owned(),
        columns: columns.iter().map(column).collect(),
        rows: form.wanted.iter().map(|kind| row(kind.word())).collect(),
        fill_in: true,
    }
}

/// What the form is for, so that it is read back as what it is.
fn keys(school: &School, form: &ScheduleForm) -> Sheet {
    let (name, columns) = FORM_KEYS;
    let mut rows = vec![
        ("form", "schedule".to_owned()),
        ("school", school.settings.name.clone()),
        ("academic_year", form.half_term.academic_year.clone()),
        ("half_term", form.half_term.number.to_string()),
    ];
    rows.extend(form.subject.as_ref().map(|subject| ("subject", subject.to_string())));
    rows.push(("hand in to", school.name_of(&form.leader).to_owned()));
    rows.push(("together", "what you do together lies in the times of the sheet Programmed".to_owned()));
    Sheet {
        name: name.to_owned(),
        columns: columns.iter().map(set_up::column).collect(),
        rows: rows.into_iter().map(|(key, value)| vec![key.into(), value.into()]).collect(),
        fill_in: true,
    }
}
