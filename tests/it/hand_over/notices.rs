//! Notices and calendars: everybody told once, then only what is new.

use std::fs;
use std::path::{Path, PathBuf};

use crate::program::{answer, run};
use crate::workspace::example_copy;

use super::{ok, read};

/// A lesson visit in history that Jo Okafor comes to.
const SESSION: &str = "ht3-ks1-lesson-visit-2";

/// A school with a half term given out, and the folder that its notices go to.
struct HalfTerm {
    folder: tempfile::TempDir,
    school: PathBuf,
    out: PathBuf,
}

impl HalfTerm {
    /// Planned, and nobody told yet.
    fn planned() -> Self {
        let folder = example_copy();
        let (school, out) = (folder.path().join("two-form-primary"), folder.path().join("first"));
        ok(&school, &["schedule", "--half-term", "3", "--save"]);
        Self { folder, school, out }
    }

    /// Planned, and everybody told on 10 December.
    fn told() -> Self {
        let term = Self::planned();
        ok(&term.school, &["notify", "-o", term.out.to_str().unwrap(), "--format", "markdown"]);
        term
    }

    /// Told; then one session moved by the command and one taken out by hand, and people told of it on 11 January.
    fn changed() -> Self {
        let term = Self::told();
        let (code, _, err) = run(&term.school, &["moved", SESSION, "--to", "2027-01-27 p4", "--anyway"]);
        assert_eq!(code, 3, "noted, though it makes a clash: {err}");
        term.rewrite(|line| if line.contains("records-scrutiny") { String::new() } else { line.to_owned() });
        term.tell("2027-01-11");
        term
    }

    /// Changed; then somebody else comes to the session, and people are told of it.
    fn with_somebody_else() -> Self {
        let term = Self::changed();
        term.rewrite(|line| {
            if line.starts_with(SESSION) { line.replace("okafor", "penrose") } else { line.to_owned() }
        });
        term.tell("2027-01-13");
        term
    }

    /// Tells people on a day; returns what the screen says.
    fn tell(&self, day: &str) -> String {
        self.tell_in(&self.out, day)
    }

    fn tell_in(&self, out: &Path, day: &str) -> String {
        let at = out.to_str().unwrap();
        let words = ["notify", "-o", at, "--format", "markdown", "--today", day, "--half-term", "3"];
        ok(&self.school, &words)
    }

    /// Changes the sessions that were given out line by line; returns what they were before.
    fn rewrite(&self, line: impl Fn(&str) -> String) -> String {
        let path = self.school.join("schedules/ht3/published.csv");
        let before = read(&path);
        fs::write(path, before.split_inclusive('\n').map(line).collect::<String>()).unwrap();
        before
    }

    /// A notice.
    fn notice(&self, name: &str) -> String {
        read(self.out.join(name))
    }

    fn has(&self, name: &str) -> bool {
        self.out.join(name).exists()
    }
}

#[test]
fn a_look_at_the_notices_writes_nothing() {
    let term = HalfTerm::planned();
    let before = read(term.school.join("log.csv"));
    ok(&term.school, &["notify"]);
    assert_eq!(read(term.school.join("log.csv")), before);
    assert!(!term.school.join("schedules/ht3/issued.csv").exists());
}

#[test]
fn everybody_is_told_what_is_theirs() {
    let term = HalfTerm::told();
    for name in [
        "hale.md",
        "hale.ics",
        "okafor.md",
        "okafor.ics",
        "sorrel.ics",
        "headteacher-copy.md",
        "headteacher-copy.xlsx",
    ] {
        assert!(term.out.join(name).is_file(), "{name}");
    }
    // Who has no session is told what is theirs to do.
    assert!(term.notice("adeyemi.md").contains("Say what was agreed after the phonics visit"));
    assert!(!term.has("adeyemi.ics"));
    assert!(!term.has("okafor-changes.md"));
    // Whose books are looked at is asked for them, and need not come.
    let lends = term.notice("boon.md");
    assert!(lends.contains("## What is asked of your class"), "{lends}");
    assert!(lends.contains("six pupils' books for pupils' work, RE (2A)"), "{lends}");
    assert!(lends.contains("you need not come to these") && !term.has("boon.ics"), "{lends}");
    let notice = term.notice("okafor.md");
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
    // Nobody is told of what is not theirs.
    assert!(!notice.contains("Lindqvist") && !notice.contains("RE,"), "{notice}");
    // Everybody is told what is theirs to do.
    let agreed = term.notice("lindqvist.md");
    assert!(agreed.contains("## Yours to do") && agreed.contains("Plan spring history"), "{agreed}");
}

#[test]
fn what_concerns_several_is_told_to_each_of_them() {
    let term = HalfTerm::told();
    // What works is for all, by name only where it was offered.
    let shared = term.notice("shared-practice.md");
    assert!(
        shared.contains("Partner talk in maths (Robin Sorrel") && !shared.contains("Nandakumar"),
        "{shared}"
    );
    // Who brings the books of whom.
    let asked = "nothing; six pupils' books of 2A and 5B are asked of the class teachers";
    assert!(term.notice("penrose.md").contains(asked) && term.notice("hale.md").contains(asked));
    let head = term.notice("headteacher-copy.md");
    assert!(head.contains("## Cover asked for") && head.contains("Nia Penrose"), "{head}");
}

#[test]
fn told_again_nothing_is_new_and_nothing_more_is_noted() {
    let term = HalfTerm::told();
    let log = read(term.school.join("log.csv"));
    assert!(log.lines().last().unwrap().starts_with("2026-12-10,notice-given,"), "{log}");
    let first = term.notice("okafor.ics");
    assert!(first.contains("SEQUENCE:0\r\n") && first.contains("STATUS:CONFIRMED\r\n"), "{first}");
    ok(&term.school, &["notify", "-o", term.out.to_str().unwrap(), "--format", "markdown"]);
    assert_eq!(read(term.school.join("log.csv")), log);
    assert_eq!(term.notice("okafor.ics"), first);
}

#[test]
fn what_moved_and_what_is_called_off_is_told_to_those_concerned() {
    let term = HalfTerm::changed();
    let changes = term.notice("okafor-changes.md");
    assert!(
        changes.contains("Moved: lesson visit, History (1A) is on Wed 27 Jan 13:15-14:15 (it was Thu 28 Jan"),
        "{changes}"
    );
    let calendar = term.notice("okafor-changes.ics");
    assert!(calendar.contains("SEQUENCE:1\r\n") && calendar.contains("20270127T131500"), "{calendar}");
    let uid = |text: &str| text.lines().find(|line| line.starts_with("UID:")).unwrap().to_owned();
    assert_eq!(uid(&calendar), uid(&HalfTerm::told().notice("okafor.ics")));
    let called_off = term.notice("nandakumar-changes.ics");
    assert!(
        called_off.contains("STATUS:CANCELLED\r\n") && called_off.contains("SEQUENCE:1\r\n"),
        "{called_off}"
    );
    assert!(!term.has("lindqvist-changes.md"), "nothing is new to them");
    assert!(read(term.school.join("log.csv")).contains("2027-01-11,notice-given,"));
}

#[test]
fn what_was_called_off_is_kept_for_one_issue() {
    let term = HalfTerm::changed();
    let again = term.folder.path().join("again");
    term.tell_in(&again, "2027-01-12");
    assert!(!again.join("nandakumar.ics").exists() && !again.join("nandakumar-changes.ics").exists());
    assert!(!read(again.join("hale.ics")).contains("CANCELLED"));
    assert!(!again.join("okafor-changes.md").exists() && !again.join("okafor-changes.ics").exists());
}

#[test]
fn who_no_longer_comes_is_not_told_who_does() {
    let term = HalfTerm::with_somebody_else();
    let changes = term.notice("okafor-changes.md");
    assert!(changes.contains("You are no longer needed: lesson visit, History (1A)"), "{changes}");
    let calendar = term.notice("okafor-changes.ics");
    assert!(calendar.contains("STATUS:CANCELLED") && !calendar.contains("Penrose"), "{calendar}");
    assert!(term.notice("penrose-changes.md").contains("New: "));
}

#[test]
fn a_session_in_the_place_of_another_calls_it_off() {
    let term = HalfTerm::with_somebody_else();
    term.rewrite(|line| match line.starts_with(SESSION) {
        true => line.replace(",history,", ",art,").replace("penrose", "lindqvist"),
        false => line.to_owned(),
    });
    term.tell("2027-01-13");
    let changes = term.notice("penrose-changes.md");
    assert!(
        changes.contains("Called off: lesson visit, History (1A)") && !changes.contains("Art"),
        "{changes}"
    );
    // The headteacher hears of both.
    let head = term.notice("headteacher-copy.md");
    assert!(head.contains("Art (1A), in place of lesson visit, History (1A), which is called off"), "{head}");
}

#[test]
fn who_lent_books_and_now_comes_is_told_of_both() {
    let term = HalfTerm::changed();
    let before =
        term.rewrite(
            |line| if line.contains(",re,") { line.replace("penrose", "boon") } else { line.to_owned() },
        );
    term.tell("2027-01-13");
    let changes = term.notice("boon-changes.md");
    assert!(changes.contains("No longer asked for: six pupils' books"), "{changes}");
    assert!(changes.contains("New: Thu 4 Feb 13:15-14:15, pupils' work, RE (2A, 5B)"), "{changes}");
    assert!(
        changes.contains(
            "six pupils' books of 2A, of different groups; six pupils' books of 5B are asked of the class teacher"
        ),
        "{changes}"
    );
    assert!(term.notice("boon-changes.ics").contains("STATUS:CONFIRMED"));
    fs::write(term.school.join("schedules/ht3/published.csv"), before).unwrap();
    term.tell("2027-01-13");
    assert!(term.notice("boon-changes.ics").contains("STATUS:CANCELLED"));
    assert!(term.notice("boon-changes.md").contains("What is asked of your class"));
}

#[test]
fn a_class_with_another_teacher_is_asked_of_that_teacher() {
    let term = HalfTerm::changed();
    let classes = read(term.school.join("classes.csv"));
    fs::write(term.school.join("classes.csv"), classes.replace("2A,2,boon", "2A,2,swann")).unwrap();
    term.tell("2027-01-13");
    assert!(term.notice("boon-changes.md").contains("No longer asked for"));
    assert!(term.notice("swann-changes.md").contains("New: "));
    assert!(!term.has("penrose-changes.md"), "to those who come nothing is new");
}

#[test]
fn when_the_bell_moves_everybody_hears_of_it() {
    let term = HalfTerm::with_somebody_else();
    assert!(term.has("okafor-changes.md"));
    let phase = read(term.school.join("phase.toml"));
    fs::write(term.school.join("phase.toml"), phase.replace("\"13:15\"", "\"13:20\"")).unwrap();
    term.tell("2027-01-13");
    assert!(term.notice("lindqvist-changes.md").contains("Moved: "));
    assert!(term.notice("boon-changes.md").contains("Moved: six pupils' books"));
    assert!(!term.has("boon-changes.ics"));
    assert!(!term.has("okafor-changes.md"), "what was new to them the last time is not left to be sent");
    // Where nothing is new, what has not been sent yet stays; what is somebody's no more is named.
    let told = term.tell("2027-01-13");
    assert!(term.has("lindqvist-changes.md"));
    assert!(told.contains("Not to send") && told.contains("okafor.ics"), "{told}");
}

#[test]
fn all_of_it_can_be_called_off() {
    let term = HalfTerm::changed();
    term.rewrite(|line| if line.starts_with("ht3-") { String::new() } else { line.to_owned() });
    term.tell("2027-01-13");
    assert!(term.notice("hale-changes.ics").matches("STATUS:CANCELLED").count() == 4);
    let faults = answer(&term.school, &["check"])["diagnostics"].as_array().unwrap().clone();
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
