//! Charts as pictures that stand inside a page: what is drawn is shown by shape and in words, never by colour alone.

use maud::{Markup, PreEscaped, html};

use super::text_chart::{cut, wrapped};
use crate::document::{Chart, Picture, Progress, Series, Share, plain, whole};

/// The width of a picture in its own units: what a phone shows without shrinking it.
const WIDTH: f64 = 340.0;

/// How many signs of text fit on a line.
const LINE: usize = 52;

/// The height of a line of text.
const TEXT: f64 = 15.0;

const INK: &str = "#1b1f23";
const BLUE: &str = "#1f4e79";
const ORANGE: &str = "#a04000";
const FAINT: &str = "#d0d7de";

/// Renders a chart with its title and description; `number` sets it apart from the page's others.
pub fn render(chart: &Chart, number: usize) -> String {
    let (height, drawn) = match &chart.picture {
        Picture::Shares { against, shares } => shares_chart(against, shares),
        Picture::OverTime { points, series } => over_time(points, series),
        Picture::Counts { columns, rows, .. } => counts(columns, rows),
        Picture::Progress(things) => progress(things),
    };
    let (title, description) = (format!("chart-{number}-title"), format!("chart-{number}-words"));
    html! {
        svg xmlns="http://www.w3.org/2000/svg" viewBox={ "0 0 " (WIDTH) " " (at(height)) } role="img"
            aria-labelledby={ (title) " " (description) } font-size="12" {
            title id=(title) { (plain(&chart.title)) }
            desc id=(description) { (plain(&chart.describes())) }
            (PreEscaped(drawn))
        }
    }
    .into_string()
}

/// A position with one digit behind the point.
fn at(value: f64) -> String {
    format!("{value:.1}")
}

fn text(x: f64, y: f64, anchor: &str, bold: bool, words: &str) -> Markup {
    let weight = bold.then_some("600");
    html! { text x=(at(x)) y=(at(y)) text-anchor=(anchor) font-weight=[weight] { (plain(words)) } }
}

fn line(from: (f64, f64), to: (f64, f64), colour: &str, width: f64) -> Markup {
    html! { line x1=(at(from.0)) y1=(at(from.1)) x2=(at(to.0)) y2=(at(to.1)) stroke=(colour) stroke-width=(width) {} }
}

/// Lines of text from a height on, and the height beneath them.
fn lines(drawn: &mut String, words: &str, from: f64, bold: bool) -> f64 {
    let mut y = from;
    for words in wrapped(&plain(words), LINE) {
        y += TEXT;
        drawn.push_str(&text(0.0, y, "start", bold, &cut(&words, LINE)).into_string());
    }
    y
}

/// Each share beneath its words, on a field from 0% to 100%: an o, its interval a line, what it is held against
/// an x.
fn shares_chart(against: &str, shares: &[Share]) -> (f64, String) {
    let x = |percent: f64| 8.0 + percent.clamp(0.0, 100.0) / 100.0 * (WIDTH - 16.0);
    let mut drawn = String::new();
    let key = if shares.iter().any(|share| share.interval.is_some()) {
        format!("o: the share; line: its interval; x: {against}")
    } else {
        format!("o: the share; x: {against}")
    };
    let mut y = lines(&mut drawn, &key, 0.0, false) + 4.0;
    for share in shares {
        y = lines(&mut drawn, &share.label, y, true);
        y = lines(&mut drawn, &share.says, y, false);
        let middle = y + 13.0;
        for percent in [0.0, 25.0, 50.0, 75.0, 100.0] {
            drawn.push_str(
                &line((x(percent), middle - 7.0), (x(percent), middle + 7.0), FAINT, 1.0).into_string(),
            );
        }
        drawn.push_str(&line((x(0.0), middle), (x(100.0), middle), FAINT, 1.0).into_string());
        if let Some((low, high)) = share.interval {
            drawn.push_str(&line((x(low), middle), (x(high), middle), BLUE, 5.0).into_string());
        }
        if let Some(reference) = share.reference {
            let at = x(reference);
            for (from, to) in [(-5.0, 5.0), (5.0, -5.0)] {
                drawn.push_str(
                    &line((at - 5.0, middle + from), (at + 5.0, middle + to), ORANGE, 2.5).into_string(),
                );
            }
        }
        if let Some(percent) = share.share {
            let dot = html! {
                circle cx=(at(x(percent))) cy=(at(middle)) r="5.5" fill="#ffffff" stroke=(INK) stroke-width="2.5" {}
            };
            drawn.push_str(&dot.into_string());
        }
        y = middle + 14.0;
    }
    for (percent, anchor) in [(0.0, "start"), (50.0, "middle"), (100.0, "end")] {
        let words = format!("{}%", whole(percent));
        drawn.push_str(&text(x(percent), y + 10.0, anchor, false, &words).into_string());
    }
    (y + 16.0, drawn)
}

/// Each series beneath its name: a line over the points, its first and last value in figures.
fn over_time(points: &[String], series: &[Series]) -> (f64, String) {
    let (left, right, high) = (34.0, WIDTH - 40.0, 40.0);
    let steps = points.len().saturating_sub(1).max(1) as f64;
    let mut drawn = String::new();
    let mut y = 0.0;
    for one in series {
        y = lines(&mut drawn, &one.label, y, true);
        let (top, base) = (y + 6.0, y + 6.0 + high);
        for percent in [0.0, 50.0, 100.0] {
            let height = base - high * percent / 100.0;
            drawn.push_str(&line((left, height), (right, height), FAINT, 1.0).into_string());
            drawn.push_str(&text(left - 4.0, height + 4.0, "end", false, &whole(percent)).into_string());
        }
        let place = |index: usize, value: f64| {
            (left + (right - left) * index as f64 / steps, base - high * value.clamp(0.0, 100.0) / 100.0)
        };
        let known: Vec<(f64, f64)> = one
            .values
            .iter()
            .enumerate()
            .filter_map(|(index, value)| value.map(|value| place(index, value)))
            .collect();
        let path: Vec<String> = known.iter().map(|(x, y)| format!("{},{}", at(*x), at(*y))).collect();
        drawn.push_str(
            &html! { polyline points=(path.join(" ")) fill="none" stroke=(BLUE) stroke-width="2" {} }
                .into_string(),
        );
        for (x, y) in &known {
            drawn.push_str(&html! { circle cx=(at(*x)) cy=(at(*y)) r="3" fill=(BLUE) {} }.into_string());
        }
        if let (Some((_, height)), Some(value)) = (known.last(), one.values.iter().rev().flatten().next()) {
            let height = height.clamp(top + 4.0, base);
            drawn.push_str(
                &text(right + 6.0, height + 4.0, "start", true, &format!("{}%", whole(*value))).into_string(),
            );
        }
        y = base + 4.0;
        for (index, point) in points.iter().enumerate() {
            let anchor = match index {
                0 => "start",
                last if last + 1 == points.len() => "end",
                _ => "middle",
            };
            let is_end = index == 0 || index + 1 == points.len();
            if is_end || points.len() <= 4 {
                drawn.push_str(
                    &text(place(index, 0.0).0, y + TEXT, anchor, false, &cut(point, 22)).into_string(),
                );
            }
        }
        y += TEXT + 10.0;
    }
    (y, drawn)
}

/// A field for each row and column, with its count in figures; the more there are, the fuller it is.
fn counts(columns: &[String], rows: &[(String, Vec<Option<u32>>)]) -> (f64, String) {
    let label = 84.0;
    let step = (WIDTH - label) / columns.len().max(1) as f64;
    let most = rows.iter().flat_map(|(_, counts)| counts.iter().flatten()).max().copied().unwrap_or(0).max(1);
    let mut drawn = String::new();
    for (index, name) in columns.iter().enumerate() {
        let words = cut(&plain(name), ((step / 4.4) as usize).max(3));
        drawn.push_str(
            &html! {
                text x=(at(label + step * (index as f64 + 0.5))) y=(at(TEXT)) text-anchor="middle" font-size="8.5" { (words) }
            }
            .into_string(),
        );
    }
    let mut y = TEXT + 6.0;
    for (name, counts) in rows {
        drawn.push_str(&text(0.0, y + 14.0, "start", false, &cut(&plain(name), 14)).into_string());
        for (index, count) in counts.iter().enumerate() {
            let x = label + step * index as f64;
            let Some(count) = count else { continue };
            let side = f64::from(*count) / f64::from(most);
            let full = (step - 4.0).max(4.0);
            drawn.push_str(
                &html! {
                    rect x=(at(x + 2.0)) y=(at(y)) width=(at(full)) height="20" fill="#ffffff" stroke=(FAINT) {}
                    rect x=(at(x + 2.0)) y=(at(y + 20.0 * (1.0 - side))) width=(at(full)) height=(at(20.0 * side)) fill="#bcd3ea" {}
                }
                .into_string(),
            );
            let figure = if *count == 0 { "-".to_owned() } else { count.to_string() };
            drawn.push_str(&text(x + step / 2.0, y + 14.5, "middle", *count > 0, &figure).into_string());
        }
        y += 23.0;
    }
    (y + 2.0, drawn)
}

/// A box for each part, filled and ticked where it is done.
fn progress(things: &[Progress]) -> (f64, String) {
    let mut drawn = String::new();
    let mut y = 0.0;
    for thing in things {
        y = lines(&mut drawn, &thing.label, y, true) + 5.0;
        let step = ((WIDTH - 70.0) / f64::from(thing.of.max(1))).min(26.0);
        for part in 0..thing.of.min(40) {
            let x = step * f64::from(part);
            let fill = if part < thing.met { BLUE } else { "#ffffff" };
            drawn.push_str(
                &html! {
                    rect x=(at(x + 1.0)) y=(at(y)) width=(at(step - 4.0)) height="12" fill=(fill) stroke=(BLUE) stroke-width="1.5" {}
                }
                .into_string(),
            );
        }
        let figure = format!("{} of {}", thing.met, thing.of);
        drawn.push_str(
            &text(step * f64::from(thing.of.min(40)) + 6.0, y + 11.0, "start", true, &figure).into_string(),
        );
        y = lines(&mut drawn, &thing.says, y + 13.0, false) + 8.0;
    }
    (y, drawn)
}
