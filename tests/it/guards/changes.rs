//! Every command that writes, and what it writes.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use crate::program::{TODAY, run_on};
use crate::workspace::{example_copy, files, root};

use super::{compare, digest};

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

/// Puts there what the commands take in.
fn put_inputs(school: &Path, out: &Path) {
    fs::create_dir_all(out).unwrap();
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
}

/// The files of a folder, its own path in them as `HERE`.
fn written(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let here = folder.display().to_string();
    let without_path = |bytes: Vec<u8>| match String::from_utf8(bytes) {
        Ok(text) => text.replace(&here, "HERE").into_bytes(),
        Err(bytes) => bytes.into_bytes(),
    };
    files(folder).into_iter().map(|(name, bytes)| (name, without_path(bytes))).collect()
}

/// What is other than before, a line a file, or one for very many files; each is kept for a look at it.
fn differences(
    before: &BTreeMap<String, Vec<u8>>,
    after: &BTreeMap<String, Vec<u8>>,
    kept_as: &str,
) -> String {
    let mut lines = String::new();
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
        fs::write(format!("{kept_as}--{}", name.replace('/', "-")), bytes).unwrap();
    }
    for name in before.keys().filter(|name| !after.contains_key(*name)) {
        writeln!(lines, "  {name} is gone").unwrap();
    }
    lines
}

#[test]
fn every_change_is_as_it_was() {
    let folder = example_copy();
    let school = folder.path().join("two-form-primary");
    let out = folder.path().join("out");
    put_inputs(&school, &out);
    let found = root().join("target/guards/found/changes.txt");
    let _ = fs::remove_dir_all(&found);
    fs::create_dir_all(&found).unwrap();
    let (here, at) = (folder.path().display().to_string(), out.display().to_string());
    let without_paths = |text: String| text.replace(&at, "OUT").replace(&here, "HERE");
    let mut before = files(folder.path());
    let mut lines = String::new();
    for (number, words) in CHANGES.iter().enumerate() {
        let spelt: Vec<String> = words.iter().map(|word| word.replace("OUT", &at)).collect();
        let (code, shown, said) = run_on(TODAY, &school, &spelt);
        let (shown, said) = (without_paths(shown), without_paths(said));
        writeln!(
            lines,
            "{}: {code} out {} err {}",
            words.join(" "),
            digest(shown.as_bytes()),
            digest(said.as_bytes())
        )
        .unwrap();
        let stem = format!("{number:02}-{}", words[..2.min(words.len())].join("-").replace(['/', ' '], "-"));
        let kept_as = found.join(stem).display().to_string();
        fs::write(format!("{kept_as}.txt"), format!("{shown}\n--- beside\n{said}")).unwrap();
        let after = written(folder.path());
        lines.push_str(&differences(&before, &after, &kept_as));
        before = after;
    }
    compare("changes.txt", &lines);
}
