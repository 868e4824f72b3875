//! Evidence and actions written: one line, and nothing else.

use std::fs;

use crate::program::{answer, run};
use crate::workspace::{example_copy, files};

use super::workspace;

#[test]
fn one_item_is_one_line_and_nothing_else_is_touched() {
    let before = "\u{feff}# kept\r\nid;date;kind;subject;aspect;grade;classes\r\n\"x\";03/11/2026;books;maths;outcomes.work;Good;1A\r\n";
    let folder = workspace(&[("evidence/ht2.csv", before)]);
    let words = [
        "record",
        "--kind",
        "book look",
        "--subject",
        "Maths",
        "--aspect",
        "work",
        "--grade",
        "Good",
        "--class",
        "1B",
        "--by",
        "okafor",
        "--strength",
        "Set out; with care",
    ];
    let (code, out, err) = run(folder.path(), &words);
    assert_eq!(code, 0, "{err}");
    assert!(out.contains("ht2-01"), "{out}");
    let after = String::from_utf8(fs::read(folder.path().join("evidence/ht2.csv")).unwrap()).unwrap();
    assert!(after.starts_with("\u{feff}# kept\r\nid;date;kind;subject;aspect;grade;classes;by;strength\r\n\"x\";03/11/2026;books;maths;outcomes.work;Good;1A\r\n"), "{after}");
    assert!(
        after.ends_with(
            "\r\nht2-01;2026-12-10;books;maths;outcomes.work;good;1B;okafor;\"Set out; with care\"\r\n"
        ),
        "{after}"
    );
    // A try writes nothing.
    let held = files(folder.path());
    let other: Vec<&str> = words.iter().map(|word| if *word == "1B" { "2B" } else { word }).collect();
    let (code, _, _) = run(folder.path(), &[&other[..], &["--dry-run"]].concat());
    assert_eq!(code, 0);
    // What is there word for word would count twice.
    let (code, _, err) = run(folder.path(), &words);
    assert_eq!(code, 1);
    assert!(err.contains("word for word as ht2-01 (evidence/ht2.csv:4)"), "{err}");
    assert_eq!(files(folder.path()), held);
}

#[test]
fn what_two_agreed_on_is_written_later() {
    let rows = "id,date,kind,subject,aspect,grade,classes,by,moderator,moderator_grade\n\
        a,2026-11-03,books,maths,outcomes.work,good,1A,okafor,hale,requires-improvement\n";
    let folder = workspace(&[("evidence/ht2.csv", rows)]);
    let (code, _, err) = run(folder.path(), &["record", "--agree", "a", "--agreed-grade", "RI"]);
    assert_eq!(code, 0, "{err}");
    let after = fs::read_to_string(folder.path().join("evidence/ht2.csv")).unwrap();
    assert!(after.ends_with("moderator_grade,agreed_grade\na,2026-11-03,books,maths,outcomes.work,good,1A,okafor,hale,requires-improvement,requires-improvement\n"), "{after}");
    let (code, _, err) = run(folder.path(), &["record", "--agree", "a", "--agreed-grade", "good"]);
    assert_eq!(code, 2);
    assert!(err.contains("already"), "{err}");
}

#[test]
fn a_filled_form_is_read_back_at_its_cells() {
    let folder = workspace(&[]);
    let (code, _, err) = run(folder.path(), &["form", "books", "--subject", "maths", "-o", "form.xlsx"]);
    assert_eq!(code, 0, "{err}");
    // A form that nobody has filled in brings nothing.
    let (code, _, err) = run(folder.path(), &["record", "--from", "form.xlsx"]);
    assert_eq!(code, 1);
    assert!(err.contains("nothing is filled in"), "{err}");
    let csv = "kind,subject,aspect,date,classes,grade,by\nbooks,maths,outcomes.work,2026-11-10,1A,goood,hale\nbooks,maths,outcomes.work,2026-11-10,1B,,hale\n";
    fs::write(folder.path().join("filled.csv"), csv).unwrap();
    let (code, _, err) = run(folder.path(), &["record", "--from", "filled.csv"]);
    assert_eq!(code, 1);
    assert!(err.contains("filled.csv:2:41: error: `goood` is no grade on the scale"), "{err}");
    fs::write(folder.path().join("filled.csv"), csv.replace("goood", "good")).unwrap();
    let answer = answer(folder.path(), &["record", "--from", "filled.csv"]);
    assert_eq!(answer["added"].as_array().unwrap().len(), 1);
    assert_eq!(answer["left_out"].as_array().unwrap().len(), 1);
    let written = fs::read_to_string(folder.path().join("evidence/ht2.csv")).unwrap();
    assert_eq!(
        written,
        "id,date,kind,subject,aspect,grade,classes,by\nht2-01,2026-11-10,books,maths,outcomes.work,good,1A,hale\n"
    );
}

#[test]
fn two_writers_at_once_both_add_or_one_says_so() {
    let folder = workspace(&[]);
    let words = [
        "record",
        "--kind",
        "books",
        "--subject",
        "maths",
        "--aspect",
        "work",
        "--grade",
        "good",
        "--class",
        "1A",
    ];
    let codes: Vec<i32> = std::thread::scope(|scope| {
        let writers: Vec<_> = (0..6).map(|_| scope.spawn(|| run(folder.path(), &words).0)).collect();
        writers.into_iter().map(|writer| writer.join().unwrap()).collect()
    });
    let text = fs::read_to_string(folder.path().join("evidence/ht2.csv")).unwrap();
    let added = codes.iter().filter(|code| **code == 0).count();
    assert_eq!(text.lines().count(), 1 + added, "{codes:?}\n{text}");
    assert!(added >= 1 && codes.iter().all(|code| *code == 0 || *code == 1));
    let (code, out, _) = run(folder.path(), &["check"]);
    assert_eq!(code, 0, "{out}");
}

#[test]
fn actions_are_written_once() {
    let folder = example_copy();
    let there = folder.path().join("two-form-primary");
    let before = fs::read_to_string(there.join("actions.csv")).unwrap();
    let (code, _, err) = run(&there, &["evaluate", "--subject", "maths", "--write-actions"]);
    assert_eq!(code, 0, "{err}");
    let after = fs::read_to_string(there.join("actions.csv")).unwrap();
    assert!(after.lines().count() > before.lines().count());
    let (code, _, err) = run(&there, &["evaluate", "--subject", "maths", "--write-actions"]);
    assert_eq!(code, 0, "{err}");
    assert!(err.contains("there already"), "{err}");
    assert_eq!(fs::read_to_string(there.join("actions.csv")).unwrap(), after);
    let (code, out, _) = run(&there, &["check"]);
    assert_eq!(code, 0, "{out}");
}
