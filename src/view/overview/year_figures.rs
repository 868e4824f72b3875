//! A year in short: plain sentences, and the same figures each time.

use crate::document::{Block, Cell, Column, Table, capitalised};
use crate::judge::firmness::Firmness;
use crate::overview::report::sections::FiguresOverTwoYears;
use crate::overview::year_figures::{FigureOf, QuestionGrade, YearFigures};
use crate::school::{Framework, Rank, School};
use crate::view::track::trajectory::named;
use crate::view::{counted, listed};

/// What a sheet shows where nothing is known.
const UNKNOWN: &str = "not known";

/// How full a grade's sign is, from the lowest to the highest.
const SIGNS: [char; 5] = ['○', '◔', '◑', '◕', '●'];

/// A grade in words, with a sign that is the fuller the higher it is: never a colour alone.
pub(crate) fn shaped(framework: Option<&Framework>, rank: Option<Rank>) -> String {
    let Some((framework, rank)) = framework.zip(rank) else { return "no grade yet".to_owned() };
    let steps = u32::from(framework.top()).saturating_sub(1).max(1);
    let place = (u32::from(rank).saturating_sub(1) * 4 + steps / 2) / steps;
    let sign = SIGNS.get(place as usize).copied().unwrap_or('●');
    format!("{sign} {}", framework.label(rank))
}

/// The whole in a few sentences.
pub(crate) fn in_short(school: &School, years: &FiguresOverTwoYears) -> Vec<Block> {
    let now = &years.now;
    let framework = school.year.frameworks.get(&school.settings.framework);
    let mut says: Vec<String> = Vec::new();
    says.extend(now.answers.iter().map(|answered| judged(framework, answered)));
    if let Some(paths) = now.paths {
        let all = counted(paths.tested as usize, "path");
        says.push(match (paths.below, paths.above) {
            (0, 0) => format!("Pupils are in line with their paths, on all {all} that may be told here."),
            (below, above) => {
                let mut parts = Vec::new();
                if below > 0 {
                    parts.push(format!("significantly below {below}"));
                }
                if above > 0 {
                    parts.push(format!("significantly above {above}"));
                }
                let others = if below + above < paths.tested { "; the others are in line" } else { "" };
                format!("Of {all} that may be told here, pupils are {}{others}.", listed(&parts))
            }
        });
    }
    if !years.below.is_empty() {
        let names: Vec<String> = years.below.iter().map(|row| named(school, row)).collect();
        says.push(format!("Significantly below their path: {}.", names.join("; ")));
    }
    if let Some(sessions) = now.sessions.filter(|sessions| sessions.of > 0) {
        let seen = now.subjects.map_or_else(String::new, |seen| {
            format!(" They looked at {} of {} subjects.", seen.with, seen.of)
        });
        says.push(format!(
            "{} of {} sessions that were planned up to now were held.{seen}",
            sessions.with, sessions.of
        ));
    }
    if let Some(objectives) = now.objectives {
        let criteria = now.criteria.map_or_else(String::new, |criteria| {
            format!(", and {} of {} of their criteria that are shown here", criteria.with, criteria.of)
        });
        says.push(format!("{} of {} objectives are met{criteria}.", objectives.with, objectives.of));
    }
    if let Some(doing) = now.actions {
        let late = if doing.late > 0 { format!(", {} of them late", doing.late) } else { String::new() };
        says.push(format!("{} done, {} open{late}.", counted(doing.done as usize, "action"), doing.open));
    }
    if let Some(came) = now.came {
        says.push(format!(
            "Of those that began, as far as results or evidence tell: {} for the better, {} without a sign, {} too early or too few to tell.",
            came.better, came.no_sign, came.open
        ));
    }
    if says.is_empty() {
        says.push("The records say nothing of this year yet.".to_owned());
    }
    vec![Block::Facts(says.into_iter().map(|says| (says, String::new())).collect())]
}

fn judged(framework: Option<&Framework>, answered: &QuestionGrade) -> String {
    let label = |rank: Option<Rank>| shaped(framework, rank);
    let question = capitalised(answered.question.word());
    let says = match &answered.leader {
        Some(leader) => format!("{question}: the leader says {}; ", label(leader.rank)),
        None => format!("{question}: "),
    };
    match answered.firmness {
        Firmness::NoGrade => format!("{says}the evidence is not enough for a grade yet."),
        firmness => {
            format!("{says}the evidence supports {} ({}).", label(answered.evidence.rank), firmness.title())
        }
    }
}

/// The same figures each time, this year next to the one before.
pub(crate) fn table(school: &School, years: &FiguresOverTwoYears) -> Table {
    let framework = school.year.frameworks.get(&school.settings.framework);
    let before = years.before.clone().unwrap_or_default();
    let rows = rows(framework, &years.now).into_iter().zip(self::rows(framework, &before));
    let columns = vec![
        Column::text("figure"),
        Column::named(years.now.academic_year.clone(), false),
        Column::named(
            if before.academic_year.is_empty() {
                "the year before".to_owned()
            } else {
                before.academic_year.clone()
            },
            false,
        ),
    ];
    let row = |((name, now), (_, before)): ((&'static str, String), (&'static str, String))| -> Vec<Cell> {
        vec![name.into(), now.into(), before.into()]
    };
    Table::new(columns, rows.map(row).collect())
        .read_as("the same rows stand in every report, so that one can be laid beside another; not known means that the records here do not say, or that those whom this is for may not be told.")
}

fn rows(framework: Option<&Framework>, of: &YearFigures) -> Vec<(&'static str, String)> {
    let number = |number: Option<u32>| number.map_or_else(|| UNKNOWN.to_owned(), |number| number.to_string());
    let out_of = |share: Option<FigureOf>| {
        share.map_or_else(|| UNKNOWN.to_owned(), |share| format!("{} of {}", share.with, share.of))
    };
    let answer = |index: usize| {
        of.answers.get(index).map_or_else(
            || UNKNOWN.to_owned(),
            |one| match one.firmness {
                Firmness::NoGrade => "no grade yet".to_owned(),
                firmness => format!("{}, {}", shaped(framework, one.evidence.rank), firmness.title()),
            },
        )
    };
    let paths = of.paths.map_or_else(
        || UNKNOWN.to_owned(),
        |paths| format!("{} of {} below, {} above", paths.below, paths.tested, paths.above),
    );
    let actions = of.actions.map_or_else(
        || UNKNOWN.to_owned(),
        |doing| format!("{} done, {} open, {} late", doing.done, doing.open, doing.late),
    );
    let came = of.came.map_or_else(
        || UNKNOWN.to_owned(),
        |came| format!("{} better, {} no sign, {} cannot be told yet", came.better, came.no_sign, came.open),
    );
    vec![
        ("Pupils of the phase", number(of.pupils)),
        ("Outcomes, by the evidence", answer(0)),
        ("Provision, by the evidence", answer(1)),
        ("Paths that pupils are significantly off", paths),
        ("Pairs of groups that are set apart", out_of(of.apart)),
        ("Sessions held, of those planned up to now", out_of(of.sessions)),
        ("Subjects that a session looked at", out_of(of.subjects)),
        ("Pieces of evidence", number(of.pieces)),
        ("First views of two leaders that are the same", out_of(of.agreed)),
        ("Objectives met", out_of(of.objectives)),
        ("Criteria of objectives met", out_of(of.criteria)),
        ("Actions", actions),
        ("What came of actions", came),
    ]
}
