//! Where practice is strong and weak, in words: aspects and subjects, never people.

use super::evaluation::{in_short, scale, short};
use crate::document::{Block, Cell, Column, Document, Table};
use crate::judge::firmness::Firmness;
use crate::judge::practice::{AspectPractice, Evenness, Practice, PracticeOffer};
use crate::privacy::audience::Audience;
use crate::school::year_group::year_groups_in_words;
use crate::school::{Framework, School, day, half_term_name};
use crate::view::{face, people};

/// The answer as a document.
pub fn document(school: &School, practice: &Practice) -> Document {
    let Some(framework) = school.year.frameworks.get(&practice.framework) else { return Document::default() };
    let words = PracticeView { school, framework, practice };
    let phase = school.set_up.phases.iter().find(|phase| phase.id == practice.phase);
    let title = format!(
        "Practice in {}, {}",
        phase.map_or("", |phase| phase.name.as_str()),
        half_term_name(practice.half_term)
    );
    let mut blocks: Vec<Block> = Vec::new();
    let nothing = practice.aspects.is_empty() && practice.strong.is_empty() && practice.weak.is_empty();
    if nothing && practice.too_early.is_empty() {
        blocks.push(Block::Paragraph(
            "No aspect has a grade yet: at least two kinds of evidence are needed.".to_owned(),
        ));
    }
    let parts = [
        ("Aspects, all subjects together", &practice.aspects, false),
        ("Strong: at the standard or better", &practice.strong, true),
        ("Weak: below the standard", &practice.weak, true),
        ("Too early to say: provisional", &practice.too_early, true),
    ];
    for (heading, list, of_subjects) in parts {
        if !list.is_empty() {
            blocks.push(Block::Heading(heading.to_owned()));
            blocks.push(Block::Table(words.table(list, of_subjects).read_as(words.reading())));
        }
    }
    let even: Vec<String> = practice.even.iter().filter_map(|even| words.even(even)).collect();
    if !even.is_empty() {
        blocks.push(Block::Heading(
            "How even it is (pieces at the grade or better; lessons left out)".to_owned(),
        ));
        blocks.push(Block::Facts(even.into_iter().map(|says| (says, String::new())).collect()));
    }
    if !practice.offers.is_empty() {
        blocks.push(Block::Heading("Glad to be visited".to_owned()));
        blocks.push(Block::Facts(practice.offers.iter().map(|offer| words.offer(offer)).collect()));
    } else if practice.audience == Audience::Leader {
        blocks.push(Block::Paragraph(
            "Nobody has offered to be visited yet: a row of kind offer in log.csv.".to_owned(),
        ));
    }
    Document {
        face: face(&practice.audience),
        ..Document::new(title, blocks, words.records(), practice.made_on)
    }
}

struct PracticeView<'a> {
    school: &'a School,
    framework: &'a Framework,
    practice: &'a Practice,
}

impl PracticeView<'_> {
    fn grade(&self, stands: &AspectPractice) -> String {
        let label = stands.graded.rank.map_or_else(String::new, |rank| self.framework.label(rank));
        if stands.firmness == Firmness::Provisional { format!("({label})") } else { label }
    }

    fn table(&self, list: &[AspectPractice], of_subjects: bool) -> Table {
        let mut heads = vec!["aspect", "grade", "at it", "how firm", "so far"];
        if of_subjects {
            heads.insert(0, "subject");
        }
        let row = |stands: &AspectPractice| {
            let support = stands
                .support
                .map_or_else(String::new, |support| format!("{} of {}", support.at_or_above, support.of));
            let mut cells: Vec<Cell> = vec![
                in_short(self.framework, &stands.aspect).into(),
                self.grade(stands).into(),
                support.into(),
                stands.firmness.title().into(),
                self.over_time(stands).into(),
            ];
            if of_subjects {
                let subject = stands.subject.as_ref().map_or("", |subject| self.school.subject_name(subject));
                cells.insert(0, subject.into());
            }
            cells
        };
        Table::new(heads.into_iter().map(Column::text).collect(), list.iter().map(row).collect())
    }

    /// The grade at the end of each half term, provisional ones in brackets.
    fn over_time(&self, stands: &AspectPractice) -> String {
        let then = stands.over_time.iter().map(|then| {
            let short = then.graded.rank.map_or_else(String::new, |rank| short(self.framework, rank));
            let shown = if then.firmness == Firmness::Provisional { format!("({short})") } else { short };
            format!("{} {shown}", abbreviated(then.half_term))
        });
        then.collect::<Vec<_>>().join(", ")
    }

    fn even(&self, even: &Evenness) -> Option<String> {
        let label = even.graded.rank.map_or_else(String::new, |rank| self.framework.label(rank));
        let mut parts = Vec::new();
        let classes: Vec<String> =
            even.classes.iter().map(|of| format!("{} {} of {}", of.class, of.at_or_above, of.of)).collect();
        if classes.len() > 1 {
            parts.push(format!("classes {}", classes.join(", ")));
        }
        let years: Vec<String> = even
            .year_groups
            .iter()
            .map(|of| format!("{} {} of {}", year_groups_in_words(&of.year_group), of.at_or_above, of.of))
            .collect();
        if years.len() > 1 {
            parts.push(format!("year groups {}", years.join(", ")));
        }
        (!parts.is_empty())
            .then(|| format!("{} at {label}: {}", in_short(self.framework, &even.aspect), parts.join("; ")))
    }

    fn offer(&self, offer: &PracticeOffer) -> (String, String) {
        let subject = offer
            .subject
            .as_ref()
            .map_or_else(String::new, |subject| format!("{}: ", self.school.subject_name(subject)));
        let says = format!(
            "{subject}{} ({}, said on {})",
            offer.what,
            people(self.school, &offer.who),
            day(offer.date)
        );
        (says, offer.at.as_ref().map_or_else(String::new, ToString::to_string))
    }

    fn reading(&self) -> String {
        format!(
            "{}; brackets are provisional. Grades half term by half term rest on the evidence of two at a time: a change of one grade may be chance. A class or a person has no grade.",
            scale(self.framework)
        )
    }

    fn records(&self) -> Table {
        let lists = [
            ("phase", &self.practice.aspects),
            ("strong", &self.practice.strong),
            ("weak", &self.practice.weak),
            ("too-early", &self.practice.too_early),
        ];
        let row = |list: &'static str, stands: &AspectPractice| {
            let number = |of: fn(&crate::judge::answer::Support) -> u32| {
                stands.support.as_ref().map_or(Cell::Empty, |support| Cell::Number(i64::from(of(support))))
            };
            vec![
                list.into(),
                stands.subject.as_ref().map_or("", |subject| subject.as_str()).into(),
                stands.aspect.as_str().into(),
                stands.graded.grade.as_ref().map_or("", |grade| grade.as_str()).into(),
                stands.firmness.title().into(),
                number(|support| support.at_or_above),
                number(|support| support.of),
            ]
        };
        let rows = lists.iter().flat_map(|(list, stands)| stands.iter().map(|stands| row(list, stands)));
        Table::of(["list", "subject", "aspect", "grade", "firmness", "at_or_above", "of"], rows)
    }
}

pub(crate) fn abbreviated(half_term: u8) -> String {
    let name = half_term_name(half_term);
    let (season, number) = name.split_once(' ').unwrap_or((name, ""));
    format!("{}{number}", season.chars().take(3).collect::<String>())
}
