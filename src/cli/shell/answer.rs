//! Writing answers: to the screen, to files and to folders.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde::Serialize;

use super::Shell;
use crate::cli::shell::usage::bail_usage;
use crate::document::Document;
use crate::load::formats::Folder;
use crate::school::layout;
use crate::store::inputs::{self, InputFiles};
use crate::store::outputs::{LinkPolicy, make_folder, remove_output, write_outputs};
use crate::view::missing::{before, says as says_missing};
use crate::{load, render};

/// An answer that could not use all that it rests on.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct IncompleteAnswer<'a, A> {
    #[serde(flatten)]
    answer: &'a A,
    missing: &'a [String],
}

impl Shell {
    /// Whether the answer goes to that file.
    pub fn is_output(&self, path: &Path) -> bool {
        self.outputs.files().any(|output| inputs::is_same(output, path))
    }

    /// Writes an answer in the formats that were asked for: all are made before the first is written.
    ///
    /// # Errors
    /// Where a format does not fit the answer, or the disk fails.
    pub fn write(&self, answer: &impl Serialize, document: &Document) -> Result<()> {
        self.write_to(self.whom.is_leader(), answer, document)
    }

    /// The same, where the command itself says whether the phase leader reads it.
    ///
    /// # Errors
    /// As for [`Shell::write`].
    pub fn write_to(&self, to_leader: bool, answer: &impl Serialize, document: &Document) -> Result<()> {
        let missing = self.missing.borrow();
        if missing.is_empty() {
            return self.write_whole(answer, document);
        }
        let missing: Vec<String> = missing.iter().map(|unread| says_missing(unread, to_leader)).collect();
        self.write_whole(&IncompleteAnswer { missing: &missing, answer }, &before(document, &missing))
    }

    fn write_whole(&self, answer: &impl Serialize, document: &Document) -> Result<()> {
        if self.outputs.are_printed() {
            return to_screen(&self.outputs.printed(answer, document, self.width)?);
        }
        self.put_files(&self.outputs.made(answer, document, self.width)?, LinkPolicy::Follow)
    }

    /// Prints bytes that are an answer in themselves.
    ///
    /// # Errors
    /// Where the screen, or what stands in its place, cannot be written to.
    pub fn print(&self, bytes: &[u8]) -> Result<()> {
        to_screen(bytes)
    }

    /// Writes text that is an answer in itself.
    ///
    /// # Errors
    /// Where the disk fails.
    pub fn put(&self, text: &str) -> Result<()> {
        match self.outputs.files().next() {
            Some(path) => self.put_file(path, text.as_bytes()),
            None => to_screen(text.as_bytes()),
        }
    }

    /// Writes files into a folder, which is made where it is not there.
    ///
    /// # Errors
    /// Where the disk fails, or one of them is a file that answers come from.
    pub fn put_folder(&self, folder: &Path, files: Vec<(String, Vec<u8>)>) -> Result<()> {
        if inputs::is_same(folder, &self.root) {
            let says = "this is the workspace itself: choose a folder of its own, such as -o notices";
            bail_usage!("{}: {says}", folder.display());
        }
        refuse_input(self.inputs(), folder)?;
        let twice = |(index, (name, _)): &(usize, &(String, Vec<u8>))| {
            files.iter().take(*index).any(|(before, _)| before.to_lowercase() == name.to_lowercase())
        };
        if let Some((_, (name, _))) = files.iter().enumerate().find(twice) {
            let says = "two of the files would be called this; give the person whose id it is another id";
            bail_usage!("{}: {says}", folder.join(name).display());
        }
        make_folder(folder)?;
        let files = files.into_iter().map(|(name, bytes)| (folder.join(name), bytes));
        self.put_files(&files.collect::<Vec<_>>(), LinkPolicy::Refuse)
    }

    /// Writes files, none of which is one that answers come from.
    fn put_files(&self, files: &[(PathBuf, Vec<u8>)], links: LinkPolicy) -> Result<()> {
        files.iter().try_for_each(|(path, _)| refuse_input(self.inputs(), path))?;
        write_outputs(files, links)
    }

    /// Takes files out of a folder of answers, where they are there.
    ///
    /// # Errors
    /// Where the disk fails, or one of them is a file that answers come from.
    pub fn remove_from(&self, folder: &Path, names: &[String]) -> Result<()> {
        for path in names.iter().map(|name| folder.join(name)) {
            refuse_input(self.inputs(), &path)?;
            remove_output(&path)?;
        }
        Ok(())
    }

    /// Shows a document on the screen, next to the files that were written.
    ///
    /// # Errors
    /// Where the screen cannot be written to.
    pub fn show(&self, document: &Document) -> Result<()> {
        to_screen(render::terminal::render(document, self.width).as_bytes())
    }

    /// Writes a further file that was asked for.
    ///
    /// # Errors
    /// Where the disk fails, or the file is one of the workspace's own.
    pub fn put_file(&self, path: &Path, bytes: &[u8]) -> Result<()> {
        self.put_files(&[(path.to_owned(), bytes.to_vec())], LinkPolicy::Follow)
    }

    /// The files that answers come from: this workspace's, and those of the years before.
    fn inputs(&self) -> &InputFiles {
        self.inputs.get_or_init(|| {
            let mut roots = vec![self.root.clone()];
            while let Some(root) = roots.last()
                && let Some(previous) =
                    load::previous_year::folder_name(&Folder::new(root)).map(|name| root.join(name))
                && !roots.iter().any(|root| inputs::is_same(root, &previous))
            {
                roots.push(previous);
            }
            InputFiles::new(&roots, layout::all_files(), layout::FOLDERS)
        })
    }
}

/// Writes to the screen, or to whatever stands in its place; that a reader has enough is no error.
fn to_screen(bytes: &[u8]) -> Result<()> {
    match std::io::stdout().write_all(bytes) {
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        result => result.context("the answer cannot be shown"),
    }
}

/// Refuses an output that is a file that answers come from, there already or not.
fn refuse_input(inputs: &InputFiles, path: &Path) -> Result<()> {
    if inputs.hold(path) {
        anyhow::bail!("{}: this is a file that answers come from; choose another name", path.display());
    }
    Ok(())
}
