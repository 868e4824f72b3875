//! What happened to the monitoring, in words, and which subject was looked at when.

use crate::document::{Block, Cell, Chart, Column, Picture, Table, capitalised};
use crate::plan::monitoring::{MissedSession, Monitoring, SessionCount};
use crate::school::{School, SessionKind, day, half_term_name};
use crate::view::judge::practice::abbreviated;
use crate::view::{counted, listed};

/// The job card's task areas, in order.
const AREAS: [SessionKind; 5] = [
    SessionKind::WorkScrutiny,
    SessionKind::RecordsScrutiny,
    SessionKind::LessonVisit,
    SessionKind::Evaluation,
    SessionKind::Scheduling,
];

/// Planned and held, by half term and task area; what was missed, with reasons where they may be shown.
pub(crate) fn held(school: &School, answer: &Monitoring) -> Vec<Block> {
    let mut columns = vec![Column::text("half term")];
    columns.extend(AREAS.iter().map(|kind| Column::text(kind.title())));
    columns.extend(["all", "to come"].map(Column::text));
    let of = |count: Option<&SessionCount>| match count {
        Some(count) if count.planned > 0 => {
            Cell::from(format!("{}\u{a0}of\u{a0}{}", count.held, count.planned))
        }
        _ => Cell::Empty,
    };
    let rows = answer.half_terms.iter().map(|one| {
        let mut cells: Vec<Cell> = vec![capitalised(half_term_name(one.half_term)).into()];
        cells
            .extend(AREAS.iter().map(|kind| of(kind.task_area().and_then(|area| one.task_areas.get(&area)))));
        cells.push(of(Some(&one.all)));
        cells.push(Some(one.all.to_come).filter(|number| *number > 0).into());
        cells
    });
    let table = Table::new(columns, rows.collect())
        .read_as("sessions held, of those whose day has come; what was called off in time is not counted.");
    let mut blocks = vec![Block::Table(table)];
    let missed: Vec<(String, String)> = answer
        .half_terms
        .iter()
        .flat_map(|one| &one.missed)
        .map(|missed| (self::missed(school, missed), String::new()))
        .collect();
    if !missed.is_empty() {
        blocks.push(Block::Paragraph("Missed:".to_owned()));
        blocks.push(Block::Facts(missed));
    }
    let not_noted: u32 = answer.half_terms.iter().map(|one| one.not_noted).sum();
    if not_noted > 0 {
        let number = counted(not_noted as usize, "session");
        blocks.push(Block::Paragraph(format!("What became of {number} has not been noted.")));
    }
    blocks
}

fn missed(school: &School, missed: &MissedSession) -> String {
    let mut parts = vec![day(missed.date), missed.kind.title().to_owned()];
    parts.extend(missed.subject.as_ref().map(|subject| school.subject_name(subject).to_owned()));
    let why = missed.why.as_ref().map_or_else(String::new, |why| format!(": {why}"));
    format!("{}{why}", parts.join(", "))
}

/// Sessions held, by subject and half term.
pub(crate) fn coverage(school: &School, answer: &Monitoring) -> Vec<Block> {
    let half_terms = answer.subjects.first().map_or(0, |seen| seen.half_terms.len());
    let columns = (1..=half_terms).map(|number| {
        let short = abbreviated(u8::try_from(number).unwrap_or(0));
        short.chars().take(3).chain([' ']).chain(short.chars().skip(3)).collect::<String>()
    });
    let rows: Vec<(String, Vec<Option<u32>>)> = answer
        .subjects
        .iter()
        .map(|seen| (school.subject_name(&seen.subject).to_owned(), seen.half_terms.clone()))
        .collect();
    let unseen: Vec<String> = answer
        .subjects
        .iter()
        .filter(|seen| seen.half_terms.iter().flatten().all(|count| *count == 0))
        .map(|seen| school.subject_name(&seen.subject).to_owned())
        .collect();
    let mut blocks = vec![Block::Chart(Chart {
        title: "Sessions held, by subject and half term".to_owned(),
        picture: Picture::Counts { of: "subject", columns: columns.collect(), rows },
        reads: "a figure is how many sessions with the subject's leader were held then; no field, that nothing had been given out.".to_owned(),
    })];
    if !unseen.is_empty() {
        blocks.push(Block::Paragraph(format!(
            "No session of the phase leader's own held yet this year: {}.",
            listed(&unseen)
        )));
    }
    blocks
}
