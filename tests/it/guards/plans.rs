//! The best plans of the examples.

use std::fmt::Write as _;

use crate::program::{answer, run_on};
use crate::workspace::example_folder;

use super::{SCHOOLS, compare, digest};

#[test]
fn the_best_plans_are_as_good_as_they_were() {
    let mut lines = String::new();
    for (school, day, phases) in SCHOOLS {
        for phase in std::iter::once(None).chain(phases.iter().map(Some)) {
            for number in 1..=6 {
                let number = number.to_string();
                let mut words = vec!["schedule", "--half-term", &number, "--json"];
                words.extend(phase.iter().flat_map(|id| ["--phase", id]));
                let folder = example_folder(school);
                let (code, out, _) = run_on(day, &folder, &words);
                let of = phase.map_or(String::new(), |id| format!(" {id}"));
                write!(lines, "{school} {day}{of} half term {number}: {code}").unwrap();
                if let Ok(plan) = serde_json::from_str::<serde_json::Value>(&out) {
                    let cost = &plan["cost"];
                    let count = |name: &str| plan[name].as_array().unwrap().len();
                    write!(
                        lines,
                        " {} proven {} cost {} bound {} sessions {} unplaced {}",
                        plan["status"],
                        plan["proven"],
                        cost["total"],
                        cost["bound"],
                        count("sessions"),
                        count("unplaced")
                    )
                    .unwrap();
                }
                lines.push('\n');
            }
        }
    }
    compare("plans.txt", &lines);
}

/// A guard that sees nothing guards nothing.
#[test]
fn the_guards_see_what_the_examples_answer() {
    let folder = example_folder("two-form-primary");
    let plan = answer(&folder, &["schedule", "--half-term", "3"]);
    assert_eq!(plan["proven"], true);
    assert_ne!(digest(b"one"), digest(b"two"));
}
