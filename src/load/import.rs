//! What is handed in, in a form of its own: a schedule form filled in, a CSV file, a calendar.

use std::path::Path;

use super::contents::row;
use super::form::{self, Wrong};
use super::ics::Happening;
use super::names::Names;
use super::record::{Faults, Record};
use super::source::Folder;
use super::terms::{Terms, terms};
use super::{csv, ics, schedules, workbook};
use crate::diagnostic::{Diagnostic, Place, Severity};
use crate::school::calendar::{HalfTerm, When, day, half_term_name};
use crate::school::layout::{self, Row};
use crate::school::sessions::SessionKind;
use crate::school::{Id, School};

/// What a file that is handed in comes to.
#[derive(Debug)]
pub enum Handed {
    /// Schedules for a half term.
    Schedules {
        /// The half term.
        half_term: u8,
        /// The rows of each subject, as they are to be written.
        subjects: Vec<(Id, Vec<Row>)>,
        /// What was left out, and why.
        left_out: Vec<(String, Place)>,
    },
    /// Term dates.
    Terms(Terms),
}

/// What is known of a file besides what stands in it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Told<'a> {
    /// The half term.
    pub half_term: Option<u8>,
    /// The subject.
    pub subject: Option<&'a Id>,
}

/// Reads a file by its ending: `.xlsx`, `.csv` or `.ics`. Warnings come with what was read.
///
/// # Errors
/// Every fault of the file.
pub fn read(
    path: &Path,
    school: &School,
    told: Told<'_>,
) -> Result<(Handed, Vec<Diagnostic>), Vec<Diagnostic>> {
    let mut faults = Faults::default();
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default().to_lowercase();
    let handed = match ending.as_str() {
        "xlsx" => form_workbook(path, school, told, &mut faults),
        "csv" | "txt" => form_csv(path, school, told, &mut faults),
        "ics" => calendar(path, school, told, &mut faults),
        _ => {
            let message = "this is no file of a form that is read".to_owned();
            Err(fault(path, message, "hand in a schedule form (.xlsx), a .csv file or a calendar (.ics)"))
        }
    };
    if let Err(diagnostic) = &handed {
        faults.push((**diagnostic).clone());
    }
    let diagnostics = faults.into_sorted();
    match handed {
        Ok(handed) if diagnostics.iter().all(|fault| fault.severity == Severity::Warning) => {
            Ok((handed, diagnostics))
        }
        _ => Err(diagnostics),
    }
}

fn name(path: &Path) -> &str {
    path.file_name().and_then(|name| name.to_str()).unwrap_or_default()
}

fn folder(path: &Path) -> Folder {
    Folder::new(path.parent().unwrap_or(Path::new("")))
}

fn fault(path: &Path, message: String, hint: &str) -> Box<Diagnostic> {
    Box::new(Diagnostic::of_file(Severity::Error, name(path), message, hint.to_owned()))
}

fn missing(path: &Path) -> Box<Diagnostic> {
    fault(path, "there is no such file".to_owned(), "name a file that is there")
}

/// The dates of a half term.
fn dates<'s>(path: &Path, school: &'s School, number: Option<u8>) -> Result<&'s HalfTerm, Box<Diagnostic>> {
    let number = number.ok_or_else(|| {
        fault(path, "it does not say which half term it is for".to_owned(), "say --half-term N")
    })?;
    school.calendar.half_term(number).ok_or_else(|| {
        fault(path, format!("there are no dates for half term {number}"), "give its dates in the calendar")
    })
}

fn form_workbook(
    path: &Path,
    school: &School,
    told: Told<'_>,
    faults: &mut Faults,
) -> Result<Handed, Box<Diagnostic>> {
    let bytes = folder(path).bytes(name(path))?.ok_or_else(|| missing(path))?;
    let (sheet, columns) = layout::FORM_KEYS;
    let book = workbook::read(name(path), bytes, &[layout::FORM_SHEET, sheet], faults)?;
    let keys = book.rows_of(sheet, columns, faults).unwrap_or_default();
    let key = |wanted: &str| {
        let row = keys.iter().find(|record| record.text("setting").as_deref() == Some(wanted));
        row.and_then(|record| record.text("value"))
    };
    if let Some(year) = key("academic_year").filter(|year| *year != school.calendar.academic_year.to_string())
    {
        let message =
            format!("this form is for {year}, and this workspace for {}", school.calendar.academic_year);
        return Err(fault(path, message, "make a form of this year: phase form schedule"));
    }
    let number = key("half_term").and_then(|text| form::half_term(&text).ok());
    if let (Some(number), Some(said)) = (number, told.half_term.filter(|said| Some(*said) != number)) {
        let message = format!("this form is for half term {number}, not {said}");
        return Err(fault(path, message, "leave --half-term away, or make a form for that half term"));
    }
    let half_term = dates(path, school, number.or(told.half_term))?;
    let of_form = key("subject").and_then(|text| Names::of_subjects(school).find(&text).ok());
    let subject = told.subject.cloned().or(of_form);
    let columns = if key("subject").is_some() || (keys.is_empty() && subject.is_some()) {
        layout::HANDED_IN
    } else {
        layout::HANDED_IN_ALL
    };
    let Some(records) = book.rows_of(layout::FORM_SHEET, columns, faults) else {
        let message = format!("it has no sheet {}", layout::FORM_SHEET);
        return Err(fault(path, message, "fill in the form that phase form schedule -o FILE.xlsx writes"));
    };
    Ok(schedules_of(school, half_term, &records, subject.as_ref(), columns, faults))
}

fn form_csv(
    path: &Path,
    school: &School,
    told: Told<'_>,
    faults: &mut Faults,
) -> Result<Handed, Box<Diagnostic>> {
    let source = folder(path).read(name(path))?.ok_or_else(|| missing(path))?;
    let half_term = dates(path, school, told.half_term)?;
    let columns = if told.subject.is_some() { layout::HANDED_IN } else { layout::HANDED_IN_ALL };
    let records = csv::records(&source, columns, faults);
    Ok(schedules_of(school, half_term, &records, told.subject, columns, faults))
}

/// The rows of a schedule, checked. A row without a date has not been filled in, and is left out.
fn schedules_of(
    school: &School,
    half_term: &HalfTerm,
    records: &[Record<'_>],
    subject: Option<&Id>,
    columns: &[layout::Column],
    faults: &mut Faults,
) -> Handed {
    let open = |record: &&Record<'_>| {
        ["date", "period", "start", "end", "classes", "teacher"]
            .iter()
            .all(|name| record.cell(name).is_none())
    };
    let left_out = records.iter().filter(open).map(|record| {
        let task = record.text("task").unwrap_or_default();
        (format!("{task}: no date is filled in"), record.place())
    });
    let left_out = left_out.collect();
    let filled: Vec<Record<'_>> = records.iter().filter(|record| !open(record)).cloned().collect();
    let found = schedules::check(school, half_term, &filled, subject, faults);
    let names = Names::of_subjects(school);
    let of_subject = |record: &Record<'_>| match subject {
        Some(subject) => Some(subject.clone()),
        None => record.text("subject").and_then(|text| names.find(&text).ok()),
    };
    let rows = |subject: &Id| {
        let own = filled.iter().filter(|record| of_subject(record).as_ref() == Some(subject));
        let without_subject = |record: &Record<'_>| {
            row(columns, record).into_iter().filter(|(name, _)| *name != "subject").collect()
        };
        own.map(without_subject).collect::<Vec<Row>>()
    };
    let subjects = found.iter().map(|subject| (subject.clone(), rows(subject))).collect();
    Handed::Schedules { half_term: half_term.number, subjects, left_out }
}

fn calendar(
    path: &Path,
    school: &School,
    told: Told<'_>,
    faults: &mut Faults,
) -> Result<Handed, Box<Diagnostic>> {
    let year = school.calendar.academic_year;
    let diary = ics::read(path, year)?;
    if let (None, None, Ok(terms)) = (told.subject, told.half_term, terms(&diary.happenings, year)) {
        return Ok(Handed::Terms(terms));
    }
    let half_term = dates(path, school, told.half_term)?;
    let mut subjects: Vec<(Id, Vec<Row>)> = Vec::new();
    let mut left_out = diary.unread.clone();
    for happening in diary.happenings.iter().filter(|happening| half_term.contains(happening.first)) {
        match session(school, happening, told.subject) {
            Ok((subject, row)) => match subjects.iter_mut().find(|(other, _)| *other == subject) {
                Some((_, rows)) => rows.push(row),
                None => subjects.push((subject, vec![row])),
            },
            Err(wrong) => left_out.push((
                format!("{}, {}: {}", day(happening.first), happening.summary, wrong.message),
                happening.at.clone(),
            )),
        }
    }
    if subjects.is_empty() {
        let message = format!("no session of {} is in it", half_term_name(half_term.number));
        let hint = "an entry says the task area and the subject, as in \"History: lesson visit 1A\"";
        faults.push(*fault(path, message, hint));
        for (says, at) in &left_out {
            let told = Diagnostic::of_file(Severity::Warning, name(path), says.clone(), String::new());
            faults.push(Diagnostic { place: at.clone(), ..told });
        }
    }
    subjects.sort_by(|(a, _), (b, _)| a.cmp(b));
    Ok(Handed::Schedules { half_term: half_term.number, subjects, left_out })
}

/// The words of a text, in lower case.
fn words(text: &str) -> Vec<String> {
    let parts = text.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’');
    parts.filter(|part| !part.is_empty()).map(str::to_lowercase).collect()
}

/// Whether some words stand in others, one after another.
fn stands_in(wanted: &[String], text: &[String]) -> bool {
    !wanted.is_empty() && text.windows(wanted.len()).any(|window| window == wanted)
}

/// An entry of a calendar as a row of a schedule.
fn session(school: &School, happening: &Happening, subject: Option<&Id>) -> Result<(Id, Row), Wrong> {
    let said = words(&happening.summary);
    let hours = happening.hours.ok_or_else(|| Wrong::new("it has no time", ""))?;
    let kind = kind(&said).ok_or_else(|| Wrong::new("it names no task area", ""))?;
    let named = || {
        let is_named = |subject: &&crate::school::subjects::Subject| {
            stands_in(&words(&subject.name), &said) || stands_in(&words(subject.id.as_str()), &said)
        };
        let mut named = school.subjects.values().filter(is_named);
        named.next().filter(|_| named.next().is_none()).map(|subject| subject.id.clone())
    };
    let subject = subject.cloned().or_else(named).ok_or_else(|| Wrong::new("it names no one subject", ""))?;
    if school.subjects.get(&subject).is_none_or(|subject| subject.leader.is_none()) {
        return Err(Wrong::new(format!("{subject} has no leader"), ""));
    }
    let all = [said, words(&happening.location)].concat();
    let classes: Vec<&str> =
        school.classes.keys().map(Id::as_str).filter(|class| stands_in(&words(class), &all)).collect();
    let when = When { date: happening.first, hours };
    let period = school.calendar.period_at(&when).map(|period| period.id.to_string());
    let time = |time: chrono::NaiveTime| time.format("%H:%M").to_string();
    let (start, end) =
        if period.is_some() { (String::new(), String::new()) } else { (time(hours.start), time(hours.end)) };
    Ok((
        subject,
        vec![
            ("task", kind.word().to_owned()),
            ("date", happening.first.to_string()),
            ("period", period.unwrap_or_default()),
            ("start", start),
            ("end", end),
            ("classes", classes.join(";")),
            ("place", happening.location.clone()),
            ("note", happening.summary.clone()),
        ],
    ))
}

/// The kind of session that words name; the longest name that stands in them.
fn kind(said: &[String]) -> Option<SessionKind> {
    let mut found: Option<(usize, SessionKind)> = None;
    for (kind, word, title, others) in SessionKind::TABLE {
        for name in [word, title].into_iter().chain(others.iter()) {
            let name = words(name);
            let is_number = name.iter().all(|word| word.chars().all(|c| c.is_ascii_digit()));
            if !is_number && stands_in(&name, said) && found.is_none_or(|(length, _)| name.len() > length) {
                found = Some((name.len(), *kind));
            }
        }
    }
    found.map(|(_, kind)| kind)
}
