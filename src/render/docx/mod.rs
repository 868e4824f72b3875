//! Documents for Word.
//!
//! Real headings, tables whose heads repeat, charts drawn as tables with alternative text, and page numbers. A small
//! writer of our own: no library writes alternative text and header rows.

mod package;
mod paragraph;

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use anyhow::Result;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::text_chart;
use crate::document::{Block, Cell, Chart, Column, Document, Picture, Table};
use paragraph::{escaped, paragraph, run};

/// The width of the text on A4 with 2 cm to either side, in twentieths of a point.
const WIDTH: usize = 9_638;

/// Renders a document as the bytes of a `.docx` file (ECMA-376, Office Open XML); the same for the same document.
///
/// # Errors
/// Where the file cannot be put together in memory.
pub fn render(document: &Document) -> Result<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let mut body = DocxBody { text: String::new(), lists: 0 };
    body.write(document);
    for (name, text) in package::parts(document, &body.text, body.lists) {
        zip.start_file(name, SimpleFileOptions::default())?;
        zip.write_all(text.as_bytes())?;
    }
    Ok(zip.finish()?.into_inner())
}

const BOLD: &str = "<w:b/>";
const DRAWN: &str = r#"<w:rFonts w:ascii="Consolas" w:hAnsi="Consolas" w:cs="Consolas"/><w:sz w:val="16"/>"#;

/// What is written into the document's body.
struct DocxBody {
    text: String,
    /// How many numbered lists there are: each counts from one.
    lists: usize,
}

impl DocxBody {
    fn put(&mut self, style: &str, properties: &str, runs: &str) {
        self.text.push_str(&paragraph(style, properties, runs));
    }

    fn write(&mut self, document: &Document) {
        self.put("Title", "", &run(&document.title, ""));
        for line in &document.face {
            self.put("Face", "", &run(line, ""));
        }
        let mut on_new_page = false;
        let mut heading = document.title.as_str();
        for (block, reads) in document.blocks.iter().zip(document.readings()) {
            if let Block::Heading(words) | Block::Subheading(words) = block {
                heading = words;
            }
            self.block(block, heading, on_new_page);
            on_new_page = matches!(block, Block::NewPage);
            if !reads.is_empty() {
                self.put("Reading", "", &run(&format!("How to read this: {reads}"), ""));
            }
        }
    }

    fn block(&mut self, block: &Block, heading: &str, on_new_page: bool) {
        match block {
            Block::Heading(words) => {
                let properties = if on_new_page { "<w:pageBreakBefore/>" } else { "" };
                self.put("Heading1", properties, &run(words, ""));
            }
            Block::Subheading(words) => self.put("Heading2", "", &run(words, "")),
            Block::Paragraph(words) => self.put("Normal", "", &run(words, "")),
            Block::Labelled(items) => {
                for (label, paragraphs) in items {
                    for (index, words) in paragraphs.iter().enumerate() {
                        let label = label.trim();
                        let label = if index == 0 && !label.is_empty() {
                            run(&format!("{label}: "), BOLD)
                        } else {
                            String::new()
                        };
                        let style = if label.is_empty() { "LabelledMore" } else { "Labelled" };
                        self.put(style, "", &format!("{label}{}", run(words, "")));
                    }
                }
            }
            Block::Facts(facts) => {
                for (says, at) in facts {
                    let at = if at.is_empty() { String::new() } else { run(&format!(" ({at})"), "") };
                    self.put("Item", &list(1), &format!("{}{at}", run(says, "")));
                }
            }
            Block::Choices(choices) => {
                self.lists += 1;
                for (says, command) in choices {
                    self.put("Item", &list(self.lists + 1), &run(says, ""));
                    if let Some(command) = command {
                        self.put("Verbatim", "", &run(command, ""));
                    }
                }
            }
            Block::Table(table) => self.table(table, heading),
            Block::Chart(chart) => self.chart(chart, heading),
            Block::Verbatim(words) | Block::Commands(words) => {
                for line in words.lines() {
                    self.put("Verbatim", "", &run(line.trim_end(), ""));
                }
            }
            Block::Room(what, lines) => {
                self.put("Normal", "<w:keepNext/>", &run(what, ""));
                for _ in 0..*lines {
                    self.put("Room", "", "");
                }
            }
            Block::NewPage => {}
        }
    }

    fn table(&mut self, table: &Table, heading: &str) {
        if !table.caption.is_empty() {
            self.put("Caption", "", &run(&table.caption, ""));
        }
        let title = if table.caption.is_empty() { heading } else { &table.caption };
        let cells = |row: &Vec<Cell>| row.iter().map(|cell| (in_cell(cell), "")).collect();
        let rows: Vec<Vec<(String, &str)>> = table.rows.iter().map(cells).collect();
        self.grid(title, &table.reads, &table.columns, &rows, |_, _| String::new());
    }

    /// The chart drawn as a table, with its words as alternative text.
    fn chart(&mut self, chart: &Chart, heading: &str) {
        if chart.title != heading {
            self.put("Caption", "", &run(&chart.title, ""));
        }
        let table = match &chart.picture {
            Picture::Shares { .. } => chart.table().filled(),
            _ => chart.table(),
        };
        let words = chart.describes();
        let drawings = text_chart::drawings(chart);
        let mut columns = table.columns.clone();
        if !drawings.is_empty() {
            columns.insert(1, Column::text("drawn"));
        }
        let mut rows: Vec<Vec<(String, &str)>> = Vec::new();
        for (index, row) in table.rows.iter().enumerate() {
            let mut cells: Vec<(String, &str)> = row.iter().map(|cell| (in_cell(cell), "")).collect();
            if let Some(drawing) = drawings.get(index) {
                cells.insert(1, (drawing.clone(), DRAWN));
            }
            rows.push(cells);
        }
        let shade = |row: usize, column: usize| match &chart.picture {
            Picture::Counts { rows, .. } => {
                let most = rows.iter().flat_map(|(_, counts)| counts.iter().flatten()).max().copied();
                let own = rows.get(row).and_then(|(_, counts)| *counts.get(column.checked_sub(1)?)?);
                own.map_or_else(String::new, |own| shade(own, most.unwrap_or(1)))
            }
            _ => String::new(),
        };
        self.grid(&chart.title, &words, &columns, &rows, shade);
    }

    fn grid(
        &mut self,
        title: &str,
        words: &str,
        columns: &[Column],
        rows: &[Vec<(String, &str)>],
        shade: impl Fn(usize, usize) -> String,
    ) {
        let widths = widths(columns, rows);
        let text = &mut self.text;
        _ = write!(
            text,
            r#"<w:tbl><w:tblPr><w:tblStyle w:val="Records"/><w:tblW w:w="{WIDTH}" w:type="dxa"/><w:tblLayout w:type="fixed"/><w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/><w:tblCaption w:val="{}"/><w:tblDescription w:val="{}"/></w:tblPr><w:tblGrid>"#,
            escaped(title),
            escaped(words)
        );
        for width in &widths {
            _ = write!(text, r#"<w:gridCol w:w="{width}"/>"#);
        }
        text.push_str("</w:tblGrid><w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>");
        let cell = |width: usize, shade: &str, right: bool, style: &str, runs: &str| {
            let right = if right { r#"<w:jc w:val="right"/>"# } else { "" };
            format!(
                r#"<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shade}</w:tcPr>{}</w:tc>"#,
                paragraph(style, right, runs)
            )
        };
        for (column, width) in columns.iter().zip(&widths) {
            text.push_str(&cell(*width, "", column.right, "CellHead", &run(&column.heading, "")));
        }
        text.push_str("</w:tr>");
        for (index, row) in rows.iter().enumerate() {
            text.push_str("<w:tr><w:trPr><w:cantSplit/></w:trPr>");
            for (number, (((words, properties), column), width)) in
                row.iter().zip(columns).zip(&widths).enumerate()
            {
                let runs = run(words, properties);
                text.push_str(&cell(*width, &shade(index, number), column.right, "Cell", &runs));
            }
            text.push_str("</w:tr>");
        }
        text.push_str("</w:tbl>");
        self.put("Gap", "", "");
    }
}

fn list(number: usize) -> String {
    format!(r#"<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>"#)
}

/// The larger the count, the darker; the count is written in the cell all the same.
fn shade(count: u32, most: u32) -> String {
    let fill = match count * 4 / most.max(1) {
        _ if count == 0 => return String::new(),
        0 | 1 => "EEF4FA",
        2 => "DCE8F4",
        3 => "CBDDEE",
        _ => "BCD3EA",
    };
    format!(r#"<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>"#)
}

/// The text of a cell: a day in one line.
fn in_cell(cell: &Cell) -> String {
    let text = super::text(cell);
    if matches!(cell, Cell::Date(_)) { text.replace(' ', "\u{a0}") } else { text }
}

/// The widths of columns: by the longest of what is in each, none so narrow that a word is broken where there is
/// room for it.
fn widths(columns: &[Column], rows: &[Vec<(String, &str)>]) -> Vec<usize> {
    let weight = |index: usize, column: &Column| {
        let texts = || {
            rows.iter()
                .filter_map(|row| row.get(index))
                .map(|(text, _)| text.as_str())
                .chain([column.heading.as_ref()])
        };
        let longest = texts().map(|text| text.chars().count()).max().unwrap_or(1);
        let longest_word =
            |text: &str| text.split_ascii_whitespace().map(|word| word.chars().count()).max().unwrap_or(1);
        // Headings are bold, which is a little wider.
        let word = texts().map(longest_word).max().unwrap_or(1).max(longest_word(&column.heading) + 1);
        let is_drawn = rows.iter().filter_map(|row| row.get(index)).any(|(_, drawn)| !drawn.is_empty());
        // A drawing takes what it needs and no more; its signs are a little smaller.
        if is_drawn { (0, word.clamp(6, 35)) } else { (longest.clamp(3, 44), word.clamp(3, 26)) }
    };
    let weights: Vec<(usize, usize)> =
        columns.iter().enumerate().map(|(index, column)| weight(index, column)).collect();
    // A sign is some 105 wide at the size of a cell, and a cell has 160 of space.
    let least: Vec<usize> = weights.iter().map(|(_, word)| word * 105 + 160).collect();
    let floor: usize = least.iter().sum();
    if floor >= WIDTH {
        return least.iter().map(|least| least * WIDTH / floor.max(1)).collect();
    }
    // What would fit in one line comes first; what is left then goes to all.
    let room = WIDTH - floor;
    let wanted: Vec<usize> = weights
        .iter()
        .zip(&least)
        .map(|((longest, _), least)| (longest * 105 + 160).saturating_sub(*least))
        .collect();
    let all: usize = wanted.iter().sum::<usize>().max(1);
    let given = room.min(all);
    let total: usize = weights.iter().map(|(longest, _)| longest).sum::<usize>().max(1);
    let each = weights.iter().zip(&least).zip(&wanted);
    each.map(|(((longest, _), least), wanted)| {
        least + given * wanted / all + (room - given) * longest / total
    })
    .collect()
}
