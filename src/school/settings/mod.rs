//! What the school has chosen: `phase.toml`, apart from its phases and people.

pub mod assessment;
pub mod planning;
pub mod preference;
pub mod privacy;
pub mod safeguarding;

use std::collections::BTreeMap;

use crate::school::attainment::pupils::Grouping;
use crate::school::id::Id;
use assessment::AssessmentSettings;
use planning::{JobCard, PlanningLimits, SessionLengths};
use preference::Preferences;
use privacy::PrivacySettings;
use safeguarding::Safeguarding;

/// What a school has chosen, from `phase.toml`.
#[derive(Clone, Debug)]
pub struct Settings {
    pub name: String,
    /// How many of each task area a phase leader does in a half term.
    pub phase_leader_card: JobCard,
    /// How many of each task area a subject leader does in a half term, where the school says so.
    pub subject_leader_card: Option<JobCard>,
    /// The school's own limits.
    pub limits: PlanningLimits,
    /// What is preferred, and how much.
    pub preferences: Preferences,
    /// How long sessions last.
    pub minutes: SessionLengths,
    /// How many sessions a place holds at once, by its name in lower case.
    pub places: BTreeMap<String, u32>,
    /// The framework that the workspace works in.
    pub framework: Id,
    pub groupings: Vec<Grouping>,
    /// What the school says of its results.
    pub assessing: AssessmentSettings,
    /// From how many pupils on what may be shown.
    pub privacy: PrivacySettings,
    /// How much evidence a settled grade needs.
    pub sufficiency: Sufficiency,
    /// The school's own route for a concern.
    pub safeguarding: Safeguarding,
}

/// How much evidence a settled grade needs: product's defaults, after the practice of inspection (six
/// pieces of work, four to six lessons), which a school may set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sufficiency {
    /// Kinds for an aspect, or as many as can speak to it: different sources.
    pub kinds: u32,
    pub items: u32,
    /// Classes; where it is not set, half the phase's, and two where there are two: more than one room.
    pub classes: Option<u32>,
    /// Weeks, Monday to Sunday: what is typical, not one day.
    pub weeks: u32,
    /// People who looked, or something looked at together: two people differ.
    pub observers: u32,
    /// Half terms that count, this one included: what is so now.
    pub half_terms: u32,
    /// Why the school has set something, where it has.
    pub reason: Option<String>,
}

impl Default for Sufficiency {
    fn default() -> Self {
        Self { kinds: 3, items: 6, classes: None, weeks: 2, observers: 2, half_terms: 2, reason: None }
    }
}
