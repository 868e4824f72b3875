//! `phase gaps`: groups of pupils against each other, and each against where it began.

use anyhow::Result;

use crate::cli::arguments;
use crate::cli::arguments::audience::AudienceWord;
use crate::cli::arguments::audience::one_table;
use crate::cli::shell::{CommandArgs, CommandNeeds, FilesNeeded, Outcome, Shell, UsageError, bail_usage};
use crate::load::formats::values;
use crate::privacy::audience::Audience;
use crate::school::{Id, School};
use crate::track::gaps::{GapsQuery, gaps};
use crate::view;

/// Sets groups of pupils against each other, and against where they began
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The subject, as results name it (default: every one)
    #[arg(long, short, value_name = "SUBJECT")]
    pub(crate) subject: Vec<String>,
    /// The data point: autumn, spring, summer, spring-1, a date (default: the last of each subject; for you only)
    #[arg(long, value_name = "POINT")]
    point: Option<String>,
    /// expected, higher or on-track (default: the first that results allow)
    #[arg(long, value_name = "MEASURE")]
    measure: Option<String>,
    /// Only the groups of this column: disadvantaged, sex, send … (default: every one)
    #[arg(long, value_name = "COLUMN")]
    group: Vec<String>,
    /// Only this year group (for you only)
    #[arg(long, value_name = "YEAR")]
    pub(crate) year_group: Option<String>,
    /// teacher or test (default: the teacher's, where there is one; for you only)
    #[arg(long, value_name = "KIND")]
    pub(crate) kind: Option<String>,
}

impl CommandArgs for Args {
    const NEEDS: CommandNeeds = CommandNeeds::OF_YEARS.for_whom(AudienceWord::ALL);

    fn run(&self, shell: &Shell) -> Result<Outcome> {
        let school = &shell.load(|_| Ok(FilesNeeded::Results))?;
        let audience = shell.whom.audience(school)?;
        let phase = arguments::phase_meant(school, shell)?;
        if !audience.sees_other_tables_of_results() {
            let flags = [("--point", self.point.is_some()), ("--kind", self.kind.is_some())];
            one_table(&audience, &flags)?;
        }
        if self.year_group.is_some() && audience != Audience::Leader {
            bail_usage!(
                "groups within a year group are so small that they are for the phase leader only: leave --year-group away"
            );
        }
        let subjects: Vec<Vec<Id>> =
            self.subject.iter().map(|text| arguments::measured(school, text)).collect::<Result<_>>()?;
        let asked = GapsQuery {
            subjects: subjects.into_iter().flatten().collect(),
            point: self.point.as_deref().map(|text| arguments::point(school, text)).transpose()?,
            measure: self.measure.as_deref().map(arguments::measure).transpose()?,
            columns: self.group.iter().map(|text| column(school, text)).collect::<Result<_>>()?,
            year_group: self
                .year_group
                .as_deref()
                .map(|text| arguments::year_group(phase, text))
                .transpose()?,
            kind: self.kind.as_deref().map(arguments::result_kind).transpose()?,
        };
        let answer = gaps(school, phase, &asked, &audience, shell.today).ok_or_else(arguments::no_pupils)?;
        shell.write(&answer, &view::track::gaps::document(school, &answer))?;
        Ok(Outcome::Answered)
    }
}

/// A column of the pupils that says which group they belong to.
fn column(school: &School, text: &str) -> Result<Id> {
    let written = text.trim().to_lowercase().replace(['-', ' '], "_");
    let written = if written == "sen" { "send".to_owned() } else { written };
    let names = || school.settings.groupings.iter().map(|grouping| grouping.column.as_str());
    if let Some(found) = school.settings.groupings.iter().find(|grouping| grouping.column.as_str() == written)
    {
        return Ok(found.column.clone());
    }
    let hint = match values::nearest(&written, names()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("known are {}", names().collect::<Vec<_>>().join(", ")),
    };
    Err(UsageError(format!("pupils have no column `{}`: {hint}", text.trim())).into())
}
