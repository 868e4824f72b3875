//! `phase` and `phase status`: where things stand today.

use anyhow::Result;

use crate::cli::arguments;
use crate::cli::shell::{CommandArgs, CommandNeeds, Outcome, Shell};
use crate::overview::status::status;
use crate::view;

/// Shows where things stand today; phase alone does the same
#[derive(Debug, clap::Args)]
pub(crate) struct Args {}

impl CommandArgs for Args {
    const NEEDS: CommandNeeds = CommandNeeds::OF_YEARS;

    fn run(&self, shell: &Shell) -> Result<Outcome> {
        let (ref school, diagnostics) = shell.load_as_it_is()?;
        shell.whom.audience(school)?;
        let phase = arguments::phase_meant(school, shell)?;
        let answer = status(school, phase, &diagnostics, shell.today);
        shell.write(&answer, &view::overview::status::document(school, &answer))?;
        Ok(Outcome::Answered)
    }
}
