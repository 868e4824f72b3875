//! What may be shown of small numbers, and to whom: one agreed table for each data point, from which every
//! answer of that point is shown, so that nothing hidden can be worked out from two of them.
//!
//! Rules: groups of 1 to 5 are hidden, of 6 to 10 only the number is shown; where one part of a total would
//! follow from the others, the next smallest is hidden too; of two columns of which one all but holds the other,
//! one is hidden; and what is left is tried by bounds.

pub mod bounds;
pub mod mask;
pub(crate) mod overlaps;

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::cohort::{Cohort, PupilTally};
use crate::privacy::audience::Audience;
use crate::school::{DatedPoint, Pupil};
use crate::track::suppression::mask::{
    CountTable, SuppressionLimits, SuppressionMask, TableAxis, over, value_of,
};
use overlaps::{DividedPupils, Overlaps};

/// A number as it is shown: to four decimals, or in whole ones to others than the leader.
pub(super) fn rounded(value: f64, whole: bool) -> f64 {
    let scale = if whole { 1.0 } else { 1e4 };
    (value * scale).round() / scale
}

/// A score as it is shown: to four decimals, or to tenths to others than the leader, since from a mean with all its
/// digits the sum of marks would follow.
pub(super) fn rounded_score(value: f64, leader: bool) -> f64 {
    if leader { rounded(value, false) } else { (value * 10.0).round() / 10.0 }
}

/// The part that a pupil belongs to: of special needs, support and plan are one, since plans are so few.
fn part_of(pupil: &Pupil, axis: &TableAxis, column: Option<usize>) -> String {
    match axis {
        TableAxis::YearGroups => pupil.year_group.to_string(),
        TableAxis::Column(id) => {
            let value = column.and_then(|column| pupil.groups.get(column)?.as_ref());
            value.map_or_else(String::new, |value| value_of(id, value.as_str()))
        }
    }
}

/// What an audience may see of a data point of the phase. The leader sees everything.
pub fn mask_for(cohort: &Cohort<'_>, moment: DatedPoint, audience: &Audience) -> Rc<SuppressionMask> {
    let key = (moment, audience.word());
    if let Some(known) = cohort.masks.borrow().get(&key) {
        return Rc::clone(known);
    }
    let mask = Rc::new(laid(cohort, moment, audience));
    cohort.masks.borrow_mut().insert(key, Rc::clone(&mask));
    mask
}

fn laid(cohort: &Cohort<'_>, moment: DatedPoint, audience: &Audience) -> SuppressionMask {
    if *audience == Audience::Leader {
        return SuppressionMask::lifted();
    }
    let privacy = &cohort.school.settings.privacy;
    let limits = SuppressionLimits { hidden: privacy.hidden_up_to, counted: privacy.counts_up_to };
    let extremes = |axis: &TableAxis| match axis {
        TableAxis::YearGroups => false,
        TableAxis::Column(id) => {
            let sensitive =
                cohort.school.settings.groupings.iter().any(|one| one.column == *id && one.sensitive);
            sensitive && matches!(audience, Audience::Governors | Audience::Staff)
        }
    };
    let divided = divided(cohort);
    let layers = layers(cohort, &divided, moment);
    let overlaps = Overlaps { cohort, divided: &divided, moment, limits };
    // Each round hides an axis more, so that there is an end.
    let mut within = BTreeSet::new();
    loop {
        let mask = over(&layers, limits, &within, extremes);
        match overlaps.disclosing(&mask, &extremes) {
            Some(axis) if within.insert(axis.clone()) => {}
            _ => return mask,
        }
    }
}

/// What the pupils of the phase are divided by: year groups, then the columns in the order in which they are known.
pub(crate) fn divided(cohort: &Cohort<'_>) -> Vec<DividedPupils> {
    let columns =
        cohort.school.settings.groupings.iter().map(|grouping| TableAxis::Column(grouping.column.clone()));
    let axes = [(TableAxis::YearGroups, None)]
        .into_iter()
        .chain(columns.enumerate().map(|(index, axis)| (axis, Some(index))));
    axes.map(|(axis, column)| {
        let own = cohort.members().map(|(index, pupil)| (index, part_of(pupil, &axis, column))).collect();
        (axis, own)
    })
    .collect()
}

/// Every table of a data point: each subject and measure, along each axis.
pub(crate) fn layers(cohort: &Cohort<'_>, divided: &[DividedPupils], moment: DatedPoint) -> Vec<CountTable> {
    let mut layers = Vec::new();
    for subject in cohort.subjects() {
        for measure in cohort.measures(&subject) {
            let marks = cohort.marks(&subject, measure, moment);
            for (axis, pupils) in divided {
                let mut tallies: BTreeMap<&str, PupilTally> = BTreeMap::new();
                for (index, part) in pupils {
                    tallies.entry(part).or_default().count(marks.get(*index).copied());
                }
                let parts = tallies.into_iter().filter(|(_, tally)| tally.n > 0);
                let parts = parts.map(|(value, tally)| (value.to_owned(), (tally.n, tally.met))).collect();
                layers.push(CountTable { of: (subject.clone(), measure), axis: axis.clone(), parts });
            }
        }
    }
    layers
}
