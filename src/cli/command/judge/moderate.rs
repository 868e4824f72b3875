//! `phase moderate`: how far subject leaders' views and the phase leader's agree, and how valid they are.

use anyhow::Result;

use crate::cli::arguments;
use crate::cli::arguments::audience::AudienceWord;
use crate::cli::arguments::audience::one_table;
use crate::cli::shell::{CommandArgs, CommandNeeds, FilesNeeded, Outcome, Shell};
use crate::judge::moderation::moderate;
use crate::judge::pairs::ModerationQuery;
use crate::load::formats::times;
use crate::privacy::audience::Audience;
use crate::view;

/// Compares subject leaders' first views with yours
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

impl CommandArgs for Args {
    const NEEDS: CommandNeeds = CommandNeeds::OF_YEARS.for_whom(AudienceWord::ALL);

    fn run(&self, shell: &Shell) -> Result<Outcome> {
        let school = &shell.load(|_| Ok(FilesNeeded::Evidence))?;
        let audience = shell.whom.audience(school)?;
        if !audience.sees_other_tables_of_views() {
            let flags = [("--subject", self.subject.is_some()), ("--half-term", self.half_term.is_some())];
            one_table(&audience, &flags)?;
        }
        let mut subject = self.subject.as_deref().map(|text| arguments::subject(school, text)).transpose()?;
        if let (Audience::SubjectLeader(person), Some(named)) = (&audience, &subject) {
            subject = Some(arguments::own_subject(school, person, Some(named.clone()))?);
        }
        let half_term = self.half_term.as_deref().map(times::half_term).transpose()?;
        let asked = ModerationQuery {
            phase: arguments::phase_meant(school, shell)?.id.clone(),
            subject,
            half_term,
            present: arguments::present(school, None, shell.today)?.max(half_term.unwrap_or(1)),
        };
        let moderation = moderate(school, &asked, shell.today).shown_to(school, &audience);
        shell.write(&moderation, &view::judge::moderation::document(school, &moderation, self.explain))?;
        Ok(Outcome::Answered)
    }
}
