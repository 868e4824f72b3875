//! Cell references that no sheet can have, found before a workbook is laid out.
//!
//! What reads the cells adds digits up without looking whether they still fit, and makes room for as many shared formulas
//! as a number says.

use std::io::{BufReader, Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// The rows and columns of a sheet (Microsoft, *Excel specifications and limits*).
const ROWS: u32 = 1_048_576;
const COLUMNS: u32 = 16_384;

/// The most formulas that are shared in a sheet.
const SHARED_FORMULAS: u32 = 100_000;

type FormulaLimits<'b> = zip::ZipArchive<Cursor<&'b [u8]>>;

/// The first reference in a workbook that no sheet can have: the sheet, and what stands there.
pub fn stray_reference(bytes: &[u8]) -> Option<(String, String)> {
    let mut packed = zip::ZipArchive::new(Cursor::new(bytes)).ok()?;
    let names: Vec<String> = packed.file_names().filter_map(|name| Some(name.ok()?.into_owned())).collect();
    let is_sheet = |name: &&String| name.to_lowercase().contains("worksheets/");
    for name in names.iter().filter(is_sheet) {
        let Ok(part) = packed.by_name(name) else { continue };
        if let Some(stray) = stray_in(BufReader::new(part)) {
            let sheet = sheet_of(&mut packed, name).unwrap_or_else(|| name.clone());
            return Some((sheet, stray.chars().take(40).collect()));
        }
    }
    None
}

/// The first reference in a sheet that no sheet can have.
fn stray_in(part: impl std::io::BufRead) -> Option<String> {
    let mut reader = Reader::from_reader(part);
    let mut room = Vec::new();
    loop {
        room.clear();
        match reader.read_event_into(&mut room) {
            Ok(Event::Start(element) | Event::Empty(element)) => {
                if let Some(stray) = stray_of(&element) {
                    return Some(stray);
                }
            }
            // What is no XML is shown by what reads the cells.
            Ok(Event::Eof) | Err(_) => return None,
            Ok(_) => {}
        }
    }
}

fn stray_of(element: &BytesStart<'_>) -> Option<String> {
    let is_right: fn(&str) -> bool = match element.local_name().as_ref() {
        "c" => is_cell,
        "row" => is_row,
        "dimension" => is_span,
        "f" => {
            let shared = attribute(element, "si").filter(|si| !is_number(si, SHARED_FORMULAS));
            return shared.or_else(|| attribute(element, "ref").filter(|span| !is_span(span)));
        }
        _ => return None,
    };
    let name = if element.local_name().as_ref() == "dimension" { "ref" } else { "r" };
    attribute(element, name).filter(|text| !is_right(text))
}

fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = element.attributes();
    let mut named =
        attributes.with_checks(false).flatten().filter(|one| one.key.local_name().as_ref() == name);
    named.next().map(|one| one.value.to_string())
}

/// Whether a text is a number from 0 up to the largest.
fn is_number(text: &str, largest: u32) -> bool {
    text.len() <= 9
        && text.bytes().all(|byte| byte.is_ascii_digit())
        && text.parse().is_ok_and(|n: u32| n <= largest)
}

fn is_row(text: &str) -> bool {
    is_number(text, ROWS) && text.parse() != Ok(0)
}

fn is_cell(text: &str) -> bool {
    place(text).is_some()
}

/// The row and column of a cell, from 1; none where no sheet has it.
fn place(text: &str) -> Option<(u32, u32)> {
    let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (letters, digits) = text.split_at_checked(letters)?;
    let add = |sum: u32, letter: u8| sum * 26 + u32::from(letter.to_ascii_uppercase() - b'A') + 1;
    let column = (1..=3).contains(&letters.len()).then(|| letters.bytes().fold(0, add))?;
    (column <= COLUMNS && is_row(digits)).then_some((digits.parse().ok()?, column))
}

/// Whether a text is a cell, or a first and a last one.
fn is_span(text: &str) -> bool {
    let (first, last) = text.split_once(':').unwrap_or((text, text));
    let ends = place(first).zip(place(last));
    ends.is_some_and(|(first, last)| first.0 <= last.0 && first.1 <= last.1)
}

/// The name of the sheet that a part of a workbook holds.
fn sheet_of(packed: &mut FormulaLimits<'_>, part: &str) -> Option<String> {
    let links = elements(packed, "xl/_rels/workbook.xml.rels", "Relationship", ["Id", "Target"])?;
    let (id, _) = links.into_iter().find(|(_, target)| part.ends_with(target.trim_start_matches('/')))?;
    let sheets = elements(packed, "xl/workbook.xml", "sheet", ["id", "name"])?;
    sheets.into_iter().find(|(link, _)| *link == id).map(|(_, name)| name)
}

/// Two attributes of every element of a name in a part.
fn elements(
    packed: &mut FormulaLimits<'_>,
    part: &str,
    name: &str,
    of: [&str; 2],
) -> Option<Vec<(String, String)>> {
    let mut text = String::new();
    packed.by_name(part).ok()?.read_to_string(&mut text).ok()?;
    let mut reader = Reader::from_str(&text);
    let mut found = Vec::new();
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Start(element) | Event::Empty(element) if element.local_name().as_ref() == name => {
                let [one, other] = of.map(|of| attribute(&element, of));
                found.extend(one.zip(other));
            }
            Event::Eof => break,
            _ => {}
        }
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::{is_span, place};

    #[test]
    fn references_end_where_sheets_end() {
        assert_eq!(place("A1"), Some((1, 1)));
        assert_eq!(place("XFD1048576"), Some((1_048_576, 16_384)));
        for stray in ["XFE1", "A1048577", "A0", "B4294967296", "ZZZZZZZZZ1", "1", "A", "", "A1:B2", "Ä1"] {
            assert_eq!(place(stray), None, "{stray}");
        }
        assert!(is_span("A1:B2") && is_span("C3"));
        assert!(!is_span("B2:A1") && !is_span("A1:B2:C3"));
    }
}
