//! The table of every demand of the documents behind the post.
//!
//! Each has a command that serves it and a case that shows it, or waits for what is named; what must not be done has a
//! case that shows the refusal.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use crate::program::{run, today};
use crate::workspace::root;
use phase::load::formats::Folder;
use phase::load::load;

/// The commands that later steps bring.
const TO_COME: &[&str] = &["programme"];

/// The rows that state what is not done.
const STOPS: &[&str] = &["J32", "O5", "R1", "R16", "R26", "R27", "K6", "K8", "K12", "K16", "K17", "K21"];

struct Row {
    id: String,
    reach: String,
    commands: Vec<String>,
    cases: Vec<String>,
    refusals: Vec<String>,
    waits: Vec<String>,
}

fn rows() -> Vec<Row> {
    let text = fs::read_to_string(root().join("tests/requirements.csv")).unwrap();
    let list = |cell: &str| -> Vec<String> {
        cell.split(';').filter(|part| !part.is_empty()).map(str::to_owned).collect()
    };
    let lines = text.lines().filter(|line| !line.starts_with('#')).skip(1);
    lines
        .map(|line| {
            let [id, reach, commands, cases, refusals, waits] =
                line.split(',').collect::<Vec<_>>().try_into().unwrap();
            Row {
                id: id.to_owned(),
                reach: reach.to_owned(),
                commands: list(commands),
                cases: list(cases),
                refusals: list(refusals),
                waits: list(waits),
            }
        })
        .collect()
}

/// Every demand stands in the table, once.
#[test]
fn every_demand_stands_in_the_table() {
    let parts: [(&str, std::ops::RangeInclusive<u32>); 6] =
        [("J", 1..=46), ("O", 1..=32), ("R", 1..=45), ("P", 1..=19), ("K", 0..=26), ("X", 1..=4)];
    let wanted: Vec<String> = parts
        .iter()
        .flat_map(|(part, numbers)| numbers.clone().map(move |number| format!("{part}{number}")))
        .collect();
    let mut found: Vec<String> = rows().into_iter().map(|row| row.id).collect();
    let place = |id: &String| wanted.iter().position(|wanted| wanted == id);
    found.sort_by_key(place);
    assert_eq!(found, wanted);
    for row in rows() {
        assert!(
            ["full", "part", "register", "stop"].contains(&row.reach.as_str()),
            "{}: {}",
            row.id,
            row.reach
        );
    }
}

/// Each demand is served by commands that there are, and shown by a case that there is; or it waits for a step to
/// come, and says for which.
#[test]
fn every_demand_is_served_and_shown() {
    let (_, help, _) = run(&root(), &["--help"]);
    let listed: BTreeSet<&str> = help
        .lines()
        .filter(|line| line.starts_with("  "))
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    let template = load(&Folder::new(&root().join("data-template")), today()).school.unwrap();
    let duties: BTreeSet<&str> = template.year.duties.iter().map(|duty| duty.id.as_str()).collect();
    let mut texts: BTreeMap<String, String> = BTreeMap::new();
    let mut is_there = |case: &str| -> bool {
        if let Some(id) = case.strip_prefix("duty:") {
            return duties.contains(id);
        }
        let (file, test) = case.split_once("::").unwrap_or((case, ""));
        let text = texts.entry(file.to_owned()).or_insert_with(|| {
            fs::read_to_string(root().join(file)).unwrap_or_else(|_| panic!("{file} is not there"))
        });
        test.is_empty() || text.contains(&format!("fn {test}("))
    };
    for row in rows() {
        assert!(!row.commands.is_empty(), "{}: no command", row.id);
        for command in &row.commands {
            let is_to_come = TO_COME.contains(&command.as_str());
            assert!(listed.contains(command.as_str()) || is_to_come, "{}: `{command}` is no command", row.id);
            assert_eq!(
                is_to_come && !listed.contains(command.as_str()),
                row.waits.contains(command),
                "{}: {command}",
                row.id
            );
        }
        assert!(row.waits.iter().all(|wait| TO_COME.contains(&wait.as_str())), "{}: {:?}", row.id, row.waits);
        assert!(
            !row.cases.is_empty() || !row.waits.is_empty(),
            "{}: neither a case nor what it waits for",
            row.id
        );
        for case in row.cases.iter().chain(&row.refusals) {
            assert!(is_there(case), "{}: there is no case {case}", row.id);
        }
        assert_eq!(
            row.refusals.is_empty(),
            !STOPS.contains(&row.id.as_str()),
            "{}: a stop has a case that shows it",
            row.id
        );
        // What recurs or is only registered is a duty, or is shown by one's own work.
        if row.reach == "register" && row.waits.is_empty() {
            let shown = row
                .cases
                .iter()
                .any(|case| case.starts_with("duty:") || case.starts_with("tests/it/improve/"));
            assert!(shown, "{}: nothing registers it", row.id);
        }
    }
}
