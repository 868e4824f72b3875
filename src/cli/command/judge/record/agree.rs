//! `phase record --agree`: what two people agreed on, written into the row with their first views.

use std::collections::BTreeMap;

use anyhow::{Context, Result};

use super::args::Args;
use crate::cli::arguments;
use crate::cli::outcome::Outcome;
use crate::cli::shell::{FilesNeeded, Shell, UsageError, bail_usage};
use crate::load::records::evidence::file_name;
use crate::school::layout;
use crate::store::atomic_file::FileEdit;
use crate::store::yearly_records;

pub(crate) fn run(id: &str, args: &Args, shell: &Shell) -> Result<Outcome> {
    let _lock = if args.dry_run { None } else { Some(shell.lock()?) };
    let school = &shell.load(|_| Ok(FilesNeeded::Evidence))?;
    let year = school.set_up.calendar.academic_year.0;
    let known = school.year.evidence.iter().find(|row| row.academic_year == year && row.id.as_str() == id);
    let row = known.ok_or_else(|| UsageError(format!("no evidence of this year has the id `{id}`")))?;
    if row.agreed_grade.is_some() {
        bail_usage!("{id} has an agreed grade already ({})", row.at);
    }
    let named = row.framework.as_ref().unwrap_or(&school.settings.framework);
    let framework = school.year.frameworks.get(named).context("the framework cannot be read")?;
    let typed = args.agreed_grade.as_deref().unwrap_or_default();
    let rank = crate::load::frameworks::lookup::grade(typed, &framework.grades).map_err(arguments::usage)?;
    let grade = framework.grade_id(rank).context("the grade is not on the scale")?;
    let name = file_name(row.half_term);
    let edit = FileEdit::open(shell.root(), &name)?;
    let values = [("agreed_grade", grade.to_string())];
    let text = yearly_records::with_change(&edit.text, &layout::EVIDENCE, id, &values);
    let then = BTreeMap::from([(name.clone(), text.clone().into_bytes())]);
    shell.as_if(&then).refuse_faults(Some(&name), "nothing was written")?;
    if !args.dry_run {
        shell.commit(&[(edit, text)])?;
    }
    let would = if args.dry_run { "would be " } else { "" };
    shell.say(&format!("{} ({id}): {would}agreed, {}", row.at, framework.label(rank)));
    Ok(Outcome::Answered)
}
