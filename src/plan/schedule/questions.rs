//! What an answer could not know: what it assumed, and the few rows that would make it better.

use std::collections::BTreeMap;

use serde::Serialize;

use super::candidates::Candidate;
use super::context::PlanningContext;
use crate::school::{Id, Person, Preference, StaffRole, half_term_name};

/// What a question asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum QuestionKind {
    Leader(Id),
    /// Which classes the phase has, and who teaches each.
    Classes,
    /// When a class has a subject.
    Lesson(Id, Id),
    /// When a person has PPA time.
    Ppa(Id),
    /// Which days are INSET days.
    Inset,
}

/// A question whose answer is a row or two.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Question {
    /// What to answer it by: `lesson:1A:history`.
    pub id: String,
    pub says: String,
    #[serde(skip)]
    pub asks: QuestionKind,
}

/// The questions whose answers would matter to this schedule, what matters most first.
pub(crate) fn questions(context: &PlanningContext<'_>, chosen: &[&Candidate]) -> Vec<Question> {
    let school = context.school;
    let name = |subject: &Id| school.subject_name(subject).to_owned();
    let mut questions = Vec::new();
    let mut add = |id: String, says: String, asks: QuestionKind| questions.push(Question { id, says, asks });
    for subject in school.set_up.subjects.values().filter(|subject| subject.leader.is_none()) {
        let says = format!("Who leads {}?", subject.name);
        add(format!("leader:{}", subject.id), says, QuestionKind::Leader(subject.id.clone()));
    }
    if !school.set_up.classes.values().any(|class| context.phase.has(class)) {
        let says = format!("Which classes are in {}, and who teaches each?", context.phase.name);
        add("classes".to_owned(), says, QuestionKind::Classes);
    }
    let joint =
        || chosen.iter().map(|candidate| &candidate.session).filter(|session| session.subject.is_some());
    let mut asked: Vec<(&Id, &Id)> = Vec::new();
    for session in joint().filter(|session| session.kind.is_visit()) {
        let Some(subject) = &session.subject else { continue };
        for class in &session.classes {
            let is_told = school
                .set_up
                .classes
                .get(class)
                .is_some_and(|class| class.lessons.iter().any(|lesson| lesson.subject == *subject));
            if !is_told && !asked.contains(&(class, subject)) {
                asked.push((class, subject));
            }
        }
    }
    for (class, subject) in asked {
        let says = format!("When does {class} have {}?", name(subject));
        add(format!("lesson:{class}:{subject}"), says, QuestionKind::Lesson(class.clone(), subject.clone()));
    }
    for person in people(context, chosen) {
        if person.availability.is_empty() {
            let says = format!("When does {} have PPA time?", person.name);
            add(format!("ppa:{}", person.id), says, QuestionKind::Ppa(person.id.clone()));
        }
    }
    if !school.set_up.calendar.closures.iter().any(|closure| closure.inset) {
        add("inset".to_owned(), "Which days are INSET days?".to_owned(), QuestionKind::Inset);
    }
    questions
}

/// The teachers whose time the schedule asks for, by id: those who come, and those who are visited.
fn people<'a>(context: &PlanningContext<'a>, chosen: &[&Candidate]) -> Vec<&'a Person> {
    let joint = chosen.iter().map(|candidate| &candidate.session).filter(|session| session.subject.is_some());
    let mut people: Vec<&Id> =
        joint.flat_map(|session| session.with.iter().chain(&session.teachers)).collect();
    people.sort();
    people.dedup();
    let known = people.into_iter().filter_map(|person| context.school.set_up.staff.get(person));
    known
        .filter(|person| {
            !matches!(person.role, StaffRole::TeachingAssistant | StaffRole::Headteacher | StaffRole::Supply)
        })
        .collect()
}

/// What the answer could not know.
pub(crate) fn assumed(context: &PlanningContext<'_>, chosen: &[&Candidate]) -> Vec<String> {
    let school = context.school;
    let known = school.set_up.known;
    let mut assumed = Vec::new();
    if context.request.today > context.half_term.to && context.from == context.half_term.from {
        assumed.push(format!(
            "{} is over; it is planned as if it were to come",
            half_term_name(context.half_term.number)
        ));
    }
    if !known.calendar {
        let year = school.set_up.calendar.academic_year;
        assumed.push(format!(
            "the term dates are the common ones of {year}; yours, with INSET days, belong in calendar.toml"
        ));
    }
    if !known.periods {
        let starts: Vec<String> = school
            .set_up
            .calendar
            .periods
            .iter()
            .map(|period| period.start.format("%-H:%M").to_string())
            .collect();
        assumed.push(format!("lessons begin at {}", starts.join(", ")));
    }
    let free: Vec<&str> = people(context, chosen)
        .into_iter()
        .filter(|person| person.availability.is_empty())
        .map(|person| person.name.as_str())
        .collect();
    if !known.availability {
        assumed.push("everybody is free whenever they work".to_owned());
    } else if let [first, rest @ ..] = free.as_slice() {
        let verb = if rest.is_empty() { "is" } else { "are" };
        let names = [*first].iter().chain(rest).copied().collect::<Vec<_>>().join(", ");
        assumed.push(format!("{names} {verb} free whenever they work"));
    }
    if school.set_up.classes.is_empty() {
        assumed.push("which classes are visited is left open".to_owned());
    } else if !known.timetable {
        assumed.push("every subject can be taught at any time".to_owned());
    } else {
        for (class, subjects) in unknown_lessons(chosen) {
            let names: Vec<&str> = subjects.iter().map(|subject| school.subject_name(subject)).collect();
            assumed.push(format!("{class} has {} then", names.join(" and ")));
        }
    }
    assumed
}

/// The subjects that are visited in each class at a time for which no lesson is recorded.
fn unknown_lessons<'c>(chosen: &[&'c Candidate]) -> BTreeMap<&'c Id, Vec<&'c Id>> {
    let mut unknown: BTreeMap<&Id, Vec<&Id>> = BTreeMap::new();
    for candidate in chosen.iter().filter(|candidate| {
        candidate.session.kind.is_visit()
            && candidate.costs.iter().any(|cost| cost.preference == Preference::LessonUnknown)
    }) {
        for class in &candidate.session.classes {
            let subjects = unknown.entry(class).or_default();
            let subject = candidate.session.subject.as_ref();
            subjects.extend(subject.filter(|subject| !subjects.contains(subject)));
        }
    }
    unknown
}
