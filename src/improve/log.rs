//! `phase log`: what happened, by day.

use chrono::NaiveDate;
use serde::Serialize;

use super::duties::UnclearRow;
use crate::diagnostic::Place;
use crate::privacy::audience::Audience;
use crate::school::year::log::OFFER;
use crate::school::{Group, Id, LogEntry, School};

/// What is asked.
#[derive(Clone, Debug, Default)]
pub struct LogQuery {
    pub kind: Option<&'static str>,
    pub who: Option<Id>,
    pub subject: Option<Id>,
    /// Only what belongs to this duty, objective or action.
    pub shows: Option<Id>,
    /// From this day on; else of the academic year.
    pub since: Option<NaiveDate>,
}

/// Something that happened.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct LogRow {
    pub date: NaiveDate,
    pub kind: &'static str,
    pub id: Option<Id>,
    pub who: Vec<Id>,
    pub what: String,
    pub subject: Option<Id>,
    pub year_groups: Vec<String>,
    pub classes: Vec<Id>,
    /// The group of pupils that is counted.
    pub group: Group,
    pub count: Option<u32>,
    /// `c` where the count may not be shown.
    pub hidden: Option<char>,
    pub shows: Vec<Id>,
    /// When it must be done again.
    pub renewal: Option<NaiveDate>,
    pub link: String,
    pub at: Option<Place>,
}

/// The answer.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Log {
    /// `phase/log/1`.
    pub schema: &'static str,
    pub academic_year: String,
    pub audience: Audience,
    /// What happened, the last first.
    pub rows: Vec<LogRow>,
    /// Where a row was added or changed that shows no duty: which it may show.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to_settle: Option<UnclearRow>,
    pub made_on: NaiveDate,
}

/// Brings the rows of the log together that were asked for.
pub fn log(school: &School, asked: &LogQuery, audience: &Audience, today: NaiveDate) -> Log {
    let since = asked.since.unwrap_or(school.set_up.calendar.academic_year.first_day());
    let leader = *audience == Audience::Leader;
    let is = |asked: &Option<Id>, own: &[Id]| asked.as_ref().is_none_or(|asked| own.contains(asked));
    let takes = |row: &&LogEntry| {
        row.date >= since
            && asked.kind.is_none_or(|kind| row.kind == kind)
            && is(&asked.who, &row.who)
            && is(&asked.subject, row.subject.as_slice())
            && is(&asked.shows, &row.shows)
            && (leader || !row.is_private())
    };
    let mut rows: Vec<LogRow> =
        school.year.log.iter().filter(takes).map(|row| shown(school, row, audience)).collect();
    rows.reverse();
    Log {
        schema: "phase/log/1",
        academic_year: school.set_up.calendar.academic_year.to_string(),
        audience: audience.clone(),
        rows,
        to_settle: None,
        made_on: today,
    }
}

/// A row as an audience may see it: to others than the leader no class, no small number of pupils, and none of a
/// group, from which with the whole the rest would follow; nor what coaching it belongs to.
fn shown(school: &School, row: &LogEntry, audience: &Audience) -> LogRow {
    let leader = *audience == Audience::Leader;
    let few = |count: u32| (1..=school.settings.privacy.counts_up_to).contains(&count);
    let of_pupils = matches!(row.kind, "activity" | "deployment");
    let of_part = row.group != Group::All || !row.classes.is_empty();
    let hidden = !leader && (of_part && row.count.is_some() || of_pupils && row.count.is_some_and(few));
    let by_consent =
        |id: &Id| school.year.actions.iter().any(|action| action.id == *id && action.is_by_consent());
    // Who offers to be visited has offered it to everybody.
    let names = audience.sees_names() || row.kind == OFFER;
    LogRow {
        date: row.date,
        kind: row.kind,
        id: row.id.clone(),
        who: if names { row.who.clone() } else { Vec::new() },
        what: row.what.clone(),
        subject: row.subject.clone(),
        year_groups: row.year_groups.iter().map(ToString::to_string).collect(),
        classes: if audience.sees_classes() { row.classes.clone() } else { Vec::new() },
        group: row.group.clone(),
        count: row.count.filter(|_| !hidden),
        hidden: hidden.then_some('c'),
        shows: row.shows.iter().filter(|id| leader || !by_consent(id)).cloned().collect(),
        renewal: row.renewal,
        link: if leader { row.link.clone() } else { String::new() },
        at: audience.sees_rows().then(|| row.at.clone()),
    }
}
