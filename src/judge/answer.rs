//! The answer to `phase evaluate`: what the evidence supports, by aspect, area and question.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;

use super::citation::{CitedRow, SampleToAgree, UncountedRow};
use super::next_step::{EvidenceNeeded, GradeStep};
use crate::diagnostic::Place;
use crate::judge::firmness::{Breadth, BreadthCheck, Firmness};
use crate::judge::roll_up::{AspectGrade, RolledUp};
use crate::privacy::audience::Audience;
use crate::school::{AreaMethod, EvidenceKind, Framework, Id, JudgementState, Rank, Strand};

/// A grade as an answer gives it: its short name and its place on the scale.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct GradeOnScale {
    pub grade: Option<Id>,
    /// Its rank, 1 the lowest.
    pub rank: Option<Rank>,
}

impl GradeOnScale {
    /// The grade of a rank.
    pub fn of(framework: &Framework, rank: Option<Rank>) -> Self {
        Self { grade: rank.and_then(|rank| framework.grade_id(rank)), rank }
    }
}

/// A kind whose loss changes a grade.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct DecisiveKind {
    pub kind: EvidenceKind,
    /// The grade without it.
    #[serde(flatten)]
    pub other: GradeOnScale,
}

/// How many items of a class are at the aspect's grade, or the standard asked, or better; lessons left out. A class has no grade.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ClassCounts {
    pub class: Id,
    /// Items at the grade or better.
    pub at_or_above: u32,
    /// Items.
    pub of: u32,
}

/// How many items of a year group are at the aspect's grade, or the standard asked, or better; lessons left out.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct YearGroupCounts {
    pub year_group: String,
    /// How many classes of it the items cover.
    #[serde(skip)]
    pub classes: usize,
    /// Items at the grade or better.
    pub at_or_above: u32,
    /// Items.
    pub of: u32,
}

/// How many items are at the grade or better.
#[derive(Clone, Copy, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Support {
    /// Items at the grade or better.
    pub at_or_above: u32,
    /// Items.
    pub of: u32,
}

/// What the evidence supports for an aspect.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct AspectJudgement {
    pub id: Id,
    pub title: String,
    /// The job card's question that it answers.
    pub strand: Strand,
    #[serde(flatten)]
    pub graded: GradeOnScale,
    pub firmness: Firmness,
    /// The other grade, where it is borderline; the lowest of several.
    pub other_grade: Option<Id>,
    /// Each kind whose loss changes the grade.
    pub rests_on: Vec<DecisiveKind>,
    /// How many items are at the grade or better.
    pub support: Option<Support>,
    /// How many items of each kind are at each rank.
    pub counts: BTreeMap<EvidenceKind, BTreeMap<Rank, u32>>,
    /// The votes of each kind, low to high.
    pub votes: BTreeMap<EvidenceKind, Vec<Rank>>,
    pub can_speak: Vec<EvidenceKind>,
    pub evidence: Vec<CitedRow>,
    /// What is still to be agreed.
    pub to_agree: Vec<SampleToAgree>,
    /// How many samples that is.
    pub open_samples: usize,
    /// What does not count, and why.
    pub not_counted: Vec<UncountedRow>,
    /// What describes without a grade.
    pub described: Vec<CitedRow>,
    /// The checks that fail.
    pub missing: Vec<BreadthCheck>,
    /// How broad the evidence is.
    pub has: Breadth,
    /// How broad it must be for a settled grade.
    pub needs: Breadth,
    /// The grade at which classes and year groups are counted: its own, or the standard asked where that is
    /// higher.
    pub counted_at: GradeOnScale,
    /// The classes, the one with the smallest share first: for the leader only.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub classes: Vec<ClassCounts>,
    /// The year groups, in their order, by how many of their items are at the aspect's grade or better.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub year_groups: Vec<YearGroupCounts>,
    /// The changes that a later framework makes to it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<String>,
}

impl AspectJudgement {
    pub(crate) fn part(&self) -> AspectGrade {
        AspectGrade {
            grade: self.graded.rank,
            firmness: self.firmness,
            others: self.rests_on.iter().filter_map(|rests| rests.other.rank).collect(),
        }
    }

    /// The grades by kind.
    pub fn items(&self) -> u32 {
        self.counts.values().flat_map(BTreeMap::values).sum()
    }
}

/// What aspects come to.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct RolledGrade {
    #[serde(flatten)]
    pub graded: GradeOnScale,
    pub firmness: Firmness,
    /// The other grade, where there is one; the lowest of two.
    pub other_grade: Option<Id>,
    /// The lowest and highest other grades.
    pub other_grades: Vec<Id>,
    /// How many aspects have a grade.
    pub graded_aspects: usize,
    /// Whether all aspects have a grade.
    pub complete: bool,
    /// The aspects that decide it.
    pub deciding: Vec<Id>,
}

impl RolledGrade {
    pub(crate) fn of(rolled: &RolledUp, aspects: &[&AspectJudgement], framework: &Framework) -> Self {
        let ids: Vec<Id> = rolled.others.iter().filter_map(|rank| framework.grade_id(*rank)).collect();
        let id = |index: &usize| aspects.get(*index).map(|aspect| aspect.id.clone());
        Self {
            graded: GradeOnScale::of(framework, rolled.grade),
            firmness: rolled.firmness.unwrap_or(Firmness::NoGrade),
            other_grade: ids.first().cloned(),
            other_grades: ids,
            graded_aspects: aspects.iter().filter(|aspect| aspect.graded.rank.is_some()).count(),
            complete: rolled.complete,
            deciding: rolled.deciding.iter().filter_map(id).collect(),
        }
    }
}

/// What the evidence supports for an area.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct AreaJudgement {
    pub id: Id,
    pub title: String,
    /// What its aspects come to.
    #[serde(flatten)]
    pub rolled: RolledGrade,
    /// How.
    pub method: AreaMethod,
    /// The limiting rule that caps it, and the grade before.
    pub limited: Option<LimitedGrade>,
    pub aspects: Vec<AspectJudgement>,
}

/// What the evidence supports for one of the job card's questions.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct StrandJudgement {
    pub id: Strand,
    /// What its aspects come to, by best fit.
    #[serde(flatten)]
    pub rolled: RolledGrade,
    pub aspects: Vec<Id>,
}

/// What is judged.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct EvaluationScope {
    pub phase: Id,
    pub subject: Option<Id>,
    pub academic_year: String,
    /// The half term at whose end is judged; the last with evidence where the whole year is.
    pub half_term: u8,
    /// Whether the whole year is judged.
    pub year: bool,
}

/// The answer.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Evaluation {
    /// `phase/evaluation/1`.
    pub schema: &'static str,
    pub audience: Audience,
    pub made_on: NaiveDate,
    pub scope: EvaluationScope,
    pub framework: Id,
    /// Whether its wording is paraphrase that nobody has checked against the publication.
    pub wording_unverified: bool,
    pub areas: Vec<AreaJudgement>,
    pub strands: Vec<StrandJudgement>,
    pub judgement: Vec<LeaderJudgement>,
    /// Categories that follow from confirmed rules; words only.
    pub categories: Vec<String>,
    /// Rules that are not confirmed and would hold: shown, not applied.
    pub cautions: Vec<String>,
    /// The plan to the next grade.
    pub plan: Vec<GradeStep>,
    /// Aspects without enough evidence, and what would bring it.
    pub wishes: Vec<EvidenceNeeded>,
    /// How many pieces of the scope are written for other frameworks, and judged apart.
    pub elsewhere: BTreeMap<Id, usize>,
}

impl Evaluation {
    /// Every aspect, in the order of the framework.
    pub fn aspects(&self) -> impl Iterator<Item = &AspectJudgement> {
        self.areas.iter().flat_map(|area| &area.aspects)
    }

    /// How many items count.
    pub fn items(&self) -> u32 {
        self.aspects().map(AspectJudgement::items).sum()
    }
}

/// A cap on an area's grade.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct LimitedGrade {
    pub rule: Id,
    pub text: String,
    pub without: GradeOnScale,
}

/// A judgement of the leader's, and what the evidence supports.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct LeaderJudgement {
    /// What is judged: `strand`, `area`, `aspect` or `statement`.
    pub what: &'static str,
    pub id: String,
    pub title: String,
    #[serde(flatten)]
    pub graded: GradeOnScale,
    /// The value, of a statement.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    pub state: JudgementState,
    pub date: NaiveDate,
    pub at: Option<Place>,
    /// Why: for the leader only.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub note: String,
    pub evidence_grade: Option<Id>,
    pub evidence_rank: Option<Rank>,
    /// How firm that is; none for a statement.
    pub evidence_firmness: Option<Firmness>,
}
