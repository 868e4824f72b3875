//! `phase moderate`: how far subject leaders' views and the phase leader's agree, and how valid they are.

use anyhow::Result;

use crate::cli::arguments;
use crate::cli::arguments::audience::one_table;
use crate::cli::shell::{FilesNeeded, Outcome, Shell};
use crate::judge::moderation::moderate;
use crate::judge::pairs::ModerationQuery;
use crate::load::formats::times;
use crate::privacy::audience::Audience;
use crate::view;

/// Compares subject leaders' first views with yours, and checks that the evidence can carry its conclusion
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The subject (default: all of them)
    #[arg(long, short, value_name = "SUBJECT")]
    pub(crate) subject: Option<String>,
    /// The half term (default: the academic year so far)
    #[arg(long, value_name = "N")]
    pub(crate) half_term: Option<String>,
    /// Show every pair, linear kappa and Krippendorff's alpha
    #[arg(long)]
    explain: bool,
}

pub(crate) fn run(args: &Args, shell: &Shell) -> Result<Outcome> {
    let school = &shell.load(|_| Ok(FilesNeeded::Evidence))?;
    let audience = shell.whom.audience(school)?;
    if !audience.sees_other_tables_of_views() {
        let flags = [("--subject", args.subject.is_some()), ("--half-term", args.half_term.is_some())];
        one_table(&audience, &flags)?;
    }
    let mut subject = args.subject.as_deref().map(|text| arguments::subject(school, text)).transpose()?;
    if let (Audience::SubjectLeader(person), Some(named)) = (&audience, &subject) {
        subject = Some(arguments::own_subject(school, person, Some(named.clone()))?);
    }
    let half_term = args.half_term.as_deref().map(times::half_term).transpose().map_err(arguments::usage)?;
    let asked = ModerationQuery {
        phase: arguments::phase_meant(school, shell)?.id.clone(),
        subject,
        half_term,
        present: arguments::present(school, None, shell.today)?.max(half_term.unwrap_or(1)),
    };
    let moderation = moderate(school, &asked, shell.today).shown_to(school, &audience);
    shell.write(&moderation, &view::judge::moderation::document(school, &moderation, args.explain))?;
    Ok(Outcome::Answered)
}
