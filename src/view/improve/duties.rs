//! Duties in words: what nothing shows yet first, then what is late, due and shown; and who does what.

use crate::document::{Block, Cell, Column, Document, Table, capitalised};
use crate::improve::due_rounds::DutyState;
use crate::improve::duties::{Duties, DutyProgress};
use crate::render::long_date;
use crate::school::{DutyGroup, Frequency, ProofSource, School, day};
use crate::view::{counted, dated};

/// How the tables of duties are read.
const READING: &str = "a duty is shown by the last record of a kind that it names; a row of the log, or an action that has begun, shows it where it names it, or where it names no duty and no other duty takes its kind.";

/// The answer as a document; of one duty, with all that is known of it.
pub fn document(school: &School, answer: &Duties, of_one: bool) -> Document {
    let words = DutiesView { school, answer };
    let mut blocks = Vec::new();
    if answer.duties.is_empty() {
        blocks.push(Block::Paragraph(
            "No duty is written for what was asked: they go into duties.toml. A register of a phase leader's duties stands in the data-template, to be copied and changed."
                .to_owned(),
        ));
    }
    type Is = fn(&DutyProgress) -> bool;
    let parts: &[(&str, Is)] = &[
        ("Nothing shows it yet", |duty| duty.state == DutyState::Never && duty.every != Frequency::Occasion),
        ("Overdue", |duty| duty.state == DutyState::Overdue),
        ("Due", |duty| duty.state == DutyState::Due),
        ("Shown", |duty| duty.state == DutyState::Shown && duty.every != Frequency::Occasion),
        ("As it comes", |duty| duty.every == Frequency::Occasion),
    ];
    for (heading, of) in parts {
        for every in Frequency::ALL {
            let own: Vec<&DutyProgress> =
                answer.duties.iter().filter(|duty| of(duty) && duty.every == *every).collect();
            if !own.is_empty() {
                let rhythm = if *every == Frequency::Occasion {
                    String::new()
                } else {
                    format!(", {}", every.title())
                };
                blocks.push(Block::Heading(format!("{heading}{rhythm} ({})", own.len())));
                blocks.push(Block::Table(words.table(&own).read_as(READING)));
            }
        }
    }
    if let (true, [duty, ..]) = (of_one, answer.duties.as_slice()) {
        blocks.push(Block::Labelled(words.known(duty)));
    }
    let notes = words.notes();
    if !notes.is_empty() {
        blocks.push(Block::Labelled(notes));
    }
    if !of_one || answer.duties.iter().any(|duty| duty.area == "safeguarding") {
        blocks.push(Block::Paragraph(format!(
            "A concern about anybody's safety is not for this register, nor for any file here. Tell: {}",
            answer.route
        )));
    }
    Document::new(words.title("Duties"), blocks, records(answer), answer.made_on)
}

/// Who does what: a row a duty, a column a role.
pub fn who_does_what(school: &School, answer: &Duties) -> Document {
    let words = DutiesView { school, answer };
    let mut blocks = Vec::new();
    let mut areas: Vec<&str> = Vec::new();
    for duty in &answer.duties {
        if !areas.contains(&duty.area.as_str()) {
            areas.push(&duty.area);
        }
    }
    let table = |own: Vec<&DutyProgress>| {
        let mut columns = vec![Column::text("what")];
        columns.extend(["class t.", "subject l.", "phase l.", "senior l."].map(Column::text));
        let row = |duty: &&DutyProgress| -> Vec<Cell> {
            let mut cells: Vec<Cell> = vec![words.what(duty).into()];
            cells.extend(DutyGroup::ALL.iter().map(
                |role| match duty.roles.iter().position(|own| own == role) {
                    Some(0) => Cell::from("answers"),
                    Some(_) => Cell::from("helps"),
                    None => Cell::Empty,
                },
            ));
            cells
        };
        Table::new(columns, own.iter().map(row).collect())
    };
    for area in &areas {
        let mut own: Vec<&DutyProgress> = answer.duties.iter().filter(|duty| duty.area == *area).collect();
        own.sort_by(|a, b| a.id.cmp(&b.id));
        own.dedup_by(|a, b| a.id == b.id);
        blocks.push(Block::Heading(capitalised(area)));
        blocks.push(Block::Table(table(own).read_as(
            "one role answers for each duty, the first that duties.toml names under `who`; the others help.",
        )));
    }
    let mut of_all = table(answer.duties.iter().collect());
    of_all.columns.insert(0, Column::text("area"));
    for (row, duty) in of_all.rows.iter_mut().zip(&answer.duties) {
        row.insert(0, duty.area.as_str().into());
    }
    Document::new(words.title("Who does what"), blocks, of_all, answer.made_on)
}

struct DutiesView<'a> {
    school: &'a School,
    answer: &'a Duties,
}

impl DutiesView<'_> {
    fn title(&self, what: &str) -> String {
        let phase = self.school.set_up.phases.iter().find(|phase| phase.id == self.answer.phase);
        format!(
            "{what}, {}, {}: {}",
            phase.map_or("", |phase| phase.name.as_str()),
            self.answer.academic_year,
            long_date(self.answer.made_on)
        )
    }

    fn what(&self, duty: &DutyProgress) -> String {
        let mut what = vec![duty.text.clone()];
        what.extend(duty.with.as_ref().map(|person| format!("with {}", self.school.name_of(person))));
        let subject = duty.subject.as_ref().map(|id| self.school.subject_name(id).to_owned());
        what.extend(subject.filter(|name| !duty.text.to_lowercase().contains(&name.to_lowercase())));
        what.join(", ")
    }

    fn table(&self, own: &[&DutyProgress]) -> Table {
        let row = |duty: &&DutyProgress| -> Vec<Cell> {
            let missing = duty.linked == Some(false);
            let missing = if missing { "; its file is not there" } else { "" };
            vec![
                format!("{}{missing}", self.what(duty)).into(),
                duty.last.map_or_else(|| "-".to_owned(), day).into(),
                self.next_by(duty).into(),
                duty.id.as_str().into(),
            ]
        };
        Table::of(["duty", "last", "next by", "id"], own.iter().map(row))
    }

    /// By when a duty is next due.
    fn next_by(&self, duty: &DutyProgress) -> String {
        duty.next_due.map_or_else(|| "-".to_owned(), |due| dated(self.school, due))
    }

    fn known(&self, duty: &DutyProgress) -> Vec<(String, Vec<String>)> {
        let mut known: Vec<(&str, Vec<String>)> = Vec::new();
        let roles: Vec<&str> = duty.roles.iter().map(|role| role.title()).collect();
        let people: Vec<&str> = duty.people.iter().map(|person| self.school.name_of(person)).collect();
        known.push(("Who", vec![roles.into_iter().chain(people).collect::<Vec<_>>().join(", ")]));
        let shown: Vec<String> = duty.shown_by.iter().map(ToString::to_string).collect();
        let times = format!("{} this year", counted(duty.times, "time"));
        let by = match shown.is_empty() {
            true => format!("rows of the log that name it: phase log add --kind … --shows {}", duty.id),
            false => shown.join(", "),
        };
        known.push(("Shown by", vec![format!("{by}; {times}")]));
        known.extend(duty.agreed.map(|agreed| ("Agreed", vec![long_date(agreed)])));
        if !duty.items.is_empty() {
            known.push(("Made of", duty.items.clone()));
        }
        if let Some(link) = &duty.link {
            let there = match duty.linked {
                Some(true) => "",
                Some(false) => " (not there)",
                None => " (not looked at)",
            };
            known.push(("Kept in", vec![format!("{link}{there}")]));
        }
        known.push(("Where", duty.at.iter().map(ToString::to_string).collect()));
        known.into_iter().map(|(label, says)| (label.to_owned(), says)).collect()
    }

    fn notes(&self) -> Vec<(String, Vec<String>)> {
        const SHOWN: usize = 3;
        let unclear: Vec<String> = self
            .answer
            .unclear
            .iter()
            .map(|unclear| {
                let duties: Vec<&str> = unclear.duties.iter().map(|id| id.as_str()).collect();
                let mut at: Vec<String> = unclear.at.iter().take(SHOWN).map(ToString::to_string).collect();
                if unclear.at.len() > SHOWN {
                    at.push("…".to_owned());
                }
                let how = match unclear.kind.of {
                    ProofSource::Log => "phase log shows LINE DUTY",
                    _ => "write which under `came_from`",
                };
                let number = counted(unclear.at.len(), "row");
                let kind = unclear.kind.title();
                format!("{number} ({kind}) may show {}: {how} ({})", duties.join(" or "), at.join(", "))
            })
            .collect();
        if unclear.is_empty() { Vec::new() } else { vec![("To settle".to_owned(), unclear)] }
    }
}

fn state_word(state: DutyState) -> &'static str {
    match state {
        DutyState::Never => "never",
        DutyState::Overdue => "overdue",
        DutyState::Due => "due",
        DutyState::Shown => "shown",
    }
}

fn records(answer: &Duties) -> Table {
    let columns = [
        "id", "area", "duty", "answers", "helps", "with", "subject", "every", "last", "times", "next_due",
        "state",
    ];
    let row = |duty: &DutyProgress| -> Vec<Cell> {
        let words: Vec<&str> = duty.roles.iter().map(|role| role.word()).collect();
        let (first, rest) = words.split_first().map_or(("", &[][..]), |(first, rest)| (*first, rest));
        let id = |id: &Option<crate::school::Id>| Cell::from(id.as_ref().map_or("", |id| id.as_str()));
        let date = |date: Option<chrono::NaiveDate>| date.map_or(Cell::Empty, Cell::Date);
        vec![
            duty.id.as_str().into(),
            duty.area.as_str().into(),
            duty.text.as_str().into(),
            first.into(),
            rest.join(";").into(),
            id(&duty.with),
            id(&duty.subject),
            duty.every.word().into(),
            date(duty.last),
            Cell::Number(i64::try_from(duty.times).unwrap_or(0)),
            date(duty.next_due),
            state_word(duty.state).into(),
        ]
    };
    Table::new(columns.map(Column::text).to_vec(), answer.duties.iter().map(row).collect())
}
