//! Shares against their paths, pupils who come and go, and national figures.

use std::fs;

use serde_json::{Value, json};

use crate::program::{answer, run, today};
use crate::workspace::{example_copy, workspace, year_2};
use phase::privacy::audience::Audience;
use phase::track::trajectory;

use super::{example_school, row};

/// The handbook's path: entry 58%, target 76%, six data points, the fourth: 70%.
#[test]
fn the_expected_share_follows_a_straight_path() {
    let (pupils, results) = year_2(50, &[("baseline", 29), ("autumn", 30)]);
    let folder = workspace(&[
        ("pupils.csv", &pupils),
        ("assessments.csv", &results),
        ("targets.csv", "subject,measure,percent\nmaths,expected,76\n"),
    ]);
    let answer = answer(folder.path(), &["trajectory"]);
    let row = row(&answer, "maths", Some("2"), "all");
    assert!((row["expected_percent"].as_f64().unwrap() - 70.0).abs() < 1e-6, "{row}");
    assert_eq!(row["path"], "baseline");
    assert_eq!((&row["pupils_gap"], &row["flag"]), (&json!(-5), &json!("in-line")));
}

/// And what follows starts there.
#[test]
fn a_share_that_the_school_gives_for_a_point_counts_before_the_path() {
    let (pupils, results) = year_2(50, &[("baseline", 29), ("autumn", 30), ("spring", 30)]);
    let own = "subject,measure,percent,point,year_group\nmaths,expected,76,,\nmaths,expected,64,autumn,2\n";
    let folder = workspace(&[("pupils.csv", &pupils), ("assessments.csv", &results), ("targets.csv", own)]);
    let expected = |point: &str| {
        let answer = answer(folder.path(), &["trajectory", "--point", point]);
        row(&answer, "maths", Some("2"), "all")["expected_percent"].as_f64().unwrap()
    };
    assert!((expected("autumn") - 64.0).abs() < 1e-6);
    assert!((expected("spring") - 70.0).abs() < 1e-6);
}

/// The handbook's table: x of n against a reference.
#[test]
fn a_share_is_flagged_against_its_path() {
    let table = [
        (20, 30, "80", -4, "in-line", false),
        (19, 30, "80", -5, "below", false),
        (12, 30, "62", -6, "below", false),
        (24, 30, "62", 5, "above", true),
        (33, 60, "68.3", -7, "below", false),
        (16, 28, "78", -5, "below", false),
        (30, 30, "80", 6, "above", false),
        (0, 12, "8", 0, "in-line", false),
        (10, 10, "80", 2, "too-few", false),
        (12, 30, "100", -18, "not-tested", false),
    ];
    for (x, n, percent, gap, flag, close) in table {
        let (pupils, results) = year_2(n, &[("autumn", x)]);
        let targets = format!("subject,measure,percent,point\nmaths,expected,{percent},autumn\n");
        let folder =
            workspace(&[("pupils.csv", &pupils), ("assessments.csv", &results), ("targets.csv", &targets)]);
        let answer = answer(folder.path(), &["trajectory"]);
        let row = row(&answer, "maths", Some("2"), "all");
        let says = (row["pupils_gap"].as_i64().unwrap(), row["flag"].as_str().unwrap());
        assert_eq!(says, (gap, flag), "{x} of {n} against {percent}");
        if ["in-line", "below", "above"].contains(&flag) {
            assert_eq!(row["close_call"], json!(close), "{x} of {n}");
        }
        assert_eq!(answer["tests"], json!(usize::from(!["too-few", "not-tested"].contains(&flag))));
    }
}

/// Pupils who joined late or have left; results of the last year through `previous`; the later of two dates.
#[test]
fn leavers_do_not_count_and_paths_begin_in_the_year_before() {
    let folder = workspace(&[]);
    let mut pupils = "pupil,class,year_group,joined,left\n".to_owned();
    let mut last = "pupil,class,year_group\n".to_owned();
    let (mut rows, mut before) = ("pupil,subject,point,result,scale\n".to_owned(), String::new());
    before.push_str("pupil,subject,point,result,scale\n");
    for number in 0..20 {
        let joined = if number >= 16 { "2026-11-02" } else { "" };
        let left = if number == 0 { "2026-10-01" } else { "" };
        pupils.push_str(&format!("P{number},2A,2,{joined},{left}\n"));
        let code = if number % 2 == 0 { "EXS" } else { "WTS" };
        rows.push_str(&format!(
            "P{number},maths,2026-11-20,WTS,ladder\nP{number},maths,2026-12-04,{code},ladder\n"
        ));
        if number < 16 {
            last.push_str(&format!("P{number},1A,1\n"));
            before.push_str(&format!(
                "P{number},maths,baseline,EXS,ladder\nP{number},maths,summer,WTS,ladder\n"
            ));
        }
    }
    let earlier = folder.path().join("2025-26");
    fs::create_dir(&earlier).unwrap();
    for name in ["phase.toml", "subjects.csv", "staff.csv", "classes.csv"] {
        fs::copy(folder.path().join(name), earlier.join(name)).unwrap();
    }
    fs::write(earlier.join("pupils.csv"), last).unwrap();
    fs::write(earlier.join("assessments.csv"), before).unwrap();
    let phase = fs::read_to_string(folder.path().join("phase.toml")).unwrap();
    fs::write(folder.path().join("phase.toml"), format!("previous = \"2025-26\"\n{phase}")).unwrap();
    fs::write(folder.path().join("pupils.csv"), pupils).unwrap();
    fs::write(folder.path().join("assessments.csv"), rows).unwrap();
    fs::write(folder.path().join("targets.csv"), "subject,measure,percent\nmaths,expected,70\n").unwrap();
    let answer = answer(folder.path(), &["trajectory"]);
    let row = row(&answer, "maths", Some("2"), "all");
    // Who has left does not count; the later of two dates of a half term does.
    assert_eq!((&row["n"], &row["at_standard"], &row["point"]), (&json!(19), &json!(9), &json!("autumn")));
    // All 16 were at the standard on entry: 100% to 70% over six points, the fourth: 80%.
    assert!((row["expected_percent"].as_f64().unwrap() - 80.0).abs() < 1e-6);
    assert_eq!(row["without_joiners"]["n"], json!(15));
    assert!(answer["assumed"].to_string().contains("20 results count no more"));
    let course = &answer["over_time"][0]["at"];
    let points: Vec<&str> =
        course.as_array().unwrap().iter().map(|at| at["point"].as_str().unwrap()).collect();
    assert_eq!(points, ["baseline", "summer", "autumn"]);
}

/// The order of rows does not matter, and answering writes nothing.
#[test]
fn rows_in_another_order_give_the_same_answer() {
    let folder = example_copy();
    let school = folder.path().join("two-form-primary");
    let commands: [&[&str]; 4] =
        [&["trajectory"], &["gaps"], &["causes", "-s", "maths"], &["trajectory", "--trend"]];
    let before: Vec<Value> = commands.iter().map(|words| answer(&school, words)).collect();
    for place in ["two-form-primary", "two-form-primary-2025-26"] {
        for name in ["pupils.csv", "assessments.csv"] {
            let path = folder.path().join(place).join(name);
            let text = fs::read_to_string(&path).unwrap();
            let mut lines: Vec<&str> = text.lines().collect();
            let head: Vec<&str> = lines.drain(..2).collect();
            lines.reverse();
            fs::write(&path, format!("{}\n{}\n", head.join("\n"), lines.join("\n"))).unwrap();
        }
    }
    for (words, before) in commands.iter().zip(before) {
        assert!(answer(&school, words) == before, "{words:?}");
    }
}

/// Value added as in 2004, and progress by what pupils started from, with what the user supplies.
#[test]
fn value_added_and_progress_are_as_worked() {
    let phase = "[school]\nname = \"Base\"\n[[phase]]\nid = \"ks2\"\nname = \"Upper Key Stage 2\"\nleader = \"hale\"\nyear_groups = [\"6\"]\nsessions = [\"Thu pm1\"]\n";
    let mut pupils = "pupil,class,year_group,prior_attainment\n".to_owned();
    let mut rows = "pupil,subject,point,result,scale\n".to_owned();
    // The handbook's three: 27 27 33 against medians 27 28 31 make 100.33.
    for (number, start, end) in [(1, "2B", "4"), (2, "2A", "4"), (3, "3", "5")] {
        pupils.push_str(&format!("P{number},6A,6,middle\n"));
        rows.push_str(&format!(
            "P{number},english,baseline,{start},level\nP{number},english,summer,{end},level\n"
        ));
    }
    // Eleven readers of middle start, 0.8 below what is reached from there, on the mean: 99 and 104 and so on.
    for number in 10..21 {
        pupils.push_str(&format!("P{number},6A,6,middle\n"));
        rows.push_str(&format!(
            "P{number},reading,summer,{},scaled\n",
            if number % 2 == 0 { 101 } else { 103 }
        ));
    }
    let starts = "subject,start,reached,spread\n,15,27,\n,17,28,\n,21,31,\nreading,middle,102,6.26\n";
    let folder = workspace(&[
        ("phase.toml", phase),
        ("classes.csv", "id,year_group\n6A,6\n"),
        ("pupils.csv", &pupils),
        ("assessments.csv", &rows),
        ("starts.csv", starts),
    ]);
    let answer = answer(folder.path(), &["trajectory", "--trend"]);
    assert!((answer["value_added"]["value_added"].as_f64().unwrap() - 100.3333).abs() < 1e-4, "{answer:#}");
    let progress = &answer["progress"][0];
    assert_eq!((&progress["start"], &progress["n"]), (&json!("middle"), &json!(11)));
    let mean = (6.0 * 101.0 + 5.0 * 103.0) / 11.0 - 102.0;
    assert!((progress["score"].as_f64().unwrap() - mean).abs() < 1e-3);
    let half = 1.96 * 6.26 / 11.0_f64.sqrt();
    assert!((progress["interval"][1].as_f64().unwrap() - (mean + half)).abs() < 1e-3);
    let (_, out, _) = run(folder.path(), &["trajectory", "--trend"]);
    assert!(out.contains("historic") && out.contains("not comparable with progress scores"), "{out}");
    // What cannot be computed is not enough data: no median for any start.
    fs::write(folder.path().join("starts.csv"), "start,reached\n9,15\n").unwrap();
    let (_, out, _) = run(folder.path(), &["trajectory", "--trend"]);
    let out = out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(out.contains("not enough data") && !out.contains("NaN"), "{out}");
}

/// National figures stand beside, with year and status, and only where all matches; the school's own count first.
#[test]
fn national_figures_stand_beside_and_are_not_mixed_in() {
    let (pupils, results) = year_2(20, &[("summer", 12)]);
    let folder = workspace(&[("pupils.csv", &pupils), ("assessments.csv", &results)]);
    let answer = answer(folder.path(), &["trajectory", "--point", "summer"]);
    let figure = &answer["national"][0];
    assert_eq!((&figure["results_year"], &figure["same_year"]), (&json!(2022), &json!(false)));
    assert_eq!(figure["values"], json!([68.0]));
    let own = "results_year,key_stage,measure,value,status,source\n2027,KS1,maths_expected,70,provisional,\"DfE, July 2027\"\n";
    fs::write(folder.path().join("national.csv"), own).unwrap();
    let answer = self::answer(folder.path(), &["trajectory", "--point", "summer"]);
    let figure = &answer["national"][0];
    assert_eq!((&figure["results_year"], &figure["same_year"]), (&json!(2027), &json!(true)));
    assert_eq!((&figure["values"], &figure["status"]), (&json!([70.0]), &json!("provisional")));
    // Never mixed in: the row itself knows nothing of them.
    assert_eq!(row(&answer, "maths", Some("2"), "all")["expected_percent"], Value::Null);
}

/// Many tests at once: how many there were, how many flags chance alone raises, and which hold up.
#[test]
fn flags_that_chance_alone_raises_are_counted() {
    let school = example_school();
    let phase = &school.set_up.phases[0];
    let asked = phase::track::query::AttainmentQuery::default();
    let found = trajectory::trajectory(&school, phase, &asked, &Audience::Leader, today()).unwrap();
    let tested: Vec<_> = found.subjects.iter().filter(|row| row.flag.unwrap().is_tested()).collect();
    assert_eq!(found.tests, tested.len());
    assert!((found.flags_expected_by_chance - 0.05 * tested.len() as f64).abs() < 1e-9);
    assert!(found.subjects.iter().all(|row| row.holds_up.is_some() == row.flag.unwrap().is_raised()));
}

/// Results that are dated ahead are told, and never take the place of those that are in.
#[test]
fn results_of_a_day_to_come_are_told_and_do_not_count() {
    let (pupils, results) = year_2(20, &[("autumn", 12)]);
    let results = format!("{results}P1,maths,2027-06-08,EXS,ladder\n");
    let folder = workspace(&[("pupils.csv", &pupils), ("assessments.csv", &results)]);
    let (code, out, _) = run(folder.path(), &["check"]);
    assert_eq!(code, 0);
    assert!(out.contains("has not come yet"), "{out}");
    let answer = answer(folder.path(), &["trajectory"]);
    assert_eq!(row(&answer, "maths", Some("2"), "all")["point"], "autumn");
}

/// A year group whose last results are another's keep their own data point; the kind that counts may differ from
/// the one that the path begins with, and that is said.
#[test]
fn year_groups_keep_their_own_points() {
    let mut pupils = "pupil,class,year_group\n".to_owned();
    let mut rows = "pupil,subject,point,result,scale\n".to_owned();
    for number in 0..24 {
        let year = 1 + number % 2;
        pupils.push_str(&format!("P{number},{year}A,{year}\n"));
        rows.push_str(&format!(
            "P{number},reading,baseline,EXS,ladder\nP{number},reading,autumn-1,EXS,ladder\n"
        ));
        if year == 2 {
            rows.push_str(&format!("P{number},reading,autumn,101,scaled\n"));
        }
    }
    let targets = "subject,measure,percent\nreading,expected,80\n";
    let folder = workspace(&[("pupils.csv", &pupils), ("assessments.csv", &rows), ("targets.csv", targets)]);
    let answer = answer(folder.path(), &["trajectory"]);
    let of = |year: Option<&str>| row(&answer, "reading", year, "all").clone();
    assert_eq!((&of(Some("1"))["point"], &of(Some("2"))["point"]), (&json!("autumn-1"), &json!("autumn")));
    assert_eq!(of(None)["point"], "autumn-1");
    assert_eq!(of(Some("2"))["kind_before"], "teacher");
    assert_eq!((&of(Some("2"))["path_from"], &of(Some("2"))["path_to"]), (&json!(100.0), &json!(80.0)));
    let (_, out, _) = run(folder.path(), &["trajectory"]);
    let out = out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(out.contains("the path falls") && out.contains("a test now, teacher assessment where"), "{out}");
    // By test alone there is no reading, writing and maths together.
    let tests = self::answer(folder.path(), &["trajectory", "--kind", "test"]);
    assert!(tests["subjects"].as_array().unwrap().iter().all(|row| row["subject"] != "rwm"), "{tests:#}");
}
