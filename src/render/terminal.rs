//! A document for a terminal: tables of whole words within the width, cards where it is narrow.

use super::text_chart;
use crate::document::{Block, Document};
use crate::render::text_table::{NARROW, bare, cards, fix, grid, labelled, lines, shown, wrapped};

/// Renders a document for a width in columns.
pub fn render(document: &Document, width: u16) -> String {
    let width = width.clamp(24, 100);
    let mut text = wrapped(&document.title, 0, width);
    if !document.face.is_empty() {
        text.push('\n');
        document.face.iter().for_each(|line| text.push_str(&wrapped(line, 0, width)));
    }
    let mut before: Option<&Block> = None;
    let mut heading = document.title.as_str();
    for (block, reads) in document.blocks.iter().zip(document.readings()) {
        if matches!(block, Block::NewPage) {
            continue;
        }
        // What a paragraph announces follows it at once.
        let announced = matches!(before, Some(Block::Paragraph(_)))
            && matches!(block, Block::Facts(_) | Block::Choices(_));
        if !announced {
            text.push('\n');
        }
        match block {
            Block::Heading(words) | Block::Subheading(words) => heading = words,
            Block::Chart(chart) if chart.title != heading => text.push_str(&wrapped(&chart.title, 0, width)),
            Block::Table(table) if !table.caption.is_empty() && table.caption != heading => {
                text.push_str(&wrapped(&table.caption, 0, width));
            }
            _ => {}
        }
        text.push_str(&render_block(block, width));
        if !reads.is_empty() {
            text.push_str(&format!("\n{}", wrapped(&format!("How to read this: {reads}"), 0, width)));
        }
        before = Some(block);
    }
    text
}

fn render_block(block: &Block, width: u16) -> String {
    match block {
        Block::Heading(words) | Block::Subheading(words) => wrapped(words, 0, width),
        Block::Paragraph(words) => wrapped(words, 0, width),
        Block::Labelled(items) => labelled(items, width),
        Block::Facts(facts) => facts_table(facts, width),
        Block::Choices(choices) => choices_list(choices, width),
        Block::Table(table) if width < NARROW => cards(table, width),
        Block::Table(table) => grid(table, width),
        Block::Chart(chart) => text_chart::render(chart, width),
        Block::Room(what, lines) => {
            let line = format!("{}\n", "_".repeat(usize::from(width)));
            format!("{}{}", wrapped(what, 0, width), format!("\n{line}").repeat(usize::from(*lines)))
        }
        Block::NewPage => String::new(),
        Block::Verbatim(words) | Block::Commands(words) => {
            words.lines().map(|line| format!("{}\n", shown(line).trim_end())).collect()
        }
    }
}

fn facts_table(facts: &[(String, String)], width: u16) -> String {
    let mut table = bare(width);
    for (says, place) in facts {
        table.add_row([shown(says), shown(place)]);
    }
    let widest = facts.iter().map(|(_, place)| place.chars().count()).max().unwrap_or(0).min(34);
    if let Some(column) = table.column_mut(0) {
        column.set_padding((2, 2));
    }
    fix(&mut table, 1, widest.max(1), (0, 0));
    lines(&table)
}

fn choices_list(choices: &[(String, Option<String>)], width: u16) -> String {
    let mut text = String::new();
    for (number, (says, command)) in choices.iter().enumerate() {
        let mut table = bare(width);
        table.add_row([format!("{}", number + 1), shown(says)]);
        fix(&mut table, 0, 2, (2, 1));
        if let Some(column) = table.column_mut(1) {
            column.set_padding((0, 0));
        }
        text.push_str(&lines(&table));
        if let Some(command) = command {
            // A command stays on one line, so that it can be copied.
            text.push_str(&format!("       {}\n", shown(command)));
        }
    }
    text
}
