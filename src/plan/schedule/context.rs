//! What planning a half term starts from.
//!
//! The programmed sessions, everybody else's sessions, what is still to be placed, and what earlier half terms show.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::request::ScheduleRequest;
use crate::plan::constraints::Rule;
use crate::school::{
    AcademicYear, DatedHours, HalfTerm, Id, Phase, PlanningLimits, School, Session, SessionKind,
    SessionStatus, Subject, half_term_name,
};

/// So many half terms unseen count as never seen.
const LONGEST_GAP: i32 = 6;

/// How many sessions of a kind are wanted.
#[derive(Clone, Debug)]
pub struct SessionDemand {
    pub kind: SessionKind,
    /// How many are still to be placed.
    pub count: u32,
}

/// Everything that planning a half term starts from.
#[derive(Debug)]
pub struct PlanningContext<'a> {
    pub school: &'a School,
    pub phase: &'a Phase,
    pub half_term: &'a HalfTerm,
    pub request: &'a ScheduleRequest,
    /// The school's limits, those raised that are tried so.
    pub limits: PlanningLimits,
    /// The day planned from: today, or the half term's first day where it is over or to come.
    pub from: NaiveDate,
    /// The phase leader's sessions that stay: held, fixed, or past and not recorded as missed.
    pub kept: Vec<&'a Session>,
    /// What was published and is planned anew.
    pub published: Vec<&'a Session>,
    /// Everybody else's sessions: sent in, or published by another phase leader.
    pub others: Vec<&'a Session>,
    /// The phase leader's programmed sessions from `from` on, in order.
    pub slots: Vec<DatedHours>,
    /// What is still to be placed.
    pub demands: Vec<SessionDemand>,
    /// How many half terms ago the phase leader last saw each subject.
    pub gaps: BTreeMap<Id, i32>,
    /// The half term in which each subject was last seen, where it was.
    pub last_seen: BTreeMap<Id, (AcademicYear, u8)>,
    /// Visits to each teacher earlier in the academic year: how many, and minutes.
    pub earlier_visits: BTreeMap<Id, (u32, u32)>,
}

/// The sessions that take place in a half term, as far as the files show: those published, and those
/// sent in that no published one stands for.
pub fn taking_place(school: &School, half_term: u8) -> Vec<&Session> {
    let published: Vec<&Session> =
        school.published(half_term).iter().filter(|session| session.status.stands()).collect();
    let alone = school
        .handed_in(half_term)
        .iter()
        .filter(|session| !published.iter().any(|given| given.stands_for(session)));
    published.iter().copied().chain(alone).collect()
}

/// Visits to each teacher before a half term, in this academic year: how many, and minutes.
pub(crate) fn earlier_visits(school: &School, half_term: u8) -> BTreeMap<Id, (u32, u32)> {
    let mut visits: BTreeMap<Id, (u32, u32)> = BTreeMap::new();
    let earlier = (1..half_term).flat_map(|number| taking_place(school, number));
    for session in earlier.filter(|session| session.kind.is_visit()) {
        for teacher in &session.teachers {
            let (number, minutes) = visits.entry(teacher.clone()).or_default();
            *number += 1;
            *minutes += session.minutes;
        }
    }
    visits
}

/// Whether the leader of a subject has sent in a schedule for a half term.
pub(super) fn is_handed_in(school: &School, half_term: u8, subject: &Id) -> bool {
    school.year.schedules.get(&half_term).is_some_and(|schedules| schedules.subjects.contains(subject))
}

/// The subjects that have a leader, who has sent in no schedule for a half term.
pub fn not_handed_in(school: &School, half_term: u8) -> Vec<Id> {
    let led = school.set_up.subjects.values().filter(|subject| subject.leader.is_some());
    led.map(|subject| subject.id.clone()).filter(|id| !is_handed_in(school, half_term, id)).collect()
}

/// The school's limits, with those one higher that a request tries so.
fn limits(school: &School, request: &ScheduleRequest) -> PlanningLimits {
    let mut limits = school.settings.limits.clone();
    for rule in &request.raised {
        let limit = match rule {
            Rule::VisitsPerHalfTerm => &mut limits.visits_per_half_term,
            Rule::VisitsPerYear => &mut limits.visits_per_year,
            _ => &mut limits.releases_per_period,
        };
        if let Some(limit) = limit {
            limit.most += 1;
        }
    }
    limits
}

impl<'a> PlanningContext<'a> {
    /// Whether a submitted session may not be moved.
    pub(crate) fn is_fixed(&self, session: &Session) -> bool {
        session.fixed && !self.request.unfixed.contains(&session.at)
    }

    /// Gathers it; `None` where the school has no such half term or phase.
    pub fn new(school: &'a School, request: &'a ScheduleRequest) -> Option<Self> {
        let half_term = school.set_up.calendar.half_term(request.half_term)?;
        let phase = match &request.phase {
            Some(id) => school.set_up.phases.iter().find(|phase| phase.id == *id)?,
            None => school.set_up.phases.first()?,
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
                SessionStatus::Planned => session.when.date < from || session.fixed,
                SessionStatus::Missed | SessionStatus::Cancelled => false,
            })
            .collect();
        let again = published
            .iter()
            .filter(mine)
            .filter(|session| {
                session.status == SessionStatus::Planned && session.when.date >= from && !session.fixed
            })
            .collect();
        let by_others = published.iter().filter(|session| !mine(session) && session.status.stands());
        let standing: Vec<&Session> = kept.iter().copied().chain(by_others.clone()).collect();
        let handed_in = school
            .handed_in(request.half_term)
            .iter()
            .filter(|session| !standing.iter().any(|given| given.stands_for(session)));
        let others = handed_in.chain(by_others).collect();
        let mut slots = programmed(school, phase, half_term, request);
        slots.retain(|when| when.date >= from);
        let demands = demands(school, request, &kept);
        let mut context = Self {
            limits: limits(school, request),
            school,
            phase,
            half_term,
            request,
            from,
            kept,
            published: again,
            others,
            slots,
            demands,
            gaps: BTreeMap::new(),
            last_seen: BTreeMap::new(),
            earlier_visits: earlier_visits(school, request.half_term),
        };
        context.look_back();
        Some(context)
    }

    /// Works out from earlier half terms when each subject was last seen.
    fn look_back(&mut self) {
        let school = self.school;
        let year = school.set_up.calendar.academic_year;
        let mut see = |subject: &Id, when: (AcademicYear, u8)| {
            let last = self.last_seen.entry(subject.clone()).or_insert(when);
            *last = (*last).max(when);
        };
        let same_phase = school.year.seen.iter().any(|seen| seen.phase == self.phase.id);
        for seen in school.year.seen.iter().filter(|seen| !same_phase || seen.phase == self.phase.id) {
            see(&seen.subject, (AcademicYear(seen.academic_year), seen.half_term));
        }
        for number in 1..self.half_term.number {
            for session in school
                .published(number)
                .iter()
                .filter(|session| session.status.stands() && session.owner == self.phase.leader)
            {
                if let Some(subject) = &session.subject {
                    see(subject, (year, number));
                }
            }
        }
        let now = year.0 * 6 + i32::from(self.half_term.number);
        for id in school.set_up.subjects.keys() {
            let gap = self
                .last_seen
                .get(id)
                .map_or(LONGEST_GAP, |(year, number)| now - (year.0 * 6 + i32::from(*number)));
            self.gaps.insert(id.clone(), gap.clamp(0, LONGEST_GAP));
        }
    }

    /// The visits to a teacher in this half term by everybody else, and those that stay.
    pub fn visits_now(&self, teacher: &Id) -> impl Iterator<Item = &'a Session> {
        let others = self.others.iter().chain(&self.kept).copied();
        others
            .filter(|session| session.kind.is_visit() && session.teachers.contains(teacher))
            .collect::<Vec<_>>()
            .into_iter()
    }

    /// When a subject was last seen, in a sentence.
    pub fn says_last_seen(&self, subject: &Id) -> String {
        let name = self.school.subject_name(subject);
        match self.last_seen.get(subject) {
            None => format!("{name} has not been seen yet"),
            Some((year, number)) if *year == self.school.set_up.calendar.academic_year => {
                let is_to_come = |session: &Session| {
                    session.owner == self.phase.leader
                        && session.subject.as_ref() == Some(subject)
                        && session.status == SessionStatus::Planned
                        && session.when.date >= self.request.today
                };
                let when = half_term_name(*number);
                if self.school.published(*number).iter().any(is_to_come) {
                    format!("{name} is to be seen in {when}")
                } else {
                    format!("{name} was last seen in {when}")
                }
            }
            Some((year, number)) => format!("{name} was last seen in {} {year}", half_term_name(*number)),
        }
    }

    /// Whether a subject is taught in the phase, as far as the timetable shows: a class without any
    /// lesson in it may be taught everything.
    pub fn is_taught_in_phase(&self, subject: &Id) -> bool {
        let mut classes =
            self.school.set_up.classes.values().filter(|class| self.phase.has(class)).peekable();
        classes.peek().is_none()
            || classes.any(|class| {
                class.lessons.is_empty() || class.lessons.iter().any(|lesson| lesson.subject == *subject)
            })
    }

    /// Whether the phase leader holds a session of a subject of their own then.
    pub fn is_booked(&self, when: &DatedHours) -> bool {
        self.others
            .iter()
            .any(|other| other.when.overlaps(when) && other.comers().any(|comer| *comer == self.phase.leader))
    }

    /// The subjects that the phase leader can look at with somebody.
    pub fn partners(&self) -> impl Iterator<Item = (&'a Subject, &'a Id)> {
        let me = &self.phase.leader;
        self.school
            .set_up
            .subjects
            .values()
            .filter_map(|subject| Some((subject, subject.leader.as_ref()?)))
            .filter(move |(_, leader)| *leader != me)
    }

    /// Whether the time is one of the phase leader's programmed sessions, or one added.
    pub fn is_programmed(&self, when: &DatedHours) -> bool {
        self.slots.contains(when)
    }

    /// How much a subject is due: half terms unseen, more for those wanted more often a year.
    pub fn due(&self, subject: &Subject) -> i32 {
        let gap = self.gaps.get(&subject.id).copied().unwrap_or(LONGEST_GAP);
        (gap * i32::try_from(subject.times_a_year).unwrap_or(2) + 1) / 2
    }

    /// Visits to a teacher this year before anything is placed, and their minutes; the submitted
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
    pub(crate) fn last_visited_classes(&self) -> Vec<&'a Id> {
        let visits = (1..self.half_term.number).flat_map(|number| self.school.published(number));
        visits
            .filter(|session| {
                session.owner == self.phase.leader && session.kind.is_visit() && session.status.stands()
            })
            .max_by_key(|session| session.when)
            .map_or_else(Vec::new, |session| session.classes.iter().collect())
    }
}

/// The programmed sessions of a phase leader's half term, in order, each once.
fn programmed(
    school: &School,
    phase: &Phase,
    half_term: &HalfTerm,
    request: &ScheduleRequest,
) -> Vec<DatedHours> {
    let mut slots = phase.slots(&school.set_up.calendar, half_term);
    slots.extend(request.extra.iter().filter(|when| half_term.contains(when.date)));
    // What was agreed outside the programme was agreed: it counts as programmed.
    let given_out = school
        .published(half_term.number)
        .iter()
        .filter(|session| session.owner == phase.leader && session.status == SessionStatus::Planned);
    slots.extend(given_out.map(|session| session.when));
    slots.sort();
    slots.dedup();
    slots
}

/// What is still to be placed: the job card's counts less what stays and what is left out.
fn demands(school: &School, request: &ScheduleRequest, kept: &[&Session]) -> Vec<SessionDemand> {
    let card = school.settings.phase_leader_card;
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
            let done = kept.iter().filter(|session| session.kind == kind).count()
                + request.without.iter().filter(|without| **without == kind).count();
            SessionDemand { kind, count: count.saturating_sub(u32::try_from(done).unwrap_or(u32::MAX)) }
        })
        .filter(|demand| demand.count > 0)
        .collect()
}
