//! What kind of day it is, what the calendar holds, the sessions to come, and those of which nobody has said what
//! became.

use chrono::NaiveDate;
use serde::Serialize;

use crate::school::{
    Calendar, DatedHours, Id, Phase, School, Session, SessionKind, SessionStatus, WindowKind,
};

/// How many sessions to come are shown.
const COMING: usize = 3;

/// What kind of day it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(tag = "day", rename_all = "kebab-case")]
pub enum DayKind {
    Term {
        half_term: u8,
        week: u32,
        /// How many weeks it has.
        weeks: u32,
        /// Why there are no pupils, where there are none.
        closed: Option<String>,
    },
    Holiday {
        /// The half term that comes next.
        next: Option<u8>,
        from: Option<NaiveDate>,
    },
}

/// A session to come; or a time set aside for which nothing has been agreed.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct UpcomingSession {
    /// The session; none where nothing has been agreed.
    pub id: Option<Id>,
    #[serde(flatten)]
    pub when: DatedHours,
    pub kind: Option<SessionKind>,
    pub subject: Option<Id>,
    pub with: Vec<Id>,
    pub teachers: Vec<Id>,
    pub classes: Vec<Id>,
    pub place: Option<String>,
}

/// The next sessions of a phase leader, the next time set aside where nothing has been agreed among them; and
/// those whose day has passed without a word on what happened to them.
pub(in crate::overview) fn sessions(
    school: &School,
    phase: &Phase,
    today: NaiveDate,
) -> (Vec<UpcomingSession>, Vec<UpcomingSession>) {
    let published = school.year.schedules.values().flat_map(|schedules| &schedules.published);
    let own = published.filter(|session| session.people().any(|person| *person == phase.leader));
    let mut planned: Vec<&Session> = own.filter(|session| session.status == SessionStatus::Planned).collect();
    planned.sort_by(|a, b| (a.when, &a.id).cmp(&(b.when, &b.id)));
    let (past, to_come): (Vec<&Session>, Vec<&Session>) =
        planned.into_iter().partition(|session| session.when.date < today);
    let mut next: Vec<UpcomingSession> = to_come.into_iter().map(of_session).collect();
    next.extend(set_aside(&school.set_up.calendar, phase, today, &next));
    next.sort_by_key(|coming| coming.when);
    next.truncate(COMING);
    (next, past.into_iter().map(of_session).collect())
}

/// Something of the calendar.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct UpcomingEvent {
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
    #[serde(flatten)]
    pub what: UpcomingKind,
}

/// What is on the calendar.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum UpcomingKind {
    Begins {
        half_term: u8,
    },
    Closed {
        reason: String,
    },
    /// A time for an assessment.
    Window {
        window: WindowKind,
        /// Whether the school has checked the dates.
        confirmed: bool,
    },
}

/// What the calendar holds for a phase from a day until another: half terms that begin, days without school, times for
/// assessments; by time.
pub(super) fn dates(
    calendar: &Calendar,
    phase: &Phase,
    today: NaiveDate,
    until: NaiveDate,
) -> Vec<UpcomingEvent> {
    let half_terms = calendar.half_terms.iter().filter(|one| one.from > today).map(|one| UpcomingEvent {
        from: one.from,
        to: one.from,
        what: UpcomingKind::Begins { half_term: one.number },
    });
    let closures = calendar.closures.iter().map(|one| UpcomingEvent {
        from: one.from,
        to: one.to,
        what: UpcomingKind::Closed { reason: one.reason.clone() },
    });
    let own = calendar.windows.iter().filter(|one| phase.is_told_of(&one.year_groups));
    let windows = own.map(|one| UpcomingEvent {
        from: one.from,
        to: one.to,
        what: UpcomingKind::Window { window: one.kind, confirmed: one.confirmed },
    });
    let soon = |one: &UpcomingEvent| one.to >= today && one.from <= until;
    let mut dates: Vec<UpcomingEvent> = half_terms.chain(closures).chain(windows).filter(soon).collect();
    dates.sort_by_key(|one| (one.from, one.to));
    dates
}

/// What kind of day it is.
pub(super) fn day_of(calendar: &Calendar, today: NaiveDate) -> DayKind {
    match calendar.half_term_of(today) {
        Some(half_term) => DayKind::Term {
            half_term: half_term.number,
            week: half_term.week(today),
            weeks: half_term.week(half_term.to),
            closed: calendar.closure(today).map(|closure| closure.reason.clone()),
        },
        None => {
            let next = calendar.half_terms.iter().find(|one| one.from > today);
            DayKind::Holiday { next: next.map(|one| one.number), from: next.map(|one| one.from) }
        }
    }
}

fn of_session(session: &Session) -> UpcomingSession {
    UpcomingSession {
        id: Some(session.id.clone()),
        when: session.when,
        kind: Some(session.kind),
        subject: session.subject.clone(),
        with: session.with.clone(),
        teachers: session.teachers.clone(),
        classes: session.classes.clone(),
        place: session.place.clone(),
    }
}

/// The next time set aside for the leader, in half terms for which nothing has been agreed: one is enough to be
/// reminded of.
fn set_aside(
    calendar: &Calendar,
    phase: &Phase,
    today: NaiveDate,
    given_out: &[UpcomingSession],
) -> Option<UpcomingSession> {
    let to_come = calendar.half_terms.iter().filter(|half_term| half_term.to >= today);
    let bare =
        to_come.filter(|half_term| !given_out.iter().any(|coming| half_term.contains(coming.when.date)));
    let mut slots = bare.flat_map(|half_term| phase.slots(calendar, half_term));
    let when = slots.find(|when| when.date >= today && calendar.is_pupil_day(when.date))?;
    Some(UpcomingSession {
        id: None,
        when,
        kind: None,
        subject: None,
        with: Vec::new(),
        teachers: Vec::new(),
        classes: Vec::new(),
        place: None,
    })
}
