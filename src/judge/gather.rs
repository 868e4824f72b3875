//! Evidence brought together: what counts for an aspect, what does not, and why.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::NaiveDate;
use serde::Serialize;

use super::firmness::Breadth;
use super::votes::Tallies;
use crate::school::{
    Aspect, Class, Evidence, EvidenceKind, EvidenceSubject, Id, Phase, Rank, School, Strand, YearGroup,
    monday,
};

/// What is judged, by what, and when.
#[derive(Clone, Debug)]
pub struct Scope {
    pub phase: Id,
    /// The subject; all of them, and the phase as a whole, where there is none.
    pub subject: Option<Id>,
    /// The half term at whose end is judged.
    pub half_term: u8,
    /// Whether all items of the academic year count.
    pub year: bool,
    pub framework: Id,
    /// Whether each item says whom it is about and who looked: for an explanation.
    pub in_detail: bool,
}

impl Scope {
    /// A subject, or the phase as a whole, at the end of a half term, by the school's own framework.
    pub fn at(school: &School, phase: &Id, subject: Option<&Id>, half_term: u8) -> Self {
        Self {
            phase: phase.clone(),
            subject: subject.cloned(),
            half_term,
            year: false,
            framework: school.settings.framework.clone(),
            in_detail: false,
        }
    }
}

/// Why a row is shown but not counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum NotCounted {
    /// From before the last half terms that count.
    TooOld,
    /// From last year, about pupils who have left the phase or moved up.
    OtherPupils,
    /// Of a kind that cannot speak to the aspect.
    KindCannotSpeak,
}

/// An item: a row, or the rows of one sample.
#[derive(Clone, Debug)]
pub struct EvidenceItem<'s> {
    /// The first row.
    pub row: &'s Evidence,
    /// Further views of the same sample.
    pub more: Vec<&'s Evidence>,
    /// The grade that counts; none where it is still to be agreed.
    pub rank: Option<Rank>,
}

impl<'s> EvidenceItem<'s> {
    /// Every row of it.
    pub fn rows(&self) -> impl Iterator<Item = &'s Evidence> + '_ {
        std::iter::once(self.row).chain(self.more.iter().copied())
    }
}

/// What is known of one aspect.
#[derive(Clone, Debug, Default)]
pub struct Gathered<'s> {
    /// What counts, each with a grade.
    pub items: Vec<EvidenceItem<'s>>,
    /// Samples with two first views and no agreed grade.
    pub to_agree: Vec<EvidenceItem<'s>>,
    /// What does not count, and why.
    pub not_counted: Vec<(&'s Evidence, NotCounted)>,
    /// What describes and carries no view.
    pub described: Vec<&'s Evidence>,
}

impl Gathered<'_> {
    /// The grades by kind.
    pub fn tallies(&self) -> Tallies {
        let mut tallies = Tallies::new();
        for item in &self.items {
            if let Some(rank) = item.rank {
                tallies.entry(item.row.kind).or_default().add(rank);
            }
        }
        tallies
    }
}

/// Brings together the evidence of a school for a scope.
pub struct Gathering<'s> {
    pub(super) school: &'s School,
    pub(super) scope: &'s Scope,
    pub(super) phase: Option<&'s Phase>,
    /// The visits that grades for lessons rest on.
    visits: HashMap<&'s Id, &'s Evidence>,
}

impl<'s> Gathering<'s> {
    /// For a scope.
    pub fn new(school: &'s School, scope: &'s Scope) -> Self {
        let is_visit = |item: &&Evidence| item.kind == EvidenceKind::Lessons && !item.has_view();
        let visits = school.year.evidence.iter().filter(is_visit).map(|visit| (&visit.id, visit)).collect();
        Self {
            school,
            scope,
            phase: school.set_up.phases.iter().find(|phase| phase.id == scope.phase),
            visits,
        }
    }

    /// The visits that an item rests on.
    pub fn visits(&self, item: &Evidence) -> impl Iterator<Item = &'s Evidence> {
        item.rests_on.iter().filter_map(|id| self.visits.get(id).copied())
    }

    /// How many rows with a view belong to the scope but for their framework, of this academic year.
    pub fn elsewhere(&self) -> BTreeMap<Id, usize> {
        let mut elsewhere = BTreeMap::new();
        let is_own = self.scope.framework == self.school.settings.framework;
        let this_year = self.school.set_up.calendar.academic_year.0;
        let others = self.school.year.evidence.iter().filter(|row| row.framework.is_some() || !is_own);
        for row in others.filter(|row| row.academic_year == this_year && row.has_view()) {
            let framework = row.framework.as_ref().unwrap_or(&self.school.settings.framework);
            if *framework != self.scope.framework && self.is_about(row) {
                *elsewhere.entry(framework.clone()).or_default() += 1;
            }
        }
        elsewhere
    }

    /// Whether a row belongs to the scope, whenever it was.
    fn concerns(&self, row: &Evidence) -> bool {
        let framework = row.framework.as_ref().unwrap_or(&self.school.settings.framework);
        *framework == self.scope.framework && self.is_about(row)
    }

    /// Whether a row is about the subject and the phase.
    fn is_about(&self, row: &Evidence) -> bool {
        let about = match (&self.scope.subject, &row.about) {
            (Some(subject), EvidenceSubject::Subject(other)) => subject == other,
            (Some(_), EvidenceSubject::Phase) => false,
            (None, _) => true,
        };
        let there = self.phase.is_none_or(|phase| phase.is_told_of(&row.year_groups));
        about && there
    }

    /// Why a row does not count: nothing where it does; nothing at all where it lies after the scope.
    fn age(&self, row: &Evidence, aspect: &Aspect) -> Option<Result<(), NotCounted>> {
        let this_year = self.school.set_up.calendar.academic_year.0;
        let before = row.half_terms_before(this_year, self.scope.half_term);
        if self.scope.year {
            return (row.academic_year == this_year).then_some(Ok(()));
        }
        if before < 0 {
            return None;
        }
        let recent =
            u32::try_from(before).is_ok_and(|before| before < self.school.settings.sufficiency.half_terms);
        Some(match (recent, row.academic_year == this_year || aspect.strand == Strand::Provision) {
            (false, _) => Err(NotCounted::TooOld),
            (true, false) => Err(NotCounted::OtherPupils),
            (true, true) => Ok(()),
        })
    }

    /// What is known of each of these aspects.
    pub fn of(&self, aspects: &[&Aspect]) -> Vec<Gathered<'s>> {
        let places: HashMap<&Id, usize> =
            aspects.iter().enumerate().map(|(index, aspect)| (&aspect.id, index)).collect();
        let mut all = vec![Gathered::default(); aspects.len()];
        let mut samples: HashMap<(usize, &Id), Vec<&'s Evidence>> = HashMap::new();
        for row in self.school.year.evidence.iter().filter(|row| self.concerns(row)) {
            let Some(place) = places.get(&row.aspect).copied() else { continue };
            let (Some(gathered), Some(aspect)) = (all.get_mut(place), aspects.get(place)) else { continue };
            let Some(age) = self.age(row, aspect) else { continue };
            if !row.has_view() {
                gathered.described.extend(age.is_ok().then_some(row));
                continue;
            }
            if !aspect.kinds.contains(&row.kind) {
                gathered.not_counted.push((row, NotCounted::KindCannotSpeak));
                continue;
            }
            if let Err(because) = age {
                gathered.not_counted.push((row, because));
                continue;
            }
            match &row.sample {
                Some(sample) => samples.entry((place, sample)).or_default().push(row),
                None => {
                    let rank = row.counted();
                    let item = EvidenceItem { row, more: Vec::new(), rank };
                    if rank.is_some() { &mut gathered.items } else { &mut gathered.to_agree }.push(item);
                }
            }
        }
        let sampled = !samples.is_empty();
        let mut samples: Vec<((usize, &Id), Vec<&Evidence>)> = samples.into_iter().collect();
        samples.sort_by_key(|(key, _)| *key);
        for ((place, _), rows) in samples {
            let (Some(gathered), Some(item)) = (all.get_mut(place), sample(rows)) else { continue };
            if item.rank.is_some() { &mut gathered.items } else { &mut gathered.to_agree }.push(item);
        }
        // Rows come by date, and samples after them.
        for gathered in all.iter_mut().filter(|_| sampled) {
            gathered.items.sort_by(|a, b| (a.row.date, &a.row.id).cmp(&(b.row.date, &b.row.id)));
            gathered.to_agree.sort_by(|a, b| (a.row.date, &a.row.id).cmp(&(b.row.date, &b.row.id)));
        }
        all
    }

    /// The classes of the phase that an item is about; of a grade for lessons, those that were visited.
    pub fn classes(&self, item: &'s Evidence) -> impl Iterator<Item = &'s Id> {
        let own = |class: &&Id| match (self.school.set_up.classes.get(*class), self.phase) {
            (Some(class), Some(phase)) => phase.has(class),
            _ => true,
        };
        item.classes.iter().chain(self.visits(item).flat_map(|visit| visit.classes.iter())).filter(own)
    }

    /// The year groups of the phase that an item is about.
    pub fn year_groups(&self, row: &'s Evidence) -> impl Iterator<Item = YearGroup> + '_ {
        let own = |year: &YearGroup| self.phase.is_none_or(|phase| phase.year_groups.contains(year));
        row.year_groups.iter().copied().filter(own)
    }

    /// The classes that an item covers: those it names, else those of the year groups it names.
    pub fn covered(&self, row: &'s Evidence) -> Vec<&'s Id> {
        let named: Vec<&Id> = self.classes(row).collect();
        if !named.is_empty() || !row.rests_on.is_empty() {
            return named;
        }
        let of_year = |class: &&Class| class.year_groups.iter().any(|year| row.year_groups.contains(year));
        let of_phase = |class: &&Class| self.phase.is_none_or(|phase| phase.has(class));
        self.school.set_up.classes.values().filter(of_year).filter(of_phase).map(|class| &class.id).collect()
    }

    /// Rows that differ in whom they are about: most are about the same few classes again and again.
    fn apart(rows: impl Iterator<Item = &'s Evidence>) -> impl Iterator<Item = &'s Evidence> {
        type Whom<'s> = (&'s [Id], &'s [YearGroup], &'s [Id]);
        let apart: BTreeMap<Whom<'_>, &Evidence> =
            rows.map(|row| ((&*row.classes, &*row.year_groups, row.rests_on.as_slice()), row)).collect();
        apart.into_values()
    }

    /// How many classes of each year group items cover, lessons left out.
    pub fn classes_covered(&self, items: &[EvidenceItem<'s>]) -> BTreeMap<YearGroup, usize> {
        let rows = items.iter().map(|item| item.row).filter(|row| row.kind != EvidenceKind::Lessons);
        let classes: BTreeSet<&Id> = Self::apart(rows).flat_map(|row| self.covered(row)).collect();
        let mut covered = BTreeMap::new();
        for year in classes
            .iter()
            .filter_map(|class| self.school.set_up.classes.get(*class))
            .flat_map(|class| &class.year_groups)
        {
            *covered.entry(*year).or_default() += 1;
        }
        covered
    }

    /// How broad the items of an aspect are.
    pub fn breadth(&self, gathered: &Gathered<'s>, tallies: &Tallies) -> Breadth {
        let rows = gathered.items.iter().flat_map(EvidenceItem::rows);
        let classes: BTreeSet<&Id> = Self::apart(rows).flat_map(|row| self.covered(row)).collect();
        let mut weeks: BTreeSet<NaiveDate> = BTreeSet::new();
        let mut observers: BTreeSet<&Id> = BTreeSet::new();
        let mut joint = false;
        for row in gathered.items.iter().flat_map(EvidenceItem::rows) {
            joint |= row.jointly;
            if row.rests_on.is_empty() {
                weeks.insert(monday(row.date));
                observers.extend(row.observers());
            }
            for visit in self.visits(row) {
                weeks.insert(monday(visit.date));
                observers.extend(visit.observers());
                joint |= visit.jointly;
            }
        }
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let people = count(observers.len());
        Breadth {
            kinds: count(tallies.len()),
            items: count(gathered.items.len()),
            classes: self.classes_of_phase().map(|_| count(classes.len())),
            weeks: count(weeks.len()),
            observers: if joint { people.max(self.school.settings.sufficiency.observers) } else { people },
        }
    }

    /// How many classes the phase has, where they are known.
    pub fn classes_of_phase(&self) -> Option<usize> {
        let phase = self.phase.filter(|_| self.school.set_up.known.classes)?;
        Some(self.school.set_up.classes.values().filter(|class| phase.has(class)).count())
    }
}

/// The views of one sample on one aspect as one item, at the agreed grade; nothing where none is a view.
pub(super) fn sample(rows: Vec<&Evidence>) -> Option<EvidenceItem<'_>> {
    let agreed = rows.iter().find_map(|row| row.agreed_grade);
    let mut views = rows.iter().flat_map(|row| [row.grade, row.moderator_grade]).flatten();
    let (first, second) = (views.next(), views.next());
    let rank = agreed.or(first.filter(|_| second.is_none()));
    let mut rows = rows;
    rows.sort_by(|a, b| (a.date, &a.id).cmp(&(b.date, &b.id)));
    let more = rows.split_off(rows.len().min(1));
    Some(EvidenceItem { row: rows.first()?, more, rank })
}
