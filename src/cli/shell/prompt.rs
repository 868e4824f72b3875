//! Asking at the terminal: one question at a time, nonsense refused at once with what would be right.

use crate::load::formats::ValueError;
use anyhow::{Result, anyhow};
use inquire::autocompletion::{Autocomplete, Replacement};
use inquire::ui::RenderConfig;
use inquire::validator::{ErrorMessage, Validation};
use inquire::{Confirm, CustomUserError, InquireError, MultiSelect, Select, Text};

/// Somebody at a terminal.
#[derive(Debug)]
pub(crate) struct Prompter {
    _only_through_new: (),
}

/// Names that a question offers while one is typed.
#[derive(Clone, Debug, Default)]
struct Suggestions(Vec<String>);

impl Autocomplete for Suggestions {
    fn get_suggestions(&mut self, input: &str) -> Result<Vec<String>, CustomUserError> {
        let typed = input.to_lowercase();
        let alike = |name: &&String| !typed.is_empty() && name.to_lowercase().contains(&typed);
        Ok(self.0.iter().filter(alike).cloned().collect())
    }

    fn get_completion(&mut self, _: &str, chosen: Option<String>) -> Result<Replacement, CustomUserError> {
        Ok(chosen)
    }
}

impl Prompter {
    /// Begins to ask; with colour where the terminal shows it.
    pub(crate) fn new(colour: bool) -> Self {
        if !colour {
            inquire::set_global_render_config(RenderConfig::empty());
        }
        Self { _only_through_new: () }
    }

    /// A line of text that `check` accepts. With a default, nothing typed means that.
    pub(crate) fn text(
        &self,
        question: &str,
        default: &str,
        help: &str,
        check: impl Fn(&str) -> Result<(), ValueError> + Clone + 'static,
    ) -> Result<String> {
        self.line(question, default, help, Suggestions::default(), &str::to_owned, check)
    }

    /// As [`Prompter::text`], names that are known already offered while one is typed; `whole` says who
    /// was meant, and that is shown.
    pub(crate) fn name(
        &self,
        question: &str,
        help: &str,
        known: &[String],
        whole: &dyn Fn(&str) -> String,
        check: impl Fn(&str) -> Result<(), ValueError> + Clone + 'static,
    ) -> Result<String> {
        self.line(question, "", help, Suggestions(known.to_vec()), whole, check)
    }

    /// A line of text that may be left empty; `shown` is what stays of it on the screen.
    pub(crate) fn note(&self, question: &str, help: &str, shown: &dyn Fn(&str) -> String) -> Result<String> {
        self.line(question, "", help, Suggestions::default(), shown, |_| Ok(()))
    }

    fn line(
        &self,
        question: &str,
        default: &str,
        help: &str,
        offered: Suggestions,
        shown: &dyn Fn(&str) -> String,
        check: impl Fn(&str) -> Result<(), ValueError> + Clone + 'static,
    ) -> Result<String> {
        let fallback = default.to_owned();
        let checked = move |typed: &str| {
            let typed = if typed.trim().is_empty() { fallback.as_str() } else { typed };
            Ok(match check(typed.trim()) {
                Ok(()) => Validation::Valid,
                Err(ValueError { message, hint }) => {
                    Validation::Invalid(ErrorMessage::Custom(format!("{message}: {hint}")))
                }
            })
        };
        let mut text =
            Text::new(question).with_validator(checked).with_autocomplete(offered).with_formatter(shown);
        if !default.is_empty() {
            text = text.with_default(default);
        }
        if !help.is_empty() {
            text = text.with_help_message(help);
        }
        Ok(text.prompt().map_err(stopped)?.trim().to_owned())
    }

    /// One of several: its index.
    pub(crate) fn choose(&self, question: &str, options: &[String], first: usize) -> Result<usize> {
        let options: Vec<&String> = options.iter().collect();
        let select = Select::new(question, options).with_starting_cursor(first).with_page_size(12);
        Ok(select.raw_prompt().map_err(stopped)?.index)
    }

    /// Any of several: their indexes.
    pub(crate) fn several(&self, question: &str, options: &[String], chosen: &[usize]) -> Result<Vec<usize>> {
        let options: Vec<&String> = options.iter().collect();
        let select = MultiSelect::new(question, options)
            .with_default(chosen)
            .with_page_size(14)
            .with_help_message("up and down to move, space to tick or untick, enter when done")
            .with_validator(inquire::validator::MinLengthValidator::new(1).with_message("tick at least one"));
        let picked = select.raw_prompt().map_err(stopped)?;
        Ok(picked.into_iter().map(|option| option.index).collect())
    }

    /// Yes or no.
    pub(crate) fn yes(&self, question: &str, default: bool) -> Result<bool> {
        Confirm::new(question).with_default(default).prompt().map_err(stopped)
    }
}

/// Somebody stopped, or the terminal went away.
fn stopped(error: InquireError) -> anyhow::Error {
    match error {
        InquireError::OperationCanceled | InquireError::OperationInterrupted => {
            anyhow!("stopped: nothing more was written")
        }
        error => error.into(),
    }
}
