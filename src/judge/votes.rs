//! The four-votes method: the grades of an aspect by kind, at most four votes a kind, the middle vote, the
//! lower of two. It is a capped low median; the middle grade is Balinski and Laraki's majority grade
//! (PNAS 104, 2007).

use std::collections::BTreeMap;

use crate::school::{EvidenceKind, Rank};

/// The most votes that a kind of evidence has.
pub const VOTES: u32 = 4;

/// The grades of one kind of evidence, counted by rank: the order in which they came is not counted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GradeTally {
    counts: BTreeMap<Rank, u32>,
}

impl GradeTally {
    /// Adds an item at a rank.
    pub fn add(&mut self, rank: Rank) {
        *self.counts.entry(rank).or_default() += 1;
    }

    /// How many items there are.
    pub fn len(&self) -> u32 {
        self.counts.values().sum()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.counts.is_empty()
    }

    /// How many items are at each rank, the lowest first.
    pub fn counts(&self) -> impl DoubleEndedIterator<Item = (Rank, u32)> {
        self.counts.iter().map(|(rank, count)| (*rank, *count))
    }

    /// How many items are at the rank or better.
    pub fn at_or_above(&self, rank: Rank) -> u32 {
        self.counts.range(rank..).map(|(_, count)| count).sum()
    }

    /// The item at a place of the line, counted from 1, low to high.
    fn at(&self, position: u32) -> Option<Rank> {
        let mut before = 0;
        self.counts().find_map(|(rank, count)| {
            before += count;
            (position <= before).then_some(rank)
        })
    }

    /// The places of the items that vote, counted from 1, low to high: all where there are at most four,
    /// else the lower middle of each of four equal runs, ceil((2i - 1) n / 8).
    pub fn positions(&self) -> Vec<u32> {
        let items = self.len();
        if items <= VOTES {
            return (1..=items).collect();
        }
        (1..=VOTES).map(|vote| ((2 * vote - 1) * items).div_ceil(2 * VOTES)).collect()
    }

    /// The votes, low to high.
    pub fn votes(&self) -> Vec<Rank> {
        self.positions().into_iter().filter_map(|position| self.at(position)).collect()
    }
}

/// The grades of an aspect by kind; a kind without items is not in it.
pub type Tallies = BTreeMap<EvidenceKind, GradeTally>;

/// All votes in one line, low to high.
pub fn line<'t>(tallies: impl IntoIterator<Item = &'t GradeTally>) -> Vec<Rank> {
    let mut line: Vec<Rank> = tallies.into_iter().flat_map(GradeTally::votes).collect();
    line.sort_unstable();
    line
}

/// The middle of a line, the lower of two: the place floor((m + 1) / 2); none of an empty line.
pub fn middle(line: &[Rank]) -> Option<Rank> {
    line.get(line.len().checked_sub(1)? / 2).copied()
}

/// The grade of an aspect; none without items.
pub fn grade(tallies: &Tallies) -> Option<Rank> {
    middle(&line(tallies.values()))
}

/// The grade without one kind; none where nothing is left.
pub fn without(tallies: &Tallies, kind: EvidenceKind) -> Option<Rank> {
    middle(&line(tallies.iter().filter(|(other, _)| **other != kind).map(|(_, tally)| tally)))
}

/// How many of all items are at the rank or better, and how many items there are.
pub fn support(tallies: &Tallies, rank: Rank) -> (u32, u32) {
    let at_or_above = tallies.values().map(|tally| tally.at_or_above(rank)).sum();
    (at_or_above, tallies.values().map(GradeTally::len).sum())
}
