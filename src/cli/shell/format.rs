//! The formats of an answer: by the end of a file's name, and what writes each.

use std::path::PathBuf;

use anyhow::Result;
use clap::ValueEnum;
use clap::builder::PossibleValue;

use super::usage::{UsageError, bail_usage};
use crate::document::Document;
use crate::load::formats::folder::ending;
use crate::render;

/// An answer on its way into a format.
#[derive(Clone, Copy)]
pub struct ToRender<'a> {
    pub document: &'a Document,
    /// How wide the screen is, in columns.
    pub width: u16,
    /// Makes the answer as scripts read it.
    pub json: &'a dyn Fn() -> Result<Vec<u8>>,
}

/// Makes the formats from their table, a row each: its name, its word, the end of a file's name, whether a screen can
/// show it, what it is, and what writes it.
macro_rules! formats {
    ($($name:ident, $word:literal, $ending:literal, $on_screen:literal, $what:literal, $render:expr;)+) => {
        /// The formats of an answer.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Format {
            $($name,)+
        }

        impl Format {
            /// Every format.
            pub const ALL: &'static [Format] = &[$(Format::$name,)+];

            /// The word of the command line.
            pub fn word(self) -> &'static str {
                match self {
                    $(Format::$name => $word,)+
                }
            }

            /// The end of a file's name.
            pub fn ending(self) -> &'static str {
                match self {
                    $(Format::$name => $ending,)+
                }
            }

            /// Whether a screen can show it.
            pub fn is_for_screen(self) -> bool {
                match self {
                    $(Format::$name => $on_screen,)+
                }
            }

            /// What it is.
            pub fn what(self) -> &'static str {
                match self {
                    $(Format::$name => $what,)+
                }
            }

            /// An answer in this format.
            ///
            /// # Errors
            /// Where a sheet or a cell is larger than the format takes.
            pub fn rendered(self, answer: ToRender<'_>) -> Result<Vec<u8>> {
                let render: fn(ToRender<'_>) -> Result<Vec<u8>> = match self {
                    $(Format::$name => $render,)+
                };
                render(answer)
            }
        }
    };
}

formats! {
    Terminal, "terminal", "txt", true, "text for the screen",
        |answer| Ok(render::terminal::render(answer.document, answer.width).into_bytes());
    Markdown, "markdown", "md", true, "Markdown", |answer| Ok(render::markdown::render(answer.document).into_bytes());
    Html, "html", "html", true, "a page for a browser", |answer| Ok(render::html::render(answer.document).into_bytes());
    Docx, "docx", "docx", false, "a Word document", |answer| render::docx::render(answer.document);
    Xlsx, "xlsx", "xlsx", false, "a workbook", |answer| render::xlsx::render(answer.document);
    Csv, "csv", "csv", true, "a table for spreadsheets", |answer| Ok(render::csv::render(answer.document).into_bytes());
    Json, "json", "json", true, "data for scripts", |answer| (answer.json)();
    Ics, "ics", "ics", true, "a calendar", |answer| Ok(render::ics::render(answer.document).into_bytes());
}

impl ValueEnum for Format {
    fn value_variants<'a>() -> &'a [Self] {
        Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.word()).help(self.what()))
    }
}

/// Names one after another: `html, csv or json`.
pub fn one_of<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let names: Vec<&str> = names.collect();
    match names.as_slice() {
        [others @ .., last] if !others.is_empty() => format!("{} or {last}", others.join(", ")),
        names => names.join(""),
    }
}

impl Format {
    /// Every format but a calendar, which most answers are not.
    pub const BUT_CALENDAR: &'static [Format] = Self::ALL.split_at(Self::ALL.len() - 1).0;

    /// The help of the option that names one.
    pub fn help() -> String {
        let words = one_of(Self::ALL.iter().map(|format| format.word()));
        format!("{words} (default: by the ending of -o, else terminal)")
    }

    /// The format by the ending of a file; without a file, for the screen.
    ///
    /// # Errors
    /// Where no format has that ending.
    pub fn of_file(output: Option<&PathBuf>) -> Result<Format> {
        let Some(output) = output else { return Ok(Format::Terminal) };
        if output.is_dir() {
            let says = "this is a folder: name a file in it";
            bail_usage!("{}: {says}, such as {}", output.display(), output.join("answer.html").display());
        }
        let ending = match ending(output).as_str() {
            "htm" => "html".to_owned(),
            other => other.to_owned(),
        };
        Self::ALL.iter().copied().find(|format| format.ending() == ending).ok_or_else(|| {
            let endings: Vec<String> =
                Self::ALL.iter().map(|format| format!(".{}", format.ending())).collect();
            let endings = one_of(endings.iter().map(String::as_str));
            let says = "no format has this ending; use";
            UsageError(format!("{}: {says} {endings}, or say --format", output.display())).into()
        })
    }
}
