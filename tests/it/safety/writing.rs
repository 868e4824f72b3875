//! Writers at once, and commands that are cut short.

use std::fs;
use std::process::{Command, Stdio};

use crate::program::{answer, run};
use crate::workspace::example_copy;

#[test]
fn twenty_writers_at_once_all_succeed() {
    let folder = example_copy();
    let school = folder.path().join("two-form-primary");
    let log = || fs::read_to_string(school.join("log.csv")).unwrap();
    let before = log().lines().count();
    let children: Vec<_> = (0..20)
        .map(|number| {
            Command::new(env!("CARGO_BIN_EXE_phase"))
                .current_dir(&school)
                .env("PHASE_TODAY", "2026-12-10")
                .args(["log", "add", "--kind", "meeting", "--what", &format!("Meeting {number} of many")])
                .stdout(Stdio::null())
                .stderr(Stdio::piped())
                .spawn()
                .unwrap()
        })
        .collect();
    for child in children {
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
    assert_eq!(log().lines().count(), before + 20);
    for number in 0..20 {
        assert_eq!(log().matches(&format!("Meeting {number} of many")).count(), 1);
    }
}

#[cfg(unix)]
#[test]
fn a_lock_that_is_held_is_waited_for_and_then_named() {
    let folder = example_copy();
    let school = folder.path().join("two-form-primary");
    let held = fs::File::create(school.join(".phase-lock")).unwrap();
    held.lock().unwrap();
    let words = ["log", "add", "--kind", "meeting", "--what", "Met"];
    let (code, _, err) = run(&school, &words);
    assert_eq!(code, 1);
    assert!(err.contains("another phase is still writing"), "{err}");
    drop(held);
    assert_eq!(run(&school, &words).0, 0);
}

#[cfg(target_os = "linux")]
#[test]
fn an_answer_that_cannot_be_shown_says_what_was_written() {
    let folder = example_copy();
    let school = folder.path().join("two-form-primary");
    let full = || Stdio::from(fs::File::options().write(true).open("/dev/full").unwrap());
    let cases: &[(&[&str], &str)] = &[
        (&["log", "add", "--kind", "meeting", "--what", "Met"], "log.csv"),
        (
            &["record", "--kind", "books", "--subject", "history", "--aspect", "work", "--grade", "good"],
            "evidence/ht2.csv",
        ),
        (&["actions", "add", "--action", "Read", "--due", "2027-01-11"], "actions.csv"),
        (&["forget", "P203", "--yes"], "assessments.csv, pupils.csv"),
    ];
    for (words, written) in cases {
        let output = Command::new(env!("CARGO_BIN_EXE_phase"))
            .current_dir(&school)
            .env("PHASE_TODAY", "2026-12-10")
            .args(*words)
            .stdout(full())
            .output()
            .unwrap();
        let err = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{err}");
        let says = format!("{written} had already been written: check before you do this again");
        assert!(err.contains(&says), "{words:?}: {err}");
    }
}

#[test]
fn what_a_killed_command_left_is_named_and_removed() {
    let folder = example_copy();
    let school = folder.path().join("two-form-primary");
    let drafts = [".phase-Ab3dE9.tmp", "evidence/.phase-zzzzzz.tmp", "schedules/ht3/.phase-012345.tmp"];
    for draft in drafts {
        fs::write(school.join(draft), "pupil,class\nP203,1A\n").unwrap();
    }
    fs::create_dir(school.join(".phase-QQQQQQ")).unwrap();
    fs::write(school.join(".phase-QQQQQQ/pupils.csv"), "pupil,class\nP203,1A\n").unwrap();
    // What is somebody's own stays.
    fs::write(school.join(".phase-notes.tmp"), "mine").unwrap();
    let (_, out, _) = run(&school, &["check"]);
    for draft in drafts.iter().chain(&[".phase-QQQQQQ"]) {
        assert!(
            out.contains(&format!("{draft}: warning: a command that was cut short left this draft")),
            "{out}"
        );
    }
    assert!(!out.contains(".phase-notes.tmp"), "{out}");
    // A try looks into them; whoever is forgotten is in none of them afterwards.
    let tried = answer(&school, &["forget", "P203"]);
    assert_eq!(tried["drafts"], serde_json::json!(drafts));
    let (code, _, err) = run(&school, &["log", "add", "--kind", "meeting", "--what", "Met"]);
    assert_eq!(code, 0);
    for draft in drafts.iter().chain(&[".phase-QQQQQQ"]) {
        assert!(!school.join(draft).exists(), "{draft}");
        assert!(
            err.contains(&format!("{draft}: removed, an earlier command was cut short and left it")),
            "{err}"
        );
    }
    assert!(school.join(".phase-notes.tmp").exists());
    // A draft that a running command holds is left alone.
    let held = fs::File::create(school.join(".phase-running1.tmp".replace("running1", "Runng1"))).unwrap();
    held.lock().unwrap();
    assert_eq!(run(&school, &["log", "add", "--kind", "meeting", "--what", "Met again"]).0, 0);
    assert!(school.join(".phase-Runng1.tmp").exists());
}

/// The journal of a change to two files, as it lies there when the command is killed between them.
#[test]
fn a_change_that_was_cut_short_is_finished_by_the_next_command() {
    let folder = example_copy();
    let school = folder.path().join("two-form-primary");
    assert_eq!(run(&school, &["schedule", "--half-term", "3", "--save"]).0, 0);
    let (log, issued) = (school.join("log.csv"), school.join("schedules/ht3/issued.csv"));
    let before = fs::read(&log).unwrap();
    assert_eq!(run(&school, &["notify", "--half-term", "3", "-o", "../out"]).0, 0);
    let (after, told) = (fs::read(&log).unwrap(), fs::read(&issued).unwrap());
    let digest = |bytes: &[u8]| {
        let fold = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        format!("{:016x}-{}", bytes.iter().fold(0xcbf2_9ce4_8422_2325, fold), bytes.len())
    };
    let journal = format!(
        "phase change 1\nlog.csv\t.phase-AAAAAA.tmp\t{}\t{}\nschedules/ht3/issued.csv\t.phase-BBBBBB.tmp\tnone\t{}\nend\n",
        digest(&before),
        digest(&after),
        digest(&told)
    );
    // The log is written, what people were told is not.
    let cut_short = || {
        fs::write(school.join(".phase-journal"), &journal).unwrap();
        fs::write(school.join("schedules/ht3/.phase-BBBBBB.tmp"), &told).unwrap();
        fs::remove_file(&issued).unwrap();
        fs::write(&log, &after).unwrap();
    };
    cut_short();
    let (_, out, _) = run(&school, &["check"]);
    assert!(out.contains(".phase-journal: warning: a command was cut short"), "{out}");
    let (code, _, err) = run(&school, &["notify", "--half-term", "3", "-o", "../out"]);
    assert_eq!(code, 0, "{err}");
    assert!(
        err.contains("schedules/ht3/issued.csv: written, an earlier command was cut short before it"),
        "{err}"
    );
    assert_eq!(fs::read(&issued).unwrap(), told);
    // The notice is not noted twice.
    assert_eq!(fs::read(&log).unwrap(), after);
    assert!(!school.join(".phase-journal").exists());
    // Where somebody has changed a file since, theirs stays, and that is said.
    cut_short();
    fs::write(&issued, "id,owner\n").unwrap();
    let (_, _, err) = run(&school, &["log", "add", "--kind", "meeting", "--what", "Met"]);
    assert!(
        err.contains("schedules/ht3/issued.csv: an earlier command was cut short, and it was changed since"),
        "{err}"
    );
    assert_eq!(fs::read_to_string(&issued).unwrap(), "id,owner\n");
    assert!(!school.join(".phase-journal").exists());
    assert!(!school.join("schedules/ht3/.phase-BBBBBB.tmp").exists());
    // A journal that is damaged, or leads out of the folder, changes nothing.
    for journal in ["x", "phase change 1\n../a.csv\t.phase-AAAAAA.tmp\tnone\t0-0\nend\n", "phase change 1\n"]
    {
        fs::write(school.join(".phase-journal"), journal).unwrap();
        let (_, _, err) = run(&school, &["log", "add", "--kind", "meeting", "--what", "Met"]);
        assert!(err.contains(".phase-journal: removed, it is damaged"), "{err}");
        assert!(!folder.path().join("a.csv").exists());
    }
}
