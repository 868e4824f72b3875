//! Whether a note names a pupil: what is counted stands in the pupil's own rows, and nothing else is written of one.

use std::collections::HashSet;

use crate::diagnostic::Place;
use crate::load::formats::{Diagnostics, UNSHOWN};
use crate::school::{Id, LogEntry, ReportCustomisation, School, Session, TextPiece, layout};

/// Refuses notes that name a pupil's code; the line is not shown. A code that is only digits, only letters, or shorter
/// than three characters may be any word, and is not looked for.
pub fn name_no_pupil(school: &School, diagnostics: &Diagnostics) {
    let Some(codes) = PupilCodes::of(school) else { return };
    let mut wrong: Vec<&Place> = Vec::new();
    codes.find_in_evidence(school, &mut wrong);
    codes.find_in_actions(school, &mut wrong);
    codes.find_in_objectives(school, &mut wrong);
    codes.find_in_duties(school, &mut wrong);
    codes.find_in_plans(school, &mut wrong);
    let set_up = Place::file(layout::PHASE.file);
    if school.settings.safeguarding.route.iter().any(|line| codes.are_in(line)) {
        wrong.push(&set_up);
    }
    for at in wrong {
        let message = format!("this names a pupil, of whom nothing is written here {UNSHOWN}");
        let hint = "say what was seen without the pupil: what is counted stands in pupils.csv and assessments.csv, and needs, behaviour and health are kept in the school's own system";
        diagnostics.error(at, message, hint);
    }
}

/// The codes of pupils that can be found in a text.
struct PupilCodes {
    /// Those of letters and digits alone, each a word of its own.
    plain: HashSet<String>,
    /// Those with another sign in them, which are no word and are looked for as they are.
    signed: HashSet<String>,
}

impl PupilCodes {
    fn of(school: &School) -> Option<Self> {
        let is_findable = |code: &str| {
            code.chars().any(char::is_numeric)
                && code.chars().any(char::is_alphabetic)
                && code.chars().count() > 2
        };
        let pupils = school.attainment.results_by_year.values().flat_map(|year_results| &year_results.pupils);
        let codes = pupils.map(|pupil| pupil.id.as_str()).filter(|code| is_findable(code));
        let (plain, signed): (HashSet<String>, HashSet<String>) =
            codes.map(str::to_lowercase).partition(|code| code.chars().all(char::is_alphanumeric));
        (!plain.is_empty() || !signed.is_empty()).then_some(Self { plain, signed })
    }

    /// Whether a text names a pupil.
    fn are_in(&self, text: &str) -> bool {
        let mut words =
            text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().any(char::is_numeric));
        words.any(|word| self.plain.contains(&word.to_lowercase()))
            || !self.signed.is_empty() && {
                let text = text.to_lowercase();
                self.signed.iter().any(|code| text.contains(code.as_str()))
            }
    }

    fn find_in_evidence<'s>(&self, school: &'s School, wrong: &mut Vec<&'s Place>) {
        for row in &school.year.evidence {
            let Some(notes) = &row.notes else { continue };
            let texts = [&notes.strength, &notes.concern, &notes.next_step, &notes.link];
            if texts.into_iter().any(|text| self.are_in(text)) {
                wrong.push(&row.at);
            }
        }
        let in_log = |row: &&LogEntry| self.are_in(&row.what) || self.are_in(&row.link);
        wrong.extend(school.year.log.iter().filter(in_log).map(|row| &row.at));
        wrong.extend(school.year.judgements.iter().filter(|row| self.are_in(&row.note)).map(|row| &row.at));
    }

    fn find_in_actions<'s>(&self, school: &'s School, wrong: &mut Vec<&'s Place>) {
        for action in &school.year.actions {
            let texts = [action.id.as_str(), &action.action, &action.measure, &action.before, &action.after];
            let mut texts = texts.into_iter().chain(action.came_from.iter().map(Id::as_str));
            if texts.any(|text| self.are_in(text)) {
                wrong.push(&action.at);
            }
        }
    }

    fn find_in_objectives<'s>(&self, school: &'s School, wrong: &mut Vec<&'s Place>) {
        for objective in &school.year.objectives {
            let own = [objective.id.as_str(), &objective.title].into_iter();
            let own = own.chain(objective.agreed_progress.as_deref());
            let mut own = own.chain(objective.aims.iter().map(String::as_str));
            if own.any(|text| self.are_in(text)) {
                wrong.push(&objective.at);
            }
            let criteria = objective.criteria.iter().filter(|one| self.are_in(&one.text)).map(|one| &one.at);
            let link = |link: &Option<String>| link.as_deref().is_some_and(|link| self.are_in(link));
            let monitoring =
                objective.monitoring.iter().filter(|one| self.are_in(&one.text) || link(&one.link));
            wrong.extend(criteria.chain(monitoring.map(|one| &one.at)));
        }
    }

    fn find_in_duties<'s>(&self, school: &'s School, wrong: &mut Vec<&'s Place>) {
        for duty in &school.year.duties {
            let own = [duty.id.as_str(), &duty.area, &duty.text].into_iter();
            let mut own = own.chain(duty.items.iter().map(String::as_str)).chain(duty.link.as_deref());
            if own.any(|text| self.are_in(text)) {
                wrong.push(&duty.at);
            }
        }
    }

    /// Looks in the schedules, the calendar and the school's own words for its reports.
    fn find_in_plans<'s>(&self, school: &'s School, wrong: &mut Vec<&'s Place>) {
        let schedules = school.year.schedules.values();
        let sessions =
            schedules.flat_map(|all| all.handed_in.iter().chain(&all.published).chain(&all.issued));
        let in_session = |session: &&Session| {
            self.are_in(&session.note) || session.place.as_deref().is_some_and(|place| self.are_in(place))
        };
        wrong.extend(sessions.filter(in_session).map(|session| &session.at));
        let calendar = &school.set_up.calendar;
        wrong.extend(calendar.closures.iter().filter(|one| self.are_in(&one.reason)).map(|one| &one.at));
        wrong.extend(calendar.events.iter().filter(|one| self.are_in(&one.reason)).map(|one| &one.at));
        let in_piece = |piece: &TextPiece| matches!(piece, TextPiece::Text(text) if self.are_in(text));
        let in_report = |choice: &&ReportCustomisation| {
            choice.title.iter().chain(&choice.opening).chain(&choice.closing).any(in_piece)
        };
        wrong.extend(school.year.reports.values().filter(in_report).filter_map(|choice| choice.at.as_ref()));
    }
}
