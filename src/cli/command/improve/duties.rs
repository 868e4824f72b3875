//! `phase duties`: each responsibility of the post, and when it was last shown.

use anyhow::Result;

use crate::cli::arguments;
use crate::cli::shell::{CommandArgs, CommandNeeds, FilesNeeded, Outcome, Shell};
use crate::improve::duties::{DutiesQuery, duties};
use crate::load::formats::values;
use crate::school::{DutyGroup, Id};
use crate::view;

/// Shows each responsibility of the post, and when it was last shown
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// One duty, by its id: with all that is known of it
    #[arg(long, value_name = "ID")]
    id: Option<String>,
    /// Of another role: class-teacher, subject-leader, phase-leader or senior-leader (default: phase-leader)
    #[arg(long, value_name = "ROLE")]
    role: Option<String>,
    /// Of every role
    #[arg(long, conflicts_with = "role")]
    all: bool,
    /// Only of one area
    #[arg(long, value_name = "AREA")]
    area: Option<String>,
    /// Only what is not shown yet for the time that it is due in
    #[arg(long)]
    open: bool,
    /// Who does what: class teachers, subject leaders, phase leader, senior leaders
    #[arg(long, conflicts_with_all = ["id", "role", "open"])]
    who: bool,
}

impl CommandArgs for Args {
    const NEEDS: CommandNeeds = CommandNeeds::OF_YEARS;

    fn run(&self, shell: &Shell) -> Result<Outcome> {
        let school = &shell.load(|_| Ok(FilesNeeded::Everything))?;
        shell.whom.audience(school)?;
        let phase = arguments::phase_meant(school, shell)?;
        let role = self.role.as_deref().map(|text| values::fixed_word(text, "role")).transpose()?;
        let id = self
            .id
            .as_deref()
            .map(|text| arguments::known(text, "duty", school.year.duties.iter().map(|duty| &duty.id)))
            .transpose()?;
        let every = self.all || self.who || id.is_some();
        let area = |text: &str| {
            let areas: std::collections::BTreeSet<Id> =
                school.year.duties.iter().map(|duty| Id::new(&duty.area)).collect();
            arguments::known(text, "area", areas.iter()).map(|id| id.to_string())
        };
        let asked = DutiesQuery {
            role: if every { None } else { role.or(Some(DutyGroup::PhaseLeader)) },
            area: self.area.as_deref().map(area).transpose()?,
            id,
            open: self.open,
        };
        let answer = duties(school, phase, &asked, shell.today);
        let document = match self.who {
            true => view::improve::duties::who_does_what(school, &answer),
            false => view::improve::duties::document(school, &answer, asked.id.is_some()),
        };
        shell.write(&answer, &document)?;
        Ok(Outcome::Answered)
    }
}
