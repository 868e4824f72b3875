//! Pupils, by codes that the school makes, and the groups they belong to. Never a name.

use std::fmt;

use chrono::NaiveDate;
use serde::{Serialize, Serializer};

use crate::diagnostic::Place;
use crate::school::id::Id;
use crate::school::year_group::YearGroup;

/// A column of `pupils.csv` that says which group a pupil belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grouping {
    pub column: Id,
    pub title: String,
    /// The words that may stand in it; any where there are none.
    pub words: &'static [(&'static str, &'static str)],
    /// Whether what all of such a group have or lack is not for governors and staff.
    pub sensitive: bool,
}

/// Yes and no, for a group and all others.
const YES_NO: [&str; 2] = ["yes", "no"];

/// A grouping: its column, title, words with what people read, and whether it is sensitive.
type KnownGrouping = (&'static str, &'static str, &'static [(&'static str, &'static str)], bool);

/// The groupings that are known to every school.
const KNOWN: &[KnownGrouping] = &[
    ("sex", "sex", &[("F", "girls"), ("M", "boys")], false),
    ("disadvantaged", "disadvantaged", &[("yes", "disadvantaged"), ("no", "others")], true),
    ("fsm", "free meals now", &[("yes", "free meals"), ("no", "no free meals")], true),
    ("send", "SEND", &[("N", "no SEND"), ("K", "SEND support"), ("E", "EHC plan")], true),
    ("eal", "EAL", &[("yes", "EAL"), ("no", "English first language")], true),
    ("looked_after", "looked after", &[("yes", "looked after"), ("no", "others")], true),
    (
        "birth_term",
        "birth term",
        &[("autumn", "autumn born"), ("spring", "spring born"), ("summer", "summer born")],
        false,
    ),
    (
        "prior_attainment",
        "prior attainment",
        &[("low", "low prior"), ("middle", "middle prior"), ("high", "high prior")],
        false,
    ),
    (MOBILITY, "mobility", &[("yes", "joined late"), ("no", "here from the start")], false),
];

/// The grouping that is worked out from when pupils joined: `yes` for those who joined after 30 September of
/// the year in which their phase began.
pub const MOBILITY: &str = "mobility";

/// The grouping by special educational needs.
pub const SEND: &str = "send";

/// The grouping by what pupils had reached before.
pub const PRIOR_ATTAINMENT: &str = "prior_attainment";

impl Grouping {
    /// The groupings that every school knows.
    pub fn known() -> Vec<Grouping> {
        let of = |(column, title, words, sensitive): &KnownGrouping| Grouping {
            column: Id::new(column),
            title: (*title).to_owned(),
            words,
            sensitive: *sensitive,
        };
        KNOWN.iter().map(of).collect()
    }

    /// A grouping of the school's own; what it is about is not known, so it is sensitive.
    pub fn own(column: &str, title: &str) -> Self {
        Grouping { column: Id::new(column), title: title.to_owned(), words: &[], sensitive: true }
    }

    /// What people read of one of its values.
    pub fn says(&self, value: &str) -> String {
        match self.words.iter().find(|(word, _)| *word == value) {
            Some((_, says)) => (*says).to_owned(),
            None if value == YES_NO[0] => self.title.clone(),
            None if value == YES_NO[1] => "others".to_owned(),
            None => format!("{} {value}", self.title),
        }
    }
}

/// A pupil.
#[derive(Clone, Debug)]
pub struct Pupil {
    /// The code that the school made.
    pub id: Id,
    pub class: Id,
    pub year_group: YearGroup,
    /// Since when, where it is not from the beginning.
    pub joined: Option<NaiveDate>,
    /// The last day, where the pupil has left.
    pub left: Option<NaiveDate>,
    /// The value of each grouping of the school, in its order; none where it is not filled in.
    pub groups: Vec<Option<Id>>,
    pub at: Place,
}

/// A group of pupils: all, or those with one of these values in a column.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    #[default]
    All,
    /// Those with one of the values.
    Of { column: Id, values: Vec<Id> },
}

impl fmt::Display for Group {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Group::All => f.write_str("all"),
            Group::Of { column, values } => {
                let values: Vec<&str> = values.iter().map(Id::as_str).collect();
                write!(f, "{column}={}", values.join(","))
            }
        }
    }
}

impl Serialize for Group {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl Group {
    /// The pupils of a column with a value.
    pub fn of(column: &str, values: &[&str]) -> Self {
        Group::Of { column: Id::new(column), values: values.iter().map(|value| Id::new(value)).collect() }
    }

    /// What people read.
    pub fn says(&self, groupings: &[Grouping]) -> String {
        match self {
            Group::All => "all pupils".to_owned(),
            Group::Of { column, values } => {
                let Some(grouping) = groupings.iter().find(|grouping| grouping.column == *column) else {
                    return self.to_string();
                };
                if column.as_str() == SEND && values.len() == 2 {
                    return "SEND".to_owned();
                }
                let said: Vec<String> = values.iter().map(|value| grouping.says(value.as_str())).collect();
                said.join(" or ")
            }
        }
    }

    /// Whether a pupil belongs to it; none where the column is not filled in for the pupil.
    pub fn has(&self, pupil: &Pupil, groupings: &[Grouping]) -> Option<bool> {
        match self {
            Group::All => Some(true),
            Group::Of { column, values } => {
                let index = groupings.iter().position(|grouping| grouping.column == *column)?;
                let value = pupil.groups.get(index)?.as_ref()?;
                Some(values.contains(value))
            }
        }
    }
}
