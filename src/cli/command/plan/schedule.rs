//! `phase schedule`: a half term's monitoring without a clash.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::cli::arguments;
use crate::cli::arguments::audience::AudienceWord;
use crate::cli::shell::{
    CommandArgs, CommandNeeds, FilesNeeded, Format, FurtherRecords, Outcome, Shell, bail_usage,
};
use crate::edit::sessions;
use crate::load::formats::values;
use crate::overview::subject_needs::subject_needs;
use crate::plan::schedule::ScheduleStatus;
use crate::plan::schedule::publish;
use crate::plan::{self, Schedule, ScheduleRequest};
use crate::school::{School, Session};
use crate::view;

/// Plans a half term's monitoring without a clash
#[derive(Debug, Default, clap::Args)]
pub(crate) struct Args {
    /// The half term: 1 to 6, or autumn-1 to summer-2 (default: the next)
    #[arg(long, value_name = "N")]
    pub(crate) half_term: Option<String>,
    /// Try the schedule with a subject in it, in a task area if one is named
    #[arg(long, value_name = "SUBJECT[=TASK]")]
    want: Vec<String>,
    /// Try it with something at a time, such as "history@2027-01-14 p4"
    #[arg(long, value_name = "WHAT@WHEN")]
    pin: Vec<String>,
    /// Try it without something, such as art, "art@2027-01-14" or "@2027-01-14 p4"
    #[arg(long, value_name = "WHAT[@WHEN]")]
    forbid: Vec<String>,
    /// Try it with one session fewer of a task area
    #[arg(long, value_name = "TASK")]
    without: Vec<String>,
    /// Try it with one more programmed session, such as "2027-03-02 pm1"
    #[arg(long, value_name = "SLOT")]
    extra: Vec<String>,
    /// Keep to what was given out, moving as little as can be
    #[arg(long)]
    replan: bool,
    /// Tell what each part costs; with a subject, why it is not in the schedule
    #[arg(long, value_name = "SUBJECT", num_args = 0..=1, default_missing_value = "")]
    explain: Option<String>,
    /// Give the schedule out: write it to schedules/htN/published.csv
    #[arg(long)]
    save: bool,
    /// Write the model that is solved, as MPS; - for standard output, in place of the schedule
    #[arg(long, value_name = "FILE")]
    model: Option<PathBuf>,
}

impl CommandArgs for Args {
    const NEEDS: CommandNeeds = CommandNeeds {
        formats: Format::ALL,
        rests_on: FurtherRecords::EarlierYearsAndResults,
        ..CommandNeeds::USUAL.for_whom(&[AudienceWord::Leader, AudienceWord::Headteacher])
    };

    fn run(&self, shell: &Shell) -> Result<Outcome> {
        if self.save {
            let needs = |school: &School| {
                arguments::half_term(school, self.half_term.as_deref(), shell.today, self.replan)
                    .map(FilesNeeded::UpTo)
            };
            let (school, (answer, saved)) = shell.edit(needs, |school| {
                let answer = answered(self, school, shell)?;
                let changes = publish::publish(school, &answer);
                let sessions: Vec<Session> = changes.iter().map(|(_, session)| session.clone()).collect();
                let edit = sessions::agreed(shell.root(), school, answer.half_term.number, &sessions)?;
                let saved = view::plan::schedule::saved(&changes, &edit.answer);
                Ok(edit.with((answer, saved)))
            })?;
            shell.say(&saved);
            if !shell.dry_run {
                let (of, number) = (view::of_phase(&school, &answer.phase), answer.half_term.number);
                shell.say(&format!(
                    "phase notify{of} --half-term {number} -o notices tells those whom it concerns"
                ));
            }
            return Ok(settled(&answer));
        }
        let (school, _) = arguments::load_for(shell, self.half_term.as_deref(), self.replan)?;
        Ok(settled(&answered(self, &school, shell)?))
    }
}

/// Whether everything is in the schedule and nothing stands against it.
fn settled(answer: &Schedule) -> Outcome {
    let unsettled = answer.status == ScheduleStatus::Incomplete || !answer.standing.is_empty();
    if unsettled { Outcome::Unsettled } else { Outcome::Answered }
}

/// Plans, and writes the answer and the model.
fn answered(args: &Args, school: &School, shell: &Shell) -> Result<Schedule> {
    let number = arguments::half_term(school, args.half_term.as_deref(), shell.today, args.replan)?;
    let request = request(args, school, number, shell)?;
    let subject = match args.explain.as_deref() {
        Some(text) if !text.is_empty() => Some(arguments::subject(school, text)?),
        _ => None,
    };
    let answer = plan::schedule(school, &request, subject.as_ref()).context("there is nothing to plan")?;
    // The model on standard output stands there alone: a solver reads it.
    let to_screen = args.model.as_deref() == Some(Path::new("-"));
    if let Some(path) = &args.model {
        if shell.is_output(path) {
            bail_usage!("--model and -o name the same file");
        }
        if to_screen {
            shell.print(answer.model.as_bytes())?;
        } else {
            shell.put_file(path, answer.model.as_bytes())?;
        }
    }
    let costs = args.explain.as_deref() == Some("");
    let next = next(args, &view::of_phase(school, &answer.phase), number);
    let next = (!args.save).then_some(next.as_str());
    if !(to_screen && shell.outputs.are_printed()) {
        shell.write(&answer, &view::plan::schedule::document(school, &answer, costs, next))?;
    }
    Ok(answer)
}

fn request(args: &Args, school: &School, half_term: u8, shell: &Shell) -> Result<ScheduleRequest> {
    let each = |list: &[String]| list.to_vec();
    let extra =
        each(&args.extra).iter().map(|text| arguments::slot(school, text)).collect::<Result<Vec<_>>>()?;
    if let Some(span) = school.set_up.calendar.half_term(half_term)
        && let Some(outside) = extra.iter().find(|when| !span.contains(when.date))
    {
        bail_usage!("--extra: {outside} is not in half term {half_term}");
    }
    let phase = arguments::phase_meant(school, shell)?;
    let present = arguments::present(school, None, shell.today)?;
    Ok(ScheduleRequest {
        phase: arguments::phase(school, shell)?,
        needs: subject_needs(school, phase, present, shell.today),
        want: args.want.iter().map(|text| arguments::meant(school, text)).collect::<Result<_>>()?,
        pin: args.pin.iter().map(|text| arguments::placed(school, text)).collect::<Result<_>>()?,
        forbid: args.forbid.iter().map(|text| arguments::placed(school, text)).collect::<Result<_>>()?,
        without: args.without.iter().map(|text| values::session_kind(text)).collect::<Result<_, _>>()?,
        replan: args.replan,
        extra,
        ..ScheduleRequest::new(half_term, shell.today)
    })
}

/// The command that gives this very schedule out.
fn next(args: &Args, of_phase: &str, half_term: u8) -> String {
    let mut command = format!("phase schedule{of_phase} --half-term {half_term}");
    let flags = [
        ("want", &args.want),
        ("pin", &args.pin),
        ("forbid", &args.forbid),
        ("without", &args.without),
        ("extra", &args.extra),
    ];
    for (flag, values) in flags {
        for value in values {
            let quote = if value.contains([' ', '@']) { "\"" } else { "" };
            command.push_str(&format!(" --{flag} {quote}{value}{quote}"));
        }
    }
    command.push_str(if args.replan { " --replan --save" } else { " --save" });
    command
}
