//! The worked examples of the method.

use serde_json::Value;

use crate::program::answer;
use phase::judge::firmness::Firmness;
use phase::judge::roll_up::{AspectGrade, RollUpMethod, roll_up};
use phase::school::AreaMethod;

use super::{G, O, R, evidence, workspace};

fn progress(kinds: &[(&str, &[&str])]) -> Value {
    let (first, second) = evidence(kinds);
    let folder = workspace(&[("evidence/ht1.csv", &first), ("evidence/ht2.csv", &second)]);
    let answer = answer(folder.path(), &["evaluate", "--subject", "maths"]);
    answer["areas"][0]["aspects"]
        .as_array()
        .unwrap()
        .iter()
        .find(|aspect| aspect["id"] == "outcomes.progress")
        .unwrap()
        .clone()
}

#[test]
fn worked_example_a_is_a_firm_good() {
    let aspect = progress(&[
        ("books", &[G, G, R, G, O, G, R, G]),
        ("lessons", &[G, R]),
        ("records", &[R, G, G]),
        ("pupil-voice", &[G]),
    ]);
    assert_eq!(aspect["grade"], "good");
    assert_eq!(aspect["votes"]["books"], serde_json::json!([2, 3, 3, 3]));
    assert_eq!(aspect["support"], serde_json::json!({"at_or_above": 10, "of": 14}));
    assert_eq!(aspect["firmness"], "firm");
    assert_eq!(aspect["other_grade"], Value::Null);
}

#[test]
fn worked_example_b_rests_on_books() {
    let books = [vec![O; 10], vec![G; 6], vec![R; 2]].concat();
    let aspect =
        progress(&[("books", &books), ("records", &[R, R, G]), ("lessons", &[R, G]), ("pupil-voice", &[R])]);
    assert_eq!(aspect["grade"], "good");
    assert_eq!(aspect["firmness"], "borderline");
    assert_eq!(aspect["support"], serde_json::json!({"at_or_above": 18, "of": 24}));
    assert_eq!(aspect["rests_on"][0]["kind"], "books");
    assert_eq!(aspect["other_grade"], R);
}

#[test]
fn worked_example_c_is_the_lower_of_two() {
    let aspect = progress(&[("books", &[R, G, R, G, G]), ("records", &[R, R]), ("lessons", &[G, G])]);
    assert_eq!(aspect["grade"], R);
    assert_eq!(aspect["firmness"], "borderline");
    assert_eq!(aspect["support"], serde_json::json!({"at_or_above": 9, "of": 9}));
    assert_eq!(aspect["rests_on"][0]["kind"], "records");
    assert_eq!(aspect["other_grade"], "good");
}

fn part(grade: u8, firmness: Firmness, others: &[u8]) -> AspectGrade {
    AspectGrade { grade: Some(grade), firmness, others: others.to_vec() }
}

#[test]
fn areas_roll_up_as_worked() {
    let fit = |method| RollUpMethod { method, all_good_plus: false, any_of: false, top: 4 };
    let firm = |grade| part(grade, Firmness::Firm, &[]);
    let third = part(2, Firmness::Borderline, &[3]);
    let parts = [firm(3), firm(3), third.clone(), firm(4)];
    let secure = roll_up(fit(AreaMethod::SecureFit), &parts);
    assert_eq!(
        (secure.grade, secure.deciding.as_slice(), secure.others.as_slice()),
        (Some(2), &[2][..], &[3][..])
    );
    assert_eq!(roll_up(fit(AreaMethod::BestFit), &parts).grade, Some(3));
    // The first borderline 3/1 as well: other grades 1 and 3.
    let parts = [part(3, Firmness::Borderline, &[1]), firm(3), third, firm(4)];
    let secure = roll_up(fit(AreaMethod::SecureFit), &parts);
    assert_eq!((secure.grade, secure.others.as_slice()), (Some(2), &[1, 3][..]));
    let eif = RollUpMethod { method: AreaMethod::BestFit, all_good_plus: true, any_of: true, top: 4 };
    let grade = |ranks: &[u8]| roll_up(eif, &ranks.iter().map(|rank| firm(*rank)).collect::<Vec<_>>()).grade;
    assert_eq!((grade(&[4, 4, 3]), grade(&[3, 3, 1]), grade(&[4, 4, 4])), (Some(3), Some(1), Some(4)));
    let incomplete = AspectGrade { grade: None, firmness: Firmness::NoGrade, others: vec![] };
    let rolled = roll_up(fit(AreaMethod::SecureFit), &[firm(3), incomplete]);
    assert_eq!(
        (rolled.grade, rolled.firmness, rolled.complete),
        (Some(3), Some(Firmness::Provisional), false)
    );
}
