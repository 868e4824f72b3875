//! `phase report`: what is handed over, put together from the records for those it is for.

use std::path::Path;

use anyhow::Result;

use crate::cli::arguments;
use crate::cli::arguments::audience::AudienceWord;
use crate::cli::shell::{CommandArgs, CommandNeeds, FilesNeeded, Outcome, Shell, bail_usage};
use crate::edit::Edit;
use crate::load::formats::values;
use crate::overview::report::answer::ReportQuery;
use crate::overview::report::{list, report};
use crate::privacy::audience::Audience;
use crate::school::layout::LOG;
use crate::school::layout::rows::SetUpRow;
use crate::school::{ReportKind, School, day, half_term_name};
use crate::view;

/// Puts a report together: end-of-term, provision, headteacher and others
///
/// Each report has its own audience, which stands on its face; --audience makes it for another. What an audience may
/// not see is in no format. A school's own order of sections and its own words go into reports.toml.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Which: end-of-term, provision, headteacher, line-manager, staff-meeting, phase-meeting, leadership-conversation, target-sheet or handover
    #[arg(value_name = "KIND")]
    pub(crate) kind: Option<String>,
    /// List the reports, whom they are for and what is in them
    #[arg(long, conflicts_with_all = ["kind", "issue"])]
    list: bool,
    /// The half term at whose end it is made (default: the present one)
    #[arg(long, value_name = "N")]
    pub(crate) half_term: Option<String>,
    /// Note in the log that it was handed over
    #[arg(long, requires = "output")]
    issue: bool,
}

impl CommandArgs for Args {
    const NEEDS: CommandNeeds = CommandNeeds::OF_YEARS.for_whom(&[
        AudienceWord::Leader,
        AudienceWord::Headteacher,
        AudienceWord::Governors,
        AudienceWord::Staff,
    ]);

    fn run(&self, shell: &Shell) -> Result<Outcome> {
        let needs = |_: &School| Ok(FilesNeeded::Everything);
        let kind =
            self.kind.as_deref().map(|kind| values::fixed_word::<ReportKind>(kind, "report")).transpose();
        match kind? {
            Some(kind) if self.issue => {
                let (_, noted) =
                    shell.edit(needs, |school| noted(school, &made(self, kind, school, shell)?, shell))?;
                shell.say(&noted);
            }
            Some(kind) => drop(made(self, kind, &shell.load(needs)?, shell)?),
            None if self.list => {
                let all = list::all_reports(&shell.load(needs)?);
                shell.write(&all, &view::overview::report::list(&all, shell.today))?;
            }
            None => {
                bail_usage!(
                    "say which report: {} (phase report --list tells more)",
                    ReportKind::WORDS.join(", ")
                )
            }
        }
        Ok(Outcome::Answered)
    }
}

/// Puts the report together, and writes it; returns what was asked.
fn made(args: &Args, kind: ReportKind, school: &School, shell: &Shell) -> Result<ReportQuery> {
    let phase = arguments::phase_meant(school, shell)?;
    let half_term = arguments::present(school, args.half_term.as_deref(), shell.today)?;
    if let Some(span) = school.set_up.calendar.half_term(half_term).filter(|span| span.from > shell.today) {
        let name = half_term_name(half_term);
        bail_usage!("{name} begins on {}: there is nothing to report of it yet", day(span.from));
    }
    let asked =
        ReportQuery { kind, audience: shell.whom.audience_or(school, Audience::of_report(kind))?, half_term };
    let answer = report(school, phase, &asked, shell.today);
    let answer = view::overview::report::with_details(school, answer);
    let document = view::overview::report::document(school, &answer);
    shell.write_to(asked.audience == Audience::Leader, &answer, &document)?;
    let (kind, whom) = (asked.kind.word(), asked.audience.word());
    for words in view::overview::report::dropped(school, &answer) {
        shell.say(&format!(
            "reports.toml: the {words} of [{kind}] names somebody, so all of it is left out for {whom}; {{leader}} may stand there"
        ));
    }
    Ok(asked)
}

/// Notes in the log that a report was handed over, to whom, and in which file.
fn noted(school: &School, asked: &ReportQuery, shell: &Shell) -> Result<Edit<String>> {
    let phase = arguments::phase_meant(school, shell)?;
    let names = shell.outputs.files().filter_map(Path::file_name);
    let names: Vec<String> = names.map(|name| name.to_string_lossy().into_owned()).collect();
    let shows = school.year.duties.iter().find(|duty| Some(duty.id.as_str()) == asked.kind.duty());
    let row: SetUpRow = vec![
        ("date", shell.today.to_string()),
        ("kind", "report-issued".to_owned()),
        ("who", phase.leader.to_string()),
        ("what", format!("{}, for {}", asked.kind.title(), asked.audience.word())),
        ("shows", shows.map_or_else(String::new, |duty| duty.id.to_string())),
    ];
    Edit::row(shell.root(), &LOG, row, format!("log.csv: noted that {} was handed over", names.join(", ")))
}
