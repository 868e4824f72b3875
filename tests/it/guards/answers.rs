//! Every command, format and audience on every example.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::program::run_on;
use crate::workspace::{example_folder, root};

use super::{SCHOOLS, compare, digest};

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

/// The answer to a question in every format, digested: `code`, what was said beside, and a digest a format.
fn answered(asked: &Asked, found: &Path) -> String {
    let folder = example_folder(asked.school);
    let (code, out, err) = run_on(asked.day, &folder, &asked.words);
    let said = asked.words.join(" ");
    let mut line = format!(
        "{} {} {said}: {code} err {} txt {}",
        asked.school,
        asked.day,
        digest(err.as_bytes()),
        digest(out.as_bytes())
    );
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
        matches!(run_on(asked.day, &folder, &words).0, 0 | 3)
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
