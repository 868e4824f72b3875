//! The same figures each time: what a report on a year begins with, besides what is known of the year before.

use serde::Serialize;

use crate::improve::actions::Actions;
use crate::improve::effects::EffectVerdict;
use crate::improve::objective_state::ObjectiveState;
use crate::improve::objectives::{ObjectiveProgress, Objectives};
use crate::judge::answer::{Evaluation, GradeOnScale};
use crate::judge::firmness::Firmness;
use crate::judge::moderation::Moderation;
use crate::plan::monitoring::Monitoring;
use crate::school::{ActionStatus, Evidence, Group, Phase, School, Session, SessionStatus, Strand};
use crate::statistics::proportion_test::Flag;
use crate::track::gaps::Gaps;
use crate::track::trajectory::answer::{SubjectProgress, Trajectory};

/// So many of so many.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct FigureOf {
    pub with: u32,
    /// All.
    pub of: u32,
}

impl FigureOf {
    fn of(with: usize, of: usize) -> Self {
        let number = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        Self { with: number(with), of: number(of) }
    }
}

/// What the evidence supports for one of the job card's questions, and what the leader says of it.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct QuestionGrade {
    pub question: Strand,
    pub evidence: GradeOnScale,
    pub firmness: Firmness,
    /// What the leader says, agreed or, to those who see drafts, in draft.
    pub leader: Option<GradeOnScale>,
}

/// How subjects, year groups and groups stand against their paths.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct TrajectoryCounts {
    pub tested: u32,
    pub below: u32,
    pub in_line: u32,
    pub above: u32,
}

/// What came of strategies, of which results or evidence say anything.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct StrategyOutcomes {
    /// Improved, or back on their path.
    pub better: u32,
    /// No sign of a change for the better that is more than chance.
    pub no_sign: u32,
    /// Too soon, too few, or nothing to compare with.
    pub open: u32,
}

/// Actions by what happened to them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ActionCounts {
    pub done: u32,
    pub open: u32,
    pub late: u32,
}

/// The figures of one year.
#[derive(Clone, Debug, Default, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct YearFigures {
    pub academic_year: String,
    /// Pupils on the roll of the phase; none where that is not known, or so few that it is not shown.
    pub pupils: Option<u32>,
    /// Sessions held, of those that were to be held by now.
    pub sessions: Option<FigureOf>,
    /// Subjects looked at, of those with a leader.
    pub subjects: Option<FigureOf>,
    /// Pieces of evidence.
    pub pieces: Option<u32>,
    /// Outcomes and provision of the phase.
    pub answers: Vec<QuestionGrade>,
    /// How subjects stand against their paths.
    pub paths: Option<TrajectoryCounts>,
    /// Pairs of groups that are set apart, of those compared.
    pub apart: Option<FigureOf>,
    pub objectives: Option<FigureOf>,
    /// Criteria met, of those that are shown.
    pub criteria: Option<FigureOf>,
    pub actions: Option<ActionCounts>,
    /// What came of those that have begun.
    pub came: Option<StrategyOutcomes>,
    /// First views of two leaders that are the same.
    pub agreed: Option<FigureOf>,
}

/// The answers that the figures are taken from, each as its audience may see it.
pub(in crate::overview) struct FigureSources<'a> {
    pub monitoring: &'a Monitoring,
    pub phase: Option<&'a Evaluation>,
    pub trajectory: Option<&'a Trajectory>,
    pub gaps: Option<&'a Gaps>,
    pub objectives: Option<&'a Objectives>,
    pub actions: &'a Actions,
    pub moderation: Option<&'a Moderation>,
    pub pieces: Option<u32>,
}

/// The figures of this academic year.
pub(in crate::overview) fn of_this_year(
    school: &School,
    phase: &Phase,
    from: &FigureSources<'_>,
) -> YearFigures {
    let sum = |number: fn(&crate::plan::monitoring::SessionCount) -> u32| {
        from.monitoring.half_terms.iter().map(|one| number(&one.all)).sum::<u32>()
    };
    let seen = from.monitoring.subjects.iter();
    let seen = seen.filter(|one| one.half_terms.iter().flatten().any(|count| *count > 0)).count();
    let year = school.set_up.calendar.academic_year.0;
    let given_out = !from.monitoring.half_terms.is_empty();
    let objectives = from.objectives.map(|answer| &answer.objectives).filter(|all| !all.is_empty());
    YearFigures {
        academic_year: school.set_up.calendar.academic_year.to_string(),
        pupils: on_roll(school, phase, year),
        sessions: given_out.then(|| FigureOf { with: sum(|one| one.held), of: sum(|one| one.planned) }),
        subjects: given_out.then(|| FigureOf::of(seen, from.monitoring.subjects.len())),
        pieces: from.pieces,
        answers: from.phase.map(answers).unwrap_or_default(),
        paths: from.trajectory.map(paths).filter(|paths| paths.tested > 0),
        apart: from.gaps.filter(|gaps| gaps.tests > 0).map(apart),
        objectives: objectives.map(|all| {
            FigureOf::of(all.iter().filter(|one| one.state == ObjectiveState::Met).count(), all.len())
        }),
        criteria: objectives.map(|all| {
            let sum = |(met, of), one: &ObjectiveProgress| (met + one.progress.met, of + one.progress.of);
            let (met, of) = all.iter().fold((0, 0), sum);
            FigureOf::of(met, of)
        }),
        actions: (!from.actions.actions.is_empty()).then(|| doing(from.actions)),
        came: Some(came(from.actions)).filter(|came| *came != StrategyOutcomes::default()),
        agreed: from
            .moderation
            .and_then(|one| one.all)
            .filter(|all| all.n > school.settings.privacy.hidden_up_to)
            .map(|all| FigureOf { with: all.exact, of: all.n }),
    }
}

/// What is known of the year before: its pupils, its sessions, its evidence.
pub(in crate::overview) fn of_year_before(school: &School, phase: &Phase) -> Option<YearFigures> {
    let year = school.set_up.calendar.academic_year.0 - 1;
    let own =
        |session: &&Session| session.owner == phase.leader && session.status != SessionStatus::Cancelled;
    let earlier: Vec<&Session> = school.year.earlier.iter().filter(own).collect();
    let held = earlier.iter().filter(|session| session.status == SessionStatus::Held).count();
    let figures = YearFigures {
        academic_year: crate::school::AcademicYear(year).to_string(),
        pupils: on_roll(school, phase, year),
        sessions: (!earlier.is_empty()).then(|| FigureOf::of(held, earlier.len())),
        pieces: u32::try_from(pieces(school, phase, year, (1, 6)).count()).ok().filter(|pieces| *pieces > 0),
        ..YearFigures::default()
    };
    (figures.pupils.is_some() || figures.sessions.is_some() || figures.pieces.is_some()).then_some(figures)
}

fn on_roll(school: &School, phase: &Phase, year: i32) -> Option<u32> {
    let year_results = school.attainment.results_by_year.get(&year)?;
    let own =
        year_results.pupils.iter().filter(|pupil| phase.year_groups.contains(&pupil.year_group)).count();
    u32::try_from(own).ok().filter(|own| *own > school.settings.privacy.counts_up_to)
}

/// The pieces of evidence of a phase in a year, up to a half term.
pub(in crate::overview) fn pieces<'s>(
    school: &'s School,
    phase: &Phase,
    year: i32,
    (from, to): (u8, u8),
) -> impl Iterator<Item = &'s Evidence> {
    school.year.evidence.iter().filter(move |row| {
        let of_phase = match &*row.classes {
            [] => phase.is_told_of(&row.year_groups),
            classes => {
                classes.iter().any(|id| school.set_up.classes.get(id).is_some_and(|class| phase.has(class)))
            }
        };
        row.academic_year == year && (from..=to).contains(&row.half_term) && of_phase
    })
}

fn answers(evaluation: &Evaluation) -> Vec<QuestionGrade> {
    let said = |id: &str| {
        let own = evaluation.judgement.iter().filter(|said| said.id == id);
        own.max_by_key(|said| said.date).map(|said| said.graded.clone())
    };
    let of = evaluation.strands.iter().map(|strand| QuestionGrade {
        question: strand.id,
        evidence: strand.rolled.graded.clone(),
        firmness: strand.rolled.firmness,
        leader: said(strand.id.word()),
    });
    of.collect()
}

fn paths(answer: &Trajectory) -> TrajectoryCounts {
    let by_year = answer.subjects.iter().any(|row| row.year_group.is_some());
    let number = |rows: usize| u32::try_from(rows).unwrap_or(u32::MAX);
    let off = |flag: Flag| answer.off(flag);
    let is_tested = |row: &&SubjectProgress| {
        row.group == Group::All && matches!(row.flag, Some(Flag::Below | Flag::InLine | Flag::Above))
    };
    // The phase is its year groups together: it counts where there are none, or where it alone is off its path.
    let tested = answer.subjects.iter().filter(is_tested).filter(|row| row.year_group.is_some() == by_year);
    let alone = |flag: Flag| off(flag).iter().filter(|row| by_year && row.year_group.is_none()).count();
    let tested = number(tested.count() + alone(Flag::Below) + alone(Flag::Above));
    let (below, above) = (number(off(Flag::Below).len()), number(off(Flag::Above).len()));
    TrajectoryCounts { tested, below, above, in_line: tested.saturating_sub(below + above) }
}

fn apart(gaps: &Gaps) -> FigureOf {
    FigureOf::of(gaps.gaps.iter().filter(|gap| gap.is_apart()).count(), gaps.tests)
}

fn doing(actions: &Actions) -> ActionCounts {
    let mut doing = ActionCounts::default();
    for action in &actions.actions {
        match action.status {
            ActionStatus::Done => doing.done += 1,
            ActionStatus::Open | ActionStatus::UnderWay => {
                doing.open += 1;
                doing.late += u32::from(action.overdue);
            }
            ActionStatus::Dropped => {}
        }
    }
    doing
}

/// What came of each action of which anything can be shown: the best of what several results say.
fn came(actions: &Actions) -> StrategyOutcomes {
    let mut came = StrategyOutcomes::default();
    for action in actions.actions.iter().filter(|action| action.status != ActionStatus::Dropped) {
        let verdicts: Vec<EffectVerdict> =
            action.effects.iter().filter_map(|effect| effect.verdict).collect();
        let is = |of: &[EffectVerdict]| verdicts.iter().any(|verdict| of.contains(verdict));
        if is(&[EffectVerdict::Improved, EffectVerdict::BackOnTrack]) {
            came.better += 1;
        } else if is(&[EffectVerdict::NoSign]) {
            came.no_sign += 1;
        } else if !verdicts.is_empty() {
            came.open += 1;
        }
    }
    came
}
