//! `phase evaluate`: outcomes and provision by the evidence, next to what the leader judges.

use anyhow::{Context, Result};

use crate::cli::arguments;
use crate::cli::outcome::Outcome;
use crate::cli::shell::{FilesNeeded, Shell, bail_usage};
use crate::judge::{self, Scope};
use crate::privacy::audience::Audience;
use crate::school::layout::rows::SetUpRow;
use crate::school::{Id, layout};
use crate::store::yearly_records;
use crate::view;

/// Brings the evidence together into grades of outcomes and provision, beside what you judge
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

pub(crate) fn run(args: &Args, shell: &Shell) -> Result<Outcome> {
    let _lock = if args.write_actions { Some(shell.lock()?) } else { None };
    let school = &shell.load(|_| Ok(FilesNeeded::Evidence))?;
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
    if args.write_actions {
        let is_there = |id: &Id| school.year.actions.iter().any(|action| action.id == *id);
        let (new, mut there) = judge::plan_rows::rows(school, &evaluation);
        let (known, new): (Vec<_>, Vec<_>) = new.into_iter().partition(|(id, _)| is_there(id));
        there.extend(known.into_iter().map(|(id, _)| id));
        let ids = |rows: &[(Id, SetUpRow)]| rows.iter().map(|(id, _)| id.clone()).collect::<Vec<_>>();
        let told = view::judge::evaluation::written(&ids(&new), &there);
        let rows: Vec<SetUpRow> = new.into_iter().map(|(_, row)| row).collect();
        if !rows.is_empty() {
            shell.commit(&[yearly_records::added(
                shell.root(),
                layout::ACTIONS.file,
                &layout::ACTIONS,
                &rows,
            )?])?;
        }
        shell.say(&told);
    }
    Ok(Outcome::Answered)
}
