//! `phase check`: every error in the workspace.

use anyhow::Result;

use crate::cli::shell::{CommandArgs, CommandNeeds, Outcome, OutputKind, Shell};
use crate::diagnostic::Severity;
use crate::view::diagnostics;

/// Tells every fault in the workspace
#[derive(Debug, clap::Args)]
pub(crate) struct Args {}

impl CommandArgs for Args {
    const NEEDS: CommandNeeds = CommandNeeds { writes: OutputKind::File, ..CommandNeeds::USUAL };

    fn run(&self, shell: &Shell) -> Result<Outcome> {
        let loaded = shell.read();
        let diagnostics = &loaded.diagnostics;
        if shell.is_screen() {
            let drawn = diagnostics::drawn(diagnostics, shell.colour());
            shell.put(&format!("{drawn}{}\n", diagnostics::summary(diagnostics, loaded.files)))?;
        } else {
            shell.write(
                &diagnostics::answer(diagnostics, loaded.files),
                &diagnostics::document(diagnostics, loaded.files),
            )?;
        }
        let wrong = diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error);
        Ok(if wrong { Outcome::Faulty } else { Outcome::Answered })
    }
}
