//! The hard rules once more, sharing nothing with the solver.

use std::collections::BTreeSet;

use crate::generator::{HandedIn, Spec};

use super::{Placed, Time, available_then, needs_cover, slots, status, teaches, there, works};

/// Why a schedule breaks a hard rule; none where it does not.
pub fn broken(spec: &Spec, sessions: &[Placed]) -> Option<String> {
    let available: Vec<Time> = slots(spec).into_iter().filter(|time| available_then(spec, *time)).collect();
    let mut times = BTreeSet::new();
    for session in sessions {
        let time = session.time();
        if !available.contains(&time) {
            return Some(format!("not a programmed session: {session:?}"));
        }
        if !times.insert(time) {
            return Some(format!("two at once: {session:?}"));
        }
        match session.task {
            5 if available.first() != Some(&time) => return Some("task area 5 is not first".into()),
            4 if available.last() != Some(&time) => return Some("task area 4 is not last".into()),
            4 | 5 => {}
            _ => {
                if let Some(why) = broken_joint(spec, session, sessions) {
                    return Some(format!("{why}: {session:?}"));
                }
            }
        }
    }
    let uses: Vec<usize> = sessions.iter().filter_map(|session| session.uses).collect();
    if uses.iter().collect::<BTreeSet<_>>().len() != uses.len() {
        return Some("a handed-in session is used twice".into());
    }
    over_limits(spec, sessions)
}

/// The handed-in sessions that stay where they were.
fn staying<'s>(spec: &'s Spec, sessions: &'s [Placed]) -> impl Iterator<Item = (usize, &'s HandedIn)> {
    spec.handed_in
        .iter()
        .enumerate()
        .filter(|(index, _)| !sessions.iter().any(|session| session.uses == Some(*index)))
}

/// Why a session with a subject leader breaks a rule; none where it does not.
fn broken_joint(spec: &Spec, session: &Placed, sessions: &[Placed]) -> Option<&'static str> {
    let time = session.time();
    let subject = session.subject.unwrap();
    let leader = spec.leader[subject];
    if leader == spec.phase_leader {
        return Some("nobody to work with");
    }
    if !there(spec, leader, time) {
        return Some("the subject leader is not free");
    }
    if let Some(used) = session.uses.map(|index| &spec.handed_in[index]) {
        let moved = (used.week, used.day, used.period) != time;
        if (used.subject, used.task) != (subject, session.task) || (moved && used.fixed) {
            return Some("not that handed-in session");
        }
    }
    let mut classes = 0..spec.shape.phase_classes;
    let silent = |class| !spec.timetable.keys().any(|(other, ..)| *other == class);
    let has =
        |class| spec.timetable.iter().any(|((other, ..), taught)| *other == class && *taught == subject);
    if !classes.any(|class| silent(class) || has(class)) {
        return Some("the subject is not taught in the phase");
    }
    if session.task == 3 {
        match visited(spec, session, subject) {
            Ok(teacher) => double_booked(spec, session, sessions, &[leader, teacher]),
            Err(why) => Some(why),
        }
    } else {
        double_booked(spec, session, sessions, &[leader])
    }
}

/// The teacher whose lesson is visited, or why it cannot be.
fn visited(spec: &Spec, session: &Placed, subject: usize) -> Result<usize, &'static str> {
    let time = session.time();
    let class = session.class.unwrap();
    let teacher = teaches(spec, class, time).ok_or("nobody teaches the class")?;
    if class >= spec.shape.phase_classes {
        return Err("a class of another phase");
    }
    let taught = spec.timetable.get(&(class, time.1, time.2));
    let rows = spec.timetable.iter().any(|((other, ..), taught)| *other == class && *taught == subject);
    if taught.map_or(rows, |taught| *taught != subject) {
        return Err("the class is not taught that then");
    }
    if teacher == spec.leader[subject] || teacher == spec.phase_leader {
        return Err("their own lesson");
    }
    if !works(spec, teacher, time) || status(spec, teacher, time).is_some() {
        return Err("the teacher is not in class");
    }
    Ok(teacher)
}

/// Whether a class or one of the people is in a handed-in session at the same time.
fn double_booked(
    spec: &Spec,
    session: &Placed,
    sessions: &[Placed],
    people: &[usize],
) -> Option<&'static str> {
    let (time, me) = (session.time(), spec.phase_leader);
    for (_, other) in
        staying(spec, sessions).filter(|(_, other)| (other.week, other.day, other.period) == time)
    {
        let mut others = vec![spec.leader[other.subject]];
        if other.task == 3 {
            // A visit to the phase leader's own class gives way.
            others.extend(
                other.class.and_then(|class| teaches(spec, class, time)).filter(|teacher| *teacher != me),
            );
            if session.task == 3 && other.class == session.class {
                return Some("the class is visited twice");
            }
        }
        if others.iter().any(|person| people.contains(person) || *person == me) {
            return Some("somebody is booked twice");
        }
    }
    None
}

/// Why a schedule has more visits to somebody, or more cover at once, than the school allows.
fn over_limits(spec: &Spec, sessions: &[Placed]) -> Option<String> {
    if let Some(limit) = spec.shape.visits_limit {
        let visits = |of: &[Placed], teacher: usize| {
            let mine = of
                .iter()
                .filter(|session| {
                    session.task == 3
                        && session.class.and_then(|class| teaches(spec, class, session.time()))
                            == Some(teacher)
                })
                .count();
            let others = staying(spec, of)
                .filter(|(_, other)| {
                    other.task == 3
                        && other
                            .class
                            .and_then(|class| teaches(spec, class, (other.week, other.day, other.period)))
                            == Some(teacher)
                })
                .count();
            mine + others
        };
        for teacher in 0..spec.days.len() {
            let joined = sessions.iter().any(|session| {
                session.task == 3
                    && session.class.and_then(|class| teaches(spec, class, session.time())) == Some(teacher)
            });
            // Where leaders have handed in more than the limit, nobody joins in.
            if joined && visits(sessions, teacher).max(visits(&[], teacher)) > limit {
                return Some(format!("too many visits to {teacher}"));
            }
        }
    }
    if let Some(limit) = spec.shape.releases_limit {
        for session in sessions.iter().filter(|session| session.subject.is_some()) {
            let time = session.time();
            let mine = needs_cover(spec, spec.leader[session.subject.unwrap()], time);
            let others = staying(spec, sessions)
                .filter(|(_, other)| {
                    (other.week, other.day, other.period) == time
                        && needs_cover(spec, spec.leader[other.subject], time)
                })
                .count();
            if mine && others + 1 > limit {
                return Some("more releases than cover can bear".into());
            }
        }
    }
    None
}
