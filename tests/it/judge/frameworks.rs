//! The frameworks that are built in, and those of a school.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::program::{answer, run, today};
use crate::workspace::root;
use phase::load::formats::Folder;
use phase::load::frameworks::library;
use phase::load::load;
use phase::school::{AreaMethod, Id, School};

use super::workspace;

fn school(folder: &Path) -> School {
    let loaded = load(&Folder::new(folder), today());
    assert!(loaded.diagnostics.is_empty(), "{:?}", loaded.diagnostics);
    loaded.school.unwrap()
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
    let source = fs::read_to_string(root().join("src/load/frameworks/job-card.toml")).unwrap();
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
