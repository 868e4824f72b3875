//! What is handed to people for a half term: a notice each, and the headteacher's copy of the whole schedule.

use super::{counted, listed, people, practice};
use crate::document::{Block, Cell, Column, Document, Entry, EntryStatus, Sheet, Table, capitalised, plain};
use crate::improve::actions::OfAction;
use crate::judge::form::look_for;
use crate::overview::notices::{Cover, Notice, Notices};
use crate::plan::notices::{Change, Told};
use crate::render::long_date;
use crate::school::calendar::{day, half_term_name};
use crate::school::evidence::Kind;
use crate::school::sessions::{SessionKind, SessionStatus};
use crate::school::{Id, School};

/// What a notice says of how it is meant.
const MEANT: &str = "What is seen is talked over with you. No lesson and no person is given a grade.";

/// A page of one person's: the whole of their sessions, or only what is new to them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// All of them.
    Everything,
    /// What is new, moved, changed or called off.
    Changes,
}

/// The words for a half term's notices.
#[derive(Clone, Copy, Debug)]
pub struct Words<'a> {
    school: &'a School,
    answer: &'a Notices,
}

impl<'a> Words<'a> {
    /// For an answer.
    pub fn new(school: &'a School, answer: &'a Notices) -> Self {
        Self { school, answer }
    }

    fn phase(&self) -> &str {
        let phase = self.school.phases.iter().find(|phase| phase.id == self.answer.phase);
        phase.map_or("", |phase| phase.name.as_str())
    }

    fn half_term(&self) -> String {
        capitalised(half_term_name(self.answer.half_term.number))
    }

    fn leader(&self) -> &str {
        self.school.name_of(&self.answer.leader)
    }

    fn face(&self, whom: &str) -> Vec<String> {
        let (from, to) = (self.answer.half_term.from, self.answer.half_term.to);
        let since = match self.answer.told_before {
            Some(date) if self.answer.again => {
                format!(" It takes the place of the one of {}.", long_date(date))
            }
            _ if self.answer.again => " It takes the place of the one before.".to_owned(),
            _ => String::new(),
        };
        vec![
            match whom == self.leader() {
                true => format!("For {whom}, {}.", self.school.name),
                false => format!("For {whom}, from {}, {}.", self.leader(), self.school.name),
            },
            format!(
                "{}, {}: {} to {}.{since}",
                self.phase(),
                self.half_term(),
                long_date(from),
                long_date(to)
            ),
        ]
    }

    /// The notice of one person.
    pub fn notice(&self, notice: &Notice, of: Of) -> Document {
        let name = self.school.name_of(&notice.of.staff);
        let own = notice.of.staff == self.answer.leader;
        let shown: Vec<&Told> =
            notice.of.sessions.iter().filter(|told| of == Of::Everything || told.change.is_some()).collect();
        let mut blocks = Vec::new();
        let standing = shown.iter().filter(|told| told.status.stands()).count();
        let news: Vec<String> = if self.answer.again {
            notice.of.sessions.iter().filter_map(|told| self.news(told)).collect()
        } else {
            Vec::new()
        };
        if !news.is_empty() {
            blocks.push(Block::Heading("What is new".to_owned()));
            blocks.push(Block::Facts(news.into_iter().map(|says| (says, String::new())).collect()));
        }
        if standing > 0 {
            let with = if own { String::new() } else { format!(" with {}", self.leader()) };
            let heading =
                if standing == 1 { "Your session".to_owned() } else { format!("Your {standing} sessions") };
            blocks.push(Block::Heading(format!("{heading}{with}")));
            blocks.push(Block::Table(
                self.table(&shown, &notice.of.staff)
                    .read_as("a row a session; what to bring and what is looked at stands below."),
            ));
            for told in shown.iter().filter(|told| told.status == SessionStatus::Planned) {
                blocks.push(Block::Subheading(self.heading(told)));
                blocks.push(Block::Labelled(self.details(told, &notice.of.staff)));
            }
        }
        if of == Of::Everything {
            blocks.extend(self.agreed(&notice.to_do));
            blocks.extend(self.awaited(&notice.to_hand_in));
        }
        if !own {
            blocks.push(Block::Paragraph(format!(
                "{MEANT} Something does not fit? Tell {} before the day.",
                self.leader()
            )));
        }
        let title = match of {
            Of::Everything if notice.of.sessions.is_empty() => {
                format!("{}: what you have agreed to do", self.half_term())
            }
            Of::Everything => format!("{}: your sessions", self.half_term()),
            Of::Changes => format!("{}: what is new in your sessions", self.half_term()),
        };
        Document {
            title,
            face: self.face(name),
            records: self.table(&shown, &notice.of.staff),
            blocks,
            entries: shown.iter().map(|told| self.entry(told, &notice.of.staff)).collect(),
            made_on: self.answer.made_on,
            ..Document::default()
        }
    }

    /// The headteacher's copy: the whole schedule, the cover it asks for, and what is followed up.
    pub fn headteacher(&self) -> Document {
        let all: Vec<&Told> = self.answer.sessions.iter().collect();
        let news: Vec<String> = if self.answer.again {
            all.iter().filter_map(|told| self.news(told)).collect()
        } else {
            Vec::new()
        };
        let mut blocks = Vec::new();
        if !news.is_empty() {
            blocks.push(Block::Heading("What is new".to_owned()));
            blocks.push(Block::Facts(news.into_iter().map(|says| (says, String::new())).collect()));
        }
        blocks.push(Block::Heading("The schedule".to_owned()));
        let schedule = self.whole(&all);
        blocks.push(Block::Table(
            schedule.clone().read_as("a row a session, with who comes and whose class it is."),
        ));
        let cover = self.cover();
        blocks.push(Block::Heading("Cover asked for".to_owned()));
        if self.answer.cover.is_empty() {
            blocks.push(Block::Paragraph(
                "None: as far as the timetable shows, nobody who comes teaches then.".to_owned(),
            ));
        } else {
            let minutes: i64 = self.answer.cover.iter().map(|cover| cover.minutes).sum();
            blocks.push(Block::Paragraph(format!("{} in all.", hours(minutes))));
            blocks.push(Block::Table(
                cover.clone().read_as("a row a time at which somebody must be released from their class."),
            ));
        }
        let follow_ups = self.actions(&self.answer.follow_ups, true);
        if !self.answer.follow_ups.is_empty() {
            blocks.push(Block::Heading("What is being followed up".to_owned()));
            blocks.push(Block::Table(follow_ups.read_as(
                "what was agreed after evidence, a session or a meeting; not what is arranged by consent.",
            )));
        }
        Document {
            title: format!("{}, {}: the schedule", self.phase(), self.half_term()),
            face: self.face("the headteacher"),
            blocks,
            sheets: self.sheets(&schedule, &cover),
            records: schedule,
            entries: all.iter().map(|told| self.entry(told, &self.answer.leader)).collect(),
            made_on: self.answer.made_on,
        }
    }

    /// What is strong, for all the staff; where anything is.
    pub fn shared_practice(&self) -> Option<Document> {
        let answer = self.answer.practice.as_ref()?;
        Some(Document {
            title: format!("What works in {}", self.phase()),
            ..practice::document(self.school, answer)
        })
    }

    /// What would be, or was, handed out, for the person at the keyboard.
    pub fn summary(&self, files: &[String], written: Option<&str>) -> Document {
        let row = |notice: &Notice| {
            let standing = notice.of.sessions.iter().filter(|told| told.status.stands()).count();
            let new = notice.of.sessions.iter().filter(|told| told.change.is_some()).count();
            let new = match (self.answer.again, notice.of.sessions.is_empty()) {
                (_, true) => String::new(),
                (true, _) => new.to_string(),
                (false, _) => "all".to_owned(),
            };
            vec![
                self.school.name_of(&notice.of.staff).into(),
                Cell::Number(i64::try_from(standing).unwrap_or(0)),
                new.into(),
                Cell::Number(i64::try_from(notice.to_do.len()).unwrap_or(0)),
            ]
        };
        let columns = vec![
            Column::text("who"),
            Column::number("sessions"),
            Column::text("new to them"),
            Column::number("to do"),
        ];
        let table = Table::new(columns, self.answer.people.iter().map(row).collect());
        let mut notes: Vec<(String, Vec<String>)> = Vec::new();
        let minutes: i64 = self.answer.cover.iter().map(|cover| cover.minutes).sum();
        if minutes > 0 {
            notes.push(("Cover".to_owned(), vec![format!("{} asked of the headteacher", hours(minutes))]));
        }
        let again = match (self.answer.again, self.answer.told_before, self.answer.is_new()) {
            (false, ..) => "nobody has been told yet".to_owned(),
            (true, Some(date), true) => format!("since {}", long_date(date)),
            (true, None, true) => "since people were last told".to_owned(),
            (true, Some(date), false) => format!("nothing since {}", long_date(date)),
            (true, None, false) => "nothing since people were last told".to_owned(),
        };
        notes.push(("New".to_owned(), vec![again]));
        if !files.is_empty() {
            notes.push(("Files".to_owned(), vec![files.join(", ")]));
        }
        let mut blocks = vec![
            Block::Table(table.clone().read_as("a row a person who gets a notice and a calendar file.")),
            Block::Labelled(notes),
        ];
        blocks.push(match written {
            Some(folder) => {
                let noted = if self.answer.again && !self.answer.is_new() {
                    "Nothing is new to anybody, so nothing was noted."
                } else {
                    "The log has a row of it."
                };
                Block::Paragraph(format!(
                    "They are in {folder}, for you to send: nothing is sent from here. {noted}"
                ))
            }
            None => Block::Commands(format!(
                "To make the files: phase notify --half-term {} -o FOLDER",
                self.answer.half_term.number
            )),
        });
        Document {
            title: format!("Notices, {}, {}", self.phase(), half_term_name(self.answer.half_term.number)),
            blocks,
            records: table,
            made_on: self.answer.made_on,
            ..Document::default()
        }
    }

    /// What is new of a session, in a sentence.
    fn news(&self, told: &Told) -> Option<String> {
        let what = self.what(told);
        let when = self.when(told);
        Some(match told.change? {
            Change::New => format!("New: {when}, {what}."),
            Change::Moved => {
                let before = told.before.map_or_else(String::new, |before| {
                    format!(
                        " (it was {} {}-{})",
                        day(before.date),
                        before.start.format("%H:%M"),
                        before.end.format("%H:%M")
                    )
                });
                format!("Moved: {what} is on {when}{before}.")
            }
            Change::Changed => format!("Changed: {when}, {what}."),
            Change::Cancelled => format!("Called off: {what}, {when}."),
            Change::NotNeeded => format!("You are no longer needed: {what}, {when}."),
        })
    }

    fn when(&self, told: &Told) -> String {
        format!("{} {}-{}", day(told.date), told.start.format("%H:%M"), told.end.format("%H:%M"))
    }

    /// What it is about: `pupils' work, History (1A, 2B)`.
    fn what(&self, told: &Told) -> String {
        let subject = told
            .subject
            .as_ref()
            .map_or_else(String::new, |subject| format!(", {}", self.school.subject_name(subject)));
        let classes: Vec<&str> = told.classes.iter().map(Id::as_str).collect();
        let classes = if classes.is_empty() { String::new() } else { format!(" ({})", classes.join(", ")) };
        format!("{}{subject}{classes}", told.kind.title())
    }

    fn heading(&self, told: &Told) -> String {
        format!(
            "{} {}, {} to {}: {}",
            told.date.format("%A"),
            told.date.format("%-d %B"),
            told.start.format("%H:%M"),
            told.end.format("%H:%M"),
            self.what(told)
        )
    }

    fn table(&self, shown: &[&Told], person: &Id) -> Table {
        let columns = ["day", "time", "session", "with", "where", "note"].map(Column::text).to_vec();
        let row = |told: &&Told| {
            vec![
                Cell::Date(told.date),
                format!("{}-{}", told.start.format("%H:%M"), told.end.format("%H:%M")).into(),
                self.what(told).into(),
                self.others(told, person).into(),
                told.place.as_deref().unwrap_or_default().into(),
                status(told).into(),
            ]
        };
        Table::new(columns, shown.iter().map(row).collect())
    }

    /// Who else comes.
    fn others(&self, told: &Told, person: &Id) -> String {
        let all = std::iter::once(&told.owner).chain(&told.with).chain(&told.teachers);
        let mut others: Vec<Id> = Vec::new();
        for one in all.filter(|one| *one != person) {
            if !others.contains(one) {
                others.push(one.clone());
            }
        }
        people(self.school, &others)
    }

    fn details(&self, told: &Told, person: &Id) -> Vec<(String, Vec<String>)> {
        let visited = told.teachers.contains(person) && !told.with.contains(person) && told.owner != *person;
        let mut details: Vec<(&str, Vec<String>)> = Vec::new();
        let others = self.others(told, person);
        if !others.is_empty() {
            details.push(("With", vec![others]));
        }
        details.extend(told.place.clone().map(|place| ("Where", vec![place])));
        details.push(("Bring", vec![if visited { NOTHING.to_owned() } else { bring(told.kind).to_owned() }]));
        let looked_at: Vec<String> =
            looked_at(told.kind).into_iter().flat_map(look_for).map(|says| (*says).to_owned()).collect();
        if !looked_at.is_empty() {
            details.push(("Looked at", looked_at));
        }
        if told.cover.contains(person) {
            details.push(("Cover", vec!["asked of the headteacher for this time".to_owned()]));
        }
        details.retain(|(_, says)| says.iter().any(|says| !says.is_empty()));
        details.into_iter().map(|(label, says)| (label.to_owned(), says)).collect()
    }

    fn agreed(&self, own: &[OfAction]) -> Vec<Block> {
        if own.is_empty() {
            return Vec::new();
        }
        vec![
            Block::Heading("What you have agreed to do".to_owned()),
            Block::Table(self.actions(own, false).read_as("by when, and what; say so if it cannot be.")),
        ]
    }

    fn awaited(&self, subjects: &[Id]) -> Vec<Block> {
        if subjects.is_empty() {
            return Vec::new();
        }
        let names: Vec<String> = subjects.iter().map(|id| self.school.subject_name(id).to_owned()).collect();
        let next = half_term_name(self.answer.half_term.number + 1);
        vec![Block::Paragraph(format!("Your schedule for {next} is awaited: {}.", listed(&names)))]
    }

    fn actions(&self, own: &[OfAction], with_owner: bool) -> Table {
        let mut columns = vec![Column::text("by"), Column::text("what")];
        if with_owner {
            columns.push(Column::text("who"));
        }
        let row = |action: &OfAction| {
            let of = action.subject.as_ref();
            let of = of.map_or_else(String::new, |id| format!(" ({})", self.school.measured_name(id)));
            let late = if action.overdue { " (late)" } else { "" };
            let mut cells: Vec<Cell> =
                vec![format!("{}{late}", day(action.due)).into(), format!("{}{of}", action.action).into()];
            if with_owner {
                cells.push(self.school.name_of(&action.owner).into());
            }
            cells
        };
        Table::new(columns, own.iter().map(row).collect())
    }

    /// The whole schedule, a row a session.
    fn whole(&self, all: &[&Told]) -> Table {
        let mut columns = vec![Column::number("week"), Column::text("day"), Column::text("time")];
        columns.extend(["session", "subject", "with", "classes", "where", "cover", "note"].map(Column::text));
        let row = |told: &&Told| {
            let classes: Vec<&str> = told.classes.iter().map(Id::as_str).collect();
            let mut with = told.with.clone();
            with.extend(told.teachers.iter().filter(|one| !told.with.contains(one)).cloned());
            vec![
                Cell::Number(i64::from(told.week)),
                Cell::Date(told.date),
                format!("{}-{}", told.start.format("%H:%M"), told.end.format("%H:%M")).into(),
                told.kind.title().into(),
                told.subject.as_ref().map_or("", |id| self.school.subject_name(id)).into(),
                people(self.school, &with).into(),
                classes.join(", ").into(),
                told.place.as_deref().unwrap_or_default().into(),
                people(self.school, &told.cover).into(),
                status(told).into(),
            ]
        };
        Table::new(columns, all.iter().map(row).collect())
    }

    fn cover(&self) -> Table {
        let columns =
            vec![Column::text("who"), Column::text("day"), Column::text("time"), Column::number("minutes")];
        let row = |cover: &Cover| {
            let told = self.answer.sessions.iter().find(|told| told.id == cover.session);
            let hours = told.map_or_else(String::new, |told| {
                format!("{}-{}", told.start.format("%H:%M"), told.end.format("%H:%M"))
            });
            vec![
                self.school.name_of(&cover.staff).into(),
                told.map_or(Cell::Empty, |told| Cell::Date(told.date)),
                hours.into(),
                Cell::Number(cover.minutes),
            ]
        };
        Table::new(columns, self.answer.cover.iter().map(row).collect())
    }

    /// The workbook: the whole, a sheet for each week and each person, and the cover.
    fn sheets(&self, schedule: &Table, cover: &Table) -> Vec<Sheet> {
        let mut sheets = vec![Sheet::of_table("Schedule", schedule)];
        let mut weeks: Vec<u32> = self.answer.sessions.iter().map(|told| told.week).collect();
        weeks.dedup();
        for week in weeks {
            let own: Vec<&Told> = self.answer.sessions.iter().filter(|told| told.week == week).collect();
            sheets.push(Sheet::of_table(&format!("Week {week}"), &self.whole(&own)));
        }
        for notice in &self.answer.people {
            let own: Vec<&Told> = notice.of.sessions.iter().collect();
            let name = self.school.name_of(&notice.of.staff);
            sheets.push(Sheet::of_table(name, &self.table(&own, &notice.of.staff)));
        }
        if !cover.rows.is_empty() {
            sheets.push(Sheet::of_table("Cover", cover));
        }
        sheets
    }

    fn entry(&self, told: &Told, person: &Id) -> Entry {
        let others = self.others(told, person);
        let mut summary = capitalised(&self.what(told));
        if told.status == SessionStatus::Cancelled {
            let off = if told.change == Some(Change::NotNeeded) { "Not needed" } else { "Called off" };
            summary = format!("{off}: {summary}");
        }
        let mut lines: Vec<String> = Vec::new();
        if !others.is_empty() {
            lines.push(format!("With {others}."));
        }
        if told.status == SessionStatus::Planned {
            lines.extend(
                self.details(told, person)
                    .into_iter()
                    .filter(|(label, _)| label == "Bring")
                    .map(|(_, says)| format!("Bring: {}.", says.join(" ").trim_end_matches('.'))),
            );
        }
        Entry {
            uid: uid(self.school, &self.answer.half_term.academic_year, &told.id),
            sequence: told.sequence,
            date: told.date,
            start: told.start,
            end: told.end,
            summary,
            description: lines.join("\n"),
            location: told.place.clone().unwrap_or_default(),
            status: match told.status {
                SessionStatus::Cancelled => EntryStatus::Cancelled,
                _ => EntryStatus::Confirmed,
            },
        }
    }
}

/// What a session is called in calendars, the same for ever and for everybody who has it.
pub(super) fn uid(school: &School, academic_year: &str, session: &Id) -> String {
    plain(&format!("{session}-{academic_year}@{}.phase.invalid", Id::from_name(&school.name)))
}

/// What those who are visited need not do.
const NOTHING: &str = "nothing: the lesson as it is";

/// What to bring to a session. This product's own wording.
fn bring(kind: SessionKind) -> &'static str {
    match kind {
        SessionKind::WorkScrutiny => "six pupils' books of each class named, of different groups",
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

/// The kind of evidence that a session looks at.
fn looked_at(kind: SessionKind) -> Option<Kind> {
    match kind {
        SessionKind::WorkScrutiny => Some(Kind::Books),
        SessionKind::RecordsScrutiny => Some(Kind::Records),
        SessionKind::LessonVisit | SessionKind::LearningWalk => Some(Kind::Lessons),
        SessionKind::PupilVoice => Some(Kind::PupilVoice),
        SessionKind::LearningConversation => Some(Kind::Conversation),
        _ => None,
    }
}

fn status(told: &Told) -> &'static str {
    match (told.status, told.change) {
        (_, Some(Change::NotNeeded)) => "not needed",
        (SessionStatus::Cancelled, _) => "called off",
        (SessionStatus::Held, _) => "held",
        (_, Some(Change::Moved)) => "moved",
        (_, Some(Change::Changed)) => "changed",
        _ => "",
    }
}

/// So many minutes as hours: `2 h`, `1 h 30`.
fn hours(minutes: i64) -> String {
    match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("{minutes} minutes"),
        (hours, 0) => format!("{hours} h"),
        (hours, minutes) => format!("{hours} h {minutes:02}"),
    }
}

/// What the log's row says of an issue.
pub fn logged(answer: &Notices) -> String {
    let name = capitalised(half_term_name(answer.half_term.number));
    let standing = answer.sessions.iter().filter(|told| told.status.stands()).count();
    if answer.again {
        let new = answer.sessions.iter().filter(|told| told.change.is_some()).count();
        format!("{name}: changes told, {}", counted(new, "session"))
    } else {
        format!("{name}: schedule given out, {}", counted(standing, "session"))
    }
}
