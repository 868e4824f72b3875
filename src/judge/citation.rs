//! The rows of evidence that an answer cites.

use chrono::NaiveDate;
use serde::Serialize;

use crate::diagnostic::Place;
use crate::judge::gather::{EvidenceItem, Gathering, NotCounted};
use crate::school::{Evidence, EvidenceKind, Id, Rank};

/// A row that an answer rests on.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct CitedRow {
    pub id: Id,
    pub at: Place,
    pub date: NaiveDate,
    pub kind: EvidenceKind,
    /// The subject; none for the phase as a whole.
    pub subject: Option<Id>,
    /// The rank that counts, where it does.
    pub rank: Option<Rank>,
    /// In detail: the first views that it came from, where there are two or more; for the leader only.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub views: Vec<Rank>,
    /// In detail: the classes that it covers; for the leader only.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub classes: Vec<Id>,
    /// In detail: who looked; for the leader only.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub by: Vec<Id>,
    /// Further rows of the same sample, and the visits that a grade for lessons rests on.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub with: Vec<Place>,
}

impl CitedRow {
    pub(crate) fn of_row(row: &Evidence, rank: Option<Rank>) -> Self {
        Self {
            id: row.id.clone(),
            at: row.at.clone(),
            date: row.date,
            kind: row.kind,
            subject: row.about.subject().cloned(),
            rank,
            views: Vec::new(),
            classes: Vec::new(),
            by: Vec::new(),
            with: Vec::new(),
        }
    }

    pub(crate) fn of_item<'s>(item: &EvidenceItem<'s>, gathering: &Gathering<'s>) -> Self {
        if !gathering.scope.in_detail {
            return Self { with: Self::with(item, gathering), ..Self::of_row(item.row, item.rank) };
        }
        let visits = || item.rows().flat_map(|row| gathering.visits(row));
        let mut views: Vec<Rank> =
            item.rows().flat_map(|row| [row.grade, row.moderator_grade]).flatten().collect();
        views.truncate(if views.len() < 2 { 0 } else { views.len() });
        let mut by: Vec<Id> = if item.row.rests_on.is_empty() {
            item.rows().flat_map(Evidence::observers).cloned().collect()
        } else {
            visits().flat_map(Evidence::observers).cloned().collect()
        };
        by.sort();
        by.dedup();
        Self {
            with: Self::with(item, gathering),
            views,
            classes: gathering.covered(item.row).into_iter().cloned().collect(),
            by,
            ..Self::of_row(item.row, item.rank)
        }
    }
}

impl CitedRow {
    /// Further rows of the sample, and the visits that it rests on.
    pub(crate) fn with(item: &EvidenceItem<'_>, gathering: &Gathering<'_>) -> Vec<Place> {
        let more = item.more.iter().map(|row| row.at.clone());
        let visits = item.rows().flat_map(|row| gathering.visits(row));
        more.chain(visits.map(|visit| visit.at.clone())).collect()
    }
}

/// A sample with two first views and no agreed grade.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct SampleToAgree {
    /// The sample's id; the row's where it has none, or where a sample's name may say too much.
    pub id: Id,
    /// The id of its first row.
    #[serde(skip)]
    pub row: Id,
    /// The first views, lowest first.
    pub views: Vec<Rank>,
    /// Who has to agree: for the leader only.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub by: Vec<Id>,
    pub at: Vec<Place>,
}

/// A row that is shown but not counted.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct UncountedRow {
    pub id: Id,
    pub at: Place,
    pub because: NotCounted,
}
