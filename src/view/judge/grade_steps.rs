//! The steps from grades to votes, in words.

use std::collections::BTreeMap;

use crate::judge::answer::AspectJudgement;
use crate::judge::votes;
use crate::judge::votes::{GradeTally, VOTES};
use crate::school::{AreaMethod, EvidenceKind, Rank};
use crate::view::counted;
use crate::view::judge::evaluation::heading;

/// The grades of a kind, and the votes that they give.
pub(crate) fn votes_of_kind(kind: EvidenceKind, counts: &BTreeMap<Rank, u32>) -> String {
    let mut tally = GradeTally::default();
    let mut ranks = Vec::new();
    for (rank, count) in counts {
        for _ in 0..*count {
            tally.add(*rank);
            if ranks.len() < 60 {
                ranks.push(*rank);
            }
        }
    }
    let items = tally.len();
    let all = if items as usize > ranks.len() {
        let counts: Vec<String> = counts.iter().map(|(rank, count)| format!("{count} x {rank}")).collect();
        counts.join(", ")
    } else {
        line(&ranks)
    };
    let places = if items > VOTES {
        let places: Vec<String> = tally.positions().iter().map(ToString::to_string).collect();
        format!("; places {}", places.join(" "))
    } else {
        String::new()
    };
    let pieces = counted(items as usize, "piece");
    format!("{}, {pieces}: {all}{places}; votes {}", heading(kind), line(&tally.votes()))
}

/// What the grade would be without a kind.
pub(crate) fn without_kind(aspect: &AspectJudgement, kind: EvidenceKind) -> String {
    let others = aspect.votes.iter().filter(|(other, _)| **other != kind);
    let mut rest: Vec<Rank> = others.flat_map(|(_, votes)| votes).copied().collect();
    rest.sort_unstable();
    let grade = votes::middle(&rest).map_or_else(|| "-".to_owned(), |rank| rank.to_string());
    format!("{} {} so {grade}", heading(kind), line(&rest))
}

/// How often the lowest of aspects that truly are the same comes out too low, where the lowest decides.
pub(crate) fn lowest_decides(method: AreaMethod, aspects: usize) -> String {
    if !method.is_secure() || aspects < 2 {
        return String::new();
    }
    let aspects = i32::try_from(aspects).unwrap_or(i32::MAX);
    let low = (100.0 * (1.0 - (1.0 - TOO_LOW).powi(aspects))).round();
    format!(
        " The lowest aspect decides; in simulation an area of {aspects} aspects that truly stand level comes out too low about {low} times in 100."
    )
}

/// The chance that one aspect comes out too low by the four votes, in simulation (the handbook's figures,
/// under stated assumptions: no evidence about real schools).
pub(crate) const TOO_LOW: f64 = 0.14;

pub(crate) fn line(ranks: &[Rank]) -> String {
    ranks.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
}
