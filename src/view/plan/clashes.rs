//! Clashes in words.

use crate::document::{Block, Cell, Column, Document, Table};
use crate::plan::clashes::{Clash, Clashes};
use crate::school::{Id, School, half_term_name};
use crate::view::{counted, subjects};

/// The clashes as a document. The soft ones are shown one by one with `all`, else counted.
pub fn document(school: &School, clashes: &Clashes, all: bool) -> Document {
    let number = clashes.half_term.number;
    let (hard, soft): (Vec<&Clash>, Vec<&Clash>) = clashes.clashes.iter().partition(|clash| clash.hard);
    let name = half_term_name(number);
    let what = match hard.len() {
        0 => "no clash".to_owned(),
        1 => "1 clash".to_owned(),
        more => format!("{more} clashes"),
    };
    let mut blocks = Vec::new();
    blocks.extend(hard.iter().flat_map(|clash| told(clash)));
    if all && !soft.is_empty() {
        blocks.push(Block::Heading("Better otherwise".to_owned()));
        blocks.extend(soft.iter().flat_map(|clash| told(clash)));
    }
    let mut notes = Vec::new();
    if !clashes.not_handed_in.is_empty() {
        notes.push((
            "Not in".to_owned(),
            vec![format!("Nothing handed in yet: {}.", subjects(school, &clashes.not_handed_in))],
        ));
    }
    if !all && !soft.is_empty() {
        notes.push((
            "Better".to_owned(),
            vec![format!(
                "{} could be better otherwise: phase clashes --half-term {number} --all",
                counted(soft.len(), "thing")
            )],
        ));
    }
    if !notes.is_empty() {
        blocks.push(Block::Labelled(notes));
    }
    Document::new(
        format!("{} of {name}: {what}", sessions(clashes.sessions)),
        blocks,
        records(clashes),
        clashes.made_on,
    )
}

fn sessions(number: usize) -> String {
    format!("The {}", counted(number, "session"))
}

fn told(clash: &Clash) -> Vec<Block> {
    let places = clash.at.iter().map(ToString::to_string).collect::<Vec<_>>();
    vec![
        Block::Paragraph(format!("{} ({})", clash.says, places.join(", "))),
        Block::Facts(vec![(clash.mend.clone(), String::new())]),
    ]
}

fn records(clashes: &Clashes) -> Table {
    let columns = ["kind", "hard", "says", "staff", "classes", "sessions", "at", "mend"];
    let ids = |ids: &[Id]| Cell::from(ids.iter().map(Id::as_str).collect::<Vec<_>>().join(";"));
    let rows = clashes.clashes.iter().map(|clash| {
        let kind = serde_json::to_value(clash.kind).ok().and_then(|kind| kind.as_str().map(str::to_owned));
        vec![
            kind.unwrap_or_default().into(),
            if clash.hard { "yes" } else { "no" }.into(),
            clash.says.as_str().into(),
            ids(&clash.staff),
            ids(&clash.classes),
            ids(&clash.sessions),
            clash.at.iter().map(ToString::to_string).collect::<Vec<_>>().join(";").into(),
            clash.mend.as_str().into(),
        ]
    });
    Table::new(columns.into_iter().map(Column::text).collect(), rows.collect())
}
