//! Inspection frameworks: areas, aspects, grades, method and limiting rules, as data.

use std::fmt;

use chrono::NaiveDate;
use serde::Serialize;

use crate::diagnostic::Place;
use crate::school::evidence_kind::EvidenceKind;
use crate::school::id::Id;

/// A rank on a framework's scale: 1 the lowest, no gaps.
pub type Rank = u8;

/// A grade of a framework's scale.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Grade {
    /// The short name, such as `requires-improvement`.
    pub id: Id,
    /// Where it stands on the scale.
    pub rank: Rank,
    /// The name that people read.
    pub label: String,
    /// Whether it is at or above the standard asked.
    pub meets: bool,
    /// The key of its line in each aspect.
    pub descriptor: String,
    pub meaning: Option<String>,
    /// The number once printed next to it.
    pub ofsted_number: Option<u32>,
    /// When an inspectorate comes again, in months from and to; shown as text.
    pub follow_up_months: Option<(u32, u32)>,
}

fixed_words! {
    /// How the grades of aspects become the grade of an area.
    pub enum AreaMethod {
        /// The lowest aspect.
        SecureFit = "secure-fit",
        /// The middle aspect, the lower of two.
        BestFit = "best-fit",
        /// As secure fit, on two ranks.
        MetNotMet = "met-not-met",
        /// No grade: the evidence is laid out.
        Narrative = "narrative",
    }
}

impl AreaMethod {
    /// Whether the lowest aspect decides.
    pub fn is_secure(self) -> bool {
        matches!(self, AreaMethod::SecureFit | AreaMethod::MetNotMet)
    }
}

/// How a framework judges.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct JudgingMethod {
    pub area: AreaMethod,
    /// `all-good-plus`: an area is at the top only where every aspect is.
    pub all_good_plus: bool,
    /// `any-of`: one aspect at the bottom makes the area so.
    pub any_of: bool,
    /// What is usual is judged, not a one-off: shown on forms.
    pub typicality: bool,
    /// The method in words; a paraphrase.
    pub text: Option<String>,
    /// What the inspectorate does or did about an overall grade; none is ever made here.
    pub overall_text: Option<String>,
}

fixed_words! {
    /// One of the job card's two questions.
    pub enum Strand {
        Outcomes = "outcomes",
        /// What they are given.
        Provision = "provision",
        /// Neither.
        Other = "other",
    }
}

impl fmt::Display for Strand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// Where the wording of something comes from.
#[derive(Clone, Debug, Default, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct WordingBasis(pub String);

impl WordingBasis {
    /// What the value of a `basis` begins with.
    pub const BEGINNINGS: &[&str] = &[
        "confirmed",
        "title confirmed",
        "title and sub-judgements confirmed",
        "unverified",
        "secondary pages",
        "product's own wording",
    ];

    /// Whether it is confirmed as a whole: only such a rule is applied.
    pub fn is_confirmed(&self) -> bool {
        self.0.starts_with("confirmed")
    }

    /// Whether lines of descriptors with this basis must be marked as unverified paraphrase.
    pub fn is_unverified(&self) -> bool {
        !self.is_confirmed() && self.0 != "product's own wording"
    }
}

/// The unit that evidence is tagged with.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Aspect {
    /// `area.aspect`; of an area without aspects the area's own id.
    pub id: Id,
    pub title: String,
    /// The job card's question that it answers.
    pub strand: Strand,
    /// Where its lines come from.
    pub basis: WordingBasis,
    /// The kinds of evidence that can speak to it.
    pub kinds: Vec<EvidenceKind>,
    /// The line of each rank, from the lowest; none where no line is held.
    pub descriptors: Vec<Option<String>>,
}

impl Aspect {
    /// The line of a rank.
    pub fn descriptor(&self, rank: Rank) -> Option<&str> {
        self.descriptors.get(usize::from(rank).checked_sub(1)?)?.as_deref()
    }
}

/// A graded area.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Area {
    pub id: Id,
    pub title: String,
    /// Whether it counts only in a phase with nursery or reception.
    pub if_early_years: bool,
    pub covers: Option<String>,
    /// Where its wording comes from.
    pub basis: WordingBasis,
    /// Its aspects; one of its own id where the framework names none.
    pub aspects: Vec<Aspect>,
}

/// A judgement of two values, such as safeguarding; a flag has `true` and `false`.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct BinaryJudgement {
    pub id: Id,
    /// The name that people read.
    pub label: String,
    /// The better value first.
    pub values: [String; 2],
    pub text: Option<String>,
}

/// A condition of a limiting rule.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum RuleCondition {
    /// Some area is at the rank.
    AnyArea(Rank),
    /// An area is below the rank.
    Below(Id, Rank),
    /// An area is at the rank.
    At(Id, Rank),
    /// A judgement of two values is this one; a flag is up.
    Is(Id, String),
}

/// What follows from a limiting rule.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum RuleConsequence {
    /// An area is at most at the rank.
    Cap(Id, Rank),
    /// A category, shown; nothing follows from it.
    Category(String),
}

/// A limiting rule.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct LimitingRule {
    pub id: Id,
    /// All of them must hold.
    pub conditions: Vec<RuleCondition>,
    /// What then follows.
    pub then: RuleConsequence,
    /// Where it comes from: only a confirmed one is applied.
    pub basis: WordingBasis,
    pub text: String,
}

/// A change that a later framework makes to the one that it extends.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct FrameworkChange {
    /// The aspect; the method where there is none.
    pub aspect: Option<Id>,
    pub text: String,
}

/// A skeleton for the plan from one grade to the next.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct NextStep {
    pub from: Rank,
    pub to: Rank,
    pub text: String,
}

/// An inspection framework.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Framework {
    /// The short name: its file's.
    pub id: Id,
    pub title: String,
    pub jurisdiction: String,
    /// What of it was confirmed.
    pub provenance: String,
    /// The first day it holds.
    pub valid_from: Option<NaiveDate>,
    /// The last day; none where it is still in force.
    pub valid_to: Option<NaiveDate>,
    /// Where its wording was found.
    pub sources: Vec<String>,
    /// Anything else.
    pub note: Option<String>,
    /// The framework it extends, where it extends one.
    pub extends: Option<Id>,
    /// How it judges.
    pub method: JudgingMethod,
    /// The scale, lowest first; none in a narrative framework.
    pub grades: Vec<Grade>,
    pub binaries: Vec<BinaryJudgement>,
    /// True or not; each with the values `yes` and `no`.
    pub flags: Vec<BinaryJudgement>,
    /// The areas, in the order of the file.
    pub areas: Vec<Area>,
    pub rules: Vec<LimitingRule>,
    /// What it changes in the framework that it extends.
    pub changes: Vec<FrameworkChange>,
    /// Words for shares, with their ranges.
    pub quantity_words: Vec<(String, String)>,
    /// What an inspectorate does afterwards: id and label.
    pub follow_ups: Vec<(String, String)>,
    pub next_steps: Vec<NextStep>,
    pub at: Place,
}

impl Framework {
    /// The highest rank; 0 in a narrative framework.
    pub fn top(&self) -> Rank {
        self.grades.iter().map(|grade| grade.rank).max().unwrap_or(0)
    }

    /// The grade of a rank.
    pub fn grade(&self, rank: Rank) -> Option<&Grade> {
        self.grades.iter().find(|grade| grade.rank == rank)
    }

    /// The name of a rank's grade, in lower case as it stands in a sentence.
    pub fn label(&self, rank: Rank) -> String {
        self.grade(rank).map_or_else(String::new, |grade| grade.label.to_lowercase())
    }

    /// The short name of a rank's grade.
    pub fn grade_id(&self, rank: Rank) -> Option<Id> {
        self.grade(rank).map(|grade| grade.id.clone())
    }

    /// The lowest rank that meets the standard asked.
    pub fn standard(&self) -> Option<Rank> {
        self.grades.iter().filter(|grade| grade.meets).map(|grade| grade.rank).min()
    }

    /// Every aspect, in the order of the file.
    pub fn aspects(&self) -> impl Iterator<Item = &Aspect> {
        self.areas.iter().flat_map(|area| &area.aspects)
    }

    /// The aspect with that id.
    pub fn aspect(&self, id: &Id) -> Option<&Aspect> {
        self.aspects().find(|aspect| aspect.id == *id)
    }

    /// The areas that count for year groups: those for the early years only where they have them.
    pub fn areas_for(&self, early_years: bool) -> impl Iterator<Item = &Area> {
        self.areas.iter().filter(move |area| early_years || !area.if_early_years)
    }

    /// The better value and the other one of a judgement of two values, or of a flag.
    pub fn stated(&self, id: &Id) -> Option<&BinaryJudgement> {
        self.binaries.iter().chain(&self.flags).find(|binary| binary.id == *id)
    }

    /// Whether some of the wording is paraphrase that nobody has checked against the publication.
    pub fn is_unverified(&self) -> bool {
        self.areas.iter().any(|area| area.basis.is_unverified())
    }
}
