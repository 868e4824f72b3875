//! Last year's workspace, as far as this year's answers rest on it.

use super::loaded::LoadedWorkspace;
use super::records::evidence;
use super::records::set_up::phase;
use super::records::set_up::phase::PhaseFile;
use crate::diagnostic::Severity;
use crate::load::formats::{Diagnostics, Folder, Source, record};
use crate::load::set_up_files::SetUpFiles;
use crate::school::{
    EarlierSession, Grouping, LogEntry, School, UnreadReason, UnreadRecords, YearResults, layout,
};

/// Last year's folder, where the set-up names one that is there and is another.
pub fn folder(folder: &Folder, phase_file: &PhaseFile<'_>) -> Option<Folder> {
    let last = phase_file.previous.as_ref().map(|cell| folder.join(&cell.text));
    last.filter(|last| last.exists() && !last.leads_back())
}

/// The folder that the set-up names as last year's, where it does.
pub fn folder_name(folder: &Folder) -> Option<String> {
    let sources = SetUpFiles::read(&folder.with(&Diagnostics::default()));
    let root = sources.tables(layout::PHASE.file)?;
    phase::read(root).previous.map(|cell| cell.text.into_owned())
}

/// Adds what last year's workspace shows: its sessions, its evidence, its log and its results. Errors in it are shown
/// as warnings only: it is read, never fixed.
pub fn bring(
    folder: &Folder,
    (source, cell): (&Source, &record::RecordCell<'_>),
    loaded: Option<LoadedWorkspace>,
    school: &mut School,
) {
    let last = folder.join(&cell.text);
    let unread = |what| UnreadRecords { name: cell.text.to_string(), is_earlier_year: true, what };
    if !last.exists() {
        school.unread.push(unread(UnreadReason::NotThere));
        let message = format!("there is no folder `{}`", cell.text);
        let hint = "name last year's folder from this one, as in \"../2025-26\"";
        source.warning(&cell.at, message, hint);
        return;
    }
    if last.leads_back() {
        let message = format!("`{}` leads back to this workspace", cell.text);
        source.error(&cell.at, message, "name last year's folder");
        return;
    }
    let Some(loaded) = loaded else { return };
    let errors =
        loaded.diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error).count();
    if errors > 0 {
        let what = match loaded.school {
            Some(_) => UnreadReason::Errors(errors),
            None => UnreadReason::NotReadable,
        };
        school.unread.push(unread(what));
        let message = match errors {
            1 => "last year's workspace has a fault, so some of it may not count".to_owned(),
            errors => format!("last year's workspace has {errors} faults, so some of it may not count"),
        };
        source.warning(&cell.at, message, "run `phase check` there");
    }
    let Some(earlier) = loaded.school else { return };
    let from = cell.text.trim_end_matches('/');
    // What that year could not read of the years before it is missing here too.
    let named_from_here =
        |unread: &UnreadRecords| UnreadRecords { name: format!("{from}/{}", unread.name), ..unread.clone() };
    school.unread.extend(earlier.unread.iter().map(named_from_here));
    if earlier.set_up.calendar.academic_year >= school.set_up.calendar.academic_year {
        let message = format!("`{}` is no earlier academic year", cell.text);
        source.error(&cell.at, message, "name last year's folder");
        return;
    }
    bring_records(earlier, from, school);
}

/// Adds an earlier year's records to this one's, their files named from here.
fn bring_records(earlier: School, from: &str, school: &mut School) {
    let mut before = evidence::brought(&earlier, school, from);
    before.append(&mut school.year.evidence);
    school.year.evidence = before;
    school.year.log.splice(0..0, brought_log(&earlier, school, from));
    school.year.earlier = earlier.given_out().cloned().collect();
    for session in &mut school.year.earlier {
        session.at.file = format!("{from}/{}", session.at.file).into();
    }
    school.year.seen = sessions_seen(&earlier);
    for (id, framework) in earlier.year.frameworks {
        school.year.frameworks.entry(id).or_insert(framework);
    }
    let (theirs, ours) = (&earlier.settings.groupings, &school.settings.groupings);
    for (year, year_results) in earlier.attainment.results_by_year {
        school
            .attainment
            .results_by_year
            .entry(year)
            .or_insert_with(|| brought(year_results, theirs, ours, from));
    }
}

/// Returns which phase saw which subject when: in an earlier year, and in those before it.
fn sessions_seen(earlier: &School) -> Vec<EarlierSession> {
    let mut seen = earlier.year.seen.clone();
    for (half_term, schedules) in &earlier.year.schedules {
        for session in schedules.published.iter().filter(|session| session.status.stands()) {
            let phase = earlier.set_up.phases.iter().find(|phase| phase.leader == session.owner);
            if let (Some(phase), Some(subject)) = (phase, &session.subject) {
                seen.push(EarlierSession {
                    phase: phase.id.clone(),
                    subject: subject.clone(),
                    academic_year: earlier.set_up.calendar.academic_year.0,
                    half_term: *half_term,
                });
            }
        }
    }
    seen
}

/// The log of the year before: of people and subjects that are still here, and its file's name from here.
fn brought_log(earlier: &School, school: &School, from: &str) -> Vec<LogEntry> {
    let first = school.set_up.calendar.academic_year.first_day();
    let bring = |row: &LogEntry| {
        let mut row = row.clone();
        row.at.file = format!("{from}/{}", row.at.file).into();
        row.who.retain(|person| school.set_up.staff.contains_key(person));
        row.subject = row.subject.filter(|subject| school.set_up.subjects.contains_key(subject));
        row
    };
    earlier.year.log.iter().filter(|row| row.date < first).map(bring).collect()
}

/// Brings the pupils of an earlier year into this one's groupings, and their file's name from here.
fn brought(mut year_results: YearResults, theirs: &[Grouping], ours: &[Grouping], from: &str) -> YearResults {
    let place = |column: &Grouping| theirs.iter().position(|their| their.column == column.column);
    let order: Vec<Option<usize>> = ours.iter().map(place).collect();
    for pupil in &mut year_results.pupils {
        let groups = order.iter().map(|index| index.and_then(|index| pupil.groups.get(index).cloned())?);
        pupil.groups = groups.collect();
    }
    year_results.file = year_results.file.map(|file| format!("{from}/{file}").into());
    year_results
}
