//! Improving, a module a command.

mod actions;
mod criteria;
mod duties;
mod forget;
mod forms;
mod log;
mod new_year;
mod objectives;
mod status;

use std::path::Path;

use serde_json::Value;

use crate::program::answer;

/// The lines that differ between two texts of as many lines, or that one has at its end.
fn changed(before: &str, after: &str) -> Vec<String> {
    let before: Vec<&str> = before.lines().collect();
    after
        .lines()
        .enumerate()
        .filter(|(index, line)| before.get(*index) != Some(line))
        .map(|(_, line)| line.to_owned())
        .collect()
}

fn objective<'v>(answer: &'v Value, id: &str) -> &'v Value {
    let all = answer["objectives"].as_array().unwrap();
    all.iter().find(|one| one["id"] == id).unwrap_or_else(|| panic!("no {id} in {answer:#}"))
}

/// An objective of the criteria that are told.
fn of(criteria: &str) -> String {
    format!(
        "[[objective]]\nid = \"o\"\ntitle = \"Goal\"\nopened = 2026-09-07\ndue = 2027-07-16\n\n{criteria}"
    )
}

/// The state and detail of each criterion.
fn criteria(folder: &Path) -> Vec<(String, String)> {
    let found = answer(folder, &["objectives"]);
    let criteria = objective(&found, "o")["criteria"].as_array().unwrap().clone();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    criteria.iter().map(|one| (text(&one["state"]), text(&one["detail"]))).collect()
}
