//! The phase and its subjects judged, a row each, and how much evidence there is.

use super::evaluation::{EvaluationView, heading};
use crate::document::{Block, Cell, Chart, Column, Picture, Table, capitalised};
use crate::judge::answer::{Evaluation, StrandJudgement};
use crate::judge::firmness::Firmness;
use crate::overview::report::sections::SubjectEvidence;
use crate::school::{EvidenceKind, Framework, School};
use crate::view::overview::year_figures::shaped;

/// Outcomes and provision of the phase and of each subject.
pub(crate) fn table(school: &School, judged: &[Evaluation]) -> Vec<Block> {
    let strands: Vec<_> =
        judged.first().map(|one| one.strands.iter().map(|strand| strand.id).collect()).unwrap_or_default();
    let mut columns = vec![Column::text("of")];
    for strand in &strands {
        columns.push(Column::named(strand.word().to_owned(), false));
    }
    columns.extend([Column::text("the leader says"), Column::number("counted")]);
    let row = |evaluation: &Evaluation| {
        let framework = school.year.frameworks.get(&evaluation.framework);
        let of =
            evaluation.scope.subject.as_ref().map_or("The phase", |subject| school.subject_name(subject));
        let mut cells: Vec<Cell> = vec![of.into()];
        for strand in &strands {
            let own = evaluation.strands.iter().find(|one| one.id == *strand);
            cells.push(own.map_or(Cell::Empty, |own| answer(school, framework, evaluation, own).into()));
        }
        cells.push(said(school, framework, evaluation).into());
        cells.push(Cell::Number(i64::from(evaluation.items())));
        cells
    };
    let table = Table::new(columns, judged.iter().map(row).collect()).read_as(
        "what the evidence supports, with how firm it is: firm stays whatever one piece more says; borderline would change with it; provisional rests on too little. A piece counts where it is of these pupils, new enough, and speaks to an aspect. The fuller the sign, the higher the grade. The school's own judgements, not an inspection's.",
    );
    vec![Block::Table(table)]
}

fn answer(
    school: &School,
    framework: Option<&Framework>,
    evaluation: &Evaluation,
    strand: &StrandJudgement,
) -> String {
    if strand.rolled.graded.rank.is_none() || strand.rolled.firmness == Firmness::NoGrade {
        return "no grade yet".to_owned();
    }
    let Some(own) = framework else { return String::new() };
    let words = EvaluationView { school, framework: own, evaluation };
    let part = if strand.rolled.complete {
        String::new()
    } else {
        format!(", {} of {} aspects", strand.rolled.graded_aspects, strand.aspects.len())
    };
    format!("{}, {}{part}", shaped(framework, strand.rolled.graded.rank), words.firm(&strand.rolled))
}

fn said(school: &School, framework: Option<&Framework>, evaluation: &Evaluation) -> String {
    let Some(own) = framework else { return String::new() };
    let words = EvaluationView { school, framework: own, evaluation };
    let of = evaluation.strands.iter().filter_map(|strand| {
        let said = words.said("strand", strand.id.word()).or_else(|| words.said("area", strand.id.word()))?;
        Some(format!("{} {} ({})", strand.id.word(), words.label(said.graded.rank), said.state.word()))
    });
    capitalised(&of.collect::<Vec<_>>().join("; "))
}

/// Pieces of evidence, by subject and kind.
pub(crate) fn evidence(school: &School, rows: &[SubjectEvidence]) -> Vec<Block> {
    let used: Vec<(usize, EvidenceKind)> = EvidenceKind::ALL
        .iter()
        .copied()
        .enumerate()
        .filter(|(index, _)| rows.iter().any(|row| row.kinds.get(*index).is_some_and(|count| *count > 0)))
        .collect();
    let counts = rows.iter().map(|row| {
        let of = row.subject.as_ref().map_or("The phase", |subject| school.subject_name(subject));
        (of.to_owned(), used.iter().map(|(index, _)| row.kinds.get(*index).copied()).collect())
    });
    vec![Block::Chart(Chart {
        title: "Pieces of evidence, by subject and kind".to_owned(),
        picture: Picture::Counts {
            of: "subject",
            columns: used.iter().map(|(_, kind)| heading(*kind).to_owned()).collect(),
            rows: counts.collect(),
        },
        reads: "a figure is how many pieces were written down; what rests on one kind alone is never firm."
            .to_owned(),
    })]
}
