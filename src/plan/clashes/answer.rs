//! The answer to `phase clashes`, and the sessions agreed that clash.

use chrono::NaiveDate;
use serde::Serialize;

use crate::diagnostic::Place;
use crate::plan::constraints::Rule;
use crate::plan::schedule::answer::HalfTermSpan;
use crate::school::{DatedHours, Id, Session, SessionKind};

/// Two bookings, or a booking and a rule, that cannot both hold (hard) or should not (soft).
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Clash {
    pub kind: Rule,
    /// Whether it must be settled; else it is only better avoided.
    pub hard: bool,
    /// What it is, in a sentence.
    pub says: String,
    pub staff: Vec<Id>,
    pub classes: Vec<Id>,
    pub sessions: Vec<Id>,
    /// Where the sessions and the rule are recorded.
    pub at: Vec<Place>,
    /// The smallest change that settles it, in words.
    pub mend: String,
    #[serde(skip)]
    pub change: Option<ClashFix>,
}

/// A session put elsewhere.
#[derive(Clone, Debug, PartialEq)]
pub struct ClashFix {
    pub session: Id,
    pub becomes: Session,
}

/// The clashes of a half term.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Clashes {
    /// `phase/clashes/1`.
    pub schema: &'static str,
    pub half_term: HalfTermSpan,
    /// The clashes, hard ones first, by date.
    pub clashes: Vec<Clash>,
    /// The subjects with a leader that have handed nothing in.
    pub not_handed_in: Vec<Id>,
    /// How many sessions were looked at.
    pub sessions: usize,
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
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct BrokenSession {
    pub session: Id,
    pub kind: SessionKind,
    pub subject: Option<Id>,
    #[serde(flatten)]
    pub when: DatedHours,
    pub half_term: u8,
    /// What is in the way, a sentence each.
    pub says: Vec<String>,
}
