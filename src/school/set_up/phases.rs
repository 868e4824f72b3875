//! The phases, and the choices of a school: limits, preferences and lengths of sessions.

use super::calendar::{Calendar, HalfTerm};
use super::classes::Class;
use crate::diagnostic::Place;
use crate::school::id::Id;
use crate::school::time::{DatedHours, RecurringTime};
use crate::school::year_group::YearGroup;

/// Year groups led together.
#[derive(Clone, Debug)]
pub struct Phase {
    pub id: Id,
    /// The name that people read.
    pub name: String,
    pub leader: Id,
    pub year_groups: Vec<YearGroup>,
    /// The phase leader's programmed sessions.
    pub sessions: Vec<ProgrammedSession>,
    pub at: Place,
}

/// A time set aside for the phase leader, as the file says it.
#[derive(Clone, Debug)]
pub struct ProgrammedSession {
    /// When; always with hours.
    pub when: RecurringTime,
    pub at: Place,
}

impl Phase {
    /// Whether the class belongs to the phase.
    pub fn has(&self, class: &Class) -> bool {
        class.year_groups.iter().any(|year_group| self.year_groups.contains(year_group))
    }

    /// Whether something for year groups concerns it: one of them is its own, or none is named.
    pub fn is_told_of(&self, year_groups: &[YearGroup]) -> bool {
        year_groups.is_empty() || year_groups.iter().any(|year| self.year_groups.contains(year))
    }

    /// Whether nursery or reception belongs to it.
    pub fn has_early_years(&self) -> bool {
        self.year_groups.iter().any(|year| matches!(year, YearGroup::Nursery | YearGroup::Reception))
    }

    /// The programmed session that lies then.
    pub fn programmed(&self, calendar: &Calendar, when: &DatedHours) -> Option<&ProgrammedSession> {
        self.sessions.iter().find(|programmed| {
            programmed.when.hours == Some(when.hours) && calendar.holds(&programmed.when, when)
        })
    }

    /// Every programmed session of a half term, in order.
    pub fn slots(&self, calendar: &Calendar, half_term: &HalfTerm) -> Vec<DatedHours> {
        let mut slots: Vec<DatedHours> = half_term
            .weekdays()
            .flat_map(|date| {
                self.sessions.iter().filter_map(move |programmed| {
                    let when = DatedHours { date, hours: programmed.when.hours? };
                    calendar.holds(&programmed.when, &when).then_some(when)
                })
            })
            .collect();
        slots.sort();
        slots.dedup();
        slots
    }
}
