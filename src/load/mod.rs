//! Files to a `School`, or to every fault in them. The only room that reads.

pub mod checks;
pub mod formats;
pub mod frameworks;
pub mod imports;
pub mod names;
pub mod records;
pub mod set_up_contents;
mod set_up_files;

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::diagnostic::{Diagnostic, Place, Severity};
use crate::load::checks::{action_links, pupil_codes_in_notes, unread_files};
use crate::load::formats::record::Faults;
use crate::load::formats::source::{Folder, Source};
use crate::load::formats::{record, toml, values};
use crate::load::imports::column_mapping;
use crate::load::records::reader::Reader;
use crate::load::records::{
    actions, assessments, availability, calendar, classes, duties, evidence, judgements, log, national,
    objectives, phase, pupils, report_kinds, schedules, staff, subjects, targets,
};
use crate::load::set_up_files::Sources;
use crate::privacy::concerns::{Boundary, Refused};
use crate::privacy::names_in_text::Named;
use crate::school::attainment::pupils::Grouping;
use crate::school::attainment::results::Roll;
use crate::school::set_up::Known;
use crate::school::set_up::calendar::Calendar;
use crate::school::set_up::phases::Phase;
use crate::school::time::When;
use crate::school::year::Seen;
use crate::school::year::framework::Framework;
use crate::school::year::log::Logged;
use crate::school::year_group::year_groups_in_words;
use crate::school::{Amiss, School, Unread, layout};
use frameworks::Shelf;
use names::Names;

/// What came of reading a workspace.
#[derive(Debug)]
pub struct Loaded {
    /// The school; none where `phase.toml`, `subjects.csv` or the term dates cannot be read at all.
    pub school: Option<School>,
    /// Every fault, by file, line and column.
    pub diagnostics: Vec<Diagnostic>,
    /// How many files were read.
    pub files: usize,
}

/// Reads a workspace. `today` decides which built-in term dates hold where there is no
/// `calendar.toml`.
pub fn load(folder: &Folder, today: NaiveDate) -> Loaded {
    let mut faults = Faults::default();
    let sources = Sources::read(folder, &mut faults);
    let mut files = sources.count();
    unread_files::warn(folder, &sources, &mut faults);
    let school = school(folder, &sources, today, &mut files, &mut faults);
    Loaded { school, diagnostics: faults.into_sorted(), files }
}

fn school(
    folder: &Folder,
    sources: &Sources,
    today: NaiveDate,
    files: &mut usize,
    faults: &mut Faults,
) -> Option<School> {
    tell_of_missing(folder, sources, faults);
    let shelf = Shelf::open(folder, faults);
    shelf.check(faults);
    *files += shelf.count();
    let (phase_source, root) = sources.tables(layout::PHASE.file, faults)?;
    let phase_file = phase::read(phase_source, root, faults);
    faults.phrases.clone_from(&phase_file.safeguarding.phrases);
    let phase_records = phase_file.phase_records(faults);
    let subject_records = sources.records(&layout::SUBJECTS, faults);
    let class_records = sources.records(&layout::CLASSES, faults);
    let (mut people, staff_names) = if sources.has(layout::STAFF.file) {
        let names = Names::of_people(format!("nobody in {}", sources.called(&layout::STAFF)));
        staff::staff(&sources.records(&layout::STAFF, faults), names, faults)
    } else {
        let named = phase_records
            .iter()
            .flat_map(|record| record.cell("leader").map(|cell| (record.source, cell.clone())))
            .chain(
                subject_records
                    .iter()
                    .flat_map(|record| record.cell("leader").map(|cell| (record.source, cell.clone()))),
            )
            .chain(
                class_records
                    .iter()
                    .flat_map(|record| record.list("teacher").into_iter().map(|cell| (record.source, cell))),
            );
        staff::named(named, faults)
    };
    let nothing = |what: &str, layout| Names::new(format!("no {what} in {}", sources.called(layout)));
    let subject_names = subjects::names(&subject_records, nothing("subject", &layout::SUBJECTS), faults);
    let no_class = nothing("class", &layout::CLASSES);
    let no_class =
        if sources.has(layout::CLASSES.file) { no_class } else { no_class.without(layout::CLASSES.file) };
    let (class_names, year_groups) = classes::names(&class_records, no_class, faults);
    let subjects = subjects::subjects(&subject_records, &staff_names, faults);
    let mut classes = classes::classes(&class_records, &year_groups, &staff_names, faults);
    // Without subjects every row of the timetable would be told as a fault of its own.
    if !subject_records.is_empty() {
        let timetable = sources.records(&layout::TIMETABLE, faults);
        classes::timetable(
            &timetable,
            &phase_file.periods,
            (&class_names, &subject_names, &staff_names),
            &mut classes,
            faults,
        );
    }
    let rows = sources.records(&layout::AVAILABILITY, faults);
    availability::availability(&rows, &phase_file.periods, &staff_names, &mut people, faults);
    let phases = phase_file.phases(&phase_records, &staff_names, faults);

    let built_in = calendar::built_in(today);
    let common = || Some((built_in.as_ref()?, toml::read(built_in.as_ref()?, &mut Faults::default())));
    let own = sources.tables(layout::HALF_TERMS.file, faults);
    let Some((calendar_source, root)) = own.or_else(common) else {
        if folder.names("").iter().all(|name| name != "calendar.toml") {
            let message =
                "there is no such file, and no term dates are built in for this academic year".to_owned();
            let hint = "write academic_year and six [[half_term]] tables with number, from and to".to_owned();
            faults.push(Diagnostic::of_file(Severity::Error, "calendar.toml", message, hint));
        }
        return None;
    };
    let whom = calendar::Whom { staff: &staff_names, classes: &class_names, year_groups: &year_groups };
    let calendar = calendar::read(calendar_source, &root, &phase_file.periods, &whom, faults)?;
    idle_sessions(&phases, &calendar, faults);
    if !sources.has(layout::SUBJECTS.file) || phases.is_empty() {
        return None;
    }
    let framework = framework(&shelf, &phase_file, faults)?;
    let calendar_is_own =
        calendar.half_terms.iter().any(|half_term| !half_term.at.file.starts_with("built-in/"));
    let mut school = School {
        name: phase_file.name.clone(),
        calendar,
        phases,
        subjects,
        staff: people,
        classes,
        schedules: BTreeMap::new(),
        seen: Vec::new(),
        earlier: Vec::new(),
        phase_leader_card: phase_file.phase_leader_card,
        subject_leader_card: phase_file.subject_leader_card,
        limits: phase_file.limits.clone(),
        preferences: phase_file.preferences.clone(),
        minutes: phase_file.minutes.clone(),
        places: phase_file.places.clone(),
        framework: framework.id.clone(),
        frameworks: BTreeMap::from([(framework.id.clone(), framework)]),
        evidence: Vec::new(),
        judgements: Vec::new(),
        actions: Vec::new(),
        log: Vec::new(),
        reports: BTreeMap::new(),
        objectives: Vec::new(),
        duties: Vec::new(),
        rolls: BTreeMap::new(),
        targets: Vec::new(),
        starts: Vec::new(),
        national: Vec::new(),
        groupings: phase_file.groupings.clone(),
        assessing: phase_file.assessing.clone(),
        privacy: phase_file.privacy.clone(),
        sufficiency: phase_file.sufficiency.clone(),
        safeguarding: phase_file.safeguarding.clone(),
        unread: Vec::new(),
        known: Known {
            calendar: calendar_is_own,
            staff: sources.has(layout::STAFF.file),
            classes: sources.has(layout::CLASSES.file),
            timetable: sources.has(layout::TIMETABLE.file),
            availability: sources.has(layout::AVAILABILITY.file),
            periods: phase_file.own_periods,
            evidence: false,
        },
        named: Named::default(),
    };
    for class in school.classes.values() {
        let by_lesson = class.lessons.iter().filter_map(|lesson| lesson.teacher.as_ref());
        for teacher in class.teachers.iter().chain(by_lesson) {
            let person = school.staff.get_mut(teacher);
            if let Some(person) = person.filter(|person| !person.teaches.contains(&class.id)) {
                person.teaches.push(class.id.clone());
            }
        }
    }
    let boundary = Boundary::new(&school.safeguarding.phrases);
    refuse_concerns(&school, &boundary, faults);
    refuse_named_groups(&school, faults);
    let whom = names::Whom { staff: &staff_names, classes: &class_names, subjects: &subject_names };
    // Pupils and results may be many: they are read beside the rest, by the same set-up. So is the year before.
    let mut set_up = school.clone();
    let last = phase_file.previous.as_ref().map(|cell| folder.join(&cell.text));
    let last = last.filter(|last| last.exists() && !last.leads_back());
    // As it stood on its last day: what was to come then has come.
    let last_day = school.calendar.academic_year.first_day().pred_opt().unwrap_or_default();
    let (read, of_tracking, earlier) = std::thread::scope(|scope| {
        let behind = last.as_ref().map(|last| scope.spawn(|| load(last, last_day)));
        let beside = scope.spawn(|| {
            let mut faults = Faults::default();
            (tracked(folder, &mut set_up, &class_names, today, &mut faults), faults)
        });
        *files += schedules::read(folder, &mut school, &whom, &boundary, faults);
        *files += kept(folder, &mut school, &whom, &shelf, &boundary, today, faults);
        let (read, of_tracking) = beside.join().unwrap_or_else(|fault| std::panic::resume_unwind(fault));
        let earlier = behind.map(|read| read.join().unwrap_or_else(|fault| std::panic::resume_unwind(fault)));
        (read, of_tracking, earlier)
    });
    *files += read;
    faults.append(of_tracking);
    (school.rolls, school.targets) = (set_up.rolls, set_up.targets);
    (school.starts, school.national) = (set_up.starts, set_up.national);
    pupil_codes_in_notes::name_no_pupil(&school, faults);
    tell_of_kept_too_long(&school, today, phase_source, faults);
    if let Some(cell) = &phase_file.previous {
        previous(folder, (phase_source, cell), earlier, &mut school, faults);
    }
    action_links::check(&school, faults);
    Some(school)
}

/// The framework that the workspace works in.
fn framework(shelf: &Shelf, phase_file: &phase::PhaseFile<'_>, faults: &mut Faults) -> Option<Framework> {
    let Some(cell) = &phase_file.framework else {
        return shelf.find(frameworks::DEFAULT, &mut Faults::default());
    };
    if !shelf.ids().iter().any(|id| **id == *cell.text) {
        faults.error(phase_file.source, &cell.at, shelf.unknown(&cell.text));
        return None;
    }
    shelf.find(&cell.text, &mut Faults::default())
}

/// Reads a file that may be missing, and counts it where it is there.
fn counted(folder: &Folder, file: &str, files: &mut usize, faults: &mut Faults) -> Option<Source> {
    match folder.read(file) {
        Ok(source) => {
            *files += usize::from(source.is_some());
            source
        }
        Err(fault) => {
            faults.push(*fault);
            None
        }
    }
}

/// Reads what is kept through the year; returns how many files were read.
fn kept(
    folder: &Folder,
    school: &mut School,
    whom: &names::Whom<'_>,
    shelf: &Shelf,
    boundary: &Boundary,
    today: NaiveDate,
    faults: &mut Faults,
) -> usize {
    let set_up = &*school;
    let mut reader = Reader::new(set_up, whom, boundary, shelf, today);
    let (evidence, mut files) = evidence::read(folder, &mut reader, faults);
    let mut source = |file: &str, faults: &mut Faults| counted(folder, file, &mut files, faults);
    let [judgements, actions, log] =
        [layout::JUDGEMENTS, layout::ACTIONS, layout::LOG].map(|layout| source(layout.file, faults));
    let [objectives, duties, reports] =
        [layout::OBJECTIVES, layout::DUTIES, layout::REPORTS].map(|file| source(file, faults));
    let judgements = judgements.map(|source| judgements::read(&source, &mut reader, faults));
    let actions = actions.map(|source| actions::read(&source, &mut reader, faults)).unwrap_or_default();
    let objectives = objectives.map(|source| objectives::read(&source, folder, &mut reader, faults));
    let objectives = objectives.unwrap_or_default();
    let duties = duties.map(|source| duties::read(&source, folder, &mut reader, faults)).unwrap_or_default();
    let reports = reports.map(|source| report_kinds::read(&source, &mut reader, faults));
    let known = actions.iter().map(|action| action.id.clone());
    let known = known.chain(objectives.iter().map(|objective| objective.id.clone()));
    let known = known.chain(duties.iter().map(|duty| duty.id.clone())).collect();
    let log = log.map(|source| log::read(&source, folder, &mut reader, &known, faults));
    school.frameworks = reader.into_frameworks();
    school.known.evidence = !evidence.is_empty();
    school.evidence = evidence;
    school.judgements = judgements.unwrap_or_default();
    (school.actions, school.objectives, school.duties) = (actions, objectives, duties);
    school.log = log.unwrap_or_default();
    school.reports = reports.unwrap_or_default();
    files
}

/// Refuses groups of pupils that are called by a person or a class: everybody reads what they are called.
fn refuse_named_groups(school: &School, faults: &mut Faults) {
    let known = Grouping::known();
    let own = school.groupings.iter().filter(|own| known.iter().all(|known| known.column != own.column));
    for own in own.filter(|own| {
        [own.title.as_str(), own.column.as_str()].iter().any(|text| school.names_somebody(text))
    }) {
        let message = format!("the group `{}` is called by somebody on the staff or a class", own.column);
        let hint = "governors and staff read it: call it by what its pupils have in common".to_owned();
        faults.push(Diagnostic::of_file(Severity::Error, layout::PHASE.file, message, hint));
    }
}

/// Refuses what reads as a safeguarding concern in the words of the set-up; the text is not shown.
fn refuse_concerns(school: &School, boundary: &Boundary, faults: &mut Faults) {
    let calendar = &school.calendar;
    let phase_file = Place::file(layout::PHASE.file);
    let closures = calendar.closures.iter().map(|one| (one.reason.as_str(), &one.at));
    let events = calendar.events.iter().map(|one| (one.reason.as_str(), &one.at));
    let names = school.phases.iter().map(|one| one.name.as_str()).chain([school.name.as_str()]);
    let places = school.places.keys().map(AsRef::as_ref);
    let names = names.chain(places).map(|name| (name, &phase_file));
    let subjects = school.subjects.values().map(|one| (one.name.as_str(), &one.at));
    let staff = school.staff.values().map(|one| (one.name.as_str(), &one.at));
    for (_, place) in closures
        .chain(events)
        .chain(names)
        .chain(subjects)
        .chain(staff)
        .filter(|(text, _)| boundary.is_concern(text))
    {
        let wrong = records::reader::refusal(school, Refused::Concern);
        let fault = Diagnostic::of_file(Severity::Error, &place.file, wrong.message, wrong.hint);
        faults.push(Diagnostic { place: place.clone(), ..fault });
    }
}

/// Reads what tracking is made from; returns how many files were read.
fn tracked(
    folder: &Folder,
    school: &mut School,
    classes: &Names,
    today: NaiveDate,
    faults: &mut Faults,
) -> usize {
    let mut files = 0;
    let mut source = |file: &str, faults: &mut Faults| counted(folder, file, &mut files, faults);
    let pupils = source(layout::PUPILS.file, faults);
    let assessments = source(layout::ASSESSMENTS.file, faults);
    let [targets, starts, national] =
        [layout::TARGETS, layout::STARTS, layout::NATIONAL].map(|layout| source(layout.file, faults));
    let year = school.calendar.academic_year.0;
    match (pupils, assessments) {
        (Some(pupils), assessments) => {
            let pupils = pupils::read(&pupils, school, classes, faults);
            // Without pupils every row would be told as a fault of its own.
            let roll = match assessments.filter(|_| !pupils.is_empty()) {
                Some(assessments) => assessments::read(&assessments, school, pupils, today, faults),
                None => Roll { pupils, ..Roll::default() },
            };
            school.rolls.insert(year, roll);
        }
        (None, Some(assessments)) => {
            let file = layout::PUPILS.file;
            if folder.names("").iter().all(|name| name != file) {
                let message = "there is no such file, and results need one".to_owned();
                let hint = "a row a pupil: pupil,class,year_group, with codes of your own making".to_owned();
                faults.push(Diagnostic::of_file(Severity::Error, file, message, hint));
            }
            drop(assessments);
        }
        (None, None) => {}
    }
    school.targets = targets.map(|source| targets::read(&source, school, faults)).unwrap_or_default();
    school.starts = starts.map(|source| targets::starts(&source, school, faults)).unwrap_or_default();
    school.national = national::built_in();
    if let Some(source) = source(layout::IMPORT_MAPPINGS, faults) {
        column_mapping::read(&source, school, faults);
    }
    school.national.extend(national.map(|source| national::read(&source, faults)).unwrap_or_default());
    files
}

/// Warns of the pupils whose records were to be kept until a day that has passed.
fn tell_of_kept_too_long(school: &School, today: NaiveDate, source: &Source, faults: &mut Faults) {
    for (year, until, at, pupils) in school.kept_too_long(today) {
        let message = format!(
            "the records of {pupils} pupils of {} were to be kept until {}",
            year_groups_in_words(&year.to_string()),
            until.format("%-d %B %Y")
        );
        let warning = Diagnostic::of_file(
            Severity::Warning,
            &source.file,
            message,
            "take them out of pupils.csv and assessments.csv, or change the date".to_owned(),
        );
        faults.push(Diagnostic { place: at.clone(), ..warning });
    }
}

/// Tells of the records that every answer needs, where neither a file nor the workbook has them.
fn tell_of_missing(folder: &Folder, sources: &Sources, faults: &mut Faults) {
    let needed = [
        (
            &layout::PHASE,
            "phase init makes one, in a new folder; or copy it from the data-template and fill it in",
        ),
        (&layout::SUBJECTS, "a row a subject: name,leader"),
    ];
    let there = folder.names("");
    if sources.workbook().is_none() && there.iter().any(|name| name == layout::WORKBOOK) {
        // It cannot be read, which has been told; what it holds is not known.
        return;
    }
    for (layout, hint) in needed {
        // One that is there and cannot be read has been told of.
        if sources.has(layout.file) || there.iter().any(|name| name == layout.file) {
            continue;
        }
        let fault = if sources.workbook().is_some() {
            let message = format!("the sheet {} has no row", layout.sheet);
            Diagnostic::of_file(Severity::Error, layout::WORKBOOK, message, "fill it in".to_owned())
        } else {
            let message = "there is no such file".to_owned();
            Diagnostic::of_file(Severity::Error, layout.file, message, hint.to_owned())
        };
        faults.push(fault);
    }
}

/// The folder that the set-up names as last year's, where it does.
pub fn previous_folder(folder: &Folder) -> Option<String> {
    let faults = &mut Faults::default();
    let sources = Sources::read(folder, faults);
    let (source, root) = sources.tables(layout::PHASE.file, faults)?;
    phase::read(source, root, faults).previous.map(|cell| cell.text.into_owned())
}

/// Warns of programmed sessions that never come: on a date of no half term, or in an A or B week where
/// no half term says which its first week is.
fn idle_sessions(phases: &[Phase], calendar: &Calendar, faults: &mut Faults) {
    for programmed in phases.iter().flat_map(|phase| &phase.sessions) {
        let comes = calendar.half_terms.iter().any(|half_term| {
            let hours = programmed.when.hours;
            let at = |date| hours.map(|hours| When { date, hours });
            half_term.weekdays().filter_map(at).any(|when| calendar.holds(&programmed.when, &when))
        });
        if !comes {
            let message = "a programmed session never comes in this academic year".to_owned();
            let hint = "check its date; for A or B weeks, set first_week in calendar.toml".to_owned();
            let warning = Diagnostic::of_file(Severity::Warning, "", message, hint);
            faults.push(Diagnostic { place: programmed.at.clone(), ..warning });
        }
    }
}

/// Adds what last year's workspace shows: which phase saw which subject when, its evidence and its log. Faults in
/// it are told as warnings only: it is read, never mended.
fn previous(
    folder: &Folder,
    (source, cell): (&Source, &record::Cell<'_>),
    loaded: Option<Loaded>,
    school: &mut School,
    faults: &mut Faults,
) {
    let last = folder.join(&cell.text);
    let wrong = |message: String, hint: &str| values::Wrong::new(message, hint);
    let unread = |what| Unread { name: cell.text.to_string(), is_earlier_year: true, what };
    if !last.exists() {
        school.unread.push(unread(Amiss::NotThere));
        faults.warning(
            source,
            &cell.at,
            wrong(
                format!("there is no folder `{}`", cell.text),
                "name last year's folder from this one, as in \"../2025-26\"",
            ),
        );
        return;
    }
    if last.leads_back() {
        let message = format!("`{}` leads back to this workspace", cell.text);
        faults.error(source, &cell.at, wrong(message, "name last year's folder"));
        return;
    }
    let Some(loaded) = loaded else { return };
    let errors =
        loaded.diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error).count();
    if errors > 0 {
        let is_read = loaded.school.is_some();
        school.unread.push(unread(if is_read { Amiss::Errors(errors) } else { Amiss::NotReadable }));
        let message = match errors {
            1 => "last year's workspace has a fault, so some of it may not count".to_owned(),
            errors => format!("last year's workspace has {errors} faults, so some of it may not count"),
        };
        faults.warning(source, &cell.at, wrong(message, "run `phase check` there"));
    }
    let Some(earlier) = loaded.school else { return };
    // What that year could not read of the years before it is missing here too.
    let named_from_here = |unread: &Unread| Unread {
        name: format!("{}/{}", cell.text.trim_end_matches('/'), unread.name),
        ..unread.clone()
    };
    school.unread.extend(earlier.unread.iter().map(named_from_here));
    let year = earlier.calendar.academic_year.0;
    if year >= school.calendar.academic_year.0 {
        faults.error(
            source,
            &cell.at,
            wrong(format!("`{}` is no earlier academic year", cell.text), "name last year's folder"),
        );
        return;
    }
    let mut before = evidence::brought(&earlier, school, cell.text.trim_end_matches('/'));
    before.append(&mut school.evidence);
    school.evidence = before;
    school.log.splice(0..0, brought_log(&earlier, school, cell));
    school.earlier = earlier.given_out().cloned().collect();
    let from = cell.text.trim_end_matches('/');
    for session in &mut school.earlier {
        session.at.file = format!("{from}/{}", session.at.file).into();
    }
    for (id, framework) in &earlier.frameworks {
        school.frameworks.entry(id.clone()).or_insert_with(|| framework.clone());
    }
    for (year, roll) in earlier.rolls {
        school
            .rolls
            .entry(year)
            .or_insert_with(|| brought(roll, &earlier.groupings, &school.groupings, cell));
    }
    let mut seen = earlier.seen.clone();
    for (half_term, schedules) in &earlier.schedules {
        for session in schedules.published.iter().filter(|session| session.status.stands()) {
            let phase = earlier.phases.iter().find(|phase| phase.leader == session.owner);
            if let (Some(phase), Some(subject)) = (phase, &session.subject) {
                seen.push(Seen {
                    phase: phase.id.clone(),
                    subject: subject.clone(),
                    academic_year: year,
                    half_term: *half_term,
                });
            }
        }
    }
    school.seen = seen;
}

/// The log of the year before: of people and subjects that are still here, and its file's name from here.
fn brought_log(earlier: &School, school: &School, from: &record::Cell<'_>) -> Vec<Logged> {
    let from = from.text.trim_end_matches('/');
    let first = school.calendar.academic_year.first_day();
    let bring = |row: &Logged| {
        let mut row = row.clone();
        row.at.file = format!("{from}/{}", row.at.file).into();
        row.who.retain(|person| school.staff.contains_key(person));
        row.subject = row.subject.filter(|subject| school.subjects.contains_key(subject));
        row
    };
    earlier.log.iter().filter(|row| row.date < first).map(bring).collect()
}

/// Brings the pupils of an earlier year into this one's groupings, and their file's name from here.
fn brought(mut roll: Roll, theirs: &[Grouping], ours: &[Grouping], from: &record::Cell<'_>) -> Roll {
    let place = |column: &Grouping| theirs.iter().position(|their| their.column == column.column);
    let order: Vec<Option<usize>> = ours.iter().map(place).collect();
    for pupil in &mut roll.pupils {
        let groups = order.iter().map(|index| index.and_then(|index| pupil.groups.get(index).cloned())?);
        pupil.groups = groups.collect();
    }
    let from = from.text.trim_end_matches('/');
    roll.file = roll.file.map(|file| format!("{from}/{file}").into());
    roll
}
