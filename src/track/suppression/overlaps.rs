//! What parts of different columns disclose together.
//!
//! Where they differ by a few pupils, what these reached follows.
//!
//! Pupils with free meals are disadvantaged too; where one looked-after child is disadvantaged without them, what both
//! groups reached shows what that child did.

use std::collections::BTreeMap;

use super::mask::{SuppressionLimits, SuppressionMask, TableAxis, Visibility};
use crate::school::DatedPoint;
use crate::track::cohort::{Cohort, PupilMark};

/// A part of a total, or several together, that an audience sees.
struct VisiblePart {
    /// The axes that it is a part of, by their order.
    axes: Vec<usize>,
    /// Its pupils, a bit each.
    pupils: Vec<u64>,
    /// How many pupils.
    n: u32,
    /// How many of them are at the standard.
    x: u32,
}

impl VisiblePart {
    /// A part of one axis: pupils by their place in the roll, and how each of the roll stood.
    fn part(axis: usize, own: &[usize], marks: &[PupilMark]) -> Self {
        let mut pupils = vec![0; marks.len().div_ceil(64)];
        for pupil in own {
            if let Some(word) = pupils.get_mut(pupil / 64) {
                *word |= 1_u64 << (pupil % 64);
            }
        }
        let met = own.iter().filter(|pupil| marks.get(**pupil) == Some(&PupilMark::Met)).count();
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        Self { axes: vec![axis], pupils, n: count(own.len()), x: count(met) }
    }

    /// Both together, where nobody is in both.
    fn and(&self, other: &VisiblePart) -> Option<VisiblePart> {
        (self.shared(other) == 0).then(|| VisiblePart {
            axes: self.axes.iter().chain(&other.axes).copied().collect(),
            pupils: self.pupils.iter().zip(&other.pupils).map(|(one, other)| one | other).collect(),
            n: self.n + other.n,
            x: self.x + other.x,
        })
    }

    /// How many pupils are in both.
    fn shared(&self, other: &VisiblePart) -> u32 {
        self.pupils.iter().zip(&other.pupils).map(|(one, other)| (one & other).count_ones()).sum()
    }

    /// Whether both disclose what so few pupils reached who are in one of them only, or what all of them have or lack.
    fn tells_with(&self, other: &VisiblePart, limits: SuppressionLimits, extremes: bool) -> bool {
        let shared = self.shared(other);
        let (here, there) = (i64::from(self.n - shared), i64::from(other.n - shared));
        // Those in both cancel out: known is how many more are at the standard here than there.
        let apart = i64::from(self.x) - i64::from(other.x);
        let counted = i64::from(limits.counted);
        let is_narrow = |n: i64, beside: i64, apart: i64| {
            let least = apart.max(0);
            let values = n.min(beside + apart) - least + 1;
            let is_small = (1..=counted).contains(&n) && values < (n + 1).min(3);
            is_small || (extremes && n > counted && values == 1 && (least == 0 || least == n))
        };
        is_narrow(here, there, apart) || is_narrow(there, here, -apart)
    }
}

/// The pupils of a phase divided in several ways, whose parts may disclose something together.
pub(crate) struct Overlaps<'d> {
    pub(crate) cohort: &'d Cohort<'d>,
    pub(crate) divided: &'d [DividedPupils],
    pub(crate) moment: DatedPoint,
    pub(crate) limits: SuppressionLimits,
}

impl<'d> Overlaps<'d> {
    /// Returns the last of the axes that disclose together what a few pupils reached; `None` where all is safe.
    /// `extremes` says of an axis whether what all of a group have or lack is hidden too.
    pub(crate) fn disclosing(
        &self,
        mask: &SuppressionMask,
        extremes: &impl Fn(&TableAxis) -> bool,
    ) -> Option<&'d TableAxis> {
        let axis = |index: usize| self.divided.get(index).map(|(axis, _)| axis);
        let tells = |one: &VisiblePart, other: &VisiblePart| {
            let mut axes = one.axes.iter().chain(&other.axes).copied();
            let is_apart = one.axes.iter().all(|axis| !other.axes.contains(axis));
            let extremes = axes.any(|index| axis(index).is_some_and(extremes));
            is_apart && one.tells_with(other, self.limits, extremes)
        };
        for subject in self.cohort.subjects() {
            for measure in self.cohort.measures(&subject) {
                let of = (subject.clone(), measure);
                let is_shown = |axis: &TableAxis, part: &str| mask.part(&of, axis, part) == Visibility::All;
                let marks = self.cohort.marks(&subject, measure, self.moment);
                let parts = parts(self.divided, &marks, is_shown);
                let pairs = pairs(&parts);
                for part in &parts {
                    let mostly = mostly_in(part, &parts, self.divided.len());
                    let others = parts.iter().chain(&pairs).chain(&mostly);
                    if let Some(other) = others.into_iter().find(|other| tells(part, other)) {
                        return part.axes.iter().chain(&other.axes).max().and_then(|last| axis(*last));
                    }
                }
            }
        }
        None
    }
}

/// The parts that are shown, of one thing that is counted; an axis of one part only divides nothing.
fn parts(
    divided: &[DividedPupils],
    marks: &[PupilMark],
    is_shown: impl Fn(&TableAxis, &str) -> bool,
) -> Vec<VisiblePart> {
    let mut seen = Vec::new();
    for (index, (axis, pupils)) in divided.iter().enumerate() {
        let mut parts: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (pupil, part) in pupils {
            if marks.get(*pupil).is_some_and(|mark| mark.counts()) {
                parts.entry(part).or_default().push(*pupil);
            }
        }
        let shown = parts.iter().filter(|(part, _)| parts.len() > 1 && is_shown(axis, part));
        seen.extend(shown.map(|(_, own)| VisiblePart::part(index, own, marks)));
    }
    seen
}

/// Every two parts in which nobody is in both.
fn pairs(parts: &[VisiblePart]) -> Vec<VisiblePart> {
    let mut pairs = Vec::new();
    for (index, one) in parts.iter().enumerate() {
        pairs.extend(parts.iter().skip(index + 1).filter_map(|other| one.and(other)));
    }
    pairs
}

/// Of each axis all parts together that lie mostly in a part: the classes of a year group are the year group.
fn mostly_in(part: &VisiblePart, parts: &[VisiblePart], axes: usize) -> Vec<VisiblePart> {
    let of_axis = |axis: usize| {
        let mut own = parts.iter().filter(|other| other.axes == [axis] && other.shared(part) * 2 > other.n);
        let two = own.next()?.and(own.next()?)?;
        own.try_fold(two, |all, one| all.and(one))
    };
    (0..axes).filter_map(of_axis).collect()
}

/// An axis, and which part of it each pupil of the phase belongs to.
pub(crate) type DividedPupils = (TableAxis, Vec<(usize, String)>);
