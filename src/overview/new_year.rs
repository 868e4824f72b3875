//! The year turns: which pupils, actions and objectives of a workspace go on into the next academic year.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::Serialize;

use crate::improve::objective_state::ObjectiveState;
use crate::improve::objectives::objectives;
use crate::privacy::audience::Audience;
use crate::school::{AcademicYear, Action, Id, Pupil, School, YearGroup};

/// What goes on into the next academic year.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct NextYear {
    pub academic_year: String,
    /// The pupils who go on, by the line that each is written on: class and year group; an empty class where
    /// it cannot be shown.
    #[serde(skip)]
    pub pupils: BTreeMap<u32, (String, String)>,
    /// How many of them have no class yet.
    pub without_class: usize,
    /// How many leave: gone already, moved out of every phase led here, or past the last year group.
    pub leavers: usize,
    /// The lines of the actions that go on: open ones, and those that an objective that goes on rests on.
    #[serde(skip)]
    pub actions: BTreeSet<u32>,
    /// The objectives that are not met, by their place in the file from 0.
    #[serde(skip)]
    pub objectives: Vec<usize>,
}

/// Works out what goes on; objectives are met, or not, as of a day.
pub fn next_year(school: &School, today: NaiveDate) -> NextYear {
    let next = AcademicYear(school.set_up.calendar.academic_year.0 + 1);
    let mut unmet: Vec<usize> = Vec::new();
    if let Some(phase) = school.set_up.phases.first() {
        let answer = objectives(school, phase, None, &Audience::Leader, today);
        unmet.extend(
            answer.objectives.iter().filter(|one| one.state != ObjectiveState::Met).map(|one| one.number - 1),
        );
    }
    let carried: BTreeSet<&Id> =
        unmet.iter().filter_map(|index| school.year.objectives.get(*index)).map(|one| &one.id).collect();
    let goes_on =
        |action: &&Action| action.is_open() || action.came_from.iter().any(|id| carried.contains(id));
    let mut turn = NextYear {
        academic_year: next.to_string(),
        pupils: BTreeMap::new(),
        without_class: 0,
        leavers: 0,
        actions: school.year.actions.iter().filter(goes_on).map(|action| action.at.line).collect(),
        objectives: unmet,
    };
    for pupil in school.year_results().map(|year_results| year_results.pupils.as_slice()).unwrap_or_default()
    {
        match goes_to(school, pupil) {
            Some((year, class)) => {
                turn.without_class += usize::from(class.is_none());
                let class = class.map_or_else(String::new, ToString::to_string);
                turn.pupils.insert(pupil.at.line, (class, year.to_string()));
            }
            None => turn.leavers += 1,
        }
    }
    turn
}

/// The year group and class that a pupil goes to; none of one who leaves.
fn goes_to<'s>(school: &'s School, pupil: &Pupil) -> Option<(YearGroup, Option<&'s Id>)> {
    let year = pupil.year_group.next()?;
    let is_led = school.set_up.phases.iter().any(|phase| phase.year_groups.contains(&year));
    if pupil.left.is_some() || !is_led {
        return None;
    }
    Some((year, class_for(school, &pupil.class, year)))
}

/// The class of a year group that follows a class: itself where it has that year group too; the one with the
/// same letter; the only one.
fn class_for<'s>(school: &'s School, from: &Id, year: YearGroup) -> Option<&'s Id> {
    let of_year: Vec<&Id> = school
        .set_up
        .classes
        .values()
        .filter(|class| class.year_groups.contains(&year))
        .map(|class| &class.id)
        .collect();
    let rest = |id: &Id| id.as_str().chars().skip(1).collect::<String>();
    let same = of_year.iter().find(|id| **id == from);
    let alike: Vec<&&Id> =
        of_year.iter().filter(|id| !rest(id).is_empty() && rest(id) == rest(from)).collect();
    match (same, alike.as_slice(), of_year.as_slice()) {
        (Some(same), ..) => Some(same),
        (_, [one], _) => Some(one),
        (_, _, [one]) => Some(one),
        _ => None,
    }
}
