//! `phase.toml`: the school and its choices.

use std::ops::Range;

use chrono::Datelike;

use crate::load::formats::toml_table::TomlTable;
use crate::load::formats::{Record, RecordCell, Source, ValueError, times, values};
use crate::load::frameworks::library::DEFAULT;
use crate::load::names::Names;
use crate::load::records::set_up::settings::{
    assessing, card, groupings, limits, minutes, places, preferences, privacy, safeguarding, sufficiency,
};
use crate::school::layout;
use crate::school::{
    Hours, Id, JobCard, Period, Phase, ProgrammedSession, RecurringDays, RecurringTime, Settings, Weekdays,
};

/// The key of the periods.
const PERIOD: &str = "period";

/// The file, read but for what needs the names of staff.
pub struct PhaseFile<'s> {
    root: TomlTable<'s>,
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
pub fn read(root: TomlTable<'_>) -> PhaseFile<'_> {
    let top = root.record(layout::PHASE_FILE);
    let school = only(&root, "school").map(|table| table.record(layout::SCHOOL_TABLE));
    if root.tables("phase").is_empty() {
        root.error(
            &root.first(),
            "there is no phase",
            "add one, as [[phase]] or in the sheet Phase: id, name, leader, year_groups, sessions",
        );
    }
    let find = |name: &str| {
        school
            .as_ref()
            .and_then(|school| school.cell(name))
            .or(top.cell(name))
            .cloned()
            .map(RecordCell::into_owned)
    };
    if let Some(cell) = find("format") {
        check_form(&root, &cell);
    }
    let periods = periods(&root);
    let mut phase_leader_card = JobCard::default();
    let mut subject_leader_card = None;
    if let Some(cards) = root.only("job_card") {
        cards.record(layout::JOB_CARDS);
        for table in cards.tables("phase-leader") {
            phase_leader_card = card(table, JobCard::default());
        }
        for table in cards.tables("subject-leader") {
            subject_leader_card = Some(card(table, JobCard::default()));
        }
    }
    let framework = find("framework");
    PhaseFile {
        settings: Settings {
            name: school.as_ref().and_then(|school| school.text("name")).unwrap_or_default(),
            framework: Id::new(framework.as_ref().map_or(DEFAULT, |cell| &cell.text)),
            safeguarding: safeguarding(&root),
            sufficiency: sufficiency(&root),
            groupings: groupings(&root),
            assessing: assessing(&root),
            privacy: privacy(&root),
            limits: limits(&root),
            preferences: preferences(&root),
            minutes: minutes(&root),
            places: places(&root),
            phase_leader_card,
            subject_leader_card,
        },
        previous: find("previous"),
        framework,
        own_periods: !root.tables(PERIOD).is_empty(),
        periods,
        root,
    }
}

/// Refuses files of another form than is read, a newer one by its name.
fn check_form(root: &TomlTable<'_>, cell: &RecordCell<'_>) {
    let form = &cell.text;
    if values::number(form, 2..=1000).is_ok() {
        let message = format!("these files are of form {form}, and this phase reads form 1");
        root.error(&cell.at, message, "install a newer phase");
    } else if form != "1" {
        root.error(
            &cell.at,
            format!("`{form}` is no form of these files"),
            "write format = 1, or leave it out",
        );
    }
}

/// The one table under a name.
fn only<'t, 's>(root: &'t TomlTable<'s>, name: &str) -> Option<&'t TomlTable<'s>> {
    let table = root.only(name);
    if table.is_none() {
        root.error(
            &root.first(),
            format!("there is no [{name}]"),
            "add it, with the school's name: name = \"…\"",
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

fn periods(root: &TomlTable<'_>) -> Vec<Period> {
    let mut periods: Vec<(Period, Range<usize>)> = Vec::new();
    for table in root.tables(PERIOD) {
        let record = table.record(&layout::PERIODS);
        let id = record.id("id");
        let start = record.read("start", times::time);
        let end = record.read("end", times::time);
        let weekdays = record.values("weekdays", times::weekdays);
        let weekdays = weekdays.into_iter().reduce(|a, b| a.and(b)).unwrap_or(Weekdays::ALL);
        let (Some(id), Some(start), Some(end)) = (id, start, end) else { continue };
        let at = record.cell("id").map_or(record.at.clone(), |cell| cell.at.clone());
        if end <= start {
            root.error(
                &at,
                format!("period `{id}` ends before it begins"),
                "write the earlier time in `start`",
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
            root.error(&at, message, "each time of day belongs to one period");
            continue;
        }
        periods.push((Period { id, start, end, weekdays }, at));
    }
    let mut periods: Vec<Period> = periods.into_iter().map(|(period, _)| period).collect();
    periods.sort_by(|a, b| (a.start, a.end, &a.id).cmp(&(b.start, b.end, &b.id)));
    if periods.is_empty() { default_periods() } else { periods }
}

impl PhaseFile<'_> {
    /// The `[[phase]]` tables as records.
    pub fn phase_records(&self) -> Vec<Record<'_>> {
        self.root.records("phase", &layout::PHASE)
    }

    /// What it stands in.
    pub fn source(&self) -> &Source {
        self.root.source
    }

    /// The phases, their leaders known.
    pub fn phases(&self, records: &[Record<'_>], staff: &Names) -> Vec<Phase> {
        let mut phases: Vec<Phase> = Vec::new();
        for record in records {
            let Some(id) = record.id("id") else { continue };
            if phases.iter().any(|phase| phase.id == id) {
                record.error(
                    &record.at,
                    format!("the phase `{id}` is there twice"),
                    "each phase has an id of its own",
                );
                continue;
            }
            let leader = record.read("leader", |text| staff.find(text));
            let year_groups =
                record.values("year_groups", values::year_groups).into_iter().flatten().collect();
            let mut sessions = Vec::new();
            if !record.has("sessions") {
                record.error(
                    &record.first_line(),
                    "`sessions` is missing",
                    "fill it in: the leader's programmed sessions",
                );
            }
            for cell in record.list("sessions") {
                if let Some(times) = record.value(&cell, |text| programmed(text, &self.periods)) {
                    let at = record.source.place(cell.at.start);
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
            (body, Some(times::week_letter(letter)?))
        }
        _ => (text.as_str(), None),
    };
    let Some((day, time)) = body.rsplit_once(' ') else {
        return Err(ValueError::new(format!("`{text}` is no programmed session"), hint));
    };
    let days = match times::weekday(day) {
        Ok(weekday) => RecurringDays::Weekly(weekday),
        Err(_) => match times::date(day) {
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
    let mut hours = times::hours(time, periods)?;
    hours.retain(taught);
    if hours.is_empty() {
        return Err(ValueError::new(
            format!("no period `{time}` is taught on {weekday}"),
            "see the weekdays of the [[period]] tables",
        ));
    }
    Ok(hours.into_iter().map(|hours| RecurringTime { days, hours: Some(hours), week }).collect())
}
