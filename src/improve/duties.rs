//! `phase duties`: each responsibility of the post, when it was last shown and when it is next due.

use chrono::NaiveDate;
use serde::Serialize;

use super::due_rounds::{DutyState, standing};
use super::matching_records::{MatchingRecord, of_kind, of_log};
use crate::diagnostic::Place;
use crate::school::set_up::people;
use crate::school::{Assignee, Duty, DutyGroup, Frequency, Id, LogEntry, Phase, Proof, ProofSource, School};

/// A duty, and how it stands; of one that is done with several people, one each.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct DutyProgress {
    pub id: Id,
    pub area: String,
    /// What is to be done.
    pub text: String,
    /// The roles that do it; who answers for it first.
    pub roles: Vec<DutyGroup>,
    pub people: Vec<Id>,
    pub with: Option<Id>,
    pub subject: Option<Id>,
    pub every: Frequency,
    /// What shows it.
    pub shown_by: Vec<Proof>,
    pub agreed: Option<NaiveDate>,
    /// When it was last shown.
    pub last: Option<NaiveDate>,
    /// How often this academic year.
    pub times: usize,
    /// By when it is next due; none where it comes as it comes.
    pub next_due: Option<NaiveDate>,
    pub state: DutyState,
    pub items: Vec<String>,
    pub link: Option<String>,
    /// Whether what the link names is there; none where that cannot be known.
    pub linked: Option<bool>,
    /// Where it is written, and the row that last showed it.
    pub at: Vec<Place>,
}

/// A row that may show several duties and names none.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct UnclearRow {
    pub kind: Proof,
    /// The duties that it may show.
    pub duties: Vec<Id>,
    pub at: Vec<Place>,
}

/// The answer.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Duties {
    /// `phase/duties/1`.
    pub schema: &'static str,
    pub academic_year: String,
    pub phase: Id,
    /// The duties: empty ones first, then what is overdue, what is due, what is shown.
    pub duties: Vec<DutyProgress>,
    /// Rows that may show several duties and name none.
    pub unclear: Vec<UnclearRow>,
    /// The school's route for a concern about somebody's safety.
    pub route: String,
    pub made_on: NaiveDate,
}

/// What is asked.
#[derive(Clone, Debug, Default)]
pub struct DutiesQuery {
    pub role: Option<DutyGroup>,
    pub area: Option<String>,
    pub id: Option<Id>,
    /// Only those that are not shown for the round that is under way.
    pub open: bool,
}

/// Works out how the duties of a phase's leader stand, or of another role.
pub fn duties(school: &School, phase: &Phase, asked: &DutiesQuery, today: NaiveDate) -> Duties {
    let answer = DutiesBuilder { school, phase, today };
    let takes = |duty: &&Duty| {
        asked.role.is_none_or(|role| roles(school, duty).contains(&role))
            && asked.area.as_ref().is_none_or(|area| duty.area.eq_ignore_ascii_case(area))
            && asked.id.as_ref().is_none_or(|id| duty.id == *id)
    };
    let mut all: Vec<DutyProgress> =
        school.year.duties.iter().filter(takes).flat_map(|duty| answer.duty(duty)).collect();
    all.retain(|duty| !asked.open || duty.state != DutyState::Shown);
    let rank = |duty: &DutyProgress| {
        // What only comes as it comes is not missing.
        let state = if duty.every == Frequency::Occasion { DutyState::Shown } else { duty.state };
        (state, duty.next_due.is_none(), duty.next_due)
    };
    all.sort_by_key(rank);
    Duties {
        schema: "phase/duties/1",
        academic_year: school.set_up.calendar.academic_year.to_string(),
        phase: phase.id.clone(),
        duties: all,
        unclear: answer.unclear(asked.id.as_ref()),
        route: school.settings.safeguarding.route(),
        made_on: today,
    }
}

/// The duties that a row of the log may show where it names none: several, or none where no duty takes its kind.
/// Nothing where the row shows one.
pub fn to_settle(school: &School, phase: &Phase, row: &LogEntry, today: NaiveDate) -> Option<UnclearRow> {
    let answer = DutiesBuilder { school, phase, today };
    let kind = Proof { of: ProofSource::Log, kind: row.kind };
    let duties = answer.shown_by(kind);
    let is_clear = school.year.duties.is_empty() || duties.len() == 1 || answer.names_a_duty(&of_log(row));
    (!is_clear).then(|| UnclearRow { kind, duties, at: vec![row.at.clone()] })
}

/// The roles of a duty: those that it names, and those of the people whom it names.
fn roles(school: &School, duty: &Duty) -> Vec<DutyGroup> {
    let role = |doer: &Assignee| match doer {
        Assignee::Role(role) => *role,
        Assignee::Person(person) => role_of(school, person),
    };
    let mut roles: Vec<DutyGroup> = Vec::new();
    for role in duty.who.iter().map(role) {
        if !roles.contains(&role) {
            roles.push(role);
        }
    }
    roles
}

fn role_of(school: &School, person: &Id) -> DutyGroup {
    let senior = [people::StaffRole::Headteacher, people::StaffRole::Deputy];
    let is_senior = school.set_up.staff.get(person).is_some_and(|person| senior.contains(&person.role));
    let leads_phase = school.set_up.phases.iter().any(|phase| phase.leader == *person);
    let leads_subject =
        school.set_up.subjects.values().any(|subject| subject.leader.as_ref() == Some(person));
    match (is_senior, leads_phase, leads_subject) {
        (true, ..) => DutyGroup::SeniorLeader,
        (_, true, _) => DutyGroup::PhaseLeader,
        (_, _, true) => DutyGroup::SubjectLeader,
        _ => DutyGroup::ClassTeacher,
    }
}

struct DutiesBuilder<'s> {
    school: &'s School,
    phase: &'s Phase,
    today: NaiveDate,
}

impl<'s> DutiesBuilder<'s> {
    /// How a duty stands; with each of the people with whom it is done.
    fn duty(&self, duty: &Duty) -> Vec<DutyProgress> {
        let records = self.records(duty);
        if duty.with.is_empty() {
            return vec![self.stands(duty, None, &records)];
        }
        let with = |person: &Id| {
            let own: Vec<MatchingRecord<'s>> =
                records.iter().filter(|record| record.people.contains(&person)).cloned().collect();
            self.stands(duty, Some(person), &own)
        };
        duty.with.iter().map(with).collect()
    }

    /// The records that show a duty: those that name it; of a kind that shows no other duty those too that
    /// name none.
    fn records(&self, duty: &Duty) -> Vec<MatchingRecord<'s>> {
        let mut records: Vec<MatchingRecord<'s>> = Vec::new();
        for kind in &duty.shown_by {
            let alone = self.shown_by(*kind).len() == 1;
            let all = of_kind(self.school, self.phase, *kind, self.today);
            records.extend(
                all.into_iter()
                    .filter(|record| record.belongs_to(&duty.id) || (alone && !self.names_a_duty(record))),
            );
        }
        // A row that names the duty shows it, whatever its kind.
        let named =
            self.school.year.log.iter().filter(|row| row.shows.contains(&duty.id) && row.date <= self.today);
        for row in named.filter(|row| !records.iter().any(|record| *record.at == row.at)).collect::<Vec<_>>()
        {
            records.push(of_log(row));
        }
        if let Some(subject) = &duty.subject {
            records.retain(|record| record.subject.is_none() || record.subject == Some(subject));
        }
        records.sort_by(|a, b| (a.date, a.at).cmp(&(b.date, b.at)));
        records
    }

    fn names_a_duty(&self, record: &MatchingRecord<'_>) -> bool {
        record.names.iter().any(|id| self.school.year.duties.iter().any(|duty| duty.id == *id))
    }

    fn stands(&self, duty: &Duty, with: Option<&Id>, records: &[MatchingRecord<'_>]) -> DutyProgress {
        let calendar = &self.school.set_up.calendar;
        let last = records.last().map(|record| record.date).max(duty.agreed.filter(|day| *day <= self.today));
        let renewal = records.iter().rev().find_map(|record| record.renewal);
        // Of what takes several records, it is shown when the first of the last so many was.
        let enough = (duty.times as usize).checked_sub(1).and_then(|more| records.iter().rev().nth(more));
        let shown = if duty.times > 1 { enough.map(|record| record.date) } else { last };
        let (mut state, next_due) = standing(calendar, duty.every, shown, renewal, self.today);
        if state == DutyState::Never && last.is_some() {
            let (of_one, _) = standing(calendar, duty.every, last, renewal, self.today);
            state = if of_one == DutyState::Shown { DutyState::Due } else { of_one };
        }
        let mut at = vec![duty.at.clone()];
        at.extend(records.last().map(|record| record.at.clone()));
        let people = duty.who.iter().filter_map(|doer| match doer {
            Assignee::Person(person) => Some(person.clone()),
            Assignee::Role(_) => None,
        });
        let first = calendar.academic_year.first_day();
        DutyProgress {
            id: duty.id.clone(),
            area: duty.area.clone(),
            text: duty.text.clone(),
            roles: roles(self.school, duty),
            people: people.collect(),
            with: with.cloned(),
            subject: duty.subject.clone(),
            every: duty.every,
            shown_by: duty.shown_by.clone(),
            agreed: duty.agreed,
            last,
            times: records.iter().filter(|record| record.date >= first).count(),
            next_due,
            state,
            items: duty.items.clone(),
            link: duty.link.clone(),
            linked: duty.linked,
            at,
        }
    }

    /// The duties that records of a kind may show.
    fn shown_by(&self, kind: Proof) -> Vec<Id> {
        let takes = self.school.year.duties.iter().filter(|duty| duty.shown_by.contains(&kind));
        takes.map(|duty| duty.id.clone()).collect()
    }

    /// Rows that may show several duties, one of them this one where one is named.
    fn unclear(&self, id: Option<&Id>) -> Vec<UnclearRow> {
        let mut kinds: Vec<Proof> =
            self.school.year.duties.iter().flat_map(|duty| duty.shown_by.iter().copied()).collect();
        kinds.sort();
        kinds.dedup();
        let first = self.school.set_up.calendar.academic_year.first_day();
        let mut unclear = Vec::new();
        for kind in kinds {
            let duties = self.shown_by(kind);
            let rows = of_kind(self.school, self.phase, kind, self.today);
            let at: Vec<Place> = rows
                .iter()
                .filter(|record| record.can_name && record.date >= first && !self.names_a_duty(record))
                .map(|record| record.at.clone())
                .collect();
            if duties.len() > 1 && !at.is_empty() && id.is_none_or(|id| duties.contains(id)) {
                unclear.push(UnclearRow { kind, duties, at });
            }
        }
        unclear
    }
}
