//! The scales of results, and the teacher-assessment ladder.

fixed_words! {
    /// How a result is read.
    pub enum Scale {
        /// Teacher assessment: EM, PK1 to PK6, WTS, EXS, GDS; HNM.
        Ladder = "ladder",
        /// A scaled score, 80 to 120.
        Scaled = "scaled",
        /// A mark out of a maximum; attendance in percent.
        Mark = "mark",
        /// The phonics check, 0 to 40.
        Phonics = "phonics",
        /// A goal of the early years profile: 1 emerging, 2 expected.
        Profile = "profile",
        /// Well below, below, on or above the pupil's own path.
        OnTrack = "on-track",
        /// The levels of before 2016.
        Level = "level",
    }
}

impl Scale {
    /// Whether its values are true scores, of which a mean may be taken; steps of a ladder are not.
    pub fn is_score(self) -> bool {
        matches!(self, Scale::Scaled | Scale::Mark | Scale::Phonics)
    }
}

/// The ladder of teacher assessment, lowest first.
pub const LADDER: &[&str] = &["EM", "PK1", "PK2", "PK3", "PK4", "PK5", "PK6", "WTS", "EXS", "GDS"];

fixed_words! {
    /// Who or what gave a result.
    pub enum ResultKind {
        Teacher = "teacher",
        Test = "test",
    }
}

impl ResultKind {
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
