//! The answers that sections are made of, each as its audience may see it.

use std::cell::OnceCell;

use chrono::NaiveDate;

use super::answer::ReportQuery;
use super::sections::{
    Celebrate, DatedItem, DecisionRow, DevelopmentPlan, Discussion, Expectations, FiguresOverTwoYears,
    NextSteps, PlanShortfall, SectionContent, Strategy, StrategyState, SubjectEvidence,
};
use crate::improve::actions::{self, ActionProgress, Actions};
use crate::improve::context::Context;
use crate::improve::duties::{self, duties};
use crate::improve::log::{self, Log, log};
use crate::improve::objective_state::ObjectiveState;
use crate::improve::objectives::{self, Objectives};
use crate::judge::answer::{AspectJudgement, Evaluation};
use crate::judge::firmness::Firmness;
use crate::judge::moderation::{Moderation, moderate};
use crate::judge::practice::{Practice, practice};
use crate::judge::{self, Scope};
use crate::overview::possible_causes::causes;
use crate::overview::upcoming::{self, UpcomingEvent, UpcomingKind};
use crate::overview::year_figures::{self, YearFigures};
use crate::plan::monitoring::{Monitoring, monitoring};
use crate::privacy::audience::Audience;
use crate::school::attainment::pupils::PRIOR_ATTAINMENT;
use crate::school::year::log::DECISION;
use crate::school::{ActionStatus, DutyGroup, EvidenceKind, Id, Phase, Proof, ProofSource, School, Section};
use crate::statistics::proportion_test::Flag;
use crate::track;
use crate::track::gaps::Gaps;
use crate::track::targets::targets;
use crate::track::trajectory::answer::{SubjectProgress, Trajectory};

/// How many rows of earlier decisions a meeting is reminded of.
const REMINDED: usize = 12;

/// The answers that sections are made of, each worked out once, when it is first needed.
pub(crate) struct SectionComposer<'a> {
    school: &'a School,
    phase: &'a Phase,
    context: Context<'a>,
    asked: &'a ReportQuery,
    span: (u8, u8),
    today: NaiveDate,
    whole: OnceCell<Option<Evaluation>>,
    trajectory: OnceCell<Option<Trajectory>>,
    gaps: OnceCell<Option<Gaps>>,
    objectives: OnceCell<Objectives>,
    actions: OnceCell<Actions>,
    moderation: OnceCell<Moderation>,
    monitoring: OnceCell<Monitoring>,
    figures: OnceCell<YearFigures>,
}

impl<'a> SectionComposer<'a> {
    pub(crate) fn new(
        school: &'a School,
        phase: &'a Phase,
        asked: &'a ReportQuery,
        span: (u8, u8),
        today: NaiveDate,
    ) -> Self {
        Self {
            school,
            phase,
            context: Context::new(school, phase, &asked.audience, today),
            asked,
            span,
            today,
            whole: OnceCell::new(),
            trajectory: OnceCell::new(),
            gaps: OnceCell::new(),
            objectives: OnceCell::new(),
            actions: OnceCell::new(),
            moderation: OnceCell::new(),
            monitoring: OnceCell::new(),
            figures: OnceCell::new(),
        }
    }

    fn audience(&self) -> &'a Audience {
        &self.asked.audience
    }

    /// What a section says to the audience; none where it is not for it, or nothing is known.
    pub(crate) fn content(&self, section: Section) -> Option<SectionContent> {
        let names = self.audience().sees_names();
        let objectives = self.audience().sees_objectives();
        Some(match section {
            Section::Summary | Section::Figures => SectionContent::Figures(Box::new(FiguresOverTwoYears {
                now: self.figures().clone(),
                below: self.off_path(Flag::Below),
                before: year_figures::of_year_before(self.school, self.phase),
            })),
            Section::Monitoring => SectionContent::Monitoring(
                Some(self.monitoring()).filter(|one| !one.half_terms.is_empty())?.clone(),
            ),
            Section::Coverage => {
                let seen = |one: &Monitoring| !one.half_terms.is_empty() && !one.subjects.is_empty();
                SectionContent::Monitoring(Some(self.monitoring()).filter(|one| seen(one))?.clone())
            }
            Section::Evidence => {
                SectionContent::Evidence(Some(self.evidence()).filter(|rows| !rows.is_empty())?)
            }
            Section::Judgements => {
                SectionContent::Judgements(Some(self.judgements()).filter(|all| !all.is_empty())?)
            }
            Section::Aspects => SectionContent::Judgement(Box::new(self.whole()?.clone())),
            Section::NextSteps => {
                let evaluation = self.whole().filter(|one| !one.plan.is_empty() || !one.wishes.is_empty());
                SectionContent::Judgement(Box::new(evaluation?.clone()))
            }
            Section::Pupils | Section::Trajectory => {
                SectionContent::Trajectory(self.trajectory().filter(|one| !one.subjects.is_empty())?.clone())
            }
            Section::Gaps => SectionContent::Gaps(self.gaps().filter(|one| !one.gaps.is_empty())?.clone()),
            Section::Objectives | Section::Criteria if objectives => SectionContent::Objectives(
                Some(self.objectives()).filter(|one| !one.objectives.is_empty())?.clone(),
            ),
            Section::Actions if names => {
                SectionContent::Actions(Some(self.actions()).filter(|one| !one.actions.is_empty())?.clone())
            }
            Section::Actions => {
                SectionContent::Strategies(self.strategies(|action| action.kind == Some("strategy"))?)
            }
            Section::Practice => SectionContent::Practice(self.practice()?),
            Section::Moderation if self.audience().sees_views_compared() => SectionContent::Moderation(
                Some(self.moderation()).filter(|one| !one.pairs.is_empty())?.clone(),
            ),
            Section::Expectations => SectionContent::Expectations(self.expectations()?),
            Section::Agenda | Section::Decisions | Section::Files => SectionContent::Sections(Vec::new()),
            Section::Celebrate => SectionContent::Celebrate(self.celebrate()?),
            Section::Discuss => SectionContent::Discuss(self.discuss()?),
            Section::Decided => SectionContent::Decided(self.decided()?),
            Section::Targets => {
                let cohort = self.context.cohort.as_ref();
                let all = targets(self.school, self.phase, cohort, self.trajectory(), self.audience());
                SectionContent::Targets(Some(all).filter(|all| !all.is_empty())?)
            }
            Section::Coming => SectionContent::Next(self.next()?),
            Section::Duties if names => {
                let open = duties::DutiesQuery {
                    role: Some(DutyGroup::PhaseLeader),
                    open: true,
                    ..duties::DutiesQuery::default()
                };
                let open = duties(self.school, self.phase, &open, self.today);
                SectionContent::Duties(Some(open).filter(|one| !one.duties.is_empty())?)
            }
            Section::Goals if objectives => SectionContent::Goals(self.goals()?),
            Section::Objectives
            | Section::Criteria
            | Section::Moderation
            | Section::Duties
            | Section::Goals => return None,
        })
    }

    fn whole(&self) -> Option<&Evaluation> {
        self.whole.get_or_init(|| self.judged(None)).as_ref()
    }

    fn judged(&self, subject: Option<&Id>) -> Option<Evaluation> {
        let scope = Scope::at(self.school, &self.phase.id, subject, self.asked.half_term);
        let answer = judge::evaluate(self.school, &scope, self.today)?;
        (answer.items() > 0 || !answer.judgement.is_empty())
            .then(|| answer.shown_to(self.school, self.audience()))
    }

    /// The phase, and each subject of which there is evidence or a judgement.
    fn judgements(&self) -> Vec<Evaluation> {
        let subjects = self.school.set_up.subjects.keys().filter_map(|subject| self.judged(Some(subject)));
        self.whole().cloned().into_iter().chain(subjects).collect()
    }

    fn trajectory(&self) -> Option<&Trajectory> {
        let work_out = || {
            let asked = crate::track::query::AttainmentQuery::default();
            Some(track::trajectory::of_book(
                self.context.cohort.as_ref()?,
                &asked,
                self.audience(),
                self.today,
            ))
        };
        self.trajectory.get_or_init(work_out).as_ref()
    }

    fn gaps(&self) -> Option<&Gaps> {
        let work_out = || {
            let asked = track::gaps::GapsQuery::default();
            // Groups by what pupils started from lie apart by what they are: they would hide all else.
            let answer =
                track::gaps::of_book(self.context.cohort.as_ref()?, &asked, self.audience(), self.today);
            Some(answer.without(PRIOR_ATTAINMENT))
        };
        self.gaps.get_or_init(work_out).as_ref()
    }

    fn objectives(&self) -> &Objectives {
        self.objectives.get_or_init(|| objectives::from(&self.context, None))
    }

    fn actions(&self) -> &Actions {
        let asked = actions::ActionsQuery { all: true, ..actions::ActionsQuery::default() };
        self.actions.get_or_init(|| actions::from(&self.context, &asked))
    }

    fn moderation(&self) -> &Moderation {
        self.moderation.get_or_init(|| {
            let asked = crate::judge::pairs::ModerationQuery {
                phase: self.phase.id.clone(),
                subject: None,
                half_term: None,
                present: self.asked.half_term,
            };
            moderate(self.school, &asked, self.today).shown_to(self.school, self.audience())
        })
    }

    fn monitoring(&self) -> &Monitoring {
        self.monitoring
            .get_or_init(|| monitoring(self.school, self.phase, self.span, self.audience(), self.today))
    }

    pub(crate) fn figures(&self) -> &YearFigures {
        self.figures.get_or_init(|| {
            // The figures of a year are shown up to its half term, whatever span the report is of.
            let so_far = (1, self.asked.half_term);
            let monitoring = monitoring(self.school, self.phase, so_far, self.audience(), self.today);
            let sources = year_figures::FigureSources {
                monitoring: &monitoring,
                phase: self.whole(),
                trajectory: self.trajectory(),
                gaps: self.gaps(),
                objectives: Some(self.objectives()).filter(|_| self.audience().sees_objectives()),
                actions: self.actions(),
                moderation: Some(self.moderation()).filter(|_| self.audience().sees_views_compared()),
                pieces: self.school.year.has_own_evidence.then(|| self.pieces()),
            };
            year_figures::of_this_year(self.school, self.phase, &sources)
        })
    }

    fn pieces(&self) -> u32 {
        let year = self.school.set_up.calendar.academic_year.0;
        let all = year_figures::pieces(self.school, self.phase, year, (1, self.asked.half_term));
        u32::try_from(all.count()).unwrap_or(u32::MAX)
    }

    /// How many pieces of each kind there are of each subject, in the half terms that the report is about.
    fn evidence(&self) -> Vec<SubjectEvidence> {
        let year = self.school.set_up.calendar.academic_year.0;
        let rows: Vec<_> = year_figures::pieces(self.school, self.phase, year, self.span).collect();
        let own = |subject: Option<&Id>| {
            let own = || rows.iter().filter(|row| row.about.subject() == subject);
            let count =
                |kind| u32::try_from(own().filter(|row| row.kind == kind).count()).unwrap_or(u32::MAX);
            SubjectEvidence {
                subject: subject.cloned(),
                kinds: EvidenceKind::ALL.iter().copied().map(count).collect(),
            }
        };
        let all = std::iter::once(None).chain(self.school.set_up.subjects.keys().map(Some)).map(own);
        all.filter(|one| one.kinds.iter().any(|count| *count > 0)).collect()
    }

    fn quoted(&self, text: &str) -> Option<String> {
        self.context.quoted(text).map(str::to_owned)
    }

    fn strategies(&self, takes: impl Fn(&ActionProgress) -> bool) -> Option<Vec<Strategy>> {
        let own = self.actions().actions.iter().filter(|action| takes(action));
        let strategies: Vec<Strategy> = own
            .map(|action| Strategy {
                action: self.quoted(&action.action),
                of: StrategyState {
                    kind: action.kind,
                    subject: action.subject.clone(),
                    year_groups: action.year_groups.clone(),
                    status: action.status,
                    due: action.due,
                    effects: action.effects.clone(),
                },
            })
            .collect();
        (!strategies.is_empty()).then_some(strategies)
    }

    fn practice(&self) -> Option<Practice> {
        let answer = practice(self.school, &self.phase.id, self.asked.half_term, self.today)?
            .shown_to(self.school, self.audience());
        let any = !answer.aspects.is_empty() || !answer.strong.is_empty() || !answer.offers.is_empty();
        any.then_some(answer)
    }

    fn rows(&self, kinds: &[&'static str]) -> Vec<log::LogRow> {
        let all: Log = log(self.school, &log::LogQuery::default(), self.audience(), self.today);
        all.rows.into_iter().filter(|row| kinds.contains(&row.kind) && row.date <= self.today).collect()
    }

    fn expectations(&self) -> Option<Expectations> {
        let names = self.audience().sees_names();
        let checked = self.rows(&["expectation-checked"]);
        let deployed = self.rows(&["deployment"]);
        let is_behaviour = |aspect: &&AspectJudgement| aspect.id.as_str().contains("behaviour");
        let behaviour: Vec<AspectJudgement> = self
            .whole()
            .into_iter()
            .flat_map(Evaluation::aspects)
            .filter(is_behaviour)
            .filter(|aspect| aspect.items() > 0)
            .cloned()
            .collect();
        let any = !checked.is_empty() || !deployed.is_empty() || !behaviour.is_empty();
        any.then(|| Expectations {
            checks: checked.len(),
            checked: if names { checked } else { Vec::new() },
            behaviour,
            deployments: deployed.len(),
            deployed: if names { deployed } else { Vec::new() },
        })
    }

    /// The aspects of the phase that are settled, and at the standard asked or not.
    fn settled(&self, strong: bool) -> Vec<AspectJudgement> {
        let framework = self.school.year.frameworks.get(&self.school.settings.framework);
        let standard = framework.and_then(|framework| framework.standard());
        let is = |aspect: &&AspectJudgement| {
            let at = aspect.graded.rank.zip(standard).map(|(rank, standard)| rank >= standard);
            let is_settled = match strong {
                true => aspect.firmness == Firmness::Firm,
                false => !aspect.firmness.lacks_evidence(),
            };
            at == Some(strong) && is_settled
        };
        self.whole().into_iter().flat_map(Evaluation::aspects).filter(is).cloned().collect()
    }

    fn off_path(&self, flag: Flag) -> Vec<SubjectProgress> {
        self.trajectory().into_iter().flat_map(|answer| answer.off(flag)).cloned().collect()
    }

    fn celebrate(&self) -> Option<Celebrate> {
        let rows = self.rows(&["success"]);
        let successes: Vec<String> = rows.iter().filter_map(|row| self.quoted(&row.what)).collect();
        let met = self.objectives().objectives.iter().filter(|_| self.audience().sees_objectives());
        let met = met.filter(|one| one.state == ObjectiveState::Met);
        let answer = Celebrate {
            above: self.off_path(Flag::Above),
            strong: self.settled(true),
            not_shown: rows.len() - successes.len(),
            successes,
            met: met.map(|one| one.title.clone()).collect(),
        };
        let any = !answer.above.is_empty()
            || !answer.strong.is_empty()
            || !answer.successes.is_empty()
            || !answer.met.is_empty();
        any.then_some(answer)
    }

    fn discuss(&self) -> Option<Discussion> {
        let fell = |standing: SubjectProgress| {
            let asked = track::shortfall::ShortfallQuery {
                subject: standing.subject.clone(),
                point: Some(standing.point),
                measure: Some(standing.measure),
                year_group: self
                    .phase
                    .year_groups
                    .iter()
                    .copied()
                    .find(|year| standing.year_group.as_deref() == Some(year.to_string().as_str())),
                kind: None,
            };
            let is_leader = *self.audience() == Audience::Leader;
            let behind = is_leader
                .then(|| causes(self.school, self.phase, &asked, self.asked.half_term, self.today).ok());
            let is_about = |own: &Id| self.school.is_about(own, &standing.subject);
            let concerns = |action: &&ActionProgress| {
                action.subject.as_ref().is_some_and(is_about)
                    && action.kind == Some("strategy")
                    && matches!(action.status, ActionStatus::Open | ActionStatus::UnderWay)
            };
            let done = self.actions().actions.iter().filter(concerns);
            PlanShortfall {
                done: done.filter_map(|action| self.quoted(&action.action)).collect(),
                causes: behind.flatten(),
                standing,
            }
        };
        let answer = Discussion {
            fell: self.off_path(Flag::Below).into_iter().map(fell).collect(),
            weak: self.settled(false),
        };
        (!answer.fell.is_empty() || !answer.weak.is_empty()).then_some(answer)
    }

    fn decided(&self) -> Option<DecisionRow> {
        let rows = self.rows(&[DECISION]);
        let said = |row: &log::LogRow| {
            let what = self.quoted(&row.what).filter(|what| !what.is_empty())?;
            Some(DatedItem { date: row.date, what })
        };
        let shown: Vec<DatedItem> = rows.iter().filter_map(said).collect();
        let not_shown = rows.len() - shown.len();
        (!rows.is_empty())
            .then(|| DecisionRow { rows: shown.into_iter().take(REMINDED).collect(), not_shown })
    }

    fn next(&self) -> Option<NextSteps> {
        let until = self.today + chrono::Days::new(7 * 12);
        let may_be_told = |one: &UpcomingEvent| match &one.what {
            UpcomingKind::Closed { reason } => self.quoted(reason).is_some(),
            UpcomingKind::Begins { .. } | UpcomingKind::Window { .. } => true,
        };
        let dates = upcoming::dates(&self.school.set_up.calendar, self.phase, self.today, until);
        let asked = duties::DutiesQuery {
            role: Some(DutyGroup::PhaseLeader),
            open: true,
            ..duties::DutiesQuery::default()
        };
        let shared =
            duties(self.school, self.phase, &asked, self.today).duties.into_iter().filter_map(|duty| {
                let own = self.school.year.duties.iter().find(|own| own.id == duty.id)?;
                let of_parents = own.shown_by.contains(&Proof { of: ProofSource::Log, kind: "parents" });
                let by = duty.next_due.filter(|by| *by <= until && of_parents)?;
                Some(DatedItem { date: by, what: self.quoted(&duty.text)? })
            });
        let next = NextSteps {
            sessions: if self.audience().sees_names() {
                upcoming::sessions(self.school, self.phase, self.today).0
            } else {
                Vec::new()
            },
            dates: dates.into_iter().filter(may_be_told).collect(),
            duties: shared.collect(),
        };
        let any = !next.sessions.is_empty() || !next.dates.is_empty() || !next.duties.is_empty();
        any.then_some(next)
    }

    fn goals(&self) -> Option<DevelopmentPlan> {
        let mut aims: Vec<(String, Vec<String>)> = Vec::new();
        for objective in &self.objectives().objectives {
            let Some(title) = self.quoted(&objective.title) else { continue };
            for aim in objective.aims.iter().filter_map(|aim| self.quoted(aim)) {
                match aims.iter_mut().find(|(known, _)| *known == aim) {
                    Some((_, titles)) => titles.push(title.clone()),
                    None => aims.push((aim, vec![title.clone()])),
                }
            }
        }
        let actions = self.strategies(|action| action.kind == Some("development-plan")).unwrap_or_default();
        (!aims.is_empty() || !actions.is_empty()).then_some(DevelopmentPlan { aims, actions })
    }
}
