//! `phase form`: a form to take along or to fill in.

use anyhow::{Context, Result};

use super::shell::Shell;
use super::{Ended, words};
use crate::plan::handing_in::handing_in;
use crate::report;

/// Makes a form: schedule, for subject leaders to plan on
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The kind of form
    kind: Kind,
    /// The half term: 1 to 6, or autumn-1 to summer-2 (default: the next)
    #[arg(long, value_name = "N")]
    half_term: Option<String>,
    /// The subject it is for (default: any, named in each row)
    #[arg(long, short, value_name = "SUBJECT")]
    subject: Option<String>,
}

/// The kinds of form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Kind {
    /// For subject leaders to plan their five task areas on; -o FILE.xlsx makes a workbook to fill in
    Schedule,
}

pub(super) fn run(args: &Args, shell: &Shell) -> Result<Ended> {
    let Kind::Schedule = args.kind;
    let (school, number) = words::load_for(shell, args.half_term.as_deref(), false)?;
    let half_term = school.calendar.half_term(number).context("the half term has no dates")?;
    let subject = args.subject.as_deref().map(|text| words::subject(&school, text)).transpose()?;
    let phase = words::phase_meant(&school, shell)?;
    let form = handing_in(&school, phase, half_term, subject.as_ref(), shell.today);
    shell.write(&form, &report::handing_in::document(&school, &form))?;
    Ok(Ended::Answered)
}
