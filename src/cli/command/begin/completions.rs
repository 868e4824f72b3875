//! `phase completions`: a completion script for a shell.

use anyhow::Result;

/// Writes a completion script for a shell
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The shell
    shell: clap_complete::Shell,
}

impl CommandArgs for Args {
    const NEEDS: CommandNeeds = CommandNeeds {
        workspace: WorkspaceNeed::Unneeded,
        writes: OutputKind::File,
        formats: &[Format::Terminal],
        ..CommandNeeds::USUAL
    };

    fn run(&self, shell: &Shell) -> Result<Outcome> {
        let mut parser = (shell.parser)();
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut parser, "phase", &mut script);
        shell.put(&String::from_utf8_lossy(&script))?;
        Ok(Outcome::Answered)
    }
}
use crate::cli::shell::{CommandArgs, CommandNeeds, Format, Outcome, OutputKind, Shell, WorkspaceNeed};
