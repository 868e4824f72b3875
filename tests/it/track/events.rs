//! A school's calendar of events taken in.

use std::fs;

use crate::program::run;
use crate::workspace::workspace;

/// A school's calendar of events: each once, for whom it is said, term dates left out.
#[test]
fn events_of_a_calendar_come_in_once() {
    let folder = workspace(&[]);
    let entry = |uid: u32, lines: &str| {
        format!("BEGIN:VEVENT\r\nUID:{uid}@x\r\nDTSTAMP:20260901T000000Z\r\n{lines}\r\nEND:VEVENT\r\n")
    };
    let calendar = format!(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//EN\r\n{}{}{}END:VCALENDAR\r\n",
        entry(1, "SUMMARY:Nativity rehearsal\r\nDTSTART:20261211T131500\r\nDTEND:20261211T141500"),
        entry(2, "SUMMARY:Trip to the farm\r\nDTSTART;VALUE=DATE:20270118\r\nDTEND;VALUE=DATE:20270119"),
        entry(
            3,
            "SUMMARY:Safeguarding concern about P022\r\nDTSTART;VALUE=DATE:20270119\r\nDTEND;VALUE=DATE:20270120"
        ),
    );
    fs::write(folder.path().join("events.ics"), calendar).unwrap();
    let (code, out, err) = run(folder.path(), &["import", "events.ics", "--events", "Y2", "--dry-run"]);
    assert_eq!(code, 0, "{err}");
    assert!(out.contains("would be new (2 rows)") && !out.contains("P022"), "{out}");
    assert!(!folder.path().join("calendar.toml").exists());
    assert_eq!(run(folder.path(), &["import", "events.ics", "--events", "Y2"]).0, 0);
    let text = fs::read_to_string(folder.path().join("calendar.toml")).unwrap();
    assert!(text.contains("Nativity rehearsal") && text.contains("13:15-14:15"), "{text}");
    assert!(text.contains("Trip to the farm") && !text.contains("P022"), "{text}");
    assert_eq!(run(folder.path(), &["import", "events.ics", "--events", "Y2"]).0, 0);
    assert_eq!(fs::read_to_string(folder.path().join("calendar.toml")).unwrap(), text);
    assert_eq!(run(folder.path(), &["import", "events.ics", "--events", "Y9"]).0, 2);
    let (code, out, _) = run(folder.path(), &["check"]);
    assert_eq!(code, 0, "{out}");
}
