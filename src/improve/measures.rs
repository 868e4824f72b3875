//! Numbers that the records give for a criterion: where it began, where it is, and whether the change is more
//! than chance.

use chrono::{Days, NaiveDate};
use serde::Serialize;

use super::records::of_kind;
use crate::diagnostic::Place;
use crate::judge::moderation;
use crate::judge::pieces::{self, Pieces};
use crate::school::attainment::{Measure, Moment};
use crate::school::audience::Audience;
use crate::school::log::{CONFIDENCE, Logged};
use crate::school::objectives::{Aim, Measured, Objective, What};
use crate::school::phases::Phase;
use crate::school::pupils::Group;
use crate::school::sessions::SessionStatus;
use crate::school::{Id, School};
use crate::statistics::gaps::{Verdict, difference, verdict};
use crate::statistics::reference::{FEWEST, Flag, flag};
use crate::track::book::Book;
use crate::track::change::{Before, Changes, Counted, Of};

/// What the numbers count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
    /// Pupils, in percent.
    Pupils,
    /// Percentage points between two groups of pupils.
    Points,
    /// Pieces of evidence, first views or sessions, in percent.
    Pieces,
    /// Records.
    Records,
    /// A scale from 1 to 10.
    Scale,
}

/// Whether a change is more than chance could make.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Chance {
    /// It is: upwards.
    Up,
    /// It is: downwards.
    Down,
    /// It may be chance.
    MayBe,
    /// There are too few to tell.
    TooFew,
    /// It is not a question of chance, or nothing is known of before.
    NotAsked,
}

impl Chance {
    fn of_flag(flag: Flag) -> Self {
        match flag {
            Flag::Above => Chance::Up,
            Flag::Below => Chance::Down,
            Flag::InLine => Chance::MayBe,
            Flag::TooFew | Flag::NoPupils => Chance::TooFew,
            Flag::NotTested => Chance::NotAsked,
        }
    }

    /// Of now against before.
    pub fn of_verdict(verdict: Verdict) -> Self {
        match verdict {
            Verdict::FirstHigher => Chance::Up,
            Verdict::FirstLower => Chance::Down,
            Verdict::NotSettled => Chance::MayBe,
            Verdict::TooFew | Verdict::NoPupils => Chance::TooFew,
        }
    }
}

/// So many of so many.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Those of which it holds.
    pub with: u32,
    /// All that count.
    pub of: u32,
}

impl From<&Pieces> for Counts {
    fn from(pieces: &Pieces) -> Self {
        Self { with: pieces.with, of: pieces.of }
    }
}

/// A number that the records give.
#[derive(Clone, Debug, Serialize)]
pub struct Reading {
    /// What the numbers count.
    pub unit: Unit,
    /// Where it began; none where nothing is known of it.
    pub from: Option<f64>,
    /// Of the share it began at, so many of so many, where that is known and may be shown.
    pub from_counts: Option<Counts>,
    /// The data point at which it began.
    pub from_point: Option<Moment>,
    /// Where it is; none where there is nothing yet.
    pub now: Option<f64>,
    /// Of the share now, so many of so many.
    pub counts: Option<Counts>,
    /// The data point of now.
    pub point: Option<Moment>,
    /// Where it is to come; none where it is to stay where it began.
    pub to: Option<f64>,
    /// Whether it is to go down.
    pub down: bool,
    /// The share itself, where what is shown is rounded.
    #[serde(skip)]
    exact: Option<f64>,
    /// How many there must be at least before it can be reached.
    pub fewest: u32,
    /// How much more there is now.
    pub difference: Option<f64>,
    /// The 95% interval of the difference; of a gap, that of the gap now.
    pub interval: Option<[f64; 2]>,
    /// Whether the change is more than chance.
    pub chance: Chance,
    /// How it stands against its path to the target, of results.
    pub against_path: Option<Flag>,
    /// Whether it is where it was to come.
    pub reached: bool,
    /// Whether something of it may not be shown to this audience: then nothing is.
    pub hidden: bool,
    /// The rows that it rests on.
    #[serde(skip)]
    pub at: Vec<Place>,
}

impl Reading {
    fn new(unit: Unit, measured: &Measured) -> Self {
        let to = match measured.to {
            Aim::Number(to) => Some(to),
            Aim::Maintained => None,
        };
        // Where it began is only a sign of the way to go where somebody wrote it.
        let down = match (unit, measured.from, to) {
            (Unit::Pupils, ..) => false,
            (Unit::Points, Some(from), Some(to)) => from >= to,
            (Unit::Points, ..) => true,
            (_, Some(from), Some(to)) => from > to,
            _ => false,
        };
        Self {
            unit,
            from: measured.from,
            from_counts: None,
            from_point: None,
            now: None,
            counts: None,
            point: None,
            to,
            down,
            exact: None,
            fewest: 0,
            difference: None,
            interval: None,
            chance: Chance::NotAsked,
            against_path: None,
            reached: false,
            hidden: false,
            at: Vec::new(),
        }
    }

    /// Settles whether it is there; of what is to be maintained that is another's matter.
    fn settled(mut self) -> Self {
        if let (Some(now), Some(to)) = (self.now, self.to) {
            let now = self.exact.unwrap_or(now);
            let there = if self.down { now <= to + 1e-9 } else { now >= to - 1e-9 };
            self.reached = there && self.counts.is_none_or(|counts| counts.of >= self.fewest);
            self.difference = self.difference.or(self.from.map(|from| now - from));
        }
        self
    }

    /// What others may see where something is hidden: nothing.
    fn veiled(self) -> Self {
        if !self.hidden {
            return self;
        }
        Self {
            from: None,
            from_counts: None,
            now: None,
            counts: None,
            difference: None,
            interval: None,
            chance: Chance::NotAsked,
            against_path: None,
            reached: false,
            exact: None,
            at: Vec::new(),
            ..self
        }
    }

    /// Whether it is significantly below its path to the target.
    pub fn is_off_path(&self) -> bool {
        self.against_path == Some(Flag::Below)
    }

    /// Whether it is where it began, or above: of what cannot be tested that is all that can be said.
    pub fn has_kept(&self) -> bool {
        match self.chance {
            Chance::Up | Chance::MayBe => true,
            Chance::Down => false,
            Chance::TooFew | Chance::NotAsked => {
                self.exact.or(self.now).zip(self.from).is_some_and(|(now, from)| now >= from - 1e-9)
            }
        }
    }

    /// Whether it has gone the wrong way by more than chance.
    pub fn has_fallen(&self) -> bool {
        self.chance == if self.down { Chance::Up } else { Chance::Down }
    }
}

/// Reads the measures of a school's objectives.
pub struct Measuring<'s> {
    school: &'s School,
    phase: &'s Phase,
    audience: &'s Audience,
    today: NaiveDate,
    book: Option<Book<'s>>,
}

impl<'s> Measuring<'s> {
    /// For a phase, an audience, on a day.
    pub fn new(school: &'s School, phase: &'s Phase, audience: &'s Audience, today: NaiveDate) -> Self {
        let book = Book::open(school, phase, school.calendar.academic_year.0, None);
        Self { school, phase, audience, today, book }
    }

    /// From an objective's first day to the end of today.
    fn days(&self, objective: &Objective) -> (NaiveDate, NaiveDate) {
        (objective.opened, self.tomorrow())
    }

    fn tomorrow(&self) -> NaiveDate {
        self.today.checked_add_days(Days::new(1)).unwrap_or(self.today)
    }

    /// What the records give for a measure of an objective.
    pub fn read(&self, objective: &Objective, measured: &Measured) -> Reading {
        let reading = match &measured.what {
            What::Share { subject, measure, group, year_group } => {
                let of = Of { subject, measure: *measure, year_group: *year_group, group };
                self.share(&of, objective, measured)
            }
            What::Gap { subject, group, year_group } => {
                let of = Of { subject, measure: Measure::Expected, year_group: *year_group, group };
                self.gap(&of, objective, measured)
            }
            What::Tagged { tag, subject } => {
                let of = |days| pieces::tagged(self.school, self.phase, subject.as_ref(), *tag, days);
                self.pieces(objective, measured, of)
            }
            What::AtGrade { aspect, grade, subject } => {
                let of =
                    |days| pieces::at_grade(self.school, self.phase, subject.as_ref(), aspect, *grade, days);
                self.pieces(objective, measured, of)
            }
            What::Agreement { subject } => self.agreement(objective, subject.as_ref(), measured),
            What::SessionsHeld => self.sessions_held(objective, measured),
            What::Count { kinds, subject } => {
                let mut reading = Reading::new(Unit::Records, measured);
                for record in
                    kinds.iter().flat_map(|kind| of_kind(self.school, self.phase, *kind, self.today))
                {
                    let own = subject.as_ref().is_none_or(|subject| record.subject == Some(subject));
                    if own && record.date >= objective.opened && record.belongs_to(&objective.id) {
                        reading.at.push(record.at.clone());
                    }
                }
                reading.from = reading.from.or(Some(0.0));
                reading.now = Some(reading.at.len() as f64);
                reading
            }
            What::Confidence => self.confidence(objective, measured),
        };
        reading.settled().veiled()
    }

    fn share(&self, of: &Of<'_>, objective: &Objective, measured: &Measured) -> Reading {
        let mut reading = Reading::new(Unit::Pupils, measured);
        let Some(book) = &self.book else { return reading };
        let before = measured.since.map_or(Before::By(objective.opened), Before::At);
        let mut changes = Changes::new(book, self.audience, self.today);
        let change = changes.change(of, before);
        reading.hidden = change.is_hidden();
        let counts = |counted: &Counted| Some(Counts { with: counted.at_standard?, of: counted.n? });
        if let Some(now) = &change.now {
            (reading.now, reading.counts, reading.point) = (now.percent, counts(now), Some(now.moment));
            reading.exact = now.exact;
            // What is to be kept is held against where it began, not against a path to a target.
            if measured.to != Aim::Maintained {
                reading.against_path = changes.against_path(of, now.moment);
            }
        }
        match (measured.from, &change.before) {
            (None, Some(before)) => {
                (reading.from, reading.from_counts) = (before.percent, counts(before));
                reading.from_point = Some(before.moment);
                (reading.difference, reading.interval) = (change.difference, change.interval);
                let maintained = measured.to == Aim::Maintained;
                // Against all or nothing no share can be tested as a reference; two shares can.
                let of_reference = change.against_before.map(Chance::of_flag);
                let of_reference = of_reference.filter(|chance| *chance != Chance::NotAsked);
                let of_difference = change.verdict.map(Chance::of_verdict);
                let chance = if maintained { of_reference.or(of_difference) } else { of_difference };
                reading.chance = chance.unwrap_or(Chance::NotAsked);
            }
            (Some(from), _) => {
                if let Some(counts) = reading.counts {
                    reading.chance = Chance::of_flag(flag(counts.with, counts.of, from / 100.0));
                }
            }
            (None, None) => {}
        }
        reading
    }

    /// How far a group lies behind all others with a value in its column. The change of a gap is not tested:
    /// its interval now is given.
    fn gap(&self, of: &Of<'_>, objective: &Objective, measured: &Measured) -> Reading {
        let mut reading = Reading::new(Unit::Points, measured);
        let (Some(book), Group::Of { column, values }) = (&self.book, of.group) else { return reading };
        let mut rest: Vec<Id> = Vec::new();
        if let Some(index) = self.school.groupings.iter().position(|grouping| grouping.column == *column) {
            rest.extend(book.members().filter_map(|(_, pupil)| pupil.groups.get(index)?.clone()));
        }
        rest.retain(|value| !values.contains(value));
        rest.sort();
        rest.dedup();
        let others = Group::Of { column: column.clone(), values: rest };
        let before = measured.since.map_or(Before::By(objective.opened), Before::At);
        let mut changes = Changes::new(book, self.audience, self.today);
        let own = changes.change(of, before);
        let other = changes.change(&Of { group: &others, ..of.clone() }, before);
        reading.hidden = own.is_hidden() || other.is_hidden();
        let apart = |first: &Option<Counted>, second: &Option<Counted>| {
            let (first, second) = (first.as_ref()?, second.as_ref()?);
            (first.moment == second.moment).then_some(first.percent? - second.percent?)
        };
        reading.from = reading.from.or(apart(&other.before, &own.before));
        reading.from_point = own.before.as_ref().map(|before| before.moment);
        reading.now = apart(&other.now, &own.now);
        let exact = |counted: &Option<Counted>| counted.as_ref().and_then(|counted| counted.exact);
        reading.exact = reading.now.and(exact(&other.now).zip(exact(&own.now))).map(|(rest, own)| rest - own);
        reading.point = own.now.as_ref().map(|now| now.moment);
        let pair = |counted: &Option<Counted>| {
            counted.as_ref().and_then(|counted| counted.at_standard.zip(counted.n))
        };
        if let (Some(first), Some(second)) = (pair(&other.now), pair(&own.now)) {
            reading.counts = Some(Counts { with: second.0, of: second.1 });
            reading.interval =
                difference(first, second).map(|apart| [apart.low, apart.high].map(|end| end * 100.0));
            if verdict(first, second) == Verdict::TooFew {
                reading.chance = Chance::TooFew;
            }
        }
        reading
    }

    fn pieces(
        &self,
        objective: &Objective,
        measured: &Measured,
        of: impl Fn((NaiveDate, NaiveDate)) -> Pieces,
    ) -> Reading {
        let mut reading =
            Reading { fewest: self.school.sufficiency.items, ..Reading::new(Unit::Pieces, measured) };
        let now = of(self.days(objective));
        let before = of((self.school.calendar.academic_year.first_day(), objective.opened));
        reading.now = now.share().map(|share| share * 100.0);
        reading.counts = (now.of > 0).then(|| Counts::from(&now));
        let pair = |pieces: &Pieces| (pieces.with, pieces.of);
        if let Some(from) = measured.from {
            reading.chance = Chance::of_flag(flag(now.with, now.of, from / 100.0));
        } else if let Some(share) = before.share() {
            reading.from = Some(share * 100.0);
            reading.from_counts = Some(Counts::from(&before));
            if let Some(apart) = difference(pair(&now), pair(&before)) {
                reading.interval = Some([apart.low, apart.high].map(|end| end * 100.0));
                reading.chance = Chance::of_verdict(verdict(pair(&now), pair(&before)));
            }
        }
        if now.of < FEWEST && reading.chance != Chance::NotAsked {
            reading.chance = Chance::TooFew;
        }
        reading.at = now.at;
        reading
    }

    fn agreement(&self, objective: &Objective, subject: Option<&Id>, measured: &Measured) -> Reading {
        let mut reading =
            Reading { fewest: self.school.sufficiency.items, ..Reading::new(Unit::Pieces, measured) };
        let present = self.school.calendar.half_terms.iter().filter(|one| one.from <= self.today);
        let asked = moderation::Asked {
            phase: self.phase.id.clone(),
            subject: subject.cloned(),
            half_term: None,
            present: present.map(|one| one.number).max().unwrap_or(1),
        };
        let pairs = moderation::pairs(self.school, &asked, self.days(objective));
        let exact = u32::try_from(pairs.iter().filter(|pair| pair.first == pair.second).count()).unwrap_or(0);
        let n = u32::try_from(pairs.len()).unwrap_or(0);
        if n > 0 {
            reading.now = Some(f64::from(exact) / f64::from(n) * 100.0);
            reading.counts = Some(Counts { with: exact, of: n });
            if let Some(from) = measured.from {
                reading.chance = Chance::of_flag(flag(exact, n, from / 100.0));
            }
        }
        reading.at = pairs.into_iter().flat_map(|pair| pair.at).collect();
        reading
    }

    /// Of the sessions of the objective's owner that were given out and whose day has come, those held.
    fn sessions_held(&self, objective: &Objective, measured: &Measured) -> Reading {
        let mut reading = Reading::new(Unit::Pieces, measured);
        let all = self.school.given_out();
        let due = all.filter(|session| {
            session.owner == objective.owner
                && session.status != SessionStatus::Cancelled
                && (objective.opened..=self.today).contains(&session.when.date)
        });
        let mut counts = Counts { with: 0, of: 0 };
        for session in due {
            counts.of += 1;
            counts.with += u32::from(session.status == SessionStatus::Held);
            reading.at.push(session.at.clone());
        }
        if counts.of > 0 {
            reading.now = Some(f64::from(counts.with) / f64::from(counts.of) * 100.0);
            reading.counts = Some(counts);
        }
        reading
    }

    /// The leader's own scale: the first entry since the objective was opened, and the last.
    fn confidence(&self, objective: &Objective, measured: &Measured) -> Reading {
        let mut reading = Reading::new(Unit::Scale, measured);
        reading.hidden = *self.audience != Audience::Leader;
        let (from, before) = self.days(objective);
        let own = |row: &&Logged| {
            row.kind == CONFIDENCE
                && (from..before).contains(&row.date)
                && (row.who.is_empty() || row.who.contains(&objective.owner))
        };
        let entries: Vec<&Logged> = self.school.log.iter().filter(own).collect();
        let value = |row: &&Logged| row.count.map(f64::from);
        reading.from = reading.from.or(entries.first().and_then(value));
        reading.now = entries.last().and_then(value);
        reading.at = entries.iter().map(|row| row.at.clone()).collect();
        reading
    }
}
