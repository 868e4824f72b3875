//! `phase trajectory`: each subject against its path, at each data point, and how sure one can be.

use std::collections::BTreeMap;
use std::rc::Rc;

use chrono::NaiveDate;
use serde::Serialize;

use super::averages::Scored;
use super::cohort::{Book, Tally};
use super::expected_path::{self, From, expected};
use super::national_comparison::{self, Beside};
use super::suppression::{Axis, Shown, Veil, rounded, veil};
use crate::diagnostic::Place;
use crate::privacy::audience::Audience;
use crate::school::School;
use crate::school::attainment::data_point::{Moment, Point};
use crate::school::attainment::measure::{GLD, GOALS, Measure, RWM};
use crate::school::attainment::pupils::Group;
use crate::school::attainment::scale::ResultKind;
use crate::school::attainment::targets::Target;
use crate::school::id::Id;
use crate::school::set_up::phases::Phase;
use crate::school::year_group::YearGroup;
use crate::statistics::multiple_testing::{BY_CHANCE, RATE, holds_up};
use crate::statistics::proportion::wilson;
use crate::statistics::proportion_test::{self, Flag};

/// What is asked.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// Only these subjects, as results name them.
    pub subjects: Vec<Id>,
    /// The data point; else the last one of each subject.
    pub point: Option<Point>,
    /// What is counted; else what has a target, or else the expected standard.
    pub measure: Option<Measure>,
    /// Only this year group; else each of them, and the phase.
    pub year_group: Option<YearGroup>,
    /// Groups beside all pupils; else those with a target of their own.
    pub groups: Vec<Group>,
    /// Which kind of result counts; else the teacher's, or where there is none the test's.
    pub kind: Option<ResultKind>,
    /// Targets to try for the end of the phase, in place of those that are written: of a subject, or of all.
    pub targets: Vec<(Option<Id>, f64)>,
}

/// How a subject stands against its path.
#[derive(Clone, Debug, Serialize)]
pub struct Standing {
    /// The subject, as results name it.
    pub subject: Id,
    /// What is counted.
    pub measure: Measure,
    /// The year group; the phase where there is none.
    pub year_group: Option<String>,
    /// The group of pupils.
    pub group: Group,
    /// The data point.
    pub point: Point,
    /// Pupils who count.
    pub n: Option<u32>,
    /// Of these, the assessed.
    pub assessed: Option<u32>,
    /// Pupils on roll without a result, who do not count.
    pub without_result: Option<u32>,
    /// Pupils at the standard.
    pub at_standard: Option<u32>,
    /// Their share, in percent.
    pub percent: Option<f64>,
    /// The share on the path, in percent.
    pub expected_percent: Option<f64>,
    /// Where the path comes from.
    pub path: Option<From>,
    /// Where it begins, in percent: the share on entry, or at the first data point.
    pub path_from: Option<f64>,
    /// Where it leads next, in percent: to the target.
    pub path_to: Option<f64>,
    /// Which kind of result the path begins with, where it is another than that of now.
    pub kind_before: Option<&'static str>,
    /// The 95% interval of the share, in percent.
    pub interval: Option<[f64; 2]>,
    /// Whole pupils more or fewer than the path.
    pub pupils_gap: Option<i64>,
    /// What can be said.
    pub flag: Option<Flag>,
    /// Whether the exact test and the interval disagree.
    pub close_call: Option<bool>,
    /// The exact test's p.
    pub p_exact: Option<f64>,
    /// Whether the flag holds up among as many tests as were made.
    pub holds_up: Option<bool>,
    /// The smallest shortfall, in whole pupils, that would be flagged with so many pupils.
    pub smallest_shortfall: Option<i64>,
    /// The same without the pupils who joined after the baseline, where there are any.
    pub without_joiners: Option<WithoutJoiners>,
    /// `c` where something is hidden, `z` where there are no pupils.
    pub hidden: Option<char>,
    /// The score test's p, for all tests together.
    #[serde(skip)]
    p: Option<f64>,
}

/// The same pupils without those who joined late.
#[derive(Clone, Debug, Serialize)]
pub struct WithoutJoiners {
    /// Pupils who count.
    pub n: u32,
    /// Those at the standard.
    pub at_standard: u32,
    /// Their share, in percent.
    pub percent: Option<f64>,
    /// What can be said.
    pub flag: Flag,
}

/// The course of a subject over the phase.
#[derive(Clone, Debug, Serialize)]
pub struct Course {
    /// The subject.
    pub subject: Id,
    /// What is counted.
    pub measure: Measure,
    /// The year group; the phase where there is none.
    pub year_group: Option<String>,
    /// The group of pupils.
    pub group: Group,
    /// Where it stood, earliest first.
    pub at: Vec<Step>,
}

/// One step of a course.
#[derive(Clone, Debug, Serialize)]
pub struct Step {
    /// The moment.
    #[serde(flatten)]
    pub moment: Moment,
    /// Pupils who count.
    pub n: Option<u32>,
    /// The share, in percent.
    pub percent: Option<f64>,
    /// The share on the path, in percent.
    pub expected_percent: Option<f64>,
}

/// The answer.
#[derive(Clone, Debug, Serialize)]
pub struct Trajectory {
    /// `phase/trajectory/1`.
    pub schema: &'static str,
    /// The academic year.
    pub academic_year: String,
    /// The phase.
    pub phase: Id,
    /// Who it is for.
    pub audience: Audience,
    /// Each subject against its path.
    pub subjects: Vec<Standing>,
    /// True scores and attendance.
    pub averages: Vec<Scored>,
    /// How each came to where it is.
    pub over_time: Vec<Course>,
    /// National figures beside.
    pub national: Vec<Beside>,
    /// How many tests were made.
    pub tests: usize,
    /// How many flags chance alone would raise.
    pub flags_expected_by_chance: f64,
    /// How many flags there are.
    pub flags: usize,
    /// What had to be assumed, or is not known.
    pub assumed: Vec<String>,
    /// The day it was made for.
    #[serde(skip)]
    pub made_on: NaiveDate,
}

impl Trajectory {
    /// The paths that all pupils are significantly off, where that holds up among so many tests: by year group, and
    /// for the phase where no year group is by itself.
    pub fn off(&self, flag: Flag) -> Vec<&Standing> {
        let is =
            |row: &&Standing| row.group == Group::All && row.flag == Some(flag) && row.holds_up == Some(true);
        let off: Vec<&Standing> = self.subjects.iter().filter(is).collect();
        let of_year = |row: &Standing| {
            off.iter().any(|other| {
                other.year_group.is_some() && other.subject == row.subject && other.measure == row.measure
            })
        };
        off.iter().copied().filter(|row| row.year_group.is_some() || !of_year(row)).collect()
    }
}

/// Works out how the subjects of a phase stand; none where no pupils are known.
pub fn trajectory(
    school: &School,
    phase: &Phase,
    asked: &Asked,
    audience: &Audience,
    today: NaiveDate,
) -> Option<Trajectory> {
    let tried = (!asked.targets.is_empty()).then(|| with_targets(school, &asked.targets));
    let school = tried.as_ref().unwrap_or(school);
    let book = Book::open(school, phase, school.set_up.calendar.academic_year.0, asked.kind)?;
    Some(of_book(&book, asked, audience, today))
}

/// The same, from a book that is open already; targets to try are not looked at.
pub fn of_book(book: &Book<'_>, asked: &Asked, audience: &Audience, today: NaiveDate) -> Trajectory {
    let (school, phase) = (book.school, book.phase);
    let mut answer = Answer::new(book, asked, audience, today);
    let mut subjects: Vec<Id> = book.subjects().into_iter().filter(|id| answer.is_asked(id)).collect();
    // A goal of the profile is one part of the good level: it is told where it is asked for.
    let goal = |id: &&Id| GOALS.iter().any(|goal| goal.0 == id.as_str()) && !subjects.contains(id);
    let goals: Vec<Id> =
        asked.subjects.iter().filter(goal).filter(|id| answer.is_asked(id)).cloned().collect();
    subjects.extend(goals);
    let mut standings = Vec::new();
    let mut over_time = Vec::new();
    let mut beside = Vec::new();
    for subject in &subjects {
        for measure in answer.measures(subject) {
            for group in answer.groups(subject, measure) {
                for year_group in answer.year_groups() {
                    let Some(point) = answer.point_of(subject, measure, year_group) else { continue };
                    let standing = answer.standing(subject, measure, year_group, &group, point);
                    standings.extend(standing);
                    over_time.extend(answer.course(subject, measure, year_group, &group, point));
                    let figure = year_group.and_then(|year| {
                        national_comparison::beside(
                            &school.attainment.national,
                            subject,
                            measure,
                            year,
                            &group,
                            book.year,
                        )
                    });
                    beside.extend(figure);
                }
            }
        }
    }
    answer.drop_doubles(&mut standings, &mut over_time);
    let averages = answer.averages();
    let tested: Vec<f64> = standings.iter().filter_map(|standing| standing.p).collect();
    let mut kept = holds_up(&tested, RATE).into_iter();
    for standing in &mut standings {
        if standing.p.is_some() {
            let holds = kept.next();
            standing.holds_up = standing.flag.filter(|flag| flag.is_raised()).and(holds);
        }
    }
    let flags = standings.iter().filter(|standing| standing.flag.is_some_and(Flag::is_raised)).count();
    // A figure stands beside a row that is shown.
    beside.retain(|figure: &Beside| {
        standings.iter().any(|row| {
            (&row.subject, row.measure, &row.group) == (&figure.subject, figure.measure, &figure.group)
        })
    });
    Trajectory {
        schema: "phase/trajectory/1",
        academic_year: school.set_up.calendar.academic_year.to_string(),
        phase: phase.id.clone(),
        audience: audience.clone(),
        assumed: answer.assumed(&standings),
        tests: tested.len(),
        flags_expected_by_chance: rounded(BY_CHANCE * tested.len() as f64, false),
        flags,
        subjects: standings,
        averages,
        over_time,
        national: beside,
        made_on: today,
    }
}

/// The school with targets to try for the end of the phase.
fn with_targets(school: &School, tried: &[(Option<Id>, f64)]) -> School {
    let mut school = school.clone();
    let measured = school.roll().map(|roll| roll.measured.clone()).unwrap_or_default();
    let all = || measured.iter().cloned().chain([Id::new(RWM), Id::new(GLD)]);
    for (subject, value) in tried {
        let subjects: Vec<Id> = subject.iter().cloned().chain(all().filter(|_| subject.is_none())).collect();
        for subject in subjects {
            school.attainment.targets.retain(|target| {
                target.subject != subject || target.measure != Measure::Expected || target.point.is_some()
            });
            school.attainment.targets.push(Target {
                subject,
                measure: Measure::Expected,
                value: *value,
                point: None,
                year_group: None,
                group: Group::All,
                at: Place::file("--target"),
            });
        }
    }
    school
}

/// An answer in the making.
pub(super) struct Answer<'a> {
    pub(super) book: &'a Book<'a>,
    pub(super) asked: &'a Asked,
    pub(super) audience: &'a Audience,
    today: NaiveDate,
}

impl<'a> Answer<'a> {
    /// Nothing of it yet.
    pub(super) fn new(
        book: &'a Book<'a>,
        asked: &'a Asked,
        audience: &'a Audience,
        today: NaiveDate,
    ) -> Self {
        Self { book, asked, audience, today }
    }
}

impl Answer<'_> {
    pub(super) fn is_asked(&self, id: &Id) -> bool {
        self.book.is_asked(id, &self.asked.subjects, self.audience)
    }

    /// The data point that was asked for; else the last one of the year group; of the phase the last one at
    /// which each of its year groups with results has some.
    fn point_of(&self, subject: &Id, measure: Measure, year: Option<YearGroup>) -> Option<Point> {
        if self.asked.point == Some(Point::Baseline) {
            return self.asked.point;
        }
        let of = |year: YearGroup| self.book.points_of(subject, measure, year);
        let points = match year {
            Some(year) => of(year),
            None => {
                let all: Vec<Vec<Point>> = self
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
    pub(super) fn has_come(&self, point: Point) -> bool {
        let Point::End(half_term) = point else { return true };
        self.book
            .school
            .set_up
            .calendar
            .half_term(half_term)
            .is_none_or(|half_term| half_term.from <= self.today)
    }

    fn measures(&self, subject: &Id) -> Vec<Measure> {
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

    fn groups(&self, subject: &Id, measure: Measure) -> Vec<Group> {
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
    pub(super) fn year_groups(&self) -> Vec<Option<YearGroup>> {
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

    pub(super) fn veil(&self, moment: Moment) -> Rc<Veil> {
        veil(self.book, moment, self.audience)
    }

    fn tally(
        &self,
        subject: &Id,
        measure: Measure,
        year: Option<YearGroup>,
        group: &Group,
        moment: Moment,
    ) -> Tally {
        let marks = self.book.marks(subject, measure, moment);
        self.book.tally(&marks, |pupil| self.book.belongs(pupil, year, group))
    }

    /// What is expected of a year group, or of the phase: its year groups by how many pupils count in each.
    fn expected(
        &self,
        subject: &Id,
        measure: Measure,
        year: Option<YearGroup>,
        group: &Group,
        moment: Moment,
    ) -> Option<expected_path::Expected> {
        if let Some(year) = year {
            return expected(self.book, subject, measure, year, group, moment);
        }
        let (mut pupils, mut sum, mut end) = (0.0, 0.0, 0.0);
        let mut start = Some(0.0);
        let mut whole: Option<expected_path::Expected> = None;
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
                    Some(_) => expected_path::Expected { from: From::Given, ..of_year },
                    None => of_year,
                });
            }
        }
        let start = start.map(|sum| sum / pupils);
        whole.map(|whole| expected_path::Expected { value: sum / pupils, start, end: end / pupils, ..whole })
    }

    /// How a group stands at a data point; none where nobody of it is there and nobody asked for it.
    pub(super) fn standing(
        &mut self,
        subject: &Id,
        measure: Measure,
        year: Option<YearGroup>,
        group: &Group,
        point: Point,
    ) -> Option<Standing> {
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
        let mut standing = Standing {
            subject: subject.clone(),
            measure,
            year_group: year.map(|year| year.to_string()),
            group: group.clone(),
            point,
            n: (shown < Shown::Nothing).then_some(tally.n),
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
            hidden: (shown > Shown::All).then_some('c'),
            p: None,
        };
        // That there is nobody is told where how many there are would be.
        if tally.n == 0 && shown < Shown::Nothing {
            standing.hidden = (!leader).then_some('z');
            standing.flag = Some(Flag::NoPupils);
        }
        if shown > Shown::All || tally.n == 0 {
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
    fn tells(
        &mut self,
        expected: &expected_path::Expected,
        subject: &Id,
        measure: Measure,
        year: Option<YearGroup>,
        group: &Group,
        moment: Moment,
    ) -> bool {
        let of_phase = year.is_none();
        let began = expected.begun.is_some_and(|begun| {
            let veil = self.veil(begun);
            let whole = !of_phase || veil.is_whole(subject, measure, &Axis::YearGroups);
            !whole || veil.shows(subject, measure, year, group) != Shown::All
        });
        began || (of_phase && self.veil(moment).hides_a_number(&Axis::YearGroups))
    }

    /// The same without those who have no baseline and joined late.
    fn without_joiners(
        &self,
        subject: &Id,
        measure: Measure,
        year: Option<YearGroup>,
        group: &Group,
        moment: Moment,
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
    fn course(
        &mut self,
        subject: &Id,
        measure: Measure,
        year: Option<YearGroup>,
        group: &Group,
        point: Point,
    ) -> Option<Course> {
        let leader = *self.audience == Audience::Leader;
        let until = self.book.now(point);
        let moments = [self.book.now(Point::Baseline)].into_iter().chain(expected_path::moments(self.book));
        let mut at = Vec::new();
        for moment in moments.filter(|moment| *moment <= until || moment.academic_year < until.academic_year)
        {
            // Of the phase only what all its year groups were in: this year.
            let whole = year.is_some() || moment.academic_year == self.book.year;
            let within = year
                .is_none_or(|year| moment.point == Point::Baseline || self.book.position(year, moment) > 0.0);
            let tally = self.tally(subject, measure, year, group, moment);
            if tally.n == 0 || !whole || !within {
                continue;
            }
            let shown = self.veil(moment).shows(subject, measure, year, group);
            let expected = self.expected(subject, measure, year, group, moment);
            let expected =
                expected.filter(|expected| !self.tells(expected, subject, measure, year, group, moment));
            let at_start = moment.point == Point::Baseline;
            at.push(Step {
                moment,
                n: leader.then_some(tally.n),
                percent: tally
                    .share()
                    .filter(|_| shown == Shown::All)
                    .map(|share| rounded(share * 100.0, !leader)),
                expected_percent: expected
                    .filter(|_| shown == Shown::All && !at_start)
                    .map(|expected| rounded(expected.value * 100.0, !leader)),
            });
        }
        let any = at.iter().any(|step| step.percent.is_some());
        (at.len() > 1 && any).then(|| Course {
            subject: subject.clone(),
            measure,
            year_group: year.map(|year| year.to_string()),
            group: group.clone(),
            at,
        })
    }

    /// Where the phase has pupils in one year group only, the year group says all.
    fn drop_doubles(&self, standings: &mut Vec<Standing>, courses: &mut Vec<Course>) {
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
    fn assumed(&self, standings: &[Standing]) -> Vec<String> {
        let mut assumed = Vec::new();
        let name = |id: &Id| self.book.school.measured_name(id).to_owned();
        let mut no_path: Vec<String> = Vec::new();
        let mut first_point: Vec<String> = Vec::new();
        for row in standings.iter().filter(|row| row.at_standard.is_some() && row.group == Group::All) {
            let list = match row.path {
                None => &mut no_path,
                Some(From::FirstPoint) => &mut first_point,
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
    fn beside_them(&self, standings: &[Standing]) -> Option<String> {
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
