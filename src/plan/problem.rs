//! The scheduling problem of one phase leader's half term: the sessions to place, the times to
//! place them at, and the model that is solved.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::constraints::{self, Reason, Rule, Taught};
use super::request::Request;
use super::solver::{Model, Row, Sense};
use crate::school::calendar::{AcademicYear, HalfTerm, When, day, monday};
use crate::school::phases::{Phase, Preference};
use crate::school::sessions::{Session, SessionKind, SessionStatus};
use crate::school::subjects::Subject;
use crate::school::{Id, School};

/// So many half terms unseen count as never seen.
const LONGEST_GAP: i32 = 6;

/// What a session of the plan costs under a preference, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cost {
    /// The preference.
    pub preference: Preference,
    /// How much.
    pub cost: i64,
    /// Why.
    pub because: String,
}

/// Where a session of the plan comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// The phase leader's alone: task areas 4 and 5.
    Alone,
    /// A handed-in session where it stands, by its index among the others.
    Own(usize),
    /// A handed-in session, moved.
    Moved(usize),
    /// Proposed: nothing handed in is used.
    Proposed,
}

impl Origin {
    /// The handed-in session used.
    pub fn handed_in(self) -> Option<usize> {
        match self {
            Origin::Own(index) | Origin::Moved(index) => Some(index),
            Origin::Alone | Origin::Proposed => None,
        }
    }
}

/// A session that could be placed.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// The session as it would be.
    pub session: Session,
    /// Where it comes from.
    pub origin: Origin,
    /// Why it may not be; empty where it may.
    pub shut: Vec<Reason>,
    /// What it costs on its own.
    pub costs: Vec<Cost>,
}

/// How many sessions of a kind are wanted.
#[derive(Clone, Debug)]
pub struct Demand {
    /// The kind.
    pub kind: SessionKind,
    /// How many are still to be placed.
    pub count: u32,
}

/// Everything that planning a half term starts from.
#[derive(Debug)]
pub struct Setting<'a> {
    /// The records.
    pub school: &'a School,
    /// The phase.
    pub phase: &'a Phase,
    /// The half term.
    pub half_term: &'a HalfTerm,
    /// What is asked.
    pub request: &'a Request,
    /// The day planned from: today, or the half term's first day where it is over or to come.
    pub from: NaiveDate,
    /// The phase leader's sessions that stand: held, or past and not said to be missed.
    pub kept: Vec<&'a Session>,
    /// What was published and is planned anew.
    pub published: Vec<&'a Session>,
    /// Everybody else's sessions: handed in, or published by another phase leader.
    pub others: Vec<&'a Session>,
    /// The phase leader's programmed sessions from `from` on, in order.
    pub slots: Vec<When>,
    /// What is still to be placed.
    pub demands: Vec<Demand>,
    /// How many half terms ago the phase leader last saw each subject.
    pub gaps: BTreeMap<Id, i32>,
    /// The half term in which each subject was last seen, where it was.
    pub last_seen: BTreeMap<Id, (AcademicYear, u8)>,
    /// Visits to each teacher earlier in the academic year: how many, and minutes.
    pub earlier_visits: BTreeMap<Id, (u32, u32)>,
}

/// The sessions that take place in a half term, as far as the files show: those published, and those
/// handed in that no published one stands for.
pub fn taking_place(school: &School, half_term: u8) -> Vec<&Session> {
    let published: Vec<&Session> = school.published(half_term).iter().filter(|session| session.status.stands()).collect();
    let alone = school.handed_in(half_term).iter().filter(|session| !published.iter().any(|given| given.stands_for(session)));
    published.iter().copied().chain(alone).collect()
}

impl<'a> Setting<'a> {
    /// The setting; none where the school has no such half term or phase.
    pub fn new(school: &'a School, request: &'a Request) -> Option<Self> {
        let half_term = school.calendar.half_term(request.half_term)?;
        let phase = match &request.phase {
            Some(id) => school.phases.iter().find(|phase| phase.id == *id)?,
            None => school.phases.first()?,
        };
        let mine = |session: &&Session| session.owner == phase.leader;
        let over = request.today > half_term.to;
        let untouched = !school.published(request.half_term).iter().any(|session| mine(&session));
        let from = if over && untouched { half_term.from } else { request.today.max(half_term.from) };
        let published = school.published(request.half_term);
        let kept: Vec<&Session> = published
            .iter()
            .filter(mine)
            .filter(|session| match session.status {
                SessionStatus::Held => true,
                SessionStatus::Planned => session.when.date < from,
                SessionStatus::Missed | SessionStatus::Cancelled => false,
            })
            .collect();
        let again = published
            .iter()
            .filter(mine)
            .filter(|session| session.status == SessionStatus::Planned && session.when.date >= from)
            .collect();
        let by_others = published.iter().filter(|session| !mine(session) && session.status.stands());
        let standing: Vec<&Session> = kept.iter().copied().chain(by_others.clone()).collect();
        let handed_in = school.handed_in(request.half_term).iter().filter(|session| !standing.iter().any(|given| given.stands_for(session)));
        let others = handed_in.chain(by_others).collect();
        let mut slots = phase.slots(&school.calendar, half_term);
        slots.extend(request.extra.iter().filter(|when| half_term.contains(when.date)));
        slots.retain(|when| when.date >= from);
        slots.sort();
        slots.dedup();
        let demands = demands(school, request, &kept);
        let mut setting = Self {
            school, phase, half_term, request, from, kept, published: again, others, slots, demands,
            gaps: BTreeMap::new(), last_seen: BTreeMap::new(), earlier_visits: BTreeMap::new(),
        };
        setting.look_back();
        Some(setting)
    }

    /// What earlier half terms show: subjects last seen, visits so far.
    fn look_back(&mut self) {
        let school = self.school;
        let year = school.calendar.academic_year;
        let mut see = |subject: &Id, when: (AcademicYear, u8)| {
            let last = self.last_seen.entry(subject.clone()).or_insert(when);
            *last = (*last).max(when);
        };
        let same_phase = school.seen.iter().any(|seen| seen.phase == self.phase.id);
        for seen in school.seen.iter().filter(|seen| !same_phase || seen.phase == self.phase.id) {
            see(&seen.subject, (AcademicYear(seen.academic_year), seen.half_term));
        }
        for number in 1..self.half_term.number {
            for session in school.published(number).iter().filter(|session| session.status.stands() && session.owner == self.phase.leader) {
                if let Some(subject) = &session.subject {
                    see(subject, (year, number));
                }
            }
            for session in taking_place(school, number).into_iter().filter(|session| session.kind.is_visit()) {
                for teacher in &session.teachers {
                    let (visits, minutes) = self.earlier_visits.entry(teacher.clone()).or_default();
                    *visits += 1;
                    *minutes += session.minutes;
                }
            }
        }
        let now = year.0 * 6 + i32::from(self.half_term.number);
        for id in school.subjects.keys() {
            let gap = self.last_seen.get(id).map_or(LONGEST_GAP, |(year, number)| now - (year.0 * 6 + i32::from(*number)));
            self.gaps.insert(id.clone(), gap.clamp(0, LONGEST_GAP));
        }
    }

    /// The visits to a teacher in this half term by everybody else, and those that stand.
    pub fn visits_now(&self, teacher: &Id) -> impl Iterator<Item = &'a Session> {
        let others = self.others.iter().chain(&self.kept).copied();
        others.filter(|session| session.kind.is_visit() && session.teachers.contains(teacher)).collect::<Vec<_>>().into_iter()
    }

    /// The subjects that the phase leader can look at with somebody.
    pub fn partners(&self) -> impl Iterator<Item = (&'a Subject, &'a Id)> {
        let me = &self.phase.leader;
        self.school.subjects.values().filter_map(|subject| Some((subject, subject.leader.as_ref()?))).filter(move |(_, leader)| *leader != me)
    }

    /// Every session that could be placed at those times, those that may not be with the reasons.
    pub fn candidates(&self, slots: &[When]) -> Vec<Candidate> {
        let mut candidates = Vec::new();
        let first = self.ends(SessionKind::Scheduling, slots.iter());
        let last = self.ends(SessionKind::Evaluation, slots.iter().rev());
        for demand in &self.demands {
            for when in slots {
                match demand.kind {
                    SessionKind::Scheduling => candidates.push(self.pinned(demand.kind, when, first, "first")),
                    SessionKind::Evaluation => candidates.push(self.pinned(demand.kind, when, last, "last")),
                    kind => self.joint(kind, when, &mut candidates),
                }
            }
        }
        for candidate in &mut candidates {
            self.asked(candidate);
        }
        candidates
    }

    /// The first of these times at which the phase leader is really there for that kind of session.
    fn ends<'s>(&self, kind: SessionKind, mut slots: impl Iterator<Item = &'s When>) -> Option<When> {
        let there = |when: &&When| self.is_programmed(when) && constraints::limits(self.school, &self.alone(kind, when)).is_empty();
        slots.find(there).copied()
    }

    /// Whether the time is one of the phase leader's programmed sessions, or one added.
    pub fn is_programmed(&self, when: &When) -> bool {
        self.slots.contains(when)
    }

    fn alone(&self, kind: SessionKind, when: &When) -> Session {
        Session {
            id: Id::new(""),
            sequence: 0,
            owner: self.phase.leader.clone(),
            kind,
            when: *when,
            subject: None,
            with: Vec::new(),
            teachers: Vec::new(),
            classes: Vec::new(),
            place: None,
            minutes: self.school.minutes.of(kind, when),
            fixed: false,
            status: SessionStatus::Planned,
            note: String::new(),
            moved_from: None,
            at: self.phase.at.clone(),
        }
    }

    fn pinned(&self, kind: SessionKind, when: &When, end: Option<When>, which: &str) -> Candidate {
        let session = self.alone(kind, when);
        let mut shut = self.shut(&session, None);
        if shut.is_empty() && end != Some(*when) {
            let area = kind.task_area().unwrap_or(0);
            let says = format!("task area {area} belongs on the {which} programmed session");
            shut.push(Reason::of_fact(Rule::TaskOrder, which.to_owned(), says, None));
        }
        let costs = self.costs(&session, Origin::Alone);
        Candidate { session, origin: Origin::Alone, shut, costs }
    }

    /// The sessions of a task area with each subject leader at a time.
    fn joint(&self, kind: SessionKind, when: &When, candidates: &mut Vec<Candidate>) {
        for (subject, leader) in self.partners() {
            let base = Session { subject: Some(subject.id.clone()), with: vec![leader.clone()], ..self.alone(kind, when) };
            let mut used: Vec<Vec<Id>> = Vec::new();
            for (index, handed_in) in self.others.iter().enumerate().filter(|(_, other)| self.serves(other, kind, subject, leader)) {
                let here = handed_in.when == *when;
                let origin = if here { Origin::Own(index) } else { Origin::Moved(index) };
                let classes = handed_in.classes.clone();
                let teachers = match (kind.is_visit(), here) {
                    (false, _) => Vec::new(),
                    (true, true) => handed_in.teachers.clone(),
                    (true, false) => self.school.teachers_visited(&classes, when),
                };
                let moved_from = (!here).then_some(handed_in.when);
                let session = Session { place: handed_in.place.clone(), minutes: handed_in.minutes, classes, teachers, moved_from, ..base.clone() };
                if here {
                    used.push(session.classes.clone());
                }
                self.push(session, origin, candidates);
            }
            if kind.is_visit() {
                for class in self.school.classes.values().filter(|class| self.phase.has(class)) {
                    let classes = vec![class.id.clone()];
                    if !used.contains(&classes) {
                        let teachers = self.school.teachers_visited(&classes, when);
                        self.push(Session { place: class.room.clone(), classes, teachers, ..base.clone() }, Origin::Proposed, candidates);
                    }
                }
                if self.school.classes.is_empty() {
                    self.push(base, Origin::Proposed, candidates);
                }
            } else if used.is_empty() {
                self.push(base, Origin::Proposed, candidates);
            }
        }
    }

    fn push(&self, session: Session, origin: Origin, candidates: &mut Vec<Candidate>) {
        let shut = self.shut(&session, origin.handed_in());
        let costs = if shut.is_empty() { self.costs(&session, origin) } else { Vec::new() };
        candidates.push(Candidate { session, origin, shut, costs });
    }

    /// Whether a handed-in session can become a joint one: the same task area and subject, still to
    /// come, and not about other phases' classes only.
    fn serves(&self, other: &Session, kind: SessionKind, subject: &Subject, leader: &Id) -> bool {
        let mut classes = other.classes.iter().filter_map(|class| self.school.classes.get(class));
        other.kind == kind
            && other.subject.as_ref() == Some(&subject.id)
            && other.owner == *leader
            && other.when.date >= self.from
            && if kind.is_visit() {
                !other.classes.is_empty() && classes.all(|class| self.phase.has(class))
            } else {
                other.classes.is_empty() || classes.any(|class| self.phase.has(class))
            }
    }

    /// Every reason on its own why a session may not be, whatever else is chosen.
    fn shut(&self, session: &Session, origin: Option<usize>) -> Vec<Reason> {
        let mut reasons = constraints::limits(self.school, session);
        let when = &session.when;
        if when.date < self.from {
            let says = format!("{} is past", day(when.date));
            reasons.push(Reason::of_fact(Rule::Past, "past".to_owned(), says, None));
        } else if !self.is_programmed(when) {
            let at = self.phase.sessions.first().map_or(&self.phase.at, |programmed| &programmed.at);
            let says = format!("{when} is no programmed session of yours");
            reasons.push(Reason::of_fact(Rule::NotProgrammed, "programmed".to_owned(), says, Some(at)));
        }
        for kept in self.kept.iter().filter(|kept| kept.when.overlaps(when)) {
            let says = format!("{} is taken: {}", kept.when, constraints::brief(self.school, kept));
            reasons.push(Reason::of_fact(Rule::Taken, kept.at.to_string(), says, Some(&kept.at)));
        }
        if let Some(other) = origin.and_then(|index| self.others.get(index))
            && other.fixed
            && other.when != *when
        {
            let says = format!("{} stands fixed on {}", constraints::brief(self.school, other), other.when);
            reasons.push(Reason::of_fact(Rule::Fixed, other.at.to_string(), says, Some(&other.at)));
        }
        reasons
    }

    /// Adds the reasons that the command line gives: pins and what is forbidden.
    fn asked(&self, candidate: &mut Candidate) {
        let session = &candidate.session;
        for (index, forbid) in self.request.forbid.iter().enumerate() {
            if forbid.meant.fits(session) && forbid.is_at(&session.when) {
                let says = format!("you forbade {}", forbid.meant.says(self.school));
                candidate.shut.push(Reason::of_fact(Rule::Asked, format!("forbid {index}"), says, None));
            }
        }
    }

    /// What a session costs on its own.
    fn costs(&self, session: &Session, origin: Origin) -> Vec<Cost> {
        let mut costs = Vec::new();
        let weight = |preference| self.school.preferences.weight(preference);
        let mut add = |preference: Preference, times: i64, because: String| {
            let cost = weight(preference) * times;
            if cost > 0 {
                costs.push(Cost { preference, cost, because });
            }
        };
        self.cost_of_subject(session, &mut add);
        self.cost_of_origin(session, origin, &mut add);
        self.cost_of_date(session, &mut add);
        self.cost_of_visit(session, origin, &mut add);
        if self.request.replan && !self.published.is_empty() {
            let stays = self.published.iter().any(|given| {
                given.kind == session.kind && given.subject == session.subject && given.when == session.when && given.classes == session.classes
            });
            if !stays {
                add(Preference::Published, 1, "it was given out otherwise".to_owned());
            }
        }
        costs
    }

    fn cost_of_subject(&self, session: &Session, add: &mut impl FnMut(Preference, i64, String)) {
        let Some(subject) = session.subject.as_ref().and_then(|id| self.school.subjects.get(id)) else { return };
        let due = |subject: &Subject| self.due(subject);
        let most = self.partners().map(|(subject, _)| due(subject)).max().unwrap_or(0);
        add(Preference::LongestUnseen, i64::from(most - due(subject)), format!("others are longer unseen than {}", subject.name));
        let highest = self.partners().map(|(subject, _)| subject.priority).max().unwrap_or(0);
        add(Preference::Priority, i64::from(highest - subject.priority), format!("{} has no priority", subject.name));
    }

    /// How much a subject is due: half terms unseen, more for those wanted more often a year.
    pub fn due(&self, subject: &Subject) -> i32 {
        let gap = self.gaps.get(&subject.id).copied().unwrap_or(LONGEST_GAP);
        (gap * i32::try_from(subject.times_a_year).unwrap_or(2) + 1) / 2
    }

    fn cost_of_origin(&self, session: &Session, origin: Origin, add: &mut impl FnMut(Preference, i64, String)) {
        let school = self.school;
        let name = session.subject.as_ref().map_or("", |subject| school.subject_name(subject));
        match origin {
            Origin::Alone | Origin::Own(_) => {}
            Origin::Moved(index) => {
                let Some(other) = self.others.get(index) else { return };
                let because = format!("{name} moves from {} to {}", other.when, session.when);
                if monday(other.when.date) == monday(session.when.date) {
                    add(Preference::MovedInWeek, 1, because);
                } else {
                    add(Preference::MovedFurther, 1, because);
                }
            }
            Origin::Proposed => add(Preference::Proposed, 1, format!("{name} is proposed for {}", session.when)),
        }
        for person in constraints::releases(school, session) {
            add(Preference::Cover, 1, format!("{} needs cover on {}", school.name_of(person), session.when));
        }
        for leader in &session.with {
            let that_day = self.others.iter().enumerate().any(|(index, other)| {
                Some(index) != origin.handed_in() && other.owner == *leader && other.when.date == session.when.date
            });
            if that_day {
                add(Preference::LeaderTwiceADay, 1, format!("{} has another session on {}", school.name_of(leader), day(session.when.date)));
            }
        }
    }

    fn cost_of_date(&self, session: &Session, add: &mut impl FnMut(Preference, i64, String)) {
        for (preference, because) in soft_dates(self.school, self.half_term, session) {
            add(preference, 1, because);
        }
        let notice = self.school.calendar.school_days_between(self.request.today, session.when.date);
        if self.request.today <= session.when.date && notice < 5 && session.subject.is_some() {
            add(Preference::Notice, 1, format!("{} is less than five school days away", day(session.when.date)));
        }
    }

    fn cost_of_visit(&self, session: &Session, origin: Origin, add: &mut impl FnMut(Preference, i64, String)) {
        if !session.kind.is_visit() {
            return;
        }
        let school = self.school;
        for class in &session.classes {
            if let Some(subject) = &session.subject
                && constraints::is_taught(school, class, subject, session) == Taught::Unknown
            {
                let says = format!("no file says when {class} has {}", school.subject_name(subject));
                add(Preference::LessonUnknown, 1, says);
            }
        }
        let used = origin.handed_in().and_then(|index| self.others.get(index)).copied();
        for teacher in &session.teachers {
            let name = school.name_of(teacher);
            let now: Vec<&Session> = self.visits_now(teacher).filter(|other| used != Some(*other)).collect();
            let (visits, minutes) = self.visits_before(teacher, used);
            let far = visits + 1 > 3 || minutes + session.minutes > 180;
            add(Preference::VisitsShared, i64::from(visits), format!("{name} has had {visits} visits this year"));
            if far {
                let says = format!("{name} would have {} visits and {} minutes this year", visits + 1, minutes + session.minutes);
                add(Preference::TeacherOverYear, 1, says);
            }
            if now.iter().any(|other| monday(other.when.date) == monday(session.when.date)) {
                add(Preference::TeacherTwiceAWeek, 1, format!("{name} has another visit in the week of {}", day(monday(session.when.date))));
            }
        }
        let last = self.last_visited_classes();
        if let Some(class) = session.classes.iter().find(|class| last.contains(class)) {
            add(Preference::SameClass, 1, format!("{class} was visited last"));
        }
    }

    /// Visits to a teacher this year before anything is placed, and their minutes; the handed-in
    /// session that is used is left out.
    pub fn visits_before(&self, teacher: &Id, used: Option<&Session>) -> (u32, u32) {
        let (mut visits, mut minutes) = self.earlier_visits.get(teacher).copied().unwrap_or_default();
        for session in self.visits_now(teacher).filter(|other| used != Some(*other)) {
            visits += 1;
            minutes += session.minutes;
        }
        (visits, minutes)
    }

    /// The classes of the phase leader's last lesson visit before this half term.
    fn last_visited_classes(&self) -> Vec<&'a Id> {
        let visits = (1..self.half_term.number).flat_map(|number| self.school.published(number));
        visits
            .filter(|session| session.owner == self.phase.leader && session.kind.is_visit() && session.status.stands())
            .max_by_key(|session| session.when)
            .map_or_else(Vec::new, |session| session.classes.iter().collect())
    }
}

/// The soft rules of a session's date.
pub fn soft_dates(school: &School, half_term: &HalfTerm, session: &Session) -> Vec<(Preference, String)> {
    let calendar = &school.calendar;
    let date = session.when.date;
    let mut found = Vec::new();
    if session.kind.is_visit() {
        let first = half_term.weekdays().find(|date| calendar.is_pupil_day(*date));
        if first.is_some_and(|first| monday(first) == monday(date)) {
            found.push((Preference::FirstWeek, format!("{} is in the first week after a break", day(date))));
        }
        if matches!(half_term.number, 2 | 6) && monday(half_term.to) == monday(date) {
            found.push((Preference::LastWeek, format!("{} is in the last week of term", day(date))));
        }
    }
    if calendar.pupil_days_in_week(date) < 3 {
        found.push((Preference::PartWeek, format!("the week of {} has fewer than three days", day(monday(date)))));
    }
    for window in calendar.windows.iter().filter(|window| window.kind.is_soft() && window.from <= date && date <= window.to) {
        let concerned = session.classes.iter().filter_map(|class| school.classes.get(class)).find(|class| {
            class.year_groups.iter().any(|year_group| window.year_groups.contains(year_group))
        });
        if let Some(class) = concerned {
            found.push((Preference::SoftWindow, format!("class {} has {} then", class.id, window.kind.title())));
        }
    }
    found
}

/// What is still to be placed: the job card's counts less what stands and what is left out.
fn demands(school: &School, request: &Request, kept: &[&Session]) -> Vec<Demand> {
    let card = school.phase_leader_card;
    let wanted = [
        (SessionKind::Scheduling, card.scheduling),
        (SessionKind::WorkScrutiny, card.work),
        (SessionKind::RecordsScrutiny, card.records),
        (SessionKind::LessonVisit, card.lessons),
        (SessionKind::Evaluation, card.evaluation),
    ];
    wanted
        .into_iter()
        .map(|(kind, count)| {
            let done = kept.iter().filter(|session| session.kind == kind).count() + request.without.iter().filter(|without| **without == kind).count();
            Demand { kind, count: count.saturating_sub(u32::try_from(done).unwrap_or(u32::MAX)) }
        })
        .filter(|demand| demand.count > 0)
        .collect()
}

/// The model, and what its columns mean.
#[derive(Debug)]
pub struct Problem<'s, 'a> {
    /// The setting.
    pub setting: &'s Setting<'a>,
    /// The candidates that may be, in the order of the model's first columns.
    pub candidates: Vec<Candidate>,
    /// The model.
    pub model: Model,
    /// What the further columns mean: the preference that each gives way on, and why.
    pub gives_way: BTreeMap<usize, (Preference, String)>,
    /// For each kind of session, the columns that count what is left out.
    pub left_out: BTreeMap<SessionKind, Vec<usize>>,
    /// The wishes, by the column that counts one not met.
    pub unmet: BTreeMap<usize, usize>,
    /// Candidates that only the school's limits of visits or cover shut; kept for explanations.
    pub blocked: Vec<Candidate>,
}

impl<'s, 'a> Problem<'s, 'a> {
    /// Builds the model.
    pub fn new(setting: &'s Setting<'a>) -> Self {
        let candidates: Vec<Candidate> = setting.candidates(&setting.slots).into_iter().filter(|candidate| candidate.shut.is_empty()).collect();
        let (candidates, blocked) = Standing { setting, candidates: &candidates }.split();
        let mut problem = Self {
            setting,
            candidates,
            model: Model::default(),
            gives_way: BTreeMap::new(),
            left_out: BTreeMap::new(),
            unmet: BTreeMap::new(),
            blocked,
        };
        problem.columns();
        problem.hard_rows();
        problem.soft_rows();
        problem.wishes();
        problem.demand_rows();
        problem
    }

    fn columns(&mut self) {
        let mut names = BTreeSet::new();
        for candidate in &self.candidates {
            let session = &candidate.session;
            let mut name = format!("{}_{}_{}", session.kind.word(), session.when.date, session.when.hours.start.format("%H%M"));
            for part in session.subject.iter().chain(&session.classes) {
                name.push('_');
                name.extend(part.as_str().chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }));
            }
            name.push_str(match candidate.origin {
                Origin::Alone => "",
                Origin::Own(_) => "_own",
                Origin::Moved(_) => "_moved",
                Origin::Proposed => "_proposed",
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
    fn such(&self, holds: impl Fn(&Candidate) -> bool) -> Vec<(usize, i64)> {
        self.candidates.iter().enumerate().filter(|(_, candidate)| holds(candidate)).map(|(index, _)| (index, 1)).collect()
    }

    fn hard_rows(&mut self) {
        for when in &self.setting.slots {
            let terms = self.such(|candidate| candidate.session.when.overlaps(when));
            if terms.len() > 1 {
                self.model.at_most(format!("slot_{}_{}", when.date, when.hours.start.format("%H%M")), terms, 1);
            }
        }
        for index in 0..self.setting.others.len() {
            let terms = self.such(|candidate| candidate.origin.handed_in() == Some(index));
            if terms.len() > 1 {
                self.model.at_most(format!("used_once_{index}"), terms, 1);
            }
        }
        let standing = Standing { setting: self.setting, candidates: &self.candidates };
        let rows: Vec<Row> = standing.rows();
        self.model.rows.extend(rows);
        self.visit_limits();
        self.pins();
    }

    fn teachers(&self) -> BTreeSet<Id> {
        self.candidates.iter().flat_map(|candidate| candidate.session.teachers.iter().cloned()).collect()
    }

    /// The school's limits of visits to a teacher: what is added, less what is moved away.
    fn visit_limits(&mut self) {
        for teacher in self.teachers() {
            let limits = visit_limits(self.setting, &teacher);
            for (index, (_, _, room)) in limits.into_iter().enumerate() {
                let terms: Vec<(usize, i64)> = self
                    .candidates
                    .iter()
                    .enumerate()
                    .map(|(index, candidate)| (index, net_visits(self.setting, candidate, &teacher)))
                    .filter(|(_, net)| *net != 0)
                    .collect();
                self.model.at_most(format!("visits_{index}_{}", ascii(&teacher)), terms, room);
            }
        }
    }

    fn pins(&mut self) {
        for (index, pin) in self.setting.request.pin.iter().enumerate() {
            // Nothing else of what is meant, and nothing else at that time.
            let elsewhere = self.such(|candidate| {
                let here = pin.is_at(&candidate.session.when);
                let meant = pin.meant.fits(&candidate.session);
                (here && pin.when.is_some() && !meant) || (meant && !here && pin.meant.subject.is_some())
            });
            if !elsewhere.is_empty() {
                self.model.at_most(format!("pin_{index}_elsewhere"), elsewhere, 0);
            }
        }
    }

    fn soft(&mut self, preference: Preference, name: String, terms: Vec<(usize, i64)>, right: i64, because: String) {
        let weight = self.setting.school.preferences.weight(preference);
        if let Some(column) = self.model.rather_at_most(name, terms, right, weight) {
            self.gives_way.insert(column, (preference, because));
        }
    }

    fn soft_rows(&mut self) {
        let setting = self.setting;
        let school = setting.school;
        for (subject, _) in setting.partners() {
            let kept = setting.kept.iter().filter(|session| session.subject.as_ref() == Some(&subject.id)).count();
            let terms = self.such(|candidate| candidate.session.subject.as_ref() == Some(&subject.id));
            let because = format!("{} comes more than once", subject.name);
            self.soft(Preference::DifferentSubjects, format!("subject_{}", ascii(&subject.id)), terms, 1 - count(kept).min(1), because);
        }
        let weeks: BTreeSet<NaiveDate> = setting.slots.iter().map(|when| monday(when.date)).collect();
        for week in weeks {
            let kept = setting.kept.iter().filter(|session| monday(session.when.date) == week).count();
            let terms = self.such(|candidate| monday(candidate.session.when.date) == week);
            let because = format!("the week of {} has more than one session", day(week));
            self.soft(Preference::OneAWeek, format!("week_{week}"), terms, 1 - count(kept).min(1), because);
        }
        let days: BTreeSet<NaiveDate> = setting.slots.iter().map(|when| when.date).collect();
        let leaders: BTreeSet<&Id> = setting.partners().map(|(_, leader)| leader).collect();
        for leader in &leaders {
            for date in &days {
                let terms = self.such(|candidate| candidate.session.when.date == *date && candidate.session.with.contains(leader));
                let because = format!("{} has two sessions on {}", school.name_of(leader), day(*date));
                self.soft(Preference::LeaderTwiceADay, format!("day_{}_{date}", ascii(leader)), terms, 1, because);
            }
        }
        for class in school.classes.keys() {
            let terms = self.such(|candidate| candidate.session.kind.is_visit() && candidate.session.classes.contains(class));
            let because = format!("class {class} is visited more than once");
            self.soft(Preference::SameClass, format!("class_{}", ascii(class)), terms, 1, because);
        }
        self.soft_rows_of_teachers();
    }

    fn soft_rows_of_teachers(&mut self) {
        let setting = self.setting;
        for teacher in self.teachers() {
            let name = setting.school.name_of(&teacher).to_owned();
            let weeks: BTreeSet<NaiveDate> = setting.slots.iter().map(|when| monday(when.date)).collect();
            for week in weeks {
                let terms = self.such(|candidate| monday(candidate.session.when.date) == week && candidate.session.teachers.contains(&teacher));
                let because = format!("{name} has two visits in the week of {}", day(week));
                self.soft(Preference::TeacherTwiceAWeek, format!("teacher_{}_{week}", ascii(&teacher)), terms, 1, because);
            }
            let (visits, minutes) = setting.visits_before(&teacher, None);
            let room = i64::from(3_u32.saturating_sub(visits)).min(i64::from(180_u32.saturating_sub(minutes)) / 30);
            // Where one visit alone is too many, it costs already; what is shared counts here.
            let terms = self.such(|candidate| candidate.session.teachers.contains(&teacher));
            self.soft(Preference::TeacherOverYear, format!("year_{}", ascii(&teacher)), terms, room.max(1), format!("{name} would have more than 3 visits or 180 minutes this year"));
        }
    }

    fn wishes(&mut self) {
        for (index, want) in self.setting.request.want.iter().enumerate() {
            if self.setting.kept.iter().any(|session| want.fits(session)) {
                continue;
            }
            let terms: Vec<(usize, i64)> = self.such(|candidate| want.fits(&candidate.session)).into_iter().map(|(index, _)| (index, -1)).collect();
            let weight = self.setting.school.preferences.weight(Preference::Wanted).max(1);
            if let Some(column) = self.model.rather_at_most(format!("want_{index}"), terms, -1, weight) {
                self.unmet.insert(column, index);
            }
        }
    }

    /// What must be placed, or left out at a price above everything that is only preferred.
    fn demand_rows(&mut self) {
        let setting = self.setting;
        let dearest = self.model.columns.iter().map(|column| column.cost * i64::from(column.most)).max().unwrap_or(0);
        let sessions: i64 = setting.demands.iter().map(|demand| i64::from(demand.count)).sum();
        let over: i64 = self.gives_way.keys().chain(self.unmet.keys()).filter_map(|column| self.model.columns.get(*column)).map(|column| column.cost * i64::from(column.most).min(sessions + 1)).sum();
        let step = 1 + dearest * sessions + over;
        for demand in &setting.demands {
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
                // First as many as can be, then those that weigh most; 4 and 5 never before another.
                let all = sessions * 1000;
                let weight = match preference {
                    Preference::LeaveOutPinned => sessions * (all + 1000),
                    _ => all + setting.school.preferences.weight(preference),
                };
                let cost = step * weight;
                short.push(self.model.column(format!("left_out_{}_{nth}", demand.kind.word()), cost, 1));
            }
            short.sort_by_key(|column| self.model.columns.get(*column).map(|column| column.cost));
            self.left_out.insert(demand.kind, short.clone());
            self.model.rows.push(Row { name: format!("wanted_{}", demand.kind.word()), terms, sense: Sense::Exactly, right: i64::from(demand.count), slack: short });
        }
    }
}

/// A limit of visits to a teacher: the rule, its reason, and how many more there may be.
pub fn visit_limits(setting: &Setting<'_>, teacher: &Id) -> Vec<(Rule, Reason, i64)> {
    let limits = &setting.school.limits;
    let now = count(setting.visits_now(teacher).count());
    let (year, _) = setting.visits_before(teacher, None);
    let name = setting.school.name_of(teacher);
    let mut found = Vec::new();
    if let Some(limit) = &limits.visits_per_half_term {
        let says = format!("{name} may be visited {} a half term, and {now} are planned", times(limit.most));
        let reason = Reason::of_fact(Rule::VisitsPerHalfTerm, limit.at.to_string(), says, Some(&limit.at));
        found.push((Rule::VisitsPerHalfTerm, reason, (i64::from(limit.most) - now).max(0)));
    }
    if let Some(limit) = &limits.visits_per_year {
        let says = format!("{name} may be visited {} a year, and {year} are done or planned", times(limit.most));
        let reason = Reason::of_fact(Rule::VisitsPerYear, limit.at.to_string(), says, Some(&limit.at));
        found.push((Rule::VisitsPerYear, reason, (i64::from(limit.most) - i64::from(year)).max(0)));
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

/// How many visits to a teacher a candidate adds: less the handed-in one that it takes up.
pub fn net_visits(setting: &Setting<'_>, candidate: &Candidate, teacher: &Id) -> i64 {
    let visits = |session: &Session| i64::from(session.kind.is_visit() && session.teachers.contains(teacher));
    let used = candidate.origin.handed_in().and_then(|index| setting.others.get(index));
    visits(&candidate.session) - used.map_or(0, |used| visits(used))
}

fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// An id in letters that every solver reads.
fn ascii(id: &Id) -> String {
    id.as_str().chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect()
}

/// Candidates against the sessions that stand: a candidate may be only where whatever is in its way
/// is moved away in the same plan.
struct Standing<'s, 'a> {
    setting: &'s Setting<'a>,
    candidates: &'s [Candidate],
}

impl Standing<'_, '_> {
    /// The groups of sessions that stand in a candidate's way, how many of each may stay, and why.
    fn in_the_way(&self, candidate: &Candidate) -> Vec<(Vec<usize>, usize, Reason)> {
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
            if let Some(reason) = constraints::clashes(school, session, other).into_iter().next() {
                groups.push((vec![*index], 0, reason));
            }
        }
        if let Some(place) = session.place.as_deref() {
            let capacity = constraints::capacity(school, place) as usize;
            let there: Vec<usize> = beside.iter().filter(|(_, other)| constraints::same_place(session, other).is_some()).map(|(index, _)| *index).collect();
            if capacity > 1 && there.len() >= capacity {
                let says = format!("{place} holds {capacity} sessions at once, and {} are there on {}", there.len(), session.when);
                groups.push((there, capacity - 1, Reason::of_fact(Rule::PlaceFull, format!("{place} {}", session.when), says, None)));
            }
        }
        if let Some(limit) = &school.limits.releases_per_period {
            let mine = constraints::releases(school, session).len();
            let most = limit.most as usize;
            let there: Vec<usize> = beside.iter().filter(|(_, other)| !constraints::releases(school, other).is_empty()).map(|(index, _)| *index).collect();
            if mine > 0 && there.len() + mine > most {
                let says = format!("cover bears {} at a time, and {} are released on {}", releases_in_words(most), there.len(), session.when);
                groups.push((there, most.saturating_sub(mine), Reason::of_fact(Rule::Cover, limit.at.to_string(), says, Some(&limit.at))));
                if mine > most {
                    groups.push((Vec::new(), 0, Reason::of_fact(Rule::Cover, limit.at.to_string(), format!("cover bears {} at a time", releases_in_words(most)), Some(&limit.at))));
                }
            }
        }
        groups
    }

    /// The candidates that take one of these sessions to another time.
    fn movers(&self, group: &[usize], when: &When) -> Vec<usize> {
        self.candidates
            .iter()
            .enumerate()
            .filter(|(_, candidate)| {
                matches!(candidate.origin, Origin::Moved(index) if group.contains(&index)) && !candidate.session.when.overlaps(when)
            })
            .map(|(index, _)| index)
            .collect()
    }

    /// The candidates that can be at all, and those that something immovable is in the way of.
    fn split(&self) -> (Vec<Candidate>, Vec<Candidate>) {
        let (mut open, mut shut) = (Vec::new(), Vec::new());
        for candidate in self.candidates {
            let reasons: Vec<Reason> = self
                .in_the_way(candidate)
                .into_iter()
                .filter(|(group, stay, _)| {
                    let movable = group.iter().filter(|index| !self.movers(&[**index], &candidate.session.when).is_empty()).count();
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
    fn rows(&self) -> Vec<Row> {
        let mut rows: BTreeMap<(Vec<usize>, usize, When), Vec<usize>> = BTreeMap::new();
        for (index, candidate) in self.candidates.iter().enumerate() {
            for (group, stay, _) in self.in_the_way(candidate) {
                rows.entry((group, stay, candidate.session.when)).or_default().push(index);
            }
        }
        rows.into_iter()
            .enumerate()
            .map(|(number, ((group, stay, when), candidates))| {
                let needed = count(group.len().saturating_sub(stay));
                let terms = candidates.into_iter().map(|index| (index, needed)).chain(self.movers(&group, &when).into_iter().map(|index| (index, -1)));
                Row { name: format!("make_way_{number}"), terms: terms.collect(), sense: Sense::AtMost, right: 0, slack: Vec::new() }
            })
            .collect()
    }
}

/// The reasons why a candidate cannot be beside the sessions that stand, taken as immovable.
pub fn in_the_way(setting: &Setting<'_>, candidate: &Candidate) -> Vec<Reason> {
    Standing { setting, candidates: &[] }.in_the_way(candidate).into_iter().map(|(.., reason)| reason).collect()
}

fn releases_in_words(number: usize) -> String {
    match number {
        0 => "no release".to_owned(),
        1 => "one release".to_owned(),
        more => format!("{more} releases"),
    }
}
