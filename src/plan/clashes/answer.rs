//! The answer to `phase clashes`, and the sessions agreed that clash.

use chrono::NaiveDate;
use serde::Serialize;

use crate::diagnostic::Place;
use crate::plan::constraints::Rule;
use crate::plan::schedule::answer::HalfTermSpan;
use crate::school::{DatedHours, Id, Session, SessionKind};

/// Two bookings, or a booking and a rule, that cannot both hold (hard) or should not (soft).
#[derive(Clone, Debug, Serialize)]
pub struct Clash {
    /// The rule.
    pub kind: Rule,
    /// Whether it must be settled; else it is only better avoided.
    pub hard: bool,
    /// What it is, in a sentence.
    pub says: String,
    /// The staff concerned.
    pub staff: Vec<Id>,
    /// The classes concerned.
    pub classes: Vec<Id>,
    /// The sessions concerned.
    pub sessions: Vec<Id>,
    /// Where the sessions and the rule are recorded.
    pub at: Vec<Place>,
    /// The smallest change that settles it, in words.
    pub mend: String,
    /// That change.
    #[serde(skip)]
    pub change: Option<ClashFix>,
}

/// A session put elsewhere.
#[derive(Clone, Debug, PartialEq)]
pub struct ClashFix {
    /// The session.
    pub session: Id,
    /// As it would be.
    pub becomes: Session,
}

/// The clashes of a half term.
#[derive(Clone, Debug, Serialize)]
pub struct Clashes {
    /// `phase/clashes/1`.
    pub schema: &'static str,
    /// The half term.
    pub half_term: HalfTermSpan,
    /// The clashes, hard ones first, by date.
    pub clashes: Vec<Clash>,
    /// The subjects with a leader that have handed nothing in.
    pub not_handed_in: Vec<Id>,
    /// How many sessions were looked at.
    pub sessions: usize,
    /// The day it was made on.
    pub made_on: NaiveDate,
}

impl Clashes {
    /// How many of them are hard.
    pub fn hard(&self) -> usize {
        self.clashes.iter().filter(|clash| clash.hard).count()
    }
}

/// A session to come that cannot be as it was agreed.
#[derive(Clone, Debug, Serialize)]
pub struct BrokenSession {
    /// The session.
    pub session: Id,
    /// What for.
    pub kind: SessionKind,
    /// The subject.
    pub subject: Option<Id>,
    /// When it was to be.
    #[serde(flatten)]
    pub when: DatedHours,
    /// The half term.
    pub half_term: u8,
    /// What is in the way, a sentence each.
    pub says: Vec<String>,
}
