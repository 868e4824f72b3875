//! The codes behind a gap, for the leader's screen: a list for a pupil progress meeting.

use super::trajectory::TrajectoryView;
use crate::document::{Block, Cell, Document, Table};
use crate::school::attainment::pupils::MOBILITY;
use crate::school::{DatedPoint, Group, Measure, Pupil, School};
use crate::track::cohort::{Cohort, PupilMark};
use crate::track::trajectory::answer::{SubjectProgress, Trajectory};
use crate::view::counted;

/// The codes behind a gap, as a list for a pupil progress meeting: for the leader's screen only.
pub fn document(school: &School, answer: &Trajectory, cohort: &Cohort<'_>) -> Document {
    let words = TrajectoryView { school, answer };
    let mut blocks = vec![Block::Paragraph(
        "For you only: a list for a pupil progress meeting, not for a file or a report.".to_owned(),
    )];
    // A pupil stands in one list: groups and the higher standard have theirs where they are asked for.
    let asked = |row: &&SubjectProgress| {
        let listed = answer.subjects.iter().any(|other| {
            other.subject == row.subject && other.group == Group::All && other.measure != Measure::Higher
        });
        row.group == Group::All && (row.measure != Measure::Higher || !listed)
    };
    let rows = answer.subjects.iter().filter(|row| row.year_group.is_some() || cohort.year_groups.len() == 1);
    for row in rows.filter(asked).filter(|row| row.at_standard < row.n) {
        let mut list = pupils_below(school, row, cohort);
        list.sort_by_key(|cells: &Vec<Cell>| format!("{cells:?}"));
        blocks.push(Block::Heading(format!(
            "{}, {}: {} not at the standard",
            words.of(row),
            row.point,
            counted(list.len(), "pupil")
        )));
        blocks.push(Block::Table(
            Table::of(["class", "pupil", "now", "at baseline", "groups"], list.into_iter())
                .read_as("codes, for the leader only: a row a pupil, with the result that counts."),
        ));
    }
    if blocks.len() == 1 {
        blocks.push(Block::Paragraph("Nobody is below the standard in what was asked.".to_owned()));
    }
    Document::new(words.title(), blocks, Table::default(), answer.made_on)
}

/// The pupils of a row who are not at the standard, a row each.
fn pupils_below(school: &School, row: &SubjectProgress, cohort: &Cohort<'_>) -> Vec<Vec<Cell>> {
    let marks = cohort.marks(&row.subject, row.measure, cohort.now(row.point));
    let mut list = Vec::new();
    for (index, pupil) in cohort.members() {
        let mark = marks.get(index).copied().unwrap_or(PupilMark::NoResult);
        let of_row = row.year_group.as_deref().is_none_or(|year| pupil.year_group.to_string() == year);
        let in_group = row.group.has(pupil, &school.settings.groupings) == Some(true);
        if !of_row || !in_group || !matches!(mark, PupilMark::NotMet | PupilMark::NotAssessed) {
            continue;
        }
        let result = |moments: Vec<DatedPoint>| {
            let rows = moments.into_iter().flat_map(|moment| cohort.rows(&row.subject, moment, |_| true));
            let own = rows.into_iter().find(|(other, _)| *other == index);
            own.map_or_else(String::new, |(_, outcome)| outcome.said())
        };
        let began = result(cohort.entries().collect());
        let now = match result(vec![cohort.now(row.point)]) {
            said if said.is_empty() && mark == PupilMark::NotAssessed => "not assessed".to_owned(),
            said if said.is_empty() => "not at it".to_owned(),
            said => said,
        };
        list.push(vec![
            pupil.class.as_str().into(),
            pupil.id.as_str().into(),
            now.into(),
            began.into(),
            groups(school, pupil).into(),
        ]);
    }
    list
}

/// The groups of a pupil that a meeting asks about.
fn groups(school: &School, pupil: &Pupil) -> String {
    let groups = school.settings.groupings.iter().zip(&pupil.groups).filter_map(|(grouping, value)| {
        let value = value.as_ref()?;
        let counts = match grouping.column.as_str() {
            "send" => value.as_str() != "N",
            MOBILITY => value.as_str() == "yes",
            _ => grouping.sensitive && value.as_str() == "yes",
        };
        counts.then(|| grouping.says(value.as_str()))
    });
    groups.collect::<Vec<_>>().join(", ")
}
