//! The schedule in words.

use chrono::{Datelike, NaiveDate};

use crate::document::{
    Block, CalendarEntry, CalendarEntryStatus, Cell, Column, Document, Table, capitalised,
};
use crate::plan::constraints::possessive;
use crate::plan::schedule::explanation::Explanation;
use crate::plan::schedule::questions::{Question, QuestionKind};
use crate::plan::schedule::unplaced::UnplacedSession;
use crate::plan::schedule::{PlannedSession, Schedule, ScheduleStatus};
use crate::render::long_date;
use crate::school::set_up::calendar::half_term_name;
use crate::school::time::day;
use crate::school::{Id, School, Session, SessionStatus};
use crate::view::overview::session_notice::uid;
use crate::view::{counted, listed, people, subjects};

/// How the schedule is read.
const READING: &str = "a row a session; behind a subject its leader and, in brackets, the classes.";

/// The schedule as a document. With `explain`, the costs too. `next` is the command that gives it out,
/// where it is not given out already.
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

fn kind(session: &PlannedSession) -> &'static str {
    session.kind.title()
}

/// Whom and what a session is about: `History, Jo Okafor (1A, 2B)`.
fn with(school: &School, session: &PlannedSession) -> String {
    let Some(subject) = &session.subject else { return String::new() };
    let classes: Vec<&str> = session.classes.iter().map(Id::as_str).collect();
    let classes = if classes.is_empty() { String::new() } else { format!(" ({})", classes.join(", ")) };
    format!("{}, {}{classes}", school.subject_name(subject), people(school, &session.with))
}

/// Whether two sessions find no place for the same reasons.
fn same_facts(a: &UnplacedSession, b: &UnplacedSession) -> bool {
    a.because.iter().map(|fact| &fact.says).eq(b.because.iter().map(|fact| &fact.says))
}

/// Sessions that find no place for the same reasons.
fn why_not(alike: &[&UnplacedSession]) -> Vec<Block> {
    let what = |unplaced: &&UnplacedSession| match unplaced.count {
        1 => unplaced.kind.title().to_owned(),
        count if unplaced.kind.is_visit() => format!("{count} {}s", unplaced.kind.title()),
        count => format!("{count} × {}", unplaced.kind.title()),
    };
    let names = listed(&alike.iter().map(what).collect::<Vec<_>>());
    let count: u32 = alike.iter().map(|unplaced| unplaced.count).sum();
    let finds = match count {
        1 => format!("One session ({names}) finds no place, because"),
        count => format!("{count} sessions ({names}) find no place, because"),
    };
    let Some(unplaced) = alike.first() else { return Vec::new() };
    let shown = 10;
    let place = |place: &Option<crate::diagnostic::Place>| {
        place.as_ref().map_or_else(String::new, ToString::to_string)
    };
    let mut facts: Vec<(String, String)> =
        unplaced.because.iter().take(shown).map(|fact| (fact.says.clone(), place(&fact.at))).collect();
    if unplaced.because.len() > shown {
        facts.push((
            format!(
                "and {} more facts of the same kinds (all of them: --json)",
                unplaced.because.len() - shown
            ),
            String::new(),
        ));
    }
    let mut blocks = vec![Block::Paragraph(finds), Block::Facts(facts)];
    let mut ways: Vec<(String, Option<String>)> = Vec::new();
    for way in alike.iter().flat_map(|unplaced| &unplaced.ways_out) {
        if !ways.iter().any(|(_, command)| command.is_some() && *command == way.command) {
            ways.push((way.says.clone(), way.command.clone()));
        }
    }
    if ways.is_empty() {
        blocks.push(Block::Paragraph("No single change that was tried makes room.".to_owned()));
    } else {
        let makes = if count == 1 { "makes room" } else { "makes room for one more" };
        blocks.push(Block::Paragraph(format!("Any one of these {makes} (each tried):")));
        blocks.push(Block::Choices(ways));
    }
    blocks
}

fn notes(school: &School, schedule: &Schedule) -> Vec<(String, Vec<String>)> {
    let mut notes = vec![
        ("To settle".to_owned(), to_settle(school, schedule)),
        ("Why these".to_owned(), why_these(school, schedule)),
        ("Gave way".to_owned(), gave_way(schedule)),
        ("Assumed".to_owned(), schedule.assumed.iter().map(|says| sentence(says)).collect()),
        ("Tell me".to_owned(), tell_me(school, &schedule.questions)),
    ];
    if let Some(first) = schedule.never_met.first() {
        let (shown, more) = schedule.never_met.split_at(schedule.never_met.len().min(3));
        let rest = if more.is_empty() { String::new() } else { format!(" (and {} more)", more.len()) };
        let says = format!(
            "Your classes' lessons in {}{rest} never meet your programmed sessions, so you cannot visit them then: phase schedule{} --explain {first}",
            subjects(school, shown),
            crate::view::of_phase(school, &schedule.phase)
        );
        notes.push(("Note".to_owned(), vec![says]));
    }
    notes.retain(|(_, paragraphs)| !paragraphs.is_empty());
    notes
}

/// The questions in brief, alike ones together, and what takes the answers.
fn tell_me(school: &School, questions: &[Question]) -> Vec<String> {
    let subject = |id: &Id| school.subject_name(id).to_owned();
    let leaders = questions.iter().filter_map(|question| match &question.asks {
        QuestionKind::Leader(id) => Some(subject(id)),
        _ => None,
    });
    let people: Vec<Id> = questions
        .iter()
        .filter_map(|question| match &question.asks {
            QuestionKind::Ppa(person) => Some(person.clone()),
            _ => None,
        })
        .collect();
    let mut lessons: Vec<(&Id, Vec<String>)> = Vec::new();
    for question in questions {
        let QuestionKind::Lesson(class, of) = &question.asks else { continue };
        match lessons.iter_mut().find(|(subject, _)| *subject == of) {
            Some((_, classes)) => classes.push(class.to_string()),
            None => lessons.push((of, vec![class.to_string()])),
        }
    }
    let mut told: Vec<String> = Vec::new();
    let leaders: Vec<String> = leaders.collect();
    if !leaders.is_empty() {
        told.push(format!("Who leads {}?", listed(&leaders)));
    }
    let whole = |asks: &QuestionKind| matches!(asks, QuestionKind::Classes);
    told.extend(
        questions.iter().filter(|question| whole(&question.asks)).map(|question| question.says.clone()),
    );
    let lesson = |(id, classes): (&Id, Vec<String>)| {
        let does = if classes.len() == 1 { "does" } else { "do" };
        format!("When {does} {} have {}?", listed(&classes), subject(id))
    };
    let lessons: Vec<String> = lessons.into_iter().map(lesson).collect();
    if !lessons.is_empty() {
        told.push(lessons.join(" "));
    }
    if !people.is_empty() {
        let does = if people.len() == 1 { "does" } else { "do" };
        told.push(format!("When {does} {} have PPA time?", self::people(school, &people)));
    }
    told.extend(
        questions
            .iter()
            .filter(|question| question.asks == QuestionKind::Inset)
            .map(|question| question.says.clone()),
    );
    if !told.is_empty() {
        told.push("Each answer is a row or two: phase ask".to_owned());
    }
    told
}

/// A clause as a sentence.
fn sentence(clause: &str) -> String {
    format!("{}.", capitalised(clause.trim_end_matches('.')))
}

fn to_settle(school: &School, schedule: &Schedule) -> Vec<String> {
    let mut settle = Vec::new();
    for id in &schedule.unrecorded {
        settle.push(format!("Did {id} take place? phase held {id}, or phase missed {id} --why …"));
    }
    for session in schedule.sessions.iter().filter(|session| session.origin == "proposed") {
        let Some(subject) = &session.subject else { continue };
        let why = if schedule.not_handed_in.contains(subject) {
            "has handed in no schedule"
        } else {
            "has handed in nothing that fits better"
        };
        settle.push(format!(
            "{} {why}: {} is our proposal.",
            school.subject_name(subject),
            day(session.when.date)
        ));
    }
    for moved in &schedule.moved {
        let hours =
            if moved.from.hours == moved.to.hours { day(moved.from.date) } else { moved.from.to_string() };
        let to = if moved.from.hours == moved.to.hours { day(moved.to.date) } else { moved.to.to_string() };
        settle.push(format!(
            "{} session moves from {hours} to {to} ({}).",
            possessive(school.subject_name(&moved.subject)),
            moved.at
        ));
    }
    for clash in &schedule.standing {
        settle.push(format!("{} ({}).", clash.says, clash.at));
    }
    for unmet in &schedule.unmet {
        settle.push(format!(
            "{}, which you wanted, is not in it: {}.",
            sentence(&unmet.says).trim_end_matches('.'),
            unmet.because
        ));
    }
    let used =
        |subject: &Id| schedule.sessions.iter().any(|session| session.subject.as_ref() == Some(subject));
    let others: Vec<Id> = schedule.not_handed_in.iter().filter(|subject| !used(subject)).cloned().collect();
    if !others.is_empty()
        && schedule.sessions.iter().any(|session| session.origin == "own" || session.origin == "moved")
    {
        settle.push(format!("Nothing handed in yet: {}.", subjects(school, &others)));
    }
    settle
}

fn why_these(school: &School, schedule: &Schedule) -> Vec<String> {
    let seen = |session: &&PlannedSession| session.subject.is_some() && session.origin != "kept";
    let clauses: Vec<String> = schedule
        .sessions
        .iter()
        .filter(seen)
        .map(|session| {
            let seen = session.because.split("; ").next().unwrap_or_default();
            let is_reason = |part: &&str| {
                part.starts_with("more evidence is wanted") || *part == "significantly below its path"
            };
            let reasons: Vec<&str> = session.because.split("; ").filter(is_reason).collect();
            let below = reasons.contains(&"significantly below its path");
            if reasons.is_empty() || (seen.ends_with("not been seen yet") && !below) {
                seen.to_owned()
            } else {
                format!("{seen} ({})", reasons.join(", "))
            }
        })
        .collect();
    let mut unseen: Vec<String> = Vec::new();
    let mut rest: Vec<String> = Vec::new();
    for (clause, session) in clauses.into_iter().zip(schedule.sessions.iter().filter(seen)) {
        let name = session.subject.as_ref().map_or("", |subject| school.subject_name(subject)).to_owned();
        if clause.ends_with("not been seen yet") {
            if !unseen.contains(&name) {
                unseen.push(name);
            }
        } else if !rest.contains(&clause) {
            rest.push(clause);
        }
    }
    if !unseen.is_empty() {
        let (verb, whom) =
            if unseen.len() == 1 { ("has", listed(&unseen)) } else { ("have", listed(&unseen)) };
        rest.push(format!("{whom} {verb} not been seen yet"));
    }
    if rest.is_empty() { Vec::new() } else { vec![sentence(&rest.join("; "))] }
}

/// What gave way, but for moves and proposals, which are to be settled.
fn gave_way(schedule: &Schedule) -> Vec<String> {
    let quiet = [
        "moved_in_week",
        "moved_further",
        "proposed",
        "longest_unseen",
        "little_evidence",
        "off_path",
        "priority",
        "visits_shared",
        "lesson_unknown",
        "wanted",
        "left_out",
    ];
    let clauses: Vec<String> = schedule
        .cost
        .terms
        .iter()
        .filter(|term| !quiet.contains(&term.preference))
        .map(|term| term.because.clone())
        .collect();
    if clauses.is_empty() { Vec::new() } else { vec![sentence(&clauses.join("; "))] }
}

fn explained_blocks(school: &School, explained: &Explanation) -> Vec<Block> {
    let name = school.subject_name(&explained.subject);
    let rows = explained
        .keeps_away
        .iter()
        .map(|row| vec![row.kind.title().into(), row.says.as_str().into(), row.when.as_str().into()]);
    let columns = ["session", "what keeps it away", "when"].map(Column::text).to_vec();
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
            Table::new(columns, rows.collect())
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
pub fn saved(new: usize, changed: usize, cancelled: usize, file: &str) -> String {
    if new + changed + cancelled == 0 {
        return format!("{file} says this already; nothing was written");
    }
    format!("{file}: {} new, {changed} changed, {cancelled} cancelled", counted(new, "session"))
}

/// What became of a session, in a line.
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
