//! `phase clashes`: what cannot be in the schedules as sent in, and what fixes it.

use anyhow::{Context, Result};

use crate::cli::arguments;
use crate::cli::shell::{CommandArgs, CommandNeeds, Outcome, Shell};
use crate::{plan, view};

/// Tells every clash in the schedules as handed in, and what mends it
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The half term: 1 to 6, or autumn-1 to summer-2 (default: the next)
    #[arg(long, value_name = "N")]
    pub(crate) half_term: Option<String>,
    /// Tell what could be better otherwise, one by one
    #[arg(long)]
    all: bool,
}

impl CommandArgs for Args {
    const NEEDS: CommandNeeds = CommandNeeds::OF_YEARS;

    fn run(&self, shell: &Shell) -> Result<Outcome> {
        let (ref school, number) = arguments::load_for(shell, self.half_term.as_deref(), false)?;
        let answer = plan::clashes(school, number, shell.today).context("there is no such half term")?;
        shell.write(&answer, &view::plan::clashes::document(school, &answer, self.all))?;
        Ok(if answer.hard() > 0 { Outcome::Unsettled } else { Outcome::Answered })
    }
}
