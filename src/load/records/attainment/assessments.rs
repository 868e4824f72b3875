//! `assessments.csv`: results, a row each. Read in one pass, since there may be very many.

use std::collections::{BTreeMap, HashMap};

use super::result_codes;
use crate::load::formats::csv::CsvRows as Rows;
use crate::load::formats::{Diagnostics, Folder, Record, RecordCell, Source, ValueError, times, values};
use crate::load::records::evidence::{days, remembered};
use crate::school::attainment::measure::{
    ATTENDANCE, GOALS, MEASURED, PHONICS_KNOWN_TO, RWM, USUAL_PHONICS_THRESHOLD,
};
use crate::school::{
    Calendar, DataPoint, FullMarks, Id, Pupil, PupilResult, ResultKind, ResultReading, Scale, School,
    YearResults, layout,
};

/// The most rows of the file.
const MOST_ROWS: usize = 1_000_000;

/// What may be assessed next to the school's subjects: by its word or its name.
///
/// # Errors
/// Where nothing of that name may be assessed.
pub fn measured(text: &str) -> Result<Id, ValueError> {
    let written = Id::from_name(text);
    let alike = |word: &str, title: &str| written.as_str() == word || written == Id::from_name(title);
    let word = MEASURED.iter().map(|row| (row.0, row.1)).chain(GOALS.iter().map(|row| (row.0, row.1)));
    let found = word.clone().find(|(word, title)| alike(word, title)).map(|(word, _)| word);
    let also = match written.as_str() {
        "mathematics" | "math" => Some("maths"),
        "spag" | "grammar" | "egps" => Some("gps"),
        "mtc" | "multiplication-tables-check" | "times-tables" => Some("tables"),
        "phonics-screening-check" | "phonics-check" => Some("phonics"),
        _ => None,
    };
    found.or(also).map(Id::new).ok_or_else(|| {
        let hint = match values::nearest(written.as_str(), word.map(|(word, _)| word)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "name a subject of subjects.csv, or reading, writing, maths, phonics …".to_owned(),
        };
        ValueError::new(format!("nothing called `{}` is assessed here", text.trim()), &hint)
    })
}

/// What is assessed: a subject of the school by its id or name, else what every school assesses.
///
/// # Errors
/// Where it is neither.
pub fn subject(text: &str, school: &School) -> Result<Id, ValueError> {
    let common = measured(text);
    let own = |id: &Id| school.set_up.subjects.get(id).map(|subject| subject.id.clone());
    if let Ok(id) = &common {
        // A subject of that very name, under whatever id, is the same.
        let named = school.set_up.subjects.values().find(|subject| Id::from_name(&subject.name) == *id);
        return Ok(own(id).or(named.map(|subject| subject.id.clone())).unwrap_or_else(|| id.clone()));
    }
    crate::load::names::Names::of_subjects(school).find(text).or(common)
}

/// A data point: `baseline`, `autumn`, `spring 1`, `ht3`, or a date.
///
/// # Errors
/// Where it is none, or lies outside of the academic year.
pub fn point(text: &str, calendar: &Calendar) -> Result<(DataPoint, Option<chrono::NaiveDate>), ValueError> {
    let folded = values::folded(text);
    let bare = folded.trim_end_matches("-term").trim_start_matches("end-of-").trim_end_matches("-end");
    let term = match bare {
        "baseline" | "entry" | "on-entry" => Some(DataPoint::Baseline),
        "autumn" | "christmas" => Some(DataPoint::End(2)),
        "spring" | "easter" => Some(DataPoint::End(4)),
        "summer" | "year" => Some(DataPoint::SUMMER),
        _ => None,
    };
    if let Some(point) = term {
        return Ok((point, None));
    }
    if let Ok(half_term) = times::half_term(text)
        && text.trim().parse::<u8>().is_err()
    {
        return Ok((DataPoint::End(half_term), None));
    }
    let wrong = |message: String| {
        let hint = match values::nearest(bare, ["baseline", "autumn", "spring", "summer"].into_iter()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => {
                "write baseline, autumn, spring, summer, a half term such as spring-1, or a date".to_owned()
            }
        };
        ValueError::new(message, &hint)
    };
    let looks_dated = text.bytes().any(|byte| byte.is_ascii_digit());
    let date = match times::date(text) {
        Ok(date) => date,
        Err(dated) if looks_dated => return Err(dated),
        Err(_) => return Err(wrong(format!("`{}` is no data point", text.trim()))),
    };
    let home =
        (1..=6).find(|number| days(calendar, *number).is_some_and(|(from, to)| (from..=to).contains(&date)));
    match home {
        Some(half_term) => Ok((DataPoint::End(half_term), Some(date))),
        None => Err(ValueError::new(
            format!("{} is not in {}", text.trim(), calendar.academic_year),
            "results of another year belong in that year's workspace",
        )),
    }
}

/// Whether a data point lies ahead: its date, or the beginning of its half term, has not come.
pub fn is_ahead(
    point: DataPoint,
    date: Option<chrono::NaiveDate>,
    calendar: &Calendar,
    today: chrono::NaiveDate,
) -> bool {
    let begins = match point {
        DataPoint::Baseline => None,
        DataPoint::End(half_term) => calendar.half_term(half_term).map(|half_term| half_term.from),
    };
    date.or(begins).is_some_and(|day| day > today)
}

/// What cells said before: most of them say the same again and again.
#[derive(Default)]
struct CellCache {
    subjects: HashMap<String, u16>,
    points: HashMap<String, (DataPoint, Option<chrono::NaiveDate>)>,
    scales: HashMap<String, Scale>,
    kinds: HashMap<String, ResultKind>,
    strands: HashMap<String, u16>,
    results: HashMap<String, Vec<(Scale, ResultReading)>>,
}

/// Something that is shown once, at the first of its rows.
type FirstRow = Option<(std::ops::Range<usize>, u32)>;

struct ResultReader<'a> {
    school: &'a School,
    pupils: HashMap<&'a str, u32>,
    memory: CellCache,
    measured: Vec<Id>,
    strands: Vec<Id>,
    threshold: f64,
    /// Codes that were withdrawn: where the first stands, how many, and what they are about.
    withdrawn: HashMap<String, (std::ops::Range<usize>, u32, &'static str)>,
    /// Rows of pupils whom the file of pupils does not know.
    unknown: HashMap<String, (std::ops::Range<usize>, u32)>,
    assumed_threshold: FirstRow,
    /// Rows of data points that have not come yet.
    ahead: FirstRow,
    today: chrono::NaiveDate,
}

/// A result as read, and its day where it has one.
type DatedResult = (PupilResult, Option<chrono::NaiveDate>);

/// Reads the results of the pupils of a roll.
pub fn read(source: &Source, school: &School, pupils: Vec<Pupil>, today: chrono::NaiveDate) -> YearResults {
    let file = Some(source.file.clone());
    let Some(mut rows) = Rows::of(source, layout::ASSESSMENTS.columns, MOST_ROWS) else {
        return YearResults { pupils, file, ..YearResults::default() };
    };
    let known = (0_u32..).zip(&pupils).map(|(index, pupil)| (pupil.id.as_str(), index));
    let year = school.set_up.calendar.academic_year.0;
    let mut reader = ResultReader {
        school,
        pupils: known.collect(),
        memory: CellCache::default(),
        measured: Vec::new(),
        strands: Vec::new(),
        threshold: school.settings.assessing.phonics_threshold.unwrap_or(USUAL_PHONICS_THRESHOLD),
        withdrawn: HashMap::new(),
        unknown: HashMap::new(),
        assumed_threshold: None,
        ahead: None,
        today,
    };
    let mut outcomes: Vec<DatedResult> = Vec::new();
    while let Some(record) = rows.record() {
        outcomes.extend(reader.outcome(&record));
    }
    reader.tell(source, year);
    let ResultReader { measured, strands, .. } = reader;
    let (results, replaced) = sorted(outcomes, source, &measured, &pupils);
    YearResults { pupils, measured, strands, results, file, replaced }
}

impl ResultReader<'_> {
    fn outcome(&mut self, record: &Record<'_>) -> Option<DatedResult> {
        let source = record.source;
        for name in ["pupil", "subject", "point", "scale"] {
            record.required(name);
        }
        let pupil = record.cell("pupil").and_then(|cell| self.pupil(cell));
        let measured = record.cell("subject").and_then(|cell| self.subject(record, cell));
        let calendar = &self.school.set_up.calendar;
        let point = remembered(&mut self.memory.points, record, "point", |text| point(text, calendar));
        let scale =
            remembered(&mut self.memory.scales, record, "scale", |text| values::fixed_word(text, "scale"));
        let kind = remembered(&mut self.memory.kinds, record, "kind", |text| {
            values::fixed_word(text, "kind of result")
        });
        let strand = record.cell("strand").map(|cell| self.strand(&cell.text));
        let reading = measured.zip(scale).and_then(|(measured, scale)| {
            let nothing = RecordCell { text: "".into(), at: record.at.clone() };
            let cell = record.cell("result").unwrap_or(&nothing);
            self.result(record, cell, (measured, strand), scale)
        });
        let ((point, date), scale) = (point?, scale?);
        if is_ahead(point, date, &self.school.set_up.calendar, self.today) {
            let at = record.cell("point").map_or(record.at.clone(), |cell| cell.at.clone());
            self.ahead.get_or_insert((at, 0)).1 += 1;
        }
        let line = source.place(record.at.start).line;
        let kind = kind.unwrap_or(ResultKind::of(scale));
        Some((
            PupilResult {
                pupil: pupil?,
                measured: measured?,
                strand,
                point,
                scale,
                kind,
                reading: reading?,
                line,
            },
            date,
        ))
    }

    fn pupil(&mut self, cell: &RecordCell<'_>) -> Option<u32> {
        if let Some(index) = self.pupils.get(&*cell.text) {
            return Some(*index);
        }
        self.unknown.entry(cell.text.to_string()).or_insert((cell.at.clone(), 0)).1 += 1;
        None
    }

    fn subject(&mut self, record: &Record<'_>, cell: &RecordCell<'_>) -> Option<u16> {
        if let Some(index) = self.memory.subjects.get(&*cell.text) {
            return Some(*index);
        }
        let school = self.school;
        let id = record.value(cell, |text| subject(text, school))?;
        if id.as_str() == RWM {
            let message = "reading, writing and maths together are worked out from the three";
            record.error(&cell.at, message, "leave these rows out");
            return None;
        }
        let index = index_of(&mut self.measured, id);
        self.memory.subjects.insert(cell.text.to_string(), index);
        Some(index)
    }

    fn strand(&mut self, text: &str) -> u16 {
        if let Some(index) = self.memory.strands.get(text) {
            return *index;
        }
        let index = index_of(&mut self.strands, Id::from_name(text));
        self.memory.strands.insert(text.to_owned(), index);
        index
    }

    fn result(
        &mut self,
        record: &Record<'_>,
        cell: &RecordCell<'_>,
        (measured, strand): (u16, Option<u16>),
        scale: Scale,
    ) -> Option<ResultReading> {
        if scale == Scale::Phonics
            && self.school.settings.assessing.phonics_threshold.is_none()
            && self.school.set_up.calendar.academic_year.0 > PHONICS_KNOWN_TO
        {
            let at = record.cell("scale").map_or(record.at.clone(), |cell| cell.at.clone());
            self.assumed_threshold.get_or_insert((at, 0)).1 += 1;
        }
        // How a mark is read depends on what it is a mark of.
        let known = self.memory.results.get(&*cell.text).filter(|_| scale != Scale::Mark);
        if let Some((_, reading)) = known.and_then(|all| all.iter().find(|(other, _)| *other == scale)) {
            if let Some((_, rows, _)) = self.withdrawn.get_mut(&*cell.text) {
                *rows += 1;
            }
            return Some(*reading);
        }
        let id = self.measured.get(usize::from(measured))?;
        let of = match id.as_str() {
            "tables" => Some(FullMarks { of: 25.0, met: None }),
            ATTENDANCE => Some(FullMarks { of: 100.0, met: None }),
            _ => None,
        };
        let marks = &self.school.settings.assessing.marks;
        // A strand has a maximum of its own, under the names of both.
        let strand = strand.and_then(|strand| self.strands.get(usize::from(strand)));
        let mark = match strand {
            Some(strand) => marks.get(&Id::from_name(&format!("{id} {strand}"))).copied(),
            None => marks.get(id).copied().or(of),
        };
        let assessing = &self.school.settings.assessing;
        let read =
            record.value(cell, |text| result_codes::read(text, scale, self.threshold, mark, assessing))?;
        if let Some(says) = read.withdrawn {
            self.withdrawn.insert(cell.text.to_string(), (cell.at.clone(), 1, says));
        }
        self.memory.results.entry(cell.text.to_string()).or_default().push((scale, read.reading));
        Some(read.reading)
    }

    /// Says what concerns many rows once for all of them.
    fn tell(&self, source: &Source, year: i32) {
        let others = |rows: u32| match rows {
            0 | 1 => String::new(),
            2 => " (and one row more)".to_owned(),
            rows => format!(" (and {} rows more)", rows - 1),
        };
        let mut unknown: Vec<_> = self.unknown.iter().collect();
        unknown.sort_by_key(|(_, (at, _))| at.start);
        for (code, (at, rows)) in unknown.iter().take(20) {
            let hint = match values::nearest(code, self.pupils.keys().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "give the pupil a row in pupils.csv".to_owned(),
            };
            let message = format!("no pupil in pupils.csv has this code{}", others(*rows));
            let wrong = ValueError::new(message, &hint);
            // What stands in place of a code may be a name.
            source.hush(at, wrong);
        }
        if unknown.len() > 20 {
            let at = unknown.get(20).map_or(0..0, |(_, (at, _))| at.clone());
            let message = format!("{} more codes are not in pupils.csv", unknown.len() - 20);
            source.hush(&at, ValueError::new(message, "are these the pupils of another year?"));
        }
        let mut withdrawn: Vec<_> = self.withdrawn.iter().collect();
        withdrawn.sort_by_key(|(_, (at, ..))| at.start);
        for (code, (at, rows, says)) in withdrawn {
            let message = format!("`{code}` is a code that was withdrawn{}", others(*rows));
            source.warning(at, message, says);
        }
        if let Some((at, rows)) = &self.ahead {
            let message = format!("this data point has not come yet{}", others(*rows));
            source.warning(at, message, "is it the right term, or date?");
        }
        if let Some((at, _)) = &self.assumed_threshold {
            let message = format!("the phonics threshold of {} is not known here: 32 is assumed", year + 1);
            let hint = "say it in phase.toml: [assessment] phonics_threshold = 32";
            source.warning(at, message, hint);
        }
    }
}

/// The data point and the result of each line of the file, as they are written.
pub fn as_written(folder: &Folder) -> BTreeMap<u32, (String, String)> {
    let Ok(Some(source)) = folder.read(layout::ASSESSMENTS.file) else { return BTreeMap::new() };
    let _diagnostics = &mut Diagnostics::default();
    let mut written = BTreeMap::new();
    let Some(mut rows) = Rows::of(&source, layout::ASSESSMENTS.columns, MOST_ROWS) else {
        return written;
    };
    while let Some(record) = rows.record() {
        let text = |name: &str| record.text(name).unwrap_or_default();
        written.insert(record.place().line, (text("point"), text("result")));
    }
    written
}

/// The index of an id in a list, which it joins where it is new.
fn index_of(ids: &mut Vec<Id>, id: Id) -> u16 {
    let index = ids.iter().position(|other| *other == id).unwrap_or_else(|| {
        ids.push(id);
        ids.len() - 1
    });
    u16::try_from(index).unwrap_or(u16::MAX)
}

/// The results in order, each once: of several in one half term the last day counts; two of one day are shown.
/// Returns them, and how many were replaced.
fn sorted(
    mut outcomes: Vec<DatedResult>,
    source: &Source,
    measured: &[Id],
    pupils: &[Pupil],
) -> (Vec<PupilResult>, u32) {
    let same = |one: &PupilResult| (one.measured, one.point, one.strand, one.scale, one.kind, one.pupil);
    outcomes.sort_unstable_by_key(|(outcome, date)| (same(outcome), *date, outcome.line));
    let mut results: Vec<PupilResult> = Vec::with_capacity(outcomes.len());
    let mut last: Option<chrono::NaiveDate> = None;
    let mut replaced = 0;
    for (outcome, date) in outcomes {
        match results.last_mut() {
            Some(before) if same(before) == same(&outcome) => {
                if date == last {
                    let subject = measured.get(usize::from(outcome.measured)).map_or("", Id::as_str);
                    let pupil = pupils.get(outcome.pupil as usize).map_or("", |pupil| pupil.id.as_str());
                    let message = format!(
                        "{pupil} has a result in {subject} for {} already (line {})",
                        outcome.point, before.line
                    );
                    let at = source.line(outcome.line);
                    source.error(&at, message, "keep one of the two");
                }
                replaced += 1;
                *before = outcome;
            }
            _ => results.push(outcome),
        }
        last = date;
    }
    (results, replaced)
}
