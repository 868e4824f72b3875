//! How many pieces of evidence are at a grade or better, and in how many something was seen, between two days.

use chrono::NaiveDate;

use super::gather::{Gathering, Scope};
use crate::diagnostic::Place;
use crate::school::{Evidence, Id, Phase, Rank, School, Tag};

/// Pieces counted.
#[derive(Clone, Debug, Default)]
pub struct EvidenceCounts {
    /// Those of which it holds.
    pub with: u32,
    /// All that count.
    pub of: u32,
    pub at: Vec<Place>,
}

impl EvidenceCounts {
    fn add(&mut self, holds: bool, at: &Place) {
        self.of += 1;
        self.with += u32::from(holds);
        self.at.push(at.clone());
    }

    /// The share, between 0 and 1; none of nothing.
    pub fn share(&self) -> Option<f64> {
        (self.of > 0).then(|| f64::from(self.with) / f64::from(self.of))
    }
}

/// The evidence that pieces are counted of: of a phase, or of one subject in it.
#[derive(Clone, Copy, Debug)]
pub struct CountedEvidence<'a> {
    pub school: &'a School,
    pub phase: &'a Phase,
    /// `None` for all subjects.
    pub subject: Option<&'a Id>,
}

impl CountedEvidence<'_> {
    /// Counts the pieces of an aspect from one day to before another, of this academic year, by whether they are at
    /// a grade or better; the framework's own standard where none is named. Samples that are still to be agreed do
    /// not count.
    pub fn at_grade(
        &self,
        aspect: &Id,
        grade: Option<Rank>,
        (from, before): (NaiveDate, NaiveDate),
    ) -> EvidenceCounts {
        let mut pieces = EvidenceCounts::default();
        let scope = Scope { year: true, ..Scope::at(self.school, &self.phase.id, self.subject, 6) };
        let Some(framework) = self.school.year.frameworks.get(&scope.framework) else { return pieces };
        let (Some(aspect), Some(standard)) =
            (framework.aspect(aspect), grade.or_else(|| framework.standard()))
        else {
            return pieces;
        };
        for gathered in Gathering::new(self.school, &scope).of(&[aspect]) {
            for item in gathered.items.iter().filter(|item| (from..before).contains(&item.row.date)) {
                if let Some(rank) = item.rank {
                    pieces.add(rank >= standard, &item.row.at);
                }
            }
        }
        pieces
    }

    /// Counts the pieces from one day to before another in which something was looked for, by whether it was seen.
    pub fn tagged(&self, tag: Tag, (from, before): (NaiveDate, NaiveDate)) -> EvidenceCounts {
        let mut pieces = EvidenceCounts::default();
        let own = |row: &&Evidence| {
            (from..before).contains(&row.date)
                && self.phase.is_told_of(&row.year_groups)
                && self.subject.is_none_or(|subject| row.about.subject() == Some(subject))
        };
        for row in self.school.year.evidence.iter().filter(own) {
            if let Some(seen) = row.tags.seen(tag) {
                pieces.add(seen, &row.at);
            }
        }
        pieces
    }
}
