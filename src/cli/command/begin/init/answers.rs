//! The answers to `phase init`, and the set-up that follows from it.

use chrono::NaiveTime;

use crate::load::formats::{ValueError, times, values};
use crate::load::imports::term_dates::TermDates;
use crate::load::names::{Names, unaccented};
use crate::load::records::set_up::phase::default_periods;
use crate::school::layout::rows::SetUpRows;
use crate::school::{AcademicYear, Hours, Id, Period, Weekdays, YearGroup, layout};

/// Year groups that are often led together: id, name and year groups.
pub(crate) const PHASES: &[(&str, &str, &str)] = &[
    ("ks1", "Key Stage 1", "1;2"),
    ("eyfs", "Early Years", "N;R"),
    ("eyfs-ks1", "Early Years and Key Stage 1", "R;1;2"),
    ("lower-ks2", "Lower Key Stage 2", "3;4"),
    ("upper-ks2", "Upper Key Stage 2", "5;6"),
    ("ks2", "Key Stage 2", "3;4;5;6"),
];

/// The subjects of the primary curriculum in England: id, name, whether it is a core subject, and the
/// other words for it. The national curriculum's (Department for Education, The national curriculum in
/// England: framework document, December 2014), religious education, and PSHE.
pub(crate) const SUBJECTS: &[(&str, &str, bool, &[&str])] = &[
    ("english", "English", true, &["literacy"]),
    ("maths", "Maths", true, &["mathematics", "numeracy"]),
    ("science", "Science", true, &[]),
    ("art", "Art and design", false, &[]),
    ("computing", "Computing", false, &["ict"]),
    ("dt", "Design and technology", false, &["d&t", "design technology"]),
    ("geography", "Geography", false, &[]),
    ("history", "History", false, &[]),
    ("languages", "Languages", false, &["mfl", "foreign languages"]),
    ("music", "Music", false, &[]),
    ("pe", "PE", false, &["physical education"]),
    ("re", "RE", false, &["religious education"]),
    ("pshe", "PSHE", false, &[]),
];

/// A subject and who leads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct LedSubject {
    /// The id; empty for one made from the name.
    pub(crate) id: String,
    pub(crate) name: String,
    /// Whether it is a core subject.
    pub(crate) core: bool,
    /// Who leads it; empty where nobody does yet.
    pub(crate) leader: String,
}

/// What was answered.
#[derive(Clone, Debug)]
pub(crate) struct InitAnswers {
    pub(crate) school: String,
    /// The phase's id, name and year groups (between `;`).
    pub(crate) phase: (String, String, String),
    pub(crate) leader: String,
    /// The periods of a day.
    pub(crate) periods: Vec<Period>,
    /// The programmed sessions.
    pub(crate) release: Vec<String>,
    pub(crate) year: AcademicYear,
    pub(crate) terms: TermDates,
    pub(crate) subjects: Vec<LedSubject>,
    /// The framework to judge by.
    pub(crate) framework: String,
}

/// The phase of some year groups: one of those often led together, else named after them.
///
/// # Errors
/// Where the text names no year groups.
pub(crate) fn phase(text: &str) -> Result<(String, String, String), ValueError> {
    let mut groups: Vec<YearGroup> = Vec::new();
    let bare =
        text.to_lowercase().replace("years", "").replace("year", "").replace(" - ", "-").replace(" to ", "-");
    for part in bare.split([';', ',', ' ', '&', '+']).filter(|part| !part.is_empty() && *part != "and") {
        groups.extend(values::year_groups(part)?);
    }
    groups.sort_unstable();
    groups.dedup();
    let (Some(first), Some(last)) = (groups.first(), groups.last()) else {
        return Err(ValueError::new("no year group is named", "write N, R or 1 to 6, as in 1,2"));
    };
    let written = groups.iter().map(ToString::to_string).collect::<Vec<_>>().join(";");
    let often = PHASES.iter().find(|(.., groups)| *groups == written);
    Ok(match often {
        Some((id, name, _)) => ((*id).to_owned(), (*name).to_owned(), written),
        None if first == last => (format!("year-{first}").to_lowercase(), format!("Year {first}"), written),
        None => {
            let name =
                format!("Years {}", groups.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "));
            (Id::from_name(&name).as_str().to_owned(), name, written)
        }
    })
}

/// The word for the periods that hold where nobody names any.
pub(crate) const USUAL: &str = "usual";

/// The periods of a day out of their times, `9:00-10:00, 10:15-11:15`: named am1, am2 … and pm1, pm2 ….
///
/// # Errors
/// Where one is no time, or two overlap.
pub(crate) fn periods(text: &str) -> Result<Vec<Period>, ValueError> {
    if text.trim() == USUAL {
        return Ok(default_periods());
    }
    let mut hours: Vec<Hours> = Vec::new();
    for part in text.split([',', ';']).map(str::trim).filter(|part| !part.is_empty()) {
        let read = times::hours(part, &[]).ok().and_then(|hours| hours.first().copied());
        let one = read.ok_or_else(|| {
            ValueError::new(
                format!("`{part}` is no lesson"),
                "write from and to, as in 9:00-10:00, 10:15-11:15",
            )
        })?;
        hours.push(one);
    }
    hours.sort_by_key(|hours| (hours.start, hours.end));
    if hours.is_empty() {
        return Err(ValueError::new(
            "no lesson is named",
            "write from and to, as in 9:00-10:00, 10:15-11:15",
        ));
    }
    if let Some((a, b)) = hours.iter().zip(hours.iter().skip(1)).find(|(a, b)| a.overlap(**b)) {
        return Err(ValueError::new(
            format!("{a} and {b} overlap"),
            "each time of day belongs to one lesson",
        ));
    }
    let (mut mornings, mut afternoons) = (0, 0);
    let noon = NaiveTime::from_hms_opt(12, 0, 0).unwrap_or_default();
    let period = |Hours { start, end }: Hours| {
        let (half, count) = if start < noon { ("am", &mut mornings) } else { ("pm", &mut afternoons) };
        *count += 1;
        Period { id: Id::new(&format!("{half}{count}")), start, end, weekdays: Weekdays::ALL }
    };
    Ok(hours.into_iter().map(period).collect())
}

/// A subject by its name, id or another word for it.
pub(crate) fn subject(text: &str) -> LedSubject {
    let name = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let lower = name.to_lowercase();
    let known = SUBJECTS.iter().find(|(id, name, _, words)| {
        *id == lower || name.to_lowercase() == lower || words.contains(&lower.as_str())
    });
    match known {
        Some((id, name, core, _)) => {
            LedSubject { id: (*id).to_owned(), name: (*name).to_owned(), core: *core, leader: String::new() }
        }
        None => LedSubject { id: String::new(), name, core: false, leader: String::new() },
    }
}

impl InitAnswers {
    /// The names in the answers, each once: the phase leader's first.
    pub(crate) fn people(&self) -> Vec<String> {
        let mut people = vec![self.leader.clone()];
        for led in &self.subjects {
            if !led.leader.is_empty() && !people.contains(&led.leader) {
                people.push(led.leader.clone());
            }
        }
        people
    }

    /// The set-up. With `staff` the people named are listed too, for a workbook to offer.
    pub(crate) fn set_up(&self, staff: bool) -> SetUpRows {
        let mut set_up = SetUpRows::default();
        let text = |text: &str| text.to_owned();
        let mut key = |table: &str, setting: &str, value: String| {
            let row = [("table", text(table)), ("setting", text(setting)), ("value", value)];
            set_up.add(&layout::SCHOOL, row);
        };
        key("school", "name", self.school.clone());
        key("school", "framework", self.framework.clone());
        let (id, name, groups) = &self.phase;
        set_up.add(
            &layout::PHASE,
            [
                ("id", id.clone()),
                ("name", name.clone()),
                ("leader", self.leader.clone()),
                ("year_groups", groups.clone()),
            ],
        );
        for session in &self.release {
            set_up.add(&layout::SESSIONS, [("phase", id.clone()), ("sessions", session.clone())]);
        }
        for led in &self.subjects {
            let core = if led.core { "yes" } else { "" };
            set_up.add(
                &layout::SUBJECTS,
                [
                    ("name", led.name.clone()),
                    ("leader", led.leader.clone()),
                    ("id", led.id.clone()),
                    ("core", text(core)),
                ],
            );
        }
        for name in self.people().into_iter().filter(|_| staff) {
            set_up.add(&layout::STAFF, [("name", name)]);
        }
        let time = |time: NaiveTime| time.format("%H:%M").to_string();
        for period in &self.periods {
            let row =
                [("id", period.id.to_string()), ("start", time(period.start)), ("end", time(period.end))];
            set_up.add(&layout::PERIODS, row);
        }
        set_up.add_year(self.year);
        set_up.add_terms(&self.terms.half_terms, &self.terms.closures);
        set_up
    }
}

/// Who is meant by a name: somebody named already, somebody new, or one of two that look alike.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum MeantPerson {
    /// Somebody named already.
    Known(String),
    /// Somebody new, whose name is almost one that is known.
    Alike(String, String),
    /// Somebody new.
    New(String),
}

/// Who is meant by a name; `me` is the first of those known: the phase leader.
///
/// # Errors
/// Where it is no name, or may be one of several people.
pub(crate) fn person(text: &str, known: &[String]) -> Result<MeantPerson, ValueError> {
    if let (Some(leader), "me" | "myself" | "i") = (known.first(), text.trim().to_lowercase().as_str()) {
        return Ok(MeantPerson::Known(leader.clone()));
    }
    let name = crate::load::names::person(text)?;
    let mut names = Names::of_people("nobody");
    for known in known {
        names.add(&Id::from_name(known), known);
    }
    if !names.meant(&name).is_empty() {
        let id = names.find(&name)?;
        return Ok(MeantPerson::Known(names.name_of(&id).unwrap_or(&name).to_owned()));
    }
    let begins = |known: &&String| {
        let lower = name.to_lowercase();
        known.to_lowercase().split_whitespace().any(|word| word.starts_with(&lower))
    };
    let near = values::nearest(&name, known.iter().map(String::as_str));
    let alike = known.iter().find(|known| unaccented(known) == unaccented(&name)).map(String::as_str);
    Ok(match near.or(alike).or(known.iter().find(begins).map(String::as_str)) {
        Some(near) => MeantPerson::Alike(name.clone(), near.to_owned()),
        None => MeantPerson::New(name),
    })
}
