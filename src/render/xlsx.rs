//! Workbooks: sheets of typed cells, with headings that stay in sight and, where they are to be filled
//! in, help beneath the headings, lists to choose from, and dates that are dates.

use anyhow::{Context, Result};
use rust_xlsxwriter::{
    Color, DataValidation, DataValidationErrorStyle, DataValidationRule, DocProperties, ExcelDateTime,
    Format, FormatAlign, Formula, Workbook, Worksheet,
};

use super::xlsx_chart;
use crate::document::{Block, Cell, CellInput, Chart, Document, Sheet, plain};

/// The most that a cell holds.
const CELL: usize = 32_767;

/// The rows that lists and formats reach down to.
const ROOM: u32 = 1_000;

/// The longest name of a sheet.
const NAME: usize = 31;

/// The document's sheets as the bytes of an `.xlsx` file; where it has none, its records as one, or its text as one
/// and each of its tables; and each of its charts. The same for the same document.
///
/// # Errors
/// Where a sheet's name or a list is longer than a workbook takes.
pub fn render(document: &Document) -> Result<Vec<u8>> {
    let mut book = Workbook::new();
    let day = ExcelDateTime::parse_from_str(&document.made_on.to_string())?;
    book.set_properties(
        &DocProperties::new().set_title(within(&plain(&document.title), 250)).set_creation_datetime(&day),
    );
    let mut names = SheetNames::default();
    for sheet in &document.sheets {
        put(&mut book, &names.take(&sheet.name), sheet, None)?;
    }
    let has_records = !document.records.columns.is_empty();
    if document.sheets.is_empty() && has_records {
        put(&mut book, &names.take("Answer"), &Sheet::of_table("", &document.records), None)?;
    }
    let in_words = document.sheets.is_empty() && !has_records;
    let first = in_words.then(|| names.take("Report"));
    let parts = parts(document, in_words, &mut names);
    if let Some(name) = first {
        let page = book.add_worksheet();
        page.set_name(name)?;
        running_text(page, document, &parts)?;
    }
    for (block, name) in document.blocks.iter().zip(&parts) {
        let Some(name) = name else { continue };
        match block {
            Block::Table(table) => put(&mut book, name, &Sheet::of_table("", table), None)?,
            Block::Chart(chart) => {
                let sheet = Sheet::of_table("", &xlsx_chart::figures(chart));
                put(&mut book, name, &sheet, Some(chart))?;
            }
            _ => {}
        }
    }
    Ok(book.save_to_buffer()?)
}

/// The sheet of each block that has one: every chart; and every table, where the workbook is made of them.
fn parts(document: &Document, tables: bool, names: &mut SheetNames) -> Vec<Option<String>> {
    let mut heading = document.title.as_str();
    let mut parts = Vec::new();
    for block in &document.blocks {
        parts.push(match block {
            Block::Heading(words) | Block::Subheading(words) => {
                heading = words;
                None
            }
            Block::Table(table) if tables => {
                Some(names.take(if table.caption.is_empty() { heading } else { &table.caption }))
            }
            Block::Chart(chart) => Some(names.take(&chart.title)),
            _ => None,
        });
    }
    parts
}

fn put(book: &mut Workbook, name: &str, sheet: &Sheet, chart: Option<&Chart>) -> Result<()> {
    let page = book.add_worksheet();
    page.set_name(name)?;
    write(page, sheet).with_context(|| format!("the sheet {name} cannot be written"))?;
    if let Some(chart) = chart {
        xlsx_chart::insert(page, name, chart)?;
    }
    Ok(())
}

/// The names that sheets have so far.
#[derive(Default)]
struct SheetNames(Vec<String>);

impl SheetNames {
    /// A name that a sheet can have and no other has.
    fn take(&mut self, wanted: &str) -> String {
        let kept = plain(wanted).replace(['[', ']', ':', '*', '?', '/', '\\'], " ");
        let kept = kept.trim().trim_matches('\'').trim();
        let kept = if kept.is_empty() || kept.eq_ignore_ascii_case("history") { "Sheet" } else { kept };
        let mut number = 1;
        loop {
            let end = if number == 1 { String::new() } else { format!(" {number}") };
            let name = format!("{}{end}", within(kept, NAME - end.len()).trim_end_matches([' ', '\'', ',']));
            if !self.0.contains(&name.to_lowercase()) {
                self.0.push(name.to_lowercase());
                return name;
            }
            number += 1;
        }
    }
}

/// A text of at most so many UTF-16 units, as spreadsheets count.
fn within(text: &str, most: usize) -> String {
    let mut units = 0;
    text.chars()
        .take_while(|c| {
            units += c.len_utf16();
            units <= most
        })
        .collect()
}

/// The document's text, without its tables, which have sheets of their own.
fn running_text(page: &mut Worksheet, document: &Document, parts: &[Option<String>]) -> Result<()> {
    let wrap = Format::new().set_text_wrap().set_align(FormatAlign::Top).set_num_format("@");
    let bold = wrap.clone().set_bold();
    page.set_column_width(0, 26)?.set_column_width(1, 100)?;
    let mut text = RunningText { page, row: 0, wrap, bold };
    text.line("", &document.title, true)?;
    for words in &document.face {
        text.line("", words, false)?;
    }
    for ((block, reads), part) in document.blocks.iter().zip(document.readings()).zip(parts) {
        text.block(block)?;
        if let Some(name) = part {
            text.line("", &format!("(the sheet {name})"), false)?;
        }
        if !reads.is_empty() {
            text.line("How to read it", reads, false)?;
        }
    }
    page.set_landscape().set_print_fit_to_pages(1, 0);
    Ok(())
}

/// Text on a sheet, line by line: a label, and words next to it.
struct RunningText<'p> {
    page: &'p mut Worksheet,
    row: u32,
    wrap: Format,
    bold: Format,
}

impl RunningText<'_> {
    fn line(&mut self, label: &str, words: &str, heads: bool) -> Result<()> {
        if !label.is_empty() {
            self.page.write_string_with_format(self.row, 0, within(&plain(label), CELL), &self.bold)?;
        }
        if !words.is_empty() {
            let format = if heads { &self.bold } else { &self.wrap };
            text_cell(self.page, self.row, 1, &within(&plain(words), CELL), format)?;
        }
        // Not every spreadsheet makes room for lines that wrap.
        let lines = label.chars().count().div_ceil(24).max(words.chars().count().div_ceil(100));
        if lines > 1 {
            self.page.set_row_height(self.row, 15 * u32::try_from(lines.min(27))?)?;
        }
        self.row += 1;
        Ok(())
    }

    fn block(&mut self, block: &Block) -> Result<()> {
        match block {
            Block::Heading(words) => {
                self.line("", "", false)?;
                self.line(words, "", true)
            }
            Block::Subheading(words) => self.line("", words, true),
            Block::Paragraph(words) | Block::Room(words, _) => self.line("", words, false),
            Block::Labelled(items) => items.iter().try_for_each(|(label, paragraphs)| {
                let mut paragraphs = paragraphs.iter().enumerate();
                paragraphs.try_for_each(|(index, words)| {
                    self.line(if index == 0 { label.trim() } else { "" }, words, false)
                })
            }),
            Block::Facts(facts) => facts.iter().try_for_each(|(says, at)| {
                let at = if at.is_empty() { String::new() } else { format!(" ({at})") };
                self.line("", &format!("{says}{at}"), false)
            }),
            Block::Choices(choices) => choices
                .iter()
                .enumerate()
                .try_for_each(|(number, (says, _))| self.line("", &format!("{}. {says}", number + 1), false)),
            Block::Table(_) | Block::Chart(_) | Block::NewPage | Block::Commands(_) => Ok(()),
            Block::Verbatim(words) => {
                words.lines().try_for_each(|words| self.line("", words.trim_end(), false))
            }
        }
    }
}

fn write(page: &mut Worksheet, sheet: &Sheet) -> Result<()> {
    let heading = Format::new().set_bold().set_background_color(Color::RGB(0xdd_e8_f0));
    let help = Format::new()
        .set_italic()
        .set_font_color(Color::RGB(0x55_55_55))
        .set_text_wrap()
        .set_align(FormatAlign::Top);
    let first = if sheet.fill_in { 2 } else { 1 };
    for (index, column) in sheet.columns.iter().enumerate() {
        let at = u16::try_from(index)?;
        page.write_string_with_format(0, at, within(&plain(&column.heading), CELL), &heading)?;
        let widest = sheet.rows.iter().filter_map(|row| row.get(index)).map(width).max().unwrap_or(0);
        page.set_column_width(at, widest.max(column.heading.chars().count() + 2).clamp(14, 60) as f64)?;
        if sheet.fill_in {
            // A row that begins with # is a note, here as in CSV.
            let mark = if index == 0 { "# " } else { "" };
            page.write_string_with_format(1, at, plain(&format!("{mark}{}", column.help)), &help)?;
            page.set_column_format(at, &format(&column.takes))?;
            if let Some(list) = validation(&column.takes)? {
                page.add_data_validation(first, at, ROOM, at, &list)?;
            }
        }
    }
    if sheet.fill_in {
        page.set_row_height(1, 60)?;
    }
    page.set_freeze_panes(first, 0)?;
    page.set_landscape().set_print_fit_to_pages(1, 0).set_repeat_rows(0, 0)?;
    for (row, number) in sheet.rows.iter().zip(first..) {
        for (index, (cell, column)) in row.iter().zip(&sheet.columns).enumerate() {
            write_cell(page, number, u16::try_from(index)?, cell, &format(&column.takes))?;
        }
    }
    Ok(())
}

fn write_cell(page: &mut Worksheet, row: u32, column: u16, cell: &Cell, format: &Format) -> Result<()> {
    match cell {
        Cell::Empty => {}
        Cell::Text(text) => text_cell(page, row, column, &within(&plain(text), CELL), format)?,
        Cell::Number(number) => {
            #[allow(clippy::cast_precision_loss, reason = "a spreadsheet's numbers are floating")]
            page.write_number_with_format(row, column, *number as f64, format)?;
        }
        Cell::Decimal(number) => {
            page.write_number_with_format(row, column, *number, &format.clone().set_num_format("0.0##"))?;
        }
        Cell::Date(date) => {
            page.write_date_with_format(row, column, date, format)?;
        }
        Cell::Time(time) => {
            page.write_time_with_format(row, column, time, format)?;
        }
    }
    Ok(())
}

/// The mark keeps text that looks like a formula text when the sheet is saved as CSV.
fn text_cell(page: &mut Worksheet, row: u32, column: u16, text: &str, format: &Format) -> Result<()> {
    if text.starts_with(['=', '+', '-', '@']) {
        page.write_string_with_format(row, column, text, &format.clone().set_quote_prefix())?;
    } else {
        page.write_string_with_format(row, column, text, format)?;
    }
    Ok(())
}

fn width(cell: &Cell) -> usize {
    match cell {
        Cell::Text(text) => text.chars().count() + 1,
        _ => 0,
    }
}

/// Words are text, so that a spreadsheet makes no date of `1-2`.
fn format(takes: &CellInput) -> Format {
    match takes {
        CellInput::Words | CellInput::OneOf(_) | CellInput::From(..) => Format::new().set_num_format("@"),
        CellInput::Date => Format::new().set_num_format("dd/mm/yyyy"),
        CellInput::Time => Format::new().set_num_format("hh:mm"),
        CellInput::Number => Format::new().set_num_format("0"),
    }
}

fn validation(takes: &CellInput) -> Result<Option<DataValidation>> {
    let day = |year| ExcelDateTime::from_ymd(year, 1, 1);
    let warn = |list: DataValidation, message: &str| {
        list.set_error_style(DataValidationErrorStyle::Warning).set_error_message(message)
    };
    Ok(match takes {
        CellInput::Words => None,
        CellInput::Number => None,
        CellInput::Date => {
            let rule = DataValidationRule::Between(day(1990)?, day(2100)?);
            Some(warn(DataValidation::new().allow_date(rule), "A date is wanted, such as 14/01/2027.")?)
        }
        CellInput::Time => {
            let rule = DataValidationRule::Between(
                ExcelDateTime::from_hms(6, 0, 0)?,
                ExcelDateTime::from_hms(23, 59, 0)?,
            );
            Some(warn(DataValidation::new().allow_time(rule), "A time is wanted, such as 13:15.")?)
        }
        CellInput::OneOf(words) => {
            let list = DataValidation::new().allow_list_strings(words)?;
            Some(warn(list, "This is not in the list.")?)
        }
        CellInput::From(sheet, column) => {
            let letters = crate::diagnostic::letters(u32::from(*column) + 1);
            let cells = Formula::new(format!("='{sheet}'!${letters}$3:${letters}${ROOM}"));
            Some(DataValidation::new().allow_list_formula(cells).show_error_message(false))
        }
    })
}
