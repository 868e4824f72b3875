//! The program as a test runs it, and its answer read.

use std::ffi::OsStr;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

/// The day it is in almost every test, as the program reads it.
pub const TODAY: &str = "2026-12-10";

/// The day it is in almost every test.
pub fn today() -> chrono::NaiveDate {
    TODAY.parse().unwrap()
}

/// Runs the program in a folder on a day; returns its exit code, and what it wrote to the screen and to the errors.
pub fn run_on(day: &str, folder: &Path, words: &[impl AsRef<OsStr>]) -> (i32, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_phase"));
    command.current_dir(folder).env_remove("PHASE_WORKSPACE").env("PHASE_TODAY", day).args(words);
    let output = command.output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

/// Runs the program in a folder today.
pub fn run(folder: &Path, words: &[&str]) -> (i32, String, String) {
    run_on(TODAY, folder, words)
}

/// The answer that a command gives as JSON.
pub fn answer(folder: &Path, words: &[&str]) -> Value {
    let (code, out, err) = run(folder, &[words, &["--json"]].concat());
    assert_eq!(code, 0, "{err}");
    serde_json::from_str(&out).unwrap()
}

/// An answer without the fields of these names, however deep they stand.
pub fn without(mut value: Value, names: &[&str]) -> Value {
    fn strip(value: &mut Value, names: &[&str]) {
        match value {
            Value::Object(fields) => {
                fields.retain(|name, _| !names.contains(&name.as_str()));
                fields.values_mut().for_each(|field| strip(field, names));
            }
            Value::Array(items) => items.iter_mut().for_each(|item| strip(item, names)),
            _ => {}
        }
    }
    strip(&mut value, names);
    value
}
