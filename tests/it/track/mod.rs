//! Tracking from files: the worked examples of the handbook, codes, denominators, groups, causes, what is hidden
//! from whom, and exports taken in.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use proptest::prelude::*;
use serde_json::{Value, json};

use crate::program::{answer, run, today};
use crate::workspace::{copy, workspace, year_2};
use phase::load::formats::source::Folder;
use phase::load::load;
use phase::privacy::audience::Audience;
use phase::school::{Group, Id, Measure, School};
use phase::track::cohort::Cohort;
use phase::track::suppression::bounds::{BoundsCell, BoundsTable, CountBounds};
use phase::track::suppression::mask::{CountTable, SuppressionLimits, TableAxis, Visibility, over};
use phase::track::{gaps, shortfall, trajectory};

fn row<'v>(answer: &'v Value, subject: &str, year: Option<&str>, group: &str) -> &'v Value {
    let rows = answer["subjects"].as_array().unwrap();
    let is =
        |row: &&Value| row["subject"] == subject && row["year_group"] == json!(year) && row["group"] == group;
    rows.iter().find(is).unwrap_or_else(|| panic!("no {subject} {year:?} {group} in {answer:#}"))
}

/// The handbook's path: entry 58%, target 76%, six data points, the fourth: 70%.
#[test]
fn the_straight_path() {
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
    // A share that the school gives for a point counts before the straight path, and what follows starts there.
    let (_, results) = year_2(50, &[("baseline", 29), ("autumn", 30), ("spring", 30)]);
    fs::write(folder.path().join("assessments.csv"), results).unwrap();
    let own = "subject,measure,percent,point,year_group\nmaths,expected,76,,\nmaths,expected,64,autumn,2\n";
    fs::write(folder.path().join("targets.csv"), own).unwrap();
    let expected = |point: &str| {
        let answer = self::answer(folder.path(), &["trajectory", "--point", point]);
        self::row(&answer, "maths", Some("2"), "all")["expected_percent"].as_f64().unwrap()
    };
    assert!((expected("autumn") - 64.0).abs() < 1e-6);
    assert!((expected("spring") - 70.0).abs() < 1e-6);
}

/// The handbook's table: x of n against a reference.
#[test]
fn a_share_against_its_path() {
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

/// What each code does to a count: who counts, who was assessed, who is at the standard.
#[test]
fn codes_and_denominators() {
    let counted = |scale: &str, subject: &str, results: &[&str]| {
        let mut pupils = "pupil,class,year_group\n".to_owned();
        let mut rows = "pupil,subject,point,result,scale\n".to_owned();
        for (number, result) in results.iter().enumerate() {
            pupils.push_str(&format!("P{number},2A,2\n"));
            rows.push_str(&format!("P{number},{subject},autumn,{result},{scale}\n"));
        }
        let phase = "[school]\nname = \"Base\"\n[[phase]]\nid = \"ks1\"\nname = \"Key Stage 1\"\nleader = \"hale\"\nyear_groups = [\"1\", \"2\"]\nsessions = [\"Thu pm1\"]\n[assessment]\nphonics_threshold = 32\n";
        let folder = workspace(&[("phase.toml", phase), ("pupils.csv", &pupils), ("assessments.csv", &rows)]);
        let answer = answer(folder.path(), &["trajectory", "--subject", subject]);
        let row = row(&answer, subject, Some("2"), "all");
        let of = |name: &str| row[name].as_u64().unwrap();
        (of("n"), of("assessed"), of("at_standard"), of("without_result"))
    };
    // The ladder: EXS and GDS are met; what is below is not; A counts without having been assessed; who has left,
    // is to come or was before does not; and what is missing for a reason is neither 0 nor counted.
    assert_eq!(counted("ladder", "writing", &["EXS", "GDS", "WTS", "PK6", "EM", "HNM"]), (6, 6, 2, 0));
    assert_eq!(counted("ladder", "writing", &["EXS", "A", "L", "F", "P", "WTS"]), (3, 2, 1, 0));
    assert_eq!(counted("ladder", "writing", &["EXS", "", "c", "SUPP", "NA", "x", "LOWCOV"]), (1, 1, 1, 6));
    assert_eq!(counted("ladder", "writing", &["exs", "Greater depth", "Working towards"]), (3, 3, 2, 0));
    assert_eq!(
        counted("scaled", "maths", &["100", "99", "120", "80", "B", "T", "A", "AS", "NS"]),
        (9, 6, 3, 0)
    );
    assert_eq!(counted("phonics", "phonics", &["32", "31", "40", "0", "Wa", "Wt", "A"]), (7, 6, 3, 0));
    assert_eq!(counted("profile", "number", &["2", "1", "A"]).0, 3);
    assert_eq!(counted("on-track", "maths", &["on", "above", "below", "well-below"]), (4, 4, 2, 0));
}

/// Reading, writing and maths together, and the good level of development.
#[test]
fn what_is_made_of_several() {
    let mut pupils = "pupil,class,year_group\n".to_owned();
    let mut rows = "pupil,subject,point,result,scale\n".to_owned();
    // All three; one not; one absent; one missing; absent in one and not met in another.
    let of = [
        ["EXS", "GDS", "EXS"],
        ["EXS", "EXS", "WTS"],
        ["EXS", "EXS", "A"],
        ["EXS", "EXS", ""],
        ["A", "WTS", "EXS"],
        ["L", "EXS", "EXS"],
        // Short in one already, but not known in another: not counted, as is who is met in two and not known.
        ["WTS", "EXS", ""],
    ];
    for (number, results) in of.iter().enumerate() {
        pupils.push_str(&format!("P{number},2A,2\n"));
        for (subject, result) in ["reading", "writing", "maths"].iter().zip(results) {
            rows.push_str(&format!("P{number},{subject},autumn,{result},ladder\n"));
        }
    }
    let folder = workspace(&[("pupils.csv", &pupils), ("assessments.csv", &rows)]);
    let answer = answer(folder.path(), &["trajectory", "--subject", "rwm"]);
    let row = row(&answer, "rwm", Some("2"), "all");
    assert_eq!((&row["n"], &row["at_standard"], &row["without_result"]), (&json!(4), &json!(1), &json!(2)));

    let goals = [
        "listening",
        "speaking",
        "self-regulation",
        "managing-self",
        "building-relationships",
        "gross-motor",
        "fine-motor",
        "comprehension",
        "word-reading",
        "writing",
        "number",
        "numerical-patterns",
    ];
    let mut rows = "pupil,subject,point,result,scale\n".to_owned();
    for (number, other) in ["2", "1", "A", ""].iter().enumerate() {
        for (index, goal) in goals.iter().enumerate() {
            let result = if index == 6 { other } else { "2" };
            rows.push_str(&format!("P{number},{goal},autumn,{result},profile\n"));
        }
        // A goal beyond the twelve changes nothing.
        rows.push_str(&format!("P{number},natural-world,autumn,1,profile\n"));
    }
    fs::write(folder.path().join("assessments.csv"), rows).unwrap();
    let answer = self::answer(folder.path(), &["trajectory"]);
    let row = self::row(&answer, "gld", Some("2"), "all");
    assert_eq!((&row["n"], &row["assessed"], &row["at_standard"]), (&json!(3), &json!(2), &json!(1)));
}

/// Pupils who joined late or have left; results of the last year through `previous`; the later of two dates.
#[test]
fn joiners_leavers_and_last_year() {
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
fn rows_in_another_order() {
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let folder = tempfile::tempdir().unwrap();
    for name in ["two-form-primary", "two-form-primary-2025-26"] {
        copy(&example.join(name), &folder.path().join(name));
    }
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

fn example() -> School {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/two-form-primary");
    load(&Folder::new(&folder), today()).school.unwrap()
}

/// Every division of a shortfall adds up to the whole, exactly; so do the strands.
#[test]
fn parts_add_up_to_the_shortfall() {
    let school = example();
    let phase = &school.set_up.phases[0];
    let book = Cohort::open(&school, phase, 2026, None).unwrap();
    for subject in ["reading", "writing", "maths"] {
        for year_group in [None, Some(phase::school::YearGroup::Year(2))] {
            let asked = shortfall::ShortfallQuery {
                subject: Id::new(subject),
                point: None,
                measure: None,
                year_group,
                kind: None,
            };
            let found = shortfall::shortfall(&book, &asked).unwrap();
            assert!(found.divisions.len() >= 6, "{subject}");
            for division in &found.divisions {
                let sum: f64 = division.parts.iter().map(|part| part.counted.pupils).sum();
                assert!((sum - found.counted.pupils).abs() < 1e-9, "{subject} by {}", division.by);
                let n: u32 = division.parts.iter().map(|part| part.counted.n).sum();
                assert_eq!(n, found.counted.n);
            }
            if let Some(strands) = &found.strands {
                let alone: u32 = strands.strands.iter().map(|one| one.only_here).sum();
                let below = found.counted.n - found.counted.at_standard;
                assert_eq!(alone + strands.several + strands.none + strands.unknown, below);
            }
        }
    }
}

/// Two groups: the difference, its interval and what can be said; the two statements of closing a gap.
#[test]
fn groups_against_each_other() {
    // 8 of 14 against 35 of 46: not settled. Baseline: 5 of 14, and 40 of 46.
    let mut pupils = "pupil,class,year_group,disadvantaged\n".to_owned();
    let mut rows = "pupil,subject,point,result,scale\n".to_owned();
    let sides = [("yes", 14, 5, 8), ("no", 46, 40, 35)];
    let mut number = 0;
    for (value, n, before, now) in sides {
        for index in 0..n {
            number += 1;
            pupils.push_str(&format!("P{number},2A,2,{value}\n"));
            for (point, met) in [("baseline", before), ("autumn", now)] {
                let code = if index < met { "EXS" } else { "WTS" };
                rows.push_str(&format!("P{number},maths,{point},{code},ladder\n"));
            }
        }
    }
    let folder = workspace(&[("pupils.csv", &pupils), ("assessments.csv", &rows)]);
    let answer = answer(folder.path(), &["gaps", "--group", "disadvantaged"]);
    let gap = &answer["gaps"][0];
    assert_eq!((&gap["first"]["n"], &gap["first"]["at_standard"]), (&json!(14), &json!(8)));
    assert!((gap["difference"].as_f64().unwrap() + 18.9441).abs() < 1e-3);
    assert!((gap["interval"][0].as_f64().unwrap() + 45.455).abs() < 1e-3);
    assert!((gap["interval"][1].as_f64().unwrap() - 6.7045).abs() < 1e-3);
    assert_eq!((&gap["verdict"], &gap["pupils_gap"]), (&json!("not-settled"), &json!(-2)));
    let [target, others] = [0, 1].map(|index| &gap["since_baseline"][index]);
    assert_eq!((&target["pupils_gap"], &target["flag"]), (&json!(3), &json!("in-line")));
    assert_eq!((&others["pupils_gap"], &others["flag"]), (&json!(-5), &json!("below")));
    assert_eq!(others["moved"], json!({"up": 0, "same": 41, "down": 5}));
    let (_, out, _) = run(folder.path(), &["gaps", "--group", "disadvantaged"]);
    assert!(out.contains("not settled") && out.contains("Not settled is never the same as no gap"), "{out}");
}

/// Value added as in 2004, and progress by what pupils started from, with what the user supplies.
#[test]
fn value_added_and_progress() {
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
fn national_figures() {
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
fn many_tests_at_once() {
    let school = example();
    let phase = &school.set_up.phases[0];
    let asked = phase::track::query::AttainmentQuery::default();
    let found = trajectory::trajectory(&school, phase, &asked, &Audience::Leader, today()).unwrap();
    let tested: Vec<_> = found.subjects.iter().filter(|row| row.flag.unwrap().is_tested()).collect();
    assert_eq!(found.tests, tested.len());
    assert!((found.flags_expected_by_chance - 0.05 * tested.len() as f64).abs() < 1e-9);
    assert!(found.subjects.iter().all(|row| row.holds_up.is_some() == row.flag.unwrap().is_raised()));
}

/// Names and UPNs are refused wherever they stand, and shown nowhere.
#[test]
fn names_are_refused_and_not_shown() {
    let cases = [
        "pupil,name,class,year_group\nP1,Ottoline Quarles,2A,2\n",
        "pupil,UPN,class,year_group\nP1,K820210000000,2A,2\n",
        "pupil,Date of birth,class,year_group\nP1,2019-09-01,2A,2\n",
        "pupil,class,year_group\nOttoline,2A,2\n",
        "pupil,class,year_group\nK820210000000,2A,2\n",
        "pupil,class,year_group\n\"Quarles, Ottoline 2\",2A,2\n",
    ];
    for text in cases {
        let folder = workspace(&[("pupils.csv", text)]);
        let (code, out, err) = run(folder.path(), &["check"]);
        assert_eq!(code, 1, "{text}");
        let said = format!("{out}{err}");
        assert!(said.contains("not kept here") && said.contains("phase import"), "{said}");
        for private in ["Ottoline", "Quarles", "K8202", "2019-09-01"] {
            assert!(!said.contains(private), "{said}");
        }
    }
    let results = "pupil,subject,point,result,scale\nOttoline Quarles,maths,autumn,EXS,ladder\n";
    let folder =
        workspace(&[("pupils.csv", "pupil,class,year_group\nP1,2A,2\n"), ("assessments.csv", results)]);
    let (code, out, err) = run(folder.path(), &["check"]);
    assert_eq!(code, 1);
    assert!(!format!("{out}{err}").contains("Ottoline"), "{out}{err}");
}

/// The codes behind a gap are for the leader's screen only; causes are for the leader only.
#[test]
fn what_is_for_the_leader_only() {
    let school = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/two-form-primary");
    let (code, out, _) = run(&school, &["trajectory", "--subject", "maths", "--pupils"]);
    assert_eq!(code, 0);
    assert!(out.contains("P2") && out.contains("For you only"), "{out}");
    for more in [&["--json"][..], &["-o", "list.md"], &["--audience", "headteacher"], &["--format", "csv"]] {
        let (code, out, _) = run(&school, &[&["trajectory", "--pupils"], more].concat());
        assert_eq!((code, out.as_str()), (2, ""), "{more:?}");
    }
    let (code, ..) = run(&school, &["causes", "-s", "maths", "--audience", "headteacher"]);
    assert_eq!(code, 2);
}

/// What governors may see of a group of the phase, the headteacher may see.
#[test]
fn a_group_of_the_phase_is_told_to_the_headteacher_as_to_governors() {
    let school = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/two-form-primary");
    let told = |audience: &str| -> Vec<String> {
        let answer = answer(&school, &["trajectory", "--audience", audience]);
        let rows = answer["subjects"].as_array().unwrap().clone();
        let of_phase = rows.iter().filter(|row| row["year_group"].is_null());
        of_phase.map(|row| format!("{} {} {}", row["subject"], row["measure"], row["group"])).collect()
    };
    assert_eq!(told("headteacher"), told("governors"));
    assert!(told("governors").iter().any(|row| row.contains("disadvantaged")));
}

/// What is done in what is assessed, and in the subject that it belongs to, stands beside a shortfall of it.
#[test]
fn what_is_being_done_stands_beside_a_shortfall() {
    let school = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/two-form-primary");
    let done = |subject: &str| -> Vec<String> {
        let causes = answer(&school, &["causes", "-s", subject, "--year-group", "2"]);
        let all = causes["strategies"].as_array().unwrap().clone();
        all.iter().map(|one| one["id"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(done("reading"), ["daily-reading", "phonics-visit"]);
    assert_eq!(done("writing"), ["phonics-visit"]);
}

fn layer(of: (&str, Measure), axis: &str, parts: &[(&str, u32, u32)]) -> CountTable {
    CountTable {
        of: (Id::new(of.0), of.1),
        axis: TableAxis::Column(Id::new(axis)),
        parts: parts.iter().map(|(value, n, x)| ((*value).to_owned(), (*n, *x))).collect(),
    }
}

const USUAL: SuppressionLimits = SuppressionLimits { hidden: 5, counted: 10 };

fn shown(layers: &[CountTable], axis: &str, value: &str) -> Visibility {
    let veil = over(layers, USUAL, &BTreeSet::new(), |_| false);
    veil.shows(&layers[0].of.0, layers[0].of.1, None, &Group::of(axis, &[value]))
}

/// The handbook's examples of what is hidden.
#[test]
fn small_numbers() {
    let maths = ("maths", Measure::Expected);
    let sexes = [layer(maths, "sex", &[("M", 12, 8), ("F", 3, 1)])];
    assert_eq!([shown(&sexes, "sex", "M"), shown(&sexes, "sex", "F")], [Visibility::Nothing; 2]);
    let terms = [layer(maths, "birth_term", &[("autumn", 9, 5), ("spring", 4, 2), ("summer", 11, 6)])];
    assert_eq!(shown(&terms, "birth_term", "spring"), Visibility::Nothing);
    assert_eq!(shown(&terms, "birth_term", "autumn"), Visibility::Nothing);
    assert!(shown(&terms, "birth_term", "summer") < Visibility::Nothing);
    let ones = [layer(maths, "house", &[("a", 1, 1), ("b", 1, 0), ("c", 30, 20)])];
    for value in ["a", "b", "c"] {
        assert_eq!(shown(&ones, "house", value), Visibility::Nothing, "{value}");
    }
    // Total 30 (20 met), parts 22 (15 met) and 8: the numerator of the 8 would follow, so that of the 22 is hidden.
    let eights = [layer(maths, "eal", &[("no", 22, 15), ("yes", 8, 5)])];
    assert_eq!([shown(&eights, "eal", "no"), shown(&eights, "eal", "yes")], [Visibility::Number; 2]);
    // All or none of a sensitive group: hidden from governors, and with it the other part.
    let all = [layer(maths, "send", &[("K,E", 12, 0), ("N", 40, 30)])];
    let veil = over(&all, USUAL, &BTreeSet::new(), |_| true);
    let of = |value: &[&str]| veil.shows(&all[0].of.0, Measure::Expected, None, &Group::of("send", value));
    assert_eq!([of(&["E", "K"]), of(&["N"])], [Visibility::Number; 2]);
}

/// Every way in which the hidden counts of tables could be, by trying all of them: the least and the most of each.
fn by_trying(tables: &[BoundsTable]) -> BTreeMap<(usize, String), (i64, i64)> {
    let mut hidden: Vec<(usize, String, i64)> = Vec::new();
    for (index, table) in tables.iter().enumerate() {
        for (value, cell) in table.cells.iter().filter(|(_, cell)| cell.reached.is_none()) {
            hidden.push((index, value.clone(), i64::from(cell.n.unwrap())));
        }
    }
    let mut found: BTreeMap<(usize, String), (i64, i64)> = BTreeMap::new();
    let mut counts = vec![0; hidden.len()];
    loop {
        let of = |index: usize, value: &str| -> i64 {
            match tables[index].cells[value].reached {
                Some(x) => i64::from(x),
                None => {
                    counts
                        [hidden.iter().position(|(table, name, _)| *table == index && name == value).unwrap()]
                }
            }
        };
        let sums = tables.iter().enumerate().all(|(index, table)| {
            let sum: i64 = table.cells.keys().map(|value| of(index, value)).sum();
            table.reached.is_none_or(|total| i64::from(total) == sum)
        });
        // The second table is of the higher standard: nobody is at it who is not at the expected one.
        let within = tables.len() < 2 || tables[0].cells.keys().all(|value| of(1, value) <= of(0, value));
        if sums && within {
            for ((table, value, _), count) in hidden.iter().zip(&counts) {
                let range = found.entry((*table, value.clone())).or_insert((*count, *count));
                *range = (range.0.min(*count), range.1.max(*count));
            }
        }
        let Some(place) = (0..counts.len()).find(|place| counts[*place] < hidden[*place].2) else { break };
        counts[..place].fill(0);
        counts[place] += 1;
    }
    found
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if cfg!(debug_assertions) { 300 } else { 3000 }))]

    /// What is worked out of shown counts is what trying every possibility finds, or wider never: each true
    /// range lies within it, and where it says that a count is open, it is.
    #[test]
    fn bounds_hold(
        parts in prop::collection::vec((1_u32..7, 0_u32..7, 0_u32..7, any::<bool>(), any::<bool>()), 2..4),
        totals in (any::<bool>(), any::<bool>()),
    ) {
        let cut = |parts: &[(u32, u32, u32, bool, bool)], higher: bool, total: bool| {
            let cells: BTreeMap<String, BoundsCell> = parts.iter().enumerate().map(|(index, (n, x, y, hide, hide_too))| {
                let (x, hide) = if higher { (*y.min(x).min(n), *hide_too) } else { (*x.min(n), *hide) };
                (index.to_string(), BoundsCell { n: Some(*n), reached: (!hide).then_some(x) })
            }).collect();
            let sum = |pick: fn(&(u32, u32, u32, bool, bool)) -> u32| parts.iter().map(pick).sum::<u32>();
            let reached = if higher { sum(|p| p.2.min(p.1).min(p.0)) } else { sum(|p| p.1.min(p.0)) };
            BoundsTable {
                of: (Id::new("maths"), if higher { Measure::Higher } else { Measure::Expected }),
                cells,
                n: Some(sum(|p| p.0)),
                reached: total.then_some(reached),
            }
        };
        let tables = [cut(&parts, false, totals.0), cut(&parts, true, totals.1)];
        let bounds = CountBounds::of(&tables);
        for ((table, value), (low, high)) in by_trying(&tables) {
            let range = bounds.range(table, Some(&value)).unwrap();
            prop_assert!(range.0 <= low && high <= range.1, "{range:?} {low}..{high} {tables:?}");
        }
    }

    /// After hiding, trying every possibility leaves at least three numbers for every hidden count, of parts and,
    /// where it is hidden, of the total; and where a number of pupils is hidden, at least five.
    #[test]
    fn what_is_hidden_stays_open(
        parts in prop::collection::vec((1_u32..26, 0_u32..26, 0_u32..26), 2..4),
        strict in any::<bool>(),
    ) {
        let of = |measure: Measure, pick: fn(&(u32, u32, u32)) -> u32| CountTable {
            of: (Id::new("maths"), measure),
            axis: TableAxis::Column(Id::new("house")),
            parts: parts.iter().enumerate().map(|(index, part)| (index.to_string(), (part.0, pick(part)))).collect(),
        };
        let layers = [
            of(Measure::Expected, |part| part.1.min(part.0)),
            of(Measure::Higher, |part| part.2.min(part.1).min(part.0)),
        ];
        let veil = over(&layers, USUAL, &BTreeSet::new(), |_| strict);
        let maths = Id::new("maths");
        let shown = |measure: Measure, value: &str| {
            veil.shows(&maths, measure, None, &Group::of("house", &[value]))
        };
        // Numbers of pupils: with nothing known but that none is negative, and with at least one in each.
        let hidden: Vec<u32> = layers[0].parts.iter()
            .filter(|(value, _)| shown(Measure::Expected, value) == Visibility::Nothing)
            .map(|(_, (n, _))| *n)
            .collect();
        let total = veil.total(&maths, Measure::Expected);
        if !hidden.is_empty() && total < Visibility::Nothing {
            let (sum, count) = (hidden.iter().sum::<u32>(), u32::try_from(hidden.len()).unwrap());
            prop_assert!(count >= 2 && sum >= 5 && sum + 1 - count >= 3, "{parts:?}");
        }
        // Small groups are never shown.
        for layer in &layers {
            for (value, (n, x)) in &layer.parts {
                let state = shown(layer.of.1, value);
                prop_assert!(*n > 5 || state == Visibility::Nothing);
                prop_assert!(*n > 10 || state >= Visibility::Number);
                prop_assert!(!strict || (*x != 0 && x != n) || state >= Visibility::Number);
            }
        }
        // What was reached: every possibility, where all numbers of pupils are shown.
        if hidden.is_empty() && parts.iter().all(|part| part.0 <= 12) {
            let tables: Vec<BoundsTable> = layers.iter().map(|layer| BoundsTable {
                of: layer.of.clone(),
                cells: layer.parts.iter().map(|(value, (n, x))| {
                    let reached = (shown(layer.of.1, value) == Visibility::All).then_some(*x);
                    (value.clone(), BoundsCell { n: Some(*n), reached })
                }).collect(),
                n: Some(layer.parts.values().map(|part| part.0).sum()),
                reached: (veil.total(&maths, layer.of.1) == Visibility::All)
                    .then(|| layer.parts.values().map(|part| part.1).sum()),
            }).collect();
            for ((table, value), (low, high)) in by_trying(&tables) {
                prop_assert!(high - low >= 2, "part {value} of {table} is {low} to {high}: {tables:?}");
            }
            // A total that is hidden does not follow from its parts.
            for table in tables.iter().filter(|table| table.reached.is_none() && table.n.is_some()) {
                prop_assert!(table.cells.values().any(|cell| cell.reached.is_none()), "{tables:?}");
            }
        }
    }
}

/// Everything that an answer says of a cell that is hidden is gone: in every number of the JSON, the table and the
/// page; and what stays adds up to nothing hidden.
fn holds_back(school: &School, audience: &Audience) {
    let phase = &school.set_up.phases[0];
    let groups = vec![
        Group::of("disadvantaged", &["yes"]),
        Group::of("disadvantaged", &["no"]),
        Group::of("send", &["N"]),
        Group::of("send", &["E", "K"]),
        Group::of("send", &["E"]),
    ];
    let asked =
        phase::track::query::AttainmentQuery { groups, ..phase::track::query::AttainmentQuery::default() };
    let found = trajectory::trajectory(school, phase, &asked, audience, today()).unwrap();
    let value = serde_json::to_value(&found).unwrap();
    for row in value["subjects"].as_array().unwrap() {
        let leaks = [
            "at_standard",
            "percent",
            "interval",
            "pupils_gap",
            "flag",
            "p_exact",
            "expected_percent",
            "close_call",
            "smallest_shortfall",
            "without_joiners",
            "assessed",
            "without_result",
        ];
        if row["hidden"] == "z" {
            assert!(row["n"] == 0 && row["at_standard"].is_null(), "{row}");
            assert_ne!(row["group"], "send=E", "{row}");
            continue;
        }
        if row["hidden"] == "c" {
            assert!(leaks.iter().all(|name| row[*name].is_null()), "{row}");
        } else if let Some(n) = row["n"].as_u64() {
            assert!(n >= 11, "{row}");
        }
        assert!(row["n"].is_null() || row["n"].as_u64().unwrap() > 5, "{row}");
        assert!(row["assessed"].is_null() && row["without_result"].is_null() && row["p_exact"].is_null());
        if let Some(share) = row["percent"].as_f64() {
            assert_eq!(share, share.round(), "{row}");
        }
        if matches!(audience, Audience::Governors | Audience::Staff) {
            let sensitive = row["group"] != "all";
            let (x, n) = (row["at_standard"].as_u64(), row["n"].as_u64());
            assert!(!sensitive || x.is_none() || (x != Some(0) && x != n), "{row}");
            assert!(row["year_group"].is_null(), "{row}");
        }
    }
    let gaps = gaps::gaps(school, phase, &gaps::GapsQuery::default(), audience, today()).unwrap();
    let value = serde_json::to_value(&gaps).unwrap();
    for gap in value["gaps"].as_array().unwrap() {
        let aparts = gap["before"].as_array().unwrap().iter().chain([gap]);
        for apart in aparts {
            let hidden = [&apart["first"], &apart["second"]].iter().any(|side| !side["hidden"].is_null());
            let leaks = ["difference", "interval", "pupils_gap", "verdict"];
            assert!(!hidden || leaks.iter().all(|name| apart[*name].is_null()), "{apart}");
        }
        // One part of a total that is shown gives the other away: then both are hidden.
        let (first, second) = (&gap["first"], &gap["second"]);
        let whole = value["gaps"].as_array().unwrap();
        let total = found.subjects.iter().find(|row| {
            row.year_group.is_none()
                && row.group == Group::All
                && gap["subject"] == row.subject.as_str()
                && gap["measure"] == row.measure.word()
                && gap["point"] == row.point.word()
        });
        let known = total.is_some_and(|row| row.at_standard.is_some());
        let binary = ["disadvantaged", "sex", "eal", "mobility"].contains(&gap["column"].as_str().unwrap());
        let _ = whole;
        if known && binary {
            assert_eq!(first["at_standard"].is_null(), second["at_standard"].is_null(), "{gap}");
        }
    }
}

/// A school of random pupils and results.
fn random_school(seed: &[(u8, u8, u8, u8)]) -> tempfile::TempDir {
    let mut pupils = "pupil,class,year_group,sex,disadvantaged,send,eal\n".to_owned();
    let mut rows = "pupil,subject,point,result,scale\n".to_owned();
    for (number, (a, b, c, d)) in seed.iter().enumerate() {
        let (class, year) = [("1A", 1), ("1B", 1), ("2A", 2), ("2B", 2)][usize::from(a % 4)];
        let pick = |byte: u8, words: &[&'static str]| words[usize::from(byte) % words.len()];
        pupils.push_str(&format!(
            "P{number},{class},{year},{},{},{},{}\n",
            pick(*b, &["F", "M"]),
            pick(b / 2, &["yes", "no", "no", "no"]),
            pick(b / 8, &["N", "N", "N", "N", "N", "K", "E"]),
            pick(*c, &["yes", "no", "no", "no", "no"]),
        ));
        for (point, byte) in [("baseline", *c), ("autumn", *d)] {
            for (shift, subject) in ["reading", "writing", "maths"].iter().enumerate() {
                let code = pick(
                    byte.wrapping_mul(7).wrapping_add(b.wrapping_mul(shift as u8 + 1)),
                    &["EXS", "WTS", "EXS", "GDS", "A", "WTS"],
                );
                rows.push_str(&format!("P{number},{subject},{point},{code},ladder\n"));
            }
        }
    }
    let targets = "subject,measure,percent\nreading,expected,75\nmaths,expected,80\nmaths,higher,20\n";
    workspace(&[("pupils.csv", &pupils), ("assessments.csv", &rows), ("targets.csv", targets)])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if cfg!(debug_assertions) { 48 } else { 400 }))]

    #[test]
    fn nothing_hidden_is_told(seed in prop::collection::vec(any::<(u8, u8, u8, u8)>(), 8..90)) {
        let folder = random_school(&seed);
        let school = load(&Folder::new(folder.path()), today()).school.unwrap();
        for audience in [
            Audience::Headteacher,
            Audience::Governors,
            Audience::Staff,
            Audience::SubjectLeader(Id::new("okafor")),
        ] {
            holds_back(&school, &audience);
        }
    }
}

/// A workbook of one sheet.
fn marksheet(folder: &Path, name: &str, rows: &[&[&str]]) {
    use phase::document::{Cell, CellInput, Document, Sheet, SheetColumn};
    let (heads, rest) = rows.split_first().unwrap();
    let column = |head: &&str| SheetColumn {
        heading: (*head).to_owned(),
        help: String::new(),
        takes: CellInput::Words,
    };
    let sheet = Sheet {
        name: "Year 2".to_owned(),
        columns: heads.iter().map(column).collect(),
        rows: rest.iter().map(|row| row.iter().map(|text| Cell::from(*text)).collect()).collect(),
        fill_in: false,
    };
    let document = Document { sheets: vec![sheet], ..Document::default() };
    fs::write(folder.join(name), phase::render::xlsx::render(&document).unwrap()).unwrap();
}

/// From a wide marksheet to a trajectory: codes are made, the key is apart and private, nobody's name is in the
/// workspace or in what is said, and the same file twice adds nothing.
#[test]
fn a_marksheet_to_a_trajectory() {
    let place = tempfile::tempdir().unwrap();
    let folder = workspace(&[]);
    let rows: Vec<Vec<String>> = (0..12)
        .map(|number| {
            let result = |met: usize| if number < met { "EXS" } else { "WTS" }.to_owned();
            vec![
                format!("K8202100000{number:02}"),
                format!("Quarles{number}"),
                "Ottoline".to_owned(),
                "01/09/2019".to_owned(),
                "2A".to_owned(),
                if number % 3 == 0 { "Y" } else { "N" }.to_owned(),
                result(8),
                result(7),
            ]
        })
        .collect();
    let heads =
        ["UPN", "Surname", "Forename", "DOB", "Reg Group", "Pupil Premium", "Maths Baseline", "Aut Maths TA"];
    let mut table: Vec<Vec<&str>> = vec![heads.to_vec()];
    table.extend(rows.iter().map(|row| row.iter().map(String::as_str).collect::<Vec<_>>()));
    let slices: Vec<&[&str]> = table.iter().map(Vec::as_slice).collect();
    marksheet(place.path(), "marks.xlsx", &slices);
    let file = place.path().join("marks.xlsx").display().to_string();
    let key = place.path().join("key.csv").display().to_string();
    // Without a place for the key nothing is taken in; nor with one inside the workspace.
    assert_eq!(run(folder.path(), &["import", &file]).0, 2);
    assert_eq!(run(folder.path(), &["import", &file, "--key", "key.csv"]).0, 2);
    let files = |folder: &Path| {
        let mut names: Vec<String> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .filter(|name| !name.starts_with('.'))
            .collect();
        names.sort();
        names
    };
    let before = files(folder.path());
    // A try writes nothing.
    let (code, out, err) = run(folder.path(), &["import", &file, "--key", &key, "--dry-run"]);
    assert_eq!((code, err.as_str()), (0, ""), "{out}");
    assert!(out.contains("A try") && out.contains("12 new pupils, 24 new results"), "{out}");
    assert_eq!(files(folder.path()), before);
    assert!(!Path::new(&key).exists());
    let (code, out, err) = run(folder.path(), &["import", &file, "--key", &key]);
    assert_eq!(code, 0, "{err}");
    let mut said = format!("{out}{err}");
    for name in ["pupils.csv", "assessments.csv", "import.toml"] {
        said.push_str(&fs::read_to_string(folder.path().join(name)).unwrap());
    }
    for private in ["Quarles", "Ottoline", "K82021", "2019"] {
        assert!(!said.contains(private), "{private}: {said}");
    }
    let kept = fs::read_to_string(&key).unwrap();
    assert!(kept.contains("K820210000003,Ottoline Quarles3"), "{kept}");
    let codes: Vec<&str> = kept.lines().skip(1).map(|line| line.split(',').next().unwrap()).collect();
    let names: Vec<&str> = kept.lines().skip(1).map(|line| line.split(',').nth(2).unwrap()).collect();
    assert!(!names.is_sorted() && codes.len() == 12, "codes are in no order of names: {kept}");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        for path in [
            Path::new(&key).to_owned(),
            folder.path().join("pupils.csv"),
            folder.path().join("assessments.csv"),
        ] {
            assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o600, "{}", path.display());
        }
    }
    // The third command.
    let answer = answer(folder.path(), &["trajectory", "--target", "80"]);
    let row = row(&answer, "maths", Some("2"), "all");
    assert_eq!((&row["n"], &row["at_standard"]), (&json!(12), &json!(7)));
    // The same file twice adds nothing; the mapping and its key are remembered.
    let texts = || {
        ["pupils.csv", "assessments.csv", "import.toml"]
            .map(|name| fs::read(folder.path().join(name)).unwrap())
    };
    let then = texts();
    let (code, out, _) = run(folder.path(), &["import", &file]);
    assert_eq!(code, 0);
    assert!(out.contains("0 new pupils, 0 new results; 24 results there already"), "{out}");
    assert_eq!(texts(), then);
    assert_eq!(fs::read_to_string(&key).unwrap(), kept);
    // What differs is shown, and taken in only where it is asked for; one cell changes.
    let mut changed = table.clone();
    changed[3][7] = "GDS";
    let slices: Vec<&[&str]> = changed.iter().map(Vec::as_slice).collect();
    marksheet(place.path(), "marks.xlsx", &slices);
    let (code, out, err) = run(folder.path(), &["import", &file]);
    assert_eq!(code, 1);
    assert!(out.contains("1 difference") && err.contains("--replace"), "{out}{err}");
    assert_eq!(texts(), then);
    assert_eq!(run(folder.path(), &["import", &file, "--replace"]).0, 0);
    let now = texts();
    let differ: Vec<_> = then[1]
        .split(|byte| *byte == b'\n')
        .zip(now[1].split(|byte| *byte == b'\n'))
        .filter(|(a, b)| a != b)
        .collect();
    assert_eq!(differ.len(), 1);
    assert!(String::from_utf8_lossy(differ[0].1).contains("GDS"));
}

/// The headings of other systems, read by their words; results of other years are left out and told.
#[test]
fn exports_of_other_systems() {
    let folder = workspace(&[]);
    let place = tempfile::tempdir().unwrap();
    let import = |name: &str, text: &str, more: &[&str]| -> Value {
        let path = place.path().join(name);
        fs::write(&path, text).unwrap();
        answer(folder.path(), &[&["import", path.to_str().unwrap(), "--dry-run"], more].concat())
    };
    let taken = |answer: &Value| -> Vec<String> {
        let said = |row: &Value| {
            ["pupil", "subject", "point", "result", "scale", "kind"]
                .map(|name| row[name].as_str().unwrap().to_owned())
                .join(" ")
        };
        answer["taken"].as_array().unwrap().iter().map(said).collect()
    };
    // Bromcom: four parts to a heading, the year before the code; last year's belong elsewhere.
    let bromcom = import(
        "bromcom.csv",
        "Pupil Code,Class,Year,Summative Assessment$Autumn End of Term$2$Reading,Summative Assessment$Summer End of Term$1$Reading\nP1,2A,2,2EXS,1WTS\nP2,2A,2,2GDS,1EXS\n",
        &[],
    );
    assert_eq!(
        taken(&bromcom),
        ["P1 reading autumn EXS ladder teacher", "P2 reading autumn GDS ladder teacher"]
    );
    assert!(bromcom["read_as"].as_str().unwrap().contains("Bromcom"));
    assert!(bromcom["left_out"].to_string().contains("that year's workspace"), "{bromcom}");
    // A row a result: aspect and result set, as SIMS has them.
    let sims = import(
        "sims.csv",
        "Pupil Id,Reg,Aspect Name,Result Set,Result\nP1,2A,Y2 Reading TA,Year 2 Spring,EXS\nP1,2A,Y2 Maths Test,Year 2 Spring,104\nP1,2A,House points,Year 2 Spring,40\n",
        &["--scale", "scaled"],
    );
    assert_eq!(taken(&sims), ["P1 reading spring EXS ladder teacher", "P1 maths spring 104 scaled test"]);
    let sims = import(
        "sims.csv",
        "Pupil Id,Reg,Aspect Name,Result Set,Result\nP1,2A,Y2 Reading TA,Year 2 Spring,EXS\nP1,2A,House points,Year 2 Spring,40\n",
        &[],
    );
    assert_eq!(taken(&sims), ["P1 reading spring EXS ladder teacher"]);
    assert!(sims["left_out"].to_string().contains("House points"), "{sims}");
    // A plain marksheet needs its data point; a number is never guessed at.
    let plain = "Pupil,Class,Reading,Maths\nP1,2A,EXS,101\n";
    fs::write(place.path().join("plain.csv"), plain).unwrap();
    let path = place.path().join("plain.csv").display().to_string();
    let (code, _, err) = run(folder.path(), &["import", &path]);
    assert_eq!(code, 1);
    assert!(err.contains("--point"), "{err}");
    let told =
        import("maths.csv", "Pupil,Class,Maths\nP1,2A,101\n", &["--scale", "scaled", "--point", "spring 1"]);
    assert_eq!(taken(&told), ["P1 maths spring-1 101 scaled test"]);
    // A result that the scale does not have is told at its cell, and the row is not shown.
    fs::write(
        place.path().join("odd.csv"),
        "UPN,Name,Class,Maths\nK820210000001,Ottoline Quarles,2A,EXS\nK820210000002,Ada Vine,2A,Fantastic\n",
    )
    .unwrap();
    let path = place.path().join("odd.csv").display().to_string();
    let key = place.path().join("key.csv").display().to_string();
    let (code, _, err) =
        run(folder.path(), &["import", &path, "--point", "autumn", "--key", &key, "--scale", "ladder"]);
    assert_eq!(code, 1);
    assert!(err.contains("odd.csv:3:") && !err.contains("Fantastic"), "{err}");
    assert!(!err.contains("Ada") && !err.contains("K8202"), "{err}");
    // Nothing that may be a name is shown, under whatever heading it slipped.
    fs::write(
        place.path().join("slip.csv"),
        "Name,Class,Year,Maths\nAmy Smith,Amy Smith,1,EXS\nBob Jones,1A,Bob Jones,EXS\n",
    )
    .unwrap();
    let path = place.path().join("slip.csv").display().to_string();
    let (code, out, err) = run(folder.path(), &["import", &path, "--point", "autumn", "--key", &key]);
    assert_eq!(code, 1);
    assert!(!format!("{out}{err}").contains("Smith") && !err.contains("Bob"), "{out}{err}");
    // Two results of one pupil that differ: which is meant is not known.
    let twice = "Pupil,Class,Aut Reading TA,Autumn Reading Teacher\nP1,2A,EXS,WTS\n";
    fs::write(place.path().join("twice.csv"), twice).unwrap();
    let path = place.path().join("twice.csv").display().to_string();
    let (code, _, err) = run(folder.path(), &["import", &path]);
    assert_eq!(code, 1);
    assert!(err.contains("two results"), "{err}");
    // What is not known is left out, and the rest is taken in; the file's name is kept nowhere.
    let part = "Pupil,Class,Reading,Maths\nP1,2A,EXS,17\nP2,2A,WTS,12\n";
    fs::write(place.path().join("ada-vine.csv"), part).unwrap();
    let path = place.path().join("ada-vine.csv").display().to_string();
    let (code, out, _) = run(folder.path(), &["import", &path, "--point", "autumn"]);
    assert_eq!(code, 0);
    assert!(out.contains("2 new results") && out.contains("how its results are read is not known"), "{out}");
    assert!(!fs::read_to_string(folder.path().join("import.toml")).unwrap().contains("vine"));
    // Phonics is a subject and a scale: it is remembered as both.
    let phonics = |score: u32| {
        let path = place.path().join("phonics.csv");
        fs::write(&path, format!("Pupil,Class,Phonics check\nP1,2A,{score}\n")).unwrap();
        let words = ["import", path.to_str().unwrap(), "--point", "autumn", "--replace"];
        let (code, _, err) = run(folder.path(), &words);
        assert_eq!(code, 0, "{err}");
        fs::read_to_string(folder.path().join("assessments.csv")).unwrap()
    };
    assert!(phonics(22).contains("P1,phonics,autumn,22,phonics"));
    assert!(phonics(40).contains("P1,phonics,autumn,40,phonics"));
    // A later export has a column more: it is read by its words.
    let more = "Pupil,Class,Reading,Writing\nP1,2A,EXS,EXS\n";
    fs::write(place.path().join("more.csv"), more).unwrap();
    let path = place.path().join("more.csv").display().to_string();
    let (code, out, _) = run(folder.path(), &["import", &path, "--point", "autumn"]);
    assert!(code == 0 && out.contains("1 new result"), "{out}");
    for name in ["pupils.csv", "assessments.csv", "import.toml"] {
        fs::remove_file(folder.path().join(name)).unwrap();
    }
    // A key that is not whole is refused.
    let whole = "pupil,upn,name\nP001,K820210000001,Ottoline Quarles\nP002,K8202100\n";
    fs::write(place.path().join("cut.csv"), whole).unwrap();
    let cut = place.path().join("cut.csv").display().to_string();
    let named = "UPN,Name,Class,Maths\nK820210000001,Ottoline Quarles,2A,EXS\n";
    fs::write(place.path().join("named.csv"), named).unwrap();
    let path = place.path().join("named.csv").display().to_string();
    let (code, _, err) = run(folder.path(), &["import", &path, "--point", "autumn", "--key", &cut]);
    assert_eq!(code, 1);
    assert!(err.contains("the key is damaged") && !err.contains("K8202"), "{err}");
    // A mapping of one's own.
    let mapping = "[[mapping]]\nname = \"tracker\"\n[mapping.columns]\n\"Kid\" = \"code\"\n\"Room\" = \"class\"\n\"R\" = \"reading, spring, on-track\"\n[mapping.results]\n\"OK\" = \"on\"\n";
    fs::write(folder.path().join("import.toml"), mapping).unwrap();
    let mapped = import("tracker.csv", "Kid,Room,R,Other\nP7,2B,OK,x\nP8,2B,below,y\n", &[]);
    let beside = import("tracker.csv", "Kid,Room,R,Spring Writing TA\nP7,2B,OK,EXS\n", &[]);
    assert_eq!(taken(&beside).len(), 2, "{beside}");
    assert_eq!(
        taken(&mapped),
        ["P7 reading spring on on-track teacher", "P8 reading spring below on-track teacher"]
    );
    assert!(run(folder.path(), &["check"]).0 == 0);
}

/// The cases that a hostile reader brought: what was hidden followed from another column, from steps, from two data
/// points, or from year groups.
#[test]
fn what_once_leaked() {
    // Girls 20 of 40 and boys 19 of 20 tell the total, so that SEND 3 of 7 would follow from no SEND 36 of 53.
    let mut pupils = "pupil,class,year_group,sex,send\n".to_owned();
    let mut rows = "pupil,subject,point,result,scale\n".to_owned();
    for number in 0..60 {
        let sex = if number < 40 { "F" } else { "M" };
        let met = if number < 40 { number < 20 } else { number > 40 };
        // Seven of special needs, three of whom are at the standard.
        let send = if (17..24).contains(&number) { "K" } else { "N" };
        let class = if number % 2 == 0 { "1A,1" } else { "2A,2" };
        pupils.push_str(&format!("P{number},{class},{sex},{send}\n"));
        rows.push_str(&format!("P{number},reading,autumn,{},ladder\n", if met { "EXS" } else { "WTS" }));
    }
    let folder = workspace(&[("pupils.csv", &pupils), ("assessments.csv", &rows)]);
    for audience in ["governors", "headteacher"] {
        let gaps = answer(folder.path(), &["gaps", "--audience", audience]);
        let of = |column: &str, side: &str| {
            let gap = gaps["gaps"].as_array().unwrap().iter().find(|gap| gap["column"] == column).unwrap();
            gap[side]["at_standard"].clone()
        };
        assert_eq!((of("send", "first"), of("send", "second")), (Value::Null, Value::Null), "{audience}");
        let all = gaps["gaps"].as_array().unwrap();
        let others = all.iter().flat_map(|gap| gap["since_baseline"].as_array().unwrap());
        assert!(others.into_iter().all(|since| since["moved"].is_null()));
        assert!(all.iter().all(|gap| gap["column"] != "mobility"));
    }
    // Attendance: 12, 3 and 15 at 90% or less: one hidden would follow from the other two.
    let mut rows = "pupil,subject,point,result,scale\n".to_owned();
    for number in 0..60 {
        let low = if number % 2 == 0 { number < 24 } else { number < 6 };
        rows.push_str(&format!("P{number},attendance,autumn,{},mark\n", if low { 88 } else { 97 }));
    }
    fs::write(folder.path().join("assessments.csv"), rows).unwrap();
    let head = answer(folder.path(), &["trajectory", "--audience", "headteacher"]);
    assert!(head["averages"].as_array().unwrap().iter().all(|row| row["low"].is_null()), "{head:#}");
}

/// Free meals lie within disadvantaged, and one looked-after child between them: what both reached would tell what
/// that child did. And one table of a data point is shown, not two.
#[test]
fn one_child_between_two_columns() {
    let mut pupils = "pupil,class,year_group,disadvantaged,fsm\n".to_owned();
    let mut rows = "pupil,subject,point,result,scale\n".to_owned();
    for number in 0..60 {
        let of = |is: bool| if is { "yes" } else { "no" };
        pupils.push_str(&format!("P{number},1A,1,{},{}\n", of(number < 20), of(number < 20 && number != 7)));
        let met = if number % 3 == 0 { "EXS" } else { "WTS" };
        rows.push_str(&format!("P{number},reading,autumn,{met},ladder\n"));
    }
    let folder = workspace(&[("pupils.csv", &pupils), ("assessments.csv", &rows)]);
    let told = |audience: &str, column: &str| {
        let gaps = answer(folder.path(), &["gaps", "--audience", audience]);
        let gap = gaps["gaps"].as_array().unwrap().iter().find(|gap| gap["column"] == column).unwrap();
        [gap["first"]["n"].clone(), gap["first"]["percent"].clone()]
    };
    assert_eq!(told("leader", "fsm"), [json!(19), json!(36.8421)]);
    for audience in ["governors", "headteacher", "staff"] {
        assert_eq!(told(audience, "disadvantaged"), [json!(20), json!(35.0)]);
        assert_eq!(told(audience, "fsm"), [Value::Null, Value::Null]);
        for words in
            [["trajectory", "--kind", "test"], ["gaps", "--kind", "teacher"], ["gaps", "--point", "autumn"]]
        {
            let (code, _, err) = run(folder.path(), &[&words[..], &["--audience", audience]].concat());
            assert_eq!(code, 2);
            assert!(err.contains("is not for this audience"), "{err}");
        }
    }
}

/// What columns tell together: a child exchanged for another, parts of two columns within a third; and a small part that
/// is hidden anyway hides nothing else.
#[test]
fn what_columns_tell_together() {
    let school = |columns: &str, of: &dyn Fn(usize) -> String| {
        let mut pupils = format!("pupil,class,year_group,{columns}\n");
        let mut rows = "pupil,subject,point,result,scale\n".to_owned();
        for number in 0..60 {
            pupils.push_str(&format!("P{number},1A,1,{}\n", of(number)));
            let met = if number % 3 == 0 { "EXS" } else { "WTS" };
            rows.push_str(&format!("P{number},reading,autumn,{met},ladder\n"));
        }
        workspace(&[("pupils.csv", &pupils), ("assessments.csv", &rows)])
    };
    let yes = |is: bool| if is { "yes" } else { "no" };
    let shown = |folder: &tempfile::TempDir, column: &str| {
        let gaps = answer(folder.path(), &["gaps", "--audience", "governors"]);
        let own = gaps["gaps"].as_array().unwrap().iter().filter(|gap| gap["column"] == column);
        own.filter(|gap| !gap["first"]["percent"].is_null()).count()
    };
    // One at the standard for one who is not, either way: what both reached follows. Two who reached alike: nothing.
    let exchanged = |other: usize| {
        school("disadvantaged,fsm", &|number| {
            format!("{},{}", yes(number < 20), yes((number < 20 && number != 18) || number == other))
        })
    };
    assert_eq!((shown(&exchanged(25), "disadvantaged"), shown(&exchanged(25), "fsm")), (1, 0));
    assert_eq!(shown(&exchanged(27), "fsm"), 1);
    // Free meals and looked after are all of the disadvantaged but one.
    let chain = school("disadvantaged,fsm,looked_after", &|number| {
        format!("{},{},{}", yes(number < 26), yes(number < 13), yes((13..25).contains(&number)))
    });
    assert_eq!(["disadvantaged", "fsm", "looked_after"].map(|column| shown(&chain, column)), [1, 1, 0]);
    // One child of whom nothing is recorded lies within every other column.
    let blank = school("send,prior_attainment", &|number| {
        let prior = ["low", "middle", "high"][number % 3];
        format!("{},{}", if number < 11 { "K" } else { "N" }, if number == 5 { "" } else { prior })
    });
    assert!(shown(&blank, "prior_attainment") > 0);
}

/// Key Stage 1 results are where a Key Stage 2 began; of a school with both it is not known.
#[test]
fn what_key_stage_1_results_are() {
    let base = "[school]\nname = \"Base\"\n[[phase]]\nid = \"p\"\nname = \"P\"\nleader = \"hale\"\nyear_groups = YEARS\nsessions = [\"Thu pm1\"]\n";
    let marks = "Pupil,Class,Year,KS1 Reading Autumn 2\nP1,3A,Year 3,EXS\nP2,3A,Year 3,WTS\n";
    for (years, says) in [
        ("[\"3\", \"4\"]", "KS1 Reading Autumn 2 = reading, baseline"),
        ("[\"1\", \"2\"]", "KS1 Reading Autumn 2 = reading, autumn, ladder"),
        ("[\"2\", \"3\"]", "KS1 Reading"),
    ] {
        let phase = base.replace("YEARS", years);
        let folder = workspace(&[("phase.toml", &phase), ("classes.csv", "id,year_group\n3A,3\n")]);
        fs::write(folder.path().join("marks.csv"), marks).unwrap();
        let file = folder.path().join("marks.csv").display().to_string();
        let (_, out, err) = run(folder.path(), &["import", &file, "--point", "autumn", "--dry-run"]);
        let out = format!("{out}{err}").split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(out.contains(says), "{years}: {out}");
        assert_eq!(out.contains("P1 Reading"), !years.contains("2\", \"3"), "{years}: {out}");
    }
}

/// Results that are dated ahead are told, and never take the place of those that are in.
#[test]
fn results_of_a_day_to_come() {
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
fn year_groups_at_their_own_points() {
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

/// A school's calendar of events: each once, for whom it is said, term dates left out.
#[test]
fn events_of_a_calendar() {
    let folder = workspace(&[]);
    let entry = |uid: u32, lines: &str| {
        format!("BEGIN:VEVENT\r\nUID:{uid}@x\r\nDTSTAMP:20260901T000000Z\r\n{lines}\r\nEND:VEVENT\r\n")
    };
    let calendar = format!(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//EN\r\n{}{}{}END:VCALENDAR\r\n",
        entry(1, "SUMMARY:Nativity rehearsal\r\nDTSTART:20261211T131500\r\nDTEND:20261211T141500"),
        entry(2, "SUMMARY:Trip to the farm\r\nDTSTART;VALUE=DATE:20270118\r\nDTEND;VALUE=DATE:20270119"),
        entry(
            3,
            "SUMMARY:Safeguarding concern about P022\r\nDTSTART;VALUE=DATE:20270119\r\nDTEND;VALUE=DATE:20270120"
        ),
    );
    fs::write(folder.path().join("events.ics"), calendar).unwrap();
    let (code, out, err) = run(folder.path(), &["import", "events.ics", "--events", "Y2", "--dry-run"]);
    assert_eq!(code, 0, "{err}");
    assert!(out.contains("would be new (2 rows)") && !out.contains("P022"), "{out}");
    assert!(!folder.path().join("calendar.toml").exists());
    assert_eq!(run(folder.path(), &["import", "events.ics", "--events", "Y2"]).0, 0);
    let text = fs::read_to_string(folder.path().join("calendar.toml")).unwrap();
    assert!(text.contains("Nativity rehearsal") && text.contains("13:15-14:15"), "{text}");
    assert!(text.contains("Trip to the farm") && !text.contains("P022"), "{text}");
    assert_eq!(run(folder.path(), &["import", "events.ics", "--events", "Y2"]).0, 0);
    assert_eq!(fs::read_to_string(folder.path().join("calendar.toml")).unwrap(), text);
    assert_eq!(run(folder.path(), &["import", "events.ics", "--events", "Y9"]).0, 2);
    let (code, out, _) = run(folder.path(), &["check"]);
    assert_eq!(code, 0, "{out}");
}
