//! Every rule and preference by its name, broken and kept.

mod hard;
mod preferred;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{NaiveDate, NaiveTime};
use serde_json::Value;

use phase::load::formats::Folder;
use phase::load::load;
use phase::plan::schedule::context::PlanningContext;
use phase::plan::{ScheduleRequest, clashes, schedule};
use phase::school::{DatedHours, Hours, Preference, School};

/// A change of the small school: lines added at the end of a file.
pub type Lines<'a> = (&'a str, &'a str);

/// The first lines of a subject leader's schedule.
pub const SCHEDULE: &str = "task,date,period,classes,place,fixed\n";

/// The files of a small school: a phase of two classes, led by Ann, and two subjects.
const FILES: &[Lines<'_>] = &[
    (
        "phase.toml",
        r#"
[school]
name = "Hill School"

[[phase]]
id = "ks1"
name = "Key Stage 1"
leader = "ann"
year_groups = ["1", "2"]
sessions = ["Thu p4"]

[[period]]
id = "p3"
start = "11:00"
end = "12:00"

[[period]]
id = "p4"
start = "13:00"
end = "14:00"
"#,
    ),
    (
        "calendar.toml",
        r#"
academic_year = "2026-27"
half_term = [
  { number = 1, from = 2026-09-01, to = 2026-10-23 },
  { number = 2, from = 2026-11-02, to = 2026-12-18 },
  { number = 3, from = 2027-01-04, to = 2027-02-12 },
  { number = 4, from = 2027-02-22, to = 2027-03-25 },
  { number = 5, from = 2027-04-12, to = 2027-05-28 },
  { number = 6, from = 2027-06-07, to = 2027-07-21 },
]
"#,
    ),
    ("subjects.csv", "name,id,leader,priority,times_a_year\nMaths,maths,bea,,\nHistory,history,cem,,\n"),
    (
        "staff.csv",
        "name,id,role\nAnn Ash,ann,teacher\nBea Beck,bea,teacher\nCem Cole,cem,teacher\nDan Dale,dan,teacher\nEve Esk,eve,teacher\n",
    ),
    ("classes.csv", "id,year_group,teacher\n1A,1,dan\n2A,2,eve\n"),
];

pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// The small school with lines added.
pub fn school(changes: &[Lines<'_>], today: NaiveDate) -> School {
    let mut files: BTreeMap<&str, String> =
        FILES.iter().map(|(name, text)| (*name, (*text).to_owned())).collect();
    for (name, text) in changes {
        files.entry(name).or_default().push_str(text);
    }
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    let loaded = load(&Folder::new(folder.path()), today);
    let errors = loaded.diagnostics.iter().filter(|one| one.severity == phase::diagnostic::Severity::Error);
    assert_eq!(errors.map(|one| one.message.clone()).collect::<Vec<_>>(), [] as [String; 0]);
    loaded.school.unwrap()
}

/// Everything that stands under a name anywhere in an answer.
fn named(value: &Value, name: &str, found: &mut BTreeSet<String>) {
    match value {
        Value::Array(values) => values.iter().for_each(|value| named(value, name, found)),
        Value::Object(values) => {
            found.extend(values.get(name).and_then(Value::as_str).map(str::to_owned));
            values.values().for_each(|value| named(value, name, found));
        }
        _ => {}
    }
}

/// What is planned for the third half term, and by what.
pub struct Case<'a> {
    pub changes: Vec<Lines<'a>>,
    pub request: ScheduleRequest,
    /// A further time at which sessions are tried.
    pub at: Option<DatedHours>,
}

/// The small school with lines added, planned on 10 December.
pub fn with<'a>(changes: &[Lines<'a>]) -> Case<'a> {
    let request = ScheduleRequest::new(3, day("2026-12-10"));
    Case { changes: changes.to_vec(), request, at: None }
}

/// An hour of a day, from 13:00 where it is the fourth period.
pub fn hour(date: &str, hour: u32) -> DatedHours {
    let at = |hour| NaiveTime::from_hms_opt(hour, 0, 0).unwrap();
    DatedHours { date: day(date), hours: Hours { start: at(hour), end: at(hour + 1) } }
}

impl Case<'_> {
    /// The rules and preferences that something goes against: among the clashes, in the reasons of the schedule, and
    /// at any time at which a session could be placed.
    pub fn broken(&self) -> BTreeSet<String> {
        let today = self.request.today;
        let school = school(&self.changes, today);
        let mut found = self.clashing();
        if let Some(plan) = schedule(&school, &self.request, None) {
            let plan = serde_json::to_value(&plan).unwrap();
            named(&plan, "rule", &mut found);
            named(&plan["cost"], "preference", &mut found);
        }
        if let Some(context) = PlanningContext::new(&school, &self.request) {
            let slots: Vec<DatedHours> = context.slots.iter().copied().chain(self.at).collect();
            for candidate in context.candidates(&slots) {
                let shut = candidate.shut.iter().map(|reason| serde_json::to_value(reason.rule).unwrap());
                found.extend(shut.map(|rule| rule.as_str().unwrap().to_owned()));
                found.extend(candidate.costs.iter().map(|cost| cost.preference.key().to_owned()));
            }
        }
        found
    }

    /// The rules and preferences that sessions go against as they stand.
    fn clashing(&self) -> BTreeSet<String> {
        let today = self.request.today;
        let clashes = clashes(&school(&self.changes, today), 3, today).unwrap();
        let mut found = BTreeSet::new();
        named(&serde_json::to_value(&clashes).unwrap(), "kind", &mut found);
        found
    }

    pub fn clashes(&self, name: &str) {
        let clashing = self.clashing();
        assert!(clashing.contains(name), "{name} is not in {clashing:?}");
    }

    pub fn is_free_of(&self, name: &str) {
        let clashing = self.clashing();
        assert!(!clashing.contains(name), "{name} is in {clashing:?}");
    }

    pub fn breaks(&self, name: &str) {
        let broken = self.broken();
        assert!(broken.contains(name), "{name} is not in {broken:?}");
    }

    pub fn keeps(&self, name: &str) {
        let broken = self.broken();
        assert!(!broken.contains(name), "{name} is in {broken:?}");
    }
}

/// The names of the tests of a file.
fn tests_of(text: &str) -> BTreeSet<String> {
    let file = syn::parse_file(text).unwrap();
    let name = |item: syn::Item| match item {
        syn::Item::Fn(test) if !test.attrs.is_empty() => Some(test.sig.ident.to_string()),
        _ => None,
    };
    file.items.into_iter().filter_map(name).collect()
}

#[test]
fn every_rule_and_every_preference_has_a_test_of_its_name() {
    let source = syn::parse_file(include_str!("../../../src/plan/constraints.rs")).unwrap();
    let rules = source.items.into_iter().find_map(|item| match item {
        syn::Item::Enum(item) if item.ident == "Rule" => Some(item.variants),
        _ => None,
    });
    let mut rules: BTreeSet<String> =
        rules.unwrap().iter().map(|rule| snake(&rule.ident.to_string())).collect();
    assert!(rules.remove("prefers"));
    let hard = tests_of(include_str!("hard.rs"));
    let missing: Vec<&String> = rules.difference(&hard).collect();
    assert!(missing.is_empty(), "{missing:?}");
    let preferred = tests_of(include_str!("preferred.rs"));
    let missing = Preference::TABLE.iter().filter(|(_, key, ..)| !preferred.contains(*key));
    assert_eq!(missing.map(|row| row.1).collect::<Vec<_>>(), [""; 0]);
}

/// A name in lower case, with `_` between its words.
fn snake(name: &str) -> String {
    let mut snake = String::new();
    for (index, letter) in name.char_indices() {
        if letter.is_uppercase() && index > 0 {
            snake.push('_');
        }
        snake.extend(letter.to_lowercase());
    }
    snake
}
