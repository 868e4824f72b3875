//! Charts in a workbook: the figures as a table, and next to it a chart of the spreadsheet's own made from them.

use anyhow::Result;
use rust_xlsxwriter::{
    Chart as Native, ChartErrorBars, ChartErrorBarsType, ChartFormat, ChartLine, ChartMarker,
    ChartMarkerType, ChartRange, ChartType, Worksheet,
};

use crate::document::{Cell, Chart, Column, Picture, Share, Table, plain};

/// The most rows of a chart for which a series of its own is drawn.
const SERIES: usize = 12;

/// The figures of a chart, as the spreadsheet's chart needs them.
pub(super) fn figures(chart: &Chart) -> Table {
    let Picture::Shares { against, shares } = &chart.picture else { return chart.table() };
    let columns = vec![
        Column::text(""),
        Column::number("percent"),
        Column::number("low"),
        Column::number("high"),
        Column::named(against.clone(), true),
        Column::text("what it says"),
        Column::number("up to high"),
        Column::number("down to low"),
    ];
    let row = |share: &Share| {
        let whole =
            |value: Option<f64>| value.map_or(Cell::Empty, |value| Cell::Number(value.round() as i64));
        let (low, high) = share.interval.unzip();
        let apart = |end: Option<f64>| end.zip(share.share).map(|(end, share)| (end - share).abs());
        vec![
            share.label.as_str().into(),
            whole(share.share),
            whole(low),
            whole(high),
            whole(share.reference),
            share.says.as_str().into(),
            whole(apart(high)),
            whole(apart(low)),
        ]
    };
    Table::new(columns, shares.iter().map(row).collect()).captioned(chart.title.as_str())
}

/// Puts the spreadsheet's own chart beneath the figures, which stand from the first row of a sheet on.
///
/// # Errors
/// Where the chart cannot be placed.
pub(super) fn insert(page: &mut Worksheet, sheet: &str, chart: &Chart) -> Result<()> {
    let table = figures(chart);
    let rows = u32::try_from(table.rows.len())?;
    if rows == 0 {
        return Ok(());
    }
    let column = |index: u16| ChartRange::new_from_range(sheet, 1, index, rows, index);
    let mut native = match &chart.picture {
        Picture::Shares { shares, .. } => of_shares(sheet, shares, &column),
        Picture::OverTime { points, series } => {
            over_time(sheet, u16::try_from(points.len())?, series.len().min(SERIES))?
        }
        Picture::Counts { columns, .. } => counted(sheet, rows, u16::try_from(columns.len())?),
        Picture::Progress(_) => of_progress(&column),
    };
    // A title that begins with = would be read as a place in a sheet.
    native.title().set_name(cut(plain(&chart.title).trim_start_matches(['=', ' ']), 120).as_str());
    native.set_alt_text(cut(
        &format!("{}. Its figures stand in the cells above it.", plain(&chart.title)),
        250,
    ));
    native.set_width(720).set_height(360.max(u32::min(rows, 20) * 22 + 120));
    page.insert_chart(rows + 3, 0, &native)?;
    Ok(())
}

fn cut(text: &str, most: usize) -> String {
    text.chars().take(most).collect()
}

/// A dot for each share, with its interval; a bar across for what it is held against.
fn of_shares(sheet: &str, shares: &[Share], column: &impl Fn(u16) -> ChartRange) -> Native {
    let mut native = Native::new(ChartType::Line);
    let unseen = || {
        let mut format = ChartFormat::new();
        format.set_line(ChartLine::new().set_hidden(true));
        format
    };
    let mark = |kind: ChartMarkerType, size: u8, colour: &str| {
        let mut marker = ChartMarker::new();
        let mut format = ChartFormat::new();
        format.set_solid_fill(rust_xlsxwriter::ChartSolidFill::new().set_color(colour));
        marker.set_type(kind).set_size(size).set_format(&mut format);
        marker
    };
    let series = native.add_series();
    series.set_name("share").set_categories(&column(0)).set_values(&column(1));
    series.set_format(&mut unseen()).set_marker(&mark(ChartMarkerType::Circle, 9, "#1F4E79"));
    if shares.iter().any(|share| share.interval.is_some()) {
        let mut bars = ChartErrorBars::new();
        bars.set_type(ChartErrorBarsType::Custom(column(6), column(7)));
        series.set_y_error_bars(&bars);
    }
    let series = native.add_series();
    series.set_name((sheet, 0, 4)).set_categories(&column(0)).set_values(&column(4));
    series.set_format(&mut unseen()).set_marker(&mark(ChartMarkerType::LongDash, 14, "#A04000"));
    native.y_axis().set_min(0).set_max(100).set_name("percent");
    native
}

/// A line for each series, over the points.
fn over_time(sheet: &str, points: u16, series: usize) -> Result<Native> {
    let mut native = Native::new(ChartType::Line);
    for row in 1..=u32::try_from(series)? {
        let one = native.add_series();
        one.set_name((sheet, row, 0)).set_categories((sheet, 0, 1, 0, points));
        one.set_values((sheet, row, 1, row, points));
        let mut marker = ChartMarker::new();
        marker.set_automatic();
        one.set_marker(&marker);
    }
    native.y_axis().set_min(0).set_max(100).set_name("percent");
    Ok(native)
}

/// A bar for each row, made of its counts.
fn counted(sheet: &str, rows: u32, columns: u16) -> Native {
    let mut native = Native::new(ChartType::BarStacked);
    for column in 1..=columns {
        let one = native.add_series();
        one.set_name((sheet, 0, column)).set_categories((sheet, 1, 0, rows, 0));
        one.set_values((sheet, 1, column, rows, column));
    }
    native.y_axis().set_reverse();
    native
}

/// A bar for what is met, next to one for how much there is.
fn of_progress(column: &impl Fn(u16) -> ChartRange) -> Native {
    let mut native = Native::new(ChartType::Bar);
    for (name, index) in [("met", 1), ("of", 2)] {
        let one = native.add_series();
        one.set_name(name).set_categories(&column(0)).set_values(&column(index));
    }
    native.y_axis().set_reverse();
    native
}
