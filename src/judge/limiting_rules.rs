//! Limiting rules: applied last, and named; one that is not confirmed is shown and not applied.

use std::collections::BTreeMap;

use super::answer::{AreaJudgement, GradeOnScale};
use super::gather::Scope;
use super::leader_judgement;
use crate::judge::answer::LimitedGrade;
use crate::school::{
    Framework, Id, JudgedGrade, JudgementTarget, LimitingRule, Rank, RuleCondition, RuleConsequence, School,
};

/// What the school states: judgements of two values, and flags, the latest of each.
pub fn statements(school: &School, scope: &Scope) -> BTreeMap<Id, String> {
    let mut stated = BTreeMap::new();
    for judgement in
        leader_judgement::within(school, scope).filter(|judgement| judgement.about.subject().is_none())
    {
        if let (JudgementTarget::Stated(id), JudgedGrade::Value(value)) = (&judgement.of, &judgement.judged) {
            stated.insert(id.clone(), value.clone());
        }
    }
    stated
}

/// Applies the rules to the areas. Conditions read the grades as they stood before any rule. Returns the
/// categories that follow, and the rules that would hold but are not confirmed.
pub fn apply(
    framework: &Framework,
    stated: &BTreeMap<Id, String>,
    areas: &mut [AreaJudgement],
) -> (Vec<String>, Vec<String>) {
    let before: Vec<(Id, Option<Rank>)> =
        areas.iter().map(|area| (area.id.clone(), area.rolled.graded.rank)).collect();
    let (mut categories, mut cautions) = (Vec::new(), Vec::new());
    for rule in framework.rules.iter().filter(|rule| holds(rule, stated, &before)) {
        if !rule.basis.is_confirmed() {
            cautions.push(rule.text.clone());
            continue;
        }
        match &rule.then {
            RuleConsequence::Category(category) => categories.push(category.clone()),
            RuleConsequence::Cap(id, most) => {
                let capped = areas.iter_mut().find(|area| area.id == *id);
                if let Some(area) = capped.filter(|area| area.rolled.graded.rank > Some(*most)) {
                    let without =
                        area.limited.as_ref().map_or(&area.rolled.graded, |limited| &limited.without);
                    let without = without.clone();
                    area.rolled.graded = GradeOnScale::of(framework, Some(*most));
                    area.rolled.other_grade = None;
                    area.rolled.other_grades.clear();
                    area.limited =
                        Some(LimitedGrade { rule: rule.id.clone(), text: rule.text.clone(), without });
                }
            }
        }
    }
    categories.dedup();
    (categories, cautions)
}

fn holds(rule: &LimitingRule, stated: &BTreeMap<Id, String>, before: &[(Id, Option<Rank>)]) -> bool {
    let rank = |id: &Id| before.iter().find(|(area, _)| area == id).and_then(|(_, rank)| *rank);
    rule.conditions.iter().all(|condition| match condition {
        RuleCondition::AnyArea(at) => before.iter().any(|(_, rank)| *rank == Some(*at)),
        RuleCondition::Below(area, than) => rank(area).is_some_and(|rank| rank < *than),
        RuleCondition::At(area, at) => rank(area) == Some(*at),
        RuleCondition::Is(id, value) => stated.get(id) == Some(value),
    })
}
