//! `targets.csv` and `starts.csv`: what is aimed at, and what pupils who started alike reach.

use super::assessments::{point, subject};
use super::{pupils, result_codes};
use crate::load::formats::{Source, ValueError, csv, values};
use crate::school::attainment::measure::{GLD, RWM};
use crate::school::{Id, Measure, School, StartingPoint, Target, YearResults, layout};

/// Reads the targets.
pub fn read(source: &Source, school: &School, year_results: Option<&YearResults>) -> Vec<Target> {
    let mut targets: Vec<Target> = Vec::new();
    for record in csv::records(source, layout::TARGETS.columns) {
        for name in ["subject", "measure", "percent"] {
            record.required(name);
        }
        let subject = record.read("subject", |text| subject(text, school));
        let measure = record.read("measure", |text| values::fixed_word(text, "measure"));
        let value = record.read("percent", |text| match measure {
            Some(Measure::Average) => result_codes::number(text, 0.0..=120.0),
            _ => percent(text),
        });
        let point = record.read("point", |text| point(text, &school.set_up.calendar).map(|(point, _)| point));
        let year_group = record.read("year_group", values::year_group);
        let group = match record.cell("group") {
            Some(cell) => record.value(cell, |text| pupils::group(text, &school.settings.groupings)),
            None => Some(crate::school::Group::All),
        };
        let (Some(subject), Some(measure), Some(value), Some(group)) = (subject, measure, value, group)
        else {
            continue;
        };
        let target = Target { subject, measure, value, point, year_group, group, at: record.place() };
        let same =
            |one: &Target| (one.subject.clone(), one.measure, one.point, one.year_group, one.group.clone());
        if let Some(wrong) = unassessed(&target.subject, school, year_results)
            && let Some(cell) = record.cell("subject")
        {
            source.warning(&cell.at, wrong.message, &wrong.hint);
        }
        if let Some(twin) = targets.iter().find(|other| same(other) == same(&target)) {
            let message = format!("this is aimed at twice ({})", twin.at);
            source.error(&record.first_line(), message, "keep one of the two");
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

/// That nothing is assessed in a subject, where results are in at all.
fn unassessed(subject: &Id, school: &School, year_results: Option<&YearResults>) -> Option<ValueError> {
    let year_results = year_results.filter(|year_results| !year_results.results.is_empty())?;
    let made_of_several = [RWM, GLD].contains(&subject.as_str());
    if made_of_several || year_results.index_of(subject.as_str()).is_some() {
        return None;
    }
    let parts =
        school.set_up.subjects.get(subject).map(|subject| subject.assessed_as.as_slice()).unwrap_or_default();
    let parts: Vec<&str> =
        parts.iter().map(Id::as_str).filter(|part| year_results.index_of(part).is_some()).collect();
    let hint = match parts.as_slice() {
        [] => "its results go into assessments.csv".to_owned(),
        parts => format!("it is assessed as {}", parts.join(", ")),
    };
    Some(ValueError::new(format!("no results in {subject} are in yet"), &hint))
}

/// A share in percent.
///
/// # Errors
/// Where it is none, or one written as a fraction.
fn percent(text: &str) -> Result<f64, ValueError> {
    if let Some(bare) = text.trim().strip_suffix('%') {
        return Err(ValueError::new(
            format!("`{}` has a sign", text.trim()),
            &format!("write {}", bare.trim()),
        ));
    }
    let percent = result_codes::number(text, 0.0..=100.0)?;
    if percent > 0.0 && percent < 1.0 {
        let hint = format!("write it in percent: {}", percent * 100.0);
        return Err(ValueError::new(format!("`{}` is under 1%", text.trim()), &hint));
    }
    Ok(percent / 100.0)
}

/// Reads what pupils who started alike reach.
pub fn starts(source: &Source, school: &School) -> Vec<StartingPoint> {
    let mut starts: Vec<StartingPoint> = Vec::new();
    for record in csv::records(source, layout::STARTS.columns) {
        for name in ["start", "reached"] {
            record.required(name);
        }
        let subject = record.read("subject", |text| subject(text, school));
        let reached = record.read("reached", |text| result_codes::number(text, 0.0..=200.0));
        let spread = record.read("spread", |text| result_codes::number(text, 0.0..=100.0));
        let (Some(start), Some(reached)) = (record.text("start"), reached) else { continue };
        let start =
            StartingPoint { subject, start: values::folded(&start), reached, spread, at: record.place() };
        let twin =
            starts.iter().find(|other| (&other.subject, &other.start) == (&start.subject, &start.start));
        if let Some(twin) = twin {
            let message = format!("this start is there twice ({})", twin.at);
            source.error(&record.first_line(), message, "keep one of the two");
            continue;
        }
        starts.push(start);
    }
    starts
}
