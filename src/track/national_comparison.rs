//! National figures for a school's results of the same measure, group, key stage and year.

use serde::Serialize;

use super::tracked_group::TrackedGroup;
use crate::school::{Group, Id, Measure, NationalFigure, YearGroup};

/// The national figure for a row.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct NationalComparison {
    /// The subject of the row.
    pub subject: Id,
    pub measure: Measure,
    /// The year group of the row.
    pub year_group: String,
    /// The group of the row.
    pub group: Group,
    /// The summer in which it was reached.
    pub results_year: i32,
    /// Whether it is of the same year as the row: else it is there for orientation.
    pub same_year: bool,
    /// The figure, in percent or as a score; several where sources of one standing differ.
    pub values: Vec<f64>,
    /// Provisional, revised, an ambition, or unknown.
    pub status: String,
    /// Whether nobody has confirmed it.
    pub unverified: bool,
    /// Who published it, and when.
    pub source: String,
}

/// The key stage or check that ends in a year group, as the tables name it.
fn key_stage(subject: &str, year_group: YearGroup) -> Option<&'static str> {
    match (year_group, subject) {
        (YearGroup::Reception, _) => Some("EYFS"),
        (YearGroup::Year(1), "phonics") => Some("Y1"),
        (YearGroup::Year(2), "phonics") => Some("Y2"),
        (YearGroup::Year(2), _) => Some("KS1"),
        (YearGroup::Year(4), "tables") => Some("Y4"),
        (YearGroup::Year(6), _) => Some("KS2"),
        _ => None,
    }
}

fn measure_name(subject: &str, measure: Measure, year_group: YearGroup) -> Option<String> {
    Some(match (subject, measure) {
        ("gld", Measure::Expected) => "gld".to_owned(),
        ("phonics", Measure::Expected) if year_group == YearGroup::Year(2) => "phonics_by_end_y2".to_owned(),
        ("tables", Measure::Higher) => "mtc_full_marks".to_owned(),
        ("tables", Measure::Average) => "mtc_mean".to_owned(),
        ("writing", Measure::Higher) => "writing_gds".to_owned(),
        (subject, Measure::Expected) => format!("{subject}_expected"),
        (subject, Measure::Higher) => format!("{subject}_higher"),
        (subject, Measure::Average) => format!("average_scaled_score_{subject}"),
        (_, Measure::OnTrack) => return None,
    })
}

fn group_name(group: &Group) -> Option<&'static str> {
    let Group::Of { column, values } = group else { return Some("all") };
    let values: Vec<&str> = values.iter().map(Id::as_str).collect();
    Some(match (column.as_str(), values.as_slice()) {
        ("sex", ["F"]) => "girls",
        ("sex", ["M"]) => "boys",
        ("disadvantaged", ["yes"]) => "disadvantaged",
        ("disadvantaged", ["no"]) => "not_disadvantaged",
        ("fsm", ["yes"]) => "fsm",
        ("fsm", ["no"]) => "not_fsm",
        ("send", ["N"]) => "no_sen",
        ("send", ["K"]) => "sen_support",
        ("send", ["E"]) => "ehcp",
        ("send", ["E", "K"] | ["K", "E"]) => "all_sen",
        ("eal", ["yes"]) => "eal",
        ("eal", ["no"]) => "english_first_language",
        ("birth_term", ["autumn"]) => "autumn_born",
        ("birth_term", ["summer"]) => "summer_born",
        _ => return None,
    })
}

/// How much a status is worth: revised before unknown before provisional.
fn standing(figure: &NationalFigure) -> u8 {
    match figure.status.as_str() {
        "revised" => 0,
        "provisional" => 2,
        _ => 1,
    }
}

/// The figures of the country for a row: of its own year, else of the last year before it that is held.
pub fn beside(
    figures: &[NationalFigure],
    of: TrackedGroup<'_>,
    academic_year: i32,
) -> Option<NationalComparison> {
    let year_group = of.year_group?;
    let stage = key_stage(of.subject.as_str(), year_group)?;
    let name = measure_name(of.subject.as_str(), of.measure, year_group)?;
    let of_group = group_name(of.group)?;
    let results_year = academic_year + 1;
    let fits = |figure: &&NationalFigure| {
        figure.key_stage == stage
            && figure.measure == name
            && figure.group == of_group
            && figure.status != "ambition"
            && figure.results_year <= results_year
    };
    let found: Vec<&NationalFigure> = figures.iter().filter(fits).collect();
    let year = found.iter().map(|figure| figure.results_year).max()?;
    let of_year = || found.iter().filter(|figure| figure.results_year == year);
    // What the school brought itself counts before what is built in.
    let best = of_year().map(|figure| (!figure.own, standing(figure))).min()?;
    let best: Vec<&&NationalFigure> =
        of_year().filter(|figure| (!figure.own, standing(figure)) == best).collect();
    let mut values: Vec<f64> = best.iter().map(|figure| figure.value).collect();
    values.sort_by(f64::total_cmp);
    values.dedup();
    let first = best.first()?;
    Some(NationalComparison {
        subject: of.subject.clone(),
        measure: of.measure,
        year_group: year_group.to_string(),
        group: of.group.clone(),
        results_year: year,
        same_year: year == results_year,
        values,
        status: first.status.clone(),
        unverified: best.iter().any(|figure| figure.unverified),
        source: first.source.clone(),
    })
}
