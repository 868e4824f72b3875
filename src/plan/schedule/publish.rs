//! What agreeing a schedule changes in what was agreed before.

use super::answer::{PlannedSession, Schedule};
use crate::school::{School, Session, SessionStatus};

/// What happens to a session that is agreed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PublishedChange {
    /// It is new.
    New,
    /// It differs from what was agreed; its sequence is raised.
    Changed,
    /// It is called off; its sequence is raised.
    Cancelled,
}

/// The rows to write, each with what happens to it. What is the same is not among them.
pub fn publish(school: &School, schedule: &Schedule) -> Vec<(PublishedChange, Session)> {
    let before = school.published(schedule.half_term.number);
    let mut changes = Vec::new();
    for planned in schedule.sessions.iter().filter(|session| session.origin != "kept") {
        let session = session(planned);
        match before.iter().find(|old| old.id == session.id) {
            None => changes.push((PublishedChange::New, session)),
            Some(old) if old.is_told_as(&session) => {}
            Some(old) => {
                changes.push((PublishedChange::Changed, Session { sequence: old.sequence + 1, ..session }))
            }
        }
    }
    let owner =
        school.set_up.phases.iter().find(|phase| phase.id == schedule.phase).map(|phase| &phase.leader);
    for old in before.iter().filter(|old| Some(&old.owner) == owner && old.status == SessionStatus::Planned) {
        if !schedule.sessions.iter().any(|planned| planned.id == old.id) {
            let note = "no longer in the schedule".to_owned();
            changes.push((
                PublishedChange::Cancelled,
                Session { sequence: old.sequence + 1, status: SessionStatus::Cancelled, note, ..old.clone() },
            ));
        }
    }
    changes
}

fn session(planned: &PlannedSession) -> Session {
    Session {
        id: planned.id.clone(),
        sequence: planned.sequence,
        owner: planned.owner.clone(),
        kind: planned.kind,
        when: planned.when,
        subject: planned.subject.clone(),
        with: planned.with.clone(),
        teachers: planned.teachers.clone(),
        classes: planned.classes.clone(),
        place: planned.place.clone(),
        minutes: planned.minutes,
        fixed: false,
        status: planned.status,
        note: String::new(),
        moved_from: planned.moved_from,
        lent_by: Vec::new(),
        at: crate::diagnostic::Place::file(""),
    }
}
