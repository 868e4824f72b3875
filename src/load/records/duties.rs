//! `duties.toml`: the responsibilities of the post.

use super::objectives::linked;
use super::proof::shown_by;
use super::reader::YearReader;
use crate::load::formats::{Folder, Record, Source, ValueError, times, values};
use crate::school::layout;
use crate::school::{Assignee, Duty, DutyGroup, Id};

/// Reads the duties, in the order of the file.
pub fn read(source: &Source, folder: &Folder, reader: &mut YearReader<'_>) -> Vec<Duty> {
    let root = crate::load::formats::toml::read(source);
    root.record(layout::DUTIES_FILE);
    let mut duties: Vec<Duty> = Vec::new();
    for record in root.records("duty", layout::DUTY) {
        let Some(duty) = duty(&record, folder, reader) else { continue };
        if let Some(twin) = duties.iter().find(|other| other.id == duty.id) {
            let message = format!("the id `{}` is there twice ({})", duty.id, twin.at);
            source.error(&(record.at.start..record.at.start), message, "give each duty an id of its own");
        }
        duties.push(duty);
    }
    duties
}

fn duty(record: &Record<'_>, folder: &Folder, reader: &mut YearReader<'_>) -> Option<Duty> {
    let whom = reader.whom;
    let id = record.id("id");
    let [area, text] = ["area", "text"].map(|name| reader.note(record, name, false));
    let who = record.values("who", |text| doer(text, |text| whom.staff.find(text)));
    let every = record.read("every", |text| values::fixed_word(text, "rhythm"));
    let times = record.read("times", |text| values::number(text, 1..=100)).unwrap_or(1);
    let mut kinds = record.values("shown_by", shown_by);
    kinds.sort();
    kinds.dedup();
    let with = record.values("with", |text| whom.staff.find(text));
    let subject = record.read("subject", |text| whom.subjects.find(text));
    let agreed = record.read("agreed", times::date);
    let items = reader.notes(record, "items");
    let (link, linked) = linked(record, folder);
    if !record.may_be_kept {
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
fn doer(text: &str, person: impl Fn(&str) -> Result<Id, ValueError>) -> Result<Assignee, ValueError> {
    let written = values::folded(text);
    let written = written.strip_suffix('s').unwrap_or(&written);
    if let Some(role) = DutyGroup::from_word(written) {
        return Ok(Assignee::Role(role));
    }
    person(text).map(Assignee::Person).map_err(|wrong| ValueError {
        hint: format!("{}; or a role: {}", wrong.hint, DutyGroup::WORDS.join(", ")),
        ..wrong
    })
}
