//! A step to the next grade, and evidence that is needed for one.

use chrono::NaiveDate;
use serde::Serialize;

use crate::judge::firmness::{BreadthCheck, Firmness};
use crate::school::{EvidenceKind, Id, SessionKind};

/// What an item belongs to, where the low evidence lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum LowEvidenceBy {
    Kind,
    Subject,
    /// A year group, or those of a mixed class.
    YearGroup,
    /// A class: for the leader only; evidence of lessons has no part in it.
    Class,
}

/// How much of something lies below the next grade.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct LowShare {
    pub by: LowEvidenceBy,
    /// Its id, or the year groups.
    pub of: String,
    /// Items below the next grade.
    pub below: u32,
    pub items: u32,
    /// How many classes of a year group they cover.
    #[serde(skip)]
    pub classes: usize,
}

/// One step of the plan.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct GradeStep {
    pub aspect: Id,
    pub title: String,
    /// The grade it stands at.
    pub from: Option<Id>,
    /// The grade it is to reach, the next one up; its own at the top of the scale, to be kept up.
    pub to: Option<Id>,
    /// The line of that grade: a paraphrase.
    pub goal: Option<String>,
    /// Where the evidence below that grade lies.
    pub because: Vec<LowShare>,
    pub step: String,
    /// Who leads it; the name is hidden from governors and staff.
    pub owner: Option<Id>,
    pub due: NaiveDate,
    /// What would show that it worked.
    pub shown_by: String,
    /// When it is first looked at again.
    pub review: NaiveDate,
    /// Actions on the aspect that are open already.
    pub open: Vec<Id>,
    /// The subject that most of the low evidence is of, where one subject is.
    pub subject: Option<Id>,
    /// The low items, for the action to name where it came from.
    #[serde(skip)]
    pub came_from: Vec<Id>,
}

/// An aspect without enough evidence, and what would bring it.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct EvidenceNeeded {
    pub aspect: Id,
    pub title: String,
    /// How firm its grade is.
    pub firmness: Firmness,
    /// The checks that fail.
    pub missing: Vec<BreadthCheck>,
    /// How many pieces more.
    pub items: u32,
    /// How many kinds more.
    pub kinds: u32,
    /// Kinds that can speak to it and have not.
    pub unheard: Vec<EvidenceKind>,
    /// The job card's sessions that would bring it.
    pub sessions: Vec<SessionKind>,
}
