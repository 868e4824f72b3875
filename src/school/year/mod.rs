//! What is recorded through the year.

pub mod actions;
pub mod duties;
pub mod evidence;
pub mod framework;
pub mod judgements;
pub mod log;
pub mod objectives;
pub mod proof;
pub mod report_kinds;
pub mod sessions;

use std::collections::BTreeMap;

use crate::school::id::Id;
use actions::Action;
use duties::Duty;
use evidence::Evidence;
use framework::Framework;
use judgements::Judgement;
use log::LogEntry;
use objectives::Objective;
use report_kinds::{ReportCustomisation, ReportKind};
use sessions::{Schedules, Session};

/// What is recorded through the year, with what earlier years bring.
#[derive(Clone, Debug, Default)]
pub struct Year {
    /// The schedules of each half term, by its number.
    pub schedules: BTreeMap<u8, Schedules>,
    /// What earlier academic years' schedules show.
    pub seen: Vec<EarlierSession>,
    /// The sessions that were agreed in earlier academic years.
    pub earlier: Vec<Session>,
    /// It, and those that rows of evidence name, by id.
    pub frameworks: BTreeMap<Id, Framework>,
    /// The evidence of this academic year and of earlier ones, by date.
    pub evidence: Vec<Evidence>,
    /// What the leader judges, by date.
    pub judgements: Vec<Judgement>,
    /// What somebody will do, by id.
    pub actions: Vec<Action>,
    /// What happened, by date: this academic year, and the one before where its folder is known.
    pub log: Vec<LogEntry>,
    /// What the school has chosen for its reports.
    pub reports: BTreeMap<ReportKind, ReportCustomisation>,
    /// The objectives, in the order of their file.
    pub objectives: Vec<Objective>,
    /// The responsibilities of the post, in the order of their file.
    pub duties: Vec<Duty>,
    /// Whether this year's folder has evidence of its own.
    pub has_own_evidence: bool,
}

/// A session that an earlier academic year's schedule shows: which phase saw which subject when.
#[derive(Clone, Debug)]
pub struct EarlierSession {
    /// The phase's id in that year.
    pub phase: Id,
    /// The subject's id in that year.
    pub subject: Id,
    /// The academic year's first calendar year.
    pub academic_year: i32,
    pub half_term: u8,
}
