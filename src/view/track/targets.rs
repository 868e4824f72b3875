//! What each year group aims at.

use super::trajectory::{percent, short_name};
use crate::document::{Block, Cell, Column, Table, capitalised};
use crate::school::year_group::year_groups_in_words;
use crate::school::{Group, Measure, School};
use crate::track::targets::TargetProgress;

/// A table for each year group.
pub(crate) fn tables(school: &School, all: &[TargetProgress]) -> Vec<Block> {
    let mut years: Vec<&str> = all.iter().map(|target| target.year_group.as_str()).collect();
    years.dedup();
    let with_now = all.iter().any(|target| target.now.is_some());
    let mut blocks = Vec::new();
    for year in years {
        let own = all.iter().filter(|target| target.year_group == year);
        blocks.push(Block::Subheading(capitalised(&year_groups_in_words(year))));
        blocks.push(Block::Table(table(school, own, with_now).filled()));
    }
    blocks
}

fn table<'t>(school: &School, own: impl Iterator<Item = &'t TargetProgress>, with_now: bool) -> Table {
    let mut columns =
        ["what", "which pupils", "end of this year", "in pupils", "target", "by"].map(Column::text).to_vec();
    if with_now {
        columns.push(Column::text("now"));
    }
    let row = |target: &TargetProgress| -> Vec<Cell> {
        let aim = |value: f64| match target.measure {
            Measure::Average => format!("{value:.1}"),
            _ => percent(value),
        };
        let measure = match target.measure {
            Measure::Expected | Measure::Average => String::new(),
            measure => format!(", {}", measure.title()),
        };
        let pupils = target.pupils.map_or_else(String::new, |(met, of)| format!("{met} of {of} pupils"));
        let group = match &target.group {
            Group::All => "all".to_owned(),
            group => group.says(&school.settings.groupings),
        };
        let by = target.point.map_or_else(|| "end of the phase".to_owned(), |point| point.to_string());
        let mut cells: Vec<Cell> = vec![
            format!("{}{measure}", short_name(school, &target.subject)).into(),
            group.into(),
            target.this_year.map_or_else(String::new, aim).into(),
            pupils.into(),
            aim(target.target).into(),
            by.into(),
        ];
        if with_now {
            cells.push(target.now.map_or_else(String::new, percent).into());
        }
        cells
    };
    Table::new(columns, own.map(row).collect()).read_as(
        "the share of pupils at the expected standard, or at what is named: at the end of this year, then the target it leads to. For a year group in the middle of the phase this year's share lies on the straight path from where its pupils began, and is shown to those who may know that; targets.csv can name one for everybody. It is what the school aims at, not a forecast; pupils are rounded up, and left out for groups and where there are few.",
    )
}
