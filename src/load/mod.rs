//! Files to a `School`, or to every error in them. The only room that reads.
//!
//! Three stages: the set-up, then the year and attainment side by side, each read against the set-up.

mod attainment;
pub mod checks;
pub mod formats;
pub mod frameworks;
pub mod imports;
pub mod loaded;
pub mod names;
pub mod previous_year;
pub mod records;
mod set_up;
pub mod set_up_contents;
mod set_up_files;
mod year;

use std::panic::resume_unwind;
use std::thread;

use chrono::NaiveDate;

use crate::load::frameworks::library::FrameworkLibrary;
use crate::load::loaded::LoadedWorkspace;
use crate::load::records::set_up::phase;
use crate::school::{School, layout};
use checks::{action_links, pupil_codes_in_notes, unread_files};
use formats::toml_table::TomlTable;
use formats::{Diagnostics, Folder};
use set_up_files::SetUpFiles;

/// Reads a workspace. `today` decides which built-in term dates hold where there is no
/// `calendar.toml`.
pub fn load(folder: &Folder, today: NaiveDate) -> LoadedWorkspace {
    let folder = &folder.with(&Diagnostics::default());
    let sources = SetUpFiles::read(folder);
    unread_files::warn(folder, &sources);
    checks::set_up::missing_files(folder, &sources);
    let library = FrameworkLibrary::open(folder);
    library.check();
    let mut files = sources.count() + library.count();
    let tables = sources.tables(layout::PHASE.file);
    let school = tables.and_then(|phase_tables| {
        let (school, read) = stages(folder, (&sources, &library), phase_tables, today)?;
        files += read;
        Some(school)
    });
    LoadedWorkspace { school, diagnostics: folder.diagnostics.sorted(), files }
}

/// Reads the three stages, and the year before next to them; counts the files of the year and of attainment.
fn stages(
    folder: &Folder,
    (sources, library): (&SetUpFiles, &FrameworkLibrary),
    root: TomlTable<'_>,
    today: NaiveDate,
) -> Option<(School, usize)> {
    let phase_file = phase::read(root);
    folder.diagnostics.learn(&phase_file.settings.safeguarding);
    let (mut school, names) = set_up::read(folder, sources, (&phase_file, library), today)?;
    let (last, last_day) = (previous_year::folder(folder, &phase_file), school.last_day_before());
    let base = &school;
    let (year, attainment, earlier) = thread::scope(|scope| {
        let earlier = last.as_ref().map(|last| scope.spawn(|| load(last, last_day)));
        // Pupils and results may be many: they are read besides the rest.
        let attainment = scope.spawn(|| attainment::read(folder, base, &names.classes, today));
        let year = year::read(folder, base, (&names.whom(), library), today);
        let attainment = attainment.join().unwrap_or_else(|panic| resume_unwind(panic));
        (year, attainment, earlier.map(|read| read.join().unwrap_or_else(|panic| resume_unwind(panic))))
    });
    let ((year, of_year), (attainment, of_attainment)) = (year, attainment);
    (school.year, school.attainment) = (year, attainment);
    pupil_codes_in_notes::name_no_pupil(&school, &folder.diagnostics);
    checks::set_up::records_kept_too_long(&school, today, &folder.diagnostics);
    if let Some(cell) = &phase_file.previous {
        previous_year::bring(folder, (phase_file.source(), cell), earlier, &mut school);
    }
    action_links::check(&school, &folder.diagnostics);
    Some((school, of_year + of_attainment))
}
