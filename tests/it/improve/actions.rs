//! Actions added and changed, whether they worked, and what is private.

use std::fs;

use serde_json::{Value, json};

use crate::program::{answer, run};
use crate::workspace::{example_copy, workspace, year_2};

use super::changed;

/// The effect of a strategy on maths in Year 2, begun on a day, of 60 pupils on a path to 80%.
fn effect(opened: &str, points: &[(&str, usize)], n: usize) -> Value {
    let (pupils, results) = year_2(n, points);
    let actions = format!(
        "id,action,owner,due,status,kind,subject,year_group,opened\ns,Number group,hale,2027-03-01,under-way,strategy,maths,2,{opened}\n"
    );
    let targets = "subject,measure,percent\nmaths,expected,80\n";
    let folder = workspace(&[
        ("actions.csv", &actions),
        ("pupils.csv", &pupils),
        ("assessments.csv", &results),
        ("targets.csv", targets),
    ]);
    let mut words = vec!["actions"];
    let later = points.iter().any(|(point, _)| *point == "spring");
    if later {
        words.extend(["--today", "2027-03-26"]);
    }
    answer(folder.path(), &words)["actions"][0]["effects"][0].clone()
}

/// J10, P19: too soon, no sign, improved, back on track.
#[test]
fn a_strategy_worked_where_more_than_chance_changed() {
    // Begun in November: the autumn's results are not six weeks later.
    assert_eq!(effect("2026-11-16", &[("baseline", 30), ("autumn", 45)], 60)["verdict"], "too-soon");
    // Begun in September: 30 of 60, then 33: chance could make it.
    let none = effect("2026-09-07", &[("baseline", 30), ("autumn", 33)], 60);
    assert_eq!(
        (&none["verdict"], &none["before"]["counts"]),
        (&json!("no-sign"), &json!({"with": 30, "of": 60}))
    );
    // 30 of 60, then 45: it leaves out zero.
    let improved = effect("2026-09-07", &[("baseline", 30), ("autumn", 45)], 60);
    assert_eq!(improved["verdict"], "improved");
    let low = improved["interval"][0].as_f64().unwrap();
    assert!(low > 0.0, "{low}");
    // Significantly below its path in autumn, in line again in spring.
    let back = effect("2027-01-11", &[("baseline", 40), ("autumn", 26), ("spring", 42)], 60);
    assert_eq!(back["before"]["flag"], "below");
    assert_eq!(back["verdict"], "back-on-track");
    // Results that may be from before it began tell nothing of it.
    assert_eq!(effect("2026-11-06", &[("baseline", 15), ("2026-11-03", 45)], 60)["verdict"], "too-soon");
    // Of ten pupils nothing can be told; a fall is no sign.
    assert_eq!(effect("2026-09-07", &[("baseline", 3), ("autumn", 9)], 10)["verdict"], "too-few");
    assert_eq!(effect("2026-09-07", &[("baseline", 45), ("autumn", 20)], 60)["verdict"], "no-sign");
}

/// It is told neither so nor so, and in no format.
#[test]
fn what_a_strategy_did_for_few_pupils_is_hidden_from_others() {
    let folder = example_copy();
    let school = folder.path().join("two-form-primary");
    let theirs = answer(&school, &["actions", "--id", "daily-reading", "--audience", "headteacher"]);
    assert_eq!(theirs["actions"][0]["effects"][0]["verdict"], "no-sign");
    let theirs = answer(&school, &["actions", "--id", "number-group", "--audience", "headteacher"]);
    let hidden = &theirs["actions"][0]["effects"][0];
    assert_eq!((&hidden["hidden"], &hidden["verdict"]), (&json!(true), &Value::Null));
    for word in [&["log", "--shows", "paired-plan"][..], &["actions", "--id", "paired-plan"]] {
        let (code, _, err) = run(&school, &[word, &["--audience", "headteacher"]].concat());
        assert!(code == 2 && !err.contains("did you mean"), "nobody else is told that it is there: {err}");
    }
}

/// J12, J23, K26, R17: one line more, all else as it was.
#[test]
fn an_action_is_added_as_one_line() {
    let folder = example_copy();
    let school = folder.path().join("two-form-primary");
    let text = || fs::read_to_string(school.join("actions.csv")).unwrap();
    let before = text();
    let (code, out, err) = run(
        &school,
        &[
            "actions",
            "add",
            "--action",
            "Agree who follows up spelling",
            "--due",
            "22/01/2027",
            "--kind",
            "issue",
            "--subject",
            "english",
            "--owner",
            "ashdown",
            "--from",
            "ht2-28",
        ],
    );
    assert_eq!(code, 0, "{err}");
    assert!(out.contains("(issue, English)"), "{out}");
    let added = "agree-who-follows-up,Agree who follows up spelling,ashdown,2027-01-22,open,issue,english,,,,,,2026-12-10,,ht2-28,,,,,,";
    assert_eq!(text(), format!("{before}{added}\n"));
    let review =
        ["actions", "review", "agree-who-follows-up", "--status", "under-way", "--again", "29 Jan 2027"];
    assert_eq!(run(&school, &review).0, 0, "it can be looked at again");
}

/// What is done with the number group, and what was found.
const DONE: &[&str] = &[
    "actions",
    "done",
    "number-group",
    "--on",
    "2026-12-09",
    "--finding",
    "Goes on with Year 1",
    "--spent",
    "30",
];

/// J23, R17: one line changes, and none of what was found is lost.
#[test]
fn a_finding_is_added_to_what_was_found_before() {
    let folder = example_copy();
    let school = folder.path().join("two-form-primary");
    let text = || fs::read_to_string(school.join("actions.csv")).unwrap();
    let before = text();
    run(&school, &["actions", "review", "number-group", "--finding", "Twelve come"]);
    assert_eq!(run(&school, DONE).0, 0);
    let lines = changed(&before, &text());
    assert_eq!(lines.len(), 1, "{lines:?}");
    assert!(lines[0].starts_with("number-group"), "{lines:?}");
    assert!(lines[0].contains(",\"Twelve come; Goes on with Year 1\","), "{lines:?}");
}

#[test]
fn what_goes_on_is_looked_at_again_when_its_next_day_comes() {
    let folder = example_copy();
    let school = folder.path().join("two-form-primary");
    run(&school, &["actions", "review", "daily-reading", "--finding", "So far", "--again", "2027-01-08"]);
    let review = |day: &str| {
        let found = answer(&school, &["actions", "--id", "daily-reading", "--today", day]);
        found["actions"][0]["review_due"].clone()
    };
    assert_eq!((review("2027-01-07"), review("2027-01-20")), (json!(false), json!(true)));
}

#[test]
fn an_action_is_done_once_and_not_before_its_day() {
    let folder = example_copy();
    let school = folder.path().join("two-form-primary");
    assert_eq!(run(&school, DONE).0, 0);
    let (code, _, err) = run(&school, &["actions", "done", "number-group", "--on", "2026-12-10"]);
    assert!(code == 2 && err.contains("`number-group` is done already"), "{err}");
    let (code, ..) = run(&school, &["actions", "done", "one-code", "--on", "2026-12-24"]);
    assert_eq!(code, 1, "nothing is done before its day");
}

#[test]
fn an_id_that_no_action_has_changes_nothing() {
    let folder = example_copy();
    let school = folder.path().join("two-form-primary");
    let text = || fs::read_to_string(school.join("actions.csv")).unwrap();
    let before = text();
    let (code, _, err) = run(&school, &["actions", "done", "countres"]);
    assert!(code == 2 && err.contains("did you mean `counters`?"), "{err}");
    assert_eq!(text(), before);
}

/// J12: coaching is by consent; others are told that there is some, and no more.
#[test]
fn coaching_is_by_consent_and_private() {
    let folder = example_copy();
    let school = folder.path().join("two-form-primary");
    let before = fs::read_to_string(school.join("actions.csv")).unwrap();
    let words = [
        "actions",
        "add",
        "--action",
        "Questions that make pupils reason",
        "--due",
        "2027-02-05",
        "--kind",
        "coaching",
        "--with",
        "lindqvist",
        "--aspect",
        "provision.teaching",
        "--review",
        "2027-02-26",
        "--status",
        "under-way",
    ];
    let (code, _, err) = run(&school, &words);
    assert!(code == 1 && err.contains("not everybody concerned has agreed"), "{err}");
    assert_eq!(fs::read_to_string(school.join("actions.csv")).unwrap(), before);
    let (code, ..) = run(&school, &[&words[..], &["--agreed"]].concat());
    assert_eq!(code, 0);
    // A row of the log that belongs to it says so to nobody else.
    let words =
        ["log", "add", "--kind", "conversation", "--what", "Planned together", "--shows", "paired-plan"];
    assert_eq!(run(&school, &words).0, 0);
    for command in ["log", "objectives", "actions"] {
        for format in ["json", "csv", "terminal"] {
            let (_, out, _) = run(&school, &[command, "--audience", "headteacher", "--format", format]);
            assert!(
                !out.contains("paired-plan") || out.contains("paired-planning"),
                "{command} {format}: {out}"
            );
            assert!(!out.contains("actions.csv:8"), "{command} {format}: {out}");
        }
    }
    assert_eq!(run(&school, &["duties", "--audience", "headteacher"]).0, 2, "duties are the leader's");
    let theirs = answer(&school, &["actions", "--audience", "headteacher"]);
    assert_eq!(theirs["by_consent"], 2);
    let text = theirs.to_string();
    assert!(!text.contains("reason") && !text.contains("coaching"), "{text}");
}

/// By owner, due, subject, kind and objective; overdue first; issues with one owner each (R8, R18, R29).
#[test]
fn actions_are_listed_by_what_is_asked() {
    let folder = example_copy();
    let school = folder.path().join("two-form-primary");
    let ids = |words: &[&str]| -> Vec<String> {
        let found = answer(&school, &[&["actions"], words].concat());
        found["actions"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| one["id"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(ids(&[])[0], "phonics-visit");
    assert_eq!(ids(&["--owner", "boon"]), ["daily-reading"]);
    assert_eq!(ids(&["--due", "2026-12-11"]), ["phonics-visit", "paired-plan", "counters"]);
    assert_eq!(ids(&["--subject", "reading"]), ["daily-reading"]);
    assert_eq!(ids(&["--kind", "team-task"]), ["spring-history"]);
    assert_eq!(ids(&["--objective", "4"]), ["number-group"]);
    assert_eq!(ids(&["--kind", "induction", "--all"]), ["ect-start"]);
    assert_eq!(
        answer(&school, &["actions"])["spending"],
        json!({"budget": 25000, "spent": 23140, "actions": 1})
    );
}
