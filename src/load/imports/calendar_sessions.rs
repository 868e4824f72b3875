//! Sessions out of a subject leader's calendar: what an entry's words say of task area, subject and class.

use crate::load::formats::ValueError;
use crate::load::formats::ics::CalendarEvent;
use crate::school::layout::rows::{SetUpRow, of};
use crate::school::{DatedHours, Id, School, SessionKind};

/// The words of a text, in lower case.
pub fn words(text: &str) -> Vec<String> {
    let parts = text.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’');
    parts.filter(|part| !part.is_empty()).map(str::to_lowercase).collect()
}

/// Whether some words stand in others, one after another.
fn stands_in(wanted: &[String], text: &[String]) -> bool {
    !wanted.is_empty() && text.windows(wanted.len()).any(|window| window == wanted)
}

/// Whether two rows are one session.
pub fn same(a: &SetUpRow, b: &SetUpRow) -> bool {
    ["task", "date", "period", "start", "classes"].iter().all(|name| of(a, name) == of(b, name))
}

/// An entry of a calendar as a row of a schedule.
pub fn session(
    school: &School,
    event: &CalendarEvent,
    subject: Option<&Id>,
) -> Result<(Id, SetUpRow), ValueError> {
    let said = words(&event.summary);
    if said.first().is_some_and(|first| first == "canceled" || first == "cancelled") {
        return Err(ValueError::new("it is called off", ""));
    }
    let hours = event.hours.map_err(|lacks| ValueError::new(lacks, ""))?;
    let kind = kind(&said).ok_or_else(|| ValueError::new("it names no task area", ""))?;
    let named = || {
        let is_named = |subject: &&crate::school::Subject| {
            stands_in(&words(&subject.name), &said) || stands_in(&words(subject.id.as_str()), &said)
        };
        let mut named = school.set_up.subjects.values().filter(is_named);
        named.next().filter(|_| named.next().is_none()).map(|subject| subject.id.clone())
    };
    let named = named();
    if let (Some(other), Some(subject)) = (&named, subject.filter(|subject| named.as_ref() != Some(*subject)))
    {
        return Err(ValueError::new(format!("it names {other}, not {subject}"), ""));
    }
    let subject = subject.cloned().or(named).ok_or_else(|| ValueError::new("it names no one subject", ""))?;
    if school.set_up.subjects.get(&subject).is_none_or(|subject| subject.leader.is_none()) {
        return Err(ValueError::new(format!("{subject} has no leader"), ""));
    }
    let all = [said, words(&event.location)].concat();
    let classes: Vec<&str> =
        school.set_up.classes.keys().map(Id::as_str).filter(|class| stands_in(&words(class), &all)).collect();
    let is_class = |word: &&String| {
        let mut letters = word.chars();
        letters.next().is_some_and(|c| c.is_ascii_digit())
            && letters.next().is_some_and(|c| c.is_ascii_lowercase())
            && letters.next().is_none()
    };
    let known =
        |word: &String| school.set_up.classes.keys().any(|class| words(class.as_str()).contains(word));
    let mut named = all.iter().filter(is_class).filter(|_| !school.set_up.classes.is_empty());
    if let Some(class) = named.find(|word| !known(word)) {
        return Err(ValueError::new(format!("no class `{}` is known", class.to_uppercase()), ""));
    }
    let when = DatedHours { date: event.first, hours };
    let period = school.set_up.calendar.period_at(&when).map(|period| period.id.to_string());
    let time = |time: chrono::NaiveTime| time.format("%H:%M").to_string();
    let (start, end) =
        if period.is_some() { (String::new(), String::new()) } else { (time(hours.start), time(hours.end)) };
    Ok((
        subject,
        vec![
            ("task", kind.word().to_owned()),
            ("date", event.first.to_string()),
            ("period", period.unwrap_or_default()),
            ("start", start),
            ("end", end),
            ("classes", classes.join(";")),
            ("place", event.location.clone()),
            ("note", event.summary.clone()),
        ],
    ))
}

/// The kind of session that words name; the longest name that stands in them.
fn kind(said: &[String]) -> Option<SessionKind> {
    let mut found: Option<(usize, SessionKind)> = None;
    for kind in SessionKind::ALL {
        for name in [&kind.word(), &kind.title()].into_iter().chain(kind.synonyms()) {
            let name = words(name);
            let is_number = name.iter().all(|word| word.chars().all(|c| c.is_ascii_digit()));
            if !is_number && stands_in(&name, said) && found.is_none_or(|(length, _)| name.len() > length) {
                found = Some((name.len(), *kind));
            }
        }
    }
    found.map(|(_, kind)| kind)
}
