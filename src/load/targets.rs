//! `targets.csv` and `starts.csv`: what is aimed at, and what pupils who started alike reach.

use super::assessments::{point, subject};
use super::form::{self, Wrong};
use super::record::Faults;
use super::source::Source;
use super::{csv, pupils, results};
use crate::school::School;
use crate::school::attainment::{Measure, Start, Target};
use crate::school::layout;

/// Reads the targets.
pub fn read(source: &Source, school: &School, faults: &mut Faults) -> Vec<Target> {
    let mut targets: Vec<Target> = Vec::new();
    for record in csv::records(source, layout::TARGETS.columns, faults) {
        for name in ["subject", "measure", "percent"] {
            record.required(name, faults);
        }
        let subject = record.read("subject", faults, |text| subject(text, school));
        let words = Measure::WORDS.iter().map(|row| (row.0, row.1));
        let measure = record.read("measure", faults, |text| form::word(text, "measure", words));
        let value = record.read("percent", faults, |text| match measure {
            Some(Measure::Average) => results::number(text, 0.0..=120.0),
            _ => results::number(text, 0.0..=100.0).map(|percent| percent / 100.0),
        });
        let point =
            record.read("point", faults, |text| point(text, &school.calendar).map(|(point, _)| point));
        let year_group = record.read("year_group", faults, form::year_group);
        let group = match record.cell("group") {
            Some(cell) => record.value(cell, faults, |text| pupils::group(text, &school.groupings)),
            None => Some(crate::school::pupils::Group::All),
        };
        let (Some(subject), Some(measure), Some(value), Some(group)) = (subject, measure, value, group)
        else {
            continue;
        };
        let target = Target { subject, measure, value, point, year_group, group, at: record.place() };
        let same =
            |one: &Target| (one.subject.clone(), one.measure, one.point, one.year_group, one.group.clone());
        if let Some(twin) = targets.iter().find(|other| same(other) == same(&target)) {
            let message = format!("this is aimed at twice ({})", twin.at);
            faults.error(source, &record.first_line(), Wrong::new(message, "keep one of the two"));
            continue;
        }
        targets.push(target);
    }
    targets.sort_by(|a, b| {
        let key =
            |one: &Target| (one.subject.clone(), one.measure, one.point, one.year_group, one.group.clone());
        key(a).cmp(&key(b))
    });
    targets
}

/// Reads what pupils who started alike reach.
pub fn starts(source: &Source, school: &School, faults: &mut Faults) -> Vec<Start> {
    let mut starts: Vec<Start> = Vec::new();
    for record in csv::records(source, layout::STARTS.columns, faults) {
        for name in ["start", "reached"] {
            record.required(name, faults);
        }
        let subject = record.read("subject", faults, |text| subject(text, school));
        let reached = record.read("reached", faults, |text| results::number(text, 0.0..=200.0));
        let spread = record.read("spread", faults, |text| results::number(text, 0.0..=100.0));
        let (Some(start), Some(reached)) = (record.text("start"), reached) else { continue };
        let start = Start { subject, start: form::folded(&start), reached, spread, at: record.place() };
        let twin =
            starts.iter().find(|other| (&other.subject, &other.start) == (&start.subject, &start.start));
        if let Some(twin) = twin {
            let message = format!("this start is there twice ({})", twin.at);
            faults.error(source, &record.first_line(), Wrong::new(message, "keep one of the two"));
            continue;
        }
        starts.push(start);
    }
    starts
}
