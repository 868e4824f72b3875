//! How firm a grade is: whether the evidence is broad enough, and whether it rests on one kind.

use serde::Serialize;

use super::votes::{self, Tallies};
use crate::school::{EvidenceKind, Rank, Sufficiency};

fixed_words! {
    /// How firm a grade is, the firmest first.
    pub enum Firmness {
        /// Leaving out any one kind leaves it unchanged.
        Firm = "firm",
        /// Leaving out some kind changes it.
        Borderline = "borderline",
        /// A check is missing: the grade stands in brackets.
        Provisional = "provisional",
        /// Fewer than two kinds: there is no grade.
        NoGrade = "no-grade" => "no grade",
    }
}

impl Firmness {
    /// Whether there is not enough evidence.
    pub fn lacks_evidence(self) -> bool {
        matches!(self, Firmness::Provisional | Firmness::NoGrade)
    }
}

/// A check of how broad the evidence is, in the order in which they are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum BreadthCheck {
    /// Different kinds of evidence.
    Kinds,
    /// Pieces of evidence.
    Items,
    Classes,
    /// Different weeks, Monday to Sunday.
    Weeks,
    /// Different people, or something looked at together.
    Observers,
}

/// How broad evidence is, or must be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Breadth {
    /// How many kinds.
    pub kinds: u32,
    pub items: u32,
    /// How many classes; none where the classes are not known.
    pub classes: Option<u32>,
    pub weeks: u32,
    /// How many people; one joint item counts as enough.
    pub observers: u32,
}

impl Breadth {
    /// What an aspect needs for a settled grade: `speak` kinds can speak to it, and the phase has so many
    /// classes, where they are known.
    pub fn needed(sufficiency: &Sufficiency, speak: usize, classes: Option<usize>) -> Self {
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let room = |classes: usize| {
            let least = count(classes.div_ceil(2).max(classes.min(2)));
            sufficiency.classes.map_or(least, |set| set.min(count(classes)))
        };
        Self {
            kinds: sufficiency.kinds.min(count(speak)),
            items: sufficiency.items,
            classes: classes.map(room),
            weeks: sufficiency.weeks,
            observers: sufficiency.observers,
        }
    }

    /// The checks that fail.
    pub fn missing(&self, needed: &Breadth) -> Vec<BreadthCheck> {
        let checks = [
            (BreadthCheck::Kinds, self.kinds < needed.kinds),
            (BreadthCheck::Items, self.items < needed.items),
            (BreadthCheck::Classes, needed.classes.is_some_and(|needed| self.classes.unwrap_or(0) < needed)),
            (BreadthCheck::Weeks, self.weeks < needed.weeks),
            (BreadthCheck::Observers, self.observers < needed.observers),
        ];
        checks.into_iter().filter(|(_, fails)| *fails).map(|(check, _)| check).collect()
    }
}

/// The grade of an aspect, how firm it is, and each kind whose loss changes it with the other grade.
pub fn firmness(
    tallies: &Tallies,
    missing: &[BreadthCheck],
) -> (Option<Rank>, Firmness, Vec<(EvidenceKind, Rank)>) {
    let grade = votes::grade(tallies).filter(|_| tallies.len() >= 2);
    let Some(grade) = grade else { return (None, Firmness::NoGrade, Vec::new()) };
    if !missing.is_empty() {
        return (Some(grade), Firmness::Provisional, Vec::new());
    }
    let changes: Vec<(EvidenceKind, Rank)> = tallies
        .keys()
        .filter_map(|kind| {
            votes::without(tallies, *kind).filter(|other| *other != grade).map(|other| (*kind, other))
        })
        .collect();
    let firmness = if changes.is_empty() { Firmness::Firm } else { Firmness::Borderline };
    (Some(grade), firmness, changes)
}
