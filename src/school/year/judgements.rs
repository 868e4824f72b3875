//! What the leader judges, next to what the evidence supports.

use chrono::NaiveDate;

use super::evidence::EvidenceSubject;
use super::framework::{Rank, Strand};
use crate::diagnostic::Place;
use crate::school::id::Id;

/// What a judgement is of.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum JudgementTarget {
    /// One of the job card's two questions.
    Strand(Strand),
    /// An area of the framework.
    Area(Id),
    /// An aspect of the framework.
    Aspect(Id),
    /// A judgement of two values, or a flag: the school's own statement.
    Stated(Id),
}

/// What was judged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum JudgedGrade {
    Grade(Rank),
    /// A value, such as `met`.
    Value(String),
}

fixed_words! {
    /// How settled a judgement is.
    pub enum JudgementState {
        /// Not agreed yet.
        Draft = "draft",
        Agreed = "agreed",
    }
}

/// A judgement of the leader's own.
#[derive(Clone, Debug)]
pub struct Judgement {
    pub date: NaiveDate,
    pub about: EvidenceSubject,
    /// What is judged.
    pub of: JudgementTarget,
    pub judged: JudgedGrade,
    pub state: JudgementState,
    pub by: Option<Id>,
    /// The framework, where it is not the workspace's.
    pub framework: Option<Id>,
    pub note: String,
    pub at: Place,
}
