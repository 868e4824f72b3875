//! What the sections of reports say.

use chrono::NaiveDate;
use serde::Serialize;

use crate::improve::actions::Actions;
use crate::improve::duties::Duties;
use crate::improve::effects::Effect;
use crate::improve::log;
use crate::improve::objectives::Objectives;
use crate::judge::answer::{AspectJudgement, Evaluation};
use crate::judge::moderation::Moderation;
use crate::judge::practice::Practice;
use crate::overview::possible_causes::answer::PossibleCauses;
use crate::overview::upcoming::{UpcomingEvent, UpcomingSession};
use crate::overview::year_figures::YearFigures;
use crate::plan::monitoring::Monitoring;
use crate::school::{ActionStatus, Id, Section};
use crate::track::gaps::Gaps;
use crate::track::targets::TargetProgress;
use crate::track::trajectory::answer::{SubjectProgress, Trajectory};

/// The figures of this year, and what is known of the year before.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct FiguresOverTwoYears {
    pub now: YearFigures,
    pub before: Option<YearFigures>,
    /// The paths that pupils are significantly below, where that holds up among so many tests.
    pub below: Vec<SubjectProgress>,
}

/// Pieces of evidence of a subject, by kind.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct SubjectEvidence {
    /// The subject; none for the phase as a whole.
    pub subject: Option<Id>,
    /// How many of each kind, in the order of [`Kind::all`].
    pub kinds: Vec<u32>,
}

/// A strategy, without who leads it.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Strategy {
    /// What is done; none where the words name somebody.
    pub action: Option<String>,
    /// All else that is known of it, without names.
    #[serde(flatten)]
    pub of: StrategyState,
}

/// Where a strategy stands.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct StrategyState {
    pub kind: Option<&'static str>,
    pub subject: Option<Id>,
    pub year_groups: Vec<String>,
    pub status: ActionStatus,
    pub due: NaiveDate,
    /// What the records say of its effect.
    pub effects: Vec<Effect>,
}

/// What has gone well.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Celebrate {
    /// Paths that pupils are significantly above.
    pub above: Vec<SubjectProgress>,
    /// Aspects of the phase at the standard asked or better, settled.
    pub strong: Vec<AspectJudgement>,
    /// What people wrote down as a success.
    pub successes: Vec<String>,
    /// How many more there are, whose words name somebody.
    pub not_shown: usize,
    /// Titles of objectives that are met.
    pub met: Vec<String>,
}

/// A shortfall against plan: what was expected, what is, and what may be behind it.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct PlanShortfall {
    pub standing: SubjectProgress,
    /// What may be behind it: for the leader only.
    pub causes: Option<PossibleCauses>,
    /// What is being done, where the words name nobody or names may be seen.
    pub done: Vec<String>,
}

/// What is to be talked over.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Discussion {
    /// What fell short.
    pub fell: Vec<PlanShortfall>,
    /// Aspects of the phase below the standard asked, settled.
    pub weak: Vec<AspectJudgement>,
}

/// Something of a day.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct DatedItem {
    pub date: NaiveDate,
    pub what: String,
}

/// What is next.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct NextSteps {
    /// The leader's sessions, for those who see names.
    pub sessions: Vec<UpcomingSession>,
    /// Dates of the calendar in the next twelve weeks.
    pub dates: Vec<UpcomingEvent>,
    /// Duties due in that time that a word to parents shows.
    pub duties: Vec<DatedItem>,
}

/// Expectations, behaviour and learning support.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Expectations {
    /// How many checks of agreed expectations there were.
    pub checks: usize,
    /// The checks, for those who see names.
    pub checked: Vec<log::LogRow>,
    /// Aspects that are about behaviour and attitudes.
    pub behaviour: Vec<AspectJudgement>,
    /// How many rows are about learning support.
    pub deployments: usize,
    /// Those rows, for those who see names.
    pub deployed: Vec<log::LogRow>,
}

/// What is written down, in words that name nobody where names may not be seen.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct DecisionRow {
    /// The rows, the last first.
    pub rows: Vec<DatedItem>,
    /// How many more there are, whose words name somebody.
    pub not_shown: usize,
}

/// The development plan.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct DevelopmentPlan {
    /// Aims of the school that objectives serve, each with the objectives' titles.
    pub aims: Vec<(String, Vec<String>)>,
    /// Actions of the development plan.
    pub actions: Vec<Strategy>,
}

/// What a section says.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum SectionContent {
    Figures(Box<FiguresOverTwoYears>),
    /// What happened to the monitoring.
    Monitoring(Monitoring),
    /// Pieces of evidence by subject.
    Evidence(Vec<SubjectEvidence>),
    /// The phase and each subject judged.
    Judgements(Vec<Evaluation>),
    Judgement(Box<Evaluation>),
    Trajectory(Trajectory),
    Gaps(Gaps),
    Objectives(Objectives),
    Actions(Actions),
    /// Strategies, without names.
    Strategies(Vec<Strategy>),
    Practice(Practice),
    /// Agreement of views.
    Moderation(Moderation),
    Expectations(Expectations),
    Celebrate(Celebrate),
    /// What fell short.
    Discuss(Discussion),
    Decided(DecisionRow),
    Next(NextSteps),
    Duties(Duties),
    Goals(DevelopmentPlan),
    Targets(Vec<TargetProgress>),
    /// The other sections, which the agenda names; or nothing but room.
    Sections(Vec<Section>),
}
