//! Every session that could be placed, where it comes from, and why it may not be.

use super::context::PlanningContext;
use crate::plan::constraints::{self, Rule, RuleReason};
use crate::school::{DatedHours, Id, Preference, Session, SessionKind, SessionStatus, Subject, day};

/// What a session of the plan costs under a preference, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CandidateCost {
    pub preference: Preference,
    pub cost: i64,
    pub because: String,
}

/// Where a session of the plan comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CandidateOrigin {
    /// The phase leader's alone: task areas 4 and 5.
    Alone,
    /// A submitted session where it stands, by its index among the others.
    Own(usize),
    Moved(usize),
    /// Proposed: nothing sent in is used.
    Proposed,
}

impl CandidateOrigin {
    /// The submitted session used.
    pub fn handed_in(self) -> Option<usize> {
        match self {
            CandidateOrigin::Own(index) | CandidateOrigin::Moved(index) => Some(index),
            CandidateOrigin::Alone | CandidateOrigin::Proposed => None,
        }
    }
}

/// A session that could be placed.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// The session as it would be.
    pub session: Session,
    pub origin: CandidateOrigin,
    /// Why it may not be; empty where it may.
    pub shut: Vec<RuleReason>,
    /// What it costs on its own.
    pub costs: Vec<CandidateCost>,
}

impl PlanningContext<'_> {
    /// Every session that could be placed at those times, those that may not be with the reasons.
    pub fn candidates(&self, slots: &[DatedHours]) -> Vec<Candidate> {
        let mut candidates = Vec::new();
        let first = self.ends(SessionKind::Scheduling, slots.iter());
        let last = self.ends(SessionKind::Evaluation, slots.iter().rev());
        for demand in &self.demands {
            for when in slots {
                match demand.kind {
                    SessionKind::Scheduling => {
                        candidates.push(self.pinned(demand.kind, when, first, "first"))
                    }
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
    fn ends<'s>(
        &self,
        kind: SessionKind,
        mut slots: impl Iterator<Item = &'s DatedHours>,
    ) -> Option<DatedHours> {
        let there = |when: &&DatedHours| {
            self.is_programmed(when)
                && !self.is_booked(when)
                && constraints::limits(self.school, &self.alone(kind, when)).is_empty()
        };
        slots.find(there).copied()
    }

    fn alone(&self, kind: SessionKind, when: &DatedHours) -> Session {
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
            minutes: self.school.settings.minutes.of(kind, when),
            fixed: false,
            status: SessionStatus::Planned,
            note: String::new(),
            moved_from: None,
            lent_by: Vec::new(),
            at: self.phase.at.clone(),
        }
    }

    fn pinned(
        &self,
        kind: SessionKind,
        when: &DatedHours,
        end: Option<DatedHours>,
        which: &str,
    ) -> Candidate {
        let session = self.alone(kind, when);
        let mut shut = self.shut(&session, None);
        if shut.is_empty() && end != Some(*when) {
            let area = kind.task_area().unwrap_or(0);
            let says = format!("task area {area} belongs on the {which} programmed session");
            shut.push(RuleReason::of_fact(Rule::TaskOrder, which.to_owned(), says, None));
        }
        let costs = self.costs(&session, CandidateOrigin::Alone);
        Candidate { session, origin: CandidateOrigin::Alone, shut, costs }
    }

    /// The sessions of a task area with each subject leader at a time.
    fn joint(&self, kind: SessionKind, when: &DatedHours, candidates: &mut Vec<Candidate>) {
        for subject in self.school.set_up.subjects.values() {
            let leader = match &subject.leader {
                Some(leader) if *leader != self.phase.leader => leader,
                other => {
                    candidates.push(self.without_partner(kind, when, subject, other.is_some()));
                    continue;
                }
            };
            let base = Session {
                subject: Some(subject.id.clone()),
                with: vec![leader.clone()],
                ..self.alone(kind, when)
            };
            let mut used: Vec<Vec<Id>> = Vec::new();
            for (index, handed_in) in
                self.others.iter().enumerate().filter(|(_, other)| self.serves(other, kind, subject, leader))
            {
                let here = handed_in.when == *when;
                let origin = if here { CandidateOrigin::Own(index) } else { CandidateOrigin::Moved(index) };
                let classes = handed_in.classes.clone();
                let teachers = match (kind.is_visit(), here) {
                    (false, _) => Vec::new(),
                    (true, true) => handed_in.teachers.clone(),
                    (true, false) => self.school.set_up.teachers_visited(&classes, when),
                };
                let moved_from = (!here).then_some(handed_in.when);
                let session = Session {
                    place: handed_in.place.clone(),
                    minutes: handed_in.minutes,
                    classes,
                    teachers,
                    moved_from,
                    ..base.clone()
                };
                if here {
                    used.push(session.classes.clone());
                }
                self.push(session, origin, candidates);
            }
            if kind.is_visit() {
                for class in self.school.set_up.classes.values().filter(|class| self.phase.has(class)) {
                    let classes = vec![class.id.clone()];
                    if !used.contains(&classes) {
                        let teachers = self.school.set_up.teachers_visited(&classes, when);
                        self.push(
                            Session { place: class.room.clone(), classes, teachers, ..base.clone() },
                            CandidateOrigin::Proposed,
                            candidates,
                        );
                    }
                }
                if self.school.set_up.classes.is_empty() {
                    self.push(base, CandidateOrigin::Proposed, candidates);
                }
            } else if used.is_empty() {
                self.push(base, CandidateOrigin::Proposed, candidates);
            }
        }
    }

    /// A session of a subject that there is nobody to work on with.
    fn without_partner(
        &self,
        kind: SessionKind,
        when: &DatedHours,
        subject: &Subject,
        mine: bool,
    ) -> Candidate {
        let session = Session { subject: Some(subject.id.clone()), ..self.alone(kind, when) };
        let says = match mine {
            true => format!("you lead {} yourself", subject.name),
            false => format!("{} has no leader", subject.name),
        };
        let shut = vec![RuleReason::new(Rule::NoPartner, says, &subject.at)];
        Candidate { session, origin: CandidateOrigin::Proposed, shut, costs: Vec::new() }
    }

    fn push(&self, session: Session, origin: CandidateOrigin, candidates: &mut Vec<Candidate>) {
        let shut = self.shut(&session, origin.handed_in());
        let costs = if shut.is_empty() { self.costs(&session, origin) } else { Vec::new() };
        candidates.push(Candidate { session, origin, shut, costs });
    }

    /// Whether a submitted session can become a joint one: the same task area and subject, still to
    /// come, and not about other phases' classes only.
    fn serves(&self, other: &Session, kind: SessionKind, subject: &Subject, leader: &Id) -> bool {
        let mut classes = other.classes.iter().filter_map(|class| self.school.set_up.classes.get(class));
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
    fn shut(&self, session: &Session, origin: Option<usize>) -> Vec<RuleReason> {
        let mut reasons = constraints::limits(self.school, session);
        let when = &session.when;
        if when.date < self.from {
            let says = format!("{} is past", day(when.date));
            reasons.push(RuleReason::of_fact(Rule::Past, "past".to_owned(), says, None));
        } else if !self.is_programmed(when) {
            let at = self.phase.sessions.first().map_or(&self.phase.at, |programmed| &programmed.at);
            let says = format!("{when} is no programmed session of yours");
            reasons.push(RuleReason::of_fact(Rule::NotProgrammed, "programmed".to_owned(), says, Some(at)));
        }
        for kept in self.kept.iter().filter(|kept| kept.when.overlaps(when)) {
            let says = format!("{} is taken: {}", kept.when, constraints::brief(self.school, kept));
            reasons.push(RuleReason::of_fact(Rule::Taken, kept.at.to_string(), says, Some(&kept.at)));
        }
        if let Some(subject) = session.subject.as_ref().filter(|subject| !self.is_taught_in_phase(subject)) {
            let says = format!("{} is not taught in {}", self.school.subject_name(subject), self.phase.name);
            reasons.push(RuleReason::of_fact(Rule::NotTaught, format!("phase {subject}"), says, None));
        }
        if let Some(other) = origin.and_then(|index| self.others.get(index))
            && self.is_fixed(other)
            && other.when != *when
        {
            let says = format!("{} stands fixed on {}", constraints::brief(self.school, other), other.when);
            reasons.push(RuleReason::of_fact(Rule::Fixed, other.at.to_string(), says, Some(&other.at)));
        }
        reasons
    }

    /// Adds the reasons that the command line gives: pins and what is forbidden.
    fn asked(&self, candidate: &mut Candidate) {
        let session = &candidate.session;
        for (index, forbid) in self.request.forbid.iter().enumerate() {
            if forbid.fits(session) {
                let says = format!("you forbade {}", forbid.meant.says(self.school));
                candidate.shut.push(RuleReason::of_fact(Rule::Asked, format!("forbid {index}"), says, None));
            }
        }
    }
}
