//! From where objectives and actions are shown: of which phase, to whom, on which day, by which pupils.

use chrono::NaiveDate;

use crate::privacy::audience::Audience;
use crate::privacy::names_in_text::NamesInText;
use crate::school::{Phase, School};
use crate::track::cohort::Cohort;

/// What stands in place of words that name somebody, for those who see no names.
const NOT_SHOWN: &str = "(words that name somebody)";

/// What all that is shown at once has in common; what is worked out of its book is worked out once.
pub struct Context<'s> {
    pub school: &'s School,
    pub phase: &'s Phase,
    /// Who it is shown to.
    pub audience: &'s Audience,
    pub today: NaiveDate,
    /// The pupils of the phase this year, where any are known.
    pub cohort: Option<Cohort<'s>>,
    names: NamesInText<'s>,
}

impl<'s> Context<'s> {
    /// Of a phase, for an audience, on a day.
    pub fn new(school: &'s School, phase: &'s Phase, audience: &'s Audience, today: NaiveDate) -> Self {
        let cohort = Cohort::open(school, phase, school.set_up.calendar.academic_year.0, None);
        Self { school, phase, audience, today, cohort, names: NamesInText::of(&school.set_up) }
    }

    /// What somebody wrote; none where it names somebody and this audience sees no names.
    pub fn quoted<'t>(&self, text: &'t str) -> Option<&'t str> {
        self.names.quoted(self.audience, text)
    }

    /// What somebody wrote, or that it is not shown to this audience.
    pub fn says(&self, text: &str) -> String {
        self.quoted(text).unwrap_or(NOT_SHOWN).to_owned()
    }
}
