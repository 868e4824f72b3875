//! Tracking from files, a module a command or a rule.

mod audiences;
mod causes;
mod counting;
mod events;
mod exports;
mod gaps;
mod hidden_cells;
mod marksheets;
mod suppression;
mod trajectory;

use serde_json::{Value, json};

use crate::program::today;
use crate::workspace::example_folder;
use phase::load::formats::Folder;
use phase::load::load;
use phase::school::School;

/// The row of an answer for a subject, a year group and a group.
fn row<'v>(answer: &'v Value, subject: &str, year: Option<&str>, group: &str) -> &'v Value {
    let rows = answer["subjects"].as_array().unwrap();
    let is =
        |row: &&Value| row["subject"] == subject && row["year_group"] == json!(year) && row["group"] == group;
    rows.iter().find(is).unwrap_or_else(|| panic!("no {subject} {year:?} {group} in {answer:#}"))
}

/// The example school, read.
fn example_school() -> School {
    load(&Folder::new(&example_folder("two-form-primary")), today()).school.unwrap()
}
