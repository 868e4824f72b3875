//! The options that every command takes.

use clap::ValueEnum;

use crate::cli::arguments::audience::AudienceWord;
use crate::cli::shell::format::Format;

/// The heading of the options that every command takes.
pub(crate) const EVERYWHERE: &str = "With every command";

/// The options that every command takes.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// The workspace: the folder with phase.toml or school.xlsx (default: the nearest one upward)
    #[arg(short, long, global = true, help_heading = EVERYWHERE, value_name = "DIR", env = "PHASE_WORKSPACE", hide_env = true)]
    pub(crate) workspace: Option<std::path::PathBuf>,
    /// The day it is (default: today)
    #[arg(long, global = true, help_heading = EVERYWHERE, value_name = "DATE", env = "PHASE_TODAY", hide_env = true)]
    pub(crate) today: Option<String>,
    /// The phase, where there are several (default: the first)
    #[arg(long, global = true, help_heading = EVERYWHERE, value_name = "ID")]
    pub(crate) phase: Option<String>,
    #[arg(long, global = true, help = Format::help(), hide_possible_values = true, help_heading = EVERYWHERE, value_name = "FORMAT")]
    pub(crate) format: Option<Format>,
    /// Who the answer is for: leader, subject-leader, headteacher, governors or staff (default: leader)
    #[arg(long, global = true, hide_possible_values = true, help_heading = EVERYWHERE, value_name = "WHOM")]
    pub(crate) audience: Option<AudienceWord>,
    /// Which subject leader, with --audience subject-leader
    #[arg(long = "for", global = true, help_heading = EVERYWHERE, value_name = "STAFF")]
    pub(crate) of_whom: Option<String>,
    /// The same as --format json
    #[arg(long, global = true, help_heading = EVERYWHERE, conflicts_with = "format")]
    pub(crate) json: bool,
    /// The file to write the answer to; said again, a further file of the same (default: the screen)
    #[arg(short, long, global = true, help_heading = EVERYWHERE, value_name = "FILE")]
    pub(crate) output: Vec<std::path::PathBuf>,
    /// Show what would change in the records, and write nothing there
    #[arg(long, global = true, help_heading = EVERYWHERE)]
    pub(crate) dry_run: bool,
    /// Colour: auto, always or never
    #[arg(long, global = true, hide_possible_values = true, hide_default_value = true, help_heading = EVERYWHERE, value_name = "WHEN", default_value = "auto")]
    pub(crate) color: Colour,
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
