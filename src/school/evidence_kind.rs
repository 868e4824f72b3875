//! The kinds of evidence.

use serde::{Serialize, Serializer};

/// A kind of evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EvidenceKind {
    Books,
    /// Teachers' records of planning and assessment.
    Records,
    Lessons,
    /// Talk with, or surveys of, pupils.
    PupilVoice,
    Conversation,
    Planning,
    Environment,
    Data,
}

impl EvidenceKind {
    /// Every kind: its word in the files, what people read, a short form for the head of a column,
    /// and further words that mean it.
    pub const TABLE: &[(EvidenceKind, &'static str, &'static str, &'static [&'static str])] = &[
        (
            EvidenceKind::Books,
            "books",
            "pupils' work",
            &[
                "book",
                "book-look",
                "book-scrutiny",
                "book-trawl",
                "work-scrutiny",
                "work-sample",
                "pupils-work",
                "work",
            ],
        ),
        (
            EvidenceKind::Records,
            "records",
            "teachers' records",
            &[
                "record",
                "records-scrutiny",
                "record-scrutiny",
                "teachers-records",
                "assessment-records",
                "mark-book",
            ],
        ),
        (
            EvidenceKind::Lessons,
            "lessons",
            "lesson visits",
            &[
                "lesson",
                "lesson-visit",
                "lesson-visits",
                "lesson-observation",
                "observation",
                "learning-walk",
                "drop-in",
            ],
        ),
        (
            EvidenceKind::PupilVoice,
            "pupil-voice",
            "pupil voice",
            &["voice", "pupil-interview", "pupil-conversation", "pupil-survey"],
        ),
        (
            EvidenceKind::Conversation,
            "conversation",
            "conversation",
            &[
                "learning-conversation",
                "leadership-conversation",
                "staff-conversation",
                "pupil-progress-meeting",
            ],
        ),
        (
            EvidenceKind::Planning,
            "planning",
            "planning",
            &["plans", "plan", "planning-scrutiny", "medium-term-plan"],
        ),
        (
            EvidenceKind::Environment,
            "environment",
            "environment",
            &["learning-environment", "classroom", "display"],
        ),
        (EvidenceKind::Data, "data", "results", &["results", "assessment-data", "test-results"]),
    ];

    /// Every kind.
    pub fn all() -> impl Iterator<Item = EvidenceKind> {
        Self::TABLE.iter().map(|row| row.0)
    }

    /// The word that the files use.
    pub fn word(self) -> &'static str {
        Self::TABLE.iter().find(|row| row.0 == self).map_or("", |row| row.1)
    }

    /// What people read.
    pub fn title(self) -> &'static str {
        Self::TABLE.iter().find(|row| row.0 == self).map_or("", |row| row.2)
    }
}

impl Serialize for EvidenceKind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.word())
    }
}
