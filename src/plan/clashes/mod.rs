//! The checks of a half term's sessions against rules and each other.

pub mod answer;
mod find;
mod fix;

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::constraints::{self, Rule};
use super::schedule::context::earlier_visits;
use super::schedule::model::times;
use crate::diagnostic::Place;
use crate::school::{HalfTerm, Id, School, Session, SessionKind};

pub use answer::{BrokenSession, Clash, ClashFix, Clashes};
pub use find::{broken, clashes};

/// What is wrong with a session, alone or together with others.
pub(crate) struct SessionFault<'a> {
    pub(crate) rule: Rule,
    pub(crate) hard: bool,
    pub(crate) says: String,
    pub(crate) at: Option<Place>,
    pub(crate) with: Vec<&'a Session>,
}

impl<'a> SessionFault<'a> {
    /// An error that must be settled.
    fn hard(rule: Rule, says: String, at: Option<&Place>, with: Vec<&'a Session>) -> Self {
        Self { rule, hard: true, says, at: at.cloned(), with }
    }

    /// An error that is better avoided.
    pub(crate) fn soft(rule: Rule, says: String, with: Vec<&'a Session>) -> Self {
        Self { rule, hard: false, says, at: None, with }
    }
}

/// Checks the sessions of one half term.
pub(crate) struct ClashChecker<'a> {
    pub(crate) school: &'a School,
    pub(crate) half_term: &'a HalfTerm,
    pub(crate) today: NaiveDate,
    /// Visits to each teacher earlier in the academic year: how many, and minutes.
    pub(crate) earlier: BTreeMap<Id, (u32, u32)>,
}

impl<'a> ClashChecker<'a> {
    fn new(school: &'a School, half_term: &'a HalfTerm, today: NaiveDate) -> Self {
        Self { school, half_term, today, earlier: earlier_visits(school, half_term.number) }
    }

    /// Everything that is wrong with a session, alone or together with others.
    fn diagnostics(&self, session: &Session, others: &[&'a Session]) -> Vec<SessionFault<'a>> {
        let mut diagnostics = Vec::new();
        for reason in constraints::limits(self.school, session) {
            diagnostics.push(SessionFault::hard(reason.rule, reason.says, reason.at.as_ref(), Vec::new()));
        }
        for other in others {
            for reason in constraints::clashes(self.school, session, other) {
                diagnostics.push(SessionFault::hard(reason.rule, reason.says, None, vec![other]));
            }
        }
        self.fixed(session, &mut diagnostics);
        self.place(session, others, &mut diagnostics);
        self.cover(session, others, &mut diagnostics);
        self.visits(session, others, &mut diagnostics);
        self.order(session, others, &mut diagnostics);
        diagnostics.extend(self.against_preferences(session, others));
        diagnostics
    }

    /// A session that was agreed in place of a submitted one that was marked fixed.
    fn fixed(&self, session: &Session, diagnostics: &mut Vec<SessionFault<'a>>) {
        let handed_in = self.school.handed_in(self.half_term.number);
        let moved = handed_in.iter().find(|other| {
            other.fixed
                && session.moved_from.is_some()
                && session.when != other.when
                && session.stands_for(other)
        });
        if let Some(other) = moved {
            let says = format!("it was handed in as fixed on {}", other.when);
            diagnostics.push(SessionFault::hard(Rule::Fixed, says, Some(&other.at), Vec::new()));
        }
    }

    fn place(&self, session: &Session, others: &[&'a Session], diagnostics: &mut Vec<SessionFault<'a>>) {
        let Some(place) = session.place.as_deref() else { return };
        let capacity = constraints::capacity(self.school, place) as usize;
        let with: Vec<&Session> = others
            .iter()
            .copied()
            .filter(|other| {
                other.when.overlaps(&session.when) && constraints::same_place(session, other).is_some()
            })
            .collect();
        if capacity > 1 && with.len() >= capacity {
            let says = format!(
                "{place} holds {capacity} sessions at once, and {} are there on {}",
                with.len() + 1,
                session.when
            );
            diagnostics.push(SessionFault::hard(Rule::PlaceFull, says, None, with));
        }
    }

    fn cover(&self, session: &Session, others: &[&'a Session], diagnostics: &mut Vec<SessionFault<'a>>) {
        let school = self.school;
        let mine = constraints::releases(school, session);
        if mine.is_empty() {
            return;
        }
        let Some(limit) = &school.settings.limits.releases_per_period else { return };
        let with: Vec<&Session> = others
            .iter()
            .copied()
            .filter(|other| {
                other.when.overlaps(&session.when) && !constraints::releases(school, other).is_empty()
            })
            .collect();
        let total =
            mine.len() + with.iter().map(|other| constraints::releases(school, other).len()).sum::<usize>();
        if total > limit.most as usize {
            let says =
                format!("{total} teachers are released on {}, and cover bears {}", session.when, limit.most);
            diagnostics.push(SessionFault::hard(Rule::Cover, says, Some(&limit.at), with));
        }
    }

    fn visits(&self, session: &Session, others: &[&'a Session], diagnostics: &mut Vec<SessionFault<'a>>) {
        for teacher in session.teachers.iter().filter(|_| session.kind.is_visit()) {
            let with: Vec<&Session> = others
                .iter()
                .copied()
                .filter(|other| other.kind.is_visit() && other.teachers.contains(teacher))
                .collect();
            self.visits_to(teacher, with, diagnostics);
        }
    }

    /// A visit to a teacher, counted with the other visits to them in the half term.
    fn visits_to(&self, teacher: &Id, with: Vec<&'a Session>, diagnostics: &mut Vec<SessionFault<'a>>) {
        let limits = &self.school.settings.limits;
        let name = self.school.name_of(teacher);
        let (earlier, _) = self.earlier.get(teacher).copied().unwrap_or_default();
        let now = u32::try_from(with.len()).unwrap_or(u32::MAX) + 1;
        if let Some(limit) = limits.visits_per_half_term.as_ref().filter(|limit| now > limit.most) {
            let most = times(limit.most);
            let says = format!("{name} may be visited {most} a half term, and {now} visits are planned");
            diagnostics.push(SessionFault::hard(
                Rule::VisitsPerHalfTerm,
                says,
                Some(&limit.at),
                with.clone(),
            ));
        }
        let year = earlier + now;
        if let Some(limit) = limits.visits_per_year.as_ref().filter(|limit| year > limit.most) {
            let says = format!("{name} may be visited {} a year, and this makes {year}", times(limit.most));
            diagnostics.push(SessionFault::hard(Rule::VisitsPerYear, says, Some(&limit.at), with));
        }
    }

    /// The sessions of the same schedule: a subject's, or the phase leader's own.
    pub(crate) fn same_schedule(session: &Session, others: &[&'a Session]) -> Vec<&'a Session> {
        let joint = |session: &Session| !session.with.is_empty();
        others
            .iter()
            .copied()
            .filter(|other| {
                other.owner == session.owner
                    && (other.subject == session.subject
                        || (joint(session) || session.subject.is_none())
                            && (joint(other) || other.subject.is_none()))
            })
            .collect()
    }

    /// Whether a session would come before task area 5, or after task area 4, of its own schedule.
    fn breaks_order(session: &Session, others: &[&'a Session]) -> bool {
        session.kind.task_area().is_some()
            && Self::same_schedule(session, others).iter().any(|other| match other.kind {
                SessionKind::Scheduling => session.when < other.when,
                SessionKind::Evaluation => session.when > other.when,
                _ => false,
            })
    }

    fn order(&self, session: &Session, others: &[&'a Session], diagnostics: &mut Vec<SessionFault<'a>>) {
        // What is past cannot be in the way of what is still to come.
        let past = |other: &&Session| other.when.date < self.today && self.today <= session.when.date;
        let mut beside = Self::same_schedule(session, others);
        beside.retain(|other| !past(other));
        let name = self.school.name_of(&session.owner);
        let wrong = match session.kind {
            SessionKind::Scheduling => beside
                .iter()
                .copied()
                .filter(|other| other.kind.task_area().is_some() && other.when < session.when)
                .min_by_key(|other| other.when)
                .map(|other| (other, 5, "first", "before")),
            SessionKind::Evaluation => beside
                .iter()
                .copied()
                .filter(|other| other.kind.task_area().is_some() && other.when > session.when)
                .max_by_key(|other| other.when)
                .map(|other| (other, 4, "last", "after")),
            _ => None,
        };
        if let Some((other, area, which, side)) = wrong {
            let says = format!(
                "task area {area} belongs on {name}'s {which} session, and {} is {side} it, on {}",
                constraints::brief(self.school, other),
                other.when
            );
            diagnostics.push(SessionFault::hard(Rule::TaskOrder, says, None, vec![other]));
        }
    }
}
