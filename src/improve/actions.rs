//! `phase actions`: what somebody does to improve something, and what changed since.

use chrono::NaiveDate;
use serde::Serialize;

use super::measures::{Chance, Counts};
use crate::diagnostic::Place;
use crate::judge::pieces;
use crate::school::actions::{Action, ActionStatus, WITH_EFFECT};
use crate::school::attainment::{Measure, Moment};
use crate::school::audience::Audience;
use crate::school::classes::YearGroup;
use crate::school::phases::Phase;
use crate::school::pupils::Group;
use crate::school::{Id, School};
use crate::statistics::gaps::{difference, verdict};
use crate::statistics::reference::Flag;
use crate::track::book::Book;
use crate::track::change::{Before, Changes, Counted, Of, SOONEST};

/// What is asked.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// Only those whom this person owns.
    pub owner: Option<Id>,
    /// Only what is due by this day.
    pub due_by: Option<NaiveDate>,
    /// Only of this subject, or what is assessed.
    pub subject: Option<Id>,
    /// Only of this kind.
    pub kind: Option<&'static str>,
    /// Only what came from this: an objective, a duty, evidence, a session.
    pub came_from: Option<Id>,
    /// Only this one.
    pub id: Option<Id>,
    /// Those that are done or dropped too.
    pub all: bool,
}

/// What can be said of an action's effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Nothing was looked at late enough to tell.
    TooSoon,
    /// There are too few to tell.
    TooFew,
    /// No change that is more than chance could make, or one for the worse.
    NoSign,
    /// More than chance could make.
    Improved,
    /// The subject was significantly below its path, and has returned to it.
    BackOnTrack,
}

/// What an effect is told by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ToldBy {
    /// Pupils' results.
    Results,
    /// Pieces of evidence at the standard or better.
    Evidence,
}

/// A share before or after.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Then {
    /// The data point, of results.
    pub point: Option<Moment>,
    /// So many of so many, where it may be shown.
    pub counts: Option<Counts>,
    /// In percent.
    pub percent: Option<f64>,
    /// Against the path, of results.
    pub flag: Option<Flag>,
}

/// What changed since an action began.
#[derive(Clone, Debug, Serialize)]
pub struct Effect {
    /// What it is told by.
    pub told_by: ToldBy,
    /// What is assessed, of results.
    pub subject: Option<Id>,
    /// The year group; the phase where there is none.
    pub year_group: Option<String>,
    /// The pupils.
    pub group: Group,
    /// Before it began.
    pub before: Option<Then>,
    /// Now.
    pub now: Option<Then>,
    /// How many percentage points more there are now.
    pub difference: Option<f64>,
    /// Its 95% interval.
    pub interval: Option<[f64; 2]>,
    /// Whether the change is more than chance.
    pub chance: Chance,
    /// What can be said; none where something of it may not be shown.
    pub verdict: Option<Verdict>,
    /// Whether something of it may not be shown to this audience: then nothing is.
    pub hidden: bool,
}

/// An action, and where it stands.
#[derive(Clone, Debug, Serialize)]
pub struct OfAction {
    /// Its short name.
    pub id: Id,
    /// What is done.
    pub action: String,
    /// What it is.
    pub kind: Option<&'static str>,
    /// Who leads it.
    pub owner: Id,
    /// With whom.
    pub with: Vec<Id>,
    /// What became of it.
    pub status: ActionStatus,
    /// By when.
    pub due: NaiveDate,
    /// Whether that day has passed and it is not done.
    pub overdue: bool,
    /// The subject, or what is assessed.
    pub subject: Option<Id>,
    /// The aspect that it serves.
    pub aspect: Option<Id>,
    /// The pupils.
    pub group: Group,
    /// The year groups.
    pub year_groups: Vec<String>,
    /// Whether everybody concerned has agreed; none where that is not asked.
    pub agreed: Option<bool>,
    /// Since when.
    pub opened: Option<NaiveDate>,
    /// When it was done.
    pub done: Option<NaiveDate>,
    /// When it is looked at again.
    pub review: Option<NaiveDate>,
    /// Whether that day has come and no finding is written.
    pub review_due: bool,
    /// What it came from.
    pub came_from: Vec<Id>,
    /// What would show that it worked.
    pub measure: String,
    /// How it stood before, in the words of its file.
    pub before: String,
    /// The finding.
    pub after: String,
    /// What it may cost, in pence.
    pub budget: Option<i64>,
    /// What it has cost, in pence.
    pub spent: Option<i64>,
    /// What the records say of its effect; of several year groups or parts of a subject one each.
    pub effects: Vec<Effect>,
    /// Where it is written.
    pub at: Option<Place>,
}

/// What was set aside and spent, in pence.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
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
pub struct Actions {
    /// `phase/actions/1`.
    pub schema: &'static str,
    /// The academic year.
    pub academic_year: String,
    /// The phase.
    pub phase: Id,
    /// Who it is for.
    pub audience: Audience,
    /// The actions: overdue ones first, then by the day they are due.
    pub actions: Vec<OfAction>,
    /// How many more of what was asked for are done or dropped.
    pub not_shown: usize,
    /// How many are arranged by consent, of which others than the leader are told no more.
    pub by_consent: usize,
    /// What those that are shown cost.
    pub spending: Spending,
    /// The day it was made for.
    pub made_on: NaiveDate,
}

/// Works out where the actions of a school stand.
pub fn actions(
    school: &School,
    phase: &Phase,
    asked: &Asked,
    audience: &Audience,
    today: NaiveDate,
) -> Actions {
    let book = Book::open(school, phase, school.calendar.academic_year.0, None);
    let answer = Answer { school, phase, audience, today, book };
    let mut shown: Vec<&Action> = school.actions.iter().filter(|action| asked.takes(action, today)).collect();
    let every = Asked { all: true, ..asked.clone() };
    let not_shown = school.actions.iter().filter(|action| every.takes(action, today)).count() - shown.len();
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
        academic_year: school.calendar.academic_year.to_string(),
        phase: phase.id.clone(),
        audience: audience.clone(),
        actions: shown.into_iter().map(|action| answer.action(action)).collect(),
        not_shown,
        by_consent,
        spending,
        made_on: today,
    }
}

impl Asked {
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

struct Answer<'s> {
    school: &'s School,
    phase: &'s Phase,
    audience: &'s Audience,
    today: NaiveDate,
    book: Option<Book<'s>>,
}

impl Answer<'_> {
    fn action(&self, action: &Action) -> OfAction {
        let leader = *self.audience == Audience::Leader;
        let asks = action.is_by_consent();
        OfAction {
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
        self.school.actions.iter().any(|action| action.id == *id && action.is_by_consent())
    }

    /// What the records say of the effect of an action: results where its subject is assessed, else evidence
    /// on the aspect that it serves.
    fn effects(&self, action: &Action) -> Vec<Effect> {
        let Some(opened) = action.opened else { return Vec::new() };
        let asks = action.kind.is_some_and(|kind| WITH_EFFECT.contains(&kind));
        if !asks || action.status == ActionStatus::Open {
            return Vec::new();
        }
        let by_results = self.by_results(action, opened);
        if !by_results.is_empty() {
            return by_results;
        }
        action.aspect.iter().map(|aspect| self.by_evidence(action, aspect, opened)).collect()
    }

    fn by_results(&self, action: &Action, opened: NaiveDate) -> Vec<Effect> {
        let (Some(book), Some(subject)) = (&self.book, &action.subject) else { return Vec::new() };
        let assessed = book.subjects();
        let parts = self.school.subjects.get(subject).map(|subject| subject.assessed_as.clone());
        let subjects: Vec<Id> = match assessed.contains(subject) {
            true => vec![subject.clone()],
            false => parts.unwrap_or_default().into_iter().filter(|part| assessed.contains(part)).collect(),
        };
        let years: Vec<Option<YearGroup>> = match action.year_groups.as_slice() {
            [] => vec![None],
            years => {
                years.iter().filter(|year| book.year_groups.contains(year)).map(|year| Some(*year)).collect()
            }
        };
        let mut changes = Changes::new(book, self.audience, self.today);
        let mut effects = Vec::new();
        for subject in &subjects {
            for year_group in &years {
                let measure = book.measures(subject).first().copied().unwrap_or(Measure::Expected);
                let of = Of { subject, measure, year_group: *year_group, group: &action.group };
                effects.push(self.of_results(&mut changes, &of, opened));
            }
        }
        effects
    }

    fn of_results(&self, changes: &mut Changes<'_>, of: &Of<'_>, opened: NaiveDate) -> Effect {
        let change = changes.change(of, Before::By(opened));
        let hidden = change.is_hidden();
        let flag = |moment: Moment| changes.against_path(of, moment).filter(|_| !hidden);
        let then = |counted: &Counted| Then {
            point: Some(counted.moment),
            counts: counted
                .at_standard
                .zip(counted.n)
                .map(|(with, of)| Counts { with, of })
                .filter(|_| !hidden),
            percent: counted.percent.filter(|_| !hidden),
            flag: flag(counted.moment),
        };
        let before = change.before.as_ref().map(then);
        let now = change.now.as_ref().map(then);
        let chance = change.verdict.map_or(Chance::NotAsked, Chance::of_verdict);
        let soon = change
            .taken_from
            .is_none_or(|day| opened.checked_add_days(SOONEST).is_none_or(|then| day < then));
        let was_below = before.and_then(|then| then.flag) == Some(Flag::Below);
        let is_back = matches!(now.and_then(|then| then.flag), Some(Flag::InLine | Flag::Above));
        let rose = change.difference.is_some_and(|difference| difference > 0.0);
        let verdict = if soon || change.now.is_none() || change.before.is_none() {
            Verdict::TooSoon
        } else if was_below && is_back && rose {
            Verdict::BackOnTrack
        } else {
            of_chance(chance)
        };
        Effect {
            told_by: ToldBy::Results,
            subject: Some(of.subject.clone()),
            year_group: of.year_group.map(|year| year.to_string()),
            group: of.group.clone(),
            before,
            now,
            difference: change.difference,
            interval: change.interval,
            chance: if hidden { Chance::NotAsked } else { chance },
            verdict: (!hidden).then_some(verdict),
            hidden,
        }
    }

    /// Pieces at the standard or better before and since: counts of a few, so that chance is hardly ever
    /// ruled out.
    fn by_evidence(&self, action: &Action, aspect: &Id, opened: NaiveDate) -> Effect {
        let subject = action.subject.as_ref().filter(|subject| self.school.subjects.contains_key(subject));
        let of = |days| pieces::at_grade(self.school, self.phase, subject, aspect, None, days);
        let tomorrow = self.today.succ_opt().unwrap_or(self.today);
        let before = of((self.school.calendar.academic_year.first_day(), opened));
        let now = of((opened, tomorrow));
        let pair = |pieces: &pieces::Pieces| (pieces.with, pieces.of);
        let apart = difference(pair(&now), pair(&before));
        let chance = match apart {
            Some(_) => Chance::of_verdict(verdict(pair(&now), pair(&before))),
            None => Chance::NotAsked,
        };
        let then = |pieces: &pieces::Pieces| {
            (pieces.of > 0).then(|| Then {
                point: None,
                counts: Some(Counts::from(pieces)),
                percent: pieces.share().map(|share| share * 100.0),
                flag: None,
            })
        };
        Effect {
            told_by: ToldBy::Evidence,
            subject: subject.cloned(),
            year_group: None,
            group: Group::All,
            before: then(&before),
            now: then(&now),
            difference: apart.map(|apart| apart.difference * 100.0),
            interval: apart.map(|apart| [apart.low, apart.high].map(|end| end * 100.0)),
            chance,
            verdict: Some(if now.of == 0 || before.of == 0 { Verdict::TooSoon } else { of_chance(chance) }),
            hidden: false,
        }
    }
}

fn of_chance(chance: Chance) -> Verdict {
    match chance {
        Chance::Up => Verdict::Improved,
        Chance::TooFew => Verdict::TooFew,
        Chance::Down | Chance::MayBe | Chance::NotAsked => Verdict::NoSign,
    }
}
