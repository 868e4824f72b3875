//! What shows that something is done: the kinds of records that objectives and duties point to.

use std::fmt;

use serde::{Serialize, Serializer};

use super::{actions, log};
use crate::school::evidence_kind::EvidenceKind;
use crate::school::session_kind::SessionKind;

/// Which records.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ProofSource {
    /// Pieces of evidence.
    Evidence,
    Sessions,
    Actions,
    Log,
}

impl ProofSource {
    /// All of them, with the word that stands before a kind.
    pub const WORDS: &[(ProofSource, &'static str)] = &[
        (ProofSource::Evidence, "evidence"),
        (ProofSource::Sessions, "session"),
        (ProofSource::Actions, "action"),
        (ProofSource::Log, "log"),
    ];

    /// The word that stands before a kind.
    pub fn word(self) -> &'static str {
        Self::WORDS.iter().find(|row| row.0 == self).map_or("", |row| row.1)
    }

    /// The words of its kinds.
    pub fn kinds(self) -> Vec<&'static str> {
        match self {
            ProofSource::Evidence => EvidenceKind::TABLE.iter().map(|row| row.1).collect(),
            ProofSource::Sessions => SessionKind::TABLE.iter().map(|row| row.1).collect(),
            ProofSource::Actions => actions::KINDS.to_vec(),
            ProofSource::Log => log::KINDS.to_vec(),
        }
    }
}

/// Records of one kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Proof {
    /// Which records.
    pub of: ProofSource,
    /// Their kind, by its word in the files.
    pub kind: &'static str,
}

impl Proof {
    /// What people read: `lesson visits`, `meeting`.
    pub fn title(self) -> String {
        match self.of {
            ProofSource::Evidence => EvidenceKind::all()
                .find(|kind| kind.word() == self.kind)
                .map_or("", EvidenceKind::title)
                .to_owned(),
            ProofSource::Sessions => {
                let kind = SessionKind::TABLE.iter().find(|row| row.1 == self.kind);
                format!("{} session", kind.map_or("", |row| row.2))
            }
            ProofSource::Actions | ProofSource::Log => self.kind.replace('-', " "),
        }
    }
}

impl fmt::Display for Proof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.of.word(), self.kind)
    }
}

impl Serialize for Proof {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
