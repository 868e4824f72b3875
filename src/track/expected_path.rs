//! The path: the share expected at each data point, from entry to the target.

use serde::Serialize;

use super::cohort::Cohort;
use super::tracked_group::TrackedGroup;
use crate::school::{DataPoint, DatedPoint, Group, Id, Measure, Target, YearGroup};

/// Where an expected share comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ExpectedBasis {
    /// Given by the school for that data point.
    Given,
    /// On the straight path from the baseline to the target.
    Baseline,
    /// On the straight path from the first data point that there is to the target: there is no baseline.
    FirstPoint,
}

/// What is expected.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ExpectedShare {
    /// The share, between 0 and 1; of an average the score.
    pub value: f64,
    pub from: ExpectedBasis,
    /// The share at which the path begins, where it begins at what pupils reached.
    pub start: Option<f64>,
    /// The share that it leads to next.
    pub end: f64,
    /// The moment at which the path begins, where it begins at what pupils reached.
    pub begun: Option<DatedPoint>,
}

/// Returns what is expected of a year group's pupils at a moment: given by the school for that point; else on the
/// straight path `S + (T - S) * j / m` between what is known on either side, entry share S, target share T,
/// `j` of `m` terms gone. `None` where one side is not known; the phase as a whole has no path.
pub fn expected(cohort: &Cohort<'_>, of: TrackedGroup<'_>, moment: DatedPoint) -> Option<ExpectedShare> {
    let year_group = of.year_group?;
    let at = cohort.position(year_group, moment);
    let mut given: Vec<(f64, f64)> = targets(cohort, of, year_group)
        .into_iter()
        .map(|target| match target.point {
            Some(point) => (cohort.position(year_group, cohort.now(point)), target.value),
            None => (cohort.length(), target.value),
        })
        .collect();
    given.sort_by(|a, b| a.0.total_cmp(&b.0));
    if let Some((_, value)) = given.iter().find(|(position, _)| (position - at).abs() < 1e-9) {
        return Some(ExpectedShare {
            value: *value,
            from: ExpectedBasis::Given,
            start: None,
            end: *value,
            begun: None,
        });
    }
    let next = given.iter().find(|(position, _)| *position > at)?;
    let before = given.iter().rev().find(|(position, _)| *position < at).copied();
    let start = start(cohort, of, year_group, moment);
    let (from, begin, begun) = match (before, start) {
        (Some(before), _) => (ExpectedBasis::Given, before, None),
        (None, Some(start)) => (start.from, start.at, Some(start.moment)),
        (None, None) => return None,
    };
    let value = begin.1 + (next.1 - begin.1) * (at - begin.0) / (next.0 - begin.0);
    let start = begun.map(|_| begin.1);
    Some(ExpectedShare { value, from, start, end: next.1, begun })
}

/// Where a path begins.
struct PathStart {
    from: ExpectedBasis,
    moment: DatedPoint,
    /// How far into the phase, and the share then.
    at: (f64, f64),
}

/// The targets that hold for a year group and a group: of each data point the one that names most. A group
/// without targets of its own aims at what all aim at.
fn targets<'b>(cohort: &'b Cohort<'_>, of: TrackedGroup<'_>, year_group: YearGroup) -> Vec<&'b Target> {
    let fits = |target: &&Target| {
        target.subject == *of.subject
            && target.measure == of.measure
            && target.year_group.is_none_or(|year| year == year_group)
    };
    let aimed_at = |group: &Group| -> Vec<&Target> {
        cohort.targets.iter().filter(fits).filter(|target| target.group == *group).collect()
    };
    let own = aimed_at(of.group);
    let found = if own.is_empty() { aimed_at(&Group::All) } else { own };
    let names_more = |target: &&Target| {
        target.year_group.is_some()
            || !found.iter().any(|other| other.point == target.point && other.year_group.is_some())
    };
    found.iter().copied().filter(names_more).collect()
}

/// Where a path begins: at the baseline, else at the first data point of the phase before the moment.
fn start(
    cohort: &Cohort<'_>,
    of: TrackedGroup<'_>,
    year_group: YearGroup,
    moment: DatedPoint,
) -> Option<PathStart> {
    let level = |then: DatedPoint| level(cohort, of, then);
    let entry = cohort.now(DataPoint::Baseline);
    if let Some(share) = level(entry) {
        return Some(PathStart { from: ExpectedBasis::Baseline, moment: entry, at: (0.0, share) });
    }
    let at = cohort.position(year_group, moment);
    let earlier = moments(cohort).into_iter().filter(|then| {
        let position = cohort.position(year_group, *then);
        position > 0.0 && position < at
    });
    let begun = |moment: DatedPoint| {
        let at = (cohort.position(year_group, moment), level(moment)?);
        Some(PathStart { from: ExpectedBasis::FirstPoint, moment, at })
    };
    earlier.filter_map(begun).next()
}

/// Returns the share, or of an average the mean, of pupils at a moment; `None` where there are none.
pub fn level(cohort: &Cohort<'_>, of: TrackedGroup<'_>, moment: DatedPoint) -> Option<f64> {
    if of.measure != Measure::Average {
        return cohort.tally_of(of, moment).share();
    }
    let scores = scores(cohort, of.subject, of.year_group, of.group, moment);
    (!scores.is_empty()).then(|| scores.iter().sum::<f64>() / scores.len() as f64)
}

/// The scores of a year group's pupils at a moment.
pub fn scores(
    cohort: &Cohort<'_>,
    subject: &Id,
    year_group: Option<YearGroup>,
    group: &Group,
    moment: DatedPoint,
) -> Vec<f64> {
    let belongs = |index: usize| {
        cohort.year_results.pupils.get(index).is_some_and(|pupil| {
            cohort.year_groups.contains(&pupil.year_group) && cohort.belongs(pupil, year_group, group)
        })
    };
    let scores = cohort.scores(subject, moment);
    scores.iter().filter(|(index, _)| belongs(*index)).map(|(_, value)| *value).collect()
}

/// Every moment of the phase that may have results, earliest first; the baseline is none of them.
pub fn moments(cohort: &Cohort<'_>) -> Vec<DatedPoint> {
    let span = i32::try_from(cohort.year_groups.len()).unwrap_or(1);
    let years = cohort.year - span + 1..=cohort.year;
    let of = |academic_year| {
        (1..=6).map(move |half_term| DatedPoint { academic_year, point: DataPoint::End(half_term) })
    };
    years.flat_map(of).collect()
}
