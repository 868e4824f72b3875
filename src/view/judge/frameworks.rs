//! Frameworks in words: a list of them, or one with its aspects, lines, rules and where they come from.

use chrono::NaiveDate;
use serde::Serialize;

use crate::document::{Block, Cell, Column, Document, Table, capitalised};
use crate::render::long_date;
use crate::school::{AreaMethod, Aspect, Framework, Id, LimitingRule, RuleCondition, RuleConsequence};

/// A framework in a list.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ListedFramework {
    pub id: Id,
    pub jurisdiction: String,
    /// How aspects become an area.
    pub method: AreaMethod,
    /// Whether it is the school's own file.
    pub own: bool,
    /// The scale, lowest first.
    pub scale: Vec<String>,
    pub title: String,
    /// Whether the workspace works in it.
    pub used: bool,
    /// The first day it holds.
    pub valid_from: Option<NaiveDate>,
    /// The last day.
    pub valid_to: Option<NaiveDate>,
}

impl ListedFramework {
    /// A framework in a list; `used` is the one that the workspace works in.
    pub fn of(framework: &Framework, own: bool, used: Option<&Id>) -> Self {
        Self {
            id: framework.id.clone(),
            title: framework.title.clone(),
            jurisdiction: framework.jurisdiction.clone(),
            valid_from: framework.valid_from,
            valid_to: framework.valid_to,
            scale: framework.grades.iter().map(|grade| grade.id.as_str().replace('-', " ")).collect(),
            method: framework.method.area,
            own,
            used: used == Some(&framework.id),
        }
    }
}

/// Every framework that is known.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ListedFrameworks<'f> {
    pub frameworks: &'f [ListedFramework],
    /// `phase/frameworks/1`.
    pub schema: &'static str,
}

/// One framework, as scripts read it.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ShownFramework<'f> {
    /// `phase/framework/1`.
    pub schema: &'static str,
    /// Whether it is the school's own file.
    pub own: bool,
    #[serde(flatten)]
    pub framework: &'f Framework,
}

fn in_force(from: Option<NaiveDate>, to: Option<NaiveDate>) -> String {
    match (from, to) {
        (Some(from), Some(to)) => format!("{} to {}", long_date(from), long_date(to)),
        (Some(from), None) => format!("from {}", long_date(from)),
        (None, Some(to)) => format!("until {}", long_date(to)),
        (None, None) => "any time".to_owned(),
    }
}

/// The list as a document.
pub fn document_of_all(all: &[ListedFramework], made_on: NaiveDate) -> Document {
    let mark = |listed: &ListedFramework| match (listed.used, listed.own) {
        (true, true) => "in use, your own",
        (true, false) => "in use",
        (false, true) => "your own",
        (false, false) => "",
    };
    let row = |listed: &ListedFramework| {
        let scale = if listed.scale.is_empty() { "no grades".to_owned() } else { listed.scale.join(", ") };
        let when = in_force(listed.valid_from, listed.valid_to);
        vec![listed.id.as_str().into(), when.into(), scale.into(), mark(listed).into()]
    };
    let table = Table::of(["id", "in force", "scale, low to high", ""], all.iter().map(row));
    let paragraphs = [
        "A workspace works in one: framework = \"ofsted-2026\" at the top of phase.toml; without it, in the job card's own view of outcomes and provision. Grades of one framework are never turned into those of another: rows written for another say so in their column framework, and are judged apart (phase evaluate --framework ID).",
        "A framework of your own, or a corrected copy, is a file in the folder frameworks under its id; it comes first.",
    ];
    let mut blocks = vec![Block::Table(
        table
            .clone()
            .read_as("a row a framework that can be judged by; wording that is not verified is marked."),
    )];
    blocks.extend(paragraphs.map(|text| Block::Paragraph(text.to_owned())));
    blocks.push(Block::Commands("One of them: phase frameworks ofsted-2026".to_owned()));
    Document::new(format!("{} frameworks", all.len()), blocks, table, made_on)
}

/// One framework as a document.
pub fn document_of_one(framework: &Framework, own: bool, made_on: NaiveDate) -> Document {
    let mut blocks = vec![Block::Labelled(about(framework, own))];
    for area in &framework.areas {
        let early = if area.if_early_years { " (with nursery or reception only)" } else { "" };
        blocks.push(Block::Heading(format!("{}{early}", area.title)));
        if let Some(covers) = &area.covers {
            blocks.push(Block::Paragraph(covers.clone()));
        }
        let wording = wording(&area.basis.0);
        blocks.push(Block::Paragraph(format!("Wording: {wording}.")));
        for aspect in &area.aspects {
            blocks.push(Block::Paragraph(format!(
                "{} ({}; {}){}",
                aspect.title,
                aspect.id,
                aspect.strand,
                kinds(aspect)
            )));
            let lines = framework.grades.iter().rev().filter_map(|grade| {
                Some((grade.label.clone(), vec![aspect.descriptor(grade.rank)?.to_owned()]))
            });
            let mut lines: Vec<(String, Vec<String>)> = lines.collect();
            let changes =
                framework.changes.iter().filter(|change| change.aspect.as_ref() == Some(&aspect.id));
            lines.extend(changes.map(|change| ("Changed".to_owned(), vec![change.text.clone()])));
            if !lines.is_empty() {
                blocks.push(Block::Labelled(lines));
            }
        }
    }
    if !framework.rules.is_empty() {
        blocks.push(Block::Heading("Limiting rules".to_owned()));
        blocks.push(Block::Labelled(
            framework.rules.iter().map(|each| (each.id.to_string(), vec![rule(framework, each)])).collect(),
        ));
    }
    Document::new(framework.title.clone(), blocks, records(framework), made_on)
}

/// Where the wording comes from, and what that means.
fn wording(basis: &str) -> String {
    if basis == "product's own wording" {
        return basis.to_owned();
    }
    format!("{basis}; a paraphrase, see the published framework")
}

fn kinds(aspect: &Aspect) -> String {
    if aspect.kinds.len() == crate::school::EvidenceKind::ALL.len() {
        return String::new();
    }
    let words: Vec<&str> = aspect.kinds.iter().map(|kind| kind.word()).collect();
    format!("; only {} can speak to it", words.join(", "))
}

fn about(framework: &Framework, own: bool) -> Vec<(String, Vec<String>)> {
    let method = match framework.method.area {
        AreaMethod::SecureFit => "secure fit: the lowest aspect",
        AreaMethod::BestFit => "best fit: the middle aspect, the lower of two",
        AreaMethod::MetNotMet => "met or not met: the lowest aspect",
        AreaMethod::Narrative => "no grades: the evidence is laid out",
    };
    let special = [
        (framework.method.all_good_plus, "the top only where every aspect is there"),
        (framework.method.any_of, "one aspect at the bottom makes the area so"),
        (framework.method.typicality, "what is usual is judged, not a one-off"),
    ];
    let special: String =
        special.iter().filter(|(holds, _)| *holds).map(|(_, says)| format!("; {says}")).collect();
    let scale = framework.grades.iter().map(|grade| {
        let meaning = grade.meaning.as_ref().map_or_else(String::new, |meaning| format!(": {meaning}"));
        let number =
            grade.ofsted_number.map_or_else(String::new, |number| format!(" (once printed as {number})"));
        let months = grade
            .follow_up_months
            .map_or_else(String::new, |(from, to)| format!(" (seen again in {from} to {to} months)"));
        let meets = if grade.meets { "" } else { ", below the standard asked" };
        format!("{} {}{number}{months}{meets}{meaning}", grade.rank, grade.label)
    });
    let of_method = framework.changes.iter().filter(|change| change.aspect.is_none());
    let stated = framework.binaries.iter().chain(&framework.flags).map(|binary| {
        let text = binary.text.as_ref().map_or_else(String::new, |text| format!(". {text}"));
        format!("{} ({}): {}{text}", binary.label, binary.id, binary.values.join(" or "))
    });
    let mut says = vec![
        (
            "Id",
            vec![if own { format!("{} (your own file)", framework.id) } else { framework.id.to_string() }],
        ),
        ("Where", vec![framework.jurisdiction.clone()]),
        ("In force", vec![in_force(framework.valid_from, framework.valid_to)]),
        ("Scale", scale.collect()),
        (
            "Method",
            std::iter::once(format!("{}{special}.", capitalised(method)))
                .chain(framework.method.text.clone())
                .collect(),
        ),
        (
            "Overall",
            framework.method.overall_text.iter().map(|text| format!("{text} None is made here.")).collect(),
        ),
        ("Stated", stated.collect()),
        ("Changed", of_method.map(|change| change.text.clone()).collect()),
        ("Extends", framework.extends.iter().map(ToString::to_string).collect()),
        ("Words", framework.quantity_words.iter().map(|(word, range)| format!("{word}: {range}")).collect()),
        ("Follow-up", framework.follow_ups.iter().map(|(_, label)| label.clone()).collect()),
        ("Confirmed", vec![framework.provenance.clone()]),
        ("Note", framework.note.iter().cloned().collect()),
        ("Sources", framework.sources.clone()),
    ];
    says.retain(|(_, says)| !says.is_empty());
    says.into_iter().map(|(label, says)| (label.to_owned(), says)).collect()
}

/// A rule in words, and whether it is applied.
fn rule(framework: &Framework, rule: &LimitingRule) -> String {
    let area = |id: &Id| {
        framework.areas.iter().find(|area| area.id == *id).map_or(id.to_string(), |area| area.title.clone())
    };
    let condition = |condition: &RuleCondition| match condition {
        RuleCondition::AnyArea(rank) => format!("any area is at {}", framework.label(*rank)),
        RuleCondition::Below(id, rank) => format!("{} is below {}", area(id), framework.label(*rank)),
        RuleCondition::At(id, rank) => format!("{} is at {}", area(id), framework.label(*rank)),
        RuleCondition::Is(id, value) => {
            let label = framework.stated(id).map_or(id.to_string(), |stated| stated.label.clone());
            format!("{label}: {value}")
        }
    };
    let conditions: Vec<String> = rule.conditions.iter().map(condition).collect();
    let then = match &rule.then {
        RuleConsequence::Cap(id, rank) => format!("{} is at most {}", area(id), framework.label(*rank)),
        RuleConsequence::Category(category) => format!("category: {category}"),
    };
    let applied = if rule.basis.is_confirmed() { "applied" } else { "a caution only, not applied" };
    format!(
        "{} If {}, then {then}. {}; {applied}.",
        rule.text,
        conditions.join(" and "),
        capitalised(&rule.basis.0)
    )
}

/// A row for each aspect and grade.
fn records(framework: &Framework) -> Table {
    let columns =
        ["area", "aspect", "title", "strand", "kinds", "grade", "line", "basis"].map(Column::text).to_vec();
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    for area in &framework.areas {
        for aspect in &area.aspects {
            let kinds: Vec<&str> = aspect.kinds.iter().map(|kind| kind.word()).collect();
            let row = |grade: &str, line: &str| {
                vec![
                    area.id.as_str().into(),
                    aspect.id.as_str().into(),
                    aspect.title.as_str().into(),
                    aspect.strand.word().into(),
                    kinds.join(";").into(),
                    grade.into(),
                    line.into(),
                    aspect.basis.0.as_str().into(),
                ]
            };
            if framework.grades.is_empty() {
                rows.push(row("", ""));
            }
            rows.extend(
                framework
                    .grades
                    .iter()
                    .map(|grade| row(grade.id.as_str(), aspect.descriptor(grade.rank).unwrap_or_default())),
            );
        }
    }
    Table::new(columns, rows)
}
