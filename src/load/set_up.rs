//! The first stage: what the school has chosen, the year, the people, the classes and the subjects.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::checks::set_up as checks;
use super::formats::{Folder, Record, RecordCell, Source, toml};
use super::frameworks::library::{self, FrameworkLibrary};
use super::names::{Names, RecordNames};
use super::records::set_up::phase::PhaseFile;
use super::records::set_up::{availability, calendar, classes, staff, subjects};
use super::set_up_files::SetUpFiles;
use crate::school::{
    Attainment, Calendar, Class, Framework, Id, Person, Phase, PresentFiles, School, SetUp, Settings,
    Subject, Year, YearGroup, layout,
};

/// The names that later records may use.
pub struct SchoolNames {
    staff: Names,
    pub classes: Names,
    subjects: Names,
    year_groups: Vec<(Id, Vec<YearGroup>)>,
}

impl SchoolNames {
    /// The names of people, classes and subjects.
    pub fn whom(&self) -> RecordNames<'_> {
        RecordNames { staff: &self.staff, classes: &self.classes, subjects: &self.subjects }
    }
}

/// Reads the set-up: a school whose year and attainment are still empty, and the names in it; none where
/// `phase.toml`, the subjects or the term dates cannot be read at all.
pub fn read(
    folder: &Folder,
    sources: &SetUpFiles,
    (phase_file, library): (&PhaseFile<'_>, &FrameworkLibrary),
    today: NaiveDate,
) -> Option<(School, SchoolNames)> {
    let (people, names) = people(sources, phase_file);
    let calendar = calendar(folder, sources, (phase_file, &names), today)?;
    let set_up = SetUp {
        known: PresentFiles {
            calendar: calendar.half_terms.iter().any(|half_term| !half_term.at.file.starts_with("built-in/")),
            staff: sources.has(layout::STAFF.file),
            classes: sources.has(layout::CLASSES.file),
            timetable: sources.has(layout::TIMETABLE.file),
            availability: sources.has(layout::AVAILABILITY.file),
            periods: phase_file.own_periods,
        },
        calendar,
        phases: people.phases,
        subjects: people.subjects,
        staff: people.staff,
        classes: people.classes,
    };
    checks::idle_sessions(&set_up.phases, &set_up.calendar, &folder.diagnostics);
    if !sources.has(layout::SUBJECTS.file) || set_up.phases.is_empty() {
        return None;
    }
    let framework = framework(library, phase_file)?;
    let settings = Settings { framework: framework.id.clone(), ..phase_file.settings.clone() };
    let frameworks = BTreeMap::from([(framework.id.clone(), framework)]);
    let year = Year { frameworks, ..Year::default() };
    let school = School { settings, set_up, year, attainment: Attainment::default(), unread: Vec::new() };
    checks::refuse_named_groups(&school, &folder.diagnostics);
    Some((school, names))
}

/// People, and what they lead and teach.
struct People {
    phases: Vec<Phase>,
    subjects: BTreeMap<Id, Subject>,
    staff: BTreeMap<Id, Person>,
    classes: BTreeMap<Id, Class>,
}

/// Reads who is there, what they lead and teach, and when they are away.
fn people(sources: &SetUpFiles, phase_file: &PhaseFile<'_>) -> (People, SchoolNames) {
    let phase_records = phase_file.phase_records();
    let subject_records = sources.records(&layout::SUBJECTS);
    let class_records = sources.records(&layout::CLASSES);
    let (mut staff, staff_names) = if sources.has(layout::STAFF.file) {
        let names = Names::of_people(format!("nobody in {}", sources.called(&layout::STAFF)));
        staff::staff(&sources.records(&layout::STAFF), names)
    } else {
        let phase_leaders = leaders(&phase_records);
        let named = phase_leaders.chain(leaders(&subject_records)).chain(teachers(&class_records));
        staff::named(named)
    };
    let (subject_names, class_names, year_groups) = names(sources, &subject_records, &class_records);
    let subjects = subjects::subjects(&subject_records, &staff_names);
    let mut classes = classes::classes(&class_records, &year_groups, &staff_names);
    // Without subjects every row of the timetable would be an error of its own.
    if !subject_records.is_empty() {
        let timetable = sources.records(&layout::TIMETABLE);
        let names = (&class_names, &subject_names, &staff_names);
        classes::timetable(&timetable, &phase_file.periods, names, &mut classes);
    }
    let rows = sources.records(&layout::AVAILABILITY);
    availability::availability(&rows, &phase_file.periods, &staff_names, &mut staff);
    let phases = phase_file.phases(&phase_records, &staff_names);
    assign_classes(&mut staff, &classes);
    let names =
        SchoolNames { staff: staff_names, classes: class_names, subjects: subject_names, year_groups };
    (People { phases, subjects, staff, classes }, names)
}

/// The cells that name who leads.
fn leaders<'r>(records: &'r [Record<'r>]) -> impl Iterator<Item = (&'r Source, RecordCell<'r>)> {
    records.iter().filter_map(|record| Some((record.source, record.cell("leader")?.clone())))
}

/// The cells that name who teaches.
fn teachers<'r>(records: &'r [Record<'r>]) -> impl Iterator<Item = (&'r Source, RecordCell<'r>)> {
    records.iter().flat_map(|record| record.list("teacher").into_iter().map(|cell| (record.source, cell)))
}

/// The names of subjects and classes, and the year groups of classes.
fn names(
    sources: &SetUpFiles,
    subjects: &[Record<'_>],
    classes: &[Record<'_>],
) -> (Names, Names, Vec<(Id, Vec<YearGroup>)>) {
    let none = |what: &str, layout| Names::new(format!("no {what} in {}", sources.called(layout)));
    let subjects = subjects::names(subjects, none("subject", &layout::SUBJECTS));
    let no_class = none("class", &layout::CLASSES);
    let no_class =
        if sources.has(layout::CLASSES.file) { no_class } else { no_class.without(layout::CLASSES.file) };
    let (classes, year_groups) = classes::names(classes, no_class);
    (subjects, classes, year_groups)
}

/// Notes with each person the classes they teach, whole or by lesson.
fn assign_classes(staff: &mut BTreeMap<Id, Person>, classes: &BTreeMap<Id, Class>) {
    for class in classes.values() {
        let by_lesson = class.lessons.iter().filter_map(|lesson| lesson.teacher.as_ref());
        for teacher in class.teachers.iter().chain(by_lesson) {
            let person = staff.get_mut(teacher);
            if let Some(person) = person.filter(|person| !person.teaches.contains(&class.id)) {
                person.teaches.push(class.id.clone());
            }
        }
    }
}

/// Reads the calendar: the school's own, else the term dates that are built in.
fn calendar(
    folder: &Folder,
    sources: &SetUpFiles,
    (phase_file, names): (&PhaseFile<'_>, &SchoolNames),
    today: NaiveDate,
) -> Option<Calendar> {
    let built_in = calendar::built_in(today);
    let common = || built_in.as_ref().map(toml::read);
    let own = sources.tables(layout::HALF_TERMS.file);
    let Some(root) = own.or_else(common) else {
        checks::no_term_dates(folder);
        return None;
    };
    let whom = calendar::EventNames {
        staff: &names.staff,
        classes: &names.classes,
        year_groups: &names.year_groups,
    };
    calendar::read(&root, &phase_file.periods, &whom)
}

/// The framework that the school works in.
fn framework(library: &FrameworkLibrary, phase_file: &PhaseFile<'_>) -> Option<Framework> {
    let Some(cell) = &phase_file.framework else {
        return library.find(library::DEFAULT);
    };
    if !library.ids().iter().any(|id| **id == *cell.text) {
        phase_file.source().refuse(&cell.at, library.unknown(&cell.text));
        return None;
    }
    library.find(&cell.text)
}
