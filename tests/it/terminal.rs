//! Questions at a terminal, answered key by key as a person does.

use std::fs;
use std::path::Path;
use std::process::Command;

use rexpect::session::{PtySession, spawn_command};

use crate::workspace::workspace;

/// The answers that were typed; an answer ends with enter.
struct Typist {
    terminal: PtySession,
    answers: usize,
}

impl Typist {
    fn at(folder: &Path, words: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_phase"));
        command.current_dir(folder).args(["--today", "2026-11-22"]).args(words);
        command.env_remove("PHASE_WORKSPACE").env("TERM", "xterm");
        Self { terminal: spawn_command(command, Some(20_000)).unwrap(), answers: 0 }
    }

    fn sees(&mut self, text: &str) -> &mut Self {
        self.terminal.exp_string(text).unwrap_or_else(|error| panic!("{text}: {error}"));
        self
    }

    fn types(&mut self, text: &str) -> &mut Self {
        self.terminal.send(text).unwrap();
        self.terminal.send("\r").unwrap();
        self.terminal.flush().unwrap();
        self.answers += 1;
        self
    }

    /// Takes back what was typed.
    fn erases(&mut self, count: usize) -> &mut Self {
        self.terminal.send(&"\u{7f}".repeat(count)).unwrap();
        self
    }

    fn ends(&mut self) -> Option<i32> {
        let _ = self.terminal.exp_eof();
        match self.terminal.process().wait() {
            Ok(rexpect::process::WaitStatus::Exited(_, code)) => Some(code),
            _ => None,
        }
    }
}

#[test]
fn from_questions_to_a_plan() {
    let folder = tempfile::tempdir().unwrap();
    let mut typist = Typist::at(folder.path(), &["init", "ks1"]);
    typist.sees("What is your school called?").types("").sees("a name is wanted").types("St Bede's");
    typist.sees("Which year groups do you lead?").types("");
    // Nonsense is refused at once, with what would be right.
    typist.sees("What is your name?").types("12").sees("write one name, as in Jo Okafor");
    typist.erases(2).types("Asha Rowe");
    typist.sees("When are your lessons?").types("9:00-8:00").sees("is no lesson");
    typist.erases(9).types("");
    typist.sees("When are you released to lead?").types("Thu pn").sees("there is no period `pn`");
    typist.erases(6).types("");
    typist.sees("Which term dates does 2026-27 have?").sees("the common ones").types("");
    typist.sees("Which subjects do you look at?").types("");
    typist.sees("Who leads English?").types("Jon Hartley");
    typist.sees("Who leads Maths?").types("Jo Okafor");
    typist.sees("Who leads Science?").types("TBC").sees("nobody's name").erases(3).types("hart");
    // Part of a name, and a name that is almost one that is known, are asked about.
    typist.sees("Is hart the same as Jon Hartley?").types("");
    typist.sees("Who leads Art and design?").types("Jo Okafar");
    typist.sees("Is Jo Okafar the same as Jo Okafor?").types("");
    for subject in ["Computing", "Design and technology", "Geography", "History", "Music", "PE", "RE"] {
        typist.sees(&format!("Who leads {subject}?")).types(if subject == "History" { "okafor" } else { "" });
    }
    typist.sees("Which grades do you judge by?").types("");
    typist.sees("Written to ks1: calendar.toml, phase.toml, subjects.csv.");
    typist.sees("Key Stage 1, spring 1 (4 January to 12 February 2027)").sees("Next: phase schedule");
    assert_eq!(typist.ends(), Some(0));
    assert!(typist.answers < 60, "{} answers", typist.answers);
    let subjects = fs::read_to_string(folder.path().join("ks1/subjects.csv")).unwrap();
    for row in ["Science,Jon Hartley,", "Art and design,Jo Okafor,", "History,Jo Okafor,", "Music,,"] {
        assert!(subjects.contains(row), "{subjects}");
    }
    // The rest is asked for one useful row at a time.
    let ks1 = folder.path().join("ks1");
    let mut typist = Typist::at(&ks1, &["ask"]);
    typist.sees("Who leads Computing?").types("Kim Ferris");
    for subject in ["Design and technology", "Geography", "Music", "PE", "RE"] {
        typist.sees(&format!("Who leads {subject}?")).types("");
    }
    typist.sees("Which classes are in Key Stage 1, and who teaches each?").types("Oak");
    typist.sees("the year group of `Oak` is not known").erases(3).types("1A, Oak (2) ferris");
    typist.sees("When does 1A have English?").sees("enter to leave it open");
    typist.terminal.send_control('c').unwrap();
    typist.terminal.flush().unwrap();
    assert_eq!(typist.ends(), Some(1));
    assert!(fs::read_to_string(ks1.join("classes.csv")).unwrap().contains("Oak,2,Kim Ferris"));
}

#[test]
fn whoever_stops_leaves_nothing_behind() {
    for keys in ["\u{3}", "\u{1b}"] {
        let folder = tempfile::tempdir().unwrap();
        let mut typist = Typist::at(folder.path(), &["init", "ks1"]);
        typist.sees("What is your school called?").types("St Bede's");
        typist.sees("Which year groups do you lead?");
        typist.terminal.send(keys).unwrap();
        typist.terminal.flush().unwrap();
        typist.sees("stopped");
        assert_eq!(typist.ends(), Some(1));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }
}

#[test]
fn a_piece_of_evidence_step_by_step() {
    let folder = workspace(&[
        ("subjects.csv", "name,id,leader\nArt,art,lindqvist\nMaths,maths,okafor\n"),
        ("staff.csv", "name,id\nMorgan Hale,hale\nJo Okafor,okafor\nSam Lindqvist,lindqvist\n"),
        ("classes.csv", "id,year_group\n1A,1\n2B,2\n"),
    ]);
    let mut typist = Typist::at(folder.path(), &["record"]);
    typist.sees("What kind of evidence is it?").types("books").sees("Which subject?").types("Maths");
    typist.sees("Which aspect does it speak to?").types("progress");
    typist.sees("Which day?").types("12 Nov 2026");
    typist.sees("Which classes?").types("9Z").sees("known are 1A, 2B").erases(2).types("1A");
    typist.sees("Who looked?").types("Okafor");
    // Both first views before the agreed one.
    typist.sees("this sample best matches").types("good: most pupils");
    typist.sees("write a view before you talked?").types("y");
    typist.sees("Who?").types("Hale");
    typist.sees("Their first view").types("requires");
    typist.sees("And what did you agree on?").types("good: most pupils");
    typist.sees("What is strong?").types("Number lines are used");
    let concern = "Says he is hit by dad";
    typist.sees("What is not?").types(concern).sees("safeguarding").sees("What is not?").types("");
    typist.sees("next step?").types("");
    assert_eq!(typist.ends(), Some(0));
    let written = fs::read_to_string(folder.path().join("evidence/ht2.csv")).unwrap();
    assert!(
        written.ends_with(
            "\nht2-01,2026-11-12,books,maths,outcomes.progress,good,1A,okafor,hale,requires-improvement,good,yes,Number lines are used\n"
        ),
        "{written}"
    );
}
