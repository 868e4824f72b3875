//! The clashes of a half term, and the sessions that clash.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::answer::{BrokenSession, Clash, Clashes};
use super::{ClashChecker, SessionFault};
use crate::diagnostic::Place;
use crate::plan::constraints::{self, Rule};
use crate::plan::schedule::answer::HalfTermSpan;
use crate::plan::schedule::context::{not_handed_in, taking_place};
use crate::school::{DatedHours, Id, Phase, School, Session, SessionStatus};

/// Finds the clashes of a half term; `None` where the school has no such half term.
pub fn clashes(school: &School, half_term: u8, today: NaiveDate) -> Option<Clashes> {
    let span = school.set_up.calendar.half_term(half_term)?;
    let sessions = taking_place(school, half_term);
    let check = ClashChecker::new(school, span, today);
    let mut found: BTreeMap<(bool, Rule, Vec<Id>), (DatedHours, Clash)> = BTreeMap::new();
    for session in &sessions {
        let others: Vec<&Session> = sessions.iter().copied().filter(|other| other.id != session.id).collect();
        for fault in check.diagnostics(session, &others) {
            let mut ids: Vec<Id> =
                std::iter::once(session).chain(&fault.with).map(|session| session.id.clone()).collect();
            ids.sort();
            let key = (!fault.hard, fault.rule, ids);
            found.entry(key).or_insert_with(|| (session.when, check.clash(session, fault, &sessions)));
        }
    }
    let mut clashes: Vec<(DatedHours, Clash)> = found.into_values().collect();
    clashes.sort_by(|(a, x), (b, y)| (!x.hard, a, x.kind, &x.says).cmp(&(!y.hard, b, y.kind, &y.says)));
    Some(Clashes {
        schema: "phase/clashes/1",
        half_term: HalfTermSpan::of(&school.set_up.calendar, span),
        clashes: clashes.into_iter().map(|(_, clash)| clash).collect(),
        not_handed_in: not_handed_in(school, half_term),
        sessions: sessions.len(),
        made_on: today,
    })
}

/// The sessions of a phase leader still to come that cannot be as they were agreed: somebody is away, or what they
/// were planned around has changed. By time.
pub fn broken(school: &School, phase: &Phase, half_term: u8, today: NaiveDate) -> Vec<BrokenSession> {
    let is_to_come = |session: &&Session| {
        session.owner == phase.leader
            && session.status == SessionStatus::Planned
            && session.when.date >= today
    };
    let given_out: Vec<&Session> = school.published(half_term).iter().filter(is_to_come).collect();
    let Some(span) = school.set_up.calendar.half_term(half_term).filter(|_| !given_out.is_empty()) else {
        return Vec::new();
    };
    let check = ClashChecker::new(school, span, today);
    let all = taking_place(school, half_term);
    let of = |session: &&Session| {
        let others: Vec<&Session> = all.iter().copied().filter(|other| other.id != session.id).collect();
        let hard = check.diagnostics(session, &others).into_iter().filter(|fault| fault.hard);
        let brief = constraints::brief(school, session);
        let says: Vec<String> = hard.map(|fault| format!("{brief}: {}", fault.says)).collect();
        (!says.is_empty()).then(|| BrokenSession {
            session: session.id.clone(),
            kind: session.kind,
            subject: session.subject.clone(),
            when: session.when,
            half_term,
            says,
        })
    };
    let mut broken: Vec<BrokenSession> = given_out.iter().filter_map(of).collect();
    broken.sort_by(|a, b| (a.when, &a.session).cmp(&(b.when, &b.session)));
    broken
}

impl<'a> ClashChecker<'a> {
    /// An error as the answer has it, with the smallest change that settles it.
    fn clash(&self, session: &Session, fault: SessionFault<'a>, all: &[&'a Session]) -> Clash {
        let concerned: Vec<&Session> = std::iter::once(session).chain(fault.with.iter().copied()).collect();
        let mut staff: Vec<Id> = concerned.iter().flat_map(|session| session.people()).cloned().collect();
        let mut classes: Vec<Id> =
            concerned.iter().flat_map(|session| session.classes.iter()).cloned().collect();
        let mut at: Vec<Place> =
            concerned.iter().map(|session| session.at.clone()).chain(fault.at.clone()).collect();
        for list in [&mut staff, &mut classes] {
            list.sort();
            list.dedup();
        }
        at.dedup();
        let change = self.fix(&concerned, &fault, all);
        let mend = match &change {
            Some(change) => self.fix_in_words(&concerned, change),
            None if concerned.iter().all(|session| session.when.date < self.today) => {
                "its day has passed".to_owned()
            }
            None => {
                "no other time in the half term fits: leave one out, or ask for the rule to change".to_owned()
            }
        };
        Clash {
            kind: fault.rule,
            hard: fault.hard,
            says: format!("{}: {}", constraints::brief(self.school, session), fault.says),
            staff,
            classes,
            sessions: concerned.iter().map(|session| session.id.clone()).collect(),
            at,
            mend,
            change,
        }
    }
}
