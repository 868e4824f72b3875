//! The program as a test runs it: on a day that stays, in a folder, and its answer read.

use std::fs;
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

/// Copies a folder, and all that is in it.
pub fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
}

/// A copy of the example school and of its year before, side by side, to be changed.
pub fn example() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for name in ["two-form-primary", "two-form-primary-2025-26"] {
        copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(name), &folder.path().join(name));
    }
    folder
}

/// A phase of two year groups and four classes; with files added.
pub fn workspace(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let base = [
        (
            "phase.toml",
            "[school]\nname = \"Base\"\n[[phase]]\nid = \"ks1\"\nname = \"Key Stage 1\"\nleader = \"hale\"\nyear_groups = [\"1\", \"2\"]\nsessions = [\"Thu pm1\"]\n",
        ),
        (
            "subjects.csv",
            "name,id,leader\nEnglish,english,ashdown\nMaths,maths,okafor\nScience,science,okafor\n",
        ),
        ("staff.csv", "name,id\nMorgan Hale,hale\nJo Okafor,okafor\nTom Ashdown,ashdown\n"),
        ("classes.csv", "id,year_group\n1A,1\n1B,1\n2A,2\n2B,2\n"),
    ];
    for (name, text) in base.iter().chain(files) {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

/// `n` pupils of Year 2, and of each measure point so many at the standard in maths.
pub fn year_2(n: usize, points: &[(&str, usize)]) -> (String, String) {
    let mut pupils = "pupil,class,year_group\n".to_owned();
    let mut results = "pupil,subject,point,result,scale\n".to_owned();
    for number in 0..n {
        pupils.push_str(&format!("P{number},2A,2\n"));
        for (point, met) in points {
            let code = if number < *met { "EXS" } else { "WTS" };
            results.push_str(&format!("P{number},maths,{point},{code},ladder\n"));
        }
    }
    (pupils, results)
}
