//! The points of a year at which results are taken.

use std::fmt;

use serde::{Serialize, Serializer};

/// A data point of an academic year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DataPoint {
    /// On entry to the phase.
    Baseline,
    /// At the end of a half term, 1 to 6: the ends of terms are 2, 4 and 6.
    End(u8),
}

impl DataPoint {
    /// The end of the academic year.
    pub const SUMMER: DataPoint = DataPoint::End(6);

    /// How far into the academic year it lies, in terms: 0 to 3.
    pub fn terms(self) -> f64 {
        match self {
            DataPoint::Baseline => 0.0,
            DataPoint::End(half_term) => f64::from(half_term) / 2.0,
        }
    }

    /// Its word in the files and for scripts: `baseline`, `autumn`, `autumn-1` …
    pub fn word(self) -> &'static str {
        match self {
            DataPoint::Baseline => "baseline",
            DataPoint::End(1) => "autumn-1",
            DataPoint::End(2) => "autumn",
            DataPoint::End(3) => "spring-1",
            DataPoint::End(4) => "spring",
            DataPoint::End(5) => "summer-1",
            DataPoint::End(_) => "summer",
        }
    }
}

impl fmt::Display for DataPoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.word().replace('-', " "))
    }
}

impl Serialize for DataPoint {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.word())
    }
}

/// A data point of some academic year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct DatedPoint {
    /// The academic year's first calendar year.
    pub academic_year: i32,
    pub point: DataPoint,
}
