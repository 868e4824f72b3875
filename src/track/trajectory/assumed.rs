//! What an answer about trajectories had to assume.

use std::collections::BTreeMap;

use super::answer::SubjectProgress;
use super::builder::TrajectoryBuilder;
use crate::privacy::audience::Audience;
use crate::school::{Group, Id, ResultKind};
use crate::track::expected_path::ExpectedBasis;
use crate::track::suppression::rounded;

impl TrajectoryBuilder<'_> {
    /// Lists what had to be assumed.
    pub(crate) fn assumed(&self, standings: &[SubjectProgress]) -> Vec<String> {
        let mut assumed = Vec::new();
        let name = |id: &Id| self.cohort.school.measured_name(id).to_owned();
        let mut no_path: Vec<String> = Vec::new();
        let mut first_point: Vec<String> = Vec::new();
        for row in standings.iter().filter(|row| row.at_standard.is_some() && row.group == Group::All) {
            let list = match row.path {
                None => &mut no_path,
                Some(ExpectedBasis::FirstPoint) => &mut first_point,
                Some(_) => continue,
            };
            let says = name(&row.subject);
            if !list.contains(&says) {
                list.push(says);
            }
        }
        if !no_path.is_empty() && *self.audience != Audience::Leader {
            assumed.push(format!(
                "{}: no path is shown: there is none, or it would tell of a small group",
                no_path.join(", ")
            ));
        } else if !no_path.is_empty() {
            assumed.push(format!(
                "{}: no path, so nothing is tested; a target in targets.csv and a baseline in assessments.csv make one",
                no_path.join(", ")
            ));
        }
        if !first_point.is_empty() {
            assumed.push(format!(
                "{}: no baseline, so the path begins at the first data point",
                first_point.join(", ")
            ));
        }
        for (subject, share) in &self.asked.targets {
            let of = subject.as_ref().map_or_else(|| "everything".to_owned(), name);
            assumed.push(format!(
                "a target of {}% is tried for {of}, in place of what targets.csv says",
                rounded(share * 100.0, false)
            ));
        }
        if *self.audience == Audience::Leader {
            assumed.extend(self.beside_them(standings));
            let replaced = self.cohort.year_results.replaced;
            if replaced > 0 {
                assumed.push(format!(
                    "{replaced} results count no more: a later one of the same half term does"
                ));
            }
        }
        assumed
    }

    /// Results of the other kind that there are besides those that count.
    fn beside_them(&self, standings: &[SubjectProgress]) -> Option<String> {
        let mut beside: BTreeMap<Id, usize> = BTreeMap::new();
        for row in standings.iter().filter(|row| row.group == Group::All && row.year_group.is_some()) {
            let Some(measured) = self.cohort.year_results.index_of(row.subject.as_str()) else { continue };
            let at = self.cohort.year_results.results_at(measured, row.point);
            let tests = at
                .iter()
                .filter(|outcome| outcome.strand.is_none() && outcome.kind == ResultKind::Test)
                .count();
            let both = tests > 0 && tests < at.iter().filter(|outcome| outcome.strand.is_none()).count();
            if both && self.asked.kind.is_none() {
                beside.insert(row.subject.clone(), tests);
            }
        }
        if beside.is_empty() {
            return None;
        }
        let said: Vec<String> = beside
            .iter()
            .map(|(subject, tests)| format!("{} ({tests})", self.cohort.school.measured_name(subject)))
            .collect();
        Some(format!(
            "teacher assessment counts; test results lie beside it in {}: --kind test",
            said.join(", ")
        ))
    }
}
