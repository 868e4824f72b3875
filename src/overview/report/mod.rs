//! Reports as answers: each section an answer of its own, as its audience may see it.

pub mod answer;
pub(crate) mod compose;
pub mod list;
pub mod sections;

use chrono::NaiveDate;

use crate::overview::report::answer::{Report, ReportQuery, ReportSection};
use crate::school::{Phase, ReportCustomisation, ReportKind, School, Section};
use compose::SectionComposer;
use sections::SectionContent;

/// Puts a report together.
pub fn report(school: &School, phase: &Phase, asked: &ReportQuery, today: NaiveDate) -> Report {
    // A term is two half terms.
    let first = match asked.kind {
        ReportKind::EndOfTerm => asked.half_term - (asked.half_term + 1) % 2,
        _ => 1,
    };
    let answers = SectionComposer::new(school, phase, asked, (first, asked.half_term), today);
    let chosen = school.year.reports.get(&asked.kind);
    let main = chosen.and_then(|choice| choice.sections.clone());
    let appendix = chosen.and_then(|choice| choice.appendix.clone());
    let main = main.unwrap_or_else(|| asked.kind.sections().to_vec());
    let appendix = appendix.unwrap_or_else(|| asked.kind.appendix().to_vec());
    let mut sections: Vec<ReportSection> = Vec::new();
    let mut left_out = Vec::new();
    for (section, is_appendix) in
        main.into_iter().map(|one| (one, false)).chain(appendix.into_iter().map(|one| (one, true)))
    {
        match answers.content(section) {
            Some(content) => sections.push(ReportSection { section, appendix: is_appendix, content }),
            None => left_out.push(section),
        }
    }
    let test: Vec<Section> = sections.iter().map(|part| part.section).collect();
    for part in &mut sections {
        if part.section == Section::Agenda {
            let others = |section: &Section| *section != Section::Agenda;
            part.content = SectionContent::Sections(test.iter().copied().filter(others).collect());
        }
    }
    Report {
        schema: "phase/report/1",
        kind: asked.kind,
        audience: asked.audience.clone(),
        academic_year: school.set_up.calendar.academic_year.to_string(),
        half_terms: (first, asked.half_term),
        phase: phase.id.clone(),
        figures: chosen.is_some_and(ReportCustomisation::tells_figures).then(|| answers.figures().clone()),
        sections,
        left_out,
        made_on: today,
    }
}
