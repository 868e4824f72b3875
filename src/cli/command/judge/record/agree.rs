//! `phase record --agree`: what two people agreed on, written into the row with their first views.

use anyhow::{Context, Result};

use super::args::Args;
use crate::cli::shell::{FilesNeeded, Outcome, Shell, UsageError, bail_usage};
use crate::edit::Edit;
use crate::load::records::evidence::file_name;
use crate::school::School;
use crate::school::layout::EVIDENCE;
use crate::store::yearly_records::with_change;

pub(crate) fn run(id: &str, args: &Args, shell: &Shell) -> Result<Outcome> {
    let (_, says) = shell.edit(|_| Ok(FilesNeeded::Evidence), |school| agreed(id, args, school, shell))?;
    shell.say(&says);
    Ok(Outcome::Answered)
}

/// The agreed grade of a row, and what is said of it.
fn agreed(id: &str, args: &Args, school: &School, shell: &Shell) -> Result<Edit<String>> {
    let year = school.set_up.calendar.academic_year.0;
    let known = school.year.evidence.iter().find(|row| row.academic_year == year && row.id.as_str() == id);
    let row = known.ok_or_else(|| UsageError(format!("no evidence of this year has the id `{id}`")))?;
    if row.agreed_grade.is_some() {
        bail_usage!("{id} has an agreed grade already ({})", row.at);
    }
    let named = row.framework.as_ref().unwrap_or(&school.settings.framework);
    let framework = school.year.frameworks.get(named).context("the framework cannot be read")?;
    let typed = args.row.get("agreed_grade").unwrap_or_default();
    let rank = crate::load::frameworks::lookup::grade(typed, &framework.grades)?;
    let grade = framework.grade_id(rank).context("the grade is not on the scale")?;
    let values = vec![("agreed_grade", grade.to_string())];
    let would = if shell.dry_run { "would be " } else { "" };
    let says = format!("{} ({id}): {would}agreed, {}", row.at, framework.label(rank));
    let change = |text: &str| Ok(with_change(text, &EVIDENCE, id, &values));
    Edit::of(shell.root(), &file_name(row.half_term), says, change)
}
