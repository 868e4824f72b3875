//! Nothing is written outside of its folder, no word about what was written is false, no input makes the program
//! panic or wait, and what is missing is said where it matters.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use crate::program::{answer, run};
use crate::workspace::{copy, example_copy, workspace};

/// Ids that would leave a folder, name a device, split a list, or look like another.
const HOSTILE: &[&str] = &[
    "../evil",
    "..\\evil",
    "a/b",
    "a\\b",
    "..",
    ".",
    ".hidden",
    "C:evil",
    "C:\\evil",
    "con",
    "NUL",
    "aux.txt",
    "com1",
    "LPT9",
    "com¹",
    "conin$",
    "a:b",
    "a*b",
    "a?b",
    "a\"b",
    "a<b",
    "a>b",
    "a|b",
    "a;b",
    "a,b",
    "ends.",
    "a..b",
    "tab\there",
    "bell\u{7}",
    "\u{202e}gnp",
    "zero\u{200b}width",
    "soft\u{ad}hyphen",
    "nb\u{a0}space",
    "blank\u{2800}",
    "filler\u{3164}",
    "tag\u{e0041}",
    "long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long",
];

fn csv(cell: &str) -> String {
    format!("\"{}\"", cell.replace('"', "\"\""))
}

fn toml(text: &str) -> String {
    let escape = |c: char| match c {
        '"' | '\\' => format!("\\{c}"),
        c if c.is_control() => format!("\\u{:04x}", u32::from(c)),
        c => c.to_string(),
    };
    format!("\"{}\"", text.chars().map(escape).collect::<String>())
}

/// A file of a workspace in which something has the id.
fn with_id(kind: &str, id: &str) -> (&'static str, String) {
    let cell = csv(id);
    let base = "[school]\nname = \"Base\"\n[[phase]]\nname = \"Key Stage 1\"\nleader = \"hale\"\nyear_groups = [\"1\", \"2\"]\nsessions = [\"Thu pm1\"]\n";
    match kind {
        "staff" => (
            "staff.csv",
            format!("name,id\nMorgan Hale,hale\nJo Okafor,okafor\nTom Ashdown,ashdown\nEve Ill,{cell}\n"),
        ),
        "phase" => ("phase.toml", format!("{base}id = {}\n", toml(id))),
        "class" => ("classes.csv", format!("id,year_group\n1A,1\n{cell},2\n")),
        "subject" => {
            ("subjects.csv", format!("name,id,leader\nEnglish,english,ashdown\nArt,{cell},ashdown\n"))
        }
        "objective" => (
            "objectives.toml",
            format!(
                "[[objective]]\nid = {}\ntitle = \"T\"\ndue = 2027-07-01\n[[objective.criterion]]\ntext = \"C\"\nmilestone = \"\"\n",
                toml(id)
            ),
        ),
        "action" => ("actions.csv", format!("id,action,owner,due\n{cell},Read,hale,2027-01-11\n")),
        "duty" => (
            "duties.toml",
            format!(
                "[[duty]]\nid = {}\narea = \"A\"\ntext = \"T\"\nwho = [\"phase-leader\"]\nevery = \"term\"\n",
                toml(id)
            ),
        ),
        "evidence" => (
            "evidence/ht1.csv",
            format!("id,date,kind,subject,aspect,grade\n{cell},2026-10-01,books,english,work,good\n"),
        ),
        "log" => ("log.csv", format!("date,kind,what,id\n2026-10-01,meeting,Met,{cell}\n")),
        "period" => (
            "phase.toml",
            format!(
                "{base}id = \"ks1\"\n[[period]]\nid = {}\nstart = \"13:00\"\nend = \"14:00\"\n",
                toml(id)
            ),
        ),
        _ => (
            "schedules/ht3/published.csv",
            format!(
                "id,owner,task,date,start,end,status\n{cell},hale,scheduling,2027-01-07,13:00,13:45,planned\n"
            ),
        ),
    }
}

#[test]
fn hostile_ids_are_refused_for_every_kind_of_record() {
    let kinds = [
        "staff",
        "phase",
        "class",
        "subject",
        "objective",
        "action",
        "duty",
        "evidence",
        "log",
        "period",
        "session",
    ];
    for kind in kinds {
        for id in HOSTILE {
            let (file, text) = with_id(kind, id);
            let folder = workspace(&[(file, &text)]);
            let (code, out, _) = run(folder.path(), &["check"]);
            assert_eq!(code, 1, "{kind} {id:?}");
            let is_at = |line: &str| line.starts_with(&format!("{file}:")) && line.contains("error:");
            assert!(out.lines().any(is_at), "{kind} {id:?}: {out}");
            assert!(!out.contains("panicked"), "{kind} {id:?}: {out}");
        }
        // Ids of people who mean no harm.
        for id in ["1 Ash", "y1_a", "Zoë", "a.b", "2A", "con-oneill", "Hazel & Oak"] {
            let (file, text) = with_id(kind, id);
            let folder = workspace(&[(file, &text)]);
            let (_, out, _) = run(folder.path(), &["check"]);
            assert!(!out.contains("cannot be an id"), "{kind} {id:?}: {out}");
        }
    }
    let (_, out, _) = run(workspace(&[("classes.csv", "id,year_group\n3/4,3\n")]).path(), &["check"]);
    assert!(out.contains("`3/4` cannot be an id: it has `/` in it"), "{out}");
    assert!(out.contains("write `3-4`, here and wherever it is meant"), "{out}");
}

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

    // A folder of new files neither.
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

    // A link that the user names is followed, as before; so is one in the workspace.
    std::os::unix::fs::symlink(&victim, folder.path().join("named.md")).unwrap();
    assert_eq!(run(&school, &["evaluate", "-o", "../named.md"]).0, 0);
    assert!(fs::read_to_string(&victim).unwrap().starts_with("# "));
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

/// A workbook of one sheet, its cells as XML.
fn workbook(sheet: &str, rows: &str) -> Vec<u8> {
    let mut packed = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let parts = [
        (
            "[Content_Types].xml",
            r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>"#.to_owned(),
        ),
        (
            "_rels/.rels",
            r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#.to_owned(),
        ),
        (
            "xl/workbook.xml",
            format!(
                r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="{sheet}" sheetId="1" r:id="rId1"/></sheets></workbook>"#
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#.to_owned(),
        ),
        (
            "xl/worksheets/sheet1.xml",
            format!(
                r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{rows}</worksheet>"#
            ),
        ),
    ];
    for (name, text) in parts {
        packed.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        packed.write_all(text.as_bytes()).unwrap();
    }
    packed.finish().unwrap().into_inner()
}

#[test]
fn a_cell_that_no_sheet_has_is_refused_by_sheet_and_cell() {
    let cell = |at: &str| format!(r#"<sheetData><row r="1"><c r="{at}"><v>1</v></c></row></sheetData>"#);
    let stray = [
        ("B4294967296", cell("B4294967296")),
        ("ZZZZZZZZZ1", cell("ZZZZZZZZZ1")),
        ("A0", cell("A0")),
        ("A1048577", cell("A1048577")),
        ("99999999999", r#"<sheetData><row r="99999999999"><c><v>1</v></c></row></sheetData>"#.to_owned()),
        ("C3:A1", r#"<dimension ref="C3:A1"></dimension><sheetData></sheetData>"#.to_owned()),
        (
            "18446744073709551615",
            r#"<sheetData><row r="1"><c r="A1"><f t="shared" ref="A1:A2" si="18446744073709551615">1+1</f><v>2</v></c></row></sheetData>"#.to_owned(),
        ),
    ];
    for (name, rows) in stray {
        let folder = workspace(&[]);
        for sheet in ["Staff", "Marks"] {
            fs::write(folder.path().join("book.xlsx"), workbook(sheet, &rows)).unwrap();
            let says = format!("the sheet {sheet} has a cell {name}, which no sheet can have");
            let (key, record) =
                (["import", "book.xlsx", "--key", "../k.csv"], ["record", "--from", "book.xlsx"]);
            for words in [&key[..], &record[..], &["import", "book.xlsx"][..]] {
                let (code, _, err) = run(folder.path(), words);
                assert!(code == 1 && err.contains(&says), "{name} {words:?}: {code} {err}");
                assert!(!err.contains(".rs"), "{err}");
            }
        }
        fs::write(folder.path().join("school.xlsx"), workbook("Staff", &rows)).unwrap();
        let (code, out, _) = run(folder.path(), &["check"]);
        assert!(code == 1 && out.contains(&format!("the sheet Staff has a cell {name}")), "{name}: {out}");
    }
}

#[test]
fn limits_are_refused_first() {
    let long = "x".repeat(20_000_000);
    let wide = |cell: &str| vec![cell; 100_000].join(",");
    let heads: Vec<String> = (0..100_000).map(|number| format!("c{number}")).collect();
    let cases = [
        ("log.csv", format!("date,kind,what\n2026-10-01,meeting,{long}\n"), "longer than 32767 characters"),
        ("log.csv", format!("date,kind,{long}\n2026-10-01,meeting,b\n"), "longer than 32767 characters"),
        ("staff.csv", format!("name,id\nMorgan Hale,{long}\n"), "longer than 32767 characters"),
        (
            "objectives.toml",
            format!("[[objective]]\nid = \"a\"\ntitle = \"{long}\"\n"),
            "longer than 32767 characters",
        ),
        ("objectives.toml", format!("[[objective]]\n{long} = 1\n"), "longer than 32767 characters"),
        ("log.csv", format!("{}\n{}\n", heads.join(","), wide("1")), "the first row has 100000 columns"),
        (
            "log.csv",
            format!("date,kind\n2026-10-01,meeting,{}\n", wide("1")),
            "and so do 99999 more to its right",
        ),
        (
            "log.csv",
            "date,kind,what\n2026-10-01,meeting,a\n2026-10-02,meeting,b\0\n".to_owned(),
            "log.csv:3:21: error",
        ),
    ];
    for (file, text, says) in cases {
        let folder = workspace(&[(file, &text)]);
        let start = Instant::now();
        let (code, out, _) = run(folder.path(), &["check"]);
        assert_eq!(code, 1);
        assert!(out.contains(says), "{file}: {}", out.chars().take(2_000).collect::<String>());
        // It took 39 and 5 seconds; this is not about speed, but about ending at all.
        assert!(start.elapsed().as_secs() < 10, "{says}");
        assert!(out.matches("error:").count() < 12, "{}", out.chars().take(2_000).collect::<String>());
    }
    let folder = workspace(&[]);
    let marks = [
        (format!("Name,Class,Year,Reading\nAda Byron,1A,1,{long}\n"), "longer than 32767 characters"),
        (format!("Name,{}\nAda Byron,{}\n", heads.join(","), wide("1")), "this row has 100001 columns"),
    ];
    for (text, says) in marks {
        fs::write(folder.path().join("marks.txt.csv"), text).unwrap();
        let (code, _, err) = run(folder.path(), &["import", "marks.txt.csv", "--key", "../k.csv"]);
        assert!(code == 1 && err.contains(says), "{}", err.chars().take(2_000).collect::<String>());
    }
}

#[test]
fn a_missing_earlier_year_is_said_in_the_first_lines() {
    let folder = tempfile::tempdir().unwrap();
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/two-form-primary");
    copy(&from, &folder.path().join("school"));
    let school = folder.path().join("school");
    let commands: &[&[&str]] = &[
        &["schedule", "--half-term", "3"],
        &["clashes", "--half-term", "3"],
        &["status"],
        &["evaluate"],
        &["evaluate", "-s", "maths", "--explain"],
        &["moderate"],
        &["practice"],
        &["trajectory"],
        &["gaps"],
        &["objectives"],
        &["actions"],
        &["duties"],
        &["log"],
        &["report", "end-of-term"],
        &["report", "headteacher"],
    ];
    for words in commands {
        let (_, out, err) = run(&school, words);
        let first: String = out.lines().take(12).collect::<Vec<_>>().join("\n");
        let is_report = words[0] == "report";
        assert!(first.contains("An earlier year's folder"), "{words:?}: {first}");
        assert_eq!(first.contains("../two-form-primary-2025-26"), !is_report, "{words:?}: {first}");
        assert!(
            err.contains("(../two-form-primary-2025-26) is not there: nothing in it counts"),
            "{words:?}: {err}"
        );
        let (_, json, _) = run(&school, &[*words, &["--json"][..]].concat());
        let json: serde_json::Value = serde_json::from_str(&json).unwrap();
        assert_eq!(json["missing"].as_array().unwrap().len(), 1, "{words:?}");
    }
    // Without it no milestone is known, and so no shortfall: refused, and why.
    let (code, _, err) = run(&school, &["causes", "-s", "maths"]);
    assert!(
        code == 1 && err.starts_with("An earlier year's folder (../two-form-primary-2025-26) is not there"),
        "{err}"
    );
    // A year before that has errors may not count in full; what others read names no file.
    copy(&from.with_file_name("two-form-primary-2025-26"), &folder.path().join("two-form-primary-2025-26"));
    let results = folder.path().join("two-form-primary-2025-26/assessments.csv");
    let text = fs::read_to_string(&results).unwrap();
    fs::write(&results, format!("{text}P999,maths,autumn,EXS,ladder\n")).unwrap();
    let (_, out, err) = run(&school, &["gaps", "--audience", "governors"]);
    assert!(out.contains("An earlier year's folder has 1 error"), "{out}");
    assert!(!out.contains("2025-26)") && !err.contains("2025-26"), "{err}");
    fs::write(&results, text).unwrap();
    let (_, out, err) = run(&school, &["gaps"]);
    assert!(!out.contains("Missing") && err.is_empty(), "{err}");
}

#[test]
fn results_that_cannot_be_read_are_said_in_the_schedule_that_would_have_used_them() {
    let folder = example_copy();
    let school = folder.path().join("two-form-primary");
    let results = school.join("assessments.csv");
    let text = fs::read_to_string(&results).unwrap();
    fs::write(&results, format!("{text}P999,maths,autumn,EXS,ladder\n")).unwrap();
    let (code, out, err) = run(&school, &["schedule", "--half-term", "3"]);
    assert_eq!(code, 0);
    let says = "assessments.csv has 1 error: some of it may not count in this answer.";
    assert!(
        out.lines().take(6).collect::<Vec<_>>().join(" ").contains("assessments.csv has 1 error"),
        "{out}"
    );
    assert!(err.contains(says), "{err}");
    fs::write(&results, "\0").unwrap();
    let (_, out, _) = run(&school, &["schedule", "--half-term", "3"]);
    assert!(out.contains("assessments.csv"), "{out}");
    // Where results are what is asked for, there is no answer without them.
    assert_eq!(run(&school, &["gaps"]).0, 1);
}
