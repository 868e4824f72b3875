//! A safeguarding concern, wherever it is typed, is refused at its cell and never shown.

use std::collections::BTreeMap;
use std::fs;

use chrono::NaiveDate;
use phase::diagnostic::Diagnostic;
use phase::load::formats::Folder;
use phase::load::load;
use phase::school::layout::{self, RecordLayout};

use crate::workspace::example_folder;

const CONCERN: &str = "she was hit by her dad";

/// The files of records, each a row a record.
const FILES: &[&RecordLayout] = &[
    &layout::SUBJECTS,
    &layout::STAFF,
    &layout::CLASSES,
    &layout::TIMETABLE,
    &layout::AVAILABILITY,
    &layout::EVIDENCE,
    &layout::JUDGEMENTS,
    &layout::ACTIONS,
    &layout::LOG,
    &layout::PUPILS,
    &layout::ASSESSMENTS,
    &layout::TARGETS,
    &layout::STARTS,
    &layout::NATIONAL,
];

/// What is found in the example school where a file holds this.
fn found(file: &str, text: &str) -> Vec<Diagnostic> {
    let files = BTreeMap::from([(file.to_owned(), Some(text.as_bytes().to_vec()))]);
    let today = NaiveDate::from_ymd_opt(2026, 12, 1).unwrap();
    load(&Folder::new(&example_folder("two-form-primary")).as_if(&files), today).diagnostics
}

/// Fails unless the concern is an error at this line and column, and is shown nowhere.
fn is_refused_at(file: &str, text: &str, line: u32, column: u32, what: &str) {
    let found = found(file, text);
    let is_it = |one: &&Diagnostic| {
        &*one.place.file == file && one.message.contains("reads as a safeguarding concern, which is not kept")
    };
    let at: Vec<(u32, u32)> = found.iter().filter(is_it).map(|one| (one.place.line, one.column)).collect();
    assert!(at.contains(&(line, column)), "{file}, {what}: {at:?} has no {line}:{column}\n{text}");
    for one in &found {
        assert!(!format!("{one:?}").contains("hit by"), "{file}, {what}: {one:?}");
    }
}

#[test]
fn in_any_free_column_of_any_file_of_rows() {
    for layout in FILES {
        let free: Vec<&str> =
            layout.columns.iter().filter(|column| column.is_free()).map(|column| column.name).collect();
        for name in free {
            let heads: Vec<&str> = layout.columns.iter().map(|column| column.name).collect();
            let cells: Vec<&str> =
                heads.iter().map(|head| if *head == name { CONCERN } else { "" }).collect();
            let column = heads.iter().position(|head| *head == name).unwrap() + 1;
            let text = format!("{}\n{}\n", heads.join(","), cells.join(","));
            is_refused_at(layout.file, &text, 2, u32::try_from(column).unwrap(), name);
        }
    }
}

#[test]
fn in_a_schedule_that_is_sent_in() {
    let heads: Vec<&str> = layout::HANDED_IN.iter().map(|column| column.name).collect();
    for name in ["place", "note"] {
        let column = heads.iter().position(|head| *head == name).unwrap() + 1;
        let cells: Vec<&str> = heads.iter().map(|head| if *head == name { CONCERN } else { "" }).collect();
        let text = format!("{}\n{}\n", heads.join(","), cells.join(","));
        is_refused_at("schedules/ht3/maths.csv", &text, 2, u32::try_from(column).unwrap(), name);
    }
}

#[test]
fn in_a_note_of_any_file() {
    for file in FILES.iter().map(|layout| layout.file).chain(["phase.toml", "calendar.toml", "duties.toml"]) {
        let before = fs::read_to_string(example_folder("two-form-primary").join(file)).unwrap_or_default();
        let before = if before.is_empty() { "subject\n".to_owned() } else { before };
        let line = u32::try_from(before.lines().count()).unwrap() + 1;
        let text = format!("{}\n# {CONCERN}\n", before.trim_end());
        is_refused_at(file, &text, line, 1, "a note");
    }
}

/// Every text of a TOML file but the school's route for concerns, one after another.
#[test]
fn in_any_text_of_any_toml_file() {
    for file in ["phase.toml", "calendar.toml", "objectives.toml", "duties.toml", "reports.toml"] {
        let Ok(before) = fs::read_to_string(example_folder("two-form-primary").join(file)) else { continue };
        let mut table = String::new();
        for (index, line) in before.lines().enumerate() {
            let is_head = line.starts_with('[');
            if is_head {
                table = line.to_owned();
            }
            let Some((key, text)) = line.split_once(" = \"") else { continue };
            if is_head || table.contains("safeguarding") || key.contains('#') || key.contains('{') {
                continue;
            }
            let Some((_, rest)) = text.split_once('"') else { continue };
            let mut lines: Vec<String> = before.lines().map(str::to_owned).collect();
            lines[index] = format!("{key} = \"{CONCERN}\"{rest}");
            let column = u32::try_from(key.chars().count()).unwrap() + 4;
            let line = u32::try_from(index).unwrap() + 1;
            is_refused_at(file, &(lines.join("\n") + "\n"), line, column, key);
        }
    }
}

#[test]
fn in_the_name_of_a_room_or_the_label_of_a_group() {
    for (table, key) in [("places", "she was hit by her dad"), ("groups", "hit by her dad")] {
        let before = fs::read_to_string(example_folder("two-form-primary").join("phase.toml")).unwrap();
        let before = before.replace(&format!("[{table}]\n"), "[other]\n");
        let line = u32::try_from(before.lines().count()).unwrap() + 2;
        let text = format!("{}\n[{table}]\n\"{key}\" = 1\n", before.trim_end());
        is_refused_at("phase.toml", &text, line, 1, table);
    }
}

#[test]
fn the_schools_own_route_for_concerns_may_name_them() {
    let before = fs::read_to_string(example_folder("two-form-primary").join("phase.toml")).unwrap();
    let text = before.replace("[safeguarding]\n", "[other]\n")
        + "\n[safeguarding]\nroute = [\"If a child says they were hit by their dad: Ms Okafor, at once\"]\n";
    let concerns = found("phase.toml", &text);
    assert!(!concerns.iter().any(|one| one.message.contains("safeguarding concern")), "{concerns:#?}");
}

#[test]
fn the_schools_own_route_names_no_pupil() {
    let before = fs::read_to_string(example_folder("two-form-primary").join("phase.toml")).unwrap();
    let pupils = fs::read_to_string(example_folder("two-form-primary").join("pupils.csv")).unwrap();
    let code = pupils.lines().nth(2).unwrap().split(',').next().unwrap();
    let text = before.replace("[safeguarding]\n", "[other]\n")
        + &format!("\n[safeguarding]\nroute = [\"About {code}: Ms Okafor\"]\n");
    let named: Vec<Diagnostic> =
        found("phase.toml", &text).into_iter().filter(|one| one.message.contains("names a pupil")).collect();
    assert_eq!(named.len(), 1, "{named:#?}");
}

#[test]
fn a_concern_in_phase_toml_is_to_be_told_by_the_schools_own_route() {
    let before = fs::read_to_string(example_folder("two-form-primary").join("phase.toml")).unwrap();
    let text = before.replace("[safeguarding]\n", "[other]\n")
        + &format!("\n[safeguarding]\nroute = [\"Ms Okafor, at once\"]\n# {CONCERN}\n");
    let told = found("phase.toml", &text);
    assert!(told.iter().any(|one| one.hint.ends_with("tell: Ms Okafor, at once")), "{told:#?}");
}

/// A row that is about safeguarding is read like any other: only the school's route may name concerns.
#[test]
fn in_a_row_about_safeguarding() {
    let judgement =
        format!("date,scope,area,grade,state,note\n2026-12-01,phase,safeguarding,met,draft,{CONCERN}\n");
    is_refused_at("judgements.csv", &judgement, 2, 41, "a judgement on safeguarding");
    let duty = format!(
        "[[duty]]\nid = \"lead\"\narea = \"safeguarding\"\ntext = \"{CONCERN}\"\nwho = [\"phase-leader\"]\nevery = \"year\"\n"
    );
    is_refused_at("duties.toml", &duty, 4, 8, "a duty of safeguarding");
    let table = format!("[safeguarding]\nroute = [\"{CONCERN}\"]\n");
    is_refused_at("duties.toml", &table, 2, 10, "the route in another file");
}
