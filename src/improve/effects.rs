//! Whether an action worked: what changed in results, or in evidence, from before it began to now.

use chrono::{Days, NaiveDate};
use serde::Serialize;

use super::context::Context;
use super::measurement::{Chance, CountOf};
use crate::judge::evidence_counts::{CountedEvidence, EvidenceCounts};
use crate::school::year::actions::WITH_EFFECT;
use crate::school::{Action, ActionStatus, DatedPoint, Group, Id, Measure, YearGroup};
use crate::statistics::difference::{difference, verdict};
use crate::statistics::proportion_test::Flag;
use crate::track::change::{ChangeFrom, CountedShare, ShareChanges};
use crate::track::tracked_group::TrackedGroup;

/// How long an action must have run before results can show its effect: six weeks, about a half term.
const SOONEST: Days = Days::new(42);

/// What can be said of an action's effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum EffectVerdict {
    /// It began less than six weeks ago, or what there is may be from before six weeks had passed.
    TooSoon,
    /// Nothing was looked at since, or nothing is known of before.
    CannotTell,
    /// There are too few to say.
    TooFew,
    /// No change that is more than chance could make, or one for the worse.
    NoSign,
    /// More than chance could make.
    Improved,
    /// The subject was significantly below its path, and has returned to it.
    BackOnTrack,
}

/// What an effect is measured by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum EffectMeasure {
    Results,
    /// Pieces of evidence at the standard or better.
    Evidence,
}

/// A share before or after.
#[derive(Clone, Copy, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct EffectShare {
    /// The data point, of results.
    pub point: Option<DatedPoint>,
    /// So many of so many, where it may be shown.
    pub counts: Option<CountOf>,
    pub percent: Option<f64>,
    /// Against the path, of results.
    pub flag: Option<Flag>,
}

/// What changed since an action began.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Effect {
    pub told_by: EffectMeasure,
    /// What is assessed, of results.
    pub subject: Option<Id>,
    /// The year group; the phase where there is none.
    pub year_group: Option<String>,
    pub group: Group,
    pub before: Option<EffectShare>,
    pub now: Option<EffectShare>,
    /// How many percentage points more there are now.
    pub difference: Option<f64>,
    pub interval: Option<[f64; 2]>,
    /// Whether the change is more than chance.
    pub chance: Chance,
    /// What can be said; none where something of it may not be shown.
    pub verdict: Option<EffectVerdict>,
    /// Whether something of it may not be shown to this audience: then nothing is.
    pub hidden: bool,
}

impl Context<'_> {
    /// What the records say of the effect of an action: results where its subject is assessed, else evidence
    /// on the aspect that it serves.
    pub fn effects(&self, action: &Action) -> Vec<Effect> {
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
        let (Some(cohort), Some(subject)) = (&self.cohort, &action.subject) else { return Vec::new() };
        let assessed = cohort.subjects();
        let parts = self.school.set_up.subjects.get(subject).map(|subject| subject.assessed_as.clone());
        let subjects: Vec<Id> = match assessed.contains(subject) {
            true => vec![subject.clone()],
            false => parts.unwrap_or_default().into_iter().filter(|part| assessed.contains(part)).collect(),
        };
        let years: Vec<Option<YearGroup>> = match action.year_groups.as_slice() {
            [] => vec![None],
            years => years
                .iter()
                .filter(|year| cohort.year_groups.contains(year))
                .map(|year| Some(*year))
                .collect(),
        };
        let mut changes = ShareChanges::new(cohort, self.audience, self.today);
        let mut effects = Vec::new();
        for subject in &subjects {
            for year_group in &years {
                let measure = cohort.measures(subject).first().copied().unwrap_or(Measure::Expected);
                let of = TrackedGroup { subject, measure, year_group: *year_group, group: &action.group };
                effects.push(self.of_results(&mut changes, of, opened));
            }
        }
        effects
    }

    fn of_results(&self, changes: &mut ShareChanges<'_>, of: TrackedGroup<'_>, opened: NaiveDate) -> Effect {
        let change = changes.change(of, ChangeFrom::By(opened));
        let hidden = change.is_hidden();
        let flag = |moment: DatedPoint| changes.against_path(of, moment).filter(|_| !hidden);
        let then = |counted: &CountedShare| EffectShare {
            point: Some(counted.moment),
            counts: counted
                .at_standard
                .zip(counted.n)
                .map(|(with, of)| CountOf { with, of })
                .filter(|_| !hidden),
            percent: counted.percent.filter(|_| !hidden),
            flag: flag(counted.moment),
        };
        let before = change.before.as_ref().map(then);
        let now = change.now.as_ref().map(then);
        let chance = change.verdict.map_or(Chance::NotAsked, Chance::of_verdict);
        let told_from = opened.checked_add_days(SOONEST);
        let soon = change.taken_from.unwrap_or(self.today) < told_from.unwrap_or(opened);
        let was_below = before.and_then(|then| then.flag) == Some(Flag::Below);
        let is_back = matches!(now.and_then(|then| then.flag), Some(Flag::InLine | Flag::Above));
        let rose = change.difference.is_some_and(|difference| difference > 0.0);
        let verdict = if soon {
            EffectVerdict::TooSoon
        } else if change.now.is_none() || change.before.is_none() {
            EffectVerdict::CannotTell
        } else if was_below && is_back && rose {
            EffectVerdict::BackOnTrack
        } else {
            of_chance(chance)
        };
        Effect {
            told_by: EffectMeasure::Results,
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
        let subject =
            action.subject.as_ref().filter(|subject| self.school.set_up.subjects.contains_key(subject));
        let evidence = CountedEvidence { school: self.school, phase: self.phase, subject };
        let of = |days| evidence.at_grade(aspect, None, days);
        let tomorrow = self.today.succ_opt().unwrap_or(self.today);
        let before = of((self.school.set_up.calendar.academic_year.first_day(), opened));
        let now = of((opened, tomorrow));
        let pair = |pieces: &EvidenceCounts| (pieces.with, pieces.of);
        let apart = difference(pair(&now), pair(&before));
        let chance = match apart {
            Some(_) => Chance::of_verdict(verdict(pair(&now), pair(&before))),
            None => Chance::NotAsked,
        };
        let then = |pieces: &EvidenceCounts| {
            (pieces.of > 0).then(|| EffectShare {
                point: None,
                counts: Some(CountOf::from(pieces)),
                percent: pieces.share().map(|share| share * 100.0),
                flag: None,
            })
        };
        Effect {
            told_by: EffectMeasure::Evidence,
            subject: subject.cloned(),
            year_group: None,
            group: Group::All,
            before: then(&before),
            now: then(&now),
            difference: apart.map(|apart| apart.difference * 100.0),
            interval: apart.map(|apart| [apart.low, apart.high].map(|end| end * 100.0)),
            chance,
            verdict: Some(match (now.of, before.of) {
                (0, _) if opened.checked_add_days(SOONEST).is_some_and(|day| self.today < day) => {
                    EffectVerdict::TooSoon
                }
                (0, _) | (_, 0) => EffectVerdict::CannotTell,
                _ => of_chance(chance),
            }),
            hidden: false,
        }
    }
}

fn of_chance(chance: Chance) -> EffectVerdict {
    match chance {
        Chance::Up => EffectVerdict::Improved,
        Chance::TooFew => EffectVerdict::TooFew,
        Chance::Down | Chance::MayBe | Chance::NotAsked => EffectVerdict::NoSign,
    }
}
