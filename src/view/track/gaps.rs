//! Groups against each other, in words: pupils first, and never `no gap` where nothing is settled.

use super::trajectory::{percent, short_name, short_number, whose};
use crate::document::{Block, Chart, Column, Document, Picture, Share, Table, capitalised};
use crate::school::{Measure, School};
use crate::statistics::difference::Verdict;
use crate::statistics::proportion_test::{FEWEST, Flag};
use crate::track::gaps::{Gap, GapAtPoint, GapSinceStart, Gaps, GroupCounts, OTHERS};
use crate::view::{counted, face};

/// The answer as a document.
pub fn document(school: &School, answer: &Gaps) -> Document {
    let words = GapsView { school, answer };
    let mut blocks: Vec<Block> = Vec::new();
    if answer.gaps.is_empty() {
        let says = "No groups are recorded for what was asked: pupils.csv has a column a group, such as disadvantaged or send.";
        blocks.push(Block::Paragraph(says.to_owned()));
    }
    for column in &answer.empty {
        blocks.push(Block::Paragraph(format!("Nothing is filled in under `{column}` in pupils.csv.")));
    }
    if answer.tests > 0 {
        blocks.push(Block::Labelled(words.summary()));
    }
    let mut stated: Vec<String> = Vec::new();
    for pair in words.pairs() {
        let Some(first) = pair.first() else { continue };
        blocks.push(Block::Heading(format!(
            "{} (first) and {} (second), {}",
            capitalised(&first.now.first.says),
            first.now.second.says,
            first.now.point
        )));
        blocks.push(Block::Table(words.table(&pair).read_as(words.reading(INTERVAL))));
        let mut said: Vec<(String, String)> = Vec::new();
        for says in pair.iter().flat_map(|gap| words.statements(gap)) {
            // A group that is in several pairs has one statement.
            if !stated.contains(&says) {
                stated.push(says.clone());
                said.push((says, String::new()));
            }
        }
        if !said.is_empty() {
            blocks.push(Block::Facts(said));
        }
    }
    if answer.tests > 0 {
        blocks.push(Block::Paragraph(format!(
            "{} made; by chance alone {} would be set apart. Groups overlap: a pupil may stand in several of these tables.",
            counted(answer.tests, "comparison"),
            short_number(answer.expected_by_chance)
        )));
    }
    for column in &answer.alike {
        blocks.push(Block::Paragraph(format!(
            "`{column}` sets no two groups apart: nobody is recorded as the others are (under send, N is none)."
        )));
    }
    Document {
        face: face(&answer.audience),
        ..Document::new(words.title(), blocks, words.records(), answer.made_on)
    }
}

/// How many groups of a subject that has moved are named; the others are counted.
const NAMED: usize = 3;

/// The groups of a subject that have moved one way, those of most pupils first.
fn moved_in(of: &str, mut groups: Vec<(u64, String)>) -> String {
    groups.sort_by_key(|group| std::cmp::Reverse(group.0));
    let more = groups.len().saturating_sub(NAMED);
    let pupils = |by: u64| counted(usize::try_from(by).unwrap_or(usize::MAX), "pupil");
    let mut says: Vec<String> =
        groups.into_iter().take(NAMED).map(|(by, whose)| format!("{whose}, by {}", pupils(by))).collect();
    if more > 0 {
        says.push(format!("and {} more", counted(more, "group")));
    }
    format!("{of}: {}", says.join("; "))
}

/// Groups in brief: what is set apart, and a chart of each pair of which something is.
pub(crate) fn in_brief(school: &School, answer: &Gaps) -> Vec<Block> {
    let words = GapsView { school, answer };
    let mut blocks = Vec::new();
    if answer.tests > 0 {
        blocks.push(Block::Labelled(words.summary()));
    }
    let is_shown = |pair: &Vec<&Gap>| {
        let named = |gap: &&Gap| ALWAYS.contains(&gap.column.as_str());
        let settled = |gap: &&Gap| gap.is_apart();
        pair.iter().any(named) || pair.iter().any(settled)
    };
    for pair in words.pairs().into_iter().filter(is_shown) {
        let Some(first) = pair.first() else { continue };
        let share = |gap: &&Gap| Share {
            label: words.name(gap),
            share: gap.now.first.percent,
            interval: None,
            reference: gap.now.second.percent.filter(|_| gap.now.first.percent.is_some()),
            says: format!(
                "{}, beside {}: {}",
                side(&gap.now.first),
                side(&gap.now.second),
                says(gap.now.verdict)
            ),
        };
        blocks.push(Block::Chart(Chart {
            title: format!(
                "{} beside {}, {}",
                capitalised(&first.now.first.says),
                first.now.second.says,
                first.now.point
            ),
            picture: Picture::Shares {
                against: first.now.second.says.clone(),
                shares: pair.iter().map(share).collect(),
            },
            reads: words.reading("o is the group, x those beside it"),
        }));
    }
    blocks
}

/// What the interval in a table is.
const INTERVAL: &str = "the interval is how far the difference could stray by luck";

/// The columns that are shown whether anything is settled or not.
const ALWAYS: &[&str] = &["disadvantaged", "send"];

struct GapsView<'a> {
    school: &'a School,
    answer: &'a Gaps,
}

fn side(side: &GroupCounts) -> String {
    match (side.hidden, side.n, side.at_standard) {
        (Some('z'), ..) => "z".to_owned(),
        (Some(_), Some(n), _) => format!("c of {n}"),
        (Some(_), None, _) => "c".to_owned(),
        (None, Some(n), Some(x)) if n < FEWEST => format!("{x} of {n}"),
        (None, Some(n), Some(x)) => {
            let share = side.percent.map_or_else(String::new, percent);
            format!("{share} ({x} of {n})")
        }
        _ => String::new(),
    }
}

fn says(verdict: Option<Verdict>) -> &'static str {
    match verdict {
        None => "c",
        Some(Verdict::NoPupils) => "no pupils",
        Some(Verdict::TooFew) => "too few",
        Some(Verdict::FirstLower) => "first lower",
        Some(Verdict::FirstHigher) => "first higher",
        Some(Verdict::NotSettled) => "not settled",
    }
}

fn difference(apart: &GapAtPoint) -> String {
    match (apart.difference, apart.interval) {
        (Some(points), Some([low, high])) => format!("{points:+.0} ({low:+.0} to {high:+.0})"),
        _ => String::new(),
    }
}

impl GapsView<'_> {
    fn title(&self) -> String {
        let phase = self.school.phase_name(&self.answer.phase);
        format!(
            "Groups in {}, {}",
            whose(self.answer.year_group.as_deref(), phase),
            self.answer.academic_year
        )
    }

    /// What is set apart, and from where groups have moved, in a few lines.
    fn summary(&self) -> Vec<(String, Vec<String>)> {
        let mut apart = Vec::new();
        // By subject and way: the groups, each with its pupils.
        let mut moved: Vec<(String, Vec<(u64, String)>)> = Vec::new();
        for gap in &self.answer.gaps {
            let way = match gap.now.verdict {
                Some(Verdict::FirstLower) => "lower",
                Some(Verdict::FirstHigher) => "higher",
                _ => "",
            };
            if !way.is_empty() {
                let pupils = gap.now.pupils_gap.unwrap_or(0).unsigned_abs();
                let pupils = counted(usize::try_from(pupils).unwrap_or(usize::MAX), "pupil");
                apart.push(format!(
                    "{}: {} {way} than {}, by {pupils}",
                    self.name(gap),
                    gap.now.first.says,
                    gap.now.second.says
                ));
            }
            for since in gap.since_baseline.iter().filter(|since| since.flag.is_some_and(Flag::is_raised)) {
                let way = if since.flag == Some(Flag::Below) { "below" } else { "above" };
                let of = format!("{}, significantly {way} where they began", self.name(gap));
                // Whose others, where they do not stand next to them.
                let whose = match since.says.as_str() {
                    OTHERS => format!("all but {}", gap.now.first.says),
                    own => own.to_owned(),
                };
                let by = since.pupils_gap.unwrap_or(0).unsigned_abs();
                let groups = match moved.iter_mut().find(|(known, _)| *known == of) {
                    Some((_, groups)) => groups,
                    None => {
                        moved.push((of, Vec::new()));
                        let Some((_, groups)) = moved.last_mut() else { continue };
                        groups
                    }
                };
                if !groups.contains(&(by, whose.clone())) {
                    groups.push((by, whose));
                }
            }
        }
        if apart.is_empty() {
            apart.push("nothing is settled; that is never the same as no gap".to_owned());
        }
        let mut summary = vec![("Set apart".to_owned(), apart)];
        if !moved.is_empty() {
            summary.push((
                "Moved".to_owned(),
                moved.into_iter().map(|(of, groups)| moved_in(&of, groups)).collect(),
            ));
        }
        summary
    }

    fn reading(&self, signs: &str) -> String {
        let hidden = |gap: &Gap| gap.now.first.hidden.is_some() || gap.now.second.hidden.is_some();
        let hidden = if self.answer.gaps.iter().any(hidden) {
            " c: confidential, since so few pupils would be known by it."
        } else {
            ""
        };
        format!(
            "{signs}. Not settled is never the same as no gap; under {FEWEST} pupils on either side nothing is compared. Each group is tested against where it began; how the gap itself has changed is not.{hidden}"
        )
    }

    /// The gaps that belong together: of one pair of groups at one point.
    fn pairs(&self) -> Vec<Vec<&Gap>> {
        let mut pairs: Vec<Vec<&Gap>> = Vec::new();
        let key = |gap: &Gap| (gap.now.first.group.clone(), gap.now.second.group.clone(), gap.now.point);
        for gap in &self.answer.gaps {
            match pairs.iter_mut().find(|pair| pair.first().is_some_and(|first| key(first) == key(gap))) {
                Some(pair) => pair.push(gap),
                None => pairs.push(vec![gap]),
            }
        }
        pairs
    }

    fn name(&self, gap: &Gap) -> String {
        let measure = match gap.measure {
            Measure::Higher => ", higher",
            Measure::OnTrack => ", on track",
            _ => "",
        };
        format!("{}{measure}", short_name(self.school, &gap.subject))
    }

    fn table(&self, gaps: &[&Gap]) -> Table {
        let row = |gap: &&Gap| {
            let pupils = match gap.now.pupils_gap {
                Some(gap) if gap < 0 => format!("{} short", gap.unsigned_abs()),
                Some(0) => "-".to_owned(),
                Some(gap) => format!("{gap} over"),
                None => String::new(),
            };
            vec![
                self.name(gap).into(),
                side(&gap.now.first).into(),
                side(&gap.now.second).into(),
                difference(&gap.now).into(),
                pupils.into(),
                says(gap.now.verdict).into(),
            ]
        };
        let columns = ["subject", "first", "second", "points apart", "first is", "what can be said"];
        Table::new(columns.map(Column::text).to_vec(), gaps.iter().map(row).collect())
    }

    /// The two statements, each group against its own baseline; the gap index; what is not recorded.
    fn statements(&self, gap: &Gap) -> Vec<String> {
        let mut said = Vec::new();
        let name = &self.name(gap);
        for since in &gap.since_baseline {
            said.extend(statement(name, since));
        }
        if let Some(ranked) = &gap.ranked {
            let small = if ranked.small { "; small group, describe only" } else { "" };
            said.push(format!(
                "{name}: gap index {:.2} on test scores ({} and {} pupils): a pupil of the second outranks one of the first {} of the time, ties split{small}",
                ranked.index,
                ranked.n_first,
                ranked.n_second,
                percent(ranked.outranked_percent)
            ));
        }
        if let Some(missing) = gap.not_recorded.filter(|missing| *missing > 0) {
            said.push(format!("{name}: nothing is recorded of {}", counted(missing as usize, "pupil")));
        }
        said
    }

    fn records(&self) -> Table {
        let columns = vec![
            Column::text("column"),
            Column::text("subject"),
            Column::text("measure"),
            Column::text("point"),
            Column::text("first"),
            Column::number("n_first"),
            Column::number("at_standard_first"),
            Column::text("second"),
            Column::number("n_second"),
            Column::number("at_standard_second"),
            Column::number("difference"),
            Column::number("low"),
            Column::number("high"),
            Column::text("verdict"),
        ];
        let mut rows = Vec::new();
        for gap in &self.answer.gaps {
            for apart in gap.before.iter().chain([&gap.now]) {
                let verdict = match apart.verdict {
                    None => "c",
                    Some(Verdict::NoPupils) => "no-pupils",
                    Some(Verdict::TooFew) => "too-few",
                    Some(Verdict::FirstLower) => "first-lower",
                    Some(Verdict::FirstHigher) => "first-higher",
                    Some(Verdict::NotSettled) => "not-settled",
                };
                rows.push(vec![
                    gap.column.as_str().into(),
                    gap.subject.as_str().into(),
                    gap.measure.word().into(),
                    apart.point.word().into(),
                    apart.first.group.to_string().into(),
                    apart.first.n.into(),
                    apart.first.at_standard.into(),
                    apart.second.group.to_string().into(),
                    apart.second.n.into(),
                    apart.second.at_standard.into(),
                    apart.difference.into(),
                    apart.interval.map(|[low, _]| low).into(),
                    apart.interval.map(|[_, high]| high).into(),
                    verdict.into(),
                ]);
            }
        }
        Table::new(columns, rows)
    }
}

fn statement(subject: &str, since: &GapSinceStart) -> Option<String> {
    let (gap, share) = since.pupils_gap.zip(since.baseline_percent)?;
    let pupils = counted(usize::try_from(gap.unsigned_abs()).unwrap_or(usize::MAX), "pupil");
    let now = match gap {
        0 => "as many now".to_owned(),
        gap => format!("{pupils} {} now", if gap < 0 { "fewer" } else { "more" }),
    };
    let sure = match (since.flag?, gap) {
        (Flag::Below, _) => ": significantly below",
        (Flag::Above, _) => ": significantly above",
        (Flag::InLine, 0) => "",
        (Flag::InLine, _) => ", not significantly",
        (Flag::TooFew, _) => ": too few to tell",
        (Flag::NotTested | Flag::NoPupils, _) => return None,
    };
    let moved = since.moved.map_or_else(String::new, |moved| {
        format!("; steps up {}, the same {}, down {}", moved.up, moved.same, moved.down)
    });
    Some(format!("{subject}, {}: {} on entry; {now}{sure}{moved}", since.says, percent(share)))
}
