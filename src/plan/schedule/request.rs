//! What is asked of the planner, next to the records: the half term, the day, and changes to try.

use chrono::NaiveDate;

use crate::diagnostic::Place;
use crate::plan::constraints::Rule;
use crate::school::{DatedHours, Id, School, Session, SessionKind, day};

/// A session that is meant: by subject, by kind, or both.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RequestedSession {
    pub subject: Option<Id>,
    pub kind: Option<SessionKind>,
}

impl RequestedSession {
    /// Whether a session is meant.
    pub fn fits(&self, session: &Session) -> bool {
        self.subject.as_ref().is_none_or(|subject| session.subject.as_ref() == Some(subject))
            && self.kind.is_none_or(|kind| session.kind == kind)
    }

    /// In the words of a sentence.
    pub fn says(&self, school: &School) -> String {
        match (&self.subject, self.kind) {
            (Some(subject), Some(kind)) => format!("{} ({})", school.subject_name(subject), kind.title()),
            (Some(subject), None) => school.subject_name(subject).to_owned(),
            (None, Some(kind)) => kind.title().to_owned(),
            (None, None) => "anything".to_owned(),
        }
    }
}

/// A session that is meant, at a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestedTime {
    pub meant: RequestedSession,
    /// The day; any where there is none.
    pub date: Option<NaiveDate>,
    /// The time; any where there is none.
    pub when: Option<DatedHours>,
}

impl RequestedTime {
    /// Whether a session is what is meant, at a time that is meant.
    pub fn fits(&self, session: &Session) -> bool {
        self.meant.fits(session) && self.is_at(&session.when)
    }

    /// In the words of a sentence.
    pub fn says(&self, school: &School) -> String {
        let what = self.meant.says(school);
        match (self.when, self.date) {
            (Some(when), _) => format!("{what} on {when}"),
            (None, Some(date)) => format!("{what} on {}", day(date)),
            (None, None) => what,
        }
    }

    /// Whether a time is the one that is meant.
    pub fn is_at(&self, when: &DatedHours) -> bool {
        self.date.is_none_or(|date| date == when.date) && self.when.is_none_or(|meant| meant == *when)
    }
}

/// A session that would bring evidence where too little is in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubjectNeed {
    pub subject: Id,
    pub kind: SessionKind,
    /// On how many aspects evidence is missing.
    pub aspects: u32,
}

/// What judging and tracking ask of a schedule.
#[derive(Clone, Debug, Default)]
pub struct SubjectNeeds {
    /// The sessions that would bring evidence where too little is in.
    pub evidence: Vec<SubjectNeed>,
    /// The subjects significantly below their trajectory.
    pub below: Vec<Id>,
}

/// What is asked.
#[derive(Clone, Debug)]
pub struct ScheduleRequest {
    /// The half term to plan.
    pub half_term: u8,
    /// The phase; the first where there is none.
    pub phase: Option<Id>,
    /// The day it is asked on.
    pub today: NaiveDate,
    /// `--want`: what the schedule should hold.
    pub want: Vec<RequestedSession>,
    /// `--pin`: where something must stand.
    pub pin: Vec<RequestedTime>,
    /// `--forbid`: what may not be.
    pub forbid: Vec<RequestedTime>,
    /// `--without`: task areas to leave out once each.
    pub without: Vec<SessionKind>,
    /// `--extra`: programmed sessions to add.
    pub extra: Vec<DatedHours>,
    /// What judging and tracking ask for.
    pub needs: SubjectNeeds,
    /// `--replan`: what was published should stay.
    pub replan: bool,
    /// The school's limits that are tried one higher.
    pub raised: Vec<Rule>,
    /// Where submitted sessions are written that are tried as if they could be moved.
    pub unfixed: Vec<Place>,
}

impl ScheduleRequest {
    /// Everything that the schedule should hold: wishes at any time, and pins at theirs.
    pub fn wishes(&self) -> Vec<RequestedTime> {
        let wants =
            self.want.iter().map(|meant| RequestedTime { meant: meant.clone(), date: None, when: None });
        wants.chain(self.pin.iter().cloned()).collect()
    }

    /// The plain question for a half term.
    pub fn new(half_term: u8, today: NaiveDate) -> Self {
        Self {
            half_term,
            phase: None,
            today,
            want: Vec::new(),
            pin: Vec::new(),
            forbid: Vec::new(),
            without: Vec::new(),
            extra: Vec::new(),
            needs: SubjectNeeds::default(),
            replan: false,
            raised: Vec::new(),
            unfixed: Vec::new(),
        }
    }
}
