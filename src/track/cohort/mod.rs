//! The pupils of a phase in one academic year, and their results.

mod marks;
mod pupil_tally;

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

use super::suppression::mask::SuppressionMask;
use super::tracked_group::TrackedGroup;
use crate::privacy::audience::Audience;
use crate::school::attainment::measure::{ATTENDANCE, GLD, GOALS, RWM, RWM_PARTS};
use crate::school::{
    DataPoint, DatedPoint, Group, Id, Measure, Phase, Pupil, PupilResult, ResultKind, ResultReading, Scale,
    School, Target, YearGroup, YearResults,
};

pub use pupil_tally::{PupilMark, PupilMarks, PupilTally};

/// Scores, each with the index of its pupil.
pub type PupilScores = Rc<[(usize, f64)]>;

/// What is remembered of marks that were worked out before.
type MarksCache = BTreeMap<(Id, Measure, DatedPoint), PupilMarks>;

/// The pupils of a phase in one academic year.
pub struct Cohort<'s> {
    pub school: &'s School,
    pub phase: &'s Phase,
    /// The pupils of the year, and their results in it.
    pub year_results: &'s YearResults,
    /// What is aimed at: the school's targets, or those that are tried.
    pub targets: Cow<'s, [Target]>,
    /// The academic year's first calendar year.
    pub year: i32,
    /// The phase's year groups, youngest first.
    pub year_groups: Vec<YearGroup>,
    /// Which kind of result counts; else the teacher's, or where there is none the test's.
    kind: Option<ResultKind>,
    /// For each earlier year, this roll's index of each of its pupils.
    here: BTreeMap<i32, Vec<Option<u32>>>,
    known: RefCell<MarksCache>,
    scores: RefCell<BTreeMap<(Id, DatedPoint), PupilScores>>,
    /// What each audience may see of each moment, worked out once for all answers from this cohort.
    pub(super) masks: RefCell<BTreeMap<(DatedPoint, &'static str), Rc<SuppressionMask>>>,
}

impl<'s> Cohort<'s> {
    /// The cohort of a phase in an academic year; `None` where no pupils are known.
    pub fn open(school: &'s School, phase: &'s Phase, year: i32, kind: Option<ResultKind>) -> Option<Self> {
        let year_results = school.attainment.results_by_year.get(&year)?;
        let index: HashMap<&Id, u32> =
            year_results.pupils.iter().zip(0_u32..).map(|(pupil, index)| (&pupil.id, index)).collect();
        let mut year_groups = phase.year_groups.clone();
        year_groups.sort_unstable();
        year_groups.dedup();
        let span = i32::try_from(year_groups.len()).unwrap_or(0);
        let earlier = school
            .attainment
            .results_by_year
            .iter()
            .filter(|(other, _)| (year - span + 1..year).contains(*other));
        let here = earlier.map(|(other, year_results)| {
            (*other, year_results.pupils.iter().map(|pupil| index.get(&pupil.id).copied()).collect())
        });
        let here = here.collect();
        Some(Self {
            targets: Cow::Borrowed(&school.attainment.targets),
            school,
            phase,
            year_results,
            year,
            year_groups,
            kind,
            here,
            known: RefCell::default(),
            scores: RefCell::default(),
            masks: RefCell::default(),
        })
    }

    /// A data point of this academic year.
    pub fn now(&self, point: DataPoint) -> DatedPoint {
        DatedPoint { academic_year: self.year, point }
    }

    /// The pupils of the phase, with their index.
    pub fn members(&self) -> impl Iterator<Item = (usize, &'s Pupil)> + '_ {
        let pupils = self.year_results.pupils.iter().enumerate();
        pupils.filter(|(_, pupil)| self.year_groups.contains(&pupil.year_group))
    }

    /// How many years of the phase a year group has behind it.
    pub(super) fn years_behind(&self, year_group: YearGroup) -> i32 {
        let index = self.year_groups.iter().position(|year| *year == year_group);
        index.and_then(|index| i32::try_from(index).ok()).unwrap_or(0)
    }

    /// How far into the phase a moment lies for a year group of now, in terms.
    pub fn position(&self, year_group: YearGroup, moment: DatedPoint) -> f64 {
        let years = self.years_behind(year_group) - (self.year - moment.academic_year);
        match moment.point {
            DataPoint::Baseline => 0.0,
            point => 3.0 * f64::from(years) + point.terms(),
        }
    }

    /// How long the phase is, in terms: 3 a year.
    pub fn length(&self) -> f64 {
        3.0 * self.year_groups.len() as f64
    }

    /// Whether a subject is among those asked for (none named: every one), and the audience may see it: a
    /// subject leader sees what they lead.
    pub fn is_asked(&self, subject: &Id, named: &[Id], audience: &Audience) -> bool {
        let own = match audience {
            Audience::SubjectLeader(person) => {
                let subject = self.school.subject_of(subject);
                subject.is_some_and(|subject| subject.leader.as_ref() == Some(person))
            }
            _ => true,
        };
        own && (named.is_empty() || named.contains(subject))
    }

    /// Everything that is assessed in the phase this year, in order; goals and attendance left out, what is
    /// made of several put in.
    pub fn subjects(&self) -> Vec<Id> {
        let mut subjects: Vec<Id> = Vec::new();
        let is_goal = |id: &Id| GOALS.iter().any(|goal| goal.0 == id.as_str());
        let mut goals = false;
        for (index, id) in self.year_results.measured.iter().enumerate() {
            let Ok(index) = u16::try_from(index) else { continue };
            let of_phase = |outcome: &&PupilResult| self.is_member(outcome.pupil) && outcome.strand.is_none();
            let mut own = self.year_results.results_of(index).iter();
            let Some(first) = own.by_ref().find(of_phase) else { continue };
            let profile = first.scale == Scale::Profile && is_goal(id);
            goals |= profile;
            let other = profile && own.filter(of_phase).all(|outcome| outcome.scale == Scale::Profile);
            if id.as_str() != ATTENDANCE && !other {
                subjects.push(id.clone());
            }
        }
        if goals {
            subjects.push(Id::new(GLD));
        }
        if RWM_PARTS.iter().all(|part| subjects.iter().any(|id| id.as_str() == *part)) {
            subjects.push(Id::new(RWM));
        }
        subjects.sort_by_key(|id| (self.rank(id), id.clone()));
        subjects.dedup();
        subjects
    }

    /// Reading, writing and maths first, as people speak of them.
    fn rank(&self, id: &Id) -> usize {
        let order = ["phonics", "reading", "writing", "maths", RWM, "gps", "science", GLD];
        order.iter().position(|known| *known == id.as_str()).unwrap_or(order.len())
    }

    fn is_member(&self, pupil: u32) -> bool {
        let pupil = self.year_results.pupils.get(pupil as usize);
        pupil.is_some_and(|pupil| self.year_groups.contains(&pupil.year_group))
    }

    /// The measures that the results of a subject allow: expected and higher, or on track.
    pub fn measures(&self, subject: &Id) -> Vec<Measure> {
        let parts: Vec<&str> = match subject.as_str() {
            RWM => RWM_PARTS.to_vec(),
            other => vec![other],
        };
        let scales: Vec<Scale> = parts.iter().filter_map(|part| self.scale_of(part)).collect();
        let any = |found: fn(&Scale) -> bool| scales.iter().any(found);
        let mut measures = Vec::new();
        if any(|scale| *scale != Scale::OnTrack) || subject.as_str() == GLD {
            measures.push(Measure::Expected);
        }
        if any(|scale| matches!(scale, Scale::Ladder | Scale::Scaled | Scale::Mark | Scale::Level)) {
            measures.push(Measure::Higher);
        }
        let on_track = parts.iter().all(|part| {
            self.year_results.index_of(part).is_some_and(|index| {
                self.year_results.results_of(index).iter().any(|row| row.scale == Scale::OnTrack)
            })
        });
        if on_track {
            measures.push(Measure::OnTrack);
        }
        measures
    }

    fn scale_of(&self, measured: &str) -> Option<Scale> {
        let index = self.year_results.index_of(measured)?;
        let own = self.year_results.results_of(index).iter();
        own.map(|row| row.scale).min_by_key(|scale| *scale == Scale::OnTrack)
    }

    /// Who or what gave the results of a year group in a subject at a moment; none where there are none, or
    /// several subjects make one.
    pub fn kind_at(&self, subject: &Id, moment: DatedPoint, year_group: YearGroup) -> Option<ResultKind> {
        let moments: Vec<DatedPoint> = match moment.point {
            DataPoint::Baseline => self.entries().collect(),
            DataPoint::End(_) => vec![moment],
        };
        let of_year = |index: usize| {
            self.year_results.pupils.get(index).is_some_and(|pupil| pupil.year_group == year_group)
        };
        let mut rows = moments.into_iter().flat_map(|moment| self.rows(subject, moment, |_| true));
        rows.find(|(index, _)| of_year(*index)).map(|(_, row)| row.kind)
    }

    /// The data points of this year at which a subject was assessed, in order; the baseline is none of them.
    pub fn points(&self, subject: &Id) -> Vec<DataPoint> {
        let parts: Vec<&str> = match subject.as_str() {
            RWM => RWM_PARTS.to_vec(),
            GLD => GOALS.iter().filter(|goal| goal.3).map(|goal| goal.0).chain([GLD]).collect(),
            other => vec![other],
        };
        let of = |part: &&str| match self.year_results.index_of(part) {
            Some(index) => self.year_results.points_of(index),
            None => Vec::new(),
        };
        let mut points: Vec<DataPoint> =
            parts.iter().flat_map(of).filter(|point| *point != DataPoint::Baseline).collect();
        points.sort_unstable();
        points.dedup();
        if subject.as_str() == RWM {
            points.retain(|point| parts.iter().all(|part| of(part).contains(point)));
        }
        points
    }

    /// The days of the half term at whose end a data point lies.
    fn dates(&self, point: DataPoint) -> Option<(chrono::NaiveDate, chrono::NaiveDate)> {
        let DataPoint::End(half_term) = point else { return None };
        let half_term = self.school.set_up.calendar.half_term(half_term)?;
        (self.school.set_up.calendar.academic_year.0 == self.year).then_some((half_term.from, half_term.to))
    }

    /// The results of a subject at a moment that count, each with this roll's index of its pupil: of a year
    /// group those of the teacher, or where there is none those of the test.
    pub fn rows(
        &self,
        subject: &Id,
        moment: DatedPoint,
        wanted: impl Fn(&PupilResult) -> bool,
    ) -> Vec<(usize, &'s PupilResult)> {
        let Some(year_results) = self.school.attainment.results_by_year.get(&moment.academic_year) else {
            return Vec::new();
        };
        let Some(measured) = year_results.index_of(subject.as_str()) else { return Vec::new() };
        let here = self.here.get(&moment.academic_year);
        let index = |row: &PupilResult| match here {
            Some(here) => here.get(row.pupil as usize).copied().flatten(),
            None => Some(row.pupil),
        };
        let own = |row: &'s PupilResult| {
            let index = usize::try_from(index(row)?).ok()?;
            (row.strand.is_none() && wanted(row)).then_some((index, row))
        };
        let rows: Vec<(usize, &PupilResult)> =
            year_results.results_at(measured, moment.point).iter().filter_map(own).collect();
        let year_of = |index: usize| self.year_results.pupils.get(index).map(|pupil| pupil.year_group);
        let taught: Vec<YearGroup> = match self.kind {
            Some(_) => Vec::new(),
            None => {
                let by_teacher = rows.iter().filter(|(_, row)| row.kind == ResultKind::Teacher);
                let mut years: Vec<YearGroup> = by_teacher.filter_map(|(index, _)| year_of(*index)).collect();
                years.sort_unstable();
                years.dedup();
                years
            }
        };
        let counts = |(index, row): &(usize, &PupilResult)| match self.kind {
            Some(kind) => row.kind == kind,
            None => {
                let by_teacher = year_of(*index).is_some_and(|year| taught.contains(&year));
                (row.kind == ResultKind::Teacher) == by_teacher
            }
        };
        rows.into_iter().filter(counts).collect()
    }

    /// The scores of a subject at a moment, those of true scores only, with this roll's index; at the
    /// baseline each pupil's first.
    pub fn scores(&self, subject: &Id, moment: DatedPoint) -> PupilScores {
        let key = (subject.clone(), moment);
        if let Some(known) = self.scores.borrow().get(&key) {
            return known.clone();
        }
        let scores: PupilScores = self.read_scores(subject, moment).into();
        self.scores.borrow_mut().insert(key, scores.clone());
        scores
    }

    fn read_scores(&self, subject: &Id, moment: DatedPoint) -> Vec<(usize, f64)> {
        if moment.point != DataPoint::Baseline {
            return self.scores_then(subject, moment);
        }
        let mut first: BTreeMap<usize, f64> = BTreeMap::new();
        for moment in self.entries() {
            for (index, score) in self.scores_then(subject, moment) {
                first.entry(index).or_insert(score);
            }
        }
        first.into_iter().collect()
    }

    /// The baselines that may hold what pupils came into the phase with, earliest first.
    pub fn entries(&self) -> impl Iterator<Item = DatedPoint> + '_ {
        let years = self.here.keys().copied().chain([self.year]);
        years.map(|academic_year| DatedPoint { academic_year, point: DataPoint::Baseline })
    }

    fn scores_then(&self, subject: &Id, moment: DatedPoint) -> Vec<(usize, f64)> {
        let rows = self.rows(subject, moment, |row| row.scale.is_score());
        let value = |(index, row): (usize, &PupilResult)| match row.reading {
            ResultReading::Attained { value: Some(value), .. } => Some((index, f64::from(value))),
            _ => None,
        };
        let away = |index: usize| {
            let dates = (moment.academic_year == self.year).then(|| self.dates(moment.point)).flatten();
            let left = self.year_results.pupils.get(index).and_then(|pupil| pupil.left);
            dates.zip(left).is_some_and(|((from, _), left)| left < from)
        };
        rows.into_iter().filter_map(value).filter(|(index, _)| !away(*index)).collect()
    }

    /// Counts the pupils of the phase for whom something holds.
    pub fn tally(&self, marks: &[PupilMark], holds: impl Fn(&Pupil) -> bool) -> PupilTally {
        let mut tally = PupilTally::default();
        for (index, pupil) in self.members() {
            if holds(pupil) {
                tally.count(marks.get(index).copied());
            }
        }
        tally
    }

    /// Counts the pupils of a tracked group at a moment.
    pub fn tally_of(&self, of: TrackedGroup<'_>, moment: DatedPoint) -> PupilTally {
        let marks = self.marks(of.subject, of.measure, moment);
        self.tally(&marks, |pupil| self.belongs(pupil, of.year_group, of.group))
    }

    /// Whether a pupil belongs to a year group, where one is named, and to a group.
    pub fn belongs(&self, pupil: &Pupil, year_group: Option<YearGroup>, group: &Group) -> bool {
        year_group.is_none_or(|year| pupil.year_group == year)
            && group.has(pupil, &self.school.settings.groupings) == Some(true)
    }
}
