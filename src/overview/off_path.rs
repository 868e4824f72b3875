//! Which subjects are significantly below their path: what tracking tells planning.

use chrono::NaiveDate;

use crate::privacy::audience::Audience;
use crate::school::{Id, Phase, School};
use crate::statistics::proportion_test::Flag;
use crate::track::query::AttainmentQuery;
use crate::track::trajectory::trajectory;

/// The subjects of a phase that are significantly below their path at their last data point; those below
/// among so many tests that it may be chance are left out.
pub fn off_path(school: &School, phase: &Phase, on: NaiveDate) -> Vec<Id> {
    let answer = trajectory(school, phase, &AttainmentQuery::default(), &Audience::Leader, on);
    let below = answer.iter().flat_map(|answer| answer.off(Flag::Below));
    // Several together are no subject of anybody.
    let mut subjects: Vec<Id> =
        below.filter_map(|row| school.subject_of(&row.subject)).map(|subject| subject.id.clone()).collect();
    subjects.sort();
    subjects.dedup();
    subjects
}
