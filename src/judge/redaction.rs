//! What of a judgement an audience may see: the rest is removed, whatever its format.

use super::answer::{AspectJudgement, Evaluation};
use super::next_step::{GradeStep, LowEvidenceBy, LowShare};
use crate::privacy::audience::Audience;
use crate::school::{JudgementState, School};

impl Evaluation {
    /// The answer as an audience may see it.
    pub fn shown_to(mut self, school: &School, audience: &Audience) -> Self {
        self.audience = audience.clone();
        let phase = school.set_up.phases.iter().find(|phase| phase.id == self.scope.phase);
        let classes = school
            .set_up
            .classes
            .values()
            .filter(|class| phase.is_some_and(|phase| phase.has(class)))
            .count();
        let redaction = Redaction { school, audience, classes };
        self.plan.iter_mut().for_each(|step| redaction.step(step));
        let aspects = self.areas.iter_mut().flat_map(|area| &mut area.aspects);
        aspects.for_each(|aspect| redaction.aspect(aspect));
        if !audience.sees_names() {
            // A draft is the leader's own.
            self.judgement.retain(|said| said.state == JudgementState::Agreed);
        }
        if !audience.sees_rows() {
            self.judgement.iter_mut().for_each(|said| said.at = None);
        }
        if !audience.sees_classes() {
            self.judgement.iter_mut().for_each(|said| said.note.clear());
        }
        self
    }
}

/// Removes what an audience may not see.
struct Redaction<'a> {
    school: &'a School,
    audience: &'a Audience,
    /// How many classes the phase has.
    classes: usize,
}

impl Redaction<'_> {
    fn step(&self, step: &mut GradeStep) {
        if !self.audience.sees_names() {
            step.open.clear();
        }
        step.owner = step.owner.take().filter(|_| self.audience.sees_names());
        step.because.retain(|because| self.sees(because));
    }

    fn sees(&self, because: &LowShare) -> bool {
        match because.by {
            LowEvidenceBy::Kind => true,
            LowEvidenceBy::Subject => {
                let mut subjects = self.school.set_up.subjects.values();
                let subject = subjects.find(|subject| subject.id.as_str() == because.of);
                self.audience.sees_subject(subject.and_then(|subject| subject.leader.as_ref()))
            }
            LowEvidenceBy::YearGroup => self.audience.sees_year_groups(self.classes, because.classes),
            LowEvidenceBy::Class => self.audience.sees_classes(),
        }
    }

    fn aspect(&self, aspect: &mut AspectJudgement) {
        aspect.year_groups.retain(|of| self.audience.sees_year_groups(self.classes, of.classes));
        if !self.audience.sees_classes() {
            for cited in aspect.evidence.iter_mut().chain(&mut aspect.described) {
                cited.views.clear();
                cited.classes.clear();
                cited.by.clear();
            }
            aspect.classes.clear();
            for to_agree in &mut aspect.to_agree {
                // The name of a sample may say whose it is.
                to_agree.id = to_agree.row.clone();
                to_agree.by.clear();
            }
        }
        if !self.audience.sees_rows() {
            aspect.evidence.clear();
            aspect.described.clear();
            aspect.not_counted.clear();
            aspect.to_agree.clear();
        }
    }
}
