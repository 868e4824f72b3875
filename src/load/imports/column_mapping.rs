//! `import.toml`: what the columns of a school's own exports are, kept so that the next one is read the same
//! way.

use crate::diagnostic::Diagnostic;
use crate::load::formats::toml_table::{TomlTable, TomlValue};
use crate::load::formats::{Source, ValueError, values};
use crate::load::records::attainment::assessments;
use crate::school::layout;
use crate::school::{Id, ResultKind, Scale, School};

/// What a column of an export is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ColumnMeaning {
    /// A column of `pupils.csv`, or who the pupil is, or of long rows the subject, point, result and so on.
    pub role: Option<&'static str>,
    /// A result in this subject, as results name it.
    pub subject: Option<Id>,
    /// The data point, as it is written; else the import's own.
    pub point: Option<String>,
    /// How the results are read.
    pub scale: Option<Scale>,
    pub kind: Option<ResultKind>,
    /// The strand of a test.
    pub strand: Option<String>,
    /// The year group in which they were reached, where the heading says it.
    pub year_group: Option<String>,
    /// What an empty cell means, where it means something: `N` under SEN.
    pub blank: Option<String>,
    pub ignored: bool,
}

/// The mapping of one kind of export.
#[derive(Clone, Debug, Default)]
pub struct ColumnMapping {
    pub name: String,
    /// The sheet of a workbook.
    pub sheet: Option<String>,
    /// Where who is who is kept, from the workspace's folder.
    pub key: Option<String>,
    /// The columns by their headings.
    pub columns: Vec<(String, ColumnMeaning)>,
    /// What results are called in the export, and here.
    pub results: Vec<(String, String)>,
}

/// The roles that a column may have next to holding results.
pub const ROLES: &[&str] = &[
    "code",
    "upn",
    "name",
    "forename",
    "surname",
    "birth",
    "class",
    "year_group",
    "joined",
    "left",
    "sex",
    "disadvantaged",
    "fsm",
    "send",
    "eal",
    "looked_after",
    "birth_term",
    "prior_attainment",
    "subject",
    "point",
    "result",
    "kind",
    "scale",
    "strand",
];

/// Reads the mappings, with every error.
pub fn all(source: &Source, school: &School) -> (Vec<ColumnMapping>, Vec<Diagnostic>) {
    source.diagnostics.learn(&school.settings.safeguarding);
    (read(source, school), source.diagnostics.sorted())
}

/// Reads the mappings.
pub(crate) fn read(source: &Source, school: &School) -> Vec<ColumnMapping> {
    let root = crate::load::formats::toml::read(source);
    root.record(layout::IMPORT_FILE);
    let mut mappings: Vec<ColumnMapping> = Vec::new();
    for table in root.tables("mapping") {
        let record = table.record(layout::MAPPING);
        let Some(name) = record.text("name") else { continue };
        if mappings.iter().any(|other| other.name == name) {
            source.error(
                &record.first_line(),
                format!("the mapping `{name}` is there twice"),
                "keep one of the two",
            );
        }
        let mut columns = Vec::new();
        for pair in pairs(table, "columns") {
            match meaning(&pair.2, school) {
                Ok(meaning) => columns.push((pair.0, meaning)),
                Err(wrong) => source.refuse(&pair.1, wrong),
            }
        }
        let results = pairs(table, "results");
        let results = results.into_iter().map(|(from, _, to)| (from, to)).collect();
        mappings.push(ColumnMapping {
            name,
            sheet: record.text("sheet"),
            key: record.text("key"),
            columns,
            results,
        });
    }
    mappings
}

type HeadingMeaning = (String, std::ops::Range<usize>, String);

fn pairs(table: &TomlTable<'_>, name: &str) -> Vec<HeadingMeaning> {
    let mut all = Vec::new();
    for inner in table.tables(name) {
        inner.values_only();
        for entry in &inner.entries {
            if let TomlValue::Cells(cells) = &entry.value
                && let Some(cell) = cells.first()
            {
                all.push((entry.key.clone(), cell.at.clone(), cell.text.to_string()));
            }
        }
    }
    all
}

/// What is written of a column: `ignore`; a role such as `class`, or `send, blank N` where an empty cell means
/// something; or a subject with what belongs to it, as in `maths, spring, scaled, test`.
///
/// # Errors
/// Where a part is none of these.
pub fn meaning(text: &str, school: &School) -> Result<ColumnMeaning, ValueError> {
    let mut meaning = ColumnMeaning::default();
    for part in text.split(',').map(str::trim).filter(|part| !part.is_empty()) {
        let folded = values::folded(part);
        let role = ROLES.iter().find(|role| role.replace('_', "-") == folded);
        let scale = Scale::from_word(&folded);
        let kind = ResultKind::from_word(&folded);
        let strand = part.strip_prefix("strand ").map(str::trim);
        let blank = part.strip_prefix("blank ").map(str::trim);
        let is_first = meaning == ColumnMeaning::default();
        if folded == "ignore" {
            meaning.ignored = true;
        } else if is_first {
            // A role or a subject comes first: `phonics` is both a subject and a scale.
            match role {
                Some(role) => meaning.role = Some(role),
                None => meaning.subject = Some(assessments::subject(part, school)?),
            }
        } else if let Some(blank) = blank {
            meaning.blank = Some(blank.to_owned());
        } else if let Some(strand) = strand {
            meaning.strand = Some(strand.to_owned());
        } else if let Some(scale) = scale {
            meaning.scale = Some(scale);
        } else if let Some(kind) = kind {
            meaning.kind = Some(kind);
        } else {
            assessments::point(part, &school.set_up.calendar)?;
            meaning.point = Some(part.to_owned());
        }
    }
    Ok(meaning)
}

impl ColumnMeaning {
    /// As it is written in a mapping.
    pub fn written(&self) -> String {
        if self.ignored {
            return "ignore".to_owned();
        }
        if let Some(role) = self.role {
            let blank = self.blank.as_ref().map_or_else(String::new, |blank| format!(", blank {blank}"));
            return format!("{role}{blank}");
        }
        let scale = self.scale.map(|scale| scale.word().to_owned());
        let parts = [
            self.subject.as_ref().map(ToString::to_string),
            self.point.clone(),
            scale,
            self.kind.map(|kind| kind.word().to_owned()),
            self.strand.as_ref().map(|strand| format!("strand {strand}")),
        ];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }
}
