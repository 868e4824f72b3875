//! A school's own export of pupils and results: a marksheet with a column a subject, rows of aspects and
//! result sets, or Bromcom's headings. What is read is shown; what is not known is left out and shown too.

use std::ops::Range;
use std::path::Path;

use super::column_headings;
use super::column_mapping::{ColumnMapping, ColumnMeaning};
use super::pupil_key::PupilIdentity;
use crate::diagnostic::{Diagnostic, LeftOut, Place, Severity};
use crate::load::formats::csv::{MOST_COLUMNS, cell_fault};
use crate::load::formats::folder::ending;
use crate::load::formats::{Diagnostics, Folder, Source, ValueError, times, values, xlsx};
use crate::load::names::Names;
use crate::load::records::attainment::{assessments, pupils, result_codes};
use crate::school::attainment::measure::{ATTENDANCE, GOALS, USUAL_PHONICS_THRESHOLD};
use crate::school::attainment::scale::LADDER;
use crate::school::layout::rows::SetUpRow;
use crate::school::{AcademicYear, FullMarks, Id, ResultKind, Scale, School, YearGroup};
use crate::text::delimited;

/// What is known of a file besides what stands in it.
#[derive(Clone, Debug, Default)]
pub struct MarksheetOptions<'a> {
    /// The sheet of a workbook.
    pub sheet: Option<String>,
    /// The data point, as it was typed.
    pub point: Option<String>,
    /// How the results are read.
    pub scale: Option<Scale>,
    pub kind: Option<ResultKind>,
    /// The class of all pupils.
    pub class: Option<Id>,
    /// The mapping that was named.
    pub mapping: Option<&'a ColumnMapping>,
    pub today: chrono::NaiveDate,
}

/// A result as it is to be written.
#[derive(Clone, Debug)]
pub struct ImportedResult {
    pub subject: Id,
    pub point: String,
    pub result: String,
    pub scale: Scale,
    /// Who gave it, where it is said.
    pub kind: Option<ResultKind>,
    /// The strand of a test.
    pub strand: Option<String>,
    pub at: Place,
}

/// A row of the file.
#[derive(Clone, Debug)]
pub struct MarksheetRow {
    /// The school's own code, where the file has it.
    pub code: Option<Id>,
    pub whose: PupilIdentity,
    /// What else is said of the pupil, by the columns of `pupils.csv`.
    pub pupil: SetUpRow,
    pub results: Vec<ImportedResult>,
    pub at: Place,
}

/// What a file comes to.
#[derive(Debug)]
pub struct Marksheet {
    pub read_as: &'static str,
    /// The sheet, of a workbook.
    pub sheet: Option<String>,
    /// What each column was taken for, by its heading.
    pub columns: Vec<(String, ColumnMeaning)>,
    pub entries: Vec<MarksheetRow>,
    /// What was left out, and why.
    pub left_out: Vec<LeftOut>,
    /// What a person should look at.
    pub warnings: Vec<String>,
}

/// The rows of a file beneath which its headings are looked for.
const TITLE_ROWS: usize = 20;

/// A cell of the file.
struct MarksheetCell {
    text: String,
    at: Range<usize>,
}

/// Reads an export. No line of it is shown in a message, since it may hold names.
///
/// # Errors
/// Every error of it.
pub fn read(
    path: &Path,
    school: &School,
    options: &MarksheetOptions<'_>,
) -> Result<Marksheet, Vec<Diagnostic>> {
    let diagnostics = Diagnostics::of(&school.settings.safeguarding);
    let read = source(path, options, &diagnostics).and_then(|(source, part, sheet)| {
        let mut reading = MarksheetReader { source: &source, school, options, left_out: Vec::new() };
        reading.marksheet(&part, sheet)
    });
    if let Err(diagnostic) = &read {
        diagnostics.push((**diagnostic).clone());
    }
    let mut sorted = diagnostics.sorted();
    sorted.iter_mut().for_each(|diagnostic| diagnostic.excerpt = None);
    match read {
        Ok(marksheet) if !sorted.iter().any(Diagnostic::is_error) => Ok(marksheet),
        _ => Err(sorted),
    }
}

/// Whether a file has every column of a mapping, in one of its first rows.
pub fn fits(path: &Path, school: &School, mapping: &ColumnMapping) -> bool {
    let options = MarksheetOptions { mapping: Some(mapping), ..MarksheetOptions::default() };
    let Ok((source, part, _)) = source(path, &options, &Diagnostics::default()) else { return false };
    let delimiter = if source.is_workbook() { b',' } else { delimited::delimiter(&source.text) };
    let reading = MarksheetReader { source: &source, school, options: &options, left_out: Vec::new() };
    let mut first = delimited::rows_within(&source.text, &part, delimiter).take(TITLE_ROWS);
    first.any(|row| {
        let cells = reading.cells(&row);
        let has =
            |heading: &str| cells.iter().any(|cell| cell.text.trim().eq_ignore_ascii_case(heading.trim()));
        !mapping.columns.is_empty() && mapping.columns.iter().all(|(heading, _)| has(heading))
    })
}

type MarksheetText = (Source, Range<usize>, Option<String>);

/// The text of the file, or of one sheet of it.
fn source(
    path: &Path,
    options: &MarksheetOptions<'_>,
    diagnostics: &Diagnostics,
) -> Result<MarksheetText, Box<Diagnostic>> {
    let (folder, name) = Folder::of_file(path);
    let folder = folder.with(diagnostics);
    let diagnostic = |message: String, hint: &str| {
        Box::new(Diagnostic::of_file(Severity::Error, name, message, hint.to_owned()))
    };
    let missing = || diagnostic("there is no such file".to_owned(), "name a file that is there");
    if ending(path) != "xlsx" {
        let source = folder.read(name)?.ok_or_else(missing)?;
        let whole = 0..source.text.len();
        return Ok((source, whole, None));
    }
    let bytes = folder.bytes(name)?.ok_or_else(missing)?;
    let wanted = options.sheet.clone().or_else(|| options.mapping.and_then(|mapping| mapping.sheet.clone()));
    let (book, sheet) = xlsx::read_one(name, bytes, wanted.as_deref(), diagnostics)?;
    let part = book.whole();
    Ok((book.source, part, Some(sheet)))
}

struct MarksheetReader<'r> {
    source: &'r Source,
    school: &'r School,
    options: &'r MarksheetOptions<'r>,
    left_out: Vec<LeftOut>,
}

impl MarksheetReader<'_> {
    fn marksheet(
        &mut self,
        part: &Range<usize>,
        sheet: Option<String>,
    ) -> Result<Marksheet, Box<Diagnostic>> {
        let delimiter =
            if self.source.is_workbook() { b',' } else { delimited::delimiter(&self.source.text) };
        let text = &self.source.text;
        let all: Vec<delimited::DelimitedRow> = delimited::rows_within(text, part, delimiter)
            .filter(|row| !delimited::is_silent(text, row))
            .collect();
        for (diagnostic, at) in all.iter().filter_map(|row| row.fault.as_ref()) {
            if *diagnostic == delimited::CellFault::TooLong {
                let wrong = cell_fault(*diagnostic);
                return Err(Box::new(self.source.diagnostic(Severity::Error, at, wrong.message, wrong.hint)));
            }
            self.source.hush(at, cell_fault(*diagnostic));
        }
        if let Some(wide) = all.iter().find(|row| row.cells.len() > MOST_COLUMNS) {
            let message = format!("this row has {} columns", wide.cells.len());
            let hint = format!("a marksheet may have {MOST_COLUMNS}");
            return Err(Box::new(self.source.diagnostic(
                Severity::Error,
                &(wide.at.start..wide.at.start),
                message,
                hint,
            )));
        }
        let Some((head, columns)) = self.head(&all) else {
            return Err(self.whole(
                "no row of headings was found: one that tells who pupils are, and a subject",
                "put the headings in one row: UPN or Name, Class, Reading, Writing …",
            ));
        };
        let long = columns.iter().any(|(_, meaning)| meaning.role == Some("subject"))
            && columns.iter().any(|(_, meaning)| meaning.role == Some("result"));
        let bromcom = columns.iter().any(|(heading, _)| column_headings::is_bromcom(heading));
        let read_as = match (long, bromcom, self.options.mapping.is_some()) {
            (.., true) => "by the mapping",
            (true, ..) => "a row a result, with aspect and result set",
            (_, true, _) => "Bromcom's headings: Assessment Type$Term$Year Group$Subject",
            _ => "a column a subject",
        };
        let who = |role: &str| columns.iter().any(|(_, meaning)| meaning.role == Some(role));
        if !["code", "upn", "name", "surname"].iter().any(|role| who(role)) {
            return Err(self.whole(
                "no column tells which pupil a row is of",
                "keep the column UPN, or Name, or one with your own codes under the heading pupil",
            ));
        }
        let below: Vec<Vec<MarksheetCell>> = all.iter().skip(head + 1).map(|row| self.cells(row)).collect();
        let columns = self.with_scales(columns, &below, long);
        let mut entries = Vec::new();
        for cells in &below {
            entries.extend(self.entry(cells, &columns, long));
        }
        let warnings = self.warnings(&columns, &entries);
        let left_out = std::mem::take(&mut self.left_out);
        Ok(Marksheet { read_as, sheet, columns, entries, left_out, warnings })
    }

    /// What may be a slip: a point that lies ahead or is another than was typed, codes that were withdrawn, and
    /// what is empty for many pupils.
    fn warnings(&self, columns: &[(String, ColumnMeaning)], entries: &[MarksheetRow]) -> Vec<String> {
        let mut warnings = Vec::new();
        let calendar = &self.school.set_up.calendar;
        let mut points: Vec<&str> =
            entries.iter().flat_map(|entry| &entry.results).map(|marked| marked.point.as_str()).collect();
        points.sort_unstable();
        points.dedup();
        for written in &points {
            let Ok((point, date)) = assessments::point(written, calendar) else { continue };
            if assessments::is_ahead(point, date, calendar, self.options.today) {
                warnings.push(format!(
                    "results of {written}, which has not come yet: is it the right file, or term?"
                ));
            }
        }
        if let Some(typed) = &self.options.point
            && !points.is_empty()
            && !points.iter().any(|point| {
                let of = |text: &str| assessments::point(text, calendar).ok();
                of(point) == of(typed)
            })
        {
            warnings
                .push(format!("the headings say another data point than --point {typed}, and theirs counts"));
        }
        let mut withdrawn: Vec<String> = Vec::new();
        for marked in entries.iter().flat_map(|entry| &entry.results) {
            let mark = self.mark_of(&marked.subject, marked.strand.as_deref());
            let read = result_codes::read(
                &marked.result,
                marked.scale,
                USUAL_PHONICS_THRESHOLD,
                mark,
                &self.school.settings.assessing,
            );
            let old = read.ok().and_then(|read| read.withdrawn);
            withdrawn
                .extend(old.map(|says| format!("{} is a code that was withdrawn: {says}", marked.result)));
        }
        withdrawn.sort();
        withdrawn.dedup();
        warnings.extend(withdrawn);
        for (heading, meaning) in columns {
            let Some(role) = meaning.role else { continue };
            let is_group =
                self.school.settings.groupings.iter().any(|grouping| grouping.column.as_str() == role);
            let empty =
                entries.iter().filter(|entry| entry.pupil.iter().all(|(name, _)| *name != role)).count();
            if is_group && empty > 0 && empty < entries.len() {
                let none = if role == "send" { "N" } else { "no" };
                warnings.push(format!(
                    "{heading} is empty for {empty} of {} pupils: they stand in no group; where empty means {none}, say \"{heading}\" = \"{role}, blank {none}\" in import.toml",
                    entries.len()
                ));
            }
        }
        warnings
    }

    fn whole(&self, message: &str, hint: &str) -> Box<Diagnostic> {
        Box::new(Diagnostic::of_file(Severity::Error, &self.source.file, message.to_owned(), hint.to_owned()))
    }

    fn cells(&self, row: &delimited::DelimitedRow) -> Vec<MarksheetCell> {
        let cell = |at: &Range<usize>| MarksheetCell {
            text: delimited::value(self.source.text.get(at.clone()).unwrap_or_default()).into_owned(),
            at: at.clone(),
        };
        row.cells.iter().map(cell).collect()
    }

    /// What a heading means: by the mapping, else by its words.
    fn meaning(&self, heading: &str) -> Option<ColumnMeaning> {
        let alike = |known: &str| known.trim().eq_ignore_ascii_case(heading.trim());
        let columns = self.options.mapping.map(|mapping| mapping.columns.as_slice()).unwrap_or_default();
        // A column that the mapping does not know is new: it is read by its words.
        if let Some((_, meaning)) = columns.iter().find(|(known, _)| alike(known)) {
            return Some(meaning.clone());
        }
        column_headings::meaning(heading, self.school)
    }

    /// The row of headings: the one that says most, of the first rows; what is above it are titles.
    fn head(&mut self, all: &[delimited::DelimitedRow]) -> Option<(usize, Vec<(String, ColumnMeaning)>)> {
        let known = |row: &delimited::DelimitedRow| {
            let cells = self.cells(row);
            cells.iter().filter(|cell| self.meaning(&cell.text).is_some_and(|one| !one.ignored)).count()
        };
        let best = all.iter().take(TITLE_ROWS).enumerate().map(|(index, row)| (known(row), index));
        let (count, index) = best.max_by_key(|(count, index)| (*count, std::cmp::Reverse(*index)))?;
        if count == 0 {
            return None;
        }
        let row = all.get(index)?;
        let mut columns: Vec<(String, ColumnMeaning)> = Vec::new();
        for cell in self.cells(row) {
            let found = self.meaning(&cell.text);
            if found.is_none() && !cell.text.is_empty() {
                let says = format!("the column `{}`: what it is is not known", cell.text);
                self.left_out.push(LeftOut::new(says, self.source.place(cell.at.start)));
            }
            let meaning = found.unwrap_or(ColumnMeaning { ignored: true, ..ColumnMeaning::default() });
            let twice =
                |other: &&(String, ColumnMeaning)| meaning.role.is_some() && other.1.role == meaning.role;
            if let Some((first, _)) = columns.iter().find(twice) {
                let says = format!("the column `{}`: `{first}` says the same already", cell.text);
                self.left_out.push(LeftOut::new(says, self.source.place(cell.at.start)));
                columns.push((cell.text, ColumnMeaning { ignored: true, ..ColumnMeaning::default() }));
            } else {
                columns.push((cell.text, meaning));
            }
        }
        Some((index, columns))
    }

    /// Settles how each column of results is read: as it is said, or as every one of its results is written. A
    /// number alone is never guessed at.
    fn with_scales(
        &mut self,
        columns: Vec<(String, ColumnMeaning)>,
        below: &[Vec<MarksheetCell>],
        long: bool,
    ) -> Vec<(String, ColumnMeaning)> {
        if long {
            return columns;
        }
        let mut settled = Vec::new();
        for (index, (heading, mut meaning)) in columns.into_iter().enumerate() {
            if let Some(subject) = meaning.subject.clone() {
                let values = below.iter().filter_map(|cells| cells.get(index)).map(|cell| cell.text.as_str());
                let scale = meaning.scale.or_else(|| self.scale_of(&subject, values)).or(self.options.scale);
                let at =
                    below.first().and_then(|cells| cells.get(index)).map_or(0..0, |cell| cell.at.clone());
                let why = match scale {
                    None => Some(
                        "how its results are read is not known: say --scale scaled, mark or on-track"
                            .to_owned(),
                    ),
                    Some(Scale::Mark) if self.mark_of(&subject, meaning.strand.as_deref()).is_none() => {
                        Some(format!(
                            "what its marks are out of is not known: in phase.toml, [marks.{subject}] and beneath it of = 40, met = 24"
                        ))
                    }
                    Some(_) => None,
                };
                if let Some(why) = why {
                    let says = format!("the column `{heading}`: {why}");
                    self.left_out.push(LeftOut::new(says, self.source.place(at.start)));
                    meaning = ColumnMeaning { ignored: true, ..ColumnMeaning::default() };
                } else {
                    meaning.scale = scale;
                }
            }
            settled.push((heading, meaning));
        }
        settled
    }

    fn scale_of<'v>(&self, subject: &Id, values: impl Iterator<Item = &'v str>) -> Option<Scale> {
        let own = match subject.as_str() {
            "phonics" => Some(Scale::Phonics),
            "tables" | ATTENDANCE => Some(Scale::Mark),
            goal if GOALS.iter().any(|known| known.0 == goal && known.0 != "writing") => Some(Scale::Profile),
            _ => None,
        };
        if own.is_some() {
            return own;
        }
        let written: Vec<String> = values.map(|value| self.translated(value)).collect();
        // Most of them settle it; the odd one is then shown at its cell.
        let is = |scale: Scale, certain: &dyn Fn(&str) -> bool| {
            let fit = written.iter().filter(|value| self.reads(value, scale, None).is_ok()).count();
            fit * 5 >= written.len() * 4 && written.iter().any(|value| certain(value))
        };
        let on_ladder = |value: &str| {
            LADDER.contains(&value.to_uppercase().as_str()) || values::folded(value).contains("expected")
        };
        let on_track = |value: &str| {
            values::folded(value).starts_with("well-below") || values::folded(value).starts_with("on")
        };
        if is(Scale::Ladder, &on_ladder) {
            Some(Scale::Ladder)
        } else if is(Scale::OnTrack, &on_track) {
            Some(Scale::OnTrack)
        } else {
            None
        }
    }

    /// A result in this school's words: as the mapping says; without the year that some systems put before it.
    fn translated(&self, value: &str) -> String {
        let value = value.trim();
        let mapped = self.options.mapping.and_then(|mapping| {
            mapping.results.iter().find(|(from, _)| from.trim().eq_ignore_ascii_case(value))
        });
        if let Some((_, to)) = mapped {
            return to.clone();
        }
        let rest = value.strip_prefix(|c: char| ('1'..='6').contains(&c)).unwrap_or(value);
        let ladder = LADDER.iter().any(|step| step.eq_ignore_ascii_case(rest)) && rest != value;
        if ladder { rest.to_owned() } else { value.to_owned() }
    }

    fn reads(&self, value: &str, scale: Scale, mark: Option<FullMarks>) -> Result<(), ValueError> {
        let assessing = &self.school.settings.assessing;
        let threshold = assessing.phonics_threshold.unwrap_or(USUAL_PHONICS_THRESHOLD);
        result_codes::read(value, scale, threshold, mark, assessing).map(|_| ())
    }

    fn entry(
        &mut self,
        cells: &[MarksheetCell],
        columns: &[(String, ColumnMeaning)],
        long: bool,
    ) -> Option<MarksheetRow> {
        let at = cells.first().map_or(0..0, |cell| cell.at.clone());
        let place = self.source.place(at.start);
        let of = |role: &str| {
            let index = columns.iter().position(|(_, meaning)| meaning.role == Some(role))?;
            cells.get(index).filter(|cell| !cell.text.is_empty())
        };
        let text = |role: &str| of(role).map_or_else(String::new, |cell| cell.text.clone());
        let code = of("code").map(|cell| (pupils::code(&cell.text), cell));
        let name = match text("name") {
            name if !name.is_empty() => name,
            _ => format!("{} {}", text("forename"), text("surname")).trim().to_owned(),
        };
        let whose = PupilIdentity { upn: text("upn"), name };
        // Totals and averages beneath the pupils have a name, and nothing else that is about a pupil.
        let has = |role: &str| columns.iter().any(|(_, meaning)| meaning.role == Some(role));
        let telling = ["upn", "class", "year_group"];
        if of("code").is_none()
            && telling.iter().any(|role| has(role))
            && telling.iter().all(|role| of(role).is_none())
        {
            self.left_out.push(LeftOut::new("a row that tells of no pupil", place));
            return None;
        }
        let code = match code {
            Some((Ok(code), _)) => Some(code),
            // What is no code may be the name that the heading `Pupil` stands above.
            Some((Err(_), cell)) if whose == PupilIdentity::default() => {
                let whose = if pupils::is_upn(&cell.text) {
                    PupilIdentity { upn: cell.text.clone(), ..PupilIdentity::default() }
                } else {
                    PupilIdentity { name: cell.text.clone(), ..PupilIdentity::default() }
                };
                return self.of_pupil(cells, columns, (None, whose), place, long);
            }
            _ => None,
        };
        if code.is_none() && whose == PupilIdentity::default() {
            self.left_out.push(LeftOut::new("a row that tells of no pupil", place));
            return None;
        }
        self.of_pupil(cells, columns, (code, whose), place, long)
    }

    fn of_pupil(
        &mut self,
        cells: &[MarksheetCell],
        columns: &[(String, ColumnMeaning)],
        (code, whose): (Option<Id>, PupilIdentity),
        at: Place,
        long: bool,
    ) -> Option<MarksheetRow> {
        let mut pupil: SetUpRow = Vec::new();
        let mut results = Vec::new();
        for (cell, (_, meaning)) in cells.iter().zip(columns) {
            if let Some(role) = meaning.role {
                let blank = meaning.blank.clone().filter(|_| cell.text.is_empty());
                match blank {
                    Some(text) => pupil.extend(self.said(role, &MarksheetCell { text, at: cell.at.clone() })),
                    None => pupil.extend(self.said(role, cell)),
                }
            }
        }
        if pupil.iter().all(|(name, _)| *name != "class")
            && let Some(class) = &self.options.class
        {
            pupil.push(("class", class.to_string()));
        }
        let year = pupil.iter().find(|(name, _)| *name == "year_group").map(|(_, year)| year.clone());
        let of_class = || {
            let class = pupil.iter().find(|(name, _)| *name == "class").map(|(_, class)| Id::new(class))?;
            match self.school.set_up.classes.get(&class)?.year_groups.as_slice() {
                [only] => Some(only.to_string()),
                _ => None,
            }
        };
        let year = year.or_else(of_class);
        if let Some(year) = year.clone().filter(|_| pupil.iter().all(|(name, _)| *name != "year_group")) {
            pupil.push(("year_group", year));
        }
        let year = year.and_then(|year| values::year_group(&year).ok());
        if long {
            results.extend(self.long(cells, columns, year));
        } else {
            for (cell, (_, meaning)) in cells.iter().zip(columns) {
                results.extend(self.marked(cell, meaning, year));
            }
        }
        Some(MarksheetRow { code, whose, pupil, results, at })
    }

    /// What a cell says of the pupil, as it is written in `pupils.csv`.
    fn said(&mut self, role: &'static str, cell: &MarksheetCell) -> Option<(&'static str, String)> {
        if cell.text.is_empty() {
            return None;
        }
        let school = self.school;
        let read = match role {
            "class" => {
                let names = Names::of_classes(school);
                let bare = cell.text.trim_start_matches("Class ").split(" - ").next().unwrap_or_default();
                match school.set_up.known.classes {
                    true => names.find(bare).map(|id| id.to_string()),
                    false => Ok(bare.trim().to_owned()),
                }
            }
            "year_group" => values::year_group(&cell.text).map(|year| year.to_string()),
            // A time of day behind the date is not counted.
            "joined" => {
                let day = cell.text.split(' ').next().unwrap_or_default();
                let date = times::date(&cell.text).or_else(|_| times::date(day));
                return match date {
                    // Who was here before the phase began was here from the beginning.
                    Ok(date)
                        if date < AcademicYear(school.set_up.calendar.academic_year.0 - 6).first_day() =>
                    {
                        None
                    }
                    Ok(date) => Some((role, date.to_string())),
                    Err(wrong) => {
                        self.unshown(&cell.at, "what stands here is no date", &wrong.hint);
                        None
                    }
                };
            }
            "left" => times::date(&cell.text).map(|date| date.to_string()),
            "birth" => return self.birth_term(cell),
            "code" | "upn" | "name" | "forename" | "surname" | "subject" | "point" | "result" | "kind"
            | "scale" | "strand" => return None,
            column => {
                match school.settings.groupings.iter().find(|grouping| grouping.column.as_str() == column) {
                    Some(grouping) => pupils::value(&cell.text, grouping).map(|value| value.to_string()),
                    None => return None,
                }
            }
        };
        match read {
            Ok(value) => Some((role, value)),
            Err(wrong) => {
                self.unshown(
                    &cell.at,
                    &format!("what stands here is no {}", role.replace('_', " ")),
                    &wrong.hint,
                );
                None
            }
        }
    }

    /// Reports a cell without what stands in it: under a heading that slipped it may be a name.
    fn unshown(&mut self, at: &Range<usize>, message: &str, hint: &str) {
        let message = format!("{message} (it is not shown)");
        self.source.hush(at, ValueError::new(message, hint));
    }

    /// The term of birth; the date itself is not kept.
    fn birth_term(&mut self, cell: &MarksheetCell) -> Option<(&'static str, String)> {
        use chrono::Datelike;
        let day = cell.text.split(' ').next().unwrap_or_default();
        match times::date(&cell.text).or_else(|_| times::date(day)) {
            Ok(date) => {
                let term = match date.month() {
                    9..=12 => "autumn",
                    1..=4 => "spring",
                    _ => "summer",
                };
                Some(("birth_term", term.to_owned()))
            }
            Err(wrong) => {
                self.unshown(&cell.at, "what stands here is no date of birth", &wrong.hint);
                None
            }
        }
    }

    /// A result of a marksheet.
    fn marked(
        &mut self,
        cell: &MarksheetCell,
        meaning: &ColumnMeaning,
        year: Option<YearGroup>,
    ) -> Option<ImportedResult> {
        let (subject, scale) = (meaning.subject.clone()?, meaning.scale?);
        if cell.text.is_empty() {
            return None;
        }
        let place = self.source.place(cell.at.start);
        // A result of an earlier year group belongs to that year's workspace.
        let then = meaning.year_group.as_deref().and_then(|year| values::year_group(year).ok());
        if let (Some(then), Some(now)) = (then, year)
            && then != now
        {
            let says = format!(
                "results of year group {then} of pupils who are in {now} now: they belong in that year's workspace"
            );
            if self.left_out.iter().all(|other| other.says != says) {
                self.left_out.push(LeftOut::new(says, place));
            }
            return None;
        }
        let point = self.point(meaning.point.as_deref(), &cell.at)?;
        self.checked(
            ImportedResult {
                subject,
                point,
                result: self.translated(&cell.text),
                scale,
                kind: meaning.kind.or(self.options.kind),
                strand: meaning.strand.clone(),
                at: place,
            },
            &cell.at,
        )
    }

    /// The data point: of the column, else of the import.
    fn point(&mut self, of_column: Option<&str>, at: &Range<usize>) -> Option<String> {
        let Some(text) = of_column.or(self.options.point.as_deref()) else {
            let wrong = ValueError::new(
                "which data point these results are of is not said",
                "say --point autumn, spring, summer or a date",
            );
            if !self.source.diagnostics.has(&wrong.message) {
                self.source.hush(at, wrong);
            }
            return None;
        };
        match assessments::point(text, &self.school.set_up.calendar) {
            Ok((_, Some(date))) => Some(date.to_string()),
            Ok((point, None)) => Some(point.word().to_owned()),
            Err(wrong) => {
                self.source.hush(at, wrong);
                None
            }
        }
    }

    /// What the marks of a subject, or of a strand of its test, are out of.
    fn mark_of(&self, subject: &Id, strand: Option<&str>) -> Option<FullMarks> {
        let marks = &self.school.settings.assessing.marks;
        let of = match subject.as_str() {
            "tables" => Some(FullMarks { of: 25.0, met: None }),
            ATTENDANCE => Some(FullMarks { of: 100.0, met: None }),
            _ => None,
        };
        match strand {
            Some(strand) => marks.get(&Id::from_name(&format!("{subject} {strand}"))).copied(),
            None => marks.get(subject).copied().or(of),
        }
    }

    fn checked(&mut self, marked: ImportedResult, at: &Range<usize>) -> Option<ImportedResult> {
        let mark = self.mark_of(&marked.subject, marked.strand.as_deref());
        match self.reads(&marked.result, marked.scale, mark) {
            Ok(()) => Some(marked),
            Err(wrong) => {
                let hint = format!("{}; or give it a meaning in import.toml: [mapping.results]", wrong.hint);
                let scale = marked.scale.word();
                self.unshown(at, &format!("what stands here is no result on the scale {scale}"), &hint);
                None
            }
        }
    }

    /// A result of a row of its own: subject, point and result in columns.
    fn long(
        &mut self,
        cells: &[MarksheetCell],
        columns: &[(String, ColumnMeaning)],
        year: Option<YearGroup>,
    ) -> Option<ImportedResult> {
        let of = |role: &str| {
            let index = columns.iter().position(|(_, meaning)| meaning.role == Some(role))?;
            cells.get(index).filter(|cell| !cell.text.is_empty())
        };
        let (subject, result) = (of("subject")?, of("result")?);
        let mut meaning = column_headings::result(&subject.text, self.school).unwrap_or_default();
        if meaning.subject.is_none() {
            let says = format!("rows of `{}`: what is assessed is not known", subject.text);
            if self.left_out.iter().all(|other| other.says != says) {
                self.left_out.push(LeftOut::new(says, self.source.place(subject.at.start)));
            }
            return None;
        }
        if let Some(point) = of("point") {
            // A result set such as `Year 2 Spring` names the point among other words.
            let named = column_headings::result(&format!("reading {}", point.text), self.school);
            let found = named.clone().and_then(|named| named.point);
            meaning.point = found.or(meaning.point).or(Some(point.text.clone()));
            meaning.year_group = named.and_then(|named| named.year_group).or(meaning.year_group);
        }
        let word = |role: &str| of(role).map(|cell| values::folded(&cell.text)).unwrap_or_default();
        let kind = ResultKind::from_word(&word("kind"));
        let scale = Scale::from_word(&word("scale"));
        meaning.kind = kind.or(meaning.kind);
        meaning.strand = of("strand").map(|cell| cell.text.clone());
        let id = meaning.subject.clone()?;
        let value = [result.text.as_str()];
        meaning.scale =
            scale.or(meaning.scale).or_else(|| self.scale_of(&id, value.into_iter())).or(self.options.scale);
        if meaning.scale.is_none() {
            let wrong = ValueError::new(
                format!("how the results of `{}` are read is not known", subject.text),
                "say --scale ladder, scaled, mark or on-track",
            );
            if !self.source.diagnostics.has(&wrong.message) {
                self.source.hush(&result.at, wrong);
            }
            return None;
        }
        self.marked(result, &meaning, year)
    }
}
