//! Outcomes and provision judged: what the evidence supports, and how firm it is.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::firmness::{Breadth, firmness};
use super::gather::{EvidenceItem, Gathered, Gathering, Scope};
use super::leader_judgement::said;
use super::roll_up::{AspectGrade, RollUpMethod, roll_up};
use super::votes::{self, Tallies};
use super::{limiting_rules, next_grade};
use crate::judge::answer::{
    AreaJudgement, AspectJudgement, ClassCounts, DecisiveKind, Evaluation, EvaluationScope, GradeOnScale,
    RolledGrade, StrandJudgement, Support, YearGroupCounts,
};
use crate::judge::citation::{CitedRow, SampleToAgree, UncountedRow};
use crate::privacy::audience::Audience;
use crate::school::{
    Area, AreaMethod, Aspect, Evidence, EvidenceKind, Framework, Id, Rank, School, Strand, YearGroup,
};

/// Judges a scope by the evidence of a school.
pub fn evaluate(school: &School, scope: &Scope, on: NaiveDate) -> Option<Evaluation> {
    let framework = school.year.frameworks.get(&scope.framework)?;
    let phase = school.set_up.phases.iter().find(|phase| phase.id == scope.phase)?;
    let early_years = phase.has_early_years();
    let areas: Vec<&Area> = framework.areas_for(early_years).collect();
    let aspects: Vec<&Aspect> = areas.iter().flat_map(|area| &area.aspects).collect();
    let gathering = Gathering::new(school, scope);
    let gathered = gathering.of(&aspects);
    let judged: Vec<AspectJudgement> = aspects
        .iter()
        .zip(&gathered)
        .map(|(aspect, gathered)| aspect_judgement(school, framework, aspect, gathered, &gathering))
        .collect();
    let strands = strand_judgements(framework, &judged);
    let mut areas = area_judgements(framework, &areas, judged);
    let statements = limiting_rules::statements(school, scope);
    let (categories, cautions) = limiting_rules::apply(framework, &statements, &mut areas);
    let plan = next_grade::plan(framework, &areas, &aspects, &gathered, &gathering);
    let wishes = next_grade::wishes(&areas);
    let judgement = said(school, scope, framework, &areas, &strands);
    Some(Evaluation {
        schema: "phase/evaluation/1",
        audience: Audience::Leader,
        made_on: on,
        scope: EvaluationScope {
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

/// Rolls up the aspects of each strand.
fn strand_judgements(framework: &Framework, judged: &[AspectJudgement]) -> [StrandJudgement; 2] {
    let fit = RollUpMethod { method: strand_method(framework), ..RollUpMethod::best(framework.top()) };
    [Strand::Outcomes, Strand::Provision].map(|strand| {
        let own: Vec<&AspectJudgement> = judged.iter().filter(|aspect| aspect.strand == strand).collect();
        let parts: Vec<AspectGrade> = own.iter().map(|aspect| aspect.part()).collect();
        StrandJudgement {
            id: strand,
            rolled: RolledGrade::of(&roll_up(fit, &parts), &own, framework),
            aspects: own.iter().map(|aspect| aspect.id.clone()).collect(),
        }
    })
}

/// Rolls up the aspects of each area; `judged` holds them in the order of the areas.
fn area_judgements(
    framework: &Framework,
    areas: &[&Area],
    judged: Vec<AspectJudgement>,
) -> Vec<AreaJudgement> {
    let fit = RollUpMethod::of(&framework.method, framework.top());
    let mut rest = judged.into_iter();
    areas
        .iter()
        .map(|area| {
            let aspects: Vec<AspectJudgement> = rest.by_ref().take(area.aspects.len()).collect();
            let parts: Vec<AspectGrade> = aspects.iter().map(AspectJudgement::part).collect();
            let own: Vec<&AspectJudgement> = aspects.iter().collect();
            AreaJudgement {
                id: area.id.clone(),
                title: area.title.clone(),
                rolled: RolledGrade::of(&roll_up(fit, &parts), &own, framework),
                method: framework.method.area,
                limited: None,
                aspects,
            }
        })
        .collect()
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
        graded: GradeOnScale::of(framework, rank),
        firmness,
        other_grade: lowest.and_then(|rank| framework.grade_id(rank)),
        rests_on: changes
            .into_iter()
            .map(|(kind, other)| DecisiveKind { kind, other: GradeOnScale::of(framework, Some(other)) })
            .collect(),
        support: support.map(|(at_or_above, of)| Support { at_or_above, of }),
        counts: tallies.iter().map(|(kind, tally)| (*kind, tally.counts().collect())).collect(),
        votes: tallies.iter().map(|(kind, tally)| (*kind, tally.votes())).collect(),
        can_speak: aspect.kinds.clone(),
        evidence: gathered.items.iter().map(|item| CitedRow::of_item(item, gathering)).collect(),
        to_agree: gathered.to_agree.iter().map(to_agree).collect(),
        open_samples: gathered.to_agree.len(),
        not_counted: gathered
            .not_counted
            .iter()
            .map(|(row, because)| UncountedRow { id: row.id.clone(), at: row.at.clone(), because: *because })
            .collect(),
        described: gathered.described.iter().map(|row| CitedRow::of_row(row, None)).collect(),
        missing,
        has,
        needs,
        counted_at: GradeOnScale::of(framework, mark),
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

pub(crate) fn to_agree(item: &EvidenceItem<'_>) -> SampleToAgree {
    let mut views: Vec<Rank> =
        item.rows().flat_map(|row| [row.grade, row.moderator_grade]).flatten().collect();
    views.sort_unstable();
    let mut by: Vec<Id> = item.rows().flat_map(Evidence::observers).cloned().collect();
    by.sort();
    by.dedup();
    SampleToAgree {
        id: item.row.sample.clone().unwrap_or_else(|| item.row.id.clone()),
        row: item.row.id.clone(),
        views,
        by,
        at: item.rows().map(|row| row.at.clone()).collect(),
    }
}

/// The year groups of the phase by how many of their items are at the grade or better.
pub(crate) fn year_groups(
    gathered: &Gathered<'_>,
    gathering: &Gathering<'_>,
    grade: Rank,
) -> Vec<YearGroupCounts> {
    let covered = gathering.classes_covered(&gathered.items);
    let mut counts: BTreeMap<YearGroup, (u32, u32)> = BTreeMap::new();
    for item in gathered.items.iter().filter(|item| item.row.kind != EvidenceKind::Lessons) {
        for year in gathering.year_groups(item.row) {
            let count = counts.entry(year).or_default();
            count.0 += u32::from(item.rank >= Some(grade));
            count.1 += 1;
        }
    }
    let of = |(year, (at_or_above, of)): (YearGroup, (u32, u32))| YearGroupCounts {
        year_group: year.to_string(),
        classes: covered.get(&year).copied().unwrap_or(0),
        at_or_above,
        of,
    };
    counts.into_iter().map(of).collect()
}

/// The classes by how many of their items are at the grade or better, the smallest share first. Evidence of
/// lessons has no part in it.
pub(crate) fn classes(gathered: &Gathered<'_>, gathering: &Gathering<'_>, grade: Rank) -> Vec<ClassCounts> {
    let mut counts: BTreeMap<&Id, (u32, u32)> = BTreeMap::new();
    for item in gathered.items.iter().filter(|item| item.row.kind != EvidenceKind::Lessons) {
        for class in gathering.classes(item.row) {
            let count = counts.entry(class).or_default();
            count.0 += u32::from(item.rank >= Some(grade));
            count.1 += 1;
        }
    }
    let of =
        |(class, (at_or_above, of)): (&Id, (u32, u32))| ClassCounts { class: class.clone(), at_or_above, of };
    let mut classes: Vec<ClassCounts> = counts.into_iter().map(of).collect();
    classes.sort_by(|a, b| {
        let (left, right) =
            (u64::from(a.at_or_above) * u64::from(b.of), u64::from(b.at_or_above) * u64::from(a.of));
        left.cmp(&right).then_with(|| a.class.cmp(&b.class))
    });
    classes
}
