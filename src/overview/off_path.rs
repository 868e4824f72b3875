//! Which subjects are significantly below their path: what tracking tells planning.

use chrono::NaiveDate;

use crate::plan::request::OffPath;
use crate::school::School;
use crate::school::audience::Audience;
use crate::school::phases::Phase;
use crate::school::pupils::Group;
use crate::statistics::reference::Flag;
use crate::track::trajectory::{Asked, trajectory};

/// The subjects of a phase that are significantly below their path at their last data point, by how many
/// pupils at most; those below among so many tests that it may be chance are left out.
pub fn off_path(school: &School, phase: &Phase, on: NaiveDate) -> Vec<OffPath> {
    let answer = trajectory(school, phase, &Asked::default(), &Audience::Leader, on);
    let mut below: Vec<OffPath> = Vec::new();
    for row in answer.iter().flat_map(|answer| &answer.subjects) {
        let holds = row.flag == Some(Flag::Below) && row.holds_up == Some(true);
        if !holds || row.group != Group::All {
            continue;
        }
        // Several together are no subject of anybody.
        let Some(subject) = school.subject_of(&row.subject) else { continue };
        let pupils = u32::try_from(row.pupils_gap.unwrap_or(0).unsigned_abs()).unwrap_or(u32::MAX);
        match below.iter_mut().find(|other| other.subject == subject.id) {
            Some(other) => other.pupils = other.pupils.max(pupils),
            None => below.push(OffPath { subject: subject.id.clone(), pupils }),
        }
    }
    below
}
