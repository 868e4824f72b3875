//! The criteria of an objective: measured, compared, hidden, and never less.

use std::fs;

use proptest::prelude::*;
use serde_json::{Value, json};

use crate::program::{answer, today};
use crate::workspace::{example_copy, workspace, year_2};
use phase::improve::criteria::CriterionState;
use phase::improve::objective_state::ObjectiveState;
use phase::improve::objectives::objectives;
use phase::load::formats::Folder;
use phase::load::load;
use phase::privacy::audience::Audience;

use super::{criteria, objective, of};

/// O7, O9: baseline against now with an interval, pupils before percentages, and whether it is chance.
#[test]
fn a_share_is_compared_with_where_it_began() {
    let measure = of(
        "[[objective.criterion]]\ntext = \"More\"\nmeasure = \"expected\"\nsubject = \"maths\"\nto = 80\n",
    );
    for (before, now, state, says) in [
        (
            20,
            42,
            "met",
            "42 of 50 (84%) in autumn, was 20 of 50 (40%) on entry; to come to 80%. The rise is more than chance (+25 to +59 points)",
        ),
        (
            20,
            24,
            "under-way",
            "24 of 50 (48%) in autumn, was 20 of 50 (40%) on entry; to come to 80%, 16 pupils more. The change may be chance (-11 to +26 points)",
        ),
        (
            40,
            20,
            "under-way",
            "20 of 50 (40%) in autumn, was 40 of 50 (80%) on entry; to come to 80%, 20 pupils more. The fall is more than chance (-55 to -21 points)",
        ),
    ] {
        let (pupils, results) = year_2(50, &[("baseline", before), ("autumn", now)]);
        let folder = workspace(&[
            ("objectives.toml", &measure),
            ("pupils.csv", &pupils),
            ("assessments.csv", &results),
        ]);
        let (got, detail) = criteria(folder.path()).remove(0);
        assert_eq!(
            (got.as_str(), detail.strip_prefix("Maths, all pupils, expected standard: ").unwrap()),
            (state, says)
        );
    }
    // Of ten pupils nothing is said of chance; nothing at all is not zero.
    let (pupils, results) = year_2(10, &[("baseline", 2), ("autumn", 9)]);
    let folder =
        workspace(&[("objectives.toml", &measure), ("pupils.csv", &pupils), ("assessments.csv", &results)]);
    let (state, detail) = criteria(folder.path()).remove(0);
    assert!(state == "met" && detail.ends_with("Too few to tell whether it is chance"), "{detail}");
    let folder = workspace(&[("objectives.toml", &measure)]);
    let (state, detail) = criteria(folder.path()).remove(0);
    assert_eq!(
        (state.as_str(), detail.as_str()),
        ("not-started", "Maths, all pupils, expected standard: nothing yet; to come to 80%")
    );
}

/// O22, O24: two statements, never one: the high group not significantly below where it began, the other above.
#[test]
fn one_group_stays_high_while_another_rises() {
    let toml = of("[[objective.criterion]]\ntext = \"High\"\nmeasure = \"expected\"\nsubject = \"maths\"\ngroup = \"disadvantaged=no\"\nto = \"maintained\"\nby = 2026-12-18\n
[[objective.criterion]]\ntext = \"Rises\"\nmeasure = \"expected\"\nsubject = \"maths\"\ngroup = \"disadvantaged=yes\"\nto = 60\n
[[objective.criterion]]\ntext = \"Gap\"\nmeasure = \"gap\"\nsubject = \"maths\"\ngroup = \"disadvantaged=yes\"\nto = 20\n");
    let files = |high_now: usize| {
        let mut pupils = "pupil,class,year_group,disadvantaged\n".to_owned();
        let mut results = "pupil,subject,point,result,scale\n".to_owned();
        for number in 0..60 {
            let high = number < 40;
            pupils.push_str(&format!("P{number},2A,2,{}\n", if high { "no" } else { "yes" }));
            let own = if high { number } else { number - 40 };
            for (point, met) in
                [("baseline", if high { 32 } else { 4 }), ("autumn", if high { high_now } else { 13 })]
            {
                let code = if own < met { "EXS" } else { "WTS" };
                results.push_str(&format!("P{number},maths,{point},{code},ladder\n"));
            }
        }
        (pupils, results)
    };
    // 'Maintained' is not 'no fall at all': 30 of 40 is not significantly below 32 of 40.
    let (pupils, results) = files(30);
    let folder =
        workspace(&[("objectives.toml", &toml), ("pupils.csv", &pupils), ("assessments.csv", &results)]);
    let found = criteria(folder.path());
    assert_eq!(found[0].0, "met");
    assert!(
        found[0].1.contains(
            "30 of 40 (75%) in autumn, was 32 of 40 (80%) on entry; to be kept: not significantly below it"
        ),
        "{}",
        found[0].1
    );
    assert_eq!(found[1].0, "met");
    assert!(found[1].1.contains("13 of 20 (65%) in autumn, was 4 of 20 (20%) on entry"), "{}", found[1].1);
    // The gap: 75% less 65%, with its interval; its change is not tested.
    assert_eq!(found[2].0, "met");
    assert!(found[2].1.contains("10 points in autumn, was 60 points on entry"), "{}", found[2].1);
    assert!(found[2].1.contains("its change is not tested"), "{}", found[2].1);
    // 20 of 40 is: it is not kept, and the objective is at risk.
    let (pupils, results) = files(20);
    let folder =
        workspace(&[("objectives.toml", &toml), ("pupils.csv", &pupils), ("assessments.csv", &results)]);
    let found = answer(folder.path(), &["objectives"]);
    let one = objective(&found, "o");
    assert_eq!((&one["criteria"][0]["state"], &one["state"]), (&json!("under-way"), &json!("at-risk")));
    assert_eq!(one["reasons"][0], json!({"because": "fallen", "criterion": 1}));
}

/// From all of them nothing is tested as a share, but a fall is a fall; and what is reached is asked of the share
/// itself, not of what an audience is shown of it.
#[test]
fn neither_all_nor_a_rounded_share_deceives() {
    let toml = of(
        "[[objective.criterion]]\ntext = \"Kept\"\nmeasure = \"expected\"\nsubject = \"maths\"\nto = \"maintained\"\nby = 2026-12-01\n",
    );
    for (now, state) in [(6, "under-way"), (59, "met"), (60, "met")] {
        let (pupils, results) = year_2(60, &[("baseline", 60), ("autumn", now)]);
        let folder =
            workspace(&[("objectives.toml", &toml), ("pupils.csv", &pupils), ("assessments.csv", &results)]);
        assert_eq!(criteria(folder.path())[0].0, state, "{now} of 60");
    }
    let toml =
        of("[[objective.criterion]]\ntext = \"75\"\nmeasure = \"expected\"\nsubject = \"maths\"\nto = 75\n");
    let (pupils, results) = year_2(75, &[("baseline", 40), ("autumn", 56)]);
    let folder =
        workspace(&[("objectives.toml", &toml), ("pupils.csv", &pupils), ("assessments.csv", &results)]);
    for audience in ["leader", "headteacher", "governors"] {
        let found = answer(folder.path(), &["objectives", "--audience", audience]);
        assert_eq!(objective(&found, "o")["criteria"][0]["state"], "under-way", "{audience}");
    }
}

/// O14, O19, O20, R5: evidence tagged with targets used and plans adapted; pieces at the standard before and since.
#[test]
fn shares_of_evidence_are_counted_from_enough_pieces() {
    let toml = of("[[objective.criterion]]\ntext = \"Targets\"\nmeasure = \"target-used\"\nto = 60\n
[[objective.criterion]]\ntext = \"Adapted\"\nmeasure = \"adapted\"\nto = 60\n
[[objective.criterion]]\ntext = \"Work\"\nmeasure = \"at-grade\"\naspect = \"outcomes.work\"\nsubject = \"maths\"\nto = 60\n");
    let mut rows = "id,date,kind,subject,aspect,grade,classes,by,tags\n".to_owned();
    for number in 1..=7 {
        let tags = if number < 6 { "target-used;adapted" } else { "target-not-used" };
        let grade = if number < 6 { "good" } else { "requires-improvement" };
        rows.push_str(&format!(
            "b{number},2026-11-{:02},books,maths,outcomes.work,{grade},1A,hale,{tags}\n",
            number + 1
        ));
    }
    let earlier = "id,date,kind,subject,aspect,grade,classes,by\na1,2026-09-02,books,maths,outcomes.work,good,1A,hale\na2,2026-09-03,books,maths,outcomes.work,requires-improvement,1B,hale\n";
    let folder =
        workspace(&[("objectives.toml", &toml), ("evidence/ht2.csv", &rows), ("evidence/ht1.csv", earlier)]);
    let found = criteria(folder.path());
    assert_eq!(
        found[0],
        ("met".to_owned(), "pieces with targets used: 5 of 7 (71%); to come to 60%".to_owned())
    );
    // Five pieces are fewer than a settled share needs, however good they are.
    assert_eq!(found[1].0, "under-way");
    assert!(
        found[1].1.ends_with("5 of 5 (100%); to come to 60%; counted from 6 pieces on"),
        "{}",
        found[1].1
    );
    assert_eq!(found[2].0, "met");
    assert!(found[2].1.contains("5 of 7 (71%), was 1 of 2 (50%)"), "{}", found[2].1);
}

/// Small groups are hidden from others in an objective as everywhere: number, share, state, and the count of criteria.
#[test]
fn small_groups_stay_hidden() {
    let folder = example_copy();
    let school = folder.path().join("two-form-primary");
    let toml = of("[[objective.criterion]]\ntext = \"Few\"\nmeasure = \"expected\"\nsubject = \"maths\"\ngroup = \"looked_after=yes\"\nto = 60\n
[[objective.criterion]]\ntext = \"Year\"\nmeasure = \"expected\"\nsubject = \"maths\"\ngroup = \"disadvantaged=yes\"\nyear_group = \"2\"\nto = 60\n
[[objective.criterion]]\ntext = \"All\"\nmeasure = \"expected\"\nsubject = \"maths\"\nto = 20\n");
    fs::write(school.join("objectives.toml"), &toml).unwrap();
    fs::write(school.join("log.csv"), "date,kind,who,what\n").unwrap();
    fs::write(school.join("actions.csv"), "id,action,owner,due\n").unwrap();
    let pupils = fs::read_to_string(school.join("pupils.csv")).unwrap();
    let mut lines: Vec<String> = pupils.lines().map(str::to_owned).collect();
    for (index, line) in lines.iter_mut().enumerate() {
        match index {
            0 => {}
            1 => line.push_str(",looked_after"),
            2..=4 => line.push_str(",yes"),
            _ => line.push_str(",no"),
        }
    }
    fs::write(school.join("pupils.csv"), lines.join("\n")).unwrap();
    let theirs = answer(&school, &["objectives", "--audience", "headteacher"]);
    let one = objective(&theirs, "o");
    for index in [0, 1] {
        let hidden = &one["criteria"][index];
        assert_eq!(hidden["state"], "hidden", "{hidden:#}");
        for key in ["now", "from", "counts", "from_counts", "difference", "interval"] {
            assert_eq!(hidden[key], Value::Null, "{key}");
        }
    }
    assert_eq!(one["progress"], json!({"met": 1, "of": 1, "hidden": 2}), "{one:#}");
    assert_ne!(one["state"], "met", "what is hidden is not told to be met");
    // To others whole percentages, and of before no number of pupils.
    let shown = &one["criteria"][2];
    assert_eq!(shown["from_counts"], Value::Null);
    assert_eq!(shown["now"].as_f64().unwrap().fract(), 0.0);
    assert_eq!(answer(&school, &["objectives"])["objectives"][0]["progress"]["of"], 3);
}

/// One criterion as a test writes it: whether it is a milestone that is done, one that is not, or so many rows.
#[derive(Clone, Debug)]
enum Written {
    Done,
    Open,
    Rows(u32),
}

fn written() -> impl Strategy<Value = Written> {
    prop_oneof![Just(Written::Done), Just(Written::Open), (1_u32..4).prop_map(Written::Rows)]
}

fn school_of(criteria: &[Written], meetings: usize, books: usize) -> tempfile::TempDir {
    let toml: String = criteria
        .iter()
        .map(|one| match one {
            Written::Done => "[[objective.criterion]]\ntext = \"t\"\nmilestone = 2026-10-01\n".to_owned(),
            Written::Open => "[[objective.criterion]]\ntext = \"t\"\nmilestone = \"\"\n".to_owned(),
            Written::Rows(number) => format!(
                "[[objective.criterion]]\ntext = \"t\"\nevidence = {number}\nkinds = [\"log meeting\", \"books\"]\n"
            ),
        })
        .collect();
    let mut log = "date,kind,who,what,shows\n".to_owned();
    for number in 0..meetings {
        log.push_str(&format!("2026-11-{:02},meeting,hale,m,o\n", number + 1));
    }
    let mut rows = "id,date,kind,subject,aspect,grade,classes,by\n".to_owned();
    for number in 0..books {
        rows.push_str(&format!(
            "b{number},2026-11-{:02},books,maths,outcomes.work,good,1A,hale\n",
            number + 2
        ));
    }
    workspace(&[("objectives.toml", &of(&toml)), ("log.csv", &log), ("evidence/ht2.csv", &rows)])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// An objective is never met while a criterion is not, and adding evidence never lowers progress.
    #[test]
    fn met_only_with_every_criterion_and_never_less_with_more(
        criteria in prop::collection::vec(written(), 1..5),
        meetings in 0_usize..4,
        books in 0_usize..3,
        more in 0_usize..3,
    ) {
        let stands = |meetings: usize, books: usize| {
            let folder = school_of(&criteria, meetings, books);
            let loaded = load(&Folder::new(folder.path()), today());
            let school = loaded.school.unwrap();
            prop_assert!(loaded.diagnostics.iter().all(|fault| fault.severity != phase::diagnostic::Severity::Error), "{:?}", loaded.diagnostics);
            Ok(objectives(&school, &school.set_up.phases[0], None, &Audience::Leader, today()).objectives.remove(0))
        };
        let before = stands(meetings, books)?;
        let all_met = before.criteria.iter().all(|one| one.state == CriterionState::Met);
        prop_assert_eq!(before.state == ObjectiveState::Met, all_met);
        prop_assert_eq!(before.progress.of, criteria.len());
        let after = stands(meetings + more, books)?;
        prop_assert!(after.progress.met >= before.progress.met);
        for (one, then) in before.criteria.iter().zip(&after.criteria) {
            prop_assert!(then.state >= one.state);
        }
        let after = stands(meetings, books + more)?;
        prop_assert!(after.progress.met >= before.progress.met);
    }
}
