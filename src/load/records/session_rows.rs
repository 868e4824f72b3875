//! The rows of schedules: sessions that were sent in, and sessions as agreed.

use chrono::NaiveDate;

use crate::load::formats::{Record, Source, ValueError, times, values};
use crate::load::names::RecordNames;
use crate::school::layout::{ColumnLayout, keys};
use crate::school::time::is_weekday;
use crate::school::{DatedHours, HalfTerm, Id, Schedules, School, Session, SessionStatus, half_term_name};

const PUBLISHED: &[ColumnLayout] = keys! {
    "id" required, "sequence" required, "owner" required, "task" required, "subject", "date" required,
    "period" list, "start", "end", "with" list, "classes" list, "teacher", "place", "minutes", "fixed", "status" required,
    "reason", "moved_from", "note", "lent_by",
};

/// What reads the rows of a half term's schedules.
pub(super) struct ScheduleReader<'a> {
    pub school: &'a School,
    pub whom: &'a RecordNames<'a>,
    pub half_term: &'a HalfTerm,
}

impl ScheduleReader<'_> {
    /// Reads the rows of a schedule that was sent in; of one subject, or with the subject in each row.
    pub fn handed_in(&self, records: &[Record<'_>], subject: Option<&Id>, schedules: &mut Schedules) {
        for record in records {
            if !record.may_be_kept {
                continue;
            }
            let source = record.source;
            let subject = match subject {
                Some(subject) => Some(subject.clone()),
                None => {
                    record.required("subject");
                    record.read("subject", |text| self.whom.subjects.find(text))
                }
            };
            let session = self.session(record);
            let (Some(subject), Some(mut session)) = (subject, session) else { continue };
            schedules.subjects.push(subject.clone());
            let known = self.school.set_up.subjects.get(&subject);
            let Some(leader) = known.and_then(|subject| subject.leader.clone()) else {
                if known.is_some_and(|subject| record.source.diagnostics.has_error_at(&subject.at)) {
                    continue;
                }
                source.error(
                    &record.at,
                    format!("`{subject}` has no leader to hold this session"),
                    "name who leads the subject",
                );
                continue;
            };
            let twin = schedules.handed_in.iter().find(|other| {
                other.subject.as_ref() == Some(&subject)
                    && other.kind == session.kind
                    && other.when == session.when
                    && other.classes == session.classes
            });
            if let Some(twin) = twin {
                source.error(
                    &record.at,
                    format!("this session is there twice ({})", twin.at),
                    "keep one of the two rows",
                );
            }
            session.subject = Some(subject);
            session.owner = leader;
            schedules.handed_in.push(session);
        }
    }

    /// Reads the sessions that were agreed, or that people were shown.
    pub fn published(&self, source: &Source) -> Vec<Session> {
        let mut sessions: Vec<Session> = Vec::new();
        for record in crate::load::formats::csv::records(source, PUBLISHED) {
            if !record.may_be_kept {
                continue;
            }
            let id = record.required("id").map(|cell| record.id_of(cell));
            let owner = record
                .required("owner")
                .is_some()
                .then(|| record.read("owner", |text| self.whom.staff.find(text)))
                .flatten();
            let sequence = record.read("sequence", |text| values::number(text, 0..=1_000_000)).unwrap_or(0);
            let status = record.read("status", |text| values::fixed_word(text, "status"));
            let subject = record.read("subject", |text| self.whom.subjects.find(text));
            let with = record.values("with", |text| self.whom.staff.find(text));
            let moved_from = record.read("moved_from", |text| self.moved_from(text));
            // Whoever was asked was asked, whether or not they are still on the staff.
            let lent_by = record.values("lent_by", |text| Ok(Id::new(text)));
            let reason = record.text("reason").or_else(|| record.text("note")).unwrap_or_default();
            let session = self.session(&record);
            let (Some(id), Some(owner), Some(status), Some(session)) = (id, owner, status, session) else {
                continue;
            };
            if sessions.iter().any(|other| other.id == id) {
                source.error(
                    &record.at,
                    format!("the session `{id}` is there twice"),
                    "each session has an id of its own",
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
    fn session(&self, record: &Record<'_>) -> Option<Session> {
        let filled = ["task", "date"].map(|name| record.required(name).is_some());
        let kind = record.read("task", values::session_kind);
        let date = record.read("date", |text| self.date(text));
        let when = self.when(record, date);
        let classes = record.values("classes", |text| self.whom.classes.find(text));
        let teachers = record.values("teacher", |text| self.whom.staff.find(text));
        let minutes = record.read("minutes", |text| values::number(text, 5..=480));
        let fixed = record.read("fixed", values::yes_no).unwrap_or(false);
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
    fn when(&self, record: &Record<'_>, date: Option<NaiveDate>) -> Option<DatedHours> {
        let periods = &self.school.set_up.calendar.periods;
        if let Some(cell) = record.cell("period") {
            let hours = record.value(cell, |text| match times::hours(text, periods)?.as_slice() {
                [hours] => Ok(*hours),
                _ => Err(ValueError::new(
                    format!("`{text}` is more than one period"),
                    "a session takes up one period: name it",
                )),
            });
            return Some(DatedHours { date: date?, hours: hours? });
        }
        let start = record.read("start", times::time);
        let end = record.read("end", times::time);
        let hours = match (start, end) {
            (Some(start), Some(end)) if start < end => crate::school::Hours { start, end },
            (Some(start), None) => match periods.iter().find(|period| period.start == start) {
                Some(period) => crate::school::Hours { start, end: period.end },
                None => {
                    record.error(&record.at, "the session has no end", "fill in `end`, or `period`");
                    return None;
                }
            },
            (Some(_), Some(_)) => {
                record.error(
                    &record.at,
                    "the session ends before it begins",
                    "the earlier time belongs in `start`",
                );
                return None;
            }
            _ => {
                if record.cell("start").is_none() {
                    record.error(
                        &record.at,
                        "the session has no time",
                        "fill in `period`, or `start` and `end`",
                    );
                }
                return None;
            }
        };
        Some(DatedHours { date: date?, hours })
    }
}
