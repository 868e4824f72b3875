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
    pub at: Place,
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
