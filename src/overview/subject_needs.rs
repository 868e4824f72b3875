//! What judging and tracking ask of a schedule: the planner's one door to both.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::judge::{self, Scope};
use crate::plan::schedule::request::{SubjectNeed, SubjectNeeds};
use crate::privacy::audience::Audience;
use crate::school::{Evidence, Id, Phase, School, SessionKind};
use crate::statistics::proportion_test::Flag;
use crate::track::query::AttainmentQuery;
use crate::track::trajectory::trajectory;

/// Returns which sessions would bring evidence that is missing at the end of a half term, and which subjects are
/// significantly below their trajectory.
pub fn subject_needs(school: &School, phase: &Phase, half_term: u8, on: NaiveDate) -> SubjectNeeds {
    SubjectNeeds { evidence: evidence(school, phase, half_term, on), below: below(school, phase, on) }
}

/// Returns, for each subject on which evidence has been begun, the task areas that would bring what is missing, and
/// on how many aspects. A subject without any evidence has none: that it is unseen counts already.
fn evidence(school: &School, phase: &Phase, half_term: u8, on: NaiveDate) -> Vec<SubjectNeed> {
    let begun = |subject: &&Id| {
        let of_subject = |row: &Evidence| row.about.subject() == Some(*subject) && row.has_view();
        school.year.evidence.iter().any(of_subject)
    };
    let mut needs = Vec::new();
    for subject in school.set_up.subjects.keys().filter(begun) {
        let scope = Scope::at(school, &phase.id, Some(subject), half_term);
        let Some(evaluation) = judge::evaluate(school, &scope, on) else { continue };
        let begun = |aspect: &Id| evaluation.aspects().any(|other| other.id == *aspect && other.items() > 0);
        let mut counts: BTreeMap<SessionKind, u32> = BTreeMap::new();
        for wish in evaluation.wishes.iter().filter(|wish| begun(&wish.aspect)) {
            for kind in &wish.sessions {
                *counts.entry(*kind).or_default() += 1;
            }
        }
        let need = |(kind, aspects)| SubjectNeed { subject: subject.clone(), kind, aspects };
        needs.extend(counts.into_iter().map(need));
    }
    needs
}

/// Returns the subjects of a phase that are significantly below their trajectory at their last data point; those
/// below among so many tests that it may be chance are left out.
fn below(school: &School, phase: &Phase, on: NaiveDate) -> Vec<Id> {
    let answer = trajectory(school, phase, &AttainmentQuery::default(), &Audience::Leader, on);
    let below = answer.iter().flat_map(|answer| answer.off(Flag::Below));
    // Several together are no subject of anybody.
    let mut subjects: Vec<Id> =
        below.filter_map(|row| school.subject_of(&row.subject)).map(|subject| subject.id.clone()).collect();
    subjects.sort();
    subjects.dedup();
    subjects
}
