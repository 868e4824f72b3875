//! The flags of a command that adds a row: one a column, as the records' layout has it.

use std::marker::PhantomData;

use anyhow::Result;
use clap::{Arg, ArgAction, ArgMatches, Command, Error, FromArgMatches};

use super::{kind, person};
use crate::document::capitalised;
use crate::load::formats::times;
use crate::load::records::attainment::assessments;
use crate::school::School;
use crate::school::layout::rows::{SetUpRow, of};
use crate::school::layout::{ColumnLayout, ColumnType, RecordLayout};

/// Which columns of which records a command takes as flags.
pub(crate) trait FlagColumns {
    const LAYOUT: &'static RecordLayout;
    /// The columns that the program fills in itself.
    const LEFT_OUT: &'static [&'static str];
    /// What a column holds where its flag is left out, as the help says it.
    const DEFAULTS: &'static [(&'static str, &'static str)];
    /// The columns without which there is nothing to add.
    const REQUIRED: &'static [&'static str];
}

/// What was typed for the columns of a row, a list with `;` between its items; no flag, no cell.
#[derive(Clone, Debug)]
pub(crate) struct RowFlags<C> {
    pub typed: SetUpRow,
    columns: PhantomData<C>,
}

impl<C> Default for RowFlags<C> {
    fn default() -> Self {
        Self { typed: Vec::new(), columns: PhantomData }
    }
}

impl<C: FlagColumns> RowFlags<C> {
    /// What was typed for a column.
    pub fn get(&self, column: &str) -> Option<&str> {
        Some(of(&self.typed, column)).filter(|text| !text.is_empty())
    }

    /// The row as it is best kept: days, people, subjects and words by their one form.
    pub fn row(&self, school: &School) -> Result<SetUpRow> {
        let columns = columns::<C>().filter_map(|column| Some((column, self.get(column.name)?)));
        let cell = |(column, text): (&'static ColumnLayout, &str)| {
            let text = match column.holds {
                ColumnType::Date => times::date(text)?.to_string(),
                ColumnType::Staff => person(school, text)?.to_string(),
                ColumnType::Subject => assessments::subject(text, school)?.to_string(),
                ColumnType::Words(words) => kind(text, column.name, words)?.to_owned(),
                _ => text.to_owned(),
            };
            Ok((column.name, text))
        };
        columns.map(cell).collect()
    }
}

/// The columns that are flags.
fn columns<C: FlagColumns>() -> impl Iterator<Item = &'static ColumnLayout> {
    C::LAYOUT.columns.iter().filter(|column| !C::LEFT_OUT.contains(&column.name))
}

impl<C: FlagColumns> FromArgMatches for RowFlags<C> {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
        let mut flags = Self::default();
        flags.update_from_arg_matches(matches)?;
        Ok(flags)
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        for column in columns::<C>() {
            let text = match column.holds {
                ColumnType::YesNo => matches.get_flag(column.name).then(|| "yes".to_owned()),
                ColumnType::Several | ColumnType::Teachers => {
                    matches.get_one::<String>(column.name).map(|text| text.replace(',', ";"))
                }
                _ => matches.get_one::<String>(column.name).cloned(),
            };
            self.typed.extend(text.map(|text| (column.name, text)));
        }
        Ok(())
    }
}

impl<C: FlagColumns> clap::Args for RowFlags<C> {
    fn augment_args(command: Command) -> Command {
        command
            .args(columns::<C>().map(|column| flag::<C>(column).required(C::REQUIRED.contains(&column.name))))
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

fn flag<C: FlagColumns>(column: &'static ColumnLayout) -> Arg {
    let long = match column.name {
        "came_from" => "from".to_owned(),
        name => name.replace('_', "-"),
    };
    // What a cell says when it is empty, or holds yes, a flag says by being left out, or given.
    let says = column.help.strip_prefix("yes: ").unwrap_or(column.help);
    let says = says.split("empty").next().unwrap_or(says).trim_end_matches([';', ' ']);
    let words = match column.holds {
        ColumnType::Words(words) => words.join(", "),
        _ => String::new(),
    };
    let default = C::DEFAULTS.iter().find(|(name, _)| *name == column.name);
    let default = default.map_or_else(String::new, |(_, default)| format!(" (default: {default})"));
    let parts = [says, &words].into_iter().filter(|part| !part.is_empty());
    let help = parts.collect::<Vec<_>>().join(": ") + &default;
    let flag = Arg::new(column.name).long(long).help(capitalised(&help));
    let flag = match column.name {
        "subject" => flag.short('s'),
        "class" => flag.visible_alias("classes"),
        "classes" => flag.visible_alias("class"),
        "tags" => flag.visible_alias("tag"),
        _ => flag,
    };
    match column.holds {
        ColumnType::YesNo => flag.action(ArgAction::SetTrue),
        ColumnType::Date => flag.value_name("DATE"),
        ColumnType::Number => flag.value_name("NUMBER"),
        ColumnType::Staff | ColumnType::Teachers => flag.value_name("STAFF"),
        ColumnType::Text | ColumnType::Note => flag.value_name("TEXT"),
        _ => flag.value_name(column.name.to_uppercase()),
    }
}
