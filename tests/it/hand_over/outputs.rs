//! The files that answers go to, and what they never replace.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::program::run;
use crate::workspace::{example_copy, root};

use super::{example, ok, read};

#[test]
fn an_answer_goes_to_several_files_at_once() {
    let out = tempfile::tempdir().unwrap();
    let at = |name: &str| out.path().join(name).to_str().unwrap().to_owned();
    let both = ["gaps", "-o", &at("a.html"), "-o", &at("a.csv")];
    ok(&example(), &both);
    for ending in ["html", "csv"] {
        let one = at(&format!("one.{ending}"));
        ok(&example(), &["gaps", "-o", &one]);
        assert_eq!(read(&one), read(at(&format!("a.{ending}"))));
    }
    // Where one name is wrong, or one format cannot be, none is written.
    for wrong in ["b.doc", "b.ics"] {
        let (code, _, err) = run(&example(), &["gaps", "-o", &at("b.csv"), "-o", &at(wrong)]);
        assert_eq!(code, 2, "{err}");
        assert!(!out.path().join("b.csv").exists());
    }
    for words in [
        ["gaps", "--json", "-o", &at("b.csv"), "-o", &at("b.html")].as_slice(),
        &["notify", "-o", &at("one"), "-o", &at("two")],
        &["check", "-o", &at("b.txt"), "-o", &at("b.html")],
        &["-o", &at("b.csv"), "gaps", "-o", &at("b.html")],
        &["gaps", "-o", &at("b.csv"), "-o", &at("./b.csv")],
        &["gaps", "-o", &at("b.csv"), "-o", &at("B.csv")],
        &["notify", "-o", &at("b.docx")],
    ] {
        let (code, _, err) = run(&example(), words);
        assert_eq!(code, 2, "{words:?}: {err}");
    }
    assert!(!out.path().join("b.csv").exists());
}

#[cfg(unix)]
#[test]
fn no_answer_takes_the_place_of_what_answers_come_from() {
    use std::os::unix::fs::symlink;
    let folder = example_copy();
    let (school, before) =
        (folder.path().join("two-form-primary"), folder.path().join("two-form-primary-2025-26"));
    let at = |path: &Path| path.to_str().unwrap().to_owned();
    let out = folder.path().join("out");
    fs::create_dir(&out).unwrap();
    // The year before last, which the year before names.
    let oldest = folder.path().join("2024-25");
    fs::create_dir(&oldest).unwrap();
    for name in ["phase.toml", "pupils.csv"] {
        fs::copy(before.join(name), oldest.join(name)).unwrap();
    }
    let text = read(before.join("phase.toml"));
    fs::write(
        before.join("phase.toml"),
        text.replacen("[school]\n", "[school]\nprevious = \"../2024-25\"\n", 1),
    )
    .unwrap();
    fs::hard_link(school.join("pupils.csv"), out.join("hard.csv")).unwrap();
    symlink(school.join("pupils.csv"), out.join("soft.csv")).unwrap();
    symlink(school.join("evidence"), out.join("folder")).unwrap();
    let first = out.join("a.csv");
    for path in [
        school.join("Pupils.CSV"),
        school.join("schedules/ht3/new.csv"),
        school.join("schedules/not/there/yet.csv"),
        before.join("pupils.csv"),
        oldest.join("pupils.csv"),
        out.join("hard.csv"),
        out.join("soft.csv"),
        out.join("folder/new.csv"),
    ] {
        let held = fs::read(&path).ok();
        let (code, _, err) = run(&school, &["gaps", "-o", &at(&first), "-o", &at(&path)]);
        assert_eq!(code, 1, "{}: {err}", path.display());
        assert!(err.contains("answers come from"), "{err}");
        assert_eq!(fs::read(&path).ok(), held, "{}", path.display());
        assert!(!first.exists(), "{}", path.display());
    }
    fs::write(&first, "").unwrap();
    symlink(&first, out.join("same.csv")).unwrap();
    let (code, _, err) = run(&school, &["gaps", "-o", &at(&first), "-o", &at(&out.join("same.csv"))]);
    assert_eq!(code, 2, "{err}");
    let (code, _, err) = run(&school, &["notify", "-o", &at(&school.join("evidence/a/b"))]);
    assert!(code != 0 && !school.join("evidence/a").exists(), "{err}");
}

#[cfg(unix)]
#[test]
fn the_end_of_term_set_is_made_by_its_script() {
    let out = tempfile::tempdir().unwrap();
    let program = Path::new(env!("CARGO_BIN_EXE_phase")).parent().unwrap().to_owned();
    let path = format!("{}:{}", program.display(), std::env::var("PATH").unwrap());
    let made = Command::new(root().join("examples/end-of-term.sh"))
        .arg(out.path())
        .env("PATH", path)
        .env("PHASE_TODAY", "2026-12-10")
        .output()
        .unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    for name in [
        "end-of-term.html",
        "end-of-term.docx",
        "end-of-term.md",
        "end-of-term.xlsx",
        "provision-governors.docx",
        "notices/headteacher-copy.xlsx",
        "notices/hale.ics",
        "end-of-term.json",
    ] {
        assert!(out.path().join(name).is_file(), "{name}");
    }
    // The other script makes the same.
    let (sh, ps1) =
        (read(root().join("examples/end-of-term.sh")), read(root().join("examples/end-of-term.ps1")));
    let commands = |text: &str, start: &str| -> Vec<String> {
        let own = text.lines().filter_map(|line| line.trim().strip_prefix(start).map(str::to_owned));
        own.map(|line| {
            line.replace(['"', '\'', '(', ')'], "").replace("$out/", "").replace("Join-Path $out ", "")
        })
        .collect()
    };
    assert_eq!(commands(&sh, "phase "), commands(&ps1, "Invoke-Phase "));
}

#[test]
fn every_answer_has_a_schema() {
    fn names(folder: &Path, found: &mut std::collections::BTreeSet<String>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                names(&path, found);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let text = read(&path);
                let parts = text.split("\"phase/").skip(1);
                found.extend(
                    parts.filter_map(|part| part.split_once("/1\"").map(|(name, _)| name.to_owned())),
                );
            }
        }
    }
    let mut found = std::collections::BTreeSet::new();
    names(&root().join("src"), &mut found);
    assert!(found.len() > 25, "{found:?}");
    for name in found {
        let schema: serde_json::Value =
            serde_json::from_str(&read(root().join(format!("schemas/{name}.json")))).unwrap();
        assert_eq!(schema["properties"]["schema"]["const"], format!("phase/{name}/1"));
    }
}
