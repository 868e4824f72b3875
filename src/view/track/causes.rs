//! Where a shortfall lies, exactly, and what may be behind it, in words: candidates, never proof.

use super::trajectory::{percent, whose};
use crate::document::{Block, Cell, Column, Document, Table, capitalised};
use crate::overview::possible_causes::answer::{PossibleCause, PossibleCauses};
use crate::school::School;
use crate::statistics::difference::Verdict;
use crate::statistics::proportion_test::Flag;
use crate::track::shortfall::{ShortfallDivision, StrandResults};
use crate::view::judge::evaluation::places;

/// The most parts of a division that are shown.
const MOST_PARTS: usize = 8;

/// How the tables of parts are read.
const READING: &str = "a part that is short says where to look, not why. Groups overlap, and the smaller a part, the more of it is chance.";

/// The answer as a document.
pub fn document(school: &School, answer: &PossibleCauses) -> Document {
    let shortfall = &answer.shortfall;
    let name = school.measured_name(&shortfall.subject);
    let phase = school.phase_name(&answer.phase);
    let whose = whose(shortfall.year_group.as_deref(), phase);
    let title = format!("{name} in {whose}, {}: where a shortfall may come from", shortfall.point);
    let counted_pupils = shortfall.counted;
    let share = 100.0 * f64::from(counted_pupils.at_standard) / f64::from(counted_pupils.n.max(1));
    let flag = match shortfall.flag {
        Flag::Below => "significantly below",
        Flag::Above => "significantly above",
        Flag::InLine => "in line",
        Flag::TooFew => "too few to test",
        Flag::NotTested | Flag::NoPupils => "not tested",
    };
    let mut blocks = vec![Block::Paragraph(format!(
        "{} of {} pupils at the {} ({}), path {}: {} pupils, {flag}.",
        counted_pupils.at_standard,
        counted_pupils.n,
        shortfall.measure.title(),
        percent(share),
        percent(shortfall.expected_percent),
        signed(counted_pupils.pupils),
    ))];
    blocks.push(Block::Heading("Candidates, what speaks for them first; none is proven".to_owned()));
    let candidates = answer.candidates.iter().zip(1..).flat_map(|(one, number)| candidate(one, number));
    blocks.push(Block::Labelled(candidates.collect()));
    blocks.push(Block::Heading("Where the pupils are: parts add up to the whole".to_owned()));
    blocks.push(Block::Table(divisions(&shortfall.divisions).read_as(READING)));
    if let Some(strands) = &shortfall.strands {
        blocks.push(Block::Heading("By strand of the test".to_owned()));
        blocks.push(Block::Table(of_strands(strands).read_as(READING)));
        let says = format!(
            "Of those not at the standard: {} below in several strands, {} in none, {} without a result by strand.",
            strands.several, strands.none, strands.unknown
        );
        blocks.push(Block::Paragraph(says));
    }
    blocks.extend(strategies(school, answer));
    Document::new(title, blocks, records(&shortfall.divisions), answer.made_on)
}

/// What is being done about it.
fn strategies(school: &School, answer: &PossibleCauses) -> Vec<Block> {
    let strategies = answer.strategies.iter().map(|strategy| {
        let state = if strategy.open {
            format!("due {}", strategy.due.format("%-d %B"))
        } else {
            "closed".to_owned()
        };
        let owner = school.name_of(&strategy.owner);
        (format!("{} ({owner}, {state})", strategy.action), strategy.at.to_string())
    });
    let strategies: Vec<(String, String)> = strategies.collect();
    if strategies.is_empty() {
        return vec![Block::Paragraph("No strategy for it is in actions.csv.".to_owned())];
    }
    vec![Block::Heading("What is being done".to_owned()), Block::Facts(strategies)]
}

/// Pupils with a sign, to one decimal.
fn signed(pupils: f64) -> String {
    format!("{pupils:+.1}")
}

fn candidate(candidate: &PossibleCause, number: usize) -> Vec<(String, Vec<String>)> {
    let mut items = vec![(number.to_string(), vec![capitalised(&candidate.cause)])];
    if !candidate.speaks_for.is_empty() {
        let at = places(candidate.at.iter());
        let at = if at.is_empty() { String::new() } else { format!(" ({at})") };
        items.push(("  for".to_owned(), vec![format!("{}{at}", candidate.speaks_for.join("; "))]));
    }
    if !candidate.speaks_against.is_empty() {
        items.push(("  against".to_owned(), vec![candidate.speaks_against.join("; ")]));
    }
    if !candidate.ask.is_empty() {
        items.push(("  ask".to_owned(), candidate.ask.clone()));
    }
    items
}

fn against(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::FirstLower => "significantly lower",
        Verdict::FirstHigher => "significantly higher",
        Verdict::NotSettled => "not settled",
        Verdict::TooFew => "too few",
        Verdict::NoPupils => "",
    }
}

fn divisions(divisions: &[ShortfallDivision]) -> Table {
    let mut rows = Vec::new();
    for division in divisions {
        for (index, part) in division.parts.iter().take(MOST_PARTS).enumerate() {
            rows.push(vec![
                if index == 0 { division.title.as_str().into() } else { " ".into() },
                part.says.as_str().into(),
                format!("{} of {}", part.counted.at_standard, part.counted.n).into(),
                signed(part.counted.pupils).into(),
                against(part.against_the_rest).into(),
            ]);
        }
        let rest = division.parts.len().saturating_sub(MOST_PARTS);
        if rest > 0 {
            let pupils: f64 = division.parts.iter().skip(MOST_PARTS).map(|part| part.counted.pupils).sum();
            rows.push(vec![
                " ".into(),
                format!("{rest} more").into(),
                " ".into(),
                signed(pupils).into(),
                " ".into(),
            ]);
        }
    }
    Table::new(
        vec![
            Column::text("by"),
            Column::text("part"),
            Column::text("at it"),
            Column::number("pupils"),
            Column::text("against all others"),
        ],
        rows,
    )
}

fn of_strands(strands: &StrandResults) -> Table {
    let row = |one: &crate::track::shortfall::StrandResult| {
        vec![
            one.strand.as_str().into(),
            format!("{} of {}", one.at_standard, one.n).into(),
            Cell::Number(i64::from(one.only_here)),
        ]
    };
    Table::new(
        vec![Column::text("strand"), Column::text("at it"), Column::number("below here alone")],
        strands.strands.iter().map(row).collect(),
    )
}

fn records(divisions: &[ShortfallDivision]) -> Table {
    let columns = vec![
        Column::text("by"),
        Column::text("part"),
        Column::number("n"),
        Column::number("at_standard"),
        Column::number("expected"),
        Column::number("pupils"),
        Column::text("against_the_rest"),
    ];
    let rows = divisions.iter().flat_map(|division| {
        division.parts.iter().map(|part| {
            vec![
                division.by.as_str().into(),
                part.says.as_str().into(),
                Cell::Number(i64::from(part.counted.n)),
                Cell::Number(i64::from(part.counted.at_standard)),
                Cell::Decimal(part.counted.expected),
                Cell::Decimal(part.counted.pupils),
                against(part.against_the_rest).into(),
            ]
        })
    });
    Table::new(columns, rows.collect())
}
