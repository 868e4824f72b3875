//! The subjects and who leads them.

use crate::diagnostic::Place;
use crate::school::id::Id;

/// A subject.
#[derive(Clone, Debug)]
pub struct Subject {
    pub id: Id,
    /// The name that people read.
    pub name: String,
    /// Who leads it across the school, where somebody does.
    pub leader: Option<Id>,
    /// Whether it is a core subject.
    pub core: bool,
    /// 0 to 3: how much the school wants it looked at this year.
    pub priority: u32,
    /// How often a year the phase leader should see it: 3 for a core subject, else 2, unless given.
    pub times_a_year: u32,
    /// What its results are called, next to its own id.
    pub assessed_as: Vec<Id>,
    pub at: Place,
}
