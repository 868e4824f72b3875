//! The command line: one file a command, an `Args` and a short `run` each.

mod arguments;
pub mod command;
pub mod options;
pub mod outcome;
pub mod shell;

use std::path::Path;
use std::process::ExitCode;

use clap::{CommandFactory, Parser};

use crate::cli::command::Command;
use crate::cli::command::begin::status;
use crate::cli::options::Options;
use crate::cli::shell::refusal::{ErrorsShown, NOT_SHOWN, say};
use crate::cli::shell::{Outcome, Shell, UsageError, output};
use crate::load::formats::values;
use crate::privacy::concerns::ConcernCheck;

/// The commands as the help groups them; a test holds it against the commands there are.
const GROUPS: &str = "\
Begin
  init         Sets up a workspace, by asking, and plans its coming half term
  check        Tells every fault in the workspace
  status       Shows where things stand today; phase alone does the same
  ask          Asks for the few rows that would make the answers better
  new-year     Lays down next year's folder from this one
  undo         Undoes the last change
  forget       Takes a pupil out of every file
  completions  Writes a completion script for a shell

Plan
  schedule     Plans a half term's monitoring without a clash
  clashes      Tells every clash in the schedules as handed in, and what mends it
  import       Takes in a marksheet, a filled form, or a calendar
  held         Notes that a session took place
  missed       Notes that a session did not take place, and why
  moved        Notes that a session was moved
  absent       Notes that somebody is away

Judge
  record       Adds a piece of evidence: by flags, by asking, or from a filled form
  evaluate     Brings the evidence together into grades, beside what you judge
  form         Makes a form to take along, or for subject leaders to plan on
  moderate     Compares subject leaders' first views with yours
  practice     Shows where practice is strong and weak, and who offers to be visited
  frameworks   Lists the inspection frameworks, or shows one

Track
  trajectory   Shows each subject against its path, and what is significantly off it
  gaps         Sets groups of pupils against each other, and against where they began
  causes       Shows where a subject's shortfall lies, and what may be behind it

Improve
  objectives   Shows where each objective stands, from the records themselves
  actions      Lists what is to be done, and what changed since; adds to it
  duties       Shows each responsibility of the post, and when it was last shown
  log          Lists what happened, and adds to it

Hand over
  notify       Makes the notices and calendars to send, and the headteacher's copy
  report       Puts a report together: end-of-term, provision, headteacher and others";

const TEMPLATE: &str = "{about}\n\n{usage-heading} {usage}{after-help}\n\nOptions:\n{options}\n";

/// Plans the monitoring of a primary school's phase leader, from plain files.
#[derive(Debug, Parser)]
#[command(name = "phase", version, after_help = GROUPS, help_template = TEMPLATE)]
pub struct Cli {
    #[command(flatten)]
    options: Options,
    /// What is asked; where things stand today, where nothing is.
    #[command(subcommand)]
    command: Option<Command>,
}

impl Cli {
    fn parts(self) -> (Options, Command) {
        (self.options, self.command.unwrap_or(Command::Status(status::Args {})))
    }
}

/// Runs the program.
pub fn main() -> ExitCode {
    std::panic::set_hook(Box::new(|diagnostic| {
        // Where the program was built is nobody's business.
        let payload = diagnostic.payload();
        let what = payload.downcast_ref::<&str>().copied();
        let what = what.or_else(|| payload.downcast_ref::<String>().map(String::as_str)).unwrap_or("unknown");
        let file = diagnostic.location().and_then(|at| Path::new(at.file()).file_name()?.to_str());
        let line = diagnostic.location().map_or(0, std::panic::Location::line);
        let at = file.map_or(String::new(), |file| format!(" ({file}, line {line})"));
        say(&format!("phase: a fault of the program, not of your files: {what}{at}"));
        std::process::exit(1);
    }));
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) if ConcernCheck::new(&[]).is_concern(&error.to_string()) => {
            say(NOT_SHOWN);
            return ExitCode::from(2);
        }
        Err(error) => {
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { 2 } else { 0 });
        }
    };
    let (options, command) = cli.parts();
    if output::are_said_twice(std::env::args_os(), options.output.len()) {
        say("phase: -o stands before the command and after it: say each after it");
        return ExitCode::from(2);
    }
    let ended = Shell::new(&options, &command.needs()).and_then(|shell| {
        let ended = command.run(&shell, Cli::command);
        ended.map_err(|error| shell.with_what_was_written(error))
    });
    match ended {
        Ok(Outcome::Answered) => ExitCode::from(0),
        Ok(Outcome::Faulty) => ExitCode::from(1),
        Ok(Outcome::Unsettled) => ExitCode::from(3),
        Err(error) if error.is::<ErrorsShown>() => ExitCode::from(1),
        Err(error) => {
            let says = format!("phase: {error:#}");
            // A refusal says the school's route; nothing else may show what was typed.
            let is_shown = says.contains(values::UNSHOWN) || !ConcernCheck::new(&[]).is_concern(&says);
            say(if is_shown { &says } else { NOT_SHOWN });
            ExitCode::from(if error.is::<UsageError>() { 2 } else { 1 })
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::{Cli, GROUPS};

    #[test]
    fn the_help_names_every_command_and_no_other() {
        let mut listed: Vec<&str> = GROUPS
            .lines()
            .filter(|line| line.starts_with("  "))
            .filter_map(|line| line.split_whitespace().next())
            .collect();
        let command = Cli::command();
        let mut known: Vec<&str> = command.get_subcommands().map(clap::Command::get_name).collect();
        listed.sort_unstable();
        known.sort_unstable();
        assert_eq!(listed, known);
    }

    #[test]
    fn the_command_line_is_sound() {
        Cli::command().debug_assert();
    }
}
