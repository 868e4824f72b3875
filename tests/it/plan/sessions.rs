//! What becomes of a schedule once it is given out.
//!
//! Sessions held, missed, moved, planned anew; and how files are changed: one row, in the encoding and with the line ends
//! they had, by one writer at a time.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};

use crate::workspace::{all_files, copy, example_folder};

struct Workspace(tempfile::TempDir);

/// The workspace's folder in the one that is made for it.
const SCHOOL: &str = "school";

impl Workspace {
    /// A copy of an example, with last year's folder beside it where there is one.
    fn of(example: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        copy(&example_folder(example), &folder.path().join(SCHOOL));
        let last_year = format!("{example}-2025-26");
        if example_folder(&last_year).is_dir() {
            copy(&example_folder(&last_year), &folder.path().join(&last_year));
        }
        Self(folder)
    }

    fn root(&self) -> PathBuf {
        self.0.path().join(SCHOOL)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.root().join(name)
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    fn run(&self, today: &str, words: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_phase"))
            .arg("-w")
            .arg(self.root())
            .args(["--today", today])
            .args(words)
            .output()
            .unwrap()
    }

    /// Runs a command that must end with that exit code; returns standard output and error.
    fn ends(&self, code: i32, today: &str, words: &[&str]) -> (String, String) {
        let output = self.run(today, words);
        let (out, err) =
            (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap());
        assert_eq!(output.status.code(), Some(code), "{words:?}\n{out}\n{err}");
        (out, err)
    }

    fn json(&self, today: &str, words: &[&str]) -> serde_json::Value {
        let output = self.run(today, &[words, &["--json"]].concat());
        serde_json::from_slice(&output.stdout).unwrap()
    }
}

const PUBLISHED: &str = "schedules/ht3/published.csv";

#[test]
fn a_half_term_from_plan_to_end() {
    let school = Workspace::of("two-form-primary");
    let plan = ["schedule", "--half-term", "3"];
    let (_, said) = school.ends(0, "2026-12-10", &[&plan[..], &["--save"]].concat());
    assert!(said.contains("6 sessions new, 0 changed, 0 cancelled"), "{said}");
    // Given out again, nothing changes: not a byte.
    let first = school.read(PUBLISHED);
    let (_, said) = school.ends(0, "2026-12-10", &[&plan[..], &["--save"]].concat());
    assert!(said.contains("nothing was written"), "{said}");
    assert_eq!(school.read(PUBLISHED), first);
    // Held: one row changes, and only its status.
    school.ends(2, "2027-01-06", &["held", "ht3-ks1-scheduling-1"]);
    school.ends(
        0,
        "2027-01-07",
        &["held", "scheduling-1"]
            .map(|word| if word == "scheduling-1" { "ht3-ks1-scheduling-1" } else { word }),
    );
    let second = school.read(PUBLISHED);
    let changed: Vec<_> = first.lines().zip(second.lines()).filter(|(a, b)| a != b).collect();
    assert_eq!(changed.len(), 1);
    assert_eq!(changed[0].0.replace("planned", "held"), changed[0].1);
    // Missed, and planned anew from that day on: what was held stays, a new session takes its place.
    let visit = school.json("2027-01-08", &plan)["sessions"]
        .as_array()
        .unwrap()
        .iter()
        .find(|session| session["task_area"] == 3)
        .unwrap()["id"]
        .clone();
    let visit = visit.as_str().unwrap();
    school.ends(0, "2027-01-22", &["missed", visit, "--why", "fire drill, \"again\""]);
    assert!(school.read(PUBLISHED).contains("\"fire drill, \"\"again\"\"\""));
    let answer = school.json("2027-01-22", &[&plan[..], &["--replan"]].concat());
    let sessions = answer["sessions"].as_array().unwrap();
    assert!(sessions.iter().all(|session| session["id"] != visit));
    let first = &sessions[0];
    assert_eq!(
        (&first["status"], &first["task_area"], &first["origin"]),
        (&"held".into(), &5.into(), &"kept".into())
    );
    assert!(
        sessions
            .iter()
            .all(|session| session["origin"] == "kept" || session["date"].as_str().unwrap() >= "2027-01-22")
    );
    // What is past and was not told of is asked about.
    assert!(!answer["unrecorded"].as_array().unwrap().is_empty());
}

#[test]
fn a_replan_keeps_to_what_was_given_out() {
    let school = Workspace::of("two-form-primary");
    let plan = ["schedule", "--half-term", "3", "--save"];
    school.ends(0, "2026-12-10", &plan);
    let before = school.json("2026-12-10", &["schedule", "--half-term", "3", "--replan"]);
    let visit =
        before["sessions"].as_array().unwrap().iter().find(|session| session["task_area"] == 3).unwrap();
    let leader = visit["with"][0].as_str().unwrap();
    let (_, said) = school.ends(0, "2026-12-11", &["absent", leader, visit["date"].as_str().unwrap()]);
    assert!(said.contains("touched"), "{said}");
    school.ends(0, "2026-12-11", &["schedule", "--half-term", "3", "--replan", "--save"]);
    let after = school.json("2026-12-11", &["schedule", "--half-term", "3", "--replan"]);
    let key = |session: &serde_json::Value| {
        (session["id"].to_string(), session["date"].to_string(), session["subject"].to_string())
    };
    let of = |answer: &serde_json::Value| {
        answer["sessions"].as_array().unwrap().iter().map(key).collect::<Vec<_>>()
    };
    let (before_all, after_all) = (of(&before), of(&after));
    let same = before_all.iter().filter(|session| after_all.contains(session)).count();
    assert!(same >= 4, "{before_all:?}\n{after_all:?}");
    assert_ne!(before_all, after_all);
    // Only what changed has its sequence raised.
    for session in after["sessions"].as_array().unwrap() {
        let raised = session["sequence"] == 1;
        assert_eq!(raised, !before_all.contains(&key(session)), "{session}");
    }
}

#[test]
fn what_was_given_out_outside_the_programme_stays() {
    let school = Workspace::of("two-form-primary");
    let plan = ["schedule", "--half-term", "4"];
    let (out, _) = school.ends(0, "2026-12-10", &[&plan[..], &["--extra", "2027-03-02 p5"]].concat());
    assert!(out.contains("Next: phase schedule --half-term 4 --extra \"2027-03-02 p5\" --save"), "{out}");
    school.ends(0, "2026-12-10", &[&plan[..], &["--extra", "2027-03-02 p5", "--save"]].concat());
    let (_, said) = school.ends(0, "2026-12-10", &[&plan[..], &["--replan", "--save"]].concat());
    assert!(said.contains("nothing was written"), "{said}");
}

#[test]
fn who_is_away_is_away_and_what_is_closed_is_closed() {
    let school = Workspace::of("two-form-primary");
    let visit = |school: &Workspace| {
        let answer = school.json("2026-12-10", &["schedule", "--half-term", "3"]);
        let sessions = answer["sessions"].as_array().unwrap().clone();
        sessions.iter().any(|session| session["date"] == "2027-01-28" && session["with"][0] == "okafor")
    };
    assert!(visit(&school));
    let rows = school.read("availability.csv");
    fs::write(school.path("availability.csv"), rows + "okafor,,2027-01-28,p4,released\n").unwrap();
    school.ends(0, "2026-12-10", &["absent", "okafor", "2027-01-28"]);
    assert!(!visit(&school));
    // Of two closures of a day, one that forbids is enough.
    let school = Workspace::of("two-form-primary");
    let closures = "\n[[closure]]\nfrom = 2027-01-25\nto = 2027-01-29\ninset = true\nallows = [\"lesson-visit\"]\n\n[[closure]]\ndate = 2027-01-28\nreason = \"snow\"\n";
    fs::write(school.path("calendar.toml"), school.read("calendar.toml") + closures).unwrap();
    assert!(!visit(&school));
}

#[test]
fn a_fixed_session_stays_and_is_told_where_it_cannot() {
    let school = Workspace::of("two-form-primary");
    let plan = ["schedule", "--half-term", "3", "--save"];
    school.ends(0, "2026-12-10", &plan);
    let fixed = school.read(PUBLISHED).replace(",no,planned", ",yes,planned");
    fs::write(school.path(PUBLISHED), &fixed).unwrap();
    school.ends(0, "2026-12-10", &["absent", "lindqvist", "2027-01-14"]);
    let (out, said) = school.ends(3, "2026-12-10", &plan);
    assert!(out.contains("(fixed)") && !out.contains("(past)"), "{out}");
    let standing = &school.json("2026-12-10", &["schedule", "--half-term", "3"])["standing"];
    assert!(
        standing[0]["says"].as_str().unwrap().contains("is fixed, but Sam Lindqvist is away"),
        "{standing}"
    );
    assert!(said.contains("nothing was written"), "{said}");
    assert_eq!(school.read(PUBLISHED), fixed);
}

#[test]
fn an_answer_never_replaces_what_it_comes_from() {
    let school = Workspace::of("village-school");
    let ends = |path: &str| {
        let path = school.path(path);
        let words = ["schedule", "--half-term", "3", "--format", "csv", "-o", path.to_str().unwrap()];
        school.run("2026-12-10", &words).status.code()
    };
    for name in ["staff.csv", "availability.csv", "schedules/ht3/published.csv", "schedules/ht3/all.csv"] {
        assert_eq!(ends(name), Some(1), "{name}");
    }
    assert!(!school.path("schedules/ht3/published.csv").exists());
    assert_eq!(ends("plan.csv"), Some(0));
}

#[test]
fn a_move_that_clashes_is_refused() {
    let school = Workspace::of("two-form-primary");
    school.ends(0, "2026-12-10", &["schedule", "--half-term", "3", "--save"]);
    let before = school.read(PUBLISHED);
    let visit = ["moved", "ht3-ks1-evaluation-1", "--to"];
    let (_, said) = school.ends(3, "2026-12-10", &[&visit[..], &["2027-01-04 p4"]].concat());
    assert!(said.contains("INSET day") && said.contains("nothing was written"), "{said}");
    assert_eq!(school.read(PUBLISHED), before);
    school.ends(0, "2026-12-10", &[&visit[..], &["12/02/2027 p2"]].concat());
    assert!(school.read(PUBLISHED).contains("ht3-ks1-evaluation-1,1,"));
}

#[test]
fn a_row_is_changed_and_all_else_left_as_it_was() {
    let school = Workspace::of("two-form-primary");
    school.ends(0, "2026-12-10", &["schedule", "--half-term", "3", "--save"]);
    // As a spreadsheet saves it: a mark, CRLF, semicolons, a note of one's own.
    let lines: Vec<String> = school
        .read(PUBLISHED)
        .lines()
        .map(|line| line.replace(';', "+").replace(',', ";").replace('+', ","))
        .collect();
    let text = format!("\u{feff}# mine: keep\r\n{}\r\n", lines.join("\r\n"));
    fs::write(school.path(PUBLISHED), &text).unwrap();
    school.ends(0, "2027-01-07", &["held", "ht3-ks1-scheduling-1"]);
    let after = fs::read(school.path(PUBLISHED)).unwrap();
    let after = String::from_utf8(after).unwrap();
    assert_eq!(after.replacen(";held;", ";planned;", 1), text);
    // Windows-1252, as an older Excel saves it.
    let text = school.read("availability.csv") + "# caf\u{e9}\n";
    fs::write(school.path("availability.csv"), text.chars().map(|c| c as u8).collect::<Vec<u8>>()).unwrap();
    school.ends(0, "2026-12-10", &["absent", "okafor", "14/01/2027", "15/01/2027"]);
    let bytes = fs::read(school.path("availability.csv")).unwrap();
    assert!(bytes.windows(4).any(|window| window == b"caf\xe9"));
    assert!(String::from_utf8_lossy(&bytes).ends_with("okafor,,,,off,2027-01-14,2027-01-15\n"));
}

#[test]
fn two_writers_at_once_lose_nothing() {
    let school = Workspace::of("two-form-primary");
    school.ends(0, "2026-12-10", &["schedule", "--half-term", "3", "--save"]);
    let names = ["okafor", "lindqvist", "pemberton", "adeyemi", "frost", "oakes"];
    let outputs: Vec<(&str, Output)> = std::thread::scope(|scope| {
        let school = &school;
        let handles: Vec<_> = names
            .iter()
            .map(|name| {
                scope.spawn(move || (*name, school.run("2026-12-10", &["absent", name, "2027-02-08"])))
            })
            .collect();
        handles.into_iter().map(|handle| handle.join().unwrap()).collect()
    });
    let text = school.read("availability.csv");
    for (name, output) in outputs {
        let there = text.contains(&format!("{name},,2027-02-08,,off"));
        assert_eq!(
            output.status.code(),
            Some(i32::from(!there)),
            "{name}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
}

#[test]
fn a_command_that_only_answers_writes_nothing() {
    let school = Workspace::of("two-form-primary");
    let before = all_files(school.0.path());
    for words in [
        &["check"][..],
        &["schedule", "--half-term", "3"],
        &["clashes", "--half-term", "3"],
        &["schedule", "--half-term", "4", "--json"],
    ] {
        school.run("2026-12-10", words);
    }
    assert_eq!(all_files(school.0.path()), before);
}

#[test]
fn the_same_files_give_the_same_bytes_wherever_they_lie() {
    let (one, two) = (Workspace::of("village-school"), Workspace::of("village-school"));
    for format in ["terminal", "markdown", "csv", "json", "ics"] {
        let words = ["schedule", "--half-term", "3", "--format", format];
        let a = one.run("2026-12-10", &words);
        let b = Command::new(env!("CARGO_BIN_EXE_phase"))
            .current_dir(two.root())
            .args(["--today", "2026-12-10"])
            .args(words)
            .envs([("TZ", "Pacific/Auckland"), ("LANG", "ar_EG.UTF-8"), ("HOME", "/")])
            .output()
            .unwrap();
        assert_eq!(a.stdout, b.stdout, "{format}");
        assert!(!a.stdout.is_empty());
    }
}
