//! The form of calendar files: what happens when, in the school's local time, within one academic year.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use calcard::common::timezone::Tz;
use calcard::icalendar::dates::TimeOrDelta;
use calcard::icalendar::{
    ICalendar, ICalendarComponent, ICalendarComponentType, ICalendarMethod, ICalendarProperty,
    ICalendarStatus, ICalendarValue,
};
use calcard::{Entry, Parser};
use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime};

use super::folder::Folder;
use super::ics_recurrence::{is_knotted, is_skipped, prepare, rules_of, zones};
use super::source::Source;
use super::values::ValueError;
use crate::diagnostic::{Diagnostic, LeftOut, Place, Severity};
use crate::document::plain;
use crate::school::{AcademicYear, Hours};

/// The largest calendar file that is read, in bytes: 4 MiB.
const LARGEST: usize = 4 * 1024 * 1024;

/// The most components of a calendar file.
const MOST_COMPONENTS: usize = 20_000;

/// How deep components may lie in one another.
const DEEPEST: usize = 8;

/// The most times that the events of a file may come, all together.
const MOST_TIMES: usize = 100_000;

/// The most events of a file that repeat.
const MOST_RULES: usize = 2_000;

/// The most events of a file whose rule has several conditions. Such a rule may never come true, which
/// only following it to the end of time shows.
const MOST_KNOTTED: usize = 50;

/// Something that happens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalendarEvent {
    /// Its one line.
    pub summary: String,
    pub description: String,
    pub location: String,
    /// Its first day.
    pub first: NaiveDate,
    /// Its last day.
    pub last: NaiveDate,
    /// The hours, where it begins and ends on one day at a time; else why there are none.
    pub hours: Result<Hours, &'static str>,
    pub at: Place,
}

/// What a calendar says of one academic year.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportedCalendar {
    /// What happens, in order.
    pub events: Vec<CalendarEvent>,
    /// Entries that cannot be read, and why.
    pub unread: Vec<LeftOut>,
}

/// Reads a calendar file of any folder.
///
/// # Errors
/// A diagnostic where it cannot be read, is no calendar, or is larger than what is read.
pub fn read(path: &Path, year: AcademicYear) -> Result<ImportedCalendar, Box<Diagnostic>> {
    let (folder, name) = Folder::of_file(path);
    match folder.read(name)? {
        Some(source) => calendar_file(&source, year)
            .map_err(|wrong| Box::new(Diagnostic::of_file(Severity::Error, name, wrong.message, wrong.hint))),
        None => Err(Box::new(Diagnostic::of_file(
            Severity::Error,
            name,
            "there is no such file".to_owned(),
            "name a calendar file that is there".to_owned(),
        ))),
    }
}

/// What a calendar says of one academic year. What is called off is left out. Times without a zone are
/// the school's own; a zone by the name that Windows or Outlook gives it counts as the place it means,
/// one that nobody knows is shown.
///
/// # Errors
/// Where the text is no calendar, or has more in it than is read.
pub fn calendar_file(source: &Source, year: AcademicYear) -> Result<ImportedCalendar, ValueError> {
    if source.text.len() > LARGEST {
        return Err(ValueError::new("this calendar is larger than 4 MiB", "export one school year"));
    }
    // Some programs end lines with a lone CR.
    let text = if source.text.contains('\n') { source.text.clone() } else { source.text.replace('\r', "\n") };
    let mut lines = begins(&text)?.into_iter();
    let mut calendar_file = ImportedCalendar::default();
    let mut parser = Parser::new(&text);
    loop {
        match parser.entry() {
            Entry::ICalendar(calendar) => add(&mut calendar_file, calendar, &mut lines, source, year)?,
            Entry::Eof => break,
            Entry::UnterminatedComponent(_) | Entry::UnexpectedComponentEnd { .. } => {
                return Err(ValueError::new("this calendar breaks off, or is mixed up", "export it again"));
            }
            _ => {}
        }
    }
    calendar_file.events.sort_by_key(|dated_event| {
        (
            dated_event.first,
            dated_event.hours.ok().map(|hours| hours.start),
            dated_event.last,
            dated_event.at.line,
        )
    });
    calendar_file.unread.sort_by(|a, b| a.at.cmp(&b.at));
    Ok(calendar_file)
}

/// Refuses a calendar with more rules, or more rules of several conditions, than are worked out.
fn refuse_too_many_rules(calendar: &ICalendar) -> Result<(), ValueError> {
    let events = || {
        let events = calendar.components.iter();
        events.filter(|component| component.component_type == ICalendarComponentType::VEvent)
    };
    let rules = events().filter(|event| event.has_property(&ICalendarProperty::Rrule)).count();
    let knotted: usize = events().map(|event| rules_of(event).filter(|rule| is_knotted(rule)).count()).sum();
    if rules > MOST_RULES || knotted > MOST_KNOTTED {
        let message = format!(
            "more than {MOST_RULES} events repeat, or more than {MOST_KNOTTED} by a rule of several conditions"
        );
        return Err(ValueError::new(message, "export one school year"));
    }
    Ok(())
}

/// Adds what one calendar of a file says. `lines` are those on which the file's events begin.
fn add(
    calendar_file: &mut ImportedCalendar,
    mut calendar: ICalendar,
    lines: &mut impl Iterator<Item = u32>,
    source: &Source,
    year: AcademicYear,
) -> Result<(), ValueError> {
    let (from, to) = (year.first_day(), year.last_day());
    let called_off = calendar.components.first().and_then(|head| head.property(&ICalendarProperty::Method));
    if called_off.is_some_and(|entry| {
        matches!(entry.values.first(), Some(ICalendarValue::Method(ICalendarMethod::Cancel)))
    }) {
        return Err(ValueError::new(
            "this calendar calls its entries off",
            "take the sessions out by hand, then export the rest",
        ));
    }
    let newest = newest(&calendar);
    let zones: BTreeSet<String> = zones(&calendar);
    let mut places: BTreeMap<usize, Place> = BTreeMap::new();
    refuse_too_many_rules(&calendar)?;
    for (index, component) in calendar.components.iter_mut().enumerate() {
        if component.component_type != ICalendarComponentType::VEvent {
            component.entries.retain(|entry| !matches!(entry.name, ICalendarProperty::Rrule));
            continue;
        }
        let line = lines.next().unwrap_or(0);
        let place = Place { file: source.file.clone(), sheet: None, line };
        places.insert(index, place.clone());
        if let Err(says) = prepare(component, to, &zones) {
            calendar_file.unread.push(LeftOut::new(says, place));
            component.entries.clear();
            component.component_type = ICalendarComponentType::VJournal;
        }
    }
    let expanded = calendar.expand_dates(Tz::Tz(chrono_tz::Europe::London), MOST_TIMES);
    if expanded.events.len() >= MOST_TIMES {
        return Err(ValueError::new(
            format!("the events of this calendar come more than {MOST_TIMES} times"),
            "export one school year",
        ));
    }
    for error in &expanded.errors {
        if let Some(place) = places.get(&(error.comp_id as usize)) {
            calendar_file.unread.push(LeftOut::new("its date cannot be read", place.clone()));
        }
    }
    for event in expanded.events {
        let index = event.comp_id as usize;
        let (Some(component), Some(place)) = (calendar.components.get(index), places.get(&index)) else {
            continue;
        };
        let start = local(&event.start);
        let end = match &event.end {
            TimeOrDelta::Time(end) => local(end),
            TimeOrDelta::Delta(length) => start.checked_add_signed(*length).unwrap_or(start),
        };
        let uid = component.uid().unwrap_or_default();
        let old = !component.has_property(&ICalendarProperty::RecurrenceId)
            && newest.get(uid).is_some_and(|newest| sequence(component) < *newest);
        let off = old
            || component.status() == Some(&ICalendarStatus::Cancelled)
            || is_skipped(component, start.date());
        let dated_event = dated_event(component, start, end, place);
        if !off && dated_event.last >= from && dated_event.first <= to {
            calendar_file.events.push(dated_event);
        }
    }
    Ok(())
}

/// One time that an event comes.
fn dated_event(
    component: &ICalendarComponent,
    start: NaiveDateTime,
    end: NaiveDateTime,
    at: &Place,
) -> CalendarEvent {
    let text = |property| {
        let entry = component.property(&property);
        let text = entry.and_then(|entry| entry.values.first()).and_then(ICalendarValue::as_text);
        plain(text.unwrap_or_default().trim())
    };
    let dated = component
        .property(&ICalendarProperty::Dtstart)
        .and_then(|entry| entry.values.first())
        .and_then(ICalendarValue::as_partial_date_time)
        .is_some_and(|start| start.hour.is_none());
    let ended = component.has_property(&ICalendarProperty::Dtend)
        || component.has_property(&ICalendarProperty::Duration);
    // The end of an all-day event is the day after its last.
    let whole = dated || (start.time() == NaiveTime::MIN && end.time() == NaiveTime::MIN && end > start);
    let last = match (whole && end > start, ended || whole) {
        (true, _) => end.date().pred_opt().unwrap_or(end.date()).max(start.date()),
        (false, true) => end.date().max(start.date()),
        (false, false) => start.date(),
    };
    let hours = match () {
        () if whole => Err("it has no time"),
        () if !ended => Err("it has no end"),
        () if end <= start => Err("it ends before it begins"),
        () if end.date() != start.date() => Err("it goes past midnight"),
        () => Ok(Hours { start: start.time(), end: end.time() }),
    };
    CalendarEvent {
        summary: text(ICalendarProperty::Summary),
        description: text(ICalendarProperty::Description),
        location: text(ICalendarProperty::Location),
        first: start.date(),
        last,
        hours,
        at: at.clone(),
    }
}

/// The highest sequence of each event: an entry of a lower one has been replaced.
fn newest(calendar: &ICalendar) -> BTreeMap<String, i64> {
    let mut newest = BTreeMap::new();
    for component in &calendar.components {
        let uid = component.uid().filter(|_| !component.has_property(&ICalendarProperty::RecurrenceId));
        if let Some(uid) = uid.filter(|uid| !uid.is_empty()) {
            let highest = newest.entry(uid.to_owned()).or_insert(0);
            *highest = sequence(component).max(*highest);
        }
    }
    newest
}

fn sequence(component: &ICalendarComponent) -> i64 {
    let entry = component.property(&ICalendarProperty::Sequence);
    entry.and_then(|entry| entry.values.first()).and_then(ICalendarValue::as_integer).unwrap_or(0)
}

/// The line of every `BEGIN:VEVENT`. A line that begins with a space goes on with the one before.
fn begins(text: &str) -> Result<Vec<u32>, ValueError> {
    let mut lines = Vec::new();
    let (mut components, mut depth) = (0_usize, 0_usize);
    for (line, number) in text.lines().zip(1..) {
        let line = line.trim_end().to_ascii_uppercase();
        if let Some(kind) = line.strip_prefix("BEGIN:") {
            components += 1;
            depth += 1;
            if components > MOST_COMPONENTS || depth > DEEPEST {
                return Err(ValueError::new(
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
        return Err(ValueError::new("this is no calendar file", "export the calendar as iCalendar (.ics)"));
    }
    if depth > 0 {
        return Err(ValueError::new("this calendar breaks off before its end", "export it again"));
    }
    Ok(lines)
}

/// A moment as the school's clocks show it.
fn local(moment: &DateTime<Tz>) -> NaiveDateTime {
    match moment.timezone() {
        Tz::Floating => moment.naive_local(),
        _ => moment.with_timezone(&chrono_tz::Europe::London).naive_local(),
    }
}
