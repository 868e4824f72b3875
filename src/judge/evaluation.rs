//! Outcomes and provision: what the leader judges, what the evidence supports beside it, and how firm it is.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;

use super::firmness::{Breadth, Check, Firmness, firmness};
use super::gather::{Gathered, Gathering, Item, NotCounted, Scope};
use super::leader_judgement::{Said, said};
use super::limiting_rules::{self, Limited};
use super::next_grade::{self, Step, Wish};
use super::roll_up::{Fit, Part, RolledUp, roll_up};
use super::votes::{self, Tallies};
use crate::diagnostic::Place;
use crate::privacy::audience::Audience;
use crate::school::School;
use crate::school::evidence_kind::Kind;
use crate::school::id::Id;
use crate::school::year::evidence::Evidence;
use crate::school::year::framework::{Area, AreaMethod, Aspect, Framework, Rank, Strand};
use crate::school::year_group::YearGroup;

/// A grade as an answer gives it: its short name and its place on the scale.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Graded {
    /// The grade's id.
    pub grade: Option<Id>,
    /// Its rank, 1 the lowest.
    pub rank: Option<Rank>,
}

impl Graded {
    /// The grade of a rank.
    pub fn of(framework: &Framework, rank: Option<Rank>) -> Self {
        Self { grade: rank.and_then(|rank| framework.grade_id(rank)), rank }
    }
}

/// A row that an answer rests on.
#[derive(Clone, Debug, Serialize)]
pub struct Cited {
    /// Its id.
    pub id: Id,
    /// Where it is written.
    pub at: Place,
    /// The day.
    pub date: NaiveDate,
    /// What kind of evidence.
    pub kind: Kind,
    /// The subject; none for the phase as a whole.
    pub subject: Option<Id>,
    /// The rank that counts, where it does.
    pub rank: Option<Rank>,
    /// In detail: the first views that it came from, where there are two or more; for the leader only.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub views: Vec<Rank>,
    /// In detail: the classes that it covers; for the leader only.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub classes: Vec<Id>,
    /// In detail: who looked; for the leader only.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub by: Vec<Id>,
    /// Further rows of the same sample, and the visits that a grade for lessons rests on.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub with: Vec<Place>,
}

impl Cited {
    fn of_row(row: &Evidence, rank: Option<Rank>) -> Self {
        Self {
            id: row.id.clone(),
            at: row.at.clone(),
            date: row.date,
            kind: row.kind,
            subject: row.about.subject().cloned(),
            rank,
            views: Vec::new(),
            classes: Vec::new(),
            by: Vec::new(),
            with: Vec::new(),
        }
    }

    fn of_item<'s>(item: &Item<'s>, gathering: &Gathering<'s>) -> Self {
        if !gathering.scope.in_detail {
            return Self { with: Self::with(item, gathering), ..Self::of_row(item.row, item.rank) };
        }
        let visits = || item.rows().flat_map(|row| gathering.visits(row));
        let mut views: Vec<Rank> =
            item.rows().flat_map(|row| [row.grade, row.moderator_grade]).flatten().collect();
        views.truncate(if views.len() < 2 { 0 } else { views.len() });
        let mut by: Vec<Id> = if item.row.rests_on.is_empty() {
            item.rows().flat_map(Evidence::observers).cloned().collect()
        } else {
            visits().flat_map(Evidence::observers).cloned().collect()
        };
        by.sort();
        by.dedup();
        Self {
            with: Self::with(item, gathering),
            views,
            classes: gathering.covered(item.row).into_iter().cloned().collect(),
            by,
            ..Self::of_row(item.row, item.rank)
        }
    }
}

impl Cited {
    /// Further rows of the sample, and the visits that it rests on.
    fn with(item: &Item<'_>, gathering: &Gathering<'_>) -> Vec<Place> {
        let more = item.more.iter().map(|row| row.at.clone());
        let visits = item.rows().flat_map(|row| gathering.visits(row));
        more.chain(visits.map(|visit| visit.at.clone())).collect()
    }
}

/// A sample with two first views and no agreed grade.
#[derive(Clone, Debug, Serialize)]
pub struct ToAgree {
    /// The sample's id; the row's where it has none, or where a sample's name may say too much.
    pub id: Id,
    /// The id of its first row.
    #[serde(skip)]
    pub row: Id,
    /// The first views, lowest first.
    pub views: Vec<Rank>,
    /// Who has to agree: for the leader only.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub by: Vec<Id>,
    /// Its rows.
    pub at: Vec<Place>,
}

/// A row that is shown but not counted.
#[derive(Clone, Debug, Serialize)]
pub struct Uncounted {
    /// Its id.
    pub id: Id,
    /// Where it is written.
    pub at: Place,
    /// Why.
    pub because: NotCounted,
}

/// A kind whose loss changes a grade.
#[derive(Clone, Debug, Serialize)]
pub struct RestsOn {
    /// The kind.
    pub kind: Kind,
    /// The grade without it.
    #[serde(flatten)]
    pub other: Graded,
}

/// How many items of a class are at the aspect's grade, or the standard asked, or better; lessons left out. A class has no grade.
#[derive(Clone, Debug, Serialize)]
pub struct OfClass {
    /// The class.
    pub class: Id,
    /// Items at the grade or better.
    pub at_or_above: u32,
    /// Items.
    pub of: u32,
}

/// How many items of a year group are at the aspect's grade, or the standard asked, or better; lessons left out.
#[derive(Clone, Debug, Serialize)]
pub struct OfYearGroup {
    /// The year group.
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
pub struct Support {
    /// Items at the grade or better.
    pub at_or_above: u32,
    /// Items.
    pub of: u32,
}

/// What the evidence supports for an aspect.
#[derive(Clone, Debug, Serialize)]
pub struct AspectJudgement {
    /// The aspect.
    pub id: Id,
    /// The name that people read.
    pub title: String,
    /// The job card's question that it answers.
    pub strand: Strand,
    /// The grade.
    #[serde(flatten)]
    pub graded: Graded,
    /// How firm it is.
    pub firmness: Firmness,
    /// The other grade, where it is borderline; the lowest of several.
    pub other_grade: Option<Id>,
    /// Each kind whose loss changes the grade.
    pub rests_on: Vec<RestsOn>,
    /// How many items are at the grade or better.
    pub support: Option<Support>,
    /// How many items of each kind are at each rank.
    pub counts: BTreeMap<Kind, BTreeMap<Rank, u32>>,
    /// The votes of each kind, low to high.
    pub votes: BTreeMap<Kind, Vec<Rank>>,
    /// The kinds of evidence that can speak to it.
    pub can_speak: Vec<Kind>,
    /// What counts.
    pub evidence: Vec<Cited>,
    /// What is still to be agreed.
    pub to_agree: Vec<ToAgree>,
    /// How many samples that is.
    pub open_samples: usize,
    /// What does not count, and why.
    pub not_counted: Vec<Uncounted>,
    /// What describes without a grade.
    pub described: Vec<Cited>,
    /// The checks that fail.
    pub missing: Vec<Check>,
    /// How broad the evidence is.
    pub has: Breadth,
    /// How broad it must be for a settled grade.
    pub needs: Breadth,
    /// The grade at which classes and year groups are counted: its own, or the standard asked where that is
    /// higher.
    pub counted_at: Graded,
    /// The classes, the one with the smallest share first: for the leader only.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub classes: Vec<OfClass>,
    /// The year groups, in their order, by how many of their items are at the aspect's grade or better.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub year_groups: Vec<OfYearGroup>,
    /// The changes that a later framework makes to it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<String>,
}

impl AspectJudgement {
    pub(super) fn part(&self) -> Part {
        Part {
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
pub struct Rolled {
    /// The grade.
    #[serde(flatten)]
    pub graded: Graded,
    /// How firm it is.
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

impl Rolled {
    fn of(rolled: &RolledUp, aspects: &[&AspectJudgement], framework: &Framework) -> Self {
        let ids: Vec<Id> = rolled.others.iter().filter_map(|rank| framework.grade_id(*rank)).collect();
        let id = |index: &usize| aspects.get(*index).map(|aspect| aspect.id.clone());
        Self {
            graded: Graded::of(framework, rolled.grade),
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
pub struct AreaJudgement {
    /// The area.
    pub id: Id,
    /// The name that people read.
    pub title: String,
    /// What its aspects come to.
    #[serde(flatten)]
    pub rolled: Rolled,
    /// How.
    pub method: AreaMethod,
    /// The limiting rule that caps it, and the grade before.
    pub limited: Option<Limited>,
    /// Its aspects.
    pub aspects: Vec<AspectJudgement>,
}

/// What the evidence supports for one of the job card's questions.
#[derive(Clone, Debug, Serialize)]
pub struct StrandJudgement {
    /// The question.
    pub id: Strand,
    /// What its aspects come to, by best fit.
    #[serde(flatten)]
    pub rolled: Rolled,
    /// Its aspects.
    pub aspects: Vec<Id>,
}

/// What is judged.
#[derive(Clone, Debug, Serialize)]
pub struct Judges {
    /// The phase.
    pub phase: Id,
    /// The subject, where it is one.
    pub subject: Option<Id>,
    /// The academic year.
    pub academic_year: String,
    /// The half term at whose end is judged; the last with evidence where the whole year is.
    pub half_term: u8,
    /// Whether the whole year is judged.
    pub year: bool,
}

/// The answer.
#[derive(Clone, Debug, Serialize)]
pub struct Evaluation {
    /// `phase/evaluation/1`.
    pub schema: &'static str,
    /// Who it is for.
    pub audience: Audience,
    /// The day it was made for.
    pub made_on: NaiveDate,
    /// What is judged.
    pub scope: Judges,
    /// By which framework.
    pub framework: Id,
    /// Whether its wording is paraphrase that nobody has checked against the publication.
    pub wording_unverified: bool,
    /// The areas.
    pub areas: Vec<AreaJudgement>,
    /// The job card's questions.
    pub strands: Vec<StrandJudgement>,
    /// What the leader judges.
    pub judgement: Vec<Said>,
    /// Categories that follow from confirmed rules; words only.
    pub categories: Vec<String>,
    /// Rules that are not confirmed and would hold: shown, not applied.
    pub cautions: Vec<String>,
    /// The plan to the next grade.
    pub plan: Vec<Step>,
    /// Aspects without enough evidence, and what would bring it.
    pub wishes: Vec<Wish>,
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

/// Judges a scope by the evidence of a school.
pub fn evaluate(school: &School, scope: &Scope, on: NaiveDate) -> Option<Evaluation> {
    let framework = school.year.frameworks.get(&scope.framework)?;
    let phase = school.set_up.phases.iter().find(|phase| phase.id == scope.phase)?;
    let early_years = phase.has_early_years();
    let areas: Vec<&Area> = framework.areas_for(early_years).collect();
    let aspects: Vec<&Aspect> = areas.iter().flat_map(|area| &area.aspects).collect();
    let gathering = Gathering::new(school, scope);
    let gathered = gathering.of(&aspects);
    let mut judged: Vec<AspectJudgement> = aspects
        .iter()
        .zip(&gathered)
        .map(|(aspect, gathered)| aspect_judgement(school, framework, aspect, gathered, &gathering))
        .collect();
    let top = framework.top();
    let strands = [Strand::Outcomes, Strand::Provision].map(|strand| {
        let own: Vec<&AspectJudgement> = judged.iter().filter(|aspect| aspect.strand == strand).collect();
        let parts: Vec<Part> = own.iter().map(|aspect| aspect.part()).collect();
        let fit = Fit { method: strand_method(framework), ..Fit::best(top) };
        StrandJudgement {
            id: strand,
            rolled: Rolled::of(&roll_up(fit, &parts), &own, framework),
            aspects: own.iter().map(|aspect| aspect.id.clone()).collect(),
        }
    });
    let fit = Fit::of(&framework.method, top);
    let mut rest = judged.drain(..);
    let mut areas: Vec<AreaJudgement> = areas
        .iter()
        .map(|area| {
            let aspects: Vec<AspectJudgement> = rest.by_ref().take(area.aspects.len()).collect();
            let parts: Vec<Part> = aspects.iter().map(AspectJudgement::part).collect();
            let own: Vec<&AspectJudgement> = aspects.iter().collect();
            let rolled = Rolled::of(&roll_up(fit, &parts), &own, framework);
            AreaJudgement {
                id: area.id.clone(),
                title: area.title.clone(),
                rolled,
                method: framework.method.area,
                limited: None,
                aspects,
            }
        })
        .collect();
    drop(rest);
    let statements = limiting_rules::statements(school, scope);
    let (categories, cautions) = limiting_rules::apply(framework, &statements, &mut areas);
    let plan = next_grade::plan(school, scope, framework, &areas, &aspects, &gathered, &gathering);
    let wishes = next_grade::wishes(&areas);
    let judgement = said(school, scope, framework, &areas, &strands);
    Some(Evaluation {
        schema: "phase/evaluation/1",
        audience: Audience::Leader,
        made_on: on,
        scope: Judges {
            phase: scope.phase.clone(),
            subject: scope.subject.clone(),
            academic_year: school.set_up.calendar.academic_year.to_string(),
            half_term: scope.half_term,
            year: scope.year,
        },
        framework: framework.id.clone(),
        wording_unverified: framework.is_unverified(),
        areas,
        strands: strands.into(),
        judgement,
        categories,
        cautions,
        plan,
        wishes,
        elsewhere: gathering.elsewhere(),
    })
}

/// The questions are the job card's: by best fit; of a narrative framework there is no grade.
fn strand_method(framework: &Framework) -> AreaMethod {
    match framework.method.area {
        AreaMethod::Narrative => AreaMethod::Narrative,
        _ => AreaMethod::BestFit,
    }
}

fn aspect_judgement(
    school: &School,
    framework: &Framework,
    aspect: &Aspect,
    gathered: &Gathered<'_>,
    gathering: &Gathering<'_>,
) -> AspectJudgement {
    let tallies: Tallies = gathered.tallies();
    let has = gathering.breadth(gathered, &tallies);
    let needs =
        Breadth::needed(&school.settings.sufficiency, aspect.kinds.len(), gathering.classes_of_phase());
    let missing = has.missing(&needs);
    let (rank, firmness, changes) = firmness(&tallies, &missing);
    let support = rank.map(|rank| votes::support(&tallies, rank));
    // Classes and year groups are counted at the standard asked, where the grade is below it.
    let mark = rank.map(|rank| rank.max(framework.standard().unwrap_or(rank)));
    let lowest = changes.iter().map(|(_, other)| *other).min();
    AspectJudgement {
        id: aspect.id.clone(),
        title: aspect.title.clone(),
        strand: aspect.strand,
        graded: Graded::of(framework, rank),
        firmness,
        other_grade: lowest.and_then(|rank| framework.grade_id(rank)),
        rests_on: changes
            .into_iter()
            .map(|(kind, other)| RestsOn { kind, other: Graded::of(framework, Some(other)) })
            .collect(),
        support: support.map(|(at_or_above, of)| Support { at_or_above, of }),
        counts: tallies.iter().map(|(kind, tally)| (*kind, tally.counts().collect())).collect(),
        votes: tallies.iter().map(|(kind, tally)| (*kind, tally.votes())).collect(),
        can_speak: aspect.kinds.clone(),
        evidence: gathered.items.iter().map(|item| Cited::of_item(item, gathering)).collect(),
        to_agree: gathered.to_agree.iter().map(to_agree).collect(),
        open_samples: gathered.to_agree.len(),
        not_counted: gathered
            .not_counted
            .iter()
            .map(|(row, because)| Uncounted { id: row.id.clone(), at: row.at.clone(), because: *because })
            .collect(),
        described: gathered.described.iter().map(|row| Cited::of_row(row, None)).collect(),
        missing,
        has,
        needs,
        counted_at: Graded::of(framework, mark),
        classes: mark.map_or_else(Vec::new, |mark| classes(gathered, gathering, mark)),
        year_groups: mark.map_or_else(Vec::new, |mark| year_groups(gathered, gathering, mark)),
        changes: framework
            .changes
            .iter()
            .filter(|change| change.aspect.as_ref() == Some(&aspect.id))
            .map(|change| change.text.clone())
            .collect(),
    }
}

fn to_agree(item: &Item<'_>) -> ToAgree {
    let mut views: Vec<Rank> =
        item.rows().flat_map(|row| [row.grade, row.moderator_grade]).flatten().collect();
    views.sort_unstable();
    let mut by: Vec<Id> = item.rows().flat_map(Evidence::observers).cloned().collect();
    by.sort();
    by.dedup();
    ToAgree {
        id: item.row.sample.clone().unwrap_or_else(|| item.row.id.clone()),
        row: item.row.id.clone(),
        views,
        by,
        at: item.rows().map(|row| row.at.clone()).collect(),
    }
}

/// The year groups of the phase by how many of their items are at the grade or better.
fn year_groups(gathered: &Gathered<'_>, gathering: &Gathering<'_>, grade: Rank) -> Vec<OfYearGroup> {
    let covered = gathering.classes_covered(&gathered.items);
    let mut counts: BTreeMap<YearGroup, (u32, u32)> = BTreeMap::new();
    for item in gathered.items.iter().filter(|item| item.row.kind != Kind::Lessons) {
        for year in gathering.year_groups(item.row) {
            let count = counts.entry(year).or_default();
            count.0 += u32::from(item.rank >= Some(grade));
            count.1 += 1;
        }
    }
    let of = |(year, (at_or_above, of)): (YearGroup, (u32, u32))| OfYearGroup {
        year_group: year.to_string(),
        classes: covered.get(&year).copied().unwrap_or(0),
        at_or_above,
        of,
    };
    counts.into_iter().map(of).collect()
}

/// The classes by how many of their items are at the grade or better, the smallest share first. Evidence of
/// lessons has no part in it.
fn classes(gathered: &Gathered<'_>, gathering: &Gathering<'_>, grade: Rank) -> Vec<OfClass> {
    let mut counts: BTreeMap<&Id, (u32, u32)> = BTreeMap::new();
    for item in gathered.items.iter().filter(|item| item.row.kind != Kind::Lessons) {
        for class in gathering.classes(item.row) {
            let count = counts.entry(class).or_default();
            count.0 += u32::from(item.rank >= Some(grade));
            count.1 += 1;
        }
    }
    let of =
        |(class, (at_or_above, of)): (&Id, (u32, u32))| OfClass { class: class.clone(), at_or_above, of };
    let mut classes: Vec<OfClass> = counts.into_iter().map(of).collect();
    classes.sort_by(|a, b| {
        let (left, right) =
            (u64::from(a.at_or_above) * u64::from(b.of), u64::from(b.at_or_above) * u64::from(a.of));
        left.cmp(&right).then_with(|| a.class.cmp(&b.class))
    });
    classes
}
