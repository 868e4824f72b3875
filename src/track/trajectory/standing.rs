//! Results of subjects and groups against their paths, now and over time.

use std::collections::BTreeMap;

use super::answer::{CourseStep, SubjectCourse, SubjectProgress, WithoutJoiners};
use super::builder::TrajectoryBuilder;
use crate::privacy::audience::Audience;
use crate::school::{DataPoint, DatedPoint, Group, Id, Measure};
use crate::statistics::proportion::wilson;
use crate::statistics::proportion_test::{self, Flag};
use crate::track::cohort::PupilTally;
use crate::track::expected_path;
use crate::track::suppression::mask::Visibility;
use crate::track::suppression::rounded;
use crate::track::tracked_group::TrackedGroup;

impl TrajectoryBuilder<'_> {
    /// A group's results at a data point; `None` where nobody of it is there and nobody asked for it.
    pub(crate) fn standing(&self, of: TrackedGroup<'_>, point: DataPoint) -> Option<SubjectProgress> {
        let moment = self.cohort.now(point);
        let tally = self.cohort.tally_of(of, moment);
        let leader = *self.audience == Audience::Leader;
        // Groups within a year group are for the leader only.
        if !leader && of.year_group.is_some() && *of.group != Group::All {
            return None;
        }
        if tally.n == 0 && !self.asked.groups.contains(of.group) {
            return None;
        }
        let shown = self.shows(of, moment);
        let mut standing = SubjectProgress {
            n: (shown < Visibility::Nothing).then_some(tally.n),
            assessed: leader.then_some(tally.assessed),
            without_result: leader.then_some(tally.without_result),
            hidden: (shown > Visibility::All).then_some('c'),
            ..SubjectProgress::unknown(of, point)
        };
        // That there is nobody is shown where how many there are would be.
        if tally.n == 0 && shown < Visibility::Nothing {
            standing.hidden = (!leader).then_some('z');
            standing.flag = Some(Flag::NoPupils);
        }
        if shown == Visibility::All && tally.n > 0 {
            self.against_path(&mut standing, of, moment, tally);
        }
        Some(standing)
    }

    /// Fills in how many are at the standard, what is expected, and what can be said of the difference.
    fn against_path(
        &self,
        standing: &mut SubjectProgress,
        of: TrackedGroup<'_>,
        moment: DatedPoint,
        tally: PupilTally,
    ) {
        let leader = *self.audience == Audience::Leader;
        let percent = |share: f64| self.percent(share);
        let (n, x) = (tally.n, tally.met);
        standing.at_standard = Some(x);
        standing.percent = tally.share().map(percent);
        standing.interval = wilson(x, n).map(|(low, high)| [low, high].map(percent));
        let expected = self.expected_shown(of, moment);
        let share = expected.map(|expected| expected.value);
        standing.expected_percent = share.map(percent);
        standing.path = expected.map(|expected| expected.from);
        standing.path_from = expected.and_then(|expected| expected.start).map(percent);
        standing.path_to = expected.map(|expected| percent(expected.end));
        standing.kind_before = expected.and_then(|expected| {
            let (begun, year) = expected.begun.zip(of.year_group)?;
            let before = self.cohort.kind_at(of.subject, begun, year)?;
            (Some(before) != self.cohort.kind_at(of.subject, moment, year)).then(|| before.word())
        });
        let reference = share.unwrap_or(0.0);
        let flag = proportion_test::flag(x, n, reference);
        standing.flag = Some(flag);
        standing.pupils_gap = share.map(|share| proportion_test::pupils_gap(x, n, share));
        if flag.is_tested() {
            let p = proportion_test::exact(x, n, reference);
            standing.close_call = p.map(|p| proportion_test::disagree(p, flag));
            standing.p_exact = p.filter(|_| leader).map(|p| rounded(p, false));
            standing.p = proportion_test::score_test(x, n, reference).map(|(_, p)| p);
            standing.smallest_shortfall = proportion_test::smallest_below(n, reference);
        }
        standing.without_joiners = if leader { self.without_joiners(of, moment, reference) } else { None };
    }

    /// The same without those who have no baseline and joined late.
    fn without_joiners(
        &self,
        of: TrackedGroup<'_>,
        moment: DatedPoint,
        reference: f64,
    ) -> Option<WithoutJoiners> {
        let marks = self.cohort.marks(of.subject, of.measure, moment);
        let stayed = Group::of("mobility", &["no"]);
        let all = self.cohort.tally_of(of, moment);
        let rest = self.cohort.tally(&marks, |pupil| {
            self.cohort.belongs(pupil, of.year_group, of.group) && self.cohort.belongs(pupil, None, &stayed)
        });
        (0 < rest.n && rest.n < all.n).then(|| WithoutJoiners {
            n: rest.n,
            at_standard: rest.met,
            percent: rest.share().map(|share| rounded(share * 100.0, false)),
            flag: proportion_test::flag(rest.met, rest.n, reference),
        })
    }

    /// How a year group or the phase came to where it is; `None` where there are fewer than two moments.
    pub(crate) fn course(&self, of: TrackedGroup<'_>, point: DataPoint) -> Option<SubjectCourse> {
        let leader = *self.audience == Audience::Leader;
        let until = self.cohort.now(point);
        let moments =
            [self.cohort.now(DataPoint::Baseline)].into_iter().chain(expected_path::moments(self.cohort));
        let mut at = Vec::new();
        for moment in moments.filter(|moment| *moment <= until || moment.academic_year < until.academic_year)
        {
            // Of the phase only what all its year groups were in: this year.
            let whole = of.year_group.is_some() || moment.academic_year == self.cohort.year;
            let within = of.year_group.is_none_or(|year| {
                moment.point == DataPoint::Baseline || self.cohort.position(year, moment) > 0.0
            });
            let tally = self.cohort.tally_of(of, moment);
            if tally.n == 0 || !whole || !within {
                continue;
            }
            let open = self.shows(of, moment) == Visibility::All;
            let expected = self.expected_shown(of, moment);
            let at_start = moment.point == DataPoint::Baseline;
            at.push(CourseStep {
                moment,
                n: leader.then_some(tally.n),
                percent: tally.share().filter(|_| open).map(|share| self.percent(share)),
                expected_percent: expected
                    .filter(|_| open && !at_start)
                    .map(|expected| self.percent(expected.value)),
            });
        }
        let any = at.iter().any(|step| step.percent.is_some());
        (at.len() > 1 && any).then(|| SubjectCourse {
            subject: of.subject.clone(),
            measure: of.measure,
            year_group: of.year_group.map(|year| year.to_string()),
            group: of.group.clone(),
            at,
        })
    }

    /// Where the phase has pupils in one year group only, the year group says all.
    pub(crate) fn drop_doubles(
        &self,
        standings: &mut Vec<SubjectProgress>,
        courses: &mut Vec<SubjectCourse>,
    ) {
        if !self.audience.sees_results_of_year_groups() {
            return;
        }
        let mut years: BTreeMap<(Id, Measure, Group), usize> = BTreeMap::new();
        for row in standings.iter().filter(|row| row.year_group.is_some()) {
            *years.entry((row.subject.clone(), row.measure, row.group.clone())).or_default() += 1;
        }
        let is_double = |subject: &Id, measure: Measure, group: &Group, year: &Option<String>| {
            let count = years.get(&(subject.clone(), measure, group.clone())).copied().unwrap_or(0);
            // Where none may be shown, the phase's own still is.
            year.is_none() && count == 1
        };
        standings.retain(|row| !is_double(&row.subject, row.measure, &row.group, &row.year_group));
        courses.retain(|row| !is_double(&row.subject, row.measure, &row.group, &row.year_group));
    }
}
