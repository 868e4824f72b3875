//! `evidence/htN.csv`: pieces of evidence, each tagged to an aspect of a framework.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;
use std::sync::Arc;

use chrono::NaiveDate;

use super::reader::{self, SourceIndex, YearReader};
use crate::diagnostic::Place;
use crate::load::checks::evidence_consistency::together;
use crate::load::checks::unread_files::without_drafts;
use crate::load::formats::csv::CsvRows;
use crate::load::formats::{Folder, Record, Source, ValueError, times, values};
use crate::school::{
    Calendar, Evidence, EvidenceKind, EvidenceNotes, EvidenceSubject, Id, Rank, School, Tag, Tags, YearGroup,
    half_term_name, layout,
};

/// The most rows of one file of evidence.
const MOST_ROWS: usize = 200_000;

/// The folder of the evidence.
pub const FOLDER: &str = "evidence";

/// The file of a half term's evidence.
pub fn file_name(half_term: u8) -> String {
    format!("{FOLDER}/ht{half_term}.csv")
}

/// The days that belong to a half term's file: from its first day to the day before the next one begins,
/// so that what is read in the holiday after it belongs to it.
pub fn days(calendar: &Calendar, half_term: u8) -> Option<(NaiveDate, NaiveDate)> {
    let from = calendar.half_term(half_term)?.from;
    let next = calendar.half_term(half_term + 1).and_then(|next| next.from.pred_opt());
    Some((from, next.unwrap_or_else(|| calendar.academic_year.last_day())))
}

/// Reads the evidence of every half term, the files side by side; returns it by date, and how many
/// files were read.
pub fn read(folder: &Folder, reader: &mut YearReader<'_>) -> (Vec<Evidence>, usize) {
    warn_of_strays(folder);
    let files: Vec<EvidenceFile<'_>> = std::thread::scope(|scope| {
        let begun = (1..=6).map(|number| {
            let reader = reader.clone();
            scope.spawn(move || of_half_term(folder, number, reader))
        });
        let begun: Vec<_> = begun.collect();
        let whole = |file: std::thread::ScopedJoinHandle<'_, _>| {
            file.join().unwrap_or_else(|diagnostic| std::panic::resume_unwind(diagnostic))
        };
        begun.into_iter().filter_map(whole).collect()
    });
    let read = files.iter().filter(|file| file.source.is_some()).count();
    let mut all: Vec<Evidence> = Vec::with_capacity(files.iter().map(|file| file.items.len()).sum());
    let mut sources: Vec<Source> = Vec::new();
    for file in files {
        all.extend(file.items);
        sources.extend(file.source);
        reader.learn(file.reader);
    }
    // Each file's days come before those of the next, and its items are in order.
    together(&all, reader.school, &SourceIndex(&sources));
    (all, read)
}

/// What came of one file.
struct EvidenceFile<'s> {
    items: Vec<Evidence>,
    source: Option<Source>,
    reader: YearReader<'s>,
}

/// Reads one half term's file; nothing where there is none.
fn of_half_term<'s>(folder: &Folder, number: u8, reader: YearReader<'s>) -> Option<EvidenceFile<'s>> {
    let name = file_name(number);
    let source = folder.source(&name)?;
    let mut file = EvidenceFile { items: Vec::new(), source: None, reader };
    match days(&file.reader.school.set_up.calendar, number) {
        None => {
            let message = format!("there are no dates for half term {number}");
            folder.diagnostics.error(
                &Place::file(&name),
                message,
                "give the half term its dates in the calendar",
            );
        }
        Some(days) => {
            if let Some(mut rows) = CsvRows::of(&source, layout::EVIDENCE.columns, MOST_ROWS) {
                let memory = EvidenceCache::default();
                let mut items = EvidenceRows {
                    reader: &mut file.reader,
                    memory,
                    number,
                    days,
                    ahead: None,
                    strange: BTreeMap::new(),
                };
                while let Some(record) = rows.record() {
                    file.items.extend(items.item(&record));
                }
                items.tell_of_ahead(&source);
                items.tell_of_strange(&source);
                file.items.sort_by(|a, b| (a.date, &a.id, &a.at).cmp(&(b.date, &b.id, &b.at)));
            }
        }
    }
    file.source = Some(source);
    Some(file)
}

/// Checks rows that are to be added to the evidence of a half term; returns them as they would be read.
pub fn check(records: &[Record<'_>], half_term: u8, reader: &mut YearReader<'_>) -> Vec<Evidence> {
    let Some(days) = days(&reader.school.set_up.calendar, half_term) else { return Vec::new() };
    let mut rows = EvidenceRows {
        reader,
        memory: EvidenceCache::default(),
        number: half_term,
        days,
        ahead: None,
        strange: BTreeMap::new(),
    };
    records.iter().filter_map(|record| rows.item(record)).collect()
}

/// Files that are not read but look as if they were meant to be.
fn warn_of_strays(folder: &Folder) {
    for name in without_drafts(folder, FOLDER) {
        if (1..=6).any(|number| name == format!("ht{number}.csv")) || name.starts_with(['.', '~']) {
            continue;
        }
        let copy = (1..=6).find(|number| name.to_lowercase().starts_with(&format!("ht{number}")));
        let (message, hint) = match copy {
            Some(number) => (
                format!("this looks like a copy of `ht{number}.csv` and is not read"),
                "keep one version under the plain name and delete the other",
            ),
            None => {
                ("this is not read".to_owned(), "the evidence of half term 3 belongs in evidence/ht3.csv")
            }
        };
        let file = format!("{FOLDER}/{name}");
        folder.diagnostics.warning(&Place::file(&file), message, hint);
    }
}

/// The aspects and grades of a framework, as they are written.
type FrameworkWords = (HashMap<String, Id>, HashMap<String, Rank>);

/// The classes and year groups of a row.
type ClassesSeen = (Arc<[Id]>, Arc<[YearGroup]>);

/// What the cells of a file said before: most of them say the same again and again.
#[derive(Default)]
struct EvidenceCache {
    dates: HashMap<String, NaiveDate>,
    kinds: HashMap<String, EvidenceKind>,
    abouts: HashMap<String, EvidenceSubject>,
    people: HashMap<String, Id>,
    whom: HashMap<String, HashMap<String, ClassesSeen>>,
    /// Aspects and grades by framework; none for the workspace's own.
    words: BTreeMap<Option<Id>, FrameworkWords>,
}

/// What a cell says, remembered.
pub(crate) fn remembered<T: Clone>(
    memory: &mut HashMap<String, T>,
    record: &Record<'_>,
    name: &str,
    read: impl FnOnce(&str) -> Result<T, ValueError>,
) -> Option<T> {
    let cell = record.cell(name)?;
    if let Some(known) = memory.get(&*cell.text) {
        return Some(known.clone());
    }
    let value = record.value(cell, read)?;
    memory.insert(cell.text.to_string(), value.clone());
    Some(value)
}

struct EvidenceRows<'r, 's> {
    reader: &'r mut YearReader<'s>,
    memory: EvidenceCache,
    number: u8,
    days: (NaiveDate, NaiveDate),
    /// The first date that has not come yet, and on how many rows there is one.
    ahead: Option<(Range<usize>, u32)>,
    /// The frameworks for which rows are written that do not say so: the first row, and how many.
    strange: BTreeMap<Id, (Range<usize>, u32)>,
}

impl EvidenceRows<'_, '_> {
    fn item(&mut self, record: &Record<'_>) -> Option<Evidence> {
        let school = self.reader.school;
        let whom = self.reader.whom;
        let notes = self.notes(record);
        let filled = ["id", "date", "kind", "subject", "aspect"].map(|name| record.required(name).is_some());
        let id = record.id("id");
        let date = self.date(record);
        let kind = remembered(&mut self.memory.kinds, record, "kind", crate::load::frameworks::lookup::kind);
        let about = remembered(&mut self.memory.abouts, record, "subject", |text| reader::about(text, whom));
        let framework = self.reader.framework(record);
        let mut aspect = None;
        let mut grades = [None; 3];
        if let Some(framework) = &framework {
            if self.is_strange(record, framework.as_ref()) {
                return None;
            }
            aspect = self.aspect(record, framework.as_ref());
            grades = ["grade", "moderator_grade", "agreed_grade"]
                .map(|name| self.grade(record, name, framework.as_ref()));
        }
        let [grade, moderator_grade, agreed_grade] = grades;
        let [by, moderator] = ["by", "moderator"]
            .map(|name| remembered(&mut self.memory.people, record, name, |text| whom.staff.find(text)));
        let (classes, year_groups) = self.whom(record);
        let jointly = record.read("jointly", values::yes_no).unwrap_or(false);
        let rests_on: Vec<Id> = record.list("rests_on").iter().map(|cell| Id::new(&cell.text)).collect();
        let tags = tags(record);
        if filled.contains(&false) || !record.may_be_kept {
            return None;
        }
        let item = Evidence {
            id: id?,
            date: date?,
            academic_year: school.set_up.calendar.academic_year.0,
            half_term: self.number,
            kind: kind?,
            about: about?,
            aspect: aspect?,
            framework: framework?,
            grade,
            classes,
            year_groups,
            by,
            sample: record.cell("sample").map(|cell| Id::new(&cell.text)),
            moderator,
            moderator_grade,
            agreed_grade,
            jointly,
            rests_on,
            tags,
            notes,
            at: record.place(),
        };
        self.sound(record, &item);
        Some(item)
    }

    fn date(&mut self, record: &Record<'_>) -> Option<NaiveDate> {
        let (from, to) = self.days;
        let (number, calendar, today) = (self.number, &self.reader.school.set_up.calendar, self.reader.today);
        let date = remembered(&mut self.memory.dates, record, "date", |text| {
            let date = times::date(text)?;
            if (from..=to).contains(&date) {
                return Ok(date);
            }
            let message = format!("{text} is not in {}", half_term_name(number));
            let home = (1..=6)
                .find(|number| days(calendar, *number).is_some_and(|(from, to)| (from..=to).contains(&date)));
            Err(ValueError::new(
                message,
                &match home {
                    Some(home) => format!("it belongs in {}", file_name(home)),
                    None => {
                        format!("this file holds {} to {}", from.format("%-d %B"), to.format("%-d %B %Y"))
                    }
                },
            ))
        })?;
        if date > today {
            let at = record.cell("date")?.at.clone();
            self.ahead.get_or_insert((at, 0)).1 += 1;
        }
        Some(date)
    }

    /// Reports dates that have not come yet, once for the file.
    fn tell_of_ahead(&self, source: &Source) {
        let Some((at, rows)) = &self.ahead else { return };
        let message = match rows {
            1 => "this date has not come yet".to_owned(),
            rows => format!("this date has not come yet, nor have {} others below", rows - 1),
        };
        source.warning(at, message, "are the dates right?");
    }

    /// Whether a row that names no framework is tagged for another than the workspace's: shown once for the
    /// file.
    fn is_strange(&mut self, record: &Record<'_>, framework: Option<&Id>) -> bool {
        let (Some(cell), None) = (record.cell("aspect"), framework) else { return false };
        let Some(home) = self.reader.home_of(&cell.text) else { return false };
        self.strange.entry(home).or_insert((cell.at.clone(), 0)).1 += 1;
        true
    }

    /// Reports the rows that are tagged for another framework.
    fn tell_of_strange(&self, source: &Source) {
        let own = &self.reader.school.settings.framework;
        for (home, (at, rows)) in &self.strange {
            let message = match rows {
                1 => format!("this row is written for {home}, and the workspace works in {own}"),
                rows => format!(
                    "{rows} rows, this and others below, are written for {home}, and the workspace works in {own}"
                ),
            };
            let hint = format!(
                "add a column `framework` that says {home} in them: they are then judged apart (phase evaluate --framework {home})"
            );
            source.error(at, message, &hint);
        }
    }

    fn aspect(&mut self, record: &Record<'_>, framework: Option<&Id>) -> Option<Id> {
        let reader = &*self.reader;
        let (aspects, _) = self.memory.words.entry(framework.cloned()).or_default();
        remembered(aspects, record, "aspect", |text| reader::aspect(reader, framework, text))
    }

    fn grade(&mut self, record: &Record<'_>, name: &str, framework: Option<&Id>) -> Option<Rank> {
        let known = self.reader.known(framework)?;
        let (_, grades) = self.memory.words.entry(framework.cloned()).or_default();
        remembered(grades, record, name, |text| crate::load::frameworks::lookup::grade(text, &known.grades))
    }

    /// The classes, and the year groups that are named, else those of the classes.
    fn whom(&mut self, record: &Record<'_>) -> ClassesSeen {
        let written = ["classes", "year_group"].map(|name| record.cell(name).map_or("", |cell| &*cell.text));
        let known = self.memory.whom.get(written[0]).and_then(|years| years.get(written[1]));
        if let Some(known) = known {
            return known.clone();
        }
        let school = self.reader.school;
        let names = self.reader.whom.classes;
        let mut classes: Vec<Id> = record.values("classes", |text| names.find(text));
        let mut years: Vec<YearGroup> =
            record.values("year_group", values::year_groups).into_iter().flatten().collect();
        let whole =
            classes.len() == record.list("classes").len() && years.is_empty() == written[1].is_empty();
        classes.sort();
        classes.dedup();
        let of = || classes.iter().filter_map(|class| school.set_up.classes.get(class));
        let other = of()
            .find(|class| !years.is_empty() && !class.year_groups.iter().any(|year| years.contains(year)));
        if let (Some(class), Some(cell)) = (other, record.cell("year_group")) {
            let own: Vec<String> = class.year_groups.iter().map(ToString::to_string).collect();
            let message = format!("class {} is of another year group ({})", class.id, own.join(", "));
            record.error(&cell.at, message, "leave it empty where a class is named");
            return (classes.into(), years.into());
        }
        if years.is_empty() {
            years.extend(of().flat_map(|class| class.year_groups.iter().copied()));
        }
        years.sort();
        years.dedup();
        let whom: ClassesSeen = (classes.into(), years.into());
        // What is wrong in a cell is shown on every row that has it.
        if whole {
            let years = self.memory.whom.entry(written[0].to_owned()).or_default();
            years.insert(written[1].to_owned(), whom.clone());
        }
        whom
    }

    fn notes(&self, record: &Record<'_>) -> Option<Box<EvidenceNotes>> {
        let visit = record.cell("kind").is_some_and(|cell| {
            crate::load::frameworks::lookup::kind(&cell.text) == Ok(EvidenceKind::Lessons)
        });
        let [strength, concern, next_step] = ["strength", "concern", "next_step"]
            .map(|name| self.reader.note(record, name, visit).unwrap_or_default());
        let notes =
            EvidenceNotes { strength, concern, next_step, link: record.text("link").unwrap_or_default() };
        (notes != EvidenceNotes::default()).then(|| Box::new(notes))
    }

    /// Says what one row cannot say.
    fn sound(&self, record: &Record<'_>, item: &Evidence) {
        let source = record.source;
        let wrong = |name: &str, message: String, hint: &str| {
            let at = record.cell(name).map_or_else(|| record.first_line(), |cell| cell.at.clone());
            source.error(&at, message, hint);
        };
        if item.kind == EvidenceKind::Lessons && item.has_view() {
            let name = ["grade", "moderator_grade", "agreed_grade"]
                .into_iter()
                .find(|name| record.cell(name).is_some())
                .unwrap_or("grade");
            if !item.classes.is_empty() {
                let hint = "describe the visit; give the grade in a row without classes whose `rests_on` names two visits or more";
                wrong(name, "a single lesson carries no grade".to_owned(), hint);
            } else if item.rests_on.iter().collect::<BTreeSet<_>>().len() < 2 {
                let hint = "name the ids of at least two visits in `rests_on`";
                wrong(name, "a grade for lessons rests on at least two visits".to_owned(), hint);
            }
        } else if !item.rests_on.is_empty() {
            let message = "`rests_on` is only for a grade for lessons".to_owned();
            wrong("rests_on", message, "leave it empty, or give the grade that rests on these visits");
        } else if item.kind == EvidenceKind::Lessons && item.classes.len() > 1 {
            wrong("classes", "a visit is to one class".to_owned(), "write a row for each class seen");
        }
        if item.moderator_grade.is_some() && (item.moderator.is_none() || item.by.is_none()) {
            let name = if item.moderator.is_none() { "moderator" } else { "by" };
            let message = format!("`moderator_grade` is there, but `{name}` is not");
            wrong("moderator_grade", message, "both views need whose they are");
        }
        if item.by.is_some() && item.by == item.moderator {
            wrong("moderator", "the moderator is who wrote the row".to_owned(), "name the other person");
        }
        let written = |name: &str| record.cell(name).is_some();
        let views = written("grade") && written("moderator_grade");
        if item.agreed_grade.is_some() && !views && item.sample.is_none() {
            let hint = "write both first views beside it, as they were before talking";
            wrong("agreed_grade", "an agreed grade without the two views it came from".to_owned(), hint);
        }
        if item.agreed_grade.is_none() && !written("grade") && item.moderator_grade.is_some() {
            let message = "`moderator_grade` is there, but `grade` is not".to_owned();
            wrong("moderator_grade", message, "both views are written before talking");
        }
        let speaks =
            self.reader.known(item.framework.as_ref()).and_then(|framework| framework.aspect(&item.aspect));
        if let Some(aspect) = speaks.filter(|aspect| item.has_view() && !aspect.kinds.contains(&item.kind)) {
            let kinds: Vec<&str> = aspect.kinds.iter().map(|kind| kind.word()).collect();
            let message =
                format!("{} cannot speak to `{}`, so this is not counted", item.kind.title(), aspect.id);
            let at = record.cell("kind").map_or_else(|| record.first_line(), |cell| cell.at.clone());
            source.warning(&at, message, &format!("what can: {}", kinds.join(", ")));
        }
    }
}

/// What was looked for next to the aspect, and whether it was seen.
fn tags(record: &Record<'_>) -> Tags {
    if record.cell("tags").is_none() {
        return Tags::default();
    }
    let words = || {
        Tag::WORDS.iter().flat_map(|(tag, seen, unseen, _)| [((*tag, true), *seen), ((*tag, false), *unseen)])
    };
    let read = record.values("tags", |text| values::word(text, "tag", words()));
    let mut tags = Tags::default();
    for (tag, seen) in read {
        if tags.seen(tag).is_some_and(|before| before != seen)
            && let Some(cell) = record.cell("tags")
        {
            let message = format!("{}: seen and not seen at once", tag.title());
            record.error(&cell.at, message, "keep the one that is so");
        }
        tags = tags.with(tag, seen);
    }
    tags
}

/// Brings evidence of an earlier year, from the folder named so, into this one's: its framework is named
/// where it is another.
pub fn brought(earlier: &School, school: &School, from: &str) -> Vec<Evidence> {
    let other =
        (earlier.settings.framework != school.settings.framework).then(|| earlier.settings.framework.clone());
    let mut files: BTreeMap<Arc<str>, Arc<str>> = BTreeMap::new();
    let mut bring = |item: &Evidence| Evidence {
        at: Place {
            file: files
                .entry(item.at.file.clone())
                .or_insert_with(|| format!("{from}/{}", item.at.file).into())
                .clone(),
            ..item.at.clone()
        },
        framework: item.framework.clone().or(other.clone()),
        ..item.clone()
    };
    earlier.year.evidence.iter().map(&mut bring).collect()
}
