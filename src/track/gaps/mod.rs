//! Groups compared at each data point, and with where they began.

pub mod answer;
mod group_pair;

use std::collections::BTreeMap;
use std::rc::Rc;

use chrono::NaiveDate;

use super::cohort::{Cohort, PupilTally};
use super::expected_path;
use super::suppression::mask::{SuppressionMask, Visibility};
use super::suppression::{mask_for, rounded};
use super::tracked_group::TrackedGroup;
use crate::privacy::audience::Audience;
use crate::school::attainment::pupils::{MOBILITY, SEND};
use crate::school::{
    DataPoint, DatedPoint, Group, Grouping, Id, Measure, Phase, PupilResult, ResultKind, ResultReading,
    Scale, School, YearGroup,
};
use crate::statistics::difference;
use crate::statistics::proportion_test::{self, FEWEST};
use group_pair::{GroupPair, open_to, pairs};

pub use answer::{Gap, GapAtPoint, GapSinceStart, Gaps, GroupCounts, LadderMoves, RankComparison};
pub use group_pair::OTHERS;

/// What is asked.
#[derive(Clone, Debug, Default)]
pub struct GapsQuery {
    /// Only these subjects, as results name them.
    pub subjects: Vec<Id>,
    /// The data point; else the last one of each subject.
    pub point: Option<DataPoint>,
    /// What is counted; else the first that the results allow.
    pub measure: Option<Measure>,
    pub columns: Vec<Id>,
    pub year_group: Option<YearGroup>,
    /// Which kind of result counts.
    pub kind: Option<ResultKind>,
}

/// Sets the groups of a phase against each other; `None` where no pupils are known.
pub fn gaps(
    school: &School,
    phase: &Phase,
    asked: &GapsQuery,
    audience: &Audience,
    today: NaiveDate,
) -> Option<Gaps> {
    let cohort = Cohort::open(school, phase, school.set_up.calendar.academic_year.0, asked.kind)?;
    Some(of_book(&cohort, asked, audience, today))
}

/// The same, from a cohort that is open already.
pub fn of_book(cohort: &Cohort<'_>, asked: &GapsQuery, audience: &Audience, today: NaiveDate) -> Gaps {
    let (school, phase) = (cohort.school, cohort.phase);
    let mut answer = GapsBuilder { cohort, asked, audience, steps: BTreeMap::new() };
    let mut all = Vec::new();
    let mut empty = Vec::new();
    let mut alike = Vec::new();
    for (index, grouping) in school.settings.groupings.iter().enumerate() {
        let named = asked.columns.contains(&grouping.column);
        // Who joined late shows between the counts of two data points: that is for the leader.
        let open = *audience == Audience::Leader || grouping.column.as_str() != MOBILITY;
        if !(named || asked.columns.is_empty()) || !open {
            continue;
        }
        let mut values: Vec<Id> =
            cohort.members().filter_map(|(_, pupil)| pupil.groups.get(index)?.clone()).collect();
        values.sort();
        values.dedup();
        if values.is_empty() {
            if named {
                empty.push(grouping.column.clone());
            }
            continue;
        }
        let none = grouping.column.as_str() == SEND && values.iter().all(|value| value.as_str() != "N");
        if (values.len() == 1 && named) || none {
            alike.push(grouping.column.clone());
        }
        let told = |pair: &GroupPair| open_to(&pair.first, audience) && open_to(&pair.second, audience);
        for pair in pairs(grouping, &values).into_iter().filter(told) {
            for subject in cohort.subjects() {
                all.extend(answer.gap(&subject, grouping, &pair));
            }
        }
    }
    let gaps = Gaps {
        schema: "phase/gaps/1",
        academic_year: school.set_up.calendar.academic_year.to_string(),
        phase: phase.id.clone(),
        year_group: asked.year_group.map(|year| year.to_string()),
        audience: audience.clone(),
        tests: 0,
        expected_by_chance: 0.0,
        gaps: all,
        empty,
        alike,
        made_on: today,
    };
    gaps.counted()
}

struct GapsBuilder<'a> {
    cohort: &'a Cohort<'a>,
    asked: &'a GapsQuery,
    audience: &'a Audience,
    steps: BTreeMap<(Id, DatedPoint), LadderSteps>,
}

/// The step of each pupil, by index.
type LadderSteps = Rc<BTreeMap<usize, (Scale, f32)>>;

impl GapsBuilder<'_> {
    fn is_asked(&self, subject: &Id) -> bool {
        self.cohort.is_asked(subject, &self.asked.subjects, self.audience)
    }

    fn is_leader(&self) -> bool {
        *self.audience == Audience::Leader
    }

    fn mask(&self, moment: DatedPoint) -> Rc<SuppressionMask> {
        mask_for(self.cohort, moment, self.audience)
    }

    fn shows(&mut self, subject: &Id, measure: Measure, group: &Group, moment: DatedPoint) -> Visibility {
        let year = self.asked.year_group;
        self.mask(moment).shows(subject, measure, year, group)
    }

    fn tally(&self, subject: &Id, measure: Measure, group: &Group, moment: DatedPoint) -> PupilTally {
        let of = TrackedGroup { subject, measure, year_group: self.asked.year_group, group };
        self.cohort.tally_of(of, moment)
    }

    fn gap(&mut self, subject: &Id, grouping: &Grouping, pair: &GroupPair) -> Option<Gap> {
        if !self.is_asked(subject) {
            return None;
        }
        let points = self.cohort.points(subject);
        let point = match self.asked.point {
            Some(point) => points.contains(&point).then_some(point)?,
            None => *points.last()?,
        };
        let there = self.cohort.measures(subject);
        let measure = match self.asked.measure {
            Some(measure) => there.contains(&measure).then_some(measure)?,
            None => *there.first()?,
        };
        let now = self.apart(subject, measure, pair, self.cohort.now(point))?;
        let earlier =
            points.iter().filter(|earlier| **earlier < point).map(|earlier| self.cohort.now(*earlier));
        let moments: Vec<DatedPoint> =
            [self.cohort.now(DataPoint::Baseline)].into_iter().chain(earlier).collect();
        let mut before: Vec<GapAtPoint> =
            moments.into_iter().filter_map(|moment| self.apart(subject, measure, pair, moment)).collect();
        if !self.is_leader() {
            // From the counts of two data points it would follow how many have come and gone.
            for side in before.iter_mut().flat_map(|apart| [&mut apart.first, &mut apart.second]) {
                (side.n, side.at_standard) = (None, None);
            }
        }
        let sides = [(&pair.first, &pair.says.0), (&pair.second, &pair.says.1)];
        let since = sides.map(|(group, says)| self.since(subject, measure, group, says, point));
        let all = self.tally(subject, measure, &Group::All, self.cohort.now(point)).n;
        let values: Vec<Id> = match (&pair.first, &pair.second) {
            (Group::Of { values: first, .. }, Group::Of { values: second, .. }) => {
                first.iter().chain(second).cloned().collect()
            }
            _ => Vec::new(),
        };
        let both = Group::Of { column: grouping.column.clone(), values };
        let recorded = self.tally(subject, measure, &both, self.cohort.now(point)).n;
        Some(Gap {
            subject: subject.clone(),
            measure,
            column: grouping.column.clone(),
            ranked: self.ranked(subject, pair, &now),
            now,
            before,
            since_baseline: since.into_iter().flatten().collect(),
            // Of two kinds of special need set apart, the third is no gap in the records.
            not_recorded: (self.is_leader() && grouping.column.as_str() != SEND).then_some(all - recorded),
        })
    }

    fn side(
        &mut self,
        subject: &Id,
        measure: Measure,
        group: &Group,
        says: &str,
        moment: DatedPoint,
    ) -> (GroupCounts, PupilTally) {
        let tally = self.tally(subject, measure, group, moment);
        let shown = self.shows(subject, measure, group, moment);
        let whole = !self.is_leader();
        let hidden = match (tally.n, shown) {
            (0, _) if whole => Some('z'),
            (_, Visibility::All) => None,
            _ => Some('c'),
        };
        let open = shown == Visibility::All && tally.n > 0;
        let side = GroupCounts {
            group: group.clone(),
            says: says.to_owned(),
            n: (shown < Visibility::Nothing && hidden != Some('z')).then_some(tally.n),
            at_standard: open.then_some(tally.met),
            percent: tally.share().filter(|_| open).map(|share| percent(share, whole)),
            hidden,
        };
        (side, tally)
    }

    fn apart(
        &mut self,
        subject: &Id,
        measure: Measure,
        pair: &GroupPair,
        moment: DatedPoint,
    ) -> Option<GapAtPoint> {
        let (first, of_first) = self.side(subject, measure, &pair.first, &pair.says.0, moment);
        let (second, of_second) = self.side(subject, measure, &pair.second, &pair.says.1, moment);
        if of_first.n == 0 || of_second.n == 0 {
            return None;
        }
        let open = first.at_standard.is_some() && second.at_standard.is_some();
        let (one, other) = ((of_first.met, of_first.n), (of_second.met, of_second.n));
        let whole = !self.is_leader();
        let apart = difference::difference(one, other).filter(|_| open);
        let enough = of_first.n >= FEWEST && of_second.n >= FEWEST;
        Some(GapAtPoint {
            point: moment.point,
            difference: apart.map(|apart| percent(apart.difference, whole)),
            interval: apart
                .filter(|_| enough)
                .map(|apart| [percent(apart.low, whole), percent(apart.high, whole)]),
            pupils_gap: of_second
                .share()
                .filter(|_| open)
                .map(|share| proportion_test::pupils_gap(of_first.met, of_first.n, share)),
            verdict: open.then(|| difference::verdict(one, other)),
            first,
            second,
        })
    }

    /// A group against its own baseline.
    fn since(
        &mut self,
        subject: &Id,
        measure: Measure,
        group: &Group,
        says: &str,
        point: DataPoint,
    ) -> Option<GapSinceStart> {
        let (entry, now) = (self.cohort.now(DataPoint::Baseline), self.cohort.now(point));
        let then = self.tally(subject, measure, group, entry);
        let tally = self.tally(subject, measure, group, now);
        let share = then.share()?;
        if tally.n == 0 {
            return None;
        }
        let open = self.shows(subject, measure, group, entry) == Visibility::All
            && self.shows(subject, measure, group, now) == Visibility::All;
        let leader = self.is_leader();
        Some(GapSinceStart {
            group: group.clone(),
            says: says.to_owned(),
            baseline_percent: open.then(|| percent(share, !leader)),
            pupils_gap: open.then(|| proportion_test::pupils_gap(tally.met, tally.n, share)),
            flag: open.then(|| proportion_test::flag(tally.met, tally.n, share)),
            // The steps that pupils took are in no agreed table: they are of pupils who were at both points.
            moved: if leader { self.moved(subject, group, entry, now) } else { None },
        })
    }

    /// How the pupils of a group have moved between two moments, of those with a step at both on one scale.
    fn moved(
        &mut self,
        subject: &Id,
        group: &Group,
        then: DatedPoint,
        now: DatedPoint,
    ) -> Option<LadderMoves> {
        let (before, after) = (self.steps(subject, then), self.steps(subject, now));
        let mut moved = LadderMoves { up: 0, same: 0, down: 0 };
        for (index, (scale, step)) in after.iter() {
            let Some((was, before)) = before.get(index) else { continue };
            let member = self.cohort.year_results.pupils.get(*index).is_some_and(|pupil| {
                self.cohort.year_groups.contains(&pupil.year_group)
                    && self.cohort.belongs(pupil, self.asked.year_group, group)
            });
            if !member || was != scale {
                continue;
            }
            match step.total_cmp(before) {
                std::cmp::Ordering::Greater => moved.up += 1,
                std::cmp::Ordering::Equal => moved.same += 1,
                std::cmp::Ordering::Less => moved.down += 1,
            }
        }
        (moved.up + moved.same + moved.down > 0).then_some(moved)
    }

    /// The step of each pupil at a moment; at the baseline the first that is recorded.
    fn steps(&mut self, subject: &Id, moment: DatedPoint) -> LadderSteps {
        let cohort = self.cohort;
        let read = || {
            let is_step = |row: &PupilResult| matches!(row.scale, Scale::Ladder | Scale::OnTrack);
            let moments: Vec<DatedPoint> = match moment.point {
                DataPoint::Baseline => cohort.entries().collect(),
                DataPoint::End(_) => vec![moment],
            };
            let mut steps = BTreeMap::new();
            for (index, row) in moments.into_iter().flat_map(|moment| cohort.rows(subject, moment, is_step)) {
                if let ResultReading::Attained { value: Some(value), .. } = row.reading {
                    steps.entry(index).or_insert((row.scale, value));
                }
            }
            Rc::new(steps)
        };
        self.steps.entry((subject.clone(), moment)).or_insert_with(read).clone()
    }

    /// On scaled scores of one test: of the year group asked for, or the only one with any.
    fn ranked(&self, subject: &Id, pair: &GroupPair, now: &GapAtPoint) -> Option<RankComparison> {
        let moment = self.cohort.now(now.point);
        let tested: Vec<YearGroup> = self
            .cohort
            .year_groups
            .iter()
            .copied()
            .filter(|year| self.asked.year_group.is_none_or(|asked| asked == *year))
            .filter(|year| {
                !expected_path::scores(self.cohort, subject, Some(*year), &Group::All, moment).is_empty()
            })
            .collect();
        let [year] = tested.as_slice() else { return None };
        let of = |group: &Group| expected_path::scores(self.cohort, subject, Some(*year), group, moment);
        let (first, second) = (of(&pair.first), of(&pair.second));
        let delta = difference::cliffs_delta(&first, &second)?;
        let fewest = FEWEST as usize;
        let small = first.len() < fewest || second.len() < fewest;
        // Where only a part of the phase was tested, how many these are is in no agreed table.
        let whole = self.cohort.year_groups.len() == 1;
        let open = self.is_leader() || (!small && whole && now.verdict.is_some());
        open.then(|| RankComparison {
            index: percent(delta / 10.0, false),
            outranked_percent: percent(f64::midpoint(1.0, delta), !self.is_leader()),
            n_first: first.len(),
            n_second: second.len(),
            small,
        })
    }
}

/// A share in percent, in whole ones where it is shown to others.
fn percent(share: f64, whole: bool) -> f64 {
    rounded(share * 100.0, whole)
}
