//! The answer to `phase report`.

use chrono::NaiveDate;
use serde::Serialize;

use crate::overview::report::sections::SectionContent;
use crate::overview::year_figures::YearFigures;
use crate::privacy::audience::Audience;
use crate::school::{Id, ReportKind, Section};

/// A section with what it says.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ReportSection {
    pub section: Section,
    /// Whether it stands in the appendix.
    pub appendix: bool,
    pub content: SectionContent,
}

/// The answer.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Report {
    /// `phase/report/1`.
    pub schema: &'static str,
    pub kind: ReportKind,
    pub audience: Audience,
    pub academic_year: String,
    /// The half terms that it is about, first and last.
    pub half_terms: (u8, u8),
    pub phase: Id,
    /// Its sections, in order.
    pub sections: Vec<ReportSection>,
    /// Sections that were left out: not for this audience, or nothing is known of them.
    pub left_out: Vec<Section>,
    /// The figures that its own words are filled from, where they need any.
    #[serde(skip)]
    pub figures: Option<YearFigures>,
    pub made_on: NaiveDate,
}

/// What is asked.
#[derive(Clone, Debug)]
pub struct ReportQuery {
    pub kind: ReportKind,
    pub audience: Audience,
    /// The half term at whose end it is made.
    pub half_term: u8,
}
