//! `phase held`: a session took place.

use anyhow::Result;

use crate::cli::arguments::{self, all_schedules};
use crate::cli::shell::{CommandArgs, CommandNeeds, Outcome, Shell, bail_usage};
use crate::edit::sessions;
use crate::school::{Session, SessionStatus};
use crate::view::plan::schedule::became;

/// Notes that a session took place
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The session's id, or an end of it that no other has
    id: String,
}

impl CommandArgs for Args {
    const NEEDS: CommandNeeds = CommandNeeds::NO_ANSWER;

    fn run(&self, shell: &Shell) -> Result<Outcome> {
        let (school, held) = shell.edit(all_schedules, |school| {
            let (half_term, session) = arguments::session(school, &self.id)?;
            if session.when.date > shell.today {
                bail_usage!("{} is not until {}", session.id, session.when);
            }
            let held = Session { status: SessionStatus::Held, note: String::new(), ..session.clone() };
            sessions::changed(shell.root(), school, half_term, held)
        })?;
        shell.say(&became(&school, &held, "held"));
        Ok(Outcome::Answered)
    }
}
