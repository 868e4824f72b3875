//! Charts for a terminal: a line of signs for each share, blocks for how shares went.

use super::text_table::{NARROW, cards, grid};
use crate::document::{Chart, Picture, Progress, Series, Share, plain, whole};

/// The blocks of a bar, lowest first.
const BLOCKS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// The width of the field between 0% and 100%, in signs.
const FIELD: usize = 31;

/// Renders a chart for a width in columns; as cards where it is narrow.
pub fn render(chart: &Chart, width: u16) -> String {
    if width < NARROW {
        return cards(&chart.table(), width);
    }
    match &chart.picture {
        Picture::Shares { shares, .. } => shares_chart(shares, usize::from(width)),
        Picture::OverTime { points, series } => over_time(points, series, usize::from(width)),
        Picture::Counts { .. } => grid(&chart.table(), width),
        Picture::Progress(things) => progress(things, usize::from(width)),
    }
}

fn padded(text: &str, width: usize) -> String {
    let length = text.chars().count();
    format!("{text}{}", " ".repeat(width.saturating_sub(length)))
}

fn widest<'a>(labels: impl Iterator<Item = &'a str>, most: usize) -> usize {
    labels.map(|label| label.chars().count()).max().unwrap_or(0).min(most)
}

/// Each share as `o` on a field from 0% to 100%, its interval as `-`, its reference as `x`: where the share
/// hides it, it is the share that is seen.
fn shares_chart(shares: &[Share], width: usize) -> String {
    let label = widest(shares.iter().map(|share| share.label.as_str()), 18);
    let axis = "0%     25%     50%     75%  100%";
    let mut text = format!("{}{axis}\n", " ".repeat(label + 3));
    let room = width.saturating_sub(label + FIELD + 6).max(8) + 1;
    for share in shares {
        let words = wrapped(&plain(&share.says), room);
        for (index, words) in words.iter().enumerate() {
            let name = if index == 0 { cut(&plain(&share.label), label) } else { String::new() };
            let field = if index == 0 { field(share) } else { " ".repeat(FIELD) };
            let edge = if index == 0 { '|' } else { ' ' };
            let line = format!(" {} {edge}{field}{edge} {words}", padded(&name, label));
            text.push_str(line.trim_end());
            text.push('\n');
        }
    }
    text
}

/// A text of at most so many signs; where it is cut off, it ends with a mark.
pub(super) fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    text.chars().take(most.saturating_sub(1)).chain(['…']).collect()
}

/// Words in lines of at most so many signs.
pub(super) fn wrapped(text: &str, room: usize) -> Vec<String> {
    let mut lines: Vec<String> = vec![String::new()];
    for word in text.split_whitespace() {
        let Some(line) = lines.last_mut() else { break };
        if !line.is_empty() && line.chars().count() + 1 + word.chars().count() > room {
            lines.push(word.to_owned());
        } else {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    lines
}

fn field(share: &Share) -> String {
    let at = |percent: f64| {
        ((percent / 100.0) * (FIELD - 1) as f64).round().clamp(0.0, (FIELD - 1) as f64) as usize
    };
    let mut signs = [' '; FIELD];
    let mut put = |place: usize, sign: char| {
        if let Some(cell) = signs.get_mut(place) {
            *cell = sign;
        }
    };
    if let Some((low, high)) = share.interval {
        (at(low)..=at(high)).for_each(|place| put(place, '-'));
    }
    if let Some(reference) = share.reference {
        put(at(reference), 'x');
    }
    if let Some(percent) = share.share {
        put(at(percent), 'o');
    }
    signs.iter().collect()
}

/// Each series as one block a point, and its first and last value in percent.
fn over_time(points: &[String], series: &[Series], width: usize) -> String {
    let label = widest(series.iter().map(|one| one.label.as_str()), 30);
    let mut text = String::new();
    for one in series {
        let bars: String = one.values.iter().map(|value| value.map_or(' ', bar)).collect();
        let known = || points.iter().zip(&one.values).filter_map(|(point, value)| Some((point, (*value)?)));
        let ends = match (known().next(), known().next_back()) {
            (Some((first, from)), Some((last, to))) if first != last => {
                format!("{} {first}, {} {last}", whole(from), whole(to))
            }
            (Some((point, value)), _) => format!("{} {point}", whole(value)),
            _ => String::new(),
        };
        let mut before = format!(" {}  {bars}  ", padded(&cut(&plain(&one.label), label), label));
        let taken = before.chars().count();
        for words in wrapped(&plain(&ends), width.saturating_sub(taken).max(8)) {
            text.push_str(format!("{before}{words}").trim_end());
            text.push('\n');
            before = " ".repeat(taken);
        }
    }
    text
}

/// The block of a value between 0 and 100.
fn bar(percent: f64) -> char {
    let step = (percent / 12.5).floor().clamp(0.0, 7.0) as usize;
    BLOCKS.get(step).copied().unwrap_or(' ')
}

/// Each thing with a full block for every part that is done.
fn progress(things: &[Progress], width: usize) -> String {
    let label = widest(things.iter().map(|thing| thing.label.as_str()), 38);
    let room = width.saturating_sub(label + 16).max(8);
    let mut text = String::new();
    for thing in things {
        let (names, says) = (wrapped(&plain(&thing.label), label), wrapped(&plain(&thing.says), room));
        for index in 0..names.len().max(says.len()) {
            let of = |lines: &[String]| lines.get(index).cloned().unwrap_or_default();
            let bar = if index == 0 { done(thing) } else { String::new() };
            let name = cut(&of(&names), label);
            let line = format!(" {}  {}  {}", padded(&name, label), padded(&bar, 11), of(&says));
            text.push_str(line.trim_end());
            text.push('\n');
        }
    }
    text
}

/// A block for each part: full where it is done.
pub(super) fn done(thing: &Progress) -> String {
    let part = |number: u32| usize::try_from(number).unwrap_or(usize::MAX).min(40);
    format!("{}{}", "█".repeat(part(thing.met)), "░".repeat(part(thing.of.saturating_sub(thing.met))))
}

/// Each row of a chart drawn with signs, for where no picture can stand; nothing where the figures are the picture.
pub(super) fn drawings(chart: &Chart) -> Vec<String> {
    match &chart.picture {
        Picture::Shares { shares, .. } => shares
            .iter()
            .map(|share| format!("|{}|", field(share)).replace(' ', "·").replace('-', "─"))
            .collect(),
        Picture::OverTime { series, .. } => series
            .iter()
            .map(|one| one.values.iter().map(|value| value.map_or('\u{a0}', bar)).collect())
            .collect(),
        Picture::Counts { .. } => Vec::new(),
        Picture::Progress(things) => things.iter().map(done).collect(),
    }
}
