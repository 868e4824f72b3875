//! What a school prefers in a schedule, and how much.

use std::collections::BTreeMap;

use serde::Serialize;

/// Makes the preferences from their table, a row each: what is preferred, its name, its key in `[preferences]`, its
/// usual weight, and what it asks for in the user's words.
macro_rules! preferences {
    ($($(#[$about:meta])+ $name:ident, $key:literal, $weight:literal, $words:literal;)+) => {
        /// What is preferred; each has a weight, 0 where it does not count. Scripts know it by its name in a clash.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        #[cfg_attr(test, derive(schemars::JsonSchema))]
        #[serde(rename_all = "kebab-case")]
        pub enum Preference {
            $($(#[$about])+ $name,)+
            /// Sessions left out, when not all fit: evaluation and scheduling. No school can weigh it.
            LeaveOutPinned,
        }

        impl Preference {
            /// Every preference that a school can weigh: its key in `[preferences]`, its usual weight, and what it
            /// asks for in the user's words.
            pub const TABLE: &[(Preference, &'static str, u32, &'static str)] =
                &[$((Preference::$name, $key, $weight, $words),)+];
        }
    };
}

preferences! {
    /// Different subjects in the half term.
    DifferentSubjects, "different_subjects", 20, "a different subject each time";
    /// One session a week.
    #[serde(rename = "two-a-week")]
    OneAWeek, "one_a_week", 12, "one session a week";
    /// Not two sessions of one subject leader in a day.
    LeaderTwiceADay, "leader_twice_a_day", 6, "one session a day for each subject leader";
    /// Not the same class twice running.
    SameClass, "same_class", 6, "a different class each time";
    /// No visits in the first week after a break.
    FirstWeek, "first_week", 3, "no visits in the first week after a break";
    /// No visits in the last week of the autumn and summer terms.
    LastWeek, "last_week", 4, "no visits in the last week of term";
    /// No sessions in a week of fewer than three days.
    PartWeek, "part_week", 3, "no sessions in a week of fewer than three days";
    /// Nothing with year groups whose assessment window is open.
    SoftWindow, "soft_window", 5, "assessment weeks left free";
    /// Not two visits to one teacher in a week.
    TeacherTwiceAWeek, "teacher_twice_a_week", 6, "one visit a week to a teacher";
    /// No more than 3 visits or 180 minutes to one teacher in the academic year.
    TeacherOverYear, "teacher_over_year", 15, "at most 3 visits or 180 minutes a year to a teacher";
    /// Visits shared among teachers.
    VisitsShared, "visits_shared", 2, "visits shared among teachers";
    /// Five school days' notice.
    Notice, "notice", 4, "five school days' notice";
    /// A submitted session stays in its place rather than moving within the week.
    MovedInWeek, "moved_in_week", 2, "handed-in sessions left where they are";
    /// A submitted session stays in its week rather than moving further.
    MovedFurther, "moved_further", 4, "handed-in sessions kept in their week";
    /// A submitted session rather than one proposed.
    Proposed, "proposed", 6, "sessions that leaders handed in";
    /// No cover.
    #[serde(rename = "cover-used")]
    Cover, "cover", 3, "little cover";
    /// Subjects with a priority first.
    Priority, "priority", 4, "priority subjects first";
    /// Subjects longest unseen first.
    LongestUnseen, "longest_unseen", 3, "subjects longest unseen first";
    /// Subjects where too little evidence is in first.
    LittleEvidence, "little_evidence", 3, "subjects where too little evidence is in first";
    /// Subjects significantly below their path first.
    OffPath, "off_path", 3, "subjects significantly below their path first";
    /// Lessons that the timetable shows rather than ones it is silent about.
    LessonUnknown, "lesson_unknown", 2, "lessons that the timetable shows";
    /// With `--replan`: what was published stays.
    Published, "published", 30, "what was given out stays";
    /// With `--want`: what was asked for.
    Wanted, "wanted", 200, "what you asked for";
    /// Sessions left out, when not all fit: the second and further lesson visits.
    LeaveOutFurtherVisit, "leave_out_further_visit", 1, "every further lesson visit";
    /// Sessions left out, when not all fit: teachers' records.
    LeaveOutRecords, "leave_out_records", 2, "teachers' records";
    /// Sessions left out, when not all fit: pupils' work.
    LeaveOutWork, "leave_out_work", 3, "pupils' work";
    /// Sessions left out, when not all fit: the first lesson visit.
    LeaveOutVisit, "leave_out_visit", 4, "a lesson visit";
}

impl Preference {
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
