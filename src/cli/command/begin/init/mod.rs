//! `phase init`: a workspace from a few questions, and the schedule of its coming half term.

mod answers;
pub mod args;
mod example;
mod questions;

pub(crate) use args::Args;

use std::path::Path;

use anyhow::Result;
use chrono::Days;

use crate::cli::command::plan::schedule;
use crate::cli::shell::prompt::Prompter;
use crate::cli::shell::{
    CommandArgs, CommandNeeds, Format, Outcome, Shell, UsageError, WorkspaceNeed, bail_usage,
};
use crate::load::formats::Folder;
use crate::load::set_up_contents::contents;
use crate::render::xlsx;
use crate::school::layout::rows::SetUpRows;
use crate::school::{AcademicYear, layout};
use crate::store::new_folder::{self, NewFile};
use crate::store::set_up;
use crate::view::{self, diagnostics};

impl CommandArgs for Args {
    const NEEDS: CommandNeeds =
        CommandNeeds { workspace: WorkspaceNeed::Unneeded, formats: Format::ALL, ..CommandNeeds::USUAL };

    fn needs(&self) -> CommandNeeds {
        let workspace = if self.convert { WorkspaceNeed::Needed } else { WorkspaceNeed::Unneeded };
        CommandNeeds { workspace, ..Self::NEEDS }
    }

    fn run(&self, shell: &Shell) -> Result<Outcome> {
        refuse_workspace(&self.dir)?;
        let inside = |name: &&str| shell.is_output(&self.dir.join(name));
        if let Some(name) = layout::files().into_iter().find(inside) {
            bail_usage!("-o names {name}, which is made: choose another name");
        }
        if self.terms.iter().any(|terms| shell.is_output(Path::new(terms))) {
            bail_usage!("the answer would replace the calendar that is read: choose another -o");
        }
        if self.convert {
            return convert(self, shell);
        }
        if self.example {
            let files: Vec<(String, NewFile)> =
                example::files().into_iter().map(|(name, bytes)| (name, NewFile::Bytes(bytes))).collect();
            shell.create(&self.dir, &files)?;
            tell(&self.dir, &files, &shell.within(&self.dir));
            return Ok(Outcome::Answered);
        }
        // From June on the year that is planned for is the next.
        let year = AcademicYear::of(shell.today + Days::new(61));
        let answers = if self.yes {
            questions::from_flags(self, year)?
        } else if shell.can_ask() {
            questions::ask(self, year, &Prompter::new(shell.colour()))?
        } else {
            let says = "there is no terminal to ask at: say --yes, with --school and --leader";
            bail_usage!("{says} (phase init --help lists the flags)");
        };
        let files = written(&answers.set_up(self.workbook), self.workbook, shell)?;
        let there = shell.within(&self.dir);
        there.refuse_errors_of(&files)?;
        shell.create(&self.dir, &files)?;
        tell(&self.dir, &files, &there);
        if shell.dry_run { Ok(Outcome::Answered) } else { schedule::Args::default().run(&there) }
    }
}

/// Refuses a folder that holds a workspace already.
fn refuse_workspace(dir: &Path) -> Result<()> {
    let there = layout::files().into_iter().find(|name| dir.join(name).exists());
    match there {
        Some(name) => {
            let says = "holds a workspace already; nothing is overwritten";
            Err(UsageError(format!("{} {says} ({name}): name a new folder", dir.display())).into())
        }
        None => Ok(()),
    }
}

/// The files of a set-up: the one that makes a folder a workspace comes last.
fn written(contents: &SetUpRows, workbook: bool, shell: &Shell) -> Result<Vec<(String, NewFile)>> {
    if workbook {
        let bytes = xlsx::render(&view::edit::set_up::document(contents, shell.today))?;
        return Ok(vec![(layout::WORKBOOK.to_owned(), NewFile::Bytes(bytes))]);
    }
    let files = set_up::files(contents).into_iter().rev();
    Ok(files.map(|(name, text)| (name.to_owned(), NewFile::Bytes(text.into_bytes()))).collect())
}

/// Says what was written, and what is wrong in it.
fn tell(dir: &Path, files: &[(String, NewFile)], there: &Shell) {
    let mut names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
    names.sort_unstable();
    let listed = if names.len() > 8 { format!("{} files", names.len()) } else { names.join(", ") };
    if there.dry_run {
        return there
            .say(&format!("Dry run: nothing was written. This would go into {}: {listed}.", dir.display()));
    }
    let loaded = there.read();
    let wrong = loaded.diagnostics.iter().filter(|diagnostic| diagnostic.is_error()).count();
    there.say(&format!("Written to {}: {listed}.", dir.display()));
    if wrong > 0 {
        there.say(diagnostics::drawn(&loaded.diagnostics, there.colour()).trim_end());
    }
    there.say(&format!("The next commands are for that folder: cd {}\n", quoted(dir)));
}

/// A folder's name as a shell takes it.
fn quoted(dir: &Path) -> String {
    let shown = dir.display().to_string();
    if shown.contains([' ', '\'', '&', '(']) { format!("\"{shown}\"") } else { shown }
}

/// Copies a workspace, its set-up in the other form.
pub(crate) fn convert(args: &Args, shell: &Shell) -> Result<Outcome> {
    // What has errors cannot be shown without loss in another form.
    shell.load(|_| Ok(crate::cli::shell::needs::FilesNeeded::UpTo(6)))?;
    let folder = Folder::new(shell.root());
    let to_files = shell.root().join(layout::WORKBOOK).is_file();
    let mut files = new_folder::all(shell.root())?;
    files.retain(|(name, _)| !layout::files().contains(&name.as_str()));
    let contents =
        contents(&folder).map_err(|diagnostics| shell.refuse(&diagnostics, "nothing was written"))?;
    files.extend(written(&contents, !to_files, shell)?);
    shell.create(&args.dir, &files)?;
    let there = shell.within(&args.dir);
    tell(&args.dir, &files, &there);
    if shell.dry_run {
        return Ok(Outcome::Answered);
    }
    // Last year's folder is named from where a workspace stands.
    there.tell(&there.read().diagnostics);
    let old = shell.root().display();
    shell.say(&format!("{old} is as it was; notes in its files (lines that begin with #) are only there."));
    Ok(Outcome::Answered)
}
