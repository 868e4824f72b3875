//! A number that the records give: where it began, where it is, where it is to come, and whether the change is
//! more than chance.

use serde::Serialize;

use crate::diagnostic::Place;
use crate::judge::evidence_counts::EvidenceCounts;
use crate::school::{Aim, DatedPoint, MeasuredAim};
use crate::statistics::difference::Verdict;
use crate::statistics::proportion_test::Flag;

/// What the numbers count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum MeasurementUnit {
    /// Pupils, in percent.
    Pupils,
    /// Percentage points between two groups of pupils.
    Points,
    /// Pieces of evidence, first views or sessions, in percent.
    Pieces,
    Records,
    Scale,
}

/// Whether a change is more than chance could make.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Chance {
    /// It is: upwards.
    Up,
    /// It is: downwards.
    Down,
    /// It may be chance.
    MayBe,
    /// There are too few to say.
    TooFew,
    /// It is not a question of chance, or nothing is known of before.
    NotAsked,
}

impl Chance {
    pub(super) fn of_flag(flag: Flag) -> Self {
        match flag {
            Flag::Above => Chance::Up,
            Flag::Below => Chance::Down,
            Flag::InLine => Chance::MayBe,
            Flag::TooFew | Flag::NoPupils => Chance::TooFew,
            Flag::NotTested => Chance::NotAsked,
        }
    }

    /// Of now against before.
    pub fn of_verdict(verdict: Verdict) -> Self {
        match verdict {
            Verdict::FirstHigher => Chance::Up,
            Verdict::FirstLower => Chance::Down,
            Verdict::NotSettled => Chance::MayBe,
            Verdict::TooFew | Verdict::NoPupils => Chance::TooFew,
        }
    }
}

/// So many of so many.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct CountOf {
    /// Those of which it holds.
    pub with: u32,
    /// All that count.
    pub of: u32,
}

impl From<&EvidenceCounts> for CountOf {
    fn from(pieces: &EvidenceCounts) -> Self {
        Self { with: pieces.with, of: pieces.of }
    }
}

/// A number that the records give.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Measurement {
    pub unit: MeasurementUnit,
    /// Where it began; none where nothing is known of it.
    pub from: Option<f64>,
    /// Of the share it began at, so many of so many, where that is known and may be shown.
    pub from_counts: Option<CountOf>,
    /// The data point at which it began.
    pub from_point: Option<DatedPoint>,
    /// Where it is; none where there is nothing yet.
    pub now: Option<f64>,
    /// Of the share now, so many of so many.
    pub counts: Option<CountOf>,
    /// The data point of now.
    pub point: Option<DatedPoint>,
    /// Where it is to come; none where it is to stay where it began.
    pub to: Option<f64>,
    /// Whether it is to go down.
    pub down: bool,
    /// The share itself, where what is shown is rounded.
    #[serde(skip)]
    pub(super) exact: Option<f64>,
    /// How many there must be at least before it can be reached.
    pub fewest: u32,
    /// How much more there is now.
    pub difference: Option<f64>,
    /// The 95% interval of the difference; of a gap, that of the gap now.
    pub interval: Option<[f64; 2]>,
    /// Whether the change is more than chance.
    pub chance: Chance,
    /// How it stands against its path to the target, of results.
    pub against_path: Option<Flag>,
    /// Whether it is where it was to come.
    pub reached: bool,
    /// Whether something of it may not be shown to this audience: then nothing is.
    pub hidden: bool,
    /// The rows that it rests on.
    #[serde(skip)]
    pub at: Vec<Place>,
}

impl Measurement {
    pub(super) fn new(unit: MeasurementUnit, measured: &MeasuredAim) -> Self {
        let to = match measured.to {
            Aim::Number(to) => Some(to),
            Aim::Maintained => None,
        };
        // Where it began is only a sign of the way to go where somebody wrote it.
        let down = match (unit, measured.from, to) {
            (MeasurementUnit::Pupils, ..) => false,
            (MeasurementUnit::Points, Some(from), Some(to)) => from >= to,
            (MeasurementUnit::Points, ..) => true,
            (_, Some(from), Some(to)) => from > to,
            _ => false,
        };
        Self {
            unit,
            from: measured.from,
            from_counts: None,
            from_point: None,
            now: None,
            counts: None,
            point: None,
            to,
            down,
            exact: None,
            fewest: 0,
            difference: None,
            interval: None,
            chance: Chance::NotAsked,
            against_path: None,
            reached: false,
            hidden: false,
            at: Vec::new(),
        }
    }

    /// Settles whether it is there; of what is to be maintained that is another's matter.
    pub(super) fn settled(mut self) -> Self {
        if let (Some(now), Some(to)) = (self.now, self.to) {
            let now = self.exact.unwrap_or(now);
            let there = if self.down { now <= to + 1e-9 } else { now >= to - 1e-9 };
            self.reached = there && self.counts.is_none_or(|counts| counts.of >= self.fewest);
            self.difference = self.difference.or(self.from.map(|from| now - from));
        }
        self
    }

    /// What others may see where something is hidden: nothing.
    pub(super) fn veiled(self) -> Self {
        if !self.hidden {
            return self;
        }
        Self {
            from: None,
            from_counts: None,
            now: None,
            counts: None,
            difference: None,
            interval: None,
            chance: Chance::NotAsked,
            against_path: None,
            reached: false,
            exact: None,
            at: Vec::new(),
            ..self
        }
    }

    /// Whether it is significantly below its path to the target.
    pub fn is_off_path(&self) -> bool {
        self.against_path == Some(Flag::Below)
    }

    /// Whether it is where it began, or above: of what cannot be tested that is all that can be said.
    pub fn has_kept(&self) -> bool {
        match self.chance {
            Chance::Up | Chance::MayBe => true,
            Chance::Down => false,
            Chance::TooFew | Chance::NotAsked => {
                self.exact.or(self.now).zip(self.from).is_some_and(|(now, from)| now >= from - 1e-9)
            }
        }
    }

    /// Whether it has gone the wrong way by more than chance.
    pub fn has_fallen(&self) -> bool {
        self.chance == if self.down { Chance::Up } else { Chance::Down }
    }
}
