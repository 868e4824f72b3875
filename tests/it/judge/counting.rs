//! Which rows of evidence count, and for what.

use std::path::Path;

use serde_json::Value;

use crate::program::{answer, without};
use crate::workspace::example_folder;

use super::{G, O, R, evidence, workspace};

#[test]
fn agreed_grades_count_and_open_samples_wait() {
    let rows = "id,date,kind,subject,aspect,grade,classes,by,sample,moderator,moderator_grade,agreed_grade\n\
        a,2026-11-03,books,maths,outcomes.work,good,1A,okafor,,hale,requires-improvement,requires-improvement\n\
        b,2026-11-04,books,maths,outcomes.work,good,1B,okafor,,hale,requires-improvement,\n\
        c,2026-11-05,records,maths,outcomes.work,good,2A,okafor,s1,,,\n\
        d,2026-11-05,records,maths,outcomes.work,outstanding,2A,hale,s1,,,outstanding\n\
        e,2026-11-06,books,maths,outcomes.work,good,2B,okafor,s2,,,\n\
        f,2026-11-06,books,maths,outcomes.work,good,2B,hale,s2,,,\n\
        g,2026-11-06,lessons,maths,outcomes.attainment,,2B,hale,,,,\n";
    let folder = workspace(&[("evidence/ht2.csv", rows)]);
    let answer = answer(folder.path(), &["evaluate", "--subject", "maths"]);
    let work = &answer["areas"][0]["aspects"][3];
    assert_eq!(work["id"], "outcomes.work");
    assert_eq!(work["counts"], serde_json::json!({"books": {"2": 1}, "records": {"4": 1}}));
    let open: Vec<&str> =
        work["to_agree"].as_array().unwrap().iter().map(|open| open["id"].as_str().unwrap()).collect();
    assert_eq!(open, ["b", "s2"]);
    // A sample of two rows is one item.
    assert_eq!(work["has"]["items"], 2);
}

#[test]
fn a_pair_is_the_subject_leader_beside_the_phase_leader_whoever_wrote_the_row() {
    let rows = "id,date,kind,subject,aspect,grade,classes,by,moderator,moderator_grade,agreed_grade\n\
        a,2026-11-03,books,maths,outcomes.work,requires-improvement,1A,hale,okafor,good,good\n\
        b,2026-11-04,books,maths,outcomes.work,good,1B,okafor,hale,good,good\n\
        c,2026-11-05,books,maths,outcomes.work,outstanding,2A,lindqvist,hale,good,good\n";
    let folder = workspace(&[("evidence/ht2.csv", rows)]);
    let pairs = answer(folder.path(), &["moderate"])["pairs"][0].clone();
    // The third row's two are not these two; their views count for alpha only.
    assert_eq!((pairs["n"].as_u64(), pairs["exact"].as_u64()), (Some(2), Some(1)));
    assert_eq!(pairs["bias"].as_f64(), Some(0.5));
}

#[test]
fn only_this_half_term_and_the_one_before_count() {
    let row = |id: &str, date: &str, aspect: &str| format!("{id},{date},books,maths,{aspect},good,1A,hale\n");
    let head = "id,date,kind,subject,aspect,grade,classes,by\n";
    let files = [
        ("evidence/ht1.csv", format!("{head}{}", row("a", "2026-09-10", "outcomes.work"))),
        ("evidence/ht2.csv", format!("{head}{}", row("b", "2026-11-10", "outcomes.work"))),
        ("evidence/ht3.csv", format!("{head}{}", row("c", "2027-01-10", "outcomes.work"))),
    ];
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (*name, text.as_str())).collect();
    let folder = workspace(&files);
    let items = |words: &[&str]| {
        answer(folder.path(), &[&["evaluate"], words].concat())["areas"][0]["aspects"][3]["has"]["items"]
            .clone()
    };
    assert_eq!(items(&["--half-term", "1"]), 1);
    assert_eq!(items(&["--half-term", "2"]), 2);
    assert_eq!(items(&["--half-term", "3"]), 2);
    assert_eq!(items(&["--year"]), 3);
}

#[test]
fn last_summer_counts_for_provision_only() {
    let example = example_folder("two-form-primary");
    let answer = answer(&example, &["evaluate", "--subject", "maths", "--half-term", "1"]);
    let aspect = |id: &str| {
        let areas = answer["areas"].as_array().unwrap();
        areas
            .iter()
            .flat_map(|area| area["aspects"].as_array().unwrap())
            .find(|aspect| aspect["id"] == id)
            .unwrap()
            .clone()
    };
    let cited = |aspect: &Value| -> Vec<String> {
        aspect["evidence"]
            .as_array()
            .unwrap()
            .iter()
            .map(|cited| cited["id"].as_str().unwrap().to_owned())
            .collect()
    };
    assert!(cited(&aspect("provision.curriculum")).contains(&"s6-01".to_owned()));
    let work = aspect("outcomes.work");
    assert!(!cited(&work).contains(&"s6-03".to_owned()));
    assert_eq!(work["not_counted"][0]["because"], "other-pupils");
    assert_eq!(work["not_counted"][0]["at"], "../two-form-primary-2025-26/evidence/ht6.csv:5");
}

#[test]
fn the_order_of_rows_is_of_no_account() {
    let (first, second) =
        evidence(&[("books", &[G, R, O, G, G, R]), ("records", &[R, G]), ("pupil-voice", &[G])]);
    let turned = |text: &str| {
        let mut lines: Vec<&str> = text.lines().collect();
        lines[1..].reverse();
        lines.join("\r\n").replace(',', ";")
    };
    let one = workspace(&[("evidence/ht1.csv", &first), ("evidence/ht2.csv", &second)]);
    let other = workspace(&[("evidence/ht1.csv", &turned(&first)), ("evidence/ht2.csv", &turned(&second))]);
    let without_places = |folder: &Path| without(answer(folder, &["evaluate"]), &["at", "with"]);
    assert_eq!(without_places(one.path()), without_places(other.path()));
}
