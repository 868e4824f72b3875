//! The kinds of monitoring session.

fixed_words! {
    /// What a session is for.
    pub enum SessionKind {
        /// Task area 1: pupils' work.
        WorkScrutiny = "work-scrutiny" | "1" | "work" | "pupils-work" | "books" | "book-look"
            | "book-scrutiny" | "book-trawl" | "work-sample" | "work-sampling" => "pupils' work",
        /// Task area 2: teachers' records.
        RecordsScrutiny = "records-scrutiny" | "2" | "records" | "teachers-records" | "planning-scrutiny"
            | "record-scrutiny" => "teachers' records",
        /// Task area 3: lessons.
        LessonVisit = "lesson-visit" | "3" | "lesson" | "lessons" | "visit" | "lesson-observation"
            | "observation" | "lesson-drop-in" => "lesson visit",
        /// Task area 4: outcomes and provision judged.
        Evaluation = "evaluation" | "4" | "evaluate" | "judgement" | "self-evaluation" => "evaluate",
        /// Task area 5: the next half term's schedule.
        Scheduling = "scheduling" | "5" | "schedule" | "plan" | "planning" | "write-schedule" => "plan",
        PupilVoice = "pupil-voice" | "pupil-interview" | "pupil-interviews" | "pupil-conference"
            | "pupil-conferencing" => "pupil voice",
        /// Structured talk with a teacher on learning.
        LearningConversation = "learning-conversation" | "conversation" => "learning conversation",
        /// Short visits with a focus.
        LearningWalk = "learning-walk" | "walk" | "drop-in" | "drop-ins" => "learning walk",
        /// Comparing judgements of the same sample.
        Moderation = "moderation" | "moderate",
        /// A senior leader with a subject or phase leader.
        LeadershipConversation = "leadership-conversation" => "leadership conversation",
        PhaseMeeting = "phase-meeting" | "team-meeting" => "phase meeting",
        StaffMeeting = "staff-meeting" => "staff meeting",
        LineManager = "line-manager" | "line-management" => "line manager",
        PupilProgress = "pupil-progress" | "pupil-progress-meeting" | "ppm" => "pupil progress meeting",
        Coaching = "coaching",
        Training = "training" | "cpd" | "inset",
        GovernorVisit = "governor-visit" | "governors-visit" => "governor visit",
        /// Anything else.
        Other = "other",
    }
}

/// What a session takes from a class.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LentMaterial {
    Books,
    Records,
    /// Pupils who talk, with their books.
    Pupils,
    Sample,
}

impl SessionKind {
    /// How many task areas the job card has: the first kinds, in its order.
    pub const TASK_AREAS: usize = 5;

    /// The job card's task area, where it is one of the five.
    pub fn task_area(self) -> Option<u8> {
        Self::ALL
            .iter()
            .take(Self::TASK_AREAS)
            .zip(1..)
            .find(|(kind, _)| **kind == self)
            .map(|(_, area)| area)
    }

    /// What of the classes named is looked at: their teachers must know, though they need not come.
    pub fn lends(self) -> Option<LentMaterial> {
        match self {
            SessionKind::WorkScrutiny => Some(LentMaterial::Books),
            SessionKind::RecordsScrutiny => Some(LentMaterial::Records),
            SessionKind::PupilVoice => Some(LentMaterial::Pupils),
            SessionKind::Moderation => Some(LentMaterial::Sample),
            _ => None,
        }
    }

    /// Whether it is a visit to a teacher's lessons.
    pub fn is_visit(self) -> bool {
        matches!(self, SessionKind::LessonVisit | SessionKind::LearningWalk)
    }
}
