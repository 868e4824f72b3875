//! `duties.toml`: the responsibilities of the post.

use super::objectives::linked;
use super::proof::shown_by;
use super::reader::YearReader;
use crate::load::formats::{Diagnostics, Folder, Record, Source, ValueError, times, values};
use crate::school::layout::{ColumnLayout, keys};
use crate::school::{Assignee, Duty, DutyGroup, Id};

const TABLES: &[ColumnLayout] = keys! { "duty" };
const DUTY: &[ColumnLayout] = keys! {
    "id" required, "area" required, "text" required, "who" required list, "every" required, "times", "shown_by" list,
    "with" list, "subject", "agreed", "items" list, "link",
};

/// Reads the duties, in the order of the file.
pub fn read(
    source: &Source,
    folder: &Folder,
    reader: &mut YearReader<'_>,
    diagnostics: &mut Diagnostics,
) -> Vec<Duty> {
    let root = crate::load::formats::toml::read(source, diagnostics);
    root.record(source, &[], TABLES, diagnostics);
    let mut duties: Vec<Duty> = Vec::new();
    for table in root.tables("duty") {
        let record = table.record(source, DUTY, &[], diagnostics);
        let Some(duty) = duty(&record, folder, reader, diagnostics) else { continue };
        if let Some(twin) = duties.iter().find(|other| other.id == duty.id) {
            let message = format!("the id `{}` is there twice ({})", duty.id, twin.at);
            diagnostics.error(
                source,
                &table.first(),
                ValueError::new(message, "give each duty an id of its own"),
            );
        }
        duties.push(duty);
    }
    duties
}

fn duty(
    record: &Record<'_>,
    folder: &Folder,
    reader: &mut YearReader<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<Duty> {
    let whom = reader.whom;
    let id = record.id("id", diagnostics);
    let [area, text] = ["area", "text"].map(|name| reader.note(record, name, false, diagnostics));
    let who = record.values("who", diagnostics, |text| doer(text, |text| whom.staff.find(text)));
    let every = record.read("every", diagnostics, |text| values::fixed_word(text, "rhythm"));
    let times = record.read("times", diagnostics, |text| values::number(text, 1..=100)).unwrap_or(1);
    let mut kinds = record.values("shown_by", diagnostics, shown_by);
    kinds.sort();
    kinds.dedup();
    let with = record.values("with", diagnostics, |text| whom.staff.find(text));
    let subject = record.read("subject", diagnostics, |text| whom.subjects.find(text));
    let agreed = record.read("agreed", diagnostics, times::date);
    let items = reader.notes(record, "items", diagnostics);
    let (link, linked) = linked(record, folder, diagnostics);
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
