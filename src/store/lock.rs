//! The lock that one writing command holds on a workspace at a time.

use std::fs::{File, TryLockError};
use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result, bail};

use super::{journal, leftovers};
use crate::school::layout::LOCK;

/// How often a lock that another command holds is tried, and how long is waited before each further try: two seconds in
/// all.
const TRIES: u32 = 200;
const PAUSE: Duration = Duration::from_millis(10);

/// While it lives, no other `phase` writes to the workspace.
#[derive(Debug)]
pub struct Lock {
    _file: File,
    /// What an earlier command had left half done, and is done now: to be said.
    pub cleared: Vec<String>,
}

/// Takes the workspace's lock; then finishes the change, and removes the drafts, of a command that was cut short.
///
/// # Errors
/// Where another `phase` holds the lock for two seconds, the folder cannot be written to, or a change that was cut short
/// cannot be finished.
pub fn lock(root: &Path) -> Result<Lock> {
    let file = File::options().create(true).truncate(false).write(true).open(root.join(LOCK));
    let file = file.with_context(|| format!("{}: this folder cannot be written to", root.display()))?;
    let mut tries = TRIES;
    loop {
        match file.try_lock() {
            Ok(()) => break,
            Err(TryLockError::WouldBlock) if tries > 0 => {
                tries -= 1;
                std::thread::sleep(PAUSE);
            }
            Err(TryLockError::WouldBlock) => {
                bail!("another phase is still writing to {}; nothing was changed: try again", root.display())
            }
            Err(TryLockError::Error(error)) => {
                return Err(error)
                    .with_context(|| format!("{}: this folder cannot be locked", root.display()));
            }
        }
    }
    let mut cleared = journal::finish(root)?;
    cleared.extend(leftovers::clear_workspace(root));
    Ok(Lock { _file: file, cleared })
}
