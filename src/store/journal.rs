//! A change to one file or several: all of it or none, and what a crash cut short is finished by the next command.
//!
//! Every new text lies on the disk as a draft before the first is put in its place. Where there are several, the journal
//! names them first: from then on the change is made, whatever happens.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use tempfile::NamedTempFile;

use super::atomic_file::{FileEdit, confirm, digest, draft, is_inside, parent, persist, read, sync_folder};
use crate::school::layout::{JOURNAL, is_draft};

const FIRST_LINE: &str = "phase change 1";
const LAST_LINE: &str = "end";

/// Where there is no file, or no draft of one.
const NONE: &str = "none";

/// One file of a change.
struct JournalStep<'c> {
    edit: &'c FileEdit,
    /// Where its bytes go: through a link, to where it leads.
    target: PathBuf,
    /// What it is to hold; none where it is to be gone.
    bytes: Option<Vec<u8>>,
    draft: Option<NamedTempFile>,
}

/// Writes new texts in the places of files: all of them or none. Returns the names of those that changed. The caller holds
/// the lock.
///
/// # Errors
/// Where somebody else has changed one of the files since it was read, or the disk fails. The message says what is true
/// then: mostly that nothing was changed; else which files were.
pub fn commit(root: &Path, changes: &[(FileEdit, String)]) -> Result<Vec<String>> {
    let mut steps: Vec<JournalStep<'_>> = Vec::new();
    for (edit, text) in changes {
        let Some(bytes) = edit.new_content(text) else { continue };
        steps.push(step(edit, bytes).with_context(|| unchanged(&edit.name, changes.len()))?);
    }
    let names: Vec<String> = steps.iter().map(|step| step.edit.name.clone()).collect();
    let folders: BTreeSet<PathBuf> = steps.iter().map(|step| parent(&step.target).to_owned()).collect();
    if steps.len() > 1 {
        announce(root, &steps).with_context(|| unchanged(&names.join(", "), steps.len()))?;
    }
    let several = steps.len() > 1;
    replace_all(root, steps)?;
    let confirmed = confirm(folders.iter().map(PathBuf::as_path), &names.join(", "));
    if several {
        // One that stays is found to be finished by the next command.
        let _ = fs::remove_file(root.join(JOURNAL));
    }
    confirmed?;
    Ok(names)
}

/// That a file, or all of several, is as it was.
fn unchanged(name: &str, of: usize) -> String {
    match of {
        1 => format!("{name}: not written, the old file is as it was"),
        _ => format!("{name}: not written, and no other file was changed"),
    }
}

fn step(edit: &FileEdit, bytes: Option<Vec<u8>>) -> Result<JournalStep<'_>> {
    let target = fs::canonicalize(&edit.path).unwrap_or_else(|_| edit.path.clone());
    fs::create_dir_all(parent(&target)).context("its folder cannot be made")?;
    let draft = bytes.as_deref().map(|bytes| draft(&target, bytes)).transpose()?;
    refuse_changed(edit, &target)?;
    Ok(JournalStep { edit, target, bytes, draft })
}

fn refuse_changed(edit: &FileEdit, target: &Path) -> Result<()> {
    if read(target)? != edit.before {
        bail!("somebody else has changed it since it was read: look at it and try again");
    }
    Ok(())
}

/// Puts every draft in its place; where one fails, those before it are put back.
fn replace_all(root: &Path, steps: Vec<JournalStep<'_>>) -> Result<()> {
    let of = steps.len();
    let mut done: Vec<(&FileEdit, PathBuf, Option<Vec<u8>>)> = Vec::new();
    for JournalStep { edit, target, bytes, draft } in steps {
        let replace = |draft: Option<NamedTempFile>| match draft {
            Some(draft) => persist(draft, &target),
            None => Ok(fs::remove_file(&target)?),
        };
        match refuse_changed(edit, &target).and_then(|()| replace(draft)) {
            Ok(()) => done.push((edit, target, bytes)),
            Err(error) => {
                let back =
                    done.iter().rev().try_for_each(|(edit, target, bytes)| put_back(edit, target, bytes));
                if of > 1 {
                    let _ = fs::remove_file(root.join(JOURNAL));
                }
                if back.is_ok() {
                    return Err(error.context(unchanged(&edit.name, of)));
                }
                let names: Vec<&str> = done.iter().map(|(edit, ..)| edit.name.as_str()).collect();
                return Err(error.context(format!(
                    "{}: not written, but {} was, and cannot be put back: check them before you do this again",
                    edit.name,
                    names.join(", ")
                )));
            }
        }
    }
    Ok(())
}

/// Puts back what a file held before a change that was not finished, unless somebody has changed it since.
fn put_back(edit: &FileEdit, target: &Path, bytes: &Option<Vec<u8>>) -> Result<()> {
    if read(target)? != *bytes {
        bail!("{}: it has been changed since", edit.name);
    }
    match &edit.before {
        Some(before) => persist(draft(target, before)?, target),
        None => Ok(fs::remove_file(target)?),
    }
}

/// Writes the journal, on the disk before anything is changed.
fn announce(root: &Path, steps: &[JournalStep<'_>]) -> Result<()> {
    let mut text = format!("{FIRST_LINE}\n");
    for JournalStep { edit, bytes, draft, .. } in steps {
        let draft = draft.as_ref().map(|draft| draft.path().file_name().and_then(|name| name.to_str()));
        let draft = draft.map_or(NONE, Option::unwrap_or_default);
        let state = |bytes: &Option<Vec<u8>>| bytes.as_deref().map_or(NONE.to_owned(), digest);
        text.push_str(&format!("{}\t{draft}\t{}\t{}\n", edit.name, state(&edit.before), state(bytes)));
    }
    text.push_str(&format!("{LAST_LINE}\n"));
    let path = root.join(JOURNAL);
    persist(draft(&path, text.as_bytes())?, &path)?;
    let confirmed = sync_folder(root).inspect_err(|_| {
        let _ = fs::remove_file(&path);
    });
    Ok(confirmed?)
}

/// One file of a change that was cut short.
struct PendingFile<'j> {
    name: &'j str,
    draft: &'j str,
    before: &'j str,
    after: &'j str,
}

/// The parts of a journal; none of one that is damaged, or names what no change of ours does.
fn parts(text: &str) -> Option<Vec<PendingFile<'_>>> {
    let mut lines = text.lines();
    (lines.next() == Some(FIRST_LINE) && lines.next_back() == Some(LAST_LINE)).then_some(())?;
    lines
        .map(|line| {
            let mut fields = line.split('\t');
            let [name, draft, before, after] = std::array::from_fn(|_| fields.next().unwrap_or_default());
            let is_ours = is_draft(draft) || (draft == NONE && after == NONE);
            (is_inside(name) && is_ours).then_some(PendingFile { name, draft, before, after })
        })
        .collect()
}

/// Finishes a change that was cut short; returns what to say of it. The caller holds the lock.
///
/// # Errors
/// Where the disk fails: the journal then stays.
pub(super) fn finish(root: &Path) -> Result<Vec<String>> {
    let path = root.join(JOURNAL);
    let Some(bytes) = read(&path).with_context(|| format!("{JOURNAL}: it cannot be read"))? else {
        return Ok(Vec::new());
    };
    let text = String::from_utf8(bytes).unwrap_or_default();
    let mut said = Vec::new();
    let parts = parts(&text).unwrap_or_default();
    if parts.is_empty() {
        said.push(format!("{JOURNAL}: removed, it is damaged; check the files that were changed last"));
    }
    let mut folders = BTreeSet::new();
    for part in &parts {
        let done = finish_part(root, part)
            .with_context(|| format!("{}: an earlier change to it cannot be finished", part.name))?;
        said.push(match done {
            FinishedChange::Now => format!("{}: written, an earlier command was cut short before it", part.name),
            FinishedChange::Before => continue,
            FinishedChange::Never => format!(
                "{}: an earlier command was cut short, and it was changed since: check what that command was to write",
                part.name
            ),
        });
        folders.insert(parent(&root.join(part.name)).to_owned());
    }
    confirm(folders.iter().map(PathBuf::as_path), JOURNAL)?;
    fs::remove_file(&path).with_context(|| format!("{JOURNAL}: it cannot be removed"))?;
    Ok(said)
}

enum FinishedChange {
    Now,
    Before,
    Never,
}

fn finish_part(root: &Path, part: &PendingFile<'_>) -> Result<FinishedChange> {
    let path = root.join(part.name);
    let target = fs::canonicalize(&path).unwrap_or(path);
    let new = parent(&target).join(part.draft);
    let state =
        |path: &Path| -> Result<String> { Ok(read(path)?.as_deref().map_or(NONE.to_owned(), digest)) };
    let now = state(&target)?;
    if now == part.after {
        return Ok(FinishedChange::Before);
    }
    if now == part.before && part.after == NONE {
        fs::remove_file(&target)?;
        return Ok(FinishedChange::Now);
    }
    if now == part.before && state(&new)? == part.after {
        fs::rename(&new, &target)?;
        return Ok(FinishedChange::Now);
    }
    Ok(FinishedChange::Never)
}
