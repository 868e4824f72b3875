//! The plan to the next grade: the aspects in the way, where the low evidence lies, one action each; and what
//! evidence is wanting.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::answer::{AreaJudgement, AspectJudgement};
use super::gather::{Gathered, Gathering, Scope};
use super::roll_up::RollUpMethod;
use crate::judge::next_step::{EvidenceNeeded, GradeStep, LowEvidenceBy, LowShare};
use crate::school::{
    Action, Aspect, EvidenceKind, Framework, Id, Phase, Rank, School, SessionKind, YearGroup,
};

/// The most actions of a plan.
pub const MOST_STEPS: usize = 5;

/// The session that brings in a kind of evidence, where a task area does.
pub fn session_for(kind: EvidenceKind) -> Option<SessionKind> {
    match kind {
        EvidenceKind::Books => Some(SessionKind::WorkScrutiny),
        EvidenceKind::Records => Some(SessionKind::RecordsScrutiny),
        EvidenceKind::Lessons => Some(SessionKind::LessonVisit),
        _ => None,
    }
}

/// The plan: at most five steps, the lowest areas first. Each raises an aspect that is in the way of its
/// area's next grade by one grade.
pub fn plan(
    framework: &Framework,
    areas: &[AreaJudgement],
    aspects: &[&Aspect],
    gathered: &[Gathered<'_>],
    gathering: &Gathering<'_>,
) -> Vec<GradeStep> {
    let Some(phase) = gathering.phase else { return Vec::new() };
    let (school, scope) = (gathering.school, gathering.scope);
    let maker = PlanBuilder { school, scope, framework, phase, gathering };
    let of = |id: &Id| aspects.iter().zip(gathered).find(|(aspect, _)| aspect.id == *id);
    let mut order: Vec<&AreaJudgement> =
        areas.iter().filter(|area| area.rolled.graded.rank.is_some()).collect();
    order.sort_by_key(|area| (area.rolled.graded.rank, area.rolled.firmness));
    let mut steps: Vec<GradeStep> = Vec::new();
    for area in &order {
        for (judged, to) in in_the_way(framework, area) {
            if let Some((aspect, gathered)) = of(&judged.id) {
                steps.extend(maker.step(aspect, judged, gathered, to));
            }
        }
    }
    for area in order.iter().filter(|area| area.rolled.graded.rank == Some(framework.top())) {
        let softest = area.aspects.iter().filter(|aspect| !aspect.firmness.lacks_evidence());
        let softest = softest.max_by_key(|aspect| (aspect.firmness, std::cmp::Reverse(share(aspect))));
        if let Some((judged, (aspect, gathered))) = softest.and_then(|judged| Some((judged, of(&judged.id)?)))
        {
            steps.extend(maker.step(aspect, judged, gathered, framework.top()));
        }
    }
    // What stands lowest comes first, whatever its area.
    let rank =
        |step: &GradeStep| framework.grades.iter().position(|grade| Some(&grade.id) == step.from.as_ref());
    steps.sort_by_key(rank);
    steps.truncate(MOST_STEPS);
    steps
}

/// The share of the support in thousandths.
fn share(aspect: &AspectJudgement) -> u32 {
    aspect.support.map_or(0, |support| support.at_or_above * 1000 / support.of.max(1))
}

/// The settled aspects of an area that are in the way of its next grade, and that grade; the lowest and
/// firmest first. Those without enough evidence are wishes, not steps.
fn in_the_way<'a>(framework: &Framework, area: &'a AreaJudgement) -> Vec<(&'a AspectJudgement, Rank)> {
    let Some(next) = area.rolled.graded.rank.map(|rank| rank + 1).filter(|next| *next <= framework.top())
    else {
        return Vec::new();
    };
    let fit = RollUpMethod::of(&framework.method, framework.top());
    let mut below: Vec<&AspectJudgement> =
        area.aspects.iter().filter(|aspect| aspect.graded.rank.is_some_and(|rank| rank < next)).collect();
    below.sort_by(|a, b| (a.graded.rank, a.firmness, &a.id).cmp(&(b.graded.rank, b.firmness, &b.id)));
    let raised = |first: usize| {
        let up = |aspect: &AspectJudgement| {
            let is_raised = below.iter().take(first).any(|other| other.id == aspect.id);
            aspect.graded.rank.map(|rank| if is_raised { rank.max(next) } else { rank })
        };
        fit.grade(&area.aspects.iter().map(up).collect::<Vec<_>>())
    };
    let fewest = (0..=below.len()).find(|first| raised(*first) >= Some(next)).unwrap_or(below.len());
    let settled = |aspect: &&AspectJudgement| !aspect.firmness.lacks_evidence();
    below.into_iter().take(fewest).filter(settled).map(|aspect| (aspect, next)).collect()
}

struct PlanBuilder<'a, 's> {
    school: &'s School,
    scope: &'a Scope,
    framework: &'a Framework,
    phase: &'s Phase,
    gathering: &'a Gathering<'s>,
}

impl<'s> PlanBuilder<'_, 's> {
    fn step(
        &self,
        aspect: &Aspect,
        judged: &AspectJudgement,
        gathered: &Gathered<'s>,
        to: Rank,
    ) -> Option<GradeStep> {
        let from = judged.graded.rank?;
        // One grade at a time, however far the area's next grade is.
        let to = to.min(from + 1);
        let because = self.because(gathered, to);
        let keep = from >= to;
        let subject = self.subject(&because);
        let leader =
            subject.as_ref().and_then(|subject| self.school.set_up.subjects.get(subject)?.leader.clone());
        let (due, review) = self.dates();
        let wanted = self.framework.label(to);
        Some(GradeStep {
            aspect: aspect.id.clone(),
            title: aspect.title.clone(),
            from: self.framework.grade_id(from),
            to: self.framework.grade_id(to),
            goal: aspect.descriptor(to).map(str::to_owned),
            step: self.words(aspect, &because, from, to),
            shown_by: self.shown_by(judged, &because, &wanted, keep),
            owner: Some(leader.unwrap_or_else(|| self.phase.leader.clone())),
            open: self.open(aspect, subject.as_ref()),
            because,
            due,
            review,
            subject,
            came_from: gathered
                .items
                .iter()
                .filter(|item| !keep && item.rank < Some(to))
                .map(|item| item.row.id.clone())
                .collect(),
        })
    }

    /// The open actions on an aspect, of the subject or of none.
    fn open(&self, aspect: &Aspect, subject: Option<&Id>) -> Vec<Id> {
        let is_same = |action: &&Action| {
            action.is_open()
                && action.aspect.as_ref() == Some(&aspect.id)
                && (subject.is_none() || action.subject.is_none() || action.subject.as_ref() == subject)
        };
        self.school.year.actions.iter().filter(is_same).map(|action| action.id.clone()).collect()
    }

    /// Where the items below a grade lie; the most of them first.
    fn because(&self, gathered: &Gathered<'s>, next: Rank) -> Vec<LowShare> {
        let mut kinds: BTreeMap<EvidenceKind, (u32, u32)> = BTreeMap::new();
        let mut subjects: BTreeMap<&Id, (u32, u32)> = BTreeMap::new();
        let mut years: BTreeMap<YearGroup, (u32, u32)> = BTreeMap::new();
        let covered = self.gathering.classes_covered(&gathered.items);
        let mut classes: BTreeMap<&Id, (u32, u32)> = BTreeMap::new();
        for item in &gathered.items {
            let below = u32::from(item.rank < Some(next));
            let count = |counts: &mut (u32, u32)| *counts = (counts.0 + below, counts.1 + 1);
            count(kinds.entry(item.row.kind).or_default());
            if let (None, Some(subject)) = (&self.scope.subject, item.row.about.subject()) {
                count(subjects.entry(subject).or_default());
            }
            for year in self.gathering.year_groups(item.row) {
                count(years.entry(year).or_default());
            }
            if item.row.kind != EvidenceKind::Lessons {
                self.gathering.classes(item.row).for_each(|class| count(classes.entry(class).or_default()));
            }
        }
        let because = |by: LowEvidenceBy, of: String, (below, items): (u32, u32)| LowShare {
            by,
            of,
            below,
            items,
            classes: 0,
        };
        let mut because: Vec<LowShare> = kinds
            .into_iter()
            .map(|(kind, counts)| because(LowEvidenceBy::Kind, kind.word().to_owned(), counts))
            .chain(
                subjects
                    .into_iter()
                    .map(|(id, counts)| because(LowEvidenceBy::Subject, id.to_string(), counts)),
            )
            .chain(years.into_iter().map(|(year, counts)| LowShare {
                classes: covered.get(&year).copied().unwrap_or(0),
                ..because(LowEvidenceBy::YearGroup, year.to_string(), counts)
            }))
            .chain(
                classes.into_iter().map(|(id, counts)| because(LowEvidenceBy::Class, id.to_string(), counts)),
            )
            .filter(|because| because.below > 0)
            .collect();
        because.sort_by(|a, b| (a.by, b.below, &a.of).cmp(&(b.by, a.below, &b.of)));
        because
    }

    /// The subject that at least half of the low evidence is of.
    fn subject(&self, because: &[LowShare]) -> Option<Id> {
        if self.scope.subject.is_some() {
            return self.scope.subject.clone();
        }
        let of_subjects = because.iter().filter(|because| because.by == LowEvidenceBy::Subject);
        let low: u32 = because
            .iter()
            .filter(|because| because.by == LowEvidenceBy::Kind)
            .map(|because| because.below)
            .sum();
        let most = of_subjects.max_by_key(|because| because.below)?;
        (most.below * 2 >= low).then(|| Id::new(&most.of))
    }

    /// What is done, in a sentence. No class or year group is named: others may read the action.
    fn words(&self, aspect: &Aspect, because: &[LowShare], from: Rank, to: Rank) -> String {
        let wanted = self.framework.label(to);
        if from >= to {
            return format!("{}: keep it {wanted}, and share what works", aspect.title);
        }
        let subject = because.iter().find(|because| because.by == LowEvidenceBy::Subject);
        let starting = subject.map_or_else(String::new, |subject| {
            format!(", first in {}", self.school.subject_name(&Id::new(&subject.of)))
        });
        format!("{}: bring it to {wanted}{starting}", aspect.title)
    }

    /// What would show that it worked: fresh items of the kinds that are low, and of those that decide.
    fn shown_by(&self, judged: &AspectJudgement, because: &[LowShare], wanted: &str, keep: bool) -> String {
        let kinds = because.iter().filter(|because| because.by == LowEvidenceBy::Kind);
        let mut titles: Vec<&str> = kinds
            .filter_map(|because| EvidenceKind::from_word(&because.of))
            .map(EvidenceKind::title)
            .take(3)
            .collect();
        if titles.is_empty() {
            titles = judged.counts.keys().map(|kind| kind.title()).take(3).collect();
        }
        let listed = match titles.as_slice() {
            [] => "evidence".to_owned(),
            [one] => (*one).to_owned(),
            [rest @ .., last] => format!("{} and {last}", rest.join(", ")),
        };
        let still = if keep { "still" } else { "mostly" };
        let or_better = if wanted == self.framework.label(self.framework.top()) { "" } else { " or better" };
        format!("new {listed}, {still} {wanted}{or_better}, and the aspect judged so with them")
    }

    /// By when, and when it is first looked at: the end of the next half term, and the programmed session in
    /// the middle of it; of the last half term the end of the year.
    fn dates(&self) -> (NaiveDate, NaiveDate) {
        let calendar = &self.school.set_up.calendar;
        let Some(next) = calendar.half_term(self.scope.half_term + 1) else {
            let end = calendar.academic_year.last_day();
            let last = calendar.half_term(self.scope.half_term).map_or(end, |half_term| half_term.to);
            return (end, last);
        };
        let slots = self.phase.slots(calendar, next);
        let middle = slots.get(slots.len() / 2).map(|when| when.date);
        let half_way = next.from + (next.to - next.from) / 2;
        (next.to, middle.unwrap_or(half_way))
    }
}

/// The aspects without enough evidence, and what would bring it.
pub fn wishes(areas: &[AreaJudgement]) -> Vec<EvidenceNeeded> {
    let lacking =
        areas.iter().flat_map(|area| &area.aspects).filter(|aspect| aspect.firmness.lacks_evidence());
    lacking.map(wish).collect()
}

fn wish(aspect: &AspectJudgement) -> EvidenceNeeded {
    let unheard: Vec<EvidenceKind> =
        aspect.can_speak.iter().copied().filter(|kind| !aspect.counts.contains_key(kind)).collect();
    let kinds = aspect.needs.kinds.saturating_sub(aspect.has.kinds);
    let heard = aspect.can_speak.iter().copied();
    let from: Vec<EvidenceKind> = if kinds > 0 { unheard.clone() } else { heard.collect() };
    EvidenceNeeded {
        aspect: aspect.id.clone(),
        title: aspect.title.clone(),
        firmness: aspect.firmness,
        missing: aspect.missing.clone(),
        items: aspect.needs.items.saturating_sub(aspect.has.items),
        kinds,
        unheard,
        sessions: from.into_iter().filter_map(session_for).collect(),
    }
}
