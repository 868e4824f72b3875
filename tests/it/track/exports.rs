//! Exports of other systems, read by their headings.

use std::fs;

use serde_json::Value;

use crate::program::{answer, run};
use crate::workspace::workspace;

/// A workspace without pupils, and beside it the exports that it takes in.
struct Exports {
    folder: tempfile::TempDir,
    place: tempfile::TempDir,
}

impl Exports {
    fn new() -> Self {
        Self { folder: workspace(&[]), place: tempfile::tempdir().unwrap() }
    }

    /// Writes an export beside the workspace; returns where it is.
    fn put(&self, name: &str, text: &str) -> String {
        let path = self.place.path().join(name);
        fs::write(&path, text).unwrap();
        path.display().to_string()
    }

    /// The answer to a try of an export.
    fn tried(&self, name: &str, text: &str, more: &[&str]) -> Value {
        let path = self.put(name, text);
        answer(self.folder.path(), &[&["import", &path, "--dry-run"], more].concat())
    }

    /// What taking an export in says.
    fn import(&self, name: &str, text: &str, more: &[&str]) -> (i32, String, String) {
        let path = self.put(name, text);
        run(self.folder.path(), &[&["import", &path], more].concat())
    }

    fn key(&self) -> String {
        self.place.path().join("key.csv").display().to_string()
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.folder.path().join(name)).unwrap()
    }
}

/// The results that an answer takes in, each in a line.
fn taken(answer: &Value) -> Vec<String> {
    let said = |row: &Value| {
        ["pupil", "subject", "point", "result", "scale", "kind"]
            .map(|name| row[name].as_str().unwrap().to_owned())
            .join(" ")
    };
    answer["taken"].as_array().unwrap().iter().map(said).collect()
}

/// Bromcom: four parts to a heading, the year before the code.
#[test]
fn a_heading_of_four_parts_is_read_and_last_years_results_are_left_out() {
    let bromcom = Exports::new().tried(
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
}

/// SIMS: a row a result, with its aspect and result set.
#[test]
fn a_row_a_result_is_read_by_its_aspect_and_result_set() {
    let exports = Exports::new();
    let sims = exports.tried(
        "sims.csv",
        "Pupil Id,Reg,Aspect Name,Result Set,Result\nP1,2A,Y2 Reading TA,Year 2 Spring,EXS\nP1,2A,Y2 Maths Test,Year 2 Spring,104\nP1,2A,House points,Year 2 Spring,40\n",
        &["--scale", "scaled"],
    );
    assert_eq!(taken(&sims), ["P1 reading spring EXS ladder teacher", "P1 maths spring 104 scaled test"]);
    let sims = exports.tried(
        "sims.csv",
        "Pupil Id,Reg,Aspect Name,Result Set,Result\nP1,2A,Y2 Reading TA,Year 2 Spring,EXS\nP1,2A,House points,Year 2 Spring,40\n",
        &[],
    );
    assert_eq!(taken(&sims), ["P1 reading spring EXS ladder teacher"]);
    assert!(sims["left_out"].to_string().contains("House points"), "{sims}");
}

#[test]
fn a_plain_marksheet_needs_its_point_and_no_number_is_guessed_at() {
    let exports = Exports::new();
    let (code, _, err) = exports.import("plain.csv", "Pupil,Class,Reading,Maths\nP1,2A,EXS,101\n", &[]);
    assert_eq!(code, 1);
    assert!(err.contains("--point"), "{err}");
    let more = ["--scale", "scaled", "--point", "spring 1"];
    let told = exports.tried("maths.csv", "Pupil,Class,Maths\nP1,2A,101\n", &more);
    assert_eq!(taken(&told), ["P1 maths spring-1 101 scaled test"]);
}

/// The row is not shown.
#[test]
fn a_result_that_its_scale_does_not_have_is_told_at_its_cell() {
    let exports = Exports::new();
    let (code, _, err) = exports.import(
        "odd.csv",
        "UPN,Name,Class,Maths\nK820210000001,Ottoline Quarles,2A,EXS\nK820210000002,Ada Vine,2A,Fantastic\n",
        &["--point", "autumn", "--key", &exports.key(), "--scale", "ladder"],
    );
    assert_eq!(code, 1);
    assert!(err.contains("odd.csv:3:") && !err.contains("Fantastic"), "{err}");
    assert!(!err.contains("Ada") && !err.contains("K8202"), "{err}");
}

#[test]
fn a_name_that_slipped_under_another_heading_is_not_shown() {
    let exports = Exports::new();
    let (code, out, err) = exports.import(
        "slip.csv",
        "Name,Class,Year,Maths\nAmy Smith,Amy Smith,1,EXS\nBob Jones,1A,Bob Jones,EXS\n",
        &["--point", "autumn", "--key", &exports.key()],
    );
    assert_eq!(code, 1);
    assert!(!format!("{out}{err}").contains("Smith") && !err.contains("Bob"), "{out}{err}");
}

/// Which of them is meant is not known.
#[test]
fn two_results_of_one_pupil_that_differ_are_refused() {
    let twice = "Pupil,Class,Aut Reading TA,Autumn Reading Teacher\nP1,2A,EXS,WTS\n";
    let (code, _, err) = Exports::new().import("twice.csv", twice, &[]);
    assert_eq!(code, 1);
    assert!(err.contains("two results"), "{err}");
}

const PART: &str = "Pupil,Class,Reading,Maths\nP1,2A,EXS,17\nP2,2A,WTS,12\n";

/// The file's name is kept nowhere.
#[test]
fn what_is_not_known_is_left_out_and_the_rest_is_taken_in() {
    let exports = Exports::new();
    let (code, out, _) = exports.import("ada-vine.csv", PART, &["--point", "autumn"]);
    assert_eq!(code, 0);
    assert!(out.contains("2 new results") && out.contains("how its results are read is not known"), "{out}");
    assert!(!exports.read("import.toml").contains("vine"));
}

#[test]
fn phonics_is_remembered_as_a_subject_and_a_scale() {
    let exports = Exports::new();
    let phonics = |score: u32| {
        let text = format!("Pupil,Class,Phonics check\nP1,2A,{score}\n");
        let (code, _, err) = exports.import("phonics.csv", &text, &["--point", "autumn", "--replace"]);
        assert_eq!(code, 0, "{err}");
        exports.read("assessments.csv")
    };
    assert!(phonics(22).contains("P1,phonics,autumn,22,phonics"));
    assert!(phonics(40).contains("P1,phonics,autumn,40,phonics"));
}

#[test]
fn a_later_export_with_a_column_more_is_read_by_its_words() {
    let exports = Exports::new();
    exports.import("part.csv", PART, &["--point", "autumn"]);
    let more = "Pupil,Class,Reading,Writing\nP1,2A,EXS,EXS\n";
    let (code, out, _) = exports.import("more.csv", more, &["--point", "autumn"]);
    assert!(code == 0 && out.contains("1 new result"), "{out}");
}

#[test]
fn a_key_that_is_not_whole_is_refused() {
    let exports = Exports::new();
    let cut = exports.put("cut.csv", "pupil,upn,name\nP001,K820210000001,Ottoline Quarles\nP002,K8202100\n");
    let named = "UPN,Name,Class,Maths\nK820210000001,Ottoline Quarles,2A,EXS\n";
    let (code, _, err) = exports.import("named.csv", named, &["--point", "autumn", "--key", &cut]);
    assert_eq!(code, 1);
    assert!(err.contains("the key is damaged") && !err.contains("K8202"), "{err}");
}

#[test]
fn a_mapping_of_ones_own_is_used() {
    let exports = Exports::new();
    let mapping = "[[mapping]]\nname = \"tracker\"\n[mapping.columns]\n\"Kid\" = \"code\"\n\"Room\" = \"class\"\n\"R\" = \"reading, spring, on-track\"\n[mapping.results]\n\"OK\" = \"on\"\n";
    fs::write(exports.folder.path().join("import.toml"), mapping).unwrap();
    let mapped = exports.tried("tracker.csv", "Kid,Room,R,Other\nP7,2B,OK,x\nP8,2B,below,y\n", &[]);
    assert_eq!(
        taken(&mapped),
        ["P7 reading spring on on-track teacher", "P8 reading spring below on-track teacher"]
    );
    let beside = exports.tried("tracker.csv", "Kid,Room,R,Spring Writing TA\nP7,2B,OK,EXS\n", &[]);
    assert_eq!(taken(&beside).len(), 2, "{beside}");
    assert!(run(exports.folder.path(), &["check"]).0 == 0);
}

/// Key Stage 1 results are where a Key Stage 2 began; of a school with both it is not known.
#[test]
fn key_stage_1_results_are_where_a_key_stage_2_began() {
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
