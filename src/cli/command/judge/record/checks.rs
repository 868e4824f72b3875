//! What sets a new row apart from those that are there, and what a person should know of it.

use chrono::NaiveDate;

use super::args::HalfTermRows;
use crate::load::formats::times;
use crate::school::layout::rows::{SetUpRow, of};
use crate::school::{Evidence, EvidenceKind, Id, Phase, School};

/// Rows that say something new; and of the others, where they are already. A row without a sample that says
/// word for word what another says would count twice.
pub(crate) fn new_and_known(school: &School, rows: HalfTermRows) -> (HalfTermRows, Vec<String>) {
    let (mut new, mut already) = (Vec::new(), Vec::new());
    for (half_term, row) in rows {
        match school.year.evidence.iter().find(|known| is_same(school, known, &row)) {
            Some(known) => already.push(format!(
                "{} {}: word for word as {} ({}); if it is of other pieces, give each a `sample` of its own",
                of(&row, "kind"),
                of(&row, "aspect"),
                known.id,
                known.at
            )),
            None => new.push((half_term, row)),
        }
    }
    (new, already)
}

fn is_same(school: &School, known: &Evidence, row: &SetUpRow) -> bool {
    let framework = known.framework.as_ref().unwrap_or(&school.settings.framework);
    let rank = |name: &str| {
        let grades = school.year.frameworks.get(framework).map(|framework| framework.grades.as_slice());
        crate::load::frameworks::lookup::grade(of(row, name), grades.unwrap_or_default()).ok()
    };
    let mut classes: Vec<&str> =
        of(row, "classes").split([';', ',']).map(str::trim).filter(|class| !class.is_empty()).collect();
    classes.sort_unstable();
    let id = |id: Option<&Id>| id.map_or("", Id::as_str).to_owned();
    let notes = known.notes.as_deref().cloned().unwrap_or_default();
    times::date(of(row, "date")) == Ok(known.date)
        && crate::load::frameworks::lookup::kind(of(row, "kind")) == Ok(known.kind)
        && known.about.subject().map_or("phase", Id::as_str).eq_ignore_ascii_case(of(row, "subject"))
        && known.aspect.as_str() == of(row, "aspect")
        && (known.grade, known.moderator_grade, known.agreed_grade)
            == (rank("grade"), rank("moderator_grade"), rank("agreed_grade"))
        && known.classes.iter().map(Id::as_str).eq(classes)
        && id(known.by.as_ref()) == of(row, "by")
        && id(known.sample.as_ref()) == of(row, "sample")
        && notes.strength == of(row, "strength")
        && notes.concern == of(row, "concern")
        && notes.next_step == of(row, "next_step")
}

/// What a person should know of rows that are added.
pub(crate) fn notes(school: &School, phase: &Phase, rows: &HalfTermRows, today: NaiveDate) -> Vec<String> {
    let mut notes: Vec<String> = rows.iter().flat_map(|(_, row)| of_row(school, phase, row, today)).collect();
    notes.dedup();
    notes
}

fn of_row(school: &School, phase: &Phase, row: &SetUpRow, today: NaiveDate) -> Vec<String> {
    let mut notes = Vec::new();
    let said = |name: &str| !of(row, name).is_empty();
    let name = of(row, "aspect");
    if times::date(of(row, "date")).is_ok_and(|date| date > today) {
        notes.push(format!("{} is after today.", of(row, "date")));
    }
    let is_visit = of(row, "kind") == EvidenceKind::Lessons.word() && !said("rests_on");
    if !said("grade") && !said("moderator_grade") && !said("agreed_grade") && !is_visit {
        notes.push(format!("{name}: without a grade it describes, and does not vote."));
    }
    if said("moderator_grade") && !said("agreed_grade") {
        notes.push(format!(
            "{name}: to be agreed; it does not count until then: phase record --agree ID --agreed-grade GRADE"
        ));
    }
    let framework = school.year.frameworks.get(&school.settings.framework);
    let aspect = framework.and_then(|framework| framework.aspect(&Id::new(name)));
    if let (Some(aspect), Ok(kind)) = (aspect, crate::load::frameworks::lookup::kind(of(row, "kind")))
        && said("grade")
        && !aspect.kinds.contains(&kind)
    {
        notes.push(format!("{} cannot speak to {name}, so it does not count.", kind.title()));
    }
    let other = |class: &str| {
        let class =
            school.set_up.classes.values().find(|known| known.id.as_str().eq_ignore_ascii_case(class));
        class.filter(|class| !phase.has(class)).map(|class| class.id.clone())
    };
    for class in of(row, "classes").split([';', ',']).filter_map(|class| other(class.trim())) {
        notes.push(format!("{class} is not in {}, so it does not count there.", phase.name));
    }
    if !said("classes") && !said("year_group") && !said("rests_on") {
        notes.push(format!("{name}: it names no class and no year group."));
    }
    let rank = |name: &str| crate::load::frameworks::lookup::grade(of(row, name), &framework?.grades).ok();
    if let (Some(one), Some(other), Some(agreed)) =
        (rank("grade"), rank("moderator_grade"), rank("agreed_grade"))
        && !(one.min(other)..=one.max(other)).contains(&agreed)
    {
        notes.push(format!("{name}: the agreed grade lies outside both first views."));
    }
    if is_visit {
        let visits = school.year.evidence.iter().filter(|known| {
            known.kind == EvidenceKind::Lessons
                && !known.has_view()
                && known.academic_year == school.set_up.calendar.academic_year.0
                && known.about.subject().is_some_and(|subject| subject.as_str() == of(row, "subject"))
        });
        let ids: Vec<&str> = visits.map(|visit| visit.id.as_str()).collect();
        if !ids.is_empty() {
            notes.push(format!(
                "Visits so far: {}; a grade for lessons may rest on two or more.",
                ids.join(", ")
            ));
        }
    }
    notes
}
