//! Properties of schedules over seeded schools.
//!
//! No schedule breaks a hard rule; the order of rows changes nothing; "cannot be placed" is only said where trying every
//! schedule of a small school agrees; each way out makes room; of the facts that collide none can be left out.

use std::collections::BTreeMap;
use std::path::Path;

use proptest::prelude::*;

use crate::generator::{Shape, Spec, date};
use crate::program::today;
use crate::seeded::cases;
use phase::load::formats::Folder;
use phase::load::load;
use phase::plan::schedule::context::PlanningContext;
use phase::plan::schedule::unplaced::{CollidingFacts, RoomMakingChange, with_change};
use phase::plan::{Schedule, ScheduleRequest, schedule};
use phase::school::School;

use super::checker::broken;
use super::every_schedule::most;
use super::{Placed, card};

fn read(spec: &Spec, turned: bool) -> School {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in spec.files(turned) {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    read_folder(folder.path())
}

fn read_folder(folder: &Path) -> School {
    let loaded = load(&Folder::new(folder), today());
    let errors: Vec<_> =
        loaded.diagnostics.iter().filter(|d| d.severity == phase::diagnostic::Severity::Error).collect();
    assert!(errors.is_empty(), "{errors:?}");
    loaded.school.unwrap()
}

fn plan(school: &School) -> Schedule {
    schedule(school, &ScheduleRequest::new(3, today()), None).unwrap()
}

fn number(id: &str) -> usize {
    id.get(1..).unwrap().parse().unwrap()
}

/// Reads the sessions out of the answer's JSON, as a script would.
fn placed(spec: &Spec, answer: &Schedule) -> Vec<Placed> {
    let json = serde_json::to_value(answer).unwrap();
    let times: BTreeMap<String, (usize, usize)> = (0..spec.shape.weeks)
        .flat_map(|week| (0..5).map(move |day| (date(week, day), (week, day))))
        .collect();
    let text = |value: &serde_json::Value| value.as_str().map(str::to_owned);
    json["sessions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|session| {
            let (week, day) = times[session["date"].as_str().unwrap()];
            let mut placed = Placed {
                task: session["task_area"].as_u64().unwrap() as usize,
                week,
                day,
                period: number(session["period"].as_str().unwrap()),
                subject: text(&session["subject"]).map(|id| number(&id)),
                class: session["classes"].as_array().unwrap().first().and_then(text).map(|id| number(&id)),
                uses: None,
            };
            assert_eq!(session["with"].as_array().unwrap().len(), usize::from(placed.subject.is_some()));
            if let Some(subject) = placed.subject {
                assert_eq!(number(session["with"][0].as_str().unwrap()), spec.leader[subject]);
            }
            // A handed-in session is named by its line: the header is line 1.
            if let Some(at) = text(&session["at"]) {
                placed.uses = Some(at.rsplit(':').next().unwrap().parse::<usize>().unwrap() - 2);
            }
            placed
        })
        .collect()
}

proptest! {
    #![proptest_config(cases(96))]

    #[test]
    fn no_schedule_breaks_a_hard_rule(seed in 0_u64..1_000_000) {
        let spec = Spec::new(Shape::varied(seed), seed);
        let answer = plan(&read(&spec, false));
        let sessions = placed(&spec, &answer);
        prop_assert_eq!(broken(&spec, &sessions), None);
        let wanted: usize = card(&spec).iter().sum();
        let missing: u32 = answer.unplaced.iter().map(|unplaced| unplaced.count).sum();
        prop_assert_eq!(sessions.len() + missing as usize, wanted);
        prop_assert!(answer.cost.bound <= answer.cost.total);
        prop_assert_eq!(answer.cost.terms.iter().map(|term| term.cost).sum::<i64>(), answer.cost.total);
    }

    #[test]
    fn rows_in_another_order_give_the_same_answer(seed in 0_u64..1_000_000) {
        let spec = Spec::new(Shape::varied(seed), seed);
        let answer = |turned| {
            let mut json = serde_json::to_value(plan(&read(&spec, turned))).unwrap();
            without_places(&mut json);
            json
        };
        prop_assert_eq!(answer(false), answer(true));
    }

    #[test]
    fn what_cannot_be_placed_cannot_be_placed(seed in 0_u64..1_000_000) {
        let spec = Spec::new(Shape::tiny(seed), seed);
        let answer = plan(&read(&spec, false));
        let sessions = placed(&spec, &answer);
        prop_assert_eq!(broken(&spec, &sessions), None);
        prop_assert_eq!(sessions.len(), most(&spec));
    }

    #[test]
    fn each_way_out_makes_room(seed in 0_u64..1_000_000) {
        let spec = Spec::new(Shape::tiny(seed), seed);
        let school = read(&spec, false);
        let answer = plan(&school);
        let missing = |answer: &Schedule| answer.unplaced.iter().map(|unplaced| unplaced.count).sum::<u32>();
        for way in answer.unplaced.iter().flat_map(|unplaced| &unplaced.ways_out) {
            let request = with_change(&ScheduleRequest::new(3, today()), &way.change);
            let after = schedule(&school, &request, None).unwrap();
            prop_assert!(missing(&after) < missing(&answer), "{} does not help", way.says);
            if !matches!(way.change, RoomMakingChange::Without(_)) {
                prop_assert!(after.sessions.len() > answer.sessions.len());
            }
        }
    }
}

#[test]
fn of_the_facts_that_collide_none_can_be_left_out() {
    let mut seen = 0;
    for seed in 0..60 {
        let spec = Spec::new(if seed % 2 == 0 { Shape::tiny(seed) } else { Shape::varied(seed) }, seed);
        let school = read(&spec, false);
        let request = ScheduleRequest::new(3, today());
        let answer = schedule(&school, &request, None).unwrap();
        let setting = PlanningContext::new(&school, &request).unwrap();
        let missing = |kind| {
            answer.unplaced.iter().find(|unplaced| unplaced.kind == kind).map_or(0, |unplaced| unplaced.count)
        };
        let placed =
            setting.demands.iter().map(|demand| (demand.kind, demand.count - missing(demand.kind))).collect();
        let facts = CollidingFacts::new(&setting, placed);
        for unplaced in &answer.unplaced {
            let core = facts.core(unplaced.kind);
            assert_eq!(core.iter().filter(|in_core| **in_core).count(), unplaced.because.len());
            assert!(core.contains(&true), "seed {seed}: something is left out for no reason");
            assert!(!facts.is_possible(unplaced.kind, &core));
            for (index, _) in core.iter().enumerate().filter(|(_, in_core)| **in_core) {
                let mut fewer = core.clone();
                fewer[index] = false;
                assert!(facts.is_possible(unplaced.kind, &fewer), "seed {seed}: {index} can be left out");
                seen += 1;
            }
        }
    }
    assert!(seen > 100, "only {seen} facts were tried");
}

/// Takes out what cites a line, and sentences that do.
fn without_places(json: &mut serde_json::Value) {
    match json {
        serde_json::Value::Object(fields) => {
            fields.remove("at");
            fields.values_mut().for_each(without_places);
        }
        serde_json::Value::Array(items) => items.iter_mut().for_each(without_places),
        serde_json::Value::String(text) => {
            let mut words: Vec<&str> = text.split(' ').collect();
            words.retain(|word| !word.contains(".csv:") && !word.contains(".toml:"));
            *text = words.join(" ");
        }
        _ => {}
    }
}
