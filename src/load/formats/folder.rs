//! The only reader of files and folders.

use std::collections::BTreeMap;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

use super::diagnostics::Diagnostics;
use super::source::Source;
use crate::diagnostic::{Diagnostic, Place, Severity};
use crate::school::layout;
use crate::text::encoding;

/// The largest file that is read, in MiB.
pub const LARGEST_FILE: u64 = 32;

/// The largest file of results, in MiB: it holds as many rows as may be in it.
pub const LARGEST_RESULTS: u64 = 64;

/// How large a file may be, in MiB.
fn largest(name: &str) -> u64 {
    if name == layout::ASSESSMENTS.file { LARGEST_RESULTS } else { LARGEST_FILE }
}

/// A folder of the user's files.
#[derive(Clone, Debug)]
pub struct Folder {
    root: PathBuf,
    /// Where what is wrong in its files is said.
    pub diagnostics: Diagnostics,
    /// Files that are read as if they held this, or were not there.
    as_if: BTreeMap<String, Option<Vec<u8>>>,
    /// The folders from which this one was named, one from another.
    named_from: Vec<PathBuf>,
}

impl Folder {
    /// The folder at that path.
    pub fn new(root: &Path) -> Self {
        let diagnostics = Diagnostics::default();
        Self { root: root.to_owned(), diagnostics, as_if: BTreeMap::new(), named_from: Vec::new() }
    }

    /// The folder of a file, and the file's name in it.
    pub fn of_file(path: &Path) -> (Self, &str) {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        (Self::new(path.parent().unwrap_or(Path::new(""))), name)
    }

    /// The same, with what is wrong in its files said among others.
    pub fn with(&self, diagnostics: &Diagnostics) -> Self {
        Self { diagnostics: diagnostics.clone(), ..self.clone() }
    }

    /// The same, with files read as if they held something else, or were not there.
    pub fn as_if(self, files: &BTreeMap<String, Option<Vec<u8>>>) -> Self {
        Self { as_if: files.clone(), ..self }
    }

    /// The file with that name; none where there is none.
    ///
    /// # Errors
    /// A diagnostic where it cannot be read: too large, no text, conflict markers, or the disk's word.
    pub fn read(&self, name: &str) -> Result<Option<Source>, Box<Diagnostic>> {
        let diagnostic = |message: String, hint: &str| {
            Box::new(Diagnostic::of_file(Severity::Error, name, message, hint.to_owned()))
        };
        let Some(bytes) = self.bytes(name)? else { return Ok(None) };
        if bytes.starts_with(b"PK\x03\x04") {
            return Err(diagnostic(
                "this is a workbook under the name of a text file".into(),
                "in Excel: Save As, CSV UTF-8",
            ));
        }
        let first_nul = encoding::first_nul(&bytes);
        let Some((text, _)) = encoding::decoded(bytes) else {
            const HINT: &str = "save it again as CSV UTF-8 or as plain text";
            return Err(match first_nul {
                Some((line, column)) => {
                    let message = "this is no text file: a NUL character stands here".to_owned();
                    let whole = Diagnostic::of_file(Severity::Error, name, message, HINT.to_owned());
                    Box::new(Diagnostic { place: Place { line, ..whole.place.clone() }, column, ..whole })
                }
                None => diagnostic("this is no text file".into(), HINT),
            });
        };
        let source = Source::new(name, text).with(&self.diagnostics);
        match conflict_marker(&source) {
            Some(diagnostic) => Err(Box::new(diagnostic)),
            None => Ok(Some(source)),
        }
    }

    /// The file with that name; none where there is none, and where it cannot be read, which is said.
    pub fn source(&self, name: &str) -> Option<Source> {
        self.read(name).map_err(|wrong| self.diagnostics.push(*wrong)).ok().flatten()
    }

    /// The bytes of the file with that name; none where there is none.
    ///
    /// # Errors
    /// A diagnostic where it cannot be read or is too large.
    pub fn bytes(&self, name: &str) -> Result<Option<Vec<u8>>, Box<Diagnostic>> {
        let diagnostic = |message: String, hint: &str| {
            Box::new(Diagnostic::of_file(Severity::Error, name, message, hint.to_owned()))
        };
        if let Some(bytes) = self.as_if.get(name) {
            return Ok(bytes.clone());
        }
        let most = largest(name);
        match read_bounded(&self.root.join(name), most * 1024 * 1024) {
            Ok(Some(bytes)) => Ok(Some(bytes)),
            Ok(None) => Err(diagnostic(
                format!("the file is larger than {most} MiB"),
                "keep one academic year in a workspace",
            )),
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(None),
            Err(error) if is_held(&error) => Err(diagnostic(
                "another program holds this file open".into(),
                "close it in Excel and try again",
            )),
            Err(error) => Err(diagnostic(
                format!("the file cannot be read: {error}"),
                "close it elsewhere and try again",
            )),
        }
    }

    /// The names in one of its folders (`""` for the folder itself), in order; none where there is none.
    ///
    /// # Errors
    /// A diagnostic where there is one and it cannot be listed.
    pub fn list(&self, folder: &str) -> Result<Vec<String>, Box<Diagnostic>> {
        let listed = || -> std::io::Result<Vec<String>> {
            #[allow(clippy::disallowed_methods, reason = "the one place that lists folders")]
            let entries = std::fs::read_dir(self.root.join(folder))?.collect::<std::io::Result<Vec<_>>>()?;
            Ok(entries.into_iter().filter_map(|entry| entry.file_name().into_string().ok()).collect())
        };
        match listed() {
            Ok(names) => Ok(self.with_as_if(folder, names)),
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
                Ok(self.with_as_if(folder, Vec::new()))
            }
            Err(error) => {
                let message = format!("this folder cannot be read: {error}");
                let hint = "see who may open it, and whether the drive is there".to_owned();
                Err(Box::new(Diagnostic::of_file(Severity::Error, folder, message, hint)))
            }
        }
    }

    /// The names in a folder with the files that are read as if they were there, and without those that are not.
    fn with_as_if(&self, folder: &str, mut names: Vec<String>) -> Vec<String> {
        for (file, content) in &self.as_if {
            let (within, name) = file.rsplit_once('/').unwrap_or(("", file));
            if within == folder {
                names.retain(|other| other != name);
                names.extend(content.as_ref().map(|_| name.to_owned()));
            }
        }
        names.sort();
        names
    }

    /// The same; where the folder cannot be listed, that is said.
    pub fn listed(&self, folder: &str) -> Vec<String> {
        self.list(folder).map_err(|wrong| self.diagnostics.push(*wrong)).unwrap_or_default()
    }

    /// The same, where it is shown elsewhere that a folder cannot be listed.
    pub fn names(&self, folder: &str) -> Vec<String> {
        self.list(folder).unwrap_or_default()
    }

    /// Another folder, named from this one.
    pub fn join(&self, path: &str) -> Folder {
        let mut named_from = self.named_from.clone();
        named_from.push(self.real());
        Folder { named_from, ..Folder::new(&self.root.join(path)) }
    }

    /// Whether it is one of the folders from which it was named.
    pub fn leads_back(&self) -> bool {
        self.named_from.contains(&self.real())
    }

    fn real(&self) -> PathBuf {
        let root = if self.root.as_os_str().is_empty() { Path::new(".") } else { &self.root };
        root.canonicalize().unwrap_or_else(|_| root.to_owned())
    }

    /// Whether what a link names is there: a file or folder, named from this one; none of an address, of
    /// which that cannot be known.
    pub fn has(&self, link: &str) -> Option<bool> {
        let is_address = link.contains("://") || link.starts_with("mailto:") || link.starts_with("www.");
        (!is_address).then(|| std::fs::metadata(self.root.join(link)).is_ok())
    }

    /// The drafts that a command left here when it was cut short, by their names with `/` between folders.
    pub fn drafts(&self) -> Vec<String> {
        let whole = |folder: &str, name: &str| {
            if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
        };
        let mut folders = vec![String::new()];
        for folder in layout::FOLDERS {
            folders.push((*folder).to_owned());
            folders.extend(self.names(folder).iter().map(|inner| whole(folder, inner)));
        }
        let within = |folder: &String| {
            let names = self.names(folder).into_iter().filter(|name| layout::is_draft(name));
            names.map(|name| whole(folder, &name)).collect::<Vec<_>>()
        };
        let mut drafts: Vec<String> = folders.iter().flat_map(within).collect();
        drafts.sort();
        drafts
    }

    /// Whether there is such a folder.
    pub fn exists(&self) -> bool {
        self.root.is_dir()
    }
}

/// The ending of a file's name, in small letters; empty where it has none.
pub fn ending(path: &Path) -> String {
    path.extension().and_then(|ending| ending.to_str()).unwrap_or_default().to_lowercase()
}

/// Whether another program has a file open for itself alone, as Excel does on Windows: a sharing or
/// lock violation (Microsoft, System Error Codes, 32 and 33).
pub fn is_held(error: &std::io::Error) -> bool {
    cfg!(windows) && matches!(error.raw_os_error(), Some(32 | 33))
}

/// A file's bytes; none where there are more than `most`. A file that another program holds is waited for a little.
fn read_bounded(path: &Path, most: u64) -> std::io::Result<Option<Vec<u8>>> {
    for pause in [20, 100, 300] {
        match read_once(path, most) {
            Err(error) if is_held(&error) => {
                std::thread::sleep(std::time::Duration::from_millis(pause));
            }
            read => return read,
        }
    }
    read_once(path, most)
}

fn read_once(path: &Path, most: u64) -> std::io::Result<Option<Vec<u8>>> {
    // A pipe or a device would be waited for without end.
    if !path.metadata()?.is_file() {
        return Err(std::io::Error::other("it is no plain file"));
    }
    #[allow(clippy::disallowed_methods, reason = "the one place that reads files")]
    let file = std::fs::File::open(path)?;
    let length = file.metadata()?.len().min(most + 1);
    let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or(0));
    file.take(most + 1).read_to_end(&mut bytes)?;
    Ok((bytes.len() as u64 <= most).then_some(bytes))
}

/// The first line that git left in a file when two versions could not be joined.
fn conflict_marker(source: &Source) -> Option<Diagnostic> {
    let mut start = 0;
    for line in source.text.split_inclusive('\n') {
        if line.starts_with("<<<<<<< ") || line.starts_with(">>>>>>> ") {
            let message = "two versions of this file were joined and left a conflict here".to_owned();
            let hint = "keep one of the two and delete the marker lines".to_owned();
            return Some(source.diagnostic(
                Severity::Error,
                &(start..start + line.trim_end().len()),
                message,
                hint,
            ));
        }
        start += line.len();
    }
    None
}
