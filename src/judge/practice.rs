//! Where practice is strong and where weak, by aspect and subject; how even it is; and who offers to show
//! what. Nobody is ranked, and nobody is listed as in need of help.

use chrono::NaiveDate;
use serde::Serialize;

use super::answer::{AspectJudgement, ClassCounts, Evaluation, GradeOnScale, Support, YearGroupCounts};
use super::evaluation::evaluate;
use super::firmness::Firmness;
use super::gather::Scope;
use crate::diagnostic::Place;
use crate::privacy::audience::Audience;
use crate::privacy::names_in_text::NamesInText;
use crate::school::year::log::OFFER;
use crate::school::{AcademicYear, Framework, Id, Rank, School, Strand};

/// How an aspect stood at the end of a half term.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct EarlierGrade {
    pub half_term: u8,
    #[serde(flatten)]
    pub graded: GradeOnScale,
    pub firmness: Firmness,
}

/// An aspect of a subject, or of the phase.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct AspectPractice {
    /// The subject; none for the phase, all subjects together.
    pub subject: Option<Id>,
    pub aspect: Id,
    pub title: String,
    /// The job card's question that it answers.
    pub strand: Strand,
    #[serde(flatten)]
    pub graded: GradeOnScale,
    pub firmness: Firmness,
    /// How many items are at the grade or better.
    pub support: Option<Support>,
    /// How it stood at the end of each half term so far that had a grade.
    pub over_time: Vec<EarlierGrade>,
}

/// How even an aspect is across classes and year groups; lessons left out.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Evenness {
    pub aspect: Id,
    pub title: String,
    /// The grade that items are counted at: the aspect's own, or the standard asked where that is higher.
    #[serde(flatten)]
    pub graded: GradeOnScale,
    /// The classes by name: for the leader only.
    pub classes: Vec<ClassCounts>,
    /// The year groups in their order.
    pub year_groups: Vec<YearGroupCounts>,
}

/// Somebody is glad to show something.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct PracticeOffer {
    pub who: Vec<Id>,
    pub what: String,
    pub subject: Option<Id>,
    pub date: NaiveDate,
    pub at: Option<Place>,
}

/// The answer.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Practice {
    /// `phase/practice/1`.
    pub schema: &'static str,
    pub audience: Audience,
    pub made_on: NaiveDate,
    pub phase: Id,
    /// The half term at whose end it is judged.
    pub half_term: u8,
    pub framework: Id,
    /// The aspects of the phase, all subjects together.
    pub aspects: Vec<AspectPractice>,
    /// Aspects of subjects at the standard asked or better, settled; the strongest first.
    pub strong: Vec<AspectPractice>,
    /// Aspects of subjects below the standard asked, settled; the weakest first.
    pub weak: Vec<AspectPractice>,
    /// Aspects of subjects whose grade is provisional.
    pub too_early: Vec<AspectPractice>,
    /// How even the aspects of the phase are.
    pub even: Vec<Evenness>,
    /// Who offers to show what, this academic year.
    pub offers: Vec<PracticeOffer>,
}

/// Looks at the practice of a phase at the end of a half term.
pub fn practice(school: &School, phase: &Id, half_term: u8, on: NaiveDate) -> Option<Practice> {
    let framework = school.year.frameworks.get(&school.settings.framework)?;
    let scope = |subject: Option<&Id>, half_term: u8| Scope::at(school, phase, subject, half_term);
    let over_time = |subject: Option<&Id>| -> Vec<Evaluation> {
        (1..=half_term).filter_map(|number| evaluate(school, &scope(subject, number), on)).collect()
    };
    let of_phase = over_time(None);
    let now = of_phase.last()?;
    let mut graded: Vec<AspectPractice> = Vec::new();
    for subject in school.set_up.subjects.keys().filter(|subject| has_evidence(school, subject)) {
        graded.extend(stands(Some(subject), &over_time(Some(subject))));
    }
    let standard = framework.standard();
    let settled = |stands: &&AspectPractice| !stands.firmness.lacks_evidence();
    let meets = |stands: &AspectPractice| stands.graded.rank.is_some() && stands.graded.rank >= standard;
    let mut strong: Vec<AspectPractice> =
        graded.iter().filter(settled).filter(|stands| meets(stands)).cloned().collect();
    let mut weak: Vec<AspectPractice> =
        graded.iter().filter(settled).filter(|stands| !meets(stands)).cloned().collect();
    let too_early =
        graded.iter().filter(|stands| stands.firmness == Firmness::Provisional).cloned().collect();
    strong.sort_by(|a, b| key(b).cmp(&key(a)).then_with(|| name(a).cmp(&name(b))));
    weak.sort_by(|a, b| key(a).cmp(&key(b)).then_with(|| name(a).cmp(&name(b))));
    Some(Practice {
        schema: "phase/practice/1",
        audience: Audience::Leader,
        made_on: on,
        phase: phase.clone(),
        half_term,
        framework: framework.id.clone(),
        aspects: stands(None, &of_phase),
        strong,
        weak,
        too_early,
        even: now.aspects().filter(|aspect| aspect.graded.rank.is_some()).map(even).collect(),
        offers: offers(school),
    })
}

/// The stronger the larger: the rank, then how firm, then the share in thousandths.
fn key(stands: &AspectPractice) -> (Option<Rank>, std::cmp::Reverse<Firmness>, u32) {
    let share = stands.support.map_or(0, |support| support.at_or_above * 1000 / support.of.max(1));
    (stands.graded.rank, std::cmp::Reverse(stands.firmness), share)
}

fn name(stands: &AspectPractice) -> (Option<&Id>, &Id) {
    (stands.subject.as_ref(), &stands.aspect)
}

fn has_evidence(school: &School, subject: &Id) -> bool {
    school.year.evidence.iter().any(|row| row.about.subject() == Some(subject))
}

/// The aspects with a grade, and how they stood before.
fn stands(subject: Option<&Id>, over_time: &[Evaluation]) -> Vec<AspectPractice> {
    let Some(now) = over_time.last() else { return Vec::new() };
    let then = |aspect: &AspectJudgement| {
        let at = |evaluation: &Evaluation| {
            let found = evaluation.aspects().find(|other| other.id == aspect.id)?;
            let half_term = evaluation.scope.half_term;
            found.graded.rank.map(|_| EarlierGrade {
                half_term,
                graded: found.graded.clone(),
                firmness: found.firmness,
            })
        };
        over_time.iter().filter_map(at).collect()
    };
    let graded = now.aspects().filter(|aspect| aspect.graded.rank.is_some());
    graded
        .map(|aspect| AspectPractice {
            subject: subject.cloned(),
            aspect: aspect.id.clone(),
            title: aspect.title.clone(),
            strand: aspect.strand,
            graded: aspect.graded.clone(),
            firmness: aspect.firmness,
            support: aspect.support,
            over_time: then(aspect),
        })
        .collect()
}

fn even(aspect: &AspectJudgement) -> Evenness {
    // By name: nobody is ranked.
    let mut classes = aspect.classes.clone();
    classes.sort_by(|a, b| a.class.cmp(&b.class));
    Evenness {
        aspect: aspect.id.clone(),
        title: aspect.title.clone(),
        graded: aspect.counted_at.clone(),
        classes,
        year_groups: aspect.year_groups.clone(),
    }
}

fn offers(school: &School) -> Vec<PracticeOffer> {
    let own = |date: NaiveDate| AcademicYear::of(date) == school.set_up.calendar.academic_year;
    let rows = school.year.log.iter().filter(|row| row.kind == OFFER && own(row.date));
    rows.map(|row| PracticeOffer {
        who: row.who.clone(),
        what: row.what.clone(),
        subject: row.subject.clone(),
        date: row.date,
        at: Some(row.at.clone()),
    })
    .collect()
}

impl Practice {
    /// The answer as an audience may see it.
    pub fn shown_to(mut self, school: &School, audience: &Audience) -> Self {
        self.audience = audience.clone();
        let phase = school.set_up.phases.iter().find(|phase| phase.id == self.phase);
        let classes = school
            .set_up
            .classes
            .values()
            .filter(|class| phase.is_some_and(|phase| phase.has(class)))
            .count();
        let leader = |subject: &Option<Id>| {
            subject
                .as_ref()
                .and_then(|subject| school.set_up.subjects.get(subject))
                .and_then(|subject| subject.leader.clone())
        };
        for list in [&mut self.strong, &mut self.weak, &mut self.too_early] {
            list.retain(|stands| audience.sees_subject(leader(&stands.subject).as_ref()));
        }
        if matches!(audience, Audience::SubjectLeader(_)) {
            self.aspects.clear();
            self.even.clear();
        }
        // Staff meetings speak of strengths.
        if *audience == Audience::Staff {
            self.weak.clear();
            self.too_early.clear();
            let framework = school.year.frameworks.get(&self.framework);
            let standard = framework.and_then(Framework::standard);
            self.aspects.retain(|stands| stands.graded.rank >= standard);
        }
        for even in &mut self.even {
            if !audience.sees_classes() {
                even.classes.clear();
            }
            even.year_groups.retain(|of| audience.sees_year_groups(classes, of.classes));
        }
        if *audience == Audience::Governors {
            self.offers.clear();
        }
        if *audience != Audience::Leader {
            self.offers.iter_mut().for_each(|offer| offer.at = None);
        }
        // Who offers has named themselves, and nobody else.
        if !audience.sees_names() {
            let names = NamesInText::of(&school.set_up);
            self.offers.retain(|offer| !names.names_other_than(&offer.what, &offer.who));
        }
        self
    }
}
