//! Candidates against the sessions already there.

use std::collections::{BTreeMap, BTreeSet};

use super::candidates::{Candidate, CandidateOrigin};
use super::context::{PlanningContext, taking_place};
use super::solver::{ModelRow, RowSense, count};
use crate::plan::constraints::{self, Rule, RuleReason};
use crate::school::{DatedHours, School, Session};

/// Candidates against the sessions already there: a candidate may be only where whatever is in its way
/// is moved away in the same plan.
pub(crate) struct ConflictTable<'s, 'a> {
    pub(crate) context: &'s PlanningContext<'a>,
    pub(crate) candidates: &'s [Candidate],
}

/// Sessions that are in a candidate's way together.
struct BlockingGroup {
    /// The sessions, by their place among everybody else's.
    sessions: Vec<usize>,
    /// How many of them may stay.
    may_stay: usize,
    reason: RuleReason,
}

impl ConflictTable<'_, '_> {
    /// The groups of sessions that are in a candidate's way.
    fn in_the_way(&self, candidate: &Candidate) -> Vec<BlockingGroup> {
        let session = &candidate.session;
        let used = candidate.origin.handed_in();
        let beside: Vec<(usize, &Session)> = self
            .context
            .others
            .iter()
            .enumerate()
            .filter(|(index, other)| Some(*index) != used && other.when.overlaps(&session.when))
            .map(|(index, other)| (index, *other))
            .collect();
        let mut groups: Vec<BlockingGroup> =
            beside.iter().filter_map(|(index, other)| self.clash(session, *index, other)).collect();
        groups.extend(self.full_place(session, &beside));
        groups.extend(self.used_cover(session, &beside));
        groups
    }

    /// Another session that cannot be at the same time.
    fn clash(&self, session: &Session, index: usize, other: &Session) -> Option<BlockingGroup> {
        // A visit to the phase leader's own class gives way: its teacher is in a programmed
        // session then. The answer shows it as a clash that remains.
        let teachers = other.teachers.iter().filter(|teacher| **teacher != session.owner).cloned().collect();
        let other = Session { teachers, ..other.clone() };
        let reason = constraints::clashes(self.context.school, session, &other).into_iter().next()?;
        Some(BlockingGroup { sessions: vec![index], may_stay: 0, reason })
    }

    /// The sessions that fill the place of a session.
    fn full_place(&self, session: &Session, beside: &[(usize, &Session)]) -> Option<BlockingGroup> {
        let place = session.place.as_deref()?;
        let capacity = constraints::capacity(self.context.school, place) as usize;
        let there: Vec<usize> = beside
            .iter()
            .filter(|(_, other)| constraints::same_place(session, other).is_some())
            .map(|(index, _)| *index)
            .collect();
        (capacity > 1 && there.len() >= capacity).then(|| {
            let says = format!(
                "{place} holds {capacity} sessions at once, and {} are there on {}",
                there.len(),
                session.when
            );
            let fact = format!("{place} {}", session.when);
            BlockingGroup {
                sessions: there,
                may_stay: capacity - 1,
                reason: RuleReason::of_fact(Rule::PlaceFull, fact, says, None),
            }
        })
    }

    /// The sessions that use up the cover that a session needs.
    fn used_cover(&self, session: &Session, beside: &[(usize, &Session)]) -> Vec<BlockingGroup> {
        let school = self.context.school;
        let Some(limit) = &self.context.limits.releases_per_period else { return Vec::new() };
        let mine = constraints::releases(school, session).len();
        let most = limit.most as usize;
        let there: Vec<usize> = beside
            .iter()
            .filter(|(_, other)| !constraints::releases(school, other).is_empty())
            .map(|(index, _)| *index)
            .collect();
        if mine == 0 || there.len() + mine <= most {
            return Vec::new();
        }
        let bears = format!("cover bears {} at a time", releases_in_words(most));
        let says = format!("{bears}, and {} are released on {}", there.len(), session.when);
        let group = |sessions: Vec<usize>, may_stay: usize, says: String| BlockingGroup {
            sessions,
            may_stay,
            reason: RuleReason::of_fact(Rule::Cover, limit.at.to_string(), says, Some(&limit.at)),
        };
        let mut groups = vec![group(there, most.saturating_sub(mine), says)];
        if mine > most {
            groups.push(group(Vec::new(), 0, bears));
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
                .filter(|BlockingGroup { sessions, may_stay, .. }| {
                    let movable = sessions
                        .iter()
                        .filter(|index| !self.movers(&[**index], &candidate.session.when).is_empty())
                        .count();
                    sessions.is_empty() || sessions.len() - movable > *may_stay
                })
                .map(|group| group.reason)
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
            for group in self.in_the_way(candidate) {
                let key = (group.sessions, group.may_stay, candidate.session.when);
                rows.entry(key).or_default().insert(index);
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

/// The reasons why a candidate clashes with the sessions already there, taken as immovable.
pub fn in_the_way(context: &PlanningContext<'_>, candidate: &Candidate) -> Vec<RuleReason> {
    ConflictTable { context, candidates: &[] }
        .in_the_way(candidate)
        .into_iter()
        .map(|group| group.reason)
        .collect()
}

fn releases_in_words(number: usize) -> String {
    match number {
        0 => "no release".to_owned(),
        1 => "one release".to_owned(),
        more => format!("{more} releases"),
    }
}

/// Returns what would be in the way of moving a session to its time, among all that takes place.
pub fn in_the_way_of(school: &School, half_term: u8, session: &Session) -> Vec<RuleReason> {
    let mut reasons = constraints::limits(school, session);
    for other in taking_place(school, half_term)
        .into_iter()
        .filter(|other| other.id != session.id && !session.stands_for(other))
    {
        reasons.extend(constraints::clashes(school, session, other));
    }
    reasons
}
