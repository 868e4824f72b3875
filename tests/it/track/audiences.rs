//! What each audience is told of pupils, and what must not follow.

use std::fs;

use serde_json::{Value, json};

use crate::program::{answer, run};
use crate::workspace::{example_folder, workspace};

/// Names and UPNs are refused wherever they stand, and shown nowhere.
#[test]
fn names_are_refused_and_not_shown() {
    let cases = [
        "pupil,name,class,year_group\nP1,Ottoline Quarles,2A,2\n",
        "pupil,UPN,class,year_group\nP1,K820210000000,2A,2\n",
        "pupil,Date of birth,class,year_group\nP1,2019-09-01,2A,2\n",
        "pupil,class,year_group\nOttoline,2A,2\n",
        "pupil,class,year_group\nK820210000000,2A,2\n",
        "pupil,class,year_group\n\"Quarles, Ottoline 2\",2A,2\n",
    ];
    for text in cases {
        let folder = workspace(&[("pupils.csv", text)]);
        let (code, out, err) = run(folder.path(), &["check"]);
        assert_eq!(code, 1, "{text}");
        let said = format!("{out}{err}");
        assert!(said.contains("not kept here") && said.contains("phase import"), "{said}");
        for private in ["Ottoline", "Quarles", "K8202", "2019-09-01"] {
            assert!(!said.contains(private), "{said}");
        }
    }
    let results = "pupil,subject,point,result,scale\nOttoline Quarles,maths,autumn,EXS,ladder\n";
    let folder =
        workspace(&[("pupils.csv", "pupil,class,year_group\nP1,2A,2\n"), ("assessments.csv", results)]);
    let (code, out, err) = run(folder.path(), &["check"]);
    assert_eq!(code, 1);
    assert!(!format!("{out}{err}").contains("Ottoline"), "{out}{err}");
}

/// The codes behind a gap are for the leader's screen only; causes are for the leader only.
#[test]
fn codes_and_causes_are_for_the_leader_only() {
    let school = example_folder("two-form-primary");
    let (code, out, _) = run(&school, &["trajectory", "--subject", "maths", "--pupils"]);
    assert_eq!(code, 0);
    assert!(out.contains("P2") && out.contains("For you only"), "{out}");
    for more in [&["--json"][..], &["-o", "list.md"], &["--audience", "headteacher"], &["--format", "csv"]] {
        let (code, out, _) = run(&school, &[&["trajectory", "--pupils"], more].concat());
        assert_eq!((code, out.as_str()), (2, ""), "{more:?}");
    }
    let (code, ..) = run(&school, &["causes", "-s", "maths", "--audience", "headteacher"]);
    assert_eq!(code, 2);
}

/// What governors may see of a group of the phase, the headteacher may see.
#[test]
fn a_group_of_the_phase_is_told_to_the_headteacher_as_to_governors() {
    let school = example_folder("two-form-primary");
    let told = |audience: &str| -> Vec<String> {
        let answer = answer(&school, &["trajectory", "--audience", audience]);
        let rows = answer["subjects"].as_array().unwrap().clone();
        let of_phase = rows.iter().filter(|row| row["year_group"].is_null());
        of_phase.map(|row| format!("{} {} {}", row["subject"], row["measure"], row["group"])).collect()
    };
    assert_eq!(told("headteacher"), told("governors"));
    assert!(told("governors").iter().any(|row| row.contains("disadvantaged")));
}

/// The cases that a hostile reader brought: what was hidden followed from another column, from steps, from two data
/// points, or from year groups.
#[test]
fn what_once_leaked_stays_hidden() {
    // Girls 20 of 40 and boys 19 of 20 tell the total, so that SEND 3 of 7 would follow from no SEND 36 of 53.
    let mut pupils = "pupil,class,year_group,sex,send\n".to_owned();
    let mut rows = "pupil,subject,point,result,scale\n".to_owned();
    for number in 0..60 {
        let sex = if number < 40 { "F" } else { "M" };
        let met = if number < 40 { number < 20 } else { number > 40 };
        // Seven of special needs, three of whom are at the standard.
        let send = if (17..24).contains(&number) { "K" } else { "N" };
        let class = if number % 2 == 0 { "1A,1" } else { "2A,2" };
        pupils.push_str(&format!("P{number},{class},{sex},{send}\n"));
        rows.push_str(&format!("P{number},reading,autumn,{},ladder\n", if met { "EXS" } else { "WTS" }));
    }
    let folder = workspace(&[("pupils.csv", &pupils), ("assessments.csv", &rows)]);
    for audience in ["governors", "headteacher"] {
        let gaps = answer(folder.path(), &["gaps", "--audience", audience]);
        let of = |column: &str, side: &str| {
            let gap = gaps["gaps"].as_array().unwrap().iter().find(|gap| gap["column"] == column).unwrap();
            gap[side]["at_standard"].clone()
        };
        assert_eq!((of("send", "first"), of("send", "second")), (Value::Null, Value::Null), "{audience}");
        let all = gaps["gaps"].as_array().unwrap();
        let others = all.iter().flat_map(|gap| gap["since_baseline"].as_array().unwrap());
        assert!(others.into_iter().all(|since| since["moved"].is_null()));
        assert!(all.iter().all(|gap| gap["column"] != "mobility"));
    }
    // Attendance: 12, 3 and 15 at 90% or less: one hidden would follow from the other two.
    let mut rows = "pupil,subject,point,result,scale\n".to_owned();
    for number in 0..60 {
        let low = if number % 2 == 0 { number < 24 } else { number < 6 };
        rows.push_str(&format!("P{number},attendance,autumn,{},mark\n", if low { 88 } else { 97 }));
    }
    fs::write(folder.path().join("assessments.csv"), rows).unwrap();
    let head = answer(folder.path(), &["trajectory", "--audience", "headteacher"]);
    assert!(head["averages"].as_array().unwrap().iter().all(|row| row["low"].is_null()), "{head:#}");
}

/// Free meals lie within disadvantaged, and one looked-after child between them: what both reached would tell what
/// that child did. And one table of a data point is shown, not two.
#[test]
fn one_child_between_two_columns_is_not_told() {
    let mut pupils = "pupil,class,year_group,disadvantaged,fsm\n".to_owned();
    let mut rows = "pupil,subject,point,result,scale\n".to_owned();
    for number in 0..60 {
        let of = |is: bool| if is { "yes" } else { "no" };
        pupils.push_str(&format!("P{number},1A,1,{},{}\n", of(number < 20), of(number < 20 && number != 7)));
        let met = if number % 3 == 0 { "EXS" } else { "WTS" };
        rows.push_str(&format!("P{number},reading,autumn,{met},ladder\n"));
    }
    let folder = workspace(&[("pupils.csv", &pupils), ("assessments.csv", &rows)]);
    let told = |audience: &str, column: &str| {
        let gaps = answer(folder.path(), &["gaps", "--audience", audience]);
        let gap = gaps["gaps"].as_array().unwrap().iter().find(|gap| gap["column"] == column).unwrap();
        [gap["first"]["n"].clone(), gap["first"]["percent"].clone()]
    };
    assert_eq!(told("leader", "fsm"), [json!(19), json!(36.8421)]);
    for audience in ["governors", "headteacher", "staff"] {
        assert_eq!(told(audience, "disadvantaged"), [json!(20), json!(35.0)]);
        assert_eq!(told(audience, "fsm"), [Value::Null, Value::Null]);
        for words in
            [["trajectory", "--kind", "test"], ["gaps", "--kind", "teacher"], ["gaps", "--point", "autumn"]]
        {
            let (code, _, err) = run(folder.path(), &[&words[..], &["--audience", audience]].concat());
            assert_eq!(code, 2);
            assert!(err.contains("is not for this audience"), "{err}");
        }
    }
}

/// What columns tell together: a child exchanged for another, parts of two columns within a third; and a small part that
/// is hidden anyway hides nothing else.
#[test]
fn columns_together_tell_of_no_child() {
    let school = |columns: &str, of: &dyn Fn(usize) -> String| {
        let mut pupils = format!("pupil,class,year_group,{columns}\n");
        let mut rows = "pupil,subject,point,result,scale\n".to_owned();
        for number in 0..60 {
            pupils.push_str(&format!("P{number},1A,1,{}\n", of(number)));
            let met = if number % 3 == 0 { "EXS" } else { "WTS" };
            rows.push_str(&format!("P{number},reading,autumn,{met},ladder\n"));
        }
        workspace(&[("pupils.csv", &pupils), ("assessments.csv", &rows)])
    };
    let yes = |is: bool| if is { "yes" } else { "no" };
    let shown = |folder: &tempfile::TempDir, column: &str| {
        let gaps = answer(folder.path(), &["gaps", "--audience", "governors"]);
        let own = gaps["gaps"].as_array().unwrap().iter().filter(|gap| gap["column"] == column);
        own.filter(|gap| !gap["first"]["percent"].is_null()).count()
    };
    // One at the standard for one who is not, either way: what both reached follows. Two who reached alike: nothing.
    let exchanged = |other: usize| {
        school("disadvantaged,fsm", &|number| {
            format!("{},{}", yes(number < 20), yes((number < 20 && number != 18) || number == other))
        })
    };
    assert_eq!((shown(&exchanged(25), "disadvantaged"), shown(&exchanged(25), "fsm")), (1, 0));
    assert_eq!(shown(&exchanged(27), "fsm"), 1);
    // Free meals and looked after are all of the disadvantaged but one.
    let chain = school("disadvantaged,fsm,looked_after", &|number| {
        format!("{},{},{}", yes(number < 26), yes(number < 13), yes((13..25).contains(&number)))
    });
    assert_eq!(["disadvantaged", "fsm", "looked_after"].map(|column| shown(&chain, column)), [1, 1, 0]);
    // One child of whom nothing is recorded lies within every other column.
    let blank = school("send,prior_attainment", &|number| {
        let prior = ["low", "middle", "high"][number % 3];
        format!("{},{}", if number < 11 { "K" } else { "N" }, if number == 5 { "" } else { prior })
    });
    assert!(shown(&blank, "prior_attainment") > 0);
}
