//! Properties of the votes.

use proptest::prelude::*;

use phase::judge::firmness::{Firmness, firmness};
use phase::judge::votes;
use phase::judge::votes::Tallies;
use phase::school::EvidenceKind;

fn tallies() -> impl Strategy<Value = Vec<(usize, u8)>> {
    prop::collection::vec((0_usize..8, 1_u8..=5), 1..60)
}

fn tally(items: &[(usize, u8)]) -> Tallies {
    let kinds: Vec<EvidenceKind> = EvidenceKind::ALL.to_vec();
    let mut tallies = Tallies::new();
    for (kind, rank) in items {
        tallies.entry(kinds[*kind]).or_default().add(*rank);
    }
    tallies
}

/// The grade with a kind's votes, as many as it has, all at one rank.
fn with_votes_at(items: &[(usize, u8)], kind: usize, rank: u8) -> u8 {
    let kinds: Vec<EvidenceKind> = EvidenceKind::ALL.to_vec();
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
