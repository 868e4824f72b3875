//! The reports that are handed over: which there are, whom they are for, what is in them, and a school's own choice.

use crate::diagnostic::Place;

fixed_words! {
    /// A report.
    pub enum ReportKind {
        /// What was planned and what came of it, at the end of a term.
        EndOfTerm = "end-of-term" => "End of term",
        /// The yearly report on the quality of provision.
        Provision = "provision" => "Quality of provision",
        /// The phase and its subjects for senior leaders.
        Headteacher = "headteacher" => "Summary for senior leaders",
        /// Progress on objectives for the line manager.
        LineManager = "line-manager" => "Progress on objectives",
        /// For a meeting of the whole staff.
        StaffMeeting = "staff-meeting" => "Staff meeting",
        /// For a meeting of the phase's team.
        PhaseMeeting = "phase-meeting" => "Phase meeting",
        /// For a conversation between leaders.
        LeadershipConversation = "leadership-conversation" => "Leadership conversation",
        /// What each year group aims at.
        TargetSheet = "target-sheet" => "Targets",
        /// For whoever takes over the post.
        Handover = "handover" => "Handover",
    }
}

use Section as S;

impl ReportKind {
    /// What it is, in a few words.
    pub fn about(self) -> &'static str {
        match self {
            Self::EndOfTerm => "planned and held, judged, tracked, improved; next steps",
            Self::Provision => "the yearly report to senior leaders and governors",
            Self::Headteacher => "the phase and its subjects, and what is done",
            Self::LineManager => "objectives, actions, duties, with room for a review",
            Self::StaffMeeting => "agenda, what works, where pupils stand",
            Self::PhaseMeeting => "agenda, to celebrate, to talk over, room for decisions",
            Self::LeadershipConversation => "impact, shortfalls against plan, direction",
            Self::TargetSheet => "what each year group aims at",
            Self::Handover => "where everything stands, and where it is kept",
        }
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

fixed_words! {
    /// A part of a report.
    pub enum Section {
        /// The whole in a few sentences.
        Summary = "summary" => "In short",
        /// The same figures each time, besides those of the year before.
        Figures = "figures" => "The same figures each time",
        /// Sessions planned, held and missed.
        Monitoring = "monitoring" => "Planned and held",
        /// Which subject was looked at when.
        Coverage = "coverage" => "Which subject was looked at when",
        /// How much evidence of which kind there is.
        Evidence = "evidence" => "How much evidence there is",
        /// Outcomes and provision, by subject.
        Judgements = "judgements" => "Outcomes and provision",
        /// The judgement of the phase, aspect by aspect.
        Aspects = "aspects" => "The judgement of the phase, aspect by aspect",
        /// Where pupils stand, in brief.
        Pupils = "pupils" => "Where pupils stand",
        /// Each subject against its path.
        Trajectory = "trajectory" => "Each subject against its path",
        Gaps = "gaps" => "Groups of pupils",
        Objectives = "objectives" => "Objectives",
        Criteria = "criteria" => "Objectives and their criteria",
        /// Actions, and what came of them.
        Actions = "actions" => "Actions, and what came of them",
        /// The plan to the next grade.
        NextSteps = "next-steps" => "Next steps",
        /// Where practice is strong, and where not yet.
        Practice = "practice" => "What works",
        /// How far two leaders' views agree.
        Moderation = "moderation" => "How far two leaders' views agree",
        /// Expectations checked, behaviour, and learning support.
        Expectations = "expectations" => "Expectations, behaviour and learning support",
        /// What a meeting is about.
        Agenda = "agenda" => "Agenda",
        Celebrate = "celebrate" => "To celebrate",
        /// What fell short, against plan.
        Discuss = "discuss" => "To talk over",
        Decided = "decided" => "Decided before",
        Decisions = "decisions" => "What we decide, who does it, and by when",
        Targets = "targets" => "What is aimed at",
        /// What is next.
        Coming = "coming" => "What is next",
        Duties = "duties" => "Responsibilities that are open",
        Goals = "goals" => "The development plan",
        Files = "files" => "Where things are kept",
    }
}

fixed_words! {
    /// What stands in a school's own words for something that the program knows.
    pub enum Placeholder {
        School = "school",
        Phase = "phase",
        /// Who leads it; to those who see no names, `the phase leader`.
        Leader = "leader",
        AcademicYear = "academic_year",
        /// As `autumn 2`.
        HalfTerm = "half_term",
        /// The day the report is made for.
        Date = "date",
        /// How many pupils are on the roll of the phase.
        Pupils = "pupils",
        /// Sessions that were to be held so far.
        SessionsPlanned = "sessions_planned",
        SessionsHeld = "sessions_held",
        Objectives = "objectives",
        ObjectivesMet = "objectives_met",
        /// How many paths pupils are significantly below.
        Below = "below",
    }
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
