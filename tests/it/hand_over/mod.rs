//! What is handed over: notices and calendars, reports for those they are for, and pages that stay whole whatever is
//! in them.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};
use std::process::Command;

use chrono::{NaiveDate, NaiveTime};
use proptest::prelude::*;

use crate::program::{answer, run};
use crate::workspace::{example_copy, workspace};
use phase::document::{
    Block, CalendarEntry, CalendarEntryStatus, Cell, Chart, Column, Document, Picture, Progress, Series,
    Share, Table,
};
use phase::render;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

fn example() -> PathBuf {
    root().join("examples/two-form-primary")
}

fn ok(folder: &Path, words: &[&str]) -> String {
    let (code, out, err) = run(folder, words);
    assert_eq!(code, 0, "{words:?}: {err}");
    out
}

fn read(path: impl AsRef<Path>) -> String {
    fs::read_to_string(path.as_ref()).unwrap_or_else(|error| panic!("{}: {error}", path.as_ref().display()))
}

/// Every part of a packed file as text, by name, one after the other.
fn unpacked(bytes: &[u8]) -> String {
    let mut packed = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut parts = BTreeMap::new();
    for index in 0..packed.len() {
        let mut part = packed.by_index(index).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut text = String::new();
        part.read_to_string(&mut text).unwrap();
        parts.insert(name, text);
    }
    parts.iter().map(|(name, text)| format!("=== {name}\n{}\n", text.replace("><", ">\n<"))).collect()
}

const SESSION: &str = "ht3-ks1-lesson-visit-2";

#[test]
fn people_are_told_once_and_then_only_what_is_new() {
    let folder = example_copy();
    let school = folder.path().join("two-form-primary");
    ok(&school, &["schedule", "--half-term", "3", "--save"]);
    let out = folder.path().join("first");
    let at = out.to_str().unwrap();
    // A look first: nothing is written.
    let before = read(school.join("log.csv"));
    ok(&school, &["notify"]);
    assert_eq!(read(school.join("log.csv")), before);
    assert!(!school.join("schedules/ht3/issued.csv").exists());

    ok(&school, &["notify", "-o", at, "--format", "markdown"]);
    for name in [
        "hale.md",
        "hale.ics",
        "okafor.md",
        "okafor.ics",
        "sorrel.ics",
        "headteacher-copy.md",
        "headteacher-copy.xlsx",
    ] {
        assert!(out.join(name).is_file(), "{name}");
    }
    // Who has no session is told what is theirs to do.
    assert!(read(out.join("adeyemi.md")).contains("Say what was agreed after the phonics visit"));
    assert!(!out.join("adeyemi.ics").exists());
    assert!(!out.join("okafor-changes.md").exists());
    // Whose books are looked at is asked for them, and need not come.
    let lends = read(out.join("boon.md"));
    assert!(lends.contains("## What is asked of your class"), "{lends}");
    assert!(lends.contains("six pupils' books for pupils' work, RE (2A)"), "{lends}");
    assert!(lends.contains("you need not come to these") && !out.join("boon.ics").exists(), "{lends}");
    let notice = read(out.join("okafor.md"));
    for says in [
        "For Jo Okafor, from Morgan Hale",
        "Thursday 28 January, 13:15 to 14:15",
        "**Bring**",
        "**Looked at**",
        "30 minutes of this time",
        "lesson visit, History",
    ] {
        assert!(notice.contains(says), "{says}:\n{notice}");
    }
    // Everybody is told what is theirs to do; what works is for all, by name only where it was offered.
    let agreed = read(out.join("lindqvist.md"));
    assert!(agreed.contains("## Yours to do") && agreed.contains("Plan spring history"), "{agreed}");
    let shared = read(out.join("shared-practice.md"));
    assert!(
        shared.contains("Partner talk in maths (Robin Sorrel") && !shared.contains("Nandakumar"),
        "{shared}"
    );
    // Who brings the books of whom.
    let asked = "nothing; six pupils' books of 2A and 5B are asked of the class teachers";
    assert!(read(out.join("penrose.md")).contains(asked) && read(out.join("hale.md")).contains(asked));
    // Nobody is told of what is not theirs.
    assert!(!notice.contains("Lindqvist") && !notice.contains("RE,"), "{notice}");
    let head = read(out.join("headteacher-copy.md"));
    assert!(head.contains("## Cover asked for") && head.contains("Nia Penrose"), "{head}");
    let log = read(school.join("log.csv"));
    assert!(log.lines().last().unwrap().starts_with("2026-12-10,notice-given,"), "{log}");
    let first = read(out.join("okafor.ics"));
    assert!(first.contains("SEQUENCE:0\r\n") && first.contains("STATUS:CONFIRMED\r\n"), "{first}");

    // Said again, nothing is new, and nothing more is noted.
    ok(&school, &["notify", "-o", at, "--format", "markdown"]);
    assert_eq!(read(school.join("log.csv")), log);
    assert_eq!(read(out.join("okafor.ics")), first);

    // One is moved by the command, one is taken out by hand.
    let (code, _, err) = run(&school, &["moved", SESSION, "--to", "2027-01-27 p4", "--anyway"]);
    assert_eq!(code, 3, "noted, though it makes a clash: {err}");
    let published = school.join("schedules/ht3/published.csv");
    let kept: String =
        read(&published).split_inclusive('\n').filter(|line| !line.contains("records-scrutiny")).collect();
    fs::write(&published, kept).unwrap();
    ok(&school, &["notify", "-o", at, "--format", "markdown", "--today", "2027-01-11", "--half-term", "3"]);
    let changes = read(out.join("okafor-changes.md"));
    assert!(
        changes.contains("Moved: lesson visit, History (1A) is on Wed 27 Jan 13:15-14:15 (it was Thu 28 Jan"),
        "{changes}"
    );
    let calendar = read(out.join("okafor-changes.ics"));
    assert!(calendar.contains("SEQUENCE:1\r\n") && calendar.contains("20270127T131500"), "{calendar}");
    let uid = |text: &str| text.lines().find(|line| line.starts_with("UID:")).unwrap().to_owned();
    assert_eq!(uid(&calendar), uid(&first));
    let called_off = read(out.join("nandakumar-changes.ics"));
    assert!(
        called_off.contains("STATUS:CANCELLED\r\n") && called_off.contains("SEQUENCE:1\r\n"),
        "{called_off}"
    );
    assert!(!out.join("lindqvist-changes.md").exists(), "nothing is new to them");
    assert!(read(school.join("log.csv")).contains("2027-01-11,notice-given,"));

    // What was called off is kept for one issue.
    let again = folder.path().join("again");
    ok(
        &school,
        &[
            "notify",
            "-o",
            again.to_str().unwrap(),
            "--format",
            "markdown",
            "--today",
            "2027-01-12",
            "--half-term",
            "3",
        ],
    );
    assert!(!again.join("nandakumar.ics").exists() && !again.join("nandakumar-changes.ics").exists());
    assert!(!read(again.join("hale.ics")).contains("CANCELLED"));
    assert!(!again.join("okafor-changes.md").exists() && !again.join("okafor-changes.ics").exists());

    // Somebody else comes: who came is no longer needed, and is not told who does.
    let text = read(&published);
    let swapped: String = text
        .split_inclusive('\n')
        .map(
            |line| {
                if line.starts_with(SESSION) { line.replace("okafor", "penrose") } else { line.to_owned() }
            },
        )
        .collect();
    fs::write(&published, swapped).unwrap();
    ok(&school, &["notify", "-o", at, "--format", "markdown", "--today", "2027-01-13", "--half-term", "3"]);
    let changes = read(out.join("okafor-changes.md"));
    assert!(changes.contains("You are no longer needed: lesson visit, History (1A)"), "{changes}");
    let calendar = read(out.join("okafor-changes.ics"));
    assert!(calendar.contains("STATUS:CANCELLED") && !calendar.contains("Penrose"), "{calendar}");
    assert!(read(out.join("penrose-changes.md")).contains("New: "));

    // Another session stands in its place: the visit is called off, and the headteacher hears of both.
    let text = read(&published);
    let another = |line: &str| match line.starts_with(SESSION) {
        true => line.replace(",history,", ",art,").replace("penrose", "lindqvist"),
        false => line.to_owned(),
    };
    fs::write(&published, text.split_inclusive('\n').map(another).collect::<String>()).unwrap();
    ok(&school, &["notify", "-o", at, "--format", "markdown", "--today", "2027-01-13", "--half-term", "3"]);
    let changes = read(out.join("penrose-changes.md"));
    assert!(
        changes.contains("Called off: lesson visit, History (1A)") && !changes.contains("Art"),
        "{changes}"
    );
    let head = read(out.join("headteacher-copy.md"));
    assert!(head.contains("Art (1A), in place of lesson visit, History (1A), which is called off"), "{head}");
    fs::write(&published, text).unwrap();
    ok(&school, &["notify", "-o", at, "--format", "markdown", "--today", "2027-01-13", "--half-term", "3"]);

    // Who lent books now comes: the one is no longer asked for, the other is new, and in the calendar.
    let text = read(&published);
    let comes: String = text
        .split_inclusive('\n')
        .map(|line| if line.contains(",re,") { line.replace("penrose", "boon") } else { line.to_owned() })
        .collect();
    fs::write(&published, comes).unwrap();
    ok(&school, &["notify", "-o", at, "--format", "markdown", "--today", "2027-01-13", "--half-term", "3"]);
    let changes = read(out.join("boon-changes.md"));
    assert!(changes.contains("No longer asked for: six pupils' books"), "{changes}");
    assert!(changes.contains("New: Thu 4 Feb 13:15-14:15, pupils' work, RE (2A, 5B)"), "{changes}");
    assert!(
        changes.contains(
            "six pupils' books of 2A, of different groups; six pupils' books of 5B are asked of the class teacher"
        ),
        "{changes}"
    );
    assert!(read(out.join("boon-changes.ics")).contains("STATUS:CONFIRMED"));
    fs::write(&published, text).unwrap();
    ok(&school, &["notify", "-o", at, "--format", "markdown", "--today", "2027-01-13", "--half-term", "3"]);
    assert!(read(out.join("boon-changes.ics")).contains("STATUS:CANCELLED"));
    assert!(read(out.join("boon-changes.md")).contains("What is asked of your class"));

    // A class has another teacher: who had it is no longer asked, who has it is.
    let classes = read(school.join("classes.csv"));
    fs::write(school.join("classes.csv"), classes.replace("2A,2,boon", "2A,2,swann")).unwrap();
    ok(&school, &["notify", "-o", at, "--format", "markdown", "--today", "2027-01-13", "--half-term", "3"]);
    assert!(read(out.join("boon-changes.md")).contains("No longer asked for"));
    assert!(read(out.join("swann-changes.md")).contains("New: "));
    assert!(!out.join("penrose-changes.md").exists(), "to those who come nothing is new");
    fs::write(school.join("classes.csv"), classes).unwrap();
    ok(&school, &["notify", "-o", at, "--format", "markdown", "--today", "2027-01-13", "--half-term", "3"]);

    // The bell moves: the hours as told are kept, so that everybody hears of it.
    let phase = read(school.join("phase.toml"));
    fs::write(school.join("phase.toml"), phase.replace("\"13:15\"", "\"13:20\"")).unwrap();
    ok(&school, &["notify", "-o", at, "--format", "markdown", "--today", "2027-01-13", "--half-term", "3"]);
    assert!(read(out.join("lindqvist-changes.md")).contains("Moved: "));
    assert!(read(out.join("boon-changes.md")).contains("Moved: six pupils' books"));
    assert!(!out.join("boon-changes.ics").exists());
    assert!(
        !out.join("okafor-changes.md").exists(),
        "what was new to them the last time is not left to be sent"
    );
    // Where nothing is new, what has not been sent yet stays; what is somebody's no more is named.
    let again = ["notify", "-o", at, "--format", "markdown", "--today", "2027-01-13", "--half-term", "3"];
    let told = ok(&school, &again);
    assert!(out.join("lindqvist-changes.md").exists());
    assert!(told.contains("Not to send") && told.contains("okafor.ics"), "{told}");
    fs::write(school.join("phase.toml"), phase).unwrap();

    // All of it is called off.
    let head = read(&published).lines().next().unwrap().to_owned();
    fs::write(&published, format!("{head}\n")).unwrap();
    ok(&school, &["notify", "-o", at, "--format", "markdown", "--today", "2027-01-13", "--half-term", "3"]);
    assert!(read(out.join("hale-changes.ics")).matches("STATUS:CANCELLED").count() == 4);
    let faults = answer(&school, &["check"])["diagnostics"].as_array().unwrap().clone();
    assert!(faults.iter().all(|fault| fault["severity"] != "error"), "{faults:?}");
}

#[test]
fn nothing_is_noted_where_a_notice_cannot_be_written() {
    let folder = example_copy();
    let school = folder.path().join("two-form-primary");
    let (code, _, err) = run(&school, &["notify", "-o", "out"]);
    assert_eq!(code, 2);
    assert!(err.contains("phase schedule --half-term 3 --save"), "{err}");
    ok(&school, &["schedule", "--half-term", "3", "--save"]);
    fs::write(folder.path().join("taken"), "a file").unwrap();
    let before = read(school.join("log.csv"));
    let taken = folder.path().join("taken");
    let (code, _, err) = run(&school, &["notify", "-o", taken.to_str().unwrap()]);
    assert_eq!(code, 1, "{err}");
    let own = school.join("evidence");
    let (code, _, err) = run(&school, &["notify", "-o", own.to_str().unwrap()]);
    assert_eq!(code, 1, "{err}");
    let (code, _, err) = run(&school, &["notify", "-o", "."]);
    assert_eq!(code, 2, "{err}");
    let (code, _, err) = run(&school, &["notify", "-o", "out", "--format", "csv"]);
    assert_eq!(code, 2, "{err}");
    assert_eq!(read(school.join("log.csv")), before);
    assert!(!school.join("schedules/ht3/issued.csv").exists());
}

const KINDS: [&str; 9] = [
    "end-of-term",
    "provision",
    "headteacher",
    "line-manager",
    "staff-meeting",
    "phase-meeting",
    "leadership-conversation",
    "target-sheet",
    "handover",
];

/// An answer as the text of every format, packed ones unpacked.
fn in_every_format(folder: &Path, words: &[&str]) -> Vec<(&'static str, String)> {
    let out = tempfile::tempdir().unwrap();
    let mut all = Vec::new();
    for ending in ["txt", "md", "html", "docx", "xlsx", "csv", "json"] {
        let path = out.path().join(format!("a.{ending}"));
        ok(folder, &[words, &["-o", path.to_str().unwrap()]].concat());
        let bytes = fs::read(&path).unwrap();
        let text =
            if bytes.starts_with(b"PK") { unpacked(&bytes) } else { String::from_utf8(bytes).unwrap() };
        all.push((ending, text));
    }
    all
}

#[test]
fn what_governors_and_staff_may_not_see_is_in_no_format_of_any_report() {
    let folder = example_copy();
    let school = folder.path().join("two-form-primary");
    // Somebody writes a name where a name is not expected.
    let mut log = read(school.join("log.csv"));
    log.push_str("2026-12-01,success,,hale,Bea Quill's group reads every day,english,1,,,,,,\n");
    log.push_str("2026-12-01,decision,,hale,1A swaps rooms with Ms Boon,,1,,,,,,\n");
    fs::write(school.join("log.csv"), log).unwrap();
    let staff = read(school.join("staff.csv"));
    let rows = staff.lines().filter(|line| !line.starts_with('#')).skip(1);
    let names: Vec<String> = rows.filter_map(|line| line.split(',').next()).map(str::to_owned).collect();
    assert!(names.len() > 5, "{names:?}");
    let offers: Vec<&str> = vec!["Robin Sorrel", "Harriet Boon"];
    // What is refused to the staff as a section is no figure for them either.
    let out = ok(&school, &["report", "provision", "--audience", "staff", "--format", "markdown"]);
    for hidden in ["objectives are met", "of their criteria"] {
        assert!(!out.contains(hidden), "{hidden}: {out}");
    }
    // Whoever writes a name into an objective, in whatever way.
    let objectives = read(school.join("objectives.toml"));
    let objectives = objectives.replace("title = \"", "title = \"BOON-led in 2a: ");
    fs::write(school.join("objectives.toml"), objectives).unwrap();
    for kind in KINDS {
        for audience in ["governors", "staff"] {
            for (ending, text) in in_every_format(&school, &["report", kind, "--audience", audience]) {
                for name in &names {
                    // Who offers to be visited has said so to the staff.
                    if audience == "staff" && offers.contains(&name.as_str()) {
                        continue;
                    }
                    assert!(!text.contains(name.as_str()), "{kind} for {audience} as {ending} names {name}");
                }
                for hidden in [
                    "evidence/ht",
                    "Ms Boon",
                    "Bea Quill",
                    "\"2B\"",
                    ">2B<",
                    " 2B ",
                    ",2B,",
                    "english-books-nov",
                    "Books in three of four",
                    "P1001",
                ] {
                    assert!(!text.contains(hidden), "{kind} for {audience} as {ending} shows {hidden}");
                }
                assert!(!text.contains("for Ofsted"), "{kind} {ending}");
            }
        }
        for (ending, text) in in_every_format(&school, &["report", kind, "--audience", "headteacher"]) {
            for hidden in [">2B<", "\"2B\"", "Books in three of four", "P1001"] {
                assert!(!text.contains(hidden), "{kind} for the headteacher as {ending} shows {hidden}");
            }
        }
    }
}

#[test]
fn a_report_says_whom_it_is_for_and_how_each_table_is_read() {
    for kind in KINDS {
        let json = answer(&example(), &["report", kind]);
        assert_eq!(json["schema"], "phase/report/1");
        assert_eq!(json["kind"], kind);
        assert!(!json["sections"].as_array().unwrap().is_empty(), "{kind}");
        let out = tempfile::tempdir().unwrap();
        let path = out.path().join("a.html");
        ok(&example(), &["report", kind, "-o", path.to_str().unwrap()]);
        let page = read(&path);
        let face = if json["audience"] == "staff" { "For the staff" } else { "For the headteacher" };
        assert!(page.contains(face), "{kind}");
        // Every series of tables or charts that are read alike ends with how to read them: between two of them stands
        // a sentence, or nothing but a heading.
        let parts: Vec<&str> = page.split("<main>").nth(1).unwrap().split("How to read this:").collect();
        let after = parts.last().unwrap();
        assert!(
            !after.contains("<table>") && !after.contains("<figure>"),
            "{kind}: the last table is not explained"
        );
        assert_eq!(page.matches("<caption").count(), page.matches("<table>").count(), "{kind}");
    }
    let (code, _, err) = run(&example(), &["report", "provison"]);
    assert_eq!(code, 2);
    assert!(err.contains("did you mean `provision`?"), "{err}");
    let (code, _, err) = run(&example(), &["report"]);
    assert_eq!(code, 2);
    assert!(err.contains("end-of-term") && err.contains("--list"), "{err}");
    assert_eq!(answer(&example(), &["report", "--list"])["reports"].as_array().unwrap().len(), KINDS.len());
}

#[test]
fn the_end_of_term_tells_planned_and_held_judged_tracked_and_improved() {
    let report = answer(&example(), &["report", "end-of-term"]);
    assert_eq!(report["half_terms"], serde_json::json!([1, 2]));
    let section = |name: &str| {
        let all = report["sections"].as_array().unwrap();
        all.iter().find(|one| one["section"] == name).map(|one| one["content"].clone()).unwrap_or_default()
    };
    let held = section("monitoring");
    assert_eq!(held["half_terms"][0]["all"], serde_json::json!({"planned": 6, "held": 6, "to_come": 0}));
    assert_eq!(held["half_terms"][1]["all"], serde_json::json!({"planned": 5, "held": 4, "to_come": 1}));
    assert_eq!(held["half_terms"][1]["missed"][0]["why"], "the hall was needed");
    assert_eq!(section("judgements")[0]["strands"][0]["grade"], "good");
    assert_eq!(section("pupils")["schema"], "phase/trajectory/1");
    assert_eq!(section("gaps")["schema"], "phase/gaps/1");
    assert_eq!(section("objectives")["objectives"].as_array().unwrap().len(), 5);
    assert_eq!(section("actions")["schema"], "phase/actions/1");
    assert!(!section("next-steps")["plan"].as_array().unwrap().is_empty());
    // The same figures each time, with the year before.
    let provision = answer(&example(), &["report", "provision"]);
    let figures = &provision["sections"][1]["content"];
    assert_eq!(figures["now"]["sessions"], serde_json::json!({"with": 10, "of": 11}));
    assert_eq!(figures["now"]["pupils"], 117);
    assert_eq!(figures["before"]["pupils"], 115);
    assert_eq!(figures["before"]["objectives"], serde_json::Value::Null);
    let (code, _, err) = run(&example(), &["report", "end-of-term", "--half-term", "4"]);
    assert_eq!(code, 2);
    assert!(err.contains("spring 2 begins on Mon 22 Feb"), "{err}");
    // The term of another half term.
    let spring = answer(&example(), &["report", "end-of-term", "--half-term", "4", "--today", "2027-03-01"]);
    assert_eq!(spring["half_terms"], serde_json::json!([3, 4]));
}

#[test]
fn a_target_sheet_tells_each_year_group_what_its_year_aims_at() {
    let sheet = answer(&example(), &["report", "target-sheet"]);
    let targets = sheet["sections"][0]["content"].as_array().unwrap().clone();
    let of = |year: &str, group: &str| {
        let is = |one: &&serde_json::Value| {
            one["year_group"] == year
                && one["subject"] == "maths"
                && one["measure"] == "expected"
                && one["group"] == group
        };
        targets.iter().find(is).unwrap().clone()
    };
    // Year 2 ends the phase: its aim is the target.
    assert_eq!(of("2", "all")["this_year"], 80.0);
    assert_eq!(of("2", "all")["pupils"], serde_json::json!([47, 58]));
    // Year 1 is half way there from where it began, from which its share on entry would follow: not for the staff.
    assert_eq!(of("1", "all")["this_year"], serde_json::Value::Null);
    let sheet = answer(&example(), &["report", "target-sheet", "--audience", "headteacher"]);
    let is = |one: &&serde_json::Value| {
        one["year_group"] == "1" && one["subject"] == "maths" && one["group"] == "all"
    };
    let own = sheet["sections"][0]["content"].as_array().unwrap().iter().find(is).unwrap().clone();
    assert_eq!((&own["this_year"], &own["pupils"]), (&71.0.into(), &serde_json::json!([42, 59])));
    // A group's path begins at its own share, which is not told.
    assert_eq!(of("1", "disadvantaged=yes")["this_year"], serde_json::Value::Null);
    assert_eq!(of("1", "disadvantaged=yes")["now"], serde_json::Value::Null);
}

#[test]
fn a_meetings_pack_has_an_agenda_what_fell_short_and_room_for_decisions() {
    let out = ok(&example(), &["report", "phase-meeting"]);
    for says in [
        "Agenda",
        "To celebrate",
        "To talk over",
        "planned  now",
        "Decided before",
        "what we decide  who  by when",
    ] {
        assert!(out.contains(says), "{says}:\n{out}");
    }
    let pack = answer(&example(), &["report", "leadership-conversation"]);
    let fell = &pack["sections"].as_array().unwrap().iter().find(|one| one["section"] == "discuss").unwrap()
        ["content"]["fell"];
    assert_eq!(fell[0]["standing"]["subject"], "maths");
    // Candidates rest on classes: they are the leader's.
    assert_eq!(fell[0]["causes"], serde_json::Value::Null);
    let own = answer(&example(), &["report", "leadership-conversation", "--audience", "leader"]);
    let fell = &own["sections"].as_array().unwrap().iter().find(|one| one["section"] == "discuss").unwrap()["content"]
        ["fell"];
    assert!(fell[0]["causes"]["candidates"].as_array().unwrap().len() > 2);
}

#[test]
fn senior_leaders_are_told_of_expectations_behaviour_and_support() {
    let phase = "framework = \"ofsted-2026\"\n[school]\nname = \"Base\"\n[[phase]]\nid = \"ks1\"\nname = \"Key Stage 1\"\nleader = \"hale\"\nyear_groups = [\"1\", \"2\"]\nsessions = [\"Thu pm1\"]\n";
    let row = |day: u8, kind: &str| {
        format!(
            "b{day},2026-11-{day},{kind},phase,attendance-and-behaviour.behaviour,expected-standard,hale\n"
        )
    };
    let evidence =
        format!("id,date,kind,subject,aspect,grade,by\n{}{}", row(10, "pupil-voice"), row(11, "environment"));
    let log = "date,kind,who,what\n2026-11-12,expectation-checked,hale,Four of four classes use the reading corner\n2026-11-13,deployment,hale,4 hours a week in number\n";
    let folder = workspace(&[("phase.toml", phase), ("evidence/ht2.csv", &evidence), ("log.csv", log)]);
    let school = folder.path();
    let report = answer(school, &["report", "headteacher"]);
    let all = report["sections"].as_array().unwrap();
    let told = &all.iter().find(|one| one["section"] == "expectations").unwrap()["content"];
    assert!(told["checked"][0]["what"].as_str().unwrap().contains("reading corner"), "{told}");
    assert!(told["deployed"][0]["what"].as_str().unwrap().contains("4 hours a week"), "{told}");
    assert!(!told["behaviour"].as_array().unwrap().is_empty(), "{told}");
    // Governors are told how many, not of whom.
    let report = answer(school, &["report", "headteacher", "--audience", "governors"]);
    let all = report["sections"].as_array().unwrap();
    let told = &all.iter().find(|one| one["section"] == "expectations").unwrap()["content"];
    assert_eq!((&told["checks"], &told["checked"]), (&serde_json::json!(1), &serde_json::json!([])));
    assert_eq!(told["deployed"], serde_json::json!([]));
}

#[test]
fn a_school_chooses_sections_and_words_of_its_own() {
    let own = "[provision]\ntitle = \"How {phase} is doing, {academic_year}\"\nopening = \"{school} had {pupils} pupils on {date}; {sessions_held} of {sessions_planned} sessions were held.\"\nclosing = \"Questions: {leader}.\"\nsections = [\"figures\", \"summary\"]\nappendix = []\n";
    let folder = example_copy();
    let school = folder.path().join("two-form-primary");
    fs::write(school.join("reports.toml"), own).unwrap();
    let out = ok(&school, &["report", "provision", "--format", "markdown"]);
    assert!(out.starts_with("# How Key Stage 1 is doing, 2026-27\n"), "{out}");
    assert!(
        out.contains(
            "Alderbrook Primary School had 117 pupils on 10 December 2026; 10 of 11 sessions were held."
        ),
        "{out}"
    );
    assert!(out.contains("Questions: Morgan Hale."), "{out}");
    let at = |heading: &str| out.find(heading).unwrap_or_else(|| panic!("{heading}:\n{out}"));
    assert!(at("## The same figures each time") < at("## In short"));
    assert!(!out.contains("Appendix"), "{out}");
    // Governors are not told who leads.
    let out = ok(&school, &["report", "provision", "--audience", "governors", "--format", "markdown"]);
    assert!(out.contains("Questions: the phase leader."), "{out}");
    // What may be kept nowhere is not kept here: a concern, a pupil's code.
    for opening in ["A child disclosed abuse at home", "P203 is getting on well"] {
        let own = format!("[provision]\nopening = \"{opening}\"\n");
        let pupils = "pupil,class,year_group\nP203,2A,2\n";
        let folder = workspace(&[("reports.toml", &own), ("pupils.csv", pupils)]);
        let (code, out, err) = run(folder.path(), &["check"]);
        assert_eq!(code, 1, "{out}{err}");
        assert!(!format!("{out}{err}").contains(opening), "{out}{err}");
    }
    let template = workspace(&[("reports.toml", &read(root().join("data-template/reports.toml")))]);
    assert_eq!(answer(template.path(), &["check"])["diagnostics"].as_array().unwrap().len(), 0);
}

#[test]
fn a_report_that_is_handed_over_is_noted_and_shows_its_duty() {
    let folder = example_copy();
    let school = folder.path().join("two-form-primary");
    let out = folder.path().join("provision.docx");
    ok(&school, &["report", "provision", "--audience", "governors", "-o", out.to_str().unwrap(), "--issue"]);
    let log = read(school.join("log.csv"));
    let row = log.lines().last().unwrap();
    assert!(row.contains("report-issued") && row.contains("Quality of provision, for governors"), "{row}");
    let duty = answer(&school, &["duties", "--id", "provision-report"]);
    assert_eq!(duty["duties"][0]["last"], "2026-12-10");
    // Without being told to, nothing is noted.
    ok(&school, &["report", "headteacher", "-o", out.to_str().unwrap()]);
    assert_eq!(read(school.join("log.csv")), log);
}

#[test]
fn an_answer_goes_to_several_files_at_once() {
    let out = tempfile::tempdir().unwrap();
    let at = |name: &str| out.path().join(name).to_str().unwrap().to_owned();
    let both = ["gaps", "-o", &at("a.html"), "-o", &at("a.csv")];
    ok(&example(), &both);
    for ending in ["html", "csv"] {
        let one = at(&format!("one.{ending}"));
        ok(&example(), &["gaps", "-o", &one]);
        assert_eq!(read(&one), read(at(&format!("a.{ending}"))));
    }
    // Where one name is wrong, or one format cannot be, none is written.
    for wrong in ["b.doc", "b.ics"] {
        let (code, _, err) = run(&example(), &["gaps", "-o", &at("b.csv"), "-o", &at(wrong)]);
        assert_eq!(code, 2, "{err}");
        assert!(!out.path().join("b.csv").exists());
    }
    for words in [
        ["gaps", "--json", "-o", &at("b.csv"), "-o", &at("b.html")].as_slice(),
        &["notify", "-o", &at("one"), "-o", &at("two")],
        &["check", "-o", &at("b.txt"), "-o", &at("b.html")],
        &["-o", &at("b.csv"), "gaps", "-o", &at("b.html")],
        &["gaps", "-o", &at("b.csv"), "-o", &at("./b.csv")],
        &["gaps", "-o", &at("b.csv"), "-o", &at("B.csv")],
        &["notify", "-o", &at("b.docx")],
    ] {
        let (code, _, err) = run(&example(), words);
        assert_eq!(code, 2, "{words:?}: {err}");
    }
    assert!(!out.path().join("b.csv").exists());
}

#[cfg(unix)]
#[test]
fn no_answer_takes_the_place_of_what_answers_come_from() {
    use std::os::unix::fs::symlink;
    let folder = example_copy();
    let (school, before) =
        (folder.path().join("two-form-primary"), folder.path().join("two-form-primary-2025-26"));
    let at = |path: &Path| path.to_str().unwrap().to_owned();
    let out = folder.path().join("out");
    fs::create_dir(&out).unwrap();
    // The year before last, which the year before names.
    let oldest = folder.path().join("2024-25");
    fs::create_dir(&oldest).unwrap();
    for name in ["phase.toml", "pupils.csv"] {
        fs::copy(before.join(name), oldest.join(name)).unwrap();
    }
    let text = read(before.join("phase.toml"));
    fs::write(
        before.join("phase.toml"),
        text.replacen("[school]\n", "[school]\nprevious = \"../2024-25\"\n", 1),
    )
    .unwrap();
    fs::hard_link(school.join("pupils.csv"), out.join("hard.csv")).unwrap();
    symlink(school.join("pupils.csv"), out.join("soft.csv")).unwrap();
    symlink(school.join("evidence"), out.join("folder")).unwrap();
    let first = out.join("a.csv");
    for path in [
        school.join("Pupils.CSV"),
        school.join("schedules/ht3/new.csv"),
        school.join("schedules/not/there/yet.csv"),
        before.join("pupils.csv"),
        oldest.join("pupils.csv"),
        out.join("hard.csv"),
        out.join("soft.csv"),
        out.join("folder/new.csv"),
    ] {
        let held = fs::read(&path).ok();
        let (code, _, err) = run(&school, &["gaps", "-o", &at(&first), "-o", &at(&path)]);
        assert_eq!(code, 1, "{}: {err}", path.display());
        assert!(err.contains("answers come from"), "{err}");
        assert_eq!(fs::read(&path).ok(), held, "{}", path.display());
        assert!(!first.exists(), "{}", path.display());
    }
    fs::write(&first, "").unwrap();
    symlink(&first, out.join("same.csv")).unwrap();
    let (code, _, err) = run(&school, &["gaps", "-o", &at(&first), "-o", &at(&out.join("same.csv"))]);
    assert_eq!(code, 2, "{err}");
    let (code, _, err) = run(&school, &["notify", "-o", &at(&school.join("evidence/a/b"))]);
    assert!(code != 0 && !school.join("evidence/a").exists(), "{err}");
}

#[cfg(unix)]
#[test]
fn the_end_of_term_set_is_made_by_its_script() {
    let out = tempfile::tempdir().unwrap();
    let program = Path::new(env!("CARGO_BIN_EXE_phase")).parent().unwrap().to_owned();
    let path = format!("{}:{}", program.display(), std::env::var("PATH").unwrap());
    let made = Command::new(root().join("examples/end-of-term.sh"))
        .arg(out.path())
        .env("PATH", path)
        .env("PHASE_TODAY", "2026-12-10")
        .output()
        .unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    for name in [
        "end-of-term.html",
        "end-of-term.docx",
        "end-of-term.md",
        "end-of-term.xlsx",
        "provision-governors.docx",
        "notices/headteacher-copy.xlsx",
        "notices/hale.ics",
        "end-of-term.json",
    ] {
        assert!(out.path().join(name).is_file(), "{name}");
    }
    // The other script makes the same.
    let (sh, ps1) =
        (read(root().join("examples/end-of-term.sh")), read(root().join("examples/end-of-term.ps1")));
    let commands = |text: &str, start: &str| -> Vec<String> {
        let own = text.lines().filter_map(|line| line.trim().strip_prefix(start).map(str::to_owned));
        own.map(|line| {
            line.replace(['"', '\'', '(', ')'], "").replace("$out/", "").replace("Join-Path $out ", "")
        })
        .collect()
    };
    assert_eq!(commands(&sh, "phase "), commands(&ps1, "Invoke-Phase "));
}

#[test]
fn every_answer_has_a_schema() {
    fn names(folder: &Path, found: &mut std::collections::BTreeSet<String>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                names(&path, found);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let text = read(&path);
                let parts = text.split("\"phase/").skip(1);
                found.extend(
                    parts.filter_map(|part| part.split_once("/1\"").map(|(name, _)| name.to_owned())),
                );
            }
        }
    }
    let mut found = std::collections::BTreeSet::new();
    names(&root().join("src"), &mut found);
    assert!(found.len() > 25, "{found:?}");
    for name in found {
        let schema: serde_json::Value =
            serde_json::from_str(&read(root().join(format!("schemas/{name}.json")))).unwrap();
        assert_eq!(schema["properties"]["schema"]["const"], format!("phase/{name}/1"));
    }
}

/// A document with every kind of block, in which `words` stand wherever words may stand.
fn specimen(words: &str) -> Document {
    let day = NaiveDate::from_ymd_opt(2026, 12, 10).unwrap();
    let time = |hour| NaiveTime::from_hms_opt(hour, 15, 0).unwrap();
    let w = || words.to_owned();
    let table = Table::new(
        vec![Column::text("words"), Column::named(w(), true), Column::text("day"), Column::text("time")],
        vec![
            vec![w().into(), Cell::Number(12), Cell::Date(day), Cell::Time(time(13))],
            vec!["second".into(), Cell::Decimal(0.25), Cell::Empty, Cell::Empty],
        ],
    )
    .captioned(w())
    .read_as(w());
    let chart = |picture| Block::Chart(Chart { title: w(), picture, reads: w() });
    Document {
        title: w(),
        face: vec![w()],
        blocks: vec![
            Block::Paragraph(w()),
            Block::Heading(w()),
            Block::Labelled(vec![(w(), vec![w(), w()]), ("second".to_owned(), vec![w()])]),
            Block::Facts(vec![(w(), w()), (w(), String::new())]),
            Block::Subheading(w()),
            Block::Choices(vec![(w(), Some(w())), (w(), None)]),
            Block::Table(table.clone()),
            chart(Picture::Shares {
                against: w(),
                shares: vec![
                    Share {
                        label: w(),
                        share: Some(58.0),
                        interval: Some((49.0, 67.0)),
                        reference: Some(70.0),
                        says: w(),
                    },
                    Share { label: w(), share: None, interval: None, reference: None, says: "c".to_owned() },
                ],
            }),
            chart(Picture::OverTime {
                points: vec![w(), "spring".to_owned()],
                series: vec![Series { label: w(), values: vec![Some(40.0), Some(55.0)] }],
            }),
            chart(Picture::Counts {
                of: "subject",
                columns: vec![w(), "second".to_owned()],
                rows: vec![(w(), vec![Some(3), None]), ("second".to_owned(), vec![Some(0), Some(1)])],
            }),
            chart(Picture::Progress(vec![Progress { label: w(), met: 2, of: 5, says: w() }])),
            Block::NewPage,
            Block::Heading(w()),
            Block::Room(w(), 2),
            Block::Verbatim(w()),
            Block::Commands(w()),
        ],
        records: table,
        entries: vec![CalendarEntry {
            uid: "a@b.phase.invalid".into(),
            sequence: 1,
            date: day,
            start: time(13),
            end: time(14),
            summary: w(),
            description: w(),
            location: w(),
            status: CalendarEntryStatus::Cancelled,
        }],
        made_on: day,
        ..Document::default()
    }
}

fn formats(document: &Document) -> Vec<(&'static str, String)> {
    vec![
        ("txt", render::terminal::render(document, 80)),
        ("narrow.txt", render::terminal::render(document, 50)),
        ("md", render::markdown::render(document)),
        ("html", render::html::render(document)),
        ("docx.xml", unpacked(&render::docx::render(document).unwrap())),
        ("xlsx.xml", unpacked(&render::xlsx::render(document).unwrap())),
        ("csv", render::csv::render(document)),
        ("ics", render::ics::render(document)),
    ]
}

/// Holds a text against a reviewed file of `tests/snapshots`, but for a page's style, which has a file of its own; with
/// `PHASE_OVERWRITE` set the file is written.
fn is_as_reviewed(name: &str, text: &str) {
    let style = read(root().join("src/render/page.css"));
    assert!(!name.ends_with(".html") || text.contains(style.trim()), "{name} has the style");
    let text = text.replace(style.trim(), "(page.css)");
    let path = root().join("tests/snapshots").join(name);
    if std::env::var_os("PHASE_OVERWRITE").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, &text).unwrap();
    }
    let reviewed = read(&path);
    let line = reviewed.lines().zip(text.lines()).position(|(a, b)| a != b);
    assert!(
        reviewed == text,
        "tests/snapshots/{name} differs, first in line {:?}",
        line.map(|line| line + 1)
    );
}

#[test]
fn one_specimen_in_every_format_is_as_reviewed() {
    let words = "Maths & \"art\" <1A>, it's 50% | *so* =1+1";
    for (format, text) in formats(&specimen(words)) {
        is_as_reviewed(&format!("specimen.{format}"), &text);
    }
}

#[test]
fn one_report_in_every_format_is_as_reviewed_and_the_same_wherever_it_is_made() {
    for (ending, text) in in_every_format(&example(), &["report", "end-of-term"]) {
        let ending =
            if ["docx", "xlsx"].contains(&ending) { format!("{ending}.xml") } else { ending.to_owned() };
        is_as_reviewed(&format!("end-of-term.{ending}"), &text);
    }
    let bytes = |zone: &str, language: &str, ending: &str| {
        let out = tempfile::tempdir().unwrap();
        let path = out.path().join(format!("a.{ending}"));
        let made = Command::new(env!("CARGO_BIN_EXE_phase"))
            .args(["report", "provision", "-w", example().to_str().unwrap(), "-o", path.to_str().unwrap()])
            .current_dir(out.path())
            .env("TZ", zone)
            .env("LANG", language)
            .env("HOME", out.path())
            .env("PHASE_TODAY", "2026-12-10")
            .status()
            .unwrap();
        assert!(made.success());
        fs::read(&path).unwrap()
    };
    for ending in ["html", "docx", "xlsx"] {
        assert!(bytes("UTC", "C", ending) == bytes("Pacific/Auckland", "de_DE.UTF-8", ending), "{ending}");
    }
}

#[test]
fn a_very_long_text_is_shown_or_cut_never_refused() {
    for length in [10_000, 40_000] {
        let long = "Long words ".repeat(length / 11);
        for (format, text) in formats(&specimen(&long)) {
            assert!(text.contains("Long words Long words"), "{format}");
        }
    }
}

/// The tags of a page, without the words between them and in their attributes; and without what is drawn, which
/// has as many lines as its words take.
fn skeleton(text: &str) -> String {
    let drawn = text.split("<svg").map(|part| part.split_once("</svg>").map_or(part, |(_, after)| after));
    let text = &drawn.collect::<String>();
    let mut tags = String::new();
    let mut rest = text.as_str();
    while let Some((_, after)) = rest.split_once('<') {
        let Some((tag, behind)) = after.split_once('>') else { break };
        let parts: Vec<&str> = tag.split('"').step_by(2).collect();
        tags.push_str(&format!("<{}>", parts.join("\"\"")));
        rest = behind;
    }
    tags
}

fn hostile() -> impl Strategy<Value = String> {
    let sign = prop::sample::select(vec![
        "=1+1",
        "@SUM(A1)",
        "<script>alert(1)</script>",
        "</td></tr>",
        "\"><img src=x onerror=y>",
        "&lt;",
        "&#0;",
        "]]>",
        "\u{202e}",
        "\u{200f}",
        "\u{feff}",
        "\u{fffe}",
        "\u{0}",
        "\u{1b}[31m",
        "\r\n",
        "\n# a",
        "|",
        "\t",
        "🎓",
        "שלום",
        "é",
        "${x}",
        "{{x}}",
        "javascript:alert(1)",
        "http://a.b",
        "'",
        "`",
        "BEGIN:VEVENT",
        "END:VCALENDAR",
        "-",
        "+44",
    ]);
    prop::collection::vec(
        prop_oneof![sign.prop_map(str::to_owned), "[a-z ]{0,12}", any::<char>().prop_map(String::from)],
        1..6,
    )
    .prop_map(|parts| format!("w{}", parts.concat()))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_written_the_page_keeps_its_form(words in hostile()) {
        // Lines of verbatim text, and wrapped labels of charts, are as many as their text makes: one word here.
        let one_word: String = words.chars().filter(|c| !c.is_whitespace() && !matches!(c, '\u{85}' | '\u{2028}' | '\u{2029}')).take(40).collect();
        let (plain, told) = (specimen("w"), specimen(&one_word));
        for (a, b) in formats(&plain).into_iter().zip(formats(&told)) {
            let steers = |c: char| (c.is_control() && c != '\n' && c != '\r') || ('\u{202a}'..='\u{202e}').contains(&c);
            prop_assert!(!b.1.chars().any(steers), "{}", b.0);
            if a.0 == "html" || a.0 == "docx.xml" {
                prop_assert_eq!(skeleton(&a.1), skeleton(&b.1), "{}", a.0);
            }
        }
        let book = render::xlsx::render(&told).unwrap();
        prop_assert!(!unpacked(&book).split("=== ").filter(|part| part.starts_with("xl/worksheets/")).any(|part| part.contains("<f>")));
    }
}
