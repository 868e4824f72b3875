//! The scales of results, and the teacher-assessment ladder.

/// How a result is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scale {
    /// Teacher assessment: EM, PK1 to PK6, WTS, EXS, GDS; HNM.
    Ladder,
    /// A scaled score, 80 to 120.
    Scaled,
    /// A mark out of a maximum; attendance in percent.
    Mark,
    /// The phonics check, 0 to 40.
    Phonics,
    /// A goal of the early years profile: 1 emerging, 2 expected.
    Profile,
    /// Well below, below, on or above the pupil's own path.
    OnTrack,
    /// The levels of before 2016.
    Level,
}

impl Scale {
    /// Every scale and its word in the files.
    pub const WORDS: &[(Scale, &'static str)] = &[
        (Scale::Ladder, "ladder"),
        (Scale::Scaled, "scaled"),
        (Scale::Mark, "mark"),
        (Scale::Phonics, "phonics"),
        (Scale::Profile, "profile"),
        (Scale::OnTrack, "on-track"),
        (Scale::Level, "level"),
    ];

    /// Its word in the files.
    pub fn word(self) -> &'static str {
        Scale::WORDS.iter().find(|row| row.0 == self).map_or("", |row| row.1)
    }

    /// Whether its values are true scores, of which a mean may be taken; steps of a ladder are not.
    pub fn is_score(self) -> bool {
        matches!(self, Scale::Scaled | Scale::Mark | Scale::Phonics)
    }
}

/// The ladder of teacher assessment, lowest first.
pub const LADDER: &[&str] = &["EM", "PK1", "PK2", "PK3", "PK4", "PK5", "PK6", "WTS", "EXS", "GDS"];

/// Who or what gave a result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ResultKind {
    Teacher,
    Test,
}

impl ResultKind {
    /// Every kind and its word in the files.
    pub const WORDS: &[(ResultKind, &'static str)] =
        &[(ResultKind::Teacher, "teacher"), (ResultKind::Test, "test")];

    /// The word in the files.
    pub fn word(self) -> &'static str {
        Self::WORDS.iter().find(|row| row.0 == self).map_or("", |row| row.1)
    }

    /// Who gives results of a scale where the row does not say it.
    pub fn of(scale: Scale) -> Self {
        match scale {
            Scale::Scaled | Scale::Mark | Scale::Phonics => ResultKind::Test,
            _ => ResultKind::Teacher,
        }
    }
}

/// What a mark is out of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FullMarks {
    /// Full marks.
    pub of: f64,
    /// From where the standard is met, where the school says it.
    pub met: Option<f64>,
}
