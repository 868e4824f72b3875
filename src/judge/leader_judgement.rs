//! What the leader judges, set next to what the evidence supports; never overwritten by it.

use super::answer::{AreaJudgement, GradeOnScale, StrandJudgement};
use super::gather::Scope;
use crate::judge::answer::LeaderJudgement;
use crate::school::{Framework, JudgedGrade, Judgement, JudgementState, JudgementTarget, School};

/// The judgements of the scope's framework, made by the end of the scope, in the order of their dates; of
/// one day the agreed ones last.
pub fn within<'s>(school: &'s School, scope: &'s Scope) -> impl Iterator<Item = &'s Judgement> {
    let calendar = &school.set_up.calendar;
    let next = calendar.half_term(scope.half_term + 1).map(|next| next.from);
    school.year.judgements.iter().filter(move |judgement| {
        let framework = judgement.framework.as_ref().unwrap_or(&school.settings.framework);
        *framework == scope.framework && (scope.year || next.is_none_or(|next| judgement.date < next))
    })
}

/// The latest judgement of each strand, area, aspect and statement of a scope: the last agreed one, and a
/// draft since.
pub fn said(
    school: &School,
    scope: &Scope,
    framework: &Framework,
    areas: &[AreaJudgement],
    strands: &[StrandJudgement],
) -> Vec<LeaderJudgement> {
    let mut latest: Vec<&Judgement> = Vec::new();
    for judgement in
        within(school, scope).filter(|judgement| judgement.about.subject() == scope.subject.as_ref())
    {
        // A draft does not take the place of what was agreed; what is agreed ends every draft before it.
        let stays = |other: &&Judgement| {
            other.of != judgement.of
                || (judgement.state == JudgementState::Draft && other.state == JudgementState::Agreed)
        };
        latest.retain(stays);
        latest.push(judgement);
    }
    latest.sort_by(|a, b| (&a.of, a.date, a.state).cmp(&(&b.of, b.date, b.state)));
    latest.into_iter().map(|judgement| beside(judgement, framework, areas, strands)).collect()
}

fn beside(
    judgement: &Judgement,
    framework: &Framework,
    areas: &[AreaJudgement],
    strands: &[StrandJudgement],
) -> LeaderJudgement {
    let aspects = || areas.iter().flat_map(|area| &area.aspects);
    let (what, id, title, evidence) = match &judgement.of {
        JudgementTarget::Strand(strand) => {
            let found = strands.iter().find(|other| other.id == *strand);
            let evidence = found.map(|found| (found.rolled.graded.clone(), found.rolled.firmness));
            ("strand", strand.word().to_owned(), strand.word().to_owned(), evidence)
        }
        JudgementTarget::Area(id) => {
            let found = areas.iter().find(|area| area.id == *id);
            let evidence = found.map(|area| (area.rolled.graded.clone(), area.rolled.firmness));
            ("area", id.to_string(), found.map_or(id.to_string(), |area| area.title.clone()), evidence)
        }
        JudgementTarget::Aspect(id) => {
            let found = aspects().find(|aspect| aspect.id == *id);
            let evidence = found.map(|aspect| (aspect.graded.clone(), aspect.firmness));
            ("aspect", id.to_string(), found.map_or(id.to_string(), |aspect| aspect.title.clone()), evidence)
        }
        JudgementTarget::Stated(id) => {
            let title = framework.stated(id).map_or(id.to_string(), |stated| stated.label.clone());
            ("statement", id.to_string(), title, None)
        }
    };
    let (rank, value) = match &judgement.judged {
        JudgedGrade::Grade(rank) => (Some(*rank), None),
        JudgedGrade::Value(value) => (None, Some(value.clone())),
    };
    LeaderJudgement {
        what,
        id,
        title,
        graded: GradeOnScale::of(framework, rank),
        value,
        state: judgement.state,
        date: judgement.date,
        at: Some(judgement.at.clone()),
        note: judgement.note.clone(),
        evidence_grade: evidence.as_ref().and_then(|(graded, _)| graded.grade.clone()),
        evidence_rank: evidence.as_ref().and_then(|(graded, _)| graded.rank),
        evidence_firmness: evidence.map(|(_, firmness)| firmness),
    }
}
