//! Term dates as they are given on the command line: the common ones, a calendar file, or six times typed.

use std::path::Path;

use anyhow::Result;
use chrono::NaiveDate;

use crate::cli::shell::{UsageError, bail_usage};
use crate::load::formats::{ValueError, ics, times};
use crate::load::imports::term_dates::{TermDates, terms};
use crate::load::records::set_up::calendar;
use crate::school::{AcademicYear, Closure};

/// That no term dates are built in for a year.
pub(crate) fn no_common(year: AcademicYear) -> anyhow::Error {
    let says = "no term dates are built in for";
    UsageError(format!(
        "{says} {year}: give --terms FILE.ics, or six times --terms \"1 Sep 2026 to 23 Oct 2026\""
    ))
    .into()
}

/// The term dates that `--terms` gives.
pub(crate) fn given(typed: &[String], year: AcademicYear) -> Result<Option<TermDates>> {
    match typed {
        [] => Ok(None),
        [one] if one == "common" => calendar::common_terms(year).map(Some).ok_or_else(|| no_common(year)),
        [one] if times::span(one).is_err() => Ok(Some(in_file(one, year)?)),
        typed => {
            let mut six = Vec::new();
            for text in typed {
                let next = half_term(text, year, &six)?;
                six.push(next);
            }
            if six.len() != 6 {
                bail_usage!("--terms gives {} half terms; a year has six", six.len());
            }
            Ok(Some(TermDates { half_terms: six, closures: bank_holidays(year), others: Vec::new() }))
        }
    }
}

/// The bank holidays of the year's term time, where they are built in.
pub(crate) fn bank_holidays(year: AcademicYear) -> Vec<Closure> {
    calendar::common_terms(year).map(|terms| terms.closures).unwrap_or_default()
}

/// The term dates in a calendar file; a path may stand in quotes, as terminals paste it.
pub(crate) fn in_file(path: &str, year: AcademicYear) -> Result<TermDates, ValueError> {
    let path = path.trim().trim_matches(['"', '\'']);
    let calendar_file = ics::read(Path::new(path), year)
        .map_err(|diagnostic| ValueError::new(format!("{path}: {}", diagnostic.message), &diagnostic.hint))?;
    terms(&calendar_file.events, year)
}

/// A half term after those before it.
pub(crate) fn half_term(
    text: &str,
    year: AcademicYear,
    before: &[(NaiveDate, NaiveDate)],
) -> Result<(NaiveDate, NaiveDate), ValueError> {
    let (from, to) = times::span(text)?;
    if from < year.first_day() || to > year.last_day() {
        return Err(ValueError::new(format!("this is not in {year}"), "it runs from August to July"));
    }
    if before.last().is_some_and(|(_, last)| from <= *last) {
        return Err(ValueError::new(
            "this begins before the half term before it has ended",
            "check the dates",
        ));
    }
    Ok((from, to))
}
