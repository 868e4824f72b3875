//! The command line: one file a command, an `Args` and a short `run` each.

mod arguments;
pub mod command;
pub mod options;
pub mod outcome;
pub mod shell;

use std::path::Path;
use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches, Parser};

use crate::cli::command::begin::status;
use crate::cli::command::{Command, GROUPS};
use crate::cli::options::Options;
use crate::cli::shell::format::one_of;
use crate::cli::shell::needs::OutputKind;
use crate::cli::shell::refusal::{ErrorsShown, NOT_SHOWN, say};
use crate::cli::shell::{Outcome, Shell, UsageError, output};
use crate::load::formats::values;
use crate::privacy::concerns::ConcernCheck;

const TEMPLATE: &str = "{about}\n\n{usage-heading} {usage}{after-help}\n\nOptions:\n{options}\n";

/// Plans the monitoring of a primary school's phase leader, from plain files.
#[derive(Debug, Parser)]
#[command(name = "phase", version, help_template = TEMPLATE)]
pub struct Cli {
    #[command(flatten)]
    options: Options,
    /// What is asked; where things stand today, where nothing is.
    #[command(subcommand)]
    command: Option<Command>,
}

impl Cli {
    fn parts(self) -> (Options, Command) {
        (self.options, self.command.unwrap_or_else(|| Command::Status(Box::new(status::Args {}))))
    }
}

/// The whole command line; its help lists the commands by group, and that of each says how it answers.
pub(crate) fn parser() -> clap::Command {
    let mut parser = Cli::command();
    let commands: Vec<(String, String)> = parser
        .get_subcommands()
        .map(|command| {
            (command.get_name().to_owned(), command.get_about().map(ToString::to_string).unwrap_or_default())
        })
        .collect();
    let mut left = commands.iter();
    let mut help = Vec::new();
    for (group, needs) in GROUPS {
        let mut lines = vec![(*group).to_owned()];
        for (needs, (name, about)) in needs.iter().zip(left.by_ref()) {
            lines.push(format!("  {name:<11}  {about}"));
            let says = match needs.writes {
                OutputKind::Nothing => "It says what it did, and answers in no format.".to_owned(),
                _ => format!("It answers as {}.", one_of(needs.formats.iter().map(|format| format.word()))),
            };
            parser = parser.mut_subcommand(name, |command| command.after_help(says));
        }
        help.push(lines.join("\n"));
    }
    parser.after_help(help.join("\n\n"))
}

/// Reads the command line.
fn parsed() -> Result<Cli, clap::Error> {
    let mut parser = parser();
    let mut matches = parser.try_get_matches_from_mut(std::env::args_os())?;
    Cli::from_arg_matches_mut(&mut matches).map_err(|error| error.format(&mut parser))
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
    let cli = match parsed() {
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
    let ended = Shell::new(&options, &command.needs(), parser).and_then(|shell| {
        let ended = command.run(&shell);
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
            ExitCode::from(if error.is::<UsageError>() || error.is::<values::ValueError>() { 2 } else { 1 })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::parser;

    #[test]
    fn the_help_names_every_command() {
        let parser = parser();
        let help = parser.get_after_help().unwrap().to_string();
        let is_listed = |name: &str| help.lines().any(|line| line.starts_with(&format!("  {name} ")));
        let names: Vec<&str> = parser.get_subcommands().map(clap::Command::get_name).collect();
        assert!(names.iter().all(|name| is_listed(name)), "{help}");
        assert_eq!(help.lines().filter(|line| line.starts_with("  ")).count(), names.len());
    }

    #[test]
    fn the_command_line_is_sound() {
        parser().debug_assert();
    }
}
