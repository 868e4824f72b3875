//! A page to review a policy on: its intended effect, the evidence, the finding.

use chrono::NaiveDate;
use serde::Serialize;

use crate::document::{Block, Cell, Column, Document, Table};
use crate::render::long_date;

/// What is asked of a policy, in order (after the key stage coordinator's duty to help evaluate how well
/// policies work and their effect on the key stage).
const ASKED: &[&str] = &[
    "Which policy or development, and since when?",
    "What effect was it meant to have, on whom, by when?",
    "What is done now that was not done before?",
    "What evidence is there of its effect (rows by their ids)?",
    "What speaks against it, or for another cause?",
    "Finding: keep, change or drop; and why",
    "Who does what next, by when?",
];

/// The form.
#[derive(Debug, Serialize)]
pub struct PolicyReview {
    /// `phase/policy-review-form/1`.
    pub schema: &'static str,
    /// What it is for.
    pub of: String,
    /// The day.
    pub date: NaiveDate,
    /// What is asked.
    pub asked: &'static [&'static str],
}

/// The form for a phase, or a subject in it.
pub fn form(phase: &str, subject: Option<&str>, date: NaiveDate) -> PolicyReview {
    let of = subject.map_or_else(|| phase.to_owned(), |subject| format!("{subject}, {phase}"));
    PolicyReview { schema: "phase/policy-review-form/1", of, date, asked: ASKED }
}

/// The form as a document.
pub fn document(form: &PolicyReview) -> Document {
    let line = "_".repeat(72);
    let mut blocks =
        vec![Block::Paragraph(format!("Date {}     Reviewed by {}", long_date(form.date), "_".repeat(30)))];
    for asked in form.asked {
        blocks.push(Block::Heading((*asked).to_owned()));
        blocks.push(Block::Verbatim(format!("{line}\n{line}")));
    }
    let rows = form.asked.iter().map(|asked| vec![Cell::from(*asked), Cell::Empty]).collect();
    Document {
        title: format!("Policy review: {}", form.of),
        blocks,
        records: Table { columns: ["asked", "answer"].map(Column::text).to_vec(), rows },
        made_on: form.date,
        ..Document::default()
    }
}
