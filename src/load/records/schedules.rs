//! `schedules/htN/`: the schedules as subject leaders sent them in, and as agreed.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::diagnostic::{Diagnostic, Severity};
use crate::load::checks::unread_files::without_drafts;
use crate::load::formats::values::nearest;
use crate::load::formats::{Diagnostics, Folder, Record, Source, ValueError, times, values};
use crate::load::names::{Names, RecordNames};
use crate::school::layout::{self, ColumnLayout, keys};
use crate::school::time::is_weekday;
use crate::school::{
    DatedHours, HalfTerm, Id, Schedules, School, Session, SessionKind, SessionStatus, half_term_name,
};

const PUBLISHED: &[ColumnLayout] = keys! {
    "id" required, "sequence" required, "owner" required, "task" required, "subject", "date" required,
    "period" list, "start", "end", "with" list, "classes" list, "teacher", "place", "minutes", "fixed", "status" required,
    "reason", "moved_from", "note", "lent_by",
};

/// The most sessions that may be sent in for one half term.
pub(crate) const MOST_SESSIONS: usize = 1000;

/// The folder of a half term's schedules.
pub fn folder_name(half_term: u8) -> String {
    format!("schedules/ht{half_term}")
}

/// Reads the schedules of every half term; counts the files.
pub fn read(
    folder: &Folder,
    school: &School,
    whom: &RecordNames<'_>,
    diagnostics: &mut Diagnostics,
) -> (BTreeMap<u8, Schedules>, usize) {
    let mut all = BTreeMap::new();
    let mut files = 0;
    for number in 1..=6 {
        let within = folder_name(number);
        let names = folder.list(&within).unwrap_or_else(|error| {
            diagnostics.push(*error);
            Vec::new()
        });
        let names = without_drafts(&within, names, diagnostics);
        if names.is_empty() {
            continue;
        }
        let mut schedules = Schedules::default();
        for name in names {
            let Some((subject, source)) = file_to_read(folder, school, &within, &name, diagnostics) else {
                continue;
            };
            files += 1;
            let Some(half_term) = school.set_up.calendar.half_term(number) else {
                let message = format!("there are no dates for half term {number}");
                let hint = "give the half term its dates in the calendar".to_owned();
                diagnostics.push(Diagnostic::of_file(Severity::Error, &source.file, message, hint));
                continue;
            };
            let reader = ScheduleReader { school, whom, half_term };
            match name.as_str() {
                "published.csv" => schedules.published = reader.published(&source, diagnostics),
                "issued.csv" => schedules.issued = reader.published(&source, diagnostics),
                _ => {
                    let columns = if subject.is_some() { layout::HANDED_IN } else { layout::HANDED_IN_ALL };
                    let records = crate::load::formats::csv::records(&source, columns, diagnostics);
                    reader.handed_in(&records, subject.as_ref(), &mut schedules, diagnostics);
                }
            }
        }
        if schedules.handed_in.len() > MOST_SESSIONS {
            let message = format!("more than {MOST_SESSIONS} sessions are handed in for one half term");
            let hint = "keep only this half term's sessions in its folder".to_owned();
            diagnostics.push(Diagnostic::of_file(Severity::Error, &within, message, hint));
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
fn file_to_read(
    folder: &Folder,
    school: &School,
    within: &str,
    name: &str,
    diagnostics: &mut Diagnostics,
) -> Option<(Option<Id>, Source)> {
    let file = format!("{within}/{name}");
    let Some(stem) = name.strip_suffix(".csv") else {
        let message = "this is not read: only .csv files are".to_owned();
        let hint = "save it as CSV UTF-8, under a subject's id or as all.csv".to_owned();
        diagnostics.push(Diagnostic::of_file(Severity::Warning, &file, message, hint));
        return None;
    };
    let mut subjects = school.set_up.subjects.keys();
    let subject = match stem {
        "all" | "published" | "issued" => None,
        _ => match subjects.find(|id| id.as_str().eq_ignore_ascii_case(stem)) {
            Some(subject) => Some(subject.clone()),
            None => {
                diagnostics.push(stray(school, &file, stem));
                return None;
            }
        },
    };
    match folder.read(&file) {
        Ok(source) => Some((subject, source?)),
        Err(error) => {
            diagnostics.push(*error);
            None
        }
    }
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
pub fn check(
    school: &School,
    half_term: &HalfTerm,
    records: &[Record<'_>],
    subject: Option<&Id>,
    diagnostics: &mut Diagnostics,
) -> Vec<Id> {
    let (staff, classes, subjects) =
        (Names::of_staff(school), Names::of_classes(school), Names::of_subjects(school));
    let whom = RecordNames { staff: &staff, classes: &classes, subjects: &subjects };
    let mut schedules = Schedules::default();
    ScheduleReader { school, whom: &whom, half_term }.handed_in(
        records,
        subject,
        &mut schedules,
        diagnostics,
    );
    schedules.subjects.sort();
    schedules.subjects.dedup();
    schedules.subjects
}

struct ScheduleReader<'a> {
    school: &'a School,
    whom: &'a RecordNames<'a>,
    half_term: &'a HalfTerm,
}

impl ScheduleReader<'_> {
    fn handed_in(
        &self,
        records: &[Record<'_>],
        subject: Option<&Id>,
        schedules: &mut Schedules,
        diagnostics: &mut Diagnostics,
    ) {
        for record in records {
            if !record.may_be_kept {
                continue;
            }
            let source = record.source;
            let subject = match subject {
                Some(subject) => Some(subject.clone()),
                None => {
                    record.required("subject", diagnostics);
                    record.read("subject", diagnostics, |text| self.whom.subjects.find(text))
                }
            };
            let session = self.session(record, diagnostics);
            let (Some(subject), Some(mut session)) = (subject, session) else { continue };
            schedules.subjects.push(subject.clone());
            let known = self.school.set_up.subjects.get(&subject);
            let Some(leader) = known.and_then(|subject| subject.leader.clone()) else {
                if known.is_some_and(|subject| diagnostics.has_error_at(&subject.at)) {
                    continue;
                }
                let wrong = ValueError::new(
                    format!("`{subject}` has no leader to hold this session"),
                    "name who leads the subject",
                );
                diagnostics.error(source, &record.at, wrong);
                continue;
            };
            let twin = schedules.handed_in.iter().find(|other| {
                other.subject.as_ref() == Some(&subject)
                    && other.kind == session.kind
                    && other.when == session.when
                    && other.classes == session.classes
            });
            if let Some(twin) = twin {
                diagnostics.error(
                    source,
                    &record.at,
                    ValueError::new(
                        format!("this session is there twice ({})", twin.at),
                        "keep one of the two rows",
                    ),
                );
            }
            session.subject = Some(subject);
            session.owner = leader;
            schedules.handed_in.push(session);
        }
    }

    fn published(&self, source: &Source, diagnostics: &mut Diagnostics) -> Vec<Session> {
        let mut sessions: Vec<Session> = Vec::new();
        for record in crate::load::formats::csv::records(source, PUBLISHED, diagnostics) {
            if !record.may_be_kept {
                continue;
            }
            let id = record.required("id", diagnostics).map(|cell| record.id_of(cell, diagnostics));
            let owner = record
                .required("owner", diagnostics)
                .is_some()
                .then(|| record.read("owner", diagnostics, |text| self.whom.staff.find(text)))
                .flatten();
            let sequence =
                record.read("sequence", diagnostics, |text| values::number(text, 0..=1_000_000)).unwrap_or(0);
            let status = record.read("status", diagnostics, |text| values::fixed_word(text, "status"));
            let subject = record.read("subject", diagnostics, |text| self.whom.subjects.find(text));
            let with = record.values("with", diagnostics, |text| self.whom.staff.find(text));
            let moved_from = record.read("moved_from", diagnostics, |text| self.moved_from(text));
            // Whoever was asked was asked, whether or not they are still on the staff.
            let lent_by = record.values("lent_by", diagnostics, |text| Ok(Id::new(text)));
            let reason = record.text("reason").or_else(|| record.text("note")).unwrap_or_default();
            let session = self.session(&record, diagnostics);
            let (Some(id), Some(owner), Some(status), Some(session)) = (id, owner, status, session) else {
                continue;
            };
            if sessions.iter().any(|other| other.id == id) {
                diagnostics.error(
                    source,
                    &record.at,
                    ValueError::new(
                        format!("the session `{id}` is there twice"),
                        "each session has an id of its own",
                    ),
                );
                continue;
            }
            sessions.push(Session {
                id,
                sequence,
                owner,
                subject,
                with,
                status,
                moved_from,
                lent_by,
                note: reason,
                ..session
            });
        }
        sessions
    }

    fn moved_from(&self, text: &str) -> Result<DatedHours, ValueError> {
        let (date, hours) = text.trim().split_once(' ').ok_or_else(|| {
            ValueError::new(format!("`{text}` is no date and time"), "write 2027-01-14 13:15-14:15")
        })?;
        let date = times::date(date)?;
        match times::hours(hours, &self.school.set_up.calendar.periods)?.as_slice() {
            [hours] => Ok(DatedHours { date, hours: *hours }),
            _ => Err(ValueError::new(format!("`{hours}` is more than one period"), "name one period")),
        }
    }

    /// What submitted and published sessions share.
    fn session(&self, record: &Record<'_>, diagnostics: &mut Diagnostics) -> Option<Session> {
        let filled = ["task", "date"].map(|name| record.required(name, diagnostics).is_some());
        let kind = record.read("task", diagnostics, values::session_kind);
        let date = record.read("date", diagnostics, |text| self.date(text));
        let when = self.when(record, date, diagnostics);
        let classes = record.values("classes", diagnostics, |text| self.whom.classes.find(text));
        let teachers = record.values("teacher", diagnostics, |text| self.whom.staff.find(text));
        let minutes = record.read("minutes", diagnostics, |text| values::number(text, 5..=480));
        let fixed = record.read("fixed", diagnostics, values::yes_no).unwrap_or(false);
        let (true, Some(kind), Some(when)) = (filled.iter().all(|filled| *filled), kind, when) else {
            return None;
        };
        let mut session = Session {
            id: Id::new(""),
            sequence: 0,
            owner: Id::new(""),
            kind,
            when,
            subject: None,
            with: Vec::new(),
            teachers,
            classes,
            place: record.text("place"),
            minutes: minutes.unwrap_or_else(|| self.school.settings.minutes.of(kind, &when)),
            fixed,
            status: SessionStatus::Planned,
            note: record.text("note").unwrap_or_default(),
            moved_from: None,
            lent_by: Vec::new(),
            at: record.place(),
        };
        if kind.is_visit() && session.teachers.is_empty() {
            session.teachers = self.school.set_up.teachers_visited(&session.classes, &when);
        }
        Some(session)
    }

    fn date(&self, text: &str) -> Result<NaiveDate, ValueError> {
        let date = times::date(text)?;
        if !is_weekday(date) {
            let message = format!("{text} is a {}", date.format("%A"));
            return Err(ValueError::new(message, "a session is on a school day"));
        }
        if self.half_term.contains(date) {
            return Ok(date);
        }
        let message = format!("{text} is not in {}", half_term_name(self.half_term.number));
        let (from, to) = (self.half_term.from.format("%-d %B %Y"), self.half_term.to.format("%-d %B %Y"));
        Err(ValueError::new(message, &format!("it runs from {from} to {to}")))
    }

    /// The date, with the hours of `period` or of `start` and `end`.
    fn when(
        &self,
        record: &Record<'_>,
        date: Option<NaiveDate>,
        diagnostics: &mut Diagnostics,
    ) -> Option<DatedHours> {
        let periods = &self.school.set_up.calendar.periods;
        if let Some(cell) = record.cell("period") {
            let hours =
                record.value(cell, diagnostics, |text| match times::hours(text, periods)?.as_slice() {
                    [hours] => Ok(*hours),
                    _ => Err(ValueError::new(
                        format!("`{text}` is more than one period"),
                        "a session takes up one period: name it",
                    )),
                });
            return Some(DatedHours { date: date?, hours: hours? });
        }
        let start = record.read("start", diagnostics, times::time);
        let end = record.read("end", diagnostics, times::time);
        let hours = match (start, end) {
            (Some(start), Some(end)) if start < end => crate::school::Hours { start, end },
            (Some(start), None) => match periods.iter().find(|period| period.start == start) {
                Some(period) => crate::school::Hours { start, end: period.end },
                None => {
                    diagnostics.error(
                        record.source,
                        &record.at,
                        ValueError::new("the session has no end", "fill in `end`, or `period`"),
                    );
                    return None;
                }
            },
            (Some(_), Some(_)) => {
                diagnostics.error(
                    record.source,
                    &record.at,
                    ValueError::new(
                        "the session ends before it begins",
                        "the earlier time belongs in `start`",
                    ),
                );
                return None;
            }
            _ => {
                if record.cell("start").is_none() {
                    diagnostics.error(
                        record.source,
                        &record.at,
                        ValueError::new("the session has no time", "fill in `period`, or `start` and `end`"),
                    );
                }
                return None;
            }
        };
        Some(DatedHours { date: date?, hours })
    }
}
