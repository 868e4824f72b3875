//! Files that are not read but look as if they were meant to be: copies, other endings, slips of spelling.

use crate::diagnostic::Place;
use crate::load::formats::Folder;
use crate::load::set_up_files::SetUpFiles;
use crate::school::layout::{self, WORKBOOK};

/// Warns of files that are not read but look as if they were meant to be: a sync client's copies, other
/// endings, capitals, slips of spelling.
pub fn warn(folder: &Folder, read: &SetUpFiles) {
    let diagnostics = &folder.diagnostics;
    let known_names = layout::all_files();
    for name in without_drafts(folder, "") {
        if name == layout::JOURNAL {
            let message = "a command was cut short before all of its files were written";
            diagnostics.warning(&Place::file(&name), message, LEFT_BEHIND);
        }
        let lower = name.to_lowercase();
        if [format!("~${WORKBOOK}"), format!(".~lock.{WORKBOOK}#")].contains(&lower) {
            let message = format!("{WORKBOOK} is open in a spreadsheet");
            diagnostics.warning(&Place::file(WORKBOOK), message, "what is not saved there is not read yet");
            continue;
        }
        let Some(known) = known_names.iter().find(|known| is_meant(&lower, known)) else { continue };
        if name == *known || (lower == *known && read.has(known)) {
            continue;
        }
        let (message, hint) = if is_copy(&lower, known) {
            let hint = "keep one version under the plain name and delete the other".to_owned();
            (format!("this looks like a copy of `{known}` and is not read"), hint)
        } else if [".xlsx", ".xls", ".xlsm", ".xlsb", ".ods"].iter().any(|ending| lower.ends_with(ending)) {
            let form = if *known == WORKBOOK { "an Excel workbook (.xlsx)" } else { "CSV UTF-8" };
            (
                "this is a spreadsheet and is not read".to_owned(),
                format!("save it as {form} under the name `{known}`"),
            )
        } else {
            ("no file of this name is read".to_owned(), format!("did you mean `{known}`?"))
        };
        diagnostics.warning(&Place::file(&name), message, &hint);
    }
    for sheet in read.workbook().into_iter().flat_map(|workbook| workbook.others()) {
        let mut near = layout::SET_UP.iter().map(|layout| layout.sheet);
        if let Some(near) = near.find(|near| strsim::damerau_levenshtein(near, sheet) <= 2) {
            let message = format!("no sheet `{sheet}` is read");
            let hint = format!("did you mean `{near}`?");
            diagnostics.warning(&Place::file(WORKBOOK), message, &hint);
        }
    }
    let folders = without_drafts(folder, "schedules");
    // Where capitals do not distinguish names, `HT3` is the folder that is read.
    let is_read = |name: &str| {
        let lower = name.to_lowercase();
        (1..=6).any(|number| lower == format!("ht{number}"))
            && (name == lower
                || (!folders.contains(&lower) && !folder.names(&format!("schedules/{lower}")).is_empty()))
    };
    for name in folders.iter().filter(|name| !is_read(name)) {
        let hint = "the schedules of half term 3 belong in schedules/ht3";
        diagnostics.warning(&Place::file(&format!("schedules/{name}")), "this is not read", hint);
    }
}

/// What becomes of what a command left behind.
const LEFT_BEHIND: &str = "the next command that writes here clears it up";

/// The names in one of a workspace's folders (`""` for its own), without the drafts that a command left when it was cut
/// short; warns of those.
pub fn without_drafts(folder: &Folder, inner: &str) -> Vec<String> {
    let (drafts, others): (Vec<_>, Vec<_>) =
        folder.listed(inner).into_iter().partition(|name| layout::is_draft(name));
    for name in drafts {
        let file = if inner.is_empty() { name } else { format!("{inner}/{name}") };
        let message = "a command that was cut short left this draft";
        folder.diagnostics.warning(&Place::file(&file), message, LEFT_BEHIND);
    }
    others
}

/// Whether a file name stands for one of those that are read, or nearly.
fn is_meant(lower: &str, known: &str) -> bool {
    let (stem, ending) = known.rsplit_once('.').unwrap_or((known, ""));
    let (written, other) = lower.split_once('.').unwrap_or((lower, ""));
    let alike = other.ends_with(ending)
        || ["csv.txt", "txt", "toml.txt", "xlsx", "xls", "xlsm", "xlsb", "ods"].contains(&other);
    let near = strsim::damerau_levenshtein(written, stem) <= 2 && written.len() > 3;
    alike && (written == stem || near || is_copy(lower, known))
}

/// Whether a name is a known one with something added before its ending.
fn is_copy(lower: &str, known: &str) -> bool {
    let (stem, ending) = known.rsplit_once('.').unwrap_or((known, ""));
    let added = lower
        .strip_prefix(stem)
        .and_then(|rest| rest.strip_suffix(ending))
        .and_then(|rest| rest.strip_suffix('.'));
    added.is_some_and(|added| added.starts_with([' ', '-', '_', '(', '.', '~']))
}
