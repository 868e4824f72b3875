//! `phase import` of a school's own export: pupils by codes, and their results.

use std::path::Path;

use anyhow::{Result, bail};
use chrono::NaiveDate;

use super::args::Args;
use crate::cli::arguments;
use crate::cli::command::plan::import::marksheet_edits::{MarksheetImport, RowEdits};
use crate::cli::command::plan::import::pupil_codes::{codes, unkept};
use crate::cli::command::plan::import::saved_mapping::{SavedMappings, chosen, columns, mappings};
use crate::cli::shell::Shell;
use crate::edit::Edit;
use crate::load::formats::{Folder, values};
use crate::load::imports::column_mapping::ColumnMapping;
use crate::load::imports::marksheet::{self, Marksheet, MarksheetOptions};
use crate::load::imports::pupil_key::KEY;
use crate::load::names::Names;
use crate::load::records::attainment::assessments;
use crate::school::layout::RecordLayout;
use crate::school::{Id, Scale, School, layout};
use crate::store::atomic_file::FileEdit;
use crate::store::yearly_records::{with_lines_and_rows, with_rows};
use crate::view::edit::imports::{MarksheetAnswer as Answer, WrittenFile, marks as document};

/// The pupils and results of an export, the mapping that it was read by, and the codes that were made for it.
pub(crate) fn edit(args: &Args, school: &School, shell: &Shell) -> Result<Edit<Answer>> {
    let mappings = mappings(shell, school)?;
    let mapping = chosen(&mappings, args.marks.mapping.as_deref(), &args.file, school);
    let options = options(args, school, mapping, shell.today)?;
    let sheet = match marksheet::read(&args.file, school, &options) {
        Ok(sheet) => sheet,
        Err(diagnostics) => return Err(shell.refuse(&diagnostics, "nothing was taken in")),
    };
    let year_results = school.year_results().cloned().unwrap_or_default();
    let (codes, key) = codes(args, shell, &sheet, &year_results, mapping)?;
    let folder = Folder::new(shell.root());
    let there = assessments::as_written(&folder);
    let mut import = MarksheetImport {
        school,
        year_results: &year_results,
        there,
        answer: answer(args, &sheet, shell.dry_run),
    };
    let pupils = import.pupils(&sheet.entries, &codes)?;
    let results = import.results(&sheet.entries, &codes)?;
    let mut answer = import.answer;
    answer.by_mapping = mapping.is_some();
    answer.warnings.extend(unkept(key.as_ref().map(|(_, key)| key), &year_results));
    if !answer.differs.is_empty() && !args.replace {
        shell.write(&answer, &document(school, &answer, shell.today))?;
        bail!(
            "{} differ from what is there (see above); nothing was taken in; --replace puts these in their place",
            answer.differs.len()
        );
    }
    let mut files = Vec::new();
    if let Some((path, key)) = key.filter(|(_, key)| !key.new.is_empty()) {
        answer.key = Some(path.display().to_string());
        answer.new_codes = key.new.len();
        // The codes first: without them nobody could say whose the rows are.
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        files.extend(Edit::of(folder, name, (), |text| Ok(with_rows(text, &KEY, &key.new)))?.files);
    }
    for (layout, edits) in [(&layout::PUPILS, &pupils), (&layout::ASSESSMENTS, &results)] {
        files.extend(changed(shell.root(), layout, edits, &mut answer)?);
    }
    let saved = SavedMappings { school, mappings: &mappings, used: mapping };
    if let Some((edit, text)) = saved.with(args, shell, &sheet)? {
        answer.written.push(WrittenFile {
            file: layout::IMPORT_MAPPINGS.to_owned(),
            rows: 1,
            change: if edit.text.is_empty() { "new" } else { "added to" },
        });
        files.push((edit, text));
    }
    Ok(Edit { files, answer })
}

/// What the flags say of the file.
fn options<'m>(
    args: &Args,
    school: &School,
    mapping: Option<&'m ColumnMapping>,
    today: NaiveDate,
) -> Result<MarksheetOptions<'m>> {
    let asked = &args.marks;
    let options = MarksheetOptions {
        sheet: asked.sheet.clone(),
        point: asked.point.clone(),
        scale: asked.scale.as_deref().map(scale).transpose()?,
        kind: asked.kind.as_deref().map(arguments::result_kind).transpose()?,
        class: asked.class.as_deref().map(|text| class(school, text)).transpose()?,
        mapping,
        today,
    };
    if let Some(point) = &options.point {
        arguments::point(school, point)?;
    }
    Ok(options)
}

/// A file with its rows changed and added, and how; none where there is nothing to put into a new one.
fn changed(
    root: &Path,
    layout: &RecordLayout,
    (changes, rows): &RowEdits,
    answer: &mut Answer,
) -> Result<Option<(FileEdit, String)>> {
    let edit = FileEdit::open(root, layout.file)?;
    let text = with_lines_and_rows(&edit.text, layout, changes, rows);
    if text.is_empty() {
        return Ok(None);
    }
    let change = match (edit.text.is_empty(), edit.text == text, rows.is_empty()) {
        (_, true, _) => "unchanged",
        (true, ..) => "new",
        (.., true) => "changed",
        _ => "added to",
    };
    let rows = rows.len() + changes.len();
    answer.written.push(WrittenFile { file: layout.file.to_owned(), rows, change });
    Ok(Some((edit, text)))
}

pub(crate) fn scale(text: &str) -> Result<Scale> {
    Ok(values::fixed_word(text, "scale")?)
}

pub(crate) fn class(school: &School, text: &str) -> Result<Id> {
    if !school.set_up.known.classes {
        return Ok(Id::new(text.trim()));
    }
    Ok(Names::of_classes(school).find(text)?)
}

/// The answer so far: what the file was read as.
pub(crate) fn answer(args: &Args, sheet: &Marksheet, dry_run: bool) -> Answer {
    let from = args.file.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    Answer {
        schema: "phase/import-results/1",
        from,
        dry_run,
        read_as: sheet.read_as,
        sheet: sheet.sheet.clone(),
        columns: columns(sheet),
        new_pupils: 0,
        new_results: 0,
        unchanged: 0,
        differs: Vec::new(),
        taken: Vec::new(),
        written: Vec::new(),
        left_out: sheet.left_out.clone(),
        warnings: sheet.warnings.clone(),
        by_mapping: false,
        key: None,
        new_codes: 0,
    }
}
