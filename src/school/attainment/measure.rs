//! What is assessed, and how it is measured.

fixed_words! {
    /// What is counted of results.
    pub enum Measure {
        /// The share at the expected standard or above it.
        Expected = "expected" => "expected standard",
        /// The share at the higher standard.
        Higher = "higher" => "higher standard",
        /// The share on or above their own path.
        OnTrack = "on-track" => "on track",
        /// The mean score.
        Average = "average" => "average score",
    }
}

/// The mark from which the phonics check has been met in every year from 2012 to 2025 (Department for
/// Education, phonics screening check); for later years it is assumed until the school says otherwise.
pub const USUAL_PHONICS_THRESHOLD: f64 = 32.0;

/// The last academic year of which the phonics threshold is known.
pub const PHONICS_KNOWN_TO: i32 = 2024;

/// The share of sessions attended, in percent, at or under which a pupil counts as persistently absent.
pub const LOW_ATTENDANCE: f32 = 90.0;

/// What may be assessed next to the school's own subjects and the goals of the profile: its word, and what
/// people read.
pub const MEASURED: &[(&str, &str)] = &[
    ("reading", "Reading"),
    ("writing", "Writing"),
    ("maths", "Maths"),
    ("gps", "Grammar, punctuation and spelling"),
    ("science", "Science"),
    ("phonics", "Phonics"),
    ("tables", "Multiplication tables"),
    ("attendance", "Attendance"),
    (GLD, "Good level of development"),
    (RWM, "Reading, writing and maths"),
];

/// The goals of the early years profile: the word here, what people read, the area, and whether it belongs to
/// the good level of development (Department for Education, early years foundation stage profile, 2021
/// reform: all goals of communication and language, personal, social and emotional development, physical
/// development, literacy and mathematics).
pub const GOALS: &[(&str, &str, &str, bool)] = &[
    ("listening", "Listening, attention and understanding", "communication", true),
    ("speaking", "Speaking", "communication", true),
    ("self-regulation", "Self-regulation", "personal", true),
    ("managing-self", "Managing self", "personal", true),
    ("building-relationships", "Building relationships", "personal", true),
    ("gross-motor", "Gross motor skills", "physical", true),
    ("fine-motor", "Fine motor skills", "physical", true),
    ("comprehension", "Comprehension", "literacy", true),
    ("word-reading", "Word reading", "literacy", true),
    ("writing", "Writing", "literacy", true),
    ("number", "Number", "mathematics", true),
    ("numerical-patterns", "Numerical patterns", "mathematics", true),
    ("past-and-present", "Past and present", "understanding", false),
    ("people-and-communities", "People, culture and communities", "understanding", false),
    ("natural-world", "The natural world", "understanding", false),
    ("creating", "Creating with materials", "expressive", false),
    ("being-imaginative", "Being imaginative and expressive", "expressive", false),
];

/// The good level of development: worked out from the goals, or given as one result.
pub const GLD: &str = "gld";

/// Reading, writing and maths together: worked out, never given.
pub const RWM: &str = "rwm";

/// Attendance.
pub const ATTENDANCE: &str = "attendance";

/// The subjects that reading, writing and maths together are made of.
pub const RWM_PARTS: &[&str] = &["reading", "writing", "maths"];

/// What people read for what is assessed, where it is not a subject of the school.
pub fn measured_title(word: &str) -> Option<&'static str> {
    let plain = MEASURED.iter().find(|row| row.0 == word).map(|row| row.1);
    plain.or_else(|| GOALS.iter().find(|row| row.0 == word).map(|row| row.1))
}
