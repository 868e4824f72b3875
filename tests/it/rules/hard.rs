//! What must not be, a test a rule.

use phase::plan::schedule::request::{RequestedSession, RequestedTime};

use super::{Lines, SCHEDULE, day, hour, with};

const MATHS: &str = "schedules/ht3/maths.csv";
const HISTORY: &str = "schedules/ht3/history.csv";
const CALENDAR: &str = "calendar.toml";
const AVAILABILITY: &str = "availability.csv";
const PHASE: &str = "phase.toml";

/// The first line of what is known of people's time.
const TIMES: &str = "staff,weekday,date,period,status\n";

/// Maths visits 1A on a Thursday at one.
const VISIT: [Lines<'_>; 2] = [(MATHS, SCHEDULE), (MATHS, "3,2027-01-14,p4,1A,,\n")];

#[test]
fn outside_half_term() {
    let mut case = with(&[]);
    case.at = Some(hour("2027-02-16", 13));
    case.breaks("outside-half-term");
    with(&[]).keeps("outside-half-term");
}

#[test]
fn closure() {
    let snow = (CALENDAR, "[[closure]]\ndate = 2027-01-14\nreason = \"snow\"\n");
    with(&[VISIT[0], VISIT[1], snow]).breaks("closure");
    let other_day = (CALENDAR, "[[closure]]\ndate = 2027-01-15\nreason = \"snow\"\n");
    with(&[VISIT[0], VISIT[1], other_day]).keeps("closure");
}

#[test]
fn window() {
    let check = "from = 2027-01-11\nto = 2027-01-15\nkind = \"phonics\"\n";
    let own = format!("[[window]]\nyear_groups = [\"1\"]\n{check}");
    with(&[VISIT[0], VISIT[1], (CALENDAR, &own)]).breaks("window");
    let others = format!("[[window]]\nyear_groups = [\"6\"]\n{check}");
    with(&[VISIT[0], VISIT[1], (CALENDAR, &others)]).keeps("window");
}

/// A visit while somebody's time is taken up.
fn with_time<'a>(row: &'a str) -> super::Case<'a> {
    with(&[VISIT[0], VISIT[1], (AVAILABILITY, TIMES), (AVAILABILITY, row)])
}

#[test]
fn away() {
    with_time("bea,,2027-01-14,,off\n").breaks("away");
    with_time("bea,,2027-01-15,,off\n").keeps("away");
}

#[test]
fn protected_time() {
    with_time("dan,Thu,,p4,ppa\n").breaks("protected-time");
    with_time("dan,Thu,,p3,ppa\n").keeps("protected-time");
}

#[test]
fn busy() {
    with_time("bea,Thu,,p4,busy\n").breaks("busy");
    with_time("bea,Fri,,p4,busy\n").keeps("busy");
}

#[test]
fn not_taught() {
    let lessons = |row| ("timetable.csv", row);
    let heads = lessons("class,weekday,period,subject\n");
    with(&[VISIT[0], VISIT[1], heads, lessons("1A,Thu,p4,history\n")]).clashes("not-taught");
    with(&[VISIT[0], VISIT[1], heads, lessons("1A,Thu,p4,maths\n")]).is_free_of("not-taught");
}

#[test]
fn own_lesson() {
    let class = ("classes.csv", "1B,1,bea\n");
    with(&[class, VISIT[0], (MATHS, "3,2027-01-14,p4,1B,,\n")]).clashes("own-lesson");
    with(&[class, VISIT[0], VISIT[1]]).is_free_of("own-lesson");
}

#[test]
fn person_twice() {
    let art = ("subjects.csv", "Art,art,bea,,\n");
    let other =
        |row| [art, VISIT[0], VISIT[1], ("schedules/ht3/art.csv", SCHEDULE), ("schedules/ht3/art.csv", row)];
    with(&other("1,2027-01-14,p4,,,\n")).breaks("person-twice");
    with(&other("1,2027-01-14,p3,,,\n")).keeps("person-twice");
}

#[test]
fn class_twice() {
    let other = |row| [VISIT[0], VISIT[1], (HISTORY, SCHEDULE), (HISTORY, row)];
    with(&other("3,2027-01-14,p4,1A,,\n")).breaks("class-twice");
    with(&other("3,2027-01-14,p4,2A,,\n")).keeps("class-twice");
}

#[test]
fn place_full() {
    let at =
        |row| [(MATHS, SCHEDULE), (MATHS, "1,2027-01-14,p4,,hall,\n"), (HISTORY, SCHEDULE), (HISTORY, row)];
    with(&at("1,2027-01-14,p4,,hall,\n")).breaks("place-full");
    with(&at("1,2027-01-14,p4,,library,\n")).keeps("place-full");
}

/// Two visits of a half term, beside a limit of one to a teacher.
fn limited<'a>(limit: &'a str, second: &'a str) -> super::Case<'a> {
    with(&[(PHASE, "[limits]\n"), (PHASE, limit), VISIT[0], VISIT[1], (MATHS, second)])
}

#[test]
fn visits_per_half_term() {
    let limit = "visits_per_teacher_per_half_term = 1\n";
    limited(limit, "3,2027-01-21,p4,1A,,\n").breaks("visits-per-half-term");
    limited(limit, "3,2027-01-21,p4,2A,,\n").keeps("visits-per-half-term");
}

#[test]
fn visits_per_year() {
    let limit = "visits_per_teacher_per_year = 1\n";
    limited(limit, "3,2027-01-21,p4,1A,,\n").breaks("visits-per-year");
    limited(limit, "3,2027-01-21,p4,2A,,\n").keeps("visits-per-year");
}

#[test]
fn cover() {
    let teaching = [("classes.csv", "1B,1,bea\n2B,2,cem\n"), (PHASE, "[limits]\nreleases_per_period = 1\n")];
    let both = |row| [teaching[0], teaching[1], VISIT[0], VISIT[1], (HISTORY, SCHEDULE), (HISTORY, row)];
    with(&both("3,2027-01-14,p4,2A,,\n")).clashes("cover");
    with(&both("3,2027-01-14,p3,2A,,\n")).is_free_of("cover");
}

#[test]
fn task_order() {
    let order = |row| [(MATHS, SCHEDULE), (MATHS, "5,2027-01-14,p4,,,\n"), (MATHS, row)];
    with(&order("1,2027-01-07,p4,,,\n")).clashes("task-order");
    with(&order("1,2027-01-21,p4,,,\n")).is_free_of("task-order");
}

#[test]
fn fixed() {
    let handed_in = (MATHS, "1,2027-01-14,p4,,,yes\n");
    let agreed = |row| [(MATHS, SCHEDULE), handed_in, ("schedules/ht3/published.csv", row)];
    let heads = "id,sequence,owner,task,subject,date,period,with,status,moved_from\n";
    let moved =
        format!("{heads}ht3-1,0,ann,work-scrutiny,maths,2027-01-21,p4,bea,planned,2027-01-14 13:00\n");
    with(&agreed(&moved)).clashes("fixed");
    let there = format!("{heads}ht3-1,0,ann,work-scrutiny,maths,2027-01-14,p4,bea,planned,\n");
    with(&agreed(&there)).is_free_of("fixed");
}

#[test]
fn not_programmed() {
    let mut case = with(&[]);
    case.at = Some(hour("2027-01-12", 13));
    case.breaks("not-programmed");
    with(&[]).keeps("not-programmed");
}

#[test]
fn past() {
    let mut case = with(&[]);
    case.request.today = day("2027-01-20");
    case.at = Some(hour("2027-01-14", 13));
    case.breaks("past");
    with(&[]).keeps("past");
}

#[test]
fn taken() {
    let heads = "id,sequence,owner,task,subject,date,period,with,status,moved_from\n";
    let held = format!("{heads}ht3-1,0,ann,work-scrutiny,maths,2027-01-07,p4,bea,held,\n");
    let mut case = with(&[("schedules/ht3/published.csv", &held)]);
    case.request.today = day("2027-01-08");
    case.request.replan = true;
    case.at = Some(hour("2027-01-07", 13));
    case.breaks("taken");
    case.at = Some(hour("2027-01-14", 13));
    case.keeps("taken");
}

#[test]
fn no_partner() {
    with(&[("subjects.csv", "Art,art,,,\n")]).breaks("no-partner");
    with(&[("subjects.csv", "Art,art,dan,,\n")]).keeps("no-partner");
}

#[test]
fn wanted() {
    // Six sessions are wanted, and five Thursdays are left.
    with(&[(CALENDAR, "[[closure]]\nfrom = 2027-01-11\nto = 2027-01-22\nreason = \"snow\"\n")])
        .breaks("wanted");
    with(&[]).keeps("wanted");
}

#[test]
fn asked() {
    let meant = RequestedSession { subject: Some(phase::school::Id::new("maths")), kind: None };
    let mut case = with(&[]);
    case.request.forbid.push(RequestedTime { meant, date: None, when: None });
    case.breaks("asked");
    with(&[]).keeps("asked");
}
