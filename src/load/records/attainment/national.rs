//! National figures: those built in, each with its publisher, and the school's own `national.csv`.

use std::sync::OnceLock;

use super::result_codes;
use crate::load::formats::{Record, Source, ValueError, csv, values};
use crate::school::NationalFigure;
use crate::school::layout::{self, ColumnLayout, keys};

/// The percentages that are built in: 2019 and 2022 to 2025, the publisher of each in its row.
const PERCENTAGES: &str = include_str!("national/percentages.csv");

/// The scores that are built in.
const SCORES: &str = include_str!("national/scores.csv");

/// The columns of the tables that are built in.
const BUILT_IN: &[ColumnLayout] = keys! {
    "results_year" required, "key_stage" required, "measure" required, "group" required, "value",
    "value_percent", "status" required, "basis" required, "publisher" required, "title" required,
    "date" required, "url" required, "note",
};

/// The key stages and checks that figures are of.
const KEY_STAGES: &[&str] = &["EYFS", "Y1", "Y2", "KS1", "Y4", "KS2"];

/// The figures that are built in.
pub fn built_in() -> Vec<NationalFigure> {
    static ALL: OnceLock<Vec<NationalFigure>> = OnceLock::new();
    ALL.get_or_init(read_built_in).clone()
}

fn read_built_in() -> Vec<NationalFigure> {
    let mut all = Vec::new();
    for (name, text) in [("percentages", PERCENTAGES), ("scores", SCORES)] {
        let source = Source::new(&format!("built-in/national/{name}.csv"), text.to_owned());
        // What is built in has no errors; a test reads it.
        all.extend(csv::records(&source, BUILT_IN).iter().filter_map(known));
    }
    all
}

fn known(record: &Record<'_>) -> Option<NationalFigure> {
    let text = |name: &str| record.text(name).unwrap_or_default();
    let value = record.text("value_percent").or_else(|| record.text("value"))?;
    Some(NationalFigure {
        results_year: text("results_year").parse().ok()?,
        key_stage: text("key_stage"),
        measure: text("measure"),
        group: text("group"),
        value: value.parse().ok()?,
        status: text("status"),
        unverified: text("basis") == "unverified",
        source: format!("{}, {}", text("publisher"), text("date")),
        own: false,
    })
}

/// Reads the school's own figures.
pub fn read(source: &Source) -> Vec<NationalFigure> {
    let mut all = Vec::new();
    for record in csv::records(source, layout::NATIONAL.columns) {
        for name in ["results_year", "key_stage", "measure", "value"] {
            record.required(name);
        }
        let year = record.read("results_year", |text| values::number(text, 2000..=2100));
        let key_stage = record.read("key_stage", |text| {
            let written = text.trim().to_uppercase();
            KEY_STAGES.iter().find(|known| **known == written).copied().ok_or_else(|| {
                let message = format!("`{}` is no key stage or check", text.trim());
                ValueError::new(message, &format!("write {}", KEY_STAGES.join(", ")))
            })
        });
        let value = record.read("value", |text| result_codes::number(text, 0.0..=150.0));
        let (Some(year), Some(key_stage), Some(measure), Some(value)) =
            (year, key_stage, record.text("measure"), value)
        else {
            continue;
        };
        all.push(NationalFigure {
            results_year: i32::try_from(year).unwrap_or(0),
            key_stage: key_stage.to_owned(),
            measure,
            group: record.text("group").unwrap_or_else(|| "all".to_owned()),
            value,
            status: record.text("status").unwrap_or_else(|| "unknown".to_owned()),
            unverified: false,
            source: record.text("source").unwrap_or_else(|| "the school's own figure".to_owned()),
            own: true,
        });
    }
    all
}
