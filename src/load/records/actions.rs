//! `actions.csv`: what somebody will do.

use chrono::NaiveDate;

use super::attainment::pupils::group;
use super::reader::{YearReader, aspect};
use crate::load::formats::{Record, Source, times, values};
use crate::school::year::actions::{BY_CONSENT, KINDS};
use crate::school::{Action, ActionStatus, Id, layout};

/// Reads the actions, by id.
pub fn read(source: &Source, reader: &mut YearReader<'_>) -> Vec<Action> {
    let mut actions: Vec<Action> = Vec::new();
    for record in crate::load::formats::csv::records(source, layout::ACTIONS.columns) {
        let Some(action) = action(&record, reader) else { continue };
        if let Some(twin) = actions.iter().find(|other| other.id == action.id) {
            let message = format!("the id `{}` is there twice ({})", action.id, twin.at);
            let at = record.cell("id").map_or(record.at.clone(), |cell| cell.at.clone());
            source.error(&at, message, "give each action an id of its own");
        }
        actions.push(action);
    }
    actions.sort_by(|a, b| a.id.cmp(&b.id));
    actions
}

fn action(record: &Record<'_>, reader: &mut YearReader<'_>) -> Option<Action> {
    for name in ["id", "action", "owner", "due"] {
        record.required(name);
    }
    let (whom, school) = (reader.whom, reader.school);
    let [text, measure, before, after] =
        ["action", "measure", "before", "after"].map(|name| reader.note(record, name, false));
    let owner = record.read("owner", |text| whom.staff.find(text));
    let due = record.read("due", times::date);
    let id = record.id("id");
    let status = record.read("status", |text| values::fixed_word(text, "status"));
    let kinds = KINDS.iter().map(|kind| (*kind, *kind));
    let kind = record.read("kind", |text| values::word(text, "kind of action", kinds));
    let is_phase = |text: &str| text.eq_ignore_ascii_case(super::reader::PHASE);
    let subject = match record.cell("subject").filter(|cell| !is_phase(&cell.text)) {
        Some(cell) => record.value(cell, |text| super::attainment::assessments::subject(text, school)),
        None => None,
    };
    // An action may serve an aspect of a framework that was worked in before.
    let aspect = record.read("aspect", |text| match reader.home_of(text) {
        Some(_) => Ok(Id::new(text)),
        None => aspect(reader, None, text),
    });
    let [opened, done, review] = ["opened", "done", "review"].map(|name| record.read(name, times::date));
    let year_groups = record.values("year_group", values::year_groups).into_iter().flatten().collect();
    let group = record.read("group", |text| group(text, &school.settings.groupings));
    let with = record.values("with", |text| whom.staff.find(text));
    let agreed = record.read("agreed", values::yes_no).unwrap_or(false);
    let [budget, spent] = ["budget", "spent"].map(|name| record.read(name, values::pounds));
    let status = status.unwrap_or(ActionStatus::Open);
    by_consent(record, kind, status, agreed);
    if let (Some(done), Some(cell)) = (done, record.cell("done"))
        && done > reader.today
    {
        record.error(
            &cell.at,
            "`done` is the day on which it was done, and this one is to come",
            "leave it empty until then",
        );
    }
    backwards(record, ("opened", opened), ("done", done));
    backwards(record, ("opened", opened), ("due", due));
    if !record.may_be_kept {
        return None;
    }
    Some(Action {
        id: id?,
        action: text?,
        owner: owner?,
        due: due?,
        status,
        kind,
        subject,
        aspect,
        group: group.unwrap_or_default(),
        year_groups,
        with,
        agreed,
        opened,
        done,
        review,
        came_from: record.list("came_from").iter().map(|cell| Id::new(&cell.text)).collect(),
        measure: measure.unwrap_or_default(),
        before: before.unwrap_or_default(),
        after: after.unwrap_or_default(),
        budget,
        spent,
        at: record.place(),
    })
}

/// Reports coaching and the like that has begun without everybody's consent.
fn by_consent(record: &Record<'_>, kind: Option<&'static str>, status: ActionStatus, agreed: bool) {
    let Some(kind) = kind.filter(|kind| BY_CONSENT.contains(kind)) else { return };
    if agreed || matches!(status, ActionStatus::Open | ActionStatus::Dropped) {
        return;
    }
    let at = record.cell("status").map_or_else(|| record.first_line(), |cell| cell.at.clone());
    let message = format!("{} has begun, but not everybody concerned has agreed", kind.replace('-', " "));
    let hint = "ask first; then write yes under `agreed`";
    record.error(&at, message, hint);
}

/// Reports a day that lies before the one that it follows.
fn backwards(
    record: &Record<'_>,
    (first, from): (&str, Option<NaiveDate>),
    (second, to): (&str, Option<NaiveDate>),
) {
    if let (Some(from), Some(to), Some(cell)) = (from, to, record.cell(second))
        && to < from
    {
        let message = format!("`{second}` lies before `{first}`");
        record.error(&cell.at, message, "one of the two days is wrong");
    }
}
