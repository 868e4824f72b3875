//! What is handed over, a module a kind.

mod notices;
mod outputs;
mod reports;
mod specimen;

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};

use crate::program::run;
use crate::workspace::example_folder;

/// The example school where it lies.
fn example() -> PathBuf {
    example_folder("two-form-primary")
}

/// What a command writes to the screen; it must succeed.
fn ok(folder: &Path, words: &[&str]) -> String {
    let (code, out, err) = run(folder, words);
    assert_eq!(code, 0, "{words:?}: {err}");
    out
}

/// The text of a file.
fn read(path: impl AsRef<Path>) -> String {
    fs::read_to_string(path.as_ref()).unwrap_or_else(|error| panic!("{}: {error}", path.as_ref().display()))
}

/// Every part of a packed file as text, by name, one after the other.
fn unpacked(bytes: &[u8]) -> String {
    let mut packed = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut parts = BTreeMap::new();
    for index in 0..packed.len() {
        let mut part = packed.by_index(index).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut text = String::new();
        part.read_to_string(&mut text).unwrap();
        parts.insert(name, text);
    }
    parts.iter().map(|(name, text)| format!("=== {name}\n{}\n", text.replace("><", ">\n<"))).collect()
}

/// The kinds of reports.
const KINDS: [&str; 9] = [
    "end-of-term",
    "provision",
    "headteacher",
    "line-manager",
    "staff-meeting",
    "phase-meeting",
    "leadership-conversation",
    "target-sheet",
    "handover",
];

/// An answer as the text of every format, packed ones unpacked.
fn in_every_format(folder: &Path, words: &[&str]) -> Vec<(&'static str, String)> {
    let out = tempfile::tempdir().unwrap();
    let mut all = Vec::new();
    for ending in ["txt", "md", "html", "docx", "xlsx", "csv", "json"] {
        let path = out.path().join(format!("a.{ending}"));
        ok(folder, &[words, &["-o", path.to_str().unwrap()]].concat());
        let bytes = fs::read(&path).unwrap();
        let text =
            if bytes.starts_with(b"PK") { unpacked(&bytes) } else { String::from_utf8(bytes).unwrap() };
        all.push((ending, text));
    }
    all
}
