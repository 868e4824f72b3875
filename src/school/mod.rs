//! The records of a school as types: no files, no questions, only what is so.

pub mod attainment;
pub mod evidence_kind;
pub mod id;
pub mod layout;
pub mod session_kind;
pub mod set_up;
pub mod settings;
pub mod time;
pub mod year;
pub mod year_group;

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::diagnostic::Place;
use crate::privacy::names_in_text;
use crate::school::attainment::pupils::Grouping;
use crate::school::attainment::results::Roll;
use crate::school::attainment::targets::{National, Start, Target};
use crate::school::id::Id;
use crate::school::set_up::Known;
use crate::school::set_up::calendar::Calendar;
use crate::school::set_up::classes::Class;
use crate::school::set_up::people::Person;
use crate::school::set_up::phases::Phase;
use crate::school::set_up::subjects::Subject;
use crate::school::settings::Sufficiency;
use crate::school::settings::assessment::Assessing;
use crate::school::settings::planning::{JobCard, Limits, Minutes, Preferences};
use crate::school::settings::privacy::Privacy;
use crate::school::settings::safeguarding::Safeguarding;
use crate::school::year::Seen;
use crate::school::year::actions::Action;
use crate::school::year::duties::Duty;
use crate::school::year::evidence::Evidence;
use crate::school::year::framework::Framework;
use crate::school::year::judgements::Judgement;
use crate::school::year::log::Logged;
use crate::school::year::objectives::Objective;
use crate::school::year::report_kinds::{Choice, ReportKind};
use crate::school::year::sessions::{Schedules, Session};
use crate::school::year_group::YearGroup;

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
    pub named: names_in_text::Named,
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
        own.or_else(|| attainment::measure::measured_title(id.as_str())).unwrap_or(id.as_str())
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
