//! `phase objectives`: where each objective stands, from the records themselves.

use chrono::NaiveDate;
use serde::Serialize;

use super::context::Context;
use super::criteria::{CriterionProgress, CriterionState};
use super::matching_records::{MatchingRecord, of_kind};
use super::objective_state::{ObjectiveState, StateReason, state};
use crate::diagnostic::Place;
use crate::privacy::audience::Audience;
use crate::school::{Id, MonitoringMethod, Objective, Phase, Proof, School};

/// What shows how an objective goes, and whether it is there.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct MonitoringProgress {
    pub text: String,
    /// Whether something of it is there.
    pub there: bool,
    pub records: usize,
    pub shown_by: Vec<Proof>,
    pub link: Option<String>,
    /// Whether what the link names is there; none where that cannot be known.
    pub linked: Option<bool>,
}

/// Criteria met, of all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct CriteriaMet {
    pub met: usize,
    /// Criteria; those that are hidden left out.
    pub of: usize,
    /// Criteria that are not shown to this audience.
    pub hidden: usize,
}

/// An objective, and where it stands.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ObjectiveProgress {
    pub id: Id,
    /// Its number, in the order of the file, from 1.
    pub number: usize,
    /// What is to be reached.
    pub title: String,
    /// Who is to reach it.
    pub owner: Option<Id>,
    /// To whom its owner reports.
    pub line_manager: Option<Id>,
    pub opened: NaiveDate,
    pub due: NaiveDate,
    /// The school's own words for the level of progress that was agreed.
    pub agreed_progress: Option<String>,
    /// The aims that it serves.
    pub aims: Vec<String>,
    pub progress: CriteriaMet,
    pub state: ObjectiveState,
    pub reasons: Vec<StateReason>,
    pub criteria: Vec<CriterionProgress>,
    /// What shows how it goes.
    pub monitoring: Vec<MonitoringProgress>,
    pub at: Option<Place>,
}

/// The answer.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Objectives {
    /// `phase/objectives/1`.
    pub schema: &'static str,
    pub academic_year: String,
    pub phase: Id,
    pub audience: Audience,
    pub objectives: Vec<ObjectiveProgress>,
    pub made_on: NaiveDate,
}

/// Works out where each objective stands; of all of them, or of one, by its number in the file from 1.
pub fn objectives(
    school: &School,
    phase: &Phase,
    only: Option<usize>,
    audience: &Audience,
    today: NaiveDate,
) -> Objectives {
    from(&Context::new(school, phase, audience, today), only)
}

/// The same, from a standpoint that others share.
pub fn from(context: &Context<'_>, only: Option<usize>) -> Objectives {
    let Context { school, phase, audience, today, .. } = *context;
    let numbered = (1..).zip(&school.year.objectives);
    let asked = numbered.filter(|(number, _)| only.is_none_or(|only| only == *number));
    Objectives {
        schema: "phase/objectives/1",
        academic_year: school.set_up.calendar.academic_year.to_string(),
        phase: phase.id.clone(),
        audience: audience.clone(),
        objectives: asked.map(|(number, objective)| context.objective(number, objective)).collect(),
        made_on: today,
    }
}

impl Context<'_> {
    fn objective(&self, number: usize, objective: &Objective) -> ObjectiveProgress {
        let criteria: Vec<CriterionProgress> =
            objective.criteria.iter().map(|criterion| self.criterion(objective, criterion)).collect();
        let of_state = |state: CriterionState| criteria.iter().filter(|one| one.state == state).count();
        let hidden = of_state(CriterionState::Hidden);
        let progress =
            CriteriaMet { met: of_state(CriterionState::Met), of: criteria.len() - hidden, hidden };
        let (state, reasons) = state(objective, &criteria, self.today);
        let names = self.audience.sees_names();
        ObjectiveProgress {
            // An id may be a name; the number says which it is as well.
            id: match self.quoted(objective.id.as_str()) {
                Some(_) => objective.id.clone(),
                None => Id::new(&number.to_string()),
            },
            number,
            title: self.says(&objective.title),
            owner: names.then(|| objective.owner.clone()),
            line_manager: objective.line_manager.clone().filter(|_| names),
            opened: objective.opened,
            due: objective.due,
            agreed_progress: objective.agreed_progress.as_deref().map(|text| self.says(text)),
            aims: objective.aims.iter().map(|text| self.says(text)).collect(),
            progress,
            state,
            reasons,
            criteria,
            monitoring: objective.monitoring.iter().map(|one| self.monitoring(objective, one)).collect(),
            at: self.audience.sees_rows().then(|| objective.at.clone()),
        }
    }

    fn monitoring(&self, objective: &Objective, one: &MonitoringMethod) -> MonitoringProgress {
        let all = one.kinds.iter().flat_map(|kind| of_kind(self.school, self.phase, *kind, self.today));
        let own =
            |record: &MatchingRecord<'_>| record.date >= objective.opened && record.belongs_to(&objective.id);
        let records = all.filter(own).count();
        let linked = one.link.is_some() && one.linked != Some(false);
        MonitoringProgress {
            text: self.says(&one.text),
            there: records > 0 || linked,
            records,
            shown_by: one.kinds.clone(),
            link: one.link.clone().filter(|_| self.audience.sees_rows()),
            linked: one.linked,
        }
    }
}
