//! What is handed to each person for a half term: their sessions, what is new to them, and what is theirs to do;
//! the headteacher's copy of the whole; and what is strong enough to be shared.

use chrono::NaiveDate;
use serde::Serialize;

use crate::improve::actions::{self, ActionProgress, Actions, actions};
use crate::judge::practice::{Practice, practice};
use crate::plan::clashes::{BrokenSession, broken};
use crate::plan::notices::{NoticeSession, PersonNotice, issue};
use crate::plan::schedule::HalfTermSpan;
use crate::plan::schedule::context::not_handed_in;
use crate::privacy::audience::Audience;
use crate::school::{Action, ActionStatus, HalfTerm, Id, LogEntry, Phase, School, Session};

/// What one person is handed.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Notice {
    /// Their sessions, and what is new.
    #[serde(flatten)]
    pub of: PersonNotice,
    /// What is theirs to do, and by when; not what is arranged by consent.
    pub to_do: Vec<ActionProgress>,
    /// The subjects of theirs whose schedule for the half term after is not sent in yet.
    pub to_hand_in: Vec<Id>,
}

/// How much cover is asked for, and for whom.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct CoverNeeded {
    pub session: Id,
    pub staff: Id,
    pub minutes: i64,
}

/// The answer.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Notices {
    /// `phase/notices/1`.
    pub schema: &'static str,
    pub phase: Id,
    /// Its leader, who gives the notices.
    pub leader: Id,
    pub half_term: HalfTermSpan,
    /// The day on which people last heard of it; none where this is the first time.
    pub told_before: Option<NaiveDate>,
    /// Whether anybody had a notice before.
    pub again: bool,
    pub sessions: Vec<NoticeSession>,
    /// What each person is handed.
    pub people: Vec<Notice>,
    /// The cover that the headteacher is asked for.
    pub cover: Vec<CoverNeeded>,
    /// How much that is, in minutes.
    pub cover_minutes: i64,
    /// What of the schedule cannot be as it was agreed.
    pub broken: Vec<BrokenSession>,
    /// What is being followed up, for the headteacher.
    pub follow_ups: Vec<ActionProgress>,
    /// What is strong, and who offers to show it, as a meeting of staff may see it.
    pub practice: Option<Practice>,
    pub made_on: NaiveDate,
    /// The sessions as they have then been shown.
    #[serde(skip)]
    pub kept: Vec<Session>,
}

impl Notices {
    /// Whether anything is new to anybody.
    pub fn is_new(&self) -> bool {
        self.people.iter().any(|notice| notice.of.is_new())
    }
}

/// Puts together what is handed out for a half term that has been agreed.
pub fn notices(school: &School, phase: &Phase, half_term: &HalfTerm, today: NaiveDate) -> Notices {
    let issue = issue(school, phase, half_term, today);
    let all = own_actions(school, phase, today);
    let is_open =
        |action: &&ActionProgress| matches!(action.status, ActionStatus::Open | ActionStatus::UnderWay);
    let missing = awaited(school, half_term, today);
    let leads = |person: &Id, subject: &Id| {
        school.set_up.subjects.get(subject).is_some_and(|subject| subject.leader.as_ref() == Some(person))
    };
    let notice = |of: PersonNotice| Notice {
        to_do: all.actions.iter().filter(is_open).filter(|one| one.owner == of.staff).cloned().collect(),
        to_hand_in: missing.iter().filter(|subject| leads(&of.staff, subject)).cloned().collect(),
        of,
    };
    // Who has something to do, or owes a schedule, gets a notice without a session too.
    let mut people = issue.people;
    let owners = all.actions.iter().filter(is_open).map(|action| &action.owner);
    let leaders = missing.iter().filter_map(|subject| school.set_up.subjects.get(subject)?.leader.as_ref());
    for person in owners.chain(leaders) {
        if !people.iter().any(|one| one.staff == *person) {
            people.push(PersonNotice { staff: person.clone(), sessions: Vec::new(), knew: false });
        }
    }
    people.sort_by(|a, b| a.staff.cmp(&b.staff));
    let cover = |shown: &NoticeSession| {
        let minutes = shown.when.hours.minutes();
        let of = |staff: &Id| CoverNeeded { session: shown.id.clone(), staff: staff.clone(), minutes };
        shown.cover.iter().map(of).collect::<Vec<_>>()
    };
    let shared = practice(school, &phase.id, present(school, today), today)
        .map(|practice| practice.shown_to(school, &Audience::Staff));
    let to_come = issue.sessions.iter().filter(|shown| shown.when.date >= today);
    let cover: Vec<CoverNeeded> = to_come.flat_map(cover).collect();
    Notices {
        schema: "phase/notices/1",
        phase: phase.id.clone(),
        leader: phase.leader.clone(),
        half_term: HalfTermSpan::of(&school.set_up.calendar, half_term),
        told_before: last_told(school, phase, half_term.number),
        again: issue.again,
        cover_minutes: cover.iter().map(|cover| cover.minutes).sum(),
        cover,
        sessions: issue.sessions,
        broken: broken(school, phase, half_term.number, today),
        people: people.into_iter().map(notice).collect(),
        follow_ups: all
            .actions
            .iter()
            .filter(is_open)
            .filter(|one| !one.came_from.is_empty())
            .cloned()
            .collect(),
        practice: shared.filter(|practice| !practice.strong.is_empty() || !practice.offers.is_empty()),
        made_on: today,
        kept: issue.kept,
    }
}

/// The actions that a phase's notices may name: those for its own year groups, and none by consent.
fn own_actions(school: &School, phase: &Phase, today: NaiveDate) -> Actions {
    let mut all = actions(school, phase, &actions::ActionsQuery::default(), &Audience::Leader, today);
    // What is done for no year group by name is the first phase's to send, or everybody would get it twice.
    let is_first = school.set_up.phases.first().is_some_and(|first| first.id == phase.id);
    let is_own = |action: &Action| match action.year_groups.as_slice() {
        [] => is_first,
        years => phase.is_told_of(years),
    };
    let is_told = |action: &Action| !action.is_by_consent() && is_own(action);
    all.actions.retain(|one| school.year.actions.iter().any(|action| action.id == one.id && is_told(action)));
    all
}

/// The subjects whose schedule of the next half term is awaited.
fn awaited(school: &School, half_term: &HalfTerm, today: NaiveDate) -> Vec<Id> {
    let next = half_term.number + 1;
    // A schedule is awaited once this half term runs, or others have handed theirs in; before that nobody is late.
    match school.set_up.calendar.half_term(next) {
        Some(_) if !school.handed_in(next).is_empty() || half_term.contains(today) => {
            not_handed_in(school, next)
        }
        _ => Vec::new(),
    }
}

fn present(school: &School, today: NaiveDate) -> u8 {
    school.set_up.calendar.present(today).map_or(1, |half_term| half_term.number)
}

/// The file in which it is kept what people last saw of a half term.
pub fn issued_file(half_term: u8) -> String {
    format!("schedules/ht{half_term}/issued.csv")
}

/// When people last saw a half term: the log's last row that names the file.
fn last_told(school: &School, phase: &Phase, half_term: u8) -> Option<NaiveDate> {
    let file = issued_file(half_term);
    // Of several phases each row names its own.
    let own = |row: &&LogEntry| school.set_up.phases.len() == 1 || row.what.starts_with(phase.name.as_str());
    let rows = school.year.log.iter().filter(|row| row.kind == "notice-given" && row.link == file);
    rows.filter(own).map(|row| row.date).max()
}
