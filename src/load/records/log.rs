//! `log.csv`: what happened.

use std::collections::BTreeSet;

use super::attainment::pupils::group;
use super::objectives::linked;
use super::reader::YearReader;
use crate::load::formats::{Folder, Record, Source, ValueError, times, values};
use crate::school::year::log::{CONFIDENCE, KINDS, PERFORMANCE_MANAGEMENT};
use crate::school::{Id, LogEntry, layout};

/// Reads the log, by date. `known` are the ids that a row may belong to: duties, objectives, actions.
pub fn read(
    source: &Source,
    folder: &Folder,
    reader: &mut YearReader<'_>,
    known: &BTreeSet<Id>,
) -> Vec<LogEntry> {
    let mut log: Vec<LogEntry> = Vec::new();
    for record in crate::load::formats::csv::records(source, layout::LOG.columns) {
        let Some(logged) = logged(&record, folder, reader, known) else { continue };
        let twin = log.iter().find(|other| other.id.is_some() && other.id == logged.id);
        if let (Some(twin), Some(cell)) = (twin, record.cell("id")) {
            let message = format!("the id `{}` is there twice ({})", cell.text, twin.at);
            source.error(&cell.at, message, "give each row an id of its own, or none");
        }
        log.push(logged);
    }
    // Rows of one day stand in an order of their own, whatever that of the file.
    let key = |row: &LogEntry| (row.date, row.kind, row.id.clone(), row.what.clone(), row.count);
    log.sort_by(|a, b| (key(a), &a.at).cmp(&(key(b), &b.at)));
    log
}

fn logged(
    record: &Record<'_>,
    folder: &Folder,
    reader: &mut YearReader<'_>,
    known: &BTreeSet<Id>,
) -> Option<LogEntry> {
    for name in ["date", "kind"] {
        record.required(name);
    }
    let (whom, school) = (reader.whom, reader.school);
    let id = record.id("id");
    let what = reader.note(record, "what", false).unwrap_or_default();
    let date = record.read("date", times::date);
    let kinds = KINDS.iter().map(|kind| (*kind, *kind));
    let kind = record.read("kind", |text| values::word(text, "kind of thing", kinds));
    let who = record.values("who", |text| whom.staff.find(text));
    let subject = record.read("subject", |text| whom.subjects.find(text));
    let classes = record.values("class", |text| whom.classes.find(text));
    let group = record.read("group", |text| group(text, &school.settings.groupings));
    let most = if kind == Some(CONFIDENCE) { 1..=10 } else { 0..=100_000 };
    let count = record.read("count", |text| values::number(text, most));
    if let (Some(CONFIDENCE), None, Some(cell)) = (kind, count, record.cell("kind")) {
        record.error(&cell.at, "how confident is not said", "write 1 to 10 under `count`");
    }
    let year_groups = record.values("year_group", values::year_groups).into_iter().flatten().collect();
    let renewal = record.read("renewal", times::date);
    let shows = record.values("shows", |text| belongs(text, known));
    dates_only(record, kind);
    linked(record, folder);
    if let (Some(date), Some(cell)) = (date, record.cell("date"))
        && date > reader.today
    {
        record.warning(
            &cell.at,
            "this day is to come, and the log is of what happened",
            "what is planned is an action",
        );
    }
    if !record.may_be_kept {
        return None;
    }
    Some(LogEntry {
        id,
        date: date?,
        kind: kind?,
        who,
        what,
        subject,
        year_groups,
        classes,
        group: group.unwrap_or_default(),
        count,
        shows,
        renewal,
        link: record.text("link").unwrap_or_default(),
        at: record.place(),
    })
}

/// The duty, objective or action that is named.
///
/// # Errors
/// Where there is none.
fn belongs(text: &str, known: &BTreeSet<Id>) -> Result<Id, ValueError> {
    let id = Id::new(text.trim());
    if known.contains(&id) {
        return Ok(id);
    }
    let hint = match values::nearest(text, known.iter().map(Id::as_str)) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "write the id of a duty, an objective or an action, or leave it empty".to_owned(),
    };
    Err(ValueError::new(format!("no duty, objective or action has the id `{}`", text.trim()), &hint))
}

/// Reports anything but the day and who was there of a performance management meeting.
fn dates_only(record: &Record<'_>, kind: Option<&'static str>) {
    if kind != Some(PERFORMANCE_MANAGEMENT) {
        return;
    }
    if let Some(cell) = ["what", "count", "link", "subject", "group", "class", "year_group"]
        .iter()
        .find_map(|name| record.cell(name))
    {
        let message = "of performance management only the day is kept here";
        record.source.hush(&cell.at, ValueError::new(message, "leave all else empty but who was there"));
    }
}
