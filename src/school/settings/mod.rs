//! What the school has chosen: `phase.toml`, apart from its phases and people.

pub mod assessment;
pub mod planning;
pub mod privacy;
pub mod safeguarding;

/// How much evidence a settled grade needs: product's defaults, after the practice of inspection (six
/// pieces of work, four to six lessons), which a school may set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sufficiency {
    /// Kinds for an aspect, or as many as can speak to it: different sources.
    pub kinds: u32,
    /// Items for an aspect.
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
