//! The rules of the house.
//!
//! Floors, no circles, nothing too long, one name for one thing.

mod house;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use house::{File, HOUSE, Names, root};

/// The rooms, from the ground up: a room uses only rooms below it, and rooms on one floor do not know each other.
const FLOORS: &[&[&str]] = &[
    &["diagnostic", "document", "text", "words"],
    &["school", "render", "statistics"],
    &["privacy"],
    &["load", "store"],
    &["plan", "judge", "track"],
    &["improve"],
    &["overview"],
    &["edit"],
    &["view"],
    &["cli"],
];

/// The longest file, in lines.
const LONGEST_FILE: usize = 400;

/// The longest function, in lines.
const LONGEST_FUNCTION: usize = 60;

/// The most parameters, besides `self`.
const MOST_PARAMETERS: usize = 5;

/// The most entries of a folder.
const MOST_ENTRIES: usize = 20;

/// Files that are longer, and why. The list may only shrink.
const LONG_FILES: &[(&str, &str)] = &[
    ("load/frameworks/file.rs", "one reader a table of a framework's file"),
    ("load/imports/marksheet.rs", "exports of many shapes; rewritten where who is who is read anew"),
    ("load/records/attainment/assessments.rs", "the reader of results and what it remembers of cells"),
    ("load/records/evidence.rs", "the reader of evidence and what it remembers of cells"),
    ("overview/report/compose.rs", "one function a section"),
    ("view/track/trajectory/mod.rs", "one view of one answer"),
];

/// Functions that are longer, as `file::function`, and why. The list may only shrink.
const LONG_FUNCTIONS: &[(&str, &str)] = &[
    ("load/formats/ics.rs::add", "one pass over a calendar's events"),
    ("load/imports/calendar_sessions.rs::session", "one event to one session"),
    ("load/records/actions.rs::action", "a line a column of a row"),
    ("overview/report/compose.rs::content", "one arm a section"),
    ("view/judge/discussion_form.rs::parts", "the questions of each form: words, no steps"),
];

/// Functions with more parameters, as `file::function`, and why. The list may only shrink.
const WIDE_FUNCTIONS: &[(&str, &str)] =
    &[("cli/shell/prompt.rs::line", "a question, its help, and what is offered, shown and checked")];

fn floor(room: &str) -> usize {
    FLOORS
        .iter()
        .position(|rooms| rooms.contains(&room))
        .unwrap_or_else(|| panic!("{room} stands on no floor"))
}

#[test]
fn a_room_uses_only_rooms_below_it() {
    let house = &*HOUSE;
    let mut wrong = Vec::new();
    for file in &house.files {
        let Some(here) = file.module.first() else { continue };
        for there in house.named_by(file) {
            if there[0] != *here && floor(&there[0]) >= floor(here) {
                wrong.push(format!("{} uses {}", file.path, there.join("::")));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Records are locked and replaced in one place, by one edit at a time.
#[test]
fn only_an_edit_writes_records() {
    let writes = |file: &&File| {
        let ways =
            ["store::lock", "store::journal", "lock::lock(", "journal::commit(", "new_folder::create("];
        !file.path.starts_with("store/") && ways.iter().any(|way| file.text.contains(way))
    };
    let writing: Vec<_> = HOUSE.files.iter().filter(writes).map(|file| file.path.as_str()).collect();
    assert_eq!(writing, ["cli/shell/edit.rs"]);
}

/// What is left of the files once those are taken away, again and again, that name none that is left.
fn circles(mut named: BTreeMap<Names, BTreeSet<Names>>) -> Vec<Names> {
    loop {
        let there: BTreeSet<Names> = named.keys().cloned().collect();
        let is_used = |module: &Names| named.values().any(|others| others.contains(module));
        let ends: Vec<Names> = named
            .iter()
            .filter(|(module, others)| others.is_disjoint(&there) || !is_used(module))
            .map(|(module, _)| module.clone())
            .collect();
        if ends.is_empty() {
            return named.into_keys().collect();
        }
        ends.iter().for_each(|module| drop(named.remove(module)));
    }
}

#[test]
fn no_files_go_round_in_a_circle() {
    let house = &*HOUSE;
    let named = house.files.iter().map(|file| (file.module.clone(), house.named_by(file)));
    let left = circles(named.collect());
    assert!(left.is_empty(), "{:#?}", left.iter().map(|module| module.join("::")).collect::<Vec<_>>());
}

#[test]
fn a_circle_is_found() {
    let name = |text: &str| vec![text.to_owned()];
    let names = |texts: &[&str]| texts.iter().map(|text| name(text)).collect::<BTreeSet<_>>();
    let named = [("a", names(&["b"])), ("b", names(&["c"])), ("c", names(&["b"])), ("d", names(&["a"]))];
    let named = named.into_iter().map(|(module, others)| (name(module), others)).collect();
    assert_eq!(circles(named), [name("b"), name("c")]);
}

#[test]
fn every_file_says_what_it_is() {
    for file in &HOUSE.files {
        assert!(file.text.starts_with("//! "), "{} does not", file.path);
    }
}

/// Fields and variants need a comment only for what their names do not say.
#[test]
fn everything_public_says_what_it_is() {
    let silent = |file: &'static File| file.undocumented.iter().map(|name| format!("{}: {name}", file.path));
    let silent: Vec<_> = HOUSE.files.iter().flat_map(silent).collect();
    assert!(silent.is_empty(), "{silent:#?}");
}

/// Fails where something is over a limit and no exception, or an exception is none any more.
fn hold_to(limit: usize, found: &[(String, usize)], exceptions: &[(&str, &str)]) {
    assert!(exceptions.len() <= 10, "at most ten exceptions");
    let over: BTreeMap<&str, usize> =
        found.iter().filter(|(_, size)| *size > limit).map(|(name, size)| (name.as_str(), *size)).collect();
    let new: Vec<_> =
        over.iter().filter(|(name, _)| exceptions.iter().all(|(known, _)| known != *name)).collect();
    let gone: Vec<_> = exceptions.iter().filter(|(name, _)| !over.contains_key(name)).collect();
    assert!(new.is_empty() && gone.is_empty(), "over {limit}: {new:#?}; no longer: {gone:#?}");
}

#[test]
fn no_file_is_too_long() {
    let lines = |file: &File| (file.path.clone(), file.text.lines().count());
    hold_to(LONGEST_FILE, &HOUSE.files.iter().map(lines).collect::<Vec<_>>(), LONG_FILES);
}

/// Every function by `file::function`, with a size.
fn functions(size: impl Fn(&house::Function) -> usize) -> Vec<(String, usize)> {
    let mut found = Vec::new();
    for file in &HOUSE.files {
        for function in &file.functions {
            found.push((format!("{}::{}", file.path, function.name), size(function)));
        }
    }
    found
}

#[test]
fn no_function_is_too_long() {
    hold_to(LONGEST_FUNCTION, &functions(|function| function.lines), LONG_FUNCTIONS);
}

#[test]
fn no_function_takes_too_much() {
    hold_to(MOST_PARAMETERS, &functions(|function| function.parameters), WIDE_FUNCTIONS);
}

fn folders(folder: &Path, found: &mut Vec<(String, usize)>) {
    let entries: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    found.push((folder.display().to_string(), entries.len()));
    entries.iter().filter(|path| path.is_dir()).for_each(|path| folders(path, found));
}

#[test]
fn no_folder_is_too_full() {
    let mut found = Vec::new();
    folders(&root(), &mut found);
    folders(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it"), &mut found);
    hold_to(MOST_ENTRIES, &found, &[]);
}

#[test]
fn a_type_name_is_used_once() {
    let mut files: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for file in &HOUSE.files {
        for name in &file.types {
            files.entry(name.clone()).or_default().push(file.path.clone());
        }
    }
    // The flags of every command are its `Args`.
    files.retain(|name, files| files.len() > 1 && name != "Args");
    assert!(files.is_empty(), "{files:#?}");
}

/// Words of a private English, and what to write: they must not come back in comments.
const NOT_IN_COMMENTS: &[(&str, &str)] = &[
    ("told", "shown, reported"),
    ("faults", "errors"),
    ("mended", "fixed"),
    ("mends", "fixes"),
    ("shelf", "library"),
    ("veil", "mask"),
    ("lays down", "creates, sets"),
    ("given out", "agreed, sent"),
    ("handed in", "sent in, submitted"),
    ("what became of", "what happened to"),
];

/// Names that say nothing without their comment: no type is called so.
const NO_TYPE_NAMES: &[&str] =
    &["Told", "Words", "Asked", "Said", "Whom", "Seen", "Veil", "Book", "Shelf", "Wish", "Standing", "Then"];

/// The comments of a file; of commands only those that are no help, which is a message.
fn comments(file: &File) -> impl Iterator<Item = &str> {
    let is_command = file.path.starts_with("cli/");
    let lines = file.text.lines().map(str::trim_start);
    lines.filter(move |line| line.starts_with("//") && !(is_command && line.starts_with("/// ")))
}

#[test]
fn comments_and_names_are_plain() {
    let mut found = Vec::new();
    for file in &HOUSE.files {
        for comment in comments(file) {
            let words = comment.to_lowercase();
            let word = |word: &str| {
                words.match_indices(word).any(|(at, _)| {
                    let is_letter = |c: char| c.is_alphanumeric() || c == '_' || c == '`';
                    let (before, after) =
                        (words[..at].chars().next_back(), words[at + word.len()..].chars().next());
                    !before.is_some_and(is_letter) && !after.is_some_and(is_letter)
                })
            };
            for (old, new) in NOT_IN_COMMENTS.iter().filter(|(old, _)| word(old)) {
                found.push(format!("{}: `{old}`, say: {new}", file.path));
            }
        }
        let names = file.types.iter().filter(|name| NO_TYPE_NAMES.contains(&name.as_str()));
        found.extend(names.map(|name| format!("{}: {name}", file.path)));
    }
    assert!(found.is_empty(), "{found:#?}");
}
