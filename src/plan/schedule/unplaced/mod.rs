//! Why not: the facts that collide where a session finds no place, and what would make room.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};
use serde::Serialize;

use super::candidates::Candidate;
use super::conflicts;
use super::context::{PlanningContext, taking_place};
use super::model::{self, PlanningModel};
use super::request::{RequestedSession, RequestedTime, ScheduleRequest};
use super::solver::{self, Model, ModelRow, RowSense, Solution};
use crate::diagnostic::Place;
use crate::plan::constraints::{self, Rule, RuleReason};
use crate::school::set_up::calendar::half_term_name;
use crate::school::time::day;
use crate::school::{DatedHours, Id, School, Session, SessionKind, VisitLimit, Whereabouts};

/// How many changes are tried before giving up on ways out.
const TRIES: usize = 24;

/// A change that makes room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RoomMakingChange {
    /// One more programmed session.
    Extra(DatedHours),
    /// One session fewer of a kind.
    Without(SessionKind),
    /// A limit of the school's, one higher.
    Raise(Rule),
    /// A handed-in session that may be moved after all.
    Unfix(Place),
}

/// A way out: tried by solving again.
#[derive(Clone, Debug, Serialize)]
pub struct WayOut {
    /// What it is.
    pub says: String,
    /// The command that tries it, where a flag does.
    pub command: Option<String>,
    /// The change itself.
    #[serde(skip)]
    pub change: RoomMakingChange,
}

/// A fact of those that collide.
#[derive(Clone, Debug, Serialize)]
pub struct CollidingFact {
    /// The rule behind it.
    pub rule: Rule,
    /// What it says.
    pub says: String,
    /// Where it is written.
    pub at: Option<Place>,
}

/// A session that found no place.
#[derive(Clone, Debug, Serialize)]
pub struct UnplacedSession {
    /// Whose it is.
    pub owner: Id,
    /// The job card's task area.
    pub task_area: Option<u8>,
    /// What for.
    pub kind: SessionKind,
    /// Its subject, where one was asked for.
    pub subject: Option<Id>,
    /// How many of the kind find no place.
    pub count: u32,
    /// The facts that collide: none of them can be left out.
    pub because: Vec<CollidingFact>,
    /// What would make room.
    pub ways_out: Vec<WayOut>,
}

/// Why a subject is not in the schedule.
#[derive(Clone, Debug, Serialize)]
pub struct Explanation {
    /// The subject.
    pub subject: Id,
    /// When it was last seen.
    pub last_seen: String,
    /// Whether it is in the schedule.
    pub there: bool,
    /// What keeps it away, task area by task area.
    pub keeps_away: Vec<KeepsAway>,
    /// How much dearer the best schedule with it is; none where there is none.
    pub price: Option<i64>,
}

/// What keeps a subject from programmed sessions.
#[derive(Clone, Debug, Serialize)]
pub struct KeepsAway {
    /// The task area.
    pub kind: SessionKind,
    /// What keeps it away, or that nothing does.
    pub says: String,
    /// The days, or `always`.
    pub when: String,
}

/// What found no place, why, and what would help.
pub fn unplaced(
    setting: &PlanningContext<'_>,
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
    let placed = setting
        .demands
        .iter()
        .map(|demand| {
            (demand.kind, demand.count.saturating_sub(u32::try_from(found(demand.kind)).unwrap_or(0)))
        })
        .collect();
    let facts = CollidingFacts::new(setting, placed);
    let total: usize = short.iter().map(|(_, count)| count).sum();
    short
        .into_iter()
        .map(|(kind, count)| {
            let core = facts.irreducible(kind);
            UnplacedSession {
                owner: setting.phase.leader.clone(),
                task_area: kind.task_area(),
                kind,
                subject: None,
                count: u32::try_from(count).unwrap_or(u32::MAX),
                ways_out: ways_out(setting, &facts, kind, &core, total),
                because: core
                    .into_iter()
                    .map(|reason| CollidingFact { rule: reason.rule, says: reason.says, at: reason.at })
                    .collect(),
            }
        })
        .collect()
}

/// What a lesson visit takes up of a limit of visits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum VisitAllowance<'f> {
    /// Nothing that is limited.
    Free,
    /// One more visit to a teacher.
    Teacher(&'f Id),
    /// A handed-in visit that counts already, and can be taken up once.
    HandedIn(usize),
}

/// Every fact that keeps a session of the half term from any time of it.
#[derive(Debug)]
pub struct CollidingFacts<'s, 'a> {
    setting: &'s PlanningContext<'a>,
    candidates: Vec<Candidate>,
    /// For each candidate, the facts that shut it.
    shut_by: Vec<Vec<usize>>,
    /// The facts, with a reason each.
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
    pub fn new(setting: &'s PlanningContext<'a>, placed: BTreeMap<SessionKind, u32>) -> Self {
        let mut slots = setting.school.set_up.calendar.slots(setting.half_term);
        slots.extend(&setting.slots);
        slots.sort();
        slots.dedup();
        let mut candidates = setting.candidates(&slots);
        for candidate in &mut candidates {
            let more = conflicts::in_the_way(setting, candidate);
            candidate.shut.extend(more);
        }
        let mut index: BTreeMap<String, usize> = BTreeMap::new();
        let mut facts: Vec<RuleReason> = Vec::new();
        let mut fact = |reason: &RuleReason| {
            *index.entry(reason.fact.clone()).or_insert_with(|| {
                facts.push(in_general(setting, reason));
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
            for (_, reason, room) in model::visit_limits(setting, teacher) {
                limits.push((fact(&reason), teacher.clone(), room));
            }
        }
        let wanted = fact(&wanted(setting));
        Self { setting, candidates, shut_by, facts, limits, wanted, placed }
    }

    /// Whether one session of a kind more than are placed finds a place while only these facts hold. What cannot be
    /// proved counts as possible, so that a fact is never blamed without proof.
    pub fn is_possible(&self, kind: SessionKind, active: &[bool]) -> bool {
        let holds = |fact: usize| active.get(fact).copied().unwrap_or(false);
        let wants = |demand: SessionKind| demand == kind || holds(self.wanted);
        let limited: BTreeSet<&Id> =
            self.limits.iter().filter(|(fact, ..)| holds(*fact)).map(|(_, teacher, _)| teacher).collect();
        // Times at which the same can be are one column: what counts is how many there are.
        let mut times: BTreeMap<DatedHours, BTreeSet<(SessionKind, VisitAllowance<'_>)>> = BTreeMap::new();
        for (candidate, shut_by) in self.candidates.iter().zip(&self.shut_by) {
            let session = &candidate.session;
            if wants(session.kind) && !shut_by.iter().any(|fact| holds(*fact)) {
                let adds = |teacher: &&Id| {
                    let of_teacher =
                        self.limits.iter().filter(|(fact, of, _)| holds(*fact) && of == *teacher);
                    let least = of_teacher.map(|(.., room)| *room).min().unwrap_or(0);
                    model::adds(self.setting, candidate, teacher, least) > 0
                };
                let mut teachers = session.teachers.iter().filter(|teacher| limited.contains(teacher));
                let room = match (teachers.clone().find(adds), teachers.next(), candidate.origin.handed_in())
                {
                    (Some(teacher), ..) => VisitAllowance::Teacher(teacher),
                    (None, Some(_), Some(index)) => VisitAllowance::HandedIn(index),
                    _ => VisitAllowance::Free,
                };
                times.entry(session.when).or_default().insert((session.kind, room));
            }
        }
        let mut alike: BTreeMap<BTreeSet<(SessionKind, VisitAllowance<'_>)>, u32> = BTreeMap::new();
        for what in times.into_values() {
            *alike.entry(what).or_default() += 1;
        }
        let mut model = Model::default();
        let mut of_kind: BTreeMap<SessionKind, Vec<(usize, i64)>> = BTreeMap::new();
        let mut of_room: BTreeMap<VisitAllowance<'_>, Vec<(usize, i64)>> = BTreeMap::new();
        for (number, (what, count)) in alike.iter().enumerate() {
            let mut terms = Vec::new();
            for (kind, room) in what {
                let column = model.column(format!("x{number}_{}", terms.len()), 0, *count);
                terms.push((column, 1));
                of_kind.entry(*kind).or_default().push((column, 1));
                of_room.entry(*room).or_default().push((column, 1));
            }
            model.at_most(format!("times{number}"), terms, i64::from(*count));
        }
        for (number, (_, teacher, room)) in self.limits.iter().filter(|(fact, ..)| holds(*fact)).enumerate() {
            if let Some(terms) = of_room.get(&VisitAllowance::Teacher(teacher)) {
                model.at_most(format!("limit{number}"), terms.clone(), (*room).max(0));
            }
        }
        for (room, terms) in of_room.iter().filter(|(room, _)| matches!(room, VisitAllowance::HandedIn(_))) {
            model.at_most(format!("once_{room:?}"), terms.clone(), 1);
        }
        for demand in self.setting.demands.iter().filter(|demand| wants(demand.kind)) {
            let placed = self.placed.get(&demand.kind).copied().unwrap_or(0);
            let count = if demand.kind == kind { placed + 1 } else { placed };
            let slack = (0..count)
                .map(|nth| model.column(format!("short_{}_{nth}", demand.kind.word()), 1, 1))
                .collect();
            let terms = of_kind.remove(&demand.kind).unwrap_or_default();
            model.rows.push(ModelRow {
                name: demand.kind.word().to_owned(),
                terms,
                sense: RowSense::Exactly,
                right: i64::from(count),
                slack,
            });
        }
        let outcome = solver::solve(&model);
        outcome.cost == 0 || outcome.bound == 0
    }

    /// Facts that cannot all hold if one session of a kind more is to find a place, none of which can
    /// be left out: each in turn is dropped, and stays dropped where it still cannot be. That other
    /// sessions are wanted too is dropped first: what a session has against it alone says more.
    fn irreducible(&self, kind: SessionKind) -> Vec<RuleReason> {
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

fn wanted(setting: &PlanningContext<'_>) -> RuleReason {
    let total: u32 = setting.demands.iter().map(|demand| demand.count).sum();
    let kept = setting.kept.len();
    let already = if kept > 0 { format!(", beside {kept} already there") } else { String::new() };
    let says = format!("{total} sessions are wanted{already}, one at a time");
    RuleReason::of_fact(Rule::Wanted, "all".to_owned(), says, Some(&setting.phase.at))
}

/// A reason that was met at one time, in words that hold for all of them.
fn in_general(setting: &PlanningContext<'_>, reason: &RuleReason) -> RuleReason {
    let says = match reason.rule {
        Rule::NotProgrammed => {
            let days: Vec<String> = setting.slots.iter().map(|when| when.to_string()).collect();
            let name = half_term_name(setting.half_term.number);
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
        Rule::Past => format!("it is {} already", day(setting.from)),
        _ => reason.says.clone(),
    };
    RuleReason { says, ..reason.clone() }
}

/// Changes that make room for more, each tried by solving again.
fn ways_out(
    setting: &PlanningContext<'_>,
    facts: &CollidingFacts<'_, '_>,
    kind: SessionKind,
    core: &[RuleReason],
    missing: usize,
) -> Vec<WayOut> {
    let mut ways = Vec::new();
    let mut tries = TRIES;
    let mut attempt = |change: RoomMakingChange, says: String| -> bool {
        if tries == 0 || ways.iter().any(|way: &WayOut| way.change == change) {
            return false;
        }
        tries -= 1;
        let helps = shortfall_after(setting, &change) < missing;
        if helps {
            let command = command(setting, &change);
            ways.push(WayOut { says, command, change });
        }
        helps
    };
    let mut days = BTreeSet::new();
    for when in extra_times(setting, facts, kind).into_iter().take(TRIES / 2) {
        // Two are enough, on different days of the week.
        if days.len() < 2
            && !days.contains(&when.date.weekday().num_days_from_monday())
            && attempt(RoomMakingChange::Extra(when), extra_says(setting, facts, kind, &when))
        {
            days.insert(when.date.weekday().num_days_from_monday());
        }
    }
    for reason in core {
        match reason.rule {
            Rule::VisitsPerHalfTerm | Rule::VisitsPerYear | Rule::Cover => {
                if let Some((key, limit)) = limit_of(setting.school, reason.rule) {
                    let says = format!("a higher limit: {key} = {} ({})", limit.most + 1, limit.at);
                    attempt(RoomMakingChange::Raise(reason.rule), says);
                }
            }
            Rule::Fixed => {
                if let Some(at) = &reason.at {
                    attempt(
                        RoomMakingChange::Unfix(at.clone()),
                        format!("a session that may be moved after all: fixed = no ({at})"),
                    );
                }
            }
            _ => {}
        }
    }
    let count = setting.demands.iter().find(|demand| demand.kind == kind).map_or(0, |demand| demand.count);
    if !matches!(kind, SessionKind::Scheduling | SessionKind::Evaluation) {
        let says = match count {
            0 | 1 => format!("no {} this half term", kind.title()),
            2 => format!("one {} only", kind.title()),
            more => format!("{} {}s only", more - 1, kind.title()),
        };
        attempt(RoomMakingChange::Without(kind), says);
    }
    ways
}

/// How many sessions find no place once a change is made.
fn shortfall_after(setting: &PlanningContext<'_>, change: &RoomMakingChange) -> usize {
    let (school, request) = with_change(setting.school, setting.request, change);
    PlanningContext::new(&school, &request).map_or(usize::MAX, |setting| {
        let problem = PlanningModel::new(&setting);
        let outcome = solver::solve(&problem.model);
        let columns = problem.left_out.values().flatten();
        columns.filter(|column| outcome.values.get(**column).is_some_and(|value| *value > 0)).count()
    })
}

/// The records and the question with a change made.
pub fn with_change(
    school: &School,
    request: &ScheduleRequest,
    change: &RoomMakingChange,
) -> (School, ScheduleRequest) {
    let (mut school, mut request) = (school.clone(), request.clone());
    match change {
        RoomMakingChange::Extra(when) => request.extra.push(*when),
        RoomMakingChange::Without(kind) => request.without.push(*kind),
        RoomMakingChange::Raise(rule) => {
            let limits = &mut school.settings.limits;
            let limit = match rule {
                Rule::VisitsPerHalfTerm => &mut limits.visits_per_half_term,
                Rule::VisitsPerYear => &mut limits.visits_per_year,
                _ => &mut limits.releases_per_period,
            };
            if let Some(limit) = limit {
                limit.most += 1;
            }
        }
        RoomMakingChange::Unfix(at) => {
            let sessions = school.year.schedules.values_mut().flat_map(|schedules| &mut schedules.handed_in);
            for session in sessions.filter(|session| session.at == *at) {
                session.fixed = false;
            }
        }
    }
    (school, request)
}

/// The school's limit behind a rule, and its key in `[limits]`.
fn limit_of(school: &School, rule: Rule) -> Option<(&'static str, &VisitLimit)> {
    let limits = &school.settings.limits;
    let (key, limit) = match rule {
        Rule::VisitsPerHalfTerm => ("visits_per_teacher_per_half_term", &limits.visits_per_half_term),
        Rule::VisitsPerYear => ("visits_per_teacher_per_year", &limits.visits_per_year),
        Rule::Cover => ("releases_per_period", &limits.releases_per_period),
        _ => return None,
    };
    limit.as_ref().map(|limit| (key, limit))
}

fn command(setting: &PlanningContext<'_>, change: &RoomMakingChange) -> Option<String> {
    let flag = match change {
        RoomMakingChange::Extra(when) => {
            let period = setting
                .school
                .set_up
                .calendar
                .period_at(when)
                .map_or_else(|| when.hours.to_string(), |period| period.id.to_string());
            format!("--extra \"{} {period}\"", when.date)
        }
        RoomMakingChange::Without(kind) => format!("--without {}", kind.word()),
        RoomMakingChange::Raise(_) | RoomMakingChange::Unfix(_) => return None,
    };
    Some(format!("phase schedule --half-term {} {flag}", setting.half_term.number))
}

/// Times at which the phase leader could have one more programmed session, the likeliest first:
/// those that suit the missing session, without cover, in the weeks that have fewest.
fn extra_times(
    setting: &PlanningContext<'_>,
    facts: &CollidingFacts<'_, '_>,
    kind: SessionKind,
) -> Vec<DatedHours> {
    let school = setting.school;
    let mut suits: BTreeMap<DatedHours, BTreeSet<&Id>> = BTreeMap::new();
    for candidate in suiting(facts, kind) {
        suits.entry(candidate.session.when).or_default().extend(&candidate.session.subject);
    }
    let leader = &setting.phase.leader;
    let booked: Vec<&Session> = taking_place(school, setting.half_term.number)
        .into_iter()
        .filter(|session| session.people().any(|person| person == leader))
        .collect();
    let mut times: Vec<DatedHours> = school
        .set_up
        .calendar
        .slots(setting.half_term)
        .into_iter()
        .filter(|when| when.date >= setting.from && !setting.is_programmed(when))
        .filter(|when| school.set_up.calendar.is_pupil_day(when.date))
        .filter(|when| {
            !school.set_up.whereabouts(leader, when).is_shut()
                && !booked.iter().any(|session| session.when.overlaps(when))
        })
        .collect();
    times.sort_by_key(|when| {
        let teaches = matches!(school.set_up.whereabouts(leader, when), Whereabouts::Teaching(_));
        let inside = setting.slots.first().is_some_and(|first| first < when)
            && setting.slots.last().is_some_and(|last| when < last);
        let alone = !setting.slots.iter().any(|slot| slot.date == when.date);
        let subjects = suits.get(when).map_or(0, BTreeSet::len);
        (subjects == 0, !inside, teaches, !alone, std::cmp::Reverse(subjects), *when)
    });
    times
}

/// The sessions of a kind that only the want of a programmed session keeps away.
fn suiting<'f>(facts: &'f CollidingFacts<'_, '_>, kind: SessionKind) -> impl Iterator<Item = &'f Candidate> {
    facts.candidates.iter().filter(move |candidate| {
        candidate.session.kind == kind
            && candidate.shut.iter().all(|reason| reason.rule == Rule::NotProgrammed)
    })
}

fn extra_says(
    setting: &PlanningContext<'_>,
    facts: &CollidingFacts<'_, '_>,
    kind: SessionKind,
    when: &DatedHours,
) -> String {
    let mut subjects: Vec<&str> = suiting(facts, kind)
        .filter(|candidate| candidate.session.when == *when)
        .filter_map(|candidate| candidate.session.subject.as_ref())
        .map(|subject| setting.school.subject_name(subject))
        .collect();
    subjects.sort_unstable();
    subjects.dedup();
    let shown = subjects.iter().take(3).copied().collect::<Vec<_>>().join(", ");
    let suits = if shown.is_empty() { String::new() } else { format!(" suits you and {shown}") };
    let cover = match setting.school.set_up.whereabouts(&setting.phase.leader, when) {
        Whereabouts::Teaching(class) => format!(" (cover for {})", class.id),
        _ => String::new(),
    };
    format!("one more programmed session: {when}{suits}{cover}")
}

/// Why a wish is not met, in one sentence.
pub fn why_unmet(
    setting: &PlanningContext<'_>,
    problem: &PlanningModel<'_, '_>,
    wish: &RequestedTime,
) -> String {
    if problem.candidates.iter().any(|candidate| wish.fits(&candidate.session)) {
        return "there is a place for it only at the price of another session".to_owned();
    }
    let shut = setting.candidates(&setting.slots).into_iter().filter(|candidate| !candidate.shut.is_empty());
    let meant = shut.chain(problem.blocked.iter().cloned()).filter(|candidate| wish.fits(&candidate.session));
    let mut counted: BTreeMap<String, usize> = BTreeMap::new();
    for reason in meant.flat_map(|candidate| candidate.shut) {
        *counted.entry(in_general(setting, &reason).says).or_default() += 1;
    }
    let mut reasons: Vec<(usize, String)> = counted.into_iter().map(|(says, count)| (count, says)).collect();
    reasons.sort_by_key(|(count, says)| (std::cmp::Reverse(*count), says.clone()));
    let says: Vec<String> = reasons.into_iter().take(3).map(|(_, says)| says).collect();
    if says.is_empty() { "no session of that kind is left to place then".to_owned() } else { says.join("; ") }
}

/// Subjects that can never be visited because no lesson of them meets a programmed session.
pub fn never_met(setting: &PlanningContext<'_>) -> Vec<Id> {
    let candidates = setting.candidates(&setting.slots);
    let visits = |subject: &Id| {
        candidates
            .iter()
            .filter(|candidate| {
                candidate.session.kind.is_visit() && candidate.session.subject.as_ref() == Some(subject)
            })
            .collect::<Vec<_>>()
    };
    setting
        .partners()
        .map(|(subject, _)| subject.id.clone())
        .filter(|subject| {
            let visits = visits(subject);
            !visits.is_empty()
                && visits
                    .iter()
                    .all(|candidate| candidate.shut.iter().any(|reason| reason.rule == Rule::NotTaught))
        })
        .collect()
}

/// What keeps a subject from the programmed sessions, and what it would cost to have it.
pub fn why_not(
    setting: &PlanningContext<'_>,
    problem: &PlanningModel<'_, '_>,
    outcome: &Solution,
    subject: &Id,
) -> Explanation {
    let is_meant = |candidate: &&Candidate| candidate.session.subject.as_ref() == Some(subject);
    let all = setting.candidates(&setting.slots);
    let shut = all.iter().filter(|candidate| !candidate.shut.is_empty()).chain(&problem.blocked);
    let mut keeps_away: BTreeMap<(SessionKind, String), BTreeSet<DatedHours>> = BTreeMap::new();
    for candidate in shut.filter(is_meant) {
        if let Some(reason) = candidate.shut.first() {
            let says = in_general(setting, reason).says;
            keeps_away.entry((candidate.session.kind, says)).or_default().insert(candidate.session.when);
        }
    }
    for candidate in problem.candidates.iter().filter(is_meant) {
        let says = "nothing keeps it away".to_owned();
        keeps_away.entry((candidate.session.kind, says)).or_default().insert(candidate.session.when);
    }
    let every = setting.slots.len();
    let keeps_away = keeps_away.into_iter().map(|((kind, says), times)| KeepsAway {
        kind,
        says,
        when: if times.len() == every { "always".to_owned() } else { listed(setting, &times) },
    });
    let chosen = problem.candidates.iter().zip(&outcome.values).filter(|(_, value)| **value > 0);
    Explanation {
        subject: subject.clone(),
        last_seen: setting.says_last_seen(subject),
        keeps_away: keeps_away.collect(),
        there: chosen.map(|(candidate, _)| candidate).any(|candidate| is_meant(&candidate)),
        price: price(setting, problem, outcome, subject),
    }
}

/// Times in a row: days, with their hours where only some of a day's programmed sessions are meant.
fn listed(setting: &PlanningContext<'_>, times: &BTreeSet<DatedHours>) -> String {
    let on = |date: NaiveDate| setting.slots.iter().filter(move |when| when.date == date);
    let mut says: Vec<String> = Vec::new();
    for when in times {
        let whole = on(when.date).all(|slot| times.contains(slot));
        let one = if whole { day(when.date) } else { when.to_string() };
        if says.last() != Some(&one) {
            says.push(one);
        }
    }
    says.join(", ")
}

/// How much dearer the best schedule with a subject is; none where there is none.
fn price(
    setting: &PlanningContext<'_>,
    problem: &PlanningModel<'_, '_>,
    outcome: &Solution,
    subject: &Id,
) -> Option<i64> {
    let mut request = setting.request.clone();
    request.want.push(RequestedSession { subject: Some(subject.clone()), kind: None });
    let wish = PlanningContext::new(setting.school, &request)?;
    let with = PlanningModel::new(&wish);
    let solved = solver::solve(&with.model);
    let left_out = |problem: &PlanningModel<'_, '_>, outcome: &Solution| -> i64 {
        let columns = problem.left_out.values().flatten();
        columns
            .filter_map(|column| {
                Some(problem.model.columns.get(*column)?.cost * outcome.values.get(*column)?)
            })
            .sum()
    };
    let met = with.unmet.keys().all(|column| solved.values.get(*column).is_none_or(|value| *value == 0));
    met.then(|| (solved.cost - left_out(&with, &solved)) - (outcome.cost - left_out(problem, outcome)))
}

/// Whether a session may be where it stands, beside everything else that stands: what would be in
/// the way of moving it there.
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
