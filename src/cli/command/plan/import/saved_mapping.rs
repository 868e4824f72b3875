//! Column mappings, kept so that the next export is read the same.

use std::path::Path;

use anyhow::{Context, Result};

use crate::cli::command::plan::import::args::Args;
use crate::cli::shell::Shell;
use crate::diagnostic::Severity;
use crate::load::formats::Folder;
use crate::load::imports::column_mapping::ColumnMapping;
use crate::load::imports::marksheet::Marksheet;
use crate::load::imports::{column_mapping, marksheet};
use crate::school::{School, layout};
use crate::store::atomic_file::FileEdit;
use crate::store::yearly_records;

/// The mappings that are kept.
pub(crate) fn mappings(shell: &Shell, school: &School) -> Result<Vec<ColumnMapping>> {
    let source = match Folder::new(shell.root()).read(layout::IMPORT_MAPPINGS) {
        Ok(Some(source)) => source,
        Ok(None) => return Ok(Vec::new()),
        Err(diagnostic) => return Err(shell.refuse(&[*diagnostic], "nothing was taken in")),
    };
    let (mappings, diagnostics) = column_mapping::all(&source, school);
    if diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error) {
        return Err(shell.refuse(&diagnostics, "nothing was taken in"));
    }
    Ok(mappings)
}

/// The mapping that was named, else the one whose every column the file has.
pub(crate) fn chosen<'m>(
    mappings: &'m [ColumnMapping],
    named: Option<&str>,
    path: &Path,
    school: &School,
) -> Option<&'m ColumnMapping> {
    if let Some(name) = named {
        return mappings.iter().find(|mapping| mapping.name == name);
    }
    mappings.iter().find(|mapping| marksheet::fits(path, school, mapping))
}

/// The mappings of a school, and the one that a file was read by.
pub(crate) struct SavedMappings<'a> {
    pub(crate) school: &'a School,
    pub(crate) mappings: &'a [ColumnMapping],
    pub(crate) used: Option<&'a ColumnMapping>,
}

impl SavedMappings<'_> {
    /// Returns the file of mappings with that of a file, where it is new.
    pub(crate) fn with(
        &self,
        args: &Args,
        shell: &Shell,
        sheet: &Marksheet,
    ) -> Result<Option<(FileEdit, String)>> {
        let Self { school, mappings, used } = *self;
        if used.is_some()
            || sheet.entries.iter().all(|entry| entry.results.is_empty() && entry.pupil.is_empty())
        {
            return Ok(None);
        }
        // Not after the file, whose name may be about somebody.
        let asked = args.marks.mapping.clone().unwrap_or_else(|| "marksheet".to_owned());
        let numbered = (2..).map(|number| format!("{asked}-{number}"));
        let is_free = |name: &String| mappings.iter().all(|other| other.name != *name);
        let name = std::iter::once(asked.clone()).chain(numbered).find(is_free).unwrap_or_default();
        let edit = FileEdit::open(shell.root(), layout::IMPORT_MAPPINGS)?;
        let key = args.marks.key.as_ref().map(|key| std::path::absolute(key).unwrap_or_else(|_| key.clone()));
        let key = key.as_ref().and_then(|key| key.to_str());
        let text =
            yearly_records::with_mapping(&edit.text, &name, sheet.sheet.as_deref(), key, &columns(sheet));
        let source = crate::load::formats::Source::new(layout::IMPORT_MAPPINGS, text.clone());
        let (_, diagnostics) = column_mapping::all(&source, school);
        if let Some(diagnostic) =
            diagnostics.into_iter().find(|diagnostic| diagnostic.severity == Severity::Error)
        {
            return Err(shell.refuse(&[diagnostic], "nothing was taken in")).context("import.toml");
        }
        Ok(Some((edit, text)))
    }
}

/// The columns as a mapping writes them, each once.
pub(crate) fn columns(sheet: &Marksheet) -> Vec<(String, String)> {
    let mut columns: Vec<(String, String)> = Vec::new();
    for (heading, meaning) in &sheet.columns {
        if !heading.trim().is_empty() && columns.iter().all(|(other, _)| other != heading) {
            columns.push((heading.clone(), meaning.written()));
        }
    }
    columns
}
