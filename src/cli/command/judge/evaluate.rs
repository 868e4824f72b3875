//! `phase evaluate`: outcomes and provision by the evidence, next to what the leader judges.

use anyhow::{Context, Result};

use crate::cli::arguments;
use crate::cli::arguments::audience::AudienceWord;
use crate::cli::shell::{CommandArgs, CommandNeeds, FilesNeeded, Outcome, Shell, bail_usage};
use crate::edit::actions;
use crate::judge::{self, Evaluation, Scope};
use crate::privacy::audience::Audience;
use crate::school::{Id, School};
use crate::view;

/// Brings the evidence together into grades, beside what you judge
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The subject (default: all of them, and the phase as a whole)
    #[arg(long, short, value_name = "SUBJECT")]
    pub(crate) subject: Option<String>,
    /// The half term at whose end is judged (default: the present one); it and the one before count
    #[arg(long, value_name = "N")]
    pub(crate) half_term: Option<String>,
    /// Judge the whole academic year
    #[arg(long, conflicts_with = "half_term")]
    year: bool,
    /// The framework (default: the workspace's)
    #[arg(long, value_name = "ID")]
    pub(crate) framework: Option<String>,
    /// Show the arithmetic, row by row, as on paper
    #[arg(long)]
    explain: bool,
    /// With --explain: how likely more than half the pieces truly are at the grade or better, at most
    #[arg(long, requires = "explain")]
    chance: bool,
    /// Add the steps of the plan to actions.csv
    #[arg(long)]
    write_actions: bool,
}

impl CommandArgs for Args {
    const NEEDS: CommandNeeds = CommandNeeds::OF_YEARS.for_whom(AudienceWord::ALL);

    fn run(&self, shell: &Shell) -> Result<Outcome> {
        let needs = |_: &School| Ok(FilesNeeded::Evidence);
        if !self.write_actions {
            evaluated(self, &shell.load(needs)?, shell)?;
            return Ok(Outcome::Answered);
        }
        let (_, written) = shell.edit(needs, |school| {
            let evaluation = evaluated(self, school, shell)?;
            actions::next_steps(shell.root(), school, &evaluation)
        })?;
        shell.say(&view::judge::evaluation::written(&written.new, &written.there));
        Ok(Outcome::Answered)
    }
}

/// Judges, and writes the answer.
fn evaluated(args: &Args, school: &School, shell: &Shell) -> Result<Evaluation> {
    let audience = shell.whom.audience(school)?;
    let mut subject = args.subject.as_deref().map(|text| arguments::subject(school, text)).transpose()?;
    if let Audience::SubjectLeader(person) = &audience {
        subject = Some(arguments::own_subject(school, person, subject)?);
    }
    let phase = arguments::phase_meant(school, shell)?;
    let framework = match &args.framework {
        Some(id) if school.year.frameworks.contains_key(&Id::new(id)) => Id::new(id),
        Some(id) => {
            let known: Vec<&str> = school.year.frameworks.keys().map(Id::as_str).collect();
            bail_usage!("no evidence names the framework `{id}`; evaluated can be {}", known.join(", "));
        }
        None => school.settings.framework.clone(),
    };
    let half_term = arguments::present(school, args.half_term.as_deref(), shell.today)?;
    let scope = Scope {
        year: args.year,
        framework,
        in_detail: args.explain,
        ..Scope::at(school, &phase.id, subject.as_ref(), half_term)
    };
    let evaluation = judge::evaluate(school, &scope, shell.today).context("the framework cannot be read")?;
    let shown = evaluation.clone().shown_to(school, &audience);
    let document = if args.explain {
        view::judge::arithmetic::document(school, &shown, args.chance)
    } else {
        view::judge::evaluation::document(school, &shown, !args.write_actions)
    };
    shell.write(&shown, &document)?;
    Ok(evaluation)
}
