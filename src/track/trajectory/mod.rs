//! Each subject against its path at each data point, and how sure one can be.

pub mod answer;
mod assumed;
pub mod builder;
mod standing;

use std::borrow::Cow;

use chrono::NaiveDate;

use super::cohort::Cohort;
use super::national_comparison::{self, NationalComparison};
use super::query::AttainmentQuery;
use super::suppression::rounded;
use super::tracked_group::TrackedGroup;
use crate::diagnostic::Place;
use crate::privacy::audience::Audience;
use crate::school::attainment::measure::{GLD, GOALS, RWM};
use crate::school::{Group, Id, Measure, Phase, School, Target};
use crate::statistics::multiple_testing::{BY_CHANCE, RATE, holds_up};
use crate::statistics::proportion_test::Flag;
use answer::{SubjectProgress, Trajectory};
use builder::TrajectoryBuilder;

/// Works out how the subjects of a phase do against their paths; `None` where no pupils are known.
pub fn trajectory(
    school: &School,
    phase: &Phase,
    asked: &AttainmentQuery,
    audience: &Audience,
    today: NaiveDate,
) -> Option<Trajectory> {
    let mut cohort = Cohort::open(school, phase, school.set_up.calendar.academic_year.0, asked.kind)?;
    if !asked.targets.is_empty() {
        cohort.targets = Cow::Owned(tried_targets(school, &asked.targets));
    }
    Some(of_book(&cohort, asked, audience, today))
}

/// The same, from a cohort that is open already; targets to try are not looked at.
pub fn of_book(
    cohort: &Cohort<'_>,
    asked: &AttainmentQuery,
    audience: &Audience,
    today: NaiveDate,
) -> Trajectory {
    let (school, phase) = (cohort.school, cohort.phase);
    let answer = TrajectoryBuilder::new(cohort, asked, audience, today);
    let mut standings = Vec::new();
    let mut over_time = Vec::new();
    let mut beside = Vec::new();
    for subject in &subjects(&answer) {
        for measure in answer.measures(subject) {
            for group in answer.groups(subject, measure) {
                for year_group in answer.year_groups() {
                    let Some(point) = answer.point_of(subject, measure, year_group) else { continue };
                    let of = TrackedGroup { subject, measure, year_group, group: &group };
                    standings.extend(answer.standing(of, point));
                    over_time.extend(answer.course(of, point));
                    beside.extend(national_comparison::beside(&school.attainment.national, of, cohort.year));
                }
            }
        }
    }
    answer.drop_doubles(&mut standings, &mut over_time);
    let averages = answer.averages();
    let tests = mark_what_holds_up(&mut standings);
    let flags = standings.iter().filter(|standing| standing.flag.is_some_and(Flag::is_raised)).count();
    // A national figure is shown only with a row that is shown.
    beside.retain(|figure: &NationalComparison| {
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
        tests,
        flags_expected_by_chance: rounded(BY_CHANCE * tests as f64, false),
        flags,
        subjects: standings,
        averages,
        over_time,
        national: beside,
        made_on: today,
    }
}

/// The subjects that are asked for.
fn subjects(answer: &TrajectoryBuilder<'_>) -> Vec<Id> {
    let mut subjects = answer.cohort.subjects();
    // A goal of the profile is one part of the good level: it is shown where it is asked for.
    let is_goal = |id: &&Id| GOALS.iter().any(|goal| goal.0 == id.as_str());
    let goals = answer.asked.subjects.iter().filter(is_goal);
    let goals: Vec<Id> = goals.filter(|id| !subjects.contains(id)).cloned().collect();
    subjects.extend(goals);
    subjects.retain(|id| answer.is_asked(id));
    subjects
}

/// Marks the flags that hold up among as many tests as were made, and returns how many that are.
fn mark_what_holds_up(standings: &mut [SubjectProgress]) -> usize {
    let tested: Vec<f64> = standings.iter().filter_map(|standing| standing.p).collect();
    let mut kept = holds_up(&tested, RATE).into_iter();
    for standing in standings.iter_mut().filter(|standing| standing.p.is_some()) {
        let holds = kept.next();
        standing.holds_up = standing.flag.filter(|flag| flag.is_raised()).and(holds);
    }
    tested.len()
}

/// The school's targets, with those to try for the end of the phase.
fn tried_targets(school: &School, tried: &[(Option<Id>, f64)]) -> Vec<Target> {
    let mut targets = school.attainment.targets.clone();
    let measured =
        school.year_results().map(|year_results| year_results.measured.clone()).unwrap_or_default();
    let all = || measured.iter().cloned().chain([Id::new(RWM), Id::new(GLD)]);
    for (subject, value) in tried {
        let subjects: Vec<Id> = subject.iter().cloned().chain(all().filter(|_| subject.is_none())).collect();
        for subject in subjects {
            targets.retain(|target| {
                target.subject != subject || target.measure != Measure::Expected || target.point.is_some()
            });
            targets.push(Target {
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
    targets
}
