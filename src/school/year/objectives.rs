//! Objectives: what a leader is to reach, each with success criteria and what shows it.

use chrono::NaiveDate;

use super::evidence::Tag;
use super::framework::Rank;
use super::proof::Proof;
use crate::diagnostic::Place;
use crate::school::attainment::data_point::DataPoint;
use crate::school::attainment::pupils::Group;
use crate::school::id::Id;
use crate::school::year_group::YearGroup;

/// What a leader is to reach.
#[derive(Clone, Debug)]
pub struct Objective {
    pub id: Id,
    /// What is to be reached.
    pub title: String,
    /// Who is to reach it.
    pub owner: Id,
    /// The leader to whom its owner reports.
    pub line_manager: Option<Id>,
    pub opened: NaiveDate,
    pub due: NaiveDate,
    /// The school's own words for the level of progress that was agreed.
    pub agreed_progress: Option<String>,
    /// The aims of the school, or of its development plan, that it serves.
    pub aims: Vec<String>,
    /// What must be so for it to be met.
    pub criteria: Vec<Criterion>,
    /// What shows how it goes.
    pub monitoring: Vec<MonitoringMethod>,
    pub at: Place,
}

/// What must be so for an objective to be met.
#[derive(Clone, Debug)]
pub struct Criterion {
    pub text: String,
    /// By when; with the objective where nothing is said.
    pub by: Option<NaiveDate>,
    pub test: CriterionTest,
    pub at: Place,
}

/// How it is shown whether a criterion is met: in exactly one way.
#[derive(Clone, Debug)]
pub enum CriterionTest {
    /// A day on which it was done.
    Milestone(Option<NaiveDate>),
    /// A number that the records give.
    Measure(Box<MeasuredAim>),
    /// So many records of some kinds.
    Evidence(RecordsNeeded),
}

/// Records that are wanted in number.
#[derive(Clone, Debug)]
pub struct RecordsNeeded {
    pub number: u32,
    /// Of which kinds, together.
    pub kinds: Vec<Proof>,
    pub subject: Option<Id>,
    /// Only evidence of this aspect.
    pub aspect: Option<Id>,
}

/// A number that the records give.
#[derive(Clone, Debug)]
pub struct MeasuredAim {
    pub what: MeasuredThing,
    /// Where it began, in percent or as a count; worked out where nothing is said.
    pub from: Option<f64>,
    /// Where it is to come.
    pub to: Aim,
    /// The data point that it is measured from; else the last one before the objective was opened.
    pub since: Option<DataPoint>,
}

/// Where a measure is to come.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Aim {
    /// To this number, or past it: in percent, or a count.
    Number(f64),
    /// To stay where it began: not significantly below it.
    Maintained,
}

/// What is measured.
#[derive(Clone, Debug, PartialEq)]
pub enum MeasuredThing {
    /// The share of a group of pupils, in percent.
    Share {
        subject: Id,
        measure: crate::school::attainment::measure::Measure,
        group: Group,
        /// Of this year group; of the phase where there is none.
        year_group: Option<YearGroup>,
    },
    /// How many percentage points a group lies behind all others with a value in its column.
    Gap {
        subject: Id,
        group: Group,
        /// Of this year group; of the phase where there is none.
        year_group: Option<YearGroup>,
    },
    /// The share of evidence in which something was seen, of that in which it was looked for, in percent.
    Tagged { tag: Tag, subject: Option<Id> },
    /// The share of pieces of evidence at a grade or better, in percent.
    AtGrade {
        aspect: Id,
        /// The grade: the framework's own standard where there is none.
        grade: Option<Rank>,
        subject: Option<Id>,
    },
    /// How often the first views of subject leader and phase leader are the same, in percent.
    Agreement { subject: Option<Id> },
    /// Of the sessions agreed whose day has come, the share that was held, in percent.
    SessionsHeld,
    /// How many records of some kinds there are.
    Count {
        /// The kinds, together.
        kinds: Vec<Proof>,
        subject: Option<Id>,
    },
    /// The last entry on the leader's own scale of confidence, 1 to 10: for nobody else.
    Confidence,
}

impl MeasuredThing {
    /// The words for measures in the files, and what each is.
    pub const WORDS: &[(&'static str, &'static str)] = &[
        ("expected", "percent of pupils at the expected standard"),
        ("higher", "percent of pupils at the higher standard"),
        ("on-track", "percent of pupils on or above their own path"),
        ("gap", "percentage points that a group lies behind all others"),
        ("target-used", "percent of evidence in which targets were used"),
        ("adapted", "percent of evidence in which plans were adapted"),
        ("at-grade", "percent of pieces at a grade of an aspect or better"),
        ("agreement", "percent of first views that are the same"),
        ("sessions-held", "percent of the sessions given out that were held"),
        ("count", "how many records of some kinds"),
        ("confidence", "your own scale of confidence, 1 to 10"),
    ];

    /// Whether it is counted, not a share in percent.
    pub fn is_count(&self) -> bool {
        matches!(self, MeasuredThing::Count { .. } | MeasuredThing::Confidence)
    }
}

/// What shows how an objective goes.
#[derive(Clone, Debug)]
pub struct MonitoringMethod {
    pub text: String,
    /// The records that show it, where records do.
    pub kinds: Vec<Proof>,
    /// Where it is kept: a file, or an address.
    pub link: Option<String>,
    /// Whether what the link names is there; none where that cannot be known.
    pub linked: Option<bool>,
    pub at: Place,
}
