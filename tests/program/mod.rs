//! The program as a test runs it: on a day that stays, in a folder, and its answer read.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

/// The day it is in every test.
pub fn today() -> chrono::NaiveDate {
    chrono::NaiveDate::from_ymd_opt(2026, 12, 10).unwrap()
}

/// Runs the program in a folder; returns its exit code, and what it wrote to the screen and to the errors.
pub fn run(folder: &Path, words: &[&str]) -> (i32, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_phase"));
    command.current_dir(folder).env_remove("PHASE_WORKSPACE").env("PHASE_TODAY", "2026-12-10").args(words);
    let output = command.output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

/// The answer that a command gives as JSON.
pub fn answer(folder: &Path, words: &[&str]) -> Value {
    let (code, out, err) = run(folder, &[words, &["--json"]].concat());
    assert_eq!(code, 0, "{err}");
    serde_json::from_str(&out).unwrap()
}
