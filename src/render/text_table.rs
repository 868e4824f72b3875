//! Tables in text: within the width, or as cards.

use comfy_table::{Cell, CellAlignment, ColumnConstraint, ContentArrangement, Table, Width, presets};

use crate::document;

/// Below this width a table's rows are shown as cards.
pub(crate) const NARROW: u16 = 72;

/// An empty table without lines, fitted to the width.
pub(crate) fn bare(width: u16) -> Table {
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Dynamic).set_width(width);
    table
}

/// Lines without space at their ends.
pub(crate) fn lines(table: &Table) -> String {
    table.lines().map(|line| format!("{}\n", line.trim_end())).collect()
}

/// Running text, wrapped between words, `indent` columns in.
pub(crate) fn wrapped(words: &str, indent: u16, width: u16) -> String {
    let mut table = bare(width);
    table.add_row([shown(words)]);
    if let Some(column) = table.column_mut(0) {
        column.set_padding((indent, 0));
    }
    lines(&table)
}

/// Gives a column a fixed width for its content.
pub(crate) fn fix(table: &mut Table, index: usize, content: usize, padding: (u16, u16)) {
    if let Some(column) = table.column_mut(index) {
        let content = u16::try_from(content).unwrap_or(u16::MAX);
        column
            .set_padding(padding)
            .set_constraint(ColumnConstraint::Absolute(Width::Fixed(content + padding.0 + padding.1)));
    }
}

pub(crate) fn grid(table: &document::Table, width: u16) -> String {
    let mut grid = bare(width);
    grid.set_header(table.columns.iter().map(|column| Cell::new(shown(&column.heading))));
    for row in &table.rows {
        grid.add_row(row.iter().zip(&table.columns).map(|(cell, column)| {
            let cell = Cell::new(shown(&super::text(cell)));
            if column.right { cell.set_alignment(CellAlignment::Right) } else { cell }
        }));
    }
    for (index, constraint) in widths(table, width).into_iter().enumerate() {
        if let Some(column) = grid.column_mut(index) {
            column.set_padding((1, 1)).set_constraint(constraint);
        }
    }
    lines(&grid)
}

/// How wide each column is: as wide as what is in it, and where that is too much together, the widest are
/// narrowed to one width; no word and no date is broken.
pub(crate) fn widths(table: &document::Table, width: u16) -> Vec<ColumnConstraint> {
    let cells = |index: usize| table.rows.iter().filter_map(move |row| row.get(index));
    let count = |text: &str| text.chars().count();
    let heading = |index: usize| table.columns.get(index).map_or(0, |column| count(&column.heading));
    let natural = |index: usize| {
        cells(index)
            .map(|cell| count(&shown(&super::text(cell))))
            .max()
            .unwrap_or(0)
            .max(heading(index))
            .max(1)
    };
    let least = |index: usize| {
        let of = |cell: &document::Cell| match cell {
            document::Cell::Date(_) | document::Cell::Time(_) => count(&shown(&super::text(cell))),
            _ => shown(&super::text(cell)).split(' ').map(count).max().unwrap_or(0),
        };
        cells(index).map(of).max().unwrap_or(0).max(heading(index)).clamp(1, 26)
    };
    let columns: Vec<(usize, usize)> =
        (0..table.columns.len()).map(|index| (natural(index), least(index))).collect();
    let room = usize::from(width).saturating_sub(2 * columns.len());
    let at = |cap: usize| columns.iter().map(move |(natural, least)| (*natural).min(cap).max(*least));
    let fixed =
        |wide: usize| ColumnConstraint::Absolute(Width::Fixed(u16::try_from(wide + 2).unwrap_or(u16::MAX)));
    let Some(cap) = (1..=room).rev().find(|cap| at(*cap).sum::<usize>() <= room) else {
        let least = |(_, least): &(usize, usize)| u16::try_from(least + 2).unwrap_or(u16::MAX);
        return columns
            .iter()
            .map(|column| ColumnConstraint::LowerBoundary(Width::Fixed(least(column))))
            .collect();
    };
    // What is left over goes to the first of those that were narrowed.
    let mut left = room - at(cap).sum::<usize>();
    let widened = columns.iter().zip(at(cap)).map(|((natural, _), wide)| {
        let more = left.min(natural.saturating_sub(wide)).min(1);
        left -= more;
        fixed(wide + more)
    });
    widened.collect()
}

pub(crate) fn cards(table: &document::Table, width: u16) -> String {
    let mut cards: Vec<String> = Vec::new();
    for row in &table.rows {
        let items: Vec<(String, Vec<String>)> = row
            .iter()
            .zip(&table.columns)
            .filter(|(cell, _)| !matches!(cell, document::Cell::Empty))
            .map(|(cell, column)| (column.heading.to_string(), vec![shown(&super::text(cell))]))
            .collect();
        cards.push(labelled(&items, width));
    }
    cards.join("\n")
}

/// The most of one text that a screen shows; other formats show all of it.
pub(crate) const MOST: usize = 2_000;

/// A text as a screen shows it: without what would steer the terminal, and cut off where it is very long.
pub(crate) fn shown(text: &str) -> String {
    let plain = document::plain(text);
    match plain.char_indices().nth(MOST) {
        None => plain,
        Some((end, _)) => format!("{} […]", plain.get(..end).unwrap_or_default()),
    }
}

pub(crate) fn labelled(items: &[(String, Vec<String>)], width: u16) -> String {
    let mut table = bare(width);
    for (label, paragraphs) in items {
        for (index, paragraph) in paragraphs.iter().enumerate() {
            let label = if index == 0 { shown(label) } else { String::new() };
            table.add_row([label, shown(paragraph)]);
        }
    }
    let widest = items.iter().map(|(label, _)| label.chars().count()).max().unwrap_or(0).max(9);
    fix(&mut table, 0, widest, (0, 2));
    if let Some(column) = table.column_mut(1) {
        column.set_padding((0, 0));
    }
    lines(&table)
}
