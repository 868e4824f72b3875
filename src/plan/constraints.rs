//! The rules of a schedule as tables of named functions. LIMITS shut a time to a session, CLASHES
//! forbid two sessions side by side; each says why in the user's words.

use chrono::{Datelike, Weekday};
use serde::Serialize;

use crate::diagnostic::Place;
use crate::school::{
    AvailabilityStatus, Id, Preference, ProgrammedSession, RecurringDays, School, Session, Whereabouts, day,
};

/// A rule, by the name that scripts know it under.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Rule {
    /// A date outside the half terms, or a weekend.
    OutsideHalfTerm,
    /// A closure, or an INSET day that does not allow the kind of session.
    Closure,
    /// A statutory assessment window of the year group.
    Window,
    /// Somebody is not in school.
    Away,
    /// Somebody's PPA or ECT time.
    ProtectedTime,
    /// Somebody, or a class, is taken up by something else.
    Busy,
    /// The class is not taught that subject then.
    NotTaught,
    /// Nobody visits their own lesson.
    OwnLesson,
    /// A person twice at once.
    PersonTwice,
    /// A class visited twice at once.
    ClassTwice,
    /// A place over its capacity.
    PlaceFull,
    /// The school's limit of visits to a teacher in a half term.
    VisitsPerHalfTerm,
    /// The school's limit of visits to a teacher in a year.
    VisitsPerYear,
    /// More releases in a period than cover can bear.
    Cover,
    /// Task area 5 not first, or task area 4 not last.
    TaskOrder,
    /// A session marked fixed, moved.
    Fixed,
    /// Not one of the phase leader's programmed sessions.
    NotProgrammed,
    /// Before today.
    Past,
    /// A programmed session that is taken already.
    Taken,
    /// A subject that nobody leads, or that the phase leader leads.
    NoPartner,
    /// How many sessions are wanted.
    Wanted,
    /// What was asked for on the command line.
    Asked,
    #[serde(untagged)]
    Prefers(Preference),
}

/// Why something may not be, in the user's words, and the records that say so.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct RuleReason {
    pub rule: Rule,
    pub says: String,
    pub at: Option<Place>,
    /// The fact behind it: reasons with the same fact stand and fall together.
    #[serde(skip)]
    pub fact: String,
}

impl RuleReason {
    /// A reason whose fact is the place where it is written.
    pub fn new(rule: Rule, says: String, at: &Place) -> Self {
        Self { rule, fact: format!("{rule:?} {at}"), says, at: Some(at.clone()) }
    }

    /// A reason whose fact has a name of its own.
    pub fn of_fact(rule: Rule, fact: String, says: String, at: Option<&Place>) -> Self {
        Self { rule, fact: format!("{rule:?} {fact}"), says, at: at.cloned() }
    }
}

/// A function that says why a session may not be where it stands.
pub type SessionCheck = fn(&School, &Session, &mut Vec<RuleReason>);

/// What shuts a time to a session, whatever else is planned.
pub const LIMITS: &[(&str, SessionCheck)] = &[
    ("date", date),
    ("window", window),
    ("people", people),
    ("visited", visited),
    ("classes", classes),
    ("taught", taught),
];

/// A function that says why two sessions at the same time may not be.
pub type PairCheck = fn(&School, &Session, &Session) -> Option<RuleReason>;

/// What two sessions at the same time may not share.
pub const CLASHES: &[(&str, PairCheck)] =
    &[("person twice", person_twice), ("class twice", class_twice), ("place full", place_full)];

/// Every reason why a session may not be where it stands.
pub fn limits(school: &School, session: &Session) -> Vec<RuleReason> {
    let mut reasons = Vec::new();
    for (_, limit) in LIMITS {
        limit(school, session, &mut reasons);
    }
    reasons
}

/// Every reason why two sessions may not stand side by side; none where they do not overlap
/// or are one and the same work.
pub fn clashes(school: &School, a: &Session, b: &Session) -> Vec<RuleReason> {
    if !a.when.overlaps(&b.when) || a.is_joint_with(b) {
        return Vec::new();
    }
    CLASHES.iter().filter_map(|(_, clash)| clash(school, a, b)).collect()
}

fn date(school: &School, session: &Session, reasons: &mut Vec<RuleReason>) {
    let date = session.when.date;
    let calendar = &school.set_up.calendar;
    if !crate::school::time::is_weekday(date) {
        let says = format!("{} is no school day", day(date));
        reasons.push(RuleReason::of_fact(Rule::OutsideHalfTerm, format!("weekend {date}"), says, None));
    } else if calendar.half_term_of(date).is_none() {
        let says = format!("{} lies in no half term", day(date));
        reasons.push(RuleReason::of_fact(Rule::OutsideHalfTerm, format!("outside {date}"), says, None));
    }
    let closed = calendar.closures.iter().filter(|closure| closure.from <= date && date <= closure.to);
    for closure in closed.filter(|closure| !closure.allows.contains(&session.kind)) {
        let says = if closure.inset {
            format!("{} is an INSET day ({})", day(date), closure.reason)
        } else {
            format!("school is closed on {} ({})", day(date), closure.reason)
        };
        reasons.push(RuleReason::new(Rule::Closure, says, &closure.at));
    }
}

fn window(school: &School, session: &Session, reasons: &mut Vec<RuleReason>) {
    for window in school.set_up.calendar.windows.iter().filter(|window| window.kind.is_hard()) {
        if window.from <= session.when.date && session.when.date <= window.to {
            let concerned =
                session.classes.iter().filter_map(|class| school.set_up.classes.get(class)).find(|class| {
                    class.year_groups.iter().any(|year_group| window.year_groups.contains(year_group))
                });
            if let Some(class) = concerned {
                let says = format!(
                    "class {} has {} from {} to {}",
                    class.id,
                    window.kind.title(),
                    day(window.from),
                    day(window.to)
                );
                reasons.push(RuleReason::new(Rule::Window, says, &window.at));
            }
        }
    }
}

/// Why a person's time may not be asked for.
pub fn shut(school: &School, person: &Id, session: &Session) -> Option<RuleReason> {
    let name = school.name_of(person);
    let when = &session.when;
    match school.set_up.whereabouts(person, when) {
        Whereabouts::NotWorking(known) => {
            let says = format!("{name} does not work on {}", plural(when.date.weekday()));
            Some(RuleReason::of_fact(
                Rule::Away,
                format!("{} {}", known.at, when.date.weekday()),
                says,
                Some(&known.at),
            ))
        }
        Whereabouts::Row(row) if row.status != AvailabilityStatus::Released => {
            let (rule, is) = match row.status {
                AvailabilityStatus::Off => (Rule::Away, "is away"),
                AvailabilityStatus::Busy => (Rule::Busy, "is busy"),
                AvailabilityStatus::Ppa => (Rule::ProtectedTime, "is in PPA time"),
                _ => (Rule::ProtectedTime, "is in ECT time"),
            };
            let on = match row.when.days {
                RecurringDays::Weekly(weekday) => format!("on {}", plural(weekday)),
                RecurringDays::Dates(from, to) if from == to => format!("on {}", day(from)),
                RecurringDays::Dates(from, to) => format!("from {} to {}", day(from), day(to)),
            };
            let hours = row.when.hours.map_or_else(String::new, |hours| format!(" {hours}"));
            Some(RuleReason::new(rule, format!("{name} {is} {on}{hours}"), &row.at))
        }
        Whereabouts::Event(reason, at) => {
            let says = format!("{name} is taken up on {} ({reason})", day(when.date));
            Some(RuleReason::of_fact(Rule::Busy, format!("{at} {person}"), says, Some(at)))
        }
        _ => None,
    }
}

/// A weekday in the plural.
pub fn plural(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Mon => "Mondays",
        Weekday::Tue => "Tuesdays",
        Weekday::Wed => "Wednesdays",
        Weekday::Thu => "Thursdays",
        Weekday::Fri => "Fridays",
        Weekday::Sat => "Saturdays",
        Weekday::Sun => "Sundays",
    }
}

fn people(school: &School, session: &Session, reasons: &mut Vec<RuleReason>) {
    reasons.extend(session.comers().filter_map(|person| shut(school, person, session)));
}

fn visited(school: &School, session: &Session, reasons: &mut Vec<RuleReason>) {
    for class in session.classes.iter().filter(|_| session.kind.is_visit()) {
        let known = school.set_up.classes.get(class).filter(|class| !class.teachers.is_empty());
        if let Some(class) = known.filter(|class| school.set_up.teacher_of(class, &session.when).is_none()) {
            let weekday = session.when.date.weekday();
            let says = format!("no teacher of class {} works on {}", class.id, plural(weekday));
            reasons.push(RuleReason::of_fact(
                Rule::Away,
                format!("{} {weekday}", class.at),
                says,
                Some(&class.at),
            ));
        }
    }
    for teacher in &session.teachers {
        let name = school.name_of(teacher);
        if session.comers().any(|comer| comer == teacher) {
            let says = format!("{name} cannot visit a lesson of their own");
            reasons.push(RuleReason::of_fact(Rule::OwnLesson, teacher.to_string(), says, None));
        } else if let Some(reason) = shut(school, teacher, session) {
            reasons.push(reason);
        } else if let Whereabouts::Row(row) = school.set_up.whereabouts(teacher, &session.when) {
            let says = format!("{name} is out of class on {}", day(session.when.date));
            reasons.push(RuleReason::of_fact(Rule::Busy, format!("{} out", row.at), says, Some(&row.at)));
        } else if let Some(programmed) = own_programme(school, teacher, session) {
            let says = format!("{name} is out of class on {}, to lead the phase", day(session.when.date));
            let fact = format!("{} out", programmed.at);
            reasons.push(RuleReason::of_fact(Rule::Busy, fact, says, Some(&programmed.at)));
        }
    }
}

/// The programmed session that takes a phase leader out of class then.
fn own_programme<'a>(school: &'a School, person: &Id, session: &Session) -> Option<&'a ProgrammedSession> {
    let mut led = school.set_up.phases.iter().filter(|phase| phase.leader == *person);
    led.find_map(|phase| phase.programmed(&school.set_up.calendar, &session.when))
}

fn classes(school: &School, session: &Session, reasons: &mut Vec<RuleReason>) {
    for class in session.classes.iter().filter(|_| session.kind.is_visit()) {
        if let Some((reason, at)) = school.set_up.event_of_class(class, &session.when) {
            let says = format!("class {class} is taken up on {} ({reason})", day(session.when.date));
            reasons.push(RuleReason::of_fact(Rule::Busy, format!("{at} {class}"), says, Some(at)));
        }
    }
}

/// What the timetable says of a lesson of a subject in a class at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LessonOnTimetable<'a> {
    /// It is taught then.
    Yes,
    /// It is not, as this record shows.
    No(&'a Place),
    /// The timetable is silent.
    Unknown,
}

/// What the timetable says of a lesson of a subject in a class at a time: a class with rows for the
/// subject is taught it at those times only; a class with another subject then is not taught it.
pub fn is_taught<'a>(
    school: &'a School,
    class: &Id,
    subject: &Id,
    session: &Session,
) -> LessonOnTimetable<'a> {
    let Some(class) = school.set_up.classes.get(class) else { return LessonOnTimetable::Unknown };
    let at_that_time =
        class.lessons.iter().filter(|lesson| lesson.is_taught(&school.set_up.calendar, &session.when));
    let mut other = None;
    for lesson in at_that_time {
        if lesson.subject == *subject {
            return LessonOnTimetable::Yes;
        }
        other = other.or(Some(&lesson.at));
    }
    let rows = class.lessons.iter().find(|lesson| lesson.subject == *subject).map(|lesson| &lesson.at);
    other.or(rows).map_or(LessonOnTimetable::Unknown, LessonOnTimetable::No)
}

fn taught(school: &School, session: &Session, reasons: &mut Vec<RuleReason>) {
    let Some(subject) = &session.subject else { return };
    for class in session.classes.iter().filter(|_| session.kind.is_visit()) {
        if let LessonOnTimetable::No(at) = is_taught(school, class, subject, session) {
            let says =
                format!("class {class} is not taught {} on {}", school.subject_name(subject), session.when);
            reasons.push(RuleReason::of_fact(Rule::NotTaught, class.to_string(), says, Some(at)));
        }
    }
}

/// A name as owner: `History's`, `Maths'`.
pub fn possessive(name: &str) -> String {
    if name.ends_with('s') { format!("{name}'") } else { format!("{name}'s") }
}

/// A session in a few words, for a sentence.
pub fn brief(school: &School, session: &Session) -> String {
    match &session.subject {
        Some(subject) => format!("{} {}", possessive(school.subject_name(subject)), session.kind.title()),
        None => format!("{} session ({})", possessive(school.name_of(&session.owner)), session.kind.title()),
    }
}

fn person_twice(school: &School, a: &Session, b: &Session) -> Option<RuleReason> {
    let person = a.people().find(|person| b.people().any(|other| other == *person))?;
    let says = format!("{} is in {} on {}", school.name_of(person), brief(school, b), b.when);
    Some(RuleReason::of_fact(Rule::PersonTwice, format!("{} {person}", b.at), says, Some(&b.at)))
}

fn class_twice(school: &School, a: &Session, b: &Session) -> Option<RuleReason> {
    if !(a.kind.is_visit() && b.kind.is_visit()) {
        return None;
    }
    let class = a.classes.iter().find(|class| b.classes.contains(class))?;
    let says =
        format!("class {class} is visited for {} on {}", school.subject_name(b.subject.as_ref()?), b.when);
    Some(RuleReason::of_fact(Rule::ClassTwice, format!("{} {class}", b.at), says, Some(&b.at)))
}

/// How many sessions a place holds at once: what `[places]` says, else one.
pub fn capacity(school: &School, place: &str) -> u32 {
    school.settings.places.get(&place.trim().to_lowercase()).copied().unwrap_or(1)
}

/// The place that two sessions would share, where both name the same. A visit takes place in the
/// class's own room.
pub fn same_place<'a>(a: &'a Session, b: &Session) -> Option<&'a str> {
    let (here, there) = (a.place.as_deref()?, b.place.as_deref()?);
    here.trim().eq_ignore_ascii_case(there.trim()).then_some(here)
}

fn place_full(school: &School, a: &Session, b: &Session) -> Option<RuleReason> {
    let place = same_place(a, b).filter(|place| capacity(school, place) == 1)?;
    let says = format!("{place} is taken by {} on {}", brief(school, b), b.when);
    Some(RuleReason::of_fact(Rule::PlaceFull, format!("{} {place}", b.at), says, Some(&b.at)))
}

/// Those who come to a session and must be released from a class for it: not the phase leaders in
/// their own programmed sessions, whose release stands in the timetable.
pub fn releases<'a>(school: &School, session: &'a Session) -> Vec<&'a Id> {
    session
        .comers()
        .filter(|person| {
            let programmed = school.set_up.phases.iter().any(|phase| {
                phase.leader == **person && phase.programmed(&school.set_up.calendar, &session.when).is_some()
            });
            !programmed
                && matches!(school.set_up.whereabouts(person, &session.when), Whereabouts::Teaching(_))
        })
        .collect()
}
