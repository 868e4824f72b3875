//! What each code counts for, and measures made of several subjects.

use serde_json::json;

use crate::program::answer;
use crate::workspace::workspace;

use super::row;

/// What each code does to a count: who counts, who was assessed, who is at the standard.
#[test]
fn each_code_counts_for_what_it_means() {
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

#[test]
fn reading_writing_and_maths_together_need_all_three() {
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
}

/// The early learning goals of a good level of development.
const GOALS: &[&str] = &[
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

#[test]
fn a_good_level_of_development_needs_the_twelve_goals() {
    let mut pupils = "pupil,class,year_group\n".to_owned();
    let mut rows = "pupil,subject,point,result,scale\n".to_owned();
    for (number, other) in ["2", "1", "A", ""].iter().enumerate() {
        pupils.push_str(&format!("P{number},2A,2\n"));
        for (index, goal) in GOALS.iter().enumerate() {
            let result = if index == 6 { other } else { "2" };
            rows.push_str(&format!("P{number},{goal},autumn,{result},profile\n"));
        }
        // A goal beyond the twelve changes nothing.
        rows.push_str(&format!("P{number},natural-world,autumn,1,profile\n"));
    }
    let folder = workspace(&[("pupils.csv", &pupils), ("assessments.csv", &rows)]);
    let answer = answer(folder.path(), &["trajectory"]);
    let row = row(&answer, "gld", Some("2"), "all");
    assert_eq!((&row["n"], &row["assessed"], &row["at_standard"]), (&json!(3), &json!(2), &json!(1)));
}
