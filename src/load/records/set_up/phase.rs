//! `phase.toml`: the school and its choices.

use std::collections::BTreeMap;
use std::ops::Range;

use chrono::Datelike;

use crate::load::formats::record::{Diagnostics, Record, RecordCell};
use crate::load::formats::source::Source;
use crate::load::formats::toml_table::TomlTable;
use crate::load::formats::values::{self, ValueError};
use crate::load::frameworks::library::DEFAULT;
use crate::load::names::Names;
use crate::load::records::attainment::result_codes;
use crate::school::layout::{self, ColumnLayout};
use crate::school::{
    AssessmentSettings, FullMarks, Grouping, Hours, Id, JobCard, Period, Phase, PlanningLimits, Preference,
    Preferences, PrivacySettings, ProgrammedSession, RecurringDays, RecurringTime, ResultReading,
    Safeguarding, SessionKind, SessionLengths, Settings, Sufficiency, VisitLimit, Weekdays,
};

const ROOT: &[ColumnLayout] = &[ColumnLayout::key("framework"), ColumnLayout::key("previous")];
const TABLES: &[ColumnLayout] = &[
    ColumnLayout::needed("school"),
    ColumnLayout::needed("phase"),
    ColumnLayout::key("period"),
    ColumnLayout::key("job_card"),
    ColumnLayout::key("limits"),
    ColumnLayout::key("preferences"),
    ColumnLayout::key("minutes"),
    ColumnLayout::key("places"),
    ColumnLayout::key("groups"),
    ColumnLayout::key("privacy"),
    ColumnLayout::key("safeguarding"),
    ColumnLayout::key("sufficiency"),
    ColumnLayout::key("assessment"),
    ColumnLayout::key("marks"),
    ColumnLayout::key("codes"),
];
const SCHOOL: &[ColumnLayout] =
    &[ColumnLayout::needed("name"), ColumnLayout::key("framework"), ColumnLayout::key("previous")];
const SAFEGUARDING: &[ColumnLayout] = &[ColumnLayout::key("route"), ColumnLayout::key("phrases")];
const SUFFICIENCY: &[ColumnLayout] = &[
    ColumnLayout::key("kinds"),
    ColumnLayout::key("items"),
    ColumnLayout::key("classes"),
    ColumnLayout::key("weeks"),
    ColumnLayout::key("observers"),
    ColumnLayout::key("half_terms"),
    ColumnLayout::key("reason"),
];
const ASSESSMENT: &[ColumnLayout] = &[ColumnLayout::key("phonics_threshold")];
const MARK: &[ColumnLayout] = &[ColumnLayout::needed("of"), ColumnLayout::key("met")];
const PRIVACY: &[ColumnLayout] =
    &[ColumnLayout::key("hidden_up_to"), ColumnLayout::key("counts_up_to"), ColumnLayout::key("reason")];
const PRIVACY_TABLES: &[ColumnLayout] = &[ColumnLayout::key("keep_until")];
const CARDS: &[ColumnLayout] = &[ColumnLayout::key("phase-leader"), ColumnLayout::key("subject-leader")];
const LIMITS: &[ColumnLayout] = &[
    ColumnLayout::key("visits_per_teacher_per_half_term"),
    ColumnLayout::key("visits_per_teacher_per_year"),
    ColumnLayout::key("releases_per_period"),
];

/// The key of the periods.
const PERIOD: &str = "period";

/// The file, read but for what needs the names of staff.
pub struct PhaseFile<'s> {
    /// The file.
    pub source: &'s Source,
    root: TomlTable,
    /// What the school has chosen.
    pub settings: Settings,
    /// Last year's workspace, and where it is named.
    pub previous: Option<RecordCell<'static>>,
    /// The periods of a day.
    pub periods: Vec<Period>,
    /// Whether they are the school's own.
    pub own_periods: bool,
    /// The framework that the workspace works in, and where it is named.
    pub framework: Option<RecordCell<'static>>,
}

/// Reads the file.
pub fn read<'s>(source: &'s Source, root: TomlTable, faults: &mut Diagnostics) -> PhaseFile<'s> {
    let top = root.record(source, ROOT, TABLES, faults);
    let school = only(&root, source, "school", faults).map(|table| table.record(source, SCHOOL, &[], faults));
    if root.tables("phase").is_empty() {
        let wrong = ValueError::new(
            "there is no phase",
            "add one, as [[phase]] or in the sheet Phase: id, name, leader, year_groups, sessions",
        );
        faults.error(source, &root.first(), wrong);
    }
    let find = |name: &str| {
        school
            .as_ref()
            .and_then(|school| school.cell(name))
            .or(top.cell(name))
            .cloned()
            .map(RecordCell::into_owned)
    };
    let periods = periods(&root, source, faults);
    let mut phase_leader_card = JobCard::default();
    let mut subject_leader_card = None;
    if let Some(cards) = root.only("job_card", source, faults) {
        cards.record(source, &[], CARDS, faults);
        for table in cards.tables("phase-leader") {
            phase_leader_card = card(table, source, JobCard::default(), faults);
        }
        for table in cards.tables("subject-leader") {
            subject_leader_card = Some(card(table, source, JobCard::default(), faults));
        }
    }
    let framework = find("framework");
    PhaseFile {
        settings: Settings {
            name: school.as_ref().and_then(|school| school.text("name")).unwrap_or_default(),
            framework: Id::new(framework.as_ref().map_or(DEFAULT, |cell| &cell.text)),
            safeguarding: safeguarding(&root, source, faults),
            sufficiency: sufficiency(&root, source, faults),
            groupings: groupings(&root, source, faults),
            assessing: assessing(&root, source, faults),
            privacy: privacy(&root, source, faults),
            limits: limits(&root, source, faults),
            preferences: preferences(&root, source, faults),
            minutes: minutes(&root, source, faults),
            places: places(&root, source, faults),
            phase_leader_card,
            subject_leader_card,
        },
        previous: find("previous"),
        framework,
        own_periods: !root.tables(PERIOD).is_empty(),
        periods,
        source,
        root,
    }
}

/// The one table under a name.
fn only<'t>(
    root: &'t TomlTable,
    source: &Source,
    name: &str,
    faults: &mut Diagnostics,
) -> Option<&'t TomlTable> {
    let table = root.only(name, source, faults);
    if table.is_none() {
        faults.error(
            source,
            &root.first(),
            ValueError::new(format!("there is no [{name}]"), "add it, with the school's name: name = \"…\""),
        );
    }
    table
}

/// The periods that hold where the school names none.
pub fn default_periods() -> Vec<Period> {
    let rows = [
        ("am1", (9, 0), (10, 20)),
        ("am2", (10, 40), (12, 0)),
        ("pm1", (13, 0), (13, 45)),
        ("pm2", (13, 45), (14, 30)),
        ("pm3", (14, 30), (15, 15)),
    ];
    let time = |(hour, minute)| chrono::NaiveTime::from_hms_opt(hour, minute, 0).unwrap_or_default();
    rows.into_iter()
        .map(|(id, start, end)| Period {
            id: Id::new(id),
            start: time(start),
            end: time(end),
            weekdays: Weekdays::ALL,
        })
        .collect()
}

fn periods(root: &TomlTable, source: &Source, faults: &mut Diagnostics) -> Vec<Period> {
    let mut periods: Vec<(Period, Range<usize>)> = Vec::new();
    for table in root.tables(PERIOD) {
        let record = table.record(source, layout::PERIODS.columns, &[], faults);
        let id = record.id("id", faults);
        let start = record.read("start", faults, values::time);
        let end = record.read("end", faults, values::time);
        let weekdays = record.values("weekdays", faults, values::weekdays);
        let weekdays = weekdays.into_iter().reduce(|a, b| a.and(b)).unwrap_or(Weekdays::ALL);
        let (Some(id), Some(start), Some(end)) = (id, start, end) else { continue };
        let at = record.cell("id").map_or(record.at.clone(), |cell| cell.at.clone());
        if end <= start {
            faults.error(
                source,
                &at,
                ValueError::new(
                    format!("period `{id}` ends before it begins"),
                    "write the earlier time in `start`",
                ),
            );
            continue;
        }
        if let Some((other, _)) = periods.iter().find(|(other, _)| {
            other.id.as_str().eq_ignore_ascii_case(id.as_str())
                || (Hours { start, end }.overlap(Hours { start: other.start, end: other.end })
                    && weekdays.meets(other.weekdays))
        }) {
            let message = if other.id.as_str().eq_ignore_ascii_case(id.as_str()) {
                format!("the period `{id}` is there twice")
            } else {
                format!("the periods `{id}` and `{}` overlap", other.id)
            };
            faults.error(source, &at, ValueError::new(message, "each time of day belongs to one period"));
            continue;
        }
        periods.push((Period { id, start, end, weekdays }, at));
    }
    let mut periods: Vec<Period> = periods.into_iter().map(|(period, _)| period).collect();
    periods.sort_by(|a, b| (a.start, a.end, &a.id).cmp(&(b.start, b.end, &b.id)));
    if periods.is_empty() { default_periods() } else { periods }
}

fn card(table: &TomlTable, source: &Source, mut card: JobCard, faults: &mut Diagnostics) -> JobCard {
    table.values_only(source, faults);
    let mut named = Vec::new();
    for (key, at, cell) in table.pairs() {
        let count = match values::number(&cell.text, 0..=12) {
            Ok(count) => count,
            Err(wrong) => {
                faults.error(source, &cell.at, wrong);
                continue;
            }
        };
        let kind = values::session_kind(key);
        if named.contains(&kind) {
            let wrong =
                ValueError::new(format!("`{key}` says again how many there are"), "keep one of the two");
            faults.error(source, at, wrong);
        }
        named.push(kind.clone());
        match kind {
            Ok(SessionKind::WorkScrutiny) => card.work = count,
            Ok(SessionKind::RecordsScrutiny) => card.records = count,
            Ok(SessionKind::LessonVisit) => card.lessons = count,
            Ok(SessionKind::Evaluation) if count <= 1 => card.evaluation = count,
            Ok(SessionKind::Scheduling) if count <= 1 => card.scheduling = count,
            Ok(SessionKind::Evaluation | SessionKind::Scheduling) => {
                faults.error(
                    source,
                    &cell.at,
                    ValueError::new(format!("`{key}` is done at most once a half term"), "write 0 or 1"),
                );
            }
            Ok(_) | Err(_) => {
                let hint = "write work-scrutiny, records-scrutiny, lesson-visit, evaluation or scheduling";
                faults.error(source, at, ValueError::new(format!("`{key}` is no task area"), hint));
            }
        }
    }
    card
}

fn limits(root: &TomlTable, source: &Source, faults: &mut Diagnostics) -> PlanningLimits {
    let Some(table) = root.only("limits", source, faults) else { return PlanningLimits::default() };
    let record = table.record(source, LIMITS, &[], faults);
    let mut limit = |name: &str| {
        let most = record.read(name, faults, |text| values::number(text, 0..=1000))?;
        record.cell(name).map(|cell| VisitLimit { most, at: source.place(cell.at.start) })
    };
    PlanningLimits {
        visits_per_half_term: limit("visits_per_teacher_per_half_term"),
        visits_per_year: limit("visits_per_teacher_per_year"),
        releases_per_period: limit("releases_per_period"),
    }
}

/// The keys and values of a table whose keys are the user's own.
fn own_keys<'t>(
    root: &'t TomlTable,
    name: &str,
    source: &Source,
    faults: &mut Diagnostics,
) -> impl Iterator<Item = (&'t str, &'t Range<usize>, &'t RecordCell<'static>)> + use<'t> {
    let table = root.only(name, source, faults);
    if let Some(table) = table {
        table.values_only(source, faults);
        for (key, at, _) in table.pairs().filter(|(key, ..)| ROOT.iter().any(|column| column.name == *key)) {
            let wrong = ValueError::new(
                format!("`{key}` stands in [{name}] here"),
                "move it to the top of the file, above the first [ ]",
            );
            faults.error(source, at, wrong);
        }
    }
    let is_own = |(key, ..): &(&str, &Range<usize>, &RecordCell<'static>)| {
        ROOT.iter().all(|column| column.name != *key)
    };
    table.into_iter().flat_map(TomlTable::pairs).filter(is_own)
}

fn preferences(root: &TomlTable, source: &Source, faults: &mut Diagnostics) -> Preferences {
    let mut set = BTreeMap::new();
    for (key, at, cell) in own_keys(root, "preferences", source, faults) {
        let known = Preference::TABLE.iter().map(|row| (row.0, row.1));
        let preference =
            known.clone().find(|(_, name)| *name == key.replace('-', "_")).map(|(preference, _)| preference);
        match (preference, values::number(&cell.text, 0..=1000)) {
            (None, _) => {
                let hint = match values::nearest(key, known.map(|(_, name)| name)) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => "the README lists them".to_owned(),
                };
                faults.error(
                    source,
                    at,
                    ValueError::new(format!("nobody knows the preference `{key}`"), &hint),
                );
            }
            (_, Err(wrong)) => faults.error(source, &cell.at, wrong),
            (Some(preference), Ok(weight)) => {
                set.insert(preference, weight);
            }
        }
    }
    Preferences { set }
}

fn minutes(root: &TomlTable, source: &Source, faults: &mut Diagnostics) -> SessionLengths {
    let mut set = BTreeMap::new();
    for (key, at, cell) in own_keys(root, "minutes", source, faults) {
        match (values::session_kind(key), values::number(&cell.text, 5..=480)) {
            (Err(wrong), _) => faults.error(source, at, wrong),
            (_, Err(wrong)) => faults.error(source, &cell.at, wrong),
            (Ok(kind), Ok(minutes)) => {
                set.insert(kind, minutes);
            }
        }
    }
    SessionLengths { set }
}

fn sufficiency(root: &TomlTable, source: &Source, faults: &mut Diagnostics) -> Sufficiency {
    let default = Sufficiency::default();
    let Some(table) = root.only("sufficiency", source, faults) else { return default };
    let record = table.record(source, SUFFICIENCY, &[], faults);
    let mut set = |name: &str, least: u32, most: u32| {
        record.read(name, faults, |text| values::number(text, least..=most))
    };
    let sufficiency = Sufficiency {
        kinds: set("kinds", 2, 8).unwrap_or(default.kinds),
        items: set("items", 2, 100).unwrap_or(default.items),
        classes: set("classes", 1, 60),
        weeks: set("weeks", 1, 12).unwrap_or(default.weeks),
        observers: set("observers", 1, 12).unwrap_or(default.observers),
        half_terms: set("half_terms", 1, 6).unwrap_or(default.half_terms),
        reason: record.text("reason"),
    };
    if sufficiency.reason.is_none() {
        let wrong =
            ValueError::new("`reason` is missing", "say why the school asks for more or less evidence");
        faults.error(source, &record.first_line(), wrong);
    }
    sufficiency
}

/// The groupings that every school knows, and those of `[groups]`.
fn groupings(root: &TomlTable, source: &Source, faults: &mut Diagnostics) -> Vec<Grouping> {
    let mut groupings = Grouping::known();
    for (key, at, cell) in own_keys(root, "groups", source, faults) {
        let column = values::folded(key).replace('-', "_");
        let reserved = layout::PUPILS.columns.iter().any(|known| known.name == column);
        if crate::load::records::attainment::pupils::identifies(key) {
            let message = format!("`{key}` tells who pupils are, which is not kept here");
            faults.error(source, at, ValueError::new(message, "keep it in the school's own system"));
        } else if reserved || groupings.iter().any(|known| known.column.as_str() == column) {
            let message = format!("`{key}` is a column of pupils.csv already");
            faults.error(source, at, ValueError::new(message, "leave it out here"));
        } else {
            groupings.push(Grouping::own(&column, &cell.text));
        }
    }
    groupings
}

fn assessing(root: &TomlTable, source: &Source, faults: &mut Diagnostics) -> AssessmentSettings {
    let mut assessing = AssessmentSettings::default();
    if let Some(table) = root.only("assessment", source, faults) {
        let record = table.record(source, ASSESSMENT, &[], faults);
        let threshold =
            record.read("phonics_threshold", faults, |text| result_codes::number(text, 1.0..=40.0));
        assessing.phonics_threshold = threshold;
    }
    if let Some(table) = root.only("marks", source, faults) {
        for entry in &table.entries {
            let crate::load::formats::toml_table::TomlValue::Tables(tables) = &entry.value else {
                let hint = "write [marks.maths] and beneath it of = 40, met = 24";
                faults.error(source, &entry.at, ValueError::new("a mark needs a table of its own", hint));
                continue;
            };
            let id = crate::load::records::attainment::assessments::measured(&entry.key)
                .unwrap_or(Id::from_name(&entry.key));
            for table in tables {
                let record = table.record(source, MARK, &[], faults);
                let of = record.read("of", faults, |text| result_codes::number(text, 1.0..=1000.0));
                let met =
                    record.read("met", faults, |text| result_codes::number(text, 0.0..=of.unwrap_or(1000.0)));
                if let Some(of) = of {
                    assessing.marks.insert(id.clone(), FullMarks { of, met });
                }
            }
        }
    }
    for (key, _, cell) in own_keys(root, "codes", source, faults) {
        let reading = match values::folded(&cell.text).as_str() {
            "met" => ResultReading::Attained { met: Some(true), higher: Some(false), value: None },
            "not-met" => ResultReading::Attained { met: Some(false), higher: Some(false), value: None },
            "not-assessed" => ResultReading::NotAssessed,
            "left" => ResultReading::Left,
            "missing" => ResultReading::Missing,
            _ => {
                let message = format!("`{}` is no way to read a code", cell.text);
                let hint = "write met, not-met, not-assessed, left or missing";
                faults.error(source, &cell.at, ValueError::new(message, hint));
                continue;
            }
        };
        assessing.codes.insert(key.trim().to_uppercase(), reading);
    }
    assessing
}

fn privacy(root: &TomlTable, source: &Source, faults: &mut Diagnostics) -> PrivacySettings {
    let default = PrivacySettings::default();
    let Some(table) = root.only("privacy", source, faults) else { return default };
    let record = table.record(source, PRIVACY, PRIVACY_TABLES, faults);
    let mut set = |name: &str| record.read(name, faults, |text| values::number(text, 0..=100));
    let hidden = set("hidden_up_to");
    let counts = set("counts_up_to");
    let mut privacy = PrivacySettings {
        hidden_up_to: hidden.unwrap_or(default.hidden_up_to),
        counts_up_to: counts.unwrap_or(default.counts_up_to),
        reason: record.text("reason"),
        keep_until: Vec::new(),
    };
    let lower = privacy.hidden_up_to < default.hidden_up_to || privacy.counts_up_to < default.counts_up_to;
    if lower && privacy.reason.is_none() {
        let wrong = ValueError::new("smaller numbers are shown than is usual", "say why, in `reason`");
        faults.error(source, &record.first_line(), wrong);
    }
    if privacy.counts_up_to < privacy.hidden_up_to {
        privacy.counts_up_to = privacy.hidden_up_to;
    }
    for table in table.tables("keep_until") {
        for (key, at, cell) in table.pairs() {
            match (values::year_group(key), values::date(&cell.text)) {
                (Ok(year), Ok(date)) => {
                    privacy.keep_until.push((year, date, source.place(cell.at.start)));
                }
                (Err(wrong), _) => faults.error(source, at, wrong),
                (_, Err(wrong)) => faults.error(source, &cell.at, wrong),
            }
        }
    }
    privacy
}

fn safeguarding(root: &TomlTable, source: &Source, faults: &mut Diagnostics) -> Safeguarding {
    let Some(table) = root.only("safeguarding", source, faults) else { return Safeguarding::default() };
    let record = table.record(source, SAFEGUARDING, &[], faults);
    let lines = |key: &str| record.all(key).map(|cell| cell.text.to_string()).collect();
    Safeguarding { route: lines("route"), phrases: lines("phrases") }
}

fn places(root: &TomlTable, source: &Source, faults: &mut Diagnostics) -> BTreeMap<String, u32> {
    let mut places = BTreeMap::new();
    for (key, _, cell) in own_keys(root, "places", source, faults) {
        match values::number(&cell.text, 1..=100) {
            Ok(most) => {
                places.insert(key.trim().to_lowercase(), most);
            }
            Err(wrong) => faults.error(source, &cell.at, wrong),
        }
    }
    places
}

impl PhaseFile<'_> {
    /// The `[[phase]]` tables as records.
    pub fn phase_records(&self, faults: &mut Diagnostics) -> Vec<Record<'_>> {
        self.root
            .tables("phase")
            .iter()
            .map(|table| table.record(self.source, layout::PHASE.columns, &[], faults))
            .collect()
    }

    /// The phases, their leaders known.
    pub fn phases(&self, records: &[Record<'_>], staff: &Names, faults: &mut Diagnostics) -> Vec<Phase> {
        let mut phases: Vec<Phase> = Vec::new();
        for record in records {
            let Some(id) = record.id("id", faults) else { continue };
            if phases.iter().any(|phase| phase.id == id) {
                faults.error(
                    self.source,
                    &record.at,
                    ValueError::new(
                        format!("the phase `{id}` is there twice"),
                        "each phase has an id of its own",
                    ),
                );
                continue;
            }
            let leader = record.read("leader", faults, |text| staff.find(text));
            let year_groups =
                record.values("year_groups", faults, values::year_groups).into_iter().flatten().collect();
            let mut sessions = Vec::new();
            if !record.has("sessions") {
                let wrong =
                    ValueError::new("`sessions` is missing", "fill it in: the leader's programmed sessions");
                faults.error(self.source, &record.first_line(), wrong);
            }
            for cell in record.list("sessions") {
                if let Some(times) = record.value(&cell, faults, |text| programmed(text, &self.periods)) {
                    let at = self.source.place(cell.at.start);
                    sessions.extend(times.into_iter().map(|when| ProgrammedSession { when, at: at.clone() }));
                }
            }
            if let Some(leader) = leader {
                let name = record.text("name").unwrap_or_default();
                phases.push(Phase { id, name, leader, year_groups, sessions, at: record.place() });
            }
        }
        phases
    }
}

/// Programmed sessions as written: `Thu p4`, `Thu 13:15-14:15 A`, `2027-03-02 p4`, `Thu pm`.
///
/// # Errors
/// Where it is none, or names no period.
pub fn programmed(text: &str, periods: &[Period]) -> Result<Vec<RecurringTime>, ValueError> {
    let period = periods.last().map_or("p1", |period| period.id.as_str());
    let hint = &format!("write a day and when, such as Thu {period}, Thu pm or Thu 13:15-14:15");
    let text = text.trim().replace(" - ", "-").replace(" to ", "-");
    let (body, week) = match text.rsplit_once(' ') {
        Some((body, letter)) if matches!(letter, "A" | "B" | "a" | "b") => {
            (body, Some(values::week_letter(letter)?))
        }
        _ => (text.as_str(), None),
    };
    let Some((day, time)) = body.rsplit_once(' ') else {
        return Err(ValueError::new(format!("`{text}` is no programmed session"), hint));
    };
    let days = match values::weekday(day) {
        Ok(weekday) => RecurringDays::Weekly(weekday),
        Err(_) => match values::date(day) {
            Ok(date) => RecurringDays::Dates(date, date),
            Err(_) => return Err(ValueError::new(format!("`{day}` is neither a weekday nor a date"), hint)),
        },
    };
    if let RecurringDays::Weekly(weekday @ (chrono::Weekday::Sat | chrono::Weekday::Sun)) = days {
        return Err(ValueError::new(format!("{weekday} is no school day"), hint));
    }
    let weekday = match days {
        RecurringDays::Weekly(weekday) => weekday,
        RecurringDays::Dates(date, _) => date.weekday(),
    };
    let taught = |hours: &Hours| {
        let mut alike =
            periods.iter().filter(|period| period.start == hours.start && period.end == hours.end).peekable();
        alike.peek().is_none() || alike.any(|period| period.weekdays.contains(weekday))
    };
    let mut hours = values::hours(time, periods)?;
    hours.retain(taught);
    if hours.is_empty() {
        return Err(ValueError::new(
            format!("no period `{time}` is taught on {weekday}"),
            "see the weekdays of the [[period]] tables",
        ));
    }
    Ok(hours.into_iter().map(|hours| RecurringTime { days, hours: Some(hours), week }).collect())
}
