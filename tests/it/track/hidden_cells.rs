//! Hidden cells of random schools: no answer tells what they hold.

use proptest::prelude::*;
use serde_json::Value;

use crate::program::today;
use crate::workspace::workspace;
use phase::load::formats::Folder;
use phase::load::load;
use phase::privacy::audience::Audience;
use phase::school::{Group, Id, School};
use phase::track::query::AttainmentQuery;
use phase::track::{gaps, trajectory};

/// What would tell what a hidden cell holds.
const LEAKS: &[&str] = &[
    "at_standard",
    "percent",
    "interval",
    "pupils_gap",
    "flag",
    "p_exact",
    "expected_percent",
    "close_call",
    "smallest_shortfall",
    "without_joiners",
    "assessed",
    "without_result",
];

/// Everything that an answer says of a cell that is hidden is gone, and what stays adds up to nothing hidden.
fn holds_back(school: &School, audience: &Audience) {
    let phase = &school.set_up.phases[0];
    let groups = vec![
        Group::of("disadvantaged", &["yes"]),
        Group::of("disadvantaged", &["no"]),
        Group::of("send", &["N"]),
        Group::of("send", &["E", "K"]),
        Group::of("send", &["E"]),
    ];
    let asked = AttainmentQuery { groups, ..AttainmentQuery::default() };
    let found = trajectory::trajectory(school, phase, &asked, audience, today()).unwrap();
    let shares = serde_json::to_value(&found).unwrap();
    rows_hold_back(&shares, audience);
    let gaps = gaps::gaps(school, phase, &gaps::GapsQuery::default(), audience, today()).unwrap();
    gaps_hold_back(&serde_json::to_value(&gaps).unwrap(), &shares);
}

/// No row of the answer tells what is hidden in it, nor of whom it is when they are few.
fn rows_hold_back(shares: &Value, audience: &Audience) {
    for row in shares["subjects"].as_array().unwrap() {
        if row["hidden"] == "z" {
            assert!(row["n"] == 0 && row["at_standard"].is_null(), "{row}");
            assert_ne!(row["group"], "send=E", "{row}");
            continue;
        }
        if row["hidden"] == "c" {
            assert!(LEAKS.iter().all(|name| row[*name].is_null()), "{row}");
        } else if let Some(n) = row["n"].as_u64() {
            assert!(n >= 11, "{row}");
        }
        assert!(row["n"].is_null() || row["n"].as_u64().unwrap() > 5, "{row}");
        assert!(row["assessed"].is_null() && row["without_result"].is_null() && row["p_exact"].is_null());
        if let Some(share) = row["percent"].as_f64() {
            assert_eq!(share, share.round(), "{row}");
        }
        if matches!(audience, Audience::Governors | Audience::Staff) {
            let sensitive = row["group"] != "all";
            let (x, n) = (row["at_standard"].as_u64(), row["n"].as_u64());
            assert!(!sensitive || x.is_none() || (x != Some(0) && x != n), "{row}");
            assert!(row["year_group"].is_null(), "{row}");
        }
    }
}

/// No gap tells what is hidden on one of its sides, nor gives it away through a total.
fn gaps_hold_back(gaps: &Value, shares: &Value) {
    for gap in gaps["gaps"].as_array().unwrap() {
        let aparts = gap["before"].as_array().unwrap().iter().chain([gap]);
        for apart in aparts {
            let hidden = [&apart["first"], &apart["second"]].iter().any(|side| !side["hidden"].is_null());
            let leaks = ["difference", "interval", "pupils_gap", "verdict"];
            assert!(!hidden || leaks.iter().all(|name| apart[*name].is_null()), "{apart}");
        }
        // One part of a total that is shown gives the other away: then both are hidden.
        let (first, second) = (&gap["first"], &gap["second"]);
        let total = shares["subjects"].as_array().unwrap().iter().find(|row| {
            row["year_group"].is_null()
                && row["group"] == "all"
                && ["subject", "measure", "point"].iter().all(|name| row[*name] == gap[*name])
        });
        let known = total.is_some_and(|row| !row["at_standard"].is_null());
        let binary = ["disadvantaged", "sex", "eal", "mobility"].contains(&gap["column"].as_str().unwrap());
        if known && binary {
            assert_eq!(first["at_standard"].is_null(), second["at_standard"].is_null(), "{gap}");
        }
    }
}

/// A school of random pupils and results.
fn random_school(seed: &[(u8, u8, u8, u8)]) -> tempfile::TempDir {
    let mut pupils = "pupil,class,year_group,sex,disadvantaged,send,eal\n".to_owned();
    let mut rows = "pupil,subject,point,result,scale\n".to_owned();
    for (number, (a, b, c, d)) in seed.iter().enumerate() {
        let (class, year) = [("1A", 1), ("1B", 1), ("2A", 2), ("2B", 2)][usize::from(a % 4)];
        let pick = |byte: u8, words: &[&'static str]| words[usize::from(byte) % words.len()];
        pupils.push_str(&format!(
            "P{number},{class},{year},{},{},{},{}\n",
            pick(*b, &["F", "M"]),
            pick(b / 2, &["yes", "no", "no", "no"]),
            pick(b / 8, &["N", "N", "N", "N", "N", "K", "E"]),
            pick(*c, &["yes", "no", "no", "no", "no"]),
        ));
        for (point, byte) in [("baseline", *c), ("autumn", *d)] {
            for (shift, subject) in ["reading", "writing", "maths"].iter().enumerate() {
                let code = pick(
                    byte.wrapping_mul(7).wrapping_add(b.wrapping_mul(shift as u8 + 1)),
                    &["EXS", "WTS", "EXS", "GDS", "A", "WTS"],
                );
                rows.push_str(&format!("P{number},{subject},{point},{code},ladder\n"));
            }
        }
    }
    let targets = "subject,measure,percent\nreading,expected,75\nmaths,expected,80\nmaths,higher,20\n";
    workspace(&[("pupils.csv", &pupils), ("assessments.csv", &rows), ("targets.csv", targets)])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if cfg!(debug_assertions) { 48 } else { 400 }))]

    #[test]
    fn nothing_hidden_is_told(seed in prop::collection::vec(any::<(u8, u8, u8, u8)>(), 8..90)) {
        let folder = random_school(&seed);
        let school = load(&Folder::new(folder.path()), today()).school.unwrap();
        for audience in [
            Audience::Headteacher,
            Audience::Governors,
            Audience::Staff,
            Audience::SubjectLeader(Id::new("okafor")),
        ] {
            holds_back(&school, &audience);
        }
    }
}
