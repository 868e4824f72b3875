//! `schedules/htN/`: the schedules as subject leaders sent them in, and as agreed.

use std::collections::BTreeMap;

use super::session_rows::ScheduleReader;
use crate::diagnostic::{Diagnostic, Place, Severity};
use crate::load::checks::unread_files::without_drafts;
use crate::load::formats::values::nearest;
use crate::load::formats::{Folder, Record, Source};
use crate::load::names::{Names, RecordNames};
use crate::school::layout::{self};
use crate::school::{DatedHours, HalfTerm, Id, Schedules, School, Session, SessionKind};

/// The most sessions that may be sent in for one half term.
pub(crate) const MOST_SESSIONS: usize = 1000;

/// The folder of a half term's schedules.
pub fn folder_name(half_term: u8) -> String {
    format!("schedules/ht{half_term}")
}

/// Reads the schedules of every half term; counts the files.
pub fn read(folder: &Folder, school: &School, whom: &RecordNames<'_>) -> (BTreeMap<u8, Schedules>, usize) {
    let mut all = BTreeMap::new();
    let mut files = 0;
    for number in 1..=6 {
        let within = folder_name(number);
        let names = without_drafts(folder, &within);
        if names.is_empty() {
            continue;
        }
        let mut schedules = Schedules::default();
        for name in names {
            let Some((subject, source)) = file_to_read(folder, school, &within, &name) else {
                continue;
            };
            files += 1;
            let Some(half_term) = school.set_up.calendar.half_term(number) else {
                let message = format!("there are no dates for half term {number}");
                let hint = "give the half term its dates in the calendar";
                folder.diagnostics.error(&Place::file(&source.file), message, hint);
                continue;
            };
            let reader = ScheduleReader { school, whom, half_term };
            match name.as_str() {
                "published.csv" => schedules.published = reader.published(&source),
                "issued.csv" => schedules.issued = reader.published(&source),
                _ => {
                    let columns = if subject.is_some() { layout::HANDED_IN } else { layout::HANDED_IN_ALL };
                    let records = crate::load::formats::csv::records(&source, columns);
                    reader.handed_in(&records, subject.as_ref(), &mut schedules);
                }
            }
        }
        if schedules.handed_in.len() > MOST_SESSIONS {
            let message = format!("more than {MOST_SESSIONS} sessions are handed in for one half term");
            let hint = "keep only this half term's sessions in its folder";
            folder.diagnostics.error(&Place::file(&within), message, hint);
            schedules.handed_in.truncate(MOST_SESSIONS);
        }
        put_in_order(&mut schedules);
        name_sessions(number, &mut schedules.handed_in);
        all.insert(number, schedules);
    }
    (all, files)
}

/// Returns a file of a half term's folder and whose schedule it is, none for a file of all; nothing where it is no
/// schedule or cannot be read.
fn file_to_read(folder: &Folder, school: &School, within: &str, name: &str) -> Option<(Option<Id>, Source)> {
    let file = format!("{within}/{name}");
    let Some(stem) = name.strip_suffix(".csv") else {
        let hint = "save it as CSV UTF-8, under a subject's id or as all.csv";
        folder.diagnostics.warning(&Place::file(&file), "this is not read: only .csv files are", hint);
        return None;
    };
    let mut subjects = school.set_up.subjects.keys();
    let subject = match stem {
        "all" | "published" | "issued" => None,
        _ => match subjects.find(|id| id.as_str().eq_ignore_ascii_case(stem)) {
            Some(subject) => Some(subject.clone()),
            None => {
                folder.diagnostics.push(stray(school, &file, stem));
                return None;
            }
        },
    };
    Some((subject, folder.source(&file)?))
}

/// Puts the sessions of a half term in an order of their own, so that the order of rows does not matter.
fn put_in_order(schedules: &mut Schedules) {
    schedules.handed_in.sort_by(|a, b| key(a).cmp(&key(b)));
    schedules.published.sort_by(|a, b| a.id.cmp(&b.id));
    schedules.issued.sort_by(|a, b| a.id.cmp(&b.id));
    schedules.subjects.sort();
    schedules.subjects.dedup();
}

fn key(session: &Session) -> (Option<&Id>, SessionKind, DatedHours, &[Id], &crate::diagnostic::Place) {
    (session.subject.as_ref(), session.kind, session.when, &session.classes, &session.at)
}

/// A file in a folder of schedules that no subject's name fits.
fn stray(school: &School, file: &str, stem: &str) -> Diagnostic {
    let ids = || school.set_up.subjects.keys().map(Id::as_str);
    let copy = ids()
        .chain(["all", "published", "issued"])
        .find(|id| stem.len() > id.len() && stem.to_lowercase().starts_with(id));
    match copy {
        Some(id) => Diagnostic::of_file(
            Severity::Warning,
            file,
            format!("this looks like a copy of `{id}.csv` and is not read"),
            "keep one version under the plain name and delete the other".to_owned(),
        ),
        None => Diagnostic::of_file(
            Severity::Error,
            file,
            format!("no subject in subjects.csv has the id `{stem}`, so this file is not read"),
            match nearest(stem, ids()) {
                Some(near) => format!("did you mean `{near}.csv`?"),
                None => "name the file after a subject's id, or put its rows in `all.csv`".to_owned(),
            },
        ),
    }
}

/// Ids for sessions sent in: by half term, subject, kind and order of date.
fn name_sessions(number: u8, sessions: &mut [Session]) {
    let mut counts: BTreeMap<(Option<Id>, SessionKind), u32> = BTreeMap::new();
    for session in sessions {
        let count = counts.entry((session.subject.clone(), session.kind)).or_default();
        *count += 1;
        let subject = session.subject.as_ref().map_or("", Id::as_str);
        session.id = Id::new(&format!("ht{number}-{subject}-{}-{count}", session.kind.word()));
    }
}

/// Checks the rows of a schedule that is to be sent in for a half term; of one subject, or with the
/// subject in each row. Returns the subjects that have a row.
pub fn check(school: &School, half_term: &HalfTerm, records: &[Record<'_>], subject: Option<&Id>) -> Vec<Id> {
    let (staff, classes, subjects) =
        (Names::of_staff(school), Names::of_classes(school), Names::of_subjects(school));
    let whom = RecordNames { staff: &staff, classes: &classes, subjects: &subjects };
    let mut schedules = Schedules::default();
    ScheduleReader { school, whom: &whom, half_term }.handed_in(records, subject, &mut schedules);
    schedules.subjects.sort();
    schedules.subjects.dedup();
    schedules.subjects
}
