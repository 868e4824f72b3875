//! The facts that collide where a session finds no place.

use std::collections::{BTreeMap, BTreeSet};

use crate::plan::constraints::{Rule, RuleReason};
use crate::plan::schedule::candidates::Candidate;
use crate::plan::schedule::context::PlanningContext;
use crate::plan::schedule::solver::{self, Model, ModelRow, RowSense};
use crate::plan::schedule::{conflicts, model};
use crate::school::{DatedHours, Id, SessionKind, day, half_term_name};

/// What a lesson visit takes up of a limit of visits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum VisitAllowance<'f> {
    Free,
    /// One more visit to a teacher.
    Teacher(&'f Id),
    /// A submitted visit that counts already, and can be taken up once.
    HandedIn(usize),
}

/// Every fact that keeps a session of the half term from any time of it.
#[derive(Debug)]
pub struct CollidingFacts<'s, 'a> {
    context: &'s PlanningContext<'a>,
    pub(super) candidates: Vec<Candidate>,
    /// For each candidate, the facts that shut it.
    shut_by: Vec<Vec<usize>>,
    facts: Vec<RuleReason>,
    /// The limits of visits, as facts: the fact, the teacher, how many more there may be.
    limits: Vec<(usize, Id, i64)>,
    /// The fact that all the sessions that are placed are wanted too.
    wanted: usize,
    /// How many sessions of each kind are placed.
    placed: BTreeMap<SessionKind, u32>,
}

impl<'s, 'a> CollidingFacts<'s, 'a> {
    /// The facts of a setting, where so many sessions of each kind are placed.
    pub fn new(context: &'s PlanningContext<'a>, placed: BTreeMap<SessionKind, u32>) -> Self {
        let mut slots = context.school.set_up.calendar.slots(context.half_term);
        slots.extend(&context.slots);
        slots.sort();
        slots.dedup();
        let mut candidates = context.candidates(&slots);
        for candidate in &mut candidates {
            let more = conflicts::in_the_way(context, candidate);
            candidate.shut.extend(more);
        }
        let mut index: BTreeMap<String, usize> = BTreeMap::new();
        let mut facts: Vec<RuleReason> = Vec::new();
        let mut fact = |reason: &RuleReason| {
            *index.entry(reason.fact.clone()).or_insert_with(|| {
                facts.push(in_general(context, reason));
                facts.len() - 1
            })
        };
        let mut shut_by = Vec::new();
        for candidate in &candidates {
            let mut list: Vec<usize> = candidate.shut.iter().map(&mut fact).collect();
            list.sort_unstable();
            list.dedup();
            shut_by.push(list);
        }
        let teachers: BTreeSet<&Id> =
            candidates.iter().flat_map(|candidate| &candidate.session.teachers).collect();
        let mut limits = Vec::new();
        for teacher in teachers {
            for (_, reason, room) in model::visit_limits(context, teacher) {
                limits.push((fact(&reason), teacher.clone(), room));
            }
        }
        let wanted = fact(&wanted(context));
        Self { context, candidates, shut_by, facts, limits, wanted, placed }
    }

    /// Whether one session of a kind more than are placed finds a place while only these facts hold. What cannot be
    /// proved counts as possible, so that a fact is never blamed without proof.
    pub fn is_possible(&self, kind: SessionKind, active: &[bool]) -> bool {
        let outcome = solver::solve(&PlacementQuestion { facts: self, kind, active }.model());
        outcome.cost == 0 || outcome.bound == 0
    }

    /// Facts that cannot all hold if one session of a kind more is to find a place, none of which can
    /// be left out: each in turn is dropped, and stays dropped where it still cannot be. That other
    /// sessions are wanted too is dropped first: what a session has against it alone says more.
    pub(super) fn irreducible(&self, kind: SessionKind) -> Vec<RuleReason> {
        let active = self.core(kind);
        let facts = self.facts.iter().zip(&active).filter(|(_, active)| **active);
        let mut core: Vec<RuleReason> = facts.map(|(reason, _)| reason.clone()).collect();
        core.sort_by_key(|reason| (std::cmp::Reverse(patience(reason.rule)), reason.says.clone()));
        if core.is_empty() {
            // Times that overlap each other are no fact of their own: then the sum is all there is to say.
            core.extend(self.facts.get(self.wanted).cloned());
        }
        core
    }

    /// Which facts are in the irreducible set; none where nothing collides.
    pub fn core(&self, kind: SessionKind) -> Vec<bool> {
        let mut active = vec![true; self.facts.len()];
        if self.is_possible(kind, &active) {
            return vec![false; self.facts.len()];
        }
        set(&mut active, self.wanted, false);
        if self.is_possible(kind, &active) {
            set(&mut active, self.wanted, true);
        }
        let mut order: Vec<usize> =
            (0..self.facts.len()).filter(|fact| active.get(*fact) == Some(&true)).collect();
        order.sort_by_key(|fact| {
            self.facts.get(*fact).map(|reason| (patience(reason.rule), reason.says.clone()))
        });
        for fact in order {
            set(&mut active, fact, false);
            if self.is_possible(kind, &active) {
                set(&mut active, fact, true);
            }
        }
        active
    }
}

/// What one time can be used for: a kind of session, and what it takes up of the limits of visits.
type TimeUses<'f> = BTreeSet<(SessionKind, VisitAllowance<'f>)>;

/// Whether one session of a kind more finds a place while only some facts hold, as a model of its own.
struct PlacementQuestion<'f, 's, 'a> {
    facts: &'f CollidingFacts<'s, 'a>,
    kind: SessionKind,
    active: &'f [bool],
}

impl<'f> PlacementQuestion<'f, '_, '_> {
    fn holds(&self, fact: usize) -> bool {
        self.active.get(fact).copied().unwrap_or(false)
    }

    fn wants(&self, demand: SessionKind) -> bool {
        demand == self.kind || self.holds(self.facts.wanted)
    }

    /// The limits of visits that hold: the teacher, and how many more visits there may be.
    fn limits(&self) -> impl Iterator<Item = (&'f Id, i64)> {
        let holding = self.facts.limits.iter().filter(|(fact, ..)| self.holds(*fact));
        holding.map(|(_, teacher, room)| (teacher, *room))
    }

    /// What a candidate takes up of the limits of visits to these teachers.
    fn allowance(&self, candidate: &'f Candidate, limited: &BTreeSet<&Id>) -> VisitAllowance<'f> {
        let adds = |teacher: &&Id| {
            let least = self.limits().filter(|(of, _)| of == teacher).map(|(_, room)| room).min();
            model::adds(self.facts.context, candidate, teacher, least.unwrap_or(0)) > 0
        };
        let mut teachers = candidate.session.teachers.iter().filter(|teacher| limited.contains(teacher));
        match (teachers.clone().find(adds), teachers.next(), candidate.origin.handed_in()) {
            (Some(teacher), ..) => VisitAllowance::Teacher(teacher),
            (None, Some(_), Some(index)) => VisitAllowance::HandedIn(index),
            _ => VisitAllowance::Free,
        }
    }

    /// How many times there are for each set of uses.
    fn alike_times(&self) -> BTreeMap<TimeUses<'f>, u32> {
        let limited: BTreeSet<&Id> = self.limits().map(|(teacher, _)| teacher).collect();
        let mut times: BTreeMap<DatedHours, TimeUses<'f>> = BTreeMap::new();
        for (candidate, shut_by) in self.facts.candidates.iter().zip(&self.facts.shut_by) {
            let session = &candidate.session;
            if self.wants(session.kind) && !shut_by.iter().any(|fact| self.holds(*fact)) {
                let room = self.allowance(candidate, &limited);
                times.entry(session.when).or_default().insert((session.kind, room));
            }
        }
        let mut alike = BTreeMap::new();
        for uses in times.into_values() {
            *alike.entry(uses).or_default() += 1;
        }
        alike
    }

    /// The model, which costs nothing where every session finds a place.
    fn model(&self) -> Model {
        let mut model = Model::default();
        let mut of_kind: BTreeMap<SessionKind, Vec<(usize, i64)>> = BTreeMap::new();
        let mut of_room: BTreeMap<VisitAllowance<'_>, Vec<(usize, i64)>> = BTreeMap::new();
        // Times at which the same can be are one column: what counts is how many there are.
        for (number, (uses, count)) in self.alike_times().into_iter().enumerate() {
            let mut terms = Vec::new();
            for (kind, room) in uses {
                let column = model.column(format!("x{number}_{}", terms.len()), 0, count);
                terms.push((column, 1));
                of_kind.entry(kind).or_default().push((column, 1));
                of_room.entry(room).or_default().push((column, 1));
            }
            model.at_most(format!("times{number}"), terms, i64::from(count));
        }
        for (number, (teacher, room)) in self.limits().enumerate() {
            if let Some(terms) = of_room.get(&VisitAllowance::Teacher(teacher)) {
                model.at_most(format!("limit{number}"), terms.clone(), room.max(0));
            }
        }
        for (room, terms) in of_room.iter().filter(|(room, _)| matches!(room, VisitAllowance::HandedIn(_))) {
            model.at_most(format!("once_{room:?}"), terms.clone(), 1);
        }
        for demand in self.facts.context.demands.iter().filter(|demand| self.wants(demand.kind)) {
            let placed = self.facts.placed.get(&demand.kind).copied().unwrap_or(0);
            let count = placed + u32::from(demand.kind == self.kind);
            let short = |nth| format!("short_{}_{nth}", demand.kind.word());
            let slack = (0..count).map(|nth| model.column(short(nth), 1, 1)).collect();
            model.rows.push(ModelRow {
                name: demand.kind.word().to_owned(),
                terms: of_kind.remove(&demand.kind).unwrap_or_default(),
                sense: RowSense::Exactly,
                right: i64::from(count),
                slack,
            });
        }
        model
    }
}

fn set(active: &mut [bool], fact: usize, value: bool) {
    if let Some(slot) = active.get_mut(fact) {
        *slot = value;
    }
}

/// In which order facts are dropped: single people's first, what the plan is made of last.
fn patience(rule: Rule) -> u8 {
    match rule {
        Rule::Wanted => 6,
        Rule::NotProgrammed => 7,
        Rule::Past | Rule::Asked => 5,
        Rule::Closure | Rule::OutsideHalfTerm | Rule::Taken => 4,
        Rule::VisitsPerHalfTerm | Rule::VisitsPerYear | Rule::Cover | Rule::Window => 3,
        Rule::TaskOrder => 2,
        Rule::NotTaught => 1,
        _ => 0,
    }
}

fn wanted(context: &PlanningContext<'_>) -> RuleReason {
    let total: u32 = context.demands.iter().map(|demand| demand.count).sum();
    let kept = context.kept.len();
    let already = if kept > 0 { format!(", beside {kept} already there") } else { String::new() };
    let says = format!("{total} sessions are wanted{already}, one at a time");
    RuleReason::of_fact(Rule::Wanted, "all".to_owned(), says, Some(&context.phase.at))
}

/// A reason that was met at one time, in words that hold for all of them.
pub(crate) fn in_general(context: &PlanningContext<'_>, reason: &RuleReason) -> RuleReason {
    let says = match reason.rule {
        Rule::NotProgrammed => {
            let days: Vec<String> = context.slots.iter().map(|when| when.to_string()).collect();
            let name = half_term_name(context.half_term.number);
            match days.as_slice() {
                [] => format!("you have no programmed session left in {name}"),
                [one] => format!("you have one programmed session in {name}: {one}"),
                [first, .., last] => {
                    format!("you have {} programmed sessions in {name}: {first} to {last}", days.len())
                }
            }
        }
        Rule::NotTaught if reason.at.is_some() => {
            let class = reason.fact.rsplit(' ').next().unwrap_or_default();
            format!("class {class} is taught other subjects then")
        }
        Rule::Past => format!("it is {} already", day(context.from)),
        _ => reason.says.clone(),
    };
    RuleReason { says, ..reason.clone() }
}
