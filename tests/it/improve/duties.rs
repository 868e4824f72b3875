//! Duties: when each was last shown, and who does what.

use serde_json::{Value, json};

use crate::program::{answer, run};
use crate::workspace::{example_copy, root, workspace};

fn duty<'v>(answer: &'v Value, id: &str) -> &'v Value {
    let all = answer["duties"].as_array().unwrap();
    all.iter().find(|one| one["id"] == id).unwrap_or_else(|| panic!("no {id} in {answer:#}"))
}

/// Each responsibility: last shown, next due; the empty ones first (O3, R10, R24, R43, K18).
#[test]
fn each_duty_tells_when_it_was_last_shown() {
    let folder = example_copy();
    let school = folder.path().join("two-form-primary");
    let found = answer(&school, &["duties"]);
    let states: Vec<&str> = found["duties"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|one| one["every"] != "occasion")
        .map(|one| one["state"].as_str().unwrap())
        .collect();
    let mut sorted = states.clone();
    sorted.sort_by_key(|state| ["never", "overdue", "due", "shown"].iter().position(|known| known == state));
    assert_eq!(states, sorted, "what nothing shows stands first");
    // R24: what was agreed, and when it was last checked.
    assert_eq!(duty(&found, "protocols")["last"], "2026-10-15");
    // Two lesson visits a half term, one held: not done yet.
    assert_eq!(duty(&found, "lesson-visits")["state"], "due");
    // K18: training, with its renewal.
    assert_eq!(duty(&found, "safeguarding-training")["next_due"], "2027-09-02");
    // R43: each person's conversation by itself.
    let with: Vec<Value> = found["duties"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|one| one["id"] == "leader-conversations")
        .map(|one| json!([one["with"], one["state"]]))
        .collect();
    assert_eq!(with, [json!(["ashdown", "never"]), json!(["nandakumar", "due"])]);
    // R10: the file is there.
    let overview = answer(&school, &["duties", "--id", "maths-overview"]);
    assert_eq!(duty(&overview, "maths-overview")["linked"], true);
    // K17: the school's route, and nothing else.
    assert!(found["route"].as_str().unwrap().contains("designated safeguarding lead"));
    // A half term later the same records are due, and after another late.
    let later = answer(&school, &["duties", "--today", "2027-03-01"]);
    assert_eq!(duty(&later, "phase-meetings")["state"], "overdue");
    assert_eq!(
        duty(&answer(&school, &["duties", "--today", "2027-01-11"]), "phase-meetings")["state"],
        "due"
    );
}

/// Records that may show several duties and name none show none, and that is said.
#[test]
fn a_row_that_may_show_two_duties_shows_neither() {
    let duties = "[[duty]]\nid = \"one\"\narea = \"a\"\ntext = \"One\"\nwho = [\"phase-leader\"]\nevery = \"term\"\nshown_by = [\"meeting\"]\n
[[duty]]\nid = \"two\"\narea = \"a\"\ntext = \"Two\"\nwho = [\"phase-leader\"]\nevery = \"term\"\nshown_by = [\"meeting\", \"visit\"]\n";
    let log = "date,kind,who,what,shows\n2026-11-10,meeting,hale,Phonics,\n2026-11-11,meeting,hale,Spelling,two\n2026-11-12,visit,hale,Next door,\n";
    let folder = workspace(&[("duties.toml", duties), ("log.csv", log)]);
    let found = answer(folder.path(), &["duties"]);
    assert_eq!(
        (&duty(&found, "one")["state"], &duty(&found, "two")["last"]),
        (&json!("never"), &json!("2026-11-12"))
    );
    assert_eq!(
        found["unclear"],
        json!([{"kind": "log meeting", "duties": ["one", "two"], "at": ["log.csv:2"]}])
    );
}

/// In September the round before is last summer's; a week without school is none; a year that is over is no excuse.
#[test]
fn rounds_hold_at_the_edges_of_the_year() {
    let every = |every: &str| {
        format!(
            "[[duty]]\nid = \"{every}\"\narea = \"a\"\ntext = \"t\"\nwho = [\"phase-leader\"]\nevery = \"{every}\"\n\n"
        )
    };
    let duties = ["half-term", "term", "week"].map(every).concat();
    let calendar = include_str!("../../../examples/two-form-primary/calendar.toml")
        .split("# What takes")
        .next()
        .unwrap();
    let stands = |shown: &str, today: &str| -> Vec<String> {
        let log = format!("date,kind,who,what,shows\n{shown},meeting,hale,m,half-term;term;week\n");
        let folder = workspace(&[("duties.toml", &duties), ("log.csv", &log), ("calendar.toml", calendar)]);
        let found = answer(folder.path(), &["duties", "--today", today]);
        ["half-term", "term", "week"]
            .iter()
            .map(|id| duty(&found, id)["state"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(stands("2026-07-10", "2026-09-10"), ["due", "due", "overdue"]);
    assert_eq!(stands("2026-10-20", "2026-10-29"), ["shown", "shown", "shown"], "half-term week");
    assert_eq!(stands("2026-10-20", "2026-11-11"), ["due", "shown", "overdue"]);
    assert_eq!(stands("2026-11-10", "2028-12-10"), ["overdue", "overdue", "overdue"]);
}

/// R45, R2, P3: who does what, between the four.
#[test]
fn who_does_what_is_told_for_each_duty() {
    let template = root().join("data-template");
    let (code, out, _) = run(&template, &["duties", "--who"]);
    assert_eq!(code, 0);
    let line = out.lines().find(|line| line.contains("Share successes")).unwrap();
    let words: Vec<&str> = line.split_whitespace().rev().take(4).collect();
    assert_eq!(words, ["-", "helps", "-", "answers"]);
}

/// O5: no pay, and no sum that was paid once.
#[test]
fn nothing_of_pay_is_printed() {
    let template = root().join("data-template");
    let mut all = String::new();
    for words in
        [&["duties", "--all"][..], &["duties", "--id", "assigned"], &["objectives"], &["form", "role-audit"]]
    {
        let (code, out, _) = run(&template, words);
        assert_eq!(code, 0);
        all.push_str(&out.to_lowercase());
    }
    for word in ["£", "salary", "5,667", "5667", "tlr 2"] {
        assert!(!all.contains(word), "{word}");
    }
    assert!(
        all.contains("nothing here is advice") || all.contains("duties that the headteacher has assigned")
    );
}
