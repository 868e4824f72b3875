//! The floors of the house: a room uses only rooms below it, and rooms on one floor do not know each
//! other. Every file says on its first line what it is.

use std::fs;
use std::path::{Path, PathBuf};

/// The rooms, from the ground up.
const FLOORS: &[&[&str]] = &[
    &["diagnostic", "document", "text"],
    &["school", "render", "statistics"],
    &["privacy"],
    &["load", "store"],
    &["plan", "judge", "track"],
    &["improve"],
    &["overview"],
    &["view"],
    &["cli"],
    &["main", "lib"],
];

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(sources(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

fn room(path: &Path) -> String {
    let inside = path.strip_prefix(root()).unwrap();
    inside.components().next().unwrap().as_os_str().to_str().unwrap().trim_end_matches(".rs").to_owned()
}

fn floor(room: &str) -> usize {
    FLOORS
        .iter()
        .position(|rooms| rooms.contains(&room))
        .unwrap_or_else(|| panic!("{room} stands on no floor"))
}

/// The rooms that a file names as `crate::room`.
fn used(text: &str) -> Vec<String> {
    let code =
        text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
    let mut rooms = Vec::new();
    for part in code.split("crate::").skip(1) {
        let group = part.strip_prefix('{').map(|rest| rest.split('}').next().unwrap());
        for name in group.unwrap_or(part).split(',').take(if group.is_some() { usize::MAX } else { 1 }) {
            rooms.push(name.trim().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect());
        }
    }
    rooms
}

#[test]
fn a_room_uses_only_rooms_below_it() {
    let mut wrong = Vec::new();
    for path in sources(&root()) {
        let here = room(&path);
        for there in used(&fs::read_to_string(&path).unwrap()) {
            if there != here && floor(&there) >= floor(&here) {
                wrong.push(format!("{} uses {there}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_file_says_what_it_is() {
    for path in sources(&root()) {
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.starts_with("//! "), "{} does not", path.display());
    }
}

#[test]
fn the_test_sees_arrows() {
    assert_eq!(used("use crate::school::Id;\nfn f() { crate::plan::schedule(); }"), ["school", "plan"]);
    assert_eq!(used("use crate::{plan, view};\n// crate::cli"), ["plan", "view"]);
}
