//! The last edit, kept so that it can be taken back: what each of its files held before, and what it holds since.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use super::atomic_file::{FileEdit, digest, draft, is_inside, persist, read, sync_folder};
use crate::school::layout::UNDO;

const FIRST_LINE: &str = "phase undo 1";
const LAST_LINE: &str = "end";

/// Where nothing stood, or nothing is to stand.
const NONE: &str = "none";

/// Keeps what files hold, before an edit changes them; of an edit that changes nothing, nothing. The caller holds the
/// lock.
///
/// # Errors
/// Where the disk fails.
pub fn keep(root: &Path, changes: &[(FileEdit, String)]) -> Result<()> {
    let mut head = format!("{FIRST_LINE}\n");
    let mut before: Vec<u8> = Vec::new();
    for (edit, text) in changes {
        let Some(after) = edit.new_content(text) else { continue };
        let length = edit.before.as_ref().map_or(NONE.to_owned(), |bytes| bytes.len().to_string());
        let after = after.as_deref().map_or(NONE.to_owned(), digest);
        head.push_str(&format!("{}\t{length}\t{after}\n", edit.name));
        before.extend(edit.before.iter().flatten());
    }
    if head.lines().count() == 1 {
        return Ok(());
    }
    head.push_str(&format!("{LAST_LINE}\n"));
    let path = root.join(UNDO);
    persist(draft(&path, &[head.into_bytes(), before].concat())?, &path)?;
    Ok(sync_folder(root)?)
}

/// Forgets the last edit: what it holds is to be gone.
///
/// # Errors
/// Where the disk fails.
pub fn forget(root: &Path) -> Result<()> {
    match fs::remove_file(root.join(UNDO)) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("{UNDO}: it cannot be removed"))
        }
        _ => Ok(()),
    }
}

/// The files of the last edit with what they held before it.
///
/// # Errors
/// Where there is none, one of its files has been changed since, or it cannot be read.
pub fn last(root: &Path) -> Result<Vec<(FileEdit, String)>> {
    let kept = read(&root.join(UNDO)).with_context(|| format!("{UNDO}: it cannot be read"))?;
    let Some(kept) = kept else { bail!("there is nothing to undo") };
    let (files, mut before) = parts(&kept).with_context(|| format!("{UNDO}: it is damaged"))?;
    let mut edits = Vec::new();
    for (name, length, after) in files {
        let now = read(&root.join(name)).with_context(|| format!("{name}: the file cannot be read"))?;
        if now.as_deref().map_or(NONE.to_owned(), digest) != after {
            bail!("{name}: somebody has changed it since; nothing was undone");
        }
        let bytes = match length {
            None => None,
            Some(length) => {
                let (own, rest) =
                    before.split_at_checked(length).with_context(|| format!("{UNDO}: it is damaged"))?;
                before = rest;
                Some(own.to_vec())
            }
        };
        edits.push(FileEdit::put_back(root, name, bytes)?);
    }
    Ok(edits)
}

/// A file of an edit: its name, how long it was before, and the digest of what it holds since.
type KeptFile<'k> = (&'k str, Option<usize>, &'k str);

/// The files that are kept, and what they held; none where that is damaged.
fn parts(kept: &[u8]) -> Option<(Vec<KeptFile<'_>>, &[u8])> {
    let end = format!("\n{LAST_LINE}\n");
    let length = kept.windows(end.len()).position(|window| window == end.as_bytes())?;
    let (head, before) = (kept.get(..length)?, kept.get(length + end.len()..)?);
    let head = std::str::from_utf8(head).ok()?.strip_prefix(FIRST_LINE)?;
    let file = |line| {
        let fields: Vec<&str> = str::split(line, '\t').collect();
        let [name, length, after] = fields.as_slice() else { return None };
        if !is_inside(name) {
            return None;
        }
        let length = if *length == NONE { None } else { Some(length.parse().ok()?) };
        Some((*name, length, *after))
    };
    Some((head.lines().filter(|line| !line.is_empty()).map(file).collect::<Option<Vec<_>>>()?, before))
}
