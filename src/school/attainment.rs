//! Results: what pupils reached, at which data point, on which scale; and what is aimed at.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use serde::{Serialize, Serializer};

use super::Id;
use super::classes::YearGroup;
use super::pupils::{Group, Pupil};
use crate::diagnostic::Place;

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
    /// The teacher.
    Teacher,
    /// A test.
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

/// A data point of an academic year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Point {
    /// On entry to the phase.
    Baseline,
    /// At the end of a half term, 1 to 6: the ends of terms are 2, 4 and 6.
    End(u8),
}

impl Point {
    /// The end of the academic year.
    pub const SUMMER: Point = Point::End(6);

    /// How far into the academic year it lies, in terms: 0 to 3.
    pub fn terms(self) -> f64 {
        match self {
            Point::Baseline => 0.0,
            Point::End(half_term) => f64::from(half_term) / 2.0,
        }
    }

    /// Its word in the files and for scripts: `baseline`, `autumn`, `autumn-1` …
    pub fn word(self) -> &'static str {
        match self {
            Point::Baseline => "baseline",
            Point::End(1) => "autumn-1",
            Point::End(2) => "autumn",
            Point::End(3) => "spring-1",
            Point::End(4) => "spring",
            Point::End(5) => "summer-1",
            Point::End(_) => "summer",
        }
    }
}

impl fmt::Display for Point {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.word().replace('-', " "))
    }
}

impl Serialize for Point {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.word())
    }
}

/// A data point of some academic year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Moment {
    /// The academic year's first calendar year.
    pub academic_year: i32,
    /// The data point.
    pub point: Point,
}

/// What a result says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Reading {
    /// The pupil was assessed.
    Attained {
        /// Whether the standard was met, where the scale has one.
        met: Option<bool>,
        /// Whether the higher standard was met, where the scale has one.
        higher: Option<bool>,
        /// The score, or the step of the ladder.
        value: Option<f32>,
    },
    /// The pupil counts, but was not assessed: absent, unable to take the test, and so on. Not met.
    NotAssessed,
    /// The pupil does not belong to the group that is counted: left, future or past.
    Left,
    /// There is no result, for a reason or none; never 0, and not counted.
    Missing,
}

/// One result. Small, since there are many.
#[derive(Clone, Copy, Debug)]
pub struct Outcome {
    /// The pupil, as an index into the roll's.
    pub pupil: u32,
    /// What was assessed, as an index into the roll's.
    pub measured: u16,
    /// The strand of the test, as an index into the roll's; the whole where there is none.
    pub strand: Option<u16>,
    /// The data point.
    pub point: Point,
    /// How it is read.
    pub scale: Scale,
    /// Who or what gave it.
    pub kind: ResultKind,
    /// What it says.
    pub reading: Reading,
    /// The line it stands on.
    pub line: u32,
}

impl Outcome {
    /// What it says, as people write it.
    pub fn said(&self) -> String {
        match (self.reading, self.scale) {
            (Reading::NotAssessed, _) => "not assessed".to_owned(),
            (Reading::Left, _) => "left".to_owned(),
            (Reading::Missing, _) => String::new(),
            (Reading::Attained { value: Some(step), .. }, Scale::Ladder) => {
                LADDER.get(step as usize).map_or_else(String::new, |code| (*code).to_owned())
            }
            (Reading::Attained { value: Some(step), .. }, Scale::OnTrack) => {
                let words = ["", "well below", "below", "on track", "above"];
                words.get(step as usize).map_or_else(String::new, |word| (*word).to_owned())
            }
            (Reading::Attained { value: Some(value), .. }, _) => value.to_string(),
            (Reading::Attained { met, .. }, _) => {
                if met == Some(true) { "met" } else { "not met" }.to_owned()
            }
        }
    }
}

/// The pupils of an academic year and their results.
#[derive(Clone, Debug, Default)]
pub struct Roll {
    /// The pupils, by id.
    pub pupils: Vec<Pupil>,
    /// What was assessed: subjects, goals, attendance.
    pub measured: Vec<Id>,
    /// The strands of tests.
    pub strands: Vec<Id>,
    /// The results: by what was assessed, then by data point, strand, scale, kind and pupil.
    pub results: Vec<Outcome>,
    /// Where the results stand.
    pub file: Option<Arc<str>>,
    /// How many results a later one of the same half term has replaced.
    pub replaced: u32,
}

impl Roll {
    /// What was assessed, as results name it.
    pub fn index_of(&self, measured: &str) -> Option<u16> {
        let index = self.measured.iter().position(|id| id.as_str() == measured)?;
        u16::try_from(index).ok()
    }

    /// The results of what was assessed.
    pub fn results_of(&self, measured: u16) -> &[Outcome] {
        let from = self.results.partition_point(|outcome| outcome.measured < measured);
        let to = self.results.partition_point(|outcome| outcome.measured <= measured);
        self.results.get(from..to).unwrap_or_default()
    }

    /// The results of what was assessed at a data point.
    pub fn results_at(&self, measured: u16, point: Point) -> &[Outcome] {
        let key = |outcome: &Outcome| (outcome.measured, outcome.point);
        let from = self.results.partition_point(|outcome| key(outcome) < (measured, point));
        let to = self.results.partition_point(|outcome| key(outcome) <= (measured, point));
        self.results.get(from..to).unwrap_or_default()
    }

    /// The data points at which something was assessed, in order.
    pub fn points_of(&self, measured: u16) -> Vec<Point> {
        let all = [Point::Baseline].into_iter().chain((1..=6).map(Point::End));
        all.filter(|point| !self.results_at(measured, *point).is_empty()).collect()
    }

    /// Where a result stands.
    pub fn place(&self, outcome: &Outcome) -> Option<Place> {
        self.file.clone().map(|file| Place { file, sheet: None, line: outcome.line })
    }
}

/// What is counted of results.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Measure {
    /// The share at the expected standard or above it.
    Expected,
    /// The share at the higher standard.
    Higher,
    /// The share on or above their own path.
    OnTrack,
    /// The mean score.
    Average,
}

impl Measure {
    /// Every measure, its word in the files, and what people read.
    pub const WORDS: &[(Measure, &'static str, &'static str)] = &[
        (Measure::Expected, "expected", "expected standard"),
        (Measure::Higher, "higher", "higher standard"),
        (Measure::OnTrack, "on-track", "on track"),
        (Measure::Average, "average", "average score"),
    ];

    /// The word in the files.
    pub fn word(self) -> &'static str {
        Self::WORDS.iter().find(|row| row.0 == self).map_or("", |row| row.1)
    }

    /// What people read.
    pub fn title(self) -> &'static str {
        Self::WORDS.iter().find(|row| row.0 == self).map_or("", |row| row.2)
    }
}

impl Serialize for Measure {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.word())
    }
}

/// What is aimed at.
#[derive(Clone, Debug)]
pub struct Target {
    /// What is assessed.
    pub subject: Id,
    /// What is counted.
    pub measure: Measure,
    /// The share, between 0 and 1; of an average the score.
    pub value: f64,
    /// The data point of this academic year; the end of the phase where there is none.
    pub point: Option<Point>,
    /// The year group; every one where there is none.
    pub year_group: Option<YearGroup>,
    /// The group of pupils.
    pub group: Group,
    /// Where it is written.
    pub at: Place,
}

/// What pupils who started alike reach nationally: the user's own table.
#[derive(Clone, Debug)]
pub struct Start {
    /// What is assessed; every subject together where there is none.
    pub subject: Option<Id>,
    /// The start: points, or a group of prior attainment.
    pub start: String,
    /// The median or average that is reached from there.
    pub reached: f64,
    /// The national spread between pupils, where it is known.
    pub spread: Option<f64>,
    /// Where it is written.
    pub at: Place,
}

/// A figure of the whole country.
#[derive(Clone, Debug)]
pub struct National {
    /// The summer in which it was reached.
    pub results_year: i32,
    /// The key stage, as the table names it.
    pub key_stage: String,
    /// The measure, as the table names it.
    pub measure: String,
    /// The group, as the table names it.
    pub group: String,
    /// The figure: percent, or a score.
    pub value: f64,
    /// Provisional, revised, an ambition, or unknown.
    pub status: String,
    /// Whether nobody has confirmed it.
    pub unverified: bool,
    /// Who published it, and when.
    pub source: String,
    /// Whether the school brought it itself.
    pub own: bool,
}

/// What a school says of its results beside them.
#[derive(Clone, Debug, Default)]
pub struct Assessing {
    /// The mark from which the phonics check is met, where the school says it.
    pub phonics_threshold: Option<f64>,
    /// What marks are out of, by what is assessed.
    pub marks: BTreeMap<Id, Mark>,
    /// How codes are read that the program does not know, or knows otherwise.
    pub codes: BTreeMap<String, Reading>,
}

/// What a mark is out of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mark {
    /// Full marks.
    pub of: f64,
    /// From where the standard is met, where the school says it.
    pub met: Option<f64>,
}

/// The mark from which the phonics check has been met in every year from 2012 to 2025 (Department for
/// Education, phonics screening check); for later years it is assumed until the school says otherwise.
pub const USUAL_PHONICS_THRESHOLD: f64 = 32.0;

/// The last academic year of which the phonics threshold is known.
pub const PHONICS_KNOWN_TO: i32 = 2024;

/// The share of sessions attended, in percent, at or under which a pupil counts as persistently absent.
pub const LOW_ATTENDANCE: f32 = 90.0;

/// What may be assessed beside the school's own subjects and the goals of the profile: its word, and what
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
