//! How subjects and groups stand against their trajectories.

use std::collections::BTreeMap;
use std::rc::Rc;

use chrono::NaiveDate;

use crate::privacy::audience::Audience;
use crate::school::{DataPoint, DatedPoint, Group, Id, Measure, ResultKind, YearGroup};
use crate::statistics::proportion::wilson;
use crate::statistics::proportion_test;
use crate::statistics::proportion_test::Flag;
use crate::track::cohort::{Cohort, PupilTally};
use crate::track::expected_path;
use crate::track::expected_path::{ExpectedBasis, expected};
use crate::track::query::AttainmentQuery;
use crate::track::suppression::mask::{SuppressionMask, TableAxis, Visibility};
use crate::track::suppression::{rounded, veil};
use crate::track::trajectory::answer::{CourseStep, SubjectCourse, SubjectProgress, WithoutJoiners};

/// An answer in the making.
pub(crate) struct TrajectoryBuilder<'a> {
    pub(crate) book: &'a Cohort<'a>,
    pub(crate) asked: &'a AttainmentQuery,
    pub(crate) audience: &'a Audience,
    today: NaiveDate,
}

impl<'a> TrajectoryBuilder<'a> {
    /// Nothing of it yet.
    pub(crate) fn new(
        book: &'a Cohort<'a>,
        asked: &'a AttainmentQuery,
        audience: &'a Audience,
        today: NaiveDate,
    ) -> Self {
        Self { book, asked, audience, today }
    }
}

impl TrajectoryBuilder<'_> {
    pub(crate) fn is_asked(&self, id: &Id) -> bool {
        self.book.is_asked(id, &self.asked.subjects, self.audience)
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
        let of = |year: YearGroup| self.book.points_of(subject, measure, year);
        let points = match year {
            Some(year) => of(year),
            None => {
                let all: Vec<Vec<DataPoint>> = self
                    .book
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
        self.book
            .school
            .set_up
            .calendar
            .half_term(half_term)
            .is_none_or(|half_term| half_term.from <= self.today)
    }

    pub(crate) fn measures(&self, subject: &Id) -> Vec<Measure> {
        let there = self.book.measures(subject);
        if let Some(measure) = self.asked.measure {
            return there.into_iter().filter(|one| *one == measure).collect();
        }
        let targets = &self.book.school.attainment.targets;
        let aimed = |measure: &Measure| {
            targets.iter().any(|target| target.subject == *subject && target.measure == *measure)
        };
        let aimed_at: Vec<Measure> = there.iter().copied().filter(aimed).collect();
        if aimed_at.is_empty() { there.into_iter().take(1).collect() } else { aimed_at }
    }

    pub(crate) fn groups(&self, subject: &Id, measure: Measure) -> Vec<Group> {
        let mut groups = vec![Group::All];
        if self.asked.groups.is_empty() {
            let own = self.book.school.attainment.targets.iter().filter(|target| {
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
            self.book.year_groups.iter().map(|year| Some(*year)).collect()
        } else {
            Vec::new()
        };
        years.into_iter().chain([None]).collect()
    }

    pub(crate) fn veil(&self, moment: DatedPoint) -> Rc<SuppressionMask> {
        veil(self.book, moment, self.audience)
    }

    pub(crate) fn tally(
        &self,
        subject: &Id,
        measure: Measure,
        year: Option<YearGroup>,
        group: &Group,
        moment: DatedPoint,
    ) -> PupilTally {
        let marks = self.book.marks(subject, measure, moment);
        self.book.tally(&marks, |pupil| self.book.belongs(pupil, year, group))
    }

    /// What is expected of a year group, or of the phase: its year groups by how many pupils count in each.
    pub(crate) fn expected(
        &self,
        subject: &Id,
        measure: Measure,
        year: Option<YearGroup>,
        group: &Group,
        moment: DatedPoint,
    ) -> Option<expected_path::ExpectedShare> {
        if let Some(year) = year {
            return expected(self.book, subject, measure, year, group, moment);
        }
        let (mut pupils, mut sum, mut end) = (0.0, 0.0, 0.0);
        let mut start = Some(0.0);
        let mut whole: Option<expected_path::ExpectedShare> = None;
        for year in &self.book.year_groups {
            let n = self.tally(subject, measure, Some(*year), group, moment).n;
            if n > 0 {
                let of_year = expected(self.book, subject, measure, *year, group, moment)?;
                pupils += f64::from(n);
                sum += f64::from(n) * of_year.value;
                end += f64::from(n) * of_year.end;
                start = start.zip(of_year.start).map(|(sum, share)| sum + f64::from(n) * share);
                whole = Some(match whole {
                    Some(before) if before.from == of_year.from => before,
                    Some(_) => expected_path::ExpectedShare { from: ExpectedBasis::Given, ..of_year },
                    None => of_year,
                });
            }
        }
        let start = start.map(|sum| sum / pupils);
        whole.map(|whole| expected_path::ExpectedShare {
            value: sum / pupils,
            start,
            end: end / pupils,
            ..whole
        })
    }

    /// How a group stands at a data point; none where nobody of it is there and nobody asked for it.
    pub(crate) fn standing(
        &mut self,
        subject: &Id,
        measure: Measure,
        year: Option<YearGroup>,
        group: &Group,
        point: DataPoint,
    ) -> Option<SubjectProgress> {
        let moment = self.book.now(point);
        let tally = self.tally(subject, measure, year, group, moment);
        // Groups within a year group are for the leader only.
        if *self.audience != Audience::Leader && year.is_some() && *group != Group::All {
            return None;
        }
        if tally.n == 0 && !self.asked.groups.contains(group) {
            return None;
        }
        let leader = *self.audience == Audience::Leader;
        let shown = self.veil(moment).shows(subject, measure, year, group);
        let mut standing = SubjectProgress {
            subject: subject.clone(),
            measure,
            year_group: year.map(|year| year.to_string()),
            group: group.clone(),
            point,
            n: (shown < Visibility::Nothing).then_some(tally.n),
            assessed: leader.then_some(tally.assessed),
            without_result: leader.then_some(tally.without_result),
            at_standard: None,
            percent: None,
            expected_percent: None,
            path: None,
            path_from: None,
            path_to: None,
            kind_before: None,
            interval: None,
            pupils_gap: None,
            flag: None,
            close_call: None,
            p_exact: None,
            holds_up: None,
            smallest_shortfall: None,
            without_joiners: None,
            hidden: (shown > Visibility::All).then_some('c'),
            p: None,
        };
        // That there is nobody is told where how many there are would be.
        if tally.n == 0 && shown < Visibility::Nothing {
            standing.hidden = (!leader).then_some('z');
            standing.flag = Some(Flag::NoPupils);
        }
        if shown > Visibility::All || tally.n == 0 {
            return Some(standing);
        }
        let (n, x) = (tally.n, tally.met);
        standing.at_standard = Some(x);
        standing.percent = tally.share().map(|share| rounded(share * 100.0, !leader));
        standing.interval =
            wilson(x, n).map(|(low, high)| [low, high].map(|end| rounded(end * 100.0, !leader)));
        let expected = self.expected(subject, measure, year, group, moment);
        let expected =
            expected.filter(|expected| !self.tells(expected, subject, measure, year, group, moment));
        let share = expected.map(|expected| expected.value);
        standing.expected_percent = share.map(|share| rounded(share * 100.0, !leader));
        standing.path = expected.map(|expected| expected.from);
        let percent = |share: f64| rounded(share * 100.0, !leader);
        standing.path_from = expected.and_then(|expected| expected.start).map(percent);
        standing.path_to = expected.map(|expected| percent(expected.end));
        standing.kind_before = expected.and_then(|expected| {
            let (begun, year) = expected.begun.zip(year)?;
            let before = self.book.kind_at(subject, begun, year)?;
            (Some(before) != self.book.kind_at(subject, moment, year)).then(|| before.word())
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
        standing.without_joiners = if leader {
            self.without_joiners(subject, measure, year, group, moment, reference)
        } else {
            None
        };
        Some(standing)
    }

    /// Whether what is expected tells of something hidden: of where it began, or of the phase how many pupils
    /// its year groups have.
    pub(crate) fn tells(
        &mut self,
        expected: &expected_path::ExpectedShare,
        subject: &Id,
        measure: Measure,
        year: Option<YearGroup>,
        group: &Group,
        moment: DatedPoint,
    ) -> bool {
        let of_phase = year.is_none();
        let began = expected.begun.is_some_and(|begun| {
            let veil = self.veil(begun);
            let whole = !of_phase || veil.is_whole(subject, measure, &TableAxis::YearGroups);
            !whole || veil.shows(subject, measure, year, group) != Visibility::All
        });
        began || (of_phase && self.veil(moment).hides_a_number(&TableAxis::YearGroups))
    }

    /// The same without those who have no baseline and joined late.
    pub(crate) fn without_joiners(
        &self,
        subject: &Id,
        measure: Measure,
        year: Option<YearGroup>,
        group: &Group,
        moment: DatedPoint,
        reference: f64,
    ) -> Option<WithoutJoiners> {
        let marks = self.book.marks(subject, measure, moment);
        let stayed = Group::of("mobility", &["no"]);
        let all = self.book.tally(&marks, |pupil| self.book.belongs(pupil, year, group));
        let rest = self.book.tally(&marks, |pupil| {
            self.book.belongs(pupil, year, group) && self.book.belongs(pupil, None, &stayed)
        });
        (0 < rest.n && rest.n < all.n).then(|| WithoutJoiners {
            n: rest.n,
            at_standard: rest.met,
            percent: rest.share().map(|share| rounded(share * 100.0, false)),
            flag: proportion_test::flag(rest.met, rest.n, reference),
        })
    }

    /// How a year group or the phase came to where it is; none of fewer than two moments.
    pub(crate) fn course(
        &mut self,
        subject: &Id,
        measure: Measure,
        year: Option<YearGroup>,
        group: &Group,
        point: DataPoint,
    ) -> Option<SubjectCourse> {
        let leader = *self.audience == Audience::Leader;
        let until = self.book.now(point);
        let moments =
            [self.book.now(DataPoint::Baseline)].into_iter().chain(expected_path::moments(self.book));
        let mut at = Vec::new();
        for moment in moments.filter(|moment| *moment <= until || moment.academic_year < until.academic_year)
        {
            // Of the phase only what all its year groups were in: this year.
            let whole = year.is_some() || moment.academic_year == self.book.year;
            let within = year.is_none_or(|year| {
                moment.point == DataPoint::Baseline || self.book.position(year, moment) > 0.0
            });
            let tally = self.tally(subject, measure, year, group, moment);
            if tally.n == 0 || !whole || !within {
                continue;
            }
            let shown = self.veil(moment).shows(subject, measure, year, group);
            let expected = self.expected(subject, measure, year, group, moment);
            let expected =
                expected.filter(|expected| !self.tells(expected, subject, measure, year, group, moment));
            let at_start = moment.point == DataPoint::Baseline;
            at.push(CourseStep {
                moment,
                n: leader.then_some(tally.n),
                percent: tally
                    .share()
                    .filter(|_| shown == Visibility::All)
                    .map(|share| rounded(share * 100.0, !leader)),
                expected_percent: expected
                    .filter(|_| shown == Visibility::All && !at_start)
                    .map(|expected| rounded(expected.value * 100.0, !leader)),
            });
        }
        let any = at.iter().any(|step| step.percent.is_some());
        (at.len() > 1 && any).then(|| SubjectCourse {
            subject: subject.clone(),
            measure,
            year_group: year.map(|year| year.to_string()),
            group: group.clone(),
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
            // Where none may be told, the phase's own still is.
            year.is_none() && count == 1
        };
        standings.retain(|row| !is_double(&row.subject, row.measure, &row.group, &row.year_group));
        courses.retain(|row| !is_double(&row.subject, row.measure, &row.group, &row.year_group));
    }

    /// What had to be assumed.
    pub(crate) fn assumed(&self, standings: &[SubjectProgress]) -> Vec<String> {
        let mut assumed = Vec::new();
        let name = |id: &Id| self.book.school.measured_name(id).to_owned();
        let mut no_path: Vec<String> = Vec::new();
        let mut first_point: Vec<String> = Vec::new();
        for row in standings.iter().filter(|row| row.at_standard.is_some() && row.group == Group::All) {
            let list = match row.path {
                None => &mut no_path,
                Some(ExpectedBasis::FirstPoint) => &mut first_point,
                Some(_) => continue,
            };
            let says = name(&row.subject);
            if !list.contains(&says) {
                list.push(says);
            }
        }
        if !no_path.is_empty() && *self.audience != Audience::Leader {
            assumed.push(format!(
                "{}: no path is shown: there is none, or it would tell of a small group",
                no_path.join(", ")
            ));
        } else if !no_path.is_empty() {
            assumed.push(format!(
                "{}: no path, so nothing is tested; a target in targets.csv and a baseline in assessments.csv make one",
                no_path.join(", ")
            ));
        }
        if !first_point.is_empty() {
            assumed.push(format!(
                "{}: no baseline, so the path begins at the first data point",
                first_point.join(", ")
            ));
        }
        for (subject, share) in &self.asked.targets {
            let of = subject.as_ref().map_or_else(|| "everything".to_owned(), name);
            assumed.push(format!(
                "a target of {}% is tried for {of}, in place of what targets.csv says",
                rounded(share * 100.0, false)
            ));
        }
        if *self.audience == Audience::Leader {
            assumed.extend(self.beside_them(standings));
            let replaced = self.book.roll.replaced;
            if replaced > 0 {
                assumed.push(format!(
                    "{replaced} results count no more: a later one of the same half term does"
                ));
            }
        }
        assumed
    }

    /// Results of the other kind that lie beside those that count.
    pub(crate) fn beside_them(&self, standings: &[SubjectProgress]) -> Option<String> {
        let mut beside: BTreeMap<Id, usize> = BTreeMap::new();
        for row in standings.iter().filter(|row| row.group == Group::All && row.year_group.is_some()) {
            let Some(measured) = self.book.roll.index_of(row.subject.as_str()) else { continue };
            let at = self.book.roll.results_at(measured, row.point);
            let tests = at
                .iter()
                .filter(|outcome| outcome.strand.is_none() && outcome.kind == ResultKind::Test)
                .count();
            let both = tests > 0 && tests < at.iter().filter(|outcome| outcome.strand.is_none()).count();
            if both && self.asked.kind.is_none() {
                beside.insert(row.subject.clone(), tests);
            }
        }
        if beside.is_empty() {
            return None;
        }
        let said: Vec<String> = beside
            .iter()
            .map(|(subject, tests)| format!("{} ({tests})", self.book.school.measured_name(subject)))
            .collect();
        Some(format!(
            "teacher assessment counts; test results lie beside it in {}: --kind test",
            said.join(", ")
        ))
    }
}
