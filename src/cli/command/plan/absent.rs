//! `phase absent`: somebody is away.

use anyhow::Result;

use crate::cli::arguments::{self, all_schedules};
use crate::cli::shell::{CommandArgs, CommandNeeds, Outcome, Shell, bail_usage};
use crate::edit;
use crate::load::formats::times;
use crate::plan::schedule::context::taking_place;
use crate::school::layout;
use crate::view::plan::schedule::affected;

/// Notes that somebody is away
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Who: an id or a name
    staff: String,
    /// The first day
    pub(crate) from: String,
    /// The last day (default: the first)
    to: Option<String>,
}

impl CommandArgs for Args {
    const NEEDS: CommandNeeds = CommandNeeds::NO_ANSWER;

    fn run(&self, shell: &Shell) -> Result<Outcome> {
        let (school, (person, from, to)) = shell.edit(all_schedules, |school| {
            let person = arguments::person(school, &self.staff)?;
            let from = times::date(&self.from)?;
            let to = self.to.as_deref().map_or(Ok(from), times::date)?;
            if to < from {
                bail_usage!("the last day lies before the first");
            }
            let days = match from == to {
                true => vec![("date", from.to_string())],
                false => vec![("from", from.to_string()), ("to", to.to_string())],
            };
            let row = [("staff", person.to_string()), ("status", "off".to_owned())].into_iter().chain(days);
            edit::set_up::rows(
                shell.root(),
                school,
                &layout::AVAILABILITY,
                &[row.collect()],
                (person, from, to),
            )
        })?;
        let school = &school;
        let sessions: Vec<_> = (1..=6)
            .flat_map(|number| taking_place(school, number).into_iter().map(move |session| (number, session)))
            .filter(|(_, session)| {
                (from..=to).contains(&session.when.date) && session.people().any(|other| *other == person)
            })
            .collect();
        shell.say(&affected(school, &person, from, to, &sessions));
        Ok(Outcome::Answered)
    }
}
