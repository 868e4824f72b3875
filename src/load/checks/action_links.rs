//! Whether what actions say they came from is known, and whose an id is.

use std::collections::BTreeSet;

use crate::load::formats::{Diagnostics, values};
use crate::school::{Id, School};

/// Warns of what actions came from that is not known by that id, and of an id that is an action's and an
/// objective's or a duty's too.
pub fn check(school: &School, diagnostics: &Diagnostics) {
    let sessions = school.given_out();
    let known: BTreeSet<&Id> = school
        .year
        .evidence
        .iter()
        .map(|row| &row.id)
        .chain(school.year.evidence.iter().filter_map(|row| row.sample.as_ref()))
        .chain(sessions.map(|session| &session.id))
        .chain(school.year.objectives.iter().map(|objective| &objective.id))
        .chain(school.year.duties.iter().map(|duty| &duty.id))
        .chain(school.year.log.iter().filter_map(|row| row.id.as_ref()))
        .chain(school.year.actions.iter().map(|action| &action.id))
        .collect();
    let others = school.year.objectives.iter().map(|objective| &objective.id);
    let others: BTreeSet<&Id> = others.chain(school.year.duties.iter().map(|duty| &duty.id)).collect();
    for action in school.year.actions.iter().filter(|action| others.contains(&action.id)) {
        let message = format!("`{}` is the id of an objective or a duty too", action.id);
        diagnostics.warning(&action.at, message, "what names it belongs to both: give the action another");
    }
    // What began in an earlier year may have come from what is kept there.
    let first = school.set_up.calendar.academic_year.first_day();
    let own = school.year.actions.iter().filter(|action| action.opened.is_none_or(|opened| opened >= first));
    for action in own {
        for from in action.came_from.iter().filter(|from| !known.contains(from)) {
            let message = format!("nothing has the id `{from}`, from which `{}` came", action.id);
            let hint = match values::nearest(from.as_str(), known.iter().map(|id| id.as_str())) {
                Some(near) => format!("did you mean `{near}`?"),
                None => {
                    "write the id of a piece of evidence, a session, an objective, a duty or a row of the log"
                        .to_owned()
                }
            };
            diagnostics.warning(&action.at, message, &hint);
        }
    }
}
