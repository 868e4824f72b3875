//! `phase actions`: what is to be done, and what changed since.

use anyhow::Result;
use chrono::NaiveDate;
use clap::Subcommand;

use crate::cli::arguments;
use crate::cli::arguments::audience::AudienceWord;
use crate::cli::arguments::row_flags::{FlagColumns, RowFlags};
use crate::cli::shell::{CommandArgs, CommandNeeds, FilesNeeded, Outcome, Shell, bail_usage};
use crate::edit::Edit;
use crate::improve::actions::{ActionsQuery, actions};
use crate::load::formats::{times, values};
use crate::load::records::attainment::assessments;
use crate::privacy::audience::Audience;
use crate::school::layout::rows::{SetUpRow, fill, of, set};
use crate::school::layout::{ACTIONS, RecordLayout};
use crate::school::year::actions::{BY_CONSENT, KINDS};
use crate::school::{ActionStatus, Id, School};
use crate::view;

/// Lists what is to be done, and what changed since; adds to it
#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct Args {
    #[command(subcommand)]
    change: Option<ActionChange>,
    /// One action, by its id: with all that is known of it
    #[arg(long, value_name = "ID")]
    id: Option<String>,
    /// Only those of one person
    #[arg(long, value_name = "STAFF")]
    owner: Option<String>,
    /// Only what is due by this day
    #[arg(long, value_name = "DATE")]
    due: Option<String>,
    /// Only of a subject, or what is assessed: reading
    #[arg(long, short, value_name = "SUBJECT")]
    pub(crate) subject: Option<String>,
    /// Only of a kind: strategy, follow-up, issue, team-task, coaching, modelling, paired-planning, training, development-plan, induction, research, trial, spending or other
    #[arg(long, value_name = "KIND")]
    pub(crate) kind: Option<String>,
    /// Only what came from an objective
    #[arg(long, value_name = "ID")]
    objective: Option<String>,
    /// Those that are done or dropped too
    #[arg(long)]
    all: bool,
}

#[derive(Debug, Subcommand)]
enum ActionChange {
    /// Adds an action
    Add(RowFlags<ActionFlags>),
    /// Notes that an action is done
    Done(DoneAction),
    /// Notes that an action was looked at again: what came of it, how it goes on
    Review(ReviewedAction),
}

#[derive(Debug, clap::Args)]
struct DoneAction {
    /// The action's id
    id: String,
    /// The day (default: today)
    #[arg(long, value_name = "DATE")]
    on: Option<String>,
    /// What came of it
    #[arg(long, value_name = "TEXT")]
    finding: Option<String>,
    /// What it has cost, in pounds
    #[arg(long, value_name = "POUNDS")]
    spent: Option<String>,
}

#[derive(Debug, clap::Args)]
struct ReviewedAction {
    /// The action's id
    id: String,
    /// What came of it so far
    #[arg(long, value_name = "TEXT")]
    finding: Option<String>,
    /// How it goes on: open, under-way, done or dropped
    #[arg(long, value_name = "STATUS")]
    status: Option<String>,
    /// When it is looked at again
    #[arg(long, value_name = "DATE")]
    again: Option<String>,
    /// Its new day
    #[arg(long, value_name = "DATE")]
    due: Option<String>,
    /// Everybody concerned has agreed to it
    #[arg(long)]
    agreed: bool,
    /// What it has cost so far, in pounds
    #[arg(long, value_name = "POUNDS")]
    spent: Option<String>,
}

/// The columns of a new action that are flags.
#[derive(Clone, Debug)]
struct ActionFlags;

impl FlagColumns for ActionFlags {
    const LAYOUT: &'static RecordLayout = &ACTIONS;
    const LEFT_OUT: &'static [&'static str] = &["done", "after", "spent"];
    const DEFAULTS: &'static [(&'static str, &'static str)] = &[
        ("id", "made from its words"),
        ("owner", "the phase leader"),
        ("status", "open"),
        ("opened", "today; none for what is late already"),
    ];
    const REQUIRED: &'static [&'static str] = &["action", "due"];
}

impl CommandArgs for Args {
    const NEEDS: CommandNeeds =
        CommandNeeds::OF_YEARS.for_whom(&[AudienceWord::Leader, AudienceWord::Headteacher]);

    fn run(&self, shell: &Shell) -> Result<Outcome> {
        let needs = |_: &School| Ok(FilesNeeded::Everything);
        let (school, changed) = match &self.change {
            None => (shell.load(needs)?, None),
            Some(change) => {
                let (school, id) = shell.edit(needs, |school| edit(change, school, shell))?;
                (school, Some(id))
            }
        };
        let school = &school;
        let audience = shell.whom.audience(school)?;
        let phase = arguments::phase_meant(school, shell)?;
        let asked = match changed {
            Some(id) => ActionsQuery { id: Some(id), ..ActionsQuery::default() },
            None => asked(self, school, &audience)?,
        };
        let answer = actions(school, phase, &asked, &audience, shell.today);
        shell.write(&answer, &view::improve::actions::document(school, &answer, asked.id.is_some()))?;
        Ok(Outcome::Answered)
    }
}

/// The ids of the actions that an audience may know of.
fn open_to<'s>(school: &'s School, audience: &Audience) -> impl Iterator<Item = &'s Id> + Clone + use<'s> {
    let leader = *audience == Audience::Leader;
    school
        .year
        .actions
        .iter()
        .filter(move |action| leader || !action.is_by_consent())
        .map(|action| &action.id)
}

fn asked(args: &Args, school: &School, audience: &Audience) -> Result<ActionsQuery> {
    let subject = |text: &str| assessments::subject(text, school);
    let objectives = || school.year.objectives.iter().map(|objective| &objective.id);
    let by_number = |text: &str| {
        let number = text.trim().parse::<usize>().ok()?;
        school.year.objectives.get(number.checked_sub(1)?).map(|objective| objective.id.clone())
    };
    let objective = |text: &str| match by_number(text) {
        Some(id) => Ok(id),
        None => arguments::known(text, "objective", objectives()),
    };
    Ok(ActionsQuery {
        owner: args.owner.as_deref().map(|text| arguments::person(school, text)).transpose()?,
        due_by: args.due.as_deref().map(times::date).transpose()?,
        subject: args.subject.as_deref().map(subject).transpose()?,
        kind: args.kind.as_deref().map(|text| arguments::kind(text, "kind of action", KINDS)).transpose()?,
        came_from: args.objective.as_deref().map(objective).transpose()?,
        id: args
            .id
            .as_deref()
            .map(|text| arguments::known(text, "action", open_to(school, audience)))
            .transpose()?,
        all: args.all,
    })
}

fn known(school: &School, text: &str) -> Result<Id> {
    arguments::known(text, "action", school.year.actions.iter().map(|action| &action.id))
}

/// A change, and the id of the action.
fn edit(change: &ActionChange, school: &School, shell: &Shell) -> Result<Edit<Id>> {
    let cells = |id: Id, values: &SetUpRow| {
        arguments::refuse(school, &ACTIONS, values, false)?;
        Edit::cells(shell.root(), &ACTIONS, id.clone().as_str(), values, id)
    };
    match change {
        ActionChange::Add(add) => {
            let row = row(add, school, shell)?;
            let id = Id::new(of(&row, "id"));
            Edit::row(shell.root(), &ACTIONS, row, id)
        }
        ActionChange::Done(done) => {
            refuse_empty(done.finding.as_deref())?;
            let id = known(school, &done.id)?;
            let values = done_values(done, &id, school, shell.today)?;
            cells(id, &values)
        }
        ActionChange::Review(review) => {
            refuse_empty(review.finding.as_deref())?;
            let id = known(school, &review.id)?;
            let values = reviewed_values(review, &id, school, shell.today)?;
            cells(id, &values)
        }
    }
}

/// Refuses a finding without words.
fn refuse_empty(finding: Option<&str>) -> Result<()> {
    if finding.is_some_and(|finding| finding.trim().is_empty()) {
        bail_usage!("--finding: say what came of it");
    }
    Ok(())
}

/// Returns the cells of an action that is done.
fn done_values(done: &DoneAction, id: &Id, school: &School, today: NaiveDate) -> Result<SetUpRow> {
    let on = done.on.as_deref().map_or(Ok(today), times::date)?;
    if let Some(action) = school.year.actions.iter().find(|action| action.id == *id && !action.is_open()) {
        bail_usage!(
            "`{id}` is {} already; what came of it later: phase actions review {id} --finding …",
            action.status.word()
        );
    }
    let mut values = vec![("status", ActionStatus::Done.word().to_owned()), ("done", on.to_string())];
    values.extend(done.finding.as_ref().map(|text| ("after", found(school, id, text))));
    values.extend(done.spent.clone().map(|text| ("spent", text)));
    Ok(values)
}

/// Returns the cells of an action that was looked at again.
fn reviewed_values(review: &ReviewedAction, id: &Id, school: &School, today: NaiveDate) -> Result<SetUpRow> {
    let action = school.year.actions.iter().find(|action| action.id == *id);
    let is_done = action.is_some_and(|action| action.status == ActionStatus::Done);
    let status = review.status.as_deref().map(|text| values::fixed_word::<ActionStatus>(text, "status"));
    let status = status.transpose()?;
    let mut values: SetUpRow = Vec::new();
    values.extend(review.finding.as_ref().map(|text| ("after", found(school, id, text))));
    values.extend(status.map(|status| ("status", status.word().to_owned())));
    match (is_done, status) {
        (true, Some(ActionStatus::Done)) => {
            bail_usage!("`{id}` is done already");
        }
        (false, Some(ActionStatus::Done)) => values.push(("done", today.to_string())),
        // What is taken up again is not done.
        (true, Some(_)) => values.push(("done", String::new())),
        (_, None) | (false, Some(_)) => {}
    }
    // Once looked at, it is looked at again only where a day is given.
    let was_due = action.is_some_and(|action| action.review.is_some_and(|review| review <= today));
    if review.finding.is_some() && review.again.is_none() && was_due {
        values.push(("review", String::new()));
    }
    for (name, text) in [("review", &review.again), ("due", &review.due)] {
        let day = text.as_deref().map(times::date).transpose()?;
        values.extend(day.map(|day| (name, day.to_string())));
    }
    values.extend(review.agreed.then(|| ("agreed", "yes".to_owned())));
    values.extend(review.spent.clone().map(|text| ("spent", text)));
    if values.is_empty() {
        bail_usage!("say what came of it: --finding, --status, --again, --due, --agreed or --spent");
    }
    Ok(values)
}

/// A finding after those that are there: none is lost.
fn found(school: &School, id: &Id, text: &str) -> String {
    let before =
        school.year.actions.iter().find(|action| action.id == *id).map_or("", |action| action.after.as_str());
    if before.is_empty() { text.to_owned() } else { format!("{before}; {text}") }
}

/// The row that the flags say.
fn row(add: &RowFlags<ActionFlags>, school: &School, shell: &Shell) -> Result<SetUpRow> {
    let phase = arguments::phase_meant(school, shell)?;
    let mut row = add.row(school)?;
    let id = match add.get("id") {
        Some(id) => arguments::new_id(school, id)?,
        None => new_id(school, of(&row, "action")),
    };
    set(&mut row, "id", id);
    fill(&mut row, "owner", || phase.leader.to_string());
    fill(&mut row, "status", || ActionStatus::Open.word().to_owned());
    // When something was begun that is late already is not known.
    if times::date(of(&row, "due"))? >= shell.today {
        fill(&mut row, "opened", || shell.today.to_string());
    }
    if BY_CONSENT.contains(&of(&row, "kind")) {
        fill(&mut row, "agreed", || "no".to_owned());
    }
    arguments::refuse(school, &ACTIONS, &row, false)?;
    Ok(row)
}

/// A short name made from the first words of an action, with a number where it is taken.
fn new_id(school: &School, action: &str) -> String {
    let words: Vec<&str> = action.split_whitespace().take(4).collect();
    let name = Id::from_name(&words.join(" "));
    let name = if name.as_str().is_empty() { "action" } else { name.as_str() };
    let is_free = |id: &String| arguments::new_id(school, id).is_ok();
    let numbered = (2..1_000_000).map(|number| format!("{name}-{number}"));
    std::iter::once(name.to_owned()).chain(numbered).find(is_free).unwrap_or_default()
}
