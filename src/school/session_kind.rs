//! The kinds of monitoring session.

use serde::{Serialize, Serializer};

/// What a session is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SessionKind {
    /// Task area 1: pupils' work.
    WorkScrutiny,
    /// Task area 2: teachers' records.
    RecordsScrutiny,
    /// Task area 3: lessons.
    LessonVisit,
    /// Task area 4: outcomes and provision judged.
    Evaluation,
    /// Task area 5: the next half term's schedule.
    Scheduling,
    PupilVoice,
    /// Structured talk with a teacher on learning.
    LearningConversation,
    /// Short visits with a focus.
    LearningWalk,
    /// Comparing judgements of the same sample.
    Moderation,
    /// A senior leader with a subject or phase leader.
    LeadershipConversation,
    PhaseMeeting,
    StaffMeeting,
    LineManager,
    PupilProgress,
    Coaching,
    Training,
    GovernorVisit,
    /// Anything else.
    Other,
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
    /// Every kind: its word in the files, what people read, and further words that mean it.
    pub const TABLE: &[(SessionKind, &'static str, &'static str, &'static [&'static str])] = &[
        (
            SessionKind::WorkScrutiny,
            "work-scrutiny",
            "pupils' work",
            &[
                "1",
                "work",
                "pupils-work",
                "books",
                "book-look",
                "book-scrutiny",
                "book-trawl",
                "work-sample",
                "work-sampling",
            ],
        ),
        (
            SessionKind::RecordsScrutiny,
            "records-scrutiny",
            "teachers' records",
            &["2", "records", "teachers-records", "planning-scrutiny", "record-scrutiny"],
        ),
        (
            SessionKind::LessonVisit,
            "lesson-visit",
            "lesson visit",
            &["3", "lesson", "lessons", "visit", "lesson-observation", "observation", "lesson-drop-in"],
        ),
        (
            SessionKind::Evaluation,
            "evaluation",
            "evaluate",
            &["4", "evaluate", "judgement", "self-evaluation"],
        ),
        (
            SessionKind::Scheduling,
            "scheduling",
            "plan",
            &["5", "schedule", "plan", "planning", "write-schedule"],
        ),
        (
            SessionKind::PupilVoice,
            "pupil-voice",
            "pupil voice",
            &["pupil-interview", "pupil-interviews", "pupil-conference", "pupil-conferencing"],
        ),
        (
            SessionKind::LearningConversation,
            "learning-conversation",
            "learning conversation",
            &["conversation"],
        ),
        (SessionKind::LearningWalk, "learning-walk", "learning walk", &["walk", "drop-in", "drop-ins"]),
        (SessionKind::Moderation, "moderation", "moderation", &["moderate"]),
        (SessionKind::LeadershipConversation, "leadership-conversation", "leadership conversation", &[]),
        (SessionKind::PhaseMeeting, "phase-meeting", "phase meeting", &["team-meeting"]),
        (SessionKind::StaffMeeting, "staff-meeting", "staff meeting", &[]),
        (SessionKind::LineManager, "line-manager", "line manager", &["line-management"]),
        (
            SessionKind::PupilProgress,
            "pupil-progress",
            "pupil progress meeting",
            &["pupil-progress-meeting", "ppm"],
        ),
        (SessionKind::Coaching, "coaching", "coaching", &[]),
        (SessionKind::Training, "training", "training", &["cpd", "inset"]),
        (SessionKind::GovernorVisit, "governor-visit", "governor visit", &["governors-visit"]),
        (SessionKind::Other, "other", "other", &[]),
    ];

    /// The word that the files use.
    pub fn word(self) -> &'static str {
        Self::TABLE.iter().find(|row| row.0 == self).map_or("", |row| row.1)
    }

    /// What people read.
    pub fn title(self) -> &'static str {
        Self::TABLE.iter().find(|row| row.0 == self).map_or("", |row| row.2)
    }

    /// The job card's task area, where it is one of the five.
    pub fn task_area(self) -> Option<u8> {
        match self {
            SessionKind::WorkScrutiny => Some(1),
            SessionKind::RecordsScrutiny => Some(2),
            SessionKind::LessonVisit => Some(3),
            SessionKind::Evaluation => Some(4),
            SessionKind::Scheduling => Some(5),
            _ => None,
        }
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

impl Serialize for SessionKind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.word())
    }
}
