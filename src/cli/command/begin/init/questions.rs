//! The questions of `phase init`, each asked only where no flag has answered it.

use anyhow::Result;
use chrono::NaiveDate;

use super::answers::{self, InitAnswers, LedSubject, MeantPerson, PHASES, SUBJECTS};
use super::args::Args;
use crate::cli::arguments::term_dates;
use crate::cli::shell::prompt::Prompter;
use crate::cli::shell::{UsageError, bail_usage};
use crate::document::{capitalised, steers};
use crate::load::formats::ValueError;
use crate::load::imports::term_dates::TermDates;
use crate::load::names;
use crate::load::records::set_up::{calendar, phase};
use crate::school::{AcademicYear, Id, Period, day, half_term_name};

/// The frameworks to judge by: id, and what it is. The second is the one in force from September 2026.
const FRAMEWORKS: &[(&str, &str)] = &[
    ("job-card", "four: inadequate to outstanding"),
    ("ofsted-2026", "five: urgent improvement to exceptional, as inspectors do"),
];

/// What the flags say, and what nobody is asked for where `--yes` was said.
pub(crate) fn from_flags(args: &Args, year: AcademicYear) -> Result<InitAnswers> {
    let wanted = |value: &Option<String>, flag: &str| {
        let missing = || UsageError(format!("--yes needs {flag}: nothing is asked, and it has no default"));
        value.clone().ok_or_else(missing)
    };
    let people = &mut Vec::new();
    let leader = led_by(&wanted(&args.leader, "--leader")?, people)?;
    let common = || calendar::common_terms(year).ok_or_else(|| term_dates::no_common(year));
    let periods = lessons(args)?.unwrap_or_else(phase::default_periods);
    Ok(InitAnswers {
        school: named(&wanted(&args.school, "--school")?)?,
        phase: answers::phase(args.years.as_deref().unwrap_or("1;2"))?,
        leader,
        release: match release(args, &periods)? {
            Some(release) => release,
            None => times("Thu pm", &periods)?,
        },
        periods,
        year,
        terms: term_dates::given(&args.terms, year)?.map_or_else(common, Ok)?,
        subjects: subjects(args, people)?
            .unwrap_or_else(|| SUBJECTS.iter().take(12).map(|(id, ..)| answers::subject(id)).collect()),
        framework: framework(args)?.unwrap_or_else(|| "job-card".to_owned()),
    })
}

/// Asks for what no flag says.
pub(crate) fn ask(args: &Args, year: AcademicYear, asking: &Prompter) -> Result<InitAnswers> {
    let school = match &args.school {
        Some(school) => named(school)?,
        None => asking.text("What is your school called?", "", "", |text| named(text).map(|_| ()))?,
    };
    let phase = match &args.years {
        Some(years) => answers::phase(years)?,
        None => ask_phase(asking)?,
    };
    let people = &mut Vec::new();
    let leader = match &args.leader {
        Some(leader) => led_by(leader, people)?,
        None => {
            let check = |text: &str| names::person(text).map(|_| ());
            let name = asking.text("What is your name?", "", "as colleagues know you: Asha Rowe", check)?;
            led_by(&name, people)?
        }
    };
    let periods = match lessons(args)? {
        Some(periods) => periods,
        None => {
            let check = |text: &str| answers::periods(text).map(|_| ());
            let help = "usual: five from 9:00 to 15:15; else 9:00-10:00, 10:15-11:15, ...";
            let typed = asking.text("When are your lessons?", answers::USUAL, help, check)?;
            answers::periods(&typed)?
        }
    };
    let release = match release(args, &periods)? {
        Some(release) => release,
        None => {
            let known = periods.clone();
            let check = move |text: &str| times(text, &known).map(|_| ());
            let help = "Thu pm, Thu 13:15-14:15, or several: Tue am; Thu pm";
            let typed = asking.text("When are you released to lead?", "Thu pm", help, check)?;
            times(&typed, &periods)?
        }
    };
    let terms = match term_dates::given(&args.terms, year)? {
        Some(terms) => terms,
        None => ask_terms(asking, year)?,
    };
    let subjects = match subjects(args, people)? {
        Some(subjects) => subjects,
        None => ask_subjects(asking, &phase.2, people)?,
    };
    let framework = match framework(args)? {
        Some(framework) => framework,
        None => {
            let options: Vec<String> = FRAMEWORKS.iter().map(|(_, title)| (*title).to_owned()).collect();
            let chosen = asking.choose("Which grades do you judge by?", &options, 0)?;
            FRAMEWORKS.get(chosen).map_or("job-card", |(id, _)| id).to_owned()
        }
    };
    Ok(InitAnswers { school, phase, leader, periods, release, year, terms, subjects, framework })
}

/// The name of a school.
fn named(text: &str) -> Result<String, ValueError> {
    let name = text.trim();
    if name.is_empty() || name.contains(steers) {
        return Err(ValueError::new("a name is wanted", "as on the gate"));
    }
    Ok(name.to_owned())
}

fn ask_phase(asking: &Prompter) -> Result<(String, String, String)> {
    let shown = |groups: &str| groups.replace(';', ", ");
    let mut options: Vec<String> =
        PHASES.iter().map(|(_, name, groups)| format!("{name} ({})", shown(groups))).collect();
    options.push("others".to_owned());
    let chosen = asking.choose("Which year groups do you lead?", &options, 0)?;
    let text = match PHASES.get(chosen) {
        Some((.., groups)) => (*groups).to_owned(),
        None => {
            let check = |text: &str| answers::phase(text).map(|_| ());
            asking.text("Which?", "", "N, R, 1 to 6, as in 2,3", check)?
        }
    };
    Ok(answers::phase(&text)?)
}

/// Programmed sessions, between `;`.
fn times(text: &str, periods: &[Period]) -> Result<Vec<String>, ValueError> {
    let times: Vec<String> =
        text.split([';', ',']).map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect();
    for time in &times {
        phase::programmed(time, periods)?;
    }
    if times.is_empty() {
        return Err(ValueError::new("a time is wanted", "write Thu pm, or Thu 13:15-14:15"));
    }
    Ok(times)
}

fn release(args: &Args, periods: &[Period]) -> Result<Option<Vec<String>>> {
    if args.release.is_empty() {
        return Ok(None);
    }
    Ok(Some(times(&args.release.join(";"), periods)?))
}

fn lessons(args: &Args) -> Result<Option<Vec<Period>>> {
    Ok(args.lessons.as_deref().map(answers::periods).transpose()?)
}

fn framework(args: &Args) -> Result<Option<String>> {
    let Some(typed) = &args.framework else { return Ok(None) };
    match FRAMEWORKS.iter().find(|(id, _)| id == typed) {
        Some((id, _)) => Ok(Some((*id).to_owned())),
        None => Err(UsageError(format!("--framework {typed}: write job-card or ofsted-2026")).into()),
    }
}

fn ask_terms(asking: &Prompter, year: AcademicYear) -> Result<TermDates> {
    let common = calendar::common_terms(year);
    let date = |date: &NaiveDate| date.format("%-d %b %Y").to_string();
    let mut options = Vec::new();
    let ends = |terms: &TermDates| Some((terms.half_terms.first()?.0, terms.half_terms.last()?.1));
    if let Some((first, last)) = common.as_ref().and_then(ends) {
        options.push(format!("the common ones ({} to {})", date(&first), date(&last)));
    }
    let read = options.len();
    options.push("those in a calendar file of the school (.ics)".to_owned());
    options.push("I type them".to_owned());
    loop {
        let chosen = asking.choose(&format!("Which term dates does {year} have?"), &options, 0)?;
        match &common {
            Some(common) if chosen < read => return Ok(common.clone()),
            _ if chosen > read => return type_terms(asking, year, common.as_ref()),
            _ => {}
        }
        if let Some(terms) = ask_calendar(asking, year)? {
            return Ok(terms);
        }
    }
}

/// The term dates of a calendar file that is named, where they are right; none to choose anew.
fn ask_calendar(asking: &Prompter, year: AcademicYear) -> Result<Option<TermDates>> {
    let check = move |text: &str| {
        if text.is_empty() { Ok(()) } else { term_dates::in_file(text, year).map(|_| ()) }
    };
    let path = asking.text("Which file?", "", "you may drag it here; enter to choose otherwise", check)?;
    if path.is_empty() {
        return Ok(None);
    }
    let terms = term_dates::in_file(&path, year)?;
    let spans = terms.half_terms.iter().map(|(from, to)| format!("{} to {}", day(*from), day(*to)));
    let read = spans.collect::<Vec<_>>().join(", ");
    Ok(asking.yes(&format!("It says {read}. Is that right?"), true)?.then_some(terms))
}

fn type_terms(asking: &Prompter, year: AcademicYear, common: Option<&TermDates>) -> Result<TermDates> {
    let date = |date: &NaiveDate| date.format("%-d %b %Y").to_string();
    let mut six: Vec<(NaiveDate, NaiveDate)> = Vec::new();
    for number in 1..=6 {
        let usual = common.and_then(|terms| terms.half_terms.get(six.len()));
        let default = usual.map_or_else(String::new, |(from, to)| format!("{} to {}", date(from), date(to)));
        let before = six.clone();
        let check = move |text: &str| term_dates::half_term(text, year, &before).map(|_| ());
        let question = format!("{}?", capitalised(half_term_name(number)));
        let typed = asking.text(&question, &default, "the first day to the last", check)?;
        let next = term_dates::half_term(&typed, year, &six)?;
        six.push(next);
    }
    Ok(TermDates { half_terms: six, closures: term_dates::bank_holidays(year), others: Vec::new() })
}

/// The whole name of who was typed; new names are kept.
fn led_by(text: &str, people: &mut Vec<String>) -> Result<String> {
    match answers::person(text, people)? {
        MeantPerson::Known(name) => Ok(name),
        MeantPerson::New(name) | MeantPerson::Alike(name, _) => {
            people.push(name.clone());
            Ok(name)
        }
    }
}

/// The subjects that `--subject NAME=LEADER` gives.
fn subjects(args: &Args, people: &mut Vec<String>) -> Result<Option<Vec<LedSubject>>> {
    let mut led: Vec<LedSubject> = Vec::new();
    for text in &args.subject {
        let (name, leader) = text.split_once('=').unwrap_or((text, ""));
        let mut subject = answers::subject(name);
        let id =
            |led: &LedSubject| if led.id.is_empty() { Id::from_name(&led.name) } else { Id::new(&led.id) };
        if id(&subject).as_str().is_empty()
            || subject.name.contains(steers)
            || led.iter().any(|other| id(other) == id(&subject))
        {
            bail_usage!("--subject {text}: name each subject once, as in History=\"Jo Okafor\"");
        }
        if !leader.trim().is_empty() {
            subject.leader = led_by(leader, people)?;
        }
        led.push(subject);
    }
    Ok((!led.is_empty()).then_some(led))
}

fn ask_subjects(asking: &Prompter, groups: &str, people: &mut Vec<String>) -> Result<Vec<LedSubject>> {
    let options: Vec<String> = SUBJECTS.iter().map(|(_, name, ..)| (*name).to_owned()).collect();
    // Languages are taught from Year 3 on; PSHE is not always led as a subject.
    let older = groups.split(';').any(|group| group.parse::<u8>().is_ok_and(|year| year >= 3));
    let usual = |id: &str| (older || id != "languages") && id != "pshe";
    let ticked: Vec<usize> =
        SUBJECTS.iter().enumerate().filter(|(_, (id, ..))| usual(id)).map(|(index, _)| index).collect();
    let chosen = asking.several("Which subjects do you look at?", &options, &ticked)?;
    let mut subjects = Vec::new();
    for (id, ..) in chosen.into_iter().filter_map(|index| SUBJECTS.get(index)) {
        let mut subject = answers::subject(id);
        subject.leader = ask_leader(asking, &subject.name, people)?;
        subjects.push(subject);
    }
    Ok(subjects)
}

fn ask_leader(asking: &Prompter, subject: &str, people: &mut Vec<String>) -> Result<String> {
    let help = if people.len() < 2 {
        "a name; enter where nobody does yet"
    } else {
        "a surname is enough; enter for nobody"
    };
    let known = people.clone();
    let check = move |text: &str| {
        if text.is_empty() { Ok(()) } else { answers::person(text, &known).map(|_| ()) }
    };
    let whole = |text: &str| match answers::person(text, people) {
        Ok(MeantPerson::Known(name)) => name,
        _ => text.to_owned(),
    };
    let typed = asking.name(&format!("Who leads {subject}?"), help, people, &whole, check)?;
    if typed.is_empty() {
        return Ok(String::new());
    }
    match answers::person(&typed, people)? {
        MeantPerson::Known(name) => Ok(name),
        MeantPerson::Alike(name, known)
            if asking.yes(&format!("Is {name} the same as {known}?"), true)? =>
        {
            Ok(known)
        }
        MeantPerson::New(name) | MeantPerson::Alike(name, _) => {
            people.push(name.clone());
            Ok(name)
        }
    }
}
