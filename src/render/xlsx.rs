//! Workbooks: sheets of typed cells, with headings that stay in sight and, where they are to be filled
//! in, help beneath the headings, lists to choose from, and dates that are dates.

use anyhow::{Context, Result};
use rust_xlsxwriter::{
    Color, DataValidation, DataValidationErrorStyle, DataValidationRule, DocProperties, ExcelDateTime,
    Format, FormatAlign, Formula, Workbook, Worksheet,
};

use crate::document::{Cell, Document, Sheet, Takes, plain};

/// The rows that lists and formats reach down to.
const ROOM: u32 = 1_000;

/// The document's sheets as the bytes of an `.xlsx` file, or where it has none its records as one; the
/// same for the same document.
///
/// # Errors
/// Where a sheet's name or a list is longer than a workbook takes.
pub fn render(document: &Document) -> Result<Vec<u8>> {
    let mut book = Workbook::new();
    let day = ExcelDateTime::parse_from_str(&document.made_on.to_string())?;
    book.set_properties(&DocProperties::new().set_title(plain(&document.title)).set_creation_datetime(&day));
    let whole = [Sheet::of_table("Answer", &document.records)];
    let sheets = if document.sheets.is_empty() { whole.as_slice() } else { document.sheets.as_slice() };
    for sheet in sheets {
        let page = book.add_worksheet();
        write(page, sheet).with_context(|| format!("the sheet {} cannot be written", sheet.name))?;
    }
    Ok(book.save_to_buffer()?)
}

fn write(page: &mut Worksheet, sheet: &Sheet) -> Result<()> {
    page.set_name(&sheet.name)?;
    let heading = Format::new().set_bold().set_background_color(Color::RGB(0xdd_e8_f0));
    let help = Format::new()
        .set_italic()
        .set_font_color(Color::RGB(0x55_55_55))
        .set_text_wrap()
        .set_align(FormatAlign::Top);
    let first = if sheet.fill_in { 2 } else { 1 };
    for (index, column) in sheet.columns.iter().enumerate() {
        let at = u16::try_from(index)?;
        page.write_string_with_format(0, at, plain(&column.heading), &heading)?;
        let widest = sheet.rows.iter().filter_map(|row| row.get(index)).map(width).max().unwrap_or(0);
        page.set_column_width(at, widest.max(column.heading.len() + 2).clamp(14, 60) as f64)?;
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
        // The mark keeps text that looks like a formula text when the sheet is saved as CSV.
        Cell::Text(text) if text.starts_with(['=', '+', '-', '@']) => {
            page.write_string_with_format(row, column, plain(text), &format.clone().set_quote_prefix())?;
        }
        Cell::Text(text) => {
            page.write_string_with_format(row, column, plain(text), format)?;
        }
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

fn width(cell: &Cell) -> usize {
    match cell {
        Cell::Text(text) => text.chars().count() + 1,
        _ => 0,
    }
}

/// Words are text, so that a spreadsheet makes no date of `1-2`.
fn format(takes: &Takes) -> Format {
    match takes {
        Takes::Words | Takes::OneOf(_) | Takes::From(..) => Format::new().set_num_format("@"),
        Takes::Date => Format::new().set_num_format("dd/mm/yyyy"),
        Takes::Time => Format::new().set_num_format("hh:mm"),
        Takes::Number => Format::new().set_num_format("0"),
    }
}

fn validation(takes: &Takes) -> Result<Option<DataValidation>> {
    let day = |year| ExcelDateTime::from_ymd(year, 1, 1);
    let warn = |list: DataValidation, message: &str| {
        list.set_error_style(DataValidationErrorStyle::Warning).set_error_message(message)
    };
    Ok(match takes {
        Takes::Words => None,
        Takes::Number => None,
        Takes::Date => {
            let rule = DataValidationRule::Between(day(1990)?, day(2100)?);
            Some(warn(DataValidation::new().allow_date(rule), "A date is wanted, such as 14/01/2027.")?)
        }
        Takes::Time => {
            let rule = DataValidationRule::Between(
                ExcelDateTime::from_hms(6, 0, 0)?,
                ExcelDateTime::from_hms(23, 59, 0)?,
            );
            Some(warn(DataValidation::new().allow_time(rule), "A time is wanted, such as 13:15.")?)
        }
        Takes::OneOf(words) => {
            let list = DataValidation::new().allow_list_strings(words)?;
            Some(warn(list, "This is not in the list.")?)
        }
        Takes::From(sheet, column) => {
            let letters = crate::diagnostic::letters(u32::from(*column) + 1);
            let cells = Formula::new(format!("='{sheet}'!${letters}$3:${letters}${ROOM}"));
            Some(DataValidation::new().allow_list_formula(cells).show_error_message(false))
        }
    })
}
