//! The last edit taken back, whatever the command, and only while nobody has changed its files since.

use std::fs;
use std::path::Path;

use crate::program::run;
use crate::workspace::{all_files, example_copy, files};

fn says(folder: &Path, words: &[&str], code: i32) -> String {
    let (found, out, err) = run(folder, words);
    assert_eq!(found, code, "{words:?}\n{out}\n{err}");
    err
}

/// Commands that write to files that are there, to new ones, and to several at once.
const EDITS: &[&[&str]] = &[
    &["actions", "add", "--action", "Read to a class", "--due", "2027-01-11"],
    &["actions", "done", "daily-reading", "--finding", "It helped"],
    &["log", "add", "--kind", "meeting", "--what", "Books"],
    &["absent", "hale", "2027-01-11"],
    &["schedule", "--half-term", "4", "--save"],
    &["evaluate", "--write-actions"],
    &["record", "--kind", "books", "--subject", "maths", "--aspect", "provision.teaching", "--class", "1A"],
];

#[test]
fn an_edit_is_taken_back_to_the_byte_and_made_again() {
    for words in EDITS {
        let folder = example_copy();
        let school = folder.path().join("two-form-primary");
        let before = files(&school);
        let (code, out, err) = run(&school, words);
        assert!([0, 3].contains(&code), "{words:?}\n{out}\n{err}");
        let after = files(&school);
        assert_ne!(before, after, "{words:?}");
        let said = says(&school, &["undo"], 0);
        assert!(
            said.contains("as it was before") || said.contains("is removed, as it was not there before"),
            "{said}"
        );
        assert_eq!(files(&school), before, "{words:?}");
        says(&school, &["undo"], 0);
        assert_eq!(files(&school), after, "{words:?}");
    }
}

#[test]
fn what_was_changed_since_is_not_taken_back() {
    let folder = example_copy();
    let school = folder.path().join("two-form-primary");
    assert!(says(&school, &["undo"], 1).contains("there is nothing to undo"));
    says(&school, EDITS[0], 0);
    let actions = fs::read_to_string(school.join("actions.csv")).unwrap();
    fs::write(school.join("actions.csv"), actions.replace("Read to a class", "Read to two classes")).unwrap();
    let before = files(&school);
    assert!(says(&school, &["undo"], 1).contains("actions.csv: somebody has changed it since"));
    assert_eq!(files(&school), before);
}

#[test]
fn a_try_takes_nothing_back() {
    let folder = example_copy();
    let school = folder.path().join("two-form-primary");
    says(&school, EDITS[0], 0);
    let after = files(&school);
    let said = says(&school, &["undo", "--dry-run"], 0);
    assert!(said.contains("Dry run: nothing was written. This would change actions.csv"), "{said}");
    assert_eq!(files(&school), after);
}

#[test]
fn a_damaged_record_of_the_last_edit_changes_nothing() {
    let folder = example_copy();
    let school = folder.path().join("two-form-primary");
    says(&school, EDITS[0], 0);
    let kept = fs::read(school.join(".phase-undo")).unwrap();
    let after = files(&school);
    let outside = b"phase undo 1\n../stolen.csv\tnone\tnone\nend\n";
    for damaged in
        [&outside[..], &b""[..], b"phase undo 1\n", &kept[..kept.len() - 1], &kept[20..], b"\xff\nend\n"]
    {
        fs::write(school.join(".phase-undo"), damaged).unwrap();
        assert!(says(&school, &["undo"], 1).contains("damaged"));
        assert_eq!(files(&school), after);
    }
    assert!(!folder.path().join("stolen.csv").exists());
}

#[test]
fn a_pupil_who_is_forgotten_stays_in_no_record_of_an_edit() {
    let folder = example_copy();
    let school = folder.path().join("two-form-primary");
    let key = folder.path().join("key.csv");
    fs::write(folder.path().join("marks.csv"), "code,class,year group,maths autumn\nP901,1A,1,EXS\n")
        .unwrap();
    let key = key.to_str().unwrap();
    let (code, out, err) =
        run(&school, &["import", "../marks.csv", "--key", key, "--scale", "ladder", "--point", "autumn"]);
    if code == 0 {
        assert!(school.join(".phase-undo").exists());
    } else {
        panic!("{out}{err}");
    }
    says(&school, &["forget", "P203", "--yes"], 0);
    let left = all_files(&school);
    assert!(!left.contains_key(".phase-undo"), "the last edit held the pupil's rows");
    assert!(says(&school, &["undo"], 1).contains("there is nothing to undo"));
}
