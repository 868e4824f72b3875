//! `phase missed`: a session did not take place.

use anyhow::Result;

use crate::cli::arguments::{self, all_schedules};
use crate::cli::shell::{CommandArgs, CommandNeeds, Outcome, Shell, bail_usage};
use crate::edit::sessions;
use crate::load::records::reader;
use crate::privacy::concerns::{ConcernCheck, RefusedText};
use crate::school::{Session, SessionStatus};
use crate::view::of_phase_led;
use crate::view::plan::schedule::became;

/// Notes that a session did not take place, and why
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The session's id, or an end of it that no other has
    id: String,
    /// Why it did not
    #[arg(long)]
    why: String,
}

impl CommandArgs for Args {
    const NEEDS: CommandNeeds = CommandNeeds::NO_ANSWER;

    fn run(&self, shell: &Shell) -> Result<Outcome> {
        if self.why.trim().is_empty() {
            bail_usage!("--why: say why it did not take place");
        }
        let (school, (half_term, missed)) = shell.edit(all_schedules, |school| {
            if ConcernCheck::new(&school.settings.safeguarding.phrases).is_concern(&self.why) {
                let wrong = reader::refusal(school, RefusedText::Concern);
                bail_usage!("--why: {}; nothing was written: {}", wrong.message, wrong.hint);
            }
            let (half_term, session) = arguments::session(school, &self.id)?;
            if session.when.date > shell.today {
                let hint =
                    "say who is away (phase absent), or plan it anew (phase schedule --replan --forbid …)";
                bail_usage!("{} is not until {}: {hint}", session.id, session.when);
            }
            let missed = Session {
                status: SessionStatus::Missed,
                sequence: session.sequence + 1,
                note: self.why.trim().to_owned(),
                ..session.clone()
            };
            let edit = sessions::agreed(shell.root(), school, half_term, std::slice::from_ref(&missed))?;
            Ok(edit.with((half_term, missed)))
        })?;
        let school = &school;
        // In a half term that is over nothing can be planned any more.
        let is_over = school.set_up.calendar.half_term(half_term).is_some_and(|span| span.to < shell.today);
        let next = match is_over {
            true => String::new(),
            false => {
                let of = of_phase_led(school, &missed.owner);
                format!("; phase schedule{of} --half-term {half_term} --replan plans what is left anew")
            }
        };
        shell.say(&format!("{}{next}", became(school, &missed, "missed")));
        Ok(Outcome::Answered)
    }
}
