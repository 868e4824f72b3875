//! What is sent in, in a form of its own: a schedule form filled in, a CSV file, a calendar.

use std::path::Path;

use super::calendar_sessions::{same, session, words};
use super::term_dates::{TermDates, terms};
use crate::diagnostic::{Diagnostic, LeftOut, Severity};
use crate::load::formats::folder::ending;
use crate::load::formats::{Diagnostics, Folder, Record, ValueError, csv, ics, times, xlsx};
use crate::load::names::Names;
use crate::load::records::schedules;
use crate::load::set_up_contents::row;
use crate::school::layout::rows::SetUpRow;
use crate::school::{HalfTerm, Id, School, day, half_term_name, layout};

/// The most entries of a calendar that are shown one by one where nothing is taken in.
const MOST_TOLD: usize = 20;

/// What a file that is sent in comes to.
#[derive(Debug)]
pub enum SubmittedFile {
    /// Schedules for a half term.
    Schedules {
        half_term: u8,
        subjects: Vec<(Id, Vec<SetUpRow>)>,
        /// What was left out, and why.
        left_out: Vec<LeftOut>,
    },
    Terms {
        terms: TermDates,
        /// What was left out, and why.
        left_out: Vec<LeftOut>,
    },
}

/// What is known of a file besides what stands in it.
#[derive(Clone, Copy, Debug, Default)]
pub struct SubmissionHints<'a> {
    pub half_term: Option<u8>,
    pub subject: Option<&'a Id>,
}

/// Reads a file by its ending: `.xlsx`, `.csv` or `.ics`. Warnings come with what was read.
///
/// # Errors
/// Every error of the file.
pub fn read(
    path: &Path,
    school: &School,
    hints: SubmissionHints<'_>,
) -> Result<(SubmittedFile, Vec<Diagnostic>), Vec<Diagnostic>> {
    let (folder, name) = Folder::of_file(path);
    let diagnostics = &Diagnostics::of(&school.settings.safeguarding);
    let file = &SubmittedPath { path, name, folder: folder.with(diagnostics) };
    let submitted = match ending(path).as_str() {
        "xlsx" => form_workbook(file, school, hints),
        "csv" | "txt" => form_csv(file, school, hints),
        "ics" => calendar(file, school, hints),
        _ => {
            let message = "this is no file of a form that is read";
            Err(file
                .error(message, "hand in a schedule form or a marksheet (.xlsx, .csv), or a calendar (.ics)"))
        }
    };
    if let Err(diagnostic) = &submitted {
        diagnostics.push((**diagnostic).clone());
    }
    if let Ok(SubmittedFile::Schedules { subjects, .. }) = &submitted {
        let count: usize = subjects.iter().map(|(_, rows)| rows.len()).sum();
        if count > schedules::MOST_SESSIONS {
            let message = format!("more than {} sessions are in it", schedules::MOST_SESSIONS);
            diagnostics.push(*file.error(message, "hand in one half term"));
        }
    }
    let sorted = diagnostics.sorted();
    match submitted {
        Ok(submitted) if !sorted.iter().any(Diagnostic::is_error) => Ok((submitted, sorted)),
        _ => Err(sorted),
    }
}

/// The entries of a calendar in the academic year that are no term dates, and what could not be read.
///
/// # Errors
/// Where it cannot be read.
pub fn events(path: &Path, school: &School) -> Result<ics::ImportedCalendar, Box<Diagnostic>> {
    let year = school.set_up.calendar.academic_year;
    let calendar_file = ics::read(path, year)?;
    let events = match terms(&calendar_file.events, year) {
        Ok(terms) => terms.others,
        Err(_) => calendar_file.events,
    };
    Ok(ics::ImportedCalendar { events, ..calendar_file })
}

/// Whether a file holds sessions or term dates, and no pupils: a calendar, a filled form, a schedule.
pub fn is_schedule(path: &Path) -> bool {
    let (folder, name) = Folder::of_file(path);
    match ending(path).as_str() {
        "xlsx" => {
            let bytes = folder.bytes(name).ok().flatten();
            let book = bytes.and_then(|bytes| xlsx::read(name, bytes, &[], &Diagnostics::default()).ok());
            book.is_none_or(|book| {
                book.others().iter().any(|sheet| sheet.trim().eq_ignore_ascii_case(layout::FORM_SHEET))
            })
        }
        "csv" | "txt" => {
            let source = folder.read(name).ok().flatten();
            source.is_none_or(|source| {
                let head = source.text.lines().find(|line| !line.trim().is_empty() && !line.starts_with('#'));
                head.is_none_or(|head| words(head).iter().any(|word| word == "task"))
            })
        }
        _ => true,
    }
}

/// A file that is sent in.
struct SubmittedPath<'p> {
    path: &'p Path,
    name: &'p str,
    folder: Folder,
}

impl SubmittedPath<'_> {
    fn error(&self, message: impl Into<String>, hint: &str) -> Box<Diagnostic> {
        Box::new(Diagnostic::of_file(Severity::Error, self.name, message.into(), hint.to_owned()))
    }

    fn missing(&self) -> Box<Diagnostic> {
        self.error("there is no such file", "name a file that is there")
    }
}

/// The dates of a half term.
fn dates<'s>(
    file: &SubmittedPath<'_>,
    school: &'s School,
    number: Option<u8>,
) -> Result<&'s HalfTerm, Box<Diagnostic>> {
    let number =
        number.ok_or_else(|| file.error("it does not say which half term it is for", "say --half-term N"))?;
    school.set_up.calendar.half_term(number).ok_or_else(|| {
        file.error(format!("there are no dates for half term {number}"), "give its dates in the calendar")
    })
}

fn form_workbook(
    file: &SubmittedPath<'_>,
    school: &School,
    hints: SubmissionHints<'_>,
) -> Result<SubmittedFile, Box<Diagnostic>> {
    let bytes = file.folder.bytes(file.name)?.ok_or_else(|| file.missing())?;
    let (sheet, columns) = layout::FORM_KEYS;
    let book = xlsx::read(file.name, bytes, &[layout::FORM_SHEET, sheet], &file.folder.diagnostics)?;
    let keys = book.rows_of(sheet, columns).unwrap_or_default();
    let key = |wanted: &str| {
        let row = keys.iter().find(|record| record.text("setting").as_deref() == Some(wanted));
        row.and_then(|record| record.text("value"))
    };
    if let Some(year) =
        key("academic_year").filter(|year| *year != school.set_up.calendar.academic_year.to_string())
    {
        let message = format!(
            "this form is for {year}, and this workspace for {}",
            school.set_up.calendar.academic_year
        );
        return Err(file.error(message, "make a form of this year: phase form schedule"));
    }
    if let Some(form) = key("form").filter(|form| form != "schedule") {
        let message = format!("this is no form of a schedule, but of `{form}`");
        return Err(file.error(message, "fill in the form that phase form schedule -o FILE.xlsx writes"));
    }
    if let Some(of) = key("school").filter(|of| Id::from_name(of) != Id::from_name(&school.settings.name)) {
        let message = format!("this form is of `{of}`, and this workspace of `{}`", school.settings.name);
        return Err(file.error(message, "make a form of this school: phase form schedule"));
    }
    let number = key("half_term").map(|text| times::half_term(&text)).transpose();
    let number = number.map_err(|wrong| file.error(wrong.message, &wrong.hint))?;
    if let (Some(number), Some(said)) = (number, hints.half_term.filter(|said| Some(*said) != number)) {
        let message = format!("this form is for half term {number}, not {said}");
        return Err(file.error(message, "leave --half-term away, or make a form for that half term"));
    }
    let half_term = dates(file, school, number.or(hints.half_term))?;
    let of_form = key("subject").map(|text| Names::of_subjects(school).find(&text));
    let of_form = of_form.transpose().map_err(|wrong| file.error(wrong.message, &wrong.hint))?;
    if let (Some(form), Some(said)) = (&of_form, hints.subject.filter(|said| of_form.as_ref() != Some(*said)))
    {
        let message = format!("this form is for {form}, not for {said}");
        return Err(file.error(message, "leave --subject away, or make a form for that subject"));
    }
    let subject = of_form.or(hints.subject.cloned());
    let columns = if key("subject").is_some() || (keys.is_empty() && subject.is_some()) {
        layout::HANDED_IN
    } else {
        layout::HANDED_IN_ALL
    };
    let Some(records) = book.rows_of(layout::FORM_SHEET, columns) else {
        let message = format!("it has no sheet {}", layout::FORM_SHEET);
        return Err(file.error(message, "fill in the form that phase form schedule -o FILE.xlsx writes"));
    };
    Ok(schedules_of(school, half_term, &records, subject.as_ref(), columns))
}

fn form_csv(
    file: &SubmittedPath<'_>,
    school: &School,
    hints: SubmissionHints<'_>,
) -> Result<SubmittedFile, Box<Diagnostic>> {
    let source = file.folder.read(file.name)?.ok_or_else(|| file.missing())?;
    let half_term = dates(file, school, hints.half_term)?;
    // A file may name the subject in each row all the same.
    let head = source.text.lines().find(|line| !line.trim().is_empty() && !line.starts_with('#'));
    let named = head.is_some_and(|head| words(head).iter().any(|word| word == "subject"));
    let columns = if hints.subject.is_some() && !named { layout::HANDED_IN } else { layout::HANDED_IN_ALL };
    let records = csv::records(&source, columns);
    Ok(schedules_of(school, half_term, &records, hints.subject, columns))
}

/// The rows of a schedule, checked. A row without a date has not been filled in, and is left out.
fn schedules_of(
    school: &School,
    half_term: &HalfTerm,
    records: &[Record<'_>],
    subject: Option<&Id>,
    columns: &[layout::ColumnLayout],
) -> SubmittedFile {
    let names = Names::of_subjects(school);
    let open = |record: &&Record<'_>| {
        let mut others =
            columns.iter().map(|column| column.name).filter(|name| !["task", "subject"].contains(name));
        others.all(|name| record.cell(name).is_none())
    };
    if let Some(subject) = subject {
        for record in records {
            let Some(cell) = record.cell("subject") else { continue };
            if let Some(other) = names.find(&cell.text).ok().filter(|other| other != subject) {
                let message = format!("this row is for {other}, not for {subject}");
                let hint = "leave --subject away to take every row for its own subject";
                record.error(&cell.at, message, hint);
            }
        }
    }
    let left_out = records.iter().filter(open).map(|record| {
        let task = record.text("task").unwrap_or_default();
        LeftOut::new(format!("{task}: no date is filled in"), record.place())
    });
    let left_out = left_out.collect();
    let filled: Vec<Record<'_>> = records.iter().filter(|record| !open(record)).cloned().collect();
    let found = schedules::check(school, half_term, &filled, subject);
    let of_subject = |record: &Record<'_>| match subject {
        Some(subject) => Some(subject.clone()),
        None => record.text("subject").and_then(|text| names.find(&text).ok()),
    };
    let rows = |subject: &Id| {
        let own = filled.iter().filter(|record| of_subject(record).as_ref() == Some(subject));
        let without_subject = |record: &Record<'_>| {
            row(columns, record).into_iter().filter(|(name, _)| *name != "subject").collect()
        };
        own.map(without_subject).collect::<Vec<SetUpRow>>()
    };
    let subjects = found.iter().map(|subject| (subject.clone(), rows(subject))).collect();
    SubmittedFile::Schedules { half_term: half_term.number, subjects, left_out }
}

fn calendar(
    file: &SubmittedPath<'_>,
    school: &School,
    hints: SubmissionHints<'_>,
) -> Result<SubmittedFile, Box<Diagnostic>> {
    let year = school.set_up.calendar.academic_year;
    let calendar_file = ics::read(file.path, year)?;
    if let (None, None, Ok(terms)) = (hints.subject, hints.half_term, terms(&calendar_file.events, year)) {
        let others = terms.others.iter().map(|other| {
            LeftOut::new(
                format!("{}, {}: it is no term date", day(other.first), other.summary),
                other.at.clone(),
            )
        });
        let left_out = others.chain(calendar_file.unread.clone()).collect();
        return Ok(SubmittedFile::Terms { terms, left_out });
    }
    if calendar_file.events.is_empty() && calendar_file.unread.is_empty() {
        return Err(file.error(format!("nothing in it lies in {year}"), "export the calendar of that year"));
    }
    let half_term = dates(file, school, hints.half_term)?;
    let mut subjects: Vec<(Id, Vec<SetUpRow>)> = Vec::new();
    let mut left_out = calendar_file.unread.clone();
    for event in calendar_file.events.iter().filter(|event| half_term.contains(event.first)) {
        let read = session(school, event, hints.subject).and_then(|(subject, row)| {
            let there = |(other, rows): &(Id, Vec<SetUpRow>)| {
                *other == subject && rows.iter().any(|other| same(other, &row))
            };
            if subjects.iter().any(there) {
                Err(ValueError::new("it is there twice", ""))
            } else {
                Ok((subject, row))
            }
        });
        match read {
            Ok((subject, row)) => match subjects.iter_mut().find(|(other, _)| *other == subject) {
                Some((_, rows)) => rows.push(row),
                None => subjects.push((subject, vec![row])),
            },
            Err(wrong) => left_out.push(LeftOut::new(
                format!("{}, {}: {}", day(event.first), event.summary, wrong.message),
                event.at.clone(),
            )),
        }
    }
    if subjects.is_empty() {
        let message = format!("no session of {} is in it", half_term_name(half_term.number));
        let hint = "an entry says the task area and the subject, as in \"History: lesson visit 1A\"";
        file.folder.diagnostics.push(*file.error(message, hint));
        for left in left_out.iter().take(MOST_TOLD) {
            file.folder.diagnostics.warning(&left.at, left.says.clone(), "");
        }
    }
    subjects.sort_by(|(a, _), (b, _)| a.cmp(b));
    Ok(SubmittedFile::Schedules { half_term: half_term.number, subjects, left_out })
}
