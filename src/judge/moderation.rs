//! Subject leader beside phase leader: how far their first views of the same samples agree, and whether the
//! evidence can carry its conclusion.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::Serialize;

use super::gather::Item;
use super::votes::Tally;
use crate::diagnostic::Place;
use crate::school::audience::Audience;
use crate::school::evidence::{Evidence, Kind};
use crate::school::framework::Rank;
use crate::school::phases::Phase;
use crate::school::{Id, School};
use crate::statistics::agreement::{Weight, agreement, kappa_interval, krippendorff_alpha, weighted_kappa};
use crate::statistics::shares::wilson;

/// What is asked.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The phase.
    pub phase: Id,
    /// The subject; all of them where there is none.
    pub subject: Option<Id>,
    /// The half term; the academic year so far where there is none.
    pub half_term: Option<u8>,
    /// The half term it is, which decides what is current.
    pub present: u8,
}

/// Two first views of a sample on one aspect.
#[derive(Clone, Debug, Serialize)]
pub struct Pair {
    /// The sample's id; the row's where it has none.
    pub sample: Id,
    /// The aspect.
    pub aspect: Id,
    /// The subject leader's view.
    pub first: Rank,
    /// The phase leader's view.
    pub second: Rank,
    /// What they agreed on, where they did.
    pub agreed: Option<Rank>,
    /// Its rows.
    pub at: Vec<Place>,
}

/// How far the views of one aspect agree.
#[derive(Clone, Debug, Serialize)]
pub struct OfAspect {
    /// The aspect.
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
pub struct Pairs {
    /// The subject; none for the phase as a whole.
    pub subject: Option<Id>,
    /// The kind of evidence.
    pub kind: Kind,
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
    /// Linear weighted kappa.
    pub kappa_linear: Option<f64>,
    /// Krippendorff's alpha for ranks, over all who looked.
    pub alpha_ordinal: Option<f64>,
    /// The 95% interval of the share with the same grade, in percent.
    pub exact_interval: Option<[f64; 2]>,
    /// The middle 95% of the quadratic kappa over samples drawn anew.
    pub kappa_interval: Option<[f64; 2]>,
    /// The same by aspect.
    pub aspects: Vec<OfAspect>,
    /// The pairs.
    pub pairs: Vec<Pair>,
}

/// What the validity checklist looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ValidityCheck {
    /// The sample is large and wide enough.
    Sample,
    /// Every year group of the phase is in it.
    Groups,
    /// More than one kind of evidence is used for the subject.
    Kinds,
    /// It is of this half term or the one before.
    Current,
    /// What was seen is noted beside the grade.
    Descriptor,
    /// Agreed grades lie between the two views.
    Conclusion,
    /// Records agree with the work and with results.
    Records,
}

/// One line of the validity checklist.
#[derive(Clone, Debug, Serialize)]
pub struct Validity {
    /// The subject; none for the phase as a whole.
    pub subject: Option<Id>,
    /// The kind of evidence.
    pub kind: Kind,
    /// What is looked at.
    pub check: ValidityCheck,
    /// Whether it holds.
    pub holds: bool,
    /// In words.
    pub says: String,
}

/// The answer.
#[derive(Clone, Debug, Serialize)]
pub struct Moderation {
    /// `phase/moderation/1`.
    pub schema: &'static str,
    /// Who it is for.
    pub audience: Audience,
    /// The day it was made for.
    pub made_on: NaiveDate,
    /// The phase.
    pub phase: Id,
    /// The half term; the academic year so far where there is none.
    pub half_term: Option<u8>,
    /// The scale's grades, by rank from 1.
    pub scale: Vec<String>,
    /// How far views agree, by subject and kind.
    pub pairs: Vec<Pairs>,
    /// The validity checklist.
    pub validity: Vec<Validity>,
    /// Samples with two first views and no agreed grade.
    pub to_agree: Vec<Place>,
}

/// A sample on one aspect: its rows and everybody's first view.
struct Seen<'s> {
    item: Item<'s>,
    views: Vec<(&'s Id, Rank)>,
}

/// Compares the first views of a school's samples.
pub fn moderate(school: &School, asked: &Asked, on: NaiveDate) -> Moderation {
    let phase = school.phases.iter().find(|phase| phase.id == asked.phase);
    let rows: Vec<&Evidence> =
        school.evidence.iter().filter(|row| concerns(school, asked, phase, row)).collect();
    let mut groups: BTreeMap<(Option<&Id>, Kind), Vec<&Evidence>> = BTreeMap::new();
    for row in &rows {
        groups.entry((row.about.subject(), row.kind)).or_default().push(row);
    }
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
        let evaluated = matches!(kind, Kind::Books | Kind::Records | Kind::Lessons)
            || seen.iter().any(|seen| seen.views.len() >= 2);
        if subject.is_none() || !evaluated {
            continue;
        }
        let of_subject: Vec<&Evidence> =
            rows.iter().copied().filter(|row| row.about.subject() == *subject).collect();
        let checked = Checked {
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
    let framework = school.frameworks.get(&school.framework);
    Moderation {
        schema: "phase/moderation/1",
        audience: Audience::Leader,
        made_on: on,
        phase: asked.phase.clone(),
        half_term: asked.half_term,
        scale: framework.map_or_else(Vec::new, |framework| {
            framework.grades.iter().map(|grade| grade.label.to_lowercase()).collect()
        }),
        pairs,
        validity,
        to_agree,
    }
}

/// Whether a row with a view belongs to what is asked: in the workspace's framework, this academic year.
fn concerns(school: &School, asked: &Asked, phase: Option<&Phase>, row: &Evidence) -> bool {
    let there = phase.is_none_or(|phase| {
        row.year_groups.is_empty() || row.year_groups.iter().any(|year| phase.year_groups.contains(year))
    });
    let when = row.academic_year == school.calendar.academic_year.0
        && match asked.half_term {
            Some(half_term) => row.half_term == half_term,
            None => row.half_term <= asked.present,
        };
    let about = asked.subject.is_none() || row.about.subject() == asked.subject.as_ref();
    row.has_view() && row.framework.is_none() && there && when && about
}

/// The samples, each on one aspect, with everybody's first view.
fn samples<'s>(rows: &[&'s Evidence]) -> Vec<Seen<'s>> {
    let mut by_sample: BTreeMap<(&Id, &Id), Vec<&Evidence>> = BTreeMap::new();
    for row in rows {
        by_sample.entry((row.sample.as_ref().unwrap_or(&row.id), &row.aspect)).or_default().push(row);
    }
    let seen = |mut rows: Vec<&'s Evidence>| {
        rows.sort_by(|a, b| (a.date, &a.id).cmp(&(b.date, &b.id)));
        let mut views: Vec<(&Id, Rank)> = Vec::new();
        for row in &rows {
            views.extend(row.by.as_ref().zip(row.grade));
            views.extend(row.moderator.as_ref().zip(row.moderator_grade));
        }
        let agreed = rows.iter().find_map(|row| row.agreed_grade);
        let rank = agreed.or(views.first().filter(|_| views.len() == 1).map(|(_, rank)| *rank));
        let more = rows.split_off(rows.len().min(1));
        rows.first().map(|row| Seen { item: Item { row, more, rank }, views })
    };
    by_sample.into_values().filter_map(seen).collect()
}

/// The views of one subject and kind, the subject leader first whoever wrote the row; none without a pair.
fn compared(
    school: &School,
    phase: Option<&Phase>,
    subject: Option<&Id>,
    kind: Kind,
    seen: &[Seen<'_>],
) -> Option<Pairs> {
    let leader = subject.and_then(|subject| school.subjects.get(subject)?.leader.as_ref());
    let phase_leader = phase.map(|phase| &phase.leader);
    let pairs: Vec<Pair> = seen.iter().filter_map(|seen| pair(seen, leader, phase_leader)).collect();
    if pairs.is_empty() {
        return None;
    }
    let ranks = |pairs: &[&Pair]| pairs.iter().map(|pair| (pair.first, pair.second)).collect::<Vec<_>>();
    let all = ranks(&pairs.iter().collect::<Vec<_>>());
    let found = agreement(&all);
    let units: Vec<Vec<Rank>> =
        seen.iter().map(|seen| seen.views.iter().map(|(_, rank)| *rank).collect()).collect();
    let mut aspects: Vec<&Id> = pairs.iter().map(|pair| &pair.aspect).collect();
    aspects.sort();
    aspects.dedup();
    let of_aspect = |aspect: &Id| {
        let own: Vec<&Pair> = pairs.iter().filter(|pair| pair.aspect == *aspect).collect();
        let found = agreement(&ranks(&own));
        OfAspect {
            aspect: aspect.clone(),
            n: found.n,
            exact: found.exact,
            adjacent: found.adjacent,
            bias: found.bias,
        }
    };
    Some(Pairs {
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

/// The pair of a sample: who leads the subject, and the phase leader; where one of them is not there, the
/// other beside whoever looked too.
fn pair(seen: &Seen<'_>, leader: Option<&Id>, phase_leader: Option<&Id>) -> Option<Pair> {
    let view = |whom: Option<&Id>| seen.views.iter().find(|(rater, _)| Some(*rater) == whom);
    let other = |than: &Id| seen.views.iter().find(|(rater, _)| *rater != than);
    let (first, second) = match (view(leader), view(phase_leader)) {
        (Some(first), Some(second)) if first.0 != second.0 => (first, second),
        (Some(first), _) => (first, other(first.0)?),
        (None, Some(second)) => (other(second.0)?, second),
        (None, None) => return None,
    };
    Some(Pair {
        sample: seen.item.row.sample.clone().unwrap_or_else(|| seen.item.row.id.clone()),
        aspect: seen.item.row.aspect.clone(),
        first: first.1,
        second: second.1,
        agreed: seen.item.rows().find_map(|row| row.agreed_grade),
        at: seen.item.rows().map(|row| row.at.clone()).collect(),
    })
}

/// The validity of one subject's evidence of one kind.
struct Checked<'a, 's> {
    school: &'s School,
    phase: Option<&'s Phase>,
    asked: &'a Asked,
    subject: Option<&'s Id>,
    kind: Kind,
    rows: &'a [&'s Evidence],
    of_subject: &'a [&'s Evidence],
}

impl Checked<'_, '_> {
    fn checks(&self, seen: &[Seen<'_>]) -> Vec<Validity> {
        let line = |check: ValidityCheck, holds: bool, says: String| Validity {
            subject: self.subject.cloned(),
            kind: self.kind,
            check,
            holds,
            says,
        };
        let samples: BTreeSet<&Id> =
            seen.iter().map(|seen| seen.item.row.sample.as_ref().unwrap_or(&seen.item.row.id)).collect();
        let classes: BTreeSet<&Id> = self.rows.iter().flat_map(|row| self.classes(row)).collect();
        let of_phase =
            self.phase.map(|phase| self.school.classes.values().filter(|class| phase.has(class)).count());
        let wanted =
            of_phase.filter(|_| self.school.known.classes).map_or(0, |all| all.div_ceil(2).max(all.min(2)));
        let least = if self.kind == Kind::Lessons { 1 } else { self.school.sufficiency.items as usize };
        let wide = samples.len() >= least && classes.len() >= wanted;
        let mut lines = vec![line(
            ValidityCheck::Sample,
            wide,
            format!(
                "{} from {} (wanted: {least} and {wanted})",
                plural(samples.len(), "sample", "samples"),
                plural(classes.len(), "class", "classes")
            ),
        )];
        lines.push(self.groups(&line));
        let kinds: BTreeSet<Kind> = self.of_subject.iter().map(|row| row.kind).collect();
        lines.push(line(
            ValidityCheck::Kinds,
            kinds.len() as u32 >= self.school.sufficiency.kinds,
            format!(
                "{} of evidence for the subject (wanted: {})",
                plural(kinds.len(), "kind", "kinds"),
                self.school.sufficiency.kinds
            ),
        ));
        let recent = |row: &&&Evidence| {
            u32::try_from(row.half_terms_before(self.school.calendar.academic_year.0, self.asked.present))
                .is_ok_and(|before| before < self.school.sufficiency.half_terms)
        };
        let current = self.rows.iter().filter(recent).count();
        lines.push(line(
            ValidityCheck::Current,
            current > 0,
            format!(
                "{current} of {} from this half term or the one before",
                plural(self.rows.len(), "row", "rows")
            ),
        ));
        let quoted = self
            .rows
            .iter()
            .filter(|row| {
                row.notes
                    .as_ref()
                    .is_some_and(|notes| !notes.strength.is_empty() || !notes.concern.is_empty())
            })
            .count();
        lines.push(line(
            ValidityCheck::Descriptor,
            quoted * 2 >= self.rows.len(),
            format!("{quoted} of {} say what was seen", plural(self.rows.len(), "row", "rows")),
        ));
        let outside = seen.iter().filter(|seen| {
            let views = || seen.views.iter().map(|(_, rank)| *rank);
            let between = views().min()..=views().max();
            seen.views.len() >= 2
                && seen
                    .item
                    .rows()
                    .find_map(|row| row.agreed_grade)
                    .is_some_and(|agreed| !between.contains(&Some(agreed)))
        });
        let outside = outside.count();
        lines.push(line(
            ValidityCheck::Conclusion,
            outside == 0,
            if outside == 0 {
                "agreed grades lie between the two views".to_owned()
            } else {
                format!("{} outside the two views", plural(outside, "agreed grade lies", "agreed grades lie"))
            },
        ));
        if self.kind == Kind::Records {
            lines.extend(self.records().map(|(holds, says)| line(ValidityCheck::Records, holds, says)));
        }
        lines
    }

    /// The classes that a row covers: those it names or was visited in, else those of its year groups.
    fn classes(&self, row: &Evidence) -> Vec<&Id> {
        let is_visit = |visit: &&Evidence| row.rests_on.contains(&visit.id);
        let visits = || self.school.evidence.iter().filter(|_| !row.rests_on.is_empty()).filter(is_visit);
        let named: BTreeSet<&Id> =
            row.classes.iter().chain(visits().flat_map(|visit| visit.classes.iter())).collect();
        let covered = self.school.classes.values().filter(|class| {
            let of_phase = self.phase.is_none_or(|phase| phase.has(class));
            let of_year = class.year_groups.iter().any(|year| row.year_groups.contains(year));
            of_phase && (named.contains(&class.id) || (named.is_empty() && of_year))
        });
        covered.map(|class| &class.id).collect()
    }

    fn groups(&self, line: &impl Fn(ValidityCheck, bool, String) -> Validity) -> Validity {
        let years = self.phase.map_or(&[][..], |phase| phase.year_groups.as_slice());
        let seen = years.iter().filter(|year| {
            self.rows.iter().any(|row| {
                row.year_groups.contains(year)
                    || self
                        .school
                        .evidence
                        .iter()
                        .any(|visit| row.rests_on.contains(&visit.id) && visit.year_groups.contains(year))
            })
        });
        let seen = seen.count();
        line(
            ValidityCheck::Groups,
            seen == years.len(),
            format!("{seen} of {}", plural(years.len(), "year group", "year groups")),
        )
    }

    /// Whether records say what the work and the results say, on the aspects that both speak to.
    fn records(&self) -> Option<(bool, String)> {
        let middle = |aspect: &Id, kinds: &[Kind]| {
            let mut tally = Tally::default();
            let own = self.of_subject.iter().filter(|row| row.aspect == *aspect && kinds.contains(&row.kind));
            own.filter_map(|row| row.counted()).for_each(|rank| tally.add(rank));
            super::votes::middle(&super::votes::line([&tally]))
        };
        let aspects: BTreeSet<&Id> = self.rows.iter().map(|row| &row.aspect).collect();
        let both: Vec<(&Id, Rank, Rank)> = aspects
            .into_iter()
            .filter_map(|aspect| {
                Some((aspect, middle(aspect, &[Kind::Records])?, middle(aspect, &[Kind::Books, Kind::Data])?))
            })
            .collect();
        let apart: Vec<&str> = both
            .iter()
            .filter(|(_, records, work)| records != work)
            .map(|(aspect, ..)| aspect.as_str())
            .collect();
        if both.is_empty() {
            return Some((
                false,
                "no aspect has both records and work or results to set beside them".to_owned(),
            ));
        }
        Some(if apart.is_empty() {
            (
                true,
                format!(
                    "records say what work and results say on {}",
                    plural(both.len(), "aspect", "aspects")
                ),
            )
        } else {
            (false, format!("records and work or results differ on {}", apart.join(", ")))
        })
    }
}

fn plural(number: usize, one: &str, more: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { more })
}

impl Moderation {
    /// The answer as an audience may see it: bias, and the views that show it, for the two concerned only.
    pub fn shown_to(mut self, school: &School, audience: &Audience) -> Self {
        self.audience = audience.clone();
        let leader = |subject: &Option<Id>| {
            subject
                .as_ref()
                .and_then(|subject| school.subjects.get(subject))
                .and_then(|subject| subject.leader.clone())
        };
        let own = |subject: &Option<Id>| audience.sees_subject(leader(subject).as_ref());
        self.pairs.retain(|pairs| own(&pairs.subject));
        self.validity.retain(|line| own(&line.subject));
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
