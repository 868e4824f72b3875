//! `phase log`: what happened.

use std::collections::BTreeMap;

use anyhow::Result;
use chrono::NaiveDate;
use clap::Subcommand;

use crate::cli::arguments;
use crate::cli::arguments::audience::AudienceWord;
use crate::cli::arguments::row_flags::{FlagColumns, RowFlags};
use crate::cli::shell::{CommandArgs, CommandNeeds, FilesNeeded, Outcome, Shell, UsageError};
use crate::diagnostic::Place;
use crate::edit::Edit;
use crate::improve::duties::to_settle;
use crate::improve::log::{LogQuery, log};
use crate::load::formats::times;
use crate::privacy::audience::Audience;
use crate::school::layout::rows::{SetUpRow, fill, of, set};
use crate::school::layout::{LOG, RecordLayout};
use crate::school::year::log::KINDS;
use crate::school::{Id, School};
use crate::store::yearly_records::with_lines_and_rows;
use crate::view;

/// Lists what happened, and adds to it
#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct Args {
    #[command(subcommand)]
    change: Option<LogCommand>,
    /// Only of a kind: meeting, decision, training, reading, visit, offer, deployment, expectation-checked, activity …
    #[arg(long, value_name = "KIND")]
    pub(crate) kind: Option<String>,
    /// Only with one person
    #[arg(long, value_name = "STAFF")]
    who: Option<String>,
    /// Only of a subject
    #[arg(long, short, value_name = "SUBJECT")]
    pub(crate) subject: Option<String>,
    /// Only what belongs to a duty, an objective or an action
    #[arg(long, value_name = "ID")]
    shows: Option<String>,
    /// From this day on (default: the academic year)
    #[arg(long, value_name = "DATE")]
    since: Option<String>,
}

#[derive(Debug, Subcommand)]
enum LogCommand {
    /// Adds something that happened
    Add(RowFlags<LogFlags>),
    /// Notes what a row belongs to beside what it says already: duties, objectives, actions
    Shows {
        /// The row's line in log.csv, as answers cite it: 12 of log.csv:12
        line: u32,
        /// What it belongs to: phase-meetings,progress
        ids: String,
    },
}

/// The columns of a row of the log that are flags.
#[derive(Clone, Debug)]
struct LogFlags;

impl FlagColumns for LogFlags {
    const LAYOUT: &'static RecordLayout = &LOG;
    const LEFT_OUT: &'static [&'static str] = &["id"];
    const DEFAULTS: &'static [(&'static str, &'static str)] =
        &[("date", "today"), ("who", "the phase leader")];
    const REQUIRED: &'static [&'static str] = &["kind"];
}

impl CommandArgs for Args {
    const NEEDS: CommandNeeds =
        CommandNeeds::OF_YEARS.for_whom(&[AudienceWord::Leader, AudienceWord::Headteacher]);

    fn run(&self, shell: &Shell) -> Result<Outcome> {
        let needs = |_: &School| Ok(FilesNeeded::Everything);
        let (school, changed) = match &self.change {
            None => (shell.load(needs)?, None),
            Some(LogCommand::Add(add)) => {
                let (school, id) = shell.edit(needs, |school| {
                    let row = row(add, school, shell)?;
                    let id = Id::new(of(&row, "id"));
                    Edit::row(shell.root(), &LOG, row, id)
                })?;
                let row = school.year.log.iter().find(|row| row.id.as_ref() == Some(&id));
                let at = row.map(|row| row.at.clone());
                (school, at)
            }
            Some(LogCommand::Shows { line, ids }) => {
                let (school, at) = shell.edit(needs, |school| shows(*line, ids, school, shell))?;
                (school, Some(at))
            }
        };
        let school = &school;
        let audience = shell.whom.audience(school)?;
        let asked = match &changed {
            Some(_) => LogQuery { since: Some(NaiveDate::MIN), ..LogQuery::default() },
            None => asked(self, school, &audience)?,
        };
        let mut answer = log(school, &asked, &audience, shell.today);
        if changed.is_some() {
            answer.rows.retain(|row| row.at == changed);
            let phase = arguments::phase_meant(school, shell)?;
            let row = school.year.log.iter().find(|row| Some(&row.at) == changed.as_ref());
            answer.to_settle = row.and_then(|row| to_settle(school, phase, row, shell.today));
        }
        shell.write(&answer, &view::improve::log::document(school, &answer))?;
        Ok(Outcome::Answered)
    }
}

/// Notes what the row on a line belongs to; the answer is its place.
fn shows(line: u32, ids: &str, school: &School, shell: &Shell) -> Result<Edit<Place>> {
    let row = school.year.log.iter().find(|row| &*row.at.file == LOG.file && row.at.line == line);
    let row = row.ok_or_else(|| UsageError(format!("no row of log.csv stands on line {line}")))?;
    // What it belongs to already stays.
    let mut shows: Vec<String> = row.shows.iter().map(ToString::to_string).collect();
    for id in arguments::list(Some(ids)).split(';').map(|id| id.trim().to_owned()) {
        if !id.is_empty() && !shows.contains(&id) {
            shows.push(id);
        }
    }
    let values = BTreeMap::from([(line, vec![("shows", shows.join(";"))])]);
    let change = |text: &str| Ok(with_lines_and_rows(text, &LOG, &values, &[]));
    Edit::of(shell.root(), LOG.file, row.at.clone(), change)
}

fn asked(args: &Args, school: &School, audience: &Audience) -> Result<LogQuery> {
    let ids = school.year.objectives.iter().map(|objective| &objective.id);
    let ids = ids.chain(school.year.duties.iter().map(|duty| &duty.id));
    let leader = *audience == Audience::Leader;
    let open = school.year.actions.iter().filter(move |action| leader || !action.is_by_consent());
    let ids = ids.chain(open.map(|action| &action.id));
    let shows = |text: &str| arguments::known(text, "duty, objective or action", ids.clone());
    Ok(LogQuery {
        kind: args.kind.as_deref().map(|text| arguments::kind(text, "kind of thing", KINDS)).transpose()?,
        who: args.who.as_deref().map(|text| arguments::person(school, text)).transpose()?,
        subject: args.subject.as_deref().map(|text| arguments::subject(school, text)).transpose()?,
        shows: args.shows.as_deref().map(shows).transpose()?,
        since: args.since.as_deref().map(times::date).transpose()?,
    })
}

/// The row that the flags say.
fn row(add: &RowFlags<LogFlags>, school: &School, shell: &Shell) -> Result<SetUpRow> {
    let phase = arguments::phase_meant(school, shell)?;
    let mut row = add.row(school)?;
    set(&mut row, "id", new_id(school));
    fill(&mut row, "date", || shell.today.to_string());
    fill(&mut row, "who", || phase.leader.to_string());
    arguments::refuse(school, &LOG, &row, false)?;
    Ok(row)
}

/// The number after the last of those that the program gave.
fn new_id(school: &School) -> String {
    let number = |id: &Id| id.as_str().strip_prefix("log-")?.parse::<u32>().ok();
    let last = school.year.log.iter().filter_map(|row| number(row.id.as_ref()?)).max().unwrap_or(0);
    format!("log-{:02}", last + 1)
}
