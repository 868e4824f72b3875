//! Entries of a calendar that repeat, and the zones of their times: made ready to be followed within one
//! academic year, or shown.

use std::collections::BTreeSet;
use std::str::FromStr;

use calcard::common::PartialDateTime;
use calcard::common::timezone::Tz;
use calcard::icalendar::{
    ICalendar, ICalendarComponent, ICalendarFrequency, ICalendarParameterName, ICalendarParameterValue,
    ICalendarProperty, ICalendarRecurrenceRule, ICalendarValue,
};
use chrono::{Datelike, NaiveDate};

use crate::document::plain;

/// The zones that a calendar names and that are known by that name.
pub fn zones(calendar: &ICalendar) -> BTreeSet<String> {
    calendar.timezones().filter_map(|zone| zone.timezone()).map(|(name, _)| name.to_owned()).collect()
}

/// Makes an event ready to be followed: zones by the names of places, rules that end with the academic
/// year.
///
/// # Errors
/// Why it cannot be followed.
pub fn prepare(
    component: &mut ICalendarComponent,
    last: NaiveDate,
    zones: &BTreeSet<String>,
) -> Result<(), String> {
    let rules = component.properties(&ICalendarProperty::Rrule).count();
    if rules > 1 || component.has_property(&ICalendarProperty::Exrule) {
        return Err(
            "it comes by several rules, or has exceptions by a rule: enter its days one by one".to_owned()
        );
    }
    for entry in &mut component.entries {
        for parameter in &mut entry.params {
            if parameter.name == ICalendarParameterName::Tzid {
                zone(&mut parameter.value, zones)?;
            }
        }
        let is_rule = entry.name == ICalendarProperty::Rrule;
        for value in &mut entry.values {
            match value {
                ICalendarValue::RecurrenceRule(rule) => bound(rule, last)?,
                _ if is_rule => return Err("its rule cannot be read".to_owned()),
                // What began long ago would come too often to follow.
                ICalendarValue::PartialDateTime(date) if date.year.is_some_and(|year| year < 1990) => {
                    return Err("it began before 1990".to_owned());
                }
                _ => {}
            }
        }
    }
    Ok(())
}

/// A zone by the name of a place. London's has many: Outlook's `(UTC+00:00) Dublin, Edinburgh, Lisbon,
/// London` is no offset that stays the same all year.
fn zone(value: &mut ICalendarParameterValue, zones: &BTreeSet<String>) -> Result<(), String> {
    let Some(name) = value.as_text() else { return Ok(()) };
    let lower = name.to_lowercase();
    if ["london", "gmt standard time", "british", "greenwich standard"]
        .iter()
        .any(|word| lower.contains(word))
    {
        *value = ICalendarParameterValue::Text("Europe/London".to_owned());
        return Ok(());
    }
    match Tz::from_str(name) {
        Ok(Tz::Tz(_)) => Ok(()),
        Ok(_) if lower == "utc" || lower == "gmt" => Ok(()),
        Err(()) if zones.contains(name) => Ok(()),
        _ => Err(format!("its time zone `{}` is not known", plain(name))),
    }
}

/// Ends a rule with the academic year.
fn bound(rule: &mut ICalendarRecurrenceRule, last: NaiveDate) -> Result<(), String> {
    let often = matches!(
        rule.freq,
        ICalendarFrequency::Secondly | ICalendarFrequency::Minutely | ICalendarFrequency::Hourly
    );
    if often || !rule.bysecond.is_empty() || !rule.byminute.is_empty() || !rule.byhour.is_empty() {
        return Err("it comes more often than daily".to_owned());
    }
    // A last day without a time is whole.
    if let Some(until) = rule.until.as_mut().filter(|until| until.hour.is_none()) {
        (until.hour, until.minute, until.second) = (Some(23), Some(59), Some(59));
    }
    let year = u16::try_from(last.year()).unwrap_or(u16::MAX);
    let until = rule.until.as_ref().and_then(|until| until.year).unwrap_or(u16::MAX);
    if until > year || rule.count.is_some() {
        rule.count = rule.count.filter(|count| *count <= 5_000);
        rule.until = Some(PartialDateTime {
            year: Some(year),
            month: u8::try_from(last.month()).ok(),
            day: u8::try_from(last.day()).ok(),
            hour: Some(23),
            minute: Some(59),
            second: Some(59),
            ..PartialDateTime::default()
        });
    }
    Ok(())
}

/// The rules by which an event repeats.
pub fn rules_of(component: &ICalendarComponent) -> impl Iterator<Item = &ICalendarRecurrenceRule> {
    component.properties(&ICalendarProperty::Rrule).flat_map(|entry| &entry.values).filter_map(|value| {
        match value {
            ICalendarValue::RecurrenceRule(rule) => Some(&**rule),
            _ => None,
        }
    })
}

/// Whether a rule has several conditions.
pub fn is_knotted(rule: &ICalendarRecurrenceRule) -> bool {
    let conditions = [
        !rule.byday.is_empty(),
        !rule.bymonthday.is_empty(),
        !rule.byyearday.is_empty(),
        !rule.byweekno.is_empty(),
        !rule.bymonth.is_empty(),
        !rule.bysetpos.is_empty(),
        rule.interval.is_some_and(|interval| interval > 1),
    ];
    let weekly = rule.freq == ICalendarFrequency::Weekly || rule.freq == ICalendarFrequency::Daily;
    let plain = weekly && rule.bymonthday.is_empty() && rule.byyearday.is_empty() && rule.bymonth.is_empty();
    let far = rule.byday.iter().any(|day| day.ordwk.is_some_and(|nth| nth.abs() > 5));
    far || (!plain && conditions.into_iter().filter(|there| *there).count() > 1)
}

/// Whether an event that repeats leaves a whole day out.
pub fn is_skipped(component: &ICalendarComponent, date: NaiveDate) -> bool {
    let skipped = component.properties(&ICalendarProperty::Exdate).flat_map(|entry| &entry.values);
    skipped.filter_map(ICalendarValue::as_partial_date_time).any(|skipped| {
        skipped.hour.is_none()
            && skipped.year.map(i32::from) == Some(date.year())
            && skipped.month.map(u32::from) == Some(date.month())
            && skipped.day.map(u32::from) == Some(date.day())
    })
}
