//! The year that turns: what goes on and what stays behind.

use std::fs;

use crate::program::{answer, run};
use crate::workspace::{example_copy, files, workspace};

use super::objective;

/// The term dates of 2027-28, as flags.
fn terms() -> Vec<&'static str> {
    let spans = [
        "1 Sep 2027 to 22 Oct 2027",
        "1 Nov 2027 to 17 Dec 2027",
        "4 Jan 2028 to 11 Feb 2028",
        "21 Feb 2028 to 31 Mar 2028",
        "18 Apr 2028 to 26 May 2028",
        "5 Jun 2028 to 20 Jul 2028",
    ];
    spans.into_iter().flat_map(|span| ["--terms", span]).collect()
}

/// X1: set-up carried over, classes moved up, leavers gone, what is unfinished kept, the old folder unchanged.
#[test]
fn the_year_turns() {
    let folder = example_copy();
    let (school, next) =
        (folder.path().join("two-form-primary"), folder.path().join("two-form-primary-2027-28"));
    let before = files(&school);
    let mut words =
        vec!["-w", "two-form-primary", "new-year", "two-form-primary-2027-28", "--today", "2027-07-20"];
    // Without term dates nothing that could not be read would be written.
    let (code, _, err) = run(folder.path(), &[&words[..], &["--yes"]].concat());
    assert!(code == 2 && err.contains("no term dates are built in for 2027-28: give --terms"), "{err}");
    words.extend(terms());
    // A try writes nothing.
    let (code, out, err) = run(folder.path(), &words);
    assert_eq!(code, 0, "{err}");
    assert!(out.contains("nothing is written yet") && !next.exists(), "{out}");
    words.push("--yes");
    let (code, _, err) = run(folder.path(), &words);
    assert_eq!(code, 0, "{err}");
    assert_eq!(files(&school), before, "the old folder stays as it is");
    let text = |name: &str| fs::read_to_string(next.join(name)).unwrap();
    assert!(text("phase.toml").contains("previous = \"../two-form-primary\""));
    assert_eq!(
        text("phase.toml").lines().count(),
        String::from_utf8(before["phase.toml"].clone()).unwrap().lines().count()
    );
    // Classes moved up: 2A to 3A, 1B to 2B; who has left is not in it.
    assert!(text("pupils.csv").contains("\nP201,3A,3,,,F,no,N,yes,summer,middle\n"));
    let left: Vec<String> = String::from_utf8(before["pupils.csv"].clone())
        .unwrap()
        .lines()
        .skip(2)
        .filter(|line| !line.split(',').nth(4).unwrap().is_empty())
        .map(|line| line.split(',').next().unwrap().to_owned())
        .collect();
    assert!(!left.is_empty());
    for pupil in left {
        assert!(!text("pupils.csv").contains(&format!("\n{pupil},")), "{pupil} has left");
    }
    // What holds on single dates stays behind; what is unfinished goes on.
    assert!(!text("availability.csv").contains("2026-") && !text("availability.csv").contains("2027-"));
    assert!(text("actions.csv").contains("\none-code,") && !text("actions.csv").contains("\nect-start,"));
    for name in ["log.csv", "judgements.csv", "assessments.csv", "evidence", "schedules"] {
        assert!(!next.join(name).exists(), "{name} stays where it is");
    }
    // It is read without an error, with last year's results behind it.
    let (code, out, _) = run(&next, &["check", "--today", "2027-09-06"]);
    assert_eq!(code, 0, "{out}");
    let found = answer(&next, &["objectives", "--today", "2027-09-06"]);
    assert_eq!(objective(&found, "audit")["criteria"][0]["state"], "met");
    // Nothing is overwritten.
    let (code, _, err) = run(folder.path(), &words);
    assert!(code == 2 && err.contains("holds a workspace already"), "{err}");
    // Never inside itself.
    let (code, _, err) = run(&school, &["new-year", "next", "--yes"]);
    assert!(code == 2 && err.contains("would lie in this one"), "{err}");
}

/// An objective that is met stays behind, and what it rests on with it; sessions on single dates too.
#[test]
fn what_is_met_stays_behind() {
    let toml = "# Mine.\n[[objective]]\nid = \"met\"\ntitle = \"Met\"\ndue = 2027-07-16\n[[objective.criterion]]\ntext = \"Done\"\nmilestone = 2026-10-01\n\n# Kept.\n[[objective]]\nid = \"open\"\ntitle = \"Open\"\ndue = 2027-07-16\n[[objective.criterion]]\ntext = \"Not done\"\nmilestone = \"\"\n";
    let actions = "id,action,owner,due,status,came_from\na,Old,hale,2026-11-01,done,met\nb,Rests on,hale,2026-11-01,done,open\n# a note\nc,Going on,hale,2027-11-01,open,\n";
    let phase = "[school]\nname = \"Base\"\n[[phase]]\nid = \"ks1\"\nname = \"Key Stage 1\"\nleader = \"hale\"\nyear_groups = [\"1\", \"2\"]\nsessions = [\"Thu pm1\", \"2027-03-02 pm2\"] # mine\n";
    let folder = workspace(&[("phase.toml", phase), ("objectives.toml", toml), ("actions.csv", actions)]);
    let next = tempfile::tempdir().unwrap();
    let to = next.path().join("next");
    let (code, _, err) =
        run(folder.path(), &[&["new-year", to.to_str().unwrap(), "--yes"][..], &terms()].concat());
    assert_eq!(code, 0, "{err}");
    let text = |name: &str| fs::read_to_string(to.join(name)).unwrap();
    assert!(
        !text("objectives.toml").contains("id = \"met\"")
            && text("objectives.toml").contains("# Kept.\n[[objective]]\nid = \"open\"")
    );
    assert_eq!(
        text("actions.csv"),
        "id,action,owner,due,status,came_from\nb,Rests on,hale,2026-11-01,done,open\n# a note\nc,Going on,hale,2027-11-01,open,\n"
    );
    assert!(text("phase.toml").contains("sessions = [\"Thu pm1\"] # mine"), "{}", text("phase.toml"));
    assert!(text("phase.toml").starts_with("previous = "));
}
