//! The records of a school as types: no files, no questions, only what is so.

pub mod actions;
pub mod attainment;
pub mod audience;
pub mod boundary;
pub mod calendar;
pub mod classes;
pub mod duties;
pub mod evidence;
pub mod framework;
pub mod judgements;
pub mod layout;
pub mod log;
pub mod named;
pub mod objectives;
pub mod people;
pub mod phases;
pub mod pupils;
pub mod reports;
pub mod sessions;
pub mod set_up;
pub mod shown_by;
pub mod subjects;
pub mod whereabouts;

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use chrono::NaiveDate;
use serde::Serialize;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::diagnostic::Place;
use crate::document::is_invisible;
use actions::Action;
use attainment::{Assessing, National, Roll, Start, Target};
use boundary::Safeguarding;
use calendar::Calendar;
use classes::{Class, YearGroup};
use duties::Duty;
use evidence::{Evidence, Sufficiency};
use framework::Framework;
use judgements::Judgement;
use log::Logged;
use objectives::Objective;
use people::Person;
use phases::{Limits, Minutes, Phase, Preferences};
use pupils::{Grouping, Privacy};
use reports::{Choice, ReportKind};
use sessions::{Schedules, Session};
use subjects::Subject;

/// The short name of a record, as the user's files spell it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Id(Arc<str>);

impl Id {
    /// The id with this text.
    pub fn new(text: &str) -> Self {
        Self(text.into())
    }

    /// The id made from a name: lower case, letters and digits, with `-` between words; the same however
    /// the name's characters are put together.
    pub fn from_name(name: &str) -> Self {
        let mut id = String::new();
        for c in name.nfkc().flat_map(char::to_lowercase) {
            match c {
                c if c.is_alphanumeric() => id.push(c),
                '\'' | '’' | '.' => {}
                _ if id.is_empty() || id.ends_with('-') => {}
                _ => id.push('-'),
            }
        }
        Self(id.trim_end_matches('-').into())
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The id as the name of a file that is made for it, without an ending; the id itself where it is a sound one
    /// ([`unsound`]). Never a way out of a folder, and never empty.
    pub fn file_stem(&self) -> String {
        if unsound(&self.0).is_none() { self.0.to_string() } else { sound_form(&self.0) }
    }
}

/// The longest id, in characters: a file's name may hold two, and is at most 255 bytes long.
const LONGEST_ID: usize = 100;

/// Names that Windows keeps for devices, whatever ending a file has (Microsoft, *Naming Files, Paths, and Namespaces*).
const DEVICES: &[&str] = &["con", "prn", "aux", "nul", "conin$", "conout$"];

/// Why a text cannot be an id, as the end of *it*: ids name files, stand in lists, and are compared by eye. None where it
/// can.
pub fn unsound(id: &str) -> Option<String> {
    let first = id.split('.').next().unwrap_or_default().trim_end().to_lowercase();
    let numbered = first.strip_prefix("com").or_else(|| first.strip_prefix("lpt"));
    let is_port = numbered.is_some_and(|rest| rest.chars().count() == 1 && rest.starts_with(is_port_digit));
    let is_device = is_port || DEVICES.contains(&first.as_str());
    Some(match id.chars().find(|c| is_stray(*c)) {
        Some(c) if is_invisible(c) => format!("has a character that cannot be seen (U+{:04X})", u32::from(c)),
        Some(c) => format!("has `{c}` in it"),
        None if id.is_empty() => "is empty".to_owned(),
        None if id.starts_with('.') => "begins with a dot".to_owned(),
        None if id.ends_with('.') || id.contains("..") => "has dots that lead nowhere".to_owned(),
        None if is_device => "is a name that Windows keeps for a device".to_owned(),
        None if id.chars().count() > LONGEST_ID => format!("is longer than {LONGEST_ID} characters"),
        None => return None,
    })
}

fn is_port_digit(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '¹' | '²' | '³')
}

/// Whether a character is in no id: what parts folders, drives and lists, what no file's name may hold on Windows, and
/// what cannot be seen.
fn is_stray(c: char) -> bool {
    is_invisible(c) || matches!(c, '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' | ';' | ',')
}

/// The sound id nearest to a text.
pub fn sound_form(text: &str) -> String {
    let joined: String =
        text.chars().filter(|c| !is_invisible(*c)).map(|c| if is_stray(c) { '-' } else { c }).collect();
    let mut parts =
        joined.split('-').map(|part| part.trim_matches(['.', ' '])).filter(|part| !part.is_empty());
    let first = parts.next().unwrap_or("id").to_owned();
    let whole = parts.fold(first, |whole, part| format!("{whole}-{part}"));
    let whole: String = whole.replace("..", ".").chars().take(LONGEST_ID).collect();
    if unsound(&whole).is_none() { whole } else { format!("id-{}", Id::from_name(&whole)) }
}

/// A text in lower case and without accents, as people type it who have none on their keyboard.
pub fn unaccented(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase) {
        match c {
            // Letters that are no letter with a mark.
            'ł' => plain.push('l'),
            'ø' => plain.push('o'),
            'đ' | 'ð' => plain.push('d'),
            'ı' => plain.push('i'),
            'ß' => plain.push_str("ss"),
            'æ' => plain.push_str("ae"),
            'œ' => plain.push_str("oe"),
            'þ' => plain.push_str("th"),
            c => plain.push(c),
        }
    }
    plain
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Which of the optional records are there, so that an answer can say what it had to assume.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// The school's own term dates in `calendar.toml`.
    pub calendar: bool,
    /// `staff.csv`.
    pub staff: bool,
    /// `classes.csv`.
    pub classes: bool,
    /// `timetable.csv`.
    pub timetable: bool,
    /// `availability.csv`.
    pub availability: bool,
    /// The school's own periods.
    pub periods: bool,
    /// Any file of evidence.
    pub evidence: bool,
}

/// Records that belong to the school and could not be read, or not all of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread {
    /// The file or folder, as the workspace names it.
    pub name: String,
    /// Whether it is an earlier year's folder.
    pub is_earlier_year: bool,
    /// What is amiss.
    pub what: Amiss,
}

/// What is amiss with records that could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Amiss {
    /// They are not there.
    NotThere,
    /// Nothing of them can be read.
    NotReadable,
    /// They have so many errors; the rest was read.
    Errors(usize),
}

/// A session that an earlier academic year's schedule shows: which phase saw which subject when.
#[derive(Clone, Debug)]
pub struct Seen {
    /// The phase's id in that year.
    pub phase: Id,
    /// The subject's id in that year.
    pub subject: Id,
    /// The academic year's first calendar year.
    pub academic_year: i32,
    /// The half term.
    pub half_term: u8,
}

/// A school: every record of one workspace, checked, in an order of its own (by id, by date),
/// so that the order of rows in the files never matters.
#[derive(Clone, Debug)]
pub struct School {
    /// The school's name.
    pub name: String,
    /// The academic year.
    pub calendar: Calendar,
    /// The phases.
    pub phases: Vec<Phase>,
    /// The subjects, by id.
    pub subjects: BTreeMap<Id, Subject>,
    /// The staff, by id.
    pub staff: BTreeMap<Id, Person>,
    /// The classes, by id.
    pub classes: BTreeMap<Id, Class>,
    /// The schedules of each half term, by its number.
    pub schedules: BTreeMap<u8, Schedules>,
    /// What earlier academic years' schedules show.
    pub seen: Vec<Seen>,
    /// The sessions that were given out in earlier academic years.
    pub earlier: Vec<Session>,
    /// How many of each task area a phase leader does in a half term.
    pub phase_leader_card: JobCard,
    /// How many of each task area a subject leader does in a half term, where the school says so.
    pub subject_leader_card: Option<JobCard>,
    /// The school's own limits.
    pub limits: Limits,
    /// What is preferred, and how much.
    pub preferences: Preferences,
    /// How long sessions last.
    pub minutes: Minutes,
    /// How many sessions a place holds at once, by its name in lower case.
    pub places: BTreeMap<String, u32>,
    /// The framework that the workspace works in.
    pub framework: Id,
    /// It, and those that rows of evidence name, by id.
    pub frameworks: BTreeMap<Id, Framework>,
    /// The evidence of this academic year and of earlier ones, by date.
    pub evidence: Vec<Evidence>,
    /// What the leader judges, by date.
    pub judgements: Vec<Judgement>,
    /// What somebody will do, by id.
    pub actions: Vec<Action>,
    /// What happened, by date: this academic year, and the one before where its folder is known.
    pub log: Vec<Logged>,
    /// What the school has chosen for its reports.
    pub reports: BTreeMap<ReportKind, Choice>,
    /// The objectives, in the order of their file.
    pub objectives: Vec<Objective>,
    /// The responsibilities of the post, in the order of their file.
    pub duties: Vec<Duty>,
    /// The pupils and their results, by academic year: this one and earlier ones.
    pub rolls: BTreeMap<i32, Roll>,
    /// What is aimed at.
    pub targets: Vec<Target>,
    /// What pupils who started alike reach nationally.
    pub starts: Vec<Start>,
    /// Figures of the whole country: those built in, and the school's own.
    pub national: Vec<National>,
    /// The groupings of pupils.
    pub groupings: Vec<Grouping>,
    /// What the school says of its results.
    pub assessing: Assessing,
    /// From how many pupils on what may be shown.
    pub privacy: Privacy,
    /// How much evidence a settled grade needs.
    pub sufficiency: Sufficiency,
    /// The school's own route for a concern.
    pub safeguarding: Safeguarding,
    /// Records of earlier years that could not be read, or not all of them.
    pub unread: Vec<Unread>,
    /// Which records are there.
    pub known: Known,
    /// How the staff and the classes are named.
    pub named: named::Named,
}

impl School {
    /// A person's name; the id where the person is not known.
    pub fn name_of<'a>(&'a self, id: &'a Id) -> &'a str {
        self.staff.get(id).map_or(id.as_str(), |person| person.name.as_str())
    }

    /// A subject's name; the id where the subject is not known.
    pub fn subject_name<'a>(&'a self, id: &'a Id) -> &'a str {
        self.subjects.get(id).map_or(id.as_str(), |subject| subject.name.as_str())
    }

    /// The name of what is assessed: a subject's own, or the common one.
    pub fn measured_name<'a>(&'a self, id: &'a Id) -> &'a str {
        let own = self.subjects.get(id).map(|subject| subject.name.as_str());
        own.or_else(|| attainment::measured_title(id.as_str())).unwrap_or(id.as_str())
    }

    /// The subject of the school that what is assessed belongs to.
    pub fn subject_of(&self, measured: &Id) -> Option<&Subject> {
        self.subjects
            .get(measured)
            .or_else(|| self.subjects.values().find(|subject| subject.assessed_as.contains(measured)))
    }

    /// Whether what is written of a subject is about what is assessed: by its own name, or by that of the subject it
    /// belongs to.
    pub fn is_about(&self, subject: &Id, measured: &Id) -> bool {
        subject == measured || self.subject_of(measured).is_some_and(|own| own.id == *subject)
    }

    /// The year groups whose records were to be kept until a day that has passed: which, until when, where that
    /// is written, and of how many pupils.
    pub fn kept_too_long(&self, today: NaiveDate) -> Vec<(YearGroup, NaiveDate, &Place, usize)> {
        let pupils = self.roll().map(|roll| roll.pupils.as_slice()).unwrap_or_default();
        let kept =
            self.privacy.keep_until.iter().filter(|(_, until, _)| *until < today).map(|(year, until, at)| {
                (*year, *until, at, pupils.iter().filter(|pupil| pupil.year_group == *year).count())
            });
        kept.filter(|(.., pupils)| *pupils > 0).collect()
    }

    /// The pupils of this academic year and their results.
    pub fn roll(&self) -> Option<&Roll> {
        self.rolls.get(&self.calendar.academic_year.0)
    }

    /// The sessions of a half term as handed in by subject leaders.
    pub fn handed_in(&self, half_term: u8) -> &[Session] {
        self.schedules.get(&half_term).map_or(&[], |schedules| schedules.handed_in.as_slice())
    }

    /// Every session that was given out, in this academic year and earlier ones.
    pub fn given_out(&self) -> impl Iterator<Item = &Session> {
        let own = self.schedules.values().flat_map(|schedules| &schedules.published);
        self.earlier.iter().chain(own)
    }

    /// The sessions of a half term as given out.
    pub fn published(&self, half_term: u8) -> &[Session] {
        self.schedules.get(&half_term).map_or(&[], |schedules| schedules.published.as_slice())
    }

    /// The sessions of a half term as people were last told of them.
    pub fn issued(&self, half_term: u8) -> &[Session] {
        self.schedules.get(&half_term).map_or(&[], |schedules| schedules.issued.as_slice())
    }
}

/// How many sessions of each task area, 1 to 5, a leader does in a half term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JobCard {
    /// Task area 1: pupils' work.
    pub work: u32,
    /// Task area 2: teachers' records.
    pub records: u32,
    /// Task area 3: lessons.
    pub lessons: u32,
    /// Task area 4: outcomes and provision.
    pub evaluation: u32,
    /// Task area 5: the next schedule.
    pub scheduling: u32,
}

impl Default for JobCard {
    /// The phase leader's job card: 1, 1, 2, 1, 1.
    fn default() -> Self {
        Self { work: 1, records: 1, lessons: 2, evaluation: 1, scheduling: 1 }
    }
}
