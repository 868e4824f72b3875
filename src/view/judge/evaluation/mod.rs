//! A judgement in words: the leader's own first, what the evidence supports next to it, then what to settle.

mod notes;
mod steps;

use std::collections::BTreeMap;

use crate::diagnostic::Place;
use crate::document::{Block, Cell, Column, Document, Table, capitalised};
use crate::judge::answer::{AreaJudgement, AspectJudgement, Evaluation, LeaderJudgement, RolledGrade};
use crate::judge::firmness::Firmness;
use crate::privacy::audience::Audience;
use crate::school::{EvidenceKind, Framework, Id, Rank, School, half_term_name};
use crate::view::{counted, face, listed};

pub(crate) use steps::next_steps;
pub use steps::written;

/// What stands at the head of a kind's column.
pub(crate) fn heading(kind: EvidenceKind) -> &'static str {
    match kind {
        EvidenceKind::Books => "books",
        EvidenceKind::Records => "records",
        EvidenceKind::Lessons => "lessons",
        EvidenceKind::PupilVoice => "voice",
        EvidenceKind::Conversation => "talks",
        EvidenceKind::Planning => "plans",
        EvidenceKind::Environment => "rooms",
        EvidenceKind::Data => "results",
    }
}

/// A rank in a letter or two, after its grade's id: `RI`; its number where two would be alike.
pub(crate) fn short(framework: &Framework, rank: Rank) -> String {
    let initials = |id: &Id| -> String {
        id.as_str().split('-').filter_map(|word| word.chars().next()).flat_map(char::to_uppercase).collect()
    };
    let Some(grade) = framework.grade(rank) else { return rank.to_string() };
    let own = initials(&grade.id);
    let alike = framework.grades.iter().filter(|grade| initials(&grade.id) == own).count();
    if alike == 1 { own } else { rank.to_string() }
}

/// The scale in short and in full, the best first: `G good, RI requires improvement`.
pub(crate) fn scale(framework: &Framework) -> String {
    let grades = framework.grades.iter().rev();
    let each = grades.map(|grade| format!("{} {}", short(framework, grade.rank), grade.label.to_lowercase()));
    each.collect::<Vec<_>>().join(", ")
}

/// The places of several rows, the file named once: `evidence/ht2.csv:14, :17`; the first few of many.
pub(crate) fn places<'p>(places: impl Iterator<Item = &'p Place>) -> String {
    let mut all: Vec<&Place> = places.collect();
    all.sort();
    all.dedup();
    let mut text = String::new();
    let mut file = "";
    for place in all.iter().take(6) {
        if !text.is_empty() {
            text.push_str(", ");
        }
        if *place.file == *file {
            text.push_str(&format!(":{}", place.line));
        } else {
            text.push_str(&place.to_string());
        }
        file = &place.file;
    }
    if all.len() > 6 {
        text.push_str(&format!(" and {} more", all.len() - 6));
    }
    text
}

fn in_brackets(places: &str) -> String {
    if places.is_empty() { String::new() } else { format!(" ({places})") }
}

/// What the answer is about: `Maths in Key Stage 1, autumn 1 and autumn 2`.
pub(crate) fn title(school: &School, evaluation: &Evaluation) -> String {
    let scope = &evaluation.scope;
    let phase = school
        .set_up
        .phases
        .iter()
        .find(|phase| phase.id == scope.phase)
        .map_or("", |phase| phase.name.as_str());
    let of = match &scope.subject {
        Some(subject) => format!("{} in {phase}", school.subject_name(subject)),
        None => phase.to_owned(),
    };
    let when = if scope.year {
        scope.academic_year.clone()
    } else {
        let first = scope
            .half_term
            .saturating_sub(u8::try_from(school.settings.sufficiency.half_terms).unwrap_or(6) - 1)
            .max(1);
        listed(&(first..=scope.half_term).map(|number| half_term_name(number).to_owned()).collect::<Vec<_>>())
    };
    format!("{of}, {when}")
}

/// The evaluation as a document; `to_write` where the plan could still be written down.
pub fn document(school: &School, evaluation: &Evaluation, to_write: bool) -> Document {
    let Some(framework) = school.year.frameworks.get(&evaluation.framework) else {
        return Document::default();
    };
    let words = EvaluationView { school, framework, evaluation };
    let mut blocks: Vec<Block> = Vec::new();
    let beside = "the leader's own judgement stands beside what the evidence supports; neither takes the other's place.";
    let reads = if evaluation.items() > 0 { beside.to_owned() } else { words.how_to_read() };
    blocks.push(Block::Table(words.grades().captioned("Outcomes and provision").read_as(reads)));
    if evaluation.items() > 0 {
        blocks.extend(words.grid());
    }
    let notes = words.notes();
    if !notes.is_empty() {
        blocks.push(Block::Labelled(notes));
    }
    if !evaluation.plan.is_empty() {
        blocks.push(Block::Heading(words.plan_title()));
        blocks.push(Block::Choices(evaluation.plan.iter().map(|step| (words.step(step), None)).collect()));
    }
    if let Some(next) = words.next(to_write) {
        blocks.push(Block::Commands(next));
    }
    Document {
        face: face(&evaluation.audience),
        ..Document::new(title(school, evaluation), blocks, words.records(), evaluation.made_on)
    }
}

/// The name of an aspect in short: the end of its id, where no other has it.
pub(crate) fn in_short(framework: &Framework, aspect: &Id) -> String {
    let end = |id: &Id| id.as_str().rsplit('.').next().unwrap_or_default().replace('-', " ");
    let own = end(aspect);
    let alike = framework.aspects().filter(|other| end(&other.id) == own).count();
    if alike == 1 { capitalised(&own) } else { aspect.to_string() }
}

/// How many pieces of an aspect are at the standard asked or better: `4 of 9`.
pub(crate) fn at_standard(framework: &Framework, aspect: &AspectJudgement) -> String {
    let Some(standard) = framework.standard() else { return String::new() };
    let above = aspect.counts.values().flat_map(|counts| counts.range(standard..)).map(|(_, count)| count);
    format!("{} of {}", above.sum::<u32>(), aspect.items())
}

pub(crate) struct EvaluationView<'a> {
    pub(crate) school: &'a School,
    pub(crate) framework: &'a Framework,
    pub(crate) evaluation: &'a Evaluation,
}

/// The columns of the answer as one table.
const RECORD: &[&str] = &[
    "area",
    "aspect",
    "strand",
    "grade",
    "rank",
    "firmness",
    "other_grade",
    "at_or_above",
    "of",
    "kinds",
    "missing",
    "to_agree",
    "not_counted",
];

impl EvaluationView<'_> {
    pub(crate) fn label(&self, rank: Option<Rank>) -> String {
        rank.map_or_else(|| "-".to_owned(), |rank| self.framework.label(rank))
    }

    /// The name of an aspect's or area's grade by its id.
    fn label_of(&self, id: Option<&Id>) -> String {
        let grade = self.framework.grades.iter().find(|grade| Some(&grade.id) == id);
        grade.map_or_else(|| "-".to_owned(), |grade| grade.label.to_lowercase())
    }

    /// Whether the framework's areas are the job card's own two questions.
    pub(crate) fn is_job_card(&self) -> bool {
        let is_strand = |area: &AreaJudgement| {
            self.evaluation.strands.iter().any(|strand| strand.id.word() == area.id.as_str())
        };
        self.evaluation.areas.iter().all(is_strand)
    }

    pub(crate) fn said(&self, what: &str, id: &str) -> Option<&LeaderJudgement> {
        let own = self.evaluation.judgement.iter().filter(|said| said.what == what && said.id == id);
        own.max_by_key(|said| said.date)
    }

    /// What the leader says of each question and area, and what the evidence supports.
    fn grades(&self) -> Table {
        let says = |said: Option<&LeaderJudgement>| {
            said.map_or_else(String::new, |said| {
                let when = said.date.format("%-d %b");
                format!("{} ({} {when})", self.label(said.graded.rank), said.state.word())
            })
        };
        let row = |name: String, said: Option<&LeaderJudgement>, rolled: &RolledGrade| {
            vec![name.into(), says(said).into(), self.rolled(rolled).into(), self.firm(rolled).into()]
        };
        let mut rows: Vec<Vec<Cell>> = Vec::new();
        for strand in &self.evaluation.strands {
            let said = self.said("strand", strand.id.word()).or_else(|| self.said("area", strand.id.word()));
            rows.push(row(strand.id.word().to_uppercase(), said, &strand.rolled));
        }
        if !self.is_job_card() {
            for area in &self.evaluation.areas {
                rows.push(row(area.title.clone(), self.said("area", area.id.as_str()), &area.rolled));
            }
        }
        let you = if self.evaluation.audience == Audience::Leader { "you say" } else { "the leader says" };
        let columns = ["", you, "the evidence supports", "how firm"].map(Column::text).to_vec();
        Table::new(columns, rows)
    }

    pub(crate) fn rolled(&self, rolled: &RolledGrade) -> String {
        match rolled.graded.rank {
            None => "no grade yet".to_owned(),
            Some(rank) if rolled.complete => self.framework.label(rank),
            Some(rank) => {
                let at_most = if self.framework.method.area.is_secure() { "at most " } else { "" };
                let aspects = counted(rolled.graded_aspects, "aspect");
                format!("{at_most}{}, on the {aspects} graded", self.framework.label(rank))
            }
        }
    }

    pub(crate) fn firm(&self, rolled: &RolledGrade) -> String {
        if rolled.graded.rank.is_none() {
            return String::new();
        }
        let others: Vec<String> = rolled.other_grades.iter().map(|id| self.label_of(Some(id))).collect();
        match (rolled.firmness, others.as_slice()) {
            (Firmness::Borderline, []) => "borderline, but stays at this grade".to_owned(),
            (Firmness::Borderline, others) => format!("borderline with {}", others.join(" and ")),
            (firmness, _) => firmness.title().to_owned(),
        }
    }

    /// Aspects by kinds of evidence, each with its grade; in two tables where one would be too wide.
    fn grid(&self) -> Vec<Block> {
        let aspects: Vec<&AspectJudgement> =
            self.evaluation.aspects().filter(|aspect| aspect.items() > 0).collect();
        let kinds: Vec<EvidenceKind> = EvidenceKind::ALL
            .iter()
            .copied()
            .filter(|kind| aspects.iter().any(|aspect| aspect.counts.contains_key(kind)))
            .collect();
        let name = |aspect: &AspectJudgement| vec![Cell::from(self.name(aspect))];
        let counts = |aspect: &AspectJudgement| -> Vec<Cell> {
            kinds.iter().map(|kind| self.counts(aspect.counts.get(kind)).into()).collect()
        };
        let grades = |aspect: &AspectJudgement| -> Vec<Cell> {
            let support = aspect
                .support
                .map_or_else(String::new, |support| format!("{} of {}", support.at_or_above, support.of));
            let firm = if aspect.firmness == Firmness::NoGrade { "" } else { aspect.firmness.title() };
            vec![self.bare_grade(aspect).into(), support.into(), self.at_standard(aspect).into(), firm.into()]
        };
        type Part<'p> = &'p dyn Fn(&AspectJudgement) -> Vec<Cell>;
        let table = |caption: &str, heads: &[&'static str], parts: &[Part<'_>]| {
            let columns = std::iter::once("aspect").chain(heads.iter().copied()).map(Column::text).collect();
            let row = |aspect: &&AspectJudgement| {
                name(aspect).into_iter().chain(parts.iter().flat_map(|part| part(aspect))).collect()
            };
            Block::Table(
                Table::new(columns, aspects.iter().map(row).collect())
                    .captioned(caption)
                    .read_as(self.how_to_read()),
            )
        };
        let heads: Vec<&'static str> = kinds.iter().map(|kind| heading(*kind)).collect();
        let graded = ["grade", "at it", "at standard", "how firm"];
        if self.is_for_meeting() {
            vec![table("Aspect by aspect", &graded, &[&grades])]
        } else if kinds.len() <= 3 {
            vec![table("Aspect by aspect", &[heads.as_slice(), &graded].concat(), &[&counts, &grades])]
        } else {
            vec![
                table("Aspect by aspect", &graded, &[&grades]),
                table("The evidence behind it, kind by kind", &heads, &[&counts]),
            ]
        }
    }

    /// Whether it is read by people who see neither rows nor names.
    fn is_for_meeting(&self) -> bool {
        !self.evaluation.audience.sees_names()
    }

    fn at_standard(&self, aspect: &AspectJudgement) -> String {
        at_standard(self.framework, aspect)
    }

    fn name(&self, aspect: &AspectJudgement) -> String {
        in_short(self.framework, &aspect.id)
    }

    /// The grade, in brackets where it is provisional.
    fn bare_grade(&self, aspect: &AspectJudgement) -> String {
        let label = self.label(aspect.graded.rank);
        match aspect.firmness {
            Firmness::NoGrade => "no grade".to_owned(),
            Firmness::Provisional => format!("({label})"),
            _ => label,
        }
    }

    /// The counts of a kind, the best grade first: `6G 2RI`.
    fn counts(&self, counts: Option<&BTreeMap<Rank, u32>>) -> String {
        let counts = counts.into_iter().flatten().rev();
        counts
            .map(|(rank, count)| format!("{count}{}", short(self.framework, *rank)))
            .collect::<Vec<_>>()
            .join(" ")
    }

    pub(crate) fn grade(&self, aspect: &AspectJudgement) -> String {
        let support = aspect
            .support
            .map_or_else(String::new, |support| format!(", {} of {}", support.at_or_above, support.of));
        match aspect.firmness {
            Firmness::NoGrade => "no grade".to_owned(),
            firmness => format!("{}{support}, {}", self.bare_grade(aspect), firmness.title()),
        }
    }

    /// The answer as one table: a row for each aspect.
    fn records(&self) -> Table {
        let column = |name: &&'static str| match *name {
            "rank" | "at_or_above" | "of" | "to_agree" | "not_counted" => Column::number(name),
            _ => Column::text(name),
        };
        let areas = self.evaluation.areas.iter();
        let rows = areas.flat_map(|area| area.aspects.iter().map(|aspect| self.record(&area.id, aspect)));
        Table::new(RECORD.iter().map(column).collect(), rows.collect())
    }

    /// An aspect's row of that table.
    fn record(&self, area: &Id, aspect: &AspectJudgement) -> Vec<Cell> {
        let number = |number: usize| Cell::Number(i64::try_from(number).unwrap_or(i64::MAX));
        let id = |id: Option<&Id>| Cell::from(id.map_or("", Id::as_str));
        let support = |of: fn(&crate::judge::answer::Support) -> u32| {
            let support = aspect.support.as_ref();
            support.map_or(Cell::Empty, |support| Cell::Number(i64::from(of(support))))
        };
        let missing: Vec<String> =
            aspect.missing.iter().map(|check| format!("{check:?}").to_lowercase()).collect();
        let kinds: Vec<String> = aspect
            .counts
            .iter()
            .map(|(kind, counts)| format!("{} {}", kind.word(), self.counts(Some(counts))))
            .collect();
        vec![
            area.as_str().into(),
            aspect.id.as_str().into(),
            aspect.strand.word().into(),
            id(aspect.graded.grade.as_ref()),
            aspect.graded.rank.map_or(Cell::Empty, |rank| Cell::Number(i64::from(rank))),
            aspect.firmness.title().into(),
            id(aspect.other_grade.as_ref()),
            support(|support| support.at_or_above),
            support(|support| support.of),
            kinds.join("; ").into(),
            missing.join(";").into(),
            number(aspect.open_samples),
            number(aspect.not_counted.len()),
        ]
    }
}
