//! The answer to `phase clashes`: what cannot be, or had better not be, in the schedules of a half
//! term as they stand, each with the smallest change that mends it.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;

use super::constraints::{self, Rule};
use super::schedule::HalfTermSpan;
use super::schedule::context::taking_place;
use super::schedule::model::times;
use crate::diagnostic::Place;
use crate::school::{
    DatedHours, HalfTerm, Id, Phase, Preference, School, Session, SessionKind, SessionStatus,
};

/// Two bookings, or a booking and a rule, that cannot both hold (hard) or had better not (soft).
#[derive(Clone, Debug, Serialize)]
pub struct Clash {
    /// The rule.
    pub kind: Rule,
    /// Whether it must not be.
    pub hard: bool,
    /// What it is, in a sentence.
    pub says: String,
    /// The staff concerned.
    pub staff: Vec<Id>,
    /// The classes concerned.
    pub classes: Vec<Id>,
    /// The sessions concerned.
    pub sessions: Vec<Id>,
    /// Where they and the rule are written.
    pub at: Vec<Place>,
    /// The smallest change that mends it.
    pub mend: String,
    /// That change.
    #[serde(skip)]
    pub change: Option<ClashFix>,
}

/// A session put elsewhere.
#[derive(Clone, Debug, PartialEq)]
pub struct ClashFix {
    /// The session.
    pub session: Id,
    /// As it would be.
    pub becomes: Session,
}

/// The clashes of a half term.
#[derive(Clone, Debug, Serialize)]
pub struct Clashes {
    /// `phase/clashes/1`.
    pub schema: &'static str,
    /// The half term.
    pub half_term: HalfTermSpan,
    /// The clashes, hard ones first, by date.
    pub clashes: Vec<Clash>,
    /// The subjects with a leader that have handed nothing in.
    pub not_handed_in: Vec<Id>,
    /// How many sessions were looked at.
    pub sessions: usize,
    /// The day it was made on.
    pub made_on: NaiveDate,
}

impl Clashes {
    /// How many of them are hard.
    pub fn hard(&self) -> usize {
        self.clashes.iter().filter(|clash| clash.hard).count()
    }
}

/// Finds the clashes of a half term; none where the school has no such half term.
pub fn clashes(school: &School, half_term: u8, today: NaiveDate) -> Option<Clashes> {
    let span = school.set_up.calendar.half_term(half_term)?;
    let sessions = taking_place(school, half_term);
    let check = ClashChecker { school, half_term: span, today, earlier: earlier_visits(school, half_term) };
    let mut found: BTreeMap<(bool, Rule, Vec<Id>), (DatedHours, Clash)> = BTreeMap::new();
    for session in &sessions {
        let others: Vec<&Session> = sessions.iter().copied().filter(|other| other.id != session.id).collect();
        for fault in check.faults(session, &others) {
            let mut ids: Vec<Id> =
                std::iter::once(session).chain(&fault.with).map(|session| session.id.clone()).collect();
            ids.sort();
            let key = (!fault.hard, fault.rule, ids);
            found.entry(key).or_insert_with(|| (session.when, check.clash(session, fault, &sessions)));
        }
    }
    let mut clashes: Vec<(DatedHours, Clash)> = found.into_values().collect();
    clashes.sort_by(|(a, x), (b, y)| (!x.hard, a, x.kind, &x.says).cmp(&(!y.hard, b, y.kind, &y.says)));
    Some(Clashes {
        schema: "phase/clashes/1",
        half_term: HalfTermSpan {
            number: half_term,
            academic_year: school.set_up.calendar.academic_year.to_string(),
            from: span.from,
            to: span.to,
        },
        clashes: clashes.into_iter().map(|(_, clash)| clash).collect(),
        not_handed_in: not_handed_in(school, half_term),
        sessions: sessions.len(),
        made_on: today,
    })
}

/// A session to come that cannot be as it was given out.
#[derive(Clone, Debug, Serialize)]
pub struct BrokenSession {
    /// The session.
    pub session: Id,
    /// What for.
    pub kind: SessionKind,
    /// The subject.
    pub subject: Option<Id>,
    /// When it was to be.
    #[serde(flatten)]
    pub when: DatedHours,
    /// The half term.
    pub half_term: u8,
    /// What is in the way, a sentence each.
    pub says: Vec<String>,
}

/// The sessions of a phase leader still to come that cannot be as they were given out: somebody is away, or what they
/// were planned around has changed. By time.
pub fn broken(school: &School, phase: &Phase, half_term: u8, today: NaiveDate) -> Vec<BrokenSession> {
    let is_to_come = |session: &&Session| {
        session.owner == phase.leader
            && session.status == SessionStatus::Planned
            && session.when.date >= today
    };
    let given_out: Vec<&Session> = school.published(half_term).iter().filter(is_to_come).collect();
    let Some(span) = school.set_up.calendar.half_term(half_term).filter(|_| !given_out.is_empty()) else {
        return Vec::new();
    };
    let check = ClashChecker { school, half_term: span, today, earlier: earlier_visits(school, half_term) };
    let all = taking_place(school, half_term);
    let of = |session: &&Session| {
        let others: Vec<&Session> = all.iter().copied().filter(|other| other.id != session.id).collect();
        let hard = check.faults(session, &others).into_iter().filter(|fault| fault.hard);
        let brief = constraints::brief(school, session);
        let says: Vec<String> = hard.map(|fault| format!("{brief}: {}", fault.says)).collect();
        (!says.is_empty()).then(|| BrokenSession {
            session: session.id.clone(),
            kind: session.kind,
            subject: session.subject.clone(),
            when: session.when,
            half_term,
            says,
        })
    };
    let mut broken: Vec<BrokenSession> = given_out.iter().filter_map(of).collect();
    broken.sort_by(|a, b| (a.when, &a.session).cmp(&(b.when, &b.session)));
    broken
}

/// The subjects that have a leader, who has handed in no schedule for a half term.
pub fn not_handed_in(school: &School, half_term: u8) -> Vec<Id> {
    let handed_in = |subject: &Id| {
        school.year.schedules.get(&half_term).is_some_and(|schedules| schedules.subjects.contains(subject))
    };
    let led = school.set_up.subjects.values().filter(|subject| subject.leader.is_some());
    led.map(|subject| subject.id.clone()).filter(|subject| !handed_in(subject)).collect()
}

/// Visits to each teacher before a half term, in this academic year: how many, and minutes.
fn earlier_visits(school: &School, half_term: u8) -> BTreeMap<Id, (u32, u32)> {
    let mut visits: BTreeMap<Id, (u32, u32)> = BTreeMap::new();
    for session in (1..half_term)
        .flat_map(|number| taking_place(school, number))
        .filter(|session| session.kind.is_visit())
    {
        for teacher in &session.teachers {
            let (number, minutes) = visits.entry(teacher.clone()).or_default();
            *number += 1;
            *minutes += session.minutes;
        }
    }
    visits
}

/// What is wrong with a session beside others.
pub(crate) struct SessionFault<'a> {
    pub(crate) rule: Rule,
    pub(crate) hard: bool,
    pub(crate) says: String,
    pub(crate) at: Option<Place>,
    pub(crate) with: Vec<&'a Session>,
}

pub(crate) struct ClashChecker<'a> {
    pub(crate) school: &'a School,
    pub(crate) half_term: &'a HalfTerm,
    pub(crate) today: NaiveDate,
    pub(crate) earlier: BTreeMap<Id, (u32, u32)>,
}

impl<'a> ClashChecker<'a> {
    /// Everything that is wrong with a session beside others.
    fn faults(&self, session: &Session, others: &[&'a Session]) -> Vec<SessionFault<'a>> {
        let mut faults = Vec::new();
        for reason in constraints::limits(self.school, session) {
            faults.push(SessionFault {
                rule: reason.rule,
                hard: true,
                says: reason.says,
                at: reason.at,
                with: Vec::new(),
            });
        }
        for other in others {
            for reason in constraints::clashes(self.school, session, other) {
                faults.push(SessionFault {
                    rule: reason.rule,
                    hard: true,
                    says: reason.says,
                    at: None,
                    with: vec![other],
                });
            }
        }
        self.fixed(session, &mut faults);
        self.place(session, others, &mut faults);
        self.cover(session, others, &mut faults);
        self.visits(session, others, &mut faults);
        self.order(session, others, &mut faults);
        faults.extend(self.against_preferences(session, others));
        faults
    }

    /// A session that was given out in place of a handed-in one that was marked fixed.
    fn fixed(&self, session: &Session, faults: &mut Vec<SessionFault<'a>>) {
        let handed_in = self.school.handed_in(self.half_term.number);
        let moved = handed_in.iter().find(|other| {
            other.fixed
                && session.moved_from.is_some()
                && session.when != other.when
                && session.stands_for(other)
        });
        if let Some(other) = moved {
            let says = format!("it was handed in as fixed on {}", other.when);
            faults.push(SessionFault {
                rule: Rule::Fixed,
                hard: true,
                says,
                at: Some(other.at.clone()),
                with: Vec::new(),
            });
        }
    }

    fn place(&self, session: &Session, others: &[&'a Session], faults: &mut Vec<SessionFault<'a>>) {
        let Some(place) = session.place.as_deref() else { return };
        let capacity = constraints::capacity(self.school, place) as usize;
        let with: Vec<&Session> = others
            .iter()
            .copied()
            .filter(|other| {
                other.when.overlaps(&session.when) && constraints::same_place(session, other).is_some()
            })
            .collect();
        if capacity > 1 && with.len() >= capacity {
            let says = format!(
                "{place} holds {capacity} sessions at once, and {} are there on {}",
                with.len() + 1,
                session.when
            );
            faults.push(SessionFault { rule: Rule::PlaceFull, hard: true, says, at: None, with });
        }
    }

    fn cover(&self, session: &Session, others: &[&'a Session], faults: &mut Vec<SessionFault<'a>>) {
        let school = self.school;
        let mine = constraints::releases(school, session);
        if mine.is_empty() {
            return;
        }
        let Some(limit) = &school.settings.limits.releases_per_period else { return };
        let with: Vec<&Session> = others
            .iter()
            .copied()
            .filter(|other| {
                other.when.overlaps(&session.when) && !constraints::releases(school, other).is_empty()
            })
            .collect();
        let total =
            mine.len() + with.iter().map(|other| constraints::releases(school, other).len()).sum::<usize>();
        if total > limit.most as usize {
            let says =
                format!("{total} teachers are released on {}, and cover bears {}", session.when, limit.most);
            faults.push(SessionFault {
                rule: Rule::Cover,
                hard: true,
                says,
                at: Some(limit.at.clone()),
                with,
            });
        }
    }

    fn visits(&self, session: &Session, others: &[&'a Session], faults: &mut Vec<SessionFault<'a>>) {
        if !session.kind.is_visit() {
            return;
        }
        let limits = &self.school.settings.limits;
        for teacher in &session.teachers {
            let name = self.school.name_of(teacher);
            let with: Vec<&Session> = others
                .iter()
                .copied()
                .filter(|other| other.kind.is_visit() && other.teachers.contains(teacher))
                .collect();
            let (earlier, _) = self.earlier.get(teacher).copied().unwrap_or_default();
            let now = u32::try_from(with.len()).unwrap_or(u32::MAX) + 1;
            if let Some(limit) = limits.visits_per_half_term.as_ref().filter(|limit| now > limit.most) {
                let says = format!(
                    "{name} may be visited {} a half term, and {now} visits are planned",
                    times(limit.most)
                );
                faults.push(SessionFault {
                    rule: Rule::VisitsPerHalfTerm,
                    hard: true,
                    says,
                    at: Some(limit.at.clone()),
                    with: with.clone(),
                });
            }
            let year = earlier + now;
            if let Some(limit) = limits.visits_per_year.as_ref().filter(|limit| year > limit.most) {
                let says =
                    format!("{name} may be visited {} a year, and this makes {year}", times(limit.most));
                faults.push(SessionFault {
                    rule: Rule::VisitsPerYear,
                    hard: true,
                    says,
                    at: Some(limit.at.clone()),
                    with: with.clone(),
                });
            }
        }
    }

    /// The sessions of the same schedule: a subject's, or the phase leader's own.
    pub(crate) fn same_schedule(session: &Session, others: &[&'a Session]) -> Vec<&'a Session> {
        let joint = |session: &Session| !session.with.is_empty();
        others
            .iter()
            .copied()
            .filter(|other| {
                other.owner == session.owner
                    && (other.subject == session.subject
                        || (joint(session) || session.subject.is_none())
                            && (joint(other) || other.subject.is_none()))
            })
            .collect()
    }

    /// Whether a session would stand before task area 5, or after task area 4, of its own schedule.
    fn breaks_order(session: &Session, others: &[&'a Session]) -> bool {
        session.kind.task_area().is_some()
            && Self::same_schedule(session, others).iter().any(|other| match other.kind {
                SessionKind::Scheduling => session.when < other.when,
                SessionKind::Evaluation => session.when > other.when,
                _ => false,
            })
    }

    fn order(&self, session: &Session, others: &[&'a Session], faults: &mut Vec<SessionFault<'a>>) {
        // What is past cannot be in the way of what is still to come.
        let past = |other: &&Session| other.when.date < self.today && self.today <= session.when.date;
        let mut beside = Self::same_schedule(session, others);
        beside.retain(|other| !past(other));
        let name = self.school.name_of(&session.owner);
        let wrong = match session.kind {
            SessionKind::Scheduling => beside
                .iter()
                .copied()
                .filter(|other| other.kind.task_area().is_some() && other.when < session.when)
                .min_by_key(|other| other.when)
                .map(|other| (other, 5, "first", "before")),
            SessionKind::Evaluation => beside
                .iter()
                .copied()
                .filter(|other| other.kind.task_area().is_some() && other.when > session.when)
                .max_by_key(|other| other.when)
                .map(|other| (other, 4, "last", "after")),
            _ => None,
        };
        if let Some((other, area, which, side)) = wrong {
            let says = format!(
                "task area {area} belongs on {name}'s {which} session, and {} is {side} it, on {}",
                constraints::brief(self.school, other),
                other.when
            );
            faults.push(SessionFault {
                rule: Rule::TaskOrder,
                hard: true,
                says,
                at: None,
                with: vec![other],
            });
        }
    }

    fn clash(&self, session: &Session, fault: SessionFault<'a>, all: &[&'a Session]) -> Clash {
        let concerned: Vec<&Session> = std::iter::once(session).chain(fault.with.iter().copied()).collect();
        let mut staff: Vec<Id> = concerned.iter().flat_map(|session| session.people()).cloned().collect();
        let mut classes: Vec<Id> =
            concerned.iter().flat_map(|session| session.classes.iter()).cloned().collect();
        let mut at: Vec<Place> =
            concerned.iter().map(|session| session.at.clone()).chain(fault.at.clone()).collect();
        for list in [&mut staff, &mut classes] {
            list.sort();
            list.dedup();
        }
        at.dedup();
        let change = self.mend(&concerned, &fault, all);
        let mend = match &change {
            Some(change) => self.says(&concerned, change),
            None if concerned.iter().all(|session| session.when.date < self.today) => {
                "its day has passed".to_owned()
            }
            None => {
                "no other time in the half term fits: leave one out, or ask for the rule to change".to_owned()
            }
        };
        Clash {
            kind: fault.rule,
            hard: fault.hard,
            says: format!("{}: {}", constraints::brief(self.school, session), fault.says),
            staff,
            classes,
            sessions: concerned.iter().map(|session| session.id.clone()).collect(),
            at,
            mend,
            change,
        }
    }

    /// The smallest change that mends a clash and makes no hard one: of all the sessions concerned
    /// that may be moved, the one that need move least; to another class only where the class is the trouble, or
    /// nothing else is left.
    fn mend(
        &self,
        concerned: &[&Session],
        fault: &SessionFault<'a>,
        all: &[&'a Session],
    ) -> Option<ClashFix> {
        let first = class_matters(fault.rule);
        let other = |classes| self.mend_with(classes, concerned, fault, all);
        other(first).or_else(|| (!first).then(|| other(true)).flatten())
    }

    fn mend_with(
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
                let faults = self.faults(becomes, &others);
                !faults.iter().any(|found| found.hard || found.rule == fault.rule)
                    && !Self::breaks_order(becomes, &others)
            });
            if let Some((distance, becomes)) = clean {
                best = Some((distance, ClashFix { session: session.id.clone(), becomes }));
            }
        }
        best.map(|(_, mend)| mend)
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

    fn says(&self, concerned: &[&Session], mend: &ClashFix) -> String {
        let Some(session) = concerned.iter().find(|session| session.id == mend.session) else {
            return String::new();
        };
        let what = constraints::brief(self.school, session);
        let class =
            |session: &Session| session.classes.iter().map(Id::to_string).collect::<Vec<_>>().join(" and ");
        let to = &mend.becomes;
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

/// Whether the class that is visited is the trouble.
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
