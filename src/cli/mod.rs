//! The command line: one file a command, an `Args` and a short `run` each.

mod arguments;
pub mod command;
pub mod shell;

use clap::{Parser, Subcommand, ValueEnum};

use crate::cli::arguments::audience::AudienceWord;
use crate::cli::command::begin::{ask, check, completions, forget, init, new_year, status};
use crate::cli::command::hand_over::{notify, report};
use crate::cli::command::improve::{actions, duties, log, objectives};
use crate::cli::command::judge::{evaluate, form, frameworks, moderate, practice, record};
use crate::cli::command::plan::{absent, clashes, held, import, missed, moved, schedule};
use crate::cli::command::track::{causes, gaps, trajectory};
use crate::cli::shell::format::Format;

/// The commands as the help groups them; a test holds it against the commands there are.
const GROUPS: &str = "\
Begin
  init         Sets up a workspace, by asking, and plans its coming half term
  check        Tells every fault in the workspace
  status       Shows where things stand today; phase alone does the same
  ask          Asks for the few rows that would make the answers better
  new-year     Lays down next year's folder from this one
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

/// The heading of the options that every command takes.
const EVERYWHERE: &str = "With every command";

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

/// The options that every command takes.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// The workspace: the folder with phase.toml or school.xlsx (default: the nearest one upward)
    #[arg(short, long, global = true, help_heading = EVERYWHERE, value_name = "DIR", env = "PHASE_WORKSPACE", hide_env = true)]
    workspace: Option<std::path::PathBuf>,
    /// The day it is (default: today)
    #[arg(long, global = true, help_heading = EVERYWHERE, value_name = "DATE", env = "PHASE_TODAY", hide_env = true)]
    today: Option<String>,
    /// The phase, where there are several (default: the first)
    #[arg(long, global = true, help_heading = EVERYWHERE, value_name = "ID")]
    phase: Option<String>,
    /// terminal, markdown, html, docx, xlsx, csv, json or ics (default: by the ending of -o, else terminal)
    #[arg(long, global = true, hide_possible_values = true, help_heading = EVERYWHERE, value_name = "FORMAT")]
    format: Option<Format>,
    /// Who the answer is for: leader, subject-leader, headteacher, governors or staff (default: leader)
    #[arg(long, global = true, hide_possible_values = true, help_heading = EVERYWHERE, value_name = "WHOM")]
    audience: Option<AudienceWord>,
    /// Which subject leader, with --audience subject-leader
    #[arg(long = "for", global = true, help_heading = EVERYWHERE, value_name = "STAFF")]
    of_whom: Option<String>,
    /// The same as --format json
    #[arg(long, global = true, help_heading = EVERYWHERE, conflicts_with = "format")]
    json: bool,
    /// The file to write the answer to; said again, a further file of the same (default: the screen)
    #[arg(short, long, global = true, help_heading = EVERYWHERE, value_name = "FILE")]
    output: Vec<std::path::PathBuf>,
    /// Colour: auto, always or never
    #[arg(long, global = true, hide_possible_values = true, hide_default_value = true, help_heading = EVERYWHERE, value_name = "WHEN", default_value = "auto")]
    color: Colour,
}

/// When to use colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Colour {
    /// On a screen
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Sets up a workspace, by asking, and plans its coming half term
    Init(Box<init::Args>),
    /// Tells every fault in the workspace
    Check(check::Args),
    /// Shows where things stand today: what is next, late, due, and to be watched
    Status(status::Args),
    /// Asks for the few rows that would make the answers better, and adds them
    Ask(ask::Args),
    /// Lays down next year's folder from this one
    NewYear(new_year::Args),
    /// Takes a pupil out of every file of this folder, and of others that are named
    Forget(forget::Args),
    /// Writes a completion script for a shell
    Completions(completions::Args),
    /// Plans a half term's monitoring without a clash
    Schedule(Box<schedule::Args>),
    /// Tells every clash in the schedules as handed in, and what mends it
    Clashes(clashes::Args),
    /// Brings the evidence together into grades, beside what you judge
    Evaluate(evaluate::Args),
    /// Compares subject leaders' first views with yours
    Moderate(moderate::Args),
    /// Shows where practice is strong and weak, and who offers to be visited
    Practice(practice::Args),
    /// Adds a piece of evidence: by flags, by asking, or from a filled form
    Record(Box<record::Args>),
    /// Lists the inspection frameworks, or shows one
    Frameworks(frameworks::Args),
    /// Shows each subject against its path, and what is significantly off it
    Trajectory(Box<trajectory::Args>),
    /// Sets groups of pupils against each other, and against where they began
    Gaps(gaps::Args),
    /// Shows where a subject's shortfall lies, and what may be behind it
    Causes(causes::Args),
    /// Shows where each objective stands, from the records themselves
    Objectives(objectives::Args),
    /// Lists what is to be done, and what changed since; adds to it
    Actions(Box<actions::Args>),
    /// Shows each responsibility of the post, and when it was last shown
    Duties(duties::Args),
    /// Lists what happened, and adds to it
    Log(Box<log::Args>),
    /// Makes a form to take along, or for subject leaders to plan on
    Form(form::Args),
    /// Takes in a marksheet, a filled form, or a calendar
    Import(import::Args),
    /// Notes that a session took place
    Held(held::Args),
    /// Notes that a session did not take place, and why
    Missed(missed::Args),
    /// Notes that a session was moved
    Moved(moved::Args),
    /// Notes that somebody is away
    Absent(absent::Args),
    /// Puts a report together for those it is for: end-of-term, provision, headteacher and others
    Report(report::Args),
    /// Makes what is handed to people: notices, calendar files, and the headteacher's copy
    Notify(notify::Args),
}

impl Command {
    /// Who its answers may be for.
    fn audiences(&self) -> &'static [AudienceWord] {
        match self {
            Command::Evaluate(_)
            | Command::Frameworks(_)
            | Command::Moderate(_)
            | Command::Practice(_)
            | Command::Trajectory(_)
            | Command::Gaps(_) => AudienceWord::value_variants(),
            Command::Report(_) => &[
                AudienceWord::Leader,
                AudienceWord::Headteacher,
                AudienceWord::Governors,
                AudienceWord::Staff,
            ],
            Command::Objectives(_) => {
                &[AudienceWord::Leader, AudienceWord::Headteacher, AudienceWord::Governors]
            }
            Command::Schedule(_) | Command::Actions(_) | Command::Log(_) => {
                &[AudienceWord::Leader, AudienceWord::Headteacher]
            }
            _ => &[AudienceWord::Leader],
        }
    }

    /// Which records its answer rests on beside those without which there would be none.
    fn rests_on(&self) -> RestsOn {
        match self {
            Command::Schedule(_) => RestsOn::EarlierYearsAndResults,
            Command::Clashes(_)
            | Command::Status(_)
            | Command::Evaluate(_)
            | Command::Moderate(_)
            | Command::Practice(_)
            | Command::Trajectory(_)
            | Command::Gaps(_)
            | Command::Causes(_)
            | Command::Objectives(_)
            | Command::Actions(_)
            | Command::Duties(_)
            | Command::Log(_)
            | Command::Report(_) => RestsOn::EarlierYears,
            _ => RestsOn::NoMore,
        }
    }

    /// What it writes with -o.
    fn writes(&self) -> Writes {
        match self {
            Command::Notify(_) => Writes::Folder,
            Command::Check(_) | Command::Completions(_) => Writes::File,
            _ => Writes::Files,
        }
    }

    /// Whether the command needs a workspace.
    fn workspace(&self) -> Workspace {
        match self {
            Command::Completions(_) => Workspace::Unneeded,
            Command::Init(args) if !args.convert => Workspace::Unneeded,
            Command::Frameworks(_) => Workspace::IfThere,
            _ => Workspace::Needed,
        }
    }
}

/// Whether a command needs a workspace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Workspace {
    /// It does.
    Needed,
    /// It uses the one that is there.
    IfThere,
    /// It does not.
    Unneeded,
}

/// Which records an answer rests on, beside those without which there would be none: it says so where they are missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RestsOn {
    /// None.
    NoMore,
    /// Those of earlier years.
    EarlierYears,
    /// They, and this year's evidence and results.
    EarlierYearsAndResults,
}

/// What a command writes with -o.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Writes {
    /// Its answer, once or in several formats.
    Files,
    /// Its answer, once.
    File,
    /// A folder of files.
    Folder,
}

/// What a command came to, for the exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// Answered: 0.
    Answered,
    /// The records are wrong: 1.
    Faulty,
    /// Answered, but something needs a person: 3.
    Unsettled,
}

fn run(command: &Command, shell: &shell::Shell) -> anyhow::Result<Ended> {
    shell.whom.only_for(command.audiences())?;
    match command {
        Command::Init(args) => init::run(args, shell),
        Command::Check(args) => check::run(args, shell),
        Command::Status(status::Args {}) => status::run(shell),
        Command::Ask(args) => ask::run(args, shell),
        Command::NewYear(args) => new_year::run(args, shell),
        Command::Forget(args) => forget::run(args, shell),
        Command::Completions(args) => completions::run(args, shell),
        Command::Schedule(args) => schedule::run(args, shell),
        Command::Clashes(args) => clashes::run(args, shell),
        Command::Evaluate(args) => evaluate::run(args, shell),
        Command::Moderate(args) => moderate::run(args, shell),
        Command::Practice(args) => practice::run(args, shell),
        Command::Record(args) => record::run(args, shell),
        Command::Frameworks(args) => frameworks::run(args, shell),
        Command::Trajectory(args) => trajectory::run(args, shell),
        Command::Gaps(args) => gaps::run(args, shell),
        Command::Causes(args) => causes::run(args, shell),
        Command::Objectives(args) => objectives::run(args, shell),
        Command::Actions(args) => actions::run(args, shell),
        Command::Duties(args) => duties::run(args, shell),
        Command::Log(args) => log::run(args, shell),
        Command::Form(args) => form::run(args, shell),
        Command::Import(args) => import::run(args, shell),
        Command::Held(args) => held::run(args, shell),
        Command::Missed(args) => missed::run(args, shell),
        Command::Moved(args) => moved::run(args, shell),
        Command::Absent(args) => absent::run(args, shell),
        Command::Notify(args) => notify::run(args, shell),
        Command::Report(args) => report::run(args, shell),
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
