//! A form to take along: the sample, what to look for by aspect, and room for both views.

use chrono::{Datelike, NaiveDate};
use serde::Serialize;

use crate::school::{EvidenceKind, Id, Phase, School};

/// The pieces of a class to look at.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ClassSample {
    pub class: Id,
    /// How many pieces.
    pub pieces: usize,
    /// Whose: places on the class's register, spread over it, another set each day.
    pub register: Vec<u32>,
}

/// A line of an aspect.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct FormLine {
    pub grade: Id,
    pub label: String,
    /// The line.
    pub line: Option<String>,
}

/// An aspect to look for.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct AspectToLookFor {
    pub id: Id,
    pub title: String,
    /// The lines of its grades, the best first.
    pub lines: Vec<FormLine>,
}

/// The form.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct EvidenceForm {
    /// `phase/evidence-form/1`.
    pub schema: &'static str,
    pub kind: EvidenceKind,
    /// The subject; none for the phase as a whole.
    pub subject: Option<Id>,
    pub phase: Id,
    pub academic_year: String,
    pub framework: Id,
    /// Whether its wording is paraphrase that nobody has checked.
    pub wording_unverified: bool,
    /// Who looks: the subject leader, where there is one, and the phase leader.
    pub by: Vec<Id>,
    /// The day it is for.
    pub date: NaiveDate,
    /// The pieces to look at, by class; empty where there is no sample of pieces, or the classes are not known.
    pub sample: Vec<ClassSample>,
    /// What to look for, whatever the aspect.
    pub look_for: Vec<&'static str>,
    /// Whether what is seen gets a grade: a lesson never does.
    pub graded: bool,
    /// Whether what is usual is judged, not a one-off.
    pub typicality: bool,
    /// The aspects that this kind can speak to.
    pub aspects: Vec<AspectToLookFor>,
}

/// What to look for in a kind of evidence. For pupils' work: after the indicators of Ofsted's pilot of work
/// scrutiny (2019), the first two confirmed; all else is this product's own wording.
pub fn look_for(kind: EvidenceKind) -> &'static [&'static str] {
    match kind {
        EvidenceKind::Books => &[
            "Does work build on what was learned before?",
            "How deep and how broad is what is covered, beside the plan?",
            "What can pupils do now that they could not do then?",
            "Is there practice enough, and is it finished with care?",
            "Is it so for disadvantaged pupils, and for those with SEND?",
        ],
        EvidenceKind::Records => &[
            "Kept: are planning, assessment notes and tracking there, and up to date?",
            "Accurate: do they say what the work itself says, and what tests say?",
            "Used: what was taught otherwise because of them?",
            "Light: is anything kept that nobody uses?",
        ],
        EvidenceKind::Lessons => &[
            "What are pupils meant to learn, and what do they learn?",
            "How is it explained, and how is it checked that all have understood?",
            "What happens when somebody has not?",
            "Who takes part, and who does not?",
        ],
        EvidenceKind::PupilVoice => &[
            "What have you been learning? Show me something you are proud of.",
            "What did you learn before that helped you with this?",
            "What do you do when you are stuck?",
            "How do you know what to do better next time?",
        ],
        EvidenceKind::Conversation => &[
            "What are your pupils learning now, and why in this order?",
            "Who is behind, and what is done about it?",
            "What has worked that others should know of?",
            "What would help you?",
        ],
        EvidenceKind::Planning => &[
            "Is everything covered, in an order that builds?",
            "Are the steps small enough, and the end points clear?",
            "What is planned for those who need more help, or less?",
        ],
        EvidenceKind::Environment => &[
            "What do walls and tables help pupils to remember or to do?",
            "Is it used, and is it up to date?",
            "Can everybody reach it?",
        ],
        EvidenceKind::Data => &[
            "How many pupils is it, and who was not assessed?",
            "Against which path or figure, and how far might it be chance?",
            "Which groups, and how small are they?",
            "What do the books and records of the same pupils say?",
        ],
    }
}

/// The fewest pieces of a sample.
const PIECES: usize = 6;

/// The form of a kind of evidence for a phase.
pub fn form(
    school: &School,
    phase: &Phase,
    kind: EvidenceKind,
    subject: Option<&Id>,
    on: NaiveDate,
) -> Option<EvidenceForm> {
    let framework = school.year.frameworks.get(&school.settings.framework)?;
    let lines = |aspect: &crate::school::Aspect| {
        let line = |grade: &crate::school::Grade| FormLine {
            grade: grade.id.clone(),
            label: grade.label.to_lowercase(),
            line: aspect.descriptor(grade.rank).map(str::to_owned),
        };
        framework.grades.iter().rev().map(line).collect()
    };
    let aspects = framework.areas_for(phase.has_early_years()).flat_map(|area| &area.aspects);
    let speaks = aspects.filter(|aspect| aspect.kinds.contains(&kind));
    let leader = subject.and_then(|subject| school.set_up.subjects.get(subject)?.leader.clone());
    let mut by: Vec<Id> = leader.into_iter().collect();
    if !by.contains(&phase.leader) {
        by.push(phase.leader.clone());
    }
    Some(EvidenceForm {
        schema: "phase/evidence-form/1",
        kind,
        subject: subject.cloned(),
        phase: phase.id.clone(),
        academic_year: school.set_up.calendar.academic_year.to_string(),
        framework: framework.id.clone(),
        wording_unverified: framework.is_unverified(),
        by,
        date: on,
        sample: sample(school, phase, kind, on),
        look_for: look_for(kind).to_vec(),
        graded: kind != EvidenceKind::Lessons && !framework.grades.is_empty(),
        typicality: framework.method.typicality,
        aspects: speaks
            .map(|aspect| AspectToLookFor {
                id: aspect.id.clone(),
                title: aspect.title.clone(),
                lines: lines(aspect),
            })
            .collect(),
    })
}

/// The pieces to look at: six or more, the same from every class of the phase, by places on the register, so
/// that nobody chooses them.
fn sample(school: &School, phase: &Phase, kind: EvidenceKind, on: NaiveDate) -> Vec<ClassSample> {
    if !matches!(kind, EvidenceKind::Books | EvidenceKind::PupilVoice) {
        return Vec::new();
    }
    let classes: Vec<_> = school.set_up.classes.values().filter(|class| phase.has(class)).collect();
    let pieces = PIECES.div_ceil(classes.len().max(1)).max(2);
    let of = |(index, class): (usize, &&crate::school::Class)| {
        let pupils = class.pupils.unwrap_or(0);
        let step = pupils / u32::try_from(pieces).unwrap_or(1);
        let first = if step == 0 { 0 } else { (on.ordinal() + u32::try_from(index).unwrap_or(0) * 3) % step };
        let register = if step == 0 {
            Vec::new()
        } else {
            (0..pieces as u32).map(|piece| first + piece * step + 1).collect()
        };
        ClassSample { class: class.id.clone(), pieces, register }
    };
    classes.iter().enumerate().map(of).collect()
}
