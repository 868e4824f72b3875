//! Whether the evidence of a subject and kind can carry its conclusion: the validity checklist.

use std::collections::BTreeSet;

use serde::Serialize;

use super::pairs::{ModerationQuery, SampleViews};
use super::votes::GradeTally;
use crate::school::{Evidence, EvidenceKind, Id, Phase, Rank, School};

/// What the validity checklist looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
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
    /// What was seen is noted next to the grade.
    Descriptor,
    /// Agreed grades lie between the two views.
    Conclusion,
    /// Records agree with the work and with results.
    Records,
}

/// One line of the validity checklist.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Validity {
    /// The subject; none for the phase as a whole.
    pub subject: Option<Id>,
    pub kind: EvidenceKind,
    pub check: ValidityCheck,
    pub holds: bool,
    pub says: String,
}

/// The validity of one subject's evidence of one kind.
pub(super) struct ValidityChecker<'a, 's> {
    pub school: &'s School,
    pub phase: Option<&'s Phase>,
    pub asked: &'a ModerationQuery,
    pub subject: Option<&'s Id>,
    pub kind: EvidenceKind,
    pub rows: &'a [&'s Evidence],
    /// All rows of the subject.
    pub of_subject: &'a [&'s Evidence],
}

impl ValidityChecker<'_, '_> {
    /// The lines of the checklist.
    pub fn checks(&self, seen: &[SampleViews<'_>]) -> Vec<Validity> {
        let mut lines = vec![
            self.sample(seen),
            self.groups(),
            self.kinds(),
            self.current(),
            self.descriptor(),
            self.conclusion(seen),
        ];
        if self.kind == EvidenceKind::Records {
            lines.push(self.records());
        }
        lines
    }

    fn line(&self, check: ValidityCheck, holds: bool, says: String) -> Validity {
        Validity { subject: self.subject.cloned(), kind: self.kind, check, holds, says }
    }

    fn sample(&self, seen: &[SampleViews<'_>]) -> Validity {
        let samples: BTreeSet<&Id> =
            seen.iter().map(|seen| seen.item.row.sample.as_ref().unwrap_or(&seen.item.row.id)).collect();
        let classes: BTreeSet<&Id> = self.rows.iter().flat_map(|row| self.classes(row)).collect();
        let of_phase = self
            .phase
            .map(|phase| self.school.set_up.classes.values().filter(|class| phase.has(class)).count());
        let wanted = of_phase
            .filter(|_| self.school.set_up.known.classes)
            .map_or(0, |all| all.div_ceil(2).max(all.min(2)));
        let least = match self.kind {
            EvidenceKind::Lessons => 1,
            _ => self.school.settings.sufficiency.items as usize,
        };
        self.line(
            ValidityCheck::Sample,
            samples.len() >= least && classes.len() >= wanted,
            format!(
                "{} from {} (wanted: {least} and {wanted})",
                plural(samples.len(), "sample", "samples"),
                plural(classes.len(), "class", "classes")
            ),
        )
    }

    fn kinds(&self) -> Validity {
        let kinds: BTreeSet<EvidenceKind> = self.of_subject.iter().map(|row| row.kind).collect();
        let wanted = self.school.settings.sufficiency.kinds;
        self.line(
            ValidityCheck::Kinds,
            kinds.len() as u32 >= wanted,
            format!(
                "{} of evidence for the subject (wanted: {wanted})",
                plural(kinds.len(), "kind", "kinds")
            ),
        )
    }

    fn current(&self) -> Validity {
        let year = self.school.set_up.calendar.academic_year.0;
        let recent = |row: &&&Evidence| {
            u32::try_from(row.half_terms_before(year, self.asked.present))
                .is_ok_and(|before| before < self.school.settings.sufficiency.half_terms)
        };
        let current = self.rows.iter().filter(recent).count();
        let rows = plural(self.rows.len(), "row", "rows");
        self.line(
            ValidityCheck::Current,
            current > 0,
            format!("{current} of {rows} from this half term or the one before"),
        )
    }

    fn descriptor(&self) -> Validity {
        let notes = self.rows.iter().filter_map(|row| row.notes.as_ref());
        let quoted = notes.filter(|notes| !notes.strength.is_empty() || !notes.concern.is_empty()).count();
        self.line(
            ValidityCheck::Descriptor,
            quoted * 2 >= self.rows.len(),
            format!("{quoted} of {} say what was seen", plural(self.rows.len(), "row", "rows")),
        )
    }

    fn conclusion(&self, seen: &[SampleViews<'_>]) -> Validity {
        let is_outside = |seen: &&SampleViews<'_>| {
            let views = || seen.views.iter().map(|(_, rank)| *rank);
            let between = views().min()..=views().max();
            let agreed = seen.item.rows().find_map(|row| row.agreed_grade);
            seen.views.len() >= 2 && agreed.is_some_and(|agreed| !between.contains(&Some(agreed)))
        };
        let outside = seen.iter().filter(is_outside).count();
        let says = match outside {
            0 => "agreed grades lie between the two views".to_owned(),
            _ => {
                format!("{} outside the two views", plural(outside, "agreed grade lies", "agreed grades lie"))
            }
        };
        self.line(ValidityCheck::Conclusion, outside == 0, says)
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

    fn groups(&self) -> Validity {
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
        self.line(
            ValidityCheck::Groups,
            seen == years.len(),
            format!("{seen} of {}", plural(years.len(), "year group", "year groups")),
        )
    }

    /// Whether records say what the work and the results say, on the aspects that both speak to.
    fn records(&self) -> Validity {
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
        let (holds, says) = if both.is_empty() {
            (false, "no aspect has both records and work or results to set beside them".to_owned())
        } else if apart.is_empty() {
            let aspects = plural(both.len(), "aspect", "aspects");
            (true, format!("records say what work and results say on {aspects}"))
        } else {
            (false, format!("records and work or results differ on {}", apart.join(", ")))
        };
        self.line(ValidityCheck::Records, holds, says)
    }
}

fn plural(number: usize, one: &str, more: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { more })
}
