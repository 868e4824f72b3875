//! The commands, in the groups of the help.

pub mod begin;
pub mod hand_over;
pub mod improve;
pub mod judge;
pub mod plan;
pub mod track;

use clap::{Subcommand, ValueEnum};

use super::shell::Shell;
use super::shell::needs::{CommandNeeds, FurtherRecords, OutputKind, WorkspaceNeed};
use crate::cli::arguments::audience::AudienceWord;
use crate::cli::command::begin::{ask, check, completions, forget, init, new_year, status, undo};
use crate::cli::command::hand_over::{notify, report};
use crate::cli::command::improve::{actions, duties, log, objectives};
use crate::cli::command::judge::{evaluate, form, frameworks, moderate, practice, record};
use crate::cli::command::plan::{absent, clashes, held, import, missed, moved, schedule};
use crate::cli::command::track::{causes, gaps, trajectory};
use crate::cli::shell::Outcome;

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Sets up a workspace, by asking, and plans its coming half term
    Init(Box<crate::cli::command::begin::init::args::Args>),
    /// Tells every fault in the workspace
    Check(check::Args),
    /// Shows where things stand today: what is next, late, due, and to be watched
    Status(status::Args),
    /// Asks for the few rows that would make the answers better, and adds them
    Ask(ask::Args),
    /// Lays down next year's folder from this one
    NewYear(new_year::Args),
    /// Undoes the last change, if nobody has changed its files since
    Undo(undo::Args),
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
    Record(Box<crate::cli::command::judge::record::args::Args>),
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
    Import(crate::cli::command::plan::import::args::Args),
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
    pub(crate) fn audiences(&self) -> &'static [AudienceWord] {
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

    /// Which records its answer rests on besides those without which there would be none.
    pub(crate) fn rests_on(&self) -> FurtherRecords {
        match self {
            Command::Schedule(_) => FurtherRecords::EarlierYearsAndResults,
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
            | Command::Report(_) => FurtherRecords::EarlierYears,
            _ => FurtherRecords::NoMore,
        }
    }

    /// What it writes with -o.
    pub(crate) fn writes(&self) -> OutputKind {
        match self {
            Command::Notify(_) => OutputKind::Folder,
            Command::Check(_) | Command::Completions(_) => OutputKind::File,
            _ => OutputKind::Files,
        }
    }

    /// Whether the command needs a workspace.
    pub(crate) fn workspace(&self) -> WorkspaceNeed {
        match self {
            Command::Completions(_) => WorkspaceNeed::Unneeded,
            Command::Init(args) if !args.convert => WorkspaceNeed::Unneeded,
            Command::Frameworks(_) => WorkspaceNeed::IfThere,
            _ => WorkspaceNeed::Needed,
        }
    }

    /// What it needs of the shell.
    pub(crate) fn needs(&self) -> CommandNeeds {
        CommandNeeds { workspace: self.workspace(), writes: self.writes(), rests_on: self.rests_on() }
    }

    /// Runs it; `parser` makes the whole command line, for its completions.
    pub(crate) fn run(&self, shell: &Shell, parser: fn() -> clap::Command) -> anyhow::Result<Outcome> {
        shell.whom.only_for(self.audiences())?;
        match self {
            Command::Init(args) => init::run(args, shell),
            Command::Check(args) => check::run(args, shell),
            Command::Status(status::Args {}) => status::run(shell),
            Command::Ask(args) => ask::run(args, shell),
            Command::NewYear(args) => new_year::run(args, shell),
            Command::Undo(undo::Args {}) => undo::run(shell),
            Command::Forget(args) => forget::run(args, shell),
            Command::Completions(args) => completions::run(args, shell, parser()),
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
}
