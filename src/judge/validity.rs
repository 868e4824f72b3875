//! Whether the evidence of a subject and kind can carry its conclusion: the validity checklist.

use std::collections::BTreeSet;

use serde::Serialize;

use super::pairs::{ModerationQuery, SampleViews};
use super::votes::GradeTally;
use crate::school::{Evidence, EvidenceKind, Id, Phase, Rank, School};

/// What the validity checklist looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ValidityCheck {
    /// The sample is large and wide enough.
    Sample,
    /// Every year group of the phase is in it.
    Groups,
    /// More than one kind of evidence is used for the subject.
    Kinds,
    /// It is of this half term or the one before.
    Current,
    /// What was seen is noted beside the grade.
    Descriptor,
    /// Agreed grades lie between the two views.
    Conclusion,
    /// Records agree with the work and with results.
    Records,
}

/// One line of the validity checklist.
#[derive(Clone, Debug, Serialize)]
pub struct Validity {
    /// The subject; none for the phase as a whole.
    pub subject: Option<Id>,
    /// The kind of evidence.
    pub kind: EvidenceKind,
    /// What is looked at.
    pub check: ValidityCheck,
    /// Whether it holds.
    pub holds: bool,
    /// In words.
    pub says: String,
}

/// The validity of one subject's evidence of one kind.
pub(super) struct ValidityChecker<'a, 's> {
    /// The school.
    pub school: &'s School,
    /// The phase.
    pub phase: Option<&'s Phase>,
    /// What is asked.
    pub asked: &'a ModerationQuery,
    /// The subject.
    pub subject: Option<&'s Id>,
    /// The kind of evidence.
    pub kind: EvidenceKind,
    /// Its rows.
    pub rows: &'a [&'s Evidence],
    /// All rows of the subject.
    pub of_subject: &'a [&'s Evidence],
}

impl ValidityChecker<'_, '_> {
    /// The lines of the checklist.
    pub fn checks(&self, seen: &[SampleViews<'_>]) -> Vec<Validity> {
        let line = |check: ValidityCheck, holds: bool, says: String| Validity {
            subject: self.subject.cloned(),
            kind: self.kind,
            check,
            holds,
            says,
        };
        let samples: BTreeSet<&Id> =
            seen.iter().map(|seen| seen.item.row.sample.as_ref().unwrap_or(&seen.item.row.id)).collect();
        let classes: BTreeSet<&Id> = self.rows.iter().flat_map(|row| self.classes(row)).collect();
        let of_phase = self
            .phase
            .map(|phase| self.school.set_up.classes.values().filter(|class| phase.has(class)).count());
        let wanted = of_phase
            .filter(|_| self.school.set_up.known.classes)
            .map_or(0, |all| all.div_ceil(2).max(all.min(2)));
        let least = if self.kind == EvidenceKind::Lessons {
            1
        } else {
            self.school.settings.sufficiency.items as usize
        };
        let wide = samples.len() >= least && classes.len() >= wanted;
        let mut lines = vec![line(
            ValidityCheck::Sample,
            wide,
            format!(
                "{} from {} (wanted: {least} and {wanted})",
                plural(samples.len(), "sample", "samples"),
                plural(classes.len(), "class", "classes")
            ),
        )];
        lines.push(self.groups(&line));
        let kinds: BTreeSet<EvidenceKind> = self.of_subject.iter().map(|row| row.kind).collect();
        lines.push(line(
            ValidityCheck::Kinds,
            kinds.len() as u32 >= self.school.settings.sufficiency.kinds,
            format!(
                "{} of evidence for the subject (wanted: {})",
                plural(kinds.len(), "kind", "kinds"),
                self.school.settings.sufficiency.kinds
            ),
        ));
        let recent = |row: &&&Evidence| {
            u32::try_from(
                row.half_terms_before(self.school.set_up.calendar.academic_year.0, self.asked.present),
            )
            .is_ok_and(|before| before < self.school.settings.sufficiency.half_terms)
        };
        let current = self.rows.iter().filter(recent).count();
        lines.push(line(
            ValidityCheck::Current,
            current > 0,
            format!(
                "{current} of {} from this half term or the one before",
                plural(self.rows.len(), "row", "rows")
            ),
        ));
        let quoted = self
            .rows
            .iter()
            .filter(|row| {
                row.notes
                    .as_ref()
                    .is_some_and(|notes| !notes.strength.is_empty() || !notes.concern.is_empty())
            })
            .count();
        lines.push(line(
            ValidityCheck::Descriptor,
            quoted * 2 >= self.rows.len(),
            format!("{quoted} of {} say what was seen", plural(self.rows.len(), "row", "rows")),
        ));
        let outside = seen.iter().filter(|seen| {
            let views = || seen.views.iter().map(|(_, rank)| *rank);
            let between = views().min()..=views().max();
            seen.views.len() >= 2
                && seen
                    .item
                    .rows()
                    .find_map(|row| row.agreed_grade)
                    .is_some_and(|agreed| !between.contains(&Some(agreed)))
        });
        let outside = outside.count();
        lines.push(line(
            ValidityCheck::Conclusion,
            outside == 0,
            if outside == 0 {
                "agreed grades lie between the two views".to_owned()
            } else {
                format!("{} outside the two views", plural(outside, "agreed grade lies", "agreed grades lie"))
            },
        ));
        if self.kind == EvidenceKind::Records {
            lines.extend(self.records().map(|(holds, says)| line(ValidityCheck::Records, holds, says)));
        }
        lines
    }

    /// The classes that a row covers: those it names or was visited in, else those of its year groups.
    fn classes(&self, row: &Evidence) -> Vec<&Id> {
        let is_visit = |visit: &&Evidence| row.rests_on.contains(&visit.id);
        let visits =
            || self.school.year.evidence.iter().filter(|_| !row.rests_on.is_empty()).filter(is_visit);
        let named: BTreeSet<&Id> =
            row.classes.iter().chain(visits().flat_map(|visit| visit.classes.iter())).collect();
        let covered = self.school.set_up.classes.values().filter(|class| {
            let of_phase = self.phase.is_none_or(|phase| phase.has(class));
            let of_year = class.year_groups.iter().any(|year| row.year_groups.contains(year));
            of_phase && (named.contains(&class.id) || (named.is_empty() && of_year))
        });
        covered.map(|class| &class.id).collect()
    }

    fn groups(&self, line: &impl Fn(ValidityCheck, bool, String) -> Validity) -> Validity {
        let years = self.phase.map_or(&[][..], |phase| phase.year_groups.as_slice());
        let seen = years.iter().filter(|year| {
            self.rows.iter().any(|row| {
                row.year_groups.contains(year)
                    || self
                        .school
                        .year
                        .evidence
                        .iter()
                        .any(|visit| row.rests_on.contains(&visit.id) && visit.year_groups.contains(year))
            })
        });
        let seen = seen.count();
        line(
            ValidityCheck::Groups,
            seen == years.len(),
            format!("{seen} of {}", plural(years.len(), "year group", "year groups")),
        )
    }

    /// Whether records say what the work and the results say, on the aspects that both speak to.
    fn records(&self) -> Option<(bool, String)> {
        let middle = |aspect: &Id, kinds: &[EvidenceKind]| {
            let mut tally = GradeTally::default();
            let own = self.of_subject.iter().filter(|row| row.aspect == *aspect && kinds.contains(&row.kind));
            own.filter_map(|row| row.counted()).for_each(|rank| tally.add(rank));
            super::votes::middle(&super::votes::line([&tally]))
        };
        let aspects: BTreeSet<&Id> = self.rows.iter().map(|row| &row.aspect).collect();
        let both: Vec<(&Id, Rank, Rank)> = aspects
            .into_iter()
            .filter_map(|aspect| {
                Some((
                    aspect,
                    middle(aspect, &[EvidenceKind::Records])?,
                    middle(aspect, &[EvidenceKind::Books, EvidenceKind::Data])?,
                ))
            })
            .collect();
        let apart: Vec<&str> = both
            .iter()
            .filter(|(_, records, work)| records != work)
            .map(|(aspect, ..)| aspect.as_str())
            .collect();
        if both.is_empty() {
            return Some((
                false,
                "no aspect has both records and work or results to set beside them".to_owned(),
            ));
        }
        Some(if apart.is_empty() {
            (
                true,
                format!(
                    "records say what work and results say on {}",
                    plural(both.len(), "aspect", "aspects")
                ),
            )
        } else {
            (false, format!("records and work or results differ on {}", apart.join(", ")))
        })
    }
}

fn plural(number: usize, one: &str, more: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { more })
}
