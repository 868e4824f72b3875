//! Whether a note names a pupil: what is counted stands in the pupil's own rows, and nothing else is written of one.

use std::collections::HashSet;

use crate::diagnostic::{Diagnostic, Place, Severity};
use crate::load::formats::record::Diagnostics;
use crate::load::records::reader::UNSHOWN;
use crate::school::{Id, LogEntry, ReportCustomisation, School, Session, TextPiece};

/// Tells of notes in which a pupil's code stands; the line is not shown. A code that is only digits, only letters,
/// or shorter than three signs may be any word, and is not looked for.
pub fn name_no_pupil(school: &School, faults: &mut Diagnostics) {
    let is_told_apart = |code: &str| {
        code.chars().any(char::is_numeric)
            && code.chars().any(char::is_alphabetic)
            && code.chars().count() > 2
    };
    let pupils = school.attainment.rolls.values().flat_map(|roll| &roll.pupils);
    let codes: HashSet<String> = pupils
        .map(|pupil| pupil.id.as_str())
        .filter(|code| is_told_apart(code))
        .map(str::to_lowercase)
        .collect();
    if codes.is_empty() {
        return;
    }
    // A code with a sign in it is no word: it is looked for as it stands.
    let (plain, signed): (HashSet<String>, HashSet<String>) =
        codes.into_iter().partition(|code| code.chars().all(char::is_alphanumeric));
    let names = |text: &str| {
        let mut words =
            text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().any(char::is_numeric));
        words.any(|word| plain.contains(&word.to_lowercase()))
            || !signed.is_empty() && {
                let text = text.to_lowercase();
                signed.iter().any(|code| text.contains(code.as_str()))
            }
    };
    let mut wrong: Vec<&Place> = Vec::new();
    for row in &school.year.evidence {
        let Some(notes) = &row.notes else { continue };
        if [&notes.strength, &notes.concern, &notes.next_step, &notes.link]
            .into_iter()
            .any(|text| names(text))
        {
            wrong.push(&row.at);
        }
    }
    let in_log = |row: &&LogEntry| names(&row.what) || names(&row.link);
    wrong.extend(school.year.log.iter().filter(in_log).map(|row| &row.at));
    wrong.extend(school.year.judgements.iter().filter(|row| names(&row.note)).map(|row| &row.at));
    for action in &school.year.actions {
        let texts = [action.id.as_str(), &action.action, &action.measure, &action.before, &action.after];
        if texts.into_iter().chain(action.came_from.iter().map(Id::as_str)).any(names) {
            wrong.push(&action.at);
        }
    }
    for objective in &school.year.objectives {
        let own = [objective.id.as_str(), &objective.title].into_iter();
        let mut own =
            own.chain(objective.agreed_progress.as_deref()).chain(objective.aims.iter().map(String::as_str));
        if own.any(names) {
            wrong.push(&objective.at);
        }
        let criteria = objective.criteria.iter().filter(|one| names(&one.text)).map(|one| &one.at);
        let link = |link: &Option<String>| link.as_deref().is_some_and(names);
        let monitoring = objective.monitoring.iter().filter(|one| names(&one.text) || link(&one.link));
        wrong.extend(criteria.chain(monitoring.map(|one| &one.at)));
    }
    for duty in &school.year.duties {
        let own = [duty.id.as_str(), &duty.area, &duty.text].into_iter();
        let mut own = own.chain(duty.items.iter().map(String::as_str)).chain(duty.link.as_deref());
        if own.any(names) {
            wrong.push(&duty.at);
        }
    }
    let sessions = school
        .year
        .schedules
        .values()
        .flat_map(|all| all.handed_in.iter().chain(&all.published).chain(&all.issued));
    let in_session = |session: &&Session| names(&session.note) || session.place.as_deref().is_some_and(names);
    wrong.extend(sessions.filter(in_session).map(|session| &session.at));
    let calendar = &school.set_up.calendar;
    wrong.extend(calendar.closures.iter().filter(|one| names(&one.reason)).map(|one| &one.at));
    wrong.extend(calendar.events.iter().filter(|one| names(&one.reason)).map(|one| &one.at));
    let in_piece = |piece: &TextPiece| matches!(piece, TextPiece::Text(text) if names(text));
    let in_report = |choice: &&ReportCustomisation| {
        choice.title.iter().chain(&choice.opening).chain(&choice.closing).any(in_piece)
    };
    wrong.extend(school.year.reports.values().filter(in_report).filter_map(|choice| choice.at.as_ref()));
    for at in wrong {
        let message = format!("this names a pupil, of whom nothing is written here {UNSHOWN}");
        let hint = "say what was seen without the pupil: what is counted stands in pupils.csv and assessments.csv, and needs, behaviour and health are kept in the school's own system";
        let fault = Diagnostic::of_file(Severity::Error, &at.file, message, hint.to_owned());
        faults.push(Diagnostic { place: at.clone(), ..fault });
    }
}
