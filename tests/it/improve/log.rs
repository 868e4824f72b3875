//! The log: what happened, and no concern.

use std::fs;

use serde_json::{Value, json};

use crate::program::{answer, run};
use crate::workspace::example_copy;

/// J2, J13, K18: what happened goes in by a command, a line at a time; concerns and grades do not.
#[test]
fn the_log_takes_what_happened_and_no_concern() {
    let folder = example_copy();
    let school = folder.path().join("two-form-primary");
    let text = || fs::read_to_string(school.join("log.csv")).unwrap();
    let before = text();
    let (code, out, err) = run(
        &school,
        &[
            "log",
            "add",
            "--kind",
            "training",
            "--what",
            "Safeguarding update",
            "--who",
            "hale;okafor",
            "--shows",
            "safeguarding-training",
            "--renewal",
            "2027-09-01",
        ],
    );
    assert_eq!(code, 0, "{err}");
    assert!(out.contains("again by") && out.contains("1 September 2027"), "{out}");
    assert_eq!(
        text(),
        format!(
            "{before}2026-12-10,training,log-01,\"hale;okafor\",Safeguarding update,,,,,,safeguarding-training,2027-09-01,\n"
        )
    );
    // What a row belongs to is said later, beside what it says already; what may be two is asked.
    let (_, out, _) =
        run(&school, &["log", "add", "--kind", "notice-given", "--what", "Targets", "--shows", "targets"]);
    assert!(out.contains("it may show schedule-given or target-sheets: phase log shows 27 DUTY"), "{out}");
    assert_eq!(run(&school, &["log", "shows", "27", "target-sheets"]).0, 0);
    assert!(text().ends_with(",\"targets;target-sheets\",,\n"), "{}", text());
    assert_eq!(run(&school, &["log", "shows", "1", "target-sheets"]).0, 2);
    let before = text();
    for (what, kind) in [
        ("P014 disclosed to me that it is loud", "meeting"),
        ("An allegation against a colleague was made", "conversation"),
        ("A good lesson", "feedback-given"),
    ] {
        let (code, out, err) = run(&school, &["log", "add", "--kind", kind, "--what", what]);
        assert_eq!(code, 2, "{what}");
        assert!(!out.contains(what) && !err.contains(what), "{err}");
        assert!(err.contains("nothing was written"), "{err}");
    }
    let (code, _, err) = run(&school, &["log", "add", "--kind", "meeting", "--shows", "progres"]);
    assert!(code == 1 && err.contains("did you mean `progress`?"), "{err}");
    assert_eq!(text(), before);
}

/// K15: take-up counts; a small one is hidden from others.
#[test]
fn counts_of_few_pupils_are_hidden_from_others() {
    let folder = example_copy();
    let school = folder.path().join("two-form-primary");
    let counts = |words: &[&str]| -> Vec<Value> {
        let found = answer(&school, &[&["log", "--kind", "activity"], words].concat());
        found["rows"].as_array().unwrap().iter().map(|row| json!([row["count"], row["hidden"]])).collect()
    };
    assert_eq!(counts(&[]), [json!([22, null]), json!([6, null])]);
    assert_eq!(counts(&["--audience", "headteacher"]), [json!([22, null]), json!([null, "c"])]);
}
