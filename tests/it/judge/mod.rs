//! Judging from files: the worked examples of the method, properties of the votes, what counts and what does
//! not, audiences, and evidence recorded.

use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use serde_json::{Value, json};

use crate::program::{answer, run, today};
use phase::judge::firmness::{Firmness, firmness};
use phase::judge::roll_up::{AspectGrade, RollUpMethod, roll_up};
use phase::judge::votes::{self, Tallies};
use phase::load::formats::source::Folder;
use phase::load::frameworks::library;
use phase::load::load;
use phase::school::{AreaMethod, EvidenceKind, Id, School};

/// A phase of four classes; with files added.
fn workspace(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let base = [
        (
            "phase.toml",
            "[school]\nname = \"Base\"\n[[phase]]\nid = \"ks1\"\nname = \"Key Stage 1\"\nleader = \"hale\"\nyear_groups = [\"1\", \"2\"]\nsessions = [\"Thu pm1\"]\n",
        ),
        ("subjects.csv", "name,id,leader\nMaths,maths,okafor\nArt,art,lindqvist\n"),
        ("staff.csv", "name,id\nMorgan Hale,hale\nJo Okafor,okafor\nSam Lindqvist,lindqvist\n"),
        ("classes.csv", "id,year_group\n1A,1\n1B,1\n2A,2\n2B,2\n"),
    ];
    for (name, text) in base.iter().chain(files) {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

fn school(folder: &Path) -> School {
    let loaded = load(&Folder::new(folder), today());
    assert!(loaded.diagnostics.is_empty(), "{:?}", loaded.diagnostics);
    loaded.school.unwrap()
}

/// Evidence of one aspect of maths: kinds with their grades, spread over classes, weeks and people. Lessons
/// rest on two visits each.
fn evidence(kinds: &[(&str, &[&str])]) -> (String, String) {
    let head = "id,date,kind,subject,aspect,grade,classes,by,rests_on\n";
    let (mut first, mut second) = (head.to_owned(), head.to_owned());
    let visits = "v1,2026-11-03,lessons,maths,outcomes.progress,,1A,hale,\nv2,2026-11-10,lessons,maths,outcomes.progress,,2B,okafor,\n";
    second.push_str(visits);
    let old = visits.replace("2026-11", "2026-09").replace("v1", "u1").replace("v2", "u2");
    first.push_str(&old);
    let mut number = 0;
    for (kind, grades) in kinds {
        for grade in *grades {
            number += 1;
            let class = ["1A", "1B", "2A", "2B"][number % 4];
            let by = ["hale", "okafor"][number % 2];
            if *kind == "lessons" {
                // Once in each half term for an aspect of a subject.
                let (text, month, visits) = if first.contains("lessons,maths,outcomes.progress,g")
                    || first.contains("lessons,maths,outcomes.progress,r")
                {
                    (&mut second, "11-19", "v1;v2")
                } else {
                    (&mut first, "09-24", "u1;u2")
                };
                text.push_str(&format!(
                    "e{number},2026-{month},lessons,maths,outcomes.progress,{grade},,{by},{visits}\n"
                ));
            } else {
                let day = 2 + number % 25;
                second.push_str(&format!(
                    "e{number},2026-11-{day:02},{kind},maths,outcomes.progress,{grade},{class},{by},\n"
                ));
            }
        }
    }
    (first, second)
}

const G: &str = "good";
const R: &str = "requires-improvement";
const O: &str = "outstanding";

fn progress(kinds: &[(&str, &[&str])]) -> Value {
    let (first, second) = evidence(kinds);
    let folder = workspace(&[("evidence/ht1.csv", &first), ("evidence/ht2.csv", &second)]);
    let answer = answer(folder.path(), &["evaluate", "--subject", "maths"]);
    answer["areas"][0]["aspects"]
        .as_array()
        .unwrap()
        .iter()
        .find(|aspect| aspect["id"] == "outcomes.progress")
        .unwrap()
        .clone()
}

#[test]
fn worked_example_a_is_a_firm_good() {
    let aspect = progress(&[
        ("books", &[G, G, R, G, O, G, R, G]),
        ("lessons", &[G, R]),
        ("records", &[R, G, G]),
        ("pupil-voice", &[G]),
    ]);
    assert_eq!(aspect["grade"], "good");
    assert_eq!(aspect["votes"]["books"], serde_json::json!([2, 3, 3, 3]));
    assert_eq!(aspect["support"], serde_json::json!({"at_or_above": 10, "of": 14}));
    assert_eq!(aspect["firmness"], "firm");
    assert_eq!(aspect["other_grade"], Value::Null);
}

#[test]
fn worked_example_b_rests_on_books() {
    let books = [vec![O; 10], vec![G; 6], vec![R; 2]].concat();
    let aspect =
        progress(&[("books", &books), ("records", &[R, R, G]), ("lessons", &[R, G]), ("pupil-voice", &[R])]);
    assert_eq!(aspect["grade"], "good");
    assert_eq!(aspect["firmness"], "borderline");
    assert_eq!(aspect["support"], serde_json::json!({"at_or_above": 18, "of": 24}));
    assert_eq!(aspect["rests_on"][0]["kind"], "books");
    assert_eq!(aspect["other_grade"], R);
}

#[test]
fn worked_example_c_is_the_lower_of_two() {
    let aspect = progress(&[("books", &[R, G, R, G, G]), ("records", &[R, R]), ("lessons", &[G, G])]);
    assert_eq!(aspect["grade"], R);
    assert_eq!(aspect["firmness"], "borderline");
    assert_eq!(aspect["support"], serde_json::json!({"at_or_above": 9, "of": 9}));
    assert_eq!(aspect["rests_on"][0]["kind"], "records");
    assert_eq!(aspect["other_grade"], "good");
}

fn part(grade: u8, firmness: Firmness, others: &[u8]) -> AspectGrade {
    AspectGrade { grade: Some(grade), firmness, others: others.to_vec() }
}

#[test]
fn areas_roll_up_as_worked() {
    let fit = |method| RollUpMethod { method, all_good_plus: false, any_of: false, top: 4 };
    let firm = |grade| part(grade, Firmness::Firm, &[]);
    let third = part(2, Firmness::Borderline, &[3]);
    let parts = [firm(3), firm(3), third.clone(), firm(4)];
    let secure = roll_up(fit(AreaMethod::SecureFit), &parts);
    assert_eq!(
        (secure.grade, secure.deciding.as_slice(), secure.others.as_slice()),
        (Some(2), &[2][..], &[3][..])
    );
    assert_eq!(roll_up(fit(AreaMethod::BestFit), &parts).grade, Some(3));
    // The first borderline 3/1 as well: other grades 1 and 3.
    let parts = [part(3, Firmness::Borderline, &[1]), firm(3), third, firm(4)];
    let secure = roll_up(fit(AreaMethod::SecureFit), &parts);
    assert_eq!((secure.grade, secure.others.as_slice()), (Some(2), &[1, 3][..]));
    let eif = RollUpMethod { method: AreaMethod::BestFit, all_good_plus: true, any_of: true, top: 4 };
    let grade = |ranks: &[u8]| roll_up(eif, &ranks.iter().map(|rank| firm(*rank)).collect::<Vec<_>>()).grade;
    assert_eq!((grade(&[4, 4, 3]), grade(&[3, 3, 1]), grade(&[4, 4, 4])), (Some(3), Some(1), Some(4)));
    let incomplete = AspectGrade { grade: None, firmness: Firmness::NoGrade, others: vec![] };
    let rolled = roll_up(fit(AreaMethod::SecureFit), &[firm(3), incomplete]);
    assert_eq!(
        (rolled.grade, rolled.firmness, rolled.complete),
        (Some(3), Some(Firmness::Provisional), false)
    );
}

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
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/two-form-primary");
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
    let without_places = |folder: &Path| {
        let mut answer = answer(folder, &["evaluate"]);
        fn strip(value: &mut Value) {
            match value {
                Value::Object(map) => {
                    map.remove("at");
                    map.remove("with");
                    map.values_mut().for_each(strip);
                }
                Value::Array(all) => all.iter_mut().for_each(strip),
                _ => {}
            }
        }
        strip(&mut answer);
        answer
    };
    assert_eq!(without_places(one.path()), without_places(other.path()));
}

#[test]
fn every_framework_that_is_built_in_reads_without_a_fault() {
    let folder = tempfile::tempdir().unwrap();
    let all = library::all(&Folder::new(folder.path()));
    assert_eq!(all.len(), 11);
    for (framework, own) in all {
        assert!(!own);
        let ranks: Vec<u8> = framework.grades.iter().map(|grade| grade.rank).collect();
        assert_eq!(ranks, (1..=framework.top()).collect::<Vec<_>>(), "{}", framework.id);
        for aspect in framework.aspects() {
            let own_area = framework.areas.iter().any(|area| area.id == aspect.id);
            assert!(own_area || aspect.descriptors.iter().all(Option::is_some), "{}", aspect.id);
            assert!(aspect.kinds.len() >= 2);
        }
        assert_eq!(framework.grades.is_empty(), framework.method.area == AreaMethod::Narrative);
    }
}

#[test]
fn a_copied_framework_comes_first_and_says_the_same() {
    let source =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/load/frameworks/job-card.toml"))
            .unwrap();
    let changed = source.replace("Wide and widening.", "Wide, and our own words.");
    let folder = workspace(&[("frameworks/job-card.toml", &changed)]);
    let school = school(folder.path());
    let framework = &school.year.frameworks[&Id::new("job-card")];
    let aspect = framework.aspect(&Id::new("outcomes.gaps")).unwrap();
    assert_eq!(aspect.descriptor(1), Some("Wide, and our own words."));
}

#[test]
fn limiting_rules_are_applied_last_and_named() {
    let rows = |grade: &str| {
        let mut text = "id,date,kind,subject,aspect,grade,by\n".to_owned();
        for (number, kind) in ["books", "records", "conversation", "planning"].iter().enumerate() {
            text.push_str(&format!(
                "a{number},2026-11-1{number},{kind},phase,leadership-and-governance.vision,{grade},hale\n"
            ));
        }
        text
    };
    let framework = library::all(&Folder::new(Path::new("nowhere")))
        .into_iter()
        .find(|(framework, _)| framework.id.as_str() == "ofsted-2026")
        .unwrap()
        .0;
    let aspect =
        framework.areas.iter().find(|area| area.id.as_str() == "leadership-and-governance").unwrap().aspects
            [0]
        .id
        .clone();
    let text = rows("urgent-improvement").replace("leadership-and-governance.vision", aspect.as_str());
    let phase = "framework = \"ofsted-2026\"\n[school]\nname = \"Base\"\n[[phase]]\nid = \"ks1\"\nname = \"Key Stage 1\"\nleader = \"hale\"\nyear_groups = [\"1\", \"2\"]\nsessions = [\"Thu pm1\"]\n";
    let judgements = "date,area,grade,state\n2026-11-20,safeguarding,not met,agreed\n";
    let folder =
        workspace(&[("phase.toml", phase), ("evidence/ht2.csv", &text), ("judgements.csv", judgements)]);
    let answer = answer(folder.path(), &["evaluate"]);
    let categories = answer["categories"].as_array().unwrap();
    assert!(categories.contains(&Value::from("requires significant improvement")), "{categories:?}");
    assert!(categories.contains(&Value::from("special measures")));
    // The rule that is not confirmed is a caution.
    assert_eq!(answer["cautions"].as_array().unwrap().len(), 1);
    assert_eq!(answer["wording_unverified"], true);
}

#[test]
fn a_framework_without_grades_lays_the_evidence_out() {
    let phase = "framework = \"wales-estyn-2024\"\n[school]\nname = \"Base\"\n[[phase]]\nid = \"ks1\"\nname = \"Key Stage 1\"\nleader = \"hale\"\nyear_groups = [\"1\", \"2\"]\nsessions = [\"Thu pm1\"]\n";
    let rows = "id,date,kind,subject,aspect,by,strength\na,2026-11-10,books,maths,teaching-and-learning,hale,Clear steps\n";
    let folder = workspace(&[("phase.toml", phase), ("evidence/ht2.csv", rows)]);
    let answer = answer(folder.path(), &["evaluate"]);
    assert_eq!(answer["areas"][0]["grade"], Value::Null);
    assert_eq!(answer["areas"][0]["aspects"][0]["described"][0]["id"], "a");
    let (_, out, _) = run(folder.path(), &["evaluate"]);
    assert!(out.contains("this framework gives no grades"), "{out}");
}

#[test]
fn what_an_audience_may_not_see_is_in_no_format() {
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/two-form-primary");
    let names = [
        "Nandakumar",
        "nandakumar",
        "Boon",
        "Sorrel",
        "\"2B\"",
        " 2B ",
        "classes\": [\n",
        "Books in three of four",
    ];
    let hidden = |who: &[&str], words: &[&str], also: &[&str]| {
        for format in ["terminal", "markdown", "csv", "json"] {
            let (code, out, err) = run(&example, &[words, &["--format", format], who].concat());
            assert_eq!(code, 0, "{err}");
            for word in also {
                assert!(!out.contains(word), "{words:?} {who:?} {format} shows {word}:\n{out}");
            }
        }
    };
    for words in [&["evaluate"][..], &["evaluate", "--subject", "maths"], &["evaluate", "--explain"]] {
        hidden(&["--audience", "governors"], words, &names);
        hidden(&["--audience", "governors"], words, &["evidence/ht"]);
        hidden(&["--audience", "staff"], words, &names);
        hidden(&["--audience", "headteacher"], words, &["\"2B\"", " 2B ", "Books in three of four"]);
    }
    // The name of a sample may say whose it is.
    for words in [&["evaluate"][..], &["evaluate", "--explain"]] {
        for who in ["governors", "staff", "headteacher"] {
            hidden(&["--audience", who], words, &["english-books-nov"]);
        }
    }
    hidden(&["--audience", "governors"], &["practice"], &names);
    for words in [&["moderate"][..], &["moderate", "--explain"]] {
        hidden(&["--audience", "governors"], words, &["bias\": 0", "+0.1", "evidence/ht"]);
        hidden(&["--audience", "headteacher"], words, &["bias\": 0", "+0.1"]);
    }
    // From two tables of the same views, what one of them hides would follow.
    for words in [["-s", "science"], ["--half-term", "1"]] {
        let (code, _, err) = run(&example, &[&["moderate", "--audience", "governors"], &words[..]].concat());
        assert_eq!(code, 2);
        assert!(err.contains("is not for this audience (governors)"), "{err}");
    }
    let few = answer(&example, &["moderate", "--audience", "governors"]);
    assert_eq!((&few["all"]["n"], few["pairs"].as_array().unwrap().len()), (&json!(37), 1));
    assert_eq!(few["pairs"][0]["aspects"], json!([]));
    // A subject leader sees the own subject, with the bias between the two of them.
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

/// Every file of a folder with what it holds.
fn snapshot(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if !path.ends_with(".phase-lock") {
                files.push((path.clone(), fs::read(&path).unwrap()));
            }
        }
    }
    files.sort();
    files
}

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
    let held = snapshot(folder.path());
    let other: Vec<&str> = words.iter().map(|word| if *word == "1B" { "2B" } else { word }).collect();
    let (code, _, _) = run(folder.path(), &[&other[..], &["--dry-run"]].concat());
    assert_eq!(code, 0);
    // What is there word for word would count twice.
    let (code, _, err) = run(folder.path(), &words);
    assert_eq!(code, 1);
    assert!(err.contains("word for word as ht2-01 (evidence/ht2.csv:4)"), "{err}");
    assert_eq!(snapshot(folder.path()), held);
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
fn what_may_not_be_kept_is_refused_and_not_echoed() {
    let folder = workspace(&[]);
    let held = snapshot(folder.path());
    let base = [
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
    for (flag, text, says) in [
        ("--concern", "Says he is hit by dad", "the designated safeguarding lead"),
        ("--strength", "She has bruises on both arms", "the designated safeguarding lead"),
        ("--next-step", "Possible self-harm, tell the office", "the designated safeguarding lead"),
        ("--strength", "An outstanding lesson", "without a grade"),
    ] {
        let (code, out, err) = run(folder.path(), &[&base[..], &[flag, text]].concat());
        assert_eq!(code, 2);
        assert!(err.contains(says), "{err}");
        assert!(!err.contains(text) && !out.contains(text), "{err}");
    }
    assert_eq!(snapshot(folder.path()), held);
    // In a file: refused, the line not shown, whatever else is wrong in it.
    let row = "id,date,kind,subject,aspect,grade,concern\na,2026-11-10,boks,maths,outcomes.work,goood,Says he is hit by dad\n";
    let folder = workspace(&[("evidence/ht2.csv", row)]);
    let (code, out, err) = run(folder.path(), &["check"]);
    assert_eq!(code, 1);
    assert!(
        out.contains("evidence/ht2.csv:2:")
            && out.contains("did you mean `books`?")
            && out.contains("did you mean `good`?"),
        "{out}"
    );
    assert!(!out.contains("hit by dad") && !err.contains("hit by dad"), "{out}");
}

#[test]
fn a_concern_is_not_shown_wherever_it_stands() {
    const TEXT: &str = "ZEBRA disclosed to me";
    let folder = workspace(&[]);
    let base = ["record", "--kind", "books", "--subject", "maths", "--aspect", "work"];
    let mut tried: Vec<Vec<&str>> = [
        "--date",
        "--moderator",
        "--moderator-grade",
        "--agreed-grade",
        "--rests-on",
        "--framework",
        "--year-group",
        "--classes",
        "--sample",
        "--grade",
        "--link",
        "--by",
    ]
    .iter()
    .map(|flag| [&base[..], &[*flag, TEXT]].concat())
    .collect();
    tried.push([&base[..], &[TEXT]].concat());
    tried.push(vec!["evaluate", "--subject", TEXT]);
    for words in tried {
        let (code, out, err) = run(folder.path(), &words);
        assert_eq!(code, 2, "{words:?}: {err}");
        assert!(!err.contains("ZEBRA") && !out.contains("ZEBRA"), "{words:?}: {err}");
    }
    let head = "id,date,kind,subject,aspect,grade,classes,by,sample\n";
    let rows = [
        format!("{head}a,2026-11-10,books,maths,outcomes.work,{TEXT},1A,hale,\n"),
        format!("{head}a,2026-11-10,{TEXT},maths,outcomes.work,good,1A,hale,\n"),
        format!("{head}a,2026-11-10,books,maths,outcomes.work,good,1A,hale,{TEXT}\n"),
        format!("{head}a,2026-11-10,books,maths,outcomes.work,good,1A,hale,\"{TEXT}\n"),
        format!("{TEXT}\n"),
        format!("id,{TEXT}\na,b\n"),
    ];
    for text in rows {
        let folder = workspace(&[("evidence/ht2.csv", &text)]);
        for words in
            [&["check"][..], &["check", "--json"], &["evaluate"], &["evaluate", "--audience", "governors"]]
        {
            let (code, out, err) = run(folder.path(), words);
            assert_eq!(code, 1, "{text}");
            assert!(!out.contains("ZEBRA") && !err.contains("ZEBRA"), "{text}{words:?}\n{out}{err}");
        }
        fs::write(folder.path().join("form.csv"), text.replace("id,", "")).unwrap();
        let (_, out, err) = run(folder.path(), &["record", "--from", "form.csv"]);
        assert!(!out.contains("ZEBRA") && !err.contains("ZEBRA"), "{text}\n{out}{err}");
    }
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
    let folder = tempfile::tempdir().unwrap();
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    for (from, bytes) in snapshot(&example) {
        let to = folder.path().join(from.strip_prefix(&example).unwrap());
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::write(to, bytes).unwrap();
    }
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

fn tallies() -> impl Strategy<Value = Vec<(usize, u8)>> {
    prop::collection::vec((0_usize..8, 1_u8..=5), 1..60)
}

fn tally(items: &[(usize, u8)]) -> Tallies {
    let kinds: Vec<EvidenceKind> = EvidenceKind::all().collect();
    let mut tallies = Tallies::new();
    for (kind, rank) in items {
        tallies.entry(kinds[*kind]).or_default().add(*rank);
    }
    tallies
}

/// The grade with a kind's votes, as many as it has, all at one rank.
fn with_votes_at(items: &[(usize, u8)], kind: usize, rank: u8) -> u8 {
    let kinds: Vec<EvidenceKind> = EvidenceKind::all().collect();
    let mut tallies = tally(items);
    let count = tallies[&kinds[kind]].votes().len();
    let mut all = votes::GradeTally::default();
    (0..count).for_each(|_| all.add(rank));
    tallies.insert(kinds[kind], all);
    votes::grade(&tallies).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn order_never_matters(items in tallies(), seed in any::<u64>()) {
        let mut turned = items.clone();
        turned.sort_by_key(|item| (item.0 as u64 * 31 + u64::from(item.1)).wrapping_mul(seed | 1));
        prop_assert_eq!(votes::grade(&tally(&items)), votes::grade(&tally(&turned)));
    }

    #[test]
    fn one_more_item_stays_between_the_kinds_lowest_and_highest(items in tallies(), kind in 0_usize..8, rank in 1_u8..=5) {
        let mut more = items.clone();
        more.push((kind, rank));
        let grade = votes::grade(&tally(&more)).unwrap();
        prop_assert!(with_votes_at(&more, kind, 1) <= grade && grade <= with_votes_at(&more, kind, 5));
    }

    #[test]
    fn raising_an_item_never_lowers_a_grade(items in tallies(), which in any::<prop::sample::Index>()) {
        let before = votes::grade(&tally(&items)).unwrap();
        let mut raised = items.clone();
        let index = which.index(raised.len());
        raised[index].1 = (raised[index].1 + 1).min(5);
        prop_assert!(votes::grade(&tally(&raised)).unwrap() >= before);
    }

    #[test]
    fn firm_means_that_no_kind_carries_it(items in tallies()) {
        let tallies = tally(&items);
        let (grade, label, changes) = firmness(&tallies, &[]);
        match label {
            Firmness::NoGrade => prop_assert!(tallies.len() < 2 && grade.is_none()),
            Firmness::Firm => prop_assert!(tallies.keys().all(|kind| votes::without(&tallies, *kind) == grade)),
            _ => prop_assert!(!changes.is_empty() && changes.iter().all(|(_, other)| Some(*other) != grade)),
        }
    }
}
