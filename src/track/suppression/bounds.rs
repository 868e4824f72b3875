//! What can be worked out of hidden counts from shown ones: the least and the most that each could be.

use std::collections::BTreeMap;

use crate::school::attainment::measure::{RWM, RWM_PARTS};
use crate::school::{Id, Measure};

/// A part as it is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BoundsCell {
    /// How many pupils it has, where it is shown.
    pub n: Option<u32>,
    /// How many of them are at the standard, where it is shown.
    pub reached: Option<u32>,
}

/// What is counted of a subject, divided along one axis, as it is shown.
#[derive(Clone, Debug)]
pub struct BoundsTable {
    /// The subject and what is counted.
    pub of: (Id, Measure),
    pub cells: BTreeMap<String, BoundsCell>,
    /// All pupils, where it is shown.
    pub n: Option<u32>,
    /// All at the standard, where it is shown.
    pub reached: Option<u32>,
}

/// The least and the most that a count could be.
type CountRange = (i64, i64);

/// One row: the parts and, under no name, the total.
type BoundsRow = BTreeMap<Option<String>, CountRange>;

/// The ranges of every count of tables along one axis.
#[derive(Debug)]
pub struct CountBounds<'t> {
    tables: &'t [BoundsTable],
    rows: Vec<BoundsRow>,
    /// The most pupils that each part could have, by table.
    caps: Vec<BTreeMap<String, i64>>,
    /// Which table's pupils are all in another's.
    within: Vec<(usize, usize)>,
}

/// No count of a primary school is as large.
const MOST: i64 = 1_000_000;

impl<'t> CountBounds<'t> {
    /// Works the ranges out: parts add up to totals; whoever is at the higher standard is at the expected one;
    /// whoever is in all three of reading, writing and maths is in each.
    pub fn of(tables: &'t [BoundsTable]) -> Self {
        let caps: Vec<BTreeMap<String, i64>> = tables.iter().map(caps).collect();
        let rows = tables.iter().zip(&caps).map(|(table, caps)| start(table, caps)).collect();
        let mut bounds = Self { tables, rows, caps, within: within(tables) };
        // Each round narrows something, or it is the last.
        for _ in 0..64 {
            if !bounds.narrowed() {
                break;
            }
        }
        bounds
    }

    /// The hidden counts that could be fewer than three numbers: the table, and the part, or the total.
    pub fn narrow(&self) -> Vec<(usize, Option<String>)> {
        let mut all = Vec::new();
        for (index, (table, row)) in self.tables.iter().zip(&self.rows).enumerate() {
            let hidden = |value: &Option<String>| match value {
                Some(value) => table.cells.get(value).is_some_and(|cell| cell.reached.is_none()),
                None => table.reached.is_none() && table.n.is_some(),
            };
            let narrow = row.iter().filter(|(value, (low, high))| hidden(value) && high - low < 2);
            all.extend(narrow.map(|(value, _)| (index, value.clone())));
        }
        all
    }

    /// The tables whose counts bound those of a table: what its pupils are all in, and what is all in it.
    pub fn related(&self, table: usize) -> Vec<usize> {
        let within = self.within.iter();
        within
            .filter_map(|(below, above)| match (*below == table, *above == table) {
                (true, _) => Some(*above),
                (_, true) => Some(*below),
                _ => None,
            })
            .collect()
    }

    /// The range of a part, or of the total.
    pub fn range(&self, table: usize, value: Option<&str>) -> Option<(i64, i64)> {
        self.rows.get(table)?.get(&value.map(str::to_owned)).copied()
    }

    fn narrowed(&mut self) -> bool {
        let mut changed = false;
        for (index, table) in self.tables.iter().enumerate() {
            changed |= self.by_sum(index, table);
        }
        for (below, above) in self.within.clone() {
            changed |= self.by_inclusion(below, above);
        }
        changed | self.by_all_three()
    }

    fn set(&mut self, table: usize, value: &Option<String>, (low, high): CountRange) -> bool {
        let Some(range) = self.rows.get_mut(table).and_then(|row| row.get_mut(value)) else { return false };
        let next = (range.0.max(low), range.1.min(high));
        // What cannot be is left as it was: the tables are of slightly other pupils.
        if next == *range || next.0 > next.1 {
            return false;
        }
        *range = next;
        true
    }

    /// Parts add up to the total.
    fn by_sum(&mut self, index: usize, table: &BoundsTable) -> bool {
        let Some(row) = self.rows.get(index).cloned() else { return false };
        let Some(total) = row.get(&None).copied() else { return false };
        let parts: Vec<(&Option<String>, CountRange)> =
            row.iter().filter(|(value, _)| value.is_some()).map(|(value, range)| (value, *range)).collect();
        let (low, high) = parts.iter().fold((0, 0), |sum, (_, range)| (sum.0 + range.0, sum.1 + range.1));
        let mut changed = self.set(index, &None, (low, high));
        // Parts of unknown size share what is left of the total.
        let unknown = |value: &Option<String>| {
            value.as_ref().and_then(|value| table.cells.get(value)).is_some_and(|cell| cell.n.is_none())
        };
        let known: i64 = table.cells.values().filter_map(|cell| cell.n).map(i64::from).sum();
        let shared = table.n.map_or(MOST, |n| i64::from(n) - known);
        for (value, range) in &parts {
            let (others_low, others_high) = (low - range.0, {
                let unknown_others: i64 = parts
                    .iter()
                    .filter(|(other, _)| other != value && unknown(other))
                    .map(|(_, range)| range.1)
                    .sum();
                let rest = high - range.1 - unknown_others;
                rest + unknown_others.min(shared - i64::from(unknown(value)))
            });
            changed |= self.set(index, value, (total.0 - others_high, total.1 - others_low));
        }
        changed
    }

    /// Whoever is in the one table is in the other: what the other has more is nowhere less than nothing, and adds up
    /// over the parts to what it has more in all.
    fn by_inclusion(&mut self, below: usize, above: usize) -> bool {
        let (Some(inner), Some(outer)) = (self.rows.get(below).cloned(), self.rows.get(above).cloned())
        else {
            return false;
        };
        let more = |value: &Option<String>, inner: &CountRange| {
            let outer = outer.get(value)?;
            Some(((outer.0 - inner.1).max(0), outer.1 - inner.0))
        };
        let in_all = inner.get(&None).and_then(|total| more(&None, total)).unwrap_or((0, MOST));
        let parts: Vec<(&Option<String>, CountRange)> = inner
            .iter()
            .filter(|(value, _)| value.is_some())
            .filter_map(|(value, range)| Some((value, more(value, range)?)))
            .collect();
        // Parts that only one of the tables has leave open what the others add up to.
        let is_whole = parts.len() + 1 == inner.len() && inner.len() == outer.len();
        let (low, high) = parts.iter().fold((0, 0), |sum, (_, range)| (sum.0 + range.0, sum.1 + range.1));
        let mut changed = false;
        for (value, range) in &inner {
            let Some(mut more) = more(value, range) else { continue };
            if is_whole && value.is_some() {
                more = (more.0.max(in_all.0 - (high - more.1)), more.1.min(in_all.1 - (low - more.0)));
            }
            let Some(outer) = outer.get(value) else { continue };
            changed |= self.set(below, value, (outer.0 - more.1, outer.1 - more.0));
            changed |= self.set(above, value, (range.0 + more.0, range.1 + more.1));
        }
        changed
    }

    /// Of `n` pupils, at least `r + w + m - 2n` are in all three.
    fn by_all_three(&mut self) -> bool {
        let mut changed = false;
        for measure in [Measure::Expected, Measure::Higher, Measure::OnTrack] {
            let at = |subject: &str| {
                self.tables.iter().position(|table| table.of.0.as_str() == subject && table.of.1 == measure)
            };
            let (Some(all), [Some(r), Some(w), Some(m)]) =
                (at(RWM), [RWM_PARTS.first(), RWM_PARTS.get(1), RWM_PARTS.get(2)].map(|part| at(part?)))
            else {
                continue;
            };
            let values: Vec<Option<String>> =
                self.rows.get(all).map(|row| row.keys().cloned().collect()).unwrap_or_default();
            for value in values {
                let range = |index: usize| self.rows.get(index)?.get(&value).copied();
                let (Some(of_r), Some(of_w), Some(of_m)) = (range(r), range(w), range(m)) else { continue };
                let n = [r, w, m].into_iter().filter_map(|index| self.cap(index, value.as_deref())).max();
                let Some(n) = n else { continue };
                changed |= self.set(all, &value, (of_r.0 + of_w.0 + of_m.0 - 2 * n, MOST));
                let Some(of_all) = self.rows.get(all).and_then(|row| row.get(&value)).copied() else {
                    continue;
                };
                changed |= self.set(r, &value, (0, of_all.1 + 2 * n - of_w.0 - of_m.0));
                changed |= self.set(w, &value, (0, of_all.1 + 2 * n - of_r.0 - of_m.0));
                changed |= self.set(m, &value, (0, of_all.1 + 2 * n - of_r.0 - of_w.0));
            }
        }
        changed
    }

    fn cap(&self, table: usize, value: Option<&str>) -> Option<i64> {
        match value {
            Some(value) => self.caps.get(table)?.get(value).copied(),
            None => self.tables.get(table)?.n.map(i64::from),
        }
    }
}

/// Which table's pupils are all in another's.
fn within(tables: &[BoundsTable]) -> Vec<(usize, usize)> {
    let at = |subject: &str, measure: Measure| {
        tables.iter().position(|table| table.of.0.as_str() == subject && table.of.1 == measure)
    };
    let mut within = Vec::new();
    for (index, table) in tables.iter().enumerate() {
        let (subject, measure) = &table.of;
        if *measure == Measure::Higher {
            within.extend(at(subject.as_str(), Measure::Expected).map(|above| (index, above)));
        }
        if subject.as_str() == RWM {
            let parts = RWM_PARTS.iter().filter_map(|part| at(part, *measure));
            within.extend(parts.map(|above| (index, above)));
        }
    }
    within
}

/// The most pupils that each part could have: so many as it is shown to have, or as the others leave.
fn caps(table: &BoundsTable) -> BTreeMap<String, i64> {
    let known: i64 = table.cells.values().filter_map(|cell| cell.n).map(i64::from).sum();
    let unknown = i64::try_from(table.cells.values().filter(|cell| cell.n.is_none()).count()).unwrap_or(0);
    let left = table.n.map_or(MOST, |n| i64::from(n) - known - (unknown - 1));
    let cap = |cell: &BoundsCell| cell.n.map_or(left, i64::from);
    table.cells.iter().map(|(value, cell)| (value.clone(), cap(cell))).collect()
}

fn start(table: &BoundsTable, caps: &BTreeMap<String, i64>) -> BoundsRow {
    let exactly = |count: u32| (i64::from(count), i64::from(count));
    let mut row: BoundsRow = table
        .cells
        .iter()
        .map(|(value, cell)| {
            let open = (0, caps.get(value).copied().unwrap_or(MOST));
            (Some(value.clone()), cell.reached.map_or(open, exactly))
        })
        .collect();
    let open = (0, table.n.map_or(MOST, i64::from));
    row.insert(None, table.reached.map_or(open, exactly));
    row
}
