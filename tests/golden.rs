//! The golden numbers: every case on votes, firmness, roll-up and agreement, within 1e-6.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    reason = "tests may panic"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use phase::judge::firmness::{Breadth, Check, Firmness, firmness};
use phase::judge::roll_up::Fit;
use phase::judge::votes::{self, Tallies, Tally};
use phase::load::frameworks::kind;
use phase::school::evidence::Sufficiency;
use phase::school::framework::AreaMethod;
use phase::statistics::agreement::{Weight, agreement, krippendorff_alpha, weighted_kappa};
use phase::statistics::shares::{more_than_half, wilson};
use serde_json::Value;

fn cases(name: &str) -> Vec<Value> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/statistics.json");
    let all: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let cases = all["statistics"][name]["cases"].as_array().unwrap().clone();
    assert!(cases.len() >= 25, "{name}");
    cases
}

fn number(value: &Value) -> u32 {
    u32::try_from(value.as_u64().unwrap()).unwrap()
}

fn ranks(value: &Value) -> Vec<u8> {
    value.as_array().unwrap().iter().map(|rank| u8::try_from(rank.as_u64().unwrap()).unwrap()).collect()
}

fn rank(value: &Value) -> Option<u8> {
    value.as_u64().map(|rank| u8::try_from(rank).unwrap())
}

/// A number that may not be computable.
fn same(found: Option<f64>, wanted: &Value, case: &Value) {
    match (found, wanted.as_f64()) {
        (None, None) => {}
        (Some(found), Some(wanted)) if (found - wanted).abs() <= 1e-6 => {}
        (found, wanted) => panic!("{}: {found:?}, wanted {wanted:?}", case["id"]),
    }
}

fn pairs(case: &Value) -> Vec<(u8, u8)> {
    ranks(&case["first"]).into_iter().zip(ranks(&case["second"])).collect()
}

fn tally(ranks: &[u8]) -> Tally {
    let mut tally = Tally::default();
    ranks.iter().for_each(|rank| tally.add(*rank));
    tally
}

#[test]
fn four_votes_grade() {
    for case in cases("four_votes_grade") {
        let mut tallies = Tallies::new();
        for (name, grades) in case["evidence"].as_object().unwrap() {
            if !ranks(grades).is_empty() {
                tallies.insert(kind(name).unwrap(), tally(&ranks(grades)));
            }
        }
        for (name, wanted) in case["votes"].as_object().unwrap() {
            let found = tallies.get(&kind(name).unwrap()).map(Tally::votes).unwrap_or_default();
            assert_eq!(found, ranks(wanted), "{}", case["id"]);
        }
        assert_eq!(votes::line(tallies.values()), ranks(&case["line"]), "{}", case["id"]);
        let grade = votes::grade(&tallies);
        assert_eq!(grade, rank(&case["grade"]), "{}", case["id"]);
        if let Some(grade) = grade {
            let wanted = (number(&case["support"]), number(&case["items"]));
            assert_eq!(votes::support(&tallies, grade), wanted, "{}", case["id"]);
        }
        for (name, wanted) in case["drop_one_kind"].as_object().unwrap() {
            assert_eq!(votes::without(&tallies, kind(name).unwrap()), rank(wanted), "{}", case["id"]);
        }
    }
}

#[test]
fn firmness_of_a_grade() {
    let word = |check: &Check| serde_json::to_value(check).unwrap();
    for case in cases("firmness") {
        let items: Vec<&Value> = case["items"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|item| number(&item["half_terms_ago"]) <= 1)
            .collect();
        let mut tallies = Tallies::new();
        for item in &items {
            tallies
                .entry(kind(item["kind"].as_str().unwrap()).unwrap())
                .or_default()
                .add(rank(&item["grade"]).unwrap());
        }
        let distinct = |key: &str| {
            let values: BTreeSet<&str> = items.iter().map(|item| item[key].as_str().unwrap()).collect();
            u32::try_from(values.len()).unwrap()
        };
        let joint = items.iter().any(|item| item["joint"].as_bool().unwrap());
        let breadth = Breadth {
            kinds: u32::try_from(tallies.len()).unwrap(),
            items: u32::try_from(items.len()).unwrap(),
            classes: Some(distinct("class")),
            weeks: distinct("week"),
            observers: if joint { 2 } else { distinct("observer") },
        };
        let classes = usize::try_from(number(&case["phase_classes"])).unwrap();
        let needed = Breadth::needed(&Sufficiency::default(), 8, Some(classes));
        let missing = breadth.missing(&needed);
        let (grade, label, changes) = firmness(&tallies, &missing);
        assert_eq!(
            Value::from(missing.iter().map(word).collect::<Vec<_>>()),
            case["missing"],
            "{}",
            case["id"]
        );
        assert_eq!(number(&case["counted"]), breadth.items, "{}", case["id"]);
        assert_eq!(grade, rank(&case["grade"]), "{}", case["id"]);
        assert_eq!(label.word(), case["label"].as_str().unwrap(), "{}", case["id"]);
        let wanted: BTreeMap<_, _> = case["changes_if_left_out"]
            .as_object()
            .unwrap()
            .iter()
            .map(|(name, other)| (kind(name).unwrap(), rank(other).unwrap()))
            .collect();
        assert_eq!(changes.into_iter().collect::<BTreeMap<_, _>>(), wanted, "{}", case["id"]);
        assert!(label != Firmness::NoGrade || grade.is_none());
    }
}

#[test]
fn area_roll_up() {
    for case in cases("area_roll_up") {
        let aspects: Vec<Option<u8>> = case["aspects"].as_array().unwrap().iter().map(rank).collect();
        let method = case["method"].as_str().unwrap();
        let eif = method == "best-fit-eif";
        let fit = Fit {
            method: if method == "secure-fit" { AreaMethod::SecureFit } else { AreaMethod::BestFit },
            all_good_plus: eif,
            any_of: eif,
            top: if eif { 4 } else { 6 },
        };
        assert_eq!(fit.grade(&aspects), rank(&case["grade"]), "{case}");
        let complete = !aspects.is_empty() && aspects.iter().all(Option::is_some);
        assert_eq!(complete, case["complete"].as_bool().unwrap(), "{}", case["id"]);
    }
}

#[test]
fn kappa_and_alpha() {
    for case in cases("quadratic_weighted_kappa") {
        same(weighted_kappa(&pairs(&case), Weight::Quadratic), &case["kappa"], &case);
    }
    for case in cases("linear_weighted_kappa") {
        same(weighted_kappa(&pairs(&case), Weight::Linear), &case["kappa"], &case);
    }
    for case in cases("krippendorff_alpha_ordinal") {
        let raters: Vec<Vec<Option<u8>>> = case["raters"]
            .as_array()
            .unwrap()
            .iter()
            .map(|row| row.as_array().unwrap().iter().map(rank).collect())
            .collect();
        let length = raters.iter().map(Vec::len).max().unwrap_or(0);
        let units: Vec<Vec<u8>> = (0..length)
            .map(|unit| raters.iter().filter_map(|row| row.get(unit).copied().flatten()).collect())
            .collect();
        let pairable = units.iter().filter(|unit| unit.len() >= 2).count();
        assert_eq!(pairable, case["pairable_units"].as_u64().unwrap() as usize, "{}", case["id"]);
        same(krippendorff_alpha(&units), &case["alpha"], &case);
    }
}

#[test]
fn agreement_and_bias() {
    for case in cases("agreement_and_bias") {
        let found = agreement(&pairs(&case));
        assert_eq!(found.n, number(&case["n"]), "{}", case["id"]);
        assert_eq!(found.exact, number(&case["exact_count"]), "{}", case["id"]);
        assert_eq!(found.adjacent, number(&case["adjacent_count"]), "{}", case["id"]);
        let share = |count: u32| (found.n > 0).then(|| f64::from(count) / f64::from(found.n));
        same(share(found.exact), &case["exact"], &case);
        same(share(found.adjacent), &case["adjacent"], &case);
        same(found.bias, &case["bias"], &case);
    }
}

#[test]
fn shares() {
    for case in cases("more_than_half") {
        same(Some(more_than_half(number(&case["k"]), number(&case["n"]))), &case["probability"], &case);
    }
    for case in cases("wilson_interval") {
        let found = wilson(number(&case["x"]), number(&case["n"]));
        same(found.map(|(lower, _)| lower), &case["lower"], &case);
        same(found.map(|(_, upper)| upper), &case["upper"], &case);
    }
}
