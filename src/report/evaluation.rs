//! A judgement in words: the leader's own first, what the evidence supports beside it, then what to settle.

use std::collections::BTreeMap;

use super::{counted, face, listed};
use crate::diagnostic::Place;
use crate::document::{Block, Cell, Column, Document, Table, capitalised};
use crate::judge::evaluation::{AreaJudgement, AspectJudgement, Evaluation, Rolled};
use crate::judge::firmness::{Check, Firmness};
use crate::judge::gather::NotCounted;
use crate::judge::next_grade::{By, Step, Wish};
use crate::judge::said::Said;
use crate::judge::votes;
use crate::school::audience::Audience;
use crate::school::calendar::{day, half_term_name};
use crate::school::classes::year_groups_in_words;
use crate::school::evidence::Kind;
use crate::school::framework::{Framework, Rank};
use crate::school::{Id, School};

/// What stands at the head of a kind's column.
pub(super) fn heading(kind: Kind) -> &'static str {
    match kind {
        Kind::Books => "books",
        Kind::Records => "records",
        Kind::Lessons => "lessons",
        Kind::PupilVoice => "voice",
        Kind::Conversation => "talks",
        Kind::Planning => "plans",
        Kind::Environment => "rooms",
        Kind::Data => "results",
    }
}

/// A rank in a letter or two, after its grade's id: `RI`; its number where two would be alike.
pub(super) fn short(framework: &Framework, rank: Rank) -> String {
    let initials = |id: &Id| -> String {
        id.as_str().split('-').filter_map(|word| word.chars().next()).flat_map(char::to_uppercase).collect()
    };
    let Some(grade) = framework.grade(rank) else { return rank.to_string() };
    let own = initials(&grade.id);
    let alike = framework.grades.iter().filter(|grade| initials(&grade.id) == own).count();
    if alike == 1 { own } else { rank.to_string() }
}

/// The scale in short and in full, the best first: `G good, RI requires improvement`.
pub(super) fn scale(framework: &Framework) -> String {
    let grades = framework.grades.iter().rev();
    let each = grades.map(|grade| format!("{} {}", short(framework, grade.rank), grade.label.to_lowercase()));
    each.collect::<Vec<_>>().join(", ")
}

/// The places of several rows, the file named once: `evidence/ht2.csv:14, :17`; the first few of many.
pub(super) fn places<'p>(places: impl Iterator<Item = &'p Place>) -> String {
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
pub(super) fn title(school: &School, evaluation: &Evaluation) -> String {
    let scope = &evaluation.scope;
    let phase =
        school.phases.iter().find(|phase| phase.id == scope.phase).map_or("", |phase| phase.name.as_str());
    let of = match &scope.subject {
        Some(subject) => format!("{} in {phase}", school.subject_name(subject)),
        None => phase.to_owned(),
    };
    let when = if scope.year {
        scope.academic_year.clone()
    } else {
        let first = scope
            .half_term
            .saturating_sub(u8::try_from(school.sufficiency.half_terms).unwrap_or(6) - 1)
            .max(1);
        listed(&(first..=scope.half_term).map(|number| half_term_name(number).to_owned()).collect::<Vec<_>>())
    };
    format!("{of}, {when}")
}

/// The evaluation as a document; `to_write` where the plan could still be written down.
pub fn document(school: &School, evaluation: &Evaluation, to_write: bool) -> Document {
    let Some(framework) = school.frameworks.get(&evaluation.framework) else { return Document::default() };
    let words = Words { school, framework, evaluation };
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
        title: title(school, evaluation),
        blocks,
        records: words.records(),
        made_on: evaluation.made_on,
        face: face(&evaluation.audience),
        ..Document::default()
    }
}

/// How many pieces of an aspect are at the standard asked or better: `4 of 9`.
pub(super) fn at_standard(framework: &Framework, aspect: &AspectJudgement) -> String {
    let Some(standard) = framework.standard() else { return String::new() };
    let above = aspect.counts.values().flat_map(|counts| counts.range(standard..)).map(|(_, count)| count);
    format!("{} of {}", above.sum::<u32>(), aspect.items())
}

/// How many steps a report names.
const STEPS: usize = 3;

/// The steps to the next grade and what evidence is missing, as a section of a report.
pub(super) fn next_steps(school: &School, evaluation: &Evaluation) -> Vec<Block> {
    let Some(framework) = school.frameworks.get(&evaluation.framework) else { return Vec::new() };
    let words = Words { school, framework, evaluation };
    let mut blocks = Vec::new();
    if !evaluation.plan.is_empty() {
        blocks.push(Block::Paragraph(format!("{}:", words.plan_title())));
        let steps = evaluation.plan.iter().take(STEPS).map(|step| (words.in_brief(step), None));
        blocks.push(Block::Choices(steps.collect()));
        let more = evaluation.plan.len().saturating_sub(STEPS);
        if more > 0 {
            blocks.push(Block::Paragraph(format!("And {} after these.", counted(more, "step"))));
        }
    }
    let missing = words.missing();
    if !missing.is_empty() {
        blocks.push(Block::Labelled(vec![("Evidence still wanted".to_owned(), missing)]));
    }
    blocks
}

pub(super) struct Words<'a> {
    pub(super) school: &'a School,
    pub(super) framework: &'a Framework,
    pub(super) evaluation: &'a Evaluation,
}

impl Words<'_> {
    pub(super) fn label(&self, rank: Option<Rank>) -> String {
        rank.map_or_else(|| "-".to_owned(), |rank| self.framework.label(rank))
    }

    /// The name of an aspect's or area's grade by its id.
    fn label_of(&self, id: Option<&Id>) -> String {
        let grade = self.framework.grades.iter().find(|grade| Some(&grade.id) == id);
        grade.map_or_else(|| "-".to_owned(), |grade| grade.label.to_lowercase())
    }

    /// Whether the framework's areas are the job card's own two questions.
    pub(super) fn is_job_card(&self) -> bool {
        let is_strand = |area: &AreaJudgement| {
            self.evaluation.strands.iter().any(|strand| strand.id.word() == area.id.as_str())
        };
        self.evaluation.areas.iter().all(is_strand)
    }

    pub(super) fn said(&self, what: &str, id: &str) -> Option<&Said> {
        let own = self.evaluation.judgement.iter().filter(|said| said.what == what && said.id == id);
        own.max_by_key(|said| said.date)
    }

    /// What the leader says of each question and area, and what the evidence supports.
    fn grades(&self) -> Table {
        let says = |said: Option<&Said>| {
            said.map_or_else(String::new, |said| {
                let when = said.date.format("%-d %b");
                format!("{} ({} {when})", self.label(said.graded.rank), said.state.word())
            })
        };
        let row = |name: String, said: Option<&Said>, rolled: &Rolled| {
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

    pub(super) fn rolled(&self, rolled: &Rolled) -> String {
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

    pub(super) fn firm(&self, rolled: &Rolled) -> String {
        if rolled.graded.rank.is_none() {
            return String::new();
        }
        let others: Vec<String> = rolled.other_grades.iter().map(|id| self.label_of(Some(id))).collect();
        match (rolled.firmness, others.as_slice()) {
            (Firmness::Borderline, []) => "borderline, but stays at this grade".to_owned(),
            (Firmness::Borderline, others) => format!("borderline with {}", others.join(" and ")),
            (firmness, _) => firmness.word().to_owned(),
        }
    }

    /// Aspects by kinds of evidence, each with its grade; in two tables where one would be too wide.
    fn grid(&self) -> Vec<Block> {
        let aspects: Vec<&AspectJudgement> =
            self.evaluation.aspects().filter(|aspect| aspect.items() > 0).collect();
        let kinds: Vec<Kind> = Kind::all()
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
            let firm = if aspect.firmness == Firmness::NoGrade { "" } else { aspect.firmness.word() };
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

    /// The name of an aspect in short: the end of its id, where no other has it.
    fn name(&self, aspect: &AspectJudgement) -> String {
        let end = |id: &Id| id.as_str().rsplit('.').next().unwrap_or_default().replace('-', " ");
        let own = end(&aspect.id);
        let alike = self.evaluation.aspects().filter(|other| end(&other.id) == own).count();
        if alike == 1 { capitalised(&own) } else { aspect.id.to_string() }
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

    pub(super) fn grade(&self, aspect: &AspectJudgement) -> String {
        let support = aspect
            .support
            .map_or_else(String::new, |support| format!(", {} of {}", support.at_or_above, support.of));
        match aspect.firmness {
            Firmness::NoGrade => "no grade".to_owned(),
            firmness => format!("{}{support}, {}", self.bare_grade(aspect), firmness.word()),
        }
    }

    fn notes(&self) -> Vec<(String, Vec<String>)> {
        let aspects = || self.evaluation.aspects();
        let mut notes: Vec<(String, Vec<String>)> = vec![
            (
                "Differs".to_owned(),
                self.evaluation.judgement.iter().filter_map(|said| self.differs(said)).collect(),
            ),
            ("Look again".to_owned(), aspects().filter_map(|aspect| self.look_again(aspect)).collect()),
            ("Held".to_owned(), self.evaluation.areas.iter().filter_map(|area| self.held(area)).collect()),
            ("To agree".to_owned(), aspects().filter_map(|aspect| self.to_agree(aspect)).collect()),
            ("Missing".to_owned(), self.missing()),
            ("Not counted".to_owned(), self.not_counted()),
            ("Classes".to_owned(), aspects().filter_map(|aspect| self.spread(aspect)).collect()),
        ];
        let statements = self.evaluation.judgement.iter().filter_map(|said| {
            let value = said.value.as_ref()?;
            Some(format!(
                "{}: {value} ({}, {}, the school's own statement).",
                said.title,
                said.state.word(),
                day(said.date)
            ))
        });
        notes.push(("Stated".to_owned(), statements.collect()));
        notes.push((
            "Category".to_owned(),
            self.evaluation.categories.iter().map(|words| format!("{}.", capitalised(words))).collect(),
        ));
        let cautions =
            self.evaluation.cautions.iter().map(|text| format!("{text} (Not confirmed, so not applied.)"));
        notes.push(("Caution".to_owned(), cautions.collect()));
        let described = self.described();
        notes.push(("Described".to_owned(), described));
        let elsewhere = self.evaluation.elsewhere.iter().map(|(framework, rows)| {
            let (verb, them) = if *rows == 1 { ("is", "it") } else { ("are", "them") };
            format!(
                "{} {verb} written for {framework} and {verb} judged apart; see {them}: phase evaluate --framework {framework}",
                counted(*rows, "piece")
            )
        });
        notes.push(("Elsewhere".to_owned(), elsewhere.collect()));
        if self.is_for_meeting() {
            notes.retain(|(label, _)| !matches!(label.as_str(), "Look again" | "To agree" | "Missing"));
        }
        notes.retain(|(_, says)| !says.is_empty());
        notes
    }

    /// A difference between what the leader says and what the evidence supports, explained.
    fn differs(&self, said: &Said) -> Option<String> {
        let (own, evidence) = (said.graded.rank?, said.evidence_rank);
        let who = if self.evaluation.audience == Audience::Leader { "you say" } else { "the leader says" };
        let head = format!(
            "{}: {who} {} ({}, {})",
            capitalised(&said.title),
            self.framework.label(own),
            said.state.word(),
            day(said.date)
        );
        let Some(evidence) = evidence else { return Some(format!("{head}; no evidence counts yet.")) };
        if own == evidence {
            return None;
        }
        let deciding = self.deciding(said);
        let because =
            if deciding.is_empty() { String::new() } else { format!(", decided by {}", listed(&deciding)) };
        let firmness = said.evidence_firmness.map_or("", Firmness::word);
        Some(format!(
            "{head}; the evidence supports {} ({firmness}){because}.",
            self.framework.label(evidence)
        ))
    }

    /// The aspects that decide what is judged, each with its grade.
    fn deciding(&self, said: &Said) -> Vec<String> {
        let ids: &[Id] = match said.what {
            "strand" => self
                .evaluation
                .strands
                .iter()
                .find(|strand| strand.id.word() == said.id)
                .map_or(&[], |strand| &strand.rolled.deciding),
            "area" => self
                .evaluation
                .areas
                .iter()
                .find(|area| area.id.as_str() == said.id)
                .map_or(&[], |area| &area.rolled.deciding),
            _ => &[],
        };
        let title = |id: &Id| {
            let found = self.evaluation.aspects().find(|aspect| aspect.id == *id);
            found.map(|aspect| self.name(aspect).to_lowercase())
        };
        ids.iter().filter_map(title).collect()
    }

    /// What disagrees, where a grade is borderline: which kinds say which grade, and what would change it.
    fn look_again(&self, aspect: &AspectJudgement) -> Option<String> {
        let carrying: Vec<Kind> = aspect.rests_on.iter().map(|rests| rests.kind).collect();
        if carrying.is_empty() {
            return None;
        }
        let mut by_grade: BTreeMap<Rank, Vec<String>> = BTreeMap::new();
        for (kind, votes) in &aspect.votes {
            if let Some(rank) = votes::middle(votes) {
                by_grade.entry(rank).or_default().push(heading(*kind).to_owned());
            }
        }
        let says = by_grade.into_iter().rev().map(|(rank, kinds)| {
            let verb = if kinds.len() == 1 && !kinds.iter().all(|kind| kind.ends_with('s')) {
                "says"
            } else {
                "say"
            };
            format!("{} {verb} {}", listed(&kinds), self.framework.label(rank))
        });
        let without: Vec<String> = aspect
            .rests_on
            .iter()
            .map(|rests| format!("{} without {}", self.label(rests.other.rank), heading(rests.kind)))
            .collect();
        let rows =
            aspect.evidence.iter().filter(|cited| carrying.contains(&cited.kind)).map(|cited| &cited.at);
        Some(format!(
            "{}: {}. It would be {}: look again together{}.",
            self.name(aspect),
            says.collect::<Vec<_>>().join("; "),
            listed(&without),
            in_brackets(&places(rows))
        ))
    }

    /// What holds an area down, or caps it.
    fn held(&self, area: &AreaJudgement) -> Option<String> {
        if let Some(limited) = &area.limited {
            return Some(format!(
                "{} is {} and not {}: {}",
                area.title,
                self.label(area.rolled.graded.rank),
                self.label(limited.without.rank),
                limited.text
            ));
        }
        let rank = area.rolled.graded.rank?;
        let secure = self.framework.method.area.is_secure();
        let others_better = area.aspects.iter().any(|aspect| aspect.graded.rank > Some(rank));
        if !secure || !others_better {
            return None;
        }
        let holding: Vec<String> = area
            .aspects
            .iter()
            .filter(|aspect| aspect.graded.rank == Some(rank))
            .map(|aspect| format!("{} ({})", self.name(aspect).to_lowercase(), aspect.firmness.word()))
            .collect();
        Some(format!(
            "{} is held at {} by {}: look again there first.",
            area.title,
            self.framework.label(rank),
            listed(&holding)
        ))
    }

    fn to_agree(&self, aspect: &AspectJudgement) -> Option<String> {
        if aspect.to_agree.is_empty() {
            return None;
        }
        let number = counted(aspect.to_agree.len(), "sample");
        let places = places(aspect.to_agree.iter().flat_map(|to_agree| &to_agree.at));
        Some(format!(
            "{}: {number} with two first views and no agreed grade{}.",
            self.name(aspect),
            in_brackets(&places)
        ))
    }

    /// What each aspect without a settled grade needs.
    fn missing(&self) -> Vec<String> {
        let untouched: Vec<String> = self
            .evaluation
            .wishes
            .iter()
            .filter(|wish| self.items(wish) == 0)
            .filter_map(|wish| self.evaluation.aspects().find(|aspect| aspect.id == wish.aspect))
            .map(|aspect| self.name(aspect).to_lowercase())
            .collect();
        let begun = self.evaluation.wishes.iter().filter(|wish| self.items(wish) > 0);
        let mut says: Vec<String> = begun.map(|wish| self.wish(wish)).collect();
        if !untouched.is_empty() && untouched.len() == self.evaluation.aspects().count() {
            let file = format!("evidence/ht{}.csv", self.evaluation.scope.half_term);
            says.push(format!("No evidence counts yet: {file} would hold it, and phase record adds to it."));
        } else if !untouched.is_empty() {
            says.push(format!("Nothing yet on {}.", listed(&untouched)));
        }
        says
    }

    fn items(&self, wish: &Wish) -> u32 {
        self.evaluation.aspects().find(|aspect| aspect.id == wish.aspect).map_or(0, AspectJudgement::items)
    }

    fn wish(&self, wish: &Wish) -> String {
        let Some(aspect) = self.evaluation.aspects().find(|aspect| aspect.id == wish.aspect) else {
            return String::new();
        };
        let more = |number: u32, what: &str| {
            let plural = if number == 1 { "" } else { "s" };
            format!("{number} more {what}{plural}")
        };
        let needs = |check: &Check| match check {
            Check::Kinds => {
                let such: Vec<&str> = wish.unheard.iter().map(|kind| kind.title()).take(2).collect();
                format!(
                    "{} (say {})",
                    more(wish.kinds, "kind"),
                    such.join(if wish.kinds == 1 { " or " } else { " and " })
                )
            }
            Check::Items => more(wish.items, "piece"),
            Check::Classes => {
                let short = aspect.needs.classes.unwrap_or(0).saturating_sub(aspect.has.classes.unwrap_or(0));
                format!("{} more class{}", short, if short == 1 { "" } else { "es" })
            }
            Check::Weeks => "another week".to_owned(),
            Check::Observers => "a second person or a joint look".to_owned(),
        };
        let listed = listed(&wish.missing.iter().map(needs).collect::<Vec<_>>());
        format!("{} needs {listed}.", self.name(aspect))
    }

    fn not_counted(&self) -> Vec<String> {
        let mut by_reason: BTreeMap<NotCounted, Vec<&Place>> = BTreeMap::new();
        for uncounted in self.evaluation.aspects().flat_map(|aspect| &aspect.not_counted) {
            by_reason.entry(uncounted.because).or_default().push(&uncounted.at);
        }
        let says = |(because, rows): (NotCounted, Vec<&Place>)| {
            let why = match because {
                NotCounted::TooOld => "too old",
                NotCounted::OtherPupils => "of last year's pupils",
                NotCounted::KindCannotSpeak => "of a kind that cannot speak to its aspect",
            };
            format!("{} {why}{}.", counted(rows.len(), "piece"), in_brackets(&places(rows.into_iter())))
        };
        by_reason.into_iter().map(says).collect()
    }

    /// The classes with the smallest and the largest share at the grade, where they lie apart.
    fn spread(&self, aspect: &AspectJudgement) -> Option<String> {
        // One piece says nothing of a class.
        let mut classes = aspect.classes.iter().filter(|class| class.of >= 2);
        let (first, last) = (classes.next()?, classes.next_back()?);
        let apart = first.at_or_above * last.of != last.at_or_above * first.of;
        if !apart || first.class == last.class {
            return None;
        }
        let share = |class: &crate::judge::evaluation::OfClass| {
            format!("{} {} of {}", class.class, class.at_or_above, class.of)
        };
        Some(format!(
            "{} at {} or better: from {} to {} (classes are never graded; lessons left out).",
            self.name(aspect),
            self.label(aspect.counted_at.rank),
            share(first),
            share(last)
        ))
    }

    /// In a framework without grades the evidence is laid out.
    fn described(&self) -> Vec<String> {
        if !self.framework.grades.is_empty() {
            return Vec::new();
        }
        let said = self.evaluation.aspects().filter(|aspect| !aspect.described.is_empty());
        said.map(|aspect| {
            let places = places(aspect.described.iter().map(|cited| &cited.at));
            format!(
                "{}: {}{}.",
                self.name(aspect),
                counted(aspect.described.len(), "piece"),
                in_brackets(&places)
            )
        })
        .collect()
    }

    fn plan_title(&self) -> String {
        let keep = self.evaluation.plan.iter().all(|step| step.from == step.to);
        if keep { "What is to be kept up".to_owned() } else { "Plan to the next grade".to_owned() }
    }

    /// A step without what it rests on, which stands aspect by aspect.
    fn in_brief(&self, step: &Step) -> String {
        let owner =
            step.owner.as_ref().map_or_else(String::new, |id| format!("{}, ", self.school.name_of(id)));
        format!("{} ({owner}by {}; first look {})", step.step, day(step.due), day(step.review))
    }

    fn step(&self, step: &Step) -> String {
        let owner =
            step.owner.as_ref().map_or_else(String::new, |id| format!(" {},", self.school.name_of(id)));
        let (due, review) = (day(step.due), day(step.review));
        let by = if owner.is_empty() { "By" } else { "by" };
        let mut text = format!("{}.{owner} {by} {due}; first look {review}.", step.step);
        if !step.open.is_empty() {
            let open = step.open.iter().map(|id| id.as_str().to_owned()).collect::<Vec<_>>();
            text.push_str(&format!(" Already under way: {}.", listed(&open)));
        }
        if let Some(goal) = &step.goal {
            text.push_str(&format!(" {}: \"{goal}\"", capitalised(&self.label_of(step.to.as_ref()))));
        }
        if step.from != step.to && !step.because.is_empty() {
            let named = |because: &crate::judge::next_grade::Because| {
                let name = match because.by {
                    By::Kind => Kind::all()
                        .find(|kind| kind.word() == because.of)
                        .map_or(because.of.clone(), |kind| heading(kind).to_owned()),
                    By::Subject => self.school.subject_name(&Id::new(&because.of)).to_owned(),
                    By::YearGroup => year_groups_in_words(&because.of),
                    By::Class => because.of.clone(),
                };
                format!("{name} {} of {}", because.below, because.items)
            };
            let mut by: BTreeMap<By, Vec<String>> = BTreeMap::new();
            for because in &step.because {
                by.entry(because.by).or_default().push(named(because));
            }
            let parts: Vec<String> = by
                .into_values()
                .map(|names| names.into_iter().take(3).collect::<Vec<_>>().join(", "))
                .collect();
            let low =
                step.because.iter().filter(|because| because.by == By::Kind).map(|because| because.below);
            let items =
                self.evaluation.aspects().find(|aspect| aspect.id == step.aspect).map(AspectJudgement::items);
            let all = items == Some(low.sum());
            let far = if all {
                "no piece is at it".to_owned()
            } else {
                format!("below it are {}", parts.join("; "))
            };
            text.push_str(&format!(" So far {far}."));
        }
        text.push_str(&format!(" Shown by: {}.", step.shown_by));
        text
    }

    pub(super) fn how_to_read(&self) -> String {
        let scale = scale(self.framework);
        let mut text = if scale.is_empty() {
            "this framework gives no grades; the evidence is laid out.".to_owned()
        } else {
            format!(
                "{}. An aspect's grade is the middle vote, at most four votes a kind; of an even number the lower of the two in the middle; brackets: provisional. At it: pieces at that grade or better; at standard: at {} or better.",
                scale,
                self.framework.standard().map_or_else(String::new, |rank| self.framework.label(rank))
            )
        };
        let wording = match (
            self.evaluation.wording_unverified,
            self.framework.areas.iter().any(|area| area.basis.0 == "product's own wording"),
        ) {
            (true, _) => " Wording: paraphrase, unverified; see the published framework.",
            (false, true) => " Wording: this product's own, not an inspectorate's.",
            (false, false) => " Wording: paraphrase; see the published framework.",
        };
        text.push_str(&format!(" By {} ({}).{wording}", self.framework.title, self.framework.id));
        if !self.is_job_card() {
            text.push_str(" Which areas answer outcomes and provision is this product's reading.");
        }
        text.push_str(" These are the school's own judgements, not an inspection's.");
        text
    }

    /// What to type next.
    fn next(&self, to_write: bool) -> Option<String> {
        if self.evaluation.audience != Audience::Leader {
            return None;
        }
        let scope = &self.evaluation.scope;
        let mut typed = "phase evaluate".to_owned();
        if let Some(subject) = &scope.subject {
            typed.push_str(&format!(" --subject {subject}"));
        }
        let when =
            if scope.year { " --year".to_owned() } else { format!(" --half-term {}", scope.half_term) };
        typed.push_str(&when);
        let subject = scope.subject.as_ref().map_or(String::new(), |subject| format!(" --subject {subject}"));
        if self.evaluation.items() == 0 {
            return Some(format!("Next: phase form books{subject}     then: phase record"));
        }
        let mut text = format!("By hand, row by row: {typed} --explain");
        if to_write && self.evaluation.plan.iter().any(|step| step.from != step.to) {
            text.push_str(&format!("\nWrite the plan down: {typed} --write-actions"));
        }
        Some(text)
    }

    /// The answer as one table: a row for each aspect.
    fn records(&self) -> Table {
        let columns = [
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
        let mut table = Table::new(
            columns
                .iter()
                .map(|name| match *name {
                    "rank" | "at_or_above" | "of" | "to_agree" | "not_counted" => Column::number(name),
                    _ => Column::text(name),
                })
                .collect(),
            Vec::new(),
        );
        let number = |number: usize| Cell::Number(i64::try_from(number).unwrap_or(i64::MAX));
        let id = |id: Option<&Id>| Cell::from(id.map_or("", Id::as_str));
        for area in &self.evaluation.areas {
            for aspect in &area.aspects {
                let support = |of: fn(&crate::judge::evaluation::Support) -> u32| {
                    aspect
                        .support
                        .as_ref()
                        .map_or(Cell::Empty, |support| Cell::Number(i64::from(of(support))))
                };
                let missing: Vec<String> =
                    aspect.missing.iter().map(|check| format!("{check:?}").to_lowercase()).collect();
                let kinds: Vec<String> = aspect
                    .counts
                    .iter()
                    .map(|(kind, counts)| format!("{} {}", kind.word(), self.counts(Some(counts))))
                    .collect();
                table.rows.push(vec![
                    area.id.as_str().into(),
                    aspect.id.as_str().into(),
                    aspect.strand.word().into(),
                    id(aspect.graded.grade.as_ref()),
                    aspect.graded.rank.map_or(Cell::Empty, |rank| Cell::Number(i64::from(rank))),
                    aspect.firmness.word().into(),
                    id(aspect.other_grade.as_ref()),
                    support(|support| support.at_or_above),
                    support(|support| support.of),
                    kinds.join("; ").into(),
                    missing.join(";").into(),
                    number(aspect.open_samples),
                    number(aspect.not_counted.len()),
                ]);
            }
        }
        table
    }
}

/// What was written to `actions.csv`, and what was there already.
pub fn written(new: &[Id], there: &[Id]) -> String {
    let ids = |ids: &[Id]| ids.iter().map(Id::as_str).collect::<Vec<_>>().join(", ");
    let file = crate::school::layout::ACTIONS.file;
    let already = if there.is_empty() { String::new() } else { format!("; there already: {}", ids(there)) };
    match new {
        [] if there.is_empty() => format!("{file}: nothing to write, there is no step to take"),
        [] => format!("{file}: nothing new{already}"),
        new => format!("{file}: written {}{already}", ids(new)),
    }
}
