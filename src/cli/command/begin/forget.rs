//! `phase forget`: a pupil taken out of every file of this folder, and of others that are named.

use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::cli::arguments;
use crate::cli::shell::{CommandArgs, Outcome, Shell, UsageError, bail_usage};
use crate::edit::Edit;
use crate::load::checks::pupil_mentions::{drafts_with, mentions};
use crate::load::formats::Folder;
use crate::school::{Id, layout};
use crate::store::atomic_file::FileEdit;
use crate::store::forget::without_pupil;
use crate::store::inputs::is_same;
use crate::view::edit::forget_pupil::{ForgottenPupil, ForgottenRows, document};

/// Takes a pupil out of every file
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The pupil's code
    pupil: String,
    /// An earlier year's folder, or another, to take the pupil out of too; may be said again
    #[arg(long, value_name = "DIR")]
    also: Vec<PathBuf>,
    /// Take the rows out; without this nothing is written
    #[arg(long)]
    pub(crate) yes: bool,
}

impl CommandArgs for Args {
    fn run(&self, shell: &Shell) -> Result<Outcome> {
        let pupil = Id::new(self.pupil.trim());
        if pupil.as_str().is_empty() {
            bail_usage!("name the pupil's code, such as P014");
        }
        let folders = folders(self, shell)?;
        let roots: Vec<PathBuf> = folders.iter().map(|(_, root)| root.clone()).collect();
        let answer = shell.edit_folders(&roots, self.yes, || edit(self, pupil, &folders, shell))?;
        shell.write(&answer, &document(&answer))?;
        Ok(Outcome::Answered)
    }
}

/// The files of the folders without the pupil: everything is read, and all that can be wrong found, before anything is
/// written.
fn edit(
    args: &Args,
    pupil: Id,
    folders: &[(String, PathBuf)],
    shell: &Shell,
) -> Result<Edit<ForgottenPupil>> {
    let mut answer = ForgottenPupil {
        schema: "phase/forget/1",
        pupil,
        written: args.yes && !shell.dry_run,
        files: Vec::new(),
        mentions: Vec::new(),
        drafts: Vec::new(),
        also: args.also.iter().map(|dir| dir.display().to_string()).collect(),
        not_looked_at: unnamed(shell, folders),
        made_on: shell.today,
    };
    let mut files = Vec::new();
    for (prefix, root) in folders {
        files.extend(look_in(root, prefix, &mut answer, shell)?);
    }
    if answer.files.is_empty() && answer.drafts.is_empty() {
        return Err(not_found(&answer, shell));
    }
    Ok(Edit { files, answer })
}

/// Returns the folders that are looked in, each with what goes before its files' names.
fn folders(args: &Args, shell: &Shell) -> Result<Vec<(String, PathBuf)>> {
    let mut folders: Vec<(String, PathBuf)> = vec![(String::new(), shell.root().to_owned())];
    for dir in &args.also {
        if !dir.join(layout::PHASE.file).is_file() && !dir.join(layout::WORKBOOK).is_file() {
            bail_usage!("{}: this is no workspace", dir.display());
        }
        if folders.iter().all(|(_, folder)| !is_same(folder, dir)) {
            folders.push((format!("{}/", dir.display()), dir.clone()));
        }
    }
    Ok(folders)
}

/// Notes where a folder has the pupil, and returns its files without.
fn look_in(
    root: &Path,
    prefix: &str,
    answer: &mut ForgottenPupil,
    shell: &Shell,
) -> Result<Vec<(FileEdit, String)>> {
    let mut edits = Vec::new();
    for name in [layout::ASSESSMENTS.file, layout::PUPILS.file] {
        let edit = FileEdit::open(root, name)?;
        let (text, lines) = without_pupil(&edit.text, &answer.pupil);
        if !edit.text.is_empty() && !lines.is_empty() {
            answer.files.push(ForgottenRows { file: format!("{prefix}{name}"), lines });
            edits.push((edit, text));
        }
    }
    let folder = Folder::new(root);
    let places = mentions(&folder, &answer.pupil)
        .map_err(|error| shell.refuse(&[*error], "nothing was taken out: it may hold the code"))?;
    answer.mentions.extend(places.iter().map(|place| format!("{prefix}{place}")));
    let drafts = drafts_with(&folder, &answer.pupil);
    answer.drafts.extend(drafts.iter().map(|name| format!("{prefix}{name}")));
    Ok(edits)
}

/// Says that no row has the pupil's code, and where else it may be.
fn not_found(answer: &ForgottenPupil, shell: &Shell) -> anyhow::Error {
    let also: Vec<String> =
        answer.not_looked_at.iter().map(|folder| format!("--also \"{folder}\"")).collect();
    if also.is_empty() {
        return unknown(shell, &answer.pupil);
    }
    UsageError(format!("no row has the code `{}` here; not looked at: {}", answer.pupil, also.join(" ")))
        .into()
}

/// The folders of earlier years that this one reaches, and that were not named.
fn unnamed(shell: &Shell, named: &[(String, PathBuf)]) -> Vec<String> {
    let mut reached: Vec<String> = Vec::new();
    let mut root: PathBuf = shell.root().to_owned();
    // Years reach back one by one; a folder that leads back to itself ends it.
    for _ in 0..32 {
        let Some(previous) = crate::load::previous_year::folder_name(&Folder::new(&root)) else { break };
        root = root.join(&previous);
        let is_named = |(_, folder): &(String, PathBuf)| is_same(folder, &root);
        if !root.is_dir() || reached.iter().any(|folder| is_same(Path::new(folder), &root)) {
            break;
        }
        if !named.iter().any(is_named) {
            reached.push(root.display().to_string());
        }
    }
    reached
}

/// That nobody has that code.
fn unknown(shell: &Shell, pupil: &Id) -> anyhow::Error {
    let school = shell.read().school;
    let pupils = school
        .iter()
        .filter_map(|school| school.year_results())
        .flat_map(|year_results| &year_results.pupils);
    let ids: Vec<Id> = pupils.map(|pupil| pupil.id.clone()).collect();
    match arguments::known(pupil.as_str(), "pupil", ids.iter()) {
        Ok(_) => UsageError(format!("no row has the code `{pupil}` in just these letters")).into(),
        Err(error) => error,
    }
}
