//! Progress and trends: value added as it was in 2004, progress by what pupils started from, three years.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::Serialize;

use super::cohort::Cohort;
use super::expected_path;
use super::national_comparison::{self, NationalComparison};
use super::suppression::mask::{TableAxis, Visibility};
use super::suppression::{mask_for, rounded, rounded_score};
use super::tracked_group::TrackedGroup;
use crate::privacy::audience::Audience;
use crate::school::attainment::pupils::PRIOR_ATTAINMENT;
use crate::school::{
    AcademicYear, DataPoint, DatedPoint, Group, Id, Measure, Phase, PupilResult, ResultReading, Scale,
    School, StartingPoint, YearGroup,
};
use crate::statistics::mean::value_added;
use crate::statistics::proportion::wilson;
use crate::statistics::proportion_test::{self, Flag};

/// One year of a trend, or all of them together.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct TrendYear {
    /// The academic year; all together where there is none.
    pub academic_year: Option<String>,
    /// Pupils who count.
    pub n: Option<u32>,
    pub at_standard: Option<u32>,
    /// Their share, in percent.
    pub percent: Option<f64>,
    pub interval: Option<[f64; 2]>,
    /// `c` where something is hidden.
    pub hidden: Option<char>,
    /// The national figure of that year.
    pub national: Option<NationalComparison>,
}

impl TrendYear {
    /// All years together, of whom so many met the standard, where that is `open` to be shown.
    fn of(n: u32, met: u32, open: bool, leader: bool) -> Self {
        let percent = |share: f64| rounded(share * 100.0, !leader);
        Self {
            academic_year: None,
            n: open.then_some(n),
            at_standard: open.then_some(met),
            percent: open.then(|| rounded(100.0 * f64::from(met) / f64::from(n), !leader)),
            interval: wilson(met, n).filter(|_| open).map(|(low, high)| [low, high].map(percent)),
            hidden: (!open).then_some('c'),
            national: None,
        }
    }
}

/// A subject at the end of the same year group, year after year.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Trend {
    pub subject: Id,
    pub measure: Measure,
    pub year_group: String,
    pub point: DataPoint,
    /// Each year, earliest first.
    pub years: Vec<TrendYear>,
    /// All of them: numerators and denominators added up, never percentages averaged.
    pub pooled: TrendYear,
}

/// Value added, historic.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ValueAdded {
    /// 100 and the mean distance from the medians.
    pub value_added: Option<f64>,
    /// Pupils with a start, an end, and a median for that start.
    pub n: u32,
    /// Pupils with a start and an end whose start has no median.
    pub without_median: u32,
    /// `c` where it is hidden.
    pub hidden: Option<char>,
}

/// Progress of a group of pupils who started alike.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ProgressFromStart {
    pub subject: Id,
    /// The start; all together where there is none.
    pub start: Option<String>,
    /// Pupils with a score.
    pub n: Option<u32>,
    /// The mean distance from what is reached nationally from there.
    pub score: Option<f64>,
    /// The interval: 1.96 times the national spread over the root of n, on either side.
    pub interval: Option<[f64; 2]>,
    pub flag: Option<Flag>,
    /// `c` where it is hidden.
    pub hidden: Option<char>,
}

/// The answer.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct PastYears {
    /// `phase/progress/1`.
    pub schema: &'static str,
    pub phase: Id,
    pub audience: Audience,
    /// Three years of each subject.
    pub trends: Vec<Trend>,
    /// Progress by what pupils started from.
    pub progress: Vec<ProgressFromStart>,
    /// Value added, historic.
    pub value_added: Option<ValueAdded>,
    #[serde(skip)]
    pub made_on: NaiveDate,
}

/// Works out trends and progress of a phase; none where no pupils are known.
pub fn past(
    school: &School,
    phase: &Phase,
    subjects: &[Id],
    audience: &Audience,
    today: NaiveDate,
) -> Option<PastYears> {
    let cohort = Cohort::open(school, phase, school.set_up.calendar.academic_year.0, None)?;
    let is_asked = |subject: &Id| cohort.is_asked(subject, subjects, audience);
    let asked: Vec<Id> = cohort.subjects().into_iter().filter(is_asked).collect();
    let all_subjects = !matches!(audience, Audience::SubjectLeader(_)) && subjects.is_empty();
    Some(PastYears {
        schema: "phase/progress/1",
        phase: phase.id.clone(),
        audience: audience.clone(),
        trends: trends(&cohort, &asked, audience),
        progress: asked.iter().flat_map(|subject| progress(&cohort, subject, audience)).collect(),
        value_added: if all_subjects { added(&cohort, audience) } else { None },
        made_on: today,
    })
}

/// The years of a trend at most.
const YEARS: i32 = 3;

fn trends(cohort: &Cohort<'_>, subjects: &[Id], audience: &Audience) -> Vec<Trend> {
    let school = cohort.school;
    let books: Vec<Cohort<'_>> = (cohort.year - YEARS + 1..=cohort.year)
        .filter_map(|year| Cohort::open(school, cohort.phase, year, None))
        .collect();
    let mut trends = Vec::new();
    for subject in subjects {
        for measure in cohort.measures(subject).into_iter().filter(|measure| *measure != Measure::OnTrack) {
            for year_group in &cohort.year_groups {
                trends.extend(trend(&books, subject, measure, *year_group, audience));
            }
        }
    }
    trends
}

/// The data point at which years are compared: summer where two or more have it, else the one
/// that most years have.
fn point_of(books: &[Cohort<'_>], subject: &Id, measure: Measure, year: YearGroup) -> Option<DataPoint> {
    let has = |cohort: &Cohort<'_>, point: DataPoint| {
        let of = TrackedGroup { subject, measure, year_group: Some(year), group: &Group::All };
        expected_path::level(cohort, of, cohort.now(point)).is_some()
    };
    let years = |point: DataPoint| books.iter().filter(|cohort| has(cohort, point)).count();
    if years(DataPoint::SUMMER) > 1 {
        return Some(DataPoint::SUMMER);
    }
    (1..=6).map(DataPoint::End).max_by_key(|point| (years(*point), *point))
}

fn trend(
    books: &[Cohort<'_>],
    subject: &Id,
    measure: Measure,
    year_group: YearGroup,
    audience: &Audience,
) -> Option<Trend> {
    let leader = *audience == Audience::Leader;
    // Year groups are not for those who see the phase only.
    let of_phase_only = !matches!(audience, Audience::Leader | Audience::Headteacher);
    let point = point_of(books, subject, measure, year_group)?;
    let of = TrackedGroup { subject, measure, year_group: Some(year_group), group: &Group::All };
    let mut years = Vec::new();
    let (mut n, mut met, mut all_shown) = (0, 0, true);
    for cohort in books {
        let moment = cohort.now(point);
        let tally = cohort.tally_of(of, moment);
        if tally.n == 0 {
            continue;
        }
        let shown = mask_for(cohort, moment, audience).shows(subject, measure, Some(year_group), &Group::All);
        let open = shown == Visibility::All;
        all_shown &= open;
        n += tally.n;
        met += tally.met;
        let national = national_comparison::beside(&cohort.school.attainment.national, of, cohort.year);
        years.push(TrendYear {
            academic_year: Some(AcademicYear(cohort.year).to_string()),
            n: (shown < Visibility::Nothing).then_some(tally.n),
            percent: tally.share().filter(|_| open).map(|share| rounded(share * 100.0, !leader)),
            national: national.filter(|figure| figure.same_year),
            ..TrendYear::of(tally.n, tally.met, open, leader)
        });
    }
    if years.len() < 2 || of_phase_only {
        return None;
    }
    Some(Trend {
        subject: subject.clone(),
        measure,
        year_group: year_group.to_string(),
        point,
        years,
        pooled: TrendYear::of(n, met, all_shown, leader),
    })
}

/// What is reached nationally from a start.
fn reached<'a>(starts: &'a [StartingPoint], subject: Option<&Id>, start: &str) -> Option<&'a StartingPoint> {
    starts.iter().find(|row| row.subject.as_ref() == subject && row.start == start)
}

/// Progress by what pupils started from: the mean of score less what is reached nationally from there.
fn progress(cohort: &Cohort<'_>, subject: &Id, audience: &Audience) -> Vec<ProgressFromStart> {
    let starts = &cohort.school.attainment.starts;
    let leader = *audience == Audience::Leader;
    let own = |start: &&StartingPoint| start.subject.as_ref() == Some(subject);
    let Some(spread) = starts.iter().filter(own).find_map(|start| start.spread) else { return Vec::new() };
    let Some(point) = cohort.points(subject).last().copied() else { return Vec::new() };
    let moment = cohort.now(point);
    let by_start = distances(cohort, subject, moment);
    let mask = mask_for(cohort, moment, audience);
    let axis = TableAxis::Column(Id::new(PRIOR_ATTAINMENT));
    let fewest = cohort.school.settings.privacy.counts_up_to;
    // From all and the other parts one that is hidden would follow: then all of the parts are.
    let whole = mask.is_whole(subject, Measure::Expected, &axis)
        && by_start.values().all(|distances| distances.len() > fewest as usize);
    let row = |start: Option<&str>, distances: &[f64]| {
        let n = u32::try_from(distances.len()).unwrap_or(u32::MAX);
        let spread = start.and_then(|start| reached(starts, Some(subject), start)?.spread).unwrap_or(spread);
        let score = (n > 0).then(|| distances.iter().sum::<f64>() / f64::from(n));
        let interval = score
            .zip(proportion_test::progress_half_width(spread, n))
            .map(|(score, half)| (score - half, score + half));
        let open = leader || (n > fewest && (whole || start.is_none() && by_start.len() > 1));
        let shown = |score: f64| rounded_score(score, leader);
        ProgressFromStart {
            subject: subject.clone(),
            start: start.map(str::to_owned),
            n: open.then_some(n),
            score: score.filter(|_| open).map(shown),
            interval: interval.filter(|_| open).map(|(low, high)| [low, high].map(shown)),
            flag: open.then(|| proportion_test::around_zero(n, interval)),
            hidden: (!open).then_some('c'),
        }
    };
    let all: Vec<f64> = by_start.values().flatten().copied().collect();
    if all.is_empty() {
        return Vec::new();
    }
    let order = ["low", "middle", "high"];
    let mut parts: Vec<(&str, &Vec<f64>)> =
        by_start.iter().map(|(start, distances)| (*start, distances)).collect();
    parts.sort_by_key(|(start, _)| order.iter().position(|known| known == start).unwrap_or(order.len()));
    let rows = parts.into_iter().map(|(start, distances)| row(Some(start), distances));
    rows.chain([row(None, &all)]).collect()
}

/// By what pupils started from: how far the score of each is from what is reached nationally from there.
fn distances<'s>(cohort: &Cohort<'s>, subject: &Id, moment: DatedPoint) -> BTreeMap<&'s str, Vec<f64>> {
    let mut by_start: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
    let mut columns = cohort.school.settings.groupings.iter();
    let Some(column) = columns.position(|grouping| grouping.column.as_str() == PRIOR_ATTAINMENT) else {
        return by_start;
    };
    let members: BTreeSet<usize> = cohort.members().map(|(index, _)| index).collect();
    for (index, score) in cohort.scores(subject, moment).iter().copied() {
        let pupil = cohort.year_results.pupils.get(index).filter(|_| members.contains(&index));
        let Some(value) = pupil.and_then(|pupil| pupil.groups.get(column)?.as_ref()) else { continue };
        if let Some(start) = reached(&cohort.school.attainment.starts, Some(subject), value.as_str()) {
            by_start.entry(start.start.as_str()).or_default().push(score - start.reached);
        }
    }
    by_start
}

/// Value added from Key Stage 1 to 2, as the tables of 2004 had it: each pupil's average points against the
/// median of those who started the same. None where no levels are recorded.
fn added(cohort: &Cohort<'_>, audience: &Audience) -> Option<ValueAdded> {
    let average = |moment: DatedPoint, least: f32| {
        let mut sums: BTreeMap<usize, (f64, u32)> = BTreeMap::new();
        for subject in &cohort.year_results.measured {
            let is_level = |row: &PupilResult| row.scale == Scale::Level;
            for (index, row) in cohort.rows(subject, moment, is_level) {
                if let ResultReading::Attained { value: Some(points), .. } = row.reading {
                    let sum = sums.entry(index).or_default();
                    sum.0 += f64::from(points.max(least));
                    sum.1 += 1;
                }
            }
        }
        sums
    };
    let mut start: BTreeMap<usize, (f64, u32)> = BTreeMap::new();
    for moment in cohort.entries() {
        for (index, sum) in average(moment, 0.0) {
            start.entry(index).or_insert(sum);
        }
    }
    // At the end of Key Stage 2 nothing under level 3 has fewer points than level 2.
    let end = average(cohort.now(DataPoint::SUMMER), 15.0);
    let mut pairs = Vec::new();
    let mut without_median = 0;
    for (index, (sum, count)) in &end {
        let Some((began, of)) = start.get(index) else { continue };
        let start = rounded(began / f64::from(*of), false);
        match reached(&cohort.school.attainment.starts, None, &start.to_string()) {
            Some(median) => pairs.push((sum / f64::from(*count), median.reached)),
            None => without_median += 1,
        }
    }
    if pairs.is_empty() && without_median == 0 {
        return None;
    }
    let n = u32::try_from(pairs.len()).unwrap_or(u32::MAX);
    let open = *audience == Audience::Leader || n > cohort.school.settings.privacy.counts_up_to;
    Some(ValueAdded {
        value_added: value_added(&pairs).filter(|_| open).map(|value| rounded(value, false)),
        n: if open { n } else { 0 },
        without_median: if open { without_median } else { 0 },
        hidden: (!open).then_some('c'),
    })
}
