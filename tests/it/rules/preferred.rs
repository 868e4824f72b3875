//! What is only preferred, a test a preference.

use std::collections::BTreeSet;

use phase::plan::schedule::request::{RequestedSession, RequestedTime, SubjectNeed};
use phase::school::{Id, Preference, SessionKind};

use super::{Lines, SCHEDULE, day, hour, with};

const MATHS: &str = "schedules/ht3/maths.csv";
const HISTORY: &str = "schedules/ht3/history.csv";
const CALENDAR: &str = "calendar.toml";
const PUBLISHED: &str = "id,sequence,owner,task,subject,date,period,with,classes,status,moved_from\n";
const VISIT: [Lines<'_>; 2] = [(MATHS, SCHEDULE), (MATHS, "3,2027-01-14,p4,1A,,\n")];

/// Two visits and no other session, each of the leader's job card.
const VISITS_ONLY: Lines<'_> = (
    "phase.toml",
    "[job_card.phase-leader]\nwork-scrutiny = 0\nrecords-scrutiny = 0\nlesson-visit = 2\nevaluation = 0\nscheduling = 0\n",
);

#[test]
fn different_subjects() {
    // Two subjects, and four sessions with a subject leader.
    with(&[]).breaks("different_subjects");
    with(&[VISITS_ONLY]).keeps("different_subjects");
}

#[test]
fn one_a_week() {
    let second = |row| [VISIT[0], VISIT[1], (MATHS, row)];
    with(&second("1,2027-01-13,p4,,,\n")).breaks("two-a-week");
    with(&second("1,2027-01-20,p4,,,\n")).keeps("two-a-week");
    // Six sessions on the Thursdays of three weeks.
    let closed = (CALENDAR, "[[closure]]\nfrom = 2027-01-25\nto = 2027-02-12\nreason = \"snow\"\n");
    let mut case = with(&[closed]);
    for date in ["2027-01-06", "2027-01-13", "2027-01-20"] {
        case.request.extra.push(hour(date, 13));
    }
    case.breaks("one_a_week");
    with(&[]).keeps("one_a_week");
}

#[test]
fn leader_twice_a_day() {
    let art = [("subjects.csv", "Art,art,bea,,\n"), ("schedules/ht3/art.csv", SCHEDULE)];
    let second = |row| [VISIT[0], VISIT[1], art[0], art[1], ("schedules/ht3/art.csv", row)];
    with(&second("1,2027-01-14,p3,,,\n")).breaks("leader-twice-a-day");
    with(&second("1,2027-01-15,p3,,,\n")).keeps("leader-twice-a-day");
    with(&second("1,2027-01-14,p3,,,\n")).breaks("leader_twice_a_day");
    with(&[]).keeps("leader_twice_a_day");
}

#[test]
fn same_class() {
    let second = |row| [VISIT[0], VISIT[1], (MATHS, row)];
    with(&second("3,2027-01-21,p4,1A,,\n")).breaks("same-class");
    with(&second("3,2027-01-21,p4,2A,,\n")).keeps("same-class");
    let last = format!("{PUBLISHED}ht2-1,0,ann,lesson-visit,maths,2026-12-03,p4,bea,1A,held,\n");
    with(&[("schedules/ht2/published.csv", &last)]).breaks("same_class");
    with(&[]).keeps("same_class");
}

#[test]
fn first_week() {
    with(&[VISIT[0], (MATHS, "3,2027-01-07,p4,1A,,\n")]).breaks("first-week");
    with(&VISIT).keeps("first-week");
    with(&[]).breaks("first_week");
}

#[test]
fn last_week() {
    let visit = |row| [("schedules/ht6/maths.csv", SCHEDULE), ("schedules/ht6/maths.csv", row)];
    let counts = |row| {
        let school = super::school(&visit(row), day("2026-12-10"));
        let clashes = phase::plan::clashes(&school, 6, day("2026-12-10")).unwrap();
        serde_json::to_string(&clashes).unwrap().contains("\"last-week\"")
    };
    assert!(counts("3,2027-07-20,p4,1A,,\n"));
    assert!(!counts("3,2027-07-13,p4,1A,,\n"));
    // Spring has no last week that counts: the third half term ends in February.
    with(&[VISIT[0], (MATHS, "3,2027-02-11,p4,1A,,\n")]).keeps("last-week");
}

#[test]
fn part_week() {
    let closed = |from: &str| format!("[[closure]]\nfrom = {from}\nto = 2027-01-13\nreason = \"snow\"\n");
    with(&[VISIT[0], VISIT[1], (CALENDAR, &closed("2027-01-11"))]).breaks("part-week");
    with(&[VISIT[0], VISIT[1], (CALENDAR, &closed("2027-01-12"))]).keeps("part-week");
    with(&[(CALENDAR, &closed("2027-01-11"))]).breaks("part_week");
}

#[test]
fn soft_window() {
    let check = "from = 2027-01-11\nto = 2027-01-15\nkind = \"optional\"\n";
    let own = format!("[[window]]\nyear_groups = [\"1\"]\n{check}");
    with(&[VISIT[0], VISIT[1], (CALENDAR, &own)]).breaks("soft-window");
    let others = format!("[[window]]\nyear_groups = [\"6\"]\n{check}");
    with(&[VISIT[0], VISIT[1], (CALENDAR, &others)]).keeps("soft-window");
}

#[test]
fn teacher_twice_a_week() {
    let second = |row| [VISIT[0], VISIT[1], (HISTORY, SCHEDULE), (HISTORY, row)];
    with(&second("3,2027-01-12,p4,1A,,\n")).breaks("teacher-twice-a-week");
    with(&second("3,2027-01-19,p4,1A,,\n")).keeps("teacher-twice-a-week");
    with(&second("3,2027-01-12,p4,1A,,\n")).breaks("teacher_twice_a_week");
    with(&[]).keeps("teacher_twice_a_week");
}

#[test]
fn teacher_over_year() {
    let visits = |count: usize| {
        let dates = ["2027-01-14", "2027-01-21", "2027-01-28", "2027-02-04"];
        let rows = dates[..count].iter().map(|date| format!("3,{date},p4,1A,,\n"));
        rows.collect::<String>()
    };
    with(&[VISIT[0], (MATHS, &visits(4))]).breaks("teacher-over-year");
    with(&[VISIT[0], (MATHS, &visits(3))]).keeps("teacher-over-year");
    let earlier: String = ["05", "12", "19"]
        .iter()
        .map(|day| format!("ht2-{day},0,ann,lesson-visit,maths,2026-11-{day},p4,bea,1A,held,\n"))
        .collect();
    let earlier = format!("{PUBLISHED}{earlier}");
    with(&[("schedules/ht2/published.csv", &earlier)]).breaks("teacher_over_year");
    with(&[]).keeps("teacher_over_year");
}

#[test]
fn visits_shared() {
    let one = format!("{PUBLISHED}ht2-1,0,ann,lesson-visit,maths,2026-11-12,p4,bea,1A,held,\n");
    with(&[("schedules/ht2/published.csv", &one)]).breaks("visits_shared");
    with(&[]).keeps("visits_shared");
}

#[test]
fn notice() {
    let mut case = with(&VISIT);
    case.request.today = day("2027-01-12");
    case.breaks("notice");
    case.request.today = day("2026-12-10");
    case.keeps("notice");
}

#[test]
fn moved_in_week() {
    let other = |row| [(MATHS, SCHEDULE), (MATHS, row)];
    with(&other("1,2027-01-13,p4,,,\n")).breaks("moved_in_week");
    with(&[]).keeps("moved_in_week");
}

#[test]
fn moved_further() {
    let other = |row| [(MATHS, SCHEDULE), (MATHS, row)];
    with(&other("1,2027-01-13,p4,,,\n")).breaks("moved_further");
    with(&other("1,2027-01-14,p4,,,yes\n")).keeps("moved_further");
}

#[test]
fn proposed() {
    with(&[]).breaks("proposed");
    let work = "[job_card.phase-leader]\nwork-scrutiny = 1\nrecords-scrutiny = 0\nlesson-visit = 0\nevaluation = 0\nscheduling = 0\n";
    let files = [("phase.toml", work), (MATHS, SCHEDULE), (MATHS, "1,2027-01-14,p4,,,\n")];
    let plan = phase::plan::schedule(&super::school(&files, day("2026-12-10")), &with(&[]).request, None);
    assert!(plan.unwrap().cost.terms.iter().all(|term| term.preference != "proposed"));
}

#[test]
fn cover() {
    let teaching = ("classes.csv", "1B,1,bea\n");
    with(&[VISIT[0], VISIT[1], teaching]).breaks("cover-used");
    with(&VISIT).keeps("cover-used");
    with(&[teaching]).breaks("cover");
    with(&[]).keeps("cover");
}

#[test]
fn priority() {
    with(&[("subjects.csv", "Art,art,dan,2,\n")]).breaks("priority");
    with(&[]).keeps("priority");
}

#[test]
fn longest_unseen() {
    let seen = format!("{PUBLISHED}ht2-1,0,ann,work-scrutiny,maths,2026-11-12,p4,bea,,held,\n");
    with(&[("schedules/ht2/published.csv", &seen)]).breaks("longest_unseen");
    with(&[]).keeps("longest_unseen");
}

#[test]
fn little_evidence() {
    let mut case = with(&[]);
    let (subject, kind) = (Id::new("maths"), SessionKind::WorkScrutiny);
    case.request.needs.evidence.push(SubjectNeed { subject, kind, aspects: 1 });
    case.breaks("little_evidence");
    with(&[]).keeps("little_evidence");
}

#[test]
fn off_path() {
    let mut case = with(&[]);
    case.request.needs.below.push(Id::new("maths"));
    case.breaks("off_path");
    with(&[]).keeps("off_path");
}

#[test]
fn lesson_unknown() {
    with(&[]).breaks("lesson_unknown");
    let lessons = "class,weekday,period,subject\n1A,Thu,p4,maths\n1A,Thu,p3,history\n2A,Thu,p4,history\n2A,Thu,p3,maths\n";
    with(&[("timetable.csv", lessons)]).keeps("lesson_unknown");
}

#[test]
fn published() {
    let agreed = format!("{PUBLISHED}ht3-1,0,ann,work-scrutiny,maths,2027-01-14,p4,bea,,planned,\n");
    let mut case = with(&[("schedules/ht3/published.csv", &agreed)]);
    case.request.replan = true;
    case.breaks("published");
    case.request.replan = false;
    case.keeps("published");
}

#[test]
fn wanted() {
    let mut case = with(&[]);
    let meant = RequestedSession { subject: Some(Id::new("maths")), kind: None };
    // On a day on which nothing is programmed.
    case.request.pin.push(RequestedTime { meant: meant.clone(), date: Some(day("2027-01-12")), when: None });
    let plan = phase::plan::schedule(&super::school(&[], day("2026-12-10")), &case.request, None).unwrap();
    assert_eq!(plan.unmet.len(), 1);
    case.request.pin.clear();
    case.request.want.push(meant);
    let plan = phase::plan::schedule(&super::school(&[], day("2026-12-10")), &case.request, None).unwrap();
    assert_eq!(plan.unmet.len(), 0);
}

/// The kinds of session that are placed where only so many Thursdays are left of six.
fn placed(thursdays: usize, more: &str) -> Vec<SessionKind> {
    let first = ["", "2027-02-11", "2027-02-04", "2027-01-28", "2027-01-21", "2027-01-14"][thursdays];
    let closed = format!("[[closure]]\nfrom = 2027-01-04\nto = {first}\nreason = \"snow\"\n");
    // The last day before the Thursdays that are left.
    let closed = closed.replace(first, &(day(first).pred_opt().unwrap()).to_string());
    let school = super::school(&[(CALENDAR, &closed), ("phase.toml", more)], day("2026-12-10"));
    let plan = phase::plan::schedule(&school, &with(&[]).request, None).unwrap();
    plan.sessions.iter().map(|session| session.kind).collect()
}

#[test]
fn leave_out_further_visit() {
    let kinds = placed(5, "");
    assert_eq!(kinds.iter().filter(|kind| **kind == SessionKind::LessonVisit).count(), 1);
    let kinds = placed(5, "[preferences]\nleave_out_further_visit = 9\n");
    assert_eq!(kinds.iter().filter(|kind| **kind == SessionKind::LessonVisit).count(), 2);
}

#[test]
fn leave_out_records() {
    assert!(!placed(4, "").contains(&SessionKind::RecordsScrutiny));
    assert!(placed(4, "[preferences]\nleave_out_records = 9\n").contains(&SessionKind::RecordsScrutiny));
}

#[test]
fn leave_out_work() {
    assert!(!placed(3, "").contains(&SessionKind::WorkScrutiny));
    assert!(placed(3, "[preferences]\nleave_out_work = 9\n").contains(&SessionKind::WorkScrutiny));
}

#[test]
fn leave_out_visit() {
    assert!(placed(3, "").contains(&SessionKind::LessonVisit));
    assert!(!placed(3, "[preferences]\nleave_out_visit = 0\n").contains(&SessionKind::LessonVisit));
}

/// The rows of the table of preferences in the README.
fn documented() -> BTreeSet<(String, u32, String)> {
    let readme = include_str!("../../../README.md");
    let rows = readme.lines().filter_map(|line| line.strip_prefix("| `")?.strip_suffix(" |"));
    let row = |row: &str| {
        let (key, rest) = row.split_once("` | ")?;
        let (weight, words) = rest.split_once(" | ")?;
        Some((key.to_owned(), weight.parse().ok()?, words.to_owned()))
    };
    rows.filter_map(row).collect()
}

#[test]
fn the_readme_and_the_schema_know_every_preference() {
    let table: BTreeSet<(String, u32, String)> = Preference::TABLE
        .iter()
        .map(|(_, key, weight, words)| ((*key).to_owned(), *weight, (*words).to_owned()))
        .collect();
    assert_eq!(documented(), table);
    let schema: serde_json::Value =
        serde_json::from_str(include_str!("../../../schemas/files/phase.json")).unwrap();
    let properties = schema["properties"]["preferences"]["properties"].as_object().unwrap();
    let known = properties.iter().map(|(key, value)| {
        let weight = value["default"].as_u64().unwrap();
        (key.clone(), u32::try_from(weight).unwrap(), value["description"].as_str().unwrap().to_owned())
    });
    assert_eq!(known.collect::<BTreeSet<_>>(), table);
}
