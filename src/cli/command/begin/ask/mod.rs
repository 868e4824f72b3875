//! `phase ask`: the few rows that would make the answers better, asked for one by one.

mod answers;

use std::collections::BTreeSet;
use std::rc::Rc;

use anyhow::Result;

use crate::cli::arguments::{self, all_schedules};
use crate::cli::shell::prompt::Prompter;
use crate::cli::shell::{CommandArgs, Outcome, Shell, UsageError, bail_usage};
use crate::edit::Edit;
use crate::load::formats::values;
use crate::plan::schedule::questions::{Question, QuestionKind};
use crate::plan::{self, ScheduleRequest};
use crate::school::{School, layout};
use crate::view::plan::questions;
use answers::{FileChange, change};

/// Asks for the few rows that would make the answers better
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The half term: 1 to 6, or autumn-1 to summer-2 (default: the next)
    #[arg(long, value_name = "N")]
    pub(crate) half_term: Option<String>,
    /// List the questions and ask nothing
    #[arg(long, conflicts_with = "answer")]
    list: bool,
    /// Answer a question by its id, such as "lesson:1A:history=Tue pm1"; may be said again
    #[arg(long, value_name = "ID=ANSWER")]
    answer: Vec<String>,
}

impl CommandArgs for Args {
    fn run(&self, shell: &Shell) -> Result<Outcome> {
        let half_term = self.half_term.as_deref();
        if !self.answer.is_empty() {
            return from_flags(self, shell);
        }
        let (_, number, open) = questions_of(half_term, shell)?;
        if self.list || !shell.is_screen() || !shell.can_ask() || open.is_empty() {
            shell
                .write(&questions::answer(number, &open), &questions::document(number, &open, shell.today))?;
            return Ok(Outcome::Answered);
        }
        let asking = Prompter::new(shell.colour());
        let mut asked: BTreeSet<String> = BTreeSet::new();
        let mut added = 0;
        loop {
            // Each answer may settle other questions, or open some.
            let (school, number, open) = questions_of(half_term, shell)?;
            // The check outlives this round of the loop.
            let school = Rc::new(school);
            let left: Vec<Question> =
                open.into_iter().filter(|question| !asked.contains(&question.id)).collect();
            let Some((question, more)) = left.split_first() else {
                shell.say(&questions::ended(added, number));
                return Ok(Outcome::Answered);
            };
            asked.insert(question.id.clone());
            let help = questions::help(&question.asks, more.len());
            let (of, asks) = (Rc::clone(&school), question.asks.clone());
            let check =
                move |text: &str| if text.is_empty() { Ok(()) } else { change(&of, &asks, text).map(|_| ()) };
            let people: Vec<String> = match question.asks {
                QuestionKind::Leader(_) => {
                    school.set_up.staff.values().map(|person| person.name.clone()).collect()
                }
                _ => Vec::new(),
            };
            let text = asking.name(&question.says, &help, &people, &str::to_owned, check)?;
            if !text.is_empty() {
                let change = change(&school, &question.asks, &text)?;
                if !to_type(&change, shell) {
                    added += shell.edit(all_schedules, |school| written(&change, school, shell))?.1;
                }
            }
        }
    }
}

/// The school, the half term and the questions that are open.
fn questions_of(half_term: Option<&str>, shell: &Shell) -> Result<(School, u8, Vec<Question>)> {
    let (school, number) = arguments::load_for(shell, half_term, false)?;
    let request = ScheduleRequest {
        phase: arguments::phase(&school, shell)?,
        ..ScheduleRequest::new(number, shell.today)
    };
    let questions = plan::schedule(&school, &request, None).map_or_else(Vec::new, |answer| answer.questions);
    Ok((school, number, questions))
}

/// Takes the answers of the flags: all of them, or none.
fn from_flags(args: &Args, shell: &Shell) -> Result<Outcome> {
    let (_, added) = shell.edit(all_schedules, |_| {
        let mut edit: Edit<usize> = Edit::nothing(0);
        for text in &args.answer {
            // Each answer may settle other questions, or open some.
            let then = shell.as_if(edit.as_if(shell.root()));
            let (ref school, _, open) = questions_of(args.half_term.as_deref(), &then)?;
            let question = answered(text, &open)?;
            let typed = text.split_once('=').map_or("", |(_, typed)| typed.trim());
            let change = change(school, &question.asks, typed)?;
            if to_type(&change, shell) {
                continue;
            }
            let name = change.layout().file;
            match edit.files.iter_mut().find(|(file, _)| file.name == name) {
                Some((_, text)) => *text = change.made(text, school)?,
                None => edit.files.extend(written(&change, school, shell)?.files),
            }
            edit.answer += change.rows().len();
        }
        Ok(edit)
    })?;
    let (_, number, open) = questions_of(args.half_term.as_deref(), shell)?;
    shell.say(&questions::ended(added, number));
    shell.write(&questions::answer(number, &open), &questions::document(number, &open, shell.today))?;
    Ok(Outcome::Answered)
}

/// The question that an answer `ID=TEXT` is to.
fn answered<'q>(text: &str, open: &'q [Question]) -> Result<&'q Question> {
    let Some((id, _)) = text.split_once('=') else {
        bail_usage!("--answer {text}: write it as ID=ANSWER");
    };
    open.iter().find(|question| question.id.eq_ignore_ascii_case(id.trim())).ok_or_else(|| {
        let says = match values::nearest(id, open.iter().map(|question| question.id.as_str())) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "phase ask --list lists them".to_owned(),
        };
        UsageError(format!("--answer {text}: no question `{id}` is open: {says}")).into()
    })
}

/// A change of a file; the answer is how many rows it is.
fn written(change: &FileChange, school: &School, shell: &Shell) -> Result<Edit<usize>> {
    let rows = change.rows().len();
    Edit::of(shell.root(), change.layout().file, rows, |text| change.made(text, school))
}

/// Shows the rows that a person types into the workbook, which is only read. Returns whether they go
/// there.
fn to_type(change: &FileChange, shell: &Shell) -> bool {
    let there = |name: &str| shell.root().join(name).is_file();
    let is_workbook = there(layout::WORKBOOK) && !there(change.layout().file);
    if is_workbook {
        let name = match change {
            FileChange::Set(_, name, _) => Some(name.as_str()),
            FileChange::Add(..) => None,
        };
        shell.say(&questions::to_type(change.layout(), change.rows(), name));
    }
    is_workbook
}
