//! What is missing, said where it matters.

use std::fs;

use crate::program::run;
use crate::workspace::{copy, example_copy, example_folder};

#[test]
fn a_missing_earlier_year_is_said_in_the_first_lines() {
    let folder = tempfile::tempdir().unwrap();
    let from = example_folder("two-form-primary");
    copy(&from, &folder.path().join("school"));
    let school = folder.path().join("school");
    let commands: &[&[&str]] = &[
        &["schedule", "--half-term", "3"],
        &["clashes", "--half-term", "3"],
        &["status"],
        &["evaluate"],
        &["evaluate", "-s", "maths", "--explain"],
        &["moderate"],
        &["practice"],
        &["trajectory"],
        &["gaps"],
        &["objectives"],
        &["actions"],
        &["duties"],
        &["log"],
        &["report", "end-of-term"],
        &["report", "headteacher"],
    ];
    for words in commands {
        let (_, out, err) = run(&school, words);
        let first: String = out.lines().take(12).collect::<Vec<_>>().join("\n");
        let is_report = words[0] == "report";
        assert!(first.contains("An earlier year's folder"), "{words:?}: {first}");
        assert_eq!(first.contains("../two-form-primary-2025-26"), !is_report, "{words:?}: {first}");
        assert!(
            err.contains("(../two-form-primary-2025-26) is not there: nothing in it counts"),
            "{words:?}: {err}"
        );
        let (_, json, _) = run(&school, &[*words, &["--json"][..]].concat());
        let json: serde_json::Value = serde_json::from_str(&json).unwrap();
        assert_eq!(json["missing"].as_array().unwrap().len(), 1, "{words:?}");
    }
    // Without it no milestone is known, and so no shortfall: refused, and why.
    let (code, _, err) = run(&school, &["causes", "-s", "maths"]);
    assert!(
        code == 1 && err.starts_with("An earlier year's folder (../two-form-primary-2025-26) is not there"),
        "{err}"
    );
    // A year before that has errors may not count in full; what others read names no file.
    copy(&from.with_file_name("two-form-primary-2025-26"), &folder.path().join("two-form-primary-2025-26"));
    let results = folder.path().join("two-form-primary-2025-26/assessments.csv");
    let text = fs::read_to_string(&results).unwrap();
    fs::write(&results, format!("{text}P999,maths,autumn,EXS,ladder\n")).unwrap();
    let (_, out, err) = run(&school, &["gaps", "--audience", "governors"]);
    assert!(out.contains("An earlier year's folder has 1 error"), "{out}");
    assert!(!out.contains("2025-26)") && !err.contains("2025-26"), "{err}");
    fs::write(&results, text).unwrap();
    let (_, out, err) = run(&school, &["gaps"]);
    assert!(!out.contains("Missing") && err.is_empty(), "{err}");
}

#[test]
fn results_that_cannot_be_read_are_said_in_the_schedule_that_would_have_used_them() {
    let folder = example_copy();
    let school = folder.path().join("two-form-primary");
    let results = school.join("assessments.csv");
    let text = fs::read_to_string(&results).unwrap();
    fs::write(&results, format!("{text}P999,maths,autumn,EXS,ladder\n")).unwrap();
    let (code, out, err) = run(&school, &["schedule", "--half-term", "3"]);
    assert_eq!(code, 0);
    let says = "assessments.csv has 1 error: some of it may not count in this answer.";
    assert!(
        out.lines().take(6).collect::<Vec<_>>().join(" ").contains("assessments.csv has 1 error"),
        "{out}"
    );
    assert!(err.contains(says), "{err}");
    fs::write(&results, "\0").unwrap();
    let (_, out, _) = run(&school, &["schedule", "--half-term", "3"]);
    assert!(out.contains("assessments.csv"), "{out}");
    // Where results are what is asked for, there is no answer without them.
    assert_eq!(run(&school, &["gaps"]).0, 1);
}
