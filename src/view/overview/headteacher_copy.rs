//! The headteacher's copy of a half term's notices: the whole schedule, and the cover it asks for.

use super::notices::{NoticePage, NoticesView, hours};
use super::session_notice::status;
use crate::document::{Block, Cell, Column, Document, Sheet, Table};
use crate::overview::notices::CoverNeeded;
use crate::plan::notices::NoticeSession;
use crate::school::Id;
use crate::view::people;

impl NoticesView<'_> {
    /// The headteacher's copy: the whole schedule, the cover it asks for, and what is followed up.
    pub fn headteacher(&self) -> Document {
        let all: Vec<&NoticeSession> = self.answer.sessions.iter().collect();
        let mut blocks = self.new_to(&self.answer.leader, &self.answer.sessions);
        blocks.push(Block::Heading("The schedule".to_owned()));
        let schedule = self.whole(&all);
        blocks.push(Block::Table(
            schedule.clone().filled().read_as("a row a session, with who comes and whose class it is."),
        ));
        let cover = self.cover();
        blocks.push(Block::Heading("Cover asked for".to_owned()));
        if self.answer.cover.is_empty() {
            blocks.push(Block::Paragraph(
                "None is still to come: as far as the timetable shows, nobody who comes teaches then."
                    .to_owned(),
            ));
        } else {
            blocks.push(Block::Paragraph(format!("{} in all.", hours(self.answer.cover_minutes))));
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
            face: self.face("the headteacher", NoticePage::Everything, true),
            sheets: self.sheets(&schedule, &cover),
            ..Document::new(
                format!("{}, {}: the schedule", self.phase(), self.half_term()),
                blocks,
                schedule,
                self.answer.made_on,
            )
        }
    }

    /// The whole schedule, a row a session.
    fn whole(&self, all: &[&NoticeSession]) -> Table {
        let mut columns = vec![Column::number("week"), Column::text("day"), Column::text("time")];
        columns.extend(["session", "subject", "with", "classes", "where", "cover", "note"].map(Column::text));
        let row = |session: &&NoticeSession| {
            let classes: Vec<&str> = session.classes.iter().map(Id::as_str).collect();
            let mut with = session.with.clone();
            with.extend(session.teachers.iter().filter(|one| !session.with.contains(one)).cloned());
            vec![
                Cell::Number(i64::from(session.week)),
                Cell::Date(session.when.date),
                session.when.hours.to_string().into(),
                session.kind.title().into(),
                session.subject.as_ref().map_or("", |id| self.school.subject_name(id)).into(),
                people(self.school, &with).into(),
                classes.join(", ").into(),
                session.place.as_deref().unwrap_or_default().into(),
                people(self.school, &session.cover).into(),
                status(session).into(),
            ]
        };
        Table::new(columns, all.iter().map(row).collect())
    }

    fn cover(&self) -> Table {
        let columns =
            vec![Column::text("who"), Column::text("day"), Column::text("time"), Column::number("minutes")];
        let row = |cover: &CoverNeeded| {
            let session = self.answer.sessions.iter().find(|session| session.id == cover.session);
            vec![
                self.school.name_of(&cover.staff).into(),
                session.map_or(Cell::Empty, |session| Cell::Date(session.when.date)),
                session.map_or_else(String::new, |session| session.when.hours.to_string()).into(),
                Cell::Number(cover.minutes),
            ]
        };
        Table::new(columns, self.answer.cover.iter().map(row).collect())
    }

    /// The workbook: the whole, a sheet for each week and each person, and the cover.
    fn sheets(&self, schedule: &Table, cover: &Table) -> Vec<Sheet> {
        let mut sheets = vec![Sheet::of_table("Schedule", schedule)];
        let mut weeks: Vec<u32> = self.answer.sessions.iter().map(|session| session.week).collect();
        weeks.dedup();
        for week in weeks {
            let own: Vec<&NoticeSession> =
                self.answer.sessions.iter().filter(|session| session.week == week).collect();
            sheets.push(Sheet::of_table(&format!("Week {week}"), &self.whole(&own)));
        }
        let handed = self.answer.people.iter().map(|notice| &notice.of);
        for person in handed.filter(|person| !person.sessions.is_empty()) {
            let own: Vec<&NoticeSession> = person.sessions.iter().collect();
            let name = self.school.name_of(&person.staff);
            sheets.push(Sheet::of_table(name, &self.telling(&person.staff).table(&own)));
        }
        if !cover.rows.is_empty() {
            sheets.push(Sheet::of_table("Cover", cover));
        }
        sheets
    }
}
