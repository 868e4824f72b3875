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
    diagnostics: &mut Diagnostics,
) -> (Attainment, usize) {
    let mut files = 0;
    let mut source =
        |file: &str, diagnostics: &mut Diagnostics| read_counted(folder, file, &mut files, diagnostics);
    let pupils = source(layout::PUPILS.file, diagnostics);
    let assessments = source(layout::ASSESSMENTS.file, diagnostics);
    let [targets, starts, national] =
        [layout::TARGETS, layout::STARTS, layout::NATIONAL].map(|layout| source(layout.file, diagnostics));
    if pupils.is_none() && assessments.is_some() {
        without_pupils(folder, diagnostics);
    }
    let year_results =
        pupils.map(|pupils| year_results(&pupils, assessments, school, classes, today, diagnostics));
    let read_targets = |source: Source| targets::read(&source, school, year_results.as_ref(), diagnostics);
    let targets = targets.map(read_targets).unwrap_or_default();
    let starts = starts.map(|source| targets::starts(&source, school, diagnostics)).unwrap_or_default();
    if let Some(source) = source(layout::IMPORT_MAPPINGS, diagnostics) {
        column_mapping::read(&source, school, diagnostics);
    }
    let own = national.map(|source| national::read(&source, diagnostics)).unwrap_or_default();
    let national = national::built_in().into_iter().chain(own).collect();
    let year = school.set_up.calendar.academic_year.0;
    (
        Attainment {
            results_by_year: year_results.map(|year_results| (year, year_results)).into_iter().collect(),
            targets,
            starts,
            national,
        },
        files,
    )
}

/// The pupils and their results.
fn year_results(
    pupils: &Source,
    assessments: Option<Source>,
    school: &School,
    classes: &Names,
    today: NaiveDate,
    diagnostics: &mut Diagnostics,
) -> YearResults {
    let pupils = pupils::read(pupils, school, classes, diagnostics);
    // Without pupils every result would be an error of its own.
    match assessments.filter(|_| !pupils.is_empty()) {
        Some(assessments) => assessments::read(&assessments, school, pupils, today, diagnostics),
        None => YearResults { pupils, ..YearResults::default() },
    }
}
