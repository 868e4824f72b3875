//! How a share has changed between two data points, and whether it is more than chance could make.

use chrono::NaiveDate;
use serde::Serialize;

use super::cohort::{Cohort, PupilTally};
use super::query::AttainmentQuery;
use super::suppression::mask::Visibility;
use super::suppression::{mask_for, rounded};
use super::tracked_group::TrackedGroup;
use super::trajectory::builder::TrajectoryBuilder;
use crate::privacy::audience::Audience;
use crate::school::{DataPoint, DatedPoint, Group, YearGroup};
use crate::statistics::difference::{Verdict, difference, verdict};
use crate::statistics::proportion_test::{Flag, flag, pupils_gap};

/// The data point that a change is measured from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangeFrom {
    /// The last that ended by a day; entry to the phase where there is none.
    By(NaiveDate),
    /// This one.
    At(DataPoint),
}

/// A share at a data point.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct CountedShare {
    #[serde(flatten)]
    pub moment: DatedPoint,
    /// Pupils who count.
    pub n: Option<u32>,
    pub at_standard: Option<u32>,
    /// Their share, in percent.
    pub percent: Option<f64>,
    /// `c` where something is hidden.
    pub hidden: Option<char>,
    /// The share itself, in percent, where it may be shown: whether an aim is reached is asked of it.
    #[serde(skip)]
    pub exact: Option<f64>,
}

/// How a share has changed.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ShareChange {
    /// At the first data point.
    pub before: Option<CountedShare>,
    /// At the last data point since.
    pub now: Option<CountedShare>,
    /// The first day on which the last may have been taken.
    pub taken_from: Option<NaiveDate>,
    /// How many percentage points more there are now.
    pub difference: Option<f64>,
    pub interval: Option<[f64; 2]>,
    /// What can be said of it: first is now, second is before.
    pub verdict: Option<Verdict>,
    /// What can be said of now against what was before, taken as a reference.
    pub against_before: Option<Flag>,
    /// Whole pupils more or fewer than at the share of before.
    pub pupils_gap: Option<i64>,
}

impl ShareChange {
    /// Whether something of it may not be shown.
    pub fn is_hidden(&self) -> bool {
        [&self.before, &self.now].into_iter().flatten().any(|counted| counted.hidden.is_some())
    }
}

/// Changes of the pupils of one cohort, as an audience may see them.
pub struct ShareChanges<'b> {
    cohort: &'b Cohort<'b>,
    audience: Audience,
    today: NaiveDate,
}

impl<'b> ShareChanges<'b> {
    /// Of a cohort, for an audience, on a day.
    pub fn new(cohort: &'b Cohort<'b>, audience: &Audience, today: NaiveDate) -> Self {
        Self { cohort, audience: audience.clone(), today }
    }

    /// Works out how a share has changed since a data point.
    pub fn change(&mut self, of: TrackedGroup<'_>, before: ChangeFrom) -> ShareChange {
        let now = self.moments(of).into_iter().rfind(|moment| self.has_come(*moment));
        let now = now.filter(|moment| moment.academic_year == self.cohort.year);
        let first = match before {
            ChangeFrom::At(point) => Some(self.cohort.now(point)),
            ChangeFrom::By(day) => self.moments(of).into_iter().rfind(|moment| self.ended_by(*moment, day)),
        };
        let first = first.unwrap_or_else(|| self.cohort.now(DataPoint::Baseline));
        let now = now.filter(|now| *now > first || first.point == DataPoint::Baseline);
        let of_first = self.tally(of, first);
        let of_now = now.map(|now| self.tally(of, now));
        let before = (of_first.n > 0).then(|| self.counted(of, first, of_first, true));
        let last = now.zip(of_now).map(|(now, tally)| self.counted(of, now, tally, false));
        let mut change = ShareChange {
            before,
            now: last,
            taken_from: now.and_then(|now| self.half_term(now)).map(|(from, _)| from),
            difference: None,
            interval: None,
            verdict: None,
            against_before: None,
            pupils_gap: None,
        };
        let (Some(of_now), false) = (of_now, change.is_hidden()) else { return change };
        let ((x1, n1), (x0, n0)) = ((of_now.met, of_now.n), (of_first.met, of_first.n));
        let Some(apart) = difference((x1, n1), (x0, n0)) else { return change };
        let whole = self.audience != Audience::Leader;
        let percent = |share: f64| rounded(share * 100.0, whole);
        change.difference = Some(percent(apart.difference));
        change.interval = (!whole).then(|| [percent(apart.low), percent(apart.high)]);
        change.verdict = Some(verdict((x1, n1), (x0, n0)));
        let reference = f64::from(x0) / f64::from(n0);
        change.against_before = Some(flag(x1, n1, reference));
        change.pupils_gap = Some(pupils_gap(x1, n1, reference));
        change
    }

    /// How pupils stood against their path at a data point of this year; none at entry, or where there is no
    /// path.
    pub fn against_path(&self, of: TrackedGroup<'_>, moment: DatedPoint) -> Option<Flag> {
        if moment.academic_year != self.cohort.year || moment.point == DataPoint::Baseline {
            return None;
        }
        let asked = AttainmentQuery { groups: vec![of.group.clone()], ..AttainmentQuery::default() };
        let answer = TrajectoryBuilder::new(self.cohort, &asked, &self.audience, self.today);
        answer.standing(of, moment.point)?.flag
    }

    /// A share at a moment as it may be shown. Of `before`, only the leader sees how many pupils there were:
    /// from two numbers it would follow how many have come and gone, and what they had reached.
    fn counted(
        &mut self,
        of: TrackedGroup<'_>,
        moment: DatedPoint,
        tally: PupilTally,
        is_before: bool,
    ) -> CountedShare {
        let (cohort, audience) = (self.cohort, &self.audience);
        let mask = mask_for(cohort, moment, audience);
        let leader = *audience == Audience::Leader;
        // Groups within a year group are for the leader only, and year groups not for everybody.
        let too_small = !leader
            && of.year_group.is_some()
            && (*of.group != Group::All || !audience.sees_results_of_year_groups());
        let shown = if too_small {
            Visibility::Nothing
        } else {
            mask.shows(of.subject, of.measure, of.year_group, of.group)
        };
        let open = shown == Visibility::All;
        let present = leader || !is_before;
        CountedShare {
            moment,
            n: (open && present).then_some(tally.n),
            at_standard: (open && present).then_some(tally.met),
            percent: tally.share().filter(|_| open).map(|share| rounded(share * 100.0, !leader)),
            hidden: (!open).then_some('c'),
            exact: tally.share().filter(|_| open).map(|share| share * 100.0),
        }
    }

    fn tally(&self, of: TrackedGroup<'_>, moment: DatedPoint) -> PupilTally {
        let marks = self.cohort.marks(of.subject, of.measure, moment);
        // What was before the phase is of other standards.
        let ago = self.cohort.year - moment.academic_year;
        self.cohort.tally(&marks, |pupil| {
            self.cohort.years_behind(pupil.year_group) >= ago
                && self.cohort.belongs(pupil, of.year_group, of.group)
        })
    }

    /// The data points at which the pupils were assessed, in this year and earlier ones, in order; of the
    /// phase those at which each year group was that is assessed at all.
    fn moments(&self, of: TrackedGroup<'_>) -> Vec<DatedPoint> {
        let years = self.cohort.school.attainment.results_by_year.range(..=self.cohort.year);
        let all = years.flat_map(|(year, _)| {
            (1..=6).map(|half_term| DatedPoint { academic_year: *year, point: DataPoint::End(half_term) })
        });
        let count = |moment: DatedPoint, year: YearGroup| {
            self.tally(TrackedGroup { year_group: Some(year), ..of }, moment).n > 0
        };
        let own = self.cohort.year_groups.iter().filter(|year| of.year_group.is_none_or(|own| own == **year));
        let years: Vec<(YearGroup, Vec<DatedPoint>)> =
            own.map(|year| (*year, all.clone().filter(|moment| count(*moment, *year)).collect())).collect();
        let is_now = |moment: &DatedPoint| moment.academic_year == self.cohort.year;
        let assessed = years.iter().filter(|(_, moments)| moments.iter().any(is_now));
        let assessed: Vec<&Vec<DatedPoint>> = assessed.map(|(_, moments)| moments).collect();
        let mut common = assessed.first().map_or_else(Vec::new, |first| (*first).clone());
        common.retain(|moment| assessed.iter().all(|moments| moments.contains(moment)));
        common
    }

    /// Whether the half term of a data point has begun: what is dated ahead is a slip.
    fn has_come(&self, moment: DatedPoint) -> bool {
        self.half_term(moment).is_none_or(|(from, _)| from <= self.today)
    }

    fn ended_by(&self, moment: DatedPoint, day: NaiveDate) -> bool {
        moment.academic_year < self.cohort.year || self.half_term(moment).is_some_and(|(_, to)| to <= day)
    }

    fn half_term(&self, moment: DatedPoint) -> Option<(NaiveDate, NaiveDate)> {
        let DataPoint::End(number) = moment.point else { return None };
        let calendar = &self.cohort.school.set_up.calendar;
        (moment.academic_year == calendar.academic_year.0).then_some(())?;
        calendar.half_term(number).map(|half_term| (half_term.from, half_term.to))
    }
}
