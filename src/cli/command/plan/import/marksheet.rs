//! `phase import` of a school's own export: pupils by codes, and their results.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::args::Args;
use crate::cli::arguments;
use crate::cli::outcome::Outcome;
use crate::cli::shell::Shell;
use crate::cli::shell::needs::FilesNeeded;
use crate::cli::shell::usage::UsageError;
use crate::diagnostic::Severity;
use crate::load::formats::source::Folder;
use crate::load::formats::values;
use crate::load::imports::column_mapping::{self, ColumnMapping};
use crate::load::imports::marksheet::{self, ImportedResult, Marksheet, MarksheetOptions, MarksheetRow};
use crate::load::imports::pupil_key::{self, KEY, PupilKey};
use crate::load::names::Names;
use crate::load::records::assessments;
use crate::school::layout::rows::{SetUpRow, of};
use crate::school::{Id, Pupil, PupilResult, ResultKind, Scale, School, YearResults, layout};
use crate::store::atomic_file::FileEdit;
use crate::store::inputs::others_can_read;
use crate::store::yearly_records;
use crate::view::edit::imports::{
    ChangedValue, ImportedRow, MarksheetAnswer as Answer, WrittenFile, marks as document,
};

pub(crate) fn run(args: &Args, shell: &Shell) -> Result<Outcome> {
    let school = shell.load(|_| Ok(FilesNeeded::Results))?;
    let mappings = mappings(shell, school)?;
    let asked = &args.marks;
    let mapping = chosen(&mappings, asked.mapping.as_deref(), &args.file, school);
    let told = MarksheetOptions {
        sheet: asked.sheet.clone(),
        point: asked.point.clone(),
        scale: asked.scale.as_deref().map(scale).transpose()?,
        kind: asked.kind.as_deref().map(arguments::result_kind).transpose()?,
        class: asked.class.as_deref().map(|text| class(school, text)).transpose()?,
        mapping,
        today: shell.today,
    };
    if let Some(point) = &told.point {
        arguments::point(school, point)?;
    }
    let sheet = match marksheet::read(&args.file, school, &told) {
        Ok(sheet) => sheet,
        Err(faults) => return Err(shell.refuse(&faults, "nothing was taken in")),
    };
    let roll = school.roll().cloned().unwrap_or_default();
    let (codes, key) = codes(args, shell, &sheet, &roll, mapping)?;
    let folder = Folder::new(shell.root());
    let there = assessments::as_written(&folder);
    let mut import = MarksheetImport { school, roll: &roll, there, answer: answer(args, &sheet) };
    let pupils = import.pupils(&sheet.entries, &codes)?;
    let results = import.results(&sheet.entries, &codes)?;
    let mut answer = import.answer;
    answer.by_mapping = mapping.is_some();
    answer.warnings.extend(unkept(key.as_ref().map(|(_, key)| key), &roll));
    if !answer.differs.is_empty() && !args.replace {
        shell.write(&answer, &document(school, &answer, shell.today))?;
        bail!(
            "{} differ from what is there (see above); nothing was taken in; --replace puts these in their place",
            answer.differs.len()
        );
    }
    let mut edits = Vec::new();
    let mut as_if: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    for (layout, (changes, rows)) in [(&layout::PUPILS, &pupils), (&layout::ASSESSMENTS, &results)] {
        let edit = FileEdit::open(shell.root(), layout.file)?;
        let text = yearly_records::with_lines_and_rows(&edit.text, layout, changes, rows);
        // Of nothing no file is made.
        if text.is_empty() {
            continue;
        }
        let change = match (edit.text.is_empty(), edit.text == text, rows.is_empty()) {
            (_, true, _) => "unchanged",
            (true, ..) => "new",
            (.., true) => "changed",
            _ => "added to",
        };
        answer.written.push(WrittenFile {
            file: layout.file.to_owned(),
            rows: rows.len() + changes.len(),
            change,
        });
        as_if.insert(layout.file.to_owned(), text.clone().into_bytes());
        edits.push((edit, text));
    }
    let then = shell.as_if(&as_if);
    for name in [layout::PUPILS.file, layout::ASSESSMENTS.file] {
        then.refuse_faults(Some(name), "nothing was taken in")?;
    }
    if let Some((edit, text)) = keep_mapping(args, shell, school, &mappings, mapping, &sheet)? {
        answer.written.push(WrittenFile {
            file: layout::IMPORT_MAPPINGS.to_owned(),
            rows: 1,
            change: if edit.text.is_empty() { "new" } else { "added to" },
        });
        edits.push((edit, text));
    }
    if let Some((path, key)) = key.filter(|(_, key)| !key.new.is_empty()) {
        answer.key = Some(path.display().to_string());
        answer.new_codes = key.new.len();
        if !args.dry_run {
            // The codes first: without them the rows would tell of nobody.
            let folder =
                path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            shell.commit_to(folder, &[yearly_records::added(folder, name, &KEY, &key.new)?])?;
        }
    }
    if !args.dry_run {
        shell.commit(&edits)?;
    }
    shell.write(&answer, &document(school, &answer, shell.today))?;
    Ok(Outcome::Answered)
}

pub(crate) fn scale(text: &str) -> Result<Scale> {
    values::word(text, "scale", Scale::WORDS.iter().copied()).map_err(arguments::usage)
}

pub(crate) fn class(school: &School, text: &str) -> Result<Id> {
    if !school.set_up.known.classes {
        return Ok(Id::new(text.trim()));
    }
    Names::of_classes(school).find(text).map_err(arguments::usage)
}

/// The mappings that are kept.
fn mappings(shell: &Shell, school: &School) -> Result<Vec<ColumnMapping>> {
    let source = match Folder::new(shell.root()).read(layout::IMPORT_MAPPINGS) {
        Ok(Some(source)) => source,
        Ok(None) => return Ok(Vec::new()),
        Err(fault) => return Err(shell.refuse(&[*fault], "nothing was taken in")),
    };
    let (mappings, faults) = column_mapping::all(&source, school);
    if faults.iter().any(|fault| fault.severity == Severity::Error) {
        return Err(shell.refuse(&faults, "nothing was taken in"));
    }
    Ok(mappings)
}

/// The mapping that was named, else the one whose every column the file has.
fn chosen<'m>(
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

type ImportCodes = (Vec<Option<Id>>, Option<(PathBuf, PupilKey)>);

/// The code of each row's pupil: the file's own, else by the key.
fn codes(
    args: &Args,
    shell: &Shell,
    sheet: &Marksheet,
    roll: &YearResults,
    mapping: Option<&ColumnMapping>,
) -> Result<ImportCodes> {
    let own: Vec<Option<Id>> = sheet.entries.iter().map(|entry| entry.code.clone()).collect();
    if own.iter().all(Option::is_some) {
        return Ok((own, None));
    }
    let kept = mapping.and_then(|mapping| mapping.key.as_ref()).map(|key| shell.root().join(key));
    let Some(path) = args.marks.key.clone().or(kept) else {
        return Err(UsageError(
            "the file tells who pupils are; here they go by codes: say --key FILE.csv, outside of the workspace, where it is kept which code is whose"
                .to_owned(),
        )
        .into());
    };
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let (Ok(real), Ok(root)) = (folder.canonicalize(), shell.root().canonicalize()) else {
        bail!("{}: there is no such folder", folder.display());
    };
    if real.starts_with(&root) {
        return Err(UsageError(format!(
            "{}: the key tells who every code is; keep it outside of the workspace, where only you can read it",
            path.display()
        ))
        .into());
    }
    if others_can_read(&path) {
        let name = path.display();
        let says = "other people who use this computer can read this key, which says whose each code is; to close it";
        shell.say(&format!("{name}: {says}: chmod 600 {name}"));
    }
    let mut key = match pupil_key::read(&path) {
        Ok(key) => key,
        Err(fault) => return Err(shell.refuse(&[*fault], "nothing was taken in")),
    };
    let taken: Vec<Id> = roll.pupils.iter().map(|pupil| pupil.id.clone()).collect();
    let whose: Vec<_> = sheet.entries.iter().map(|entry| entry.whose.clone()).collect();
    let (found, unclear) = key.codes(&whose, &taken);
    if let Some(first) = unclear.first().and_then(|index| sheet.entries.get(*index)) {
        bail!(
            "{}: two pupils of the key have this row's name ({} such rows); export the UPN beside the name",
            first.at,
            unclear.len()
        );
    }
    let codes = own.into_iter().zip(found).map(|(own, found)| own.or(found)).collect();
    Ok((codes, Some((path, key))))
}

/// That pupils of the workspace are not in the key: new codes may have been made for the same children.
fn unkept(key: Option<&PupilKey>, roll: &YearResults) -> Option<String> {
    let key = key.filter(|key| !key.new.is_empty())?;
    let missing = roll.pupils.iter().filter(|pupil| !key.knows(&pupil.id)).count();
    (missing > 0).then(|| {
        format!("{missing} pupils of pupils.csv are not in the key, and new codes were made: is it the right key, and whole?")
    })
}

/// Rows to change, by line, and rows to add.
type RowEdits = (BTreeMap<u32, Vec<(&'static str, String)>>, Vec<SetUpRow>);

struct MarksheetImport<'a> {
    school: &'a School,
    roll: &'a YearResults,
    /// The data point and result of each line as they are written.
    there: BTreeMap<u32, (String, String)>,
    answer: Answer,
}

impl MarksheetImport<'_> {
    /// What changes in `pupils.csv`.
    fn pupils(&mut self, entries: &[MarksheetRow], codes: &[Option<Id>]) -> Result<RowEdits> {
        let mut changes: BTreeMap<u32, Vec<(&'static str, String)>> = BTreeMap::new();
        let mut rows: BTreeMap<Id, SetUpRow> = BTreeMap::new();
        let mut homeless: Vec<String> = Vec::new();
        for (entry, code) in entries.iter().zip(codes) {
            let Some(code) = code else { continue };
            match self.roll.pupils.iter().find(|pupil| pupil.id == *code) {
                Some(pupil) => self.pupil_differs(pupil, entry, &mut changes),
                None if rows.contains_key(code) => {}
                None => {
                    if of(&entry.pupil, "class").is_empty() || of(&entry.pupil, "year_group").is_empty() {
                        homeless.push(entry.at.to_string());
                        continue;
                    }
                    let mut row = vec![("pupil", code.to_string())];
                    row.extend(entry.pupil.iter().cloned());
                    self.answer.new_pupils += 1;
                    rows.insert(code.clone(), row);
                }
            }
        }
        if let Some(first) = homeless.first() {
            bail!(
                "{first}: a new pupil without class or year group ({} such rows); export both, or say --class",
                homeless.len()
            );
        }
        Ok((changes, rows.into_values().collect()))
    }

    /// What an export says of a pupil otherwise than `pupils.csv`; what it does not say stays.
    fn pupil_differs(
        &mut self,
        pupil: &Pupil,
        entry: &MarksheetRow,
        changes: &mut BTreeMap<u32, Vec<(&'static str, String)>>,
    ) {
        for (name, new) in &entry.pupil {
            let group =
                self.school.settings.groupings.iter().position(|grouping| grouping.column.as_str() == *name);
            let now = match *name {
                "class" => pupil.class.to_string(),
                "year_group" => pupil.year_group.to_string(),
                "joined" => pupil.joined.map(|date| date.to_string()).unwrap_or_default(),
                "left" => pupil.left.map(|date| date.to_string()).unwrap_or_default(),
                _ => group
                    .and_then(|index| pupil.groups.get(index)?.as_ref())
                    .map(ToString::to_string)
                    .unwrap_or_default(),
            };
            let change = changes.entry(pupil.at.line).or_default();
            if now == *new || change.iter().any(|(other, _)| other == name) {
                continue;
            }
            // Filling in what was empty replaces nothing.
            if !now.is_empty() {
                self.answer.differs.push(ChangedValue {
                    pupil: pupil.id.to_string(),
                    what: (*name).to_owned(),
                    from: now,
                    to: new.clone(),
                    at: entry.at.clone(),
                });
            }
            change.push((*name, new.clone()));
        }
        changes.retain(|_, values| !values.is_empty());
    }

    /// What changes in `assessments.csv`.
    fn results(&mut self, entries: &[MarksheetRow], codes: &[Option<Id>]) -> Result<RowEdits> {
        let lines = self.lines();
        let mut changes: BTreeMap<u32, Vec<(&'static str, String)>> = BTreeMap::new();
        let mut rows: Vec<SetUpRow> = Vec::new();
        let mut seen: BTreeMap<String, String> = BTreeMap::new();
        for (entry, code) in entries.iter().zip(codes) {
            let Some(code) = code else { continue };
            for marked in &entry.results {
                let kind = marked.kind.unwrap_or(ResultKind::of(marked.scale));
                let Some(key) = self.key_of(code, marked, kind) else { continue };
                if let Some(other) = seen.insert(format!("{key} {}", marked.point), marked.result.clone()) {
                    if !other.eq_ignore_ascii_case(&marked.result) {
                        bail!(
                            "{}: {code} has two results in {} for {} in this file; keep one of the two",
                            marked.at,
                            marked.subject,
                            marked.point
                        );
                    }
                    continue;
                }
                self.answer.taken.push(ImportedRow {
                    pupil: code.to_string(),
                    subject: marked.subject.clone(),
                    point: marked.point.clone(),
                    result: marked.result.clone(),
                    scale: marked.scale.word(),
                    kind: kind.word(),
                });
                let before = lines.get(&key).and_then(|line| Some((*line, self.there.get(line)?.clone())));
                // A result of another day of the half term stands beside the one before.
                match before.filter(|(_, (point, _))| same_day(point, &marked.point)) {
                    Some((_, (_, now))) if now.eq_ignore_ascii_case(&marked.result) => {
                        self.answer.unchanged += 1;
                    }
                    Some((line, (_, now))) => {
                        self.answer.differs.push(ChangedValue {
                            pupil: code.to_string(),
                            what: format!("{}, {}", marked.subject, marked.point),
                            from: now,
                            to: marked.result.clone(),
                            at: marked.at.clone(),
                        });
                        changes.insert(line, vec![("result", marked.result.clone())]);
                    }
                    None => {
                        self.answer.new_results += 1;
                        let mut row: SetUpRow = vec![
                            ("pupil", code.to_string()),
                            ("subject", marked.subject.to_string()),
                            ("point", marked.point.clone()),
                            ("result", marked.result.clone()),
                            ("scale", marked.scale.word().to_owned()),
                            ("kind", kind.word().to_owned()),
                        ];
                        row.extend(marked.strand.as_ref().map(|strand| ("strand", strand.clone())));
                        rows.push(row);
                    }
                }
            }
        }
        Ok((changes, rows))
    }

    /// The line of every result that is there, by what it is of.
    fn lines(&self) -> BTreeMap<String, u32> {
        let key = |outcome: &PupilResult| {
            let pupil = self.roll.pupils.get(outcome.pupil as usize)?;
            let subject = self.roll.measured.get(usize::from(outcome.measured))?;
            let strand = outcome.strand.and_then(|strand| self.roll.strands.get(usize::from(strand)));
            let strand = strand.map_or("", Id::as_str);
            let (scale, kind) = (outcome.scale.word(), outcome.kind.word());
            Some((
                format!("{} {subject} {} {scale} {kind} {strand}", pupil.id, outcome.point.word()),
                outcome.line,
            ))
        };
        self.roll.results.iter().filter_map(key).collect()
    }

    /// What a result is of.
    fn key_of(&self, code: &Id, marked: &ImportedResult, kind: ResultKind) -> Option<String> {
        let (point, _) = assessments::point(&marked.point, &self.school.set_up.calendar).ok()?;
        let strand =
            marked.strand.as_deref().map_or_else(String::new, |text| Id::from_name(text).to_string());
        let scale = marked.scale.word();
        Some(format!("{code} {} {} {scale} {} {strand}", marked.subject, point.word(), kind.word()))
    }
}

/// Whether two data points as written are of one day, or neither is a day.
fn same_day(one: &str, other: &str) -> bool {
    values::date(one).ok() == values::date(other).ok()
}

/// The answer so far: what the file was read as.
fn answer(args: &Args, sheet: &Marksheet) -> Answer {
    let from = args.file.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    Answer {
        schema: "phase/import-results/1",
        from,
        dry_run: args.dry_run,
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

type SavedMapping = Option<(FileEdit, String)>;

/// The mapping as it is to be kept, where it is new.
fn keep_mapping(
    args: &Args,
    shell: &Shell,
    school: &School,
    mappings: &[ColumnMapping],
    used: Option<&ColumnMapping>,
    sheet: &Marksheet,
) -> Result<SavedMapping> {
    if used.is_some() || sheet.entries.iter().all(|entry| entry.results.is_empty() && entry.pupil.is_empty())
    {
        return Ok(None);
    }
    // Not after the file, whose name may tell of somebody.
    let asked = args.marks.mapping.clone().unwrap_or_else(|| "marksheet".to_owned());
    let numbered = (2..).map(|number| format!("{asked}-{number}"));
    let is_free = |name: &String| mappings.iter().all(|other| other.name != *name);
    let name = std::iter::once(asked.clone()).chain(numbered).find(is_free).unwrap_or_default();
    let edit = FileEdit::open(shell.root(), layout::IMPORT_MAPPINGS)?;
    let key = args.marks.key.as_ref().map(|key| std::path::absolute(key).unwrap_or_else(|_| key.clone()));
    let key = key.as_ref().and_then(|key| key.to_str());
    let text = yearly_records::with_mapping(&edit.text, &name, sheet.sheet.as_deref(), key, &columns(sheet));
    let source = crate::load::formats::source::Source::new(layout::IMPORT_MAPPINGS, text.clone());
    let (_, faults) = column_mapping::all(&source, school);
    if let Some(fault) = faults.into_iter().find(|fault| fault.severity == Severity::Error) {
        return Err(shell.refuse(&[fault], "nothing was taken in")).context("import.toml");
    }
    Ok(Some((edit, text)))
}

/// The columns as a mapping writes them, each once.
fn columns(sheet: &Marksheet) -> Vec<(String, String)> {
    let mut columns: Vec<(String, String)> = Vec::new();
    for (heading, meaning) in &sheet.columns {
        if !heading.trim().is_empty() && columns.iter().all(|(other, _)| other != heading) {
            columns.push((heading.clone(), meaning.written()));
        }
    }
    columns
}
