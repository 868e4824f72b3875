//! The schedule in words.

use chrono::{Datelike, NaiveDate};

use crate::document::{Block, CalendarEntry, CalendarEntryStatus, Cell, Column, Document, Table};
use crate::plan::schedule::explanation::Explanation;
use crate::plan::schedule::publish::PublishedChange;
use crate::plan::schedule::unplaced::UnplacedSession;
use crate::plan::schedule::{Schedule, ScheduleStatus};
use crate::render::long_date;
use crate::school::{Id, School, Session, SessionStatus, day, half_term_name};
use crate::view::counted;
use crate::view::overview::session_notice::uid;
use crate::view::plan::schedule_notes::{kind, notes, same_facts, sentence, why_not, with};

/// How the schedule is read.
const READING: &str = "a row a session; behind a subject its leader and, in brackets, the classes.";

/// The schedule as a document. With `explain`, the costs too. `next` is the command that gives it out,
/// where it is not agreed already.
pub fn document(school: &School, schedule: &Schedule, explain: bool, next: Option<&str>) -> Document {
    let mut blocks = vec![Block::Table(table(school, schedule).read_as(READING))];
    let mut told: Vec<Vec<&UnplacedSession>> = Vec::new();
    for unplaced in &schedule.unplaced {
        match told.iter_mut().find(|alike| alike.iter().all(|other| same_facts(other, unplaced))) {
            Some(alike) => alike.push(unplaced),
            None => told.push(vec![unplaced]),
        }
    }
    blocks.extend(told.iter().flat_map(|alike| why_not(alike)));
    let notes = notes(school, schedule);
    if !notes.is_empty() {
        blocks.push(Block::Labelled(notes));
    }
    if let Some(explained) = &schedule.explained {
        blocks.extend(explained_blocks(school, explained));
    }
    if explain {
        blocks.extend(costs(schedule));
    }
    if let Some(next) = next {
        blocks.push(Block::Commands(match schedule.status {
            ScheduleStatus::Incomplete => format!("Next: one of the above, or {next} all the same"),
            _ => format!("Next: {next}"),
        }));
    }
    Document {
        face: Vec::new(),
        title: title(school, schedule),
        blocks,
        records: records(school, schedule),
        entries: entries(school, schedule),
        sheets: Vec::new(),
        made_on: schedule.made_on,
    }
}

fn title(school: &School, schedule: &Schedule) -> String {
    let phase = school
        .set_up
        .phases
        .iter()
        .find(|phase| phase.id == schedule.phase)
        .map_or("", |phase| phase.name.as_str());
    let span = &schedule.half_term;
    let from = if span.from.year() == span.to.year() {
        span.from.format("%-d %B").to_string()
    } else {
        long_date(span.from)
    };
    let wanted = schedule.sessions.len()
        + schedule.unplaced.iter().map(|unplaced| unplaced.count as usize).sum::<usize>();
    let how = match schedule.status {
        ScheduleStatus::Optimal => "best possible".to_owned(),
        ScheduleStatus::Feasible if schedule.cost.bound > 0 => {
            format!("valid, within {} of the best", schedule.cost.total - schedule.cost.bound)
        }
        ScheduleStatus::Feasible => "valid".to_owned(),
        ScheduleStatus::Incomplete => format!("{} of {wanted} sessions placed", schedule.sessions.len()),
    };
    format!("{phase}, {} ({from} to {}): {how}", half_term_name(span.number), long_date(span.to))
}

fn table(school: &School, schedule: &Schedule) -> Table {
    let rows = schedule.sessions.iter().map(|session| {
        let status = match session.status {
            SessionStatus::Planned if session.origin != "kept" => "",
            SessionStatus::Planned if session.when.date < schedule.made_on => " (past)",
            SessionStatus::Planned => " (fixed)",
            SessionStatus::Held => " (held)",
            _ => "",
        };
        vec![
            Cell::Number(i64::from(session.week)),
            Cell::Text(session.when.to_string()),
            Cell::Text(format!("{}{status}", kind(session))),
            with(school, session).into(),
        ]
    });
    Table::new(
        vec![Column::text("week"), Column::text("when"), Column::text("session"), Column::text("with")],
        rows.collect(),
    )
}

fn explained_blocks(school: &School, explained: &Explanation) -> Vec<Block> {
    let name = school.subject_name(&explained.subject);
    let rows = explained
        .keeps_away
        .iter()
        .map(|row| vec![row.kind.title().into(), row.says.as_str().into(), row.when.as_str().into()]);
    let (there, price) = match (explained.there, explained.price) {
        (true, _) => (format!("{name} is in the schedule."), String::new()),
        (false, None) => (
            format!("{name} is not in the schedule."),
            format!(" No schedule of this half term can hold {name}."),
        ),
        (false, Some(0)) => {
            (format!("{name} is not in the schedule."), format!(" A schedule with {name} is just as good."))
        }
        (false, Some(price)) => (
            format!("{name} is not in the schedule."),
            format!(" The best schedule with {name} is {price} worse by the weights in [preferences]."),
        ),
    };
    vec![
        Block::Paragraph(format!("{there} {}{price}", sentence(&explained.last_seen))),
        Block::Table(
            Table::of(["session", "what keeps it away", "when"], rows)
                .read_as("a row a kind of session, and what keeps the subject out of it when."),
        ),
    ]
}

fn costs(schedule: &Schedule) -> Vec<Block> {
    let rows = schedule
        .cost
        .terms
        .iter()
        .map(|term| vec![Cell::Number(term.cost), term.preference.into(), term.because.clone().into()]);
    let table = Table::new(
        vec![Column::number("cost"), Column::text("preference"), Column::text("because")],
        rows.collect(),
    );
    let (columns, rows) = schedule.size;
    let proof =
        if schedule.proven { "proven: none is better" } else { "not proven within the budget of steps" };
    let says = format!(
        "Cost {}, bound {}, {proof}. The model has {columns} columns and {rows} rows (--model FILE writes it).",
        schedule.cost.total, schedule.cost.bound
    );
    vec![
        Block::Table(table.read_as("what each thing that gave way costs, by the weights of [preferences].")),
        Block::Paragraph(says),
    ]
}

fn records(school: &School, schedule: &Schedule) -> Table {
    let columns = [
        "id", "sequence", "owner", "task", "kind", "week", "date", "period", "start", "end", "minutes",
        "subject", "with", "teachers", "classes", "place", "status", "origin", "because",
    ];
    let ids = |ids: &[Id]| Cell::from(ids.iter().map(Id::as_str).collect::<Vec<_>>().join(";"));
    let rows = schedule.sessions.iter().map(|session| {
        vec![
            session.id.as_str().into(),
            Cell::Number(i64::from(session.sequence)),
            session.owner.as_str().into(),
            session.task_area.map_or(Cell::Empty, |area| Cell::Number(i64::from(area))),
            session.kind.word().into(),
            Cell::Number(i64::from(session.week)),
            Cell::Date(session.when.date),
            session.period.as_ref().map_or(Cell::Empty, |period| period.as_str().into()),
            Cell::Time(session.when.hours.start),
            Cell::Time(session.when.hours.end),
            Cell::Number(i64::from(session.minutes)),
            session.subject.as_ref().map_or(Cell::Empty, |subject| school.subject_name(subject).into()),
            ids(&session.with),
            ids(&session.teachers),
            ids(&session.classes),
            session.place.as_deref().unwrap_or_default().into(),
            session.status.word().into(),
            session.origin.into(),
            session.because.as_str().into(),
        ]
    });
    Table::new(columns.into_iter().map(Column::text).collect(), rows.collect())
}

fn entries(school: &School, schedule: &Schedule) -> Vec<CalendarEntry> {
    let year = &schedule.half_term.academic_year;
    schedule
        .sessions
        .iter()
        .map(|session| {
            let with = with(school, session);
            let summary = if with.is_empty() {
                sentence(kind(session)).trim_end_matches('.').to_owned()
            } else {
                format!("{}: {with}", sentence(kind(session)).trim_end_matches('.'))
            };
            CalendarEntry {
                uid: uid(school, year, &session.id),
                sequence: session.sequence,
                date: session.when.date,
                start: session.when.hours.start,
                end: session.when.hours.end,
                summary,
                description: sentence(&session.because),
                location: session.place.clone().unwrap_or_default(),
                status: CalendarEntryStatus::Confirmed,
            }
        })
        .collect()
}

/// What `--save` did, in a line.
pub fn saved(changes: &[(PublishedChange, Session)], file: &str) -> String {
    let count = |change: PublishedChange| changes.iter().filter(|(found, _)| *found == change).count();
    let [new, changed, cancelled] =
        [PublishedChange::New, PublishedChange::Changed, PublishedChange::Cancelled].map(count);
    if changes.is_empty() {
        return format!("{file} says this already; nothing was written");
    }
    format!("{file}: {} new, {changed} changed, {cancelled} cancelled", counted(new, "session"))
}

/// What happened to a session, in a line.
pub fn became(school: &School, session: &Session, what: &str) -> String {
    let subject = session
        .subject
        .as_ref()
        .map_or_else(String::new, |subject| format!(", {}", school.subject_name(subject)));
    format!("{what}: {} ({}{subject}, {})", session.id, session.kind.title(), session.when)
}

/// Which sessions somebody's absence touches, in lines.
pub fn affected(
    school: &School,
    person: &Id,
    from: NaiveDate,
    to: NaiveDate,
    sessions: &[(u8, &Session)],
) -> String {
    let span =
        if from == to { format!("on {}", day(from)) } else { format!("from {} to {}", day(from), day(to)) };
    let mut text = format!("{} is away {span}", school.name_of(person));
    if sessions.is_empty() {
        text.push_str("; no session is touched");
    }
    for (half_term, session) in sessions {
        text.push_str(&format!(
            "\n  touched: {}",
            became(school, session, &format!("half term {half_term}"))
        ));
    }
    if let Some((half_term, session)) = sessions.first() {
        let of = crate::view::of_phase_led(school, &session.owner);
        text.push_str(&format!("\nNext: phase schedule{of} --half-term {half_term} --replan"));
    }
    text
}
