//! What people type on the command line, by the names in their files.

pub(crate) mod audience;
pub(crate) mod row_flags;
pub(crate) mod term_dates;

use anyhow::{Context, Result};
use chrono::NaiveDate;

use super::shell::Shell;
use super::shell::needs::FilesNeeded;
use super::shell::usage::UsageError;
use crate::cli::shell::bail_usage;
use crate::load::formats::{ValueError, times, values};
use crate::load::names::Names;
use crate::load::records::attainment::assessments;
use crate::load::records::reader;
use crate::plan::schedule::request::{RequestedSession, RequestedTime};
use crate::privacy::concerns::{ConcernCheck, RefusedText};
use crate::privacy::lesson_grades::grades_a_lesson;
use crate::school::layout::rows::SetUpRow;
use crate::school::layout::{ColumnLayout, ColumnType, RecordLayout};
use crate::school::{
    DataPoint, DatedHours, Id, Measure, Phase, ResultKind, School, Session, SessionStatus, YearGroup,
};

/// Refuses what may not be kept, before it is shown anywhere: a concern in words of the user's own, and in notes a
/// grade for a lesson or a teacher.
pub(super) fn refuse(school: &School, layout: &RecordLayout, row: &SetUpRow, of_a_visit: bool) -> Result<()> {
    let concern_check = ConcernCheck::new(&school.settings.safeguarding.phrases);
    let holds = |name: &str| layout.columns.iter().find(|column| column.name == name);
    let cells: Vec<(&ColumnLayout, &str)> =
        row.iter().filter_map(|(name, text)| Some((holds(name)?, text.as_str()))).collect();
    let whole: Vec<&str> = cells.iter().map(|(_, text)| *text).collect();
    let all_together = concern_check.is_concern(&whole.join(" "));
    let is_alone = |text: &str| concern_check.is_concern(text);
    let split = all_together && !cells.iter().any(|(_, text)| is_alone(text));
    for (column, text) in cells {
        let is_note = matches!(column.holds, ColumnType::Note);
        let refused =
            match (is_alone(text) || (split && is_note), is_note && grades_a_lesson(text, of_a_visit)) {
                (true, _) => RefusedText::Concern,
                (_, true) => RefusedText::Grade,
                _ => continue,
            };
        let wrong = reader::refusal(school, refused);
        let flag = column.name.replace('_', "-");
        bail_usage!("--{flag}: {}; nothing was written: {}", wrong.message, wrong.hint);
    }
    Ok(())
}

/// One of several kinds that was named.
pub(super) fn kind(
    text: &str,
    what: &str,
    kinds: &'static [&'static str],
) -> Result<&'static str, ValueError> {
    values::word(text, what, kinds.iter().map(|kind| (*kind, *kind)))
}

/// A list with `;` between its items, however it was typed.
pub(super) fn list(text: Option<&str>) -> String {
    text.unwrap_or_default().replace(',', ";")
}

/// A short name for something new: letters, digits and `-`, and nothing else has it, however it is written.
pub(super) fn new_id(school: &School, text: &str) -> Result<String> {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
    if !text.starts_with(char::is_alphanumeric) || !text.chars().all(plain) {
        return Err(ValueError::new(
            "this is no short name",
            "write letters, digits and -, as in number-group",
        )
        .into());
    }
    let ids = school.year.actions.iter().map(|action| &action.id);
    let ids = ids.chain(school.year.objectives.iter().map(|objective| &objective.id));
    let mut ids = ids.chain(school.year.duties.iter().map(|duty| &duty.id));
    match ids.find(|id| id.as_str().eq_ignore_ascii_case(text)) {
        Some(id) => {
            Err(ValueError::new(format!("something has the id `{id}` already"), "choose another").into())
        }
        None => Ok(text.to_owned()),
    }
}

/// An id that is there: an objective, a duty, an action.
pub(super) fn known<'i>(text: &str, what: &str, ids: impl Iterator<Item = &'i Id> + Clone) -> Result<Id> {
    if let Some(id) = ids.clone().find(|id| id.as_str().eq_ignore_ascii_case(text.trim())) {
        return Ok(id.clone());
    }
    let hint = match values::nearest(text, ids.clone().map(Id::as_str)) {
        Some(near) => format!("did you mean `{near}`?"),
        None if ids.clone().next().is_none() => "there is none yet".to_owned(),
        None => format!("known are {}", ids.take(12).map(Id::as_str).collect::<Vec<_>>().join(", ")),
    };
    Err(ValueError::new(format!("there is no {what} `{text}`"), &hint).into())
}

/// The half term that was named, else the next one to come; to replan, the one that is under way.
pub(super) fn half_term(school: &School, typed: Option<&str>, today: NaiveDate, replan: bool) -> Result<u8> {
    let number = match typed {
        Some(text) => times::half_term(text)?,
        None => {
            let half_terms = &school.set_up.calendar.half_terms;
            let present = half_terms.iter().find(|half_term| replan && half_term.contains(today));
            let next =
                present.or(half_terms.iter().find(|half_term| half_term.from > today)).or(half_terms.last());
            next.map_or(1, |half_term| half_term.number)
        }
    };
    if school.set_up.calendar.half_term(number).is_none() {
        bail_usage!("calendar.toml has no dates for half term {number}");
    }
    Ok(number)
}

/// Reads the workspace for an answer about a half term.
pub(super) fn load_for(shell: &Shell, typed: Option<&str>, replan: bool) -> Result<(School, u8)> {
    let school = shell.load(|school| half_term(school, typed, shell.today, replan).map(FilesNeeded::UpTo))?;
    let number = half_term(&school, typed, shell.today, replan)?;
    Ok((school, number))
}

/// What a change to what was agreed needs.
pub(super) fn all_schedules(_: &School) -> Result<FilesNeeded> {
    Ok(FilesNeeded::UpTo(6))
}

/// The phase that was named.
pub(super) fn phase(school: &School, shell: &Shell) -> Result<Option<Id>> {
    let mut names = Names::new("no phase in phase.toml");
    for phase in &school.set_up.phases {
        names.add(&phase.id, &phase.name);
    }
    Ok(shell.phase.as_deref().map(|text| names.find(text)).transpose()?)
}

/// The phase that was named, else the first.
pub(super) fn phase_meant<'s>(school: &'s School, shell: &Shell) -> Result<&'s Phase> {
    let named = phase(school, shell)?;
    let of = |id: &Id| school.set_up.phases.iter().find(|phase| phase.id == *id);
    named.as_ref().map_or(school.set_up.phases.first(), of).context("there is no phase")
}

/// The half term that was named, else the one that is under way, or was last.
pub(super) fn present(school: &School, typed: Option<&str>, today: NaiveDate) -> Result<u8> {
    if typed.is_some() {
        return half_term(school, typed, today, false);
    }
    Ok(school.set_up.calendar.present(today).map_or(1, |half_term| half_term.number))
}

/// The subject that a subject leader may see: their own, the only one where none is named.
pub(super) fn own_subject(school: &School, person: &Id, named: Option<Id>) -> Result<Id> {
    let own: Vec<&Id> = school
        .set_up
        .subjects
        .values()
        .filter(|subject| subject.leader.as_ref() == Some(person))
        .map(|subject| &subject.id)
        .collect();
    match (named, own.as_slice()) {
        (Some(subject), own) if own.contains(&&subject) => Ok(subject),
        (None, [one]) => Ok((*one).clone()),
        (_, []) => Err(UsageError(format!("{} leads no subject", school.name_of(person))).into()),
        (_, own) => {
            let ids: Vec<&str> = own.iter().map(|id| id.as_str()).collect();
            Err(UsageError(format!("{} may see {}: say --subject", school.name_of(person), ids.join(" or ")))
                .into())
        }
    }
}

/// What is assessed, as results name it: `maths`, `reading`; of a subject that is assessed in parts, each.
pub(super) fn measured(school: &School, text: &str) -> Result<Vec<Id>> {
    let found = assessments::subject(text, school)?;
    let there = |id: &Id| {
        school.year_results().is_some_and(|year_results| year_results.index_of(id.as_str()).is_some())
    };
    let parts =
        school.set_up.subjects.get(&found).map(|subject| subject.assessed_as.clone()).unwrap_or_default();
    let parts: Vec<Id> = parts.into_iter().filter(there).collect();
    Ok(if there(&found) || parts.is_empty() { vec![found] } else { parts })
}

/// A data point of the academic year.
pub(super) fn point(school: &School, text: &str) -> Result<DataPoint, ValueError> {
    assessments::point(text, &school.set_up.calendar).map(|(point, _)| point)
}

/// What is counted of results.
pub(super) fn measure(text: &str) -> Result<Measure, ValueError> {
    values::fixed_word(text, "measure")
}

/// Which kind of result counts.
pub(super) fn result_kind(text: &str) -> Result<ResultKind, ValueError> {
    values::fixed_word(text, "kind of result")
}

/// A year group of the phase.
pub(super) fn year_group(phase: &Phase, text: &str) -> Result<YearGroup> {
    let year = values::year_group(text)?;
    if phase.year_groups.contains(&year) {
        return Ok(year);
    }
    Err(UsageError(format!("{} has no year group {year}", phase.name)).into())
}

/// That the records needed for tracking are not there.
pub(super) fn no_pupils() -> anyhow::Error {
    anyhow::anyhow!(
        "pupils.csv: there is no such file; a row a pupil: pupil,class,year_group, with codes of your own making, or phase import FILE --key KEY.csv from a marksheet"
    )
}

/// A subject, by id or name.
pub(super) fn subject(school: &School, text: &str) -> Result<Id, ValueError> {
    Names::of_subjects(school).find(text)
}

/// A person, by id or name.
pub(super) fn person(school: &School, text: &str) -> Result<Id, ValueError> {
    Names::of_staff(school).find(text)
}

/// What is meant: `history`, `history=lesson-visit` or `lesson-visit`.
pub(super) fn meant(school: &School, text: &str) -> Result<RequestedSession> {
    if let Some((named, task)) = text.split_once('=') {
        let kind = values::session_kind(task)?;
        let subject = if named.trim().is_empty() { None } else { Some(subject(school, named)?) };
        return Ok(RequestedSession { subject, kind: Some(kind) });
    }
    match (subject(school, text), values::session_kind(text)) {
        (Ok(subject), _) => Ok(RequestedSession { subject: Some(subject), kind: None }),
        (Err(_), Ok(kind)) => Ok(RequestedSession { subject: None, kind: Some(kind) }),
        (Err(error), Err(_)) => Err(error.into()),
    }
}

/// What is meant and where: `history@2027-01-14 p4`, `lesson-visit@14/01/2027`, `@14/01/2027`, `art`.
pub(super) fn placed(school: &School, text: &str) -> Result<RequestedTime> {
    let (what, at) = text.split_once('@').map_or((text, None), |(what, at)| (what, Some(at.trim())));
    let meant = if what.trim().is_empty() { RequestedSession::default() } else { meant(school, what)? };
    let Some(at) = at else { return Ok(RequestedTime { meant, date: None, when: None }) };
    match times::date(at) {
        Ok(date) => Ok(RequestedTime { meant, date: Some(date), when: None }),
        Err(_) => {
            let when = slot(school, at)?;
            Ok(RequestedTime { meant, date: Some(when.date), when: Some(when) })
        }
    }
}

/// A time: `2027-03-02 pm1`, `2 March 2027 13:15-14:15`.
pub(super) fn slot(school: &School, text: &str) -> Result<DatedHours> {
    let wrong =
        || ValueError::new(format!("`{text}` is no date and period"), "write it as \"2027-03-02 p4\"");
    let (date, hours) = text.trim().rsplit_once(' ').ok_or_else(wrong)?;
    let date = times::date(date)?;
    match times::hours(hours, &school.set_up.calendar.periods)?.as_slice() {
        [hours] => Ok(DatedHours { date, hours: *hours }),
        _ => Err(ValueError::new(format!("`{hours}` is more than one period"), "name one period").into()),
    }
}

/// A session that was agreed, by its id or by an end of it that no other id has.
pub(super) fn session<'s>(school: &'s School, text: &str) -> Result<(u8, &'s Session)> {
    let all =
        || {
            school.year.schedules.iter().flat_map(|(number, schedules)| {
                schedules.published.iter().map(move |session| (*number, session))
            })
        };
    if let Some(found) = all().find(|(_, session)| session.id.as_str() == text) {
        return Ok(found);
    }
    let mut ends: Vec<_> = all().filter(|(_, session)| session.id.as_str().ends_with(text)).collect();
    // Of several the one is meant of which nothing has been said yet.
    let open = |(_, session): &(u8, &Session)| session.status == SessionStatus::Planned;
    if ends.iter().filter(|one| open(one)).count() == 1 {
        ends.retain(open);
    }
    match ends.as_slice() {
        [one] => Ok(*one),
        [] => {
            let ids = all().map(|(_, session)| session.id.as_str());
            let hint = match values::nearest(text, ids) {
                Some(near) => format!("did you mean `{near}`?"),
                None if all().next().is_none() => {
                    "nothing has been given out yet: phase schedule --save".to_owned()
                }
                None => {
                    let mut ids: Vec<&str> = all().map(|(_, session)| session.id.as_str()).collect();
                    let last = ids.split_off(ids.len().saturating_sub(12));
                    format!("the last given out are {}", last.join(", "))
                }
            };
            Err(ValueError::new(format!("no session that was given out has the id `{text}`"), &hint).into())
        }
        several => {
            let ids: Vec<&str> = several.iter().map(|(_, session)| session.id.as_str()).collect();
            Err(ValueError::new(format!("`{text}` may be {}", ids.join(" or ")), "write the whole id").into())
        }
    }
}
