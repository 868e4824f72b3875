//! Checks of the set-up as a whole, once it is read.

use chrono::NaiveDate;

use crate::diagnostic::Place;
use crate::load::formats::{Diagnostics, Folder};
use crate::load::set_up_files::SetUpFiles;
use crate::privacy::names_in_text::NamesInText;
use crate::school::year_group::year_groups_in_words;
use crate::school::{Calendar, DatedHours, Grouping, Phase, School, layout};

/// Reports the records that every answer needs, where neither a file nor the workbook has them.
pub fn missing_files(folder: &Folder, sources: &SetUpFiles) {
    let needed = [
        (
            &layout::PHASE,
            "phase init makes one, in a new folder; or copy it from the data-template and fill it in",
        ),
        (&layout::SUBJECTS, "a row a subject: name,leader"),
    ];
    let there = folder.names("");
    if sources.workbook().is_none() && there.iter().any(|name| name == layout::WORKBOOK) {
        // It cannot be read, which has been reported; what it holds is not known.
        return;
    }
    for (layout, hint) in needed {
        // One that is there and cannot be read has been reported.
        if sources.has(layout.file) || there.iter().any(|name| name == layout.file) {
            continue;
        }
        if sources.workbook().is_some() {
            let message = format!("the sheet {} has no row", layout.sheet);
            folder.diagnostics.error(&Place::file(layout::WORKBOOK), message, "fill it in");
        } else {
            folder.diagnostics.error(&Place::file(layout.file), "there is no such file", hint);
        }
    }
}

/// Warns of programmed sessions that never come: on a date of no half term, or in an A or B week where
/// no half term says which its first week is.
pub fn idle_sessions(phases: &[Phase], calendar: &Calendar, diagnostics: &Diagnostics) {
    for programmed in phases.iter().flat_map(|phase| &phase.sessions) {
        let comes = calendar.half_terms.iter().any(|half_term| {
            let hours = programmed.when.hours;
            let at = |date| hours.map(|hours| DatedHours { date, hours });
            half_term.weekdays().filter_map(at).any(|when| calendar.holds(&programmed.when, &when))
        });
        if !comes {
            let message = "a programmed session never comes in this academic year";
            let hint = "check its date; for A or B weeks, set first_week in calendar.toml";
            diagnostics.warning(&programmed.at, message, hint);
        }
    }
}

/// Refuses groups of pupils that are called by a person or a class: everybody reads what they are called.
pub fn refuse_named_groups(school: &School, diagnostics: &Diagnostics) {
    let known = Grouping::known();
    let names = NamesInText::of(&school.set_up);
    let own =
        school.settings.groupings.iter().filter(|own| known.iter().all(|known| known.column != own.column));
    for own in own
        .filter(|own| [own.title.as_str(), own.column.as_str()].iter().any(|text| names.names_somebody(text)))
    {
        let message = format!("the group `{}` is called by somebody on the staff or a class", own.column);
        let hint = "governors and staff read it: call it by what its pupils have in common";
        diagnostics.error(&Place::file(layout::PHASE.file), message, hint);
    }
}

/// Warns of the pupils whose records were to be kept until a day that has passed.
pub fn records_kept_too_long(school: &School, today: NaiveDate, diagnostics: &Diagnostics) {
    for (year, until, at, pupils) in school.kept_too_long(today) {
        let message = format!(
            "the records of {pupils} pupils of {} were to be kept until {}",
            year_groups_in_words(&year.to_string()),
            until.format("%-d %B %Y")
        );
        let hint = "take them out of pupils.csv and assessments.csv, or change the date";
        diagnostics.warning(at, message, hint);
    }
}

/// Says that there are no term dates, neither the school's own nor built-in ones.
pub fn no_term_dates(folder: &Folder) {
    let file = layout::HALF_TERMS.file;
    if folder.names("").iter().all(|name| name != file) {
        let message = "there is no such file, and no term dates are built in for this academic year";
        let hint = "write academic_year and six [[half_term]] tables with number, from and to";
        folder.diagnostics.error(&Place::file(file), message, hint);
    }
}

/// Says that there are results without pupils.
pub fn without_pupils(folder: &Folder) {
    let file = layout::PUPILS.file;
    if folder.names("").iter().all(|name| name != file) {
        let message = "there is no such file, and results need one";
        let hint = "a row a pupil: pupil,class,year_group, with codes of your own making";
        folder.diagnostics.error(&Place::file(file), message, hint);
    }
}
