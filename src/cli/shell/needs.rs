//! Which files of a workspace an answer needs: errors in the others do not stop it.

use super::format::Format;
use crate::cli::arguments::audience::AudienceWord;
use crate::school::layout;

/// Which files an answer needs.
#[derive(Clone, Copy, Debug)]
pub enum FilesNeeded {
    /// The set-up, and the schedules up to a half term.
    UpTo(u8),
    /// The set-up, and what is kept through the year: evidence, judgements, actions, the log.
    Evidence,
    /// The set-up, and pupils, results and targets.
    Results,
    /// The set-up, evidence and results.
    EvidenceAndResults,
    /// Everything but the schedules that subject leaders sent in.
    Everything,
    SetUp,
}

/// Whether a file is of evidence or results, which say what is most wanted in a schedule.
pub(crate) fn says_what_is_wanted(name: &str) -> bool {
    FilesNeeded::EvidenceAndResults.include(name) && !FilesNeeded::SetUp.include(name)
}

impl FilesNeeded {
    /// Whether it needs a file of the workspace, by its name there.
    pub(crate) fn include(self, name: &str) -> bool {
        let folder = name.split_once('/').map_or("", |(folder, _)| folder);
        let is_kept = layout::KEPT.contains(&name) || matches!(folder, "evidence" | "frameworks");
        let is_tracked = layout::TRACKED.contains(&name) || name == layout::IMPORT_MAPPINGS;
        let is_improved = layout::IMPROVED.contains(&name) || name == layout::REPORTS;
        let is_set_up = !is_kept && !is_tracked && !is_improved && folder != "schedules";
        match self {
            FilesNeeded::SetUp => is_set_up,
            FilesNeeded::Evidence => is_set_up || is_kept,
            FilesNeeded::Results => is_set_up || is_tracked,
            FilesNeeded::EvidenceAndResults => folder != "schedules" && !is_improved,
            FilesNeeded::Everything => {
                let given_out = ["/published.csv", "/issued.csv"];
                folder != "schedules" || given_out.iter().any(|end| name.ends_with(end))
            }
            FilesNeeded::UpTo(last) => {
                match name.strip_prefix("schedules/ht").and_then(|rest| rest.split('/').next()) {
                    Some(number) => number.parse::<u8>().is_ok_and(|number| number <= last),
                    None => is_set_up,
                }
            }
        }
    }
}

/// Whether a command needs a workspace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WorkspaceNeed {
    Needed,
    /// It uses the one that is there.
    IfThere,
    Unneeded,
}

/// Which records an answer rests on, besides those without which there would be none: it says so where they are missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FurtherRecords {
    /// None.
    NoMore,
    EarlierYears,
    /// They, and this year's evidence and results.
    EarlierYearsAndResults,
}

/// What a command writes with -o.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutputKind {
    /// Its answer, once or in several formats.
    Files,
    File,
    /// A folder of files.
    Folder,
    /// Nothing: it says what it did.
    Nothing,
}

/// What a command needs of the shell, and what it answers.
#[derive(Clone, Copy, Debug)]
pub struct CommandNeeds {
    /// Who its answers may be for.
    pub audiences: &'static [AudienceWord],
    pub workspace: WorkspaceNeed,
    /// What it writes with -o.
    pub writes: OutputKind,
    /// The formats that it answers in.
    pub formats: &'static [Format],
    /// Which further records its answer rests on.
    pub rests_on: FurtherRecords,
}

impl CommandNeeds {
    /// What most commands need: a workspace; the answer is for the leader, in every format but a calendar.
    pub const USUAL: Self = Self {
        audiences: &[AudienceWord::Leader],
        workspace: WorkspaceNeed::Needed,
        writes: OutputKind::Files,
        formats: Format::BUT_CALENDAR,
        rests_on: FurtherRecords::NoMore,
    };

    /// What a command needs that answers nothing, and says what it did.
    pub const NO_ANSWER: Self = Self { writes: OutputKind::Nothing, formats: &[], ..Self::USUAL };

    /// What an answer needs that rests on earlier years too.
    pub const OF_YEARS: Self = Self { rests_on: FurtherRecords::EarlierYears, ..Self::USUAL };

    /// The same, with an answer for these.
    pub const fn for_whom(self, audiences: &'static [AudienceWord]) -> Self {
        Self { audiences, ..self }
    }
}
