//! Improving: objectives and their criteria, strategies and whether they worked, duties, the log, the status of a
//! day, the year that turns, and a pupil forgotten.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use proptest::prelude::*;
use serde_json::{Value, json};

use crate::program::{answer, run, today};
use crate::workspace::{example_copy, workspace, year_2};
use phase::improve::criteria::CriterionState;
use phase::improve::objective_state::ObjectiveState;
use phase::improve::objectives::objectives;
use phase::load::formats::source::Folder;
use phase::load::load;
use phase::privacy::audience::Audience;

/// Every file of a folder, with what is in it.
fn tree(root: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if !path.ends_with(".phase-lock") {
                let name = path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
                files.insert(name, fs::read(path).unwrap());
            }
        }
    }
    files
}

/// The lines that differ between two texts of as many lines, or that one has at its end.
fn changed(before: &str, after: &str) -> Vec<String> {
    let before: Vec<&str> = before.lines().collect();
    after
        .lines()
        .enumerate()
        .filter(|(index, line)| before.get(*index) != Some(line))
        .map(|(_, line)| line.to_owned())
        .collect()
}

fn objective<'v>(answer: &'v Value, id: &str) -> &'v Value {
    let all = answer["objectives"].as_array().unwrap();
    all.iter().find(|one| one["id"] == id).unwrap_or_else(|| panic!("no {id} in {answer:#}"))
}

/// An objective of the criteria that are told.
fn of(criteria: &str) -> String {
    format!(
        "[[objective]]\nid = \"o\"\ntitle = \"Goal\"\nopened = 2026-09-07\ndue = 2027-07-16\n\n{criteria}"
    )
}

/// The state and detail of each criterion.
fn criteria(folder: &Path) -> Vec<(String, String)> {
    let found = answer(folder, &["objectives"]);
    let criteria = objective(&found, "o")["criteria"].as_array().unwrap().clone();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    criteria.iter().map(|one| (text(&one["state"]), text(&one["detail"]))).collect()
}

// ---- objectives ----

/// O6, O8, O18, O30: criterion by criterion, with what shows it.
#[test]
fn where_objectives_stand() {
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
fn what_shows_an_objective_and_what_is_missing() {
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

/// O7, O9: baseline against now with an interval, pupils before percentages, and whether it is chance.
#[test]
fn a_share_against_where_it_began() {
    let measure = of(
        "[[objective.criterion]]\ntext = \"More\"\nmeasure = \"expected\"\nsubject = \"maths\"\nto = 80\n",
    );
    for (before, now, state, says) in [
        (
            20,
            42,
            "met",
            "42 of 50 (84%) in autumn, was 20 of 50 (40%) on entry; to come to 80%. The rise is more than chance (+25 to +59 points)",
        ),
        (
            20,
            24,
            "under-way",
            "24 of 50 (48%) in autumn, was 20 of 50 (40%) on entry; to come to 80%, 16 pupils more. The change may be chance (-11 to +26 points)",
        ),
        (
            40,
            20,
            "under-way",
            "20 of 50 (40%) in autumn, was 40 of 50 (80%) on entry; to come to 80%, 20 pupils more. The fall is more than chance (-55 to -21 points)",
        ),
    ] {
        let (pupils, results) = year_2(50, &[("baseline", before), ("autumn", now)]);
        let folder = workspace(&[
            ("objectives.toml", &measure),
            ("pupils.csv", &pupils),
            ("assessments.csv", &results),
        ]);
        let (got, detail) = criteria(folder.path()).remove(0);
        assert_eq!(
            (got.as_str(), detail.strip_prefix("Maths, all pupils, expected standard: ").unwrap()),
            (state, says)
        );
    }
    // Of ten pupils nothing is said of chance; nothing at all is not zero.
    let (pupils, results) = year_2(10, &[("baseline", 2), ("autumn", 9)]);
    let folder =
        workspace(&[("objectives.toml", &measure), ("pupils.csv", &pupils), ("assessments.csv", &results)]);
    let (state, detail) = criteria(folder.path()).remove(0);
    assert!(state == "met" && detail.ends_with("Too few to tell whether it is chance"), "{detail}");
    let folder = workspace(&[("objectives.toml", &measure)]);
    let (state, detail) = criteria(folder.path()).remove(0);
    assert_eq!(
        (state.as_str(), detail.as_str()),
        ("not-started", "Maths, all pupils, expected standard: nothing yet; to come to 80%")
    );
}

/// O22, O24: two statements, never one: the high group not significantly below where it began, the other above.
#[test]
fn one_group_stays_high_while_another_rises() {
    let toml = of("[[objective.criterion]]\ntext = \"High\"\nmeasure = \"expected\"\nsubject = \"maths\"\ngroup = \"disadvantaged=no\"\nto = \"maintained\"\nby = 2026-12-18\n
[[objective.criterion]]\ntext = \"Rises\"\nmeasure = \"expected\"\nsubject = \"maths\"\ngroup = \"disadvantaged=yes\"\nto = 60\n
[[objective.criterion]]\ntext = \"Gap\"\nmeasure = \"gap\"\nsubject = \"maths\"\ngroup = \"disadvantaged=yes\"\nto = 20\n");
    let files = |high_now: usize| {
        let mut pupils = "pupil,class,year_group,disadvantaged\n".to_owned();
        let mut results = "pupil,subject,point,result,scale\n".to_owned();
        for number in 0..60 {
            let high = number < 40;
            pupils.push_str(&format!("P{number},2A,2,{}\n", if high { "no" } else { "yes" }));
            let own = if high { number } else { number - 40 };
            for (point, met) in
                [("baseline", if high { 32 } else { 4 }), ("autumn", if high { high_now } else { 13 })]
            {
                let code = if own < met { "EXS" } else { "WTS" };
                results.push_str(&format!("P{number},maths,{point},{code},ladder\n"));
            }
        }
        (pupils, results)
    };
    // 'Maintained' is not 'no fall at all': 30 of 40 is not significantly below 32 of 40.
    let (pupils, results) = files(30);
    let folder =
        workspace(&[("objectives.toml", &toml), ("pupils.csv", &pupils), ("assessments.csv", &results)]);
    let found = criteria(folder.path());
    assert_eq!(found[0].0, "met");
    assert!(
        found[0].1.contains(
            "30 of 40 (75%) in autumn, was 32 of 40 (80%) on entry; to be kept: not significantly below it"
        ),
        "{}",
        found[0].1
    );
    assert_eq!(found[1].0, "met");
    assert!(found[1].1.contains("13 of 20 (65%) in autumn, was 4 of 20 (20%) on entry"), "{}", found[1].1);
    // The gap: 75% less 65%, with its interval; its change is not tested.
    assert_eq!(found[2].0, "met");
    assert!(found[2].1.contains("10 points in autumn, was 60 points on entry"), "{}", found[2].1);
    assert!(found[2].1.contains("its change is not tested"), "{}", found[2].1);
    // 20 of 40 is: it is not kept, and the objective is at risk.
    let (pupils, results) = files(20);
    let folder =
        workspace(&[("objectives.toml", &toml), ("pupils.csv", &pupils), ("assessments.csv", &results)]);
    let found = answer(folder.path(), &["objectives"]);
    let one = objective(&found, "o");
    assert_eq!((&one["criteria"][0]["state"], &one["state"]), (&json!("under-way"), &json!("at-risk")));
    assert_eq!(one["reasons"][0], json!({"because": "fallen", "criterion": 1}));
}

/// From all of them nothing is tested as a share, but a fall is a fall; and what is reached is asked of the share
/// itself, not of what an audience is shown of it.
#[test]
fn neither_all_nor_a_rounded_share_deceives() {
    let toml = of(
        "[[objective.criterion]]\ntext = \"Kept\"\nmeasure = \"expected\"\nsubject = \"maths\"\nto = \"maintained\"\nby = 2026-12-01\n",
    );
    for (now, state) in [(6, "under-way"), (59, "met"), (60, "met")] {
        let (pupils, results) = year_2(60, &[("baseline", 60), ("autumn", now)]);
        let folder =
            workspace(&[("objectives.toml", &toml), ("pupils.csv", &pupils), ("assessments.csv", &results)]);
        assert_eq!(criteria(folder.path())[0].0, state, "{now} of 60");
    }
    let toml =
        of("[[objective.criterion]]\ntext = \"75\"\nmeasure = \"expected\"\nsubject = \"maths\"\nto = 75\n");
    let (pupils, results) = year_2(75, &[("baseline", 40), ("autumn", 56)]);
    let folder =
        workspace(&[("objectives.toml", &toml), ("pupils.csv", &pupils), ("assessments.csv", &results)]);
    for audience in ["leader", "headteacher", "governors"] {
        let found = answer(folder.path(), &["objectives", "--audience", audience]);
        assert_eq!(objective(&found, "o")["criteria"][0]["state"], "under-way", "{audience}");
    }
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

/// O14, O19, O20, R5: evidence tagged with targets used and plans adapted; pieces at the standard before and since.
#[test]
fn shares_of_evidence() {
    let toml = of("[[objective.criterion]]\ntext = \"Targets\"\nmeasure = \"target-used\"\nto = 60\n
[[objective.criterion]]\ntext = \"Adapted\"\nmeasure = \"adapted\"\nto = 60\n
[[objective.criterion]]\ntext = \"Work\"\nmeasure = \"at-grade\"\naspect = \"outcomes.work\"\nsubject = \"maths\"\nto = 60\n");
    let mut rows = "id,date,kind,subject,aspect,grade,classes,by,tags\n".to_owned();
    for number in 1..=7 {
        let tags = if number < 6 { "target-used;adapted" } else { "target-not-used" };
        let grade = if number < 6 { "good" } else { "requires-improvement" };
        rows.push_str(&format!(
            "b{number},2026-11-{:02},books,maths,outcomes.work,{grade},1A,hale,{tags}\n",
            number + 1
        ));
    }
    let earlier = "id,date,kind,subject,aspect,grade,classes,by\na1,2026-09-02,books,maths,outcomes.work,good,1A,hale\na2,2026-09-03,books,maths,outcomes.work,requires-improvement,1B,hale\n";
    let folder =
        workspace(&[("objectives.toml", &toml), ("evidence/ht2.csv", &rows), ("evidence/ht1.csv", earlier)]);
    let found = criteria(folder.path());
    assert_eq!(
        found[0],
        ("met".to_owned(), "pieces with targets used: 5 of 7 (71%); to come to 60%".to_owned())
    );
    // Five pieces are fewer than a settled share needs, however good they are.
    assert_eq!(found[1].0, "under-way");
    assert!(
        found[1].1.ends_with("5 of 5 (100%); to come to 60%; counted from 6 pieces on"),
        "{}",
        found[1].1
    );
    assert_eq!(found[2].0, "met");
    assert!(found[2].1.contains("5 of 7 (71%), was 1 of 2 (50%)"), "{}", found[2].1);
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

/// Small groups are hidden from others in an objective as everywhere: number, share, state, and the count of criteria.
#[test]
fn small_groups_stay_hidden() {
    let folder = example_copy();
    let school = folder.path().join("two-form-primary");
    let toml = of("[[objective.criterion]]\ntext = \"Few\"\nmeasure = \"expected\"\nsubject = \"maths\"\ngroup = \"looked_after=yes\"\nto = 60\n
[[objective.criterion]]\ntext = \"Year\"\nmeasure = \"expected\"\nsubject = \"maths\"\ngroup = \"disadvantaged=yes\"\nyear_group = \"2\"\nto = 60\n
[[objective.criterion]]\ntext = \"All\"\nmeasure = \"expected\"\nsubject = \"maths\"\nto = 20\n");
    fs::write(school.join("objectives.toml"), &toml).unwrap();
    fs::write(school.join("log.csv"), "date,kind,who,what\n").unwrap();
    fs::write(school.join("actions.csv"), "id,action,owner,due\n").unwrap();
    let pupils = fs::read_to_string(school.join("pupils.csv")).unwrap();
    let mut lines: Vec<String> = pupils.lines().map(str::to_owned).collect();
    for (index, line) in lines.iter_mut().enumerate() {
        match index {
            0 => {}
            1 => line.push_str(",looked_after"),
            2..=4 => line.push_str(",yes"),
            _ => line.push_str(",no"),
        }
    }
    fs::write(school.join("pupils.csv"), lines.join("\n")).unwrap();
    let theirs = answer(&school, &["objectives", "--audience", "headteacher"]);
    let one = objective(&theirs, "o");
    for index in [0, 1] {
        let hidden = &one["criteria"][index];
        assert_eq!(hidden["state"], "hidden", "{hidden:#}");
        for key in ["now", "from", "counts", "from_counts", "difference", "interval"] {
            assert_eq!(hidden[key], Value::Null, "{key}");
        }
    }
    assert_eq!(one["progress"], json!({"met": 1, "of": 1, "hidden": 2}), "{one:#}");
    assert_ne!(one["state"], "met", "what is hidden is not told to be met");
    // To others whole percentages, and of before no number of pupils.
    let shown = &one["criteria"][2];
    assert_eq!(shown["from_counts"], Value::Null);
    assert_eq!(shown["now"].as_f64().unwrap().fract(), 0.0);
    assert_eq!(answer(&school, &["objectives"])["objectives"][0]["progress"]["of"], 3);
}

/// A milestone is written in its place: one line changes, with its note, and nothing else.
#[test]
fn a_milestone_is_written_in_its_place() {
    let folder = example_copy();
    let school = folder.path().join("two-form-primary");
    let before = tree(&school);
    let (code, out, err) = run(&school, &["objectives", "done", "role", "3", "--on", "9 Dec 2026"]);
    assert_eq!(code, 0, "{err}");
    assert!(out.contains("done on 9 December 2026"), "{out}");
    let after = tree(&school);
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

// ---- actions ----

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
fn whether_a_strategy_worked() {
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
    // What is hidden from the headteacher is told neither so nor so, in no format.
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
    // Of ten pupils nothing can be told; a fall is no sign.
    assert_eq!(effect("2026-09-07", &[("baseline", 3), ("autumn", 9)], 10)["verdict"], "too-few");
    assert_eq!(effect("2026-09-07", &[("baseline", 45), ("autumn", 20)], 60)["verdict"], "no-sign");
}

/// J12, J23, K26, R17: added, looked at again and done by commands: one line each, all else as it was.
#[test]
fn actions_are_added_and_changed_a_line_at_a_time() {
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
    run(
        &school,
        &["actions", "review", "agree-who-follows-up", "--status", "under-way", "--again", "29 Jan 2027"],
    );
    let before = text();
    run(&school, &["actions", "review", "number-group", "--finding", "Twelve come"]);
    let done = [
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
    assert_eq!(run(&school, &done).0, 0);
    // What is looked at and goes on is looked at again when its next day comes.
    run(&school, &["actions", "review", "daily-reading", "--finding", "So far", "--again", "2027-01-08"]);
    let review = |day: &str| {
        let found = answer(&school, &["actions", "--id", "daily-reading", "--today", day]);
        found["actions"][0]["review_due"].clone()
    };
    assert_eq!((review("2027-01-07"), review("2027-01-20")), (json!(false), json!(true)));
    let lines: Vec<String> =
        changed(&before, &text()).into_iter().filter(|line| line.starts_with("number-group")).collect();
    assert_eq!(lines.len(), 1);
    // A finding is added to what was found before: none is lost.
    assert!(lines[0].contains(",\"Twelve come; Goes on with Year 1\","), "{lines:?}");
    let (code, _, err) = run(&school, &["actions", "done", "number-group", "--on", "2026-12-10"]);
    assert!(code == 2 && err.contains("`number-group` is done already"), "{err}");
    let (code, ..) = run(&school, &["actions", "done", "one-code", "--on", "2026-12-24"]);
    assert_eq!(code, 1, "nothing is done before its day");
    // An id that nothing has is told before anything is written.
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
fn actions_by_what_is_asked() {
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

// ---- the log ----

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

// ---- duties ----

fn duty<'v>(answer: &'v Value, id: &str) -> &'v Value {
    let all = answer["duties"].as_array().unwrap();
    all.iter().find(|one| one["id"] == id).unwrap_or_else(|| panic!("no {id} in {answer:#}"))
}

/// Each responsibility: last shown, next due; the empty ones first (O3, R10, R24, R43, K18).
#[test]
fn duties_and_when_they_were_last_shown() {
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
fn rounds_at_the_edges_of_the_year() {
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
fn who_does_what() {
    let template = Path::new(env!("CARGO_MANIFEST_DIR")).join("data-template");
    let (code, out, _) = run(&template, &["duties", "--who"]);
    assert_eq!(code, 0);
    let line = out.lines().find(|line| line.contains("Share successes")).unwrap();
    let words: Vec<&str> = line.split_whitespace().rev().take(4).collect();
    assert_eq!(words, ["-", "helps", "-", "answers"]);
}

/// O13, O16, O29, K5, R7, R20, R31: pages to think and talk by.
#[test]
fn pages_of_questions() {
    let template = Path::new(env!("CARGO_MANIFEST_DIR")).join("data-template");
    for (form, asks) in [
        ("audit", "The sample"),
        ("role-audit", "Lesson visits, twice each half term"),
        ("policy-review", "What effect was it meant to have"),
        ("leadership-conversation", "What direction do we agree"),
        ("moderation-meeting", "written before talking"),
        ("question-sheet", "reach by the end of the year"),
    ] {
        let found = answer(&template, &["form", form]);
        assert_eq!((&found["schema"], &found["form"]), (&json!("phase/page-form/1"), &json!(form)));
        let asked = found["asked"].as_array().unwrap();
        assert!(asked.iter().any(|asked| asked.as_str().unwrap().contains(asks)), "{form}: {asked:?}");
        let (code, out, _) = run(&template, &["form", form]);
        assert!(code == 0 && out.contains("nobody is graded"), "{out}");
    }
}

/// O5: no pay, and no sum that was paid once.
#[test]
fn nothing_of_pay_is_printed() {
    let template = Path::new(env!("CARGO_MANIFEST_DIR")).join("data-template");
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

// ---- the day ----

/// J7, J42: one screen that is of use on the first day, and on any other.
#[test]
fn where_things_stand_today() {
    let files = [("subjects.csv", "name,leader\nEnglish,Jon Hartley\nMaths,Kim Ferris\n")];
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join(files[0].0), files[0].1).unwrap();
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

    let example = example_copy();
    let school = example.path().join("two-form-primary");
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
    // A fault in one file does not take the day away: it is told first.
    fs::write(school.join("log.csv"), "date,kind\nnever,meeting\n").unwrap();
    let (code, out, _) = run(&school, &[]);
    assert!(
        code == 0 && out.contains("Mend        1 error, so what follows may lack something: phase check"),
        "{out}"
    );
}

// ---- the year ----

/// The term dates of 2027-28, as flags.
fn terms() -> Vec<&'static str> {
    let spans = [
        "1 Sep 2027 to 22 Oct 2027",
        "1 Nov 2027 to 17 Dec 2027",
        "4 Jan 2028 to 11 Feb 2028",
        "21 Feb 2028 to 31 Mar 2028",
        "18 Apr 2028 to 26 May 2028",
        "5 Jun 2028 to 20 Jul 2028",
    ];
    spans.into_iter().flat_map(|span| ["--terms", span]).collect()
}

/// X1: set-up carried over, classes moved up, leavers gone, what is unfinished kept, the old folder unchanged.
#[test]
fn the_year_turns() {
    let folder = example_copy();
    let (school, next) =
        (folder.path().join("two-form-primary"), folder.path().join("two-form-primary-2027-28"));
    let before = tree(&school);
    let mut words =
        vec!["-w", "two-form-primary", "new-year", "two-form-primary-2027-28", "--today", "2027-07-20"];
    // Without term dates nothing that could not be read would be written.
    let (code, _, err) = run(folder.path(), &[&words[..], &["--yes"]].concat());
    assert!(code == 2 && err.contains("no term dates are built in for 2027-28: give --terms"), "{err}");
    words.extend(terms());
    // A try writes nothing.
    let (code, out, err) = run(folder.path(), &words);
    assert_eq!(code, 0, "{err}");
    assert!(out.contains("nothing is written yet") && !next.exists(), "{out}");
    words.push("--yes");
    let (code, _, err) = run(folder.path(), &words);
    assert_eq!(code, 0, "{err}");
    assert_eq!(tree(&school), before, "the old folder stays as it is");
    let text = |name: &str| fs::read_to_string(next.join(name)).unwrap();
    assert!(text("phase.toml").contains("previous = \"../two-form-primary\""));
    assert_eq!(
        text("phase.toml").lines().count(),
        String::from_utf8(before["phase.toml"].clone()).unwrap().lines().count()
    );
    // Classes moved up: 2A to 3A, 1B to 2B; who has left is not in it.
    assert!(text("pupils.csv").contains("\nP201,3A,3,,,F,no,N,yes,summer,middle\n"));
    let left: Vec<String> = String::from_utf8(before["pupils.csv"].clone())
        .unwrap()
        .lines()
        .skip(2)
        .filter(|line| !line.split(',').nth(4).unwrap().is_empty())
        .map(|line| line.split(',').next().unwrap().to_owned())
        .collect();
    assert!(!left.is_empty());
    for pupil in left {
        assert!(!text("pupils.csv").contains(&format!("\n{pupil},")), "{pupil} has left");
    }
    // What holds on single dates stays behind; what is unfinished goes on.
    assert!(!text("availability.csv").contains("2026-") && !text("availability.csv").contains("2027-"));
    assert!(text("actions.csv").contains("\none-code,") && !text("actions.csv").contains("\nect-start,"));
    for name in ["log.csv", "judgements.csv", "assessments.csv", "evidence", "schedules"] {
        assert!(!next.join(name).exists(), "{name} stays where it is");
    }
    // It is read without an error, with last year's results behind it.
    let (code, out, _) = run(&next, &["check", "--today", "2027-09-06"]);
    assert_eq!(code, 0, "{out}");
    let found = answer(&next, &["objectives", "--today", "2027-09-06"]);
    assert_eq!(objective(&found, "audit")["criteria"][0]["state"], "met");
    // Nothing is overwritten.
    let (code, _, err) = run(folder.path(), &words);
    assert!(code == 2 && err.contains("holds a workspace already"), "{err}");
    // Never inside itself.
    let (code, _, err) = run(&school, &["new-year", "next", "--yes"]);
    assert!(code == 2 && err.contains("would lie in this one"), "{err}");
}

/// An objective that is met stays behind, and what it rests on with it; sessions on single dates too.
#[test]
fn what_is_met_stays_behind() {
    let toml = "# Mine.\n[[objective]]\nid = \"met\"\ntitle = \"Met\"\ndue = 2027-07-16\n[[objective.criterion]]\ntext = \"Done\"\nmilestone = 2026-10-01\n\n# Kept.\n[[objective]]\nid = \"open\"\ntitle = \"Open\"\ndue = 2027-07-16\n[[objective.criterion]]\ntext = \"Not done\"\nmilestone = \"\"\n";
    let actions = "id,action,owner,due,status,came_from\na,Old,hale,2026-11-01,done,met\nb,Rests on,hale,2026-11-01,done,open\n# a note\nc,Going on,hale,2027-11-01,open,\n";
    let phase = "[school]\nname = \"Base\"\n[[phase]]\nid = \"ks1\"\nname = \"Key Stage 1\"\nleader = \"hale\"\nyear_groups = [\"1\", \"2\"]\nsessions = [\"Thu pm1\", \"2027-03-02 pm2\"] # mine\n";
    let folder = workspace(&[("phase.toml", phase), ("objectives.toml", toml), ("actions.csv", actions)]);
    let next = tempfile::tempdir().unwrap();
    let to = next.path().join("next");
    let (code, _, err) =
        run(folder.path(), &[&["new-year", to.to_str().unwrap(), "--yes"][..], &terms()].concat());
    assert_eq!(code, 0, "{err}");
    let text = |name: &str| fs::read_to_string(to.join(name)).unwrap();
    assert!(
        !text("objectives.toml").contains("id = \"met\"")
            && text("objectives.toml").contains("# Kept.\n[[objective]]\nid = \"open\"")
    );
    assert_eq!(
        text("actions.csv"),
        "id,action,owner,due,status,came_from\nb,Rests on,hale,2026-11-01,done,open\n# a note\nc,Going on,hale,2027-11-01,open,\n"
    );
    assert!(text("phase.toml").contains("sessions = [\"Thu pm1\"] # mine"), "{}", text("phase.toml"));
    assert!(text("phase.toml").starts_with("previous = "));
}

/// X2: a pupil taken out of every file that is named, and of nothing else; what is not reached is said.
#[test]
fn a_pupil_is_forgotten() {
    let folder = example_copy();
    let (school, earlier) =
        (folder.path().join("two-form-primary"), folder.path().join("two-form-primary-2025-26"));
    let (before, before_earlier) = (tree(&school), tree(&earlier));
    let has = |tree: &BTreeMap<String, Vec<u8>>| {
        tree.values().any(|bytes| String::from_utf8_lossy(bytes).contains("P203"))
    };
    // A try writes nothing.
    let (code, out, err) = run(&school, &["forget", "P203"]);
    assert_eq!(code, 0, "{err}");
    assert!(out.contains("nothing is written yet") && out.contains("two-form-primary-2025-26"), "{out}");
    assert_eq!(tree(&school), before);
    let (code, out, err) = run(&school, &["forget", "P203", "--yes"]);
    assert_eq!(code, 0, "{err}");
    assert!(out.contains("copies, backups"), "{out}");
    let after = tree(&school);
    assert!(has(&before) && !has(&after));
    assert_eq!(tree(&earlier), before_earlier, "only what is named is changed");
    for (name, bytes) in &before {
        let text = String::from_utf8_lossy(bytes);
        let without: String = text.split_inclusive('\n').filter(|line| !line.starts_with("P203,")).collect();
        assert_eq!(String::from_utf8_lossy(&after[name]), without, "{name}");
    }
    let (code, ..) = run(&school, &["forget", "P203", "--also", "../two-form-primary-2025-26", "--yes"]);
    assert_eq!(code, 0);
    assert!(!has(&tree(&earlier)));
    assert_eq!(run(&school, &["check"]).0, 0);
    // What is no pupil's code takes nothing out.
    for nobody in ["", " ", "the", "maths"] {
        assert_eq!(run(&school, &["forget", nobody, "--yes"]).0, 2, "{nobody:?}");
    }
    // Nobody has the code any more; where it is only written about, that is left to a person.
    assert_eq!(run(&school, &["forget", "P203"]).0, 2);
    fs::write(school.join("import.toml"), "# P204 came in March\n").unwrap();
    let found = answer(&school, &["forget", "P204"]);
    assert_eq!(found["mentions"], json!(["import.toml:1"]));
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

// ---- always ----

/// One criterion as a test writes it: whether it is a milestone that is done, one that is not, or so many rows.
#[derive(Clone, Debug)]
enum Written {
    Done,
    Open,
    Rows(u32),
}

fn written() -> impl Strategy<Value = Written> {
    prop_oneof![Just(Written::Done), Just(Written::Open), (1_u32..4).prop_map(Written::Rows)]
}

fn school_of(criteria: &[Written], meetings: usize, books: usize) -> tempfile::TempDir {
    let toml: String = criteria
        .iter()
        .map(|one| match one {
            Written::Done => "[[objective.criterion]]\ntext = \"t\"\nmilestone = 2026-10-01\n".to_owned(),
            Written::Open => "[[objective.criterion]]\ntext = \"t\"\nmilestone = \"\"\n".to_owned(),
            Written::Rows(number) => format!(
                "[[objective.criterion]]\ntext = \"t\"\nevidence = {number}\nkinds = [\"log meeting\", \"books\"]\n"
            ),
        })
        .collect();
    let mut log = "date,kind,who,what,shows\n".to_owned();
    for number in 0..meetings {
        log.push_str(&format!("2026-11-{:02},meeting,hale,m,o\n", number + 1));
    }
    let mut rows = "id,date,kind,subject,aspect,grade,classes,by\n".to_owned();
    for number in 0..books {
        rows.push_str(&format!(
            "b{number},2026-11-{:02},books,maths,outcomes.work,good,1A,hale\n",
            number + 2
        ));
    }
    workspace(&[("objectives.toml", &of(&toml)), ("log.csv", &log), ("evidence/ht2.csv", &rows)])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// An objective is never met while a criterion is not, and adding evidence never lowers progress.
    #[test]
    fn met_only_with_every_criterion_and_never_less_with_more(
        criteria in prop::collection::vec(written(), 1..5),
        meetings in 0_usize..4,
        books in 0_usize..3,
        more in 0_usize..3,
    ) {
        let stands = |meetings: usize, books: usize| {
            let folder = school_of(&criteria, meetings, books);
            let loaded = load(&Folder::new(folder.path()), today());
            let school = loaded.school.unwrap();
            prop_assert!(loaded.diagnostics.iter().all(|fault| fault.severity != phase::diagnostic::Severity::Error), "{:?}", loaded.diagnostics);
            Ok(objectives(&school, &school.set_up.phases[0], None, &Audience::Leader, today()).objectives.remove(0))
        };
        let before = stands(meetings, books)?;
        let all_met = before.criteria.iter().all(|one| one.state == CriterionState::Met);
        prop_assert_eq!(before.state == ObjectiveState::Met, all_met);
        prop_assert_eq!(before.progress.of, criteria.len());
        let after = stands(meetings + more, books)?;
        prop_assert!(after.progress.met >= before.progress.met);
        for (one, then) in before.criteria.iter().zip(&after.criteria) {
            prop_assert!(then.state >= one.state);
        }
        let after = stands(meetings, books + more)?;
        prop_assert!(after.progress.met >= before.progress.met);
    }
}

/// The same day and files give the same bytes; rows in another order the same answer but for the places.
#[test]
fn the_same_again() {
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
