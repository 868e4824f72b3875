//! `phase undo`: the last change undone.

use anyhow::Result;

use crate::cli::shell::{CommandArgs, CommandNeeds, FilesNeeded, Outcome, Shell};
use crate::edit::Edit;
use crate::school::School;
use crate::store::atomic_file::FileEdit;
use crate::store::undo;

/// Undoes the last change
#[derive(Debug, clap::Args)]
pub(crate) struct Args {}

impl CommandArgs for Args {
    const NEEDS: CommandNeeds = CommandNeeds::NO_ANSWER;

    fn run(&self, shell: &Shell) -> Result<Outcome> {
        let last = |_: &School| {
            let files = undo::last(shell.root())?;
            let says = |(file, _): &(FileEdit, String)| match file.as_if("") {
                Some(_) => format!("{} is as it was before", file.name),
                None => format!("{} is removed, as it was not there before", file.name),
            };
            let answer = files.iter().map(says).collect::<Vec<_>>().join("; ");
            Ok(Edit { files, answer })
        };
        let (_, says) = shell.edit(|_| Ok(FilesNeeded::SetUp), last)?;
        let would = if shell.dry_run { "would undo" } else { "undone" };
        shell.say(&format!("{would}: {says}"));
        Ok(Outcome::Answered)
    }
}
