//! The scheduling problem of one phase leader's half term as the model that is solved.

use std::collections::{BTreeMap, BTreeSet};

use super::candidates::{Candidate, CandidateOrigin};
use super::conflicts::ConflictTable;
use super::context::PlanningContext;
use super::request::RequestedTime;
use super::solver::{Model, ModelRow, RowSense, count};
use crate::plan::constraints::{Rule, RuleReason};
use crate::school::{Id, Preference, Session, SessionKind};

/// The model, and what its columns mean.
#[derive(Debug)]
pub struct PlanningModel<'s, 'a> {
    pub context: &'s PlanningContext<'a>,
    /// The candidates that may be, in the order of the model's first columns.
    pub candidates: Vec<Candidate>,
    pub model: Model,
    /// What the further columns mean: the preference that each gives way on, and why.
    pub gives_way: BTreeMap<usize, (Preference, String)>,
    /// For each kind of session, the columns that count what is left out.
    pub left_out: BTreeMap<SessionKind, Vec<usize>>,
    /// The wishes, by the column that counts one not met.
    pub unmet: BTreeMap<usize, RequestedTime>,
    /// Candidates that only the school's limits of visits or cover shut; kept for explanations.
    pub blocked: Vec<Candidate>,
}

impl<'s, 'a> PlanningModel<'s, 'a> {
    /// Builds the model.
    pub fn new(context: &'s PlanningContext<'a>) -> Self {
        let candidates: Vec<Candidate> = context
            .candidates(&context.slots)
            .into_iter()
            .filter(|candidate| candidate.shut.is_empty())
            .collect();
        let (candidates, blocked) = ConflictTable { context, candidates: &candidates }.split();
        let mut problem = Self {
            context,
            candidates,
            model: Model::default(),
            gives_way: BTreeMap::new(),
            left_out: BTreeMap::new(),
            unmet: BTreeMap::new(),
            blocked,
        };
        problem.columns();
        problem.hard_rows();
        problem.preference_rows();
        problem.wishes();
        problem.demand_rows();
        problem
    }

    fn columns(&mut self) {
        let mut names = BTreeSet::new();
        for candidate in &self.candidates {
            let session = &candidate.session;
            let mut name = format!(
                "{}_{}_{}",
                session.kind.word(),
                session.when.date,
                session.when.hours.start.format("%H%M")
            );
            for part in session.subject.iter().chain(&session.classes) {
                name.push('_');
                name.extend(part.as_str().chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }));
            }
            name.push_str(match candidate.origin {
                CandidateOrigin::Alone => "",
                CandidateOrigin::Own(_) => "_own",
                CandidateOrigin::Moved(_) => "_moved",
                CandidateOrigin::Proposed => "_proposed",
            });
            let cost = candidate.costs.iter().map(|cost| cost.cost).sum();
            let mut unique = name.clone();
            while !names.insert(unique.clone()) {
                unique = format!("{name}_{}", names.len());
            }
            self.model.column(unique, cost, 1);
        }
    }

    /// The indices of the candidates for which something holds.
    pub(crate) fn such(&self, holds: impl Fn(&Candidate) -> bool) -> Vec<(usize, i64)> {
        self.candidates
            .iter()
            .enumerate()
            .filter(|(_, candidate)| holds(candidate))
            .map(|(index, _)| (index, 1))
            .collect()
    }

    fn hard_rows(&mut self) {
        // At the moment at which a programmed session begins there is one at most.
        for when in &self.context.slots {
            let terms = self.such(|candidate| {
                let at = &candidate.session.when;
                at.date == when.date && at.hours.start <= when.hours.start && when.hours.start < at.hours.end
            });
            if terms.len() > 1 {
                self.model.at_most(
                    format!(
                        "slot_{}_{}_{}",
                        when.date,
                        when.hours.start.format("%H%M"),
                        when.hours.end.format("%H%M")
                    ),
                    terms,
                    1,
                );
            }
        }
        for index in 0..self.context.others.len() {
            let terms = self.such(|candidate| candidate.origin.handed_in() == Some(index));
            if terms.len() > 1 {
                self.model.at_most(format!("used_once_{index}"), terms, 1);
            }
        }
        let standing = ConflictTable { context: self.context, candidates: &self.candidates };
        let rows: Vec<ModelRow> = standing.rows();
        self.model.rows.extend(rows);
        self.visit_limits();
    }

    pub(crate) fn teachers(&self) -> BTreeSet<Id> {
        self.candidates.iter().flat_map(|candidate| candidate.session.teachers.iter().cloned()).collect()
    }

    /// The school's limits of visits to a teacher: what is added, less what is moved away.
    fn visit_limits(&mut self) {
        for teacher in self.teachers() {
            let limits = visit_limits(self.context, &teacher);
            for (index, (_, _, room)) in limits.into_iter().enumerate() {
                let terms: Vec<(usize, i64)> = self
                    .candidates
                    .iter()
                    .enumerate()
                    .map(|(index, candidate)| (index, adds(self.context, candidate, &teacher, room)))
                    .filter(|(_, net)| *net != 0)
                    .collect();
                self.model.at_most(format!("visits_{index}_{}", ascii(&teacher)), terms, room.max(0));
            }
        }
    }

    /// Adds a row that should be at most `right`: over it, the preference costs its weight, and why.
    pub(crate) fn soft(
        &mut self,
        preference: Preference,
        name: String,
        terms: Vec<(usize, i64)>,
        right: i64,
        because: String,
    ) {
        let weight = self.context.school.settings.preferences.weight(preference);
        if let Some(column) = self.model.rather_at_most(name, terms, right, weight) {
            self.gives_way.insert(column, (preference, because));
        }
    }

    /// What was asked for: one session at least of each wish, and of each pin at its time.
    fn wishes(&mut self) {
        let weight = self.context.school.settings.preferences.weight(Preference::Wanted).max(1);
        for (index, wish) in self.context.request.wishes().into_iter().enumerate() {
            if self.context.kept.iter().any(|session| wish.fits(session)) {
                continue;
            }
            let fitting = self.such(|candidate| wish.fits(&candidate.session)).into_iter();
            let terms = fitting.map(|(index, _)| (index, -1)).collect();
            if let Some(column) = self.model.rather_at_most(format!("want_{index}"), terms, -1, weight) {
                self.unmet.insert(column, wish);
            }
        }
    }

    /// The most that one session can add to what is only preferred: its own costs, and a step over in
    /// each soft row that it stands in.
    fn dearest(&self) -> i64 {
        let mut costs: Vec<i64> = self.model.columns.iter().map(|column| column.cost).collect();
        for row in &self.model.rows {
            let over =
                row.slack.first().and_then(|over| self.model.columns.get(*over)).map_or(0, |over| over.cost);
            for (column, _) in &row.terms {
                if let Some(cost) = costs.get_mut(*column) {
                    *cost += over;
                }
            }
        }
        costs.into_iter().take(self.candidates.len()).max().unwrap_or(0)
    }

    /// What must be placed, or left out at a price above everything that is only preferred.
    fn demand_rows(&mut self) {
        let context = self.context;
        let sessions: i64 = context.demands.iter().map(|demand| i64::from(demand.count)).sum();
        let wishes: i64 = self
            .unmet
            .keys()
            .filter_map(|column| self.model.columns.get(*column))
            .map(|column| column.cost)
            .sum();
        let step = 1 + sessions * self.dearest() + wishes;
        let weight = |preference| context.school.settings.preferences.weight(preference);
        let heaviest = [
            Preference::LeaveOutFurtherVisit,
            Preference::LeaveOutRecords,
            Preference::LeaveOutWork,
            Preference::LeaveOutVisit,
        ];
        let heaviest = heaviest.into_iter().map(weight).max().unwrap_or(0);
        // Leaving out one more always weighs more than leaving out what is heavier.
        let one = 1 + sessions * heaviest;
        for demand in &context.demands {
            let terms = self.such(|candidate| candidate.session.kind == demand.kind);
            let mut short = Vec::new();
            for nth in (0..demand.count).rev() {
                let preference = match demand.kind {
                    SessionKind::WorkScrutiny => Preference::LeaveOutWork,
                    SessionKind::RecordsScrutiny => Preference::LeaveOutRecords,
                    SessionKind::LessonVisit if nth > 0 => Preference::LeaveOutFurtherVisit,
                    SessionKind::LessonVisit => Preference::LeaveOutVisit,
                    _ => Preference::LeaveOutPinned,
                };
                let cost = step
                    * match preference {
                        Preference::LeaveOutPinned => sessions * (one + heaviest) + 1,
                        _ => one + weight(preference),
                    };
                short.push(self.model.column(format!("left_out_{}_{nth}", demand.kind.word()), cost, 1));
            }
            short.sort_by_key(|column| self.model.columns.get(*column).map(|column| column.cost));
            self.left_out.insert(demand.kind, short.clone());
            self.model.rows.push(ModelRow {
                name: format!("wanted_{}", demand.kind.word()),
                terms,
                sense: RowSense::Exactly,
                right: i64::from(demand.count),
                slack: short,
            });
        }
    }
}

/// A limit of visits to a teacher: the rule, its reason, and how many more there may be; less than 0
/// where others go beyond it already, and nobody may then be joined in a visit there.
pub fn visit_limits(context: &PlanningContext<'_>, teacher: &Id) -> Vec<(Rule, RuleReason, i64)> {
    let limits = &context.limits;
    let now = count(context.visits_now(teacher).count());
    let (year, _) = context.visits_before(teacher, None);
    let name = context.school.name_of(teacher);
    let mut found = Vec::new();
    if let Some(limit) = &limits.visits_per_half_term {
        let says = format!("{name} may be visited {} a half term, and others plan {now}", times(limit.most));
        let reason = RuleReason::of_fact(
            Rule::VisitsPerHalfTerm,
            format!("{} {teacher}", limit.at),
            says,
            Some(&limit.at),
        );
        found.push((Rule::VisitsPerHalfTerm, reason, i64::from(limit.most) - now));
    }
    if let Some(limit) = &limits.visits_per_year {
        let says = format!(
            "{name} may be visited {} a year, and {year} are done or planned by others",
            times(limit.most)
        );
        let reason = RuleReason::of_fact(
            Rule::VisitsPerYear,
            format!("{} {teacher}", limit.at),
            says,
            Some(&limit.at),
        );
        found.push((Rule::VisitsPerYear, reason, i64::from(limit.most) - i64::from(year)));
    }
    found
}

/// Once, twice, or so many times.
pub fn times(number: u32) -> String {
    match number {
        0 => "not at all".to_owned(),
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        more => format!("{more} times"),
    }
}

/// What a candidate counts against a limit of visits that leaves so much room.
pub fn adds(context: &PlanningContext<'_>, candidate: &Candidate, teacher: &Id, room: i64) -> i64 {
    let net = net_visits(context, candidate, teacher);
    let visits = candidate.session.kind.is_visit() && candidate.session.teachers.contains(teacher);
    if room < 0 && visits { net.max(1) } else { net }
}

/// How many visits to a teacher a candidate adds: less the submitted one that it takes up.
pub fn net_visits(context: &PlanningContext<'_>, candidate: &Candidate, teacher: &Id) -> i64 {
    let visits = |session: &Session| i64::from(session.kind.is_visit() && session.teachers.contains(teacher));
    let used = candidate.origin.handed_in().and_then(|index| context.others.get(index));
    visits(&candidate.session) - used.map_or(0, |used| visits(used))
}

/// An id in letters that every solver reads.
pub(crate) fn ascii(id: &Id) -> String {
    id.as_str().chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect()
}
