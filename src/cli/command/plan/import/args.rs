//! The flags of `phase import`.

use std::path::PathBuf;

/// Takes in a marksheet, a filled form, or a calendar
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The file: a marksheet or a schedule form (.xlsx, .csv), or a calendar (.ics)
    pub(crate) file: PathBuf,
    #[command(flatten)]
    pub(crate) marks: super::args::MarksheetArgs,
    /// The half term that sessions are for, where the file does not say it
    #[arg(long, value_name = "N", help_heading = "Schedules")]
    pub(crate) half_term: Option<String>,
    /// The subject that sessions are for, where the file does not say it
    #[arg(long, short, value_name = "SUBJECT", help_heading = "Schedules")]
    pub(crate) subject: Option<String>,
    /// Take a calendar's entries as events that take up so many: all, classes (1A;2B) or year groups (Y2)
    #[arg(long, value_name = "WHOM", help_heading = "Schedules", conflicts_with_all = ["half_term", "subject"])]
    pub(crate) events: Option<String>,
    /// Put it in place of what was taken in before and differs
    #[arg(long)]
    pub(crate) replace: bool,
}

/// What is asked of a marksheet.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Marksheets")]
pub(crate) struct MarksheetArgs {
    /// The file that holds which code is whose: outside of the workspace, made where there is none
    #[arg(long, value_name = "KEY.csv")]
    pub(crate) key: Option<PathBuf>,
    /// The data point, where the headings do not say it
    #[arg(long, value_name = "POINT")]
    pub(crate) point: Option<String>,
    /// ladder, scaled, mark, phonics, profile or on-track, where the results do not show it
    #[arg(long, value_name = "SCALE")]
    pub(crate) scale: Option<String>,
    /// teacher or test
    #[arg(long, value_name = "KIND")]
    pub(crate) kind: Option<String>,
    /// The class of all pupils, where the file has no such column
    #[arg(long, value_name = "CLASS")]
    pub(crate) class: Option<String>,
    /// The sheet of a workbook (default: the first)
    #[arg(long, value_name = "SHEET")]
    pub(crate) sheet: Option<String>,
    /// The mapping of import.toml to read it by, or the name to keep it under
    #[arg(long, value_name = "NAME")]
    pub(crate) mapping: Option<String>,
}

impl MarksheetArgs {
    /// Whether anything of it was asked for.
    pub(crate) fn are_asked(&self) -> bool {
        let options = [&self.point, &self.scale, &self.kind, &self.class, &self.sheet, &self.mapping];
        self.key.is_some() || options.iter().any(|option| option.is_some())
    }
}
