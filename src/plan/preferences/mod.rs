//! The preferences as one table: how each is counted, in a plan and among clashes.
//!
//! A new one is a row of [`Preference`]'s own table, a row here with its function, and a test of its name.

mod among_clashes;
mod asked_session;
mod by_date;
mod by_session;
mod together;

use among_clashes as clash;
use asked_session::{AgreedSession, CandidateSession};

use super::clashes::{ClashChecker, SessionFault};
use super::constraints::Rule;
use super::schedule::candidates::{CandidateCost, CandidateOrigin};
use super::schedule::context::PlanningContext;
use super::schedule::model::PlanningModel;
use crate::school::{HalfTerm, Preference, School, Session};

/// Returns why a date or the classes of a session are not preferred; none where they are.
type DateCheck = fn(&School, &HalfTerm, &Session) -> Option<String>;

/// Returns how many times, and why, a session of a plan goes against a preference.
type CostCheck = fn(&CandidateSession<'_, '_>) -> Vec<(i64, String)>;

/// Adds to the model what goes against a preference where sessions of a plan stand together.
type TogetherRows = fn(&mut PlanningModel<'_, '_>);

/// Returns why a session goes against a preference among others of its half term, and next to which.
type ClashCheck = for<'a> fn(&AgreedSession<'_, 'a>) -> Vec<(String, Vec<&'a Session>)>;

/// How a preference is counted; a preference without any function is counted where the plan is demanded.
#[derive(Clone, Copy)]
struct PreferenceRule {
    preference: Preference,
    /// In a plan and among clashes.
    by_date: Option<DateCheck>,
    /// In a plan, a session by itself.
    by_session: Option<CostCheck>,
    /// In a plan, sessions together.
    together: Option<TogetherRows>,
    among_clashes: Option<ClashCheck>,
}

const fn rule(preference: Preference) -> PreferenceRule {
    PreferenceRule { preference, by_date: None, by_session: None, together: None, among_clashes: None }
}

const fn by_date(preference: Preference, check: DateCheck) -> PreferenceRule {
    PreferenceRule { by_date: Some(check), ..rule(preference) }
}

const fn by_session(preference: Preference, check: CostCheck) -> PreferenceRule {
    PreferenceRule { by_session: Some(check), ..rule(preference) }
}

impl PreferenceRule {
    const fn together(self, rows: TogetherRows) -> Self {
        Self { together: Some(rows), ..self }
    }

    const fn among_clashes(self, check: ClashCheck) -> Self {
        Self { among_clashes: Some(check), ..self }
    }
}

/// Every preference that is counted by a function of its own. What was asked for, and what is left out, is counted
/// where the model meets the demand.
const RULES: &[PreferenceRule] = &[
    rule(Preference::DifferentSubjects).together(together::different_subjects),
    rule(Preference::OneAWeek).together(together::one_a_week).among_clashes(clash::one_a_week),
    by_session(Preference::LongestUnseen, by_session::longest_unseen),
    by_session(Preference::LittleEvidence, by_session::little_evidence),
    by_session(Preference::OffPath, by_session::off_path),
    by_session(Preference::Priority, by_session::priority),
    by_session(Preference::MovedInWeek, by_session::moved_in_week),
    by_session(Preference::MovedFurther, by_session::moved_further),
    by_session(Preference::Proposed, by_session::proposed),
    by_session(Preference::Cover, by_session::cover).among_clashes(clash::cover),
    by_session(Preference::LeaderTwiceADay, by_session::leader_twice_a_day)
        .together(together::leader_twice_a_day)
        .among_clashes(clash::leader_twice_a_day),
    by_date(Preference::FirstWeek, by_date::first_week),
    by_date(Preference::LastWeek, by_date::last_week),
    by_date(Preference::PartWeek, by_date::part_week),
    by_date(Preference::SoftWindow, by_date::soft_window),
    by_session(Preference::Notice, by_session::notice).among_clashes(clash::notice),
    by_session(Preference::LessonUnknown, by_session::lesson_unknown),
    by_session(Preference::VisitsShared, by_session::visits_shared),
    by_session(Preference::TeacherOverYear, by_session::teacher_over_year)
        .together(together::teacher_over_year)
        .among_clashes(clash::teacher_over_year),
    by_session(Preference::TeacherTwiceAWeek, by_session::teacher_twice_a_week)
        .together(together::teacher_twice_a_week)
        .among_clashes(clash::teacher_twice_a_week),
    by_session(Preference::SameClass, by_session::same_class)
        .together(together::same_class)
        .among_clashes(clash::same_class),
    by_session(Preference::Published, by_session::published),
];

impl PlanningContext<'_> {
    /// Returns what a session costs by itself.
    pub(crate) fn costs(&self, session: &Session, origin: CandidateOrigin) -> Vec<CandidateCost> {
        let of = CandidateSession { context: self, session, origin };
        let mut costs = Vec::new();
        for rule in RULES {
            let weight = self.school.settings.preferences.weight(rule.preference);
            let dated = rule.by_date.and_then(|check| check(self.school, self.half_term, session));
            let own = rule.by_session.map(|check| check(&of)).unwrap_or_default();
            for (times, because) in dated.map(|because| (1, because)).into_iter().chain(own) {
                let cost = weight * times;
                if cost > 0 {
                    costs.push(CandidateCost { preference: rule.preference, cost, because });
                }
            }
        }
        costs
    }
}

impl PlanningModel<'_, '_> {
    /// Adds what sessions of the plan cost together.
    pub(crate) fn preference_rows(&mut self) {
        RULES.iter().filter_map(|rule| rule.together).for_each(|rows| rows(self));
    }
}

impl<'a> ClashChecker<'a> {
    /// Returns every preference that a session goes against, next to the others of its half term.
    pub(crate) fn against_preferences(
        &self,
        session: &Session,
        others: &[&'a Session],
    ) -> Vec<SessionFault<'a>> {
        let of = AgreedSession { check: self, session, others };
        let mut diagnostics = Vec::new();
        for rule in RULES {
            let dated = rule.by_date.and_then(|check| check(self.school, self.half_term, session));
            let beside = rule.among_clashes.map(|check| check(&of)).unwrap_or_default();
            for (says, with) in dated.map(|says| (says, Vec::new())).into_iter().chain(beside) {
                diagnostics.push(SessionFault::soft(Rule::Prefers(rule.preference), says, with));
            }
        }
        diagnostics
    }
}
