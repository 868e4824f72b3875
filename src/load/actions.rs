//! `actions.csv`: what somebody will do.

use super::form::{self, Wrong};
use super::kept::{Reader, aspect};
use super::record::{Faults, Record};
use super::source::Source;
use crate::school::Id;
use crate::school::actions::{Action, ActionStatus, KINDS};
use crate::school::layout;

/// Reads the actions, by id.
pub fn read(source: &Source, reader: &mut Reader<'_>, faults: &mut Faults) -> Vec<Action> {
    let mut actions: Vec<Action> = Vec::new();
    for record in super::csv::records(source, layout::ACTIONS.columns, faults) {
        let Some(action) = action(&record, reader, faults) else { continue };
        if let Some(twin) = actions.iter().find(|other| other.id == action.id) {
            let message = format!("the id `{}` is there twice ({})", action.id, twin.at);
            let at = record.cell("id").map_or(record.at.clone(), |cell| cell.at.clone());
            faults.error(source, &at, Wrong::new(message, "give each action an id of its own"));
        }
        actions.push(action);
    }
    actions.sort_by(|a, b| a.id.cmp(&b.id));
    actions
}

fn action(record: &Record<'_>, reader: &mut Reader<'_>, faults: &mut Faults) -> Option<Action> {
    let may_be_kept = reader.may_be_kept(record, faults);
    for name in ["id", "action", "owner", "due"] {
        record.required(name, faults);
    }
    let whom = reader.whom;
    let free = ["action", "measure", "before", "after", "group"]
        .map(|name| reader.note(record, name, false, faults));
    let owner = record.read("owner", faults, |text| whom.staff.find(text));
    let due = record.read("due", faults, form::date);
    let statuses = ActionStatus::WORDS.iter().copied();
    let status = record.read("status", faults, |text| form::word(text, "status", statuses));
    let kinds = KINDS.iter().map(|kind| (*kind, *kind));
    let kind = record.read("kind", faults, |text| form::word(text, "kind of action", kinds));
    let subject =
        match record.cell("subject").filter(|cell| !cell.text.eq_ignore_ascii_case(super::kept::PHASE)) {
            Some(cell) => record.value(cell, faults, |text| whom.subjects.find(text)),
            None => None,
        };
    // An action may serve an aspect of a framework that was worked in before.
    let aspect = record.read("aspect", faults, |text| match reader.home_of(text) {
        Some(_) => Ok(Id::new(text)),
        None => aspect(reader, None, text),
    });
    for name in ["opened", "done", "review"] {
        record.read(name, faults, form::date);
    }
    record.values("year_group", faults, form::year_groups);
    if !may_be_kept {
        return None;
    }
    let [action, ..] = free;
    Some(Action {
        id: Id::new(&record.text("id")?),
        action: action?,
        owner: owner?,
        due: due?,
        status: status.unwrap_or(ActionStatus::Open),
        kind,
        subject,
        aspect,
        at: record.place(),
    })
}
