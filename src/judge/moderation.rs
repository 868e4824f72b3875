//! Subject leader next to phase leader: how far their first views of the same samples agree, and whether the
//! evidence can carry its conclusion.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;

use super::gather::sample;
use super::validity::{Validity, ValidityChecker};
use crate::diagnostic::Place;
use crate::judge::pairs::{ModerationQuery, SampleViews};
use crate::privacy::audience::Audience;
use crate::school::{Evidence, EvidenceKind, Id, Phase, Rank, School};
use crate::statistics::agreement::{Weight, agreement, kappa_interval, krippendorff_alpha, weighted_kappa};
use crate::statistics::proportion::wilson;

/// Two first views of a sample on one aspect.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ViewPair {
    /// The sample's id; the row's where it has none.
    pub sample: Id,
    pub aspect: Id,
    /// The subject leader's view.
    pub first: Rank,
    /// The phase leader's view.
    pub second: Rank,
    /// What they agreed on, where they did.
    pub agreed: Option<Rank>,
    pub at: Vec<Place>,
}

/// How far the views of one aspect agree.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct AspectAgreement {
    pub aspect: Id,
    /// Pairs.
    pub n: u32,
    /// Pairs with the same grade.
    pub exact: u32,
    /// Pairs at most one grade apart.
    pub adjacent: u32,
    /// The mean of subject leader less phase leader, in grades.
    pub bias: Option<f64>,
}

/// How far the views of one subject and kind agree.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct SubjectAgreement {
    /// The subject; none for the phase as a whole.
    pub subject: Option<Id>,
    pub kind: EvidenceKind,
    /// Pairs.
    pub n: u32,
    /// Pairs with the same grade.
    pub exact: u32,
    /// Pairs at most one grade apart.
    pub adjacent: u32,
    /// The mean of subject leader less phase leader, in grades: for the two concerned only.
    pub bias: Option<f64>,
    /// Quadratic weighted kappa; none where it cannot be computed.
    pub kappa_quadratic: Option<f64>,
    pub kappa_linear: Option<f64>,
    /// Krippendorff's alpha for ranks, over all who looked.
    pub alpha_ordinal: Option<f64>,
    /// The 95% interval of the share with the same grade, in percent.
    pub exact_interval: Option<[f64; 2]>,
    /// The middle 95% of the quadratic kappa over samples drawn anew.
    pub kappa_interval: Option<[f64; 2]>,
    pub aspects: Vec<AspectAgreement>,
    pub pairs: Vec<ViewPair>,
}

/// How many pairs of views are the same.
#[derive(Clone, Copy, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct AgreedCount {
    /// Pairs.
    pub n: u32,
    /// Pairs with the same grade.
    pub exact: u32,
}

/// The answer.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Moderation {
    /// `phase/moderation/1`.
    pub schema: &'static str,
    pub audience: Audience,
    pub made_on: NaiveDate,
    pub phase: Id,
    /// The half term; the academic year so far where there is none.
    pub half_term: Option<u8>,
    /// The scale's grades, by rank from 1.
    pub scale: Vec<String>,
    /// Pairs, of all subjects and kinds, and those of them with the same grade; none where what is not shown of them
    /// would follow.
    pub all: Option<AgreedCount>,
    /// How far views agree, by subject and kind.
    pub pairs: Vec<SubjectAgreement>,
    /// How many more subjects and kinds there are, of so few pairs that they would single one out.
    pub too_few: usize,
    pub validity: Vec<Validity>,
    /// Samples with two first views and no agreed grade.
    pub to_agree: Vec<Place>,
}

/// Compares the first views of a school's samples.
pub fn moderate(school: &School, asked: &ModerationQuery, on: NaiveDate) -> Moderation {
    let phase = school.set_up.phases.iter().find(|phase| phase.id == asked.phase);
    let rows: Vec<&Evidence> =
        school.year.evidence.iter().filter(|row| concerns(school, asked, phase, row)).collect();
    let groups = grouped(&rows);
    let mut pairs = Vec::new();
    let mut validity = Vec::new();
    let mut to_agree = Vec::new();
    for ((subject, kind), own) in &groups {
        let seen = samples(own);
        to_agree.extend(
            seen.iter()
                .filter(|seen| seen.views.len() >= 2 && seen.item.rank.is_none())
                .flat_map(|seen| seen.item.rows().map(|row| row.at.clone())),
        );
        pairs.extend(compared(school, phase, *subject, *kind, &seen));
        // What a subject leader evaluates: pupils' work, teachers' records and lessons, or whatever was
        // looked at by two.
        let evaluated = matches!(kind, EvidenceKind::Books | EvidenceKind::Records | EvidenceKind::Lessons)
            || seen.iter().any(|seen| seen.views.len() >= 2);
        if subject.is_none() || !evaluated {
            continue;
        }
        let of_subject: Vec<&Evidence> =
            rows.iter().copied().filter(|row| row.about.subject() == *subject).collect();
        let checked = ValidityChecker {
            school,
            phase,
            asked,
            subject: *subject,
            kind: *kind,
            rows: own,
            of_subject: &of_subject,
        };
        validity.extend(checked.checks(&seen));
    }
    let framework = school.year.frameworks.get(&school.settings.framework);
    Moderation {
        schema: "phase/moderation/1",
        audience: Audience::Leader,
        made_on: on,
        phase: asked.phase.clone(),
        half_term: asked.half_term,
        scale: framework.map_or_else(Vec::new, |framework| {
            framework.grades.iter().map(|grade| grade.label.to_lowercase()).collect()
        }),
        all: Some(AgreedCount {
            n: pairs.iter().map(|pairs| pairs.n).sum(),
            exact: pairs.iter().map(|pairs| pairs.exact).sum(),
        }),
        pairs,
        too_few: 0,
        validity,
        to_agree,
    }
}

/// The pairs of first views from one day to before another, of every subject and kind that is asked for, for
/// who only counts them; those of the year before too.
pub fn pairs(
    school: &School,
    phase: &Phase,
    subject: Option<&Id>,
    (from, before): (NaiveDate, NaiveDate),
) -> Vec<ViewPair> {
    let own = |row: &&Evidence| {
        row.has_view()
            && row.framework.is_none()
            && (from..before).contains(&row.date)
            && phase.is_told_of(&row.year_groups)
            && (subject.is_none() || row.about.subject() == subject)
    };
    let rows: Vec<&Evidence> = school.year.evidence.iter().filter(own).collect();
    let of = |((subject, _), own): ((Option<&Id>, EvidenceKind), Vec<&Evidence>)| {
        paired(school, Some(phase), subject, &samples(&own))
    };
    grouped(&rows).into_iter().flat_map(of).collect()
}

/// Rows by subject and kind.
fn grouped<'s>(rows: &[&'s Evidence]) -> BTreeMap<(Option<&'s Id>, EvidenceKind), Vec<&'s Evidence>> {
    let mut groups: BTreeMap<(Option<&Id>, EvidenceKind), Vec<&Evidence>> = BTreeMap::new();
    for row in rows {
        groups.entry((row.about.subject(), row.kind)).or_default().push(row);
    }
    groups
}

/// The pairs among samples of one subject.
fn paired(
    school: &School,
    phase: Option<&Phase>,
    subject: Option<&Id>,
    seen: &[SampleViews<'_>],
) -> Vec<ViewPair> {
    let leader = subject.and_then(|subject| school.set_up.subjects.get(subject)?.leader.as_ref());
    let phase_leader = phase.map(|phase| &phase.leader);
    seen.iter().filter_map(|seen| pair(seen, leader, phase_leader)).collect()
}

/// Whether a row with a view belongs to what is asked: in the workspace's framework, this academic year.
fn concerns(school: &School, asked: &ModerationQuery, phase: Option<&Phase>, row: &Evidence) -> bool {
    let there = phase.is_none_or(|phase| phase.is_told_of(&row.year_groups));
    let when = row.academic_year == school.set_up.calendar.academic_year.0
        && match asked.half_term {
            Some(half_term) => row.half_term == half_term,
            None => row.half_term <= asked.present,
        };
    let about = asked.subject.is_none() || row.about.subject() == asked.subject.as_ref();
    row.has_view() && row.framework.is_none() && there && when && about
}

/// The samples, each on one aspect, with everybody's first view.
fn samples<'s>(rows: &[&'s Evidence]) -> Vec<SampleViews<'s>> {
    let mut by_sample: BTreeMap<(&Id, &Id), Vec<&Evidence>> = BTreeMap::new();
    for row in rows {
        by_sample.entry((row.sample.as_ref().unwrap_or(&row.id), &row.aspect)).or_default().push(row);
    }
    let seen = |rows: Vec<&'s Evidence>| {
        let item = sample(rows)?;
        let of_row = |row: &'s Evidence| {
            let first = row.by.as_ref().zip(row.grade);
            first.into_iter().chain(row.moderator.as_ref().zip(row.moderator_grade))
        };
        let views = item.rows().flat_map(of_row).collect();
        Some(SampleViews { item, views })
    };
    by_sample.into_values().filter_map(seen).collect()
}

/// The views of one subject and kind, the subject leader first whoever wrote the row; none without a pair.
fn compared(
    school: &School,
    phase: Option<&Phase>,
    subject: Option<&Id>,
    kind: EvidenceKind,
    seen: &[SampleViews<'_>],
) -> Option<SubjectAgreement> {
    let pairs = paired(school, phase, subject, seen);
    if pairs.is_empty() {
        return None;
    }
    let ranks = |pairs: &[&ViewPair]| pairs.iter().map(|pair| (pair.first, pair.second)).collect::<Vec<_>>();
    let all = ranks(&pairs.iter().collect::<Vec<_>>());
    let found = agreement(&all);
    let units: Vec<Vec<Rank>> =
        seen.iter().map(|seen| seen.views.iter().map(|(_, rank)| *rank).collect()).collect();
    let mut aspects: Vec<&Id> = pairs.iter().map(|pair| &pair.aspect).collect();
    aspects.sort();
    aspects.dedup();
    let of_aspect = |aspect: &Id| {
        let own: Vec<&ViewPair> = pairs.iter().filter(|pair| pair.aspect == *aspect).collect();
        let found = agreement(&ranks(&own));
        AspectAgreement {
            aspect: aspect.clone(),
            n: found.n,
            exact: found.exact,
            adjacent: found.adjacent,
            bias: found.bias,
        }
    };
    Some(SubjectAgreement {
        subject: subject.cloned(),
        kind,
        n: found.n,
        exact: found.exact,
        adjacent: found.adjacent,
        bias: found.bias,
        kappa_quadratic: weighted_kappa(&all, Weight::Quadratic),
        kappa_linear: weighted_kappa(&all, Weight::Linear),
        alpha_ordinal: krippendorff_alpha(&units),
        exact_interval: wilson(found.exact, found.n).map(|(lower, upper)| [lower * 100.0, upper * 100.0]),
        kappa_interval: kappa_interval(&all).map(|(lower, upper)| [lower, upper]),
        aspects: aspects.into_iter().map(of_aspect).collect(),
        pairs,
    })
}

/// The views of who leads the subject and of the phase leader; none where one of them has not looked, or
/// both are one. Others who looked count for alpha.
fn pair(seen: &SampleViews<'_>, leader: Option<&Id>, phase_leader: Option<&Id>) -> Option<ViewPair> {
    let view = |whom: Option<&Id>| seen.views.iter().find(|(rater, _)| Some(*rater) == whom);
    let (first, second) = (view(leader)?, view(phase_leader).filter(|_| leader != phase_leader)?);
    Some(ViewPair {
        sample: seen.item.row.sample.clone().unwrap_or_else(|| seen.item.row.id.clone()),
        aspect: seen.item.row.aspect.clone(),
        first: first.1,
        second: second.1,
        agreed: seen.item.rows().find_map(|row| row.agreed_grade),
        at: seen.item.rows().map(|row| row.at.clone()).collect(),
    })
}

impl Moderation {
    /// The answer as an audience may see it: bias, and the views that show it, for the two concerned only.
    pub fn shown_to(mut self, school: &School, audience: &Audience) -> Self {
        self.audience = audience.clone();
        let leader = |subject: &Option<Id>| {
            subject
                .as_ref()
                .and_then(|subject| school.set_up.subjects.get(subject))
                .and_then(|subject| subject.leader.clone())
        };
        let own = |subject: &Option<Id>| audience.sees_subject(leader(subject).as_ref());
        self.pairs.retain(|pairs| own(&pairs.subject));
        self.validity.retain(|line| own(&line.subject));
        // A subject has one leader: a view or two of theirs next to another's is nothing for a meeting.
        if !audience.sees_names() {
            let few = school.settings.privacy.hidden_up_to;
            let all = self.pairs.len();
            self.pairs.retain(|pairs| pairs.n > few);
            // One alone would follow from the sum of all.
            if all - self.pairs.len() == 1
                && let Some(least) =
                    (0..self.pairs.len()).min_by_key(|at| self.pairs.get(*at).map(|one| one.n))
            {
                self.pairs.remove(least);
            }
            self.too_few = all - self.pairs.len();
            let shown: u32 = self.pairs.iter().map(|pairs| pairs.n).sum();
            // What is left of the sum of all is what is not shown.
            self.all = self.all.filter(|all| all.n == shown || all.n.saturating_sub(shown) > few);
            // An aspect that is left out would follow from those that are not.
            self.pairs.iter_mut().for_each(|pairs| pairs.aspects.clear());
        }
        for pairs in &mut self.pairs {
            if !audience.sees_bias(leader(&pairs.subject).as_ref()) {
                pairs.bias = None;
                pairs.pairs.clear();
                pairs.aspects.iter_mut().for_each(|aspect| aspect.bias = None);
            }
        }
        if *audience != Audience::Leader {
            self.to_agree.clear();
        }
        self
    }
}
