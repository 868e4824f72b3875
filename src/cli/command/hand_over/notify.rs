//! `phase notify`: a notice for each person, a calendar file for who comes, the headteacher's copy, and what changed.

use std::path::Path;

use anyhow::Result;

use crate::cli::arguments;
use crate::cli::shell::{
    CommandArgs, CommandNeeds, FilesNeeded, Format, Outcome, OutputKind, Shell, UsageError, bail_usage,
    output,
};
use crate::document::Document;
use crate::edit::Edit;
use crate::overview::notices::{Notices, issued_file, notices};
use crate::school::layout::LOG;
use crate::school::layout::rows::SetUpRow;
use crate::school::{HalfTerm, Id, Phase, School, half_term_name};
use crate::store::published;
use crate::view::of_phase;
use crate::view::overview::notices::{NoticePage, NoticesView, WrittenNotices, logged};

/// Makes the notices and calendars to send, and the headteacher's copy
///
/// Nothing is sent: the files are for you to send. With -o FOLDER they are written there, and the log gets a row;
/// without it you see what would be. Later in the half term each person's files of changes hold only what is new.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The half term: 1 to 6, or autumn-1 to summer-2 (default: the next)
    #[arg(long, value_name = "N")]
    pub(crate) half_term: Option<String>,
}

impl CommandArgs for Args {
    const NEEDS: CommandNeeds = CommandNeeds { writes: OutputKind::Folder, ..CommandNeeds::USUAL };

    fn run(&self, shell: &Shell) -> Result<Outcome> {
        let needs = |_: &School| Ok(FilesNeeded::Everything);
        let Some(folder) = shell.outputs.files().next().filter(|_| !shell.dry_run) else {
            let school = &shell.load(needs)?;
            let answer = prepared(self, school, shell)?;
            let says = NoticesView::new(school, &answer);
            let files = files(school, &answer, &says, Format::Docx);
            let names: Vec<String> = files.into_iter().map(|file| file.name).collect();
            shell.write(&answer, &says.summary(&names, None))?;
            return Ok(Outcome::Answered);
        };
        let (_, summary) = shell.edit(needs, |school| {
            let answer = prepared(self, school, shell)?;
            let says = NoticesView::new(school, &answer);
            let names = written(folder, school, &answer, &says, shell)?;
            let old = anybodys(school, &answer, "").filter(|name| !names.contains(name));
            let old: Vec<String> = old.filter(|name| folder.join(name).is_file()).collect();
            let folder = folder.display().to_string();
            let summary = says.summary(&names, Some(WrittenNotices { folder: &folder, old: &old }));
            // What was new the last time is not to be sent again.
            let is_news = !answer.again || answer.is_new();
            if is_news {
                noted(school, &answer, shell).map(|edit| edit.with(summary))
            } else {
                Ok(Edit::nothing(summary))
            }
        })?;
        shell.show(&summary)?;
        Ok(Outcome::Answered)
    }
}

/// The notices of the half term that is meant; refuses a file in the place of a folder.
fn prepared(args: &Args, school: &School, shell: &Shell) -> Result<Notices> {
    let phase = arguments::phase_meant(school, shell)?;
    let half_term = half_term_to_send(args, school, phase, shell)?;
    let as_file = |folder: &&Path| !folder.is_dir() && Format::of_file(Some(&folder.to_path_buf())).is_ok();
    if let Some(folder) = shell.outputs.files().find(as_file) {
        let says = "the files go into a folder: say -o notices, and --format for what they are";
        bail_usage!("{}: {says}", folder.display());
    }
    Ok(notices(school, phase, half_term, shell.today))
}

/// Writes the notices into a folder, all of them made before the first is written; returns their names.
fn written(
    folder: &Path,
    school: &School,
    answer: &Notices,
    says: &NoticesView<'_>,
    shell: &Shell,
) -> Result<Vec<String>> {
    let format = notice_format(shell)?;
    let mut made: Vec<(String, Vec<u8>)> = Vec::new();
    for file in files(school, answer, says, format) {
        made.push((file.name, output::made(file.format, answer, &file.document, shell.width)?));
    }
    let names: Vec<String> = made.iter().map(|(name, _)| name.clone()).collect();
    shell.put_folder(folder, made)?;
    if !answer.again || answer.is_new() {
        let old = anybodys(school, answer, "-changes").filter(|name| !names.contains(name));
        shell.remove_from(folder, &old.collect::<Vec<_>>())?;
    }
    Ok(names)
}

/// Returns the half term whose notices are sent; refuses one that is over, or of which nothing has been agreed.
fn half_term_to_send<'s>(
    args: &Args,
    school: &'s School,
    phase: &Phase,
    shell: &Shell,
) -> Result<&'s HalfTerm> {
    let number = arguments::half_term(school, args.half_term.as_deref(), shell.today, false)?;
    let Some(half_term) = school.set_up.calendar.half_term(number) else {
        bail_usage!("calendar.toml has no dates for half term {number}");
    };
    if half_term.to < shell.today {
        let name = half_term_name(number);
        bail_usage!("{name} is over: nothing of it is to be handed out any more");
    }
    let mut known = school.published(number).iter().chain(school.issued(number));
    if !known.any(|session| session.owner == phase.leader) {
        let of = of_phase(school, &phase.id);
        bail_usage!(
            "nothing has been given out for half term {number}: phase schedule{of} --half-term {number} --save gives the schedule out"
        );
    }
    Ok(half_term)
}

/// Returns the format of the notices: a document, or text.
fn notice_format(shell: &Shell) -> Result<Format> {
    match shell.outputs.chosen {
        None => Ok(Format::Docx),
        Some(format @ (Format::Docx | Format::Html | Format::Markdown | Format::Terminal)) => Ok(format),
        Some(_) => {
            let says = "notices are docx, html, markdown or terminal (plain text); calendars and the workbook come with them";
            Err(UsageError(says.to_owned()).into())
        }
    }
}

/// The duty that giving a schedule out shows, by its id in the data template.
const DUTY: &str = "schedule-given";

/// A file of the folder.
struct NoticeFile {
    name: String,
    format: Format,
    document: Document,
}

/// What is handed out, file by file.
fn files(school: &School, answer: &Notices, says: &NoticesView<'_>, format: Format) -> Vec<NoticeFile> {
    let of_phase = before_names(school, answer);
    let mut files: Vec<NoticeFile> = Vec::new();
    let mut put = |stem: &str, format: Format, document: Document| {
        files.push(NoticeFile { name: format!("{of_phase}{stem}.{}", format.ending()), format, document });
    };
    for notice in &answer.people {
        let stem = &*notice.of.staff.file_stem();
        let document = says.notice(notice, NoticePage::Everything);
        if !document.entries.is_empty() {
            put(stem, Format::Ics, document.clone());
        }
        if !document.blocks.is_empty() {
            put(stem, format, document);
        }
        if answer.again && notice.of.is_new() {
            let changes = says.notice(notice, NoticePage::Changes);
            if !changes.entries.is_empty() {
                put(&format!("{stem}-changes"), Format::Ics, changes.clone());
            }
            put(&format!("{stem}-changes"), format, changes);
        }
    }
    put("headteacher-copy", format, says.headteacher());
    put("headteacher-copy", Format::Xlsx, says.headteacher());
    if let Some(document) = says.shared_practice() {
        put("shared-practice", format, document);
    }
    files
}

/// What stands before the names of files: nothing for the first phase, else the phase, so that the notices of two
/// phases can lie in one folder.
fn before_names(school: &School, answer: &Notices) -> String {
    let is_first = school.set_up.phases.first().is_some_and(|phase| phase.id == answer.phase);
    if is_first { String::new() } else { format!("{}-", answer.phase.file_stem()) }
}

/// The names that people's files may have: of anybody on the staff, since who was handed something the last time may
/// have nothing to do with the half term now.
fn anybodys(school: &School, answer: &Notices, end: &str) -> impl Iterator<Item = String> {
    let of_phase = before_names(school, answer);
    let formats = [Format::Ics, Format::Docx, Format::Html, Format::Markdown, Format::Terminal];
    school
        .set_up
        .staff
        .keys()
        .map(Id::file_stem)
        .flat_map(move |stem| formats.map(|format| format!("{of_phase}{stem}{end}.{}", format.ending())))
}

/// Notes that it was agreed: in the log, and what people now know.
fn noted(school: &School, answer: &Notices, shell: &Shell) -> Result<Edit<()>> {
    let number = answer.half_term.number;
    let file = issued_file(number);
    let concerned = answer.people.iter().filter(|notice| !answer.again || notice.of.is_new());
    let who: Vec<String> = concerned.map(|notice| notice.of.staff.to_string()).collect();
    let shows = school.year.duties.iter().find(|duty| duty.id.as_str() == DUTY);
    let row: SetUpRow = vec![
        ("date", shell.today.to_string()),
        ("kind", "notice-given".to_owned()),
        ("who", who.join(";")),
        ("what", logged(school, answer)),
        ("link", file.clone()),
        ("shows", shows.map_or_else(String::new, |duty| duty.id.to_string())),
    ];
    let mut edit = Edit::row(shell.root(), &LOG, row, ())?;
    let write = |text: &str| Ok(published::write_issued(text, school, &answer.kept));
    // First the log: said again it does less harm than not said.
    edit.files.extend(Edit::of(shell.root(), &file, (), write)?.files);
    Ok(edit)
}
