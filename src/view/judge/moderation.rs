//! How far two leaders' views agree, in words: counts first, kappa last, no verdict.

use super::evaluation::{heading, places};
use crate::document::{Block, Cell, Column, Document, Table};
use crate::judge::moderation::{Moderation, SubjectAgreement};
use crate::judge::validity::ValidityCheck;
use crate::privacy::audience::Audience;
use crate::school::{EvidenceKind, Id, School, half_term_name};
use crate::view::{face, listed};

/// Under so many pairs an interval is very wide.
const FEW: u32 = 20;

/// The answer as a document; with every pair where it is explained.
pub fn document(school: &School, moderation: &Moderation, explain: bool) -> Document {
    let phase = school.set_up.phases.iter().find(|phase| phase.id == moderation.phase);
    let when = moderation.half_term.map_or_else(
        || format!("{} so far", school.set_up.calendar.academic_year),
        |number| half_term_name(number).to_owned(),
    );
    let title = format!(
        "Subject leaders beside the phase leader, {}, {when}",
        phase.map_or("", |phase| phase.name.as_str())
    );
    let mut blocks: Vec<Block> = Vec::new();
    let table = table(school, moderation);
    if moderation.pairs.is_empty() && moderation.too_few == 0 {
        blocks.push(Block::Paragraph(
            "No sample has two first views yet: let each leader write theirs before talking, then the agreed grade.".to_owned(),
        ));
    } else if !moderation.pairs.is_empty() {
        blocks.push(Block::Table(table.read_as(reading(moderation))));
    }
    if moderation.too_few > 0 {
        let all = moderation.all.map(|all| format!("; of all pairs {} of {} are the same", all.exact, all.n));
        blocks.push(Block::Paragraph(format!(
            "Not shown: {}, of too few pairs to be told here{}.",
            match moderation.too_few {
                1 => "1 kind of evidence of a subject".to_owned(),
                several => format!("{several} kinds of evidence of subjects"),
            },
            all.unwrap_or_default()
        )));
    }
    if explain {
        moderation.pairs.iter().for_each(|pairs| blocks.extend(explained(school, moderation, pairs)));
    }
    if !moderation.validity.is_empty() {
        blocks.push(Block::Heading("Can the evidence carry its conclusion?".to_owned()));
        blocks.push(Block::Table(checklist(school, moderation).read_as(
            "two leaders can agree and both be wrong: how the sample was chosen is for them to say.",
        )));
    }
    if !moderation.to_agree.is_empty() {
        let open = format!("Two first views and no agreed grade: {}.", places(moderation.to_agree.iter()));
        blocks.push(Block::Labelled(vec![("To agree".to_owned(), vec![open])]));
    }
    if !explain && moderation.audience == Audience::Leader && !moderation.pairs.is_empty() {
        blocks.push(Block::Commands("Pair by pair: phase moderate --explain".to_owned()));
    }
    Document {
        face: face(&moderation.audience),
        ..Document::new(title, blocks, records(moderation), moderation.made_on)
    }
}

fn subject<'s>(school: &'s School, subject: Option<&'s Id>) -> &'s str {
    subject.map_or("the phase", |subject| school.subject_name(subject))
}

fn number(number: Option<f64>) -> String {
    number.map_or_else(|| "cannot be computed".to_owned(), |number| format!("{number:.2}"))
}

fn signed(number: Option<f64>) -> String {
    number.map_or_else(String::new, |number| format!("{number:+.2}"))
}

fn table(school: &School, moderation: &Moderation) -> Table {
    let with_bias = moderation.pairs.iter().any(|pairs| pairs.bias.is_some());
    let mut columns: Vec<Column> = ["subject", "kind"].map(Column::text).to_vec();
    columns.push(Column::number("pairs"));
    columns.extend(["the same", "within one"].map(Column::text));
    if with_bias {
        columns.push(Column::number("bias"));
    }
    columns.push(Column::text("kappa"));
    let row = |pairs: &SubjectAgreement| {
        let mut cells: Vec<Cell> = vec![
            subject(school, pairs.subject.as_ref()).into(),
            heading(pairs.kind).into(),
            Cell::Number(i64::from(pairs.n)),
            format!("{} of {}", pairs.exact, pairs.n).into(),
            format!("{} of {}", pairs.adjacent, pairs.n).into(),
        ];
        if with_bias {
            cells.push(signed(pairs.bias).into());
        }
        cells.push(number(pairs.kappa_quadratic).into());
        cells
    };
    Table::new(columns, moderation.pairs.iter().map(row).collect())
}

fn reading(moderation: &Moderation) -> String {
    let mut says = Vec::new();
    if moderation.pairs.iter().any(|pairs| pairs.bias.is_some()) {
        says.push("Bias above 0: the subject leader is more generous, in grades on average; it is for the two of you, in no report.".to_owned());
    }
    if moderation.pairs.iter().any(|pairs| pairs.n < FEW) {
        says.push(format!("Under {FEW} pairs all of this is uncertain: read the counts."));
    }
    says.push("Kappa (quadratic) is agreement beyond chance; it cannot be computed where both used one and the same grade. Trained inspectors reached about 0.65: a school pair near 0.6 is doing well.".to_owned());
    if moderation.pairs.iter().any(|pairs| pairs.kind == EvidenceKind::Lessons) {
        says.push("Lesson visits are the least reliable kind: two people who see one lesson differ in as many as half of cases.".to_owned());
    }
    says.join(" ")
}

fn explained(school: &School, moderation: &Moderation, pairs: &SubjectAgreement) -> Vec<Block> {
    let name = format!("{}, {}", subject(school, pairs.subject.as_ref()), heading(pairs.kind));
    let interval = |interval: Option<[f64; 2]>, digits: usize| {
        interval.map_or_else(
            || "not to be computed".to_owned(),
            |[lower, upper]| format!("{lower:.digits$} to {upper:.digits$}"),
        )
    };
    let mut facts = vec![
        format!(
            "the same grade: {} of {}; with 95% certainty {} in 100",
            pairs.exact,
            pairs.n,
            interval(pairs.exact_interval, 0)
        ),
        format!(
            "quadratic kappa {}; drawn anew from these pairs {}",
            number(pairs.kappa_quadratic),
            interval(pairs.kappa_interval, 2)
        ),
        format!("linear kappa {}", number(pairs.kappa_linear)),
        format!("Krippendorff's alpha (ranks, all who looked) {}", number(pairs.alpha_ordinal)),
    ];
    for aspect in &pairs.aspects {
        let bias = aspect.bias.map_or_else(String::new, |bias| format!(", bias {bias:+.2}"));
        facts.push(format!(
            "{}: {} of {} the same, {} within one{bias}",
            aspect.aspect, aspect.exact, aspect.n, aspect.adjacent
        ));
    }
    let mut blocks = vec![
        Block::Heading(name),
        Block::Facts(facts.into_iter().map(|says| (says, String::new())).collect()),
    ];
    if !pairs.pairs.is_empty() {
        let grade = |rank: Option<u8>| {
            rank.and_then(|rank| moderation.scale.get(usize::from(rank) - 1)).map_or("", String::as_str)
        };
        let row = |pair: &crate::judge::moderation::ViewPair| {
            vec![
                pair.aspect.as_str().into(),
                grade(Some(pair.first)).into(),
                grade(Some(pair.second)).into(),
                grade(pair.agreed).into(),
                places(pair.at.iter()).into(),
            ]
        };
        blocks.push(Block::Table(
            Table::of(
                ["aspect", "subject leader", "phase leader", "agreed", "row"],
                pairs.pairs.iter().map(row),
            )
            .read_as("a row a sample of which both leaders wrote a first view before talking."),
        ));
    }
    blocks
}

fn check(check: ValidityCheck) -> &'static str {
    match check {
        ValidityCheck::Sample => "sample",
        ValidityCheck::Groups => "groups",
        ValidityCheck::Kinds => "kinds",
        ValidityCheck::Current => "current",
        ValidityCheck::Descriptor => "descriptor",
        ValidityCheck::Conclusion => "conclusion",
        ValidityCheck::Records => "records",
    }
}

/// The checks that do not hold, of each subject and kind; those that do are counted.
fn checklist(school: &School, moderation: &Moderation) -> Table {
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    let mut keys: Vec<(Option<&Id>, EvidenceKind)> =
        moderation.validity.iter().map(|line| (line.subject.as_ref(), line.kind)).collect();
    keys.dedup();
    for (of, kind) in keys {
        let own =
            || moderation.validity.iter().filter(|line| line.subject.as_ref() == of && line.kind == kind);
        let holds: Vec<String> =
            own().filter(|line| line.holds).map(|line| check(line.check).to_owned()).collect();
        let fails: Vec<String> = own()
            .filter(|line| !line.holds)
            .map(|line| format!("{}: {}", check(line.check), line.says))
            .collect();
        rows.push(vec![
            subject(school, of).into(),
            heading(kind).into(),
            listed(&holds).into(),
            fails.join("; ").into(),
        ]);
    }
    Table::new(["subject", "kind", "in order", "look at"].map(Column::text).to_vec(), rows)
}

fn records(moderation: &Moderation) -> Table {
    let columns = vec![
        Column::text("subject"),
        Column::text("kind"),
        Column::number("n"),
        Column::number("exact"),
        Column::number("adjacent"),
        Column::text("bias"),
        Column::text("kappa_quadratic"),
        Column::text("alpha_ordinal"),
    ];
    let decimal =
        |number: Option<f64>| Cell::from(number.map_or_else(String::new, |number| format!("{number:.4}")));
    let row = |pairs: &SubjectAgreement| {
        vec![
            pairs.subject.as_ref().map_or("phase", Id::as_str).into(),
            pairs.kind.word().into(),
            Cell::Number(i64::from(pairs.n)),
            Cell::Number(i64::from(pairs.exact)),
            Cell::Number(i64::from(pairs.adjacent)),
            decimal(pairs.bias),
            decimal(pairs.kappa_quadratic),
            decimal(pairs.alpha_ordinal),
        ]
    };
    Table::new(columns, moderation.pairs.iter().map(row).collect())
}
