//! `phase trajectory`: each subject against its expected path, who is behind a gap, and how it went before.

use anyhow::Result;

use crate::cli::arguments;
use crate::cli::arguments::audience::AudienceWord;
use crate::cli::arguments::audience::one_table;
use crate::cli::shell::{CommandArgs, CommandNeeds, FilesNeeded, Outcome, Shell, UsageError, bail_usage};
use crate::load::formats::values;
use crate::load::records::attainment::{pupils, result_codes};
use crate::privacy::audience::Audience;
use crate::school::{Id, School};
use crate::track::cohort::Cohort;
use crate::track::progress;
use crate::track::query::AttainmentQuery;
use crate::track::trajectory::trajectory;
use crate::view;

/// Shows each subject against its path, and what is significantly off it
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The subject, as results name it (default: every one)
    #[arg(long, short, value_name = "SUBJECT")]
    pub(crate) subject: Vec<String>,
    /// The data point: autumn, spring, summer, spring-1, a date (default: the last of each subject; for you only)
    #[arg(long, value_name = "POINT")]
    point: Option<String>,
    /// expected, higher or on-track (default: what has a target, else the first that results allow)
    #[arg(long, value_name = "MEASURE")]
    measure: Option<String>,
    /// Only this year group (default: each, and the phase)
    #[arg(long, value_name = "YEAR")]
    pub(crate) year_group: Option<String>,
    /// Groups beside all pupils, such as disadvantaged=yes (default: those with a target of their own)
    #[arg(long, value_name = "GROUP")]
    group: Vec<String>,
    /// teacher or test (default: the teacher's, where there is one; for you only)
    #[arg(long, value_name = "KIND")]
    pub(crate) kind: Option<String>,
    /// Try a target for the end of the phase, in percent: 76, or maths=76
    #[arg(long, value_name = "PERCENT", allow_hyphen_values = true)]
    target: Vec<String>,
    /// The codes of the pupils not at the standard, for your screen only
    #[arg(long, conflicts_with = "trend")]
    pupils: bool,
    /// Year by year and pooled, with progress and value added where the records allow it
    #[arg(long, conflicts_with_all = ["point", "measure", "year_group", "group", "kind", "target"])]
    trend: bool,
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
        let subjects: Vec<Vec<Id>> =
            self.subject.iter().map(|text| arguments::measured(school, text)).collect::<Result<_>>()?;
        let subjects: Vec<Id> = subjects.into_iter().flatten().collect();
        if self.trend {
            let past = progress::past(school, phase, &subjects, &audience, shell.today)
                .ok_or_else(arguments::no_pupils)?;
            shell.write(&past, &view::track::progress::document(school, &past))?;
            return Ok(Outcome::Answered);
        }
        let year_group =
            self.year_group.as_deref().map(|text| arguments::year_group(phase, text)).transpose()?;
        if year_group.is_some() && !audience.sees_results_of_year_groups() {
            bail_usage!(
                "year groups are not for this audience ({}): leave --year-group away",
                audience.word()
            );
        }
        let groups = self.group.iter().map(|text| pupils::group(text, &school.settings.groupings));
        let asked = AttainmentQuery {
            subjects,
            point: self.point.as_deref().map(|text| arguments::point(school, text)).transpose()?,
            measure: self.measure.as_deref().map(arguments::measure).transpose()?,
            year_group,
            groups: groups.collect::<Result<_, values::ValueError>>()?,
            kind: self.kind.as_deref().map(arguments::result_kind).transpose()?,
            targets: self.target.iter().map(|text| target(school, text)).collect::<Result<_>>()?,
        };
        let answer =
            trajectory(school, phase, &asked, &audience, shell.today).ok_or_else(arguments::no_pupils)?;
        if !self.pupils {
            shell.write(&answer, &view::track::trajectory::document(school, &answer))?;
            return Ok(Outcome::Answered);
        }
        if audience != Audience::Leader || !shell.stays_on_screen() {
            bail_usage!(
                "--pupils is for the phase leader's screen only: no other audience, no file, no other format"
            );
        }
        let cohort = Cohort::open(school, phase, school.set_up.calendar.academic_year.0, asked.kind)
            .ok_or_else(arguments::no_pupils)?;
        shell.write(&(), &view::track::pupil_codes::document(school, &answer, &cohort))?;
        Ok(Outcome::Answered)
    }
}

/// A target to try: `76` for everything, or `maths=76`.
fn target(school: &School, text: &str) -> Result<(Option<Id>, f64)> {
    let (subject, percent) = match text.split_once('=') {
        Some((subject, percent)) => (Some(subject), percent),
        None => (None, text),
    };
    let share = result_codes::number(percent.trim_end_matches('%'), 0.0..=100.0)? / 100.0;
    let subject = subject.map(|text| arguments::measured(school, text)).transpose()?;
    match subject.as_deref() {
        None => Ok((None, share)),
        Some([one]) => Ok((Some(one.clone()), share)),
        Some(several) => {
            let names: Vec<&str> = several.iter().map(Id::as_str).collect();
            Err(UsageError(format!("--target {text}: it is assessed as {}; name one", names.join(", ")))
                .into())
        }
    }
}
