//! True scores and attendance: the mean of a year group against the path of its mean.

use super::expected_path;
use super::suppression::mask::Visibility;
use super::suppression::rounded_score;
use super::tracked_group::TrackedGroup;
use super::trajectory::builder::TrajectoryBuilder;
use crate::privacy::audience::Audience;
use crate::school::attainment::measure::{ATTENDANCE, LOW_ATTENDANCE};
use crate::school::{DataPoint, Group, Id, Measure, YearGroup};
use crate::statistics::mean;
use crate::statistics::proportion_test::{self};
use crate::track::trajectory::answer::AverageScore;

impl TrajectoryBuilder<'_> {
    /// True scores and attendance.
    pub(super) fn averages(&self) -> Vec<AverageScore> {
        let mut all = Vec::new();
        let mut subjects = self.cohort.subjects();
        subjects.push(Id::new(ATTENDANCE));
        for subject in subjects {
            let is_attendance = subject.as_str() == ATTENDANCE;
            let mine = if is_attendance { self.asked.subjects.is_empty() } else { self.is_asked(&subject) };
            let own = is_attendance && matches!(self.audience, Audience::SubjectLeader(_));
            let named = self.asked.subjects.contains(&subject);
            if !(mine || named) || own {
                continue;
            }
            let points = self.cohort.points(&subject);
            let first = all.len();
            for year in self.year_groups() {
                let has = |point: &&DataPoint| {
                    !expected_path::scores(self.cohort, &subject, year, &Group::All, self.cohort.now(**point))
                        .is_empty()
                };
                let point = self.asked.point.or_else(|| {
                    points.iter().rev().filter(|point| self.has_come(**point)).find(has).copied()
                });
                all.extend(point.and_then(|point| self.scored(&subject, year, point)));
            }
            // One that is hidden would follow from the others.
            let of_subject = all.get_mut(first..).unwrap_or_default();
            if of_subject.iter().any(|one: &AverageScore| is_attendance && one.low.is_none()) {
                for one in of_subject {
                    (one.low, one.hidden) = (None, Some('c'));
                }
            }
        }
        all
    }

    fn scored(&self, subject: &Id, year: Option<YearGroup>, point: DataPoint) -> Option<AverageScore> {
        let leader = *self.audience == Audience::Leader;
        let moment = self.cohort.now(point);
        let scores = expected_path::scores(self.cohort, subject, year, &Group::All, moment);
        let years = self.cohort.year_groups.len();
        if scores.is_empty() || (year.is_none() && years < 2 && self.audience.sees_results_of_year_groups()) {
            return None;
        }
        let is_attendance = subject.as_str() == ATTENDANCE;
        // The scores of different tests have no mean in common.
        if year.is_none() && !is_attendance && years > 1 {
            return None;
        }
        let n = u32::try_from(scores.len()).unwrap_or(u32::MAX);
        let fewest = self.cohort.school.settings.privacy.counts_up_to;
        let of_group = self.mask(moment).shows(subject, Measure::Expected, year, &Group::All);
        let shown = if leader {
            Visibility::All
        } else if n <= fewest {
            Visibility::Nothing
        } else {
            of_group
        };
        let of = TrackedGroup { subject, measure: Measure::Average, year_group: year, group: &Group::All };
        let expected = expected_path::expected(self.cohort, of, moment);
        let expected = expected.map(|expected| expected.value).filter(|_| shown == Visibility::All);
        let mean = mean::mean(&scores).filter(|_| shown == Visibility::All);
        let tenth = |value: f64| rounded_score(value, leader);
        let distance = mean.zip(expected).map(|(mean, expected)| mean.mean - expected);
        let interval = mean.and_then(|mean| mean.interval).map(|(low, high)| match expected {
            Some(expected) => (low - expected, high - expected),
            None => (low, high),
        });
        let low = scores.iter().filter(|score| **score <= f64::from(LOW_ATTENDANCE)).count();
        let low = u32::try_from(low).ok().filter(|low| {
            // So few who stay away, or so few who do not, would be known.
            let small = |count: u32| count > 0 && count <= fewest;
            is_attendance && shown == Visibility::All && (leader || !(small(*low) || small(n - *low)))
        });
        Some(AverageScore {
            subject: subject.clone(),
            year_group: year.map(|year| year.to_string()),
            group: Group::All,
            point,
            n: (shown < Visibility::Nothing).then_some(n),
            mean: mean.map(|mean| tenth(mean.mean)),
            expected: expected.map(tenth),
            distance: distance.map(tenth),
            interval: interval.map(|(low, high)| [tenth(low), tenth(high)]),
            flag: expected.map(|_| proportion_test::around_zero(n, interval)),
            low,
            hidden: (shown > Visibility::All || (is_attendance && low.is_none())).then_some('c'),
        })
    }
}
