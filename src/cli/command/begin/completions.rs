//! `phase completions`: a completion script for a shell.

use anyhow::Result;

use crate::cli::shell::{Outcome, Shell};

/// Writes a completion script for a shell
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The shell
    shell: clap_complete::Shell,
}

pub(crate) fn run(args: &Args, shell: &Shell, mut parser: clap::Command) -> Result<Outcome> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut parser, "phase", &mut script);
    shell.put(&String::from_utf8_lossy(&script))?;
    Ok(Outcome::Answered)
}
