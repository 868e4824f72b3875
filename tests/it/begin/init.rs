//! A workspace made by flags: sound, and never over another.

use std::fs;
use std::path::Path;

use crate::program::run_on;
use crate::workspace::{example_folder, root};

use super::{INIT, TODAY, ends};

#[test]
fn init_writes_a_sound_workspace_and_ends_with_its_schedule() {
    let folder = tempfile::tempdir().unwrap();
    let (out, err) = ends(0, folder.path(), INIT);
    assert!(out.starts_with("Key Stage 1, spring 1 (4 January to 12 February 2027): best possible"), "{out}");
    assert!(err.contains("Written to ks1: calendar.toml, phase.toml, subjects.csv."), "{err}");
    let ks1 = folder.path().join("ks1");
    assert_eq!(ends(0, &ks1, &["check"]).0, "3 files, no fault\n");
    // A surname was enough: two subjects are led by one person.
    let subjects = fs::read_to_string(ks1.join("subjects.csv")).unwrap();
    assert_eq!(subjects.matches("Jo Okafor").count(), 2, "{subjects}");
    // Nothing is overwritten: not a byte.
    let before = fs::read(ks1.join("phase.toml")).unwrap();
    let (_, err) = ends(2, folder.path(), INIT);
    assert!(err.contains("holds a workspace already; nothing is overwritten"), "{err}");
    assert_eq!(fs::read(ks1.join("phase.toml")).unwrap(), before);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(ks1.join("subjects.csv")).unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "the names of staff are for their owner");
    }
}

/// The words of a command line, quotes taken away.
fn typed(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    for (index, part) in line.split('"').enumerate() {
        match (index % 2, words.last_mut()) {
            // What stands in quotes belongs to the word before them, unless a space parts them.
            (1, Some(last)) if !line.split('"').nth(index - 1).unwrap().ends_with(' ') => {
                *last = format!("{last}{part}");
            }
            (1, _) => words.push(part.to_owned()),
            _ => words.extend(part.split_whitespace().map(str::to_owned)),
        }
    }
    words
}

#[test]
fn the_readmes_first_commands_run() {
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    let line = |begins: &str| readme.lines().find(|line| line.starts_with(begins)).unwrap().to_owned();
    let folder = tempfile::tempdir().unwrap();
    let run = |line: String, within: &Path| {
        let words = typed(&line);
        ends(0, within, &words.iter().skip(1).map(String::as_str).collect::<Vec<_>>())
    };
    run(line("phase init ks1 --yes"), folder.path());
    let ks1 = folder.path().join("ks1");
    assert!(fs::read_to_string(ks1.join("subjects.csv")).unwrap().contains("History,Jo Okafor,history"));
    run(line("phase form schedule"), &ks1);
    let (out, _) = run(line("phase import history.xlsx"), &ks1);
    assert!(out.contains("no date is filled in"), "{out}");
}

#[test]
fn a_folder_that_is_there_keeps_what_is_in_it() {
    let folder = tempfile::tempdir().unwrap();
    let ks1 = folder.path().join("ks1");
    fs::create_dir(&ks1).unwrap();
    fs::write(ks1.join("minutes.docx"), "mine").unwrap();
    ends(0, folder.path(), INIT);
    assert_eq!(fs::read_to_string(ks1.join("minutes.docx")).unwrap(), "mine");
    assert!(ks1.join("phase.toml").is_file());
}

#[test]
fn without_a_terminal_nothing_hangs_and_the_flags_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let (_, err) = ends(2, folder.path(), &["init", "x"]);
    assert!(err.contains("say --yes, with --school and --leader"), "{err}");
    assert!(ends(2, folder.path(), &["init", "x", "--yes", "--school", "S"]).1.contains("--leader"));
    assert!(!folder.path().join("x").exists());
}

#[test]
fn every_flag_refuses_nonsense_with_what_would_be_right() {
    let folder = tempfile::tempdir().unwrap();
    let wrong: &[(&[&str], &str)] = &[
        (&["--leader", "12"], "a name is wanted: write one name, as in Jo Okafor"),
        (&["--leader", "Jo; Sam"], "`;` is in no name"),
        (&["--years", "7"], "`7` is no primary year group: write N, R or 1 to 6"),
        (&["--release", "Thu pn"], "there is no period `pn`"),
        (&["--release", "Sun pm"], "Sun is no school day"),
        (&["--terms", "nowhere.ics"], "nowhere.ics"),
        (&["--terms", "1 Sep 2026 to 23 Oct 2026"], "--terms gives 1 half terms; a year has six"),
        (&["--framework", "ofsted-1999"], "write job-card or ofsted-2026"),
        (&["--subject", "=Jo"], "name each subject once"),
        (&["--subject", "Art=Jo", "--subject", "art and design=Jo"], "name each subject once"),
        (
            &["--subject", "Art=Jo Okafor", "--subject", "PE=Ann Okafor", "--subject", "RE=okafor"],
            "`okafor` may be",
        ),
    ];
    for (flags, says) in wrong {
        let base: &[&str] = match flags[0] {
            "--leader" => &["init", "x", "--yes", "--school", "S"],
            _ => &["init", "x", "--yes", "--school", "S", "--leader", "Asha Rowe"],
        };
        let (_, err) = ends(2, folder.path(), &[base, flags].concat());
        assert!(err.contains(says), "{flags:?}: {err}");
        assert!(!folder.path().join("x").exists());
    }
}

#[test]
fn the_example_is_the_one_of_this_repository() {
    let folder = tempfile::tempdir().unwrap();
    ends(0, folder.path(), &["init", "try", "--example"]);
    // Its records run to the day of the README's pictures.
    let (out, _) = ends(0, &folder.path().join("try"), &["check", "--today", "2026-12-10"]);
    assert!(out.ends_with("no fault\n"), "{out}");
    let plan = ["schedule", "--half-term", "3"];
    let here = example_folder("two-form-primary");
    let of_repository = [&["-w", here.to_str().unwrap()], &plan[..]].concat();
    assert_eq!(ends(0, &folder.path().join("try"), &plan).0, ends(0, folder.path(), &of_repository).0);
}

#[test]
fn one_person_is_not_taken_for_another() {
    let folder = tempfile::tempdir().unwrap();
    let flags = [
        "--yes",
        "--school",
        "S",
        "--leader",
        "Mr Hall",
        "--subject",
        "History=Mrs Hall",
        "--subject",
        "Art=J K Okafor",
        "--subject",
        "PE=Jo Smith Okafor",
        "--subject",
        "RE=hall",
    ];
    let (_, err) = ends(2, folder.path(), &[&["init", "x"], &flags[..]].concat());
    assert!(err.contains("`hall` may be Mr Hall (`mr-hall`) or Mrs Hall (`mrs-hall`)"), "{err}");
    run_on(TODAY, folder.path(), &[&["init", "x"], &flags[..11]].concat());
    let subjects = fs::read_to_string(folder.path().join("x/subjects.csv")).unwrap();
    for row in ["History,Mrs Hall,", "Art and design,J K Okafor,", "PE,Jo Smith Okafor,"] {
        assert!(subjects.contains(row), "{subjects}");
    }
    for nobody in ["TBC", "nobody", "Mr Clarke and Mrs Pike"] {
        let (_, err) = ends(2, folder.path(), &["init", "y", "--yes", "--school", "S", "--leader", nobody]);
        assert!(err.contains("nobody's name") || err.contains("more than one person"), "{err}");
    }
}

#[test]
fn what_is_written_goes_with_what_is_there_or_nothing_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let base =
        ["init", "x", "--yes", "--school", "S", "--leader", "Asha Rowe", "--subject", "History=Jo Okafor"];
    for (flags, says) in [
        (&["--lessons", "9:00-10:00, 10:15-11:15"][..], "no period `pm` is taught on Thu"),
        (&["--lessons", "9:00 to 10:00 and 10:15"], "is no lesson"),
        (&["--subject", "H\u{1b}=Kim Lee"], "name each subject once"),
    ] {
        let (_, err) = ends(2, folder.path(), &[&base[..], flags].concat());
        assert!(err.contains(says), "{err}");
    }
    assert!(!folder.path().join("x").exists());
    ends(0, folder.path(), &base);
    let x = folder.path().join("x");
    // Of several answers all are taken, or none.
    let before = fs::read(x.join("calendar.toml")).unwrap();
    let (_, err) = ends(2, &x, &["ask", "--answer", "inset=6 Jan 2027", "--answer", "ppa:jo-okafor=Sat pm"]);
    assert!(err.contains("Sat is no school day"), "{err}");
    assert_eq!(fs::read(x.join("calendar.toml")).unwrap(), before);
    ends(0, &x, &["ask", "--answer", "inset=6 Jan 2027", "--answer", "ppa:jo-okafor=Wed pm"]);
    // Closures that somebody wrote as one list take a further one.
    let inline = "academic_year = \"2026-27\"\nclosure = [{ date = 2026-11-05, reason = \"boiler\" }]\n";
    fs::write(x.join("calendar.toml"), inline).unwrap();
    ends(0, &x, &["ask", "--answer", "inset=7 Jan 2027"]);
    let text = fs::read_to_string(x.join("calendar.toml")).unwrap();
    assert!(text.contains("boiler") && text.contains("2027-01-07"), "{text}");
    assert_eq!(ends(0, &x, &["check"]).0, "4 files, no fault\n");
}
