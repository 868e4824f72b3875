//! The flags of `phase record`.

use std::path::PathBuf;

use anyhow::Result;

use crate::cli::arguments;
use crate::cli::shell::Shell;
use crate::load::formats::times;
use crate::load::names::Names;
use crate::school::layout::rows::{SetUpRow, of};
use crate::school::{EvidenceKind, Id, School};

/// Adds a piece of evidence: by flags, by asking step by step, or from a filled form
#[derive(Debug, Default, clap::Args)]
pub(crate) struct Args {
    /// A filled form: the workbook that phase form writes, or a .csv file with its columns
    #[arg(long, value_name = "FILE", conflicts_with_all = ["kind", "aspect", "grade"])]
    pub(crate) from: Option<PathBuf>,
    /// The kind: books, records, lessons, pupil-voice, conversation, planning, environment or data
    #[arg(long, value_name = "KIND")]
    pub(crate) kind: Option<String>,
    /// The subject; phase for the phase as a whole
    #[arg(long, short, value_name = "SUBJECT")]
    pub(crate) subject: Option<String>,
    /// The aspect: an id of the framework, or the end of one
    #[arg(long, value_name = "ASPECT")]
    pub(crate) aspect: Option<String>,
    /// The first view of who writes it; a single lesson has none
    #[arg(long, value_name = "GRADE")]
    pub(crate) grade: Option<String>,
    /// The day (default: today)
    #[arg(long, value_name = "DATE")]
    pub(crate) date: Option<String>,
    /// The classes: 1A,2B
    #[arg(long, visible_alias = "class", value_name = "CLASSES")]
    pub(crate) classes: Option<String>,
    /// The year group, where no class is named
    #[arg(long, value_name = "YEARS")]
    pub(crate) year_group: Option<String>,
    /// Who looked (default: the phase leader)
    #[arg(long, value_name = "STAFF")]
    pub(crate) by: Option<String>,
    /// A name that several people's views of one sample share
    #[arg(long, value_name = "SAMPLE")]
    pub(crate) sample: Option<String>,
    /// Who looked beside them
    #[arg(long, value_name = "STAFF")]
    pub(crate) moderator: Option<String>,
    /// The first view of who looked beside them, written before talking
    #[arg(long, value_name = "GRADE")]
    pub(crate) moderator_grade: Option<String>,
    /// What the two agreed on: this counts
    #[arg(long, value_name = "GRADE")]
    pub(crate) agreed_grade: Option<String>,
    /// It was looked at together
    #[arg(long)]
    pub(crate) jointly: bool,
    /// The ids of the visits that a grade for lessons rests on: ht2-05,ht2-09
    #[arg(long, value_name = "IDS")]
    pub(crate) rests_on: Option<String>,
    /// What was looked for beside the aspect: target-used or target-not-used, adapted or not-adapted
    #[arg(long, visible_alias = "tag", value_name = "TAGS")]
    pub(crate) tags: Option<String>,
    /// What is strong
    #[arg(long, value_name = "TEXT")]
    pub(crate) strength: Option<String>,
    /// What is not; never about a child's safety
    #[arg(long, value_name = "TEXT")]
    pub(crate) concern: Option<String>,
    /// What was agreed
    #[arg(long, value_name = "TEXT")]
    pub(crate) next_step: Option<String>,
    /// Where more is kept
    #[arg(long, value_name = "TEXT")]
    pub(crate) link: Option<String>,
    /// The framework, where it is not the workspace's
    #[arg(long, value_name = "ID")]
    pub(crate) framework: Option<String>,
    /// Write the agreed grade, with --agreed-grade, into the row with this id: two first views are there already
    #[arg(long, value_name = "ID", requires = "agreed_grade", conflicts_with_all = ["from", "kind", "aspect", "grade", "subject"])]
    pub(crate) agree: Option<String>,
}

/// The row that the flags say.
pub(crate) fn row(args: &Args, school: &School, shell: &Shell) -> Result<SetUpRow> {
    let phase = arguments::phase_meant(school, shell)?;
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let list = |text: &Option<String>| text.as_deref().unwrap_or_default().replace(',', ";");
    let row: SetUpRow = vec![
        ("date", args.date.clone().unwrap_or_else(|| shell.today.to_string())),
        ("kind", text(&args.kind)),
        ("subject", text(&args.subject)),
        ("aspect", text(&args.aspect)),
        ("grade", text(&args.grade)),
        ("classes", list(&args.classes)),
        ("year_group", list(&args.year_group)),
        ("by", args.by.clone().unwrap_or_else(|| phase.leader.to_string())),
        ("sample", text(&args.sample)),
        ("moderator", text(&args.moderator)),
        ("moderator_grade", text(&args.moderator_grade)),
        ("agreed_grade", text(&args.agreed_grade)),
        ("jointly", if args.jointly { "yes".to_owned() } else { String::new() }),
        ("rests_on", list(&args.rests_on)),
        ("tags", list(&args.tags)),
        ("strength", text(&args.strength)),
        ("concern", text(&args.concern)),
        ("next_step", text(&args.next_step)),
        ("link", text(&args.link)),
        ("framework", text(&args.framework)),
    ];
    let visit = crate::load::frameworks::lookup::kind(of(&row, "kind")) == Ok(EvidenceKind::Lessons);
    arguments::refuse(school, &row, &["strength", "concern", "next_step"], visit)?;
    times::date(of(&row, "date")).map_err(arguments::usage)?;
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
