//! What shows that something is done: the kinds of records that objectives and duties point to.

use std::fmt;

use serde::{Serialize, Serializer};

use super::{actions, log};
use crate::school::evidence_kind::Kind;
use crate::school::session_kind::SessionKind;

/// Which records.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Records {
    /// Pieces of evidence.
    Evidence,
    /// Sessions that were held.
    Sessions,
    /// Rows of `actions.csv`.
    Actions,
    /// Rows of `log.csv`.
    Log,
}

impl Records {
    /// All of them, with the word that stands before a kind.
    pub const WORDS: &[(Records, &'static str)] = &[
        (Records::Evidence, "evidence"),
        (Records::Sessions, "session"),
        (Records::Actions, "action"),
        (Records::Log, "log"),
    ];

    /// The word that stands before a kind.
    pub fn word(self) -> &'static str {
        Self::WORDS.iter().find(|row| row.0 == self).map_or("", |row| row.1)
    }

    /// The words of its kinds.
    pub fn kinds(self) -> Vec<&'static str> {
        match self {
            Records::Evidence => Kind::TABLE.iter().map(|row| row.1).collect(),
            Records::Sessions => SessionKind::TABLE.iter().map(|row| row.1).collect(),
            Records::Actions => actions::KINDS.to_vec(),
            Records::Log => log::KINDS.to_vec(),
        }
    }
}

/// Records of one kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ShownBy {
    /// Which records.
    pub of: Records,
    /// Their kind, by its word in the files.
    pub kind: &'static str,
}

impl ShownBy {
    /// What people read: `lesson visits`, `meeting`.
    pub fn title(self) -> String {
        match self.of {
            Records::Evidence => {
                Kind::all().find(|kind| kind.word() == self.kind).map_or("", Kind::title).to_owned()
            }
            Records::Sessions => {
                let kind = SessionKind::TABLE.iter().find(|row| row.1 == self.kind);
                format!("{} session", kind.map_or("", |row| row.2))
            }
            Records::Actions | Records::Log => self.kind.replace('-', " "),
        }
    }
}

impl fmt::Display for ShownBy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.of.word(), self.kind)
    }
}

impl Serialize for ShownBy {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
