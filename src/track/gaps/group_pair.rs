//! The pairs of groups that a column divides pupils into.

use crate::privacy::audience::Audience;
use crate::school::attainment::pupils::SEND;
use crate::school::{Group, Grouping, Id};

/// What the second side is called, where it is all who are not in the first.
pub const OTHERS: &str = "all others";

/// Two groups that are set against each other; no pupil is in both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct GroupPair {
    pub(super) first: Group,
    pub(super) second: Group,
    /// What people read of each.
    pub(super) says: (String, String),
}

/// The pairs of a column: yes against no; special needs against none, and each kind of them; of more values
/// each against all others.
pub(super) fn pairs(grouping: &Grouping, values: &[Id]) -> Vec<GroupPair> {
    let of = |values: &[&Id]| Group::Of {
        column: grouping.column.clone(),
        values: values.iter().map(|value| (*value).clone()).collect(),
    };
    let says = |value: &Id| grouping.says(value.as_str());
    if grouping.column.as_str() == SEND {
        let [n, k, e] = ["N", "K", "E"].map(Id::new);
        let none = || of(&[&n]);
        let mut pairs =
            vec![GroupPair { first: of(&[&e, &k]), second: none(), says: ("SEND".to_owned(), says(&n)) }];
        for kind in [k, e] {
            pairs.push(GroupPair { first: of(&[&kind]), second: none(), says: (says(&kind), says(&n)) });
        }
        return pairs;
    }
    let order = |value: &Id| grouping.words.iter().position(|(word, _)| *word == value.as_str());
    let mut values: Vec<&Id> = values.iter().collect();
    values.sort_by_key(|value| (order(value), value.as_str() != "yes", (*value).clone()));
    match values.as_slice() {
        [] | [_] => Vec::new(),
        [first, second] => {
            vec![GroupPair { first: of(&[first]), second: of(&[second]), says: (says(first), says(second)) }]
        }
        all => all
            .iter()
            .map(|value| {
                let rest: Vec<&Id> = all.iter().copied().filter(|other| other != value).collect();
                GroupPair { first: of(&[value]), second: of(&rest), says: (says(value), OTHERS.to_owned()) }
            })
            .collect(),
    }
}

/// Whether an audience may see a group at all: SEND support or plans alone only the leader may.
pub(super) fn open_to(group: &Group, audience: &Audience) -> bool {
    let Group::Of { column, values } = group else { return true };
    let alone = values.len() == 1 && values.iter().all(|value| value.as_str() != "N");
    *audience == Audience::Leader || column.as_str() != SEND || !alone
}
