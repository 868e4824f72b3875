//! `phase actions`: what somebody does to improve something, and what changed since.

use chrono::NaiveDate;
use serde::Serialize;

use super::context::Context;
use super::effects::Effect;
use crate::diagnostic::Place;
use crate::privacy::audience::Audience;
use crate::school::{Action, ActionStatus, Group, Id, Phase, School};

/// What is asked.
#[derive(Clone, Debug, Default)]
pub struct ActionsQuery {
    /// Only those whom this person owns.
    pub owner: Option<Id>,
    /// Only what is due by this day.
    pub due_by: Option<NaiveDate>,
    pub subject: Option<Id>,
    pub kind: Option<&'static str>,
    /// Only what came from this: an objective, a duty, evidence, a session.
    pub came_from: Option<Id>,
    pub id: Option<Id>,
    /// Those that are done or dropped too.
    pub all: bool,
}

/// An action, and where it stands.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ActionProgress {
    pub id: Id,
    pub action: String,
    pub kind: Option<&'static str>,
    pub owner: Id,
    pub with: Vec<Id>,
    pub status: ActionStatus,
    pub due: NaiveDate,
    /// Whether that day has passed and it is not done.
    pub overdue: bool,
    pub subject: Option<Id>,
    /// The aspect that it serves.
    pub aspect: Option<Id>,
    pub group: Group,
    pub year_groups: Vec<String>,
    /// Whether everybody concerned has agreed; none where that is not asked.
    pub agreed: Option<bool>,
    pub opened: Option<NaiveDate>,
    pub done: Option<NaiveDate>,
    /// When it is looked at again.
    pub review: Option<NaiveDate>,
    /// Whether that day has come.
    pub review_due: bool,
    pub came_from: Vec<Id>,
    /// What would show that it worked.
    pub measure: String,
    /// How it stood before, in the words of its file.
    pub before: String,
    pub after: String,
    /// What it may cost, in pence.
    pub budget: Option<i64>,
    /// What it has cost, in pence.
    pub spent: Option<i64>,
    /// What the records say of its effect; of several year groups or parts of a subject one each.
    pub effects: Vec<Effect>,
    pub at: Option<Place>,
}

/// What was set aside and spent, in pence.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Spending {
    /// Set aside.
    pub budget: i64,
    /// Spent.
    pub spent: i64,
    /// How many actions say either.
    pub actions: usize,
}

/// The answer.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Actions {
    /// `phase/actions/1`.
    pub schema: &'static str,
    pub academic_year: String,
    pub phase: Id,
    pub audience: Audience,
    /// The actions: overdue ones first, then by the day they are due.
    pub actions: Vec<ActionProgress>,
    /// How many more of what was asked for are done or dropped.
    pub not_shown: usize,
    /// How many are arranged by consent, of which others than the leader see no more.
    pub by_consent: usize,
    /// What those that are shown cost.
    pub spending: Spending,
    pub made_on: NaiveDate,
}

/// Works out where the actions of a school stand.
pub fn actions(
    school: &School,
    phase: &Phase,
    asked: &ActionsQuery,
    audience: &Audience,
    today: NaiveDate,
) -> Actions {
    from(&Context::new(school, phase, audience, today), asked)
}

/// The same, from a standpoint that others share.
pub fn from(context: &Context<'_>, asked: &ActionsQuery) -> Actions {
    let Context { school, phase, audience, today, .. } = *context;
    let mut shown: Vec<&Action> =
        school.year.actions.iter().filter(|action| asked.takes(action, today)).collect();
    let every = ActionsQuery { all: true, ..asked.clone() };
    let not_shown =
        school.year.actions.iter().filter(|action| every.takes(action, today)).count() - shown.len();
    let found = shown.len();
    if *audience != Audience::Leader {
        shown.retain(|action| !action.is_by_consent());
    }
    // Of one person, or of one action, that there is some would say too much.
    let of_all = asked.owner.is_none() && asked.id.is_none();
    let by_consent = if of_all { found - shown.len() } else { 0 };
    let rank =
        |action: &&Action| (!action.is_overdue(today), !action.is_open(), action.due, action.id.clone());
    shown.sort_by_key(rank);
    let mut spending = Spending::default();
    for action in shown.iter().filter(|action| action.budget.is_some() || action.spent.is_some()) {
        spending.budget += action.budget.unwrap_or(0);
        spending.spent += action.spent.unwrap_or(0);
        spending.actions += 1;
    }
    Actions {
        schema: "phase/actions/1",
        academic_year: school.set_up.calendar.academic_year.to_string(),
        phase: phase.id.clone(),
        audience: audience.clone(),
        actions: shown.into_iter().map(|action| context.action(action)).collect(),
        not_shown,
        by_consent,
        spending,
        made_on: today,
    }
}

impl ActionsQuery {
    fn takes(&self, action: &Action, today: NaiveDate) -> bool {
        let is = |asked: &Option<Id>, own: Option<&Id>| asked.as_ref().is_none_or(|asked| own == Some(asked));
        let named = self.id.is_some();
        is(&self.id, Some(&action.id))
            && is(&self.owner, Some(&action.owner))
            && is(&self.subject, action.subject.as_ref())
            && self.came_from.as_ref().is_none_or(|from| action.came_from.contains(from))
            && self.kind.is_none_or(|kind| action.kind == Some(kind))
            && self.due_by.is_none_or(|day| action.due <= day)
            && (self.all || named || action.is_open() || action.wants_review(today))
    }
}

impl Context<'_> {
    fn action(&self, action: &Action) -> ActionProgress {
        let leader = *self.audience == Audience::Leader;
        let asks = action.is_by_consent();
        ActionProgress {
            id: action.id.clone(),
            action: action.action.clone(),
            kind: action.kind,
            owner: action.owner.clone(),
            with: action.with.clone(),
            status: action.status,
            due: action.due,
            overdue: action.is_overdue(self.today),
            subject: action.subject.clone(),
            aspect: action.aspect.clone(),
            group: action.group.clone(),
            year_groups: action.year_groups.iter().map(ToString::to_string).collect(),
            agreed: asks.then_some(action.agreed),
            opened: action.opened,
            done: action.done,
            review: action.review,
            review_due: action.wants_review(self.today),
            came_from: action
                .came_from
                .iter()
                .filter(|id| leader || !self.is_by_consent(id))
                .cloned()
                .collect(),
            measure: action.measure.clone(),
            before: if leader { action.before.clone() } else { String::new() },
            after: if leader { action.after.clone() } else { String::new() },
            budget: action.budget,
            spent: action.spent,
            effects: self.effects(action),
            at: self.audience.sees_rows().then(|| action.at.clone()),
        }
    }

    fn is_by_consent(&self, id: &Id) -> bool {
        self.school.year.actions.iter().any(|action| action.id == *id && action.is_by_consent())
    }
}
