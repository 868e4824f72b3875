//! The third stage: pupils, their results, and what these are compared with.

use chrono::NaiveDate;

use super::checks::set_up::without_pupils;
use super::formats::record::Diagnostics;
use super::formats::source::{Folder, Source};
use super::imports::column_mapping;
use super::names::Names;
use super::records::attainment::{assessments, national, pupils, targets};
use super::records::reader::read_counted;
use crate::school::{Attainment, School, YearResults, layout};

/// Reads pupils, results, targets and national figures of a school whose set-up is read; counts the files.
pub fn read(
    folder: &Folder,
    school: &School,
    classes: &Names,
    today: NaiveDate,
    faults: &mut Diagnostics,
) -> (Attainment, usize) {
    let mut files = 0;
    let mut source = |file: &str, faults: &mut Diagnostics| read_counted(folder, file, &mut files, faults);
    let pupils = source(layout::PUPILS.file, faults);
    let assessments = source(layout::ASSESSMENTS.file, faults);
    let [targets, starts, national] =
        [layout::TARGETS, layout::STARTS, layout::NATIONAL].map(|layout| source(layout.file, faults));
    if pupils.is_none() && assessments.is_some() {
        without_pupils(folder, faults);
    }
    let roll = pupils.map(|pupils| roll(&pupils, assessments, school, classes, today, faults));
    let read_targets = |source: Source| targets::read(&source, school, roll.as_ref(), faults);
    let targets = targets.map(read_targets).unwrap_or_default();
    let starts = starts.map(|source| targets::starts(&source, school, faults)).unwrap_or_default();
    if let Some(source) = source(layout::IMPORT_MAPPINGS, faults) {
        column_mapping::read(&source, school, faults);
    }
    let own = national.map(|source| national::read(&source, faults)).unwrap_or_default();
    let national = national::built_in().into_iter().chain(own).collect();
    let year = school.set_up.calendar.academic_year.0;
    (
        Attainment { rolls: roll.map(|roll| (year, roll)).into_iter().collect(), targets, starts, national },
        files,
    )
}

/// The pupils and their results.
fn roll(
    pupils: &Source,
    assessments: Option<Source>,
    school: &School,
    classes: &Names,
    today: NaiveDate,
    faults: &mut Diagnostics,
) -> YearResults {
    let pupils = pupils::read(pupils, school, classes, faults);
    // Without pupils every result would be an error of its own.
    match assessments.filter(|_| !pupils.is_empty()) {
        Some(assessments) => assessments::read(&assessments, school, pupils, today, faults),
        None => YearResults { pupils, ..YearResults::default() },
    }
}
