//! Input that is too large or not possible, refused at once.

use std::fs;
use std::io::Write;
use std::time::Instant;

use crate::program::run;
use crate::workspace::workspace;

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
