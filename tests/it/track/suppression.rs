//! Which counts are hidden, and what follows from those that are shown.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use phase::school::{Group, Id, Measure};
use phase::track::suppression::bounds::{BoundsCell, BoundsTable, CountBounds};
use phase::track::suppression::mask::{CountTable, SuppressionLimits, TableAxis, Visibility, over};

fn layer(of: (&str, Measure), axis: &str, parts: &[(&str, u32, u32)]) -> CountTable {
    CountTable {
        of: (Id::new(of.0), of.1),
        axis: TableAxis::Column(Id::new(axis)),
        parts: parts.iter().map(|(value, n, x)| ((*value).to_owned(), (*n, *x))).collect(),
    }
}

const USUAL: SuppressionLimits = SuppressionLimits { hidden: 5, counted: 10 };

fn shown(layers: &[CountTable], axis: &str, value: &str) -> Visibility {
    let veil = over(layers, USUAL, &BTreeSet::new(), |_| false);
    veil.shows(&layers[0].of.0, layers[0].of.1, None, &Group::of(axis, &[value]))
}

/// The handbook's examples of what is hidden.
#[test]
fn small_numbers_are_hidden_as_worked() {
    let maths = ("maths", Measure::Expected);
    let sexes = [layer(maths, "sex", &[("M", 12, 8), ("F", 3, 1)])];
    assert_eq!([shown(&sexes, "sex", "M"), shown(&sexes, "sex", "F")], [Visibility::Nothing; 2]);
    let terms = [layer(maths, "birth_term", &[("autumn", 9, 5), ("spring", 4, 2), ("summer", 11, 6)])];
    assert_eq!(shown(&terms, "birth_term", "spring"), Visibility::Nothing);
    assert_eq!(shown(&terms, "birth_term", "autumn"), Visibility::Nothing);
    assert!(shown(&terms, "birth_term", "summer") < Visibility::Nothing);
    let ones = [layer(maths, "house", &[("a", 1, 1), ("b", 1, 0), ("c", 30, 20)])];
    for value in ["a", "b", "c"] {
        assert_eq!(shown(&ones, "house", value), Visibility::Nothing, "{value}");
    }
    // Total 30 (20 met), parts 22 (15 met) and 8: the numerator of the 8 would follow, so that of the 22 is hidden.
    let eights = [layer(maths, "eal", &[("no", 22, 15), ("yes", 8, 5)])];
    assert_eq!([shown(&eights, "eal", "no"), shown(&eights, "eal", "yes")], [Visibility::Number; 2]);
    // All or none of a sensitive group: hidden from governors, and with it the other part.
    let all = [layer(maths, "send", &[("K,E", 12, 0), ("N", 40, 30)])];
    let veil = over(&all, USUAL, &BTreeSet::new(), |_| true);
    let of = |value: &[&str]| veil.shows(&all[0].of.0, Measure::Expected, None, &Group::of("send", value));
    assert_eq!([of(&["E", "K"]), of(&["N"])], [Visibility::Number; 2]);
}

/// Every way in which the hidden counts of tables could be, by trying all of them: the least and the most of each.
fn by_trying(tables: &[BoundsTable]) -> BTreeMap<(usize, String), (i64, i64)> {
    let mut hidden: Vec<(usize, String, i64)> = Vec::new();
    for (index, table) in tables.iter().enumerate() {
        for (value, cell) in table.cells.iter().filter(|(_, cell)| cell.reached.is_none()) {
            hidden.push((index, value.clone(), i64::from(cell.n.unwrap())));
        }
    }
    let mut found: BTreeMap<(usize, String), (i64, i64)> = BTreeMap::new();
    let mut counts = vec![0; hidden.len()];
    loop {
        let of = |index: usize, value: &str| -> i64 {
            match tables[index].cells[value].reached {
                Some(x) => i64::from(x),
                None => {
                    counts
                        [hidden.iter().position(|(table, name, _)| *table == index && name == value).unwrap()]
                }
            }
        };
        let sums = tables.iter().enumerate().all(|(index, table)| {
            let sum: i64 = table.cells.keys().map(|value| of(index, value)).sum();
            table.reached.is_none_or(|total| i64::from(total) == sum)
        });
        // The second table is of the higher standard: nobody is at it who is not at the expected one.
        let within = tables.len() < 2 || tables[0].cells.keys().all(|value| of(1, value) <= of(0, value));
        if sums && within {
            for ((table, value, _), count) in hidden.iter().zip(&counts) {
                let range = found.entry((*table, value.clone())).or_insert((*count, *count));
                *range = (range.0.min(*count), range.1.max(*count));
            }
        }
        let Some(place) = (0..counts.len()).find(|place| counts[*place] < hidden[*place].2) else { break };
        counts[..place].fill(0);
        counts[place] += 1;
    }
    found
}

/// Of 6, 11 and 6 pupils 12 are at the expected standard and 11 at the higher, so that only one pupil in all is at the
/// expected standard alone: where one of the eleven is at the higher, one or two are at the expected.
#[test]
fn two_totals_tell_how_many_lie_between_them() {
    let cell = |n, reached| BoundsCell { n: Some(n), reached };
    let table = |measure, second, reached| BoundsTable {
        of: (Id::new("maths"), measure),
        cells: [("a", cell(6, None)), ("b", cell(11, second)), ("c", cell(6, None))]
            .map(|(value, cell)| (value.to_owned(), cell))
            .into(),
        n: Some(23),
        reached: Some(reached),
    };
    let tables = [table(Measure::Expected, None, 12), table(Measure::Higher, Some(1), 11)];
    let bounds = CountBounds::of(&tables);
    assert_eq!(bounds.range(0, Some("b")), Some((1, 2)));
    assert!(bounds.narrow().contains(&(0, Some("b".to_owned()))));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if cfg!(debug_assertions) { 300 } else { 3000 }))]

    /// What is worked out of shown counts is what trying every possibility finds, or wider never: each true
    /// range lies within it, and where it says that a count is open, it is.
    #[test]
    fn bounds_hold(
        parts in prop::collection::vec((1_u32..7, 0_u32..7, 0_u32..7, any::<bool>(), any::<bool>()), 2..4),
        totals in (any::<bool>(), any::<bool>()),
    ) {
        let cut = |parts: &[(u32, u32, u32, bool, bool)], higher: bool, total: bool| {
            let cells: BTreeMap<String, BoundsCell> = parts.iter().enumerate().map(|(index, (n, x, y, hide, hide_too))| {
                let (x, hide) = if higher { (*y.min(x).min(n), *hide_too) } else { (*x.min(n), *hide) };
                (index.to_string(), BoundsCell { n: Some(*n), reached: (!hide).then_some(x) })
            }).collect();
            let sum = |pick: fn(&(u32, u32, u32, bool, bool)) -> u32| parts.iter().map(pick).sum::<u32>();
            let reached = if higher { sum(|p| p.2.min(p.1).min(p.0)) } else { sum(|p| p.1.min(p.0)) };
            BoundsTable {
                of: (Id::new("maths"), if higher { Measure::Higher } else { Measure::Expected }),
                cells,
                n: Some(sum(|p| p.0)),
                reached: total.then_some(reached),
            }
        };
        let tables = [cut(&parts, false, totals.0), cut(&parts, true, totals.1)];
        let bounds = CountBounds::of(&tables);
        for ((table, value), (low, high)) in by_trying(&tables) {
            let range = bounds.range(table, Some(&value)).unwrap();
            prop_assert!(range.0 <= low && high <= range.1, "{range:?} {low}..{high} {tables:?}");
        }
    }

    /// After hiding, trying every possibility leaves at least three numbers for every hidden count, of parts and,
    /// where it is hidden, of the total; and where a number of pupils is hidden, at least five.
    #[test]
    fn what_is_hidden_stays_open(
        parts in prop::collection::vec((1_u32..26, 0_u32..26, 0_u32..26), 2..4),
        strict in any::<bool>(),
    ) {
        let of = |measure: Measure, pick: fn(&(u32, u32, u32)) -> u32| CountTable {
            of: (Id::new("maths"), measure),
            axis: TableAxis::Column(Id::new("house")),
            parts: parts.iter().enumerate().map(|(index, part)| (index.to_string(), (part.0, pick(part)))).collect(),
        };
        let layers = [
            of(Measure::Expected, |part| part.1.min(part.0)),
            of(Measure::Higher, |part| part.2.min(part.1).min(part.0)),
        ];
        let veil = over(&layers, USUAL, &BTreeSet::new(), |_| strict);
        let maths = Id::new("maths");
        let shown = |measure: Measure, value: &str| {
            veil.shows(&maths, measure, None, &Group::of("house", &[value]))
        };
        // Numbers of pupils: with nothing known but that none is negative, and with at least one in each.
        let hidden: Vec<u32> = layers[0].parts.iter()
            .filter(|(value, _)| shown(Measure::Expected, value) == Visibility::Nothing)
            .map(|(_, (n, _))| *n)
            .collect();
        let total = veil.total(&maths, Measure::Expected);
        if !hidden.is_empty() && total < Visibility::Nothing {
            let (sum, count) = (hidden.iter().sum::<u32>(), u32::try_from(hidden.len()).unwrap());
            prop_assert!(count >= 2 && sum >= 5 && sum + 1 - count >= 3, "{parts:?}");
        }
        // Small groups are never shown.
        for layer in &layers {
            for (value, (n, x)) in &layer.parts {
                let state = shown(layer.of.1, value);
                prop_assert!(*n > 5 || state == Visibility::Nothing);
                prop_assert!(*n > 10 || state >= Visibility::Number);
                prop_assert!(!strict || (*x != 0 && x != n) || state >= Visibility::Number);
            }
        }
        // What was reached: every possibility, where all numbers of pupils are shown.
        if hidden.is_empty() && parts.iter().all(|part| part.0 <= 12) {
            let tables: Vec<BoundsTable> = layers.iter().map(|layer| BoundsTable {
                of: layer.of.clone(),
                cells: layer.parts.iter().map(|(value, (n, x))| {
                    let reached = (shown(layer.of.1, value) == Visibility::All).then_some(*x);
                    (value.clone(), BoundsCell { n: Some(*n), reached })
                }).collect(),
                n: Some(layer.parts.values().map(|part| part.0).sum()),
                reached: (veil.total(&maths, layer.of.1) == Visibility::All)
                    .then(|| layer.parts.values().map(|part| part.1).sum()),
            }).collect();
            for ((table, value), (low, high)) in by_trying(&tables) {
                prop_assert!(high - low >= 2, "part {value} of {table} is {low} to {high}: {tables:?}");
            }
            // A total that is hidden does not follow from its parts.
            for table in tables.iter().filter(|table| table.reached.is_none() && table.n.is_some()) {
                prop_assert!(table.cells.values().any(|cell| cell.reached.is_none()), "{tables:?}");
            }
        }
    }
}
