//! The shell around the commands: the clock, the screen, the disk and the exit code.

pub(crate) mod answer;
pub(crate) mod command_args;
pub(crate) mod edit;
pub(crate) mod format;
pub(crate) mod needs;
pub(crate) mod output;
pub(crate) mod prompt;
pub(crate) mod reading;
pub(crate) mod refusal;
pub(crate) mod usage;

use std::cell::{OnceCell, RefCell};
use std::collections::BTreeMap;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use chrono::NaiveDate;

use super::arguments::audience::AudienceChoice;
use super::options::{Colour, Options};
pub(crate) use super::outcome::Outcome;
use crate::load::formats::{times, values};
use crate::school::{UnreadRecords, layout};
use crate::store::inputs::InputFiles;
pub(crate) use command_args::CommandArgs;
pub(crate) use format::Format;
pub(crate) use needs::{CommandNeeds, FilesNeeded, FurtherRecords, OutputKind, WorkspaceNeed};
use output::Outputs;
use refusal::say;
pub(crate) use usage::{UsageError, bail_usage};

/// Everything of the world that a command may touch.
#[derive(Debug)]
pub struct Shell {
    root: PathBuf,
    /// Files of the workspace that are read as if they held this, or were not there.
    as_if: BTreeMap<String, Option<Vec<u8>>>,
    /// Makes the whole command line, for its completions.
    pub parser: fn() -> clap::Command,
    pub today: NaiveDate,
    /// The phase that was named.
    pub phase: Option<String>,
    /// Who the answer is for.
    pub whom: AudienceChoice,
    pub outputs: Outputs,
    /// The files that answers come from, once they are asked for.
    inputs: OnceCell<InputFiles>,
    /// Which further records the answer rests on.
    rests_on: FurtherRecords,
    /// What it could not use of them.
    missing: RefCell<Vec<UnreadRecords>>,
    /// The files of records that were written.
    written: RefCell<Vec<String>>,
    /// Whether nothing is written to the records.
    pub dry_run: bool,
    colour: bool,
    /// How wide the screen is, in columns; 80 where the answer goes elsewhere.
    pub width: u16,
}

impl Shell {
    pub(crate) fn new(
        options: &Options,
        needs: &CommandNeeds,
        parser: fn() -> clap::Command,
    ) -> Result<Self> {
        let _usage = |wrong: values::ValueError| UsageError(format!("{}: {}", wrong.message, wrong.hint));
        let today = match &options.today {
            Some(text) => times::date(text)?,
            None => {
                #[allow(clippy::disallowed_methods, reason = "the one place that reads the clock")]
                let now = chrono::Local::now();
                now.date_naive()
            }
        };
        let outputs = Outputs::of(options, needs)?;
        let root = match &options.workspace {
            Some(root) if root.is_dir() => root.clone(),
            Some(root) => {
                bail_usage!("{}: there is no such folder", root.display());
            }
            None => match (needs.workspace, nearest_workspace) {
                (WorkspaceNeed::Unneeded, _) => PathBuf::new(),
                (WorkspaceNeed::IfThere, nearest) => nearest().unwrap_or_default(),
                (WorkspaceNeed::Needed, nearest) => nearest()?,
            },
        };
        let stream = outputs.are_printed() && std::io::stdout().is_terminal();
        let width = terminal_size::terminal_size().filter(|_| stream).map_or(80, |(width, _)| width.0);
        #[allow(clippy::disallowed_methods, reason = "the one place that reads the environment")]
        let plain = std::env::var("NO_COLOR").is_ok_and(|value| !value.is_empty());
        let colour = match options.color {
            Colour::Always => true,
            Colour::Never => false,
            Colour::Auto => !plain && std::io::stderr().is_terminal() && stream,
        };
        let whom = AudienceChoice { word: options.audience, of: options.of_whom.clone() };
        whom.only_for(needs.audiences)?;
        Ok(Self {
            root,
            as_if: BTreeMap::new(),
            parser,
            today,
            phase: options.phase.clone(),
            whom,
            outputs,
            inputs: OnceCell::new(),
            rests_on: needs.rests_on,
            missing: RefCell::default(),
            written: RefCell::default(),
            dry_run: options.dry_run,
            colour,
            width,
        })
    }

    /// The same, for the workspace in another folder.
    pub fn within(&self, root: &Path) -> Self {
        Self {
            root: root.to_owned(),
            as_if: BTreeMap::new(),
            phase: self.phase.clone(),
            whom: self.whom.clone(),
            outputs: self.outputs.clone(),
            inputs: OnceCell::new(),
            missing: RefCell::default(),
            written: RefCell::default(),
            ..*self
        }
    }

    /// Whether there is somebody to ask: input and messages are at a terminal.
    pub fn can_ask(&self) -> bool {
        std::io::stdin().is_terminal() && std::io::stderr().is_terminal()
    }

    /// The workspace's folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Whether to use colour.
    pub fn colour(&self) -> bool {
        self.colour && self.outputs.format == Format::Terminal
    }

    /// Whether the answer stays on the screen: no file, and no format that programs read.
    pub fn stays_on_screen(&self) -> bool {
        self.outputs.format == Format::Terminal && self.outputs.are_printed()
    }

    /// Whether the answer is for the screen.
    pub fn is_screen(&self) -> bool {
        self.outputs.format == Format::Terminal
    }

    /// Says something next to the answer.
    pub fn say(&self, text: &str) {
        say(text);
    }
}

/// The nearest folder upward with a `phase.toml`.
fn nearest_workspace() -> Result<PathBuf> {
    #[allow(clippy::disallowed_methods, reason = "the one place that asks where it is")]
    let here = std::env::current_dir().context("the present folder is not known")?;
    let is_workspace = |folder: &&Path| {
        [layout::PHASE.file, layout::WORKBOOK].iter().any(|name| folder.join(name).is_file())
    };
    here.ancestors().find(is_workspace).map(Path::to_owned).ok_or_else(|| {
        UsageError(
            "there is no phase.toml or school.xlsx here or in a folder above: go to your workspace, name it with -w DIR, or begin with phase init DIR (phase --help lists the commands)"
                .to_owned(),
        )
        .into()
    })
}
