//! What is asked of attainment: subjects, year groups, groups and a data point.

use crate::school::{DataPoint, Group, Id, Measure, ResultKind, YearGroup};

/// What is asked.
#[derive(Clone, Debug, Default)]
pub struct AttainmentQuery {
    /// Only these subjects, as results name them.
    pub subjects: Vec<Id>,
    /// The data point; else the last one of each subject.
    pub point: Option<DataPoint>,
    /// What is counted; else what has a target, or else the expected standard.
    pub measure: Option<Measure>,
    /// Only this year group; else each of them, and the phase.
    pub year_group: Option<YearGroup>,
    /// Groups next to all pupils; else those with a target of their own.
    pub groups: Vec<Group>,
    /// Which kind of result counts; else the teacher's, or where there is none the test's.
    pub kind: Option<ResultKind>,
    /// Targets to try for the end of the phase, in place of those that are written: of a subject, or of all.
    pub targets: Vec<(Option<Id>, f64)>,
}
