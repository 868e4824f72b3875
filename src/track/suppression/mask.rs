//! What may be shown of small numbers: count tables in, a mask out.

use std::collections::{BTreeMap, BTreeSet};

use crate::school::attainment::pupils::SEND;
use crate::school::{Group, Id, Measure, YearGroup};
use crate::track::suppression::bounds::{BoundsCell, BoundsTable, CountBounds};

/// What a total is divided by: year groups, or the values of a column.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TableAxis {
    YearGroups,
    /// By a column of the pupils.
    Column(Id),
}

/// A part of a total.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TablePart {
    /// What the total is divided by.
    pub axis: TableAxis,
    /// Which part: a year group, a value; empty for those of whom nothing is recorded.
    pub value: String,
}

/// What may be shown of a part.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Visibility {
    #[default]
    All,
    /// How many pupils there are, and nothing of what they reached.
    Number,
    Nothing,
}

/// One table: what is counted of which subject, divided along one axis.
#[derive(Clone, Debug)]
pub struct CountTable {
    /// The subject and what is counted.
    pub of: (Id, Measure),
    /// What it is divided by.
    pub axis: TableAxis,
    /// Pupils and those at the standard, by part; parts without pupils are not there.
    pub parts: BTreeMap<String, (u32, u32)>,
}

impl CountTable {
    /// Pupils and those at the standard, in all.
    pub(crate) fn total(&self) -> (u32, u32) {
        self.parts.values().fold((0, 0), |(n, x), part| (n + part.0, x + part.1))
    }
}

/// What may be shown of a data point.
#[derive(Clone, Debug, Default)]
pub struct SuppressionMask {
    /// Parts that are not wholly shown, whatever is counted.
    parts: BTreeMap<TablePart, Visibility>,
    /// What was reached of parts that is not shown, of one thing that is counted.
    reached: BTreeSet<((Id, Measure), TablePart)>,
    /// Totals that are not wholly shown.
    totals: BTreeMap<(Id, Measure), Visibility>,
    /// What is counted of so few pupils that nothing of it is shown, neither parts nor totals.
    dark: BTreeSet<(Id, Measure)>,
    /// Whether everything is shown: the leader asks.
    lifted: bool,
}

/// The limits under which numbers are small.
#[derive(Clone, Copy, Debug)]
pub struct SuppressionLimits {
    /// Up to so many are hidden.
    pub hidden: u32,
    /// Up to so many are only counted.
    pub counted: u32,
}

pub(crate) fn value_of(column: &Id, value: &str) -> String {
    if column.as_str() == SEND && value != "N" { "K,E".to_owned() } else { value.to_owned() }
}

/// What may be shown of these tables; nothing along the axes that lie `within` others, and `extremes` says of an
/// axis whether what all of a group have or lack is hidden too.
pub fn over(
    layers: &[CountTable],
    limits: SuppressionLimits,
    within: &BTreeSet<TableAxis>,
    extremes: impl Fn(&TableAxis) -> bool,
) -> SuppressionMask {
    let mut mask = SuppressionMask::default();
    for layer in layers {
        let (n, _) = layer.total();
        mask.lower_total(&layer.of, small(n, limits));
        for (value, (n, x)) in &layer.parts {
            let is_within = within.contains(&layer.axis);
            mask.lower(&layer.axis, value, if is_within { Visibility::Nothing } else { small(*n, limits) });
            if extremes(&layer.axis) && (*x == 0 || x == n) {
                mask.hide_reached(layer, value);
            }
        }
    }
    // Each round hides more, so that there is an end.
    while layers.iter().any(|layer| mask.settle_numbers(layer)) {}
    let mut axes: Vec<&TableAxis> = layers.iter().map(|layer| &layer.axis).collect();
    axes.sort();
    axes.dedup();
    let along = |axis: &TableAxis| layers.iter().filter(|layer| layer.axis == *axis).collect::<Vec<_>>();
    let tables: Vec<Vec<&CountTable>> = axes.into_iter().map(along).collect();
    while tables.iter().any(|table| mask.settle_reached(table)) {}
    mask
}

pub(crate) fn small(n: u32, limits: SuppressionLimits) -> Visibility {
    match n {
        0 => Visibility::All,
        n if n <= limits.hidden => Visibility::Nothing,
        n if n <= limits.counted => Visibility::Number,
        _ => Visibility::All,
    }
}

impl SuppressionMask {
    /// The one that hides nothing: the leader asks.
    pub(crate) fn lifted() -> Self {
        Self { lifted: true, ..Self::default() }
    }

    pub(crate) fn lower(&mut self, axis: &TableAxis, value: &str, shown: Visibility) -> bool {
        if shown == Visibility::All {
            return false;
        }
        let part = TablePart { axis: axis.clone(), value: value.to_owned() };
        let now = self.parts.entry(part).or_default();
        let changed = shown > *now;
        *now = shown.max(*now);
        changed
    }

    pub(crate) fn lower_total(&mut self, of: &(Id, Measure), shown: Visibility) -> bool {
        if shown == Visibility::All {
            return false;
        }
        let now = self.totals.entry(of.clone()).or_default();
        let changed = shown > *now;
        *now = shown.max(*now);
        changed
    }

    pub(crate) fn of(&self, axis: &TableAxis, value: &str) -> Visibility {
        let part = TablePart { axis: axis.clone(), value: value.to_owned() };
        self.parts.get(&part).copied().unwrap_or_default()
    }

    pub(crate) fn hide_reached(&mut self, layer: &CountTable, value: &str) -> bool {
        let part = TablePart { axis: layer.axis.clone(), value: value.to_owned() };
        self.reached.insert((layer.of.clone(), part))
    }

    pub(crate) fn is_dark(&self, subject: &Id, measure: Measure) -> bool {
        self.dark.contains(&(subject.clone(), measure))
    }

    /// What may be shown of a part, of one thing that is counted.
    pub(crate) fn part(&self, of: &(Id, Measure), axis: &TableAxis, value: &str) -> Visibility {
        if self.dark.contains(of) {
            return Visibility::Nothing;
        }
        let shown = self.of(axis, value);
        let part = TablePart { axis: axis.clone(), value: value.to_owned() };
        if self.reached.contains(&(of.clone(), part)) { shown.max(Visibility::Number) } else { shown }
    }

    /// What may be shown of a total.
    pub fn total(&self, subject: &Id, measure: Measure) -> Visibility {
        if self.is_dark(subject, measure) {
            return Visibility::Nothing;
        }
        self.totals.get(&(subject.clone(), measure)).copied().unwrap_or_default()
    }

    /// What may be shown of a year group or a group, or of both together: nothing of the last, since no table
    /// is agreed for it.
    pub fn shows(
        &self,
        subject: &Id,
        measure: Measure,
        year_group: Option<YearGroup>,
        group: &Group,
    ) -> Visibility {
        if self.lifted {
            return Visibility::All;
        }
        if self.is_dark(subject, measure) {
            return Visibility::Nothing;
        }
        match (year_group, group) {
            (None, Group::All) => self.total(subject, measure),
            (Some(year), Group::All) => {
                self.part(&(subject.clone(), measure), &TableAxis::YearGroups, &year.to_string())
            }
            (None, Group::Of { column, values }) => {
                let axis = TableAxis::Column(column.clone());
                let mut parts: BTreeSet<String> =
                    values.iter().map(|value| value_of(column, value.as_str())).collect();
                // Support alone, or plans alone, are in no table.
                let both = ["K", "E"].iter().all(|value| values.iter().any(|own| own.as_str() == *value));
                if column.as_str() == SEND && parts.contains("K,E") && !both {
                    return Visibility::Nothing;
                }
                match (parts.pop_first(), parts.is_empty()) {
                    (Some(only), true) => self.part(&(subject.clone(), measure), &axis, &only),
                    // Several parts together are about those that are left out.
                    _ if self.is_whole(subject, measure, &axis) => Visibility::All,
                    _ => Visibility::Nothing,
                }
            }
            (Some(_), Group::Of { .. }) => Visibility::Nothing,
        }
    }

    /// Whether every part of an axis is shown, of one thing that is counted.
    pub fn is_whole(&self, subject: &Id, measure: Measure, axis: &TableAxis) -> bool {
        let hidden = |((of, counted), part): &((Id, Measure), TablePart)| {
            of == subject && *counted == measure && part.axis == *axis
        };
        self.parts.iter().all(|(part, shown)| part.axis != *axis || *shown == Visibility::All)
            && !self.reached.iter().any(hidden)
    }

    /// Whether how many belong to some part of an axis is hidden.
    pub fn hides_a_number(&self, axis: &TableAxis) -> bool {
        self.parts.iter().any(|(part, shown)| part.axis == *axis && *shown == Visibility::Nothing)
    }

    /// The parts of a table, smallest first, each with what may be shown of it.
    pub(crate) fn ordered(&self, layer: &CountTable) -> Vec<(String, u32, u32, Visibility)> {
        let shown = |(value, (n, x)): (&String, &(u32, u32))| {
            (value.clone(), *n, *x, self.part(&layer.of, &layer.axis, value))
        };
        let mut parts: Vec<_> = layer.parts.iter().map(shown).collect();
        parts.sort_by(|a, b| (a.1, &a.0).cmp(&(b.1, &b.0)));
        parts
    }

    /// Hides one number more of a table where a hidden one follows from what is shown.
    pub(crate) fn settle_numbers(&mut self, layer: &CountTable) -> bool {
        let parts = self.ordered(layer);
        let hidden: Vec<u32> =
            parts.iter().filter(|part| part.3 == Visibility::Nothing).map(|part| part.1).collect();
        let total = self.total(&layer.of.0, layer.of.1);
        if hidden.is_empty() || total == Visibility::Nothing {
            return false;
        }
        let (sum, count) = (hidden.iter().sum::<u32>(), u32::try_from(hidden.len()).unwrap_or(u32::MAX));
        // With nothing assumed each lies between 0 and the sum; with what is known, at least 1 is in each.
        let is_safe = count > 1 && sum >= 5 && sum + 1 >= count + 3;
        if is_safe {
            return false;
        }
        match parts.iter().find(|part| part.3 != Visibility::Nothing) {
            Some(next) => self.lower(&layer.axis, &next.0, Visibility::Nothing),
            // The total would follow from what else it is divided by.
            None => self.dark.insert(layer.of.clone()),
        }
    }

    /// Hides one thing more of what was reached, where something hidden could be fewer than three numbers; false
    /// where nothing could, or nothing is left to hide.
    pub(crate) fn settle_reached(&mut self, table: &[&CountTable]) -> bool {
        let tables: Vec<BoundsTable> = table.iter().map(|layer| self.as_table(layer)).collect();
        let bounds = CountBounds::of(&tables);
        bounds.narrow().into_iter().any(|(index, value)| {
            let related: Vec<&CountTable> =
                bounds.related(index).into_iter().filter_map(|other| table.get(other).copied()).collect();
            table.get(index).is_some_and(|layer| self.widen(layer, value.as_deref(), &related))
        })
    }

    /// Hides what makes a hidden count of a table too narrow: the next smallest part, then the total, then what
    /// the same pupils reached otherwise. Of a total that its parts say, the smallest part.
    pub(crate) fn widen(&mut self, layer: &CountTable, value: Option<&str>, related: &[&CountTable]) -> bool {
        let total = self.total(&layer.of.0, layer.of.1);
        let next = self.ordered(layer).into_iter().find(|part| part.3 == Visibility::All);
        if value.is_none() || total == Visibility::All {
            return match next {
                Some(next) => self.hide_reached(layer, &next.0),
                None if value.is_some() => self.lower_total(&layer.of, Visibility::Number),
                None => related.iter().any(|other| self.lower_total(&other.of, Visibility::Number)),
            };
        }
        let value = value.unwrap_or_default();
        let told = related.iter().find(|other| {
            other.parts.contains_key(value) && self.part(&other.of, &other.axis, value) == Visibility::All
        });
        match (told, next) {
            (Some(other), _) => self.hide_reached(other, value),
            (None, Some(next)) => self.hide_reached(layer, &next.0),
            (None, None) => false,
        }
    }

    /// A table as somebody sees it who is shown no more than the mask lets through.
    pub(crate) fn as_table(&self, layer: &CountTable) -> BoundsTable {
        let (_, reached) = layer.total();
        let cells = layer.parts.iter().map(|(value, (n, x))| {
            let shown = self.part(&layer.of, &layer.axis, value);
            let cell = BoundsCell {
                n: (shown < Visibility::Nothing).then_some(*n),
                reached: (shown == Visibility::All).then_some(*x),
            };
            (value.clone(), cell)
        });
        let (n, _) = layer.total();
        let total = self.total(&layer.of.0, layer.of.1);
        BoundsTable {
            of: layer.of.clone(),
            cells: cells.collect(),
            n: (total < Visibility::Nothing).then_some(n),
            reached: (total == Visibility::All).then_some(reached),
        }
    }
}
