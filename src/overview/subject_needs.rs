//! Which sessions would bring evidence where too little is in: wishes of the judgement that the planner
//! honours.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::judge::{self, Scope};
use crate::plan::schedule::request::SubjectNeed;
use crate::school::{Evidence, Id, Phase, School, SessionKind};

/// The needs of a phase at the end of a half term: of each subject on which evidence has been begun, the
/// task areas that would bring what is missing, and on how many aspects. A subject without any evidence has
/// none: that it is unseen counts already.
pub fn needs(school: &School, phase: &Phase, half_term: u8, on: NaiveDate) -> Vec<SubjectNeed> {
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
        needs.extend(counts.into_iter().map(|(kind, aspects)| SubjectNeed {
            subject: subject.clone(),
            kind,
            aspects,
        }));
    }
    needs
}
