//! What of a judgement an audience may see: the rest is taken out of the answer, whatever its format.

use super::answer::Evaluation;
use super::next_step::LowEvidenceBy;
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
        for step in &mut self.plan {
            if !audience.sees_names() {
                step.open.clear();
            }
            step.owner = step.owner.take().filter(|_| audience.sees_names());
            step.because.retain(|because| match because.by {
                LowEvidenceBy::Kind => true,
                LowEvidenceBy::Subject => audience.sees_subject(
                    school
                        .set_up
                        .subjects
                        .values()
                        .find(|subject| subject.id.as_str() == because.of)
                        .and_then(|subject| subject.leader.as_ref()),
                ),
                LowEvidenceBy::YearGroup => audience.sees_year_groups(classes, because.classes),
                LowEvidenceBy::Class => audience.sees_classes(),
            });
        }
        for aspect in self.areas.iter_mut().flat_map(|area| &mut area.aspects) {
            aspect.year_groups.retain(|of| audience.sees_year_groups(classes, of.classes));
            if !audience.sees_classes() {
                for cited in aspect.evidence.iter_mut().chain(&mut aspect.described) {
                    cited.views.clear();
                    cited.classes.clear();
                    cited.by.clear();
                }
                aspect.classes.clear();
                aspect.to_agree.iter_mut().for_each(|to_agree| {
                    // The name of a sample may say whose it is.
                    to_agree.id = to_agree.row.clone();
                    to_agree.by.clear();
                });
            }
            if !audience.sees_rows() {
                aspect.evidence.clear();
                aspect.described.clear();
                aspect.not_counted.clear();
                aspect.to_agree.clear();
            }
        }
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
