//! Preferences that sessions of a plan go against together: rows of the model.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::plan::schedule::model::{PlanningModel, ascii};
use crate::plan::schedule::solver::count;
use crate::school::{Id, Preference, day, monday};

fn weeks(model: &PlanningModel<'_, '_>) -> BTreeSet<NaiveDate> {
    model.context.slots.iter().map(|when| monday(when.date)).collect()
}

/// A subject at most once.
pub(super) fn different_subjects(model: &mut PlanningModel<'_, '_>) {
    let context = model.context;
    for (subject, _) in context.partners() {
        let id = Some(&subject.id);
        let kept = context.kept.iter().filter(|session| session.subject.as_ref() == id).count();
        let terms = model.such(|candidate| candidate.session.subject.as_ref() == id);
        let because = format!("{} comes more than once", subject.name);
        let name = format!("subject_{}", ascii(&subject.id));
        model.soft(Preference::DifferentSubjects, name, terms, 1 - count(kept).min(1), because);
    }
}

/// A session a week at most.
pub(super) fn one_a_week(model: &mut PlanningModel<'_, '_>) {
    for week in weeks(model) {
        let in_week = |date| monday(date) == week;
        let kept = model.context.kept.iter().filter(|session| in_week(session.when.date)).count();
        let terms = model.such(|candidate| in_week(candidate.session.when.date));
        let because = format!("the week of {} has more than one session", day(week));
        model.soft(Preference::OneAWeek, format!("week_{week}"), terms, 1 - count(kept).min(1), because);
    }
}

/// A subject leader's sessions, one a day at most.
pub(super) fn leader_twice_a_day(model: &mut PlanningModel<'_, '_>) {
    let context = model.context;
    let days: BTreeSet<NaiveDate> = context.slots.iter().map(|when| when.date).collect();
    let leaders: BTreeSet<&Id> = context.partners().map(|(_, leader)| leader).collect();
    for leader in leaders {
        for date in &days {
            let terms = model.such(|candidate| {
                candidate.session.when.date == *date && candidate.session.with.contains(leader)
            });
            let because = format!("{} has two sessions on {}", context.school.name_of(leader), day(*date));
            let name = format!("day_{}_{date}", ascii(leader));
            model.soft(Preference::LeaderTwiceADay, name, terms, 1, because);
        }
    }
}

/// A class visited once at most.
pub(super) fn same_class(model: &mut PlanningModel<'_, '_>) {
    for class in model.context.school.set_up.classes.keys() {
        let terms = model
            .such(|candidate| candidate.session.kind.is_visit() && candidate.session.classes.contains(class));
        let because = format!("class {class} is visited more than once");
        model.soft(Preference::SameClass, format!("class_{}", ascii(class)), terms, 1, because);
    }
}

/// A teacher visited once a week at most.
pub(super) fn teacher_twice_a_week(model: &mut PlanningModel<'_, '_>) {
    for teacher in model.teachers() {
        let teacher_name = model.context.school.name_of(&teacher);
        for week in weeks(model) {
            let terms = model.such(|candidate| {
                monday(candidate.session.when.date) == week && candidate.session.teachers.contains(&teacher)
            });
            let because = format!("{teacher_name} has two visits in the week of {}", day(week));
            let name = format!("teacher_{}_{week}", ascii(&teacher));
            model.soft(Preference::TeacherTwiceAWeek, name, terms, 1, because);
        }
    }
}

/// At most 3 visits and 180 minutes to a teacher in the year. Where one visit alone is too many it costs already:
/// what is shared counts here.
pub(super) fn teacher_over_year(model: &mut PlanningModel<'_, '_>) {
    for teacher in model.teachers() {
        let teacher_name = model.context.school.name_of(&teacher);
        let (visits, minutes) = model.context.visits_before(&teacher, None);
        let room =
            i64::from(3_u32.saturating_sub(visits)).min(i64::from(180_u32.saturating_sub(minutes)) / 30);
        let terms = model.such(|candidate| candidate.session.teachers.contains(&teacher));
        let because = format!("{teacher_name} would have more than 3 visits or 180 minutes this year");
        let name = format!("year_{}", ascii(&teacher));
        model.soft(Preference::TeacherOverYear, name, terms, room.max(1), because);
    }
}
