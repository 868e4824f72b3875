//! Candidates against the sessions that stand: what is in a candidate's way, and what would have to
//! be moved away in the same plan.

use std::collections::{BTreeMap, BTreeSet};

use super::candidates::{Candidate, CandidateOrigin};
use super::context::PlanningContext;
use super::solver::{ModelRow, RowSense, count};
use crate::plan::constraints::{self, Rule, RuleReason};
use crate::school::{DatedHours, Session};

/// Candidates against the sessions that stand: a candidate may be only where whatever is in its way
/// is moved away in the same plan.
pub(crate) struct ConflictTable<'s, 'a> {
    pub(crate) setting: &'s PlanningContext<'a>,
    pub(crate) candidates: &'s [Candidate],
}

impl ConflictTable<'_, '_> {
    /// The groups of sessions that stand in a candidate's way, how many of each may stay, and why.
    fn in_the_way(&self, candidate: &Candidate) -> Vec<(Vec<usize>, usize, RuleReason)> {
        let school = self.setting.school;
        let session = &candidate.session;
        let used = candidate.origin.handed_in();
        let beside: Vec<(usize, &Session)> = self
            .setting
            .others
            .iter()
            .enumerate()
            .filter(|(index, other)| Some(*index) != used && other.when.overlaps(&session.when))
            .map(|(index, other)| (index, *other))
            .collect();
        let mut groups = Vec::new();
        for (index, other) in &beside {
            // A visit to the phase leader's own class gives way: its teacher is in a programmed
            // session then. The answer tells it as a clash that stands.
            let other = &Session {
                teachers: other
                    .teachers
                    .iter()
                    .filter(|teacher| **teacher != session.owner)
                    .cloned()
                    .collect(),
                ..(*other).clone()
            };
            if let Some(reason) = constraints::clashes(school, session, other).into_iter().next() {
                groups.push((vec![*index], 0, reason));
            }
        }
        if let Some(place) = session.place.as_deref() {
            let capacity = constraints::capacity(school, place) as usize;
            let there: Vec<usize> = beside
                .iter()
                .filter(|(_, other)| constraints::same_place(session, other).is_some())
                .map(|(index, _)| *index)
                .collect();
            if capacity > 1 && there.len() >= capacity {
                let says = format!(
                    "{place} holds {capacity} sessions at once, and {} are there on {}",
                    there.len(),
                    session.when
                );
                groups.push((
                    there,
                    capacity - 1,
                    RuleReason::of_fact(Rule::PlaceFull, format!("{place} {}", session.when), says, None),
                ));
            }
        }
        if let Some(limit) = &school.settings.limits.releases_per_period {
            let mine = constraints::releases(school, session).len();
            let most = limit.most as usize;
            let there: Vec<usize> = beside
                .iter()
                .filter(|(_, other)| !constraints::releases(school, other).is_empty())
                .map(|(index, _)| *index)
                .collect();
            if mine > 0 && there.len() + mine > most {
                let says = format!(
                    "cover bears {} at a time, and {} are released on {}",
                    releases_in_words(most),
                    there.len(),
                    session.when
                );
                groups.push((
                    there,
                    most.saturating_sub(mine),
                    RuleReason::of_fact(Rule::Cover, limit.at.to_string(), says, Some(&limit.at)),
                ));
                if mine > most {
                    groups.push((
                        Vec::new(),
                        0,
                        RuleReason::of_fact(
                            Rule::Cover,
                            limit.at.to_string(),
                            format!("cover bears {} at a time", releases_in_words(most)),
                            Some(&limit.at),
                        ),
                    ));
                }
            }
        }
        groups
    }

    /// The candidates that take one of these sessions to another time.
    fn movers(&self, group: &[usize], when: &DatedHours) -> Vec<usize> {
        self.candidates
            .iter()
            .enumerate()
            .filter(|(_, candidate)| {
                matches!(candidate.origin, CandidateOrigin::Moved(index) if group.contains(&index))
                    && !candidate.session.when.overlaps(when)
            })
            .map(|(index, _)| index)
            .collect()
    }

    /// The candidates that can be at all, and those that something immovable is in the way of.
    pub(crate) fn split(&self) -> (Vec<Candidate>, Vec<Candidate>) {
        let (mut open, mut shut) = (Vec::new(), Vec::new());
        for candidate in self.candidates {
            let reasons: Vec<RuleReason> = self
                .in_the_way(candidate)
                .into_iter()
                .filter(|(group, stay, _)| {
                    let movable = group
                        .iter()
                        .filter(|index| !self.movers(&[**index], &candidate.session.when).is_empty())
                        .count();
                    group.is_empty() || group.len() - movable > *stay
                })
                .map(|(.., reason)| reason)
                .collect();
            if reasons.is_empty() {
                open.push(candidate.clone());
            } else {
                shut.push(Candidate { shut: reasons, ..candidate.clone() });
            }
        }
        (open, shut)
    }

    /// A row for each group in a candidate's way: so many must be moved away first.
    pub(crate) fn rows(&self) -> Vec<ModelRow> {
        let mut rows: BTreeMap<(Vec<usize>, usize, DatedHours), BTreeSet<usize>> = BTreeMap::new();
        for (index, candidate) in self.candidates.iter().enumerate() {
            for (group, stay, _) in self.in_the_way(candidate) {
                rows.entry((group, stay, candidate.session.when)).or_default().insert(index);
            }
        }
        rows.into_iter()
            .enumerate()
            .map(|(number, ((group, stay, when), candidates))| {
                let needed = count(group.len().saturating_sub(stay));
                let terms = candidates
                    .into_iter()
                    .map(|index| (index, needed))
                    .chain(self.movers(&group, &when).into_iter().map(|index| (index, -1)));
                ModelRow {
                    name: format!("make_way_{number}"),
                    terms: terms.collect(),
                    sense: RowSense::AtMost,
                    right: 0,
                    slack: Vec::new(),
                }
            })
            .collect()
    }
}

/// The reasons why a candidate cannot be beside the sessions that stand, taken as immovable.
pub fn in_the_way(setting: &PlanningContext<'_>, candidate: &Candidate) -> Vec<RuleReason> {
    ConflictTable { setting, candidates: &[] }
        .in_the_way(candidate)
        .into_iter()
        .map(|(.., reason)| reason)
        .collect()
}

fn releases_in_words(number: usize) -> String {
    match number {
        0 => "no release".to_owned(),
        1 => "one release".to_owned(),
        more => format!("{more} releases"),
    }
}
