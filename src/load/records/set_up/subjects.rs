//! `subjects.csv`: the subjects and who leads each.

use std::collections::BTreeMap;

use crate::load::formats::{Record, ValueError, values};
use crate::load::names::{Names, twice};
use crate::school::{Id, Subject};

/// The names of the subjects.
pub fn names(records: &[Record<'_>], mut names: Names) -> Names {
    for record in records {
        let Some(name) = record.required("name") else { continue };
        let id = record.id_or_named(name);
        let at = record.cell("id").unwrap_or(name).at.clone();
        if let Some(wrong) = bad_id(&id) {
            record.refuse(&at, wrong);
        }
        if let Some(twin) = names.add(&id, &name.text) {
            record.error(&at, twice("id", &id, &twin), "give each subject an id of its own");
        }
    }
    names
}

/// Why an id cannot be used: subjects' ids are names of files too.
fn bad_id(id: &Id) -> Option<ValueError> {
    let ok = !id.as_str().is_empty()
        && id.as_str().chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_')
        && !["all", "published", "issued", "phase"].contains(&id.as_str());
    (!ok).then(|| {
        ValueError::new(
            format!("`{id}` cannot be a subject's id"),
            "use letters, digits and `-`, such as `design-technology`",
        )
    })
}

/// The subjects, their leaders known.
pub fn subjects(records: &[Record<'_>], staff: &Names) -> BTreeMap<Id, Subject> {
    let mut subjects = BTreeMap::new();
    let there = records.iter().any(|record| record.has("leader"));
    for record in records {
        let Some(cell) = record.cell("name") else { continue };
        let name = cell.text.to_string();
        let id = record.id_or_named(cell);
        let leader = record.read("leader", |text| {
            let several = text.contains([';', '/', '&', '+']) || text.contains(" and ");
            let hint = "name one of them; who leads it with them can take part in its sessions";
            let only_one = ValueError::new("a subject has one leader here", hint);
            staff.find(text).map_err(|wrong| if several { only_one } else { wrong })
        });
        if there && record.cell("leader").is_none() {
            record.warning(
                &record.at,
                format!("{name} has no leader"),
                "nothing can be planned on it until somebody leads it",
            );
        }
        let core = record.read("core", values::yes_no).unwrap_or(false);
        let priority = record.read("priority", |text| values::number(text, 0..=3)).unwrap_or(0);
        let times = record.read("times_a_year", |text| values::number(text, 0..=36));
        let times_a_year = times.unwrap_or(if core { 3 } else { 2 });
        let assessed_as = if record.cell("assessed_as").is_some() {
            record.values("assessed_as", crate::load::records::attainment::assessments::measured)
        } else {
            assessed_as(&id, &name)
        };
        let at = record.place();
        let subject = Subject { id: id.clone(), name, leader, core, priority, times_a_year, assessed_as, at };
        subjects.insert(id, subject);
    }
    subjects
}

/// What the results of a subject are called where the school does not say it.
fn assessed_as(id: &Id, name: &str) -> Vec<Id> {
    let called = |words: &[&str]| {
        let name = Id::from_name(name);
        words.iter().any(|word| id.as_str() == *word || name.as_str() == *word)
    };
    let known: &[&str] = if called(&["english", "literacy"]) {
        &["reading", "writing", "gps", "phonics", "comprehension", "word-reading"]
    } else if called(&["maths", "mathematics", "numeracy"]) {
        &["maths", "tables", "number", "numerical-patterns"]
    } else if called(&["reading"]) {
        &["phonics", "comprehension", "word-reading"]
    } else {
        &[]
    };
    known.iter().map(|word| Id::new(word)).collect()
}
