//! Year groups, from Reception to Year 6.

use std::fmt;

/// A child's year: nursery, reception, 1 to 6.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum YearGroup {
    Nursery,
    Reception,
    Year(u8),
}

impl fmt::Display for YearGroup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            YearGroup::Nursery => f.write_str("N"),
            YearGroup::Reception => f.write_str("R"),
            YearGroup::Year(year) => write!(f, "{year}"),
        }
    }
}

impl YearGroup {
    /// The year group a year later; none after the last of a primary school.
    pub fn next(self) -> Option<Self> {
        match self {
            YearGroup::Nursery => Some(YearGroup::Reception),
            YearGroup::Reception => Some(YearGroup::Year(1)),
            YearGroup::Year(year) => (year < 6).then(|| YearGroup::Year(year + 1)),
        }
    }
}

/// A year group as people read it, from what the files say: `Year 2`, `reception`.
pub fn year_groups_in_words(text: &str) -> String {
    match text {
        "N" => "nursery".to_owned(),
        "R" => "reception".to_owned(),
        number => format!("Year {number}"),
    }
}
