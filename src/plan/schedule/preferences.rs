//! What a session costs on its own: the preferences that concern one session.

use super::candidates::{CandidateCost, CandidateOrigin};
use super::context::PlanningContext;
use crate::plan::constraints::{self, LessonOnTimetable};
use crate::school::time::{day, monday};
use crate::school::{HalfTerm, Id, Preference, School, Session, Subject};

impl PlanningContext<'_> {
    /// What a session costs on its own.
    pub(crate) fn costs(&self, session: &Session, origin: CandidateOrigin) -> Vec<CandidateCost> {
        let mut costs = Vec::new();
        let weight = |preference| self.school.settings.preferences.weight(preference);
        let mut add = |preference: Preference, times: i64, because: String| {
            let cost = weight(preference) * times;
            if cost > 0 {
                costs.push(CandidateCost { preference, cost, because });
            }
        };
        self.cost_of_subject(session, &mut add);
        self.cost_of_origin(session, origin, &mut add);
        self.cost_of_date(session, &mut add);
        self.cost_of_visit(session, origin, &mut add);
        if self.request.replan && !self.published.is_empty() {
            let stays = self.published.iter().any(|given| {
                given.kind == session.kind
                    && given.subject == session.subject
                    && given.when == session.when
                    && given.classes == session.classes
            });
            if !stays {
                add(Preference::Published, 1, "it was given out otherwise".to_owned());
            }
        }
        costs
    }

    fn cost_of_subject(&self, session: &Session, add: &mut impl FnMut(Preference, i64, String)) {
        let Some(subject) = session.subject.as_ref().and_then(|id| self.school.set_up.subjects.get(id))
        else {
            return;
        };
        let due = |subject: &Subject| self.due(subject);
        let most = self.partners().map(|(subject, _)| due(subject)).max().unwrap_or(0);
        add(
            Preference::LongestUnseen,
            i64::from(most - due(subject)),
            format!("others are longer unseen than {}", subject.name),
        );
        let wanted =
            |id: &Id| self.request.needs.iter().any(|need| need.subject == *id && need.kind == session.kind);
        let elsewhere = self.partners().any(|(other, _)| wanted(&other.id)) && !wanted(&subject.id);
        add(
            Preference::LittleEvidence,
            i64::from(elsewhere),
            format!("evidence is more wanted elsewhere than in {}", subject.name),
        );
        let below = |id: &Id| self.request.off_path.contains(id);
        let others = self.partners().any(|(other, _)| below(&other.id)) && !below(&subject.id);
        add(
            Preference::OffPath,
            i64::from(others),
            format!("others are below their path, and {} is not", subject.name),
        );
        let highest = self.partners().map(|(subject, _)| subject.priority).max().unwrap_or(0);
        add(
            Preference::Priority,
            i64::from(highest - subject.priority),
            format!("{} has no priority", subject.name),
        );
    }

    fn cost_of_origin(
        &self,
        session: &Session,
        origin: CandidateOrigin,
        add: &mut impl FnMut(Preference, i64, String),
    ) {
        let school = self.school;
        let name = session.subject.as_ref().map_or("", |subject| school.subject_name(subject));
        match origin {
            CandidateOrigin::Alone | CandidateOrigin::Own(_) => {}
            CandidateOrigin::Moved(index) => {
                let Some(other) = self.others.get(index) else { return };
                let because = format!("{name} moves from {} to {}", other.when, session.when);
                if monday(other.when.date) == monday(session.when.date) {
                    add(Preference::MovedInWeek, 1, because);
                } else {
                    add(Preference::MovedFurther, 1, because);
                }
            }
            CandidateOrigin::Proposed => {
                add(Preference::Proposed, 1, format!("{name} is proposed for {}", session.when))
            }
        }
        for person in constraints::releases(school, session) {
            add(Preference::Cover, 1, format!("{} needs cover on {}", school.name_of(person), session.when));
        }
        for leader in &session.with {
            let that_day = self.others.iter().enumerate().any(|(index, other)| {
                Some(index) != origin.handed_in()
                    && other.owner == *leader
                    && other.when.date == session.when.date
            });
            if that_day {
                add(
                    Preference::LeaderTwiceADay,
                    1,
                    format!("{} has another session on {}", school.name_of(leader), day(session.when.date)),
                );
            }
        }
    }

    fn cost_of_date(&self, session: &Session, add: &mut impl FnMut(Preference, i64, String)) {
        for (preference, because) in soft_dates(self.school, self.half_term, session) {
            add(preference, 1, because);
        }
        let notice = self.school.set_up.calendar.school_days_between(self.request.today, session.when.date);
        if self.request.today <= session.when.date && notice < 5 && session.subject.is_some() {
            add(
                Preference::Notice,
                1,
                format!("{} is less than five school days away", day(session.when.date)),
            );
        }
    }

    fn cost_of_visit(
        &self,
        session: &Session,
        origin: CandidateOrigin,
        add: &mut impl FnMut(Preference, i64, String),
    ) {
        if !session.kind.is_visit() {
            return;
        }
        let school = self.school;
        for class in &session.classes {
            if let Some(subject) = &session.subject
                && constraints::is_taught(school, class, subject, session) == LessonOnTimetable::Unknown
            {
                let says = format!("no file says when {class} has {}", school.subject_name(subject));
                add(Preference::LessonUnknown, 1, says);
            }
        }
        let used = origin.handed_in().and_then(|index| self.others.get(index)).copied();
        for teacher in &session.teachers {
            let name = school.name_of(teacher);
            let now: Vec<&Session> = self.visits_now(teacher).filter(|other| used != Some(*other)).collect();
            let (visits, minutes) = self.visits_before(teacher, used);
            let far = visits + 1 > 3 || minutes + session.minutes > 180;
            add(
                Preference::VisitsShared,
                i64::from(visits),
                format!("{name} has had {visits} visits this year"),
            );
            if far {
                let says = format!(
                    "{name} would have {} visits and {} minutes this year",
                    visits + 1,
                    minutes + session.minutes
                );
                add(Preference::TeacherOverYear, 1, says);
            }
            if now.iter().any(|other| monday(other.when.date) == monday(session.when.date)) {
                add(
                    Preference::TeacherTwiceAWeek,
                    1,
                    format!("{name} has another visit in the week of {}", day(monday(session.when.date))),
                );
            }
        }
        let last = self.last_visited_classes();
        if let Some(class) = session.classes.iter().find(|class| last.contains(class)) {
            add(Preference::SameClass, 1, format!("{class} was visited last"));
        }
    }
}

/// The soft rules of a session's date.
pub fn soft_dates(school: &School, half_term: &HalfTerm, session: &Session) -> Vec<(Preference, String)> {
    let calendar = &school.set_up.calendar;
    let date = session.when.date;
    let mut found = Vec::new();
    if session.kind.is_visit() {
        let first = half_term.weekdays().find(|date| calendar.is_pupil_day(*date));
        if first.is_some_and(|first| monday(first) == monday(date)) {
            found.push((Preference::FirstWeek, format!("{} is in the first week after a break", day(date))));
        }
        if matches!(half_term.number, 2 | 6) && monday(half_term.to) == monday(date) {
            found.push((Preference::LastWeek, format!("{} is in the last week of term", day(date))));
        }
    }
    if calendar.pupil_days_in_week(date) < 3 {
        found.push((
            Preference::PartWeek,
            format!("the week of {} has fewer than three days", day(monday(date))),
        ));
    }
    for window in calendar
        .windows
        .iter()
        .filter(|window| window.kind.is_soft() && window.from <= date && date <= window.to)
    {
        let concerned =
            session.classes.iter().filter_map(|class| school.set_up.classes.get(class)).find(|class| {
                class.year_groups.iter().any(|year_group| window.year_groups.contains(year_group))
            });
        if let Some(class) = concerned {
            found.push((
                Preference::SoftWindow,
                format!("class {} has {} then", class.id, window.kind.title()),
            ));
        }
    }
    found
}
