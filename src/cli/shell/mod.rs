//! The shell around the commands: the clock, the screen, the disk and the exit code.

pub(crate) mod apply_edit;
pub(crate) mod format;
pub(crate) mod needs;
pub(crate) mod output;
pub(crate) mod prompt;
pub(crate) mod usage;

use std::cell::{OnceCell, RefCell};
use std::collections::BTreeMap;
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result};
use chrono::NaiveDate;
use clap::Parser;
use serde::Serialize;

use super::arguments::audience::Whom;
use super::{Cli, Colour, Command, Ended, Options, RestsOn, Workspace};
use crate::diagnostic::{Diagnostic, Severity};
use crate::document::{Document, plain};
use crate::load::formats::source::Folder;
use crate::load::formats::values;
use crate::load::records::reader;
use crate::load::{self, Loaded};
use crate::privacy::concerns::Boundary;
use crate::render;
use crate::school::{Amiss, School, Unread, layout};
use crate::store::atomic_file::{FileEdit, Unconfirmed};
use crate::store::inputs::{self, Inputs};
use crate::store::journal;
use crate::store::lock::{self, Lock};
use crate::store::new_folder::{self, New};
use crate::store::outputs::{Links, make_folder, remove_output, write_outputs};
use crate::view::diagnostics;
use crate::view::missing::{before, says as says_missing};
use format::Format;
use needs::{Needs, says_what_is_wanted};
use output::Outputs;
use usage::Usage;

/// The records have faults, which have been told.
#[derive(Debug)]
struct Told;

impl std::fmt::Display for Told {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the records have faults")
    }
}

impl std::error::Error for Told {}

/// An answer that could not use all that it rests on.
#[derive(Serialize)]
struct Incomplete<'a, A> {
    #[serde(flatten)]
    answer: &'a A,
    missing: &'a [String],
}

/// What is said where something typed reads as a concern.
const NOT_SHOWN: &str = "phase: something on the command line reads as a safeguarding concern, which is not kept here (it is not shown); tell the designated safeguarding lead";

/// Everything of the world that a command may touch.
#[derive(Debug)]
pub struct Shell {
    root: PathBuf,
    /// Files of the workspace that are read as if they held this.
    as_if: BTreeMap<String, Vec<u8>>,
    /// The day it is.
    pub today: NaiveDate,
    /// The phase that was named.
    pub phase: Option<String>,
    /// Who the answer is for.
    pub whom: Whom,
    /// Where the answer goes.
    pub outputs: Outputs,
    /// The files that answers come from, once they are asked for.
    inputs: OnceCell<Inputs>,
    /// Which further records the answer rests on.
    rests_on: RestsOn,
    /// What it could not use of them.
    missing: RefCell<Vec<Unread>>,
    /// The files of records that were written.
    written: RefCell<Vec<String>>,
    colour: bool,
    /// How wide the screen is, in columns; 80 where the answer goes elsewhere.
    pub width: u16,
}

/// Runs the program.
pub fn main() -> ExitCode {
    std::panic::set_hook(Box::new(|fault| {
        // Where the program was built is nobody's business.
        let payload = fault.payload();
        let what = payload.downcast_ref::<&str>().copied();
        let what = what.or_else(|| payload.downcast_ref::<String>().map(String::as_str)).unwrap_or("unknown");
        let file = fault.location().and_then(|at| Path::new(at.file()).file_name()?.to_str());
        let line = fault.location().map_or(0, std::panic::Location::line);
        let at = file.map_or(String::new(), |file| format!(" ({file}, line {line})"));
        say(&format!("phase: a fault of the program, not of your files: {what}{at}"));
        std::process::exit(1);
    }));
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) if Boundary::new(&[]).is_concern(&error.to_string()) => {
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
    let ended = Shell::new(&options, &command).and_then(|shell| {
        let ended = super::run(&command, &shell);
        ended.map_err(|error| shell.with_what_was_written(error))
    });
    match ended {
        Ok(Ended::Answered) => ExitCode::from(0),
        Ok(Ended::Faulty) => ExitCode::from(1),
        Ok(Ended::Unsettled) => ExitCode::from(3),
        Err(error) if error.is::<Told>() => ExitCode::from(1),
        Err(error) => {
            let says = format!("phase: {error:#}");
            // A refusal tells the school's route; nothing else may show what was typed.
            let is_shown = says.contains(reader::UNSHOWN) || !Boundary::new(&[]).is_concern(&says);
            say(if is_shown { &says } else { NOT_SHOWN });
            ExitCode::from(if error.is::<Usage>() { 2 } else { 1 })
        }
    }
}

/// Writes a line to standard error, without anything that steers a terminal.
fn say(text: &str) {
    let text: String = text.lines().map(|line| format!("{}\n", plain(line))).collect();
    let _ = std::io::stderr().write_all(text.as_bytes());
}

impl Shell {
    fn new(options: &Options, command: &Command) -> Result<Self> {
        let needs = command.workspace();
        let usage = |wrong: values::Wrong| Usage(format!("{}: {}", wrong.message, wrong.hint));
        let today = match &options.today {
            Some(text) => values::date(text).map_err(usage)?,
            None => {
                #[allow(clippy::disallowed_methods, reason = "the one place that reads the clock")]
                let now = chrono::Local::now();
                now.date_naive()
            }
        };
        let outputs = Outputs::of(options, command.writes())?;
        let root = match &options.workspace {
            Some(root) if root.is_dir() => root.clone(),
            Some(root) => return Err(Usage(format!("{}: there is no such folder", root.display())).into()),
            None => match (needs, nearest_workspace) {
                (Workspace::Unneeded, _) => PathBuf::new(),
                (Workspace::IfThere, nearest) => nearest().unwrap_or_default(),
                (Workspace::Needed, nearest) => nearest()?,
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
        Ok(Self {
            root,
            as_if: BTreeMap::new(),
            today,
            phase: options.phase.clone(),
            whom: Whom { word: options.audience, of: options.of_whom.clone() },
            outputs,
            inputs: OnceCell::new(),
            rests_on: command.rests_on(),
            missing: RefCell::default(),
            written: RefCell::default(),
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

    /// Whether the answer goes to that file.
    pub fn is_output(&self, path: &Path) -> bool {
        self.outputs.files().any(|output| inputs::is_same(output, path))
    }

    /// Whether the answer stays on the screen: no file, and no format that programs read.
    pub fn stays_on_screen(&self) -> bool {
        self.outputs.format == Format::Terminal && self.outputs.are_printed()
    }

    /// Whether the answer is for the screen.
    pub fn is_screen(&self) -> bool {
        self.outputs.format == Format::Terminal
    }

    /// Reads the workspace, with every fault.
    pub fn read(&self) -> Loaded {
        load::load(&Folder::new(&self.root).as_if(&self.as_if), self.today)
    }

    /// The same, with files of the workspace read as if they held something else.
    pub fn as_if(&self, files: &BTreeMap<String, Vec<u8>>) -> Self {
        Self { as_if: files.clone(), ..self.within(&self.root) }
    }

    /// Refuses to go on where what would be written brings faults, which are told; in one file, or in any.
    ///
    /// # Errors
    /// Where it does.
    pub fn refuse_faults(&self, file: Option<&str>, so: &str) -> Result<()> {
        let is_wrong = |fault: &Diagnostic| {
            let concerned = file.is_none_or(|file| &*fault.place.file == file);
            fault.severity == Severity::Error && concerned
        };
        let mut wrong: Vec<Diagnostic> = self.read().diagnostics.into_iter().filter(is_wrong).collect();
        if !wrong.is_empty() {
            let before = self.within(&self.root).read().diagnostics;
            wrong.retain(|fault| !before.contains(fault));
        }
        if wrong.is_empty() { Ok(()) } else { Err(self.refuse(&wrong, so)) }
    }

    /// Reads the workspace for an answer; `needs` tells which files it needs, once the half terms
    /// are known.
    ///
    /// # Errors
    /// Where those files have faults, which are told.
    pub fn load(&self, needs: impl FnOnce(&School) -> Result<Needs>) -> Result<&'static School> {
        let Loaded { school, diagnostics, .. } = self.read();
        let is_error = |diagnostic: &&Diagnostic| diagnostic.severity == Severity::Error;
        let errors: Vec<Diagnostic> = diagnostics.iter().filter(is_error).cloned().collect();
        let needs = school.as_ref().map(needs).transpose();
        let needed: Vec<Diagnostic> = match &needs {
            Ok(Some(needs)) => {
                // A framework of the school's own matters where it is worked in.
                let used = |file: &str| {
                    let id = file.strip_prefix("frameworks/").and_then(|name| name.strip_suffix(".toml"));
                    id.is_none_or(|id| {
                        school.as_ref().is_none_or(|school| {
                            school.year.frameworks.keys().any(|used| used.as_str() == id)
                        })
                    })
                };
                let is_needed =
                    |error: &&Diagnostic| needs.include(&error.place.file) && used(&error.place.file);
                errors.iter().filter(is_needed).cloned().collect()
            }
            _ => errors.iter().filter(|error| Needs::SetUp.include(&error.place.file)).cloned().collect(),
        };
        match school {
            Some(school) if needed.is_empty() => {
                needs?;
                let errors = self.note_missing(&school, errors);
                if !errors.is_empty() {
                    let count = errors.len();
                    let what = if count == 1 { "1 error".to_owned() } else { format!("{count} errors") };
                    say(&format!("phase check finds {what} in files that this answer does not need"));
                }
                // It is needed to the end; then the process gives all of it back at once.
                Ok(Box::leak(Box::new(school)))
            }
            _ => {
                let shown = if needed.is_empty() { &errors } else { &needed };
                Err(self.refuse(shown, "mend these and try again (phase check tells all)"))
            }
        }
    }

    /// Reads the workspace for an answer that is made of whatever can be read, with every fault beside it.
    ///
    /// # Errors
    /// Where the set-up has faults, which are told.
    pub fn load_as_it_is(&self) -> Result<(&'static School, Vec<Diagnostic>)> {
        let Loaded { school, diagnostics, .. } = self.read();
        let of_set_up = |fault: &&Diagnostic| {
            fault.severity == Severity::Error && Needs::SetUp.include(&fault.place.file)
        };
        let wrong: Vec<Diagnostic> = diagnostics.iter().filter(of_set_up).cloned().collect();
        match school {
            Some(school) if wrong.is_empty() => {
                self.note_missing(&school, Vec::new());
                Ok((Box::leak(Box::new(school)), diagnostics))
            }
            _ => Err(self.refuse(&wrong, "mend these and try again (phase check tells all)")),
        }
    }

    /// Notes, and says, what the answer rests on and cannot use; returns the errors in files that it does not use at all.
    fn note_missing(&self, school: &School, errors: Vec<Diagnostic>) -> Vec<Diagnostic> {
        let mut missing: Vec<Unread> = Vec::new();
        if self.rests_on != RestsOn::NoMore {
            missing.clone_from(&school.unread);
        }
        let is_used = |error: &Diagnostic| {
            self.rests_on == RestsOn::EarlierYearsAndResults && says_what_is_wanted(&error.place.file)
        };
        let (used, others): (Vec<_>, Vec<_>) = errors.into_iter().partition(is_used);
        let mut by_file: BTreeMap<String, Vec<Diagnostic>> = BTreeMap::new();
        for error in used {
            by_file.entry(error.place.file.to_string()).or_default().push(error);
        }
        missing.extend(by_file.into_iter().map(|(name, errors)| {
            let of_whole = errors.iter().any(|error| error.place.line == 0);
            let what = if of_whole { Amiss::NotReadable } else { Amiss::Errors(errors.len()) };
            Unread { name, is_earlier_year: false, what }
        }));
        // Read again after a change, it is said once.
        if *self.missing.borrow() != missing {
            missing.iter().for_each(|unread| say(&says_missing(unread, self.whom.is_leader())));
            *self.missing.borrow_mut() = missing;
        }
        others
    }

    /// Tells of faults that stop a command, and what that means for it.
    pub fn refuse(&self, faults: &[Diagnostic], so: &str) -> anyhow::Error {
        // Lines of the files hold what others may not see.
        if self.whom.is_leader() {
            self.tell(faults);
        }
        say(&format!("{}; {so}", diagnostics::summary(faults, self.files_of(faults))));
        Told.into()
    }

    /// Tells of faults beside the answer.
    pub fn tell(&self, faults: &[Diagnostic]) {
        let _ = std::io::stderr().write_all(diagnostics::drawn(faults, self.colour).as_bytes());
    }

    fn files_of(&self, faults: &[Diagnostic]) -> usize {
        let mut files: Vec<&str> = faults.iter().map(|fault| &*fault.place.file).collect();
        files.dedup();
        files.len()
    }

    /// Writes an answer in the formats that were asked for: all are made before the first is written.
    ///
    /// # Errors
    /// Where a format does not fit the answer, or the disk fails.
    pub fn write(&self, answer: &impl Serialize, document: &Document) -> Result<()> {
        self.write_to(self.whom.is_leader(), answer, document)
    }

    /// The same, where the command itself says whether the phase leader reads it.
    ///
    /// # Errors
    /// As for [`Shell::write`].
    pub fn write_to(&self, to_leader: bool, answer: &impl Serialize, document: &Document) -> Result<()> {
        let missing = self.missing.borrow();
        if missing.is_empty() {
            return self.write_whole(answer, document);
        }
        let missing: Vec<String> = missing.iter().map(|unread| says_missing(unread, to_leader)).collect();
        self.write_whole(&Incomplete { missing: &missing, answer }, &before(document, &missing))
    }

    fn write_whole(&self, answer: &impl Serialize, document: &Document) -> Result<()> {
        if self.outputs.are_printed() {
            return to_screen(&self.outputs.printed(answer, document, self.width)?);
        }
        self.put_files(&self.outputs.made(answer, document, self.width)?, Links::Follow)
    }

    /// Prints bytes that are an answer in themselves.
    ///
    /// # Errors
    /// Where the screen, or what stands in its place, cannot be written to.
    pub fn print(&self, bytes: &[u8]) -> Result<()> {
        to_screen(bytes)
    }

    /// Writes text that is an answer in itself.
    ///
    /// # Errors
    /// Where the disk fails.
    pub fn put(&self, text: &str) -> Result<()> {
        match self.outputs.files().next() {
            Some(path) => self.put_file(path, text.as_bytes()),
            None => to_screen(text.as_bytes()),
        }
    }

    /// Takes the lock of the workspace.
    ///
    /// # Errors
    /// Where another command holds it for long, or the disk fails.
    pub fn lock(&self) -> Result<Lock> {
        self.lock_of(&self.root)
    }

    /// Takes the lock of the workspace in a folder; says what an earlier command had left half done.
    ///
    /// # Errors
    /// As for [`Shell::lock`].
    pub fn lock_of(&self, root: &Path) -> Result<Lock> {
        let lock = lock::lock(root)?;
        lock.cleared.iter().for_each(|says| self.say(says));
        Ok(lock)
    }

    /// Writes new texts in the places of files of the workspace, all of them or none. The caller holds the lock.
    ///
    /// # Errors
    /// Where somebody else has changed one of them, or the disk fails.
    pub fn commit(&self, changes: &[(FileEdit, String)]) -> Result<()> {
        self.commit_to(&self.root, changes)
    }

    /// The same, for files in another folder.
    ///
    /// # Errors
    /// As for [`Shell::commit`].
    pub fn commit_to(&self, root: &Path, changes: &[(FileEdit, String)]) -> Result<()> {
        let names = journal::commit(root, changes)?;
        let whole = |name: String| {
            if root == self.root { name } else { root.join(name).display().to_string() }
        };
        self.written.borrow_mut().extend(names.into_iter().map(whole));
        Ok(())
    }

    /// Writes a folder of new files, all of them or none.
    ///
    /// # Errors
    /// Where one of the files is there already, or the disk fails.
    pub fn create(&self, dir: &Path, files: &[(String, New)]) -> Result<()> {
        new_folder::create(dir, files)?;
        self.written.borrow_mut().push(dir.display().to_string());
        Ok(())
    }

    /// What went wrong, and which files of records had been written by then: whoever does it again would add to them
    /// twice.
    fn with_what_was_written(&self, error: anyhow::Error) -> anyhow::Error {
        let mut written = self.written.borrow().clone();
        written.sort();
        written.dedup();
        if written.is_empty() || error.is::<Unconfirmed>() {
            return error;
        }
        let says = format!("{} had already been written: check before you do this again", written.join(", "));
        if error.is::<Told>() {
            say(&says);
            return error;
        }
        let says = format!("{error:#}; {says}");
        if error.is::<Usage>() { Usage(says).into() } else { anyhow::Error::msg(says) }
    }

    /// Writes files into a folder, which is made where it is not there.
    ///
    /// # Errors
    /// Where the disk fails, or one of them is a file that answers come from.
    pub fn put_folder(&self, folder: &Path, files: Vec<(String, Vec<u8>)>) -> Result<()> {
        if inputs::is_same(folder, &self.root) {
            let says = "this is the workspace itself: choose a folder of its own, such as -o notices";
            return Err(Usage(format!("{}: {says}", folder.display())).into());
        }
        refuse_input(self.inputs(), folder)?;
        let twice = |(index, (name, _)): &(usize, &(String, Vec<u8>))| {
            files.iter().take(*index).any(|(before, _)| before.to_lowercase() == name.to_lowercase())
        };
        if let Some((_, (name, _))) = files.iter().enumerate().find(twice) {
            let says = "two of the files would be called this; give the person whose id it is another id";
            return Err(Usage(format!("{}: {says}", folder.join(name).display())).into());
        }
        make_folder(folder)?;
        let files = files.into_iter().map(|(name, bytes)| (folder.join(name), bytes));
        self.put_files(&files.collect::<Vec<_>>(), Links::Refuse)
    }

    /// Writes files, none of which is one that answers come from.
    fn put_files(&self, files: &[(PathBuf, Vec<u8>)], links: Links) -> Result<()> {
        files.iter().try_for_each(|(path, _)| refuse_input(self.inputs(), path))?;
        write_outputs(files, links)
    }

    /// Takes files out of a folder of answers, where they are there.
    ///
    /// # Errors
    /// Where the disk fails, or one of them is a file that answers come from.
    pub fn remove_from(&self, folder: &Path, names: &[String]) -> Result<()> {
        for path in names.iter().map(|name| folder.join(name)) {
            refuse_input(self.inputs(), &path)?;
            remove_output(&path)?;
        }
        Ok(())
    }

    /// Shows a document on the screen, beside the files that were written.
    ///
    /// # Errors
    /// Where the screen cannot be written to.
    pub fn show(&self, document: &Document) -> Result<()> {
        to_screen(render::terminal::render(document, self.width).as_bytes())
    }

    /// Writes a further file that was asked for.
    ///
    /// # Errors
    /// Where the disk fails, or the file is one of the workspace's own.
    pub fn put_file(&self, path: &Path, bytes: &[u8]) -> Result<()> {
        self.put_files(&[(path.to_owned(), bytes.to_vec())], Links::Follow)
    }

    /// The files that answers come from: this workspace's, and those of the years before.
    fn inputs(&self) -> &Inputs {
        self.inputs.get_or_init(|| {
            let mut roots = vec![self.root.clone()];
            while let Some(root) = roots.last()
                && let Some(previous) =
                    load::previous_year::folder_name(&Folder::new(root)).map(|name| root.join(name))
                && !roots.iter().any(|root| inputs::is_same(root, &previous))
            {
                roots.push(previous);
            }
            Inputs::new(&roots, layout::all_files(), layout::FOLDERS)
        })
    }

    /// Says something beside the answer.
    pub fn say(&self, text: &str) {
        say(text);
    }
}

/// Writes to the screen, or to whatever stands in its place; that a reader has enough is no fault.
fn to_screen(bytes: &[u8]) -> Result<()> {
    match std::io::stdout().write_all(bytes) {
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        result => result.context("the answer cannot be shown"),
    }
}

/// Refuses an output that is a file that answers come from, there already or not.
fn refuse_input(inputs: &Inputs, path: &Path) -> Result<()> {
    if inputs.hold(path) {
        anyhow::bail!("{}: this is a file that answers come from; choose another name", path.display());
    }
    Ok(())
}

/// The nearest folder upward with a `phase.toml`.
fn nearest_workspace() -> Result<PathBuf> {
    #[allow(clippy::disallowed_methods, reason = "the one place that asks where it is")]
    let here = std::env::current_dir().context("the present folder is not known")?;
    let is_workspace = |folder: &&Path| {
        [layout::PHASE.file, layout::WORKBOOK].iter().any(|name| folder.join(name).is_file())
    };
    here.ancestors().find(is_workspace).map(Path::to_owned).ok_or_else(|| {
        Usage(
            "there is no phase.toml or school.xlsx here or in a folder above: go to your workspace, name it with -w DIR, or begin with phase init DIR (phase --help lists the commands)"
                .to_owned(),
        )
        .into()
    })
}
