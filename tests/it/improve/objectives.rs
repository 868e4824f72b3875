//! Where objectives stand, what shows them, and milestones written.

use std::collections::BTreeMap;
use std::fs;

use serde_json::{Value, json};

use crate::program::{answer, run};
use crate::workspace::{example_copy, files};

use super::{changed, objective};

/// O6, O8, O18, O30: criterion by criterion, with what shows it.
#[test]
fn objectives_stand_by_their_criteria() {
    let folder = example_copy();
    let school = folder.path().join("two-form-primary");
    let found = answer(&school, &["objectives"]);
    assert_eq!(found["schema"], "phase/objectives/1");
    let stands: Vec<Value> = ["progress", "targets", "audit", "gap", "role"]
        .iter()
        .map(|id| {
            let one = objective(&found, id);
            json!([one["state"], one["progress"]["met"], one["progress"]["of"]])
        })
        .collect();
    assert_eq!(
        json!(stands),
        json!([
            ["at-risk", 2, 5],
            ["on-track", 1, 3],
            ["on-track", 2, 4],
            ["at-risk", 2, 5],
            ["at-risk", 4, 6]
        ])
    );
    // O8: presented to the line manager, by a row of the log.
    let presented = &objective(&found, "progress")["criteria"][0];
    assert_eq!(presented["state"], "met");
    assert_eq!(presented["at"], json!(["objectives.toml:13", "log.csv:6"]));
    // O18: the audit is done, staff are trained, the plan's strategies are in use.
    let audit = objective(&found, "audit");
    assert_eq!(audit["criteria"][0]["done"], "2026-11-12");
    assert_eq!(audit["criteria"][2]["state"], "met");
    // O30: presented, and approval late.
    let role = objective(&found, "role");
    assert_eq!(role["criteria"][1]["state"], "met");
    assert_eq!(role["criteria"][2]["late"], true);
    assert_eq!(role["reasons"], json!([{"because": "late", "criterion": 3, "by": "2026-12-04"}]));
    // O28: the share of the sessions given out that were held, and agreement with subject leaders.
    assert_eq!(role["criteria"][3]["counts"], json!({"with": 9, "of": 10}));
    assert_eq!(role["criteria"][4]["counts"], json!({"with": 30, "of": 37}));
}

/// O10, O15, O21, O27, O32: the kinds of evidence that are there, and those that are missing.
#[test]
fn what_shows_an_objective_is_told_and_what_is_missing() {
    let folder = example_copy();
    let school = folder.path().join("two-form-primary");
    let found = answer(&school, &["objectives", "--id", "progress"]);
    let shown: Vec<Value> = objective(&found, "progress")["monitoring"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| json!([one["text"], one["there"]]))
        .collect();
    assert_eq!(
        json!(shown),
        json!([
            ["Presentation, or action plan", true],
            ["Progress reports to the line manager", false],
            ["Own evaluation", true],
            ["Monitoring reports", true],
            ["Results", true],
            ["Minutes of phase meetings", true]
        ])
    );
    // A link to a file that is gone is told by check, and shows nothing.
    fs::remove_file(school.join("plans/number-audit.md")).unwrap();
    let found = answer(&school, &["objectives", "--id", "3"]);
    assert_eq!(objective(&found, "audit")["monitoring"][0]["there"], false);
    let (code, _, _) = run(&school, &["check"]);
    assert_eq!(code, 0, "a missing file is a warning");
}

/// Governors are told of no person and no line; nobody but the leader what to do next.
#[test]
fn governors_are_told_of_nobody() {
    let folder = example_copy();
    let school = folder.path().join("two-form-primary");
    for format in ["terminal", "markdown", "csv", "json"] {
        let (code, out, err) = run(&school, &["objectives", "--audience", "governors", "--format", format]);
        assert_eq!(code, 0, "{err}");
        for word in [
            "Hale",
            "hale",
            "Ashdown",
            "ashdown",
            "objectives.toml:",
            "log.csv",
            "phase objectives done",
            "1A",
        ] {
            assert!(!out.contains(word), "{word} in {format}: {out}");
        }
    }
}

/// O31: the leader's own confidence: on the leader's screen only.
#[test]
fn confidence_is_for_the_leader_alone() {
    let folder = example_copy();
    let school = folder.path().join("two-form-primary");
    let mine = answer(&school, &["objectives"]);
    assert_eq!(objective(&mine, "role")["criteria"][5]["now"], 6.0);
    let theirs = answer(&school, &["objectives", "--audience", "headteacher"]);
    let one = &objective(&theirs, "role")["criteria"][5];
    assert_eq!((&one["state"], &one["now"], &one["from"]), (&json!("hidden"), &Value::Null, &Value::Null));
    let (_, out, _) = run(&school, &["log", "--audience", "headteacher", "--json"]);
    assert!(!out.contains("confidence") && !out.contains("performance-management"), "{out}");
}

/// A milestone is written in its place: one line changes, with its note, and nothing else.
#[test]
fn a_milestone_is_written_in_its_place() {
    let folder = example_copy();
    let school = folder.path().join("two-form-primary");
    let before = files(&school);
    let (code, out, err) = run(&school, &["objectives", "done", "role", "3", "--on", "9 Dec 2026"]);
    assert_eq!(code, 0, "{err}");
    assert!(out.contains("done on 9 December 2026"), "{out}");
    let after = files(&school);
    let text = |tree: &BTreeMap<String, Vec<u8>>| String::from_utf8(tree["objectives.toml"].clone()).unwrap();
    assert_eq!(changed(&text(&before), &text(&after)), ["milestone = 2026-12-09"]);
    let others =
        |tree: &BTreeMap<String, Vec<u8>>| tree.iter().filter(|(name, _)| *name != "objectives.toml").count();
    assert_eq!(others(&before), others(&after));
    // The note behind a milestone stays; a day that is written is not overwritten.
    let path = school.join("objectives.toml");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replace("milestone = 2026-10-05", "milestone = \"\"  # ask Ines")).unwrap();
    run(&school, &["objectives", "done", "role", "1", "--on", "2026-10-06"]);
    assert!(fs::read_to_string(&path).unwrap().contains("milestone = 2026-10-06  # ask Ines\n"));
    let (code, _, err) = run(&school, &["objectives", "done", "targets", "1", "--on", "2026-09-22"]);
    assert!(code == 2 && err.contains("was done on 2026-09-21 already"), "{err}");
    // What the records tell is nobody's word, and a day to come is none on which it was done.
    let (code, _, err) = run(&school, &["objectives", "done", "role", "4"]);
    assert_eq!((code, err.contains("the records tell whether it is met")), (2, true), "{err}");
    let fresh = example_copy();
    let fresh = fresh.path().join("two-form-primary");
    assert_eq!(run(&fresh, &["objectives", "done", "role", "3", "--on", "2027-01-09"]).0, 1, "a day to come");
    // Line ends stay what they were.
    let windows = fs::read_to_string(fresh.join("objectives.toml")).unwrap().replace('\n', "\r\n");
    fs::write(fresh.join("objectives.toml"), &windows).unwrap();
    assert_eq!(run(&fresh, &["objectives", "done", "role", "3"]).0, 0);
    let after = fs::read_to_string(fresh.join("objectives.toml")).unwrap();
    assert_eq!(after, windows.replace("milestone = \"\"", "milestone = 2026-12-10"));
    let (code, _, err) = run(&school, &["objectives", "--id", "rolle"]);
    assert!(code == 2 && err.contains("did you mean `role`?"), "{err}");
}
