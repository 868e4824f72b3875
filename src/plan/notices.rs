//! Notices to staff: each person's sessions, and what is new to them.
//!
//! What is new is measured against what was sent to them last.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;

use super::constraints::releases;
use crate::school::{DatedHours, HalfTerm, Id, Phase, School, Session, SessionKind, SessionStatus};

/// What is new to a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum NoticeChange {
    /// They did not know of it.
    New,
    /// It is at another time.
    Moved,
    /// Something else of it is different.
    Changed,
    Cancelled,
    /// It takes place, and they are not needed.
    #[serde(rename = "not-needed")]
    NotNeeded,
}

impl NoticeChange {
    /// Whether it is to be taken out of a calendar.
    pub fn is_off(self) -> bool {
        matches!(self, NoticeChange::Cancelled | NoticeChange::NotNeeded)
    }
}

/// What a session asks of somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum SessionRole {
    /// To be there: they hold it, take part, or are visited.
    Comes,
    /// Something of their class, such as books; they need not come.
    Lends,
}

impl SessionRole {
    /// What a session asks of a person; none where it does not concern them.
    fn of(session: &Session, person: &Id) -> Option<Self> {
        if session.people().any(|one| one == person) {
            return Some(SessionRole::Comes);
        }
        session.lent_by.contains(person).then_some(SessionRole::Lends)
    }
}

/// The teachers of classes of which a session looks at something, where none of a class's teachers comes.
fn lenders(school: &School, session: &Session) -> Vec<Id> {
    let classes = session.classes.iter().filter(|_| session.kind.lends().is_some());
    let comes = |one: &Id| session.people().any(|comes| comes == one);
    let classes = classes.filter_map(|class| school.set_up.classes.get(class));
    let without = classes.filter(|class| !class.teachers.iter().any(comes));
    let mut lenders: Vec<Id> = without.flat_map(|class| &class.teachers).cloned().collect();
    lenders.sort_unstable();
    lenders.dedup();
    lenders
}

/// What a session was before it was replaced by another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct EarlierTime {
    #[serde(flatten)]
    pub when: DatedHours,
    pub kind: SessionKind,
    pub subject: Option<Id>,
    pub classes: Vec<Id>,
}

/// A session in a notice.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct NoticeSession {
    pub id: Id,
    /// Raised whenever something shown of it changes.
    pub sequence: u32,
    /// Whose programmed session it is.
    pub owner: Id,
    /// The job card's task area.
    pub task_area: Option<u8>,
    pub kind: SessionKind,
    /// What it asks of the person; to be there, in the whole schedule.
    pub part: SessionRole,
    /// The week of the half term.
    pub week: u32,
    #[serde(flatten)]
    pub when: DatedHours,
    /// How long it lasts within that time, in minutes.
    pub minutes: u32,
    pub subject: Option<Id>,
    pub with: Vec<Id>,
    pub teachers: Vec<Id>,
    pub classes: Vec<Id>,
    /// Class teachers who are asked for something and need not come.
    pub lent_by: Vec<Id>,
    pub place: Option<String>,
    /// Planned, held, missed or cancelled.
    pub status: SessionStatus,
    /// Who must be released from a class for it.
    pub cover: Vec<Id>,
    /// What is new since the last notice.
    pub change: Option<NoticeChange>,
    /// When it was to be, where it is at another time now.
    pub before: Option<DatedHours>,
    /// What it was, where another session has replaced it.
    pub was: Option<EarlierTime>,
}

/// The notice to one person.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct PersonNotice {
    pub staff: Id,
    /// Their sessions, by time; those called off since the last notice among them.
    pub sessions: Vec<NoticeSession>,
    /// Whether an earlier notice showed them any session of the half term.
    pub knew: bool,
}

impl PersonNotice {
    /// Whether anything is new to them.
    pub fn is_new(&self) -> bool {
        self.sessions.iter().any(|session| session.change.is_some())
    }

    /// Those that ask one thing of them.
    pub fn with_part(&self, part: SessionRole) -> impl Iterator<Item = &NoticeSession> {
        self.sessions.iter().filter(move |session| session.part == part)
    }
}

/// All notices of a half term.
#[derive(Clone, Debug)]
pub struct NoticeIssue {
    /// Whether there were earlier notices.
    pub again: bool,
    /// The whole schedule, by time.
    pub sessions: Vec<NoticeSession>,
    /// The notice to each person, by id; the phase leader among them.
    pub people: Vec<PersonNotice>,
    /// The sessions as these notices show them, to be kept for the next time.
    pub kept: Vec<Session>,
}

/// Works out the notices of the sessions that a phase leader has agreed for a half term.
pub fn issue(school: &School, phase: &Phase, half_term: &HalfTerm, today: NaiveDate) -> NoticeIssue {
    let own = |session: &&Session| session.owner == phase.leader;
    let before: BTreeMap<&Id, &Session> =
        school.issued(half_term.number).iter().filter(own).map(|session| (&session.id, session)).collect();
    let mut now: Vec<Session> = Vec::new();
    for session in school.published(half_term.number).iter().filter(own) {
        let sequence = match before.get(&session.id) {
            Some(old) if same_to_people(old, session) && old.status.stands() == session.status.stands() => {
                session.sequence.max(old.sequence)
            }
            // A calendar takes a change only with a higher number.
            Some(old) => session.sequence.max(old.sequence + 1),
            None => session.sequence,
        };
        now.push(Session { sequence, lent_by: lenders(school, session), ..session.clone() });
    }
    // A row that was taken out by hand is called off like any other.
    for (id, old) in &before {
        if !now.iter().any(|session| session.id == **id) {
            let status = SessionStatus::Cancelled;
            let changed = u32::from(old.status.stands());
            now.push(Session { status, sequence: old.sequence + changed, ..(*old).clone() });
        }
    }
    now.sort_by(|a, b| (a.when, &a.id).cmp(&(b.when, &b.id)));
    let builder = NoticeBuilder { school, half_term, before: &before, today };
    let concerned = now.iter().chain(before.values().copied());
    let mut people: Vec<&Id> =
        concerned.flat_map(|session| session.people().chain(&session.lent_by)).collect();
    people.sort_unstable();
    people.dedup();
    let of_person = |person: &Id| PersonNotice {
        staff: person.clone(),
        // Who came and now only lends, or the other way about, sees both.
        sessions: now
            .iter()
            .flat_map(|session| [SessionRole::Comes, SessionRole::Lends].map(|part| (session, part)))
            .filter_map(|(session, part)| builder.shown(session, part, Some(person)))
            .collect(),
        knew: before.values().any(|old| old.status.stands() && SessionRole::of(old, person).is_some()),
    };
    NoticeIssue {
        again: !before.is_empty(),
        sessions: now.iter().filter_map(|session| builder.shown(session, SessionRole::Comes, None)).collect(),
        people: people.into_iter().map(of_person).filter(|one| !one.sessions.is_empty()).collect(),
        kept: now,
    }
}

struct NoticeBuilder<'a> {
    school: &'a School,
    half_term: &'a HalfTerm,
    before: &'a BTreeMap<&'a Id, &'a Session>,
    today: NaiveDate,
}

impl NoticeBuilder<'_> {
    fn is_to_come(&self, session: &Session) -> bool {
        session.when.date >= self.today
    }

    /// A session as it is shown to a person for their part, or to everybody; `None` where they have no such part.
    fn shown(&self, session: &Session, part: SessionRole, person: Option<&Id>) -> Option<NoticeSession> {
        let concerns = |session: &Session| {
            let has_part = |person| SessionRole::of(session, person) == Some(part);
            // The whole schedule keeps what was missed.
            let stands =
                session.status.stands() || person.is_none() && session.status == SessionStatus::Missed;
            stands && person.is_none_or(has_part)
        };
        let old = self.before.get(&session.id).copied().filter(|old| concerns(old));
        let takes_place = concerns(session);
        // What did not take place is known to those who were there.
        if !takes_place && old.is_none_or(|old| !self.is_to_come(old)) {
            return None;
        }
        let change = what_is_new(old, session, takes_place);
        let is_past = !self.is_to_come(session) && old.is_none_or(|old| !self.is_to_come(old));
        let is_off = change.is_some_and(NoticeChange::is_off);
        // Who is not needed sees what they knew of, and nothing of what has replaced it.
        let shown = if is_off { old.unwrap_or(session) } else { session };
        let moved = old.filter(|_| change == Some(NoticeChange::Moved)).map(|old| old.when);
        Some(NoticeSession {
            id: session.id.clone(),
            sequence: session.sequence,
            owner: session.owner.clone(),
            task_area: shown.kind.task_area(),
            kind: shown.kind,
            part,
            week: self.half_term.week(shown.when.date),
            when: shown.when,
            minutes: shown.minutes,
            subject: shown.subject.clone(),
            with: shown.with.clone(),
            teachers: shown.teachers.clone(),
            classes: shown.classes.clone(),
            lent_by: shown.lent_by.clone(),
            place: shown.place.clone(),
            status: if is_off { SessionStatus::Cancelled } else { session.status },
            cover: match is_off {
                true => Vec::new(),
                false => releases(self.school, session).into_iter().cloned().collect(),
            },
            change: change.filter(|_| !is_past),
            before: moved,
            was: old.filter(|old| !is_off && is_another(old, session)).map(|old| EarlierTime {
                when: old.when,
                kind: old.kind,
                subject: old.subject.clone(),
                classes: old.classes.clone(),
            }),
        })
    }
}

/// What is new in a session that was known as `old`, which takes place for those concerned or not.
fn what_is_new(old: Option<&Session>, session: &Session, takes_place: bool) -> Option<NoticeChange> {
    let Some(old) = old else { return Some(NoticeChange::New) };
    let is_same = !is_another(old, session);
    if !takes_place {
        // What has become another session does not take place.
        let still_stands = session.status.stands() && is_same;
        return Some(if still_stands { NoticeChange::NotNeeded } else { NoticeChange::Cancelled });
    }
    if same_to_people(old, session) {
        return None;
    }
    Some(if old.when != session.when && is_same { NoticeChange::Moved } else { NoticeChange::Changed })
}

/// Whether one session has replaced another: of another kind or subject, or a visit to none of its classes.
fn is_another(old: &Session, new: &Session) -> bool {
    let elsewhere = new.kind.is_visit()
        && !old.classes.is_empty()
        && old.classes.iter().all(|class| !new.classes.contains(class));
    old.kind != new.kind || old.subject != new.subject || elsewhere
}

/// Whether two states of a session are one to those whom it concerns: that it was held is no news, nor for how long.
fn same_to_people(old: &Session, new: &Session) -> bool {
    let is_planned = [old, new].iter().all(|session| session.status == SessionStatus::Planned);
    let as_planned = |session: &Session| Session {
        status: SessionStatus::Planned,
        minutes: if is_planned { session.minutes } else { 0 },
        moved_from: None,
        lent_by: Vec::new(),
        ..session.clone()
    };
    as_planned(old).is_told_as(&as_planned(new))
}
