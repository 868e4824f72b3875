//! The smallest change to the sessions that settles a clash.

use super::answer::ClashFix;
use super::{ClashChecker, SessionFault};
use crate::plan::constraints::{self, Rule};
use crate::school::{DatedHours, Id, Preference, Session, SessionStatus};

impl<'a> ClashChecker<'a> {
    /// Finds the smallest change that settles a clash and makes no hard one: of all the sessions concerned
    /// that may be moved, the one that need move least; to another class only where the class is the cause, or
    /// nothing else is left.
    pub(super) fn fix(
        &self,
        concerned: &[&Session],
        fault: &SessionFault<'a>,
        all: &[&'a Session],
    ) -> Option<ClashFix> {
        let first = class_matters(fault.rule);
        let other = |classes| self.fix_with(classes, concerned, fault, all);
        other(first).or_else(|| (!first).then(|| other(true)).flatten())
    }

    fn fix_with(
        &self,
        other_classes: bool,
        concerned: &[&Session],
        fault: &SessionFault<'a>,
        all: &[&'a Session],
    ) -> Option<ClashFix> {
        let slots = self.school.set_up.calendar.slots(self.half_term);
        let mut best: Option<((i64, i64, u8), ClashFix)> = None;
        let may_be_moved = |session: &&&Session| {
            !session.fixed && session.status == SessionStatus::Planned && session.when.date >= self.today
        };
        for session in concerned.iter().filter(may_be_moved) {
            let others: Vec<&'a Session> =
                all.iter().copied().filter(|other| other.id != session.id).collect();
            let mut alternatives: Vec<((i64, i64, u8), Session)> = slots
                .iter()
                .filter(|when| when.date >= self.today)
                .filter(|when| self.is_programmed(session, when))
                .flat_map(|when| self.versions(session, when, other_classes))
                .map(|becomes| (self.distance(session, &becomes), becomes))
                .filter(|(distance, _)| best.as_ref().is_none_or(|(least, _)| distance < least))
                .collect();
            alternatives.sort_by(|(a, x), (b, y)| (a, x.when, &x.classes).cmp(&(b, y.when, &y.classes)));
            let clean = alternatives.into_iter().find(|(_, becomes)| {
                let diagnostics = self.diagnostics(becomes, &others);
                !diagnostics.iter().any(|found| found.hard || found.rule == fault.rule)
                    && !Self::breaks_order(becomes, &others)
            });
            if let Some((distance, becomes)) = clean {
                best = Some((distance, ClashFix { session: session.id.clone(), becomes }));
            }
        }
        best.map(|(_, fix)| fix)
    }

    /// Whether a session may be at a time by its owner's programme: a phase leader's own and joint
    /// sessions stay in the phase leader's programmed sessions.
    fn is_programmed(&self, session: &Session, when: &DatedHours) -> bool {
        let led = self.school.set_up.phases.iter().find(|phase| phase.leader == session.owner);
        let own = session.subject.is_none() || !session.with.is_empty();
        led.filter(|_| own).is_none_or(|phase| phase.programmed(&self.school.set_up.calendar, when).is_some())
    }

    /// The session at another time; visits in other classes too, where that is asked.
    fn versions(&self, session: &Session, when: &DatedHours, other_classes: bool) -> Vec<Session> {
        let at = |classes: Vec<Id>| {
            let teachers = if session.kind.is_visit() {
                self.school.set_up.teachers_visited(&classes, when)
            } else {
                session.teachers.clone()
            };
            Session { when: *when, teachers, classes, ..session.clone() }
        };
        let mut versions = Vec::new();
        if *when != session.when {
            versions.push(at(session.classes.clone()));
        }
        if session.kind.is_visit() && other_classes && session.classes.len() == 1 {
            versions.extend(
                self.school
                    .set_up
                    .classes
                    .keys()
                    .filter(|class| !session.classes.contains(class))
                    .map(|class| at(vec![class.clone()])),
            );
        }
        versions
    }

    /// How large a change is: weeks and days first, then hours, then another class or cover.
    fn distance(&self, from: &Session, to: &Session) -> (i64, i64, u8) {
        let days = (to.when.date - from.when.date).num_days().abs();
        let minutes = (to.when.hours.start - from.when.hours.start).num_minutes().abs();
        let class = u8::from(from.classes != to.classes);
        let cover = u8::from(!constraints::releases(self.school, to).is_empty());
        (days + 2 * i64::from(cover), minutes, class)
    }

    /// A change in words.
    pub(super) fn fix_in_words(&self, concerned: &[&Session], fix: &ClashFix) -> String {
        let Some(session) = concerned.iter().find(|session| session.id == fix.session) else {
            return String::new();
        };
        let what = constraints::brief(self.school, session);
        let class =
            |session: &Session| session.classes.iter().map(Id::to_string).collect::<Vec<_>>().join(" and ");
        let to = &fix.becomes;
        let names: Vec<&str> = to.teachers.iter().map(|teacher| self.school.name_of(teacher)).collect();
        let teacher = if to.teachers == session.teachers || names.is_empty() {
            String::new()
        } else {
            format!(", teacher {}", names.join(" and "))
        };
        let says = match (to.when == session.when, to.classes == session.classes) {
            (true, _) => {
                format!("visit {} instead of {} in {what} ({})", class(to), class(session), session.at)
            }
            (false, true) => format!("move {what} from {} to {} ({})", session.when, to.when, session.at),
            (false, false) => {
                format!("move {what} from {} to {}, to {} ({})", session.when, to.when, class(to), session.at)
            }
        };
        format!("{says}{teacher}")
    }
}

/// Whether a clash of this kind comes from the class that is visited.
fn class_matters(rule: Rule) -> bool {
    matches!(
        rule,
        Rule::NotTaught
            | Rule::ClassTwice
            | Rule::VisitsPerHalfTerm
            | Rule::VisitsPerYear
            | Rule::Prefers(Preference::TeacherOverYear)
            | Rule::Prefers(Preference::TeacherTwiceAWeek)
            | Rule::Prefers(Preference::SameClass)
            | Rule::Window
            | Rule::Prefers(Preference::SoftWindow)
            | Rule::OwnLesson
    )
}
