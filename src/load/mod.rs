//! Files to a `School`, or to every fault in them. The only room that reads.

mod availability;
mod calendar;
mod classes;
mod csv;
pub mod form;
pub mod names;
mod phase;
mod record;
mod schedules;
pub mod source;
mod staff;
mod subjects;
mod toml;

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::diagnostic::{Diagnostic, Severity};
use crate::school::calendar::{Calendar, When};
use crate::school::phases::Phase;
use crate::school::{Known, School, Seen};
use record::{Column, Faults, Record};
use source::{Folder, Source};

/// What came of reading a workspace.
#[derive(Debug)]
pub struct Loaded {
    /// The school; none where `phase.toml`, `subjects.csv` or the term dates cannot be read at all.
    pub school: Option<School>,
    /// Every fault, by file, line and column.
    pub diagnostics: Vec<Diagnostic>,
    /// How many files were read.
    pub files: usize,
}

/// The files of a workspace's set-up.
pub const SET_UP: &[&str] = &[
    "phase.toml",
    "calendar.toml",
    "subjects.csv",
    "staff.csv",
    "classes.csv",
    "timetable.csv",
    "availability.csv",
];

/// The set-up files as read, by name.
struct Sources(BTreeMap<&'static str, Source>);

impl Sources {
    fn read(folder: &Folder, faults: &mut Faults) -> Self {
        let mut sources = BTreeMap::new();
        for name in SET_UP {
            match folder.read(name) {
                Ok(Some(source)) => {
                    sources.insert(*name, source);
                }
                Ok(None) => {}
                Err(fault) => faults.push(*fault),
            }
        }
        Self(sources)
    }

    fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    fn records(&self, name: &str, columns: &'static [Column], faults: &mut Faults) -> Vec<Record<'_>> {
        self.0.get(name).map(|source| csv::records(source, columns, faults)).unwrap_or_default()
    }
}

/// Reads a workspace. `today` decides which built-in term dates hold where there is no
/// `calendar.toml`.
pub fn load(folder: &Folder, today: NaiveDate) -> Loaded {
    let mut faults = Faults::default();
    let sources = Sources::read(folder, &mut faults);
    let mut files = sources.0.len();
    warn_of_copies(folder, &sources, &mut faults);
    let school = school(folder, &sources, today, &mut files, &mut faults);
    Loaded { school, diagnostics: faults.into_sorted(), files }
}

fn school(
    folder: &Folder,
    sources: &Sources,
    today: NaiveDate,
    files: &mut usize,
    faults: &mut Faults,
) -> Option<School> {
    let needed = [
        ("phase.toml", "copy it from the data-template and fill it in"),
        ("subjects.csv", "a row a subject: name,leader"),
    ];
    for (name, hint) in needed
        .iter()
        .filter(|(name, _)| !sources.has(name) && folder.names("").iter().all(|there| there != name))
    {
        faults.push(Diagnostic::of_file(
            Severity::Error,
            name,
            "there is no such file".to_owned(),
            (*hint).to_owned(),
        ));
    }
    let phase_source = sources.0.get("phase.toml")?;
    let phase_file = phase::read(phase_source, faults);
    let phase_records = phase_file.phase_records(faults);
    let subject_records = sources.records("subjects.csv", subjects::COLUMNS, faults);
    let class_records = sources.records("classes.csv", classes::COLUMNS, faults);
    let (mut people, staff_names) = if sources.has("staff.csv") {
        staff::staff(&sources.records("staff.csv", staff::COLUMNS, faults), faults)
    } else {
        let named = phase_records
            .iter()
            .flat_map(|record| record.cell("leader").map(|cell| (record.source, cell.clone())))
            .chain(
                subject_records
                    .iter()
                    .flat_map(|record| record.cell("leader").map(|cell| (record.source, cell.clone()))),
            )
            .chain(
                class_records
                    .iter()
                    .flat_map(|record| record.list("teacher").into_iter().map(|cell| (record.source, cell))),
            );
        staff::named(named, faults)
    };
    let subject_names = subjects::names(&subject_records, faults);
    let (class_names, year_groups) = classes::names(&class_records, faults);
    let subjects = subjects::subjects(&subject_records, &staff_names, faults);
    let mut classes = classes::classes(&class_records, &year_groups, &staff_names, faults);
    // Without subjects every row of the timetable would be told as a fault of its own.
    if !subject_records.is_empty() {
        let timetable = sources.records("timetable.csv", classes::TIMETABLE, faults);
        classes::timetable(
            &timetable,
            &phase_file.periods,
            (&class_names, &subject_names, &staff_names),
            &mut classes,
            faults,
        );
    }
    let rows = sources.records("availability.csv", availability::COLUMNS, faults);
    availability::availability(&rows, &phase_file.periods, &staff_names, &mut people, faults);
    let phases = phase_file.phases(&phase_records, &staff_names, faults);

    let built_in = if sources.has("calendar.toml") { None } else { calendar::built_in(today) };
    let Some(calendar_source) = sources.0.get("calendar.toml").or(built_in.as_ref()) else {
        if folder.names("").iter().all(|name| name != "calendar.toml") {
            let message =
                "there is no such file, and no term dates are built in for this academic year".to_owned();
            let hint = "write academic_year and six [[half_term]] tables with number, from and to".to_owned();
            faults.push(Diagnostic::of_file(Severity::Error, "calendar.toml", message, hint));
        }
        return None;
    };
    let whom = calendar::Whom { staff: &staff_names, classes: &class_names, year_groups: &year_groups };
    let calendar = calendar::read(calendar_source, &phase_file.periods, &whom, faults)?;
    idle_sessions(&phases, &calendar, faults);
    if !sources.has("subjects.csv") || phases.is_empty() {
        return None;
    }
    let calendar_is_own = calendar.half_terms.iter().any(|half_term| &*half_term.at.file == "calendar.toml");
    let mut school = School {
        name: phase_file.name.clone(),
        calendar,
        phases,
        subjects,
        staff: people,
        classes,
        schedules: BTreeMap::new(),
        seen: Vec::new(),
        phase_leader_card: phase_file.phase_leader_card,
        subject_leader_card: phase_file.subject_leader_card,
        limits: phase_file.limits.clone(),
        preferences: phase_file.preferences.clone(),
        minutes: phase_file.minutes.clone(),
        places: phase_file.places.clone(),
        known: Known {
            calendar: calendar_is_own,
            staff: sources.has("staff.csv"),
            classes: sources.has("classes.csv"),
            timetable: sources.has("timetable.csv"),
            availability: sources.has("availability.csv"),
        },
    };
    for class in school.classes.values() {
        let by_lesson = class.lessons.iter().filter_map(|lesson| lesson.teacher.as_ref());
        for teacher in class.teachers.iter().chain(by_lesson) {
            let person = school.staff.get_mut(teacher);
            if let Some(person) = person.filter(|person| !person.teaches.contains(&class.id)) {
                person.teaches.push(class.id.clone());
            }
        }
    }
    let whom = schedules::Whom { staff: &staff_names, classes: &class_names, subjects: &subject_names };
    *files += schedules::read(folder, &mut school, &whom, faults);
    if let Some(cell) = &phase_file.previous {
        school.seen = previous(folder, phase_source, cell, &school, faults);
    }
    Some(school)
}

/// Warns of programmed sessions that never come: on a date of no half term, or in an A or B week where
/// no half term says which its first week is.
fn idle_sessions(phases: &[Phase], calendar: &Calendar, faults: &mut Faults) {
    for programmed in phases.iter().flat_map(|phase| &phase.sessions) {
        let comes = calendar.half_terms.iter().any(|half_term| {
            let hours = programmed.when.hours;
            let at = |date| hours.map(|hours| When { date, hours });
            half_term.weekdays().filter_map(at).any(|when| calendar.holds(&programmed.when, &when))
        });
        if !comes {
            let message = "a programmed session never comes in this academic year".to_owned();
            let hint = "check its date; for A or B weeks, set first_week in calendar.toml".to_owned();
            let warning = Diagnostic::of_file(Severity::Warning, "", message, hint);
            faults.push(Diagnostic { place: programmed.at.clone(), ..warning });
        }
    }
}

/// What last year's workspace shows of which phase saw which subject when. Faults in it are told
/// as warnings only: it is read, never mended.
fn previous(
    folder: &Folder,
    source: &Source,
    cell: &record::Cell,
    school: &School,
    faults: &mut Faults,
) -> Vec<Seen> {
    let last = folder.join(&cell.text);
    let wrong = |message: String, hint: &str| form::Wrong::new(message, hint);
    if !last.exists() {
        faults.warning(
            source,
            &cell.at,
            wrong(
                format!("there is no folder `{}`", cell.text),
                "name last year's folder from this one, as in \"../2025-26\"",
            ),
        );
        return Vec::new();
    }
    let day = school
        .calendar
        .half_terms
        .first()
        .and_then(|half_term| half_term.from.checked_sub_months(chrono::Months::new(9)));
    let loaded = load(&last, day.unwrap_or_default());
    let errors =
        loaded.diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error).count();
    if errors > 0 {
        let message = format!("last year's workspace has {errors} faults, so some of it may not count");
        faults.warning(source, &cell.at, wrong(message, "run `phase check` there"));
    }
    let Some(earlier) = loaded.school else { return Vec::new() };
    let year = earlier.calendar.academic_year.0;
    if year >= school.calendar.academic_year.0 {
        faults.error(
            source,
            &cell.at,
            wrong(format!("`{}` is no earlier academic year", cell.text), "name last year's folder"),
        );
        return Vec::new();
    }
    let mut seen = earlier.seen.clone();
    for (half_term, schedules) in &earlier.schedules {
        for session in schedules.published.iter().filter(|session| session.status.stands()) {
            let phase = earlier.phases.iter().find(|phase| phase.leader == session.owner);
            if let (Some(phase), Some(subject)) = (phase, &session.subject) {
                seen.push(Seen {
                    phase: phase.id.clone(),
                    subject: subject.clone(),
                    academic_year: year,
                    half_term: *half_term,
                });
            }
        }
    }
    seen
}

/// Warns of files that are not read but look as if they were meant to be: a sync client's copies, other
/// endings, capitals, slips of spelling.
fn warn_of_copies(folder: &Folder, read: &Sources, faults: &mut Faults) {
    for name in folder.names("") {
        let lower = name.to_lowercase();
        let Some(known) = SET_UP.iter().find(|known| is_meant(&lower, known)) else { continue };
        if name == *known || (lower == *known && read.has(known)) {
            continue;
        }
        let (message, hint) =
            if lower.ends_with(".xlsx") || lower.ends_with(".xls") || lower.ends_with(".ods") {
                (
                    "this is a spreadsheet and is not read".to_owned(),
                    format!("save it as CSV UTF-8 under the name `{known}`"),
                )
            } else if is_copy(&lower, known) {
                let hint = "keep one version under the plain name and delete the other".to_owned();
                (format!("this looks like a copy of `{known}` and is not read"), hint)
            } else {
                ("no file of this name is read".to_owned(), format!("did you mean `{known}`?"))
            };
        faults.push(Diagnostic::of_file(Severity::Warning, &name, message, hint));
    }
    for name in folder.names("schedules") {
        if !(1..=6).any(|number| name == format!("ht{number}")) {
            let message = "this is not read".to_owned();
            let hint = "the schedules of half term 3 belong in schedules/ht3".to_owned();
            faults.push(Diagnostic::of_file(Severity::Warning, &format!("schedules/{name}"), message, hint));
        }
    }
}

/// Whether a file name stands for one of those that are read, or nearly.
fn is_meant(lower: &str, known: &str) -> bool {
    let (stem, ending) = known.rsplit_once('.').unwrap_or((known, ""));
    let (written, other) = lower.split_once('.').unwrap_or((lower, ""));
    let alike =
        other.ends_with(ending) || ["csv.txt", "txt", "toml.txt", "xlsx", "xls", "ods"].contains(&other);
    let near = strsim::damerau_levenshtein(written, stem) <= 2 && written.len() > 3;
    alike && (written == stem || near || is_copy(lower, known))
}

/// Whether a name is a known one with something added before its ending.
fn is_copy(lower: &str, known: &str) -> bool {
    let (stem, ending) = known.rsplit_once('.').unwrap_or((known, ""));
    let added = lower
        .strip_prefix(stem)
        .and_then(|rest| rest.strip_suffix(ending))
        .and_then(|rest| rest.strip_suffix('.'));
    added.is_some_and(|added| added.starts_with([' ', '-', '_', '(', '.', '~']))
}
