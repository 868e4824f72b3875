//! Answers to documents: all the wording, no arithmetic.

pub mod diagnostics;
pub mod edit;
pub mod improve;
pub mod judge;
pub mod missing;
pub mod overview;
pub mod plan;
pub mod track;

use crate::document::capitalised;
use crate::plan::clashes::BrokenSession;
use crate::privacy::audience::Audience;
use crate::school::year_group::year_groups_in_words;
use crate::school::{AcademicYear, Id, School, day};

/// The face of an answer that is not for the leader: whom it is for, and what that means.
pub fn face(audience: &Audience) -> Vec<String> {
    let says = match audience {
        Audience::Leader => return Vec::new(),
        Audience::SubjectLeader(_) => "For the subject leader.",
        Audience::Headteacher => "For the headteacher and senior leaders.",
        Audience::Governors => "For governors: by phase and subject only.",
        Audience::Staff => "For the staff: by phase and subject only.",
    };
    vec![says.to_owned()]
}

/// Names in a row: `Jo Okafor`, `Jo Okafor and Sam Lindqvist`.
fn listed(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [rest @ .., last] => format!("{} and {last}", rest.join(", ")),
    }
}

fn subjects(school: &School, ids: &[Id]) -> String {
    listed(&ids.iter().map(|id| school.subject_name(id).to_owned()).collect::<Vec<_>>())
}

fn people(school: &School, ids: &[Id]) -> String {
    listed(&ids.iter().map(|id| school.name_of(id).to_owned()).collect::<Vec<_>>())
}

/// A day as people read it, with its year where it is of another academic year than the workspace.
fn dated(school: &School, date: chrono::NaiveDate) -> String {
    let own = AcademicYear::of(date) == school.set_up.calendar.academic_year;
    if own { day(date) } else { format!("{} {}", day(date), date.format("%Y")) }
}

/// Year groups, by their words in the files, as people read them: `Year 1 and Year 2`.
fn years(words: &[String]) -> String {
    listed(&words.iter().map(|year| capitalised(&year_groups_in_words(year))).collect::<Vec<_>>())
}

/// What is in the way of sessions as they were agreed, each sentence once: it names the session.
fn broken(all: &[BrokenSession]) -> Vec<String> {
    let mut says: Vec<String> = Vec::new();
    for one in all.iter().flat_map(|broken| &broken.says) {
        if !says.contains(one) {
            says.push(one.clone());
        }
    }
    says
}

/// How a command says which phase it means, where that is not the first.
pub fn of_phase(school: &School, phase: &Id) -> String {
    let is_first = school.set_up.phases.first().is_some_and(|first| first.id == *phase);
    if is_first { String::new() } else { format!(" --phase {phase}") }
}

/// The same, of the phase that somebody leads.
pub fn of_phase_led(school: &School, leader: &Id) -> String {
    let phase = school.set_up.phases.iter().find(|phase| phase.leader == *leader);
    phase.map_or_else(String::new, |phase| of_phase(school, &phase.id))
}

/// So many of something: `1 session`, `3 sessions`.
fn counted(number: usize, what: &str) -> String {
    if number == 1 { format!("1 {what}") } else { format!("{number} {what}s") }
}
