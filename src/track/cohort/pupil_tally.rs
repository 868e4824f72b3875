//! How a pupil stood, and pupils counted by it.

use std::rc::Rc;

/// How a pupil stood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PupilMark {
    /// At the standard.
    Met,
    /// Not at the standard.
    NotMet,
    /// Counted as not at it, without having been assessed.
    NotAssessed,
    /// Not of the group that is counted: gone, or not there yet.
    Away,
    NoResult,
}

impl PupilMark {
    /// Whether the pupil counts among those of whom a share is taken.
    pub(crate) fn counts(self) -> bool {
        matches!(self, PupilMark::Met | PupilMark::NotMet | PupilMark::NotAssessed)
    }
}

/// How every pupil of the roll stood, in its order.
pub type PupilMarks = Rc<[PupilMark]>;

/// Pupils counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PupilTally {
    /// Pupils who count: assessed, or not assessed for a reason that leaves them in.
    pub n: u32,
    /// Of these, those at the standard.
    pub met: u32,
    /// Of those who count, the assessed.
    pub assessed: u32,
    /// Pupils on roll without a result; they do not count.
    pub without_result: u32,
}

impl PupilTally {
    /// The share at the standard, between 0 and 1; `None` where nobody counts.
    pub fn share(&self) -> Option<f64> {
        (self.n > 0).then(|| f64::from(self.met) / f64::from(self.n))
    }

    /// Counts a pupil; one without a mark has no result.
    pub fn count(&mut self, mark: Option<PupilMark>) {
        match mark.unwrap_or(PupilMark::NoResult) {
            PupilMark::Met => {
                self.n += 1;
                self.assessed += 1;
                self.met += 1;
            }
            PupilMark::NotMet => {
                self.n += 1;
                self.assessed += 1;
            }
            PupilMark::NotAssessed => self.n += 1,
            PupilMark::NoResult => self.without_result += 1,
            PupilMark::Away => {}
        }
    }
}
