//! How every pupil stood in a subject at a moment.

use super::{Cohort, PupilMark, PupilMarks};
use crate::school::attainment::measure::{GLD, GOALS, RWM, RWM_PARTS};
use crate::school::{
    DataPoint, DatedPoint, Id, Measure, Pupil, PupilResult, ResultReading, Scale, YearGroup,
};

impl Cohort<'_> {
    /// How every pupil stood in a subject at a moment; at the baseline, at the first that is recorded.
    pub fn marks(&self, subject: &Id, measure: Measure, moment: DatedPoint) -> PupilMarks {
        let key = (subject.clone(), measure, moment);
        if let Some(known) = self.known.borrow().get(&key) {
            return known.clone();
        }
        let marks: PupilMarks = match (subject.as_str(), moment.point) {
            (_, DataPoint::Baseline) => self.baseline(subject, measure),
            (RWM, _) => self.combined(RWM_PARTS, measure, moment),
            (GLD, _) => self.good_level(measure, moment),
            _ => self.single(subject, measure, moment),
        };
        self.known.borrow_mut().insert(key, marks.clone());
        marks
    }

    /// The first baseline of each pupil: of this year's workspace or an earlier one's.
    fn baseline(&self, subject: &Id, measure: Measure) -> PupilMarks {
        let mut marks: Vec<PupilMark> = vec![PupilMark::NoResult; self.year_results.pupils.len()];
        for moment in self.entries() {
            let then: PupilMarks = match subject.as_str() {
                RWM => self.combined(RWM_PARTS, measure, moment),
                GLD => self.good_level(measure, moment),
                _ => self.single(subject, measure, moment),
            };
            for ((mark, then), pupil) in marks.iter_mut().zip(then.iter()).zip(&self.year_results.pupils) {
                // What was the baseline of an earlier phase is none of this one.
                let of_phase = self.year - moment.academic_year <= self.years_behind(pupil.year_group);
                if *mark == PupilMark::NoResult && of_phase {
                    *mark = *then;
                }
            }
        }
        marks.into()
    }

    /// Several subjects together.
    fn combined(&self, parts: &[&str], measure: Measure, moment: DatedPoint) -> PupilMarks {
        let of: Vec<PupilMarks> =
            parts.iter().map(|part| self.single(&Id::new(part), measure, moment)).collect();
        self.all_of(&of)
    }

    /// Several together, in the year groups in which each of them has results at all.
    fn all_of(&self, of: &[PupilMarks]) -> PupilMarks {
        let known = |year: YearGroup| {
            of.iter().all(|marks| {
                let mut pupils = marks.iter().zip(&self.year_results.pupils);
                pupils.any(|(mark, pupil)| {
                    pupil.year_group == year && !matches!(mark, PupilMark::NoResult | PupilMark::Away)
                })
            })
        };
        let known: Vec<YearGroup> = self.year_groups.iter().copied().filter(|year| known(*year)).collect();
        let mark = |(index, pupil): (usize, &Pupil)| match known.contains(&pupil.year_group) {
            true => together(of, index),
            false => PupilMark::NoResult,
        };
        self.year_results.pupils.iter().enumerate().map(mark).collect()
    }

    /// The good level of development: from the twelve goals, else as it was given.
    fn good_level(&self, measure: Measure, moment: DatedPoint) -> PupilMarks {
        if measure != Measure::Expected {
            return vec![PupilMark::NoResult; self.year_results.pupils.len()].into();
        }
        let given = self.single(&Id::new(GLD), measure, moment);
        let goals = GOALS.iter().filter(|goal| goal.3).map(|goal| Id::new(goal.0));
        let of: Vec<PupilMarks> = goals.map(|goal| self.of_goal(&goal, moment)).collect();
        let worked_out = self.all_of(&of);
        let both = given.iter().zip(worked_out.iter()).map(|(given, worked_out)| match *worked_out {
            PupilMark::NoResult => *given,
            mark => mark,
        });
        both.collect()
    }

    fn of_goal(&self, goal: &Id, moment: DatedPoint) -> PupilMarks {
        let is_goal = |row: &PupilResult| row.scale == Scale::Profile;
        self.read(goal, moment, is_goal, |row, _| standing(row, Measure::Expected, None))
    }

    fn single(&self, subject: &Id, measure: Measure, moment: DatedPoint) -> PupilMarks {
        // A goal of the profile may bear a subject's name: where the subject has results, they count.
        let goal_apart = self.has_other_scale(subject, moment);
        let wanted = move |row: &PupilResult| match measure {
            Measure::OnTrack => row.scale == Scale::OnTrack,
            Measure::Average => row.scale.is_score(),
            _ => row.scale != Scale::OnTrack && !(goal_apart && row.scale == Scale::Profile),
        };
        self.read(subject, moment, wanted, |row, pupil| standing(row, measure, Some(pupil.year_group)))
    }

    fn has_other_scale(&self, subject: &Id, moment: DatedPoint) -> bool {
        let year_results = self.school.attainment.results_by_year.get(&moment.academic_year);
        let rows = year_results.and_then(|year_results| {
            Some(year_results.results_at(year_results.index_of(subject.as_str())?, moment.point))
        });
        rows.unwrap_or_default().iter().any(|row| !matches!(row.scale, Scale::Profile | Scale::OnTrack))
    }

    /// Reads the results of a subject at a moment, those of the kind that counts.
    fn read(
        &self,
        subject: &Id,
        moment: DatedPoint,
        wanted: impl Fn(&PupilResult) -> bool,
        standing: impl Fn(&PupilResult, &Pupil) -> PupilMark,
    ) -> PupilMarks {
        let mut marks: Vec<PupilMark> = vec![PupilMark::NoResult; self.year_results.pupils.len()];
        for (index, row) in self.rows(subject, moment, wanted) {
            if let (Some(mark), Some(pupil)) = (marks.get_mut(index), self.year_results.pupils.get(index)) {
                *mark = standing(row, pupil);
            }
        }
        let now = (moment.academic_year == self.year).then(|| self.dates(moment.point)).flatten();
        if let Some((from, to)) = now {
            for (mark, pupil) in marks.iter_mut().zip(&self.year_results.pupils) {
                let gone = pupil.left.is_some_and(|left| left < from);
                let to_come = *mark == PupilMark::NoResult && pupil.joined.is_some_and(|joined| joined > to);
                if gone || to_come {
                    *mark = PupilMark::Away;
                }
            }
        }
        marks.into()
    }

    /// The data points of this year at which a year group was assessed in a subject, in order.
    pub fn points_of(&self, subject: &Id, measure: Measure, year_group: YearGroup) -> Vec<DataPoint> {
        let has = |point: &DataPoint| {
            let marks = self.marks(subject, measure, self.now(*point));
            self.tally(&marks, |pupil| pupil.year_group == year_group).n > 0
        };
        self.points(subject).into_iter().filter(has).collect()
    }
}

/// How one pupil stood in several subjects together: each must be met. Where one has no result there is none of
/// all: to count those who are short already, and drop the others, would lean to one side.
fn together(of: &[PupilMarks], index: usize) -> PupilMark {
    let has = |mark: &PupilMark| of.iter().any(|marks| marks.get(index) == Some(mark));
    let first = [PupilMark::Away, PupilMark::NoResult, PupilMark::NotMet, PupilMark::NotAssessed]
        .into_iter()
        .find(has);
    first.unwrap_or(if of.is_empty() { PupilMark::NoResult } else { PupilMark::Met })
}

/// How a pupil stood by one result.
fn standing(row: &PupilResult, measure: Measure, year_group: Option<YearGroup>) -> PupilMark {
    match row.reading {
        ResultReading::NotAssessed => PupilMark::NotAssessed,
        ResultReading::Left => PupilMark::Away,
        ResultReading::Missing => PupilMark::NoResult,
        ResultReading::Attained { met, higher, value } => {
            let (met, higher) = match (row.scale, value) {
                (Scale::Level, Some(points)) => of_level(f64::from(points), year_group),
                _ => (met, higher),
            };
            let met = if measure == Measure::Higher { higher } else { met };
            match met {
                Some(true) => PupilMark::Met,
                Some(false) => PupilMark::NotMet,
                None => PupilMark::NoResult,
            }
        }
    }
}

/// Whether points of levels met the standard of their time: level 2 and 3 in Key Stage 1, 4 and 5 after it
/// (National Curriculum, before 2016).
fn of_level(points: f64, year_group: Option<YearGroup>) -> (Option<bool>, Option<bool>) {
    let infant = year_group.is_none_or(|year| year <= YearGroup::Year(2));
    let (met, higher) = if infant { (13.0, 21.0) } else { (27.0, 33.0) };
    (Some(points >= met), Some(points >= higher))
}
