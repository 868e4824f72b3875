//! Which reports there are.

use serde::Serialize;

use crate::privacy::audience::Audience;
use crate::school::{ReportKind, School, Section};

/// A report that there is.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ListedReport {
    pub kind: ReportKind,
    pub about: &'static str,
    /// Whom it is for, unless shown otherwise.
    pub audience: Audience,
    /// Its sections, as the school has chosen them.
    pub sections: Vec<Section>,
    pub appendix: Vec<Section>,
}

/// Every report there is.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct AllReports {
    /// `phase/reports/1`.
    pub schema: &'static str,
    pub reports: Vec<ListedReport>,
}

/// Every report there is, with the school's own choice of sections.
pub fn all_reports(school: &School) -> AllReports {
    let listed = |kind: &ReportKind| {
        let chosen = school.year.reports.get(kind);
        let own = |list: Option<&Vec<Section>>, given: &[Section]| list.map_or(given.to_vec(), Clone::clone);
        ListedReport {
            kind: *kind,
            about: kind.about(),
            audience: Audience::of_report(*kind),
            sections: own(chosen.and_then(|one| one.sections.as_ref()), kind.sections()),
            appendix: own(chosen.and_then(|one| one.appendix.as_ref()), kind.appendix()),
        }
    };
    AllReports { schema: "phase/reports/1", reports: ReportKind::ALL.iter().map(listed).collect() }
}
