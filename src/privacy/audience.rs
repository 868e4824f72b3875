//! Who an answer is for, and what that means may be shown. One rule for every format: what is hidden in
//! print is not in the answer at all.

use serde::{Serialize, Serializer};

use crate::school::{Id, ReportKind};

/// Who an answer is for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Audience {
    #[default]
    Leader,
    /// A subject leader: their own subjects, at phase level.
    SubjectLeader(Id),
    /// The headteacher and senior leaders: subjects and year groups, no classes.
    Headteacher,
    /// Governors: phase and subject; no class, no teacher, no quoted observation.
    Governors,
    /// A meeting of staff: as governors.
    Staff,
}

impl Audience {
    /// The word that the command line uses.
    pub fn word(&self) -> &'static str {
        match self {
            Audience::Leader => "leader",
            Audience::SubjectLeader(_) => "subject-leader",
            Audience::Headteacher => "headteacher",
            Audience::Governors => "governors",
            Audience::Staff => "staff",
        }
    }

    /// Who a report is for where nobody is named (the handbook's defaults by audience).
    pub fn of_report(kind: ReportKind) -> Self {
        match kind {
            ReportKind::StaffMeeting | ReportKind::PhaseMeeting | ReportKind::TargetSheet => Audience::Staff,
            _ => Audience::Headteacher,
        }
    }

    /// Whether classes, notes, and who wrote what may be shown.
    pub fn sees_classes(&self) -> bool {
        *self == Audience::Leader
    }

    /// Whether what is known of a year group may be shown. Where the phase has fewer than four classes, or
    /// what is shown is of fewer than two, a year group is a person.
    pub fn sees_year_groups(&self, classes_of_phase: usize, classes_told_of: usize) -> bool {
        match self {
            Audience::Leader => true,
            Audience::Headteacher => classes_of_phase >= 4 && classes_told_of >= 2,
            _ => false,
        }
    }

    /// Whether pupils' results may be shown by year group.
    pub fn sees_results_of_year_groups(&self) -> bool {
        matches!(self, Audience::Leader | Audience::Headteacher)
    }

    /// Whether people may be named.
    pub fn sees_names(&self) -> bool {
        !matches!(self, Audience::Governors | Audience::Staff)
    }

    /// Whether the rows that an answer rests on may be named.
    pub fn sees_rows(&self) -> bool {
        matches!(self, Audience::Leader | Audience::Headteacher | Audience::SubjectLeader(_))
    }

    /// Whether what concerns a subject may be shown.
    pub fn sees_subject(&self, leader: Option<&Id>) -> bool {
        match self {
            Audience::SubjectLeader(person) => leader == Some(person),
            _ => true,
        }
    }

    /// Whether objectives may be shown, and the aims of the school that they serve: they are their owner's, and
    /// nothing to talk over in a meeting.
    pub fn sees_objectives(&self) -> bool {
        *self != Audience::Staff
    }

    /// Whether results may be shown by another table than the one of the last results, which hides what is small.
    pub fn sees_other_tables_of_results(&self) -> bool {
        *self == Audience::Leader
    }

    /// Whether views may be compared in another table than the one of all subjects and the whole year.
    pub fn sees_other_tables_of_views(&self) -> bool {
        self.sees_names()
    }

    /// Whether reports may set people's views side by side: not before a meeting, in which they sit.
    pub fn sees_views_compared(&self) -> bool {
        *self != Audience::Staff
    }

    /// Whether the bias between two people may be shown: to the two concerned only.
    pub fn sees_bias(&self, subject_leader: Option<&Id>) -> bool {
        match self {
            Audience::Leader => true,
            Audience::SubjectLeader(person) => subject_leader == Some(person),
            _ => false,
        }
    }
}

impl Serialize for Audience {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.word())
    }
}
