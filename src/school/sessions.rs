//! Sessions: the job card's task areas, and the schedules handed in and published.

use chrono::NaiveDate;
use serde::{Serialize, Serializer};

use super::Id;
use super::calendar::When;
use crate::diagnostic::Place;

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
    /// Talk with pupils.
    PupilVoice,
    /// Structured talk with a teacher on learning.
    LearningConversation,
    /// Short visits with a focus.
    LearningWalk,
    /// Comparing judgements of the same sample.
    Moderation,
    /// A senior leader with a subject or phase leader.
    LeadershipConversation,
    /// The phase's meeting.
    PhaseMeeting,
    /// The whole staff's meeting.
    StaffMeeting,
    /// With the line manager.
    LineManager,
    /// Pupil progress meeting.
    PupilProgress,
    /// Coaching.
    Coaching,
    /// Training.
    Training,
    /// A governor's visit.
    GovernorVisit,
    /// Anything else.
    Other,
}

/// What a session takes from a class.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lent {
    /// Pupils' books.
    Books,
    /// The teacher's records.
    Records,
    /// Pupils who talk, with their books.
    Pupils,
    /// Work that is compared.
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
    pub fn lends(self) -> Option<Lent> {
        match self {
            SessionKind::WorkScrutiny => Some(Lent::Books),
            SessionKind::RecordsScrutiny => Some(Lent::Records),
            SessionKind::PupilVoice => Some(Lent::Pupils),
            SessionKind::Moderation => Some(Lent::Sample),
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

/// What became of a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum SessionStatus {
    /// It is to take place.
    Planned,
    /// It took place.
    Held,
    /// It did not take place, and why is said.
    Missed,
    /// It was called off.
    Cancelled,
}

impl SessionStatus {
    /// Every status, with the word that the files use.
    pub const WORDS: &[(SessionStatus, &'static str)] = &[
        (SessionStatus::Planned, "planned"),
        (SessionStatus::Held, "held"),
        (SessionStatus::Missed, "missed"),
        (SessionStatus::Cancelled, "cancelled"),
    ];

    /// The word that the files use.
    pub fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(status, _)| *status == self).map_or("", |(_, word)| word)
    }

    /// Whether the session takes or took place.
    pub fn stands(self) -> bool {
        matches!(self, SessionStatus::Planned | SessionStatus::Held)
    }
}

/// A dated slot set aside for one purpose.
#[derive(Clone, Debug, PartialEq)]
pub struct Session {
    /// Its short name, the same for ever.
    pub id: Id,
    /// Raised when it changes after it was given out.
    pub sequence: u32,
    /// Whose programmed session it is.
    pub owner: Id,
    /// What for.
    pub kind: SessionKind,
    /// When.
    pub when: When,
    /// The subject, for task areas 1 to 3.
    pub subject: Option<Id>,
    /// Who takes part besides the owner.
    pub with: Vec<Id>,
    /// Who is visited.
    pub teachers: Vec<Id>,
    /// The classes concerned.
    pub classes: Vec<Id>,
    /// Where.
    pub place: Option<String>,
    /// How long it lasts.
    pub minutes: u32,
    /// Whether it may not be moved.
    pub fixed: bool,
    /// What became of it.
    pub status: SessionStatus,
    /// Why it was missed, or any note.
    pub note: String,
    /// Where the session that was handed in stood before it was moved.
    pub moved_from: Option<When>,
    /// The class teachers who were told to lend something for it, where it is as people were told of it.
    pub lent_by: Vec<Id>,
    /// Where it is written.
    pub at: Place,
}

impl Session {
    /// Everybody who must be there: who holds it, who takes part, who is visited.
    pub fn people(&self) -> impl Iterator<Item = &Id> {
        std::iter::once(&self.owner).chain(&self.with).chain(&self.teachers)
    }

    /// Everybody who must come: who holds it and who takes part.
    pub fn comers(&self) -> impl Iterator<Item = &Id> {
        std::iter::once(&self.owner).chain(&self.with)
    }

    /// Whether nothing is different that anybody would have to be told.
    pub fn is_told_as(&self, other: &Session) -> bool {
        let told = |session: &Session| Session {
            sequence: 0,
            fixed: false,
            note: String::new(),
            at: Place::file(""),
            ..session.clone()
        };
        told(self) == told(other)
    }

    /// Whether a phase leader's session and a subject leader's are one and the same work:
    /// subject, task, date and hours agree, and the class for lessons.
    pub fn is_joint_with(&self, other: &Session) -> bool {
        self.subject.is_some()
            && self.subject == other.subject
            && self.kind == other.kind
            && self.when == other.when
            && (self.with.contains(&other.owner) || other.with.contains(&self.owner))
            && (!self.kind.is_visit() || self.classes == other.classes)
    }

    /// Whether this session, given out, stands for that one, handed in: the same work, moved here.
    pub fn stands_for(&self, handed_in: &Session) -> bool {
        self.subject.is_some()
            && self.subject == handed_in.subject
            && self.kind == handed_in.kind
            && (self.moved_from == Some(handed_in.when)
                || (self.moved_from.is_none() && self.is_joint_with(handed_in)))
    }
}

/// The schedules of one half term.
#[derive(Clone, Debug, Default)]
pub struct Schedules {
    /// As subject leaders handed them in, by date.
    pub handed_in: Vec<Session>,
    /// As given out, by id.
    pub published: Vec<Session>,
    /// As people were last told of them, by id.
    pub issued: Vec<Session>,
    /// The subjects that have handed one in.
    pub subjects: Vec<Id>,
}

impl Schedules {
    /// The last date of a published session, where there is one.
    pub fn last_published(&self) -> Option<NaiveDate> {
        self.published.iter().map(|session| session.when.date).max()
    }
}
