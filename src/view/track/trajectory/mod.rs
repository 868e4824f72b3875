//! How subjects stand against their paths, in words: the gap in pupils first, how sure one can be next to it.

mod notes;

use crate::document::{
    Block, Cell, Chart, Column, Document, Picture, Series, Share, Table, capitalised, whole,
};
use crate::privacy::audience::Audience;
use crate::school::attainment::measure::{ATTENDANCE, GLD, RWM};
use crate::school::year_group::year_groups_in_words;
use crate::school::{DataPoint, Group, Id, Measure, School};
use crate::statistics::proportion_test::{FEWEST, Flag};
use crate::track::national_comparison::NationalComparison;
use crate::track::trajectory::answer::{AverageScore, SubjectProgress, Trajectory};
use crate::view::{counted, face, listed};

/// The answer as a document.
pub fn document(school: &School, answer: &Trajectory) -> Document {
    let words = TrajectoryView { school, answer };
    let mut blocks: Vec<Block> = Vec::new();
    if answer.subjects.is_empty() && answer.averages.is_empty() {
        let says = "No results are in for what was asked. Results go into assessments.csv, pupils into pupils.csv: phase import FILE brings them.";
        blocks.push(Block::Paragraph(says.to_owned()));
    }
    let said = words.said();
    if !said.is_empty() {
        blocks.push(Block::Labelled(said));
    }
    for (heading, rows) in words.parts() {
        let of_one_number = rows.windows(2).all(|pair| matches!(pair, [a, b] if a.n == b.n));
        let shares = rows.iter().map(|row| words.share(row, of_one_number));
        blocks.push(Block::Heading(heading.clone()));
        blocks.push(Block::Chart(Chart {
            title: heading,
            picture: Picture::Shares { against: "path".to_owned(), shares: shares.collect() },
            reads: words.reading(),
        }));
    }
    let notes = words.notes();
    if !notes.is_empty() {
        blocks.push(Block::Labelled(notes));
    }
    if !answer.over_time.is_empty() {
        blocks.push(Block::Heading(
            "How they came here (share at the standard, one block a data point)".to_owned(),
        ));
        blocks.push(Block::Chart(words.over_time()));
    }
    if !answer.averages.is_empty() {
        blocks.push(Block::Heading("Scores and attendance".to_owned()));
        blocks.push(Block::Table(
            words
                .averages()
                .read_as("a mean of the pupils who have a score; it is tested where there is a path for it."),
        ));
    }
    blocks.extend(words.national());
    let next = words.next();
    if !next.is_empty() {
        blocks.push(Block::Commands(next));
    }
    Document {
        face: face(&answer.audience),
        ..Document::new(words.title(), blocks, words.records(), answer.made_on)
    }
}

impl TrajectoryView<'_> {
    /// The figures of the whole country, if any.
    fn national(&self) -> Vec<Block> {
        let figures = &self.answer.national;
        if figures.is_empty() {
            return Vec::new();
        }
        let mut blocks = vec![
            Block::Heading("National figures, beside: never mixed in".to_owned()),
            Block::Facts(figures.iter().map(|figure| self.beside(figure)).collect()),
        ];
        if figures.iter().any(|figure| !figure.same_year) {
            blocks.push(Block::Paragraph(format!(
                "Figures of an earlier summer than {} are of other pupils: for orientation only.",
                self.school.set_up.calendar.academic_year.0 + 1
            )));
        }
        blocks
    }
}

/// Where the pupils of the phase stand, in brief: which paths they are off, and one chart.
pub(crate) fn in_brief(school: &School, answer: &Trajectory) -> Vec<Block> {
    let words = TrajectoryView { school, answer };
    let names = |flag| answer.off(flag).into_iter().map(|row| named(school, row)).collect::<Vec<String>>();
    let mut said = vec![
        ("Significantly below their path".to_owned(), names(Flag::Below)),
        ("Significantly above".to_owned(), names(Flag::Above)),
    ];
    said.retain(|(_, names)| !names.is_empty());
    let joined = |(label, names): (String, Vec<String>)| (label, vec![format!("{}.", names.join("; "))]);
    let said: Vec<(String, Vec<String>)> = said.into_iter().map(joined).collect();
    let mut blocks = Vec::new();
    if said.is_empty() {
        let tested = answer.subjects.iter().filter(|row| row.p_exact.is_some()).count();
        let hidden = answer.subjects.iter().any(|row| row.hidden.is_some());
        blocks.push(Block::Paragraph(match (tested, hidden) {
            (0, _) => "Nothing can be said of paths here: too few pupils, or no path.".to_owned(),
            (_, true) => "Pupils are in line with every path that may be shown here.".to_owned(),
            (_, false) => "Pupils are in line with every path that was tested.".to_owned(),
        }));
    } else {
        blocks.push(Block::Labelled(said));
    }
    let is_whole = |row: &SubjectProgress| row.group == Group::All && row.measure == Measure::Expected;
    let parts = words.parts();
    let whole = || parts.iter().filter(|(_, rows)| rows.iter().all(|row| is_whole(row)));
    let of_phase = whole().find(|(_, rows)| rows.iter().all(|row| row.year_group.is_none()));
    if let Some((title, rows)) = of_phase.or(whole().next()).or(parts.first()) {
        let of_one_number = rows.windows(2).all(|pair| matches!(pair, [a, b] if a.n == b.n));
        blocks.push(Block::Chart(Chart {
            title: title.clone(),
            picture: Picture::Shares {
                against: "path".to_owned(),
                shares: rows.iter().map(|row| words.share(row, of_one_number)).collect(),
            },
            reads: "o is the share now, the line how far so many pupils could stray by luck, x the path to the target; significant is more than chance would make, which is not the same as large.".to_owned(),
        }));
    }
    blocks
}

/// How a path is named: `Maths, Year 2, higher standard`.
pub(crate) fn bare_name(school: &School, row: &SubjectProgress) -> String {
    let mut of = vec![short_name(school, &row.subject)];
    of.extend(row.year_group.iter().map(|year| capitalised(&year_groups_in_words(year))));
    if row.group != Group::All {
        of.push(row.group.says(&school.settings.groupings));
    }
    if row.measure != Measure::Expected {
        of.push(row.measure.title().to_owned());
    }
    of.join(", ")
}

/// How a path is named in a sentence, with the pupils by which it is missed or passed.
pub(crate) fn named(school: &School, row: &SubjectProgress) -> String {
    let pupils = row.pupils_gap.map(|gap| {
        let pupils = counted(usize::try_from(gap.unsigned_abs()).unwrap_or(usize::MAX), "pupil");
        format!(" ({pupils} {})", if gap < 0 { "short" } else { "more" })
    });
    format!("{}{}", bare_name(school, row), pupils.unwrap_or_default())
}

pub(crate) struct TrajectoryView<'a> {
    pub(crate) school: &'a School,
    pub(crate) answer: &'a Trajectory,
}

/// A year group in words, or the phase.
pub(crate) fn whose(year_group: Option<&str>, phase: &str) -> String {
    year_group.map_or_else(|| phase.to_owned(), |year| capitalised(&year_groups_in_words(year)))
}

/// The name of what is assessed, for narrow places.
pub(crate) fn short_name(school: &School, id: &Id) -> String {
    match id.as_str() {
        RWM => "RWM, all three".to_owned(),
        GLD => "Good level (GLD)".to_owned(),
        "gps" => "GPS".to_owned(),
        _ => school.measured_name(id).to_owned(),
    }
}

/// A share in whole percent.
pub(crate) fn percent(share: f64) -> String {
    format!("{}%", whole(share))
}

impl TrajectoryView<'_> {
    fn phase(&self) -> &str {
        self.school.phase_name(&self.answer.phase)
    }

    pub(crate) fn title(&self) -> String {
        let mut points: Vec<DataPoint> = self.answer.subjects.iter().map(|row| row.point).collect();
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
    fn parts(&self) -> Vec<(String, Vec<&SubjectProgress>)> {
        let mut parts: Vec<(String, Vec<&SubjectProgress>)> = Vec::new();
        let mut years: Vec<Option<&str>> =
            self.answer.subjects.iter().map(|row| row.year_group.as_deref()).collect();
        years.sort_by_key(|year| (year.is_none(), *year));
        years.dedup();
        for year in years {
            for measure in Measure::ALL {
                let mut kinds: Vec<(&Group, DataPoint)> = Vec::new();
                for row in &self.answer.subjects {
                    let fits = row.year_group.as_deref() == year && row.measure == *measure;
                    if fits && !kinds.contains(&(&row.group, row.point)) {
                        kinds.push((&row.group, row.point));
                    }
                }
                for (group, point) in kinds {
                    let fits = |row: &&SubjectProgress| {
                        row.year_group.as_deref() == year
                            && row.measure == *measure
                            && row.group == *group
                            && row.point == point
                    };
                    let rows: Vec<&SubjectProgress> = self.answer.subjects.iter().filter(fits).collect();
                    let mut counts: Vec<u32> = rows.iter().filter_map(|row| row.n).collect();
                    counts.sort_unstable();
                    counts.dedup();
                    let n = match counts.as_slice() {
                        [n] => format!(", {}", counted(*n as usize, "pupil")),
                        _ => String::new(),
                    };
                    let whom = match group {
                        Group::All => String::new(),
                        group => format!(", {}", group.says(&self.school.settings.groupings)),
                    };
                    let heading =
                        format!("{}{whom}{n}, {}, {point}", whose(year, self.phase()), measure.title());
                    parts.push((heading, rows));
                }
            }
        }
        parts
    }

    fn share(&self, row: &SubjectProgress, of_one_number: bool) -> Share {
        Share {
            label: short_name(self.school, &row.subject),
            share: row.percent,
            interval: row.interval.filter(|_| row.flag != Some(Flag::TooFew)).map(|[low, high]| (low, high)),
            reference: row.expected_percent,
            says: self.beside_the_line(row, of_one_number),
        }
    }

    /// What stands next to the line; how many pupils where the heading does not say it.
    fn beside_the_line(&self, row: &SubjectProgress, of_one_number: bool) -> String {
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
        let of = if of_one_number { String::new() } else { format!(" of {n}") };
        if row.flag == Some(Flag::TooFew) {
            return format!("{x} of {n}: too few");
        }
        let share = row.percent.map_or_else(String::new, percent);
        let path = row
            .expected_percent
            .map_or_else(|| "no path".to_owned(), |path| format!("path {}", percent(path)));
        let flag = match row.flag {
            Some(Flag::Below) => " < below",
            Some(Flag::Above) => " > above",
            _ => "",
        };
        let close = if row.close_call == Some(true) { ", close call" } else { "" };
        format!("{share}{of}, {path}{flag}{close}")
    }

    pub(crate) fn of(&self, row: &SubjectProgress) -> String {
        let name = self.name(&row.subject);
        let whom = match &row.group {
            Group::All => String::new(),
            group => format!(", {}", group.says(&self.school.settings.groupings)),
        };
        let measure = if row.measure == Measure::Higher { " at the higher standard" } else { "" };
        format!("{name}{measure} in {}{whom}", whose(row.year_group.as_deref(), self.phase()))
    }

    fn over_time(&self) -> Chart {
        let answer = self.answer;
        let mut moments: Vec<_> =
            answer.over_time.iter().flat_map(|course| course.at.iter().map(|step| step.moment)).collect();
        moments.sort_by_key(|moment| (moment.point != DataPoint::Baseline, *moment));
        moments.dedup();
        let year = self.school.set_up.calendar.academic_year.0;
        let points = moments.iter().map(|moment| {
            if moment.academic_year == year || moment.point == DataPoint::Baseline {
                moment.point.to_string()
            } else {
                format!("{} {}", moment.point, crate::school::AcademicYear(moment.academic_year))
            }
        });
        let series = answer.over_time.iter().map(|course| {
            let value =
                |moment| course.at.iter().find(|step| step.moment == moment).and_then(|step| step.percent);
            let whom = match &course.group {
                Group::All => String::new(),
                group => format!(", {}", group.says(&self.school.settings.groupings)),
            };
            let measure = match course.measure {
                Measure::Higher => " higher",
                _ => "",
            };
            Series {
                label: format!(
                    "{}{measure}, {}{whom}",
                    short_name(self.school, &course.subject),
                    whose(course.year_group.as_deref(), self.phase())
                ),
                values: moments.iter().map(|moment| value(*moment)).collect(),
            }
        });
        Chart {
            title: "Share at the standard, data point by data point".to_owned(),
            picture: Picture::OverTime { points: points.collect(), series: series.collect() },
            reads: "each line is one share, from the first data point to the last; the pupils may have changed between them.".to_owned(),
        }
    }

    fn averages(&self) -> Table {
        let row = |scored: &AverageScore| {
            let says = if scored.hidden.is_some() && scored.mean.is_none() {
                "c".to_owned()
            } else if scored.subject.as_str() == ATTENDANCE {
                match (scored.low, scored.n) {
                    (Some(low), Some(n)) => format!("{low} of {n} attend 90% or less"),
                    _ => "c attend 90% or less".to_owned(),
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
                scored.n.into(),
                scored.mean.into(),
                says.into(),
            ]
        };
        Table::new(
            vec![
                Column::text(""),
                Column::text("pupils of"),
                Column::text("point"),
                Column::number("n"),
                Column::number("mean"),
                Column::text("what it says"),
            ],
            self.answer.averages.iter().map(row).collect(),
        )
    }

    fn beside(&self, figure: &NationalComparison) -> (String, String) {
        let value = |value: &f64| match figure.measure {
            Measure::Average => format!("{value}"),
            _ => format!("{value}%"),
        };
        let values: Vec<String> = figure.values.iter().map(value).collect();
        let measure = figure.measure.title();
        let whom = match &figure.group {
            Group::All => String::new(),
            group => format!(", {}", group.says(&self.school.settings.groupings)),
        };
        let unverified = if figure.unverified { ", unverified" } else { "" };
        let status = if figure.status == "unknown" { "status unknown" } else { figure.status.as_str() };
        (
            format!(
                "{}, {}{whom}, {measure}: {} in {} ({status}{unverified})",
                self.name(&figure.subject),
                whose(Some(&figure.year_group), self.phase()),
                values.join(" or "),
                figure.results_year
            ),
            figure.source.clone(),
        )
    }

    fn reading(&self) -> String {
        let any = self.answer.subjects.iter().any(|row| row.hidden.is_some())
            || self.answer.averages.iter().any(|row| row.hidden.is_some());
        let hidden = if any { " c: confidential, since so few pupils would be known by it." } else { "" };
        format!(
            "o is the share now, the line how far so many pupils could stray by luck, x the path where it is not under the o. The test asks whether a gap this size would be unusual if these pupils were a draw from pupils on the path; under {FEWEST} pupils nothing is tested. Gaps are whole pupils, parts of one left off. Significant is not the same as large: look at the pupils first.{hidden}"
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
        let yes_no = |value: Option<bool>| Cell::from(value.map_or("", |yes| if yes { "yes" } else { "no" }));
        let row = |row: &SubjectProgress| {
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
                row.n.into(),
                row.at_standard.into(),
                row.percent.into(),
                row.expected_percent.into(),
                row.interval.map(|[low, _]| low).into(),
                row.interval.map(|[_, high]| high).into(),
                row.pupils_gap.map_or(Cell::Empty, Cell::Number),
                flag.into(),
                yes_no(row.close_call),
                yes_no(row.holds_up),
            ]
        };
        Table::new(columns, self.answer.subjects.iter().map(row).collect())
    }
}

/// A number with two decimals at most.
pub(crate) fn short_number(value: f64) -> String {
    let text = format!("{value:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
