//! Beginning: `phase init` by flags and by asking, files and workbook as two forms of one set-up, the
//! questions of `phase ask`, forms that come back filled in, and calendars.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

use phase::document::{Cell, CellInput, Document, Sheet, SheetColumn};
use phase::load::formats::source::Folder;
use phase::load::set_up_contents::contents;
use phase::render;

const TODAY: &str = "2026-11-22";

fn phase(folder: &Path, words: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_phase"));
    command.current_dir(folder).args(["--today", TODAY]).args(words).stdin(Stdio::null());
    command.env_remove("PHASE_WORKSPACE").output().unwrap()
}

/// Runs a command that must end with that exit code; returns standard output and error.
fn ends(code: i32, folder: &Path, words: &[&str]) -> (String, String) {
    let output = phase(folder, words);
    let (out, err) = (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap());
    assert_eq!(output.status.code(), Some(code), "{words:?}\n{out}\n{err}");
    (out, err)
}

/// The answer of a command as JSON, without the places it cites.
fn answer(folder: &Path, words: &[&str]) -> Value {
    fn without_places(value: &mut Value) {
        match value {
            Value::Object(entries) => {
                entries.remove("at");
                entries.values_mut().for_each(without_places);
            }
            Value::Array(items) => items.iter_mut().for_each(without_places),
            _ => {}
        }
    }
    let output = phase(folder, &[words, &["--json"]].concat());
    let mut value = serde_json::from_slice(&output.stdout).unwrap();
    without_places(&mut value);
    value
}

fn example(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(name)
}

const INIT: &[&str] = &[
    "init",
    "ks1",
    "--yes",
    "--school",
    "St Bede's",
    "--leader",
    "Asha Rowe",
    "--subject",
    "English=Jon Hartley",
    "--subject",
    "maths=Jo Okafor",
    "--subject",
    "History=okafor",
];

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
    let readme = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap();
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
fn the_workbook_and_the_files_of_one_school_give_one_schedule() {
    let folder = tempfile::tempdir().unwrap();
    ends(0, folder.path(), INIT);
    let book = [&["init", "book", "--workbook"], &INIT[2..]].concat();
    ends(0, folder.path(), &book);
    assert!(!folder.path().join("book/phase.toml").exists());
    for half_term in ["2", "3", "4", "6"] {
        let plan = ["schedule", "--half-term", half_term];
        assert_eq!(answer(&folder.path().join("ks1"), &plan), answer(&folder.path().join("book"), &plan));
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
    let here = example("two-form-primary");
    let of_repository = [&["-w", here.to_str().unwrap()], &plan[..]].concat();
    assert_eq!(ends(0, &folder.path().join("try"), &plan).0, ends(0, folder.path(), &of_repository).0);
}

#[test]
fn files_to_workbook_and_back_lose_nothing() {
    for (name, half_terms) in [("two-form-primary", 1..=6), ("village-school", 1..=6), ("two-files", 3..=3)] {
        let folder = tempfile::tempdir().unwrap();
        let old = example(name);
        let old_words = old.to_str().unwrap();
        let (book, back) = (folder.path().join("book"), folder.path().join("back"));
        ends(0, folder.path(), &["-w", old_words, "init", "book", "--convert"]);
        ends(0, folder.path(), &["-w", "book", "init", "back", "--convert"]);
        let written = contents(&Folder::new(&old));
        assert_eq!(contents(&Folder::new(&book)), written, "{name}");
        assert_eq!(contents(&Folder::new(&back)), written, "{name}");
        for number in half_terms {
            let number = number.to_string();
            // Last year's folder is named from where the workspace stands.
            let plan = ["schedule", "--half-term", &number];
            assert_eq!(answer(&book, &plan), answer(&back, &plan), "{name} {number}");
        }
        assert_eq!(
            fs::read(old.join("subjects.csv")).unwrap(),
            fs::read(example(name).join("subjects.csv")).unwrap()
        );
    }
}

#[test]
fn a_workbook_is_only_read() {
    let folder = tempfile::tempdir().unwrap();
    let book = [&["init", "book", "--workbook"], &INIT[2..]].concat();
    ends(0, folder.path(), &book);
    let book = folder.path().join("book");
    let before = fs::read(book.join("school.xlsx")).unwrap();
    let (_, err) =
        ends(0, &book, &["ask", "--answer", "ppa:jo-okafor=Wed pm", "--answer", "classes=1A Jo Okafor"]);
    assert!(err.contains("Type this into the sheet Availability of school.xlsx:"), "{err}");
    assert!(err.contains("staff jo-okafor, weekday Wed, period pm, status ppa"), "{err}");
    // Who is away is noted beside it.
    ends(0, &book, &["absent", "Okafor", "2027-01-11"]);
    assert!(fs::read_to_string(book.join("availability.csv")).unwrap().contains("jo-okafor"));
    ends(0, &book, &["check"]);
    let refused = ends(1, &book, &["schedule", "-o", "school.xlsx"]).1;
    assert!(refused.contains("this is a file that answers come from"), "{refused}");
    assert_eq!(fs::read(book.join("school.xlsx")).unwrap(), before);
}

/// A workbook of one part, which unpacks to so many bytes.
fn packed(size: usize) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    archive.start_file("xl/workbook.xml", zip::write::SimpleFileOptions::default()).unwrap();
    let chunk = vec![b' '; 1 << 20];
    for _ in 0..size >> 20 {
        archive.write_all(&chunk).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// A workbook in which something of a part stands otherwise.
fn with_part(book: &[u8], part: &str, (old, new): (&str, &str)) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(book)).unwrap();
    let mut changed = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).unwrap();
        let name = file.name().unwrap().into_owned();
        let mut text = Vec::new();
        std::io::copy(&mut file, &mut text).unwrap();
        if name == part {
            let written = String::from_utf8(text).unwrap();
            assert!(written.contains(old));
            text = written.replace(old, new).into_bytes();
        }
        changed.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        changed.write_all(&text).unwrap();
    }
    changed.finish().unwrap().into_inner()
}

#[test]
fn workbooks_are_bounded() {
    let folder = tempfile::tempdir().unwrap();
    ends(0, folder.path(), &[&["init", "book", "--workbook"], &INIT[2..]].concat());
    let book = folder.path().join("book");
    let formula = {
        let mut book = rust_xlsxwriter::Workbook::new();
        let page = book.add_worksheet().set_name("Staff").unwrap();
        page.write_string(0, 0, "name").unwrap();
        page.write_formula(1, 0, "A9").unwrap();
        with_part(&book.save_to_buffer().unwrap(), "xl/worksheets/sheet1.xml", ("<v>0</v>", ""))
    };
    let repeated = {
        let mut book = rust_xlsxwriter::Workbook::new();
        let page = book.add_worksheet().set_name("Staff").unwrap();
        let long = "x".repeat(32_000);
        (0..2_000).for_each(|row| page.write_string(row, 0, &long).map(|_| ()).unwrap());
        book.save_to_buffer().unwrap()
    };
    let twins = {
        let mut book = rust_xlsxwriter::Workbook::new();
        book.add_worksheet().set_name("Closures").unwrap().write_string(0, 0, "date").unwrap();
        book.add_worksheet().set_name("Closures ").unwrap().write_string(0, 0, "date").unwrap();
        book.save_to_buffer().unwrap()
    };
    let far = {
        let mut book = rust_xlsxwriter::Workbook::new();
        book.add_worksheet().set_name("Staff").unwrap().write_string(1_048_575, 16_383, "x").unwrap();
        book.save_to_buffer().unwrap()
    };
    let wrong: &[(Vec<u8>, &str)] = &[
        (formula, "school.xlsx:Staff!A2: error: its formula was never worked out"),
        (repeated, "the workbook's text is larger than 32 MiB"),
        (twins, "two sheets are called Closures"),
        (far, "Staff!XFD1048576 stands far outside the table"),
        (packed(80 << 20), "this workbook unpacks to more than 64 MiB"),
        (packed(1 << 20), "this is no workbook that can be read"),
        (b"PK\x03\x04".to_vec(), "this is no workbook"),
        (Vec::new(), "this is no workbook"),
        (vec![0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1], "this workbook has a password"),
    ];
    for (bytes, says) in wrong {
        fs::write(book.join("school.xlsx"), bytes).unwrap();
        let (out, _) = ends(1, &book, &["check"]);
        assert!(out.contains(says), "{says}: {out}");
    }
}

#[test]
fn each_answer_is_a_row_and_settles_its_question() {
    let folder = tempfile::tempdir().unwrap();
    ends(0, folder.path(), &[INIT, &["--subject", "Music"]].concat());
    let ks1 = folder.path().join("ks1");
    let open = |ks1: &Path| -> Vec<String> {
        let questions = answer(ks1, &["ask"])["questions"].clone();
        questions
            .as_array()
            .unwrap()
            .iter()
            .map(|question| question["id"].as_str().unwrap().to_owned())
            .collect()
    };
    assert!(open(&ks1).starts_with(&["leader:music".to_owned(), "classes".to_owned()]));
    ends(
        0,
        &ks1,
        &[
            "ask",
            "--answer",
            "leader:music=Kim Ferris",
            "--answer",
            "classes=1A Lee Adeyemi, 1B okafor; Oak (2) Jon Hartley",
            "--answer",
            "inset=4 Jan 2027; 7 Jun 2027",
        ],
    );
    assert_eq!(ends(0, &ks1, &["check"]).0, "4 files, no fault\n");
    let classes = fs::read_to_string(ks1.join("classes.csv")).unwrap();
    assert!(classes.contains("1A,1,Lee Adeyemi") && classes.contains("1B,1,Jo Okafor"), "{classes}");
    // The first answers open others: whether a lesson is taught when it is visited.
    let lesson =
        open(&ks1).into_iter().find(|id| id.starts_with("lesson:1A:")).expect("a lesson is asked for");
    ends(0, &ks1, &["ask", "--answer", &format!("{lesson}=Thu 13:45-14:30")]);
    assert!(!open(&ks1).contains(&lesson));
    let (_, err) = ends(2, &ks1, &["ask", "--answer", &format!("{lesson}=Thu 13:45")]);
    assert!(err.contains("no question"), "{err}");
    // What does not go with the other records is told, and not written.
    let second = open(&ks1).into_iter().find(|id| id.starts_with("lesson:Oak:")).unwrap();
    let before = fs::read_to_string(ks1.join("timetable.csv")).unwrap();
    let clash = "Oak,Mon,am1,music,,,";
    fs::write(ks1.join("timetable.csv"), format!("{before}{clash}\n")).unwrap();
    let (_, err) = ends(1, &ks1, &["ask", "--answer", &format!("{second}=Mon am")]);
    assert!(err.contains("class Oak has another lesson then") && err.contains("nothing was added"), "{err}");
    assert_eq!(fs::read_to_string(ks1.join("timetable.csv")).unwrap(), format!("{before}{clash}\n"));
    fs::write(ks1.join("timetable.csv"), &before).unwrap();
    let ppa = open(&ks1).into_iter().find(|id| id.starts_with("ppa:")).unwrap();
    for (typed, says) in [("Wed", "no weekday and time"), ("Wod pm", "no weekday"), ("Wed pn", "no period")] {
        let (_, err) = ends(2, &ks1, &["ask", "--answer", &format!("{ppa}={typed}")]);
        assert!(err.contains(says), "{err}");
    }
}

/// The form as it comes back, its sheet `Schedule` filled in.
fn filled(form: &Path, rows: &[&[&str]], to: &Path) {
    let book = |sheet: &str, heads: &[&str], rows: Vec<Vec<Cell>>| Sheet {
        name: sheet.to_owned(),
        columns: heads
            .iter()
            .map(|head| {
                let takes = if *head == "date" { CellInput::Date } else { CellInput::Words };
                SheetColumn { heading: (*head).to_owned(), help: "help".to_owned(), takes }
            })
            .collect(),
        rows,
        fill_in: true,
    };
    assert!(fs::read(form).unwrap().starts_with(b"PK"));
    let cell = |text: &&str| text.parse().map_or_else(|_| Cell::from(*text), Cell::Date);
    let keys =
        [("form", "schedule"), ("academic_year", "2026-27"), ("half_term", "3"), ("subject", "history")];
    let sheets = vec![
        book(
            "Schedule",
            &["task", "date", "period", "classes"],
            rows.iter().map(|row| row.iter().map(cell).collect()).collect(),
        ),
        book("Form", &["setting", "value"], keys.map(|(key, value)| vec![key.into(), value.into()]).to_vec()),
    ];
    fs::write(to, render::xlsx::render(&Document { sheets, ..Document::default() }).unwrap()).unwrap();
}

#[test]
fn a_schedule_form_comes_back() {
    let folder = tempfile::tempdir().unwrap();
    ends(0, folder.path(), INIT);
    let ks1 = folder.path().join("ks1");
    ends(0, &ks1, &["ask", "--answer", "classes=1A Lee Adeyemi, 2A Kim Ferris"]);
    let form = folder.path().join("history.xlsx");
    ends(0, &ks1, &["form", "schedule", "--half-term", "3", "-s", "history", "-o", form.to_str().unwrap()]);
    let file = ks1.join("schedules/ht3/history.csv");
    // As it was given out, nobody has filled anything in.
    let (out, _) = ends(0, &ks1, &["import", form.to_str().unwrap(), "--dry-run"]);
    assert_eq!(out.matches("no date is filled in").count(), 5, "{out}");
    filled(
        &form,
        &[
            &["scheduling", "2027-01-06", "am1", ""],
            &["book look", "2027-01-12", "13:45-14:30", "1A;2A"],
            &["lesson-visit", "2027-01-19", "pm9", "9Z"],
            &["evaluation", "", "", ""],
        ],
        &form,
    );
    let (_, err) = ends(1, &ks1, &["import", form.to_str().unwrap()]);
    assert!(err.contains("history.xlsx:Schedule!C5: error: there is no period `pm9`"), "{err}");
    assert!(err.contains("history.xlsx:Schedule!D5: error: no class has the id or name `9Z`"), "{err}");
    assert!(!file.exists(), "nothing is taken in where anything is wrong");
    filled(
        &form,
        &[
            &["scheduling", "2027-01-06", "am1", ""],
            &["book look", "2027-01-12", "13:45-14:30", "1A;2A"],
            &["lesson-visit", "2027-01-19", "pm1", "1A"],
        ],
        &form,
    );
    ends(0, &ks1, &["import", form.to_str().unwrap(), "--dry-run"]);
    assert!(!file.exists());
    ends(0, &ks1, &["import", form.to_str().unwrap()]);
    let handed_in = "task,date,period,classes\nscheduling,2027-01-06,am1,\nbook look,2027-01-12,13:45-14:30,1A;2A\nlesson-visit,2027-01-19,pm1,1A\n";
    assert_eq!(fs::read_to_string(&file).unwrap().replace('"', ""), handed_in);
    assert_eq!(ends(0, &ks1, &["check"]).0, "5 files, no fault\n");
    // Once more: nothing changes. Something else: only when it is said.
    assert!(ends(0, &ks1, &["import", form.to_str().unwrap()]).0.contains("unchanged"));
    filled(&form, &[&["scheduling", "2027-01-07", "am1", ""]], &form);
    let (_, err) = ends(1, &ks1, &["import", form.to_str().unwrap()]);
    assert!(err.contains("--replace puts this in its place"), "{err}");
    ends(0, &ks1, &["import", form.to_str().unwrap(), "--replace"]);
    assert_eq!(fs::read_to_string(&file).unwrap(), "task,date,period\nscheduling,2027-01-07,am1\n");
    let (_, err) = ends(1, &ks1, &["import", form.to_str().unwrap(), "--half-term", "4"]);
    assert!(err.contains("this form is for half term 3, not 4"), "{err}");
}

fn calendar(name: &Path, events: &[&[&str]]) {
    let mut text = String::from("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//y//EN\r\n");
    for (number, event) in events.iter().enumerate() {
        let body = event.join("\r\n");
        text.push_str(&format!(
            "BEGIN:VEVENT\r\nUID:{number}@x\r\nDTSTAMP:20260901T000000Z\r\n{body}\r\nEND:VEVENT\r\n"
        ));
    }
    text.push_str("END:VCALENDAR\r\n");
    fs::write(name, text).unwrap();
}

/// An event of whole days: what it is, its first day, and the day after its last.
fn day(says: &str, from: &str, to: &str) -> Vec<String> {
    vec![format!("SUMMARY:{says}"), format!("DTSTART;VALUE=DATE:{from}"), format!("DTEND;VALUE=DATE:{to}")]
}

/// A calendar of such events.
fn diary(name: &Path, events: &[Vec<String>]) {
    let events: Vec<Vec<&str>> =
        events.iter().map(|event| event.iter().map(String::as_str).collect()).collect();
    calendar(name, &events.iter().map(Vec::as_slice).collect::<Vec<_>>());
}

/// The first and last days that a calendar.toml names, in order.
fn dates(text: &str) -> Vec<&str> {
    let days = text.lines().filter_map(|line| line.strip_prefix("from = ").or(line.strip_prefix("to = ")));
    days.map(|line| &line[..10]).collect()
}

#[test]
fn term_dates_come_out_of_a_schools_calendar() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("terms.ics");
    let events = [
        day("Autumn term begins", "20260902", "20260903"),
        day("October half term", "20261026", "20261031"),
        day("Last day of autumn term", "20261218", "20261219"),
        day("Christmas holiday", "20261221", "20270104"),
        day("INSET day - school closed to pupils", "20270104", "20270105"),
        day("Spring term starts", "20270105", "20270106"),
        day("February half term", "20270215", "20270220"),
        day("INSET", "20270322", "20270323"),
        day("Easter holidays", "20270326", "20270410"),
        day("May Day bank holiday", "20270503", "20270504"),
        day("Summer half-term", "20270531", "20270605"),
        day("End of term", "20270721", "20270722"),
        day("Sports day", "20270610", "20270611"),
    ];
    diary(&file, &events);
    ends(0, folder.path(), &[INIT, &["--terms", "terms.ics"]].concat());
    let text = fs::read_to_string(folder.path().join("ks1/calendar.toml")).unwrap();
    let dates = dates(&text);
    let wanted = [
        ("2026-09-02", "2026-10-23"),
        ("2026-11-02", "2026-12-18"),
        ("2027-01-05", "2027-02-12"),
        ("2027-02-22", "2027-03-25"),
        ("2027-04-12", "2027-05-28"),
        ("2027-06-07", "2027-07-21"),
    ];
    assert_eq!(dates, wanted.iter().flat_map(|(from, to)| [*from, *to]).collect::<Vec<_>>());
    assert!(text.contains("date = 2027-03-22") && text.contains("inset = true"), "{text}");
    // Where the calendar does not tell six half terms, nothing is guessed.
    calendar(&file, &[&["SUMMARY:Half term", "DTSTART;VALUE=DATE:20261026", "DTEND;VALUE=DATE:20261031"]]);
    let (_, err) = ends(
        2,
        folder.path(),
        &["init", "x", "--yes", "--school", "S", "--leader", "A B", "--terms", "terms.ics"],
    );
    assert!(err.contains("does not tell the six half terms of 2026-27"), "{err}");
}

#[test]
fn sessions_come_out_of_a_subject_leaders_calendar() {
    let folder = tempfile::tempdir().unwrap();
    ends(0, folder.path(), INIT);
    let ks1 = folder.path().join("ks1");
    ends(0, &ks1, &["ask", "--answer", "classes=1A Lee Adeyemi, Oak (2) Kim Ferris"]);
    let file = folder.path().join("cal.ics");
    calendar(
        &file,
        &[
            // A zone by its Windows name; summer time; a length; a rule without an end; what is called off.
            &[
                "SUMMARY:History: book look 1A",
                "DTSTART;TZID=GMT Standard Time:20270112T134500",
                "DTEND;TZID=GMT Standard Time:20270112T143000",
            ],
            &[
                "SUMMARY:Lesson visit (history)",
                "DTSTART:20270119T090000Z",
                "DTEND:20270119T093000Z",
                "LOCATION:Oak",
            ],
            &["SUMMARY:History evaluation", "DTSTART:20270210T104000", "DURATION:PT80M"],
            &[
                "SUMMARY:Maths records scrutiny",
                "DTSTART:20260107T090000",
                "DTEND:20260107T102000",
                "RRULE:FREQ=WEEKLY;INTERVAL=3",
                "EXDATE:20270120T090000",
            ],
            &[
                "SUMMARY:History planning scrutiny",
                "STATUS:CANCELLED",
                "DTSTART:20270113T090000",
                "DTEND:20270113T100000",
            ],
            &["SUMMARY:Dentist", "DTSTART:20270111T090000", "DTEND:20270111T100000"],
            &["SUMMARY:History lesson visit", "DTSTART;VALUE=DATE:20270120"],
            &["SUMMARY:History book look", "DTSTART:20270230T090000", "DTEND:20270230T100000"],
        ],
    );
    let imported = answer(&ks1, &["import", file.to_str().unwrap(), "--half-term", "3"]);
    let said: Vec<&str> =
        imported["left_out"].as_array().unwrap().iter().map(|left| left["says"].as_str().unwrap()).collect();
    assert_eq!(said.len(), 3, "{said:?}");
    assert!(said[0].contains("its date cannot be read"), "{said:?}");
    assert_eq!(
        said[1..],
        ["Mon 11 Jan, Dentist: it names no task area", "Wed 20 Jan, History lesson visit: it has no time"]
    );
    let read = |name: &str| fs::read_to_string(ks1.join("schedules/ht3").join(name)).unwrap();
    assert_eq!(
        read("history.csv"),
        "task,date,period,start,end,classes,place,note\n\
         work-scrutiny,2027-01-12,pm2,,,1A,,History: book look 1A\n\
         lesson-visit,2027-01-19,,09:00,09:30,Oak,Oak,Lesson visit (history)\n\
         evaluation,2027-02-10,am2,,,,,History evaluation\n"
    );
    assert_eq!(
        read("maths.csv"),
        "task,date,period,note\nrecords-scrutiny,2027-02-10,am1,Maths records scrutiny\n"
    );
    assert_eq!(ends(0, &ks1, &["check"]).0, "6 files, no fault\n");
    // In summer a time of the clock of Greenwich is an hour later here.
    calendar(&file, &[&["SUMMARY:History book look", "DTSTART:20270511T080000Z", "DTEND:20270511T092000Z"]]);
    ends(0, &ks1, &["import", file.to_str().unwrap(), "--half-term", "5"]);
    let summer = fs::read_to_string(ks1.join("schedules/ht5/history.csv")).unwrap();
    assert!(summer.contains("work-scrutiny,2027-05-11,am1"), "{summer}");
}

#[test]
fn what_is_in_a_calendar_is_told_where_it_is_not_taken() {
    let folder = tempfile::tempdir().unwrap();
    ends(0, folder.path(), &[INIT, &["--subject", "Art=Kim Ferris"]].concat());
    let ks1 = folder.path().join("ks1");
    let file = folder.path().join("cal.ics");
    let at = "DTSTART:20270112T134500";
    let to = "DTEND:20270112T143000";
    let outlook = "(UTC+00:00) Dublin, Edinburgh, Lisbon, London";
    let (from_outlook, to_outlook) = (
        format!("DTSTART;TZID=\"{outlook}\":20270506T134500"),
        format!("DTEND;TZID=\"{outlook}\":20270506T143000"),
    );
    // Outlook's zone of London has summer time.
    calendar(&file, &[&["SUMMARY:History book look", &from_outlook, &to_outlook]]);
    ends(0, &ks1, &["import", file.to_str().unwrap(), "--half-term", "5"]);
    let summer = fs::read_to_string(ks1.join("schedules/ht5/history.csv")).unwrap();
    assert!(summer.contains("work-scrutiny,2027-05-06,pm2"), "{summer}");
    let left_out = |event: &[&str], subject: &str| {
        calendar(
            &file,
            &[event, &["SUMMARY:History evaluation", "DTSTART:20270210T104000", "DTEND:20270210T120000"]],
        );
        let words = ["import", file.to_str().unwrap(), "--half-term", "3", "-s", subject, "--dry-run"];
        let left = answer(&ks1, &words)["left_out"].clone();
        left.as_array()
            .unwrap()
            .iter()
            .map(|left| left["says"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
            .join("; ")
    };
    let visit = "SUMMARY:History lesson visit 1A";
    let made_up = "DTSTART;TZID=Made/Up:20270112T134500";
    let cases: &[(&[&str], &str)] = &[
        (
            &[visit, at, to, "RRULE:FREQ=WEEKLY;COUNT=2", "RRULE:FREQ=DAILY;COUNT=2"],
            "it comes by several rules",
        ),
        (
            &[visit, at, to, "RRULE:FREQ=WEEKLY;COUNT=2", "EXRULE:FREQ=DAILY;COUNT=2"],
            "it comes by several rules",
        ),
        (&[visit, made_up, to], "its time zone `Made/Up` is not known"),
        (&[visit, at], "it has no end"),
        (&[visit, at, "DTEND:20270112T130000"], "it ends before it begins"),
        (&[visit, at, "DTEND:20270113T130000"], "it goes past midnight"),
        (&[visit, at, to, "RRULE:FREQ=FORTNIGHTLY"], "its rule cannot be read"),
        (&[visit, at, to, "RRULE:FREQ=DAILY;BYHOUR=9,10"], "it comes more often than daily"),
        (&["SUMMARY:Canceled: History lesson visit", at, to], "it is called off"),
        (&["SUMMARY:Art: lesson visit 1A", at, to], "it names art, not history"),
        (&[visit, "DTSTART:20270231T134500", to], "its date cannot be read"),
    ];
    for (event, says) in cases {
        let told = left_out(event, "history");
        assert!(told.contains(says), "{event:?}: {told}");
    }
    // A day that is left out of a rule, written as a day; the same entry twice; two calendars in one file.
    let skipped =
        ["SUMMARY:History book look", at, to, "RRULE:FREQ=WEEKLY;COUNT=3", "EXDATE;VALUE=DATE:20270119"];
    calendar(
        &file,
        &[
            &skipped,
            &[visit, "DTSTART:20270127T090000", "DTEND:20270127T100000"],
            &[visit, "DTSTART:20270127T090000", "DTEND:20270127T100000"],
        ],
    );
    let twice = fs::read_to_string(&file).unwrap();
    let second =
        twice.replace("20270127", "20270128").replace(&skipped[3..].join("\r\n"), "STATUS:CANCELLED");
    fs::write(&file, format!("{twice}{second}")).unwrap();
    ends(0, &ks1, &["import", file.to_str().unwrap(), "--half-term", "3"]);
    let rows = fs::read_to_string(ks1.join("schedules/ht3/history.csv")).unwrap();
    let dates: Vec<&str> = rows.lines().skip(1).filter_map(|row| row.split(',').nth(1)).collect();
    assert_eq!(dates, ["2027-01-12", "2027-01-26", "2027-01-27", "2027-01-28"], "{rows}");
    // A file that breaks off is refused whole.
    fs::write(&file, twice.rsplit_once("END:VEVENT").unwrap().0).unwrap();
    let (_, err) = ends(1, &ks1, &["import", file.to_str().unwrap(), "--half-term", "3"]);
    assert!(err.contains("breaks off"), "{err}");
    // Nothing that steers a terminal comes out of it.
    calendar(
        &file,
        &[&[
            "SUMMARY:History lesson visit \u{1b}[31m\u{202e}",
            "DTSTART:20270413T090000",
            "DTEND:20270413T100000",
        ]],
    );
    ends(0, &ks1, &["import", file.to_str().unwrap(), "--half-term", "5", "--replace"]);
    let rows = fs::read_to_string(ks1.join("schedules/ht5/history.csv")).unwrap();
    assert!(!rows.contains(['\u{1b}', '\u{202e}']), "{rows}");
}

#[test]
fn term_dates_go_by_whole_words_and_replace_only_half_terms() {
    let folder = tempfile::tempdir().unwrap();
    ends(0, folder.path(), INIT);
    let ks1 = folder.path().join("ks1");
    let file = folder.path().join("terms.ics");
    let events = [
        day("Autumn term begins", "20260902", "20260903"),
        day("Friends of School disco", "20261022", "20261023"),
        day("Last day of half term", "20261023", "20261024"),
        day("October half term", "20261024", "20261102"),
        day("School open morning for new parents", "20261104", "20261105"),
        day("Christmas holiday", "20261219", "20270104"),
        day("INSET days", "20270103", "20270106"),
        day("School closed - polling day", "20270211", "20270212"),
        day("February half term", "20270213", "20270222"),
        day("KS1 trip to Kew Gardens", "20270310", "20270311"),
        day("Easter holidays", "20270326", "20270412"),
        day("May Day bank holiday", "20270503", "20270504"),
        day("Summer half-term", "20270529", "20270607"),
        day("Y6 residential finishes", "20270709", "20270710"),
        day("Friends of St Bede's BBQ", "20270710", "20270711"),
        day("End of term", "20270721", "20270722"),
    ];
    diary(&file, &events);
    // An event that somebody wrote stays, and so does what they noted.
    let before = fs::read_to_string(ks1.join("calendar.toml")).unwrap();
    let before = before.replacen("number = 2", "# to be agreed with governors\nnumber = 2", 1);
    let own = "\n# our own\n[[event]]\ndate = 2027-02-10\nall = true\nreason = \"trip\"\n";
    fs::write(ks1.join("calendar.toml"), format!("{before}{own}")).unwrap();
    let (_, err) = ends(1, &ks1, &["import", file.to_str().unwrap()]);
    assert!(err.contains("calendar.toml: there are term dates already; --replace"), "{err}");
    let imported = answer(&ks1, &["import", file.to_str().unwrap(), "--replace"]);
    let told = imported["left_out"].to_string();
    assert!(told.contains("KS1 trip to Kew Gardens: it is no term date"), "{told}");
    let text = fs::read_to_string(ks1.join("calendar.toml")).unwrap();
    assert!(text.contains(own.trim_start()) && text.contains("# to be agreed with governors"), "{text}");
    let dates = dates(&text);
    let wanted = [
        "2026-09-02",
        "2026-10-23",
        "2026-11-02",
        "2026-12-18",
        "2027-01-04",
        "2027-02-12",
        "2027-02-22",
        "2027-03-25",
        "2027-04-12",
        "2027-05-28",
        "2027-06-07",
        "2027-07-21",
    ];
    // The INSET days begin on the Sunday before term: those in term count.
    assert_eq!(dates[..12], wanted);
    assert_eq!(dates[12..], ["2027-01-04", "2027-01-05"], "{text}");
    assert!(text.contains("date = 2027-02-11"), "{text}");
    ends(0, &ks1, &["check"]);
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
    phase(folder.path(), &[&["init", "x"], &flags[..11]].concat());
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

#[test]
fn a_form_is_taken_for_what_it_is() {
    let folder = tempfile::tempdir().unwrap();
    ends(0, folder.path(), &[INIT, &["--subject", "Art=Kim Ferris"]].concat());
    let ks1 = folder.path().join("ks1");
    let form = folder.path().join("form.xlsx");
    let path = form.to_str().unwrap();
    ends(0, &ks1, &["form", "schedule", "--half-term", "3", "-s", "history", "-o", path]);
    filled(&form, &[&["scheduling", "2027-01-06", "am1", ""]], &form);
    assert!(
        ends(1, &ks1, &["import", path, "-s", "art"]).1.contains("this form is for history, not for art")
    );
    assert!(
        ends(2, &ks1, &["import", path, "-o", path, "--format", "csv"]).1.contains("would replace the file")
    );
    let rows = folder.path().join("rows.csv");
    fs::write(&rows, "subject,task,date,period\nArt,scheduling,2027-01-06,am1\n").unwrap();
    let (_, err) = ends(1, &ks1, &["import", rows.to_str().unwrap(), "--half-term", "3", "-s", "history"]);
    assert!(err.contains("rows.csv:2:1: error: this row is for art, not for history"), "{err}");
    // A row of a note alone has no date, and is not passed over.
    fs::write(&rows, "task,date,period,note\nlesson-visit,,,Thu 14 Jan please\n").unwrap();
    let (_, err) = ends(1, &ks1, &["import", rows.to_str().unwrap(), "--half-term", "3", "-s", "history"]);
    assert!(err.contains("`date` is missing"), "{err}");
}

#[test]
fn calendars_are_bounded() {
    let folder = tempfile::tempdir().unwrap();
    ends(0, folder.path(), INIT);
    let ks1 = folder.path().join("ks1");
    let file = folder.path().join("cal.ics");
    let words = ["import", file.to_str().unwrap(), "--half-term", "3"];
    fs::write(&file, format!("BEGIN:VCALENDAR\n{}", "BEGIN:VEVENT\n".repeat(50_000))).unwrap();
    assert!(ends(1, &ks1, &words).1.contains("more than 20000 entries, or entries too deep"));
    fs::write(&file, "hello").unwrap();
    assert!(ends(1, &ks1, &words).1.contains("this is no calendar file"));
    let never = "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;COUNT=1";
    let event: &[&str] = &["SUMMARY:x", "DTSTART:20270101T090000", "DTEND:20270101T100000", never];
    calendar(&file, &[event; 60]);
    assert!(ends(1, &ks1, &words).1.contains("more than 50 by a rule of several conditions"));
    for rule in [
        "FREQ=SECONDLY",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;COUNT=99999999",
        "FREQ=YEARLY;UNTIL=99991231",
    ] {
        let rule = format!("RRULE:{rule}");
        let event: &[&str] = &["SUMMARY:x", "DTSTART:20000101T090000", "DTEND:20000101T100000", &rule];
        calendar(&file, &[event; 5]);
        let (_, err) = ends(1, &ks1, &words);
        let told = ["no session of spring 1 is in it", "nothing in it lies in 2026-27"];
        assert!(told.iter().any(|says| err.contains(says)), "{rule}: {err}");
    }
}
