//! What is aimed at: each target with how many pupils it means, and how many are there now.

use serde::Serialize;

use super::cohort::Cohort;
use super::expected_path::{ExpectedBasis, ExpectedShare, expected};
use super::tracked_group::TrackedGroup;
use super::trajectory::answer::Trajectory;
use crate::privacy::audience::Audience;
use crate::school::{DataPoint, Group, Id, Measure, Phase, School, YearGroup};
use crate::statistics::proportion_test::FEWEST;

/// A target.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct TargetProgress {
    pub year_group: String,
    pub subject: Id,
    pub measure: Measure,
    pub group: Group,
    /// By which data point; the end of the phase where there is none.
    pub point: Option<DataPoint>,
    /// The share aimed at then, in percent; of an average the score.
    pub target: f64,
    /// The share on the path to it at the end of this academic year: of the oldest the target itself, else where all
    /// pupils are meant and a path begins.
    pub this_year: Option<f64>,
    /// How many pupils of the year group this year's share is, and how many there are; none of a group, or where they
    /// are few.
    pub pupils: Option<(u32, u32)>,
    /// The share now, in percent, where it may be shown.
    pub now: Option<f64>,
}

/// The targets of each year group of a phase, with its cohort and how the pupils do now, where any are known.
pub fn targets(
    school: &School,
    phase: &Phase,
    cohort: Option<&Cohort<'_>>,
    standings: Option<&Trajectory>,
    audience: &Audience,
) -> Vec<TargetProgress> {
    let on_roll = |year: YearGroup| {
        let own = cohort?.members().filter(|(_, pupil)| pupil.year_group == year).count();
        u32::try_from(own).ok().filter(|own| *own >= FEWEST)
    };
    // From the phase's pupils and one year group's the other's would follow.
    let none_is_small = phase.year_groups.iter().all(|year| on_roll(*year).is_some());
    let mut all = Vec::new();
    for year in &phase.year_groups {
        let own =
            school.attainment.targets.iter().filter(|target| target.year_group.is_none_or(|of| of == *year));
        for target in own {
            let is_share = target.measure != Measure::Average;
            let in_percent = |value: f64| if is_share { value * 100.0 } else { value };
            let now = standings.into_iter().flat_map(|answer| &answer.subjects).find(|row| {
                row.subject == target.subject
                    && row.measure == target.measure
                    && row.group == target.group
                    && row.year_group.as_deref() == Some(year.to_string().as_str())
            });
            let is_whole = target.group == Group::All && on_roll(*year).is_some();
            // A group's path begins at its own share on entry, which may not be shown.
            let path = cohort.filter(|_| is_whole && target.point.is_none()).and_then(|cohort| {
                let end = cohort.now(DataPoint::End(6));
                let (subject, group) = (&target.subject, &target.group);
                let of = TrackedGroup { subject, measure: target.measure, year_group: Some(*year), group };
                expected(cohort, of, end)
            });
            // What lies between a share on entry and a target discloses that share, which not everybody may know.
            let told = |path: &ExpectedShare| {
                path.from == ExpectedBasis::Given || audience.sees_results_of_year_groups()
            };
            let on_path = path
                .filter(told)
                .map(|path| if is_share { (path.value * 100.0).round() / 100.0 } else { path.value });
            // For the oldest the end of this year is the end of the phase.
            let is_oldest = phase.year_groups.iter().max() == Some(year) && target.point.is_none();
            let this_year = if is_oldest { Some(target.value) } else { on_path };
            let whole = on_roll(*year).filter(|_| is_share && is_whole && none_is_small).zip(this_year);
            all.push(TargetProgress {
                year_group: year.to_string(),
                subject: target.subject.clone(),
                measure: target.measure,
                group: target.group.clone(),
                point: target.point,
                target: in_percent(target.value),
                this_year: this_year.map(in_percent),
                pupils: whole.map(|(of, share)| ((f64::from(of) * share - 1e-9).ceil() as u32, of)),
                now: now.and_then(|row| row.percent),
            });
        }
    }
    all
}
