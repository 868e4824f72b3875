//! The reports that are handed over: which there are, whom they are for, what is in them, and a school's own choice.

use serde::{Serialize, Serializer};

use crate::diagnostic::Place;

/// A report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ReportKind {
    /// What was planned and what came of it, at the end of a term.
    EndOfTerm,
    /// The yearly report on the quality of provision.
    Provision,
    /// The phase and its subjects for senior leaders.
    Headteacher,
    /// Progress on objectives for the line manager.
    LineManager,
    /// For a meeting of the whole staff.
    StaffMeeting,
    /// For a meeting of the phase's team.
    PhaseMeeting,
    /// For a conversation between leaders.
    LeadershipConversation,
    /// What each year group aims at.
    TargetSheet,
    /// For whoever takes over the post.
    Handover,
}

use Section as S;

impl ReportKind {
    /// Every kind: its word, the title that people read, and what it is.
    pub const WORDS: &[(ReportKind, &'static str, &'static str, &'static str)] = &[
        (
            Self::EndOfTerm,
            "end-of-term",
            "End of term",
            "planned and held, judged, tracked, improved; next steps",
        ),
        (
            Self::Provision,
            "provision",
            "Quality of provision",
            "the yearly report to senior leaders and governors",
        ),
        (
            Self::Headteacher,
            "headteacher",
            "Summary for senior leaders",
            "the phase and its subjects, and what is done",
        ),
        (
            Self::LineManager,
            "line-manager",
            "Progress on objectives",
            "objectives, actions, duties, with room for a review",
        ),
        (Self::StaffMeeting, "staff-meeting", "Staff meeting", "agenda, what works, where pupils stand"),
        (
            Self::PhaseMeeting,
            "phase-meeting",
            "Phase meeting",
            "agenda, to celebrate, to talk over, room for decisions",
        ),
        (
            Self::LeadershipConversation,
            "leadership-conversation",
            "Leadership conversation",
            "impact, shortfalls against plan, direction",
        ),
        (Self::TargetSheet, "target-sheet", "Targets", "what each year group aims at"),
        (Self::Handover, "handover", "Handover", "where everything stands, and where it is kept"),
    ];

    fn row(self) -> Option<&'static (ReportKind, &'static str, &'static str, &'static str)> {
        Self::WORDS.iter().find(|row| row.0 == self)
    }

    /// The word that the command line and `reports.toml` use.
    pub fn word(self) -> &'static str {
        self.row().map_or("", |row| row.1)
    }

    /// The title that people read.
    pub fn title(self) -> &'static str {
        self.row().map_or("", |row| row.2)
    }

    /// What it is, in a few words.
    pub fn about(self) -> &'static str {
        self.row().map_or("", |row| row.3)
    }

    /// The duty that handing it over shows, by its id in the data template; a meeting is shown by having been held.
    pub fn duty(self) -> Option<&'static str> {
        match self {
            Self::Provision => Some("provision-report"),
            Self::EndOfTerm | Self::Headteacher => Some("headteacher-report"),
            Self::TargetSheet => Some("target-sheets"),
            _ => None,
        }
    }

    /// The sections of it, in order.
    pub fn sections(self) -> &'static [Section] {
        match self {
            Self::EndOfTerm => &[
                S::Summary,
                S::Monitoring,
                S::Judgements,
                S::Pupils,
                S::Gaps,
                S::Objectives,
                S::Actions,
                S::NextSteps,
            ],
            Self::Provision => {
                &[S::Summary, S::Figures, S::Judgements, S::Pupils, S::Objectives, S::NextSteps]
            }
            Self::Headteacher => {
                &[S::Summary, S::Judgements, S::Pupils, S::Gaps, S::Expectations, S::Actions, S::NextSteps]
            }
            Self::LineManager => {
                &[S::Figures, S::Criteria, S::Actions, S::Monitoring, S::Moderation, S::Duties, S::Decisions]
            }
            Self::StaffMeeting => {
                &[S::Agenda, S::Celebrate, S::Practice, S::Pupils, S::NextSteps, S::Decisions]
            }
            Self::PhaseMeeting => &[
                S::Agenda,
                S::Celebrate,
                S::Discuss,
                S::Pupils,
                S::Gaps,
                S::Coming,
                S::Decided,
                S::Decisions,
            ],
            Self::LeadershipConversation => {
                &[S::Agenda, S::Summary, S::Celebrate, S::Objectives, S::Goals, S::Discuss, S::Decisions]
            }
            Self::TargetSheet => &[S::Targets],
            Self::Handover => &[
                S::Summary,
                S::Figures,
                S::Objectives,
                S::Judgements,
                S::Pupils,
                S::Actions,
                S::Coming,
                S::Duties,
                S::Expectations,
                S::Decided,
                S::Files,
            ],
        }
    }

    /// The sections of its appendix.
    pub fn appendix(self) -> &'static [Section] {
        match self {
            Self::EndOfTerm => &[S::Coverage, S::Evidence, S::Trajectory, S::Moderation],
            Self::Provision => &[
                S::Monitoring,
                S::Coverage,
                S::Evidence,
                S::Aspects,
                S::Trajectory,
                S::Gaps,
                S::Actions,
                S::Practice,
                S::Moderation,
            ],
            _ => &[],
        }
    }
}

impl Serialize for ReportKind {
    fn serialize<T: Serializer>(&self, serializer: T) -> Result<T::Ok, T::Error> {
        serializer.serialize_str(self.word())
    }
}

/// A part of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Section {
    /// The whole in a few sentences.
    Summary,
    /// The same figures each time, besides those of the year before.
    Figures,
    /// Sessions planned, held and missed.
    Monitoring,
    /// Which subject was looked at when.
    Coverage,
    /// How much evidence of which kind there is.
    Evidence,
    /// Outcomes and provision, by subject.
    Judgements,
    /// The judgement of the phase, aspect by aspect.
    Aspects,
    /// Where pupils stand, in brief.
    Pupils,
    /// Each subject against its path.
    Trajectory,
    Gaps,
    Objectives,
    Criteria,
    /// Actions, and what came of them.
    Actions,
    /// The plan to the next grade.
    NextSteps,
    /// Where practice is strong, and where not yet.
    Practice,
    /// How far two leaders' views agree.
    Moderation,
    /// Expectations checked, behaviour, and learning support.
    Expectations,
    /// What a meeting is about.
    Agenda,
    Celebrate,
    /// What fell short, against plan.
    Discuss,
    Decided,
    Decisions,
    Targets,
    /// What is next.
    Coming,
    Duties,
    Goals,
    Files,
}

impl Section {
    /// Every section, with its word and its heading.
    pub const WORDS: &[(Section, &'static str, &'static str)] = &[
        (Self::Summary, "summary", "In short"),
        (Self::Figures, "figures", "The same figures each time"),
        (Self::Monitoring, "monitoring", "Planned and held"),
        (Self::Coverage, "coverage", "Which subject was looked at when"),
        (Self::Evidence, "evidence", "How much evidence there is"),
        (Self::Judgements, "judgements", "Outcomes and provision"),
        (Self::Aspects, "aspects", "The judgement of the phase, aspect by aspect"),
        (Self::Pupils, "pupils", "Where pupils stand"),
        (Self::Trajectory, "trajectory", "Each subject against its path"),
        (Self::Gaps, "gaps", "Groups of pupils"),
        (Self::Objectives, "objectives", "Objectives"),
        (Self::Criteria, "criteria", "Objectives and their criteria"),
        (Self::Actions, "actions", "Actions, and what came of them"),
        (Self::NextSteps, "next-steps", "Next steps"),
        (Self::Practice, "practice", "What works"),
        (Self::Moderation, "moderation", "How far two leaders' views agree"),
        (Self::Expectations, "expectations", "Expectations, behaviour and learning support"),
        (Self::Agenda, "agenda", "Agenda"),
        (Self::Celebrate, "celebrate", "To celebrate"),
        (Self::Discuss, "discuss", "To talk over"),
        (Self::Decided, "decided", "Decided before"),
        (Self::Decisions, "decisions", "What we decide, who does it, and by when"),
        (Self::Targets, "targets", "What is aimed at"),
        (Self::Coming, "coming", "What is next"),
        (Self::Duties, "duties", "Responsibilities that are open"),
        (Self::Goals, "goals", "The development plan"),
        (Self::Files, "files", "Where things are kept"),
    ];

    /// The word that `reports.toml` uses.
    pub fn word(self) -> &'static str {
        Self::WORDS.iter().find(|row| row.0 == self).map_or("", |row| row.1)
    }

    /// The heading that people read.
    pub fn heading(self) -> &'static str {
        Self::WORDS.iter().find(|row| row.0 == self).map_or("", |row| row.2)
    }
}

impl Serialize for Section {
    fn serialize<T: Serializer>(&self, serializer: T) -> Result<T::Ok, T::Error> {
        serializer.serialize_str(self.word())
    }
}

/// What stands in a school's own words for something that the program knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Placeholder {
    School,
    Phase,
    /// Who leads it; to those who see no names, `the phase leader`.
    Leader,
    AcademicYear,
    /// As `autumn 2`.
    HalfTerm,
    /// The day the report is made for.
    Date,
    /// How many pupils are on the roll of the phase.
    Pupils,
    /// Sessions that were to be held so far.
    SessionsPlanned,
    SessionsHeld,
    Objectives,
    ObjectivesMet,
    /// How many paths pupils are significantly below.
    Below,
}

impl Placeholder {
    /// Every placeholder, as it is written between braces.
    pub const WORDS: &[(Placeholder, &'static str)] = &[
        (Self::School, "school"),
        (Self::Phase, "phase"),
        (Self::Leader, "leader"),
        (Self::AcademicYear, "academic_year"),
        (Self::HalfTerm, "half_term"),
        (Self::Date, "date"),
        (Self::Pupils, "pupils"),
        (Self::SessionsPlanned, "sessions_planned"),
        (Self::SessionsHeld, "sessions_held"),
        (Self::Objectives, "objectives"),
        (Self::ObjectivesMet, "objectives_met"),
        (Self::Below, "below"),
    ];
}

/// A piece of a school's own words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TextPiece {
    /// As it stands.
    Text(String),
    /// What the program knows.
    Known(Placeholder),
}

impl TextPiece {
    /// Whether it is a figure of the year, which takes all of the records to know.
    fn is_figure(&self) -> bool {
        use Placeholder::{Below, Objectives, ObjectivesMet, Pupils, SessionsHeld, SessionsPlanned};
        let figures = [Below, Objectives, ObjectivesMet, Pupils, SessionsHeld, SessionsPlanned];
        matches!(self, TextPiece::Known(placeholder) if figures.contains(placeholder))
    }
}

/// A school's own choice for a report; what is not said stays as it is.
#[derive(Clone, Debug, Default)]
pub struct ReportCustomisation {
    pub title: Vec<TextPiece>,
    /// The sections, in order.
    pub sections: Option<Vec<Section>>,
    pub appendix: Option<Vec<Section>>,
    /// What stands before the first section.
    pub opening: Vec<TextPiece>,
    /// What stands after the last.
    pub closing: Vec<TextPiece>,
    pub at: Option<Place>,
}

impl ReportCustomisation {
    /// Whether figures of the year stand in its words.
    pub fn tells_figures(&self) -> bool {
        self.title.iter().chain(&self.opening).chain(&self.closing).any(TextPiece::is_figure)
    }
}
