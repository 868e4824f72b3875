//! A judgement as on paper: every row, the votes, the middle, the checks; enough to do it again by hand.

use super::evaluation::{EvaluationView, heading, places, title};
use crate::document::{Block, Cell, Column, Document, Table, capitalised};
use crate::judge::answer::{AreaJudgement, AspectJudgement, Evaluation, RolledGrade};
use crate::judge::citation::CitedRow;
use crate::judge::firmness::Firmness;
use crate::judge::votes::{self, VOTES};
use crate::school::{AreaMethod, Id, Rank, School, half_term_name};
use crate::statistics::proportion::more_than_half;
use crate::view::judge::grade_steps::{line, lowest_decides, votes_of_kind, without_kind};
use crate::view::{counted, face, listed};

/// The most rows of an aspect that are listed one by one.
const MOST_ROWS: usize = 200;

/// The explanation as a document.
pub fn document(school: &School, evaluation: &Evaluation, chance: bool) -> Document {
    let Some(framework) = school.year.frameworks.get(&evaluation.framework) else {
        return Document::default();
    };
    let words = EvaluationView { school, framework, evaluation };
    let explained = GradeArithmetic { words: &words, chance };
    let mut blocks: Vec<Block> = Vec::new();
    blocks.extend(explained.method());
    for aspect in evaluation.aspects().filter(|aspect| !is_empty(aspect)) {
        blocks.extend(explained.aspect(aspect));
    }
    let empty: Vec<String> =
        evaluation.aspects().filter(|aspect| is_empty(aspect)).map(|aspect| aspect.title.clone()).collect();
    if !empty.is_empty() {
        blocks.push(Block::Heading("No evidence".to_owned()));
        blocks.push(Block::Paragraph(format!("Nothing counts for {}.", listed(&empty))));
    }
    blocks.extend(explained.together());
    blocks.push(Block::Paragraph(words.how_to_read()));
    Document {
        face: face(&evaluation.audience),
        ..Document::new(
            format!("{}: by hand", title(school, evaluation)),
            blocks,
            explained.records(),
            evaluation.made_on,
        )
    }
}

fn is_empty(aspect: &AspectJudgement) -> bool {
    aspect.items() == 0 && aspect.to_agree.is_empty() && aspect.not_counted.is_empty()
}

struct GradeArithmetic<'a> {
    words: &'a EvaluationView<'a>,
    chance: bool,
}

impl GradeArithmetic<'_> {
    fn method(&self) -> Vec<Block> {
        let framework = self.words.framework;
        let scope = &self.words.evaluation.scope;
        let sufficiency = &self.words.school.settings.sufficiency;
        let scale: Vec<String> = framework
            .grades
            .iter()
            .map(|grade| format!("{} {}", grade.rank, grade.label.to_lowercase()))
            .collect();
        let when = if scope.year {
            format!("All evidence of {} counts.", scope.academic_year)
        } else {
            let half_terms = sufficiency.half_terms;
            format!(
                "Evidence of {} and the {} before counts{}.",
                half_term_name(scope.half_term),
                if half_terms == 2 {
                    "half term".to_owned()
                } else {
                    counted((half_terms - 1) as usize, "half term")
                },
                if scope.half_term == 1 {
                    "; of last summer only for provision: those pupils have moved on"
                } else {
                    ""
                }
            )
        };
        let set = sufficiency
            .reason
            .as_ref()
            .map_or_else(String::new, |reason| format!(" The school has set how much is enough: {reason}."));
        let lines = vec![
            format!("Scale: {}.", scale.join(", ")),
            format!("{when}{set}"),
            "1. Of each piece the agreed grade counts; else the first view where it stands alone. In brackets: the first views. A sample that several looked at is one piece.".to_owned(),
            format!("2. Each kind has at most {VOTES} votes. Up to {VOTES} pieces all vote. More are put in a line, low to high, and four of them vote, evenly spread: of 5 the 1st, 2nd, 4th and 5th, of 6 the 1st, 3rd, 4th and 6th, of 7 the 1st, 3rd, 5th and 7th, of 8 the same; of n the places (2i - 1) x n / 8, rounded up, for i = 1 to {VOTES}."),
            "3. All votes stand in one line, low to high. The grade is the vote in the middle; of an even number the lower of the two in the middle.".to_owned(),
            "4. A grade for lessons counts in the classes, the weeks and for the people of the visits it rests on. A row that names a year group and no class covers the classes of that year group.".to_owned(),
            "5. With everything that is needed, it is firm where leaving out any one kind leaves it as it is, else borderline. Where something is missing it is provisional; with fewer than two kinds there is no grade.".to_owned(),
        ];
        lines.into_iter().map(Block::Paragraph).collect()
    }

    fn aspect(&self, aspect: &AspectJudgement) -> Vec<Block> {
        let mut blocks =
            vec![Block::Heading(format!("{} ({}): {}", aspect.title, aspect.id, self.words.grade(aspect)))];
        if !aspect.evidence.is_empty() {
            blocks.push(Block::Table(
                self.rows(aspect)
                    .read_as("a row a piece of evidence, with the grade that counts and where it stands."),
            ));
        }
        if aspect.evidence.len() > MOST_ROWS {
            blocks.push(Block::Paragraph(format!(
                "… and {} more: --json lists all.",
                aspect.evidence.len() - MOST_ROWS
            )));
        }
        blocks.push(Block::Facts(self.arithmetic(aspect)));
        let mut notes = vec![("Checks".to_owned(), vec![checks(aspect)])];
        let uncounted: Vec<String> = aspect
            .not_counted
            .iter()
            .take(MOST_ROWS)
            .map(|uncounted| format!("{} ({}): {}", uncounted.at, uncounted.id, why(uncounted.because)))
            .collect();
        notes.push(("Not counted".to_owned(), uncounted));
        let to_agree = aspect.to_agree.iter().map(|open| {
            let names: Vec<String> =
                open.by.iter().map(|id| self.words.school.name_of(id).to_owned()).collect();
            let by = if names.is_empty() { String::new() } else { format!(" ({})", listed(&names)) };
            let at: Vec<String> = open.at.iter().map(ToString::to_string).collect();
            format!("{}: first views {}{by}; {}", open.id, line(&open.views), at.join(", "))
        });
        notes.push(("To agree".to_owned(), to_agree.collect()));
        notes.push(("Changed".to_owned(), aspect.changes.clone()));
        notes.retain(|(_, says)| !says.is_empty());
        blocks.push(Block::Labelled(notes));
        blocks
    }

    /// The pieces by kind, low to high, each with its row.
    fn rows(&self, aspect: &AspectJudgement) -> Table {
        let mut cited: Vec<&CitedRow> = aspect.evidence.iter().collect();
        cited.sort_by(|a, b| (a.kind, a.rank, &a.at).cmp(&(b.kind, b.rank, &b.at)));
        let whom = cited.iter().any(|cited| !cited.classes.is_empty() || !cited.by.is_empty());
        let of_phase = self.words.evaluation.scope.subject.is_none();
        let mut columns = vec![Column::text("kind"), Column::number("grade"), Column::text("day")];
        if of_phase {
            columns.push(Column::text("subject"));
        }
        if whom {
            columns.extend([Column::text("classes"), Column::text("by")]);
        }
        columns.push(Column::text("row"));
        let row = |cited: &&CitedRow| {
            let views = match cited.views.as_slice() {
                [] => String::new(),
                views => format!(" ({})", line(views).replace(' ', ", ")),
            };
            let rank = cited.rank.map_or_else(String::new, |rank| format!("{rank}{views}"));
            let mut cells: Vec<Cell> = vec![heading(cited.kind).into(), rank.into(), Cell::Date(cited.date)];
            if of_phase {
                let subject = cited.subject.as_ref();
                cells.push(
                    subject.map_or("the phase", |subject| self.words.school.subject_name(subject)).into(),
                );
            }
            if whom {
                let ids = |ids: &[Id]| ids.iter().map(Id::as_str).collect::<Vec<_>>().join(" ");
                cells.extend([ids(&cited.classes).into(), ids(&cited.by).into()]);
            }
            let with = if cited.with.is_empty() {
                String::new()
            } else {
                format!(" with {}", places(cited.with.iter()))
            };
            cells.push(format!("{}{with}", cited.at).into());
            cells
        };
        Table::new(columns, cited.iter().take(MOST_ROWS).map(row).collect())
    }

    /// How an aspect came to its grade, a line a step.
    fn arithmetic(&self, aspect: &AspectJudgement) -> Vec<(String, String)> {
        let counts = aspect.counts.iter();
        let mut says: Vec<String> = counts.map(|(kind, counts)| votes_of_kind(*kind, counts)).collect();
        let mut all: Vec<Rank> = aspect.votes.values().flatten().copied().collect();
        all.sort_unstable();
        if let Some(middle) = votes::middle(&all) {
            let place = all.len().div_ceil(2);
            let votes = counted(all.len(), "vote");
            let label = self.words.framework.label(middle);
            says.push(match aspect.graded.rank {
                Some(_) => format!("line: {}; {votes}, place {place}: {middle} ({label})", line(&all)),
                None => format!("line: {}; one kind only, so there is no grade", line(&all)),
            });
        }
        if aspect.counts.len() > 1 {
            let without = aspect.counts.keys().map(|kind| without_kind(aspect, *kind));
            says.push(format!("without {}", without.collect::<Vec<_>>().join("; without ")));
        }
        says.extend(self.support(aspect));
        says.into_iter().map(|says| (says, String::new())).collect()
    }

    /// How many pieces are at the grade or better, and what chance could make of them.
    fn support(&self, aspect: &AspectJudgement) -> Vec<String> {
        let framework = self.words.framework;
        let (Some(rank), Some(support)) = (aspect.graded.rank, aspect.support) else { return Vec::new() };
        let counts = aspect.counts.values().flat_map(|counts| counts.range(rank + 1..));
        let above: u32 = counts.map(|(_, count)| count).sum();
        let better = if rank < framework.top() && above > 0 {
            format!("; {above} of {} at {} or better", support.of, framework.label(rank + 1))
        } else {
            String::new()
        };
        let (at, of, label) = (support.at_or_above, support.of, framework.label(rank));
        let mut says = vec![format!("support: {at} of {of} at {label} or better{better}")];
        if self.chance {
            let chance = more_than_half(at, of);
            says.push(format!(
                "chance that more than half truly are: at most {chance:.2} (pieces are not independent)"
            ));
        }
        says
    }

    /// Areas and the job card's questions.
    fn together(&self) -> Vec<Block> {
        let evaluation = self.words.evaluation;
        let areas = evaluation.areas.iter().filter(|_| !self.words.is_job_card());
        let mut says: Vec<String> = areas.map(|area| self.area(area)).collect();
        for strand in &evaluation.strands {
            let aspects: Vec<&AspectJudgement> =
                evaluation.aspects().filter(|aspect| strand.aspects.contains(&aspect.id)).collect();
            if !aspects.is_empty() {
                says.push(self.rolled(strand.id.word(), &strand.rolled, &aspects, AreaMethod::BestFit));
            }
        }
        let mut blocks = vec![Block::Heading("Aspects together".to_owned())];
        if let Some(text) = &self.words.framework.method.text {
            blocks.push(Block::Paragraph(format!("The framework's method (paraphrase): {text}")));
        }
        blocks.extend(says.into_iter().map(Block::Paragraph));
        blocks.push(Block::Paragraph(
            "In simulation firm has meant right about six times in seven, borderline about two in three; neither is certain."
                .to_owned(),
        ));
        blocks
    }

    fn area(&self, area: &AreaJudgement) -> String {
        let aspects: Vec<&AspectJudgement> = area.aspects.iter().collect();
        let mut text = self.rolled(&area.title, &area.rolled, &aspects, area.method);
        if let Some(limited) = &area.limited {
            text.push_str(&format!(" Then the rule {}: {}", limited.rule, limited.text));
        }
        text
    }

    fn rolled(
        &self,
        name: &str,
        rolled: &RolledGrade,
        aspects: &[&AspectJudgement],
        method: AreaMethod,
    ) -> String {
        let framework = self.words.framework;
        let mut ranks: Vec<Rank> = aspects.iter().filter_map(|aspect| aspect.graded.rank).collect();
        ranks.sort_unstable();
        let Some(rank) = rolled.graded.rank else {
            return format!("{}: no aspect has a grade.", capitalised(name));
        };
        let how = self.method_in_words(name, method);
        let title =
            |id: &Id| aspects.iter().find(|aspect| aspect.id == *id).map(|aspect| aspect.title.clone());
        let deciding: Vec<String> = rolled.deciding.iter().filter_map(title).collect();
        let open = if rolled.complete {
            String::new()
        } else {
            format!(
                " {} of {} aspects have a grade: incomplete, so provisional.",
                rolled.graded_aspects,
                aspects.len()
            )
        };
        let label = |id: &Id| {
            framework.grades.iter().find(|grade| grade.id == *id).map(|grade| grade.label.to_lowercase())
        };
        let others: Vec<String> = rolled.other_grades.iter().filter_map(label).collect();
        let other = match (rolled.firmness, others.as_slice()) {
            (Firmness::Borderline, []) => {
                " With a borderline aspect the other way it stays at this grade.".to_owned()
            }
            (_, []) => String::new(),
            (_, others) => format!(" With a borderline aspect the other way: {}.", listed(others)),
        };
        let before = framework.label(rank);
        let mut text = format!(
            "{}: {} of {} ({how}): {before}, {}. Decided by {}.{open}{other}",
            capitalised(name),
            line(&ranks),
            counted(ranks.len(), "aspect"),
            rolled.firmness.title(),
            listed(&deciding)
        );
        text.push_str(&lowest_decides(method, aspects.len()));
        text
    }

    /// How the grades of aspects become one.
    fn method_in_words(&self, name: &str, method: AreaMethod) -> String {
        let framework = self.words.framework;
        match method {
            AreaMethod::SecureFit | AreaMethod::MetNotMet => "secure fit, the lowest aspect".to_owned(),
            AreaMethod::BestFit if framework.areas.iter().any(|area| area.title == name) => {
                let special = &framework.method;
                let strict =
                    if special.all_good_plus { "; the top only where every aspect is there" } else { "" };
                let any = if special.any_of { "; one aspect at the bottom is enough" } else { "" };
                format!("best fit, the middle aspect, the lower of two{strict}{any}")
            }
            AreaMethod::BestFit => "best fit, the middle aspect, the lower of two".to_owned(),
            AreaMethod::Narrative => "no grade".to_owned(),
        }
    }

    /// Every piece that counts, a row each.
    fn records(&self) -> Table {
        let columns = vec![
            Column::text("aspect"),
            Column::text("kind"),
            Column::number("rank"),
            Column::text("subject"),
            Column::text("date"),
            Column::text("id"),
            Column::text("at"),
        ];
        let rows = self.words.evaluation.aspects().flat_map(|aspect| {
            aspect.evidence.iter().map(|cited| {
                vec![
                    aspect.id.as_str().into(),
                    cited.kind.word().into(),
                    cited.rank.map_or(Cell::Empty, |rank| Cell::Number(i64::from(rank))),
                    cited.subject.as_ref().map_or("phase", Id::as_str).into(),
                    Cell::Date(cited.date),
                    cited.id.as_str().into(),
                    cited.at.to_string().into(),
                ]
            })
        });
        Table::new(columns, rows.collect())
    }
}

fn why(because: crate::judge::gather::NotCounted) -> &'static str {
    use crate::judge::gather::NotCounted;
    match because {
        NotCounted::TooOld => "too old",
        NotCounted::OtherPupils => "of last year's pupils",
        NotCounted::KindCannotSpeak => "its kind cannot speak to this aspect",
    }
}

/// The checks in a row, those that fail marked.
fn checks(aspect: &AspectJudgement) -> String {
    let (has, needs) = (&aspect.has, &aspect.needs);
    let check = |name: &str, has: u32, needs: u32| {
        let short = if has < needs { ": missing" } else { "" };
        format!("{name} {has} ({needs} needed{short})")
    };
    let mut all = vec![check("kinds", has.kinds, needs.kinds), check("pieces", has.items, needs.items)];
    match (has.classes, needs.classes) {
        (Some(has), Some(needs)) => all.push(check("classes", has, needs)),
        _ => all.push("classes not known".to_owned()),
    }
    all.push(check("weeks", has.weeks, needs.weeks));
    all.push(check("people, or a joint look,", has.observers, needs.observers));
    format!("{}.", all.join(", "))
}
