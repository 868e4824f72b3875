//! Sessions that find no place, why, and what would make room.

pub mod colliding_facts;
pub mod ways_out;

use serde::Serialize;

use super::context::PlanningContext;
use super::model::PlanningModel;
use super::solver::Solution;
use crate::diagnostic::Place;
use crate::plan::constraints::Rule;
use crate::school::{Id, SessionKind};
use ways_out::{WayOut, ways_out};

pub use colliding_facts::CollidingFacts;
pub use ways_out::{RoomMakingChange, with_change};

/// A fact of those that collide.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct CollidingFact {
    pub rule: Rule,
    pub says: String,
    pub at: Option<Place>,
}

/// A session that found no place.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct UnplacedSession {
    pub owner: Id,
    /// The job card's task area.
    pub task_area: Option<u8>,
    pub kind: SessionKind,
    /// Its subject, where one was asked for.
    pub subject: Option<Id>,
    /// How many of the kind find no place.
    pub count: u32,
    /// The facts that collide: none of them can be left out.
    pub because: Vec<CollidingFact>,
    pub ways_out: Vec<WayOut>,
}

/// What found no place, why, and what would help.
pub fn unplaced(
    context: &PlanningContext<'_>,
    problem: &PlanningModel<'_, '_>,
    outcome: &Solution,
) -> Vec<UnplacedSession> {
    let missing = |columns: &[usize]| {
        columns.iter().filter(|column| outcome.values.get(**column).is_some_and(|value| *value > 0)).count()
    };
    let short: Vec<(SessionKind, usize)> = problem
        .left_out
        .iter()
        .map(|(kind, columns)| (*kind, missing(columns)))
        .filter(|(_, count)| *count > 0)
        .collect();
    if short.is_empty() {
        return Vec::new();
    }
    let found =
        |kind: SessionKind| short.iter().find(|(other, _)| *other == kind).map_or(0, |(_, count)| *count);
    let placed = context
        .demands
        .iter()
        .map(|demand| {
            (demand.kind, demand.count.saturating_sub(u32::try_from(found(demand.kind)).unwrap_or(0)))
        })
        .collect();
    let facts = CollidingFacts::new(context, placed);
    let total: usize = short.iter().map(|(_, count)| count).sum();
    short
        .into_iter()
        .map(|(kind, count)| {
            let core = facts.irreducible(kind);
            UnplacedSession {
                owner: context.phase.leader.clone(),
                task_area: kind.task_area(),
                kind,
                subject: None,
                count: u32::try_from(count).unwrap_or(u32::MAX),
                ways_out: ways_out(context, &facts, kind, &core, total),
                because: core
                    .into_iter()
                    .map(|reason| CollidingFact { rule: reason.rule, says: reason.says, at: reason.at })
                    .collect(),
            }
        })
        .collect()
}
