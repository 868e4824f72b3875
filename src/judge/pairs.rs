//! First views of one sample, in pairs.

use crate::judge::gather::Item;
use crate::school::id::Id;
use crate::school::year::framework::Rank;

/// What is asked.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The phase.
    pub phase: Id,
    /// The subject; all of them where there is none.
    pub subject: Option<Id>,
    /// The half term; the academic year so far where there is none.
    pub half_term: Option<u8>,
    /// The half term it is, which decides what is current.
    pub present: u8,
}

/// A sample on one aspect: its rows and everybody's first view.
pub(crate) struct Seen<'s> {
    /// The rows.
    pub item: Item<'s>,
    /// The first views.
    pub views: Vec<(&'s Id, Rank)>,
}
