//! Where a shortfall lies, in pupils.
//!
//! By year group, class, group and strand, exactly; and who attends less. It says where, never why.

pub mod answer;

use std::collections::BTreeMap;

use super::cohort::{Cohort, PupilMark, PupilTally};
use super::expected_path::expected;
use super::tracked_group::TrackedGroup;
use crate::school::attainment::measure::{ATTENDANCE, LOW_ATTENDANCE};
use crate::school::year_group::year_groups_in_words;
use crate::school::{DataPoint, DatedPoint, Group, Id, Measure, Pupil, ResultKind, ResultReading, YearGroup};
use crate::statistics::{difference, proportion_test};

pub use answer::{
    AttendanceComparison, CountedPupils, OtherResultKind, Shortfall, ShortfallDivision, ShortfallPart,
    StrandResult, StrandResults,
};

/// What is asked.
#[derive(Clone, Debug)]
pub struct ShortfallQuery {
    /// The subject, as results name it.
    pub subject: Id,
    /// The data point; else the last one.
    pub point: Option<DataPoint>,
    /// What is counted; else what has a target, or the first that results allow.
    pub measure: Option<Measure>,
    pub year_group: Option<YearGroup>,
    /// Which kind of result counts.
    pub kind: Option<ResultKind>,
}

/// Why there is nothing to divide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoShortfall {
    /// The subject has no results at the point.
    NoResults,
    /// There is no path to fall short of.
    NoPath,
}

/// Where a subject's shortfall lies.
///
/// # Errors
/// Where there are no results, or there is no path.
pub fn shortfall(cohort: &Cohort<'_>, asked: &ShortfallQuery) -> Result<Shortfall, NoShortfall> {
    let points = cohort.points(&asked.subject);
    let point = match asked.point {
        Some(point) => points.contains(&point).then_some(point),
        None => points.last().copied(),
    };
    let moment = cohort.now(point.ok_or(NoShortfall::NoResults)?);
    let there = cohort.measures(&asked.subject);
    let aimed = |measure: &&Measure| {
        cohort
            .school
            .attainment
            .targets
            .iter()
            .any(|target| target.subject == asked.subject && target.measure == **measure)
    };
    let measure = match asked.measure {
        Some(measure) => there.contains(&measure).then_some(measure),
        None => there.iter().find(aimed).or(there.first()).copied(),
    };
    let measure = measure.ok_or(NoShortfall::NoResults)?;
    let mut paths: BTreeMap<YearGroup, Option<f64>> = BTreeMap::new();
    for year in &cohort.year_groups {
        let of =
            TrackedGroup { subject: &asked.subject, measure, year_group: Some(*year), group: &Group::All };
        let path = expected(cohort, of, moment);
        paths.insert(*year, path.map(|path| path.value));
    }
    let marks = cohort.marks(&asked.subject, measure, moment);
    let view = ShortfallBuilder { cohort, asked, measure, marks: &marks, paths, moment };
    let counted = view.counted(|_| true).ok_or(NoShortfall::NoPath)?;
    if counted.n == 0 {
        return Err(NoShortfall::NoResults);
    }
    let share = counted.expected / f64::from(counted.n);
    let tally = view.tally(|_| true);
    let stayed = Group::of("mobility", &["no"]);
    let stays = |pupil: &Pupil| cohort.belongs(pupil, None, &stayed);
    let without = view.counted(stays).filter(|rest| rest.n < counted.n);
    Ok(Shortfall {
        subject: asked.subject.clone(),
        measure,
        year_group: asked.year_group.map(|year| year.to_string()),
        point: moment.point,
        expected_percent: share * 100.0,
        flag: proportion_test::flag(counted.at_standard, counted.n, share),
        p_exact: proportion_test::exact(counted.at_standard, counted.n, share),
        not_assessed: tally.n - tally.assessed,
        without_result: tally.without_result,
        without_joiners: without,
        divisions: view.divisions(),
        strands: view.strands(),
        attendance: view.attendance(),
        other_kind: view.other_kind(measure),
        counted,
    })
}

struct ShortfallBuilder<'a> {
    cohort: &'a Cohort<'a>,
    asked: &'a ShortfallQuery,
    measure: Measure,
    marks: &'a [PupilMark],
    paths: BTreeMap<YearGroup, Option<f64>>,
    moment: DatedPoint,
}

impl ShortfallBuilder<'_> {
    /// The pupils that are asked about, and how each stood.
    fn pupils(&self) -> impl Iterator<Item = (usize, &Pupil, PupilMark)> {
        let within = |pupil: &Pupil| self.asked.year_group.is_none_or(|year| pupil.year_group == year);
        let all = self.cohort.members().filter(move |(_, pupil)| within(pupil));
        all.map(|(index, pupil)| {
            (index, pupil, self.marks.get(index).copied().unwrap_or(PupilMark::NoResult))
        })
    }

    fn tally(&self, holds: impl Fn(&Pupil) -> bool) -> PupilTally {
        let mut tally = PupilTally::default();
        for (_, pupil, mark) in self.pupils() {
            if holds(pupil) {
                tally.count(Some(mark));
            }
        }
        tally
    }

    /// Pupils against the path of each one's year group; none where a year group has no path.
    fn counted(&self, holds: impl Fn(&Pupil) -> bool) -> Option<CountedPupils> {
        let mut counted = CountedPupils::default();
        for (_, pupil, mark) in self.pupils().filter(|(_, pupil, _)| holds(pupil)) {
            if matches!(mark, PupilMark::Away | PupilMark::NoResult) {
                continue;
            }
            counted.n += 1;
            counted.at_standard += u32::from(mark == PupilMark::Met);
            counted.expected += self.paths.get(&pupil.year_group).copied().flatten()?;
        }
        counted.pupils = f64::from(counted.at_standard) - counted.expected;
        Some(counted)
    }

    /// Pupils more or fewer at the baseline than the share of each one's year group on entry.
    fn on_entry(&self, holds: impl Fn(&Pupil) -> bool) -> Option<f64> {
        let moment = self.cohort.now(DataPoint::Baseline);
        let marks = self.cohort.marks(&self.asked.subject, self.measure, moment);
        let mut sum = 0.0;
        let mut any = false;
        for year in &self.cohort.year_groups {
            let of = |pupil: &Pupil| pupil.year_group == *year;
            let Some(share) = self.cohort.tally(&marks, of).share() else { continue };
            let within = self.asked.year_group.is_none_or(|asked| asked == *year);
            let tally = self.cohort.tally(&marks, |pupil| of(pupil) && within && holds(pupil));
            any |= tally.n > 0;
            sum += f64::from(tally.met) - f64::from(tally.n) * share;
        }
        any.then_some(sum)
    }

    fn divisions(&self) -> Vec<ShortfallDivision> {
        let mut divisions = Vec::new();
        if self.asked.year_group.is_none() {
            let of = |pupil: &Pupil| Some(pupil.year_group.to_string());
            divisions.push(self.division("year_group", "year group", of, year_groups_in_words));
        }
        let of = |pupil: &Pupil| Some(pupil.class.to_string());
        divisions.push(self.division("class", "class", of, str::to_owned));
        for (index, grouping) in self.cohort.school.settings.groupings.iter().enumerate() {
            let of = move |pupil: &Pupil| pupil.groups.get(index)?.as_ref().map(ToString::to_string);
            let says = |value: &str| match value {
                "" => "not recorded".to_owned(),
                value => grouping.says(value),
            };
            divisions.push(self.division(grouping.column.as_str(), &grouping.title, of, says));
        }
        // A division into one part, or by what nobody has filled in, says nothing.
        divisions.retain(|division| division.parts.len() > 1);
        divisions
    }

    fn division(
        &self,
        by: &str,
        title: &str,
        of: impl Fn(&Pupil) -> Option<String>,
        says: impl Fn(&str) -> String,
    ) -> ShortfallDivision {
        let mut values: Vec<String> =
            self.pupils().map(|(_, pupil, _)| of(pupil).unwrap_or_default()).collect();
        values.sort();
        values.dedup();
        let mut parts = Vec::new();
        for value in &values {
            let is = |pupil: &Pupil| of(pupil).unwrap_or_default() == *value;
            let others = |pupil: &Pupil| of(pupil).is_some_and(|other| other != *value);
            let Some(counted) = self.counted(is).filter(|counted| counted.n > 0) else { continue };
            let rest = self.tally(others);
            let against = difference::verdict((counted.at_standard, counted.n), (rest.met, rest.n));
            let on_entry = self.on_entry(is);
            parts.push(ShortfallPart { says: says(value), counted, on_entry, against_the_rest: against });
        }
        parts.sort_by(|a, b| a.counted.pupils.total_cmp(&b.counted.pupils).then(a.says.cmp(&b.says)));
        ShortfallDivision { by: by.to_owned(), title: title.to_owned(), parts }
    }

    fn strands(&self) -> Option<StrandResults> {
        let year_results = self.cohort.year_results;
        let measured = year_results.index_of(self.asked.subject.as_str())?;
        let mut below: BTreeMap<u32, Vec<u16>> = BTreeMap::new();
        let mut counts: BTreeMap<u16, (u32, u32)> = BTreeMap::new();
        let mut known: BTreeMap<u32, u32> = BTreeMap::new();
        let members: BTreeMap<usize, PupilMark> =
            self.pupils().map(|(index, _, mark)| (index, mark)).collect();
        for row in year_results.results_at(measured, self.moment.point) {
            let (Some(strand), ResultReading::Attained { met: Some(met), .. }) = (row.strand, row.reading)
            else {
                continue;
            };
            if !members.contains_key(&(row.pupil as usize)) {
                continue;
            }
            let count = counts.entry(strand).or_default();
            count.0 += 1;
            count.1 += u32::from(met);
            *known.entry(row.pupil).or_default() += 1;
            if !met {
                below.entry(row.pupil).or_default().push(strand);
            }
        }
        if counts.is_empty() {
            return None;
        }
        let mut only: BTreeMap<u16, u32> = BTreeMap::new();
        let mut strands = StrandResults::default();
        for (index, mark) in members {
            if !matches!(mark, PupilMark::NotMet | PupilMark::NotAssessed) {
                continue;
            }
            let pupil = u32::try_from(index).unwrap_or(u32::MAX);
            match (below.get(&pupil).map(Vec::as_slice), known.contains_key(&pupil)) {
                (_, false) => strands.unknown += 1,
                (None | Some([]), true) => strands.none += 1,
                (Some([strand]), true) => *only.entry(*strand).or_default() += 1,
                (Some(_), true) => strands.several += 1,
            }
        }
        strands.strands = counts
            .into_iter()
            .filter_map(|(index, (n, at_standard))| {
                let strand = year_results.strands.get(usize::from(index))?.clone();
                let only_here = only.get(&index).copied().unwrap_or(0);
                Some(StrandResult { strand, n, at_standard, only_here })
            })
            .collect();
        // Their indices follow the order of rows, which is not counted.
        strands.strands.sort_by(|a, b| a.strand.cmp(&b.strand));
        Some(strands)
    }

    fn attendance(&self) -> Option<AttendanceComparison> {
        let subject = Id::new(ATTENDANCE);
        let point = self.cohort.points(&subject).into_iter().rfind(|point| *point <= self.moment.point)?;
        let scores: BTreeMap<usize, f64> =
            self.cohort.scores(&subject, self.cohort.now(point)).iter().copied().collect();
        let of = |wanted: fn(PupilMark) -> bool| -> Vec<f64> {
            let chosen = self.pupils().filter(|(_, _, mark)| wanted(*mark));
            chosen.filter_map(|(index, ..)| scores.get(&index).copied()).collect()
        };
        let at = of(|mark| mark == PupilMark::Met);
        let below = of(|mark| matches!(mark, PupilMark::NotMet | PupilMark::NotAssessed));
        let low = |all: &[f64]| {
            let low = all.iter().filter(|score| **score <= f64::from(LOW_ATTENDANCE)).count();
            (u32::try_from(low).unwrap_or(0), u32::try_from(all.len()).unwrap_or(0))
        };
        let mean = |all: &[f64]| (!all.is_empty()).then(|| all.iter().sum::<f64>() / all.len() as f64);
        Some(AttendanceComparison {
            point,
            verdict: difference::verdict(low(&below), low(&at)),
            low_at_standard: low(&at),
            low_below: low(&below),
            mean_at_standard: mean(&at),
            mean_below: mean(&below),
        })
    }

    /// The other kind of result against the one that counts, for the pupils who have both.
    fn other_kind(&self, measure: Measure) -> Option<OtherResultKind> {
        let counted = self.cohort.rows(&self.asked.subject, self.moment, |_| true);
        let kind = match counted.first()?.1.kind {
            ResultKind::Teacher => ResultKind::Test,
            ResultKind::Test => ResultKind::Teacher,
        };
        let other = Cohort::open(self.cohort.school, self.cohort.phase, self.cohort.year, Some(kind))?;
        let marks = other.marks(&self.asked.subject, measure, self.moment);
        let mut both = OtherResultKind { kind: kind.word(), n: 0, counted: 0, other: 0 };
        for (index, _, mark) in self.pupils() {
            let beside = marks.get(index).copied().unwrap_or(PupilMark::NoResult);
            let is_known = |mark: PupilMark| matches!(mark, PupilMark::Met | PupilMark::NotMet);
            if is_known(mark) && is_known(beside) {
                both.n += 1;
                both.counted += u32::from(mark == PupilMark::Met);
                both.other += u32::from(beside == PupilMark::Met);
            }
        }
        (both.n > 0).then_some(both)
    }
}
