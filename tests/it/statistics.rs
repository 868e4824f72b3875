//! The golden numbers of votes, firmness, roll-up and agreement, within 1e-6.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::workspace::root;
use phase::judge::firmness::{Breadth, BreadthCheck, Firmness, firmness};
use phase::judge::roll_up::RollUpMethod;
use phase::judge::votes::{self, GradeTally, Tallies};
use phase::load::frameworks::lookup::kind;
use phase::school::{AreaMethod, Sufficiency};
use phase::statistics::agreement::{Weight, agreement, krippendorff_alpha, weighted_kappa};
use phase::statistics::difference::{cliffs_delta, difference, verdict};
use phase::statistics::mean::{mean, value_added};
use phase::statistics::multiple_testing::{BY_CHANCE, adjusted, holds_up};
use phase::statistics::proportion::{Z95, more_than_half, wilson};
use phase::statistics::proportion_test::{
    Flag, around_zero, close_call, exact, flag, progress_half_width, pupils_gap, score_test, smallest_below,
};

fn cases(name: &str) -> Vec<Value> {
    let path = root().join("tests/golden/statistics.json");
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

fn tally(ranks: &[u8]) -> GradeTally {
    let mut tally = GradeTally::default();
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
            let found = tallies.get(&kind(name).unwrap()).map(GradeTally::votes).unwrap_or_default();
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
    let word = |check: &BreadthCheck| serde_json::to_value(check).unwrap();
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
        assert_eq!(label.title(), case["label"].as_str().unwrap(), "{}", case["id"]);
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
        let fit = RollUpMethod {
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

/// A count and its reference.
fn against(case: &Value) -> (u32, u32, f64) {
    (number(&case["x"]), number(&case["n"]), case["reference"].as_f64().unwrap())
}

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(|number| number.as_f64().unwrap()).collect()
}

fn word(flag: Flag) -> String {
    flag.word().replace('-', " ")
}

#[test]
fn a_share_against_a_reference() {
    for case in cases("wilson_interval") {
        let (x, n, reference) = against(&case);
        assert_eq!(word(flag(x, n, reference)), case["flag"], "{}", case["id"]);
        if let Some(gap) = case["pupil_gap"].as_i64() {
            assert_eq!(pupils_gap(x, n, reference), gap, "{}", case["id"]);
        }
    }
    for case in cases("score_test") {
        let (x, n, reference) = against(&case);
        let found = score_test(x, n, reference);
        same(found.map(|(z, _)| z), &case["z"], &case);
        same(found.map(|(_, p)| p), &case["p_two_sided"], &case);
        assert_eq!(found.map(|(z, _)| z.abs() > Z95), case["beyond"].as_bool(), "{}", case["id"]);
    }
    for case in cases("exact_binomial") {
        let (x, n, reference) = against(&case);
        same(exact(x, n, reference), &case["p"], &case);
        assert_eq!(word(flag(x, n, reference)), case["flag"], "{}", case["id"]);
        assert_eq!(close_call(x, n, reference), case["close_call"].as_bool(), "{}", case["id"]);
    }
}

/// The smallest shortfall that shows is the first that is flagged, counted one by one.
#[test]
fn what_numbers_could_show() {
    for n in [1, 10, 11, 12, 28, 30, 60, 90] {
        for reference in [0.05, 0.08, 0.5, 0.62, 0.78, 0.8, 0.95] {
            let below = (0..=n).filter(|x| flag(*x, n, reference) == Flag::Below);
            let counted = below.map(|x| -pupils_gap(x, n, reference)).min();
            assert_eq!(smallest_below(n, reference), counted, "{n} against {reference}");
        }
    }
}

#[test]
fn two_groups() {
    for case in cases("newcombe_difference") {
        let [x1, n1, x2, n2] = ["x1", "n1", "x2", "n2"].map(|name| number(&case[name]));
        let found = difference((x1, n1), (x2, n2));
        same(found.map(|found| found.difference), &case["difference"], &case);
        same(found.map(|found| found.low), &case["lower"], &case);
        same(found.map(|found| found.high), &case["upper"], &case);
        let said = serde_json::to_value(verdict((x1, n1), (x2, n2))).unwrap();
        assert_eq!(said.as_str().unwrap().replace('-', " "), case["verdict"], "{}", case["id"]);
    }
    for case in cases("cliffs_delta") {
        let found = cliffs_delta(&numbers(&case["group"]), &numbers(&case["others"]));
        same(found, &case["delta"], &case);
        same(found.map(|delta| 10.0 * delta), &case["index"], &case);
        same(found.map(|delta| f64::midpoint(1.0, delta)), &case["others_outrank"], &case);
    }
}

#[test]
fn means_and_progress() {
    for case in cases("t_interval") {
        let found = mean(&numbers(&case["d"]));
        same(found.map(|found| found.mean), &case["mean"], &case);
        same(found.and_then(|found| found.spread), &case["sd"], &case);
        same(found.and_then(|found| found.t), &case["t"], &case);
        let interval = found.and_then(|found| found.interval);
        same(interval.map(|(low, _)| low), &case["lower"], &case);
        same(interval.map(|(_, high)| high), &case["upper"], &case);
        let n = found.map_or(0, |found| found.n);
        assert_eq!(u64::from(n), case["n"].as_u64().unwrap(), "{}", case["id"]);
        assert_eq!(word(around_zero(n, interval)), case["verdict"], "{}", case["id"]);
    }
    for case in cases("value_added_2004") {
        let medians = numbers(&case["median_same_start"]);
        let pairs: Vec<(f64, f64)> = numbers(&case["actual"]).into_iter().zip(medians).collect();
        same(value_added(&pairs), &case["value_added"], &case);
    }
    for case in cases("progress_interval") {
        let (score, n) = (case["score"].as_f64().unwrap(), number(&case["n"]));
        let half = progress_half_width(case["national_sd"].as_f64().unwrap(), n);
        same(half, &case["half_width"], &case);
        same(half.map(|half| score - half), &case["lower"], &case);
        same(half.map(|half| score + half), &case["upper"], &case);
        let interval = half.map(|half| (score - half, score + half));
        assert_eq!(word(around_zero(n, interval)), case["verdict"], "{}", case["id"]);
    }
}

/// What schools have published of their progress scores' intervals, to the digits that they give.
#[test]
fn published_progress_intervals() {
    let path = root().join("tests/golden/statistics.json");
    let all: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let published = &all["published_progress_intervals"];
    let mut compared = 0;
    for row in published["rows"].as_array().unwrap() {
        let year = ["2016", "2017"].into_iter().find(|year| row["school"].as_str().unwrap().contains(year));
        let (Some(year), Some(widths)) = (year, row["half_width"].as_object()) else { continue };
        for (subject, width) in widths {
            let spread = published["implied_national_sd"][year][subject].as_f64().unwrap();
            let found = progress_half_width(spread, number(&row["n"])).unwrap();
            // The spread is worked back from rounded widths: the fewer pupils, the more that shows.
            let near = 0.011 + 0.01 / f64::from(number(&row["n"])).sqrt();
            assert!((found - width.as_f64().unwrap()).abs() <= near, "{row}");
            compared += 1;
        }
    }
    assert!(compared >= 6);
    for row in all["published_verdicts"].as_array().unwrap() {
        let interval = numbers(&row["ci"]);
        let found = around_zero(30, Some((interval[0], interval[1])));
        let wanted = if row["verdict"] == "sig above" { Flag::Above } else { Flag::InLine };
        assert_eq!(found, wanted, "{row}");
    }
}

#[test]
fn many_tests_at_once() {
    for case in cases("benjamini_hochberg") {
        let p = numbers(&case["p"]);
        let (found, wanted) = (adjusted(&p), case["adjusted"].as_array().unwrap());
        assert_eq!(found.len(), wanted.len(), "{}", case["id"]);
        for (found, wanted) in found.into_iter().zip(wanted) {
            same(Some(found), wanted, &case);
        }
        let kept: Vec<Value> =
            holds_up(&p, case["q"].as_f64().unwrap()).into_iter().map(Value::from).collect();
        assert_eq!(Value::from(kept), case["kept"], "{}", case["id"]);
        same(Some(BY_CHANCE * p.len() as f64), &case["flags_by_chance"], &case);
    }
}
