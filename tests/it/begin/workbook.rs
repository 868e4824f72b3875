//! Files and workbook as two forms of one set-up.

use std::fs;
use std::io::Write;

use crate::workspace::{example_folder, files};
use phase::load::formats::Folder;
use phase::load::set_up_contents::contents;

use super::{INIT, answer, ends};

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
fn files_to_workbook_and_back_lose_nothing() {
    for (name, half_terms) in [("two-form-primary", 1..=6), ("village-school", 1..=6), ("two-files", 3..=3)] {
        let folder = tempfile::tempdir().unwrap();
        let old = example_folder(name);
        let before = files(&old);
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
        assert_eq!(files(&old), before, "what is converted stays as it is");
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
