//! `schedules/htN/published.csv`: the schedule as agreed, changed row by row.

use super::csv_editor::CsvTable;
use crate::school::{DatedHours, Id, School, Session};

const COLUMNS: &[&str] = &[
    "id",
    "sequence",
    "owner",
    "task",
    "subject",
    "date",
    "period",
    "start",
    "end",
    "with",
    "classes",
    "teacher",
    "place",
    "minutes",
    "fixed",
    "status",
    "reason",
    "moved_from",
];

/// What the file of what people were shown has next to them.
const LENT_BY: &str = "lent_by";

/// The file of the schedule of a half term as agreed.
pub fn file(half_term: u8) -> String {
    format!("schedules/ht{half_term}/published.csv")
}

/// The text of the file with these sessions in it: rows of the same id changed, others added.
pub fn write(text: &str, school: &School, sessions: &[Session]) -> String {
    let mut table = CsvTable::of(text, COLUMNS);
    for session in sessions {
        let values = values(school, session);
        if !table.change("id", session.id.as_str(), &values) {
            table.append(&[values]);
        }
    }
    table.into_text()
}

/// The text of the file of what people were shown, with these sessions in it: by the clock, since a period may come to
/// mean another time.
pub fn write_issued(text: &str, school: &School, sessions: &[Session]) -> String {
    let mut table = CsvTable::of(text, &[COLUMNS, &[LENT_BY]].concat());
    for session in sessions {
        let hours = session.when.hours;
        let mut values = values(school, session);
        values.push((LENT_BY, ids(&session.lent_by)));
        for (name, value) in &mut values {
            match *name {
                "period" => value.clear(),
                "start" => *value = hours.start.format("%H:%M").to_string(),
                "end" => *value = hours.end.format("%H:%M").to_string(),
                _ => {}
            }
        }
        if !table.change("id", session.id.as_str(), &values) {
            table.append(&[values]);
        }
    }
    table.into_text()
}

fn ids(ids: &[Id]) -> String {
    ids.iter().map(Id::as_str).collect::<Vec<_>>().join(";")
}

fn values<'a>(school: &School, session: &Session) -> Vec<(&'a str, String)> {
    let period = school.set_up.calendar.period_at(&session.when);
    let hours = |time: chrono::NaiveTime| {
        if period.is_some() { String::new() } else { time.format("%H:%M").to_string() }
    };
    vec![
        ("id", session.id.to_string()),
        ("sequence", session.sequence.to_string()),
        ("owner", session.owner.to_string()),
        ("task", session.kind.word().to_owned()),
        ("subject", session.subject.as_ref().map_or_else(String::new, ToString::to_string)),
        ("date", session.when.date.to_string()),
        ("period", period.map_or_else(String::new, |period| period.id.to_string())),
        ("start", hours(session.when.hours.start)),
        ("end", hours(session.when.hours.end)),
        ("with", ids(&session.with)),
        ("classes", ids(&session.classes)),
        ("teacher", ids(&session.teachers)),
        ("place", session.place.clone().unwrap_or_default()),
        ("minutes", session.minutes.to_string()),
        ("fixed", if session.fixed { "yes" } else { "no" }.to_owned()),
        ("status", session.status.word().to_owned()),
        ("reason", session.note.clone()),
        (
            "moved_from",
            session
                .moved_from
                .map_or_else(String::new, |DatedHours { date, hours }| format!("{date} {hours}")),
        ),
    ]
}
