//! The flags of `phase init`.

use std::path::PathBuf;

/// Sets up a workspace, by asking, and plans its coming half term
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The folder to make; one that is there keeps what is in it
    pub(crate) dir: PathBuf,
    /// Ask nothing: take what the flags say, and defaults
    #[arg(long)]
    pub(crate) yes: bool,
    /// The school's name
    #[arg(long, value_name = "NAME")]
    pub(crate) school: Option<String>,
    /// The year groups that you lead, such as 1,2 (with --yes: 1,2)
    #[arg(long, value_name = "YEARS")]
    pub(crate) years: Option<String>,
    /// Your name
    #[arg(long, value_name = "NAME")]
    pub(crate) leader: Option<String>,
    /// The lessons of a day, such as "9:00-10:00, 10:15-11:15" (with --yes: 9:00 to 15:15, five of them)
    #[arg(long, value_name = "TIMES")]
    pub(crate) lessons: Option<String>,
    /// When you are released to lead, such as "Thu pm" (with --yes: Thu pm); may be said again
    #[arg(long, value_name = "TIME")]
    pub(crate) release: Vec<String>,
    /// The term dates: common, a calendar file, or six times "1 Sep 2026 to 23 Oct 2026"
    #[arg(long, value_name = "WHICH")]
    pub(crate) terms: Vec<String>,
    /// A subject and who leads it, such as "History=Jo Okafor"; said again for each
    #[arg(long, value_name = "SUBJECT=LEADER")]
    pub(crate) subject: Vec<String>,
    /// The grades to judge by: job-card or ofsted-2026 (with --yes: job-card)
    #[arg(long, value_name = "ID")]
    pub(crate) framework: Option<String>,
    /// Ask nothing: make a full fictional school, to try things on
    #[arg(long, conflicts_with_all = ["yes", "school", "years", "leader", "lessons", "release", "terms", "subject", "framework"])]
    pub(crate) example: bool,
    /// Write one workbook, school.xlsx, in place of the files
    #[arg(long, conflicts_with_all = ["convert", "example"])]
    pub(crate) workbook: bool,
    /// Ask nothing: copy this workspace to DIR, its files turned into the workbook, or the workbook into files
    #[arg(long, conflicts_with_all = ["example", "yes", "school", "years", "leader", "lessons", "release", "terms", "subject", "framework"])]
    pub(crate) convert: bool,
}
