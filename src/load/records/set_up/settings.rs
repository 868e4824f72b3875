//! The settings in `phase.toml`: how the school plans, judges and keeps records private.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::load::formats::toml_table::TomlTable;
use crate::load::formats::{RecordCell, times, values};
use crate::load::records::attainment::result_codes;
use crate::school::{
    AssessmentSettings, FullMarks, Grouping, Id, JobCard, PlanningLimits, Preference, Preferences,
    PrivacySettings, ResultReading, Safeguarding, SessionKind, SessionLengths, Sufficiency, VisitLimit,
    layout,
};

pub(crate) fn card(table: &TomlTable<'_>, mut card: JobCard) -> JobCard {
    table.values_only();
    let mut named = Vec::new();
    for (key, at, cell) in table.pairs() {
        let count = match values::number(&cell.text, 0..=12) {
            Ok(count) => count,
            Err(wrong) => {
                table.source.refuse(&cell.at, wrong);
                continue;
            }
        };
        let kind = values::session_kind(key);
        if named.contains(&kind) {
            table.error(at, format!("`{key}` says again how many there are"), "keep one of the two");
        }
        named.push(kind.clone());
        match kind {
            Ok(SessionKind::WorkScrutiny) => card.work = count,
            Ok(SessionKind::RecordsScrutiny) => card.records = count,
            Ok(SessionKind::LessonVisit) => card.lessons = count,
            Ok(SessionKind::Evaluation) if count <= 1 => card.evaluation = count,
            Ok(SessionKind::Scheduling) if count <= 1 => card.scheduling = count,
            Ok(SessionKind::Evaluation | SessionKind::Scheduling) => {
                table.error(&cell.at, format!("`{key}` is done at most once a half term"), "write 0 or 1");
            }
            Ok(_) | Err(_) => {
                let hint = "write work-scrutiny, records-scrutiny, lesson-visit, evaluation or scheduling";
                table.error(at, format!("`{key}` is no task area"), hint);
            }
        }
    }
    card
}

pub(crate) fn limits(root: &TomlTable<'_>) -> PlanningLimits {
    let Some(table) = root.only("limits") else { return PlanningLimits::default() };
    let record = table.record(layout::LIMITS);
    let limit = |name: &str| {
        let most = record.read(name, |text| values::number(text, 0..=1000))?;
        record.cell(name).map(|cell| VisitLimit { most, at: root.source.place(cell.at.start) })
    };
    PlanningLimits {
        visits_per_half_term: limit("visits_per_teacher_per_half_term"),
        visits_per_year: limit("visits_per_teacher_per_year"),
        releases_per_period: limit("releases_per_period"),
    }
}

/// The keys and values of a table whose keys are the user's own.
pub(crate) fn own_keys<'t>(
    root: &'t TomlTable<'_>,
    name: &str,
) -> impl Iterator<Item = (&'t str, &'t Range<usize>, &'t RecordCell<'static>)> + use<'t> {
    let table = root.only(name);
    if let Some(table) = table {
        table.values_only();
        for (key, at, _) in
            table.pairs().filter(|(key, ..)| layout::PHASE_ROOT.iter().any(|column| column.name == *key))
        {
            root.error(
                at,
                format!("`{key}` stands in [{name}] here"),
                "move it to the top of the file, above the first [ ]",
            );
        }
    }
    let is_own = |(key, ..): &(&str, &Range<usize>, &RecordCell<'static>)| {
        layout::PHASE_ROOT.iter().all(|column| column.name != *key)
    };
    table.into_iter().flat_map(TomlTable::pairs).filter(is_own)
}

pub(crate) fn preferences(root: &TomlTable<'_>) -> Preferences {
    let mut set = BTreeMap::new();
    for (key, at, cell) in own_keys(root, "preferences") {
        let known = Preference::TABLE.iter().map(|row| (row.0, row.1));
        let preference =
            known.clone().find(|(_, name)| *name == key.replace('-', "_")).map(|(preference, _)| preference);
        match (preference, values::number(&cell.text, 0..=1000)) {
            (None, _) => {
                let hint = match values::nearest(key, known.map(|(_, name)| name)) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => "the README lists them".to_owned(),
                };
                root.error(at, format!("nobody knows the preference `{key}`"), &hint);
            }
            (_, Err(wrong)) => root.source.refuse(&cell.at, wrong),
            (Some(preference), Ok(weight)) => {
                set.insert(preference, weight);
            }
        }
    }
    Preferences { set }
}

pub(crate) fn minutes(root: &TomlTable<'_>) -> SessionLengths {
    let mut set = BTreeMap::new();
    for (key, at, cell) in own_keys(root, "minutes") {
        match (values::session_kind(key), values::number(&cell.text, 5..=480)) {
            (Err(wrong), _) => root.source.refuse(at, wrong),
            (_, Err(wrong)) => root.source.refuse(&cell.at, wrong),
            (Ok(kind), Ok(minutes)) => {
                set.insert(kind, minutes);
            }
        }
    }
    SessionLengths { set }
}

pub(crate) fn sufficiency(root: &TomlTable<'_>) -> Sufficiency {
    let default = Sufficiency::default();
    let Some(table) = root.only("sufficiency") else { return default };
    let record = table.record(layout::SUFFICIENCY);
    let set =
        |name: &str, least: u32, most: u32| record.read(name, |text| values::number(text, least..=most));
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
        root.error(
            &record.first_line(),
            "`reason` is missing",
            "say why the school asks for more or less evidence",
        );
    }
    sufficiency
}

/// The groupings that every school knows, and those of `[groups]`.
pub(crate) fn groupings(root: &TomlTable<'_>) -> Vec<Grouping> {
    let mut groupings = Grouping::known();
    for (key, at, cell) in own_keys(root, "groups") {
        let column = values::folded(key).replace('-', "_");
        let reserved = layout::PUPILS.columns.iter().any(|known| known.name == column);
        if crate::load::records::attainment::pupils::identifies(key) {
            let message = format!("`{key}` tells who pupils are, which is not kept here");
            root.error(at, message, "keep it in the school's own system");
        } else if reserved || groupings.iter().any(|known| known.column.as_str() == column) {
            let message = format!("`{key}` is a column of pupils.csv already");
            root.error(at, message, "leave it out here");
        } else {
            groupings.push(Grouping::own(&column, &cell.text));
        }
    }
    groupings
}

pub(crate) fn assessing(root: &TomlTable<'_>) -> AssessmentSettings {
    let mut assessing = AssessmentSettings::default();
    if let Some(table) = root.only("assessment") {
        let record = table.record(layout::ASSESSMENT);
        let threshold = record.read("phonics_threshold", |text| result_codes::number(text, 1.0..=40.0));
        assessing.phonics_threshold = threshold;
    }
    if let Some(table) = root.only("marks") {
        for entry in &table.entries {
            let crate::load::formats::toml_table::TomlValue::Tables(tables) = &entry.value else {
                let hint = "write [marks.maths] and beneath it of = 40, met = 24";
                root.error(&entry.at, "a mark needs a table of its own", hint);
                continue;
            };
            let id = crate::load::records::attainment::assessments::measured(&entry.key)
                .unwrap_or(Id::from_name(&entry.key));
            for table in tables {
                let record = table.record(layout::MARK);
                let of = record.read("of", |text| result_codes::number(text, 1.0..=1000.0));
                let met = record.read("met", |text| result_codes::number(text, 0.0..=of.unwrap_or(1000.0)));
                if let Some(of) = of {
                    assessing.marks.insert(id.clone(), FullMarks { of, met });
                }
            }
        }
    }
    for (key, _, cell) in own_keys(root, "codes") {
        let reading = match values::folded(&cell.text).as_str() {
            "met" => ResultReading::Attained { met: Some(true), higher: Some(false), value: None },
            "not-met" => ResultReading::Attained { met: Some(false), higher: Some(false), value: None },
            "not-assessed" => ResultReading::NotAssessed,
            "left" => ResultReading::Left,
            "missing" => ResultReading::Missing,
            _ => {
                let message = format!("`{}` is no way to read a code", cell.text);
                let hint = "write met, not-met, not-assessed, left or missing";
                root.error(&cell.at, message, hint);
                continue;
            }
        };
        assessing.codes.insert(key.trim().to_uppercase(), reading);
    }
    assessing
}

pub(crate) fn privacy(root: &TomlTable<'_>) -> PrivacySettings {
    let default = PrivacySettings::default();
    let Some(table) = root.only("privacy") else { return default };
    let record = table.record(layout::PRIVACY);
    let set = |name: &str| record.read(name, |text| values::number(text, 0..=100));
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
        root.error(&record.first_line(), "smaller numbers are shown than is usual", "say why, in `reason`");
    }
    if privacy.counts_up_to < privacy.hidden_up_to {
        privacy.counts_up_to = privacy.hidden_up_to;
    }
    for table in table.tables("keep_until") {
        for (key, at, cell) in table.pairs() {
            match (values::year_group(key), times::date(&cell.text)) {
                (Ok(year), Ok(date)) => {
                    privacy.keep_until.push((year, date, root.source.place(cell.at.start)));
                }
                (Err(wrong), _) => root.source.refuse(at, wrong),
                (_, Err(wrong)) => root.source.refuse(&cell.at, wrong),
            }
        }
    }
    privacy
}

pub(crate) fn safeguarding(root: &TomlTable<'_>) -> Safeguarding {
    let Some(table) = root.only("safeguarding") else { return Safeguarding::default() };
    let record = table.record(layout::SAFEGUARDING);
    let lines = |key: &str| record.all(key).map(|cell| cell.text.to_string()).collect();
    Safeguarding { route: lines("route"), phrases: lines("phrases") }
}

pub(crate) fn places(root: &TomlTable<'_>) -> BTreeMap<String, u32> {
    let mut places = BTreeMap::new();
    for (key, _, cell) in own_keys(root, "places") {
        match values::number(&cell.text, 1..=100) {
            Ok(most) => {
                places.insert(key.trim().to_lowercase(), most);
            }
            Err(wrong) => root.source.refuse(&cell.at, wrong),
        }
    }
    places
}
