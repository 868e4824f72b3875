//! `phase absent`: somebody is away.

use anyhow::Result;

use super::shell::{Shell, Usage};
use super::{Ended, words};
use crate::load::form;
use crate::plan::setting::taking_place;
use crate::report::schedule::affected;
use crate::store::{availability, file};

/// Notes that somebody is away
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Who: an id or a name
    staff: String,
    /// The first day
    from: String,
    /// The last day (default: the first)
    to: Option<String>,
}

pub(super) fn run(args: &Args, shell: &Shell) -> Result<Ended> {
    let _lock = file::lock(shell.root())?;
    let draft = file::Draft::open(shell.root(), "availability.csv")?;
    let school = words::load_all(shell)?;
    let person = words::person(&school, &args.staff)?;
    let from = form::date(&args.from).map_err(words::usage)?;
    let to = args.to.as_deref().map_or(Ok(from), form::date).map_err(words::usage)?;
    if to < from {
        return Err(Usage("the last day lies before the first".to_owned()).into());
    }
    draft.replace(&availability::absent(&draft.text, &person, from, to))?;
    let sessions: Vec<_> = (1..=6)
        .flat_map(|number| taking_place(&school, number).into_iter().map(move |session| (number, session)))
        .filter(|(_, session)| {
            (from..=to).contains(&session.when.date) && session.people().any(|other| *other == person)
        })
        .collect();
    shell.say(&affected(&school, &person, from, to, &sessions));
    Ok(Ended::Answered)
}
