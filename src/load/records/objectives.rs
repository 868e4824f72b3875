//! `objectives.toml`: what a leader is to reach, each criterion shown in exactly one way.

use std::ops::Range;

use super::attainment::assessments;
use super::attainment::pupils::group;
use super::proof::shown_by;
use super::reader::{self, YearReader};
use crate::load::formats::toml_table::TomlTable;
use crate::load::formats::{Folder, Record, Source, ValueError, times, values};
use crate::school::layout;
use crate::school::{
    Aim, Criterion, CriterionTest, DataPoint, Group, Id, Measure, MeasuredAim, MeasuredThing,
    MonitoringMethod, Objective, Proof, ProofSource, RecordsNeeded, Tag,
};

/// The ways in which a criterion may be shown.
const WAYS: &[&str] = &["milestone", "measure", "evidence"];

/// Reads the objectives, in the order of the file.
pub fn read(source: &Source, folder: &Folder, reader: &mut YearReader<'_>) -> Vec<Objective> {
    let root = crate::load::formats::toml::read(source);
    root.record(layout::OBJECTIVES_FILE);
    let mut objectives: Vec<Objective> = Vec::new();
    for table in root.tables("objective") {
        let Some(objective) = (ObjectivesReader { source, folder, reader }).objective(table) else {
            continue;
        };
        if let Some(twin) = objectives.iter().find(|other| other.id == objective.id) {
            let message = format!("the id `{}` is there twice ({})", objective.id, twin.at);
            source.error(&table.first(), message, "give each objective an id of its own");
        }
        objectives.push(objective);
    }
    objectives
}

/// One file being read.
struct ObjectivesReader<'r, 's, 'f> {
    source: &'f Source,
    folder: &'f Folder,
    reader: &'r mut YearReader<'s>,
}

impl<'f> ObjectivesReader<'_, '_, 'f> {
    fn objective(&mut self, table: &TomlTable<'_>) -> Option<Objective> {
        let record = table.record(layout::OBJECTIVE);
        let (whom, school) = (self.reader.whom, self.reader.school);
        let id = record.id("id");
        let [title, agreed_progress] =
            ["title", "agreed_progress"].map(|name| self.reader.note(&record, name, false));
        let [owner, line_manager] =
            ["owner", "line_manager"].map(|name| record.read(name, |text| whom.staff.find(text)));
        let [opened, due] = ["opened", "due"].map(|name| record.read(name, times::date));
        let opened = opened.unwrap_or_else(|| {
            school
                .set_up
                .calendar
                .half_terms
                .first()
                .map_or(school.set_up.calendar.academic_year.first_day(), |first| first.from)
        });
        if let (Some(due), Some(cell)) = (due, record.cell("due"))
            && due < opened
        {
            let message = "the objective is due before it was opened".to_owned();
            self.source.error(&cell.at, message, "one of the two days is wrong");
        }
        let read = |table: &TomlTable<'_>, this: &mut Self| this.criterion(table, opened);
        let criteria: Vec<Criterion> =
            table.tables("criterion").iter().filter_map(|table| read(table, self)).collect();
        let monitoring =
            table.tables("monitoring").iter().filter_map(|table| self.monitoring(table)).collect();
        if table.tables("criterion").is_empty() {
            self.source.error(
                &record.first_line(),
                "the objective has no criterion",
                "add one, as [[objective.criterion]]: text, and a milestone, a measure or evidence",
            );
        }
        let aims = self.reader.notes(&record, "aims");
        let leader = school.set_up.phases.first().map(|phase| phase.leader.clone());
        if !record.may_be_kept {
            return None;
        }
        Some(Objective {
            id: id?,
            title: title?,
            owner: owner.or(leader)?,
            line_manager,
            opened,
            due: due?,
            agreed_progress,
            aims,
            criteria,
            monitoring,
            at: record.place(),
        })
    }

    fn criterion(&mut self, table: &TomlTable<'_>, opened: chrono::NaiveDate) -> Option<Criterion> {
        let record = table.record(layout::CRITERION);
        let text = self.reader.note(&record, "text", false);
        let by = record.read("by", times::date);
        if let (Some(by), Some(cell)) = (by, record.cell("by"))
            && by < opened
        {
            let message = "`by` lies before the objective was opened".to_owned();
            self.source.error(&cell.at, message, "one of the two days is wrong");
        }
        let ways: Vec<&str> = WAYS.iter().copied().filter(|way| record.has(way)).collect();
        let test = match ways.as_slice() {
            ["milestone"] => {
                self.only(&record, "milestone", &[]);
                Some(CriterionTest::Milestone(self.milestone(&record, opened)))
            }
            ["measure"] => self.measure(&record).map(|measured| CriterionTest::Measure(Box::new(measured))),
            ["evidence"] => self.wanted(&record).map(CriterionTest::Evidence),
            [] => {
                let message = "nothing tells whether this criterion is met";
                let hint = "add one of milestone = \"\", measure = \"…\" or evidence = 2";
                self.source.error(&record.first_line(), message, hint);
                None
            }
            several => {
                let message =
                    format!("a criterion is told in one way, and here are {}", several.join(" and "));
                let hint = "keep one, and make another criterion of the rest";
                self.source.error(&record.first_line(), message, hint);
                None
            }
        };
        if !record.may_be_kept {
            return None;
        }
        Some(Criterion { text: text?, by, test: test?, at: record.place() })
    }

    /// The day on which a milestone was reached; none where it was not yet.
    fn milestone(&mut self, record: &Record<'_>, opened: chrono::NaiveDate) -> Option<chrono::NaiveDate> {
        let date = record.read("milestone", times::date)?;
        let cell = record.cell("milestone")?;
        let wrong = if date > self.reader.today {
            ValueError::new(
                "`milestone` is the day on which it was done, and this one is to come",
                "leave it \"\" until then; by when it should be done is `by`",
            )
        } else if date < opened {
            ValueError::new(
                "the milestone lies before the objective was opened",
                "one of the two days is wrong",
            )
        } else {
            return Some(date);
        };
        self.source.refuse(&cell.at, wrong);
        None
    }

    fn wanted(&mut self, record: &Record<'_>) -> Option<RecordsNeeded> {
        self.only(record, "evidence", &["kinds", "subject", "aspect"]);
        let number = record.read("evidence", |text| values::number(text, 1..=1000));
        let kinds = self.kinds(record, "kinds");
        if record.cell("kinds").is_none() {
            let wrong = ValueError::new(
                "`evidence` needs `kinds`",
                "say which, as in kinds = [\"books\", \"meeting\"]",
            );
            let at = record.cell("evidence").map_or_else(|| record.first_line(), |cell| cell.at.clone());
            self.source.refuse(&at, wrong);
        }
        let subject = self.subject(record);
        let aspect = self.aspect(record);
        if let Some(cell) =
            record.cell("aspect").filter(|_| kinds.iter().all(|kind| kind.of != ProofSource::Evidence))
        {
            self.source.error(
                &cell.at,
                "only pieces of evidence are of an aspect",
                "leave it out, or name a kind of evidence",
            );
        }
        (!kinds.is_empty()).then_some(())?;
        Some(RecordsNeeded { number: number?, kinds, subject, aspect })
    }

    fn monitoring(&mut self, table: &TomlTable<'_>) -> Option<MonitoringMethod> {
        let record = table.record(layout::MONITORING);
        let text = self.reader.note(&record, "text", false);
        let kinds = self.kinds(&record, "shown_by");
        let (link, linked) = linked(&record, self.folder);
        if link.is_none() && record.cell("shown_by").is_none() {
            self.source.error(&record.first_line(), "nothing shows this", "add `shown_by`, `link`, or both");
        }
        if !record.may_be_kept {
            return None;
        }
        Some(MonitoringMethod { text: text?, kinds, link, linked, at: record.place() })
    }

    fn kinds(&mut self, record: &Record<'_>, name: &str) -> Vec<Proof> {
        let mut kinds = record.values(name, shown_by);
        kinds.sort();
        kinds.dedup();
        kinds
    }

    fn subject(&mut self, record: &Record<'_>) -> Option<Id> {
        let whom = self.reader.whom;
        record.read("subject", |text| whom.subjects.find(text))
    }

    fn aspect(&mut self, record: &Record<'_>) -> Option<Id> {
        let reader = &*self.reader;
        record.read("aspect", |text| reader::aspect(reader, None, text))
    }

    /// Reports keys that say nothing to the way in which a criterion is shown.
    fn only(&mut self, record: &Record<'_>, way: &str, keys: &[&str]) {
        let stray: Vec<(&str, Range<usize>)> = record
            .cells
            .iter()
            .map(|(column, cell)| (column.name, cell))
            .filter(|(name, cell)| {
                !cell.text.is_empty()
                    && *name != way
                    && !["text", "by"].contains(name)
                    && !keys.contains(name)
            })
            .map(|(name, cell)| (name, cell.at.clone()))
            .collect();
        for (name, at) in stray {
            let hint = match keys {
                [] => "leave it out".to_owned(),
                keys => format!("it takes {}", keys.join(", ")),
            };
            let says = format!("`{name}` says nothing to `{way}`");
            self.source.error(&at, says, &hint);
        }
    }

    fn measure(&mut self, record: &Record<'_>) -> Option<MeasuredAim> {
        let words = MeasuredThing::WORDS.iter().map(|(word, _)| (*word, *word));
        let word = record.read("measure", |text| values::word(text, "measure", words))?;
        let keys: &[&str] = match word {
            "expected" | "higher" | "on-track" | "gap" => {
                &["from", "to", "since", "subject", "group", "year_group"]
            }
            "target-used" | "adapted" | "agreement" => &["from", "to", "subject"],
            "at-grade" => &["from", "to", "subject", "aspect", "grade"],
            "count" => &["from", "to", "subject", "kinds"],
            _ => &["from", "to"],
        };
        self.only(record, "measure", keys);
        let what = self.what(record, word);
        let school = self.reader.school;
        let since: Option<DataPoint> = record
            .read("since", |text| assessments::point(text, &school.set_up.calendar).map(|(point, _)| point));
        let range = || match word {
            "gap" => -100.0..=100.0,
            "count" => 0.0..=100_000.0,
            "confidence" => 1.0..=10.0,
            _ => 0.0..=100.0,
        };
        let from = record.read("from", |text| values::decimal(text, range()));
        let tracked = matches!(word, "expected" | "higher" | "on-track");
        let to = record.read("to", |text| match values::folded(text).as_str() {
            "maintained" if tracked => Ok(Aim::Maintained),
            _ => values::decimal(text, range()).map(Aim::Number).map_err(|wrong| match tracked {
                true => ValueError { hint: format!("{}, or maintained", wrong.hint), ..wrong },
                false => wrong,
            }),
        });
        if record.cell("to").is_none() {
            let at = record.cell("measure").map_or_else(|| record.first_line(), |cell| cell.at.clone());
            self.source.error(&at, "`to` is missing", "say where the measure is to come");
        }
        Some(MeasuredAim { what: what?, from, to: to?, since })
    }

    fn what(&mut self, record: &Record<'_>, word: &'static str) -> Option<MeasuredThing> {
        let school = self.reader.school;
        match word {
            "expected" | "higher" | "on-track" | "gap" => {
                self.needs(record, "subject", "what is assessed, as in subject = \"reading\"");
                let subject = record.read("subject", |text| assessments::subject(text, school));
                let group = record.read("group", |text| group(text, &school.settings.groupings));
                let year_group = record.read("year_group", values::year_group);
                if word == "gap" {
                    self.needs(record, "group", "the group, as in group = \"disadvantaged=yes\"");
                    let group = group.filter(|group| *group != Group::All)?;
                    return Some(MeasuredThing::Gap { subject: subject?, group, year_group });
                }
                let measure = Measure::from_word(word)?;
                if record.cell("group").is_some() {
                    group.as_ref()?;
                }
                Some(MeasuredThing::Share {
                    subject: subject?,
                    measure,
                    group: group.unwrap_or_default(),
                    year_group,
                })
            }
            "target-used" => {
                Some(MeasuredThing::Tagged { tag: Tag::TargetUsed, subject: self.subject(record) })
            }
            "adapted" => Some(MeasuredThing::Tagged { tag: Tag::Adapted, subject: self.subject(record) }),
            "at-grade" => {
                self.needs(record, "aspect", "an aspect of the framework");
                let (subject, aspect) = (self.subject(record), self.aspect(record));
                let grades =
                    self.reader.known(None).map(|framework| framework.grades.clone()).unwrap_or_default();
                let grade =
                    record.read("grade", |text| crate::load::frameworks::lookup::grade(text, &grades));
                Some(MeasuredThing::AtGrade { aspect: aspect?, grade, subject })
            }
            "agreement" => Some(MeasuredThing::Agreement { subject: self.subject(record) }),
            "sessions-held" => Some(MeasuredThing::SessionsHeld),
            "count" => {
                self.needs(record, "kinds", "which records, as in kinds = [\"meeting\"]");
                let kinds = self.kinds(record, "kinds");
                (!kinds.is_empty()).then(|| MeasuredThing::Count { kinds, subject: self.subject(record) })
            }
            _ => Some(MeasuredThing::Confidence),
        }
    }

    /// Reports a key that a measure cannot do without.
    fn needs(&mut self, record: &Record<'_>, name: &str, hint: &str) {
        if record.cell(name).is_none() {
            let at = record.cell("measure").map_or_else(|| record.first_line(), |cell| cell.at.clone());
            self.source.error(&at, format!("this measure needs `{name}`"), hint);
        }
    }
}

/// The link of a record, and whether what it names is there; a warning where it is not.
pub fn linked(record: &Record<'_>, folder: &Folder) -> (Option<String>, Option<bool>) {
    let Some(cell) = record.cell("link") else { return (None, None) };
    let there = folder.has(&cell.text);
    if there == Some(false) {
        let message = format!("there is no file `{}`", cell.text);
        let hint = "name it from this folder, as in minutes/2026-10-05.docx; or put it there";
        record.warning(&cell.at, message, hint);
    }
    (Some(cell.text.to_string()), there)
}
