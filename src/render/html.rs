//! A document as one page that needs nothing else: no script, nothing loaded, for a screen, a phone and A4 paper.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::{long_date, svg_chart};
use crate::document::{Block, Cell, Chart, Document, Table, plain};

/// How the page looks.
const STYLE: &str = include_str!("page.css");

/// The SHA-256 of [`STYLE`] in base64, by which the page's content policy lets the style in and nothing else;
/// a check that reads the pages computes it anew.
const STYLE_HASH: &str = "sha256-KpHNAKOw25gcrB+ZAk8RqdI78oez/LqrQ37gycoG/mE=";

/// From so many sections on a page begins with a list of them.
const LISTED: usize = 5;

/// A cell of so many signs or more is given room.
const LONG: usize = 60;

/// Renders a document. The page's skeleton is the same whatever the data.
pub fn render(document: &Document) -> String {
    let policy = format!("default-src 'none'; style-src '{STYLE_HASH}'; base-uri 'none'; form-action 'none'");
    let headings: Vec<(usize, &str)> = document
        .blocks
        .iter()
        .enumerate()
        .filter_map(|(index, block)| match block {
            Block::Heading(words) => Some((index, words.as_str())),
            _ => None,
        })
        .collect();
    let page = html! {
        (DOCTYPE)
        html lang="en-GB" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="referrer" content="no-referrer";
                title { (plain(&document.title)) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                header {
                    h1 { (plain(&document.title)) }
                    @for line in &document.face { p.face { (plain(line)) } }
                }
                @if headings.len() >= LISTED {
                    nav aria-label="Sections" {
                        ul {
                            @for (index, words) in &headings {
                                li { a href={ "#part-" (index) } { (plain(words)) } }
                            }
                        }
                    }
                }
                main { (blocks(document)) }
                footer { "Made on " (long_date(document.made_on)) " from the phase leader's own records." }
            }
        }
    };
    format!("{}\n", page.into_string())
}

fn blocks(document: &Document) -> Markup {
    let mut on_new_page = false;
    let mut heading = document.title.as_str();
    let mut page = String::new();
    for (index, (block, reads)) in document.blocks.iter().zip(document.readings()).enumerate() {
        let class = on_new_page.then_some("new-page");
        on_new_page = matches!(block, Block::NewPage);
        if let Block::Heading(words) | Block::Subheading(words) = block {
            heading = words;
        }
        let markup = html! {
            @match block {
                Block::Heading(words) => h2 id={ "part-" (index) } class=[class] { (plain(words)) },
                Block::Subheading(words) => h3 { (plain(words)) },
                Block::Paragraph(words) => p { (plain(words)) },
                Block::Labelled(items) => (labelled(items)),
                Block::Facts(facts) => ul {
                    @for (says, at) in facts {
                        li { (plain(says)) @if !at.is_empty() { " " span.at { "(" (plain(at)) ")" } } }
                    }
                },
                Block::Choices(choices) => ol {
                    @for (says, command) in choices {
                        li { (plain(says)) @if let Some(command) = command { pre { (plain(command)) } } }
                    }
                },
                Block::Table(table) => (self::table(table, heading)),
                Block::Chart(chart) => (self::chart(chart, heading, index)),
                Block::Verbatim(words) | Block::Commands(words) => pre {
                    (words.lines().map(|line| plain(line).trim_end().to_owned()).collect::<Vec<_>>().join("\n"))
                },
                Block::Room(what, lines) => div.room {
                    p { (plain(what)) }
                    @for _ in 0..*lines { div {} }
                },
                Block::NewPage => {},
            }
            @if !reads.is_empty() { p.reads { "How to read this: " (plain(reads)) } }
        };
        page.push_str(&markup.into_string());
    }
    PreEscaped(page)
}

fn labelled(items: &[(String, Vec<String>)]) -> Markup {
    // What continues the item before stands beneath it.
    let is_plain = items.iter().all(|(label, _)| label.trim().is_empty());
    html! {
        @if is_plain {
            @for (_, paragraphs) in items { @for words in paragraphs { p { (plain(words)) } } }
        } @else {
            dl {
                @for (index, (label, paragraphs)) in items.iter().enumerate() {
                    @if index == 0 || !label.trim().is_empty() {
                        dt { @if label.trim().is_empty() { "Also" } @else { (plain(label.trim())) } }
                    }
                    @for words in paragraphs { dd { (plain(words)) } }
                }
            }
        }
    }
}

fn table(table: &Table, heading: &str) -> Markup {
    let caption = plain(if table.caption.is_empty() { heading } else { &table.caption });
    html! {
        div.wide role="group" aria-label=(caption) tabindex="0" {
            table {
                // What the heading above says already is said to those who hear the page only.
                caption class=[table.caption.is_empty().then_some("quiet")] { (caption) }
                thead { tr {
                    @for column in &table.columns {
                        th scope="col" class=[column.right.then_some("n")] {
                            @if column.heading.is_empty() { "What" } @else { (plain(&column.heading)) }
                        }
                    }
                } }
                tbody {
                    @for row in &table.rows { tr {
                        @for (index, (cell, column)) in row.iter().zip(&table.columns).enumerate() {
                            @if index == 0 && !super::text(cell).trim().is_empty() && !matches!(cell, Cell::Empty) {
                                th scope="row" class=[class(cell, column.right)] { (super::text(cell)) }
                            } @else {
                                td class=[class(cell, column.right)] { (super::text(cell)) }
                            }
                        }
                    } }
                }
            }
        }
    }
}

fn class(cell: &Cell, right: bool) -> Option<&'static str> {
    match cell {
        Cell::Text(text) if text.chars().count() >= LONG => Some("long"),
        Cell::Date(_) => Some("day"),
        _ if right => Some("n"),
        _ => None,
    }
}

fn chart(chart: &Chart, heading: &str, index: usize) -> Markup {
    html! {
        figure {
            figcaption class=[(chart.title == heading).then_some("quiet")] { (plain(&chart.title)) }
            (PreEscaped(svg_chart::render(chart, index)))
        }
    }
}
