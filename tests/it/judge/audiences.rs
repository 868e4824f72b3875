//! What each audience is told of grades, practice and moderation.

use std::path::Path;

use serde_json::json;

use crate::program::{answer, run};
use crate::workspace::example_folder;

use super::{G, O, R, evidence, workspace};

/// Words that would tell of a person or a class.
const NAMES: &[&str] = &[
    "Nandakumar",
    "nandakumar",
    "Boon",
    "Sorrel",
    "\"2B\"",
    " 2B ",
    "classes\": [\n",
    "Books in three of four",
];

/// Holds that none of the words is in an answer for somebody, in whatever format.
fn hidden(who: &[&str], words: &[&str], also: &[&str]) {
    for format in ["terminal", "markdown", "csv", "json"] {
        let words = [words, &["--format", format], who].concat();
        let (code, out, err) = run(&example_folder("two-form-primary"), &words);
        assert_eq!(code, 0, "{err}");
        for word in also {
            assert!(!out.contains(word), "{words:?} shows {word}:\n{out}");
        }
    }
}

#[test]
fn what_an_audience_may_not_see_is_in_no_format() {
    for words in [&["evaluate"][..], &["evaluate", "--subject", "maths"], &["evaluate", "--explain"]] {
        hidden(&["--audience", "governors"], words, NAMES);
        hidden(&["--audience", "governors"], words, &["evidence/ht"]);
        hidden(&["--audience", "staff"], words, NAMES);
        hidden(&["--audience", "headteacher"], words, &["\"2B\"", " 2B ", "Books in three of four"]);
    }
    // The name of a sample may say whose it is.
    for words in [&["evaluate"][..], &["evaluate", "--explain"]] {
        for who in ["governors", "staff", "headteacher"] {
            hidden(&["--audience", who], words, &["english-books-nov"]);
        }
    }
    hidden(&["--audience", "governors"], &["practice"], NAMES);
    for words in [&["moderate"][..], &["moderate", "--explain"]] {
        hidden(&["--audience", "governors"], words, &["bias\": 0", "+0.1", "evidence/ht"]);
        hidden(&["--audience", "headteacher"], words, &["bias\": 0", "+0.1"]);
    }
}

/// From two tables of the same views, what one of them hides would follow.
#[test]
fn a_second_table_of_the_same_views_is_refused() {
    let example = example_folder("two-form-primary");
    for words in [["-s", "science"], ["--half-term", "1"]] {
        let (code, _, err) = run(&example, &[&["moderate", "--audience", "governors"], &words[..]].concat());
        assert_eq!(code, 2);
        assert!(err.contains("is not for this audience (governors)"), "{err}");
    }
    let few = answer(&example, &["moderate", "--audience", "governors"]);
    assert_eq!((&few["all"]["n"], few["pairs"].as_array().unwrap().len()), (&json!(37), 1));
    assert_eq!(few["pairs"][0]["aspects"], json!([]));
}

/// With the bias between the two of them.
#[test]
fn a_subject_leader_sees_the_own_subject_only() {
    let example = example_folder("two-form-primary");
    let own = answer(&example, &["moderate", "--audience", "subject-leader", "--for", "nandakumar"]);
    let subjects: Vec<&str> =
        own["pairs"].as_array().unwrap().iter().map(|pairs| pairs["subject"].as_str().unwrap()).collect();
    assert!(subjects.iter().all(|subject| *subject == "maths") && !subjects.is_empty());
    assert!(own["pairs"][0]["bias"].is_number());
    let (code, _, err) = run(
        &example,
        &["evaluate", "--subject", "art", "--audience", "subject-leader", "--for", "nandakumar"],
    );
    assert_eq!(code, 2);
    assert!(err.contains("may see maths"), "{err}");
}

#[test]
fn clashes_are_for_the_leader_only() {
    let example = example_folder("two-form-primary");
    let (code, _, err) = run(&example, &["clashes", "--audience", "governors"]);
    assert_eq!(code, 2);
    assert!(err.contains("for leader only"), "{err}");
}

#[test]
fn a_year_group_of_one_class_is_a_person() {
    let (first, second) =
        evidence(&[("books", &[G, R, O, G, G, R]), ("records", &[R, G]), ("pupil-voice", &[G])]);
    let small = "id,year_group\n1A,1\n1B,1\n2A,2\n2B,2\n";
    let folder =
        workspace(&[("classes.csv", small), ("evidence/ht1.csv", &first), ("evidence/ht2.csv", &second)]);
    let shown = |folder: &Path| {
        let answer = answer(folder, &["evaluate", "--audience", "headteacher"]);
        let aspects = answer["areas"][0]["aspects"].clone();
        aspects.as_array().unwrap().iter().any(|aspect| aspect.get("year_groups").is_some())
    };
    assert!(shown(folder.path()));
    // One class a year group: three classes in the phase.
    let merged = "id,year_group\n1A,1\n1B,1\n2A,2\n";
    let second = second.replace("2B", "2A");
    let first = first.replace("2B", "2A");
    let folder =
        workspace(&[("classes.csv", merged), ("evidence/ht1.csv", &first), ("evidence/ht2.csv", &second)]);
    assert!(!shown(folder.path()));
}

#[test]
fn faults_tell_an_audience_no_rows() {
    let text = "id,date,kind,subject,aspect,grade,classes,by,strength\na,2026-11-10,books,mths,outcomes.work,good,2B,hale,Sorrel explains well\n";
    let folder = workspace(&[("evidence/ht2.csv", text)]);
    for who in ["governors", "staff", "headteacher"] {
        let (code, out, err) = run(folder.path(), &["evaluate", "--audience", who]);
        assert_eq!(code, 1);
        assert!(!err.contains("2B") && !err.contains("Sorrel") && out.is_empty(), "{err}");
        assert!(err.contains("1 error in 1 file"), "{err}");
    }
}
