//! Beginning, a module a command or a kind of file.

mod ask;
mod calendars;
mod forms;
mod init;
mod term_dates;
mod undo;
mod workbook;

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::program::{run_on, without};

/// The day it is when a workspace is begun.
const TODAY: &str = "2026-11-22";

/// Runs a command that must end with that exit code; returns standard output and error.
fn ends(code: i32, folder: &Path, words: &[&str]) -> (String, String) {
    let (found, out, err) = run_on(TODAY, folder, words);
    assert_eq!(found, code, "{words:?}\n{out}\n{err}");
    (out, err)
}

/// The answer of a command as JSON, without the places it cites; a schedule that lacks something is an answer too.
fn answer(folder: &Path, words: &[&str]) -> Value {
    let (_, out, _) = run_on(TODAY, folder, &[words, &["--json"]].concat());
    without(serde_json::from_str(&out).unwrap(), &["at"])
}

/// How a workspace of three subjects is begun, in the folder `ks1`.
const INIT: &[&str] = &[
    "init",
    "ks1",
    "--yes",
    "--school",
    "St Bede's",
    "--leader",
    "Asha Rowe",
    "--subject",
    "English=Jon Hartley",
    "--subject",
    "maths=Jo Okafor",
    "--subject",
    "History=okafor",
];

/// A calendar file of these events, each by its lines.
fn calendar(name: &Path, events: &[&[&str]]) {
    let mut text = String::from("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//y//EN\r\n");
    for (number, event) in events.iter().enumerate() {
        let body = event.join("\r\n");
        text.push_str(&format!(
            "BEGIN:VEVENT\r\nUID:{number}@x\r\nDTSTAMP:20260901T000000Z\r\n{body}\r\nEND:VEVENT\r\n"
        ));
    }
    text.push_str("END:VCALENDAR\r\n");
    fs::write(name, text).unwrap();
}
