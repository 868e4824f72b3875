//! `phase import`: a filled form, or a calendar of sessions or term dates.

pub mod args;
mod events;
pub(crate) mod marksheet;
pub mod marksheet_edits;
pub mod pupil_codes;
pub mod saved_mapping;

pub(crate) use args::Args;

use anyhow::{Context, Result, bail};

use crate::cli::arguments;
use crate::cli::shell::{CommandArgs, FilesNeeded, Outcome, Shell, bail_usage};

use crate::diagnostic::LeftOut;
use crate::document::Table;
use crate::edit::Edit;
use crate::load::formats::times;
use crate::load::imports::schedule_form::{self, SubmissionHints, SubmittedFile};
use crate::load::imports::term_dates::TermDates;
use crate::load::records::schedules::folder_name;
use crate::school::layout::rows::{SetUpRow, SetUpRows};
use crate::school::{Id, School, layout};
use crate::store::atomic_file::FileEdit;
use crate::store::set_up;
use crate::view;
use crate::view::edit::imports::{ImportAnswer, WrittenFile, document, marks};

impl CommandArgs for Args {
    fn run(&self, shell: &Shell) -> Result<Outcome> {
        if shell.is_output(&self.file) {
            bail_usage!("the answer would replace the file that is imported: choose another -o");
        }
        let needs = |_: &School| Ok(FilesNeeded::SetUp);
        if let Some(whom) = &self.events {
            let (_, imported) = shell.edit(needs, |school| events::edit(self, whom, school, shell))?;
            let (answer, table) = imported;
            shell.write(&answer, &document(&answer, table, "event", "phase check", shell.today))?;
            return Ok(Outcome::Answered);
        }
        if self.marks.are_asked() || !schedule_form::is_schedule(&self.file) {
            let needs = |_: &School| Ok(FilesNeeded::Results);
            let (school, answer) = shell.edit(needs, |school| marksheet::edit(self, school, shell))?;
            shell.write(&answer, &marks(&school, &answer, shell.today))?;
            return Ok(Outcome::Answered);
        }
        let (_, imported) = shell.edit(needs, |school| edit(self, school, shell))?;
        let (answer, table, what, next) = imported;
        shell.write(&answer, &document(&answer, table, what, &next, shell.today))?;
        Ok(Outcome::Answered)
    }
}

/// What a form or a calendar of sessions or term dates changes.
fn edit(args: &Args, school: &School, shell: &Shell) -> Result<Edit<ImportedTable>> {
    let half_term = args.half_term.as_deref().map(times::half_term).transpose()?;
    let subject = args.subject.as_deref().map(|text| arguments::subject(school, text)).transpose()?;
    let hints = SubmissionHints { half_term, subject: subject.as_ref() };
    let (submitted, warnings) = match schedule_form::read(&args.file, school, hints) {
        Ok(read) => read,
        Err(diagnostics) => return Err(shell.refuse(&diagnostics, "nothing was taken in")),
    };
    shell.tell(&warnings);
    let from = args.file.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let answer = |written, left_out: Vec<LeftOut>| ImportAnswer {
        schema: "phase/import/1",
        from,
        dry_run: shell.dry_run,
        written,
        left_out,
    };
    match submitted {
        SubmittedFile::Schedules { half_term, subjects, left_out } => {
            let Edit { files, answer: written } = schedules(args, shell, half_term, &subjects)?;
            let table = view::edit::imports::sessions(school, &subjects);
            let next = format!("phase clashes --half-term {half_term}");
            Ok(Edit { files, answer: (answer(written, left_out), table, "session", next) })
        }
        SubmittedFile::Terms { terms, left_out } => {
            let Edit { files, answer: written } = calendar(args, shell, school, &terms)?;
            let table = view::edit::imports::terms(&terms);
            Ok(Edit { files, answer: (answer(written, left_out), table, "date", "phase check".to_owned()) })
        }
    }
}

/// What was imported: the answer, its table, what a row of it is, and the next command.
type ImportedTable = (ImportAnswer, Table, &'static str, String);

/// Each subject's schedule, all of them or, where one is there already, none.
fn schedules(
    args: &Args,
    shell: &Shell,
    half_term: u8,
    subjects: &[(Id, Vec<SetUpRow>)],
) -> Result<Edit<Vec<WrittenFile>>> {
    let mut edit = Edit::nothing(Vec::new());
    for (subject, rows) in subjects {
        let name = format!("{}/{}.csv", folder_name(half_term), subject.file_stem());
        let file = FileEdit::open(shell.root(), &name)?;
        let text = set_up::rows(layout::HANDED_IN, rows);
        let change = match file.text.as_str() {
            "" => "new",
            before if before == text => "unchanged",
            _ if args.replace => "replaced",
            _ => bail!("{name}: something else was handed in before; --replace puts this in its place"),
        };
        edit.answer.push(WrittenFile { file: name, rows: rows.len(), change });
        edit.files.push((file, text));
    }
    Ok(edit)
}

/// Puts the term dates into `calendar.toml`; its closures and events stay. A workbook is only read: the
/// rows for it are shown.
pub(crate) fn calendar(
    args: &Args,
    shell: &Shell,
    school: &School,
    terms: &TermDates,
) -> Result<Edit<Vec<WrittenFile>>> {
    let name = layout::HALF_TERMS.file;
    let mut contents = SetUpRows::default();
    let own = |from| school.set_up.calendar.closure(from).is_some_and(|closure| &*closure.at.file == name);
    let closures: Vec<_> = terms.closures.iter().filter(|closure| !own(closure.from)).cloned().collect();
    contents.add_terms(&terms.half_terms, &closures);
    let layouts = [&layout::HALF_TERMS, &layout::CLOSURES];
    if shell.root().join(layout::WORKBOOK).is_file() && !shell.root().join(name).is_file() {
        for layout in layouts.into_iter().filter(|layout| !contents.rows(layout).is_empty()) {
            shell.say(&view::plan::questions::to_type(layout, contents.rows(layout), None));
        }
        return Ok(Edit::nothing(Vec::new()));
    }
    if school.set_up.known.calendar && !args.replace {
        bail!(
            "{name}: there are term dates already; --replace puts these in their place, closures and events stay"
        );
    }
    let edit = FileEdit::open(shell.root(), name)?;
    let mut text = edit.text.clone();
    if school.set_up.known.calendar {
        text = set_up::without(&text, "half_term").with_context(|| format!("{name} cannot be changed"))?;
    }
    for layout in layouts {
        text = set_up::with_rows(&text, layout, contents.rows(layout), school.set_up.calendar.academic_year)
            .with_context(|| format!("{name} cannot be changed"))?;
    }
    let change = match (edit.text.is_empty(), school.set_up.known.calendar) {
        (true, _) => "new",
        (_, true) => "replaced",
        _ => "added to",
    };
    let rows = terms.half_terms.len() + closures.len();
    let written = WrittenFile { file: name.to_owned(), rows, change };
    Ok(Edit { files: vec![(edit, text)], answer: vec![written] })
}
