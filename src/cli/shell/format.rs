//! The formats of an answer: by the end of a file's name, and what writes each.

use std::path::PathBuf;

use anyhow::Result;
use clap::ValueEnum;
use serde::Serialize;

use super::usage::{UsageError, bail_usage};
use crate::document::Document;
use crate::render;

/// The formats of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For the screen
    Terminal,
    /// Markdown
    Markdown,
    /// A page for a browser
    Html,
    /// A document for Word
    Docx,
    /// A table for spreadsheets
    Csv,
    /// For scripts
    Json,
    /// A calendar
    Ics,
    /// A workbook
    Xlsx,
}

impl Format {
    /// The end of a file's name.
    pub fn ending(self) -> &'static str {
        match self {
            Format::Terminal => "txt",
            Format::Markdown => "md",
            Format::Html => "html",
            Format::Docx => "docx",
            Format::Csv => "csv",
            Format::Json => "json",
            Format::Ics => "ics",
            Format::Xlsx => "xlsx",
        }
    }

    /// The formats by the ends of files' names.
    const ENDINGS: [Format; 8] = [
        Format::Terminal,
        Format::Markdown,
        Format::Html,
        Format::Docx,
        Format::Xlsx,
        Format::Csv,
        Format::Json,
        Format::Ics,
    ];

    /// The format that a file's ending means.
    fn of_ending(ending: &str) -> Option<Format> {
        let ending = if ending == "htm" { "html" } else { ending };
        Self::ENDINGS.into_iter().find(|format| format.ending() == ending)
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
        let ending = crate::load::formats::folder::ending(output);
        Format::of_ending(&ending).ok_or_else(|| {
            UsageError(format!(
                "{}: no format has this ending; use .txt, .md, .html, .docx, .xlsx, .csv, .json or .ics, or say --format",
                output.display()
            ))
            .into()
        })
    }

    /// An answer in this format; on a screen so many columns wide.
    ///
    /// # Errors
    /// Where a sheet or a cell is larger than the format takes.
    pub fn rendered(self, answer: &impl Serialize, document: &Document, width: u16) -> Result<Vec<u8>> {
        Ok(match self {
            Format::Terminal => render::terminal::render(document, width).into_bytes(),
            Format::Markdown => render::markdown::render(document).into_bytes(),
            Format::Html => render::html::render(document).into_bytes(),
            Format::Docx => render::docx::render(document)?,
            Format::Csv => render::csv::render(document).into_bytes(),
            Format::Json => render::json::render(answer)?,
            Format::Ics => render::ics::render(document).into_bytes(),
            Format::Xlsx => render::xlsx::render(document)?,
        })
    }
}
