//! The steps to the next grade, what was written down of them, and what to type next.

use std::collections::BTreeMap;

use super::{EvaluationView, heading, scale};
use crate::document::{Block, capitalised};
use crate::judge::answer::{AspectJudgement, Evaluation};
use crate::judge::next_step::{GradeStep, LowEvidenceBy};
use crate::privacy::audience::Audience;
use crate::school::year_group::year_groups_in_words;
use crate::school::{EvidenceKind, Id, School, day};
use crate::view::{counted, listed};

/// How many steps a report names.
const STEPS: usize = 3;

/// The steps to the next grade and what evidence is missing, as a section of a report.
pub(crate) fn next_steps(school: &School, evaluation: &Evaluation) -> Vec<Block> {
    let Some(framework) = school.year.frameworks.get(&evaluation.framework) else { return Vec::new() };
    let words = EvaluationView { school, framework, evaluation };
    let mut blocks = Vec::new();
    if !evaluation.plan.is_empty() {
        blocks.push(Block::Paragraph(format!("{}:", words.plan_title())));
        let steps = evaluation.plan.iter().take(STEPS).map(|step| (words.in_brief(step), None));
        blocks.push(Block::Choices(steps.collect()));
        let more = evaluation.plan.len().saturating_sub(STEPS);
        if more > 0 {
            blocks.push(Block::Paragraph(format!("And {} after these.", counted(more, "step"))));
        }
    }
    let missing = words.missing();
    if !missing.is_empty() {
        blocks.push(Block::Labelled(vec![("Evidence still wanted".to_owned(), missing)]));
    }
    blocks
}

impl EvaluationView<'_> {
    pub(crate) fn plan_title(&self) -> String {
        let keep = self.evaluation.plan.iter().all(|step| step.from == step.to);
        if keep { "What is to be kept up".to_owned() } else { "Plan to the next grade".to_owned() }
    }

    /// A step without what it rests on, which stands aspect by aspect.
    pub(crate) fn in_brief(&self, step: &GradeStep) -> String {
        let owner =
            step.owner.as_ref().map_or_else(String::new, |id| format!("{}, ", self.school.name_of(id)));
        format!("{} ({owner}by {}; first look {})", step.step, day(step.due), day(step.review))
    }

    pub(crate) fn step(&self, step: &GradeStep) -> String {
        let owner =
            step.owner.as_ref().map_or_else(String::new, |id| format!(" {},", self.school.name_of(id)));
        let (due, review) = (day(step.due), day(step.review));
        let by = if owner.is_empty() { "By" } else { "by" };
        let mut text = format!("{}.{owner} {by} {due}; first look {review}.", step.step);
        if !step.open.is_empty() {
            let open = step.open.iter().map(|id| id.as_str().to_owned()).collect::<Vec<_>>();
            text.push_str(&format!(" Already under way: {}.", listed(&open)));
        }
        if let Some(goal) = &step.goal {
            text.push_str(&format!(" {}: \"{goal}\"", capitalised(&self.label_of(step.to.as_ref()))));
        }
        if step.from != step.to && !step.because.is_empty() {
            let named = |because: &crate::judge::next_step::LowShare| {
                let name = match because.by {
                    LowEvidenceBy::Kind => EvidenceKind::ALL
                        .iter()
                        .copied()
                        .find(|kind| kind.word() == because.of)
                        .map_or(because.of.clone(), |kind| heading(kind).to_owned()),
                    LowEvidenceBy::Subject => self.school.subject_name(&Id::new(&because.of)).to_owned(),
                    LowEvidenceBy::YearGroup => year_groups_in_words(&because.of),
                    LowEvidenceBy::Class => because.of.clone(),
                };
                format!("{name} {} of {}", because.below, because.items)
            };
            let mut by: BTreeMap<LowEvidenceBy, Vec<String>> = BTreeMap::new();
            for because in &step.because {
                by.entry(because.by).or_default().push(named(because));
            }
            let parts: Vec<String> = by
                .into_values()
                .map(|names| names.into_iter().take(3).collect::<Vec<_>>().join(", "))
                .collect();
            let low = step
                .because
                .iter()
                .filter(|because| because.by == LowEvidenceBy::Kind)
                .map(|because| because.below);
            let items =
                self.evaluation.aspects().find(|aspect| aspect.id == step.aspect).map(AspectJudgement::items);
            let all = items == Some(low.sum());
            let far = if all {
                "no piece is at it".to_owned()
            } else {
                format!("below it are {}", parts.join("; "))
            };
            text.push_str(&format!(" So far {far}."));
        }
        text.push_str(&format!(" Shown by: {}.", step.shown_by));
        text
    }

    pub(in crate::view) fn how_to_read(&self) -> String {
        let scale = scale(self.framework);
        let mut text = if scale.is_empty() {
            "this framework gives no grades; the evidence is laid out.".to_owned()
        } else {
            format!(
                "{}. An aspect's grade is the middle vote, at most four votes a kind; of an even number the lower of the two in the middle; brackets: provisional. At it: pieces at that grade or better; at standard: at {} or better.",
                scale,
                self.framework.standard().map_or_else(String::new, |rank| self.framework.label(rank))
            )
        };
        let wording = match (
            self.evaluation.wording_unverified,
            self.framework.areas.iter().any(|area| area.basis.0 == "product's own wording"),
        ) {
            (true, _) => " Wording: paraphrase, unverified; see the published framework.",
            (false, true) => " Wording: this product's own, not an inspectorate's.",
            (false, false) => " Wording: paraphrase; see the published framework.",
        };
        text.push_str(&format!(" By {} ({}).{wording}", self.framework.title, self.framework.id));
        if !self.is_job_card() {
            text.push_str(" Which areas answer outcomes and provision is this product's reading.");
        }
        text.push_str(" These are the school's own judgements, not an inspection's.");
        text
    }

    /// What to type next.
    pub(crate) fn next(&self, to_write: bool) -> Option<String> {
        if self.evaluation.audience != Audience::Leader {
            return None;
        }
        let scope = &self.evaluation.scope;
        let mut typed = "phase evaluate".to_owned();
        if let Some(subject) = &scope.subject {
            typed.push_str(&format!(" --subject {subject}"));
        }
        let when =
            if scope.year { " --year".to_owned() } else { format!(" --half-term {}", scope.half_term) };
        typed.push_str(&when);
        let subject = scope.subject.as_ref().map_or(String::new(), |subject| format!(" --subject {subject}"));
        if self.evaluation.items() == 0 {
            return Some(format!("Next: phase form books{subject}     then: phase record"));
        }
        let mut text = format!("By hand, row by row: {typed} --explain");
        if to_write && self.evaluation.plan.iter().any(|step| step.from != step.to) {
            text.push_str(&format!("\nWrite the plan down: {typed} --write-actions"));
        }
        Some(text)
    }
}

/// What was written to `actions.csv`, and what was there already.
pub fn written(new: &[Id], there: &[Id]) -> String {
    let ids = |ids: &[Id]| ids.iter().map(Id::as_str).collect::<Vec<_>>().join(", ");
    let file = crate::school::layout::ACTIONS.file;
    let already = if there.is_empty() { String::new() } else { format!("; there already: {}", ids(there)) };
    match new {
        [] if there.is_empty() => format!("{file}: nothing to write, there is no step to take"),
        [] => format!("{file}: nothing new{already}"),
        new => format!("{file}: written {}{already}", ids(new)),
    }
}
