//! `phase ask`: the few rows that would make the answers better, asked for one by one.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;
use chrono::Weekday;

use super::asking::Asking;
use super::shell::{Shell, Usage};
use super::{Ended, words};
use crate::load::form::{self, Wrong};
use crate::load::names;
use crate::plan::questions::{Asks, Question};
use crate::plan::{self, Request};
use crate::report::questions;
use crate::school::calendar::is_weekday;
use crate::school::classes::YearGroup;
use crate::school::layout::{self, Layout};
use crate::school::set_up::{Row, of};
use crate::school::{Id, School};
use crate::store::{file, set_up};

/// Asks for the few rows that would make the answers better, and adds them
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The half term: 1 to 6, or autumn-1 to summer-2 (default: the next)
    #[arg(long, value_name = "N")]
    half_term: Option<String>,
    /// List the questions and ask nothing
    #[arg(long, conflicts_with = "answer")]
    list: bool,
    /// Answer a question by its id, such as "lesson:1A:history=Tue pm1"; may be said again
    #[arg(long, value_name = "ID=ANSWER")]
    answer: Vec<String>,
}

/// A change that an answer comes to.
enum Change {
    /// Rows to be added.
    Add(&'static Layout, Vec<Row>),
    /// Values of the row whose `name` this is.
    Set(&'static Layout, String, Row),
}

pub(super) fn run(args: &Args, shell: &Shell) -> Result<Ended> {
    let half_term = args.half_term.as_deref();
    if !args.answer.is_empty() {
        return from_flags(args, shell);
    }
    let (_, number, open) = questions_of(half_term, shell)?;
    if args.list || !shell.is_screen() || !shell.can_ask() || open.is_empty() {
        shell.write(&questions::answer(number, &open), &questions::document(number, &open, shell.today))?;
        return Ok(Ended::Answered);
    }
    let asking = Asking::new(shell.colour());
    let mut asked: BTreeSet<String> = BTreeSet::new();
    let mut added = 0;
    loop {
        // Each answer may settle other questions, or open some.
        let (school, number, open) = questions_of(half_term, shell)?;
        let left: Vec<Question> = open.into_iter().filter(|question| !asked.contains(&question.id)).collect();
        let Some((question, more)) = left.split_first() else {
            shell.say(&questions::ended(added, number));
            return Ok(Ended::Answered);
        };
        asked.insert(question.id.clone());
        let help = questions::help(&question.asks, more.len());
        let (of, asks) = (school.clone(), question.asks.clone());
        let check =
            move |text: &str| if text.is_empty() { Ok(()) } else { change(&of, &asks, text).map(|_| ()) };
        let people: Vec<String> = match question.asks {
            Asks::Leader(_) => school.staff.values().map(|person| person.name.clone()).collect(),
            _ => Vec::new(),
        };
        let text = asking.name(&question.says, &help, &people, &str::to_owned, check)?;
        if !text.is_empty() {
            added += write(&change(&school, &question.asks, &text).map_err(words::usage)?, &school, shell)?;
        }
    }
}

/// The school, the half term and the questions that are open.
fn questions_of(half_term: Option<&str>, shell: &Shell) -> Result<(School, u8, Vec<Question>)> {
    let (school, number) = words::load_for(shell, half_term, false)?;
    let request = Request { phase: words::phase(&school, shell)?, ..Request::new(number, shell.today) };
    let questions = plan::schedule(&school, &request, None).map_or_else(Vec::new, |answer| answer.questions);
    Ok((school, number, questions))
}

/// Takes the answers of the flags: all of them, or none.
fn from_flags(args: &Args, shell: &Shell) -> Result<Ended> {
    let _lock = file::lock(shell.root())?;
    let mut drafts: BTreeMap<String, file::Draft> = BTreeMap::new();
    let mut texts: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    let mut added = 0;
    for text in &args.answer {
        // Each answer may settle other questions, or open some.
        let then = shell.as_if(&texts);
        let (school, _, open) = questions_of(args.half_term.as_deref(), &then)?;
        let question = answered(text, &open)?;
        let typed = text.split_once('=').map_or("", |(_, typed)| typed.trim());
        let change = change(&school, &question.asks, typed).map_err(words::usage)?;
        if to_type(&change, shell) {
            continue;
        }
        let name = change.layout().file;
        let draft = match drafts.remove(name) {
            Some(draft) => draft,
            None => file::Draft::open(shell.root(), name)?,
        };
        let before =
            texts.get(name).map_or(draft.text.clone(), |text| String::from_utf8_lossy(text).into_owned());
        texts.insert(name.to_owned(), change.made(&before, &school)?.into_bytes());
        drafts.insert(name.to_owned(), draft);
        shell.as_if(&texts).refuse_faults(None, "nothing was added")?;
        added += change.rows().len();
    }
    for (name, draft) in &drafts {
        let text = texts.get(name).map_or(String::new(), |text| String::from_utf8_lossy(text).into_owned());
        draft.replace(&text)?;
    }
    let (_, number, open) = questions_of(args.half_term.as_deref(), shell)?;
    shell.say(&questions::ended(added, number));
    shell.write(&questions::answer(number, &open), &questions::document(number, &open, shell.today))?;
    Ok(Ended::Answered)
}

/// The question that an answer `ID=TEXT` is to.
fn answered<'q>(text: &str, open: &'q [Question]) -> Result<&'q Question> {
    let Some((id, _)) = text.split_once('=') else {
        return Err(Usage(format!("--answer {text}: write it as ID=ANSWER")).into());
    };
    open.iter().find(|question| question.id.eq_ignore_ascii_case(id.trim())).ok_or_else(|| {
        let says = match form::nearest(id, open.iter().map(|question| question.id.as_str())) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "phase ask --list lists them".to_owned(),
        };
        Usage(format!("--answer {text}: no question `{id}` is open: {says}")).into()
    })
}

/// Writes a change; returns how many rows it is.
fn write(change: &Change, school: &School, shell: &Shell) -> Result<usize> {
    let _lock = file::lock(shell.root())?;
    if to_type(change, shell) {
        return Ok(0);
    }
    let name = change.layout().file;
    let draft = file::Draft::open(shell.root(), name)?;
    let text = change.made(&draft.text, school)?;
    // What does not go with the other records is not written.
    let then = BTreeMap::from([(name.to_owned(), text.clone().into_bytes())]);
    shell.as_if(&then).refuse_faults(None, "nothing was added")?;
    draft.replace(&text)?;
    Ok(change.rows().len())
}

/// Tells the rows that a person types into the workbook, which is only read. Returns whether they go
/// there.
fn to_type(change: &Change, shell: &Shell) -> bool {
    let there = |name: &str| shell.root().join(name).is_file();
    let is_workbook = there(layout::WORKBOOK) && !there(change.layout().file);
    if is_workbook {
        let name = match change {
            Change::Set(_, name, _) => Some(name.as_str()),
            Change::Add(..) => None,
        };
        shell.say(&questions::to_type(change.layout(), change.rows(), name));
    }
    is_workbook
}

impl Change {
    /// The records that are changed.
    fn layout(&self) -> &'static Layout {
        match self {
            Change::Add(layout, _) | Change::Set(layout, ..) => layout,
        }
    }

    /// The rows, or the values of the row.
    fn rows(&self) -> &[Row] {
        match self {
            Change::Add(_, rows) => rows,
            Change::Set(_, _, row) => std::slice::from_ref(row),
        }
    }

    /// The text of the file with the change made.
    fn made(&self, text: &str, school: &School) -> Result<String> {
        match self {
            Change::Add(layout, rows) => set_up::with_rows(text, layout, rows, school.calendar.academic_year),
            Change::Set(layout, name, row) => set_up::with_values(text, "name", name, row)
                .ok_or_else(|| anyhow::anyhow!("{}: {name} is not there any more", layout.file)),
        }
    }
}

/// What an answer comes to.
fn change(school: &School, asks: &Asks, text: &str) -> Result<Change, Wrong> {
    let parts = || text.split([';', ',']).map(str::trim).filter(|part| !part.is_empty());
    let some = |told: Vec<Row>, example: &Asks| {
        let mut rows: Vec<Row> = Vec::new();
        told.into_iter().for_each(|row| {
            if !rows.contains(&row) {
                rows.push(row)
            }
        });
        let nothing = || Wrong::new("nothing is answered", questions::example(example));
        if rows.is_empty() { Err(nothing()) } else { Ok(rows) }
    };
    Ok(match asks {
        Asks::Leader(subject) => {
            let row = vec![("leader", person(school, text)?)];
            Change::Set(&layout::SUBJECTS, school.subject_name(subject).to_owned(), row)
        }
        Asks::Classes => {
            let rows = parts().map(|part| class(school, part)).collect::<Result<Vec<_>, _>>()?;
            for (index, row) in rows.iter().enumerate() {
                let id = of(row, "id");
                if rows.iter().take(index).any(|other| of(other, "id").eq_ignore_ascii_case(id)) {
                    return Err(Wrong::new(format!("the class `{id}` is there twice"), "name each once"));
                }
            }
            Change::Add(&layout::CLASSES, some(rows, asks)?)
        }
        Asks::Lesson(class, subject) => {
            let rest = [("class", class.to_string()), ("subject", subject.to_string())];
            Change::Add(&layout::TIMETABLE, some(timed(school, text, &rest)?, asks)?)
        }
        Asks::Ppa(person) => {
            let person = self::person(school, person.as_str())?;
            let rest = [("staff", person), ("status", "ppa".to_owned())];
            Change::Add(&layout::AVAILABILITY, some(timed(school, text, &rest)?, asks)?)
        }
        Asks::Inset => {
            let row = |part: &str| {
                let date = form::date(part)?;
                if !is_weekday(date) || school.calendar.half_term_of(date).is_none() {
                    return Err(Wrong::new(
                        format!("{part} is in no half term"),
                        "an INSET day is in term time",
                    ));
                }
                let told = [("date", date.to_string()), ("reason", "INSET day".to_owned())];
                Ok(told.into_iter().chain([("inset", "yes".to_owned())]).collect())
            };
            Change::Add(&layout::CLOSURES, some(parts().map(row).collect::<Result<_, _>>()?, asks)?)
        }
    })
}

/// A person as the files name them: somebody on the staff, or where there is no list of staff, somebody
/// new.
fn person(school: &School, text: &str) -> Result<String, Wrong> {
    let people = names::Names::of_staff(school);
    let is_me = ["me", "myself"].contains(&text.trim().to_lowercase().as_str());
    if people.meant(text).is_empty() && !school.known.staff && !is_me {
        return names::person(text);
    }
    let leader = school.phases.first().map(|phase| phase.leader.clone());
    let found = match leader.filter(|_| is_me) {
        Some(leader) => Ok(leader),
        None => people.find(text).map_err(|wrong| {
            let hint = format!("{}; somebody new belongs on the list of staff first", wrong.hint);
            Wrong { hint, ..wrong }
        }),
    };
    // Without a list of staff a person is known by the name.
    let written = |id: Id| if school.known.staff { id.to_string() } else { school.name_of(&id).to_owned() };
    found.map(written)
}

/// Weekdays and a period or time: `Tue pm1`, `Tue 13:15-14:15`, `Mon-Fri am1`.
fn times(school: &School, text: &str) -> Result<Vec<(String, String)>, Wrong> {
    let (days, period) = text.trim().split_once(' ').ok_or_else(|| {
        Wrong::new(format!("`{text}` is no weekday and time"), "write Tue pm1, or Tue 13:15-14:15")
    })?;
    let days = match form::weekday(days) {
        Ok(day) => vec![day],
        Err(wrong) if !days.contains('-') => return Err(wrong),
        Err(_) => form::weekdays(days)?.days().collect(),
    };
    if let Some(day) = days.iter().find(|day| matches!(day, Weekday::Sat | Weekday::Sun)) {
        return Err(Wrong::new(format!("{day} is no school day"), "write Mon, Tue, Wed, Thu or Fri"));
    }
    form::hours(period, &school.calendar.periods)?;
    Ok(days.into_iter().map(|day| (day.to_string(), period.trim().to_owned())).collect())
}

/// A row for every weekday and time that is named, with what else belongs in it.
fn timed(school: &School, text: &str, rest: &[(&'static str, String)]) -> Result<Vec<Row>, Wrong> {
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
fn class(school: &School, text: &str) -> Result<Row, Wrong> {
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
            .map(form::year_group)
            .collect::<Result<_, _>>()?,
        None => {
            let first: String = id.chars().take(1).collect();
            let rest = id.chars().skip(1).all(char::is_alphabetic);
            let first = if rest { first } else { id.to_owned() };
            vec![form::year_group(&first).map_err(|_| {
                let hint = format!("write its year group too: {id} (1) and the teacher's name");
                Wrong::new(format!("the year group of `{id}` is not known"), &hint)
            })?]
        }
    };
    if school.classes.contains_key(&Id::new(id)) {
        return Err(Wrong::new(format!("the class `{id}` is there already"), "name another"));
    }
    let years = years.iter().map(ToString::to_string).collect::<Vec<_>>().join(";");
    let teacher = if teacher.is_empty() { String::new() } else { person(school, teacher)? };
    Ok(vec![("id", id.to_owned()), ("year_group", years), ("teacher", teacher)])
}
