//! `phase practice`: where practice is strong and weak, and who offers to show what.

use anyhow::{Context, Result};

use crate::cli::arguments;
use crate::cli::arguments::audience::AudienceWord;
use crate::cli::shell::{CommandArgs, CommandNeeds, FilesNeeded, Outcome, Shell};
use crate::{judge, view};

/// Shows where practice is strong and weak, and who offers to be visited
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The half term at whose end is judged (default: the present one)
    #[arg(long, value_name = "N")]
    pub(crate) half_term: Option<String>,
}

impl CommandArgs for Args {
    const NEEDS: CommandNeeds = CommandNeeds::OF_YEARS.for_whom(AudienceWord::ALL);

    fn run(&self, shell: &Shell) -> Result<Outcome> {
        let school = &shell.load(|_| Ok(FilesNeeded::Evidence))?;
        let audience = shell.whom.audience(school)?;
        let phase = arguments::phase_meant(school, shell)?;
        let half_term = arguments::present(school, self.half_term.as_deref(), shell.today)?;
        let practice = judge::practice::practice(school, &phase.id, half_term, shell.today)
            .context("the framework cannot be read")?
            .shown_to(school, &audience);
        shell.write(&practice, &view::judge::practice::document(school, &practice))?;
        Ok(Outcome::Answered)
    }
}
