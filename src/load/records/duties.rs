//! `duties.toml`: the responsibilities of the post.

use super::objectives::linked;
use super::proof::shown_by;
use super::reader::Reader;
use crate::load::formats::record::{Faults, Record};
use crate::load::formats::source::{Folder, Source};
use crate::load::formats::values::{self, Wrong};
use crate::school::id::Id;
use crate::school::layout::Column;
use crate::school::year::duties::{Doer, Duty, Every, Role};

const TABLES: &[Column] = &[Column::key("duty")];
const DUTY: &[Column] = &[
    Column::needed("id"),
    Column::needed("area"),
    Column::needed("text"),
    Column::needed("who"),
    Column::needed("every"),
    Column::key("times"),
    Column::key("shown_by"),
    Column::key("with"),
    Column::key("subject"),
    Column::key("agreed"),
    Column::key("items"),
    Column::key("link"),
];

/// Reads the duties, in the order of the file.
pub fn read(source: &Source, folder: &Folder, reader: &mut Reader<'_>, faults: &mut Faults) -> Vec<Duty> {
    let root = crate::load::formats::toml::read(source, faults);
    root.record(source, &[], TABLES, faults);
    let mut duties: Vec<Duty> = Vec::new();
    for table in root.tables("duty") {
        let record = table.record(source, DUTY, &[], faults);
        let Some(duty) = duty(&record, folder, reader, faults) else { continue };
        if let Some(twin) = duties.iter().find(|other| other.id == duty.id) {
            let message = format!("the id `{}` is there twice ({})", duty.id, twin.at);
            faults.error(source, &table.first(), Wrong::new(message, "give each duty an id of its own"));
        }
        duties.push(duty);
    }
    duties
}

fn duty(record: &Record<'_>, folder: &Folder, reader: &mut Reader<'_>, faults: &mut Faults) -> Option<Duty> {
    let may_be_kept = reader.may_be_kept(record, faults);
    let whom = reader.whom;
    let id = record.id("id", faults);
    let [area, text] = ["area", "text"].map(|name| reader.note(record, name, false, faults));
    let who = record.values("who", faults, |text| doer(text, |text| whom.staff.find(text)));
    let every = record.read("every", faults, |text| {
        values::word(text, "rhythm", Every::WORDS.iter().map(|row| (row.0, row.1)))
    });
    let times = record.read("times", faults, |text| values::number(text, 1..=100)).unwrap_or(1);
    let mut kinds = record.values("shown_by", faults, shown_by);
    kinds.sort();
    kinds.dedup();
    let with = record.values("with", faults, |text| whom.staff.find(text));
    let subject = record.read("subject", faults, |text| whom.subjects.find(text));
    let agreed = record.read("agreed", faults, values::date);
    let items = reader.notes(record, "items", faults);
    let (link, linked) = linked(record, folder, faults);
    if !may_be_kept {
        return None;
    }
    Some(Duty {
        id: id?,
        area: area?,
        text: text?,
        who,
        every: every?,
        times,
        shown_by: kinds,
        with,
        subject,
        agreed,
        items,
        link,
        linked,
        at: record.place(),
    })
}

/// Who does a duty: a role, or a person.
fn doer(text: &str, person: impl Fn(&str) -> Result<Id, Wrong>) -> Result<Doer, Wrong> {
    let written = values::folded(text);
    let written = written.strip_suffix('s').unwrap_or(&written);
    let role = Role::WORDS.iter().find(|row| row.1 == written);
    if let Some((role, ..)) = role {
        return Ok(Doer::Role(*role));
    }
    person(text).map(Doer::Person).map_err(|wrong| {
        let roles: Vec<&str> = Role::WORDS.iter().map(|row| row.1).collect();
        Wrong { hint: format!("{}; or a role: {}", wrong.hint, roles.join(", ")), ..wrong }
    })
}
