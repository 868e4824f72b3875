//! The records of a school as types: no files, no questions, only what is so.

pub mod attainment;
pub mod evidence_kind;
pub mod id;
pub mod layout;
pub mod session_kind;
pub mod set_up;
pub mod settings;
pub mod time;
pub mod year;
pub mod year_group;

use chrono::NaiveDate;

use crate::diagnostic::Place;

pub use attainment::Attainment;
pub use attainment::data_point::{DataPoint, DatedPoint};
pub use attainment::measure::Measure;
pub use attainment::pupils::{Group, Grouping, Pupil};
pub use attainment::results::{PupilResult, ResultReading, YearResults};
pub use attainment::scale::{FullMarks, ResultKind, Scale};
pub use attainment::targets::{NationalFigure, StartingPoint, Target};
pub use evidence_kind::EvidenceKind;
pub use id::Id;
pub use session_kind::{LentMaterial, SessionKind};
pub use set_up::availability::Whereabouts;
pub use set_up::calendar::{
    AcademicYear, Calendar, Closure, Event, HalfTerm, Window, WindowKind, half_term_name,
};
pub use set_up::classes::{Class, Lesson};
pub use set_up::people::{Availability, AvailabilityStatus, Person, StaffRole};
pub use set_up::phases::{Phase, ProgrammedSession};
pub use set_up::subjects::Subject;
pub use set_up::{PresentFiles, SetUp};
pub use settings::assessment::AssessmentSettings;
pub use settings::planning::{JobCard, PlanningLimits, SessionLengths, VisitLimit};
pub use settings::preference::{Preference, Preferences};
pub use settings::privacy::PrivacySettings;
pub use settings::safeguarding::Safeguarding;
pub use settings::{Settings, Sufficiency};
pub use time::{DatedHours, Hours, Period, RecurringDays, RecurringTime, WeekLetter, Weekdays, day, monday};
pub use year::actions::{Action, ActionStatus};
pub use year::duties::{Assignee, Duty, DutyGroup, Frequency};
pub use year::evidence::{Evidence, EvidenceNotes, EvidenceSubject, Tag, Tags};
pub use year::framework::{
    Area, AreaMethod, Aspect, BinaryJudgement, Framework, FrameworkChange, Grade, JudgingMethod,
    LimitingRule, NextStep, Rank, RuleCondition, RuleConsequence, Strand, WordingBasis,
};
pub use year::judgements::{JudgedGrade, Judgement, JudgementState, JudgementTarget};
pub use year::log::LogEntry;
pub use year::objectives::{
    Aim, Criterion, CriterionTest, MeasuredAim, MeasuredThing, MonitoringMethod, Objective, RecordsNeeded,
};
pub use year::proof::{Proof, ProofSource};
pub use year::report_kinds::{Placeholder, ReportCustomisation, ReportKind, Section, TextPiece};
pub use year::sessions::{Schedules, Session, SessionStatus};
pub use year::{EarlierSession, Year};
pub use year_group::YearGroup;

/// Records that belong to the school and could not be read, or not all of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnreadRecords {
    /// The file or folder, as the workspace names it.
    pub name: String,
    /// Whether it is an earlier year's folder.
    pub is_earlier_year: bool,
    pub what: UnreadReason,
}

/// What is amiss with records that could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnreadReason {
    NotThere,
    /// Nothing of them can be read.
    NotReadable,
    /// They have so many errors; the rest was read.
    Errors(usize),
}

/// A school: every record of one workspace, checked, in an order of its own (by id, by date),
/// so that the order of rows in the files never matters.
#[derive(Clone, Debug)]
pub struct School {
    /// What the school has chosen: how it plans, judges and keeps records private.
    pub settings: Settings,
    /// The year, the people, the classes and the subjects.
    pub set_up: SetUp,
    /// What is recorded through the year.
    pub year: Year,
    pub attainment: Attainment,
    /// Records of earlier years that could not be read, or not all of them.
    pub unread: Vec<UnreadRecords>,
}

impl School {
    /// A person's name; the id where the person is not known.
    pub fn name_of<'a>(&'a self, id: &'a Id) -> &'a str {
        self.set_up.staff.get(id).map_or(id.as_str(), |person| person.name.as_str())
    }

    /// A phase's name; nothing where the phase is not known.
    pub fn phase_name(&self, id: &Id) -> &str {
        self.set_up.phases.iter().find(|phase| phase.id == *id).map_or("", |phase| phase.name.as_str())
    }

    /// A subject's name; the id where the subject is not known.
    pub fn subject_name<'a>(&'a self, id: &'a Id) -> &'a str {
        self.set_up.subjects.get(id).map_or(id.as_str(), |subject| subject.name.as_str())
    }

    /// The name of what is assessed: a subject's own, or the common one.
    pub fn measured_name<'a>(&'a self, id: &'a Id) -> &'a str {
        let own = self.set_up.subjects.get(id).map(|subject| subject.name.as_str());
        own.or_else(|| attainment::measure::measured_title(id.as_str())).unwrap_or(id.as_str())
    }

    /// The subject of the school that what is assessed belongs to.
    pub fn subject_of(&self, measured: &Id) -> Option<&Subject> {
        self.set_up
            .subjects
            .get(measured)
            .or_else(|| self.set_up.subjects.values().find(|subject| subject.assessed_as.contains(measured)))
    }

    /// Whether what is written of a subject is about what is assessed: by its own name, or by that of the subject it
    /// belongs to.
    pub fn is_about(&self, subject: &Id, measured: &Id) -> bool {
        subject == measured || self.subject_of(measured).is_some_and(|own| own.id == *subject)
    }

    /// The year groups whose records were to be kept until a day that has passed: which, until when, where that
    /// is written, and of how many pupils.
    pub fn kept_too_long(&self, today: NaiveDate) -> Vec<(YearGroup, NaiveDate, &Place, usize)> {
        let pupils =
            self.year_results().map(|year_results| year_results.pupils.as_slice()).unwrap_or_default();
        let kept = self.settings.privacy.keep_until.iter().filter(|(_, until, _)| *until < today).map(
            |(year, until, at)| {
                (*year, *until, at, pupils.iter().filter(|pupil| pupil.year_group == *year).count())
            },
        );
        kept.filter(|(.., pupils)| *pupils > 0).collect()
    }

    /// The last day before this academic year.
    pub fn last_day_before(&self) -> NaiveDate {
        self.set_up.calendar.academic_year.first_day().pred_opt().unwrap_or_default()
    }

    /// The pupils of this academic year and their results.
    pub fn year_results(&self) -> Option<&YearResults> {
        self.attainment.results_by_year.get(&self.set_up.calendar.academic_year.0)
    }

    /// The sessions of a half term as sent in by subject leaders.
    pub fn handed_in(&self, half_term: u8) -> &[Session] {
        self.year.schedules.get(&half_term).map_or(&[], |schedules| schedules.handed_in.as_slice())
    }

    /// Every session that was agreed, in this academic year and earlier ones.
    pub fn given_out(&self) -> impl Iterator<Item = &Session> {
        let own = self.year.schedules.values().flat_map(|schedules| &schedules.published);
        self.year.earlier.iter().chain(own)
    }

    /// The sessions of a half term as agreed.
    pub fn published(&self, half_term: u8) -> &[Session] {
        self.year.schedules.get(&half_term).map_or(&[], |schedules| schedules.published.as_slice())
    }

    /// The sessions of a half term as people last saw them.
    pub fn issued(&self, half_term: u8) -> &[Session] {
        self.year.schedules.get(&half_term).map_or(&[], |schedules| schedules.issued.as_slice())
    }
}
