//! What subject leaders plan their own five task areas on: the half term's weeks, what happens in them,
//! the phase leader's programmed sessions, and what is already taken.

use chrono::NaiveDate;
use serde::Serialize;

use super::schedule::answer::HalfTermSpan;
use crate::school::time::date_and_hours;
use crate::school::{
    DatedHours, HalfTerm, Id, JobCard, Phase, School, Session, SessionKind, WeekLetter, day,
};

/// A week of a half term.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct FormWeek {
    /// Its number, from 1.
    pub week: u32,
    /// A or B, where the timetable alternates.
    pub letter: Option<WeekLetter>,
    /// Its first day in term.
    pub from: NaiveDate,
    /// Its last day in term.
    pub to: NaiveDate,
    /// Closures, events and assessment windows in it.
    pub notes: Vec<String>,
}

/// A time that is taken.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct TakenTime {
    #[serde(serialize_with = "date_and_hours")]
    #[cfg_attr(test, schemars(with = "String"))]
    pub when: DatedHours,
    pub by: String,
}

/// A programmed session of the phase leader.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct FormSlot {
    /// The period, where the hours are one's.
    pub period: Option<Id>,
    #[serde(serialize_with = "date_and_hours")]
    #[cfg_attr(test, schemars(with = "String"))]
    pub when: DatedHours,
}

/// A form to plan on.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ScheduleForm {
    /// `phase/schedule-form/1`.
    pub schema: &'static str,
    pub half_term: HalfTermSpan,
    /// The phase's name, and who leads it.
    pub phase: String,
    pub leader: Id,
    /// The subject; none for a form that any subject leader may use.
    pub subject: Option<Id>,
    pub made_on: NaiveDate,
    pub weeks: Vec<FormWeek>,
    /// The phase leader's programmed sessions.
    pub programmed: Vec<FormSlot>,
    /// The sessions that others have planned.
    pub taken: Vec<TakenTime>,
    /// The task areas to plan, each as often as it is wanted.
    pub wanted: Vec<SessionKind>,
}

/// The form for a half term; of one subject, or for any.
pub fn handing_in(
    school: &School,
    phase: &Phase,
    half_term: &HalfTerm,
    subject: Option<&Id>,
    made_on: NaiveDate,
) -> ScheduleForm {
    let slot = |when: DatedHours| FormSlot {
        period: school.set_up.calendar.period_at(&when).map(|period| period.id.clone()),
        when,
    };
    ScheduleForm {
        schema: "phase/schedule-form/1",
        half_term: HalfTermSpan::of(&school.set_up.calendar, half_term),
        phase: phase.name.clone(),
        leader: phase.leader.clone(),
        subject: subject.cloned(),
        made_on,
        weeks: weeks(school, half_term),
        programmed: phase.slots(&school.set_up.calendar, half_term).into_iter().map(slot).collect(),
        taken: taken(school, half_term, subject),
        wanted: wanted(school),
    }
}

fn weeks(school: &School, half_term: &HalfTerm) -> Vec<FormWeek> {
    let mut weeks: Vec<FormWeek> = Vec::new();
    for date in half_term.weekdays() {
        let number = half_term.week(date);
        match weeks.last_mut().filter(|week| week.week == number) {
            Some(week) => week.to = date,
            None => weeks.push(FormWeek {
                week: number,
                letter: half_term.letter(date),
                from: date,
                to: date,
                notes: Vec::new(),
            }),
        }
    }
    let calendar = &school.set_up.calendar;
    for week in &mut weeks {
        let meets = |from: NaiveDate, to: NaiveDate| from <= week.to && week.from <= to;
        let span = |from: NaiveDate, to: NaiveDate| {
            let (from, to) = (from.max(week.from), to.min(week.to));
            if from == to { day(from) } else { format!("{} to {}", day(from), day(to)) }
        };
        let closures = calendar.closures.iter().filter(|closure| meets(closure.from, closure.to));
        let mut notes: Vec<String> = closures
            .map(|closure| format!("{}: {}", span(closure.from, closure.to), closure.reason))
            .collect();
        let events = calendar.events.iter().filter(|event| meets(event.from, event.to));
        notes.extend(events.map(|event| format!("{}: {}", span(event.from, event.to), event.reason)));
        let windows = calendar.windows.iter().filter(|window| meets(window.from, window.to));
        notes.extend(windows.map(|window| {
            let sure = if window.confirmed { "" } else { " (dates not confirmed)" };
            format!("{}: {}{sure}", span(window.from, window.to), window.kind.title())
        }));
        week.notes = notes;
    }
    weeks
}

/// The sessions that others have sent in.
fn taken(school: &School, half_term: &HalfTerm, subject: Option<&Id>) -> Vec<TakenTime> {
    let others = school.handed_in(half_term.number).iter();
    let others = others.filter(|session| subject.is_none() || session.subject.as_ref() != subject);
    let mut taken: Vec<TakenTime> =
        others.map(|session| TakenTime { when: session.when, by: brief(school, session) }).collect();
    taken.sort_by(|a, b| (a.when, &a.by).cmp(&(b.when, &b.by)));
    taken
}

fn brief(school: &School, session: &Session) -> String {
    let subject = session.subject.as_ref().map_or("", |subject| school.subject_name(subject));
    let classes: Vec<&str> = session.classes.iter().map(Id::as_str).collect();
    let classes = if classes.is_empty() { String::new() } else { format!(" ({})", classes.join(", ")) };
    format!("{subject}, {}{classes}", session.kind.title())
}

/// The task areas of a subject leader: as many as the school says, else each once.
fn wanted(school: &School) -> Vec<SessionKind> {
    let once = JobCard { work: 1, records: 1, lessons: 1, evaluation: 1, scheduling: 1 };
    let card = school.settings.subject_leader_card.unwrap_or(once);
    let kinds = [
        (SessionKind::Scheduling, card.scheduling),
        (SessionKind::WorkScrutiny, card.work),
        (SessionKind::RecordsScrutiny, card.records),
        (SessionKind::LessonVisit, card.lessons),
        (SessionKind::Evaluation, card.evaluation),
    ];
    kinds.into_iter().flat_map(|(kind, count)| std::iter::repeat_n(kind, count as usize)).collect()
}
