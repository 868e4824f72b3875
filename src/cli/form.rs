//! `phase form`: a form to take along or to fill in.

use anyhow::{Context, Result};

use super::shell::{Needs, Shell};
use super::{Ended, words};
use crate::judge;
use crate::plan::handing_in::handing_in;
use crate::report;
use crate::school::evidence::Kind;

/// Makes a form to take along: for evidence of a kind, for subject leaders to plan on, or for a policy
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The form: schedule, books, records, lessons, pupil-voice, conversation, planning, environment, data or policy-review
    #[arg(hide_possible_values = true)]
    form: Form,
    /// The half term of a schedule: 1 to 6, or autumn-1 to summer-2 (default: the next)
    #[arg(long, value_name = "N")]
    half_term: Option<String>,
    /// The subject it is for (default: any, or the phase as a whole)
    #[arg(long, short, value_name = "SUBJECT")]
    subject: Option<String>,
}

/// The forms; with -o FILE.xlsx a workbook to fill in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Form {
    /// For subject leaders to plan their five task areas on
    Schedule,
    /// Pupils' work
    Books,
    /// Teachers' records
    Records,
    /// Visits to lessons
    Lessons,
    /// Talk with pupils
    PupilVoice,
    /// Talk with staff
    Conversation,
    /// Plans
    Planning,
    /// Classrooms and displays
    Environment,
    /// Results
    Data,
    /// Whether a policy works
    PolicyReview,
}

impl Form {
    /// The kind of evidence that it is for.
    fn kind(self) -> Option<Kind> {
        match self {
            Form::Books => Some(Kind::Books),
            Form::Records => Some(Kind::Records),
            Form::Lessons => Some(Kind::Lessons),
            Form::PupilVoice => Some(Kind::PupilVoice),
            Form::Conversation => Some(Kind::Conversation),
            Form::Planning => Some(Kind::Planning),
            Form::Environment => Some(Kind::Environment),
            Form::Data => Some(Kind::Data),
            Form::Schedule | Form::PolicyReview => None,
        }
    }
}

pub(super) fn run(args: &Args, shell: &Shell) -> Result<Ended> {
    if args.form == Form::Schedule {
        return schedule(args, shell);
    }
    let school = shell.load(|_| Ok(Needs::SetUp))?;
    let phase = words::phase_meant(school, shell)?;
    let subject = args.subject.as_deref().filter(|text| !text.eq_ignore_ascii_case("phase"));
    let subject = subject.map(|text| words::subject(school, text)).transpose()?;
    match args.form.kind() {
        Some(kind) => {
            let form = judge::form::form(school, phase, kind, subject.as_ref(), shell.today)
                .context("the framework cannot be read")?;
            shell.write(&form, &report::evidence_form::document(school, &form))?;
        }
        None => {
            let form = report::policy_review::form(
                &phase.name,
                subject.as_ref().map(|subject| school.subject_name(subject)),
                shell.today,
            );
            shell.write(&form, &report::policy_review::document(&form))?;
        }
    }
    Ok(Ended::Answered)
}

fn schedule(args: &Args, shell: &Shell) -> Result<Ended> {
    let (school, number) = words::load_for(shell, args.half_term.as_deref(), false)?;
    let half_term = school.calendar.half_term(number).context("the half term has no dates")?;
    let subject = args.subject.as_deref().map(|text| words::subject(school, text)).transpose()?;
    let phase = words::phase_meant(school, shell)?;
    let form = handing_in(school, phase, half_term, subject.as_ref(), shell.today);
    shell.write(&form, &report::handing_in::document(school, &form))?;
    Ok(Ended::Answered)
}
