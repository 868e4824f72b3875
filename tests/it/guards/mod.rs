//! What the program answers and writes today, kept as digests, so that nothing changes unseen.
//!
//! Every command, format and audience on every example; every command that writes; the best plans; and what reads as a
//! safeguarding concern. Where something has changed on purpose, look at it under `target/guards/` (`diff -r` of
//! `accepted` and `found`), then keep it: `PHASE_GUARDS=accept cargo test --test it guards`.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::program::answer;
use crate::workspace::{copy, example_copy};
use phase::privacy::concerns::ConcernCheck;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

/// The 64-bit FNV-1a digest, the same on every machine.
fn digest(bytes: &[u8]) -> String {
    let digest = bytes.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("{digest:016x}")
}

/// Holds what was found against the file that keeps it, or puts it there where that is asked for.
fn compare(name: &str, found: &str) {
    let path = root().join("tests/guards").join(name);
    if std::env::var("PHASE_GUARDS").is_ok_and(|value| value == "accept") {
        fs::write(&path, found).unwrap();
        let (new, old) = (root().join("target/guards/found"), root().join("target/guards/accepted"));
        if new.join(name).is_dir() {
            let _ = fs::remove_dir_all(old.join(name));
            copy(&new.join(name), &old.join(name));
        }
        return;
    }
    let kept = fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    let lines = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
    let (kept, found) = (lines(&kept), lines(found));
    let gone = kept.iter().filter(|line| !found.contains(line)).map(|line| format!("- {line}"));
    let new = found.iter().filter(|line| !kept.contains(line)).map(|line| format!("+ {line}"));
    let changed: Vec<String> = gone.chain(new).collect();
    assert!(
        changed.is_empty() && kept == found,
        "{} lines of tests/guards/{name} changed: look at target/guards/found/{name}, then keep them with\n  \
         PHASE_GUARDS=accept cargo test --test it guards\n{}",
        changed.len(),
        changed.iter().take(40).cloned().collect::<Vec<_>>().join("\n")
    );
}

/// The example schools, the day it is in each, and its phases beside the first.
const SCHOOLS: &[(&str, &str, &[&str])] = &[
    ("two-form-primary", "2026-12-10", &["ks2"]),
    ("two-form-primary", "2027-05-20", &[]),
    ("two-form-primary-2025-26", "2026-06-11", &[]),
    ("village-school", "2026-12-10", &[]),
    ("no-room-limit", "2026-12-10", &[]),
    ("no-room-ppa", "2026-12-10", &[]),
    ("two-files", "2026-12-10", &[]),
];

/// Every question that can be asked of a school without changing it.
const QUESTIONS: &[&str] = &[
    "check",
    "status",
    "ask --list",
    "schedule --half-term 2",
    "schedule --half-term 3",
    "schedule --half-term 3 --explain",
    "schedule --half-term 3 --explain art",
    "schedule --half-term 3 --want science --forbid art --replan",
    "schedule --half-term 4 --without lesson-visit",
    "clashes --half-term 3",
    "clashes --half-term 2 --all",
    "evaluate",
    "evaluate -s maths",
    "evaluate -s history --explain --chance",
    "evaluate --year",
    "evaluate --half-term 1",
    "evaluate --framework ofsted-2026",
    "moderate",
    "moderate --explain",
    "practice",
    "frameworks",
    "frameworks job-card",
    "frameworks ofsted-2026",
    "trajectory",
    "trajectory -s maths --target 80",
    "trajectory --trend",
    "trajectory --pupils -s reading",
    "gaps",
    "gaps --group send",
    "causes -s maths",
    "causes -s reading",
    "objectives",
    "objectives --id 1",
    "actions",
    "actions --all",
    "duties",
    "duties --open",
    "duties --who",
    "log",
    "notify --half-term 3",
    "report --list",
    "report end-of-term",
    "report provision",
    "report headteacher",
    "report line-manager",
    "report staff-meeting",
    "report phase-meeting",
    "report leadership-conversation",
    "report target-sheet",
    "report handover",
    "form schedule --half-term 3",
    "form books -s maths",
    "form records",
    "form lessons",
    "form pupil-voice",
    "form conversation",
    "form planning",
    "form environment",
    "form data",
    "form policy-review",
    "form audit",
    "form role-audit",
    "form leadership-conversation",
    "form moderation-meeting",
    "form question-sheet",
];

/// Whom an answer may be for.
const AUDIENCES: &[&str] = &["leader", "subject-leader", "headteacher", "governors", "staff"];

/// The formats of files.
const FORMATS: &[&str] = &["md", "html", "docx", "xlsx", "csv", "json", "ics"];

/// A question as it is asked.
struct Asked {
    school: &'static str,
    day: &'static str,
    words: Vec<String>,
}

fn questions() -> Vec<Asked> {
    let mut asked = Vec::new();
    for (school, day, phases) in SCHOOLS {
        for phase in std::iter::once(None).chain(phases.iter().map(Some)) {
            for question in QUESTIONS {
                for audience in AUDIENCES {
                    // Whole sets for the first school; elsewhere for those who read most, and least.
                    let is_whole = *school == "two-form-primary" && *day == "2026-12-10" && phase.is_none();
                    if !is_whole && !["leader", "governors"].contains(audience) {
                        continue;
                    }
                    let mut words: Vec<String> = question.split(' ').map(str::to_owned).collect();
                    words.extend(phase.iter().flat_map(|id| ["--phase".to_owned(), (**id).to_owned()]));
                    if *audience != "leader" {
                        words.extend(["--audience".to_owned(), (*audience).to_owned()]);
                    }
                    if *audience == "subject-leader" {
                        words.extend(["--for".to_owned(), "okafor".to_owned()]);
                    }
                    asked.push(Asked { school, day, words });
                }
            }
        }
    }
    asked
}

/// What the program does in a folder: its exit code, what it printed, and what it said beside.
fn run(folder: &Path, day: &str, words: &[String]) -> (i32, Vec<u8>, Vec<u8>) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_phase"));
    command.current_dir(folder).env_remove("PHASE_WORKSPACE").env("PHASE_TODAY", day).args(words);
    let output = command.output().unwrap();
    (output.status.code().unwrap(), output.stdout, output.stderr)
}

/// The answer to a question in every format, digested: `code`, what was said beside, and a digest a format.
fn answered(asked: &Asked, found: &Path) -> String {
    let folder = root().join("examples").join(asked.school);
    let (code, out, err) = run(&folder, asked.day, &asked.words);
    let said = asked.words.join(" ");
    let mut line =
        format!("{} {} {said}: {code} err {} txt {}", asked.school, asked.day, digest(&err), digest(&out));
    if !matches!(code, 0 | 3) {
        return line;
    }
    let stem = format!("{}-{}-{}", asked.school, asked.day, said.replace([' ', '='], "-"));
    fs::write(found.join(format!("{stem}.txt")), &out).unwrap();
    fs::write(found.join(format!("{stem}.err.txt")), &err).unwrap();
    // One file at a time only where several together are refused, as where there is no session for a calendar.
    let paths = |formats: &[&str]| -> Vec<PathBuf> {
        formats.iter().map(|format| found.join(format!("{stem}.{format}"))).collect()
    };
    let write = |formats: &[&str]| {
        let outputs =
            paths(formats).into_iter().flat_map(|path| ["-o".to_owned(), path.display().to_string()]);
        let words: Vec<String> = asked.words.iter().cloned().chain(outputs).collect();
        matches!(run(&folder, asked.day, &words).0, 0 | 3)
    };
    if asked.words[0] != "notify" && !write(&FORMATS[..6]) {
        FORMATS[..6].iter().for_each(|format| {
            write(&[format]);
        });
    }
    if ["schedule", "clashes", "report"].contains(&asked.words[0].as_str()) {
        write(&["ics"]);
    }
    for (format, path) in FORMATS.iter().zip(paths(FORMATS)) {
        let bytes = fs::read(path).ok();
        write!(line, " {format} {}", bytes.map_or("-".to_owned(), |bytes| digest(&bytes))).unwrap();
    }
    line
}

#[test]
fn every_answer_is_as_it_was() {
    let found = root().join("target/guards/found/answers.txt");
    let _ = fs::remove_dir_all(&found);
    fs::create_dir_all(&found).unwrap();
    let asked = questions();
    let next = AtomicUsize::new(0);
    let mut lines: BTreeMap<usize, String> = BTreeMap::new();
    std::thread::scope(|scope| {
        let work = || {
            let mut own = Vec::new();
            loop {
                let index = next.fetch_add(1, Ordering::Relaxed);
                let Some(asked) = asked.get(index) else { return own };
                own.push((index, answered(asked, &found)));
            }
        };
        let threads: Vec<_> = (0..std::thread::available_parallelism().map_or(2, usize::from))
            .map(|_| scope.spawn(work))
            .collect();
        threads.into_iter().for_each(|thread| lines.extend(thread.join().unwrap()));
    });
    let lines: Vec<String> = lines.into_values().map(|line| line + "\n").collect();
    compare("answers.txt", &lines.concat());
}

/// Every file of a folder by its name with `/` between folders, but for locks.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(inner) = folders.pop() {
        for entry in fs::read_dir(&inner).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.file_name().is_some_and(|name| name != ".phase-lock") {
                let name = path.strip_prefix(folder).unwrap().to_str().unwrap().replace('\\', "/");
                files.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    files
}

/// What is written, command by command; `OUT` stands for a folder beside the workspace.
#[rustfmt::skip]
const CHANGES: &[&[&str]] = &[
    &["schedule", "--half-term", "3", "--save"],
    &["notify", "--half-term", "3", "-o", "OUT/notices"],
    &["--today", "2026-12-17", "held", "ht2-ks1-evaluation-1"],
    &["missed", "ht2-ks1-lesson-visit-1", "--why", "The class was out."],
    &["moved", "ht3-ks1-lesson-visit-2", "--to", "2027-02-11 p4", "--anyway"],
    &["absent", "okafor", "2027-01-14", "2027-01-15"],
    &["notify", "--half-term", "3", "-o", "OUT/notices", "--format", "html"],
    &["schedule", "--half-term", "3", "--replan", "--save"],
    &["schedule", "--half-term", "4", "--save"],
    &["import", "OUT/marks.csv", "--key", "OUT/key.csv", "--point", "spring", "--kind", "teacher"],
    &["import", "OUT/history.csv", "--half-term", "4", "--subject", "history"],
    &["import", "OUT/events.ics", "--events", "all"],
    &[
        "record", "--kind", "books", "--subject", "history", "--aspect", "work", "--grade", "good", "--strength",
        "Sources are used.",
    ],
    &["record", "--from", "OUT/books.csv"],
    &["record", "--agree", "ht2-28", "--agreed-grade", "good"],
    &["evaluate", "--write-actions"],
    &["actions", "add", "--action", "Read daily", "--due", "2027-01-11"],
    &["actions", "review", "read-daily", "--finding", "Most read.", "--again", "2027-02-01"],
    &["actions", "done", "read-daily", "--finding", "Everybody reads."],
    &["log", "add", "--kind", "meeting", "--what", "Phase meeting"],
    &["log", "shows", "4", "phase-meetings"],
    &["objectives", "done", "5", "3"],
    &["report", "provision", "--issue", "-o", "OUT/provision.md"],
    &["forget", "P203", "--also", "../two-form-primary-2025-26", "--yes"],
    &[
        "new-year", "OUT/2027-28", "--yes", "--terms", "1 Sep 2027 to 22 Oct 2027", "--terms",
        "1 Nov 2027 to 17 Dec 2027", "--terms", "4 Jan 2028 to 11 Feb 2028", "--terms", "21 Feb 2028 to 31 Mar 2028",
        "--terms", "18 Apr 2028 to 26 May 2028", "--terms", "5 Jun 2028 to 20 Jul 2028",
    ],
    &["init", "OUT/book", "--convert"],
    &["init", "OUT/example", "--example"],
    &["init", "OUT/new", "--yes", "--school", "S", "--leader", "Asha Rowe", "--subject", "History=Jo Okafor"],
    &["-w", "OUT/new", "ask", "--answer", "inset=4 Jan 2027"],
];

#[test]
fn every_change_is_as_it_was() {
    let folder = example_copy();
    let school = folder.path().join("two-form-primary");
    let out = folder.path().join("out");
    fs::create_dir_all(&out).unwrap();
    fs::write(
        out.join("marks.csv"),
        "Pupil,Class,Year,Reading,Maths\nAda Byron,1A,1,EXS,WTS\nGrace Hopper,1B,1,GDS,EXS\n",
    )
    .unwrap();
    fs::write(out.join("history.csv"), "task,date,period\nscheduling,2027-02-25,p4\n").unwrap();
    fs::remove_file(school.join("schedules/ht4/history.csv")).unwrap();
    fs::write(
        out.join("books.csv"),
        "kind,by,aspect,date,subject,grade,strength\nbooks,hale,work,2026-12-08,art,good,Colour is mixed with care.\n",
    )
    .unwrap();
    fs::write(
        out.join("events.ics"),
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART;VALUE=DATE:20270304\r\nSUMMARY:World Book Day\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
    )
    .unwrap();
    let found = root().join("target/guards/found/changes.txt");
    let _ = fs::remove_dir_all(&found);
    fs::create_dir_all(&found).unwrap();
    let mut before = files(folder.path());
    let mut lines = String::new();
    for (number, words) in CHANGES.iter().enumerate() {
        let at = out.display().to_string();
        let spelt: Vec<String> = words.iter().map(|word| word.replace("OUT", &at)).collect();
        let (code, shown, said) = run(&school, "2026-12-10", &spelt);
        let here = folder.path().display().to_string();
        let text =
            |bytes: Vec<u8>| String::from_utf8(bytes).unwrap().replace(&at, "OUT").replace(&here, "HERE");
        let (shown, said) = (text(shown), text(said));
        writeln!(
            lines,
            "{}: {code} out {} err {}",
            words.join(" "),
            digest(shown.as_bytes()),
            digest(said.as_bytes())
        )
        .unwrap();
        let stem = format!("{number:02}-{}", words[..2.min(words.len())].join("-").replace(['/', ' '], "-"));
        fs::write(found.join(format!("{stem}.txt")), format!("{shown}\n--- beside\n{said}")).unwrap();
        let after: BTreeMap<String, Vec<u8>> = files(folder.path())
            .into_iter()
            .map(|(name, bytes)| match String::from_utf8(bytes) {
                Ok(text) => (name, text.replace(&here, "HERE").into_bytes()),
                Err(bytes) => (name, bytes.into_bytes()),
            })
            .collect();
        let changed: Vec<_> = after.iter().filter(|(name, bytes)| before.get(*name) != Some(bytes)).collect();
        let is_long = changed.len() > 40;
        if is_long {
            let all: Vec<u8> =
                changed.iter().flat_map(|(name, bytes)| [name.as_bytes(), bytes].concat()).collect();
            writeln!(lines, "  {} files {}", changed.len(), digest(&all)).unwrap();
        }
        for (name, bytes) in changed {
            if !is_long {
                writeln!(lines, "  {name} {}", digest(bytes)).unwrap();
            }
            fs::write(found.join(format!("{stem}--{}", name.replace('/', "-"))), bytes).unwrap();
        }
        for name in before.keys().filter(|name| !after.contains_key(*name)) {
            writeln!(lines, "  {name} is gone").unwrap();
        }
        before = after;
    }
    compare("changes.txt", &lines);
}

#[test]
fn the_best_plans_are_as_good_as_they_were() {
    let mut lines = String::new();
    for (school, day, phases) in SCHOOLS {
        for phase in std::iter::once(None).chain(phases.iter().map(Some)) {
            for number in 1..=6 {
                let number = number.to_string();
                let mut words = vec!["--today", day, "schedule", "--half-term", &number];
                words.extend(phase.iter().flat_map(|id| ["--phase", id]));
                let folder = root().join("examples").join(school);
                let (code, out, _) = crate::program::run(&folder, &[&words[..], &["--json"]].concat());
                let of = phase.map_or(String::new(), |id| format!(" {id}"));
                write!(lines, "{school} {day}{of} half term {number}: {code}").unwrap();
                if let Ok(plan) = serde_json::from_str::<serde_json::Value>(&out) {
                    let cost = &plan["cost"];
                    let count = |name: &str| plan[name].as_array().unwrap().len();
                    write!(
                        lines,
                        " {} proven {} cost {} bound {} sessions {} unplaced {}",
                        plan["status"],
                        plan["proven"],
                        cost["total"],
                        cost["bound"],
                        count("sessions"),
                        count("unplaced")
                    )
                    .unwrap();
                }
                lines.push('\n');
            }
        }
    }
    compare("plans.txt", &lines);
}

/// The sentences of `tests/guards/sentences.txt`, each with what it is: `concern` or `innocent`.
#[test]
fn what_reads_as_a_concern_is_as_it_was() {
    let text = fs::read_to_string(root().join("tests/guards/sentences.txt")).unwrap();
    let boundary = ConcernCheck::new(&[]);
    let (mut lines, mut counts) = (String::new(), BTreeMap::new());
    for line in text.lines() {
        let (what, sentence) = line.split_once(": ").unwrap();
        *counts.entry(what).or_insert(0) += 1;
        let verdict = if boundary.is_concern(sentence) { "refused" } else { "kept" };
        writeln!(lines, "{what} {verdict}: {sentence}").unwrap();
    }
    assert!(counts["concern"] >= 60 && counts["innocent"] >= 60, "{counts:?}");
    compare("verdicts.txt", &lines);
}

/// A guard that sees nothing guards nothing.
#[test]
fn the_guards_see_what_the_examples_answer() {
    let folder = root().join("examples/two-form-primary");
    let plan = answer(&folder, &["schedule", "--half-term", "3"]);
    assert_eq!(plan["proven"], true);
    assert_ne!(digest(b"one"), digest(b"two"));
}
