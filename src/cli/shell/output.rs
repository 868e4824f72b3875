//! Where an answer goes: to the screen, or to files, each in its format.

use std::ffi::OsString;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};

use anyhow::Result;
use serde::Serialize;

use super::format::{Format, ToRender, one_of};
use super::needs::{CommandNeeds, OutputKind};
use crate::cli::options::Options;
use crate::cli::shell::usage::bail_usage;
use crate::document::Document;
use crate::render;
use crate::store::inputs::is_one_file;

/// Where an answer goes, and in which format.
#[derive(Clone, Debug)]
pub struct Outputs {
    /// The format that was named.
    pub chosen: Option<Format>,
    /// The format of the answer; of the first file, where there are several.
    pub format: Format,
    /// The files, each with its format; none for the screen.
    files: Vec<(PathBuf, Format)>,
}

impl Outputs {
    /// As was asked, of a command that writes so much.
    ///
    /// # Errors
    /// Where a file's name says no format, or there are more files than the command writes.
    pub fn of(options: &Options, needs: &CommandNeeds) -> Result<Self> {
        let (paths, writes) = (&options.output, needs.writes);
        let chosen = if options.json { Some(Format::Json) } else { options.format };
        if writes == OutputKind::Nothing && (chosen.is_some() || !paths.is_empty()) {
            bail_usage!("this says what it did, and answers nothing: leave --format, --json and -o away");
        }
        let format = match chosen {
            Some(format) => format,
            None if writes == OutputKind::Folder => Format::Terminal,
            None => Format::of_file(paths.first())?,
        };
        let files = match paths.as_slice() {
            [] => Vec::new(),
            [path] => vec![(path.clone(), format)],
            _ if writes != OutputKind::Files => {
                bail_usage!("this is written to one place: say -o once");
            }
            _ if chosen.is_some() => {
                bail_usage!(
                    "several files, and one format: leave --format and --json away, the endings tell"
                );
            }
            several => {
                let of_file = |path: &PathBuf| Ok((path.clone(), Format::of_file(Some(path))?));
                several.iter().map(of_file).collect::<Result<_>>()?
            }
        };
        let written = files.iter().map(|(_, format)| *format).chain(chosen);
        if let Some(other) = written.into_iter().find(|format| !needs.formats.contains(format)) {
            refuse(other, needs.formats)?;
        }
        Ok(Self { chosen, format, files })
    }

    /// The files; none for the screen.
    pub fn files(&self) -> impl Iterator<Item = &Path> {
        self.files.iter().map(|(path, _)| path.as_path())
    }

    /// Whether the answer is printed, on the screen or into what stands in its place.
    pub fn are_printed(&self) -> bool {
        self.files.is_empty()
    }

    /// The answer as it is printed; on a screen so many columns wide.
    ///
    /// # Errors
    /// Where the format is none for a screen, or does not fit the answer.
    pub fn printed(&self, answer: &impl Serialize, document: &Document, width: u16) -> Result<Vec<u8>> {
        if !self.format.is_for_screen() && std::io::stdout().is_terminal() {
            let (what, ending) = (self.format.what(), self.format.ending());
            bail_usage!("{what} is not for the screen: say -o FILE.{ending}");
        }
        made(self.format, answer, document, width)
    }

    /// The answer as it goes into each of the files.
    ///
    /// # Errors
    /// Where a file is named twice, or a format does not fit the answer.
    pub fn made(
        &self,
        answer: &impl Serialize,
        document: &Document,
        width: u16,
    ) -> Result<Vec<(PathBuf, Vec<u8>)>> {
        let is_twice = |(index, path): &(usize, &Path)| {
            self.files().take(*index).any(|before| is_one_file(before, path))
        };
        if let Some((_, path)) = self.files().enumerate().find(is_twice) {
            bail_usage!("{}: this file is named twice", path.display());
        }
        let made =
            |(path, format): &(PathBuf, Format)| Ok((path.clone(), made(*format, answer, document, width)?));
        self.files.iter().map(made).collect()
    }
}

/// An answer in a format; on a screen so many columns wide.
///
/// # Errors
/// Where the format does not fit the answer.
pub(crate) fn made(
    format: Format,
    answer: &impl Serialize,
    document: &Document,
    width: u16,
) -> Result<Vec<u8>> {
    if format == Format::Ics && document.entries.is_empty() {
        refuse(format, &[])?;
    }
    format.rendered(ToRender { document, width, json: &|| render::json::render(answer) })
}

/// Refuses a format in which there is no answer; `formats` are those in which there is.
fn refuse(format: Format, formats: &[Format]) -> Result<()> {
    if format == Format::Ics {
        bail_usage!("this answer holds no sessions, so it cannot be a calendar");
    }
    let formats = one_of(formats.iter().map(|format| format.word()));
    bail_usage!("this answers as {formats}, not as {}", format.word());
}

/// Whether more files were named than are known: those before a command give way to those after it, of which nobody
/// would hear.
pub fn are_said_twice(mut said: impl Iterator<Item = OsString>, known: usize) -> bool {
    let named = said.by_ref().take_while(|word| word != "--").filter(|word| {
        let word = word.to_string_lossy();
        word == "--output" || word.starts_with("--output=") || word.starts_with("-o")
    });
    named.count() > known
}
