//! What the records kept through the year share: the names, frameworks and boundary they are read by.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::load::formats::{Folder, Record, Source, UNSHOWN, ValueError};
use crate::load::frameworks::library::FrameworkLibrary;
use crate::load::names::RecordNames;
use crate::privacy::concerns::RefusedText;
use crate::privacy::lesson_grades::grades_a_lesson;
use crate::school::{EvidenceSubject, Framework, Id, School};
use crate::text::delimited;

/// The word for the phase as a whole, where a subject may stand.
pub const PHASE: &str = "phase";

/// What reads the records of a year.
#[derive(Clone)]
pub struct YearReader<'s> {
    /// The school, as its set-up says it.
    pub school: &'s School,
    /// The names that records use.
    pub whom: &'s RecordNames<'s>,
    pub today: NaiveDate,
    library: &'s FrameworkLibrary,
    /// The frameworks that were needed so far; none where there is none of that id.
    frameworks: BTreeMap<Id, Option<Framework>>,
}

impl<'s> YearReader<'s> {
    /// Reads by a school's set-up.
    pub fn new(
        school: &'s School,
        whom: &'s RecordNames<'s>,
        library: &'s FrameworkLibrary,
        today: NaiveDate,
    ) -> Self {
        let frameworks =
            school.year.frameworks.iter().map(|(id, framework)| (id.clone(), Some(framework.clone())));
        Self { school, whom, today, library, frameworks: frameworks.collect() }
    }

    /// Takes over the frameworks that another reader of the same records needed.
    pub fn learn(&mut self, other: Self) {
        for (id, framework) in other.frameworks {
            self.frameworks.entry(id).or_insert(framework);
        }
    }

    /// The frameworks that were needed.
    pub fn into_frameworks(self) -> BTreeMap<Id, Framework> {
        self.frameworks.into_iter().filter_map(|(id, framework)| Some((id, framework?))).collect()
    }

    /// The framework that a row names, none for the workspace's own; an error and nothing where it names
    /// one that is not known.
    pub fn framework(&mut self, record: &Record<'_>) -> Option<Option<Id>> {
        let Some(cell) =
            record.cell("framework").filter(|cell| *cell.text != *self.school.settings.framework.as_str())
        else {
            return Some(None);
        };
        let id = Id::new(&cell.text);
        let library = self.library;
        let found = self.frameworks.entry(id.clone()).or_insert_with(|| library.find(&cell.text));
        if found.is_none() {
            record.refuse(&cell.at, library.unknown(&cell.text));
            return None;
        }
        Some(Some(id))
    }

    /// The framework that an aspect is of, where it is not of the workspace's own.
    pub fn home_of(&self, aspect: &str) -> Option<Id> {
        let id = Id::new(aspect);
        if self.known(None).is_some_and(|own| own.aspect(&id).is_some()) {
            return None;
        }
        self.library.home_of(&id).cloned()
    }

    /// A framework that was needed; the workspace's where none is named.
    pub fn known(&self, id: Option<&Id>) -> Option<&Framework> {
        self.frameworks.get(id.unwrap_or(&self.school.settings.framework))?.as_ref()
    }

    /// What several notes say; an error in place of each that grades a lesson or a teacher.
    pub fn notes(&self, record: &Record<'_>, name: &str) -> Vec<String> {
        let (fine, wrong): (Vec<_>, Vec<_>) =
            record.all(name).partition(|cell| !grades_a_lesson(&cell.text, false));
        for cell in wrong {
            record.source.hush(&cell.at, refusal(self.school, RefusedText::Grade));
        }
        fine.into_iter().map(|cell| cell.text.to_string()).collect()
    }

    /// What a note says; an error and nothing where it grades a lesson or a teacher. The text is not shown.
    pub fn note(&self, record: &Record<'_>, name: &str, of_lessons: bool) -> Option<String> {
        let cell = record.cell(name)?;
        if !grades_a_lesson(&cell.text, of_lessons) {
            return Some(cell.text.to_string());
        }
        record.source.hush(&cell.at, refusal(self.school, RefusedText::Grade));
        None
    }
}

/// Why a text is refused, and what to do instead.
pub fn refusal(school: &School, refused: RefusedText) -> ValueError {
    match refused {
        RefusedText::Concern => ValueError::of_concern(&school.settings.safeguarding.route()),
        RefusedText::Grade => ValueError::new(
            format!("this grades a lesson or a teacher, which is not done here {UNSHOWN}"),
            "say what was seen and what pupils learned, without a grade",
        ),
    }
}

/// A subject, or the phase as a whole.
///
/// # Errors
/// Where it is neither.
pub fn about(text: &str, whom: &RecordNames<'_>) -> Result<EvidenceSubject, ValueError> {
    if text.trim().eq_ignore_ascii_case(PHASE) {
        return Ok(EvidenceSubject::Phase);
    }
    whom.subjects.find(text).map(EvidenceSubject::Subject)
}

/// An aspect of any framework that a row may mean: the one it names, else the workspace's.
///
/// # Errors
/// Where there is none.
pub fn aspect(reader: &YearReader<'_>, framework: Option<&Id>, text: &str) -> Result<Id, ValueError> {
    match reader.known(framework) {
        Some(framework) => crate::load::frameworks::lookup::known_aspect(text, framework).map_err(|wrong| {
            match reader.library.home_of(&Id::new(text)) {
                Some(home) => ValueError {
                    hint: format!(
                        "it is of {home}: write that in the row's column `framework`, and it is judged apart"
                    ),
                    ..wrong
                },
                None => wrong,
            }
        }),
        None => Err(ValueError::new("the framework cannot be read", "see its faults")),
    }
}

/// Rows that have been read before, so that what they cannot say together is shown at their lines.
pub struct SourceIndex<'s>(pub &'s [Source]);

impl SourceIndex<'_> {
    /// Reports a row.
    pub fn error(&self, place: &crate::diagnostic::Place, message: impl Into<String>, hint: &str) {
        if let Some(source) = self.0.iter().find(|source| source.file == place.file) {
            // The whole row is wrong, not a cell of it: its beginning is marked.
            let line = source.line(place.line);
            let row = delimited::rows_within(&source.text, &line, delimited::delimiter(&source.text)).next();
            let first = row.and_then(|row| row.cells.first().cloned()).unwrap_or(line);
            source.error(&first, message, hint);
        }
    }
}

/// Reads a file that may be missing, and counts it where it is there.
pub fn read_counted(folder: &Folder, file: &str, files: &mut usize) -> Option<Source> {
    let source = folder.source(file);
    *files += usize::from(source.is_some());
    source
}
