//! A wide marksheet taken in, its key kept apart.

use std::fs;
use std::path::Path;

use serde_json::json;

use crate::program::{answer, run};
use crate::workspace::{files, workspace};

use super::row;

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

/// Twelve pupils of Year 2, by UPN and name; eight of them at the standard on entry, seven in autumn.
fn pupils() -> Vec<Vec<String>> {
    let heads =
        ["UPN", "Surname", "Forename", "DOB", "Reg Group", "Pupil Premium", "Maths Baseline", "Aut Maths TA"];
    let pupil = |number: usize| {
        let result = |met: usize| if number < met { "EXS" } else { "WTS" }.to_owned();
        vec![
            format!("K8202100000{number:02}"),
            format!("Quarles{number}"),
            "Ottoline".to_owned(),
            "01/09/2019".to_owned(),
            "2A".to_owned(),
            if number.is_multiple_of(3) { "Y" } else { "N" }.to_owned(),
            result(8),
            result(7),
        ]
    };
    std::iter::once(heads.map(str::to_owned).to_vec()).chain((0..12).map(pupil)).collect()
}

/// A workspace, and beside it a marksheet and the key that belongs to it.
struct Import {
    folder: tempfile::TempDir,
    place: tempfile::TempDir,
}

impl Import {
    fn new() -> Self {
        let import = Self { folder: workspace(&[]), place: tempfile::tempdir().unwrap() };
        import.write(&pupils());
        import
    }

    /// With the marksheet taken in.
    fn taken_in() -> Self {
        let import = Self::new();
        let (code, _, err) = import.run(&["--key", &import.key()]);
        assert_eq!(code, 0, "{err}");
        import
    }

    fn write(&self, rows: &[Vec<String>]) {
        let rows: Vec<Vec<&str>> = rows.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
        let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
        marksheet(self.place.path(), "marks.xlsx", &rows);
    }

    fn key(&self) -> String {
        self.place.path().join("key.csv").display().to_string()
    }

    fn kept_key(&self) -> String {
        fs::read_to_string(self.key()).unwrap()
    }

    fn run(&self, more: &[&str]) -> (i32, String, String) {
        let file = self.place.path().join("marks.xlsx").display().to_string();
        run(self.folder.path(), &[&["import", &file], more].concat())
    }

    /// What is written into the workspace.
    fn written(&self) -> [String; 3] {
        ["pupils.csv", "assessments.csv", "import.toml"]
            .map(|name| fs::read_to_string(self.folder.path().join(name)).unwrap())
    }
}

#[test]
fn nothing_is_taken_in_without_a_place_for_the_key() {
    let import = Import::new();
    assert_eq!(import.run(&[]).0, 2);
    assert_eq!(import.run(&["--key", "key.csv"]).0, 2, "nor with one inside the workspace");
}

#[test]
fn a_try_writes_nothing() {
    let import = Import::new();
    let before = files(import.folder.path());
    let (code, out, err) = import.run(&["--key", &import.key(), "--dry-run"]);
    assert_eq!(code, 0, "{out}");
    assert!(err.starts_with("Dry run: nothing was written. This would change "), "{err}");
    assert!(out.contains("A try") && out.contains("12 new pupils, 24 new results"), "{out}");
    assert_eq!(files(import.folder.path()), before);
    assert!(!Path::new(&import.key()).exists());
}

#[test]
fn nobodys_name_is_in_the_workspace_or_in_what_is_said() {
    let import = Import::new();
    let (code, out, err) = import.run(&["--key", &import.key()]);
    assert_eq!(code, 0, "{err}");
    let said = format!("{out}{err}{}", import.written().concat());
    for private in ["Quarles", "Ottoline", "K82021", "2019"] {
        assert!(!said.contains(private), "{private}: {said}");
    }
}

#[test]
fn the_key_tells_whose_code_is_whose_in_no_order_of_names() {
    let kept = Import::taken_in().kept_key();
    assert!(kept.contains("K820210000003,Ottoline Quarles3"), "{kept}");
    let codes: Vec<&str> = kept.lines().skip(1).map(|line| line.split(',').next().unwrap()).collect();
    let names: Vec<&str> = kept.lines().skip(1).map(|line| line.split(',').nth(2).unwrap()).collect();
    assert!(!names.is_sorted() && codes.len() == 12, "codes are in no order of names: {kept}");
}

#[cfg(unix)]
#[test]
fn the_key_and_the_records_are_for_their_owner() {
    use std::os::unix::fs::PermissionsExt;
    let import = Import::taken_in();
    let (key, folder) = (import.key(), import.folder.path());
    for path in [Path::new(&key).to_owned(), folder.join("pupils.csv"), folder.join("assessments.csv")] {
        assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o600, "{}", path.display());
    }
}

#[test]
fn a_marksheet_becomes_a_trajectory() {
    let import = Import::taken_in();
    let answer = answer(import.folder.path(), &["trajectory", "--target", "80"]);
    let row = row(&answer, "maths", Some("2"), "all");
    assert_eq!((&row["n"], &row["at_standard"]), (&json!(12), &json!(7)));
}

/// The mapping and its key are remembered.
#[test]
fn the_same_file_twice_adds_nothing() {
    let import = Import::taken_in();
    let (then, key) = (import.written(), import.kept_key());
    let (code, out, _) = import.run(&[]);
    assert_eq!(code, 0);
    assert!(out.contains("0 new pupils, 0 new results; 24 results there already"), "{out}");
    assert_eq!(import.written(), then);
    assert_eq!(import.kept_key(), key);
}

/// One cell changes.
#[test]
fn what_differs_is_shown_and_taken_in_only_where_it_is_asked_for() {
    let import = Import::taken_in();
    let then = import.written();
    let mut changed = pupils();
    changed[3][7] = "GDS".to_owned();
    import.write(&changed);
    let (code, out, err) = import.run(&[]);
    assert_eq!(code, 1);
    assert!(out.contains("1 difference") && err.contains("--replace"), "{out}{err}");
    assert_eq!(import.written(), then);
    assert_eq!(import.run(&["--replace"]).0, 0);
    let now = import.written();
    let differ: Vec<_> = then[1].split('\n').zip(now[1].split('\n')).filter(|(a, b)| a != b).collect();
    assert_eq!(differ.len(), 1);
    assert!(differ[0].1.contains("GDS"));
}
