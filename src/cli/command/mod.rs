//! The commands, in the groups of the help.

pub mod begin;
pub mod hand_over;
pub mod improve;
pub mod judge;
pub mod plan;
pub mod track;

use anyhow::Result;
use clap::Subcommand;

/// Makes the commands from their table: the groups of the help, in each the commands with the modules of their flags.
macro_rules! commands {
    ($($group:literal: $($name:ident in $($module:ident)::+),+;)+) => {
        #[derive(Debug, Subcommand)]
        pub(crate) enum Command {
            $($($name(Box<$($module)::+::Args>),)+)+
        }

        /// The groups of the help, each with what its commands need, in their order.
        pub(crate) const GROUPS: &[(&str, &[CommandNeeds])] =
            &[$(($group, &[$(<$($module)::+::Args as CommandArgs>::NEEDS),+])),+];

        impl Command {
            /// What it needs of the shell.
            pub(crate) fn needs(&self) -> CommandNeeds {
                match self {
                    $($(Command::$name(args) => args.needs(),)+)+
                }
            }

            /// Runs it.
            pub(crate) fn run(&self, shell: &Shell) -> Result<Outcome> {
                match self {
                    $($(Command::$name(args) => args.run(shell),)+)+
                }
            }
        }
    };
}

commands! {
    "Begin":
        Init in begin::init,
        Check in begin::check,
        Status in begin::status,
        Ask in begin::ask,
        NewYear in begin::new_year,
        Undo in begin::undo,
        Forget in begin::forget,
        Completions in begin::completions;
    "Plan":
        Schedule in plan::schedule,
        Clashes in plan::clashes,
        Import in plan::import,
        Held in plan::held,
        Missed in plan::missed,
        Moved in plan::moved,
        Absent in plan::absent;
    "Judge":
        Record in judge::record,
        Evaluate in judge::evaluate,
        Form in judge::form,
        Moderate in judge::moderate,
        Practice in judge::practice,
        Frameworks in judge::frameworks;
    "Track":
        Trajectory in track::trajectory,
        Gaps in track::gaps,
        Causes in track::causes;
    "Improve":
        Objectives in improve::objectives,
        Actions in improve::actions,
        Duties in improve::duties,
        Log in improve::log;
    "Hand over":
        Notify in hand_over::notify,
        Report in hand_over::report;
}
use crate::cli::shell::{CommandArgs, CommandNeeds, Outcome, Shell};
