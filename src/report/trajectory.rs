//! How subjects stand against their paths, in words: the gap in pupils first, how sure one can be beside it.

use super::evaluation::face;
use super::{counted, listed};
use crate::document::{Block, Cell, Chart, Column, Document, Series, Share, Table, capitalised};
use crate::school::attainment::{ATTENDANCE, Measure, Point};
use crate::school::audience::Audience;
use crate::school::classes::year_groups_in_words;
use crate::school::pupils::{Group, MOBILITY};
use crate::school::{Id, School};
use crate::statistics::reference::{FEWEST, Flag};
use crate::track::book::{Book, Mark};
use crate::track::national::Beside;
use crate::track::trajectory::{Scored, Standing, Trajectory};

/// The answer as a document.
pub fn document(school: &School, answer: &Trajectory) -> Document {
    let words = Words { school, answer };
    let mut blocks: Vec<Block> = face(&answer.audience).into_iter().collect();
    if answer.subjects.is_empty() && answer.averages.is_empty() {
        let says = "No results are in for what was asked. Results go into assessments.csv, pupils into pupils.csv: phase import FILE brings them.";
        blocks.push(Block::Paragraph(says.to_owned()));
    }
    for (heading, rows) in words.parts() {
        blocks.push(Block::Heading(heading));
        blocks.push(Block::Chart(Chart::Shares(rows.iter().map(|row| words.share(row)).collect())));
    }
    let said = words.said();
    if !said.is_empty() {
        blocks.push(Block::Paragraph(said));
    }
    let notes = words.notes();
    if !notes.is_empty() {
        blocks.push(Block::Labelled(notes));
    }
    if !answer.over_time.is_empty() {
        blocks.push(Block::Heading("How they came here (share at the standard, one block a data point)".to_owned()));
        blocks.push(Block::Chart(words.over_time()));
    }
    if !answer.averages.is_empty() {
        blocks.push(Block::Heading("Scores and attendance".to_owned()));
        blocks.push(Block::Table(words.averages()));
    }
    if !answer.national.is_empty() {
        blocks.push(Block::Heading("National figures, beside: never mixed in".to_owned()));
        blocks.push(Block::Facts(answer.national.iter().map(|figure| words.beside(figure)).collect()));
    }
    blocks.push(Block::Paragraph(words.reading()));
    let next = words.next();
    if !next.is_empty() {
        blocks.push(Block::Verbatim(next));
    }
    Document {
        title: words.title(),
        blocks,
        records: words.records(),
        made_on: answer.made_on,
        ..Document::default()
    }
}

struct Words<'a> {
    school: &'a School,
    answer: &'a Trajectory,
}

/// A year group in words, or the phase.
pub(super) fn whose(year_group: Option<&str>, phase: &str) -> String {
    year_group.map_or_else(|| phase.to_owned(), |year| capitalised(&year_groups_in_words(year)))
}

/// A share in whole percent.
pub(super) fn percent(share: f64) -> String {
    format!("{share:.0}%")
}

impl Words<'_> {
    fn phase(&self) -> &str {
        let phase = self.school.phases.iter().find(|phase| phase.id == self.answer.phase);
        phase.map_or("", |phase| phase.name.as_str())
    }

    fn title(&self) -> String {
        let mut points: Vec<Point> = self.answer.subjects.iter().map(|row| row.point).collect();
        points.sort_unstable();
        points.dedup();
        let when: Vec<String> = points.iter().map(ToString::to_string).collect();
        let when = if when.is_empty() { String::new() } else { format!(", {}", listed(&when)) };
        format!("{} against its paths{when}, {}", self.phase(), self.answer.academic_year)
    }

    fn name<'b>(&'b self, id: &'b Id) -> &'b str {
        self.school.measured_name(id)
    }

    /// The rows that belong together: of one year group, measure and group.
    fn parts(&self) -> Vec<(String, Vec<&Standing>)> {
        let mut parts: Vec<(String, Vec<&Standing>)> = Vec::new();
        let mut years: Vec<Option<&str>> =
            self.answer.subjects.iter().map(|row| row.year_group.as_deref()).collect();
        years.sort_by_key(|year| (year.is_none(), *year));
        years.dedup();
        let points: Vec<Point> = self.answer.subjects.iter().map(|row| row.point).collect();
        let one_point = points.windows(2).all(|pair| matches!(pair, [a, b] if a == b));
        for year in years {
            for (measure, _, title) in Measure::WORDS {
                let mut groups: Vec<&Group> = Vec::new();
                for row in self.answer.subjects.iter() {
                    let fits = row.year_group.as_deref() == year && row.measure == *measure;
                    if fits && !groups.contains(&&row.group) {
                        groups.push(&row.group);
                    }
                }
                for group in groups {
                    let rows: Vec<&Standing> = self
                        .answer
                        .subjects
                        .iter()
                        .filter(|row| {
                            row.year_group.as_deref() == year && row.measure == *measure && row.group == *group
                        })
                        .collect();
                    let mut counts: Vec<u32> = rows.iter().filter_map(|row| row.n).collect();
                    counts.sort_unstable();
                    counts.dedup();
                    let n = match counts.as_slice() {
                        [n] => format!(", {}", counted(*n as usize, "pupil")),
                        _ => String::new(),
                    };
                    let whom = match group {
                        Group::All => String::new(),
                        group => format!(", {}", group.says(&self.school.groupings)),
                    };
                    let mut heading = format!("{}{whom}{n}, {title}", whose(year, self.phase()));
                    if one_point && let Some(row) = rows.first() {
                        heading.push_str(&format!(", {}", row.point));
                    }
                    parts.push((heading, rows));
                }
            }
        }
        parts
    }

    fn share(&self, row: &Standing) -> Share {
        Share {
            label: self.name(&row.subject).to_owned(),
            share: row.percent,
            interval: row.interval.filter(|_| row.flag != Some(Flag::TooFew)).map(|[low, high]| (low, high)),
            reference: row.expected_percent,
            says: self.beside_the_line(row),
        }
    }

    fn beside_the_line(&self, row: &Standing) -> String {
        match row.hidden {
            Some('z') => return "z: no pupils".to_owned(),
            Some(_) => {
                return match row.n {
                    Some(n) => format!("c: {}", counted(n as usize, "pupil")),
                    None => "c: hidden".to_owned(),
                };
            }
            None => {}
        }
        let (Some(x), Some(n)) = (row.at_standard, row.n) else { return String::new() };
        if row.flag == Some(Flag::TooFew) {
            return format!("{x} of {n}: too few");
        }
        let share = row.percent.map_or_else(String::new, percent);
        let path = row.expected_percent.map_or_else(|| "no path".to_owned(), |path| format!("path {}", percent(path)));
        let flag = match row.flag {
            Some(Flag::Below) => " < below",
            Some(Flag::Above) => " > above",
            _ => "",
        };
        let close = if row.close_call == Some(true) { ", close call" } else { "" };
        format!("{share} ({x} of {n}), {path}{flag}{close}")
    }

    fn of(&self, row: &Standing) -> String {
        let name = self.name(&row.subject);
        let whom = match &row.group {
            Group::All => String::new(),
            group => format!(", {}", group.says(&self.school.groupings)),
        };
        let measure = if row.measure == Measure::Higher { " at the higher standard" } else { "" };
        format!("{name}{measure} in {}{whom}", whose(row.year_group.as_deref(), self.phase()))
    }

    /// The gaps in words: what is flagged, then what is short without a flag.
    fn said(&self) -> String {
        let mut said = Vec::new();
        let rows = || self.answer.subjects.iter().filter(|row| row.pupils_gap.is_some());
        for (flag, way) in [(Flag::Below, "below"), (Flag::Above, "above")] {
            for row in rows().filter(|row| row.flag == Some(flag)) {
                let gap = row.pupils_gap.unwrap_or(0).unsigned_abs();
                let gap = counted(usize::try_from(gap).unwrap_or(usize::MAX), "pupil");
                let more = if flag == Flag::Below { "short" } else { "more than expected" };
                let sure = match (row.holds_up, row.close_call) {
                    (Some(true), Some(true)) => "; it holds up, but is a close call",
                    (Some(true), _) => "; it holds up",
                    (Some(false), _) => "; among so many tests it may be chance",
                    (None, _) => "",
                };
                said.push(format!("{} is significantly {way} its path: {gap} {more}{sure}.", capitalised(&self.of(row))));
            }
        }
        let short: Vec<String> = rows()
            .filter(|row| row.flag == Some(Flag::InLine) && row.pupils_gap.is_some_and(|gap| gap < 0))
            .map(|row| format!("{} {}", self.of(row), row.pupils_gap.unwrap_or(0).unsigned_abs()))
            .collect();
        if !short.is_empty() {
            said.push(format!("Below the path by so many pupils, in line: {}.", short.join(", ")));
        }
        said.join(" ")
    }

    fn notes(&self) -> Vec<(String, Vec<String>)> {
        let answer = self.answer;
        let mut notes: Vec<(String, Vec<String>)> = Vec::new();
        if answer.tests > 0 {
            let kept: Vec<&Standing> =
                answer.subjects.iter().filter(|row| row.holds_up == Some(true)).collect();
            let held = match (answer.flags, kept.len()) {
                (0, _) => "none is flagged".to_owned(),
                (flags, kept) => format!("{flags} flagged, {kept} of them hold up among so many"),
            };
            notes.push((
                "Tests".to_owned(),
                vec![format!(
                    "{} made; by chance alone {} would be flagged; {held}.",
                    answer.tests,
                    one_decimal(answer.flags_expected_by_chance)
                )],
            ));
        }
        if let Some(could) = self.could_show() {
            notes.push(("Could show".to_owned(), vec![could]));
        }
        let joiners: Vec<String> = answer
            .subjects
            .iter()
            .filter(|row| row.group == Group::All)
            .filter_map(|row| {
                let without = row.without_joiners.as_ref()?;
                let share = without.percent.map_or_else(String::new, percent);
                Some(format!(
                    "{}: {} of {} ({share}) without those who joined late, {}",
                    self.of(row),
                    without.at_standard,
                    without.n,
                    without.flag.word().replace('-', " ")
                ))
            })
            .collect();
        if !joiners.is_empty() {
            notes.push(("Joined late".to_owned(), joiners));
        }
        let missing: Vec<String> = answer
            .subjects
            .iter()
            .filter(|row| row.group == Group::All && row.year_group.is_some())
            .filter_map(|row| {
                let unassessed = row.n.zip(row.assessed).map_or(0, |(n, assessed)| n - assessed);
                let without = row.without_result.unwrap_or(0);
                let mut parts = Vec::new();
                if without > 0 {
                    parts.push(format!("{without} without a result, not counted"));
                }
                if unassessed > 0 {
                    parts.push(format!("{unassessed} not assessed, counted as not at the standard"));
                }
                (!parts.is_empty()).then(|| format!("{}: {}", self.of(row), parts.join("; ")))
            })
            .collect();
        if !missing.is_empty() {
            notes.push(("Missing".to_owned(), missing));
        }
        if !answer.assumed.is_empty() {
            notes.push(("Note".to_owned(), answer.assumed.clone()));
        }
        notes
    }

    /// The smallest gap that so many pupils could show at all.
    fn could_show(&self) -> Option<String> {
        let mut said: Vec<(u32, i64)> = self
            .answer
            .subjects
            .iter()
            .filter(|row| row.flag.is_some_and(Flag::is_tested))
            .filter_map(|row| Some((row.n?, row.smallest_shortfall?)))
            .collect();
        said.sort_unstable();
        said.dedup_by_key(|(n, _)| *n);
        let each: Vec<String> = said.iter().take(4).map(|(n, gap)| format!("of {n} pupils {gap} short")).collect();
        (!each.is_empty()).then(|| {
            format!("nothing smaller than this is ever flagged: {}. Below that, silence is no all-clear.", each.join(", "))
        })
    }

    fn over_time(&self) -> Chart {
        let answer = self.answer;
        let mut moments: Vec<_> = answer.over_time.iter().flat_map(|course| course.at.iter().map(|step| step.moment)).collect();
        moments.sort_by_key(|moment| (moment.point != Point::Baseline, *moment));
        moments.dedup();
        let year = self.school.calendar.academic_year.0;
        let points = moments.iter().map(|moment| {
            if moment.academic_year == year || moment.point == Point::Baseline {
                moment.point.to_string()
            } else {
                format!("{} {}", moment.point, crate::school::calendar::AcademicYear(moment.academic_year))
            }
        });
        let series = answer.over_time.iter().map(|course| {
            let value = |moment| course.at.iter().find(|step| step.moment == moment).and_then(|step| step.percent);
            let whom = match &course.group {
                Group::All => String::new(),
                group => format!(", {}", group.says(&self.school.groupings)),
            };
            let measure = match course.measure {
                Measure::Higher => " higher",
                _ => "",
            };
            Series {
                label: format!(
                    "{}{measure}, {}{whom}",
                    self.name(&course.subject),
                    whose(course.year_group.as_deref(), self.phase())
                ),
                values: moments.iter().map(|moment| value(*moment)).collect(),
            }
        });
        Chart::OverTime { points: points.collect(), series: series.collect() }
    }

    fn averages(&self) -> Table {
        let row = |scored: &Scored| {
            let says = if scored.hidden.is_some() && scored.mean.is_none() {
                "c".to_owned()
            } else if scored.subject.as_str() == ATTENDANCE {
                match (scored.low, scored.n) {
                    (Some(low), Some(n)) => format!("{low} of {n} at 90% or under"),
                    _ => "c at 90% or under".to_owned(),
                }
            } else {
                match (scored.distance, scored.interval, scored.flag) {
                    (Some(distance), Some([low, high]), Some(flag)) => format!(
                        "{distance:+.1} from the path's {:.1} ({low:+.1} to {high:+.1}), {}",
                        scored.expected.unwrap_or(0.0),
                        flag.word().replace('-', " ")
                    ),
                    (None, Some([low, high]), _) => format!("{low:.1} to {high:.1}"),
                    _ => String::new(),
                }
            };
            vec![
                self.name(&scored.subject).into(),
                whose(scored.year_group.as_deref(), self.phase()).into(),
                scored.point.to_string().into(),
                scored.n.map_or(Cell::Empty, |n| Cell::Number(i64::from(n))),
                scored.mean.map_or(Cell::Empty, Cell::Decimal),
                says.into(),
            ]
        };
        Table {
            columns: vec![
                Column::text(""),
                Column::text("pupils of"),
                Column::text("point"),
                Column::number("n"),
                Column::number("mean"),
                Column::text("what it says"),
            ],
            rows: self.answer.averages.iter().map(row).collect(),
        }
    }

    fn beside(&self, figure: &Beside) -> (String, String) {
        let value = |value: &f64| match figure.measure {
            Measure::Average => format!("{value}"),
            _ => format!("{value}%"),
        };
        let values: Vec<String> = figure.values.iter().map(value).collect();
        let measure = figure.measure.title();
        let whom = match &figure.group {
            Group::All => String::new(),
            group => format!(", {}", group.says(&self.school.groupings)),
        };
        let year = if figure.same_year {
            String::new()
        } else {
            format!(" None is held for {}: other pupils, for orientation only.", self.school.calendar.academic_year.0 + 1)
        };
        let unverified = if figure.unverified { ", unverified" } else { "" };
        let status = if figure.status == "unknown" { "status unknown" } else { figure.status.as_str() };
        (
            format!(
                "{}, {}{whom}, {measure}: {} in {} ({status}{unverified}).{year}",
                self.name(&figure.subject),
                whose(Some(&figure.year_group), self.phase()),
                values.join(" or "),
                figure.results_year
            ),
            figure.source.clone(),
        )
    }

    fn reading(&self) -> String {
        format!(
            "How to read this: o is the share now, the line how far so many pupils could stray by luck, x the path where it is not under the o. The test asks whether a gap this size would be unusual if these pupils were a draw from pupils on the path; under {FEWEST} pupils nothing is tested. Significant is not the same as large: look at the pupils first."
        )
    }

    fn next(&self) -> String {
        if self.answer.audience != Audience::Leader {
            return String::new();
        }
        let below = self.answer.subjects.iter().find(|row| row.flag == Some(Flag::Below));
        match below {
            Some(row) => format!(
                "Who they are (for you only): phase trajectory --subject {0} --pupils\nWhere it may come from:      phase causes --subject {0}",
                row.subject
            ),
            None if self.answer.subjects.is_empty() => String::new(),
            None => "Who they are (for you only): phase trajectory --pupils".to_owned(),
        }
    }

    fn records(&self) -> Table {
        let columns = vec![
            Column::text("subject"),
            Column::text("measure"),
            Column::text("year_group"),
            Column::text("group"),
            Column::text("point"),
            Column::number("n"),
            Column::number("at_standard"),
            Column::number("percent"),
            Column::number("expected_percent"),
            Column::number("low"),
            Column::number("high"),
            Column::number("pupils_gap"),
            Column::text("flag"),
            Column::text("close_call"),
            Column::text("holds_up"),
        ];
        let number = |value: Option<u32>| value.map_or(Cell::Empty, |value| Cell::Number(i64::from(value)));
        let decimal = |value: Option<f64>| value.map_or(Cell::Empty, Cell::Decimal);
        let yes_no = |value: Option<bool>| Cell::from(value.map_or("", |yes| if yes { "yes" } else { "no" }));
        let row = |row: &Standing| {
            let flag = match (row.hidden, row.flag) {
                (Some(sign), _) => sign.to_string(),
                (None, Some(flag)) => flag.word().to_owned(),
                (None, None) => String::new(),
            };
            vec![
                row.subject.as_str().into(),
                row.measure.word().into(),
                row.year_group.as_deref().unwrap_or("").into(),
                row.group.to_string().into(),
                row.point.word().into(),
                number(row.n),
                number(row.at_standard),
                decimal(row.percent),
                decimal(row.expected_percent),
                decimal(row.interval.map(|[low, _]| low)),
                decimal(row.interval.map(|[_, high]| high)),
                row.pupils_gap.map_or(Cell::Empty, Cell::Number),
                flag.into(),
                yes_no(row.close_call),
                yes_no(row.holds_up),
            ]
        };
        Table { columns, rows: self.answer.subjects.iter().map(row).collect() }
    }
}

fn one_decimal(value: f64) -> String {
    format!("{value:.1}")
}

/// The codes behind a gap, as a list for a pupil progress meeting: for the leader's screen only.
pub fn pupils(school: &School, answer: &Trajectory, book: &Book<'_>) -> Document {
    let words = Words { school, answer };
    let mut blocks = vec![Block::Paragraph(
        "For you only: a list for a pupil progress meeting, not for a file or a report.".to_owned(),
    )];
    let rows = answer.subjects.iter().filter(|row| row.year_group.is_some() || book.year_groups.len() == 1);
    for row in rows.filter(|row| row.at_standard < row.n) {
        let marks = book.marks(&row.subject, row.measure, book.now(row.point));
        let mut list = Vec::new();
        for (index, pupil) in book.members() {
            let mark = marks.get(index).copied().unwrap_or(Mark::NoResult);
            let of_row = row.year_group.as_deref().is_none_or(|year| pupil.year_group.to_string() == year);
            let in_group = row.group.has(pupil, &school.groupings) == Some(true);
            if !of_row || !in_group || !matches!(mark, Mark::NotMet | Mark::NotAssessed) {
                continue;
            }
            let then = book.marks(&row.subject, row.measure, book.now(Point::Baseline));
            let began = match then.get(index) {
                Some(Mark::Met) => "at it",
                Some(Mark::NotMet) => "not at it",
                _ => "",
            };
            let groups: Vec<String> = school
                .groupings
                .iter()
                .zip(&pupil.groups)
                .filter_map(|(grouping, value)| {
                    let value = value.as_ref()?;
                    let told = match grouping.column.as_str() {
                        "send" => value.as_str() != "N",
                        MOBILITY => value.as_str() == "yes",
                        _ => grouping.sensitive && value.as_str() == "yes",
                    };
                    told.then(|| grouping.says(value.as_str()))
                })
                .collect();
            let now = if mark == Mark::NotAssessed { "not assessed" } else { "not at it" };
            list.push(vec![
                pupil.class.as_str().into(),
                pupil.id.as_str().into(),
                now.into(),
                began.into(),
                groups.join(", ").into(),
            ]);
        }
        list.sort_by_key(|cells: &Vec<Cell>| format!("{cells:?}"));
        blocks.push(Block::Heading(format!(
            "{}, {}: {} not at the standard",
            words.of(row),
            row.point,
            counted(list.len(), "pupil")
        )));
        let columns = ["class", "pupil", "now", "at baseline", "groups"].map(Column::text).to_vec();
        blocks.push(Block::Table(Table { columns, rows: list }));
    }
    if blocks.len() == 1 {
        blocks.push(Block::Paragraph("Nobody is below the standard in what was asked.".to_owned()));
    }
    Document { title: words.title(), blocks, made_on: answer.made_on, ..Document::default() }
}
