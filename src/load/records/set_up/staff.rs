//! `staff.csv`: the staff; without it, the people named elsewhere are the staff.

use std::collections::BTreeMap;

use crate::load::formats::{Record, RecordCell, Source, times, values};
use crate::load::names::{Names, person, unaccented};
use crate::school::id::unsound;
use crate::school::{Id, Person, StaffRole, Weekdays, layout};

/// The staff and their names.
pub type PeopleAndNames = (BTreeMap<Id, Person>, Names);

/// The staff of the file.
pub fn staff(records: &[Record<'_>], mut names: Names) -> PeopleAndNames {
    let mut staff: BTreeMap<Id, Person> = BTreeMap::new();
    let mut by_name: BTreeMap<String, Id> = BTreeMap::new();
    for record in records {
        let Some(name) = record.required("name") else { continue };
        let id = record.id_or_named(name);
        let at = record.cell("id").unwrap_or(name).at.clone();
        if let Some(twin) = names.add(&id, &name.text) {
            let (message, hint) = if twin == id {
                (format!("the id `{id}` is there twice"), "give each person an id of their own")
            } else {
                (
                    format!("the ids `{id}` and `{twin}` differ only in capitals or spaces"),
                    "give them ids that nobody can mix up",
                )
            };
            record.error(&at, message, hint);
        }
        let first = by_name.entry(unaccented(&name.text)).or_insert_with(|| id.clone());
        if *first != id {
            record.warning(
                &name.at,
                format!("the names of `{id}` and `{first}` are the same, or look alike"),
                "where a person is meant, write the id",
            );
        }
        let role = record
            .read("role", |text| values::fixed_word(&alias(text), "role"))
            .unwrap_or(StaffRole::ClassTeacher);
        if let Some(cell) = record.cell("email").filter(|cell| !cell.text.contains('@')) {
            record.error(&cell.at, format!("`{}` is no e-mail address", cell.text), "write name@school");
        }
        let person = Person {
            id: id.clone(),
            name: name.text.to_string(),
            role,
            email: record.text("email"),
            days: days(record),
            teaches: Vec::new(),
            availability: Vec::new(),
            at: record.place(),
        };
        staff.entry(id).or_insert(person);
    }
    (staff, names)
}

/// Further words for roles.
fn alias(text: &str) -> String {
    match text.trim().to_lowercase().as_str() {
        "head" | "head teacher" => "headteacher".to_owned(),
        "deputy head" | "deputy headteacher" | "assistant head" => "deputy".to_owned(),
        "teacher" => "class-teacher".to_owned(),
        "ta" => "teaching-assistant".to_owned(),
        "nqt" | "early career teacher" => "ect".to_owned(),
        other => other.to_owned(),
    }
}

fn days(record: &Record<'_>) -> Weekdays {
    let mut days: Option<Weekdays> = None;
    for cell in record.list("days") {
        if let Some(more) = record.value(&cell, times::weekdays) {
            days = Some(days.map_or(more, |days| days.and(more)));
        }
    }
    days.unwrap_or(Weekdays::ALL)
}

/// The staff as named elsewhere, where there is no `staff.csv`. Whole names first, so that `Okafor` is
/// Jo Okafor wherever each is written.
pub fn named<'a>(cells: impl Iterator<Item = (&'a Source, RecordCell<'a>)>) -> PeopleAndNames {
    let mut staff: BTreeMap<Id, Person> = BTreeMap::new();
    let mut names = Names::of_people("nobody named as a leader or teacher").without(layout::STAFF.file);
    let mut cells: Vec<(&Source, RecordCell<'_>)> = cells.collect();
    cells.sort_by_key(|(_, cell)| !cell.text.contains(' '));
    for (source, cell) in cells {
        // Where several may be meant, what reads the cell says.
        if !names.meant(&cell.text).is_empty() {
            continue;
        }
        let id = Id::from_name(&cell.text);
        if let Some(why) = unsound(id.as_str()) {
            let message = format!("the id made from this name, `{id}`, {why}");
            source.error(&cell.at, message, "make a staff.csv, and give an id there");
        }
        let near = staff.values().find(|person| {
            strsim::damerau_levenshtein(person.id.as_str(), id.as_str()) == 1 && id.as_str().len() > 3
                || unaccented(&person.name) == unaccented(&cell.text)
        });
        if let Some(near) = near {
            source.warning(
                &cell.at,
                format!("`{}` is almost `{}`", cell.text, near.name),
                "if they are one person, spell the name one way; else make a staff.csv",
            );
        }
        if let Err(wrong) = person(&cell.text) {
            source.warning(&cell.at, wrong.message, &wrong.hint);
        }
        names.add(&id, &cell.text);
        let person = Person {
            id: id.clone(),
            name: cell.text.into_owned(),
            role: StaffRole::ClassTeacher,
            email: None,
            days: Weekdays::ALL,
            teaches: Vec::new(),
            availability: Vec::new(),
            at: source.place(cell.at.start),
        };
        staff.insert(id, person);
    }
    (staff, names)
}
