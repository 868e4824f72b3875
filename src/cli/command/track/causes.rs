//! `phase causes`: where a subject's shortfall lies, and what may be behind it.

use anyhow::{Result, bail};

use crate::cli::arguments;
use crate::cli::shell::{CommandArgs, CommandNeeds, FilesNeeded, Outcome, Shell, bail_usage};
use crate::school::Id;
use crate::track::shortfall::{NoShortfall, ShortfallQuery};
use crate::{overview, view};

/// Shows where a subject's shortfall lies, and what may be behind it
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The subject, as results name it
    #[arg(long, short, value_name = "SUBJECT")]
    pub(crate) subject: String,
    /// The data point: autumn, spring, summer, spring-1, a date (default: the last one)
    #[arg(long, value_name = "POINT")]
    point: Option<String>,
    /// expected, higher or on-track (default: what has a target, else the first that results allow)
    #[arg(long, value_name = "MEASURE")]
    measure: Option<String>,
    /// Only this year group
    #[arg(long, value_name = "YEAR")]
    pub(crate) year_group: Option<String>,
    /// teacher or test (default: the teacher's, where there is one)
    #[arg(long, value_name = "KIND")]
    pub(crate) kind: Option<String>,
}

impl CommandArgs for Args {
    const NEEDS: CommandNeeds = CommandNeeds::OF_YEARS;

    fn run(&self, shell: &Shell) -> Result<Outcome> {
        let school = &shell.load(|_| Ok(FilesNeeded::EvidenceAndResults))?;
        let phase = arguments::phase_meant(school, shell)?;
        if school.year_results().is_none() {
            return Err(arguments::no_pupils());
        }
        let subject = match arguments::measured(school, &self.subject)?.as_slice() {
            [one] => one.clone(),
            several => {
                let names: Vec<&str> = several.iter().map(Id::as_str).collect();
                bail_usage!("{} is assessed as {}: name one", self.subject, names.join(", "));
            }
        };
        let asked = ShortfallQuery {
            subject,
            point: self.point.as_deref().map(|text| arguments::point(school, text)).transpose()?,
            measure: self.measure.as_deref().map(arguments::measure).transpose()?,
            year_group: self
                .year_group
                .as_deref()
                .map(|text| arguments::year_group(phase, text))
                .transpose()?,
            kind: self.kind.as_deref().map(arguments::result_kind).transpose()?,
        };
        let half_term = arguments::present(school, None, shell.today)?;
        match overview::possible_causes::causes(school, phase, &asked, half_term, shell.today) {
            Ok(answer) => shell.write(&answer, &view::track::causes::document(school, &answer))?,
            Err(NoShortfall::NoResults) => bail!("no results in {} are in for what was asked", self.subject),
            Err(NoShortfall::NoPath) => bail!(
                "{0} has no path to fall short of: a target in targets.csv ({0},expected,76) and a baseline in assessments.csv make one",
                asked.subject
            ),
        }
        Ok(Outcome::Answered)
    }
}
