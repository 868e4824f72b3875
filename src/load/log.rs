//! `log.csv`: what happened.

use super::form;
use super::kept::Reader;
use super::record::{Faults, Record};
use super::source::Source;
use crate::school::Id;
use crate::school::layout;
use crate::school::log::{KINDS, Logged};

/// Reads the log, by date.
pub fn read(source: &Source, reader: &mut Reader<'_>, faults: &mut Faults) -> Vec<Logged> {
    let records = super::csv::records(source, layout::LOG.columns, faults);
    let mut log: Vec<Logged> = records.iter().filter_map(|record| logged(record, reader, faults)).collect();
    log.sort_by(|a, b| (a.date, &a.at).cmp(&(b.date, &b.at)));
    log
}

fn logged(record: &Record<'_>, reader: &mut Reader<'_>, faults: &mut Faults) -> Option<Logged> {
    let may_be_kept = reader.may_be_kept(record, faults);
    for name in ["date", "kind"] {
        record.required(name, faults);
    }
    let whom = reader.whom;
    let what = reader.note(record, "what", false, faults).unwrap_or_default();
    let date = record.read("date", faults, form::date);
    let kinds = KINDS.iter().map(|kind| (*kind, *kind));
    let kind = record.read("kind", faults, |text| form::word(text, "kind of thing", kinds));
    let who = record.values("who", faults, |text| whom.staff.find(text));
    let subject = record.read("subject", faults, |text| whom.subjects.find(text));
    record.values("class", faults, |text| whom.classes.find(text));
    record.read("count", faults, |text| form::number(text, 0..=100_000));
    let year_groups = record.values("year_group", faults, form::year_groups).into_iter().flatten().collect();
    if !may_be_kept {
        return None;
    }
    Some(Logged {
        date: date?,
        kind: kind?,
        who,
        what,
        subject,
        year_groups,
        shows: record.text("shows").map(|id| Id::new(&id)),
        at: record.place(),
    })
}
