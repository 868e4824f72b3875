//! What rows of evidence cannot say together: one id for two, a grade for lessons on visits that cannot carry
//! it, views of one sample that do not fit.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::NaiveDate;

use crate::load::formats::values;
use crate::load::records::reader::SourceIndex;
use crate::school::{Class, Evidence, EvidenceKind, EvidenceSubject, Id, School};

/// Says what rows cannot say together: one id for two, a grade on visits that are none, views of one
/// sample that do not fit.
pub fn together(all: &[Evidence], school: &School, index: &SourceIndex<'_>) {
    let mut by_id: HashMap<&Id, &Evidence> = HashMap::with_capacity(all.len());
    for item in all {
        if let Some(first) = by_id.insert(&item.id, item) {
            let (first, again) = if first.at < item.at { (first, item) } else { (item, first) };
            let message = format!("the id `{}` is there twice ({})", item.id, first.at);
            index.error(&again.at, message, "each piece of evidence has an id of its own");
        }
    }
    let mut samples: BTreeMap<&Id, Vec<&Evidence>> = BTreeMap::new();
    let mut collated: BTreeMap<(u8, &EvidenceSubject, &Id, &Option<Id>), &Evidence> = BTreeMap::new();
    for item in all {
        if let Some(sample) = &item.sample {
            samples.entry(sample).or_default().push(item);
        }
        if item.kind == EvidenceKind::Lessons && item.has_view() {
            visits(item, &by_id, school, index);
            if item.sample.is_none() && item.classes.is_empty() {
                let key = (item.half_term, &item.about, &item.aspect, &item.framework);
                if let Some(first) = collated.insert(key, item) {
                    let (first, again) = if first.at < item.at { (first, item) } else { (item, first) };
                    let message = format!(
                        "lessons have a grade for `{}` in this half term already ({})",
                        item.aspect, first.at
                    );
                    let hint = "add these visits to `rests_on` of that row instead, and change its grade if it has changed";
                    index.error(&again.at, message, hint);
                }
            }
        }
    }
    for (sample, items) in samples {
        views(sample, &items, index);
    }
}

/// Says what a grade for lessons cannot rest on.
fn visits(item: &Evidence, by_id: &HashMap<&Id, &Evidence>, school: &School, index: &SourceIndex<'_>) {
    for id in &item.rests_on {
        let (message, hint) = match by_id.get(id) {
            None => {
                let near = values::nearest(id.as_str(), by_id.keys().map(|id| id.as_str()));
                let hint = near
                    .map_or("name the id of a visit".to_owned(), |near| format!("did you mean `{near}`?"));
                (format!("`rests_on` names `{id}`, which no evidence has as its id"), hint)
            }
            Some(visit) if visit.kind != EvidenceKind::Lessons || visit.has_view() => (
                format!("`rests_on` names `{id}`, which is no visit ({})", visit.at),
                "name lesson visits without a grade".to_owned(),
            ),
            Some(visit) if item.about != EvidenceSubject::Phase && visit.about != item.about => (
                format!("`rests_on` names `{id}`, a visit for another subject ({})", visit.at),
                "name visits of this subject, or grade the phase".to_owned(),
            ),
            Some(visit) if visit.date > item.date => (
                format!("`rests_on` names `{id}`, a visit after the grade ({})", visit.at),
                "give the grade after the visits".to_owned(),
            ),
            Some(_) => continue,
        };
        index.error(&item.at, message, &hint);
    }
    // Visits to one class only would grade its teacher; in a phase of one class, different days do.
    let seen: Vec<&&Evidence> = item.rests_on.iter().filter_map(|id| by_id.get(id)).collect();
    let of: BTreeSet<&Id> = seen.iter().flat_map(|visit| visit.classes.iter()).collect();
    let days: BTreeSet<NaiveDate> = seen.iter().map(|visit| visit.date).collect();
    let is_alone = |class: &Class| {
        let with_it = school.set_up.phases.iter().filter(|phase| phase.has(class));
        with_it.clone().count() > 0
            && with_it
                .clone()
                .all(|phase| school.set_up.classes.values().filter(|class| phase.has(class)).count() == 1)
    };
    let alone = of.iter().filter_map(|class| school.set_up.classes.get(*class)).all(is_alone);
    let apart = of.len() >= 2 || (alone && days.len() >= 2) || !school.set_up.known.classes;
    if seen.len() >= 2 && item.classes.is_empty() && !apart {
        let message = "a grade for lessons rests on visits to at least two classes";
        let hint = "name visits that say which class they were to; one class's lessons are never graded";
        index.error(&item.at, message, hint);
    }
}

/// Says where the views of one sample do not fit together.
fn views(sample: &Id, items: &[&Evidence], index: &SourceIndex<'_>) {
    let Some(first) = items.first() else { return };
    for item in items {
        if item.kind != first.kind || item.about != first.about {
            let message = format!("the sample `{sample}` is of something else at {}", first.at);
            index.error(&item.at, message, "one sample is of one kind and subject: give this one its own id");
        }
    }
    let mut by_aspect: BTreeMap<&Id, Vec<&Evidence>> = BTreeMap::new();
    for item in items {
        by_aspect.entry(&item.aspect).or_default().push(item);
    }
    for rows in by_aspect.values() {
        let agreed: Vec<&&Evidence> = rows.iter().filter(|item| item.agreed_grade.is_some()).collect();
        if let [one, .., other] = agreed.as_slice()
            && agreed.iter().any(|item| item.agreed_grade != one.agreed_grade)
        {
            let message = format!("the sample `{sample}` has another agreed grade at {}", one.at);
            index.error(&other.at, message, "a sample has one agreed grade for each aspect");
        }
        let views = rows
            .iter()
            .map(|item| usize::from(item.grade.is_some()) + usize::from(item.moderator_grade.is_some()));
        if let (Some(item), true) = (agreed.first(), views.sum::<usize>() < 2) {
            let message = "an agreed grade without the two views it came from".to_owned();
            index.error(&item.at, message, "write both first views, as they were before talking");
        }
        let mut raters: Vec<&Id> = Vec::new();
        for item in rows {
            for rater in item
                .by
                .iter()
                .filter(|_| item.grade.is_some())
                .chain(item.moderator.iter().filter(|_| item.moderator_grade.is_some()))
            {
                if raters.contains(&rater) {
                    let message = format!("the sample `{sample}` has two views of `{rater}` on one aspect");
                    index.error(&item.at, message, "each person has one view of a sample");
                }
                raters.push(rater);
            }
        }
    }
}
