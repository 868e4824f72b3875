//! `phase held`: a session took place.

use anyhow::Result;

use super::shell::Shell;
use super::usage::Usage;
use super::{Ended, words};
use crate::school::sessions::{Session, SessionStatus};
use crate::store::published;
use crate::view::plan::schedule::became;

/// Notes that a session took place
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The session's id, or an end of it that no other has
    id: String,
}

pub(super) fn run(args: &Args, shell: &Shell) -> Result<Ended> {
    let _lock = shell.lock()?;
    let school = words::load_all(shell)?;
    let (half_term, session) = words::session(school, &args.id)?;
    if session.when.date > shell.today {
        return Err(Usage(format!("{} is not until {}", session.id, session.when)).into());
    }
    let held = Session { status: SessionStatus::Held, note: String::new(), ..session.clone() };
    shell.commit(&[published::with_session(shell.root(), school, half_term, &held)?])?;
    shell.say(&became(school, &held, "held"));
    Ok(Ended::Answered)
}
