//! Broken workspaces, one a message, with what is told of each.
//!
//! `tests/broken/NAME.case` holds the files that differ from `tests/broken/base`, then what `phase check` tells.
//! `PHASE_OVERWRITE=1 cargo test --test it check` writes the wanted texts anew: read the difference.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

use crate::program::today;
use crate::workspace::root;
use phase::diagnostic::Severity;
use phase::document::{Cell, CellInput, Document, Sheet, SheetColumn};
use phase::load::formats::Folder;
use phase::load::load;
use phase::render;
use phase::view::diagnostics;

const WANTED: &str = "wanted";

const SHEET: &str = "school.xlsx:";

fn folder() -> PathBuf {
    root().join("tests/broken")
}

/// The parts of a case: file names to texts.
fn parts(text: &str) -> BTreeMap<String, String> {
    let mut parts = BTreeMap::new();
    let mut name = String::new();
    for line in text.split_inclusive('\n') {
        match line.strip_prefix("=== ") {
            Some(rest) => {
                name = rest.trim().to_owned();
                parts.insert(name.clone(), String::new());
            }
            None => parts.get_mut(&name).unwrap().push_str(line),
        }
    }
    parts
}

/// A part named `school.xlsx:Staff` as a sheet of the workbook: its rows are written as in CSV; 2027-01-14
/// stands for a date, and a number for a number.
fn sheet(name: &str, text: &str) -> Option<Sheet> {
    let rows: Vec<Vec<String>> = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes())
        .records()
        .map(|row| row.unwrap().iter().map(str::to_owned).collect())
        .collect();
    let cell = |text: &String| match (text.parse(), text.parse()) {
        (Ok(date), _) => Cell::Date(date),
        (_, Ok(number)) => Cell::Number(number),
        _ => text.as_str().into(),
    };
    let takes = |index: usize| match rows.get(1).and_then(|row| row.get(index)).map(cell) {
        Some(Cell::Date(_)) => CellInput::Date,
        _ => CellInput::Words,
    };
    let (heads, rest) = rows.split_first()?;
    Some(Sheet {
        name: name.strip_prefix(SHEET)?.to_owned(),
        columns: heads
            .iter()
            .enumerate()
            .map(|(index, head)| SheetColumn {
                heading: head.clone(),
                help: String::new(),
                takes: takes(index),
            })
            .collect(),
        rows: rest.iter().map(|row| row.iter().map(cell).collect()).collect(),
        fill_in: false,
    })
}

/// What `check` tells of a workspace.
fn told(files: &BTreeMap<String, String>) -> (String, Vec<String>, bool) {
    let folder = tempfile::tempdir().unwrap();
    let sheets: Vec<Sheet> = files.iter().filter_map(|(name, text)| sheet(name, text)).collect();
    if !sheets.is_empty() {
        let book = render::xlsx::render(&Document { sheets, ..Document::default() }).unwrap();
        fs::write(folder.path().join("school.xlsx"), book).unwrap();
    }
    let is_file = |name: &str| name != WANTED && !name.starts_with(SHEET);
    for (name, text) in files.iter().filter(|(name, _)| is_file(name)) {
        // A file given as `-` is not there.
        if text.trim() != "-" {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
    }
    let loaded = load(&Folder::new(folder.path()), today());
    let faults = &loaded.diagnostics;
    let text =
        format!("{}{}\n", diagnostics::drawn(faults, false), diagnostics::summary(faults, loaded.files));
    let errors = faults.iter().any(|fault| fault.severity == Severity::Error);
    (text, faults.iter().map(|fault| fault.message.clone()).collect(), errors)
}

/// The files of a workspace that is whole, as `tests/broken/base` has them.
pub fn base() -> BTreeMap<String, String> {
    parts(&fs::read_to_string(folder().join("base")).unwrap())
}

#[test]
fn the_base_is_whole() {
    assert_eq!(told(&base()).0, "7 files, no fault\n");
}

#[test]
fn every_broken_workspace_is_told_as_wanted() {
    let overwrite = std::env::var("PHASE_OVERWRITE").is_ok();
    let mut wrong = Vec::new();
    let mut messages = BTreeSet::new();
    let mut cases = 0;
    for entry in fs::read_dir(folder()).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|ending| ending != "case") {
            continue;
        }
        cases += 1;
        let written = fs::read_to_string(&path).unwrap();
        let case = parts(&written);
        let mut files = base();
        files.extend(case.clone());
        let (text, found, _) = told(&files);
        // Where capitals do not tell file names apart, a name in capitals is the file meant.
        let alike = cfg!(any(windows, target_os = "macos"));
        if alike && path.file_stem().is_some_and(|stem| stem == "name-capitals" || stem == "name-slip") {
            continue;
        }
        assert!(!found.is_empty(), "{} is not broken", path.display());
        messages.extend(found);
        if overwrite {
            let head = written.split("=== wanted\n").next().unwrap();
            fs::write(&path, format!("{head}=== wanted\n{text}")).unwrap();
        } else if case.get(WANTED) != Some(&text) {
            wrong.push(format!("{}\n{text}", path.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(cases >= 60, "only {cases} broken workspaces");
    assert!(messages.len() >= 60, "only {} different messages", messages.len());
}
