//! The questions of `phase ask`, each settled by its answer.

use std::fs;
use std::path::Path;

use super::{INIT, answer, ends};

#[test]
fn each_answer_is_a_row_and_settles_its_question() {
    let folder = tempfile::tempdir().unwrap();
    ends(0, folder.path(), &[INIT, &["--subject", "Music"]].concat());
    let ks1 = folder.path().join("ks1");
    let open = |ks1: &Path| -> Vec<String> {
        let questions = answer(ks1, &["ask"])["questions"].clone();
        questions
            .as_array()
            .unwrap()
            .iter()
            .map(|question| question["id"].as_str().unwrap().to_owned())
            .collect()
    };
    assert!(open(&ks1).starts_with(&["leader:music".to_owned(), "classes".to_owned()]));
    ends(
        0,
        &ks1,
        &[
            "ask",
            "--answer",
            "leader:music=Kim Ferris",
            "--answer",
            "classes=1A Lee Adeyemi, 1B okafor; Oak (2) Jon Hartley",
            "--answer",
            "inset=4 Jan 2027; 7 Jun 2027",
        ],
    );
    assert_eq!(ends(0, &ks1, &["check"]).0, "4 files, no fault\n");
    let classes = fs::read_to_string(ks1.join("classes.csv")).unwrap();
    assert!(classes.contains("1A,1,Lee Adeyemi") && classes.contains("1B,1,Jo Okafor"), "{classes}");
    // The first answers open others: whether a lesson is taught when it is visited.
    let lesson =
        open(&ks1).into_iter().find(|id| id.starts_with("lesson:1A:")).expect("a lesson is asked for");
    ends(0, &ks1, &["ask", "--answer", &format!("{lesson}=Thu 13:45-14:30")]);
    assert!(!open(&ks1).contains(&lesson));
    let (_, err) = ends(2, &ks1, &["ask", "--answer", &format!("{lesson}=Thu 13:45")]);
    assert!(err.contains("no question"), "{err}");
    // What does not go with the other records is told, and not written.
    let second = open(&ks1).into_iter().find(|id| id.starts_with("lesson:Oak:")).unwrap();
    let before = fs::read_to_string(ks1.join("timetable.csv")).unwrap();
    let clash = "Oak,Mon,am1,music,,,";
    fs::write(ks1.join("timetable.csv"), format!("{before}{clash}\n")).unwrap();
    let (_, err) = ends(1, &ks1, &["ask", "--answer", &format!("{second}=Mon am")]);
    assert!(
        err.contains("class Oak has another lesson then") && err.contains("nothing was written"),
        "{err}"
    );
    assert_eq!(fs::read_to_string(ks1.join("timetable.csv")).unwrap(), format!("{before}{clash}\n"));
    fs::write(ks1.join("timetable.csv"), &before).unwrap();
    let ppa = open(&ks1).into_iter().find(|id| id.starts_with("ppa:")).unwrap();
    for (typed, says) in [("Wed", "no weekday and time"), ("Wod pm", "no weekday"), ("Wed pn", "no period")] {
        let (_, err) = ends(2, &ks1, &["ask", "--answer", &format!("{ppa}={typed}")]);
        assert!(err.contains(says), "{err}");
    }
}
