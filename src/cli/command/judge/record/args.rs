//! The flags of `phase record`.

use std::path::PathBuf;

use anyhow::Result;

use crate::cli::arguments;
use crate::cli::arguments::row_flags::{FlagColumns, RowFlags};
use crate::cli::shell::Shell;
use crate::load::formats::times;
use crate::load::names::Names;
use crate::school::layout::rows::{SetUpRow, fill, of};
use crate::school::layout::{EVIDENCE, RecordLayout};
use crate::school::{EvidenceKind, Id, School};

/// The columns of a piece of evidence that are flags.
#[derive(Clone, Debug)]
pub(crate) struct EvidenceFlags;

impl FlagColumns for EvidenceFlags {
    const LAYOUT: &'static RecordLayout = &EVIDENCE;
    const LEFT_OUT: &'static [&'static str] = &["id"];
    const DEFAULTS: &'static [(&'static str, &'static str)] =
        &[("date", "today"), ("by", "the phase leader"), ("framework", "the school's")];
    const REQUIRED: &'static [&'static str] = &[];
}

/// Adds a piece of evidence: by flags, by asking, or from a filled form
#[derive(Debug, Default, clap::Args)]
pub(crate) struct Args {
    /// A filled form: the workbook that phase form writes, or a .csv file with its columns
    #[arg(long, value_name = "FILE", conflicts_with_all = ["kind", "aspect", "grade"])]
    pub(crate) from: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) row: RowFlags<EvidenceFlags>,
    /// Write the agreed grade, with --agreed-grade, into the row with this id: two first views are there already
    #[arg(long, value_name = "ID", requires = "agreed_grade", conflicts_with_all = ["from", "kind", "aspect", "grade", "subject"])]
    pub(crate) agree: Option<String>,
}

/// The row that the flags say.
pub(crate) fn row(args: &Args, school: &School, shell: &Shell) -> Result<SetUpRow> {
    let phase = arguments::phase_meant(school, shell)?;
    let mut row = args.row.typed.clone();
    fill(&mut row, "date", || shell.today.to_string());
    fill(&mut row, "by", || phase.leader.to_string());
    let visit = crate::load::frameworks::lookup::kind(of(&row, "kind")) == Ok(EvidenceKind::Lessons);
    arguments::refuse(school, &EVIDENCE, &row, visit)?;
    times::date(of(&row, "date"))?;
    Ok(by_ids(school, row))
}

/// The row as it is best kept: kinds, subjects, aspects, grades and people by their ids. What is not known
/// stays as it was typed, and is shown.
pub(crate) fn by_ids(school: &School, row: SetUpRow) -> SetUpRow {
    let (staff, subjects) = (Names::of_staff(school), Names::of_subjects(school));
    // An aspect is only looked for in the framework that is meant.
    let framework = match of(&row, "framework") {
        "" => school.year.frameworks.get(&school.settings.framework),
        named => school.year.frameworks.get(&Id::new(named)),
    };
    let id = |name: &str, text: &str| -> Option<String> {
        match name {
            "date" => times::date(text).ok().map(|date| date.to_string()),
            "kind" => crate::load::frameworks::lookup::kind(text).ok().map(|kind| kind.word().to_owned()),
            "subject" => subjects.find(text).ok().map(|id| id.to_string()),
            "by" | "moderator" => staff.find(text).ok().map(|id| id.to_string()),
            "aspect" => {
                crate::load::frameworks::lookup::known_aspect(text, framework?).ok().map(|id| id.to_string())
            }
            "grade" | "moderator_grade" | "agreed_grade" => {
                let rank = crate::load::frameworks::lookup::grade(text, &framework?.grades).ok()?;
                framework?.grade_id(rank).map(|id| id.to_string())
            }
            _ => None,
        }
    };
    row.into_iter().map(|(name, text)| (name, id(name, &text).unwrap_or(text))).collect()
}

/// Rows with their half terms.
pub(crate) type HalfTermRows = Vec<(u8, SetUpRow)>;
