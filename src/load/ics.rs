//! The form of calendar files: what happens when, in the school's local time, within one academic year.

use std::io::ErrorKind;
use std::path::Path;

use calcard::common::PartialDateTime;
use calcard::common::timezone::Tz;
use calcard::icalendar::dates::TimeOrDelta;
use calcard::icalendar::{
    ICalendar, ICalendarComponentType, ICalendarFrequency, ICalendarProperty, ICalendarStatus, ICalendarValue,
};
use chrono::{DateTime, NaiveDate, NaiveTime};

use super::form::Wrong;
use super::source::{Folder, Source};
use crate::diagnostic::{Diagnostic, Place, Severity};
use crate::school::calendar::{AcademicYear, Hours};

/// The most components of a calendar file.
const MOST_COMPONENTS: usize = 20_000;

/// How deep components may lie in one another.
const DEEPEST: usize = 8;

/// The most times that the events of a file may come, all together.
const MOST_TIMES: usize = 100_000;

/// Something that happens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Happening {
    /// Its one line.
    pub summary: String,
    /// Its further lines.
    pub description: String,
    /// Where.
    pub location: String,
    /// Its first day.
    pub first: NaiveDate,
    /// Its last day.
    pub last: NaiveDate,
    /// The hours, where it does not take all day.
    pub hours: Option<Hours>,
    /// Where it is written.
    pub at: Place,
}

/// What a calendar says of one academic year.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diary {
    /// What happens, in order.
    pub happenings: Vec<Happening>,
    /// Entries that cannot be read, and why.
    pub unread: Vec<(String, Place)>,
}

/// Reads a calendar file of any folder.
///
/// # Errors
/// A diagnostic where it cannot be read, is no calendar, or is larger than what is read.
pub fn read(path: &Path, year: AcademicYear) -> Result<Diary, Box<Diagnostic>> {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let folder = Folder::new(path.parent().unwrap_or(Path::new("")));
    match folder.read(name)? {
        Some(source) => diary(&source, year)
            .map_err(|wrong| Box::new(Diagnostic::of_file(Severity::Error, name, wrong.message, wrong.hint))),
        None => Err(Box::new(Diagnostic::of_file(
            Severity::Error,
            name,
            std::io::Error::from(ErrorKind::NotFound).to_string(),
            "name a calendar file that is there".to_owned(),
        ))),
    }
}

/// What a calendar says of one academic year. What is cancelled is left out. Times without a zone are the school's own; a zone by the name that Windows
/// gives it counts as the place it means.
///
/// # Errors
/// Where the text is no calendar, or has more in it than is read.
pub fn diary(source: &Source, year: AcademicYear) -> Result<Diary, Wrong> {
    let lines = begins(&source.text)?;
    let Ok(mut calendar) = ICalendar::parse(&source.text) else {
        return Err(Wrong::new("this is no calendar file", "export the calendar as iCalendar (.ics)"));
    };
    let (from, to) = (year.first_day(), year.last_day());
    let mut bounded = Vec::new();
    for (index, component) in calendar.components.iter_mut().enumerate() {
        let before = component.entries.len();
        component.entries.retain_mut(|entry| bound(&mut entry.values, to));
        if component.entries.len() < before {
            bounded.push(index);
        }
    }
    let expanded = calendar.expand_dates(Tz::Tz(chrono_tz::Europe::London), MOST_TIMES);
    if expanded.events.len() >= MOST_TIMES {
        return Err(Wrong::new(
            format!("the events of this calendar come more than {MOST_TIMES} times"),
            "export one school year",
        ));
    }
    let mut order = calendar
        .components
        .iter()
        .enumerate()
        .filter(|(_, component)| component.component_type == ICalendarComponentType::VEvent)
        .map(|(index, _)| index);
    let places: Vec<(usize, u32)> = lines.iter().filter_map(|line| Some((order.next()?, *line))).collect();
    let line_of =
        |index: usize| places.iter().find(|(component, _)| *component == index).map(|(_, line)| *line);
    let place = |line| Place { file: source.file.clone(), sheet: None, line };
    let mut unread: Vec<(String, Place)> = Vec::new();
    for (index, says) in bounded
        .iter()
        .map(|index| (*index, "it began before 1990, or comes more than daily".to_owned()))
        .chain(
            expanded
                .errors
                .iter()
                .map(|error| (error.comp_id as usize, format!("its date cannot be read ({})", error.error))),
        )
    {
        unread.extend(line_of(index).map(|line| (says, place(line))));
    }
    let mut found = Vec::new();
    for event in expanded.events {
        let index = event.comp_id as usize;
        let Some(component) = calendar.components.get(index) else { continue };
        if component.component_type != ICalendarComponentType::VEvent
            || component.status() == Some(&ICalendarStatus::Cancelled)
        {
            continue;
        }
        let text = |property| {
            let entry = component.property(&property);
            let text = entry.and_then(|entry| entry.values.first()).and_then(ICalendarValue::as_text);
            text.unwrap_or_default().trim().to_owned()
        };
        let dated = component
            .property(&ICalendarProperty::Dtstart)
            .and_then(|entry| entry.values.first())
            .and_then(ICalendarValue::as_partial_date_time)
            .is_some_and(|start| start.hour.is_none());
        let start = local(&event.start);
        let end = match &event.end {
            TimeOrDelta::Time(end) => local(end),
            TimeOrDelta::Delta(length) => start.checked_add_signed(*length).unwrap_or(start),
        };
        // The end of an all-day event is the day after its last.
        let whole = dated || (start.time() == NaiveTime::MIN && end.time() == NaiveTime::MIN && end > start);
        let last =
            if whole && end > start { end.date().pred_opt().unwrap_or(end.date()) } else { end.date() };
        let hours = (!whole && end > start && end.date() == start.date())
            .then(|| Hours { start: start.time(), end: end.time() });
        if last < from || start.date() > to || last < start.date() {
            continue;
        }
        found.push(Happening {
            summary: text(ICalendarProperty::Summary),
            description: text(ICalendarProperty::Description),
            location: text(ICalendarProperty::Location),
            first: start.date(),
            last,
            hours,
            at: place(line_of(index).unwrap_or(0)),
        });
    }
    let key = |happening: &Happening| {
        (happening.first, happening.hours.map(|hours| hours.start), happening.last, happening.at.line)
    };
    found.sort_by_key(key);
    unread.sort_by(|(_, a), (_, b)| a.cmp(b));
    Ok(Diary { happenings: found, unread })
}

/// The line of every `BEGIN:VEVENT`.
fn begins(text: &str) -> Result<Vec<u32>, Wrong> {
    let mut lines = Vec::new();
    let (mut components, mut depth) = (0_usize, 0_usize);
    for (line, number) in text.lines().zip(1..) {
        let line = line.trim().to_ascii_uppercase();
        if let Some(kind) = line.strip_prefix("BEGIN:") {
            components += 1;
            depth += 1;
            if components > MOST_COMPONENTS || depth > DEEPEST {
                return Err(Wrong::new(
                    format!("this calendar has more than {MOST_COMPONENTS} entries, or entries too deep"),
                    "export one school year",
                ));
            }
            if kind == "VEVENT" {
                lines.push(number);
            }
        } else if line.starts_with("END:") {
            depth = depth.saturating_sub(1);
        }
    }
    if components == 0 {
        return Err(Wrong::new("this is no calendar file", "export the calendar as iCalendar (.ics)"));
    }
    Ok(lines)
}

/// Ends what would repeat without end with the academic year. Returns whether the entry stays.
fn bound(values: &mut [ICalendarValue], last: NaiveDate) -> bool {
    use chrono::Datelike;
    for value in values {
        match value {
            ICalendarValue::RecurrenceRule(rule) => {
                let often = matches!(
                    rule.freq,
                    ICalendarFrequency::Secondly | ICalendarFrequency::Minutely | ICalendarFrequency::Hourly
                );
                if often {
                    return false;
                }
                if rule.count.is_none_or(|count| count > 5_000) {
                    let year = u16::try_from(last.year()).unwrap_or(u16::MAX);
                    let until = rule.until.as_ref().and_then(|until| until.year).unwrap_or(u16::MAX);
                    rule.count = None;
                    if until > year {
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
                }
            }
            // What began long ago would come too often to follow.
            ICalendarValue::PartialDateTime(date) if date.year.is_some_and(|year| year < 1990) => {
                return false;
            }
            _ => {}
        }
    }
    true
}

/// A moment as the school's clocks show it.
fn local(moment: &DateTime<Tz>) -> chrono::NaiveDateTime {
    match moment.timezone() {
        Tz::Floating => moment.naive_local(),
        _ => moment.with_timezone(&chrono_tz::Europe::London).naive_local(),
    }
}
