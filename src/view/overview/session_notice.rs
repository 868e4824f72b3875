//! A session as it is shown to a person: what it is, what is new of it, what to bring, and its place in a calendar.

use crate::document::{CalendarEntry, CalendarEntryStatus, Cell, Table, capitalised, plain};
use crate::judge::evidence_form::look_for;
use crate::plan::notices::{NoticeChange, NoticeSession, SessionRole};
use crate::school::{EvidenceKind, Id, LentMaterial, School, SessionKind, SessionStatus};
use crate::view::{listed, people};

/// The words on sessions, for one person.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SessionNotice<'a> {
    pub(crate) school: &'a School,
    pub(crate) person: &'a Id,
}

impl SessionNotice<'_> {
    /// Sessions, a row each.
    pub(crate) fn table(&self, shown: &[&NoticeSession]) -> Table {
        let row = |session: &&NoticeSession| {
            vec![
                Cell::Date(session.when.date),
                session.when.hours.to_string().into(),
                self.what(session).into(),
                self.others(session).into(),
                session.place.as_deref().unwrap_or_default().into(),
                status(session).into(),
            ]
        };
        Table::of(["day", "time", "session", "with", "where", "note"], shown.iter().map(row))
    }

    /// What is new of a session, in a sentence; none where nothing is.
    pub(crate) fn news(&self, session: &NoticeSession) -> Option<String> {
        let (what, when) = (self.what(session), session.when);
        Some(match session.change? {
            NoticeChange::New => format!("New: {when}, {what}."),
            NoticeChange::Moved => {
                let before = session.before.map_or_else(String::new, |before| format!(" (it was {before})"));
                format!("Moved: {what} is on {when}{before}.")
            }
            NoticeChange::Changed if session.was.is_some() => {
                format!("New: {when}, {what}{}.", self.in_place_of(session))
            }
            NoticeChange::Changed => format!("Changed: {when}, {what}."),
            NoticeChange::Cancelled => format!("Called off: {what}, {when}."),
            NoticeChange::NotNeeded if session.part == SessionRole::Lends => {
                format!("No longer asked for: {what}, {when}.")
            }
            NoticeChange::NotNeeded => format!("You are no longer needed: {what}, {when}."),
        })
    }

    /// The day, the hours and what it is, in full.
    pub(crate) fn heading(&self, session: &NoticeSession) -> String {
        let (date, hours) = (session.when.date, session.when.hours);
        format!(
            "{}, {} to {}: {}",
            date.format("%A %-d %B"),
            hours.start.format("%H:%M"),
            hours.end.format("%H:%M"),
            self.what(session)
        )
    }

    /// Who else comes, where, what to bring, and what is looked at.
    pub(crate) fn details(&self, session: &NoticeSession) -> Vec<(String, Vec<String>)> {
        let comes = session.with.contains(self.person) || session.owner == *self.person;
        let visited = session.teachers.contains(self.person) && !comes;
        let mut details: Vec<(&str, Vec<String>)> = vec![
            ("With", vec![self.others(session)]),
            ("Where", session.place.iter().cloned().collect()),
            ("How long", vec![how_long(session)]),
            ("Bring", vec![if visited { NOTHING.to_owned() } else { self.bring(session) }]),
            ("Looked at", looked_at(session.kind)),
        ];
        if session.cover.contains(self.person) {
            details.push(("Cover", vec!["asked of the headteacher for this time".to_owned()]));
        }
        details.retain(|(_, says)| says.iter().any(|says| !says.is_empty()));
        details.into_iter().map(|(label, says)| (label.to_owned(), says)).collect()
    }

    /// The session in a calendar, named for ever by the school and the academic year.
    pub(crate) fn entry(&self, session: &NoticeSession, academic_year: &str) -> CalendarEntry {
        let mut summary = capitalised(&self.what(session));
        if session.status == SessionStatus::Cancelled {
            let off =
                if session.change == Some(NoticeChange::NotNeeded) { "Not needed" } else { "Called off" };
            summary = format!("{off}: {summary}");
        }
        let mut lines: Vec<String> = Vec::new();
        let others = self.others(session);
        if !others.is_empty() {
            lines.push(format!("With {others}."));
        }
        if session.status == SessionStatus::Planned {
            let session = self.details(session).into_iter();
            let session = session.filter(|(label, _)| ["How long", "Bring"].contains(&label.as_str()));
            lines.extend(
                session.map(|(label, says)| format!("{label}: {}.", says.join(" ").trim_end_matches('.'))),
            );
        }
        CalendarEntry {
            uid: uid(self.school, academic_year, &session.id),
            sequence: session.sequence,
            date: session.when.date,
            start: session.when.hours.start,
            end: session.when.hours.end,
            summary,
            description: lines.join("\n"),
            location: session.place.clone().unwrap_or_default(),
            status: match session.status {
                SessionStatus::Cancelled => CalendarEntryStatus::Cancelled,
                _ => CalendarEntryStatus::Confirmed,
            },
        }
    }

    /// What a session stands in the place of, behind what it is.
    fn in_place_of(&self, session: &NoticeSession) -> String {
        session.was.as_ref().map_or_else(String::new, |was| {
            let what = self.about(was.kind, was.subject.as_ref(), &was.classes);
            let when = if was.when == session.when { String::new() } else { format!(" on {}", was.when) };
            format!(", in place of {what}{when}, which is called off")
        })
    }

    /// What somebody who comes is to bring.
    fn bring(&self, session: &NoticeSession) -> String {
        if session.kind != SessionKind::WorkScrutiny {
            return bring(session.kind).to_owned();
        }
        let teachers = |class: &Id| {
            self.school.set_up.classes.get(class).map_or(&[][..], |class| class.teachers.as_slice())
        };
        let comes =
            |one: &Id| *one == session.owner || session.with.contains(one) || session.teachers.contains(one);
        let named = |is: &dyn Fn(&Id) -> bool| {
            let names: Vec<String> =
                session.classes.iter().filter(|class| is(class)).map(ToString::to_string).collect();
            (!names.is_empty()).then(|| listed(&names))
        };
        let own = named(&|class| teachers(class).contains(self.person));
        // Who comes brings the books of the own class; others are asked for theirs.
        let brought =
            named(&|class| !teachers(class).contains(self.person) && teachers(class).iter().any(comes));
        let asked = named(&|class| !teachers(class).is_empty() && !teachers(class).iter().any(comes));
        let unknown = named(&|class| teachers(class).is_empty());
        let mut says: Vec<String> = Vec::new();
        says.extend(own.map(|own| format!("six pupils' books of {own}, of different groups")));
        if says.is_empty() && !session.classes.is_empty() && unknown.is_none() {
            says.push("nothing".to_owned());
        }
        says.extend(brought.map(|these| format!("those of {these} come with the class teacher")));
        let of_whom = |these: &str| if these.contains(" and ") { "class teachers" } else { "class teacher" };
        says.extend(
            asked.map(|these| format!("six pupils' books of {these} are asked of the {}", of_whom(&these))),
        );
        says.extend(unknown.map(|these| {
            format!("six pupils' books of {these}, of different groups: agree who brings them")
        }));
        if says.is_empty() {
            says.push("six pupils' books, of different groups; of which class is to be agreed".to_owned());
        }
        says.join("; ")
    }

    /// What a session is about: `pupils' work, History (1A, 2B)`.
    fn about(&self, kind: SessionKind, subject: Option<&Id>, classes: &[Id]) -> String {
        let subject = subject.map_or_else(String::new, |id| format!(", {}", self.school.subject_name(id)));
        let classes: Vec<&str> = classes.iter().map(Id::as_str).collect();
        let classes = if classes.is_empty() { String::new() } else { format!(" ({})", classes.join(", ")) };
        format!("{}{subject}{classes}", kind.title())
    }

    /// What it is about; for who only lends, the own classes, with what is asked.
    fn what(&self, session: &NoticeSession) -> String {
        let own = |class: &&Id| {
            session.part == SessionRole::Comes
                || self
                    .school
                    .set_up
                    .classes
                    .get(*class)
                    .is_some_and(|class| class.teachers.contains(self.person))
        };
        let classes: Vec<Id> = session.classes.iter().filter(own).cloned().collect();
        let asked = match session.part {
            SessionRole::Comes => String::new(),
            SessionRole::Lends => {
                session.kind.lends().map_or_else(String::new, |lent| format!("{} for ", words(lent)))
            }
        };
        format!("{asked}{}", self.about(session.kind, session.subject.as_ref(), &classes))
    }

    /// Who else comes.
    fn others(&self, session: &NoticeSession) -> String {
        let all = std::iter::once(&session.owner).chain(&session.with).chain(&session.teachers);
        let mut others: Vec<Id> = Vec::new();
        for one in all.filter(|one| *one != self.person) {
            if !others.contains(one) {
                others.push(one.clone());
            }
        }
        people(self.school, &others)
    }
}

/// What a session is called in calendars, the same for ever and for everybody who has it.
pub(crate) fn uid(school: &School, academic_year: &str, session: &Id) -> String {
    plain(&format!("{session}-{academic_year}@{}.phase.invalid", Id::from_name(&school.settings.name)))
}

/// What happened to a session, or what is new of it, in a word.
pub(crate) fn status(session: &NoticeSession) -> &'static str {
    match (session.status, session.change) {
        (_, Some(NoticeChange::NotNeeded)) => "not needed",
        (SessionStatus::Cancelled, _) => "called off",
        (SessionStatus::Held, _) => "held",
        (SessionStatus::Missed, _) => "missed",
        (_, Some(NoticeChange::Moved)) => "moved",
        (_, Some(NoticeChange::Changed)) if session.was.is_some() => "new",
        (_, Some(NoticeChange::Changed)) => "changed",
        _ => "",
    }
}

/// How long it lasts, where that is not the whole time.
fn how_long(session: &NoticeSession) -> String {
    let whole = session.when.hours.minutes();
    match i64::from(session.minutes) {
        minutes if minutes > 0 && minutes < whole => format!("{minutes} minutes of this time"),
        _ => String::new(),
    }
}

/// What those who are visited need not do.
const NOTHING: &str = "nothing: the lesson as it is";

/// What to bring to a session. This product's own wording.
fn bring(kind: SessionKind) -> &'static str {
    match kind {
        SessionKind::RecordsScrutiny => {
            "planning, assessment notes and tracking of the subject, as they are in use"
        }
        SessionKind::LessonVisit | SessionKind::LearningWalk => {
            "the subject's plan for that week, and what was seen last time"
        }
        SessionKind::Evaluation => "the half term's evidence, and what you judge so far",
        SessionKind::Scheduling => "the calendar, and the schedules that subject leaders have handed in",
        SessionKind::PupilVoice => "the books of the pupils who talk",
        SessionKind::LearningConversation => "what you would like to talk about",
        SessionKind::Moderation => "the sample, and your first view, written before",
        SessionKind::PupilProgress => "results by code, and what has been tried",
        _ => "",
    }
}

/// What a session asks of a class whose teacher need not come. This product's own wording.
fn words(lent: LentMaterial) -> &'static str {
    match lent {
        LentMaterial::Books => "six pupils' books",
        LentMaterial::Records => "planning and assessment notes",
        LentMaterial::Pupils => "some pupils and their books",
        LentMaterial::Sample => "a sample of work",
    }
}

/// What is looked at in a session, by the kind of evidence that it gives.
fn looked_at(kind: SessionKind) -> Vec<String> {
    let kind = match kind {
        SessionKind::WorkScrutiny => EvidenceKind::Books,
        SessionKind::RecordsScrutiny => EvidenceKind::Records,
        SessionKind::LessonVisit | SessionKind::LearningWalk => EvidenceKind::Lessons,
        SessionKind::PupilVoice => EvidenceKind::PupilVoice,
        SessionKind::LearningConversation => EvidenceKind::Conversation,
        _ => return Vec::new(),
    };
    look_for(kind).iter().map(|says| (*says).to_owned()).collect()
}
