//! The second stage: what is recorded through the year.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::formats::{Folder, Source};
use super::frameworks::library::FrameworkLibrary;
use super::names::RecordNames;
use super::records::reader::{YearReader, read_counted};
use super::records::{actions, duties, evidence, judgements, log, objectives, report_kinds, schedules};
use crate::school::{Id, School, Year, layout};

/// Reads the schedules, the evidence and the other records of the year of a school whose set-up is read; counts
/// the files.
pub fn read(
    folder: &Folder,
    school: &School,
    (whom, library): (&RecordNames<'_>, &FrameworkLibrary),
    today: NaiveDate,
) -> (Year, usize) {
    let (schedules, of_schedules) = schedules::read(folder, school, whom);
    let mut reader = YearReader::new(school, whom, library, today);
    let (evidence, mut files) = evidence::read(folder, &mut reader);
    let mut source = |file: &str| read_counted(folder, file, &mut files);
    let [judgements, actions, log] =
        [layout::JUDGEMENTS, layout::ACTIONS, layout::LOG].map(|layout| source(layout.file));
    let [objectives, duties, reports] =
        [layout::OBJECTIVES, layout::DUTIES, layout::REPORTS].map(&mut source);
    let judgements = judgements.map(|source| judgements::read(&source, &mut reader));
    let actions = actions.map(|source| actions::read(&source, &mut reader));
    let objectives = objectives.map(|source| objectives::read(&source, folder, &mut reader));
    let duties = duties.map(|source| duties::read(&source, folder, &mut reader));
    let reports = reports.map(|source| report_kinds::read(&source, &mut reader));
    let mut year = Year {
        has_own_evidence: !evidence.is_empty(),
        schedules,
        evidence,
        judgements: judgements.unwrap_or_default(),
        actions: actions.unwrap_or_default(),
        objectives: objectives.unwrap_or_default(),
        duties: duties.unwrap_or_default(),
        reports: reports.unwrap_or_default(),
        ..Year::default()
    };
    let read_log = |source: Source| log::read(&source, folder, &mut reader, &records_of(&year));
    year.log = log.map(read_log).unwrap_or_default();
    year.frameworks = reader.into_frameworks();
    (year, files + of_schedules)
}

/// The ids that a row of the log may name.
fn records_of(year: &Year) -> BTreeSet<Id> {
    let actions = year.actions.iter().map(|action| &action.id);
    let objectives = year.objectives.iter().map(|objective| &objective.id);
    let duties = year.duties.iter().map(|duty| &duty.id);
    actions.chain(objectives).chain(duties).cloned().collect()
}
