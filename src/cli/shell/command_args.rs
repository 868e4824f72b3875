//! What every command is: its flags, what it needs of the shell, and what it does.

use anyhow::Result;

use super::needs::CommandNeeds;
use super::{Outcome, Shell};

/// The flags of a command.
pub(crate) trait CommandArgs {
    /// What the command needs, however it is asked.
    const NEEDS: CommandNeeds = CommandNeeds::USUAL;

    /// What it needs, asked as it is.
    fn needs(&self) -> CommandNeeds {
        Self::NEEDS
    }

    /// Does what is asked, and answers.
    ///
    /// # Errors
    /// Where what is asked makes no sense, the records have errors, or the disk fails.
    fn run(&self, shell: &Shell) -> Result<Outcome>;
}
