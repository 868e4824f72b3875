//! The records that show something: of a kind, by day, with what they belong to.

use chrono::NaiveDate;

use crate::diagnostic::Place;
use crate::school::{
    Action, ActionStatus, Evidence, Id, LogEntry, Phase, Proof, ProofSource, School, SessionStatus,
};

/// A record that shows something.
#[derive(Clone, Debug)]
pub struct MatchingRecord<'s> {
    pub date: NaiveDate,
    /// What it names as belonging to it: duties, objectives, actions. Evidence and sessions name nothing.
    pub names: &'s [Id],
    /// Whether records of its kind can name something.
    pub can_name: bool,
    pub subject: Option<&'s Id>,
    pub aspect: Option<&'s Id>,
    pub people: Vec<&'s Id>,
    /// When it must be done again.
    pub renewal: Option<NaiveDate>,
    pub at: &'s Place,
}

impl MatchingRecord<'_> {
    /// Whether it belongs to something: it names it; evidence and sessions belong to all that ask for them.
    pub fn belongs_to(&self, id: &Id) -> bool {
        !self.can_name || self.names.contains(id)
    }
}

/// The records of a kind that were there by a day, in order: evidence that is about the phase, sessions that
/// the phase leader held, actions that have begun, rows of the log.
pub fn of_kind<'s>(
    school: &'s School,
    phase: &Phase,
    kind: Proof,
    today: NaiveDate,
) -> Vec<MatchingRecord<'s>> {
    let mut records: Vec<MatchingRecord<'s>> = match kind.of {
        ProofSource::Evidence => {
            let own = |row: &&Evidence| row.kind.word() == kind.kind && phase.is_told_of(&row.year_groups);
            school.year.evidence.iter().filter(own).map(of_evidence).collect()
        }
        ProofSource::Sessions => school
            .given_out()
            .filter(|session| session.kind.word() == kind.kind && session.status == SessionStatus::Held)
            .filter(|session| session.people().any(|person| *person == phase.leader))
            .map(|session| MatchingRecord {
                date: session.when.date,
                names: &[],
                can_name: false,
                subject: session.subject.as_ref(),
                aspect: None,
                people: session.people().collect(),
                renewal: None,
                at: &session.at,
            })
            .collect(),
        ProofSource::Actions => {
            let begun = |action: &&Action| {
                action.kind == Some(kind.kind)
                    && matches!(action.status, ActionStatus::UnderWay | ActionStatus::Done)
            };
            school.year.actions.iter().filter(begun).map(|action| of_action(school, action)).collect()
        }
        ProofSource::Log => school.year.log.iter().filter(|row| row.kind == kind.kind).map(of_log).collect(),
    };
    records.retain(|record| record.date <= today);
    records.sort_by(|a, b| (a.date, a.at).cmp(&(b.date, b.at)));
    records
}

fn of_evidence(row: &Evidence) -> MatchingRecord<'_> {
    MatchingRecord {
        date: row.date,
        names: &[],
        can_name: false,
        subject: row.about.subject(),
        aspect: Some(&row.aspect),
        people: row.observers().collect(),
        renewal: None,
        at: &row.at,
    }
}

/// A row of the log.
pub fn of_log(row: &LogEntry) -> MatchingRecord<'_> {
    MatchingRecord {
        date: row.date,
        names: &row.shows,
        can_name: true,
        subject: row.subject.as_ref(),
        aspect: None,
        people: row.who.iter().collect(),
        renewal: row.renewal,
        at: &row.at,
    }
}

/// An action by the day on which it was done, or begun; of one that says neither, the year's first day.
fn of_action<'s>(school: &School, action: &'s Action) -> MatchingRecord<'s> {
    MatchingRecord {
        date: action.done.or(action.opened).unwrap_or(school.set_up.calendar.academic_year.first_day()),
        names: &action.came_from,
        can_name: true,
        subject: action.subject.as_ref(),
        aspect: action.aspect.as_ref(),
        people: std::iter::once(&action.owner).chain(&action.with).collect(),
        renewal: None,
        at: &action.at,
    }
}
