//! `availability.csv`: what people do when.

use std::collections::BTreeMap;

use crate::load::formats::{Record, times, values};
use crate::load::names::Names;
use crate::school::{Availability, Hours, Id, Period, Person, RecurringDays, RecurringTime};

/// Adds what people do when to the staff.
pub fn availability(
    records: &[Record<'_>],
    periods: &[Period],
    names: &Names,
    staff: &mut BTreeMap<Id, Person>,
) {
    for record in records {
        record.required("staff");
        record.required("status");
        let person = record.read("staff", |text| names.find(text));
        let status = record.read("status", |text| values::fixed_word(&alias(text), "status"));
        let week = record.read("week", times::week_letter);
        let hours = hours(record, periods);
        let days = days(record);
        let (Some(person), Some(status), Some(hours), Some(days)) = (person, status, hours, days) else {
            continue;
        };
        let Some(person) = staff.get_mut(&person) else { continue };
        for hours in hours {
            let row = Availability { when: RecurringTime { days, hours, week }, status, at: record.place() };
            let contrary = person.availability.iter().find(|other| {
                other.status != status
                    && other.when.days == days
                    && other.when.hours == hours
                    && (other.when.week.is_none() || week.is_none() || other.when.week == week)
            });
            if let Some(other) = contrary {
                let message = format!(
                    "{} is `{}` and `{}` at the same time ({})",
                    person.id,
                    other.status.word(),
                    status.word(),
                    other.at
                );
                record.error(&record.at, message, "keep the one that is right");
            }
            person.availability.push(row);
        }
    }
}

fn alias(text: &str) -> String {
    match text.trim().to_lowercase().as_str() {
        "release" | "leadership" | "leadership time" | "free" => "released".to_owned(),
        "ect" | "nqt time" => "ect-time".to_owned(),
        "away" | "absent" | "out" => "off".to_owned(),
        other => other.to_owned(),
    }
}

/// The hours: those of the period, or `None` for all day.
fn hours(record: &Record<'_>, periods: &[Period]) -> Option<Vec<Option<Hours>>> {
    match record.cell("period") {
        None => Some(vec![None]),
        Some(_) => record
            .read("period", |text| times::hours(text, periods))
            .map(|hours| hours.into_iter().map(Some).collect()),
    }
}

/// The weekday, or the dates.
fn days(record: &Record<'_>) -> Option<RecurringDays> {
    let dated = record.cell("date").is_some() || record.cell("from").is_some();
    match (record.cell("weekday"), dated) {
        (Some(_), false) => record.read("weekday", times::weekday).map(RecurringDays::Weekly),
        (None, true) => record.dates().map(|(from, to)| RecurringDays::Dates(from, to)),
        (Some(cell), true) => {
            record.error(&cell.at, "both a weekday and a date are filled in", "keep the one that is meant");
            None
        }
        (None, false) => {
            record.error(
                &record.at,
                "neither `weekday` nor `date` is filled in",
                "write a weekday for every week, or a date",
            );
            None
        }
    }
}
