//! First views of one sample, in pairs.

use crate::judge::gather::EvidenceItem;
use crate::school::{Id, Rank};

/// What is asked.
#[derive(Clone, Debug)]
pub struct ModerationQuery {
    pub phase: Id,
    /// The subject; all of them where there is none.
    pub subject: Option<Id>,
    /// The half term; the academic year so far where there is none.
    pub half_term: Option<u8>,
    /// The half term it is, which decides what is current.
    pub present: u8,
}

/// A sample on one aspect: its rows and everybody's first view.
pub(crate) struct SampleViews<'s> {
    pub item: EvidenceItem<'s>,
    /// The first views.
    pub views: Vec<(&'s Id, Rank)>,
}
