//! `classes.csv` and `timetable.csv`: the classes and what they are taught when.

use std::collections::BTreeMap;

use crate::load::formats::{Record, times, values};
use crate::load::names::{Names, twice};
use crate::school::{Class, Id, Lesson, Period, RecurringDays, RecurringTime, YearGroup};

/// The names of the classes, and the year groups of each.
pub fn names(records: &[Record<'_>], mut names: Names) -> (Names, Vec<(Id, Vec<YearGroup>)>) {
    let mut year_groups = Vec::new();
    for record in records {
        let Some(cell) = record.required("id") else { continue };
        let id = record.id_of(cell);
        if let Some(twin) = names.add(&id, &cell.text) {
            record.error(&cell.at, twice("class", &id, &twin), "give each class an id of its own");
        }
        record.required("year_group");
        let years = record.values("year_group", values::year_groups).into_iter().flatten().collect();
        year_groups.push((id, years));
    }
    (names, year_groups)
}

/// The classes, their teachers known.
pub fn classes(
    records: &[Record<'_>],
    year_groups: &[(Id, Vec<YearGroup>)],
    staff: &Names,
) -> BTreeMap<Id, Class> {
    let mut classes = BTreeMap::new();
    for record in records {
        let Some(id) = record.id("id") else { continue };
        let years = year_groups.iter().find(|(class, _)| *class == id).map(|(_, years)| years.clone());
        let class = Class {
            year_groups: years.unwrap_or_default(),
            teachers: record.values("teacher", |text| staff.find(text)),
            room: record.text("room"),
            pupils: record.read("pupils", |text| values::number(text, 0..=200)),
            lessons: Vec::new(),
            at: record.place(),
            id: id.clone(),
        };
        classes.entry(id).or_insert(class);
    }
    classes
}

/// Adds the lessons of the timetable to the classes.
pub fn timetable(
    records: &[Record<'_>],
    periods: &[Period],
    names: (&Names, &Names, &Names),
    classes: &mut BTreeMap<Id, Class>,
) {
    let (class_names, subject_names, staff) = names;
    for record in records {
        let filled = ["class", "weekday", "period", "subject"].map(|name| record.required(name).is_some());
        let class = record.read("class", |text| class_names.find(text));
        let weekday = record.read("weekday", times::weekday);
        let hours = record.read("period", |text| times::hours(text, periods)).unwrap_or_default();
        let subject = record.read("subject", |text| subject_names.find(text));
        let teacher = record.read("teacher", |text| staff.find(text));
        let week = record.read("week", times::week_letter);
        let half_term = record.read("half_term", times::half_term);
        let (true, Some(class), Some(weekday), Some(subject)) =
            (filled.iter().all(|filled| *filled), class, weekday, subject)
        else {
            continue;
        };
        let Some(class) = classes.get_mut(&class) else { continue };
        for hours in hours {
            let when = RecurringTime { days: RecurringDays::Weekly(weekday), hours: Some(hours), week };
            let lesson = Lesson {
                when,
                half_term,
                subject: subject.clone(),
                teacher: teacher.clone(),
                at: record.place(),
            };
            if let Some(other) = class.lessons.iter().find(|other| at_once(other, &lesson)) {
                let message = format!("class {} has another lesson then ({})", class.id, other.at);
                record.error(&record.at, message, "one of the two is wrong, or says no week or half term");
            }
            class.lessons.push(lesson);
        }
    }
    for class in classes.values_mut() {
        class.lessons.sort_by(|a, b| {
            (hours(a), &a.subject, a.half_term, a.when.week, &a.at).cmp(&(
                hours(b),
                &b.subject,
                b.half_term,
                b.when.week,
                &b.at,
            ))
        });
    }
}

fn hours(lesson: &Lesson) -> (u32, Option<crate::school::Hours>) {
    let day = match lesson.when.days {
        RecurringDays::Weekly(day) => day.num_days_from_monday(),
        RecurringDays::Dates(..) => 7,
    };
    (day, lesson.when.hours)
}

/// Whether a class would have both lessons at one time.
fn at_once(a: &Lesson, b: &Lesson) -> bool {
    let both = |a: Option<u8>, b: Option<u8>| a.is_none() || b.is_none() || a == b;
    a.when.days == b.when.days
        && both(a.half_term, b.half_term)
        && (a.when.week.is_none() || b.when.week.is_none() || a.when.week == b.when.week)
        && a.when.hours.zip(b.when.hours).is_some_and(|(a, b)| a.overlap(b))
}
