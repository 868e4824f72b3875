//! The steps of a plan as rows of `actions.csv`.

use super::answer::Evaluation;
use super::next_step::GradeStep;
use crate::school::layout::rows::SetUpRow;
use crate::school::{Id, School};

/// The most rows that an action names as what it came from.
const MOST_SOURCES: usize = 6;

/// The rows of the steps to take, each with its id; and the open actions that serve an aspect already, which
/// stand for a step. What is to be kept up is none.
pub fn rows(school: &School, evaluation: &Evaluation) -> (Vec<(Id, SetUpRow)>, Vec<Id>) {
    let steps = evaluation.plan.iter().filter(|step| step.from != step.to);
    let (open, new): (Vec<&GradeStep>, Vec<&GradeStep>) = steps.partition(|step| !step.open.is_empty());
    let rows = new.into_iter().map(|step| row(school, evaluation, step)).collect();
    (rows, open.into_iter().flat_map(|step| step.open.clone()).collect())
}

fn row(school: &School, evaluation: &Evaluation, step: &GradeStep) -> (Id, SetUpRow) {
    let scope = &evaluation.scope;
    let of = scope.subject.as_ref().map_or(scope.phase.as_str(), Id::as_str);
    let when = if scope.year { "year".to_owned() } else { format!("ht{}", scope.half_term) };
    let id = Id::new(&format!("{when}-{of}-{}", step.aspect.as_str().replace('.', "-")));
    let judged = evaluation.aspects().find(|aspect| aspect.id == step.aspect);
    let label = |id: Option<&Id>| {
        let framework = school.year.frameworks.get(&evaluation.framework);
        let grade =
            framework.and_then(|framework| framework.grades.iter().find(|grade| Some(&grade.id) == id));
        grade.map_or_else(String::new, |grade| grade.label.to_lowercase())
    };
    let support = judged.and_then(|aspect| aspect.support);
    let support =
        support.map_or_else(String::new, |support| format!(", {} of {}", support.at_or_above, support.of));
    let firmness = judged.map_or("", |aspect| aspect.firmness.title());
    let from: Vec<&str> = step.came_from.iter().take(MOST_SOURCES).map(Id::as_str).collect();
    let row = vec![
        ("id", id.to_string()),
        ("action", step.step.clone()),
        ("owner", step.owner.as_ref().map_or_else(String::new, ToString::to_string)),
        ("due", step.due.to_string()),
        ("status", "open".to_owned()),
        ("kind", "follow-up".to_owned()),
        ("subject", step.subject.as_ref().map_or_else(String::new, ToString::to_string)),
        ("aspect", step.aspect.to_string()),
        ("opened", evaluation.made_on.to_string()),
        ("came_from", from.join(";")),
        ("measure", step.shown_by.clone()),
        ("before", format!("{}{support} ({firmness})", label(step.from.as_ref()))),
        ("review", step.review.to_string()),
    ];
    (id, row)
}
