//! `phase new-year`: next year's folder from this one, which stays as it is.

use std::path::{Component, Path, PathBuf};

use anyhow::{Context, Result};

use crate::cli::arguments::term_dates;
use crate::cli::shell::{CommandArgs, FilesNeeded, Outcome, Shell, UsageError, bail_usage};
use crate::load::formats::Folder;
use crate::load::imports::term_dates::TermDates;
use crate::load::records::set_up::calendar::is_built_in;
use crate::load::set_up_contents::contents;
use crate::overview::new_year::{NextYear, next_year};
use crate::school::layout::rows::SetUpRows;
use crate::school::{AcademicYear, School, layout};
use crate::store::new_folder::NewFile;
use crate::store::objectives::with_only;
use crate::store::{new_year, set_up};
use crate::view::edit::new_year::{CarriedFile, CarryOver, NewYear, document};

/// Lays down next year's folder from this one
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

/// The files that go on as they are, next to the set-up.
const AS_IT_IS: &[&str] =
    &[layout::TARGETS.file, layout::STARTS.file, layout::NATIONAL.file, layout::IMPORT_MAPPINGS];

impl CommandArgs for Args {
    fn run(&self, shell: &Shell) -> Result<Outcome> {
        let school = &shell.load(|_| Ok(FilesNeeded::Everything))?;
        refuse_workspace(&self.dir)?;
        let next = next_year(school, shell.today);
        let mut new = NewFolder::beside(shell, &self.dir)?;
        new.carry_set_up()?;
        new.carry_pupils(&next)?;
        new.carry_improvement(school, &next)?;
        new.carry_as_it_is()?;
        let year = AcademicYear(school.set_up.calendar.academic_year.0 + 1);
        let given = term_dates::given(&self.terms, year)?;
        if self.yes && given.is_none() && !is_built_in(year) {
            return Err(term_dates::no_common(year));
        }
        if let Some(given) = &given {
            new.add_term_dates(year, given);
        }
        // The file that makes a folder a workspace comes last.
        new.files.reverse();
        let writes = self.yes && !shell.dry_run;
        if writes {
            shell.create(&self.dir, &new.files)?;
        }
        let answer = NewYear {
            schema: "phase/new-year/1",
            folder: self.dir.display().to_string(),
            academic_year: next.academic_year,
            written: writes,
            carried: new.carried,
            terms_known: given.is_some() || is_built_in(year),
            workbook: shell.root().join(layout::WORKBOOK).is_file(),
            made_on: shell.today,
        };
        shell.write(&answer, &document(&answer))?;
        Ok(Outcome::Answered)
    }
}

/// Refuses a folder that holds a workspace already.
fn refuse_workspace(dir: &Path) -> Result<()> {
    match layout::all_files().into_iter().find(|name| dir.join(name).exists()) {
        Some(name) => {
            let says = "holds a workspace already; nothing is overwritten";
            Err(UsageError(format!("{} {says} ({name}): name a new folder", dir.display())).into())
        }
        None => Ok(()),
    }
}

/// Next year's folder while it is made from this one.
struct NewFolder<'a> {
    shell: &'a Shell,
    /// This year's folder.
    folder: Folder,
    /// It, as the new one names it.
    previous: String,
    files: Vec<(String, NewFile)>,
    carried: Vec<CarriedFile>,
}

impl<'a> NewFolder<'a> {
    fn beside(shell: &'a Shell, dir: &Path) -> Result<Self> {
        let previous = previous(shell.root(), dir)?;
        let folder = Folder::new(shell.root());
        Ok(Self { shell, folder, previous, files: Vec::new(), carried: Vec::new() })
    }

    fn put(&mut self, name: &str, text: String, becomes: CarryOver) {
        self.files.push((name.to_owned(), NewFile::Bytes(text.into_bytes())));
        self.carried.push(CarriedFile { file: name.to_owned(), becomes });
    }

    /// Returns the text of a file of this year's folder; none where it is not there.
    fn text(&self, name: &str) -> Result<Option<String>> {
        let source = self.folder.read(name).map_err(|error| anyhow::anyhow!("{name}: {}", error.message))?;
        Ok(source.map(|source| source.text))
    }

    /// Carries the set-up over, from its files or from the workbook; the term dates are the year's own.
    fn carry_set_up(&mut self) -> Result<()> {
        let of_workbook = if self.shell.root().join(layout::WORKBOOK).is_file() {
            let contents = contents(&self.folder);
            set_up::files(&contents.map_err(|errors| self.shell.refuse(&errors, "nothing was written"))?)
        } else {
            Vec::new()
        };
        for name in layout::FILES.iter().filter(|name| **name != layout::HALF_TERMS.file) {
            let converted = of_workbook.iter().find(|(file, _)| file == name).map(|(_, text)| text.clone());
            let Some(before) = converted.map_or_else(|| self.text(name), |text| Ok(Some(text)))? else {
                continue;
            };
            if *name == layout::PHASE.file {
                let (after, dropped) = new_year::phase(&before, &self.previous)?;
                let previous = self.previous.clone();
                self.put(name, after, CarryOver::SetUp { previous, sessions_left: dropped });
            } else if *name == layout::AVAILABILITY.file {
                let (after, left) = new_year::availability(&before);
                self.put(name, after, CarryOver::Weekly { left });
            } else {
                self.put(name, before, CarryOver::AsItIs);
            }
        }
        Ok(())
    }

    /// Carries the pupils over, a year group up.
    fn carry_pupils(&mut self, next: &NextYear) -> Result<()> {
        if let Some(before) = self.text(layout::PUPILS.file)? {
            let (after, left) = new_year::pupils(&before, &next.pupils);
            let (pupils, without_class) = (next.pupils.len(), next.without_class);
            self.put(layout::PUPILS.file, after, CarryOver::MovedUp { pupils, left, without_class });
        }
        Ok(())
    }

    /// Carries over what is still to do: open actions, objectives not met, and the duties.
    fn carry_improvement(&mut self, school: &School, next: &NextYear) -> Result<()> {
        if let Some(before) = self.text(layout::ACTIONS.file)? {
            let (after, left) = new_year::with_only_lines(&before, &next.actions);
            self.put(layout::ACTIONS.file, after, CarryOver::Open { rows: next.actions.len(), left });
        }
        if let Some(before) = self.text(layout::OBJECTIVES)? {
            let left = school.year.objectives.len() - next.objectives.len();
            let after = self.with_links(&with_only(&before, &next.objectives)?)?;
            let objectives = next.objectives.len();
            self.put(layout::OBJECTIVES, after, CarryOver::Unmet { objectives, left });
        }
        if let Some(before) = self.text(layout::DUTIES)? {
            let after = self.with_links(&before)?;
            self.put(layout::DUTIES, after, CarryOver::AsItIs);
        }
        Ok(())
    }

    /// Returns a text whose links to files of this year's folder lead there from the new one.
    fn with_links(&self, text: &str) -> Result<String> {
        let is_here = |link: &str| self.folder.has(link) == Some(true);
        new_year::links(text, |link| is_here(link).then(|| format!("{}/{link}", self.previous)))
    }

    /// Carries over the files that stay as they are, and the school's own frameworks.
    fn carry_as_it_is(&mut self) -> Result<()> {
        let listed = self.folder.list("frameworks");
        let frameworks = listed.map_err(|error| self.shell.refuse(&[*error], "nothing was written"))?;
        let frameworks = frameworks.into_iter().filter(|name| name.ends_with(".toml"));
        let names = AS_IT_IS.iter().map(|name| (*name).to_owned());
        for name in names.chain(frameworks.map(|name| format!("frameworks/{name}"))) {
            if let Some(before) = self.text(&name)? {
                self.put(&name, before, CarryOver::AsItIs);
            }
        }
        Ok(())
    }

    /// Adds the term dates that were given.
    fn add_term_dates(&mut self, year: AcademicYear, given: &TermDates) {
        let mut dates = SetUpRows::default();
        dates.add_year(year);
        dates.add_terms(&given.half_terms, &given.closures);
        let made = set_up::files(&dates).into_iter().find(|(name, _)| *name == layout::HALF_TERMS.file);
        if let Some((name, text)) = made {
            self.put(name, text, CarryOver::TermDates);
        }
    }
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
        bail_usage!("the new folder would lie in this one: name one beside it, such as ../2027-28");
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
