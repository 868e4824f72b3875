//! From how many pupils on what may be shown.

use chrono::NaiveDate;

use crate::diagnostic::Place;
use crate::school::year_group::YearGroup;

/// From how many pupils on what may be shown, to others than the leader.
#[derive(Clone, Debug)]
pub struct PrivacySettings {
    /// Groups of up to so many are hidden: 5, unless the school hides more.
    pub hidden_up_to: u32,
    /// Of groups of up to so many only the number is shown: 10, unless the school says otherwise.
    pub counts_up_to: u32,
    /// Why the school shows smaller numbers, where it does.
    pub reason: Option<String>,
    /// Until when the records of a year group are kept, where the school says it.
    pub keep_until: Vec<(YearGroup, NaiveDate, Place)>,
}

impl Default for PrivacySettings {
    fn default() -> Self {
        Self { hidden_up_to: 5, counts_up_to: 10, reason: None, keep_until: Vec::new() }
    }
}
