//! What a schedule leaves to decide, and why it is as it is.

use crate::document::{Block, capitalised};
use crate::plan::constraints::possessive;
use crate::plan::schedule::questions::{Question, QuestionKind};
use crate::plan::schedule::unplaced::UnplacedSession;
use crate::plan::schedule::{PlannedSession, Schedule};
use crate::school::{Id, School, day};
use crate::view::{listed, people, subjects};

pub(crate) fn kind(session: &PlannedSession) -> &'static str {
    session.kind.title()
}

/// Whom and what a session is about: `History, Jo Okafor (1A, 2B)`.
pub(crate) fn with(school: &School, session: &PlannedSession) -> String {
    let Some(subject) = &session.subject else { return String::new() };
    let classes: Vec<&str> = session.classes.iter().map(Id::as_str).collect();
    let classes = if classes.is_empty() { String::new() } else { format!(" ({})", classes.join(", ")) };
    format!("{}, {}{classes}", school.subject_name(subject), people(school, &session.with))
}

/// Whether two sessions find no place for the same reasons.
pub(crate) fn same_facts(a: &UnplacedSession, b: &UnplacedSession) -> bool {
    a.because.iter().map(|fact| &fact.says).eq(b.because.iter().map(|fact| &fact.says))
}

/// Sessions that find no place for the same reasons.
pub(crate) fn why_not(alike: &[&UnplacedSession]) -> Vec<Block> {
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

pub(crate) fn notes(school: &School, schedule: &Schedule) -> Vec<(String, Vec<String>)> {
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
pub(crate) fn tell_me(school: &School, questions: &[Question]) -> Vec<String> {
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
pub(crate) fn sentence(clause: &str) -> String {
    format!("{}.", capitalised(clause.trim_end_matches('.')))
}

pub(crate) fn to_settle(school: &School, schedule: &Schedule) -> Vec<String> {
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

pub(crate) fn why_these(school: &School, schedule: &Schedule) -> Vec<String> {
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
pub(crate) fn gave_way(schedule: &Schedule) -> Vec<String> {
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
