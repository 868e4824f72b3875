//! What an answer to a question comes to: rows to be added, or values of a row.

use anyhow::Result;
use chrono::Weekday;

use crate::load::formats::{ValueError, times, values};
use crate::load::names;
use crate::plan::schedule::questions::QuestionKind;
use crate::school::layout::rows::{SetUpRow, of};
use crate::school::layout::{self, RecordLayout};
use crate::school::time::is_weekday;
use crate::school::{Id, School, YearGroup};
use crate::store::set_up;
use crate::view::plan::questions;

/// A change that an answer comes to.
pub(crate) enum FileChange {
    Add(&'static RecordLayout, Vec<SetUpRow>),
    /// Values of the row whose `name` this is.
    Set(&'static RecordLayout, String, SetUpRow),
}

impl FileChange {
    /// The records that are changed.
    pub(crate) fn layout(&self) -> &'static RecordLayout {
        match self {
            FileChange::Add(layout, _) | FileChange::Set(layout, ..) => layout,
        }
    }

    /// The rows, or the values of the row.
    pub(crate) fn rows(&self) -> &[SetUpRow] {
        match self {
            FileChange::Add(_, rows) => rows,
            FileChange::Set(_, _, row) => std::slice::from_ref(row),
        }
    }

    /// The text of the file with the change made.
    pub(crate) fn made(&self, text: &str, school: &School) -> Result<String> {
        match self {
            FileChange::Add(layout, rows) => {
                set_up::with_rows(text, layout, rows, school.set_up.calendar.academic_year)
            }
            FileChange::Set(layout, name, row) => set_up::with_values(text, "name", name, row)
                .ok_or_else(|| anyhow::anyhow!("{}: {name} is not there any more", layout.file)),
        }
    }
}

/// What an answer comes to.
pub(crate) fn change(school: &School, asks: &QuestionKind, text: &str) -> Result<FileChange, ValueError> {
    let parts = || text.split([';', ',']).map(str::trim).filter(|part| !part.is_empty());
    let some = |told: Vec<SetUpRow>, example: &QuestionKind| {
        let mut rows: Vec<SetUpRow> = Vec::new();
        told.into_iter().for_each(|row| {
            if !rows.contains(&row) {
                rows.push(row)
            }
        });
        let nothing = || ValueError::new("nothing is answered", questions::example(example));
        if rows.is_empty() { Err(nothing()) } else { Ok(rows) }
    };
    Ok(match asks {
        QuestionKind::Leader(subject) => {
            let row = vec![("leader", person(school, text)?)];
            FileChange::Set(&layout::SUBJECTS, school.subject_name(subject).to_owned(), row)
        }
        QuestionKind::Classes => {
            let rows = parts().map(|part| class(school, part)).collect::<Result<Vec<_>, _>>()?;
            for (index, row) in rows.iter().enumerate() {
                let id = of(row, "id");
                if rows.iter().take(index).any(|other| of(other, "id").eq_ignore_ascii_case(id)) {
                    return Err(ValueError::new(
                        format!("the class `{id}` is there twice"),
                        "name each once",
                    ));
                }
            }
            FileChange::Add(&layout::CLASSES, some(rows, asks)?)
        }
        QuestionKind::Lesson(class, subject) => {
            let rest = [("class", class.to_string()), ("subject", subject.to_string())];
            FileChange::Add(&layout::TIMETABLE, some(timed(school, text, &rest)?, asks)?)
        }
        QuestionKind::Ppa(person) => {
            let person = self::person(school, person.as_str())?;
            let rest = [("staff", person), ("status", "ppa".to_owned())];
            FileChange::Add(&layout::AVAILABILITY, some(timed(school, text, &rest)?, asks)?)
        }
        QuestionKind::Inset => {
            let row = |part: &str| {
                let date = times::date(part)?;
                if !is_weekday(date) || school.set_up.calendar.half_term_of(date).is_none() {
                    return Err(ValueError::new(
                        format!("{part} is in no half term"),
                        "an INSET day is in term time",
                    ));
                }
                let told = [("date", date.to_string()), ("reason", "INSET day".to_owned())];
                Ok(told.into_iter().chain([("inset", "yes".to_owned())]).collect())
            };
            FileChange::Add(&layout::CLOSURES, some(parts().map(row).collect::<Result<_, _>>()?, asks)?)
        }
    })
}

/// A person as the files name them: somebody on the staff, or where there is no list of staff, somebody
/// new.
fn person(school: &School, text: &str) -> Result<String, ValueError> {
    let people = names::Names::of_staff(school);
    let is_me = ["me", "myself"].contains(&text.trim().to_lowercase().as_str());
    if people.meant(text).is_empty() && !school.set_up.known.staff && !is_me {
        return names::person(text);
    }
    let leader = school.set_up.phases.first().map(|phase| phase.leader.clone());
    let found = match leader.filter(|_| is_me) {
        Some(leader) => Ok(leader),
        None => people.find(text).map_err(|wrong| {
            let hint = format!("{}; somebody new belongs on the list of staff first", wrong.hint);
            ValueError { hint, ..wrong }
        }),
    };
    // Without a list of staff a person is known by the name.
    let written =
        |id: Id| if school.set_up.known.staff { id.to_string() } else { school.name_of(&id).to_owned() };
    found.map(written)
}

/// Weekdays and a period or time: `Tue pm1`, `Tue 13:15-14:15`, `Mon-Fri am1`.
fn times(school: &School, text: &str) -> Result<Vec<(String, String)>, ValueError> {
    let (days, period) = text.trim().split_once(' ').ok_or_else(|| {
        ValueError::new(format!("`{text}` is no weekday and time"), "write Tue pm1, or Tue 13:15-14:15")
    })?;
    let days = match times::weekday(days) {
        Ok(day) => vec![day],
        Err(wrong) if !days.contains('-') => return Err(wrong),
        Err(_) => times::weekdays(days)?.days().collect(),
    };
    if let Some(day) = days.iter().find(|day| matches!(day, Weekday::Sat | Weekday::Sun)) {
        return Err(ValueError::new(format!("{day} is no school day"), "write Mon, Tue, Wed, Thu or Fri"));
    }
    times::hours(period, &school.set_up.calendar.periods)?;
    Ok(days.into_iter().map(|day| (day.to_string(), period.trim().to_owned())).collect())
}

/// A row for every weekday and time that is named, with what else belongs in it.
fn timed(school: &School, text: &str, rest: &[(&'static str, String)]) -> Result<Vec<SetUpRow>, ValueError> {
    let mut rows = Vec::new();
    for part in text.split([';', ',']).map(str::trim).filter(|part| !part.is_empty()) {
        for (weekday, period) in times(school, part)? {
            let when = [("weekday", weekday), ("period", period)];
            rows.push(rest.iter().cloned().chain(when).collect());
        }
    }
    Ok(rows)
}

/// A class: `1A`, `1A Lee Adeyemi`, `Oak (1) Lee Adeyemi`, `Elm (1 2)`.
fn class(school: &School, text: &str) -> Result<SetUpRow, ValueError> {
    let (id, rest) = text.split_once(' ').unwrap_or((text, ""));
    let rest = rest.trim();
    let (years, teacher) = match rest.strip_prefix('(').and_then(|rest| rest.split_once(')')) {
        Some((years, teacher)) => (Some(years), teacher.trim()),
        None => (None, rest),
    };
    let years: Vec<YearGroup> = match years {
        Some(years) => years
            .split([' ', '+', '/', '&'])
            .filter(|part| !part.is_empty())
            .map(values::year_group)
            .collect::<Result<_, _>>()?,
        None => {
            let first: String = id.chars().take(1).collect();
            let rest = id.chars().skip(1).all(char::is_alphabetic);
            let first = if rest { first } else { id.to_owned() };
            vec![values::year_group(&first).map_err(|_| {
                let hint = format!("write its year group too: {id} (1) and the teacher's name");
                ValueError::new(format!("the year group of `{id}` is not known"), &hint)
            })?]
        }
    };
    if school.set_up.classes.contains_key(&Id::new(id)) {
        return Err(ValueError::new(format!("the class `{id}` is there already"), "name another"));
    }
    let years = years.iter().map(ToString::to_string).collect::<Vec<_>>().join(";");
    let teacher = if teacher.is_empty() { String::new() } else { person(school, teacher)? };
    Ok(vec![("id", id.to_owned()), ("year_group", years), ("teacher", teacher)])
}
