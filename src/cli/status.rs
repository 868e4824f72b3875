//! `phase` and `phase status`: where things stand today.

use anyhow::Result;

use super::shell::Shell;
use super::{Ended, words};
use crate::overview::status::status;
use crate::view;

/// Shows where things stand today: what is next, late, due, and to be watched (phase alone does the same)
#[derive(Debug, clap::Args)]
pub(super) struct Args {}

pub(super) fn run(shell: &Shell) -> Result<Ended> {
    let (school, faults) = shell.load_as_it_is()?;
    shell.whom.audience(school)?;
    let phase = words::phase_meant(school, shell)?;
    let answer = status(school, phase, &faults, shell.today);
    shell.write(&answer, &view::overview::status::document(school, &answer))?;
    Ok(Ended::Answered)
}
