//! The form of calendar files: what happens when, in the school's local time, within one academic year.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::str::FromStr;

use calcard::common::PartialDateTime;
use calcard::common::timezone::Tz;
use calcard::icalendar::dates::TimeOrDelta;
use calcard::icalendar::{
    ICalendar, ICalendarComponent, ICalendarComponentType, ICalendarFrequency, ICalendarMethod,
    ICalendarParameterName, ICalendarParameterValue, ICalendarProperty, ICalendarRecurrenceRule,
    ICalendarStatus, ICalendarValue,
};
use calcard::{Entry, Parser};
use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, NaiveTime};

use super::form::Wrong;
use super::source::{Folder, Source};
use crate::diagnostic::{Diagnostic, Place, Severity};
use crate::document::plain;
use crate::school::calendar::{AcademicYear, Hours};

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
/// only following it to the end of time tells.
const MOST_KNOTTED: usize = 50;

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
    /// The hours, where it begins and ends on one day at a time.
    pub hours: Option<Hours>,
    /// Why it has none; empty where it has.
    pub lacks: &'static str,
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
            "there is no such file".to_owned(),
            "name a calendar file that is there".to_owned(),
        ))),
    }
}

/// What a calendar says of one academic year. What is called off is left out. Times without a zone are
/// the school's own; a zone by the name that Windows or Outlook gives it counts as the place it means,
/// one that nobody knows is told.
///
/// # Errors
/// Where the text is no calendar, or has more in it than is read.
pub fn diary(source: &Source, year: AcademicYear) -> Result<Diary, Wrong> {
    if source.text.len() > LARGEST {
        return Err(Wrong::new("this calendar is larger than 4 MiB", "export one school year"));
    }
    // Some programs end lines with a lone CR.
    let text = if source.text.contains('\n') { source.text.clone() } else { source.text.replace('\r', "\n") };
    let mut lines = begins(&text)?.into_iter();
    let mut diary = Diary::default();
    let mut parser = Parser::new(&text);
    loop {
        match parser.entry() {
            Entry::ICalendar(calendar) => add(&mut diary, calendar, &mut lines, source, year)?,
            Entry::Eof => break,
            Entry::UnterminatedComponent(_) | Entry::UnexpectedComponentEnd { .. } => {
                return Err(Wrong::new("this calendar breaks off, or is mixed up", "export it again"));
            }
            _ => {}
        }
    }
    diary.happenings.sort_by_key(|happening| {
        (happening.first, happening.hours.map(|hours| hours.start), happening.last, happening.at.line)
    });
    diary.unread.sort_by(|(_, a), (_, b)| a.cmp(b));
    Ok(diary)
}

/// Adds what one calendar of a file says. `lines` are those on which the file's events begin.
fn add(
    diary: &mut Diary,
    mut calendar: ICalendar,
    lines: &mut impl Iterator<Item = u32>,
    source: &Source,
    year: AcademicYear,
) -> Result<(), Wrong> {
    let (from, to) = (year.first_day(), year.last_day());
    let called_off = calendar.components.first().and_then(|head| head.property(&ICalendarProperty::Method));
    if called_off.is_some_and(|entry| {
        matches!(entry.values.first(), Some(ICalendarValue::Method(ICalendarMethod::Cancel)))
    }) {
        return Err(Wrong::new(
            "this calendar calls its entries off",
            "take the sessions out by hand, then export the rest",
        ));
    }
    let newest = newest(&calendar);
    let zones: BTreeSet<String> = zones(&calendar);
    let mut places: BTreeMap<usize, Place> = BTreeMap::new();
    let (mut rules, mut knotted) = (0, 0);
    for (index, component) in calendar.components.iter_mut().enumerate() {
        if component.component_type != ICalendarComponentType::VEvent {
            component.entries.retain(|entry| !matches!(entry.name, ICalendarProperty::Rrule));
            continue;
        }
        let line = lines.next().unwrap_or(0);
        places.insert(index, Place { file: source.file.clone(), sheet: None, line });
        rules += usize::from(component.has_property(&ICalendarProperty::Rrule));
        knotted += rules_of(component).filter(|rule| is_knotted(rule)).count();
        if let Err(says) = prepare(component, to, &zones) {
            diary.unread.push((says, Place { file: source.file.clone(), sheet: None, line }));
            component.entries.clear();
            component.component_type = ICalendarComponentType::VJournal;
        }
    }
    if rules > MOST_RULES || knotted > MOST_KNOTTED {
        let message = format!(
            "more than {MOST_RULES} events repeat, or more than {MOST_KNOTTED} by a rule of several conditions"
        );
        return Err(Wrong::new(message, "export one school year"));
    }
    let expanded = calendar.expand_dates(Tz::Tz(chrono_tz::Europe::London), MOST_TIMES);
    if expanded.events.len() >= MOST_TIMES {
        return Err(Wrong::new(
            format!("the events of this calendar come more than {MOST_TIMES} times"),
            "export one school year",
        ));
    }
    for error in &expanded.errors {
        if let Some(place) = places.get(&(error.comp_id as usize)) {
            diary.unread.push(("its date cannot be read".to_owned(), place.clone()));
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
        let happening = happening(component, start, end, place);
        if !off && happening.last >= from && happening.first <= to {
            diary.happenings.push(happening);
        }
    }
    Ok(())
}

/// One time that an event comes.
fn happening(
    component: &ICalendarComponent,
    start: NaiveDateTime,
    end: NaiveDateTime,
    at: &Place,
) -> Happening {
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
    let lacks = match () {
        () if whole => "it has no time",
        () if !ended => "it has no end",
        () if end <= start => "it ends before it begins",
        () if end.date() != start.date() => "it goes past midnight",
        () => "",
    };
    Happening {
        summary: text(ICalendarProperty::Summary),
        description: text(ICalendarProperty::Description),
        location: text(ICalendarProperty::Location),
        first: start.date(),
        last,
        hours: lacks.is_empty().then(|| Hours { start: start.time(), end: end.time() }),
        lacks,
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

/// The rules by which an event repeats.
fn rules_of(component: &ICalendarComponent) -> impl Iterator<Item = &ICalendarRecurrenceRule> {
    component.properties(&ICalendarProperty::Rrule).flat_map(|entry| &entry.values).filter_map(|value| {
        match value {
            ICalendarValue::RecurrenceRule(rule) => Some(&**rule),
            _ => None,
        }
    })
}

/// Whether a rule has several conditions.
fn is_knotted(rule: &ICalendarRecurrenceRule) -> bool {
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
fn is_skipped(component: &ICalendarComponent, date: NaiveDate) -> bool {
    let skipped = component.properties(&ICalendarProperty::Exdate).flat_map(|entry| &entry.values);
    skipped.filter_map(ICalendarValue::as_partial_date_time).any(|skipped| {
        skipped.hour.is_none()
            && skipped.year.map(i32::from) == Some(date.year())
            && skipped.month.map(u32::from) == Some(date.month())
            && skipped.day.map(u32::from) == Some(date.day())
    })
}

/// The zones that a calendar tells of and that are known by that.
fn zones(calendar: &ICalendar) -> BTreeSet<String> {
    calendar.timezones().filter_map(|zone| zone.timezone()).map(|(name, _)| name.to_owned()).collect()
}

/// The line of every `BEGIN:VEVENT`. A line that begins with a space goes on with the one before.
fn begins(text: &str) -> Result<Vec<u32>, Wrong> {
    let mut lines = Vec::new();
    let (mut components, mut depth) = (0_usize, 0_usize);
    for (line, number) in text.lines().zip(1..) {
        let line = line.trim_end().to_ascii_uppercase();
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
    if depth > 0 {
        return Err(Wrong::new("this calendar breaks off before its end", "export it again"));
    }
    Ok(lines)
}

/// Makes an event ready to be followed: zones by the names of places, rules that end with the academic
/// year.
///
/// # Errors
/// Why it cannot be followed.
fn prepare(
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

/// A moment as the school's clocks show it.
fn local(moment: &DateTime<Tz>) -> NaiveDateTime {
    match moment.timezone() {
        Tz::Floating => moment.naive_local(),
        _ => moment.with_timezone(&chrono_tz::Europe::London).naive_local(),
    }
}
