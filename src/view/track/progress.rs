//! Trends and progress in words: each year next to the pool, and what is historic called so.

use super::trajectory::{percent, whose};
use crate::document::{Block, Cell, Column, Document, Table, whole};
use crate::school::{Measure, School};
use crate::track::progress::{PastYears, ProgressFromStart, Trend, TrendYear, ValueAdded};
use crate::view::face;

/// The answer as a document.
pub fn document(school: &School, answer: &PastYears) -> Document {
    let phase = school.phase_name(&answer.phase);
    let mut blocks: Vec<Block> = Vec::new();
    if answer.trends.is_empty() {
        let says = "No subject has results of two years or more: `previous` in phase.toml names last year's workspace.";
        blocks.push(Block::Paragraph(says.to_owned()));
    } else {
        blocks.push(Block::Heading("Year by year, and pooled".to_owned()));
        blocks
            .push(Block::Table(trends(school, &answer.trends, phase).read_as(
                "a column a year; pooled are all years together, since one cohort alone is small.",
            )));
        let says = "Pooled: pupils of all years together, never the mean of percentages. Each year is of other pupils.";
        blocks.push(Block::Paragraph(says.to_owned()));
    }
    if !answer.progress.is_empty() {
        blocks.push(Block::Heading("Progress by what pupils started from".to_owned()));
        blocks.push(Block::Table(
            progress(school, &answer.progress)
                .read_as("a row what pupils started from, and how many of them are now at the standard."),
        ));
        let says = "Scores less what is reached nationally from the same start, by starts.csv; the interval is 1.96 times the national spread over the root of the number of pupils. No such scores are published for 2023/24 and 2024/25.";
        blocks.push(Block::Paragraph(says.to_owned()));
    }
    if let Some(added) = &answer.value_added {
        blocks.push(Block::Heading("Value added, Key Stage 1 to 2 (historic)".to_owned()));
        blocks.push(Block::Paragraph(value_added(added)));
    }
    Document {
        face: face(&answer.audience),
        ..Document::new(
            format!("{phase}: trends and progress"),
            blocks,
            trends(school, &answer.trends, phase),
            answer.made_on,
        )
    }
}

fn trends(school: &School, trends: &[Trend], phase: &str) -> Table {
    let mut rows = Vec::new();
    for trend in trends {
        for (index, year) in trend.years.iter().chain([&trend.pooled]).enumerate() {
            let measure = if trend.measure == Measure::Higher { ", higher" } else { "" };
            let name = format!(
                "{}{measure}, {}, {}",
                school.measured_name(&trend.subject),
                whose(Some(&trend.year_group), phase),
                trend.point
            );
            rows.push(row(if index == 0 { &name } else { " " }, year));
        }
    }
    let columns = vec![
        Column::text("subject"),
        Column::text("year"),
        Column::text("at the standard"),
        Column::text("interval"),
        Column::text("national"),
    ];
    Table::new(columns, rows)
}

fn row(name: &str, year: &TrendYear) -> Vec<Cell> {
    let counts = match (year.at_standard, year.n, year.percent) {
        (Some(x), Some(n), Some(share)) => format!("{} ({x} of {n})", percent(share)),
        (_, Some(n), _) => format!("c of {n}"),
        _ => "c".to_owned(),
    };
    let interval =
        year.interval.map_or_else(String::new, |[low, high]| format!("{} to {}", whole(low), whole(high)));
    let national = year.national.as_ref().map_or_else(String::new, |figure| {
        let values: Vec<String> = figure.values.iter().map(|value| format!("{value}%")).collect();
        format!("{} ({})", values.join(" or "), figure.status)
    });
    vec![
        name.into(),
        year.academic_year.as_deref().unwrap_or("pooled").into(),
        counts.into(),
        interval.into(),
        national.into(),
    ]
}

fn progress(school: &School, progress: &[ProgressFromStart]) -> Table {
    let row = |one: &ProgressFromStart| {
        let interval =
            one.interval.map_or_else(String::new, |[low, high]| format!("{low:+.1} to {high:+.1}"));
        vec![
            school.measured_name(&one.subject).into(),
            one.start.as_deref().unwrap_or("all").into(),
            one.n.map_or_else(|| "c".into(), |n| Cell::Number(i64::from(n))),
            one.score.map_or_else(String::new, |score| format!("{score:+.1}")).into(),
            interval.into(),
            one.flag.map_or("c", |flag| flag.word()).into(),
        ]
    };
    let columns = vec![
        Column::text("subject"),
        Column::text("start"),
        Column::number("n"),
        Column::number("score"),
        Column::text("interval"),
        Column::text("what can be said"),
    ];
    Table::new(columns, progress.iter().map(row).collect())
}

fn value_added(added: &ValueAdded) -> String {
    let Some(value) = added.value_added else {
        return match added.hidden {
            Some(_) => "c: hidden, the pupils are so few.".to_owned(),
            None => {
                "No start of these pupils has a median in starts.csv, so there is not enough data.".to_owned()
            }
        };
    };
    let without = match added.without_median {
        0 => String::new(),
        n => format!(" {n} more have a start without a median in starts.csv, and are left out."),
    };
    format!(
        "{value:.1} of {} pupils, by the medians that you supplied; below 100 is less progress than pupils with the same start made. It is the measure of the tables of 2004, and not comparable with progress scores.{without}",
        added.n
    )
}
