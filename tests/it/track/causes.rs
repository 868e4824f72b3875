//! A shortfall in parts, and what is being done about it.

use crate::program::answer;
use crate::workspace::example_folder;
use phase::school::Id;
use phase::track::cohort::Cohort;
use phase::track::shortfall;

use super::example_school;

/// Every division of a shortfall adds up to the whole, exactly; so do the strands.
#[test]
fn parts_add_up_to_the_shortfall() {
    let school = example_school();
    let phase = &school.set_up.phases[0];
    let book = Cohort::open(&school, phase, 2026, None).unwrap();
    for subject in ["reading", "writing", "maths"] {
        for year_group in [None, Some(phase::school::YearGroup::Year(2))] {
            let asked = shortfall::ShortfallQuery {
                subject: Id::new(subject),
                point: None,
                measure: None,
                year_group,
                kind: None,
            };
            let found = shortfall::shortfall(&book, &asked).unwrap();
            assert!(found.divisions.len() >= 6, "{subject}");
            for division in &found.divisions {
                let sum: f64 = division.parts.iter().map(|part| part.counted.pupils).sum();
                assert!((sum - found.counted.pupils).abs() < 1e-9, "{subject} by {}", division.by);
                let n: u32 = division.parts.iter().map(|part| part.counted.n).sum();
                assert_eq!(n, found.counted.n);
            }
            if let Some(strands) = &found.strands {
                let alone: u32 = strands.strands.iter().map(|one| one.only_here).sum();
                let below = found.counted.n - found.counted.at_standard;
                assert_eq!(alone + strands.several + strands.none + strands.unknown, below);
            }
        }
    }
}

/// What is done in what is assessed, and in the subject that it belongs to, stands beside a shortfall of it.
#[test]
fn what_is_being_done_stands_beside_a_shortfall() {
    let school = example_folder("two-form-primary");
    let done = |subject: &str| -> Vec<String> {
        let causes = answer(&school, &["causes", "-s", subject, "--year-group", "2"]);
        let all = causes["strategies"].as_array().unwrap().clone();
        all.iter().map(|one| one["id"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(done("reading"), ["daily-reading", "phonics-visit"]);
    assert_eq!(done("writing"), ["phonics-visit"]);
}
