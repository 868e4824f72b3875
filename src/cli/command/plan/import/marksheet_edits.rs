//! What an export changes in the pupils and their results.

use std::collections::BTreeMap;

use anyhow::{Result, bail};

use crate::load::formats::times;
use crate::load::imports::marksheet::{ImportedResult, MarksheetRow};
use crate::load::records::attainment::assessments;
use crate::school::layout::rows::{SetUpRow, of};
use crate::school::{Id, Pupil, PupilResult, ResultKind, School, YearResults};
use crate::view::edit::imports::{ChangedValue, ImportedRow, MarksheetAnswer as Answer};

/// Rows to change, by line, and rows to add.
pub(crate) type RowEdits = (BTreeMap<u32, Vec<(&'static str, String)>>, Vec<SetUpRow>);

pub(crate) struct MarksheetImport<'a> {
    pub(crate) school: &'a School,
    pub(crate) year_results: &'a YearResults,
    /// The data point and result of each line as they are written.
    pub(crate) there: BTreeMap<u32, (String, String)>,
    pub(crate) answer: Answer,
}

impl MarksheetImport<'_> {
    /// What changes in `pupils.csv`.
    pub(crate) fn pupils(&mut self, entries: &[MarksheetRow], codes: &[Option<Id>]) -> Result<RowEdits> {
        let mut changes: BTreeMap<u32, Vec<(&'static str, String)>> = BTreeMap::new();
        let mut rows: BTreeMap<Id, SetUpRow> = BTreeMap::new();
        let mut homeless: Vec<String> = Vec::new();
        for (entry, code) in entries.iter().zip(codes) {
            let Some(code) = code else { continue };
            match self.year_results.pupils.iter().find(|pupil| pupil.id == *code) {
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
    pub(crate) fn pupil_differs(
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
    pub(crate) fn results(&mut self, entries: &[MarksheetRow], codes: &[Option<Id>]) -> Result<RowEdits> {
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
                match lines.get(&key).and_then(|line| self.before(*line, marked)) {
                    Some((_, now)) if now.eq_ignore_ascii_case(&marked.result) => self.answer.unchanged += 1,
                    Some((line, now)) => {
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
                        rows.push(result_row(code, marked, kind));
                    }
                }
            }
        }
        Ok((changes, rows))
    }

    /// Returns the line of a result and what stands there; none where it is of another day of the half term, and a row
    /// of its own.
    pub(crate) fn before(&self, line: u32, marked: &ImportedResult) -> Option<(u32, String)> {
        let (point, now) = self.there.get(&line)?;
        same_day(point, &marked.point).then(|| (line, now.clone()))
    }

    /// The line of every result that is there, by what it is of.
    pub(crate) fn lines(&self) -> BTreeMap<String, u32> {
        let key = |outcome: &PupilResult| {
            let pupil = self.year_results.pupils.get(outcome.pupil as usize)?;
            let subject = self.year_results.measured.get(usize::from(outcome.measured))?;
            let strand = outcome.strand.and_then(|strand| self.year_results.strands.get(usize::from(strand)));
            let strand = strand.map_or("", Id::as_str);
            let (scale, kind) = (outcome.scale.word(), outcome.kind.word());
            Some((
                format!("{} {subject} {} {scale} {kind} {strand}", pupil.id, outcome.point.word()),
                outcome.line,
            ))
        };
        self.year_results.results.iter().filter_map(key).collect()
    }

    /// What a result is of.
    pub(crate) fn key_of(&self, code: &Id, marked: &ImportedResult, kind: ResultKind) -> Option<String> {
        let (point, _) = assessments::point(&marked.point, &self.school.set_up.calendar).ok()?;
        let strand =
            marked.strand.as_deref().map_or_else(String::new, |text| Id::from_name(text).to_string());
        let scale = marked.scale.word();
        Some(format!("{code} {} {} {scale} {} {strand}", marked.subject, point.word(), kind.word()))
    }
}

/// Returns the row of a result.
pub(crate) fn result_row(code: &Id, marked: &ImportedResult, kind: ResultKind) -> SetUpRow {
    let mut row: SetUpRow = vec![
        ("pupil", code.to_string()),
        ("subject", marked.subject.to_string()),
        ("point", marked.point.clone()),
        ("result", marked.result.clone()),
        ("scale", marked.scale.word().to_owned()),
        ("kind", kind.word().to_owned()),
    ];
    row.extend(marked.strand.as_ref().map(|strand| ("strand", strand.clone())));
    row
}

/// Whether two data points as written are of one day, or neither is a day.
pub(crate) fn same_day(one: &str, other: &str) -> bool {
    times::date(one).ok() == times::date(other).ok()
}
