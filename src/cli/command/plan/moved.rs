//! `phase moved`: a session was moved.

use anyhow::Result;

use crate::cli::arguments::{self, all_schedules};
use crate::cli::shell::{CommandArgs, CommandNeeds, Outcome, Shell, bail_usage};
use crate::edit::{Edit, sessions};
use crate::plan::schedule::conflicts;
use crate::school::{School, Session, SessionStatus};
use crate::view::plan::schedule::became;

/// Notes that a session was moved
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The session's id, or an end of it that no other has
    id: String,
    /// The date and period it was moved to, such as "2027-01-21 p4"
    #[arg(long, value_name = "SLOT")]
    to: String,
    /// Note it even where it makes a clash
    #[arg(long)]
    anyway: bool,
}

impl CommandArgs for Args {
    const NEEDS: CommandNeeds = CommandNeeds::NO_ANSWER;

    fn run(&self, shell: &Shell) -> Result<Outcome> {
        let (school, (moved, has_clash)) = shell.edit(all_schedules, |school| edit(self, school, shell))?;
        if has_clash && !self.anyway {
            shell.say("nothing was written; choose another time, or say --anyway");
            return Ok(Outcome::Unsettled);
        }
        shell.say(&became(&school, &moved, "moved"));
        Ok(if has_clash { Outcome::Unsettled } else { Outcome::Answered })
    }
}

/// The session at its new time, and whether that makes a clash: then only what was asked for anyway is a change.
fn edit(args: &Args, school: &School, shell: &Shell) -> Result<Edit<(Session, bool)>> {
    let (half_term, session) = arguments::session(school, &args.id)?;
    let when = arguments::slot(school, &args.to)?;
    if let Some(span) = school.set_up.calendar.half_term(half_term)
        && !span.contains(when.date)
    {
        bail_usage!("{when} is not in half term {half_term}: note it as missed, and plan it anew");
    }
    let teachers = if session.kind.is_visit() {
        school.set_up.teachers_visited(&session.classes, &when)
    } else {
        session.teachers.clone()
    };
    let moved = Session {
        when,
        teachers,
        status: SessionStatus::Planned,
        sequence: session.sequence + 1,
        moved_from: session.moved_from.or(session.subject.is_some().then_some(session.when)),
        note: String::new(),
        ..session.clone()
    };
    let reasons = conflicts::in_the_way_of(school, half_term, &moved);
    for reason in &reasons {
        let at = reason.at.as_ref().map_or_else(String::new, |at| format!(" ({at})"));
        shell.say(&format!("{}{at}", reason.says));
    }
    if !reasons.is_empty() && !args.anyway {
        return Ok(Edit::nothing((moved, true)));
    }
    let edit = sessions::agreed(shell.root(), school, half_term, std::slice::from_ref(&moved))?;
    Ok(edit.with((moved, !reasons.is_empty())))
}
