//! The third stage: pupils, their results, and what these are compared with.

use chrono::NaiveDate;

use super::checks::set_up::without_pupils;
use super::formats::{Folder, Source};
use super::imports::column_mapping;
use super::names::Names;
use super::records::attainment::{assessments, national, pupils, targets};
use super::records::reader::read_counted;
use crate::school::{Attainment, School, YearResults, layout};

/// Reads pupils, results, targets and national figures of a school whose set-up is read; counts the files.
pub fn read(folder: &Folder, school: &School, classes: &Names, today: NaiveDate) -> (Attainment, usize) {
    let mut files = 0;
    let mut source = |file: &str| read_counted(folder, file, &mut files);
    let pupils = source(layout::PUPILS.file);
    let assessments = source(layout::ASSESSMENTS.file);
    let [targets, starts, national] =
        [layout::TARGETS, layout::STARTS, layout::NATIONAL].map(|layout| source(layout.file));
    if pupils.is_none() && assessments.is_some() {
        without_pupils(folder);
    }
    let year_results = pupils.map(|pupils| year_results(&pupils, assessments, school, classes, today));
    let read_targets = |source: Source| targets::read(&source, school, year_results.as_ref());
    let targets = targets.map(read_targets).unwrap_or_default();
    let starts = starts.map(|source| targets::starts(&source, school)).unwrap_or_default();
    if let Some(source) = source(layout::IMPORT_MAPPINGS) {
        column_mapping::read(&source, school);
    }
    let own = national.map(|source| national::read(&source)).unwrap_or_default();
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
) -> YearResults {
    let pupils = pupils::read(pupils, school, classes);
    // Without pupils every result would be an error of its own.
    match assessments.filter(|_| !pupils.is_empty()) {
        Some(assessments) => assessments::read(&assessments, school, pupils, today),
        None => YearResults { pupils, ..YearResults::default() },
    }
}
