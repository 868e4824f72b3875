//! A pupil taken out of every file.

use std::collections::BTreeMap;
use std::fs;

use serde_json::json;

use crate::program::{answer, run};
use crate::workspace::{example_copy, files};

/// X2: a pupil taken out of every file that is named, and of nothing else; what is not reached is said.
#[test]
fn a_pupil_is_forgotten() {
    let folder = example_copy();
    let (school, earlier) =
        (folder.path().join("two-form-primary"), folder.path().join("two-form-primary-2025-26"));
    let (before, before_earlier) = (files(&school), files(&earlier));
    let has = |tree: &BTreeMap<String, Vec<u8>>| {
        tree.values().any(|bytes| String::from_utf8_lossy(bytes).contains("P203"))
    };
    // A try writes nothing.
    let (code, out, err) = run(&school, &["forget", "P203"]);
    assert_eq!(code, 0, "{err}");
    assert!(out.contains("nothing is written yet") && out.contains("two-form-primary-2025-26"), "{out}");
    assert_eq!(files(&school), before);
    let (code, out, err) = run(&school, &["forget", "P203", "--yes"]);
    assert_eq!(code, 0, "{err}");
    assert!(out.contains("copies, backups"), "{out}");
    let after = files(&school);
    assert!(has(&before) && !has(&after));
    assert_eq!(files(&earlier), before_earlier, "only what is named is changed");
    for (name, bytes) in &before {
        let text = String::from_utf8_lossy(bytes);
        let without: String = text.split_inclusive('\n').filter(|line| !line.starts_with("P203,")).collect();
        assert_eq!(String::from_utf8_lossy(&after[name]), without, "{name}");
    }
    let (code, ..) = run(&school, &["forget", "P203", "--also", "../two-form-primary-2025-26", "--yes"]);
    assert_eq!(code, 0);
    assert!(!has(&files(&earlier)));
    assert_eq!(run(&school, &["check"]).0, 0);
    // What is no pupil's code takes nothing out.
    for nobody in ["", " ", "the", "maths"] {
        assert_eq!(run(&school, &["forget", nobody, "--yes"]).0, 2, "{nobody:?}");
    }
    // Nobody has the code any more; where it is only written about, that is left to a person.
    assert_eq!(run(&school, &["forget", "P203"]).0, 2);
    fs::write(school.join("import.toml"), "# P204 came in March\n").unwrap();
    let found = answer(&school, &["forget", "P204"]);
    assert_eq!(found["mentions"], json!(["import.toml:1"]));
}
