//! What is written stays where it was asked for.

use std::fs;
use std::path::Path;

use crate::program::run;
use crate::workspace::{example_copy, workspace};

/// Everything beside the folder that is written to, by name and bytes.
fn around(folder: &Path, but: &str) -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<(String, Vec<u8>)> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_file() && path.file_name().unwrap() != but)
        .map(|path| (path.display().to_string(), fs::read(&path).unwrap()))
        .collect();
    files.sort();
    files
}

#[test]
fn notices_stay_in_their_folder() {
    let folder = example_copy();
    let school = folder.path().join("two-form-primary");
    assert_eq!(run(&school, &["schedule", "--half-term", "3", "--save"]).0, 0);
    let staff = fs::read_to_string(school.join("staff.csv")).unwrap();
    let evil = staff.replace("oakes", "../evil");
    assert_ne!(staff, evil);
    fs::write(school.join("staff.csv"), evil).unwrap();
    fs::write(folder.path().join("evil-changes.docx"), "mine").unwrap();
    let before = around(folder.path(), "");
    let (code, _, err) = run(&school, &["notify", "--half-term", "3", "-o", "../out"]);
    assert_eq!(code, 1, "{err}");
    assert_eq!(around(folder.path(), ""), before);
    assert!(!folder.path().join("out").exists());
}

#[cfg(unix)]
#[test]
fn links_in_an_output_folder_are_not_written_through() {
    let folder = example_copy();
    let school = folder.path().join("two-form-primary");
    assert_eq!(run(&school, &["schedule", "--half-term", "3", "--save"]).0, 0);
    let (out, victim) = (folder.path().join("out"), folder.path().join("victim.txt"));
    fs::create_dir(&out).unwrap();
    fs::write(&victim, "mine").unwrap();
    std::os::unix::fs::symlink(&victim, out.join("okafor.docx")).unwrap();
    let (code, _, err) = run(&school, &["notify", "--half-term", "3", "-o", "../out"]);
    assert_eq!(code, 1);
    assert!(
        err.contains("okafor.docx: this is a link that leads out of the folder; nothing was written"),
        "{err}"
    );
    assert_eq!(fs::read_to_string(&victim).unwrap(), "mine");
    assert_eq!(fs::read_dir(&out).unwrap().count(), 1);
    assert!(!school.join("schedules/ht3/issued.csv").exists());
}

#[cfg(unix)]
#[test]
fn links_in_a_folder_of_new_files_are_not_written_through() {
    let folder = tempfile::tempdir().unwrap();
    let (new, elsewhere) = (folder.path().join("new"), folder.path().join("elsewhere"));
    fs::create_dir(&new).unwrap();
    fs::create_dir(&elsewhere).unwrap();
    std::os::unix::fs::symlink(&elsewhere, new.join("evidence")).unwrap();
    let (code, _, err) = run(folder.path(), &["init", "new", "--example"]);
    assert_eq!(code, 1);
    assert!(err.contains("evidence is a link that leads out of the folder"), "{err}");
    assert_eq!(fs::read_dir(&elsewhere).unwrap().count(), 0);
    assert_eq!(
        fs::read_dir(&new).unwrap().filter(|entry| entry.as_ref().unwrap().path().is_file()).count(),
        0
    );
}

#[cfg(unix)]
#[test]
fn a_link_that_the_user_names_is_followed() {
    let folder = example_copy();
    let school = folder.path().join("two-form-primary");
    let victim = folder.path().join("victim.txt");
    fs::write(&victim, "mine").unwrap();
    std::os::unix::fs::symlink(&victim, folder.path().join("named.md")).unwrap();
    assert_eq!(run(&school, &["evaluate", "-o", "../named.md"]).0, 0);
    assert!(fs::read_to_string(&victim).unwrap().starts_with("# "));
    // So is one in the workspace.
    fs::rename(school.join("log.csv"), folder.path().join("log.csv")).unwrap();
    std::os::unix::fs::symlink("../log.csv", school.join("log.csv")).unwrap();
    assert_eq!(run(&school, &["log", "add", "--kind", "meeting", "--what", "Met"]).0, 0);
    assert!(fs::read_to_string(folder.path().join("log.csv")).unwrap().contains("Met"));
    assert!(school.join("log.csv").is_symlink());
}

#[test]
fn two_files_of_one_name_are_refused() {
    let folder = example_copy();
    let school = folder.path().join("two-form-primary");
    let replace = |name: &str| {
        let text = fs::read_to_string(school.join(name)).unwrap();
        fs::write(school.join(name), text.replace("oakes", "headteacher-copy")).unwrap();
    };
    ["staff.csv", "subjects.csv", "log.csv", "actions.csv", "objectives.toml", "phase.toml"]
        .iter()
        .for_each(|name| replace(name));
    for number in 1..=6 {
        for kind in ["evidence", "schedules"] {
            let at = school.join(kind).join(format!("ht{number}"));
            for path in [at.with_extension("csv"), at.join("published.csv")] {
                if let Ok(text) = fs::read_to_string(&path) {
                    fs::write(path, text.replace("oakes", "headteacher-copy")).unwrap();
                }
            }
        }
    }
    let (code, _, err) = run(&school, &["schedule", "--half-term", "3", "--save"]);
    assert_eq!(code, 0, "{err}");
    let (code, _, err) = run(&school, &["notify", "--half-term", "3", "-o", "../out"]);
    assert_eq!(code, 2, "{err}");
    assert!(err.contains("two of the files would be called this"), "{err}");
    assert!(!folder.path().join("out").exists());
}

#[test]
fn a_folder_is_no_file() {
    let folder = example_copy();
    let school = folder.path().join("two-form-primary");
    for words in [&["evaluate", "-o", ".."][..], &["form", "books", "-o", ".."]] {
        let (code, _, err) = run(&school, words);
        assert_eq!(code, 2);
        assert!(err.contains("..: this is a folder: name a file in it"), "{err}");
    }
    let (code, _, err) = run(&school, &["evaluate", "--json", "-o", ".."]);
    assert_eq!(code, 1);
    assert!(err.contains("..: this is a folder; nothing was written"), "{err}");
}

#[test]
fn the_model_goes_to_standard_output() {
    let folder = example_copy();
    let school = folder.path().join("two-form-primary");
    let (code, out, _) = run(&school, &["schedule", "--half-term", "3", "--model", "-"]);
    assert_eq!(code, 0);
    assert!(out.starts_with("NAME") && out.trim_end().ends_with("ENDATA"), "{out}");
    assert!(!school.join("-").exists());
    // The schedule beside it goes where -o says.
    let (_, model, _) = run(&school, &["schedule", "--half-term", "3", "--model", "-", "-o", "../plan.md"]);
    assert_eq!(model, out);
    assert!(fs::read_to_string(folder.path().join("plan.md")).unwrap().starts_with("# "));
}

#[cfg(unix)]
#[test]
fn a_key_that_others_can_read_is_warned_of() {
    use std::os::unix::fs::PermissionsExt;
    let folder = workspace(&[]);
    let other = tempfile::tempdir().unwrap();
    let (marks, key) = (other.path().join("marks.csv"), other.path().join("key.csv"));
    fs::write(&marks, "Name,Class,Year,Reading\nAda Byron,1A,1,EXS\n").unwrap();
    let import = || {
        let words = ["import", marks.to_str().unwrap(), "--key", key.to_str().unwrap(), "--point", "autumn"];
        run(folder.path(), &words)
    };
    let (code, _, err) = import();
    assert_eq!((code, err.as_str()), (0, ""), "a key that is made is one's own");
    assert_eq!(fs::metadata(&key).unwrap().permissions().mode() & 0o777, 0o600);
    fs::set_permissions(&key, fs::Permissions::from_mode(0o644)).unwrap();
    let (_, _, err) = import();
    assert!(err.contains("other people who use this computer can read this key"), "{err}");
    assert!(err.contains(&format!("chmod 600 {}", key.display())), "{err}");
}
