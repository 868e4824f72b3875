//! The status of a day.

use std::fs;
use std::path::Path;

use serde_json::json;

use crate::program::{answer, run};
use crate::workspace::{example_copy, workspace, year_2};

/// J7: with two files and nothing in them yet.
#[test]
fn one_screen_is_of_use_on_the_first_day() {
    let folder = tempfile::tempdir().unwrap();
    let subjects = "name,leader\nEnglish,Jon Hartley\nMaths,Kim Ferris\n";
    fs::write(folder.path().join("subjects.csv"), subjects).unwrap();
    fs::write(
        folder.path().join("phase.toml"),
        "[school]\nname = \"First\"\n[[phase]]\nid = \"ks1\"\nname = \"Key Stage 1\"\nleader = \"Asha Rowe\"\nyear_groups = [\"1\"]\nsessions = [\"Thu pm1\"]\n",
    )
    .unwrap();
    let (code, out, err) = run(folder.path(), &[]);
    assert_eq!((code, err.as_str()), (0, ""));
    assert!(out.starts_with("Thu 10 December 2026, Key Stage 1, autumn 2, week 6 of 7\n"), "{out}");
    assert!(
        out.contains("Thu 10 Dec 13:00-13:45  set aside for you") && out.ends_with("phase schedule\n"),
        "{out}"
    );
    assert_eq!(out, run(folder.path(), &["status"]).1, "phase alone is phase status");
}

/// J7, J42: and on any other day.
#[test]
fn one_screen_tells_what_is_next_and_what_is_late() {
    let folder = example_copy();
    let school = folder.path().join("two-form-primary");
    let found = answer(&school, &["status"]);
    assert_eq!(found["today"], json!({"day": "term", "half_term": 2, "week": 6, "weeks": 7, "closed": null}));
    assert_eq!(found["next"][0]["id"], "ht2-ks1-evaluation-1");
    assert_eq!(found["overdue"][0]["id"], "phonics-visit");
    assert_eq!((&found["schedules_for"], &found["not_handed_in"]), (&json!(3), &json!(["science"])));
    assert_eq!(found["off_path"][0]["pupils_gap"], -13);
    assert_eq!(found["thin"][0]["subject"], "maths");
    assert_eq!(
        found["objectives"][4],
        json!({"number": 5, "id": "role", "state": "at-risk", "progress": {"met": 4, "of": 6, "hidden": 0}})
    );
    let (_, screen, _) = run(&school, &[]);
    assert!(screen.lines().count() <= 24, "one screen: {screen}");
    // What happened to a session whose day has passed is asked for.
    let later = answer(&school, &["status", "--today", "2027-01-11"]);
    assert_eq!(later["not_noted"][0]["id"], "ht2-ks1-evaluation-1");
}

/// It does not take the day away.
#[test]
fn a_fault_in_one_file_is_told_first() {
    let folder = example_copy();
    let school = folder.path().join("two-form-primary");
    fs::write(school.join("log.csv"), "date,kind\nnever,meeting\n").unwrap();
    let (code, out, _) = run(&school, &[]);
    assert!(
        code == 0 && out.contains("Mend        1 error, so what follows may lack something: phase check"),
        "{out}"
    );
}

/// X3: what was to be kept until a day that has passed is named; nothing is deleted.
#[test]
fn what_is_kept_too_long_is_told() {
    let (pupils, results) = year_2(12, &[("autumn", 6)]);
    let folder = workspace(&[("pupils.csv", &pupils), ("assessments.csv", &results)]);
    let path = folder.path().join("phase.toml");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(path, format!("{text}[privacy.keep_until]\n\"2\" = \"2026-11-30\"\n")).unwrap();
    assert!(run(folder.path(), &[]).1.contains("kept longer than the school wants: pupils of Year 2"));
}

/// The same day and files give the same bytes; rows in another order the same answer but for the places.
#[test]
fn the_same_files_give_the_same_answers() {
    let folder = example_copy();
    let school = folder.path().join("two-form-primary");
    let commands: [&[&str]; 5] =
        [&[], &["objectives"], &["actions", "--all"], &["duties", "--all"], &["log"]];
    let all = |folder: &Path| -> Vec<String> { commands.iter().map(|words| run(folder, words).1).collect() };
    let before = all(&school);
    assert_eq!(before, all(&school));
    for name in ["actions.csv", "evidence/ht2.csv", "pupils.csv", "assessments.csv"] {
        let text = fs::read_to_string(school.join(name)).unwrap();
        let (head, mut rows): (Vec<&str>, Vec<&str>) = {
            let lines: Vec<&str> = text.lines().collect();
            (lines[..2].to_vec(), lines[2..].to_vec())
        };
        rows.reverse();
        fs::write(school.join(name), format!("{}\n", [head, rows].concat().join("\n"))).unwrap();
    }
    let after = all(&school);
    assert_eq!(before[0], after[0]);
    assert_eq!(before[2], after[2]);
    assert_eq!(before[3], after[3]);
}
