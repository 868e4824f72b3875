//! Sessions out of a subject leader's calendar.

use std::fs;
use std::path::{Path, PathBuf};

use super::{INIT, answer, calendar, ends};

/// What a subject leader's calendar has in spring 1.
const SPRING: &[&[&str]] = &[
    // A zone by its Windows name; summer time; a length; a rule without an end; what is called off.
    &[
        "SUMMARY:History: book look 1A",
        "DTSTART;TZID=GMT Standard Time:20270112T134500",
        "DTEND;TZID=GMT Standard Time:20270112T143000",
    ],
    &["SUMMARY:Lesson visit (history)", "DTSTART:20270119T090000Z", "DTEND:20270119T093000Z", "LOCATION:Oak"],
    &["SUMMARY:History evaluation", "DTSTART:20270210T104000", "DURATION:PT80M"],
    &[
        "SUMMARY:Maths records scrutiny",
        "DTSTART:20260107T090000",
        "DTEND:20260107T102000",
        "RRULE:FREQ=WEEKLY;INTERVAL=3",
        "EXDATE:20270120T090000",
    ],
    &[
        "SUMMARY:History planning scrutiny",
        "STATUS:CANCELLED",
        "DTSTART:20270113T090000",
        "DTEND:20270113T100000",
    ],
    &["SUMMARY:Dentist", "DTSTART:20270111T090000", "DTEND:20270111T100000"],
    &["SUMMARY:History lesson visit", "DTSTART;VALUE=DATE:20270120"],
    &["SUMMARY:History book look", "DTSTART:20270230T090000", "DTEND:20270230T100000"],
];

/// A workspace of two classes, begun in the folder.
fn with_two_classes(folder: &Path) -> PathBuf {
    ends(0, folder, INIT);
    let ks1 = folder.join("ks1");
    ends(0, &ks1, &["ask", "--answer", "classes=1A Lee Adeyemi, Oak (2) Kim Ferris"]);
    ks1
}

#[test]
fn sessions_come_out_of_a_subject_leaders_calendar() {
    let folder = tempfile::tempdir().unwrap();
    let ks1 = with_two_classes(folder.path());
    let file = folder.path().join("cal.ics");
    calendar(&file, SPRING);
    let imported = answer(&ks1, &["import", file.to_str().unwrap(), "--half-term", "3"]);
    let said: Vec<&str> =
        imported["left_out"].as_array().unwrap().iter().map(|left| left["says"].as_str().unwrap()).collect();
    assert_eq!(said.len(), 3, "{said:?}");
    assert!(said[0].contains("its date cannot be read"), "{said:?}");
    assert_eq!(
        said[1..],
        ["Mon 11 Jan, Dentist: it names no task area", "Wed 20 Jan, History lesson visit: it has no time"]
    );
    let read = |name: &str| fs::read_to_string(ks1.join("schedules/ht3").join(name)).unwrap();
    assert_eq!(
        read("history.csv"),
        "task,date,period,start,end,classes,place,note\n\
         work-scrutiny,2027-01-12,pm2,,,1A,,History: book look 1A\n\
         lesson-visit,2027-01-19,,09:00,09:30,Oak,Oak,Lesson visit (history)\n\
         evaluation,2027-02-10,am2,,,,,History evaluation\n"
    );
    assert_eq!(
        read("maths.csv"),
        "task,date,period,note\nrecords-scrutiny,2027-02-10,am1,Maths records scrutiny\n"
    );
    assert_eq!(ends(0, &ks1, &["check"]).0, "6 files, no fault\n");
}

#[test]
fn a_time_of_greenwich_is_an_hour_later_here_in_summer() {
    let folder = tempfile::tempdir().unwrap();
    let ks1 = with_two_classes(folder.path());
    let file = folder.path().join("cal.ics");
    calendar(&file, &[&["SUMMARY:History book look", "DTSTART:20270511T080000Z", "DTEND:20270511T092000Z"]]);
    ends(0, &ks1, &["import", file.to_str().unwrap(), "--half-term", "5"]);
    let summer = fs::read_to_string(ks1.join("schedules/ht5/history.csv")).unwrap();
    assert!(summer.contains("work-scrutiny,2027-05-11,am1"), "{summer}");
}

/// A workspace with art beside its other subjects, begun in the folder.
fn with_art(folder: &Path) -> PathBuf {
    ends(0, folder, &[INIT, &["--subject", "Art=Kim Ferris"]].concat());
    folder.join("ks1")
}

const VISIT: &str = "SUMMARY:History lesson visit 1A";
const AT: &str = "DTSTART:20270112T134500";
const TO: &str = "DTEND:20270112T143000";

#[test]
fn outlooks_zone_of_london_has_summer_time() {
    let folder = tempfile::tempdir().unwrap();
    let ks1 = with_art(folder.path());
    let file = folder.path().join("cal.ics");
    let outlook = "(UTC+00:00) Dublin, Edinburgh, Lisbon, London";
    let (from_outlook, to_outlook) = (
        format!("DTSTART;TZID=\"{outlook}\":20270506T134500"),
        format!("DTEND;TZID=\"{outlook}\":20270506T143000"),
    );
    calendar(&file, &[&["SUMMARY:History book look", &from_outlook, &to_outlook]]);
    ends(0, &ks1, &["import", file.to_str().unwrap(), "--half-term", "5"]);
    let summer = fs::read_to_string(ks1.join("schedules/ht5/history.csv")).unwrap();
    assert!(summer.contains("work-scrutiny,2027-05-06,pm2"), "{summer}");
}

/// Entries that are no session, and what is said of each.
const NOT_TAKEN: &[(&[&str], &str)] = &[
    (&[VISIT, AT, TO, "RRULE:FREQ=WEEKLY;COUNT=2", "RRULE:FREQ=DAILY;COUNT=2"], "it comes by several rules"),
    (&[VISIT, AT, TO, "RRULE:FREQ=WEEKLY;COUNT=2", "EXRULE:FREQ=DAILY;COUNT=2"], "it comes by several rules"),
    (&[VISIT, "DTSTART;TZID=Made/Up:20270112T134500", TO], "its time zone `Made/Up` is not known"),
    (&[VISIT, AT], "it has no end"),
    (&[VISIT, AT, "DTEND:20270112T130000"], "it ends before it begins"),
    (&[VISIT, AT, "DTEND:20270113T130000"], "it goes past midnight"),
    (&[VISIT, AT, TO, "RRULE:FREQ=FORTNIGHTLY"], "its rule cannot be read"),
    (&[VISIT, AT, TO, "RRULE:FREQ=DAILY;BYHOUR=9,10"], "it comes more often than daily"),
    (&["SUMMARY:Canceled: History lesson visit", AT, TO], "it is called off"),
    (&["SUMMARY:Art: lesson visit 1A", AT, TO], "it names art, not history"),
    (&[VISIT, "DTSTART:20270231T134500", TO], "its date cannot be read"),
];

#[test]
fn what_is_not_taken_out_of_a_calendar_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let ks1 = with_art(folder.path());
    let file = folder.path().join("cal.ics");
    let left_out = |event: &[&str], subject: &str| {
        calendar(
            &file,
            &[event, &["SUMMARY:History evaluation", "DTSTART:20270210T104000", "DTEND:20270210T120000"]],
        );
        let words = ["import", file.to_str().unwrap(), "--half-term", "3", "-s", subject, "--dry-run"];
        let left = answer(&ks1, &words)["left_out"].clone();
        left.as_array()
            .unwrap()
            .iter()
            .map(|left| left["says"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
            .join("; ")
    };
    for (event, says) in NOT_TAKEN {
        let told = left_out(event, "history");
        assert!(told.contains(says), "{event:?}: {told}");
    }
}

/// A day that is left out of a rule, written as a day; and the same entry twice.
const TWICE: &[&[&str]] = &[
    &["SUMMARY:History book look", AT, TO, "RRULE:FREQ=WEEKLY;COUNT=3", "EXDATE;VALUE=DATE:20270119"],
    &[VISIT, "DTSTART:20270127T090000", "DTEND:20270127T100000"],
    &[VISIT, "DTSTART:20270127T090000", "DTEND:20270127T100000"],
];

#[test]
fn a_day_left_out_is_left_out_and_the_same_entry_counts_once() {
    let folder = tempfile::tempdir().unwrap();
    let ks1 = with_art(folder.path());
    let file = folder.path().join("cal.ics");
    calendar(&file, TWICE);
    let twice = fs::read_to_string(&file).unwrap();
    // Two calendars in one file.
    let second =
        twice.replace("20270127", "20270128").replace(&TWICE[0][3..].join("\r\n"), "STATUS:CANCELLED");
    fs::write(&file, format!("{twice}{second}")).unwrap();
    ends(0, &ks1, &["import", file.to_str().unwrap(), "--half-term", "3"]);
    let rows = fs::read_to_string(ks1.join("schedules/ht3/history.csv")).unwrap();
    let dates: Vec<&str> = rows.lines().skip(1).filter_map(|row| row.split(',').nth(1)).collect();
    assert_eq!(dates, ["2027-01-12", "2027-01-26", "2027-01-27", "2027-01-28"], "{rows}");
}

#[test]
fn a_calendar_that_breaks_off_is_refused_whole() {
    let folder = tempfile::tempdir().unwrap();
    let ks1 = with_art(folder.path());
    let file = folder.path().join("cal.ics");
    calendar(&file, TWICE);
    let whole = fs::read_to_string(&file).unwrap();
    fs::write(&file, whole.rsplit_once("END:VEVENT").unwrap().0).unwrap();
    let (_, err) = ends(1, &ks1, &["import", file.to_str().unwrap(), "--half-term", "3"]);
    assert!(err.contains("breaks off"), "{err}");
}

#[test]
fn nothing_that_steers_a_terminal_comes_out_of_a_calendar() {
    let folder = tempfile::tempdir().unwrap();
    let ks1 = with_art(folder.path());
    let file = folder.path().join("cal.ics");
    calendar(
        &file,
        &[&[
            "SUMMARY:History lesson visit \u{1b}[31m\u{202e}",
            "DTSTART:20270413T090000",
            "DTEND:20270413T100000",
        ]],
    );
    ends(0, &ks1, &["import", file.to_str().unwrap(), "--half-term", "5"]);
    let rows = fs::read_to_string(ks1.join("schedules/ht5/history.csv")).unwrap();
    assert!(!rows.contains(['\u{1b}', '\u{202e}']), "{rows}");
}

#[test]
fn calendars_are_bounded() {
    let folder = tempfile::tempdir().unwrap();
    ends(0, folder.path(), INIT);
    let ks1 = folder.path().join("ks1");
    let file = folder.path().join("cal.ics");
    let words = ["import", file.to_str().unwrap(), "--half-term", "3"];
    fs::write(&file, format!("BEGIN:VCALENDAR\n{}", "BEGIN:VEVENT\n".repeat(50_000))).unwrap();
    assert!(ends(1, &ks1, &words).1.contains("more than 20000 entries, or entries too deep"));
    fs::write(&file, "hello").unwrap();
    assert!(ends(1, &ks1, &words).1.contains("this is no calendar file"));
    let never = "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;COUNT=1";
    let event: &[&str] = &["SUMMARY:x", "DTSTART:20270101T090000", "DTEND:20270101T100000", never];
    calendar(&file, &[event; 60]);
    assert!(ends(1, &ks1, &words).1.contains("more than 50 by a rule of several conditions"));
    for rule in [
        "FREQ=SECONDLY",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;COUNT=99999999",
        "FREQ=YEARLY;UNTIL=99991231",
    ] {
        let rule = format!("RRULE:{rule}");
        let event: &[&str] = &["SUMMARY:x", "DTSTART:20000101T090000", "DTEND:20000101T100000", &rule];
        calendar(&file, &[event; 5]);
        let (_, err) = ends(1, &ks1, &words);
        let told = ["no session of spring 1 is in it", "nothing in it lies in 2026-27"];
        assert!(told.iter().any(|says| err.contains(says)), "{rule}: {err}");
    }
}
