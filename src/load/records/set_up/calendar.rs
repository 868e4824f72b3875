//! `calendar.toml`: the academic year; and the term dates that are built in.

use std::ops::Range;

use chrono::NaiveDate;

use crate::load::formats::toml_table::TomlTable;
use crate::load::formats::{Record, Source, times, values};
use crate::load::imports::term_dates::TermDates;
use crate::load::names::Names;
use crate::school::layout;
use crate::school::{AcademicYear, Calendar, Closure, Event, HalfTerm, Id, Period, Window};

/// The names that events use, and the classes of each year group.
pub struct EventNames<'a> {
    pub staff: &'a Names,
    pub classes: &'a Names,
    /// The classes with their year groups.
    pub year_groups: &'a [(Id, Vec<crate::school::YearGroup>)],
}

/// Term dates that are built in, by the calendar year that the academic year begins in.
const BUILT_IN: &[(i32, &str, &str)] = &[
    (2025, "built-in/2025-26.toml", include_str!("calendars/2025-26.toml")),
    (2026, "built-in/2026-27.toml", include_str!("calendars/2026-27.toml")),
];

/// The built-in term dates of the academic year that a day belongs to.
pub fn built_in(today: NaiveDate) -> Option<Source> {
    common(AcademicYear::of(today).0)
}

/// Whether the term dates of an academic year are built in.
pub fn is_built_in(year: AcademicYear) -> bool {
    BUILT_IN.iter().any(|(first, ..)| *first == year.0)
}

/// The built-in term dates of the academic year that begins in a calendar year.
fn common(year: i32) -> Option<Source> {
    BUILT_IN
        .iter()
        .find(|(first, ..)| *first == year)
        .map(|(_, name, text)| Source::new(name, (*text).to_owned()))
}

/// The built-in term dates of an academic year: half terms, and bank holidays in them.
pub fn common_terms(year: AcademicYear) -> Option<TermDates> {
    let source = common(year.0)?;
    let root = crate::load::formats::toml::read(&source);
    let span = |(half_term, _): (HalfTerm, Range<usize>)| (half_term.from, half_term.to);
    Some(TermDates {
        half_terms: half_terms(&root).into_iter().map(span).collect(),
        closures: closures(&root).into_iter().map(|(closure, _)| closure).collect(),
        others: Vec::new(),
    })
}

/// Reads the file.
pub fn read(root: &TomlTable<'_>, periods: &[Period], whom: &EventNames<'_>) -> Option<Calendar> {
    let (source, top) = (root.source, root.record(layout::CALENDAR_FILE));
    let academic_year = top.read("academic_year", times::academic_year).map(AcademicYear);
    // A calendar that names no half term adds to the common term dates of its year.
    let common =
        academic_year.filter(|_| root.tables("half_term").is_empty()).and_then(|year| common(year.0));
    let mut half_terms = half_terms(root);
    let mut closures = closures(root);
    if let Some(common) = &common {
        let table = crate::load::formats::toml::read(common);
        half_terms = self::half_terms(&table);
        closures.extend(self::closures(&table));
    }
    check_half_terms(source, academic_year, &half_terms, &root.first());
    let mut events = Vec::new();
    for record in root.records("event", &layout::EVENTS) {
        events.extend(event(&record, periods, whom));
    }
    let mut windows: Vec<Window> =
        root.records("window", &layout::WINDOWS).iter().filter_map(window).collect();
    let within = |date: NaiveDate| half_terms.iter().any(|(half_term, _)| half_term.contains(date));
    for (closure, at) in closures.iter().filter(|(closure, _)| closure.at.file == source.file) {
        if !closure.from.iter_days().take_while(|date| *date <= closure.to).any(within) {
            source.warning(at, "this closure lies in no half term", "leave it out, or check its date");
        }
    }
    closures.sort_by(|(a, _), (b, _)| (a.from, a.to, &a.reason).cmp(&(b.from, b.to, &b.reason)));
    events.sort_by(|a, b| (a.from, a.to, &a.reason, &a.at).cmp(&(b.from, b.to, &b.reason, &b.at)));
    windows.sort_by_key(|window: &Window| (window.from, window.to, window.kind));
    Some(Calendar {
        academic_year: academic_year?,
        half_terms: half_terms.into_iter().map(|(half_term, _)| half_term).collect(),
        closures: closures.into_iter().map(|(closure, _)| closure).collect(),
        events,
        windows,
        periods: periods.to_vec(),
    })
}

fn half_terms(root: &TomlTable<'_>) -> Vec<(HalfTerm, Range<usize>)> {
    let records = root.records("half_term", &layout::HALF_TERMS);
    let read = |record: &Record<'_>| Some((half_term(record)?, record.at.clone()));
    let mut half_terms: Vec<(HalfTerm, Range<usize>)> = records.iter().filter_map(read).collect();
    half_terms.sort_by_key(|(half_term, _)| (half_term.number, half_term.from));
    half_terms
}

fn closures(root: &TomlTable<'_>) -> Vec<(Closure, Range<usize>)> {
    root.records("closure", &layout::CLOSURES).iter().filter_map(closure).collect()
}

fn half_term(record: &Record<'_>) -> Option<HalfTerm> {
    let number = record.read("number", times::half_term);
    let dates = record.dates();
    let first_week = record.read("first_week", times::week_letter);
    let ((from, to), number) = (dates?, number?);
    Some(HalfTerm { number, from, to, first_week, at: record.place() })
}

fn check_half_terms(
    source: &Source,
    year: Option<AcademicYear>,
    half_terms: &[(HalfTerm, Range<usize>)],
    first: &Range<usize>,
) {
    for ((a, _), (b, at)) in half_terms.iter().zip(half_terms.iter().skip(1)) {
        if a.number == b.number {
            source.error(at, format!("half term {} is there twice", b.number), "number them 1 to 6");
        } else if b.from <= a.to {
            let message = format!("half term {} begins before half term {} has ended", b.number, a.number);
            source.error(at, message, "check the dates: the day comes first");
        }
    }
    let begins = half_terms.first().map(|(half_term, _)| AcademicYear::of(half_term.from));
    for (half_term, at) in half_terms {
        let Some(AcademicYear(year)) = year.or(begins) else { return };
        let inside = |date: NaiveDate| AcademicYear::of(date).0 == year;
        if !inside(half_term.from) || !inside(half_term.to) {
            let message = format!(
                "half term {} lies outside the academic year {}",
                half_term.number,
                AcademicYear(year)
            );
            source.error(at, message, "check its dates, and academic_year");
        }
    }
    if half_terms.len() < 6 {
        let missing: Vec<String> = (1..=6)
            .filter(|number| !half_terms.iter().any(|(half_term, _)| half_term.number == *number))
            .map(|number| number.to_string())
            .collect();
        if !missing.is_empty() {
            let message = format!("half terms are missing: {}", missing.join(", "));
            source.warning(first, message, "an academic year has six half terms");
        }
    }
}

fn closure(record: &Record<'_>) -> Option<(Closure, Range<usize>)> {
    let inset = record.read("inset", values::yes_no).unwrap_or(false);
    let allows = record.values("allows", values::session_kind);
    let (from, to) = record.dates()?;
    let reason =
        record.text("reason").unwrap_or_else(|| if inset { "INSET day" } else { "school closed" }.to_owned());
    Some((Closure { from, to, reason, inset, allows, at: record.place() }, record.at.clone()))
}

fn event(record: &Record<'_>, periods: &[Period], whom: &EventNames<'_>) -> Option<Event> {
    let mut hours = record.values("periods", |text| times::hours(text, periods));
    hours.extend(record.values("period", |text| times::hours(text, periods)));
    let mut all = record.read("all", values::yes_no).unwrap_or(false);
    let mut staff = Vec::new();
    for cell in record.list("staff") {
        match cell.text.to_lowercase().as_str() {
            "all" => all = true,
            _ => staff.extend(record.value(&cell, |text| whom.staff.find(text))),
        }
    }
    let mut classes = record.values("classes", |text| whom.classes.find(text));
    let groups: Vec<_> = record.values("year_groups", values::year_groups).into_iter().flatten().collect();
    classes.extend(
        whom.year_groups
            .iter()
            .filter(|(_, years)| years.iter().any(|year| groups.contains(year)))
            .map(|(class, _)| class.clone()),
    );
    classes.sort();
    classes.dedup();
    let named = ["staff", "classes", "year_groups"].iter().any(|name| record.cell(name).is_some());
    if !all && !named {
        record.error(
            &record.at,
            "this event takes nobody up",
            "say whom: staff, classes, year_groups, or all = true",
        );
    }
    let (from, to) = record.dates()?;
    let reason = record.text("reason").unwrap_or_else(|| "an event".to_owned());
    let hours = hours.into_iter().flatten().collect();
    Some(Event { from, to, hours, all, classes, staff, reason, at: record.place() })
}

fn window(record: &Record<'_>) -> Option<Window> {
    let kind = record.read("kind", |text| values::fixed_word(text, "kind of assessment window"));
    let year_groups = record.values("year_groups", values::year_groups).into_iter().flatten().collect();
    let confirmed = record.read("confirmed", values::yes_no).unwrap_or(true);
    let (from, to) = record.dates()?;
    if !confirmed {
        record.warning(
            &record.at,
            "the dates of this window are not confirmed",
            "check them, then write confirmed = true",
        );
    }
    Some(Window { kind: kind?, year_groups, from, to, confirmed, at: record.place() })
}
