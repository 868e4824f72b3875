//! What the records give for the measures of objectives.

use chrono::{Days, NaiveDate};

use super::context::Context;
use super::matching_records::of_kind;
use super::measurement::{Chance, CountOf, Measurement, MeasurementUnit};
use crate::judge::evidence_counts::{CountedEvidence, EvidenceCounts};
use crate::judge::moderation;
use crate::privacy::audience::Audience;
use crate::school::year::log::CONFIDENCE;
use crate::school::{
    Aim, Group, Id, LogEntry, Measure, MeasuredAim, MeasuredThing, Objective, SessionStatus,
};
use crate::statistics::difference::{Verdict, difference, verdict};
use crate::statistics::proportion_test::{FEWEST, flag};
use crate::track::change::{ChangeFrom, CountedShare, ShareChanges};
use crate::track::tracked_group::TrackedGroup;

impl Context<'_> {
    /// From an objective's first day to the end of today.
    fn days(&self, objective: &Objective) -> (NaiveDate, NaiveDate) {
        (objective.opened, self.tomorrow())
    }

    fn tomorrow(&self) -> NaiveDate {
        self.today.checked_add_days(Days::new(1)).unwrap_or(self.today)
    }

    fn evidence<'s>(&'s self, subject: Option<&'s Id>) -> CountedEvidence<'s> {
        CountedEvidence { school: self.school, phase: self.phase, subject }
    }

    /// What the records give for a measure of an objective.
    pub fn reading(&self, objective: &Objective, measured: &MeasuredAim) -> Measurement {
        let reading = match &measured.what {
            MeasuredThing::Share { subject, measure, group, year_group } => {
                let of = TrackedGroup { subject, measure: *measure, year_group: *year_group, group };
                self.share(of, objective, measured)
            }
            MeasuredThing::Gap { subject, group, year_group } => {
                let of = TrackedGroup { subject, measure: Measure::Expected, year_group: *year_group, group };
                self.gap(of, objective, measured)
            }
            MeasuredThing::Tagged { tag, subject } => {
                let evidence = self.evidence(subject.as_ref());
                self.pieces(objective, measured, |days| evidence.tagged(*tag, days))
            }
            MeasuredThing::AtGrade { aspect, grade, subject } => {
                let evidence = self.evidence(subject.as_ref());
                self.pieces(objective, measured, |days| evidence.at_grade(aspect, *grade, days))
            }
            MeasuredThing::Agreement { subject } => self.agreement(objective, subject.as_ref(), measured),
            MeasuredThing::SessionsHeld => self.sessions_held(objective, measured),
            MeasuredThing::Count { kinds, subject } => {
                let mut reading = Measurement::new(MeasurementUnit::Records, measured);
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
            MeasuredThing::Confidence => self.confidence(objective, measured),
        };
        let mut reading = reading.settled().veiled();
        if *self.audience != Audience::Leader && reading.unit == MeasurementUnit::Points {
            reading.difference = reading.difference.map(f64::round);
            reading.interval = None;
        }
        reading
    }

    fn share(&self, of: TrackedGroup<'_>, objective: &Objective, measured: &MeasuredAim) -> Measurement {
        let mut reading = Measurement::new(MeasurementUnit::Pupils, measured);
        let Some(cohort) = &self.cohort else { return reading };
        let before = measured.since.map_or(ChangeFrom::By(objective.opened), ChangeFrom::At);
        let mut changes = ShareChanges::new(cohort, self.audience, self.today);
        let change = changes.change(of, before);
        reading.hidden = change.is_hidden();
        let counts = |counted: &CountedShare| Some(CountOf { with: counted.at_standard?, of: counted.n? });
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
    fn gap(&self, of: TrackedGroup<'_>, objective: &Objective, measured: &MeasuredAim) -> Measurement {
        let mut reading = Measurement::new(MeasurementUnit::Points, measured);
        let (Some(cohort), Group::Of { column, values }) = (&self.cohort, of.group) else { return reading };
        let mut rest: Vec<Id> = Vec::new();
        if let Some(index) =
            self.school.settings.groupings.iter().position(|grouping| grouping.column == *column)
        {
            rest.extend(cohort.members().filter_map(|(_, pupil)| pupil.groups.get(index)?.clone()));
        }
        rest.retain(|value| !values.contains(value));
        rest.sort();
        rest.dedup();
        let others = Group::Of { column: column.clone(), values: rest };
        let before = measured.since.map_or(ChangeFrom::By(objective.opened), ChangeFrom::At);
        let mut changes = ShareChanges::new(cohort, self.audience, self.today);
        let own = changes.change(of, before);
        let other = changes.change(TrackedGroup { group: &others, ..of }, before);
        reading.hidden = own.is_hidden() || other.is_hidden();
        let apart = |first: &Option<CountedShare>, second: &Option<CountedShare>| {
            let (first, second) = (first.as_ref()?, second.as_ref()?);
            (first.moment == second.moment).then_some(first.percent? - second.percent?)
        };
        reading.from = reading.from.or(apart(&other.before, &own.before));
        reading.from_point = own.before.as_ref().map(|before| before.moment);
        reading.now = apart(&other.now, &own.now);
        let exact = |counted: &Option<CountedShare>| counted.as_ref().and_then(|counted| counted.exact);
        reading.exact = reading.now.and(exact(&other.now).zip(exact(&own.now))).map(|(rest, own)| rest - own);
        reading.point = own.now.as_ref().map(|now| now.moment);
        let pair = |counted: &Option<CountedShare>| {
            counted.as_ref().and_then(|counted| counted.at_standard.zip(counted.n))
        };
        if let (Some(first), Some(second)) = (pair(&other.now), pair(&own.now)) {
            reading.counts = Some(CountOf { with: second.0, of: second.1 });
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
        measured: &MeasuredAim,
        of: impl Fn((NaiveDate, NaiveDate)) -> EvidenceCounts,
    ) -> Measurement {
        let mut reading = Measurement {
            fewest: self.school.settings.sufficiency.items,
            ..Measurement::new(MeasurementUnit::Pieces, measured)
        };
        let now = of(self.days(objective));
        let before = of((self.school.set_up.calendar.academic_year.first_day(), objective.opened));
        reading.now = now.share().map(|share| share * 100.0);
        reading.counts = (now.of > 0).then(|| CountOf::from(&now));
        let pair = |pieces: &EvidenceCounts| (pieces.with, pieces.of);
        if let Some(from) = measured.from {
            reading.chance = Chance::of_flag(flag(now.with, now.of, from / 100.0));
        } else if let Some(share) = before.share() {
            reading.from = Some(share * 100.0);
            reading.from_counts = Some(CountOf::from(&before));
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

    fn agreement(&self, objective: &Objective, subject: Option<&Id>, measured: &MeasuredAim) -> Measurement {
        let mut reading = Measurement {
            fewest: self.school.settings.sufficiency.items,
            ..Measurement::new(MeasurementUnit::Pieces, measured)
        };
        let pairs = moderation::pairs(self.school, self.phase, subject, self.days(objective));
        let exact = u32::try_from(pairs.iter().filter(|pair| pair.first == pair.second).count()).unwrap_or(0);
        let n = u32::try_from(pairs.len()).unwrap_or(0);
        // A subject has one leader: those views next to another's, or so few, are nothing for who sees no names.
        let few = n > 0 && (subject.is_some() || n <= self.school.settings.privacy.hidden_up_to);
        reading.hidden = !self.audience.sees_names() && few;
        if n > 0 {
            reading.now = Some(f64::from(exact) / f64::from(n) * 100.0);
            reading.counts = Some(CountOf { with: exact, of: n });
            if let Some(from) = measured.from {
                reading.chance = Chance::of_flag(flag(exact, n, from / 100.0));
            }
        }
        reading.at = pairs.into_iter().flat_map(|pair| pair.at).collect();
        reading
    }

    /// Of the sessions of the objective's owner that were agreed and whose day has come, those held.
    fn sessions_held(&self, objective: &Objective, measured: &MeasuredAim) -> Measurement {
        let mut reading = Measurement::new(MeasurementUnit::Pieces, measured);
        let all = self.school.given_out();
        let due = all.filter(|session| {
            session.owner == objective.owner
                && session.status != SessionStatus::Cancelled
                && (objective.opened..=self.today).contains(&session.when.date)
        });
        let mut counts = CountOf { with: 0, of: 0 };
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
    fn confidence(&self, objective: &Objective, measured: &MeasuredAim) -> Measurement {
        let mut reading = Measurement::new(MeasurementUnit::Scale, measured);
        reading.hidden = *self.audience != Audience::Leader;
        let (from, before) = self.days(objective);
        let own = |row: &&LogEntry| {
            row.kind == CONFIDENCE
                && (from..before).contains(&row.date)
                && (row.who.is_empty() || row.who.contains(&objective.owner))
        };
        let entries: Vec<&LogEntry> = self.school.year.log.iter().filter(own).collect();
        let value = |row: &&LogEntry| row.count.map(f64::from);
        reading.from = reading.from.or(entries.first().and_then(value));
        reading.now = entries.last().and_then(value);
        reading.at = entries.iter().map(|row| row.at.clone()).collect();
        reading
    }
}
