//! A document as Markdown: what comes from the data makes no heading, link, image or column.

use std::fmt::Write;

use crate::document::{Block, Document, Table, plain};

/// Renders a document.
pub fn render(document: &Document) -> String {
    let mut text = format!("# {}\n", escaped(&document.title));
    for line in &document.face {
        _ = write!(text, "\n{}\n", escaped(line));
    }
    let mut heading = document.title.as_str();
    for (block, reads) in document.blocks.iter().zip(document.readings()) {
        if matches!(block, Block::NewPage) {
            continue;
        }
        if let Block::Heading(words) | Block::Subheading(words) = block {
            heading = words;
        }
        text.push('\n');
        render_block(&mut text, block, heading);
        if !reads.is_empty() {
            _ = write!(text, "\n{}\n", escaped(&format!("How to read this: {reads}")));
        }
    }
    text
}

fn render_block(text: &mut String, block: &Block, heading: &str) {
    match block {
        Block::Heading(words) => _ = writeln!(text, "## {}", escaped(words)),
        Block::Subheading(words) => _ = writeln!(text, "### {}", escaped(words)),
        Block::Paragraph(words) => _ = writeln!(text, "{}", escaped(words)),
        Block::Labelled(items) => {
            for (label, paragraphs) in items {
                let label = escaped(label.trim());
                match paragraphs.as_slice() {
                    [one] => _ = writeln!(text, "- **{label}**: {}", escaped(one)),
                    several => {
                        _ = writeln!(text, "- **{label}**:");
                        for words in several {
                            _ = writeln!(text, "  - {}", escaped(words));
                        }
                    }
                }
            }
        }
        Block::Facts(facts) => {
            for (says, place) in facts {
                let place = if place.is_empty() { String::new() } else { format!(" ({})", escaped(place)) };
                _ = writeln!(text, "- {}{place}", escaped(says));
            }
        }
        Block::Choices(choices) => {
            for (number, (says, command)) in choices.iter().enumerate() {
                _ = writeln!(text, "{}. {}", number + 1, escaped(says));
                if let Some(command) = command {
                    _ = writeln!(text, "   {}", code(command));
                }
            }
        }
        Block::Table(table) => text.push_str(&render_table(table, heading)),
        Block::Chart(chart) => text.push_str(&render_table(&chart.table(), heading)),
        Block::Room(what, lines) => {
            _ = writeln!(text, "{}", escaped(what));
            (0..*lines).for_each(|_| text.push_str("\n\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\n"));
        }
        Block::NewPage => {}
        Block::Verbatim(words) | Block::Commands(words) => {
            for line in words.lines() {
                _ = writeln!(text, "    {}", plain(line).trim_end());
            }
        }
    }
}

fn render_table(table: &Table, heading: &str) -> String {
    let row = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    let mut text = String::new();
    if !table.caption.is_empty() && table.caption != heading {
        _ = write!(text, "**{}**\n\n", escaped(&table.caption));
    }
    text.push_str(&row(table.columns.iter().map(|column| escaped(&column.heading)).collect()));
    text.push_str(&row(table
        .columns
        .iter()
        .map(|column| if column.right { "---:" } else { "---" }.to_owned())
        .collect()));
    for cells in &table.rows {
        text.push_str(&row(cells.iter().map(|cell| escaped(&super::text(cell))).collect()));
    }
    text
}

/// A command line between as many backticks as it needs.
fn code(command: &str) -> String {
    let command = plain(command);
    if command.contains('`') { escaped(&command) } else { format!("`{command}`") }
}

/// Text in which every sign that Markdown takes for its own is escaped.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let text = plain(text);
    for (index, c) in text.char_indices() {
        let at_start = index == 0;
        let bullet = at_start && matches!(c, '-' | '+' | '=' | '~' | ':');
        let number = matches!(c, '.' | ')')
            && index > 0
            && text.get(..index).is_some_and(|before| before.bytes().all(|byte| byte.is_ascii_digit()));
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '!' | '&' | '$')
            || bullet
            || number
        {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    // A bare address would become a link.
    escaped.replace("://", ":&#47;/").replace("www.", "www&#46;").replace('@', "&#64;")
}
