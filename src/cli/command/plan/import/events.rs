//! `phase import --events`: the entries of a calendar as events of the school, each once.

use anyhow::Result;

use super::args::Args;
use crate::cli::shell::Shell;
use crate::diagnostic::LeftOut;
use crate::document::{Cell, Table};
use crate::edit::{Edit, set_up};
use crate::load::formats::ics::CalendarEvent;
use crate::load::formats::values;
use crate::load::imports::schedule_form;
use crate::load::names::Names;
use crate::privacy::concerns::ConcernCheck;
use crate::school::layout::rows::SetUpRow;
use crate::school::{School, day, layout};
use crate::view;
use crate::view::edit::imports::{ImportAnswer, WrittenFile};

/// The entries of a calendar added as events; the answer, and its table.
pub(crate) fn edit(
    args: &Args,
    whom: &str,
    school: &School,
    shell: &Shell,
) -> Result<Edit<(ImportAnswer, Table)>> {
    let taken_up = taken_up(school, whom)?;
    let calendar_file = match schedule_form::events(&args.file, school) {
        Ok(calendar_file) => calendar_file,
        Err(diagnostic) => return Err(shell.refuse(&[*diagnostic], "nothing was taken in")),
    };
    let name = layout::EVENTS.file;
    let concern_check = ConcernCheck::new(&school.settings.safeguarding.phrases);
    let mut left_out = calendar_file.unread.clone();
    let mut taken: Vec<&CalendarEvent> = Vec::new();
    for event in &calendar_file.events {
        let left = |says: &str| {
            LeftOut::new(format!("{}, {}: {says}", day(event.first), event.summary), event.at.clone())
        };
        let there = school.set_up.calendar.events.iter().any(|known| {
            let hours: Vec<_> = event.hours.iter().copied().collect();
            known.reason == event.summary
                && (known.from, known.to) == (event.first, event.last)
                && known.hours == hours
        });
        if concern_check.is_concern(&event.summary) {
            let says = "an entry reads as a safeguarding concern, which is not kept here (it is not shown)";
            left_out.push(LeftOut::new(says, event.at.clone()));
        } else if there {
            left_out.push(left("it is there already"));
        } else {
            taken.push(event);
        }
    }
    let rows: Vec<SetUpRow> = taken.iter().map(|event| row(event, &taken_up)).collect();
    let mut edit = Edit::nothing(Vec::new());
    if shell.root().join(layout::WORKBOOK).is_file() && !shell.root().join(name).is_file() {
        shell.say(&view::plan::questions::to_type(&layout::EVENTS, &rows, None));
    } else if !rows.is_empty() {
        edit = set_up::rows(shell.root(), school, &layout::EVENTS, &rows, Vec::new())?;
        let is_new = edit.files.iter().all(|(file, _)| file.text.is_empty());
        let change = if is_new { "new" } else { "added to" };
        edit.answer.push(WrittenFile { file: name.to_owned(), rows: rows.len(), change });
    }
    let from = args.file.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let Edit { files, answer: written } = edit;
    let answer = ImportAnswer { schema: "phase/import/1", from, dry_run: shell.dry_run, written, left_out };
    Ok(Edit { files, answer: (answer, table(&taken)) })
}

/// Whom the events take up: everybody, classes, or year groups; as the keys of an event.
fn taken_up(school: &School, whom: &str) -> Result<(&'static str, String)> {
    if whom.trim().eq_ignore_ascii_case("all") {
        return Ok(("all", "yes".to_owned()));
    }
    let parts: Vec<&str> = whom.split([';', ',']).map(str::trim).filter(|part| !part.is_empty()).collect();
    let classes: Result<Vec<_>, _> = parts.iter().map(|part| Names::of_classes(school).find(part)).collect();
    let joined = |ids: Vec<String>| ids.join(";");
    match classes {
        Ok(classes) if !classes.is_empty() => {
            Ok(("classes", joined(classes.iter().map(ToString::to_string).collect())))
        }
        not_classes => {
            let years: Result<Vec<_>, _> = parts.iter().map(|part| values::year_groups(part)).collect();
            match (years, not_classes) {
                (Ok(years), _) if !years.is_empty() => Ok((
                    "year_groups",
                    joined(years.into_iter().flatten().map(|year| year.to_string()).collect()),
                )),
                (_, Err(wrong)) | (Err(wrong), Ok(_)) => Err(wrong.into()),
                (Ok(_), Ok(_)) => {
                    let hint = "say --events all, --events 1A;2B or --events Y2";
                    Err(values::ValueError::new("nobody is named", hint).into())
                }
            }
        }
    }
}

fn row(event: &CalendarEvent, (key, value): &(&'static str, String)) -> SetUpRow {
    let mut row: SetUpRow = if event.first == event.last {
        vec![("date", event.first.to_string())]
    } else {
        vec![("from", event.first.to_string()), ("to", event.last.to_string())]
    };
    row.extend(event.hours.as_ref().ok().map(|hours| ("period", hours.to_string())));
    row.push((key, value.clone()));
    row.push(("reason", event.summary.clone()));
    row
}

fn table(taken: &[&CalendarEvent]) -> Table {
    let row = |event: &&CalendarEvent| {
        let hours = event.hours.as_ref().map_or_else(|_| "all day".to_owned(), ToString::to_string);
        vec![Cell::Date(event.first), Cell::Date(event.last), hours.into(), event.summary.as_str().into()]
    };
    Table::of(["first day", "last day", "when", "what"], taken.iter().map(row))
}
