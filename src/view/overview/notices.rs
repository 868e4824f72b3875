//! What is handed to people for a half term: a notice each, and the headteacher's copy of the whole schedule.

use super::session_notice::SessionNotice;
use crate::document::{Block, Cell, Column, Document, Table, capitalised};
use crate::improve::actions::ActionProgress;
use crate::overview::notices::{Notice, Notices};
use crate::plan::notices::{NoticeSession, SessionRole};
use crate::render::long_date;
use crate::school::{Id, School, SessionStatus, day, half_term_name};
use crate::view::judge::practice;
use crate::view::{counted, listed};

/// What a notice says of how it is meant.
const MEANT: &str = "What is seen is talked over with you. No lesson and no person is given a grade.";

/// A page of one person's: the whole of their sessions, or only what is new to them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoticePage {
    Everything,
    /// What is new, moved, changed or called off.
    Changes,
}

/// Where the files were written.
#[derive(Clone, Copy, Debug)]
pub struct WrittenNotices<'a> {
    pub folder: &'a str,
    /// Files of people that lie there from before, and are not among those written.
    pub old: &'a [String],
}

/// The words for a half term's notices.
#[derive(Clone, Copy, Debug)]
pub struct NoticesView<'a> {
    pub(super) school: &'a School,
    pub(super) answer: &'a Notices,
}

impl<'a> NoticesView<'a> {
    /// For an answer.
    pub fn new(school: &'a School, answer: &'a Notices) -> Self {
        Self { school, answer }
    }

    pub(super) fn phase(&self) -> &str {
        self.school.phase_name(&self.answer.phase)
    }

    pub(super) fn half_term(&self) -> String {
        capitalised(half_term_name(self.answer.half_term.number))
    }

    fn leader(&self) -> &str {
        self.school.name_of(&self.answer.leader)
    }

    pub(super) fn face(&self, whom: &str, of: NoticePage, knew: bool) -> Vec<String> {
        let (from, to) = (self.answer.half_term.from, self.answer.half_term.to);
        let before = match self.answer.told_before {
            Some(date) => format!("the one of {}", long_date(date)),
            None => "the one before".to_owned(),
        };
        let since = match (self.answer.again && knew, of) {
            (false, _) => String::new(),
            (true, NoticePage::Everything) => format!(" It takes the place of {before}."),
            (true, NoticePage::Changes) => format!(" All else stands as in {before}."),
        };
        vec![
            match whom == self.leader() {
                true => format!("For {whom}, {}.", self.school.settings.name),
                false => format!("For {whom}, from {}, {}.", self.leader(), self.school.settings.name),
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

    pub(super) fn telling(&self, person: &'a Id) -> SessionNotice<'a> {
        SessionNotice { school: self.school, person }
    }

    /// The notice of one person.
    pub fn notice(&self, notice: &'a Notice, of: NoticePage) -> Document {
        let person = &notice.of.staff;
        let telling = self.telling(person);
        let own = *person == self.answer.leader;
        let is_shown = |session: &&NoticeSession| of == NoticePage::Everything || session.change.is_some();
        let comes: Vec<&NoticeSession> = notice.of.with_part(SessionRole::Comes).filter(is_shown).collect();
        let lends: Vec<&NoticeSession> = notice.of.with_part(SessionRole::Lends).filter(is_shown).collect();
        let mut blocks = self.new_to(person, &notice.of.sessions);
        blocks.extend(self.sessions(&comes, person));
        if lends.iter().any(|session| session.status.stands()) {
            blocks.push(Block::Heading("What is asked of your class".to_owned()));
            blocks.push(Block::Table(telling.table(&lends).filled().read_as(
                "a row a time by which something of your class is to be there; you need not come to these.",
            )));
        }
        if of == NoticePage::Everything {
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
            NoticePage::Changes => "what is new to you",
            NoticePage::Everything if !comes.is_empty() => "your sessions",
            NoticePage::Everything if !lends.is_empty() => "what is asked of your class",
            NoticePage::Everything if !notice.to_do.is_empty() => "what is yours to do",
            NoticePage::Everything => "what is awaited of you",
        };
        let shown: Vec<&NoticeSession> = comes.iter().chain(&lends).copied().collect();
        let year = &self.answer.half_term.academic_year;
        Document {
            face: self.face(self.school.name_of(person), of, notice.of.knew),
            entries: comes.iter().map(|session| telling.entry(session, year)).collect(),
            ..Document::new(
                format!("{}: {title}", self.half_term()),
                blocks,
                telling.table(&shown),
                self.answer.made_on,
            )
        }
    }

    /// What is new to somebody of the sessions, where they were shown before.
    pub(super) fn new_to(&self, person: &'a Id, sessions: &[NoticeSession]) -> Vec<Block> {
        let telling = self.telling(person);
        let news = sessions.iter().filter(|_| self.answer.again).filter_map(|session| telling.news(session));
        let news: Vec<(String, String)> = news.map(|says| (says, String::new())).collect();
        if news.is_empty() {
            return Vec::new();
        }
        vec![Block::Heading("What is new".to_owned()), Block::Facts(news)]
    }

    /// The sessions to which somebody comes.
    fn sessions(&self, comes: &[&NoticeSession], person: &'a Id) -> Vec<Block> {
        let with =
            if *person == self.answer.leader { String::new() } else { format!(" with {}", self.leader()) };
        let heading = match comes.iter().filter(|session| session.status.stands()).count() {
            0 => return Vec::new(),
            1 => "Your session".to_owned(),
            standing => format!("Your {standing} sessions"),
        };
        let telling = self.telling(person);
        let table = telling.table(comes);
        let mut blocks = vec![
            Block::Heading(format!("{heading}{with}")),
            Block::Table(
                table.filled().read_as("a row a session; what to bring and what is looked at stands below."),
            ),
        ];
        for session in comes.iter().filter(|session| session.status == SessionStatus::Planned) {
            blocks.push(Block::Subheading(telling.heading(session)));
            blocks.push(Block::Labelled(telling.details(session)));
        }
        blocks
    }

    /// What is strong, for all the staff; where anything is.
    pub fn shared_practice(&self) -> Option<Document> {
        let answer = self.answer.practice.as_ref()?;
        Some(Document {
            title: format!("What works in {}", self.phase()),
            ..practice::document(self.school, answer)
        })
    }

    /// What would be sent, or is ready to be, for the person at the keyboard.
    pub fn summary(&self, files: &[String], written: Option<WrittenNotices<'_>>) -> Document {
        let table = self.people();
        let each = "a row a person who gets a notice, with a calendar file where they have sessions.";
        let mut notes = self.notes();
        if !files.is_empty() {
            notes.push(("Files".to_owned(), vec![files.join(", ")]));
        }
        if let Some(WrittenNotices { old, .. }) = written.filter(|written| !written.old.is_empty()) {
            notes.push(("Not to send".to_owned(), vec![format!("{}: of an issue before", old.join(", "))]));
        }
        let last = match written {
            Some(WrittenNotices { folder, .. }) => {
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
                "To make the files: phase notify{} --half-term {} -o FOLDER",
                crate::view::of_phase(self.school, &self.answer.phase),
                self.answer.half_term.number
            )),
        };
        Document::new(
            format!("Notices, {}, {}", self.phase(), half_term_name(self.answer.half_term.number)),
            vec![Block::Table(table.clone().read_as(each)), Block::Labelled(notes), last],
            table,
            self.answer.made_on,
        )
    }

    /// Who gets a notice, a row each.
    fn people(&self) -> Table {
        let row = |notice: &Notice| {
            let standing = |part| {
                let standing = notice.of.with_part(part).filter(|session| session.status.stands()).count();
                Cell::Number(i64::try_from(standing).unwrap_or(0))
            };
            let new = notice.of.sessions.iter().filter(|session| session.change.is_some()).count();
            let new = match (self.answer.again, notice.of.sessions.is_empty()) {
                (_, true) => String::new(),
                (true, _) => new.to_string(),
                (false, _) => "all".to_owned(),
            };
            vec![
                self.school.name_of(&notice.of.staff).into(),
                standing(SessionRole::Comes),
                standing(SessionRole::Lends),
                new.into(),
                Cell::Number(i64::try_from(notice.to_do.len() + notice.to_hand_in.len()).unwrap_or(0)),
            ]
        };
        let columns = vec![
            Column::text("who"),
            Column::number("sessions"),
            Column::number("of their class"),
            Column::text("new to them"),
            Column::number("to do"),
        ];
        Table::new(columns, self.answer.people.iter().map(row).collect())
    }

    /// The cover that is asked for, what is new, and what is better settled first.
    fn notes(&self) -> Vec<(String, Vec<String>)> {
        let mut notes: Vec<(String, Vec<String>)> = Vec::new();
        if self.answer.cover_minutes > 0 {
            let asked = format!("{} asked of the headteacher", hours(self.answer.cover_minutes));
            notes.push(("Cover".to_owned(), vec![asked]));
        }
        let again = match (self.answer.again, self.answer.told_before, self.answer.is_new()) {
            (false, ..) => "nobody has been told yet".to_owned(),
            (true, Some(date), true) => format!("since {}", long_date(date)),
            (true, None, true) => "since people were last told".to_owned(),
            (true, Some(date), false) => format!("nothing since {}", long_date(date)),
            (true, None, false) => "nothing since people were last told".to_owned(),
        };
        notes.push(("New".to_owned(), vec![again]));
        let broken = crate::view::broken(&self.answer.broken);
        if !broken.is_empty() {
            let of = crate::view::of_phase(self.school, &self.answer.phase);
            let mend = format!("phase schedule{of} --half-term {} --replan", self.answer.half_term.number);
            notes.push(("Settle first".to_owned(), broken.into_iter().chain([mend]).collect()));
        }
        notes
    }

    fn agreed(&self, own: &[ActionProgress]) -> Vec<Block> {
        if own.is_empty() {
            return Vec::new();
        }
        vec![
            Block::Heading("Yours to do".to_owned()),
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

    pub(super) fn actions(&self, own: &[ActionProgress], with_owner: bool) -> Table {
        let mut columns = vec![Column::text("by"), Column::text("what")];
        if with_owner {
            columns.push(Column::text("who"));
        }
        let row = |action: &ActionProgress| {
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
}

/// So many minutes as hours: `2 h`, `1 h 30`.
pub(super) fn hours(minutes: i64) -> String {
    match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("{minutes} minutes"),
        (hours, 0) => format!("{hours} h"),
        (hours, minutes) => format!("{hours} h {minutes:02}"),
    }
}

/// What the log's row says of an issue.
pub fn logged(school: &School, answer: &Notices) -> String {
    let half_term = capitalised(half_term_name(answer.half_term.number));
    let phase = school.set_up.phases.iter().find(|phase| phase.id == answer.phase);
    let name = match phase.filter(|_| school.set_up.phases.len() > 1) {
        Some(phase) => format!("{}, {half_term}", phase.name),
        None => half_term,
    };
    let standing = answer.sessions.iter().filter(|session| session.status.stands()).count();
    if answer.again {
        let new = answer.sessions.iter().filter(|session| session.change.is_some()).count();
        format!("{name}: changes told, {}", counted(new, "session"))
    } else {
        format!("{name}: schedule given out, {}", counted(standing, "session"))
    }
}
