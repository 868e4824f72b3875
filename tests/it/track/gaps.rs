//! Two groups compared: the difference, its interval, and what can be said.

use serde_json::json;

use crate::program::{answer, run};
use crate::workspace::workspace;

/// Two groups: the difference, its interval and what can be said; the two statements of closing a gap.
#[test]
fn two_groups_are_compared_with_an_interval() {
    // 8 of 14 against 35 of 46: not settled. Baseline: 5 of 14, and 40 of 46.
    let mut pupils = "pupil,class,year_group,disadvantaged\n".to_owned();
    let mut rows = "pupil,subject,point,result,scale\n".to_owned();
    let sides = [("yes", 14, 5, 8), ("no", 46, 40, 35)];
    let mut number = 0;
    for (value, n, before, now) in sides {
        for index in 0..n {
            number += 1;
            pupils.push_str(&format!("P{number},2A,2,{value}\n"));
            for (point, met) in [("baseline", before), ("autumn", now)] {
                let code = if index < met { "EXS" } else { "WTS" };
                rows.push_str(&format!("P{number},maths,{point},{code},ladder\n"));
            }
        }
    }
    let folder = workspace(&[("pupils.csv", &pupils), ("assessments.csv", &rows)]);
    let answer = answer(folder.path(), &["gaps", "--group", "disadvantaged"]);
    let gap = &answer["gaps"][0];
    assert_eq!((&gap["first"]["n"], &gap["first"]["at_standard"]), (&json!(14), &json!(8)));
    assert!((gap["difference"].as_f64().unwrap() + 18.9441).abs() < 1e-3);
    assert!((gap["interval"][0].as_f64().unwrap() + 45.455).abs() < 1e-3);
    assert!((gap["interval"][1].as_f64().unwrap() - 6.7045).abs() < 1e-3);
    assert_eq!((&gap["verdict"], &gap["pupils_gap"]), (&json!("not-settled"), &json!(-2)));
    let [target, others] = [0, 1].map(|index| &gap["since_baseline"][index]);
    assert_eq!((&target["pupils_gap"], &target["flag"]), (&json!(3), &json!("in-line")));
    assert_eq!((&others["pupils_gap"], &others["flag"]), (&json!(-5), &json!("below")));
    assert_eq!(others["moved"], json!({"up": 0, "same": 41, "down": 5}));
    let (_, out, _) = run(folder.path(), &["gaps", "--group", "disadvantaged"]);
    assert!(out.contains("not settled") && out.contains("Not settled is never the same as no gap"), "{out}");
}
