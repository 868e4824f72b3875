//! What happened to the monitoring: sessions agreed, held and missed by half term, and which subject was looked at
//! when.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;

use crate::privacy::audience::Audience;
use crate::school::{Id, Phase, School, Session, SessionKind, SessionStatus};

/// A session that did not take place.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct MissedSession {
    pub id: Id,
    pub kind: SessionKind,
    pub subject: Option<Id>,
    pub date: NaiveDate,
    /// Why; not for those who see no names, since a reason may name somebody.
    pub why: Option<String>,
}

/// Sessions of one kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct SessionCount {
    /// Agreed, up to the day of the answer, and not called off.
    pub planned: u32,
    pub held: u32,
    pub to_come: u32,
}

/// The sessions of a half term.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct HalfTermMonitoring {
    pub half_term: u8,
    /// All kinds together.
    pub all: SessionCount,
    /// By the job card's task area, 1 to 5.
    pub task_areas: BTreeMap<u8, SessionCount>,
    pub missed: Vec<MissedSession>,
    /// Those whose day has passed, of which nobody has noted what became.
    pub not_noted: u32,
}

/// How often a subject was looked at.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct SubjectVisits {
    pub subject: Id,
    /// Sessions held in each half term, from the first; none where nothing was agreed yet.
    pub half_terms: Vec<Option<u32>>,
}

/// The answer.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Monitoring {
    /// Each half term that was asked for.
    pub half_terms: Vec<HalfTermMonitoring>,
    /// Each subject, over all half terms of the academic year.
    pub subjects: Vec<SubjectVisits>,
}

/// What happened to the sessions of a phase's leader in the half terms from one to another; subjects over the whole
/// academic year up to the last of them.
pub fn monitoring(
    school: &School,
    phase: &Phase,
    (from, to): (u8, u8),
    audience: &Audience,
    today: NaiveDate,
) -> Monitoring {
    let own = |number: u8| {
        school.published(number).iter().filter(|session| session.owner == phase.leader).collect::<Vec<_>>()
    };
    let half_terms = (from..=to)
        .map(|number| (number, own(number)))
        .filter(|(_, sessions)| !sessions.is_empty())
        .map(|(number, sessions)| of_half_term(number, &sessions, audience, today));
    let subjects = school.set_up.subjects.values().filter(|subject| subject.leader.is_some());
    let seen = |subject: &Id| {
        let of = |number: u8| {
            let sessions = own(number);
            let held = |session: &&&Session| {
                session.status == SessionStatus::Held && session.subject.as_ref() == Some(subject)
            };
            (!sessions.is_empty())
                .then(|| u32::try_from(sessions.iter().filter(held).count()).unwrap_or(u32::MAX))
        };
        SubjectVisits { subject: subject.clone(), half_terms: (1..=to).map(of).collect() }
    };
    Monitoring {
        half_terms: half_terms.collect(),
        subjects: subjects.map(|subject| seen(&subject.id)).collect(),
    }
}

fn of_half_term(
    number: u8,
    sessions: &[&Session],
    audience: &Audience,
    today: NaiveDate,
) -> HalfTermMonitoring {
    let mut answer = HalfTermMonitoring {
        half_term: number,
        all: SessionCount::default(),
        task_areas: BTreeMap::new(),
        missed: Vec::new(),
        not_noted: 0,
    };
    for session in sessions.iter().filter(|session| session.status != SessionStatus::Cancelled) {
        let is_past = session.when.date <= today;
        let add = |count: &mut SessionCount| match session.status {
            SessionStatus::Held => {
                count.planned += 1;
                count.held += 1;
            }
            SessionStatus::Planned if session.when.date >= today => count.to_come += 1,
            _ if is_past => count.planned += 1,
            _ => {}
        };
        add(&mut answer.all);
        if let Some(area) = session.kind.task_area() {
            add(answer.task_areas.entry(area).or_default());
        }
        if session.status == SessionStatus::Missed {
            answer.missed.push(MissedSession {
                id: session.id.clone(),
                kind: session.kind,
                subject: session.subject.clone(),
                date: session.when.date,
                why: Some(session.note.clone()).filter(|why| !why.is_empty() && audience.sees_names()),
            });
        }
        if session.status == SessionStatus::Planned && session.when.date < today {
            answer.not_noted += 1;
        }
    }
    answer
}
