//! Planning: schedules checked by other means, and what becomes of them.

mod checker;
mod every_schedule;
mod schedules;
mod sessions;

use crate::generator::Spec;

/// A session of a schedule as the checker sees it: numbers only.
#[derive(Clone, Debug, PartialEq)]
struct Placed {
    task: usize,
    week: usize,
    day: usize,
    period: usize,
    subject: Option<usize>,
    class: Option<usize>,
    /// The handed-in session that it is.
    uses: Option<usize>,
}

type Time = (usize, usize, usize);

impl Placed {
    fn time(&self) -> Time {
        (self.week, self.day, self.period)
    }
}

fn works(spec: &Spec, person: usize, (week, day, _): Time) -> bool {
    spec.days[person][day] && !spec.off.contains(&(person, week, day))
}

fn status(spec: &Spec, person: usize, (_, day, period): Time) -> Option<&'static str> {
    spec.weekly.get(&(person, day, period)).copied()
}

/// Whether the person's time may be asked for.
fn there(spec: &Spec, person: usize, time: Time) -> bool {
    works(spec, person, time) && matches!(status(spec, person, time), None | Some("released"))
}

fn open(spec: &Spec, (week, day, _): Time) -> bool {
    !spec.closed.contains(&(week, day))
}

fn slots(spec: &Spec) -> Vec<Time> {
    (0..spec.shape.weeks)
        .flat_map(|week| spec.programmed.iter().map(move |(day, period)| (week, *day, *period)))
        .collect()
}

/// Whether the phase leader is really there, and holds no session of a subject of their own.
fn available_then(spec: &Spec, time: Time) -> bool {
    let me = spec.phase_leader;
    let booked = spec
        .handed_in
        .iter()
        .any(|other| spec.leader[other.subject] == me && (other.week, other.day, other.period) == time);
    open(spec, time) && there(spec, me, time) && !booked
}

/// Who teaches a class at a time: its teacher, where that teacher works that day of the week.
fn teaches(spec: &Spec, class: usize, (_, day, _): Time) -> Option<usize> {
    Some(spec.teacher[class]).filter(|teacher| spec.days[*teacher][day])
}

/// Whether the person must be released from a class to come.
fn needs_cover(spec: &Spec, person: usize, time: Time) -> bool {
    status(spec, person, time).is_none()
        && works(spec, person, time)
        && spec.teacher.iter().enumerate().any(|(class, _)| teaches(spec, class, time) == Some(person))
}

fn card(spec: &Spec) -> [usize; 5] {
    let [work, records, visits] = spec.shape.card;
    [work, records, visits, 1, 1]
}
