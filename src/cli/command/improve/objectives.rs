//! `phase objectives`: where each objective stands.

use anyhow::{Context, Result};
use chrono::NaiveDate;
use clap::Subcommand;

use crate::cli::arguments;
use crate::cli::arguments::audience::AudienceWord;
use crate::cli::shell::{CommandArgs, CommandNeeds, FilesNeeded, Outcome, Shell, bail_usage};
use crate::edit::Edit;
use crate::load::formats::times;
use crate::privacy::audience::Audience;
use crate::school::{CriterionTest, Id, Objective, School, layout};
use crate::store::objectives::with_milestone;
use crate::{improve, view};

/// Shows where each objective stands, from the records themselves
#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct Args {
    #[command(subcommand)]
    change: Option<ObjectiveChange>,
    /// One objective, by its number or id: with what shows it, and what is missing
    #[arg(long, value_name = "N")]
    id: Option<String>,
}

#[derive(Debug, Subcommand)]
enum ObjectiveChange {
    /// Writes the day on which a milestone was reached
    Done {
        /// The objective, by its number or id
        objective: String,
        /// The criterion, by its number
        criterion: usize,
        /// The day (default: today)
        #[arg(long, value_name = "DATE")]
        on: Option<String>,
    },
}

impl CommandArgs for Args {
    const NEEDS: CommandNeeds = CommandNeeds::OF_YEARS.for_whom(&[
        AudienceWord::Leader,
        AudienceWord::Headteacher,
        AudienceWord::Governors,
    ]);

    fn run(&self, shell: &Shell) -> Result<Outcome> {
        let (school, only) = match &self.change {
            None => {
                let school = shell.load(|_| Ok(FilesNeeded::Everything))?;
                let only = self.id.as_deref().map(|text| number(&school, text)).transpose()?;
                (school, only)
            }
            Some(ObjectiveChange::Done { objective, criterion, on }) => shell.edit(
                |_| Ok(FilesNeeded::Everything),
                |school| {
                    let number = number(school, objective)?;
                    let on = on.as_deref().map_or(Ok(shell.today), times::date)?;
                    Ok(done(school, shell, number, *criterion, on)?.with(Some(number)))
                },
            )?,
        };
        let school = &school;
        let audience: Audience = shell.whom.audience(school)?;
        let phase = arguments::phase_meant(school, shell)?;
        let answer = improve::objectives::objectives(school, phase, only, &audience, shell.today);
        let answer = view::improve::objectives::with_details(school, answer);
        shell.write(&answer, &view::improve::objectives::document(school, &answer, only.is_some()))?;
        Ok(Outcome::Answered)
    }
}

/// The number of an objective, from 1: by that number, or by its id.
fn number(school: &School, text: &str) -> Result<usize> {
    let by_number = text
        .trim()
        .parse::<usize>()
        .ok()
        .filter(|number| (1..=school.year.objectives.len()).contains(number));
    if let Some(number) = by_number {
        return Ok(number);
    }
    let id: Id =
        arguments::known(text, "objective", school.year.objectives.iter().map(|objective| &objective.id))?;
    let place = school.year.objectives.iter().position(|objective| objective.id == id);
    place.map(|place| place + 1).context("there is no such objective")
}

/// Writes the day of a milestone into `objectives.toml`.
fn done(school: &School, shell: &Shell, number: usize, criterion: usize, on: NaiveDate) -> Result<Edit<()>> {
    let objective: &Objective =
        school.year.objectives.get(number - 1).context("there is no such objective")?;
    let test = criterion.checked_sub(1).and_then(|index| objective.criteria.get(index)).map(|one| &one.test);
    match test {
        Some(CriterionTest::Milestone(Some(done))) if *done != on => {
            bail_usage!(
                "criterion {criterion} was done on {done} already: change the day in {}",
                layout::OBJECTIVES
            );
        }
        Some(CriterionTest::Milestone(_)) => {}
        Some(_) => {
            bail_usage!("criterion {criterion} is no milestone: the records tell whether it is met");
        }
        None => {
            bail_usage!("objective {number} has criteria 1 to {}", objective.criteria.len());
        }
    }
    let root = shell.root();
    Edit::of(root, layout::OBJECTIVES, (), |text| with_milestone(text, number - 1, criterion - 1, on))
}
