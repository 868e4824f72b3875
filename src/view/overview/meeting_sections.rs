//! What meetings speak of: agenda, what has gone well, what fell short, what was decided and what is next.

use super::year_figures::shaped;
use crate::document::{Block, Cell, Column, Table, capitalised};
use crate::judge::answer::AspectJudgement;
use crate::overview::report::sections::{
    Celebrate, DatedItem, DecisionRow, DevelopmentPlan, Discussion, Expectations, NextSteps, PlanShortfall,
    Strategy,
};
use crate::overview::upcoming::{UpcomingEvent, UpcomingKind, UpcomingSession};
use crate::school::{School, Section, day, half_term_name};
use crate::view::judge::evaluation::at_standard;
use crate::view::track::trajectory::{bare_name, named, percent};
use crate::view::{dated, listed, people, years};

/// How many candidates behind a shortfall are named.
const CANDIDATES: usize = 3;

/// The meeting's points, each a part of what follows.
pub(crate) fn agenda(sections: &[Section]) -> Vec<Block> {
    let points = sections.iter().map(|section| section.title().to_owned());
    vec![Block::Choices(points.map(|point| (point, None)).collect())]
}

/// Room for what is decided, in the columns that the log and the actions take.
pub(crate) fn room() -> Vec<Block> {
    let rows = (0..5).map(|_| vec![" ".into(), " ".into(), " ".into()]);
    let table = Table::of(["what we decide", "who", "by when"], rows)
        .read_as("to be filled in at the meeting; the leader then writes it into the log and the actions.");
    vec![Block::Table(table)]
}

fn aspects(school: &School, aspects: &[AspectJudgement]) -> Vec<String> {
    let framework = school.year.frameworks.get(&school.settings.framework);
    let says = |aspect: &AspectJudgement| {
        let pieces = framework.map_or_else(String::new, |framework| {
            let standard = framework.standard().map_or_else(String::new, |rank| framework.label(rank));
            format!(", {} pieces at {standard} or better", at_standard(framework, aspect))
        });
        let grade = shaped(framework, aspect.graded.rank);
        format!("{}: {grade}, {}{pieces}", aspect.title, aspect.firmness.title())
    };
    aspects.iter().map(says).collect()
}

fn more(number: usize) -> Option<String> {
    (number > 0).then(|| format!("{number} more, whose words name somebody, are not shown here"))
}

/// What has gone well.
pub(crate) fn celebrate(school: &School, answer: &Celebrate) -> Vec<Block> {
    let above: Vec<String> = answer.above.iter().map(|row| named(school, row)).collect();
    let mut said = vec![
        ("Successes".to_owned(), answer.successes.iter().cloned().chain(more(answer.not_shown)).collect()),
        ("Above their path".to_owned(), above),
        ("Strong, and settled".to_owned(), aspects(school, &answer.strong)),
        ("Objectives met".to_owned(), answer.met.clone()),
    ];
    said.retain(|(_, says): &(String, Vec<String>)| !says.is_empty());
    vec![Block::Labelled(said)]
}

/// What fell short, against plan.
pub(crate) fn discuss(school: &School, answer: &Discussion) -> Vec<Block> {
    let mut blocks = Vec::new();
    if !answer.fell.is_empty() {
        let columns = ["of", "planned", "now", "difference"].map(Column::text).to_vec();
        let row = |fell: &PlanShortfall| -> Vec<Cell> {
            let row = &fell.standing;
            let of = bare_name(school, row);
            let share = |share: Option<f64>| share.map_or_else(String::new, percent);
            let n = row.n.map_or_else(String::new, |n| format!(" of {n}"));
            let pupils = row.pupils_gap.map_or_else(String::new, |gap| {
                format!("{} pupils {}", gap.unsigned_abs(), if gap < 0 { "fewer" } else { "more" })
            });
            vec![
                of.into(),
                share(row.expected_percent).into(),
                format!("{}{n}", share(row.percent)).into(),
                pupils.into(),
            ]
        };
        let table = Table::new(columns, answer.fell.iter().map(row).collect());
        blocks.push(Block::Table(table.captioned("Against plan").read_as(
            "planned is the share on the path to the target, now the share at the last data point; only what is more than chance would make stands here.",
        )));
    }
    for fell in &answer.fell {
        let of = named(school, &fell.standing);
        let mut said: Vec<(String, Vec<String>)> = Vec::new();
        if let Some(causes) = &fell.causes {
            let candidates =
                causes.candidates.iter().filter(|one| !one.speaks_for.is_empty()).take(CANDIDATES);
            let says = candidates.map(|one| format!("{}: {}", one.cause, one.speaks_for.join("; ")));
            said.push(("What may be behind it; none is proven".to_owned(), says.collect()));
        }
        if !fell.done.is_empty() {
            said.push(("Under way".to_owned(), fell.done.clone()));
        }
        said.retain(|(_, says)| !says.is_empty());
        if !said.is_empty() {
            blocks.push(Block::Subheading(of));
            blocks.push(Block::Labelled(said));
        }
    }
    // Whoever may not see causes sees what to ask, of all of it.
    if answer.fell.iter().any(|fell| fell.causes.is_none()) {
        let ask = vec![
            "What was taught, and what was missed? What do books and plans show?".to_owned(),
            "Who is it, and what do they get now? Could it be the test, or the day?".to_owned(),
        ];
        blocks.push(Block::Labelled(vec![("To ask; the records prove no cause".to_owned(), ask)]));
    }
    if !answer.weak.is_empty() {
        blocks.push(Block::Labelled(vec![(
            "Not at the standard yet".to_owned(),
            aspects(school, &answer.weak),
        )]));
    }
    blocks
}

/// What earlier meetings decided.
pub(crate) fn decided(school: &School, answer: &DecisionRow) -> Vec<Block> {
    let row = |one: &DatedItem| (format!("{}: {}", dated(school, one.date), one.what), String::new());
    let mut blocks = Vec::new();
    if !answer.rows.is_empty() {
        blocks.push(Block::Facts(answer.rows.iter().map(row).collect()));
    }
    blocks.extend(more(answer.not_shown).map(|says| Block::Paragraph(format!("{}.", capitalised(&says)))));
    blocks
}

/// Something of the calendar: when, and what.
fn on_calendar(school: &School, one: &UpcomingEvent) -> String {
    let when = match one.from == one.to {
        true => dated(school, one.from),
        false => format!("{} to {}", dated(school, one.from), dated(school, one.to)),
    };
    let what = match &one.what {
        UpcomingKind::Begins { half_term } => format!("{} begins", half_term_name(*half_term)),
        UpcomingKind::Closed { reason } => reason.clone(),
        UpcomingKind::Window { window, confirmed: true } => window.title().to_owned(),
        UpcomingKind::Window { window, confirmed: false } => {
            format!("{} (dates not confirmed)", window.title())
        }
    };
    format!("{when}: {what}")
}

/// What is next.
pub(crate) fn next(school: &School, answer: &NextSteps) -> Vec<Block> {
    let session = |coming: &UpcomingSession| {
        let when = coming.when;
        let mut parts =
            vec![coming.kind.map_or("set aside, nothing given out", |kind| kind.title()).to_owned()];
        parts.extend(coming.subject.as_ref().map(|subject| school.subject_name(subject).to_owned()));
        if !coming.with.is_empty() {
            parts.push(people(school, &coming.with));
        }
        format!("{when}: {}", parts.join(", "))
    };
    let mut said: Vec<(String, Vec<String>)> = vec![
        ("Sessions".to_owned(), answer.sessions.iter().map(session).collect()),
        ("Dates".to_owned(), answer.dates.iter().map(|one| on_calendar(school, one)).collect()),
        (
            "Parents".to_owned(),
            answer.duties.iter().map(|one| format!("by {}: {}", day(one.date), one.what)).collect(),
        ),
    ];
    said.retain(|(_, says)| !says.is_empty());
    vec![Block::Labelled(said)]
}

/// Expectations, behaviour and learning support.
pub(crate) fn expectations(school: &School, answer: &Expectations) -> Vec<Block> {
    let row = |row: &crate::improve::log::LogRow| {
        let subject = row.subject.as_ref().map(|subject| school.subject_name(subject).to_owned());
        let mut parts = vec![row.what.clone()];
        parts.extend(subject);
        format!("{}: {}", dated(school, row.date), parts.join("; "))
    };
    let rows = |number: usize, shown: &[crate::improve::log::LogRow]| -> Vec<String> {
        match (number, shown) {
            (0, _) => Vec::new(),
            (number, []) => vec![format!("{number} noted this year")],
            (_, shown) => shown.iter().map(row).collect(),
        }
    };
    let mut said = vec![
        ("Expectations checked".to_owned(), rows(answer.checks, &answer.checked)),
        ("Behaviour and attitudes".to_owned(), aspects(school, &answer.behaviour)),
        ("Learning support".to_owned(), rows(answer.deployments, &answer.deployed)),
    ];
    said.retain(|(_, says)| !says.is_empty());
    vec![Block::Labelled(said)]
}

/// A strategy in a line, without who leads it.
fn strategy(school: &School, one: &Strategy) -> String {
    let action = one.action.clone().unwrap_or_else(|| "a strategy whose words name somebody".to_owned());
    let mut of: Vec<String> = Vec::new();
    of.extend(one.of.subject.as_ref().map(|subject| school.measured_name(subject).to_owned()));
    if !one.of.year_groups.is_empty() {
        of.push(years(&one.of.year_groups));
    }
    of.push(one.of.status.word().replace('-', " "));
    of.push(format!("by {}", dated(school, one.of.due)));
    format!("{action} ({})", listed(&of))
}

/// Strategies, and what came of them.
pub(crate) fn strategies(school: &School, all: &[Strategy]) -> Vec<Block> {
    let row = |one: &Strategy| {
        let effects: Vec<&str> = one
            .of
            .effects
            .iter()
            .map(|effect| crate::view::improve::actions::verdict_word(effect.verdict))
            .collect();
        let effects = if effects.is_empty() { "nothing to tell by".to_owned() } else { effects.join(", ") };
        vec![strategy(school, one).into(), effects.into()]
    };
    let columns = ["what is done", "what came of it"].map(Column::text).to_vec();
    vec![Block::Table(Table::new(columns, all.iter().map(row).collect()).read_as(
        "improved is a rise that is more than chance; no sign says that chance could make the change, not that nothing happened; c: so few pupils that it is not shown.",
    ))]
}

/// The development plan: its aims with the objectives that serve them, and its actions.
pub(crate) fn goals(school: &School, answer: &DevelopmentPlan) -> Vec<Block> {
    let mut blocks = Vec::new();
    if !answer.aims.is_empty() {
        blocks.push(Block::Labelled(answer.aims.clone()));
    }
    if !answer.actions.is_empty() {
        let of = answer.actions.iter().map(|one| (strategy(school, one), String::new()));
        blocks.push(Block::Facts(of.collect()));
    }
    blocks
}
