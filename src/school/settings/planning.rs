//! How the school plans: limits, preferences and lengths of sessions.

use std::collections::BTreeMap;

use crate::diagnostic::Place;
use crate::school::session_kind::SessionKind;
use crate::school::time::DatedHours;

/// The school's own limits; none unless set.
#[derive(Clone, Debug, Default)]
pub struct PlanningLimits {
    /// Lesson visits to one teacher in a half term, all observers counted.
    pub visits_per_half_term: Option<VisitLimit>,
    /// Lesson visits to one teacher in an academic year, all observers counted.
    pub visits_per_year: Option<VisitLimit>,
    /// Teachers out of class at one time.
    pub releases_per_period: Option<VisitLimit>,
}

/// A limit, and where it is set.
#[derive(Clone, Debug)]
pub struct VisitLimit {
    /// At most so many.
    pub most: u32,
    /// Where it is written.
    pub at: Place,
}

/// What is preferred; each has a weight, 0 for of no account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Preference {
    /// Different subjects in the half term.
    DifferentSubjects,
    /// One session a week.
    OneAWeek,
    /// Not two sessions of one subject leader in a day.
    LeaderTwiceADay,
    /// Not the same class twice running.
    SameClass,
    /// No visits in the first week after a break.
    FirstWeek,
    /// No visits in the last week of the autumn and summer terms.
    LastWeek,
    /// No sessions in a week of fewer than three days.
    PartWeek,
    /// Nothing with year groups whose assessment window is open.
    SoftWindow,
    /// Not two visits to one teacher in a week.
    TeacherTwiceAWeek,
    /// No more than 3 visits or 180 minutes to one teacher in the academic year.
    TeacherOverYear,
    /// Visits shared among teachers.
    VisitsShared,
    /// Five school days' notice.
    Notice,
    /// A handed-in session stays in its place rather than moving within the week.
    MovedInWeek,
    /// A handed-in session stays in its week rather than moving further.
    MovedFurther,
    /// A handed-in session rather than one proposed.
    Proposed,
    /// No cover.
    Cover,
    /// Subjects with a priority first.
    Priority,
    /// Subjects longest unseen first.
    LongestUnseen,
    /// Subjects where too little evidence is in first.
    LittleEvidence,
    /// Subjects significantly below their path first.
    OffPath,
    /// Lessons that the timetable shows rather than ones it is silent about.
    LessonUnknown,
    /// With `--replan`: what was published stays.
    Published,
    /// With `--want`: what was asked for.
    Wanted,
    /// Sessions left out, when not all fit: the second and further lesson visits.
    LeaveOutFurtherVisit,
    /// Sessions left out, when not all fit: teachers' records.
    LeaveOutRecords,
    /// Sessions left out, when not all fit: pupils' work.
    LeaveOutWork,
    /// Sessions left out, when not all fit: the first lesson visit.
    LeaveOutVisit,
    /// Sessions left out, when not all fit: evaluation and scheduling.
    LeaveOutPinned,
}

impl Preference {
    /// Every preference that a school can weigh: its key in `[preferences]`, its default weight,
    /// and what it asks for in the user's words.
    pub const TABLE: &[(Preference, &'static str, u32, &'static str)] = &[
        (Preference::DifferentSubjects, "different_subjects", 20, "a different subject each time"),
        (Preference::OneAWeek, "one_a_week", 12, "one session a week"),
        (Preference::LeaderTwiceADay, "leader_twice_a_day", 6, "one session a day for each subject leader"),
        (Preference::SameClass, "same_class", 6, "a different class each time"),
        (Preference::FirstWeek, "first_week", 3, "no visits in the first week after a break"),
        (Preference::LastWeek, "last_week", 4, "no visits in the last week of term"),
        (Preference::PartWeek, "part_week", 3, "no sessions in a week of fewer than three days"),
        (Preference::SoftWindow, "soft_window", 5, "assessment weeks left free"),
        (Preference::TeacherTwiceAWeek, "teacher_twice_a_week", 6, "one visit a week to a teacher"),
        (
            Preference::TeacherOverYear,
            "teacher_over_year",
            15,
            "at most 3 visits or 180 minutes a year to a teacher",
        ),
        (Preference::VisitsShared, "visits_shared", 2, "visits shared among teachers"),
        (Preference::Notice, "notice", 4, "five school days' notice"),
        (Preference::MovedInWeek, "moved_in_week", 2, "handed-in sessions left where they are"),
        (Preference::MovedFurther, "moved_further", 4, "handed-in sessions kept in their week"),
        (Preference::Proposed, "proposed", 6, "sessions that leaders handed in"),
        (Preference::Cover, "cover", 3, "little cover"),
        (Preference::Priority, "priority", 4, "priority subjects first"),
        (Preference::LongestUnseen, "longest_unseen", 3, "subjects longest unseen first"),
        (Preference::LittleEvidence, "little_evidence", 3, "subjects where too little evidence is in first"),
        (Preference::OffPath, "off_path", 3, "subjects significantly below their path first"),
        (Preference::LessonUnknown, "lesson_unknown", 2, "lessons that the timetable shows"),
        (Preference::Published, "published", 30, "what was given out stays"),
        (Preference::Wanted, "wanted", 200, "what you asked for"),
        (Preference::LeaveOutFurtherVisit, "leave_out_further_visit", 1, "every further lesson visit"),
        (Preference::LeaveOutRecords, "leave_out_records", 2, "teachers' records"),
        (Preference::LeaveOutWork, "leave_out_work", 3, "pupils' work"),
        (Preference::LeaveOutVisit, "leave_out_visit", 4, "a lesson visit"),
    ];

    /// The key in `[preferences]`.
    pub fn key(self) -> &'static str {
        Self::TABLE.iter().find(|row| row.0 == self).map_or("", |row| row.1)
    }

    /// What it asks for.
    pub fn title(self) -> &'static str {
        Self::TABLE.iter().find(|row| row.0 == self).map_or("", |row| row.3)
    }
}

/// The weights of the preferences.
#[derive(Clone, Debug, Default)]
pub struct Preferences {
    /// Those that the school has set.
    pub set: BTreeMap<Preference, u32>,
}

impl Preferences {
    /// The weight: the school's own, else the default.
    pub fn weight(&self, preference: Preference) -> i64 {
        let default = || Preference::TABLE.iter().find(|row| row.0 == preference).map_or(0, |row| row.2);
        i64::from(self.set.get(&preference).copied().unwrap_or_else(default))
    }
}

/// How long sessions of each kind last.
#[derive(Clone, Debug, Default)]
pub struct SessionLengths {
    /// Those that the school has set.
    pub set: BTreeMap<SessionKind, u32>,
}

impl SessionLengths {
    /// The school's own length; 30 minutes for a lesson visit; else the whole period.
    pub fn of(&self, kind: SessionKind, when: &DatedHours) -> u32 {
        let period = || u32::try_from(when.hours.minutes()).unwrap_or(0);
        match (self.set.get(&kind), kind) {
            (Some(minutes), _) => *minutes,
            (None, SessionKind::LessonVisit) => period().min(30),
            (None, _) => period(),
        }
    }
}

/// How many sessions of each task area, 1 to 5, a leader does in a half term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JobCard {
    /// Task area 1: pupils' work.
    pub work: u32,
    /// Task area 2: teachers' records.
    pub records: u32,
    /// Task area 3: lessons.
    pub lessons: u32,
    /// Task area 4: outcomes and provision.
    pub evaluation: u32,
    /// Task area 5: the next schedule.
    pub scheduling: u32,
}

impl Default for JobCard {
    /// The phase leader's job card: 1, 1, 2, 1, 1.
    fn default() -> Self {
        Self { work: 1, records: 1, lessons: 2, evaluation: 1, scheduling: 1 }
    }
}
