//! Schedule forms that come back filled in.

use std::fs;
use std::path::Path;

use phase::document::{Cell, CellInput, Document, Sheet, SheetColumn};
use phase::render;

use super::{INIT, ends};

/// The form as it comes back, its sheet `Schedule` filled in.
fn filled(form: &Path, rows: &[&[&str]], to: &Path) {
    let book = |sheet: &str, heads: &[&str], rows: Vec<Vec<Cell>>| Sheet {
        name: sheet.to_owned(),
        columns: heads
            .iter()
            .map(|head| {
                let takes = if *head == "date" { CellInput::Date } else { CellInput::Words };
                SheetColumn { heading: (*head).to_owned(), help: "help".to_owned(), takes }
            })
            .collect(),
        rows,
        fill_in: true,
    };
    assert!(fs::read(form).unwrap().starts_with(b"PK"));
    let cell = |text: &&str| text.parse().map_or_else(|_| Cell::from(*text), Cell::Date);
    let keys =
        [("form", "schedule"), ("academic_year", "2026-27"), ("half_term", "3"), ("subject", "history")];
    let sheets = vec![
        book(
            "Schedule",
            &["task", "date", "period", "classes"],
            rows.iter().map(|row| row.iter().map(cell).collect()).collect(),
        ),
        book("Form", &["setting", "value"], keys.map(|(key, value)| vec![key.into(), value.into()]).to_vec()),
    ];
    fs::write(to, render::xlsx::render(&Document { sheets, ..Document::default() }).unwrap()).unwrap();
}

#[test]
fn a_schedule_form_comes_back() {
    let folder = tempfile::tempdir().unwrap();
    ends(0, folder.path(), INIT);
    let ks1 = folder.path().join("ks1");
    ends(0, &ks1, &["ask", "--answer", "classes=1A Lee Adeyemi, 2A Kim Ferris"]);
    let form = folder.path().join("history.xlsx");
    ends(0, &ks1, &["form", "schedule", "--half-term", "3", "-s", "history", "-o", form.to_str().unwrap()]);
    let file = ks1.join("schedules/ht3/history.csv");
    // As it was given out, nobody has filled anything in.
    let (out, _) = ends(0, &ks1, &["import", form.to_str().unwrap(), "--dry-run"]);
    assert_eq!(out.matches("no date is filled in").count(), 5, "{out}");
    filled(
        &form,
        &[
            &["scheduling", "2027-01-06", "am1", ""],
            &["book look", "2027-01-12", "13:45-14:30", "1A;2A"],
            &["lesson-visit", "2027-01-19", "pm9", "9Z"],
            &["evaluation", "", "", ""],
        ],
        &form,
    );
    let (_, err) = ends(1, &ks1, &["import", form.to_str().unwrap()]);
    assert!(err.contains("history.xlsx:Schedule!C5: error: there is no period `pm9`"), "{err}");
    assert!(err.contains("history.xlsx:Schedule!D5: error: no class has the id or name `9Z`"), "{err}");
    assert!(!file.exists(), "nothing is taken in where anything is wrong");
    filled(
        &form,
        &[
            &["scheduling", "2027-01-06", "am1", ""],
            &["book look", "2027-01-12", "13:45-14:30", "1A;2A"],
            &["lesson-visit", "2027-01-19", "pm1", "1A"],
        ],
        &form,
    );
    ends(0, &ks1, &["import", form.to_str().unwrap(), "--dry-run"]);
    assert!(!file.exists());
    ends(0, &ks1, &["import", form.to_str().unwrap()]);
    let handed_in = "task,date,period,classes\nscheduling,2027-01-06,am1,\nbook look,2027-01-12,13:45-14:30,1A;2A\nlesson-visit,2027-01-19,pm1,1A\n";
    assert_eq!(fs::read_to_string(&file).unwrap().replace('"', ""), handed_in);
    assert_eq!(ends(0, &ks1, &["check"]).0, "5 files, no fault\n");
    // Once more: nothing changes. Something else: only when it is said.
    assert!(ends(0, &ks1, &["import", form.to_str().unwrap()]).0.contains("unchanged"));
    filled(&form, &[&["scheduling", "2027-01-07", "am1", ""]], &form);
    let (_, err) = ends(1, &ks1, &["import", form.to_str().unwrap()]);
    assert!(err.contains("--replace puts this in its place"), "{err}");
    ends(0, &ks1, &["import", form.to_str().unwrap(), "--replace"]);
    assert_eq!(fs::read_to_string(&file).unwrap(), "task,date,period\nscheduling,2027-01-07,am1\n");
    let (_, err) = ends(1, &ks1, &["import", form.to_str().unwrap(), "--half-term", "4"]);
    assert!(err.contains("this form is for half term 3, not 4"), "{err}");
}

#[test]
fn a_form_is_taken_for_what_it_is() {
    let folder = tempfile::tempdir().unwrap();
    ends(0, folder.path(), &[INIT, &["--subject", "Art=Kim Ferris"]].concat());
    let ks1 = folder.path().join("ks1");
    let form = folder.path().join("form.xlsx");
    let path = form.to_str().unwrap();
    ends(0, &ks1, &["form", "schedule", "--half-term", "3", "-s", "history", "-o", path]);
    filled(&form, &[&["scheduling", "2027-01-06", "am1", ""]], &form);
    assert!(
        ends(1, &ks1, &["import", path, "-s", "art"]).1.contains("this form is for history, not for art")
    );
    assert!(
        ends(2, &ks1, &["import", path, "-o", path, "--format", "csv"]).1.contains("would replace the file")
    );
    let rows = folder.path().join("rows.csv");
    fs::write(&rows, "subject,task,date,period\nArt,scheduling,2027-01-06,am1\n").unwrap();
    let (_, err) = ends(1, &ks1, &["import", rows.to_str().unwrap(), "--half-term", "3", "-s", "history"]);
    assert!(err.contains("rows.csv:2:1: error: this row is for art, not for history"), "{err}");
    // A row of a note alone has no date, and is not passed over.
    fs::write(&rows, "task,date,period,note\nlesson-visit,,,Thu 14 Jan please\n").unwrap();
    let (_, err) = ends(1, &ks1, &["import", rows.to_str().unwrap(), "--half-term", "3", "-s", "history"]);
    assert!(err.contains("`date` is missing"), "{err}");
}
