//! Actions, added.

use std::path::Path;

use anyhow::Result;

use super::Edit;
use crate::judge::{Evaluation, plan_rows};
use crate::school::layout::rows::SetUpRow;
use crate::school::{Id, School, layout};
use crate::store::yearly_records::with_rows;

/// Which actions a plan of next steps adds, and which are there already.
pub struct PlannedActions {
    pub new: Vec<Id>,
    pub there: Vec<Id>,
}

/// The steps to the next grade as actions, each once.
///
/// # Errors
/// Where the file of actions cannot be read.
pub fn next_steps(root: &Path, school: &School, evaluation: &Evaluation) -> Result<Edit<PlannedActions>> {
    let is_there = |id: &Id| school.year.actions.iter().any(|action| action.id == *id);
    let (new, mut there) = plan_rows::rows(school, evaluation);
    let (known, new): (Vec<_>, Vec<_>) = new.into_iter().partition(|(id, _)| is_there(id));
    there.extend(known.into_iter().map(|(id, _)| id));
    let (new, rows): (Vec<Id>, Vec<SetUpRow>) = new.into_iter().unzip();
    let answer = PlannedActions { new, there };
    if rows.is_empty() {
        return Ok(Edit::nothing(answer));
    }
    let actions = &layout::ACTIONS;
    Edit::of(root, actions.file, answer, |text| Ok(with_rows(text, actions, &rows)))
}
