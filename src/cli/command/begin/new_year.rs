//! `phase new-year`: next year's folder from this one, which stays as it is.

use std::path::{Component, Path, PathBuf};

use anyhow::{Context, Result};

use crate::cli::arguments::term_dates;
use crate::cli::outcome::Outcome;
use crate::cli::shell::Shell;
use crate::cli::shell::needs::FilesNeeded;
use crate::cli::shell::usage::UsageError;
use crate::load::formats::source::Folder;
use crate::load::records::calendar::is_built_in;
use crate::load::set_up_contents::contents;
use crate::overview::new_year::turn;
use crate::school::layout::rows::SetUpRows;
use crate::school::{AcademicYear, layout};
use crate::store::new_folder::NewFile;
use crate::store::objectives::with_only;
use crate::store::{new_year, set_up};
use crate::view::edit::new_year::{CarriedFile, CarryOver, NewYear, document};

/// Lays down next year's folder from this one: shows what goes on, and with --yes writes it
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The folder to make, such as ../2027-28
    pub(crate) dir: PathBuf,
    /// The term dates: common, a calendar file, or six times "1 Sep 2027 to 22 Oct 2027" (default: the common ones, where they are known)
    #[arg(long, value_name = "WHICH")]
    pub(crate) terms: Vec<String>,
    /// Write it; without this nothing is written
    #[arg(long)]
    pub(crate) yes: bool,
}

/// The files that go on as they are, beside the set-up.
const AS_IT_IS: &[&str] =
    &[layout::TARGETS.file, layout::STARTS.file, layout::NATIONAL.file, layout::IMPORT_MAPPINGS];

pub(crate) fn run(args: &Args, shell: &Shell) -> Result<Outcome> {
    let school = shell.load(|_| Ok(FilesNeeded::Everything))?;
    let there = layout::all_files().into_iter().find(|name| args.dir.join(name).exists());
    if let Some(name) = there {
        let says = "holds a workspace already; nothing is overwritten";
        return Err(UsageError(format!("{} {says} ({name}): name a new folder", args.dir.display())).into());
    }
    let previous = previous(shell.root(), &args.dir)?;
    let folder = Folder::new(shell.root());
    let turn = turn(school, shell.today);
    // What lies in this folder is named from the new one.
    let from_here = |link: &str| (folder.has(link) == Some(true)).then(|| format!("{previous}/{link}"));
    let mut files: Vec<(String, NewFile)> = Vec::new();
    let mut carried: Vec<CarriedFile> = Vec::new();
    let mut put = |name: &str, text: String, becomes: CarryOver| {
        files.push((name.to_owned(), NewFile::Bytes(text.into_bytes())));
        carried.push(CarriedFile { file: name.to_owned(), becomes });
    };
    let text = |name: &str| -> Result<Option<String>> {
        let source = folder.read(name).map_err(|fault| anyhow::anyhow!("{name}: {}", fault.message))?;
        Ok(source.map(|source| source.text))
    };
    let is_workbook = shell.root().join(layout::WORKBOOK).is_file();
    let of_workbook = if is_workbook {
        let contents = contents(&folder).map_err(|faults| shell.refuse(&faults, "nothing was written"))?;
        set_up::files(&contents)
    } else {
        Vec::new()
    };
    let of_set_up = |name: &str| -> Result<Option<String>> {
        let converted = of_workbook.iter().find(|(file, _)| *file == name).map(|(_, text)| text.clone());
        if converted.is_some() { Ok(converted) } else { text(name) }
    };
    for name in layout::FILES.iter().filter(|name| **name != layout::HALF_TERMS.file) {
        let Some(before) = of_set_up(name)? else { continue };
        if *name == layout::PHASE.file {
            let (after, dropped) = new_year::phase(&before, &previous)?;
            put(name, after, CarryOver::SetUp { previous: previous.clone(), sessions_left: dropped });
        } else if *name == layout::AVAILABILITY.file {
            let (after, left) = new_year::availability(&before);
            put(name, after, CarryOver::Weekly { left });
        } else {
            put(name, before, CarryOver::AsItIs);
        }
    }
    if let Some(before) = text(layout::PUPILS.file)? {
        let (after, left) = new_year::pupils(&before, &turn.pupils);
        let becomes =
            CarryOver::MovedUp { pupils: turn.pupils.len(), left, without_class: turn.without_class };
        put(layout::PUPILS.file, after, becomes);
    }
    if let Some(before) = text(layout::ACTIONS.file)? {
        let (after, left) = new_year::with_only_lines(&before, &turn.actions);
        put(layout::ACTIONS.file, after, CarryOver::Open { rows: turn.actions.len(), left });
    }
    if let Some(before) = text(layout::OBJECTIVES)? {
        let left = school.year.objectives.len() - turn.objectives.len();
        let after = new_year::links(&with_only(&before, &turn.objectives)?, from_here)?;
        put(layout::OBJECTIVES, after, CarryOver::Unmet { objectives: turn.objectives.len(), left });
    }
    if let Some(before) = text(layout::DUTIES)? {
        put(layout::DUTIES, new_year::links(&before, from_here)?, CarryOver::AsItIs);
    }
    for name in AS_IT_IS {
        if let Some(before) = text(name)? {
            put(name, before, CarryOver::AsItIs);
        }
    }
    let frameworks =
        folder.list("frameworks").map_err(|fault| shell.refuse(&[*fault], "nothing was written"))?;
    for name in frameworks.into_iter().filter(|name| name.ends_with(".toml")) {
        let name = format!("frameworks/{name}");
        if let Some(before) = text(&name)? {
            put(&name, before, CarryOver::AsItIs);
        }
    }
    let year = AcademicYear(school.set_up.calendar.academic_year.0 + 1);
    let given = term_dates::given(&args.terms, year)?;
    if args.yes && given.is_none() && !is_built_in(year) {
        return Err(term_dates::no_common(year));
    }
    if let Some(given) = &given {
        let mut dates = SetUpRows::default();
        dates.add_year(year);
        dates.add_terms(&given.half_terms, &given.closures);
        let made = set_up::files(&dates).into_iter().find(|(name, _)| *name == layout::HALF_TERMS.file);
        if let Some((name, text)) = made {
            put(name, text, CarryOver::TermDates);
        }
    }
    // The file that makes a folder a workspace comes last.
    files.reverse();
    let answer = NewYear {
        schema: "phase/new-year/1",
        folder: args.dir.display().to_string(),
        academic_year: turn.academic_year.clone(),
        written: args.yes,
        carried,
        terms_known: given.is_some() || is_built_in(year),
        workbook: is_workbook,
        made_on: shell.today,
    };
    if args.yes {
        shell.create(&args.dir, &files)?;
    }
    shell.write(&answer, &document(&answer))?;
    Ok(Outcome::Answered)
}

/// This folder, as the new one names it.
fn previous(root: &Path, dir: &Path) -> Result<String> {
    let root = root.canonicalize().context("the workspace cannot be found")?;
    // The new folder is not there yet: what is of its way is.
    let whole = std::path::absolute(dir)
        .with_context(|| format!("{}: no folder can have this name", dir.display()))?;
    let mut there = whole.as_path();
    let mut rest: Vec<&std::ffi::OsStr> = Vec::new();
    let dir = loop {
        match there.canonicalize() {
            Ok(real) => break rest.iter().rev().fold(real, |path, part| path.join(part)),
            Err(_) => {
                rest.extend(there.file_name());
                let parent = there.parent();
                there = parent.with_context(|| format!("{}: there is no way to it", whole.display()))?;
            }
        }
    };
    if dir.starts_with(&root) {
        return Err(UsageError(
            "the new folder would lie in this one: name one beside it, such as ../2027-28".to_owned(),
        )
        .into());
    }
    let (from, to): (Vec<Component<'_>>, Vec<Component<'_>>) =
        (dir.components().collect(), root.components().collect());
    let common = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let is_same_drive = common > 0;
    if !is_same_drive {
        return Ok(root.display().to_string());
    }
    let up = from.iter().skip(common).map(|_| "..".to_owned());
    let down = to.iter().skip(common).map(|part| part.as_os_str().to_string_lossy().into_owned());
    Ok(up.chain(down).collect::<Vec<_>>().join("/"))
}
