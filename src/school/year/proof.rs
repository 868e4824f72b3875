//! What shows that something is done: the kinds of records that objectives and duties point to.

use std::fmt;

use serde::{Serialize, Serializer};

use super::{actions, log};
use crate::school::evidence_kind::EvidenceKind;
use crate::school::session_kind::SessionKind;

fixed_words! {
    /// Which records.
    pub enum ProofSource {
        /// Pieces of evidence.
        Evidence = "evidence",
        Sessions = "session",
        Actions = "action",
        Log = "log",
    }
}

impl ProofSource {
    /// The words of its kinds.
    pub fn kinds(self) -> &'static [&'static str] {
        match self {
            ProofSource::Evidence => EvidenceKind::WORDS,
            ProofSource::Sessions => SessionKind::WORDS,
            ProofSource::Actions => actions::KINDS,
            ProofSource::Log => log::KINDS,
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
            ProofSource::Evidence => {
                EvidenceKind::from_word(self.kind).map_or("", EvidenceKind::title).to_owned()
            }
            ProofSource::Sessions => {
                let kind = SessionKind::from_word(self.kind);
                format!("{} session", kind.map_or("", SessionKind::title))
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
