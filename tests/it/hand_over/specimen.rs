//! One document in every format, whole whatever is in it.

use std::fs;
use std::process::Command;

use chrono::NaiveTime;
use proptest::prelude::*;

use crate::program::today;
use crate::workspace::root;
use phase::document::{
    Block, CalendarEntry, CalendarEntryStatus, Cell, Chart, Column, Document, Picture, Progress, Series,
    Share, Table,
};
use phase::render;

use super::{example, in_every_format, read, unpacked};

/// A quarter past an hour.
fn time(hour: u32) -> NaiveTime {
    NaiveTime::from_hms_opt(hour, 15, 0).unwrap()
}

/// A table with every kind of cell.
fn table(words: &str) -> Table {
    let w = || words.to_owned();
    Table::new(
        vec![Column::text("words"), Column::named(w(), true), Column::text("day"), Column::text("time")],
        vec![
            vec![w().into(), Cell::Number(12), Cell::Date(today()), Cell::Time(time(13))],
            vec!["second".into(), Cell::Decimal(0.25), Cell::Empty, Cell::Empty],
        ],
    )
    .captioned(w())
    .read_as(w())
}

/// A chart of every kind.
fn charts(words: &str) -> Vec<Block> {
    let w = || words.to_owned();
    let chart = |picture| Block::Chart(Chart { title: w(), picture, reads: w() });
    vec![
        chart(Picture::Shares {
            against: w(),
            shares: vec![
                Share {
                    label: w(),
                    share: Some(58.0),
                    interval: Some((49.0, 67.0)),
                    reference: Some(70.0),
                    says: w(),
                },
                Share { label: w(), share: None, interval: None, reference: None, says: "c".to_owned() },
            ],
        }),
        chart(Picture::OverTime {
            points: vec![w(), "spring".to_owned()],
            series: vec![Series { label: w(), values: vec![Some(40.0), Some(55.0)] }],
        }),
        chart(Picture::Counts {
            of: "subject",
            columns: vec![w(), "second".to_owned()],
            rows: vec![(w(), vec![Some(3), None]), ("second".to_owned(), vec![Some(0), Some(1)])],
        }),
        chart(Picture::Progress(vec![Progress { label: w(), met: 2, of: 5, says: w() }])),
    ]
}

/// A document with every kind of block, in which `words` stand wherever words may stand.
fn specimen(words: &str) -> Document {
    let w = || words.to_owned();
    Document {
        title: w(),
        face: vec![w()],
        blocks: [
            vec![
                Block::Paragraph(w()),
                Block::Heading(w()),
                Block::Labelled(vec![(w(), vec![w(), w()]), ("second".to_owned(), vec![w()])]),
                Block::Facts(vec![(w(), w()), (w(), String::new())]),
                Block::Subheading(w()),
                Block::Choices(vec![(w(), Some(w())), (w(), None)]),
                Block::Table(table(words)),
            ],
            charts(words),
            vec![
                Block::NewPage,
                Block::Heading(w()),
                Block::Room(w(), 2),
                Block::Verbatim(w()),
                Block::Commands(w()),
            ],
        ]
        .concat(),
        records: table(words),
        entries: vec![CalendarEntry {
            uid: "a@b.phase.invalid".into(),
            sequence: 1,
            date: today(),
            start: time(13),
            end: time(14),
            summary: w(),
            description: w(),
            location: w(),
            status: CalendarEntryStatus::Cancelled,
        }],
        made_on: today(),
        ..Document::default()
    }
}

fn formats(document: &Document) -> Vec<(&'static str, String)> {
    vec![
        ("txt", render::terminal::render(document, 80)),
        ("narrow.txt", render::terminal::render(document, 50)),
        ("md", render::markdown::render(document)),
        ("html", render::html::render(document)),
        ("docx.xml", unpacked(&render::docx::render(document).unwrap())),
        ("xlsx.xml", unpacked(&render::xlsx::render(document).unwrap())),
        ("csv", render::csv::render(document)),
        ("ics", render::ics::render(document)),
    ]
}

/// Holds a text against a reviewed file of `tests/snapshots`, but for a page's style, which has a file of its own; with
/// `PHASE_OVERWRITE` set the file is written.
fn is_as_reviewed(name: &str, text: &str) {
    let style = read(root().join("src/render/page.css"));
    assert!(!name.ends_with(".html") || text.contains(style.trim()), "{name} has the style");
    let text = text.replace(style.trim(), "(page.css)");
    let path = root().join("tests/snapshots").join(name);
    if std::env::var_os("PHASE_OVERWRITE").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, &text).unwrap();
    }
    let reviewed = read(&path);
    let line = reviewed.lines().zip(text.lines()).position(|(a, b)| a != b);
    assert!(
        reviewed == text,
        "tests/snapshots/{name} differs, first in line {:?}",
        line.map(|line| line + 1)
    );
}

#[test]
fn one_specimen_in_every_format_is_as_reviewed() {
    let words = "Maths & \"art\" <1A>, it's 50% | *so* =1+1";
    for (format, text) in formats(&specimen(words)) {
        is_as_reviewed(&format!("specimen.{format}"), &text);
    }
}

#[test]
fn one_report_in_every_format_is_as_reviewed_and_the_same_wherever_it_is_made() {
    for (ending, text) in in_every_format(&example(), &["report", "end-of-term"]) {
        let ending =
            if ["docx", "xlsx"].contains(&ending) { format!("{ending}.xml") } else { ending.to_owned() };
        is_as_reviewed(&format!("end-of-term.{ending}"), &text);
    }
    let bytes = |zone: &str, language: &str, ending: &str| {
        let out = tempfile::tempdir().unwrap();
        let path = out.path().join(format!("a.{ending}"));
        let made = Command::new(env!("CARGO_BIN_EXE_phase"))
            .args(["report", "provision", "-w", example().to_str().unwrap(), "-o", path.to_str().unwrap()])
            .current_dir(out.path())
            .env("TZ", zone)
            .env("LANG", language)
            .env("HOME", out.path())
            .env("PHASE_TODAY", "2026-12-10")
            .status()
            .unwrap();
        assert!(made.success());
        fs::read(&path).unwrap()
    };
    for ending in ["html", "docx", "xlsx"] {
        assert!(bytes("UTC", "C", ending) == bytes("Pacific/Auckland", "de_DE.UTF-8", ending), "{ending}");
    }
}

#[test]
fn a_very_long_text_is_shown_or_cut_never_refused() {
    for length in [10_000, 40_000] {
        let long = "Long words ".repeat(length / 11);
        for (format, text) in formats(&specimen(&long)) {
            assert!(text.contains("Long words Long words"), "{format}");
        }
    }
}

/// The tags of a page, without the words between them and in their attributes; and without what is drawn, which
/// has as many lines as its words take.
fn skeleton(text: &str) -> String {
    let drawn = text.split("<svg").map(|part| part.split_once("</svg>").map_or(part, |(_, after)| after));
    let text = &drawn.collect::<String>();
    let mut tags = String::new();
    let mut rest = text.as_str();
    while let Some((_, after)) = rest.split_once('<') {
        let Some((tag, behind)) = after.split_once('>') else { break };
        let parts: Vec<&str> = tag.split('"').step_by(2).collect();
        tags.push_str(&format!("<{}>", parts.join("\"\"")));
        rest = behind;
    }
    tags
}

fn hostile() -> impl Strategy<Value = String> {
    let sign = prop::sample::select(vec![
        "=1+1",
        "@SUM(A1)",
        "<script>alert(1)</script>",
        "</td></tr>",
        "\"><img src=x onerror=y>",
        "&lt;",
        "&#0;",
        "]]>",
        "\u{202e}",
        "\u{200f}",
        "\u{feff}",
        "\u{fffe}",
        "\u{0}",
        "\u{1b}[31m",
        "\r\n",
        "\n# a",
        "|",
        "\t",
        "🎓",
        "שלום",
        "é",
        "${x}",
        "{{x}}",
        "javascript:alert(1)",
        "http://a.b",
        "'",
        "`",
        "BEGIN:VEVENT",
        "END:VCALENDAR",
        "-",
        "+44",
    ]);
    prop::collection::vec(
        prop_oneof![sign.prop_map(str::to_owned), "[a-z ]{0,12}", any::<char>().prop_map(String::from)],
        1..6,
    )
    .prop_map(|parts| format!("w{}", parts.concat()))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_written_the_page_keeps_its_form(words in hostile()) {
        // Lines of verbatim text, and wrapped labels of charts, are as many as their text makes: one word here.
        let one_word: String = words.chars().filter(|c| !c.is_whitespace() && !matches!(c, '\u{85}' | '\u{2028}' | '\u{2029}')).take(40).collect();
        let (plain, told) = (specimen("w"), specimen(&one_word));
        for (a, b) in formats(&plain).into_iter().zip(formats(&told)) {
            let steers = |c: char| (c.is_control() && c != '\n' && c != '\r') || ('\u{202a}'..='\u{202e}').contains(&c);
            prop_assert!(!b.1.chars().any(steers), "{}", b.0);
            if a.0 == "html" || a.0 == "docx.xml" {
                prop_assert_eq!(skeleton(&a.1), skeleton(&b.1), "{}", a.0);
            }
        }
        let book = render::xlsx::render(&told).unwrap();
        prop_assert!(!unpacked(&book).split("=== ").filter(|part| part.starts_with("xl/worksheets/")).any(|part| part.contains("<f>")));
    }
}
