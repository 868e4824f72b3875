//! What an answer about trajectories asks, expects and may show.

use std::rc::Rc;

use chrono::NaiveDate;

use crate::privacy::audience::Audience;
use crate::school::{DataPoint, DatedPoint, Group, Id, Measure, YearGroup};
use crate::track::cohort::Cohort;
use crate::track::expected_path::{ExpectedBasis, ExpectedShare, expected};
use crate::track::query::AttainmentQuery;
use crate::track::suppression::mask::{SuppressionMask, TableAxis, Visibility};
use crate::track::suppression::{mask_for, rounded};
use crate::track::tracked_group::TrackedGroup;

/// An answer in the making.
pub(crate) struct TrajectoryBuilder<'a> {
    pub(crate) cohort: &'a Cohort<'a>,
    pub(crate) asked: &'a AttainmentQuery,
    pub(crate) audience: &'a Audience,
    today: NaiveDate,
}

impl<'a> TrajectoryBuilder<'a> {
    pub(crate) fn new(
        cohort: &'a Cohort<'a>,
        asked: &'a AttainmentQuery,
        audience: &'a Audience,
        today: NaiveDate,
    ) -> Self {
        Self { cohort, asked, audience, today }
    }

    pub(crate) fn is_asked(&self, id: &Id) -> bool {
        self.cohort.is_asked(id, &self.asked.subjects, self.audience)
    }

    /// The data point that was asked for; else the last one of the year group; of the phase the last one at
    /// which each of its year groups with results has some.
    pub(crate) fn point_of(
        &self,
        subject: &Id,
        measure: Measure,
        year: Option<YearGroup>,
    ) -> Option<DataPoint> {
        if self.asked.point == Some(DataPoint::Baseline) {
            return self.asked.point;
        }
        let of = |year: YearGroup| self.cohort.points_of(subject, measure, year);
        let points = match year {
            Some(year) => of(year),
            None => {
                let all: Vec<Vec<DataPoint>> = self
                    .cohort
                    .year_groups
                    .iter()
                    .map(|year| of(*year))
                    .filter(|points| !points.is_empty())
                    .collect();
                let mut common = all.first().cloned().unwrap_or_default();
                common.retain(|point| all.iter().all(|points| points.contains(point)));
                common
            }
        };
        match self.asked.point {
            Some(point) => points.contains(&point).then_some(point),
            None => points.into_iter().rfind(|point| self.has_come(*point)),
        }
    }

    /// Whether the half term of a data point has begun: what is dated ahead is a slip.
    pub(crate) fn has_come(&self, point: DataPoint) -> bool {
        let DataPoint::End(half_term) = point else { return true };
        self.cohort
            .school
            .set_up
            .calendar
            .half_term(half_term)
            .is_none_or(|half_term| half_term.from <= self.today)
    }

    pub(crate) fn measures(&self, subject: &Id) -> Vec<Measure> {
        let there = self.cohort.measures(subject);
        if let Some(measure) = self.asked.measure {
            return there.into_iter().filter(|one| *one == measure).collect();
        }
        let targets = &self.cohort.targets;
        let aimed = |measure: &Measure| {
            targets.iter().any(|target| target.subject == *subject && target.measure == *measure)
        };
        let aimed_at: Vec<Measure> = there.iter().copied().filter(aimed).collect();
        if aimed_at.is_empty() { there.into_iter().take(1).collect() } else { aimed_at }
    }

    pub(crate) fn groups(&self, subject: &Id, measure: Measure) -> Vec<Group> {
        let mut groups = vec![Group::All];
        if self.asked.groups.is_empty() {
            let own = self.cohort.targets.iter().filter(|target| {
                target.subject == *subject && target.measure == measure && target.group != Group::All
            });
            groups.extend(own.map(|target| target.group.clone()));
        } else {
            groups.extend(self.asked.groups.iter().cloned());
        }
        groups.sort();
        groups.dedup();
        groups
    }

    /// Each year group, and the phase.
    pub(crate) fn year_groups(&self) -> Vec<Option<YearGroup>> {
        if self.asked.year_group.is_some() {
            return vec![self.asked.year_group];
        }
        let years: Vec<Option<YearGroup>> = if self.audience.sees_results_of_year_groups() {
            self.cohort.year_groups.iter().map(|year| Some(*year)).collect()
        } else {
            Vec::new()
        };
        years.into_iter().chain([None]).collect()
    }

    pub(crate) fn mask(&self, moment: DatedPoint) -> Rc<SuppressionMask> {
        mask_for(self.cohort, moment, self.audience)
    }

    /// What is expected of a year group, or of the phase: its year groups by how many pupils count in each.
    fn expected(&self, of: TrackedGroup<'_>, moment: DatedPoint) -> Option<ExpectedShare> {
        if of.year_group.is_some() {
            return expected(self.cohort, of, moment);
        }
        let (mut pupils, mut sum, mut end) = (0.0, 0.0, 0.0);
        let mut start = Some(0.0);
        let mut whole: Option<ExpectedShare> = None;
        for year in &self.cohort.year_groups {
            let of = TrackedGroup { year_group: Some(*year), ..of };
            let n = self.cohort.tally_of(of, moment).n;
            if n > 0 {
                let of_year = expected(self.cohort, of, moment)?;
                pupils += f64::from(n);
                sum += f64::from(n) * of_year.value;
                end += f64::from(n) * of_year.end;
                start = start.zip(of_year.start).map(|(sum, share)| sum + f64::from(n) * share);
                whole = Some(match whole {
                    Some(before) if before.from == of_year.from => before,
                    Some(_) => ExpectedShare { from: ExpectedBasis::Given, ..of_year },
                    None => of_year,
                });
            }
        }
        let start = start.map(|sum| sum / pupils);
        whole.map(|whole| ExpectedShare { value: sum / pupils, start, end: end / pupils, ..whole })
    }

    /// What is expected, where it may be shown.
    pub(super) fn expected_shown(&self, of: TrackedGroup<'_>, moment: DatedPoint) -> Option<ExpectedShare> {
        self.expected(of, moment).filter(|expected| !self.discloses(expected, of, moment))
    }

    /// Whether what is expected discloses something hidden: the share with which the path began, or of the phase how
    /// many pupils its year groups have.
    fn discloses(&self, expected: &ExpectedShare, of: TrackedGroup<'_>, moment: DatedPoint) -> bool {
        let of_phase = of.year_group.is_none();
        let began = expected.begun.is_some_and(|begun| {
            let mask = self.mask(begun);
            let whole = !of_phase || mask.is_whole(of.subject, of.measure, &TableAxis::YearGroups);
            !whole || self.shows(of, begun) != Visibility::All
        });
        began || (of_phase && self.mask(moment).hides_a_number(&TableAxis::YearGroups))
    }

    /// What of a tracked group may be shown at a moment.
    pub(super) fn shows(&self, of: TrackedGroup<'_>, moment: DatedPoint) -> Visibility {
        self.mask(moment).shows(of.subject, of.measure, of.year_group, of.group)
    }

    /// A share in percent: whole percent for everybody but the leader.
    pub(super) fn percent(&self, share: f64) -> f64 {
        rounded(share * 100.0, *self.audience != Audience::Leader)
    }
}
