//! Properties of what is read and written.
//!
//! Rows, dates, encodings, what is shown; no file, whatever its bytes, makes the reader panic; each mend of a clash
//! mends it and makes no hard one.

use std::fs;

use chrono::{Datelike, NaiveDate};
use proptest::prelude::*;

use crate::check::base;
use crate::program::today;
use crate::seeded::cases;
use phase::diagnostic::Place;
use phase::document::{Block, CalendarEntry, CalendarEntryStatus, Cell, Column, Document, Table, plain};
use phase::load::formats::{Folder, Source};
use phase::load::formats::{ics, times};
use phase::load::imports::term_dates::terms;
use phase::load::load;
use phase::load::set_up_contents::contents;
use phase::plan::clashes;
use phase::render;
use phase::school::layout::rows::SetUpRows;
use phase::school::{AcademicYear, Closure, layout};
use phase::text::delimited::CellFault;
use phase::text::encoding::Encoding;
use phase::text::{delimited, encoding};

/// Text of the kind that breaks things: signs that formats take for their own, marks, line ends.
fn hostile() -> impl Strategy<Value = String> {
    let signs = prop::sample::select(vec![
        "=1+1",
        "@a",
        "+a",
        "-a",
        "\u{202e}",
        "\u{1b}[31m",
        "\r\n",
        "\"",
        ",",
        ";",
        "|",
        "#",
        "<b>",
        "[x](y)",
        "é",
        "🙂",
        "\t",
        "\u{7}",
        "END:VEVENT",
        "\\",
        "www.a.b",
        "a",
        " ",
        "`",
        "\u{2028}",
        "\u{e0041}",
    ]);
    prop::collection::vec(signs, 0..12).prop_map(|parts| parts.concat())
}

/// Days without pupils.
fn closure(from: NaiveDate, to: NaiveDate, reason: &str, inset: bool) -> Closure {
    Closure { from, to, reason: reason.to_owned(), inset, allows: Vec::new(), at: Place::file("") }
}

/// Why rows are read by our own reader: a broken quote is no error to the `csv` crate, and takes rows with it.
#[test]
fn what_the_csv_crate_does_not_say() {
    let read = |text: &str| -> Vec<Vec<String>> {
        let mut reader =
            csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
        reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
    };
    let faults = |text: &str| -> Vec<_> {
        delimited::rows(text, b',')
            .filter_map(|row| row.fault.map(|(fault, at)| (fault, text[at].to_owned())))
            .collect()
    };
    let unclosed = "a,\"b\nc,d\n";
    assert_eq!(read(unclosed), [["a", "b\nc,d\n"]]);
    assert_eq!(faults(unclosed), [(CellFault::Unclosed, "\"b\nc,d\n".to_owned())]);
    let after = "a,\"b\"c\n";
    assert_eq!(read(after), [["a", "bc"]]);
    assert_eq!(faults(after), [(CellFault::AfterClose, "\"b\"c".to_owned())]);
}

proptest! {
    #![proptest_config(cases(128))]

    #[test]
    fn rows_are_what_the_csv_crate_writes(table in prop::collection::vec(prop::collection::vec("[ a-z\",;\n\ré]{0,8}", 3), 1..6), semicolon in any::<bool>()) {
        let delimiter = if semicolon { b';' } else { b',' };
        let mut writer = csv::WriterBuilder::new().delimiter(delimiter).from_writer(Vec::new());
        for row in &table {
            writer.write_record(row).unwrap();
        }
        let text = String::from_utf8(writer.into_inner().unwrap()).unwrap();
        let read: Vec<Vec<String>> = delimited::rows(&text, delimiter)
            .map(|row| {
                assert_eq!(row.fault, None);
                row.cells.iter().map(|at| delimited::value(&text[at.clone()]).into_owned()).collect()
            })
            .collect();
        let wanted: Vec<Vec<String>> = table.iter().map(|row| row.iter().map(|cell| cell.trim().to_owned()).collect()).collect();
        prop_assert_eq!(read, wanted);
    }

    #[test]
    fn a_note_ends_with_its_line(note in "[ a-z\",;]{0,12}") {
        let text = format!("a,b\n#{note}\nc,d\n");
        let read: Vec<bool> = delimited::rows(&text, b',').map(|row| delimited::is_silent(&text, &row)).collect();
        prop_assert_eq!(read, [false, true, false]);
    }

    #[test]
    fn a_date_is_day_first_in_every_form(days in 0_u32..36_500) {
        let date = NaiveDate::from_ymd_opt(1995, 1, 1).unwrap() + chrono::Days::new(u64::from(days));
        for form_of in ["%d/%m/%Y", "%-d/%-m/%Y", "%Y-%m-%d", "%-d %b %Y", "%d %B %Y", "%a %-d %B %Y", "%d.%m.%Y", "%d-%m-%Y"] {
            prop_assert_eq!(times::date(&date.format(form_of).to_string()), Ok(date));
        }
        let month_first = date.format("%m/%d/%Y").to_string();
        if date.day() > 12 {
            prop_assert!(times::date(&month_first).is_err());
        }
        prop_assert!(times::date(&date.format("%d/%m/%y").to_string()).is_err());
    }

    #[test]
    fn bytes_of_two_readings_are_written_so_that_one_is_left(euros in 1_usize..4) {
        let written = format!("é{}", "€".repeat(euros));
        prop_assert_eq!(encoding::decode(&encoding::encode(&written, Encoding::Windows1252)).unwrap().0, written);
    }

    #[test]
    fn text_is_written_as_it_was_read(written in "[ -~é€\r\n🙂]{0,40}") {
        for encoding in [Encoding::Utf8, Encoding::Utf8Mark, Encoding::Utf16Le, Encoding::Utf16Be] {
            let (read, found) = encoding::decode(&encoding::encode(&written, encoding)).unwrap();
            prop_assert_eq!((read.as_str(), found), (written.as_str(), encoding));
        }
        let (read, _) = encoding::decode(&encoding::encode(&written, Encoding::Windows1252)).unwrap();
        prop_assert_eq!(read, written);
    }

    #[test]
    fn a_set_up_is_read_back_from_files_and_from_the_workbook(words in prop::collection::vec(hostile(), 5)) {
        // A sheet shows no control characters; a row that begins with # is a note.
        let word = |index: usize| {
            let shown = plain(&words[index]);
            format!("w{}", shown.trim().trim_start_matches(['#', '\'']))
        };
        let mut set_up = SetUpRows::default();
        let mut key = |table: &str, setting: String, value: String| {
            set_up.add(&layout::SCHOOL, [("table", table.to_owned()), ("setting", setting), ("value", value)]);
        };
        key("school", "name".into(), word(0));
        key("places", word(1), "2".into());
        key("job_card.phase-leader", "lesson-visit".into(), "3".into());
        set_up.add_year(AcademicYear(2026));
        set_up.add(&layout::PHASE, [("id", "ks1".into()), ("name", word(2)), ("leader", word(3)), ("year_groups", "1;2".into())]);
        set_up.add(&layout::SESSIONS, [("phase", "ks1".into()), ("sessions", "Thu p4".into())]);
        set_up.add(&layout::SUBJECTS, [("name", word(4)), ("core", "yes".into())]);
        set_up.add(&layout::SUBJECTS, [("name", "=1+1".into()), ("leader", word(0))]);
        let day = NaiveDate::from_ymd_opt(2027, 1, 4).unwrap();
        set_up.add_terms(&[(day, day)], &[closure(day, day, &word(1), true), closure(day, day + chrono::Days::new(1), &word(2), false)]);
        set_up.add(&layout::PERIODS, [("id", "p1".into()), ("start", "09:00".into()), ("end", "10:00".into())]);
        let sorted = |set_up: &SetUpRows| {
            layout::SET_UP.iter().map(|layout| {
                let mut rows = set_up.rows(layout).to_vec();
                rows.iter_mut().for_each(|row| row.sort());
                rows
            }).collect::<Vec<_>>()
        };
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in phase::store::set_up::files(&set_up) {
            fs::write(folder.path().join(name), text).unwrap();
        }
        prop_assert_eq!(sorted(&contents(&Folder::new(folder.path())).unwrap()), sorted(&set_up), "files");
        let folder = tempfile::tempdir().unwrap();
        let book = render::xlsx::render(&phase::view::edit::set_up::document(&set_up, today())).unwrap();
        fs::write(folder.path().join("school.xlsx"), book).unwrap();
        prop_assert_eq!(sorted(&contents(&Folder::new(folder.path())).unwrap()), sorted(&set_up), "workbook");
    }

    #[test]
    fn nothing_hostile_is_shown(words in hostile()) {
        let shown = plain(&words);
        let steers = |c: char| c.is_control() || ('\u{202a}'..='\u{202e}').contains(&c);
        prop_assert!(!shown.chars().any(steers));
        let day = today();
        let time = chrono::NaiveTime::from_hms_opt(9, 0, 0).unwrap();
        let cells = || vec![Cell::from(words.as_str()), Cell::Date(day)];
        let table = || Table::new(vec![Column::text("a"), Column::text("b")], vec![cells()]);
        let document = Document {
            title: words.clone(),
            blocks: vec![Block::Paragraph(words.clone()), Block::Table(table()), Block::Facts(vec![(words.clone(), words.clone())]), Block::Verbatim(words.clone())],
            records: table(),
            entries: vec![CalendarEntry { uid: "u".into(), sequence: 0, date: day, start: time, end: time, summary: words.clone(), description: words.clone(), location: words.clone(), status: CalendarEntryStatus::Confirmed }],
            made_on: day,
            ..Document::default()
        };
        for width in [40, 80] {
            let screen = render::terminal::render(&document, width);
            prop_assert!(!screen.chars().any(|c| c.is_control() && c != '\n'));
        }
        // Two columns stay two columns; no cell is live.
        let markdown = render::markdown::render(&document);
        let bars = |line: &str| line.replace("\\|", "").matches('|').count();
        prop_assert!(markdown.lines().filter(|line| line.starts_with('|')).all(|line| bars(line) == 3), "{}", markdown);
        prop_assert!(markdown.lines().skip(1).all(|line| !line.starts_with('#')));
        let sheet = render::csv::render(&document);
        let row = delimited::rows(&sheet, b',').nth(1).unwrap();
        prop_assert_eq!(row.cells.len(), 2);
        let seen = csv::Reader::from_reader(sheet.as_bytes()).records().next().unwrap().unwrap();
        prop_assert!(!seen[0].trim_start().starts_with(['=', '+', '-', '@']), "{}", &seen[0]);
        let calendar = render::ics::render(&document);
        prop_assert_eq!(calendar.lines().filter(|line| line.starts_with("BEGIN:VEVENT")).count(), 1);
        prop_assert_eq!(calendar.lines().filter(|line| line.starts_with("END:VEVENT")).count(), 1);
        prop_assert!(calendar.split("\r\n").all(|line| line.len() <= 75));
    }

    #[test]
    fn no_file_makes_the_reader_panic(name in 0_usize..7, at in 0.0_f64..1.0, cut in 0_usize..40, more in prop::collection::vec(any::<u8>(), 0..40), signs in hostile()) {
        let mut files: Vec<(String, Vec<u8>)> = base().into_iter().map(|(name, text)| (name, text.into_bytes())).collect();
        files.push(("schedules/ht3/all.csv".into(), b"subject,task,date,period,classes\nhistory,3,2027-01-14,pm1,1A\n".to_vec()));
        let (_, bytes) = &mut files[name];
        let from = (at * bytes.len() as f64) as usize;
        let to = (from + cut).min(bytes.len());
        bytes.splice(from..to, more.into_iter().chain(signs.into_bytes()));
        let folder = tempfile::tempdir().unwrap();
        for (name, bytes) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
        let loaded = load(&Folder::new(folder.path()), today());
        let drawn = phase::view::diagnostics::drawn(&loaded.diagnostics, false);
        prop_assert!(!drawn.chars().any(|c| c.is_control() && c != '\n'));
        if let Some(school) = loaded.school {
            phase::plan::schedule(&school, &phase::plan::ScheduleRequest::new(3, today()), None);
            clashes(&school, 3, today());
        }
    }

    #[test]
    fn no_workbook_makes_the_reader_panic(part in any::<prop::sample::Index>(), at in 0.0_f64..1.0, cut in 0_usize..40, more in prop::collection::vec(any::<u8>(), 0..20), signs in prop::sample::select(vec!["", "<", "\"", "r=\"XFD1048576\"", "r=\"\"", "<v>-1</v>", "<v>1e308</v>", "<f>A1</f>", " t=\"s\"", " t=\"e\"", "s=\"9999\"", "&#0;", "\u{feff}"])) {
        let mut set_up = SetUpRows::default();
        let school = [("table", "school"), ("setting", "name"), ("value", "Base")];
        set_up.add(&layout::SCHOOL, school.map(|(name, text)| (name, text.to_owned())));
        let phase = [("id", "ks1"), ("name", "Key Stage 1"), ("leader", "Morgan Hale"), ("year_groups", "1;2")];
        set_up.add(&layout::PHASE, phase.map(|(name, text)| (name, text.to_owned())));
        set_up.add(&layout::SESSIONS, [("phase", "ks1".to_owned()), ("sessions", "Thu pm1".to_owned())]);
        set_up.add(&layout::SUBJECTS, [("name", "History".to_owned()), ("leader", "Jo Okafor".to_owned())]);
        let day = NaiveDate::from_ymd_opt(2027, 1, 4).unwrap();
        set_up.add_terms(&[(day, day + chrono::Days::new(30))], &[closure(day, day, "INSET", true)]);
        let book = render::xlsx::render(&phase::view::edit::set_up::document(&set_up, today())).unwrap();
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(book)).unwrap();
        let broken = part.index(archive.len());
        let mut changed = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        for index in 0..archive.len() {
            let mut file = archive.by_index(index).unwrap();
            let name = file.name().unwrap().into_owned();
            let mut bytes = Vec::new();
            std::io::copy(&mut file, &mut bytes).unwrap();
            if index == broken {
                let from = (at * bytes.len() as f64) as usize;
                let to = (from + cut).min(bytes.len());
                bytes.splice(from..to, signs.bytes().chain(more.iter().copied()));
            }
            changed.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
            std::io::Write::write_all(&mut changed, &bytes).unwrap();
        }
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("school.xlsx"), changed.finish().unwrap().into_inner()).unwrap();
        let loaded = load(&Folder::new(folder.path()), today());
        let drawn = phase::view::diagnostics::drawn(&loaded.diagnostics, false);
        prop_assert!(!drawn.chars().any(|c| c.is_control() && c != '\n'));
    }

    #[test]
    fn no_calendar_makes_the_reader_panic(at in 0.0_f64..1.0, cut in 0_usize..60, signs in prop::sample::select(vec!["", "\r\n", "BEGIN:VEVENT\r\n", "END:VEVENT\r\n", "RRULE:FREQ=DAILY;COUNT=3\r\n", "RRULE:FREQ=YEARLY;BYDAY=-54SU\r\n", "DTSTART:99991231T235959Z\r\n", "DTSTART;VALUE=DATE:00000000\r\n", "DURATION:-P9999999W\r\n", "TZID=", ";", ":", "\"", "RECURRENCE-ID:20270112T134500\r\n", "EXDATE:2\r\n", "\u{0}", "🙂"]), digits in "[0-9TZ]{0,16}") {
        let text = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VTIMEZONE\r\nTZID:X\r\nBEGIN:STANDARD\r\nDTSTART:16010101T020000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0000\r\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\nBEGIN:VEVENT\r\nUID:1\r\nSUMMARY:History book look 1A\r\nDTSTART;TZID=Europe/London:20270112T134500\r\nDTEND;TZID=Europe/London:20270112T143000\r\nRRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=TU\r\nEXDATE;TZID=Europe/London:20270126T134500\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:Half term\r\nDTSTART;VALUE=DATE:20270215\r\nDTEND;VALUE=DATE:20270220\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
        let from = (at * text.len() as f64) as usize;
        let to = (from + cut).min(text.len());
        let broken = format!("{}{signs}{digits}{}", &text[..from], &text[to..]);
        let year = AcademicYear(2026);
        if let Ok(diary) = ics::calendar_file(&Source::new("x.ics", broken), year) {
            let _ = terms(&diary.events, year);
            for happening in diary.events {
                prop_assert!(happening.first <= happening.last);
                prop_assert!(happening.hours.map_or(true, |hours| hours.start < hours.end));
            }
        }
    }

    #[test]
    fn each_mend_mends(seed in 0_u64..1_000_000) {
        let spec = crate::generator::Spec::new(crate::generator::Shape { handed_in: 60, subjects: 6, ..crate::generator::Shape::varied(seed) }, seed);
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in spec.files(false) {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        let school = load(&Folder::new(folder.path()), today()).school.unwrap();
        let before = clashes(&school, 3, today()).unwrap();
        for clash in before.clashes.iter().filter(|clash| clash.hard).take(3) {
            let Some(mend) = &clash.change else { continue };
            let mut mended = school.clone();
            let sessions = &mut mended.year.schedules.get_mut(&3).unwrap().handed_in;
            *sessions.iter_mut().find(|session| session.id == mend.session).unwrap() = mend.becomes.clone();
            let after = clashes(&mended, 3, today()).unwrap();
            let key = |clash: &phase::plan::clashes::Clash| (clash.kind, clash.sessions.clone());
            prop_assert!(!after.clashes.iter().any(|other| other.hard && key(other) == key(clash)), "{}: {}", clash.says, clash.mend);
            // One session can break a rule beside several others, told once: so no fewer clashes need be left.
            prop_assert!(after.hard() <= before.hard(), "{}: {}", clash.says, clash.mend);
        }
    }
}
