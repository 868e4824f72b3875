//! Objectives and their criteria in words.

use crate::document::Block;
use crate::improve::criteria::{CriterionEvidence, CriterionProgress, CriterionState};
use crate::improve::measurement::{Chance, CountOf, Measurement, MeasurementUnit};
use crate::improve::objective_state::StateReason;
use crate::improve::objectives::{MonitoringProgress, ObjectiveProgress};
use crate::render::long_date;
use crate::school::year_group::year_groups_in_words;
use crate::school::{DataPoint, DatedPoint, Id, MeasuredAim, MeasuredThing, Proof, ProofSource, School};
use crate::view::improve::objective_states::{bar, met_of, places, shown_state};
use crate::view::track::trajectory::{percent, short_number};
use crate::view::{counted, dated, listed};

impl ObjectivesView<'_> {
    /// What shows an objective, what of it is missing, and for the leader where its criteria are written.
    pub(crate) fn what_shows(&self, objective: &ObjectiveProgress) -> Vec<Block> {
        let mut blocks = Vec::new();
        let mut shown: Vec<(String, Vec<String>)> = Vec::new();
        for (label, there) in [("There", true), ("Missing", false)] {
            let of = objective.monitoring.iter().filter(|one| one.there == there);
            let of: Vec<String> = of.map(|one| self.monitoring(one)).collect();
            if !of.is_empty() {
                shown.push((label.to_owned(), of));
            }
        }
        if !shown.is_empty() {
            blocks.push(Block::Heading("What shows it".to_owned()));
            blocks.push(Block::Labelled(shown));
        }
        if self.leader {
            let at = objective.criteria.iter().enumerate();
            let at = at.map(|(index, one)| (format!("Criterion {}", index + 1), places(one)));
            blocks.push(Block::Heading("Where it stands".to_owned()));
            blocks.push(Block::Facts(at.collect()));
        }
        blocks
    }
}

pub(crate) struct ObjectivesView<'a> {
    pub(crate) school: &'a School,
    /// Whether it is for the leader, who can do something next.
    pub(crate) leader: bool,
}

impl ObjectivesView<'_> {
    pub(crate) fn summary(&self, objective: &ObjectiveProgress, of_one: bool) -> Vec<(String, Vec<String>)> {
        let reasons: Vec<String> =
            objective.reasons.iter().map(|because| self.because(objective, because)).collect();
        let mut summary = vec![(
            "State".to_owned(),
            vec![format!(
                "{}, criteria met: {}: {}",
                shown_state(objective),
                format!("{} {}", met_of(objective), bar(objective)).trim_end(),
                reasons.join("; ")
            )],
        )];
        if let Some(agreed) = &objective.agreed_progress {
            summary.push(("Agreed".to_owned(), vec![format!("level of progress: {agreed}")]));
        }
        if of_one {
            let who = objective.owner.as_ref().map_or("", |owner| self.school.name_of(owner));
            let manager = objective.line_manager.as_ref();
            let manager = manager.map_or_else(String::new, |id| format!(", to {}", self.school.name_of(id)));
            summary.push((
                if who.is_empty() { "When" } else { "Whose" }.to_owned(),
                vec![format!(
                    "{who}{manager}{}{} to {}",
                    if who.is_empty() { "" } else { "; " },
                    long_date(objective.opened),
                    long_date(objective.due)
                )],
            ));
            if !objective.aims.is_empty() {
                summary.push(("Serves".to_owned(), vec![listed(&objective.aims)]));
            }
        }
        if let Some(next) = self.next(objective).filter(|_| self.leader) {
            summary.push(("Next".to_owned(), vec![next]));
        }
        summary
    }

    pub(crate) fn because(&self, objective: &ObjectiveProgress, because: &StateReason) -> String {
        let names = |numbers: &[usize]| {
            let numbers: Vec<String> = numbers.iter().map(ToString::to_string).collect();
            let what = if numbers.len() == 1 { "criterion" } else { "criteria" };
            format!("{what} {}", listed(&numbers))
        };
        if objective.progress.of == 0 {
            return "none of its criteria is shown to this audience".to_owned();
        }
        match because {
            StateReason::AllMet => "every criterion is met".to_owned(),
            StateReason::PastDue => format!("it was due on {}", long_date(objective.due)),
            StateReason::Late { criterion, by } => {
                format!("criterion {criterion} was due on {}", long_date(*by))
            }
            StateReason::Fallen { criterion } => {
                format!("criterion {criterion} has gone the wrong way by more than chance")
            }
            StateReason::OffPath { criterion } => {
                format!("criterion {criterion} is significantly below its path")
            }
            StateReason::Soon { criteria } => {
                format!(
                    "it is due on {}, and {} not begun",
                    long_date(objective.due),
                    has(criteria, &names(criteria))
                )
            }
            StateReason::HalfGone => "half of its time is over, and nothing has begun".to_owned(),
            StateReason::NothingYet => "nothing has begun yet".to_owned(),
            StateReason::Going => "nothing is late, and no measure has fallen".to_owned(),
            StateReason::Hidden { hidden } => {
                let what =
                    if *hidden == 1 { "1 criterion is".to_owned() } else { format!("{hidden} criteria are") };
                format!("{what} not shown here; nothing that is shown stands against it")
            }
        }
    }

    /// What to do next for an objective: for the first criterion that is late, else for one that stands
    /// against it, else for the first that is due.
    pub(crate) fn next(&self, objective: &ObjectiveProgress) -> Option<String> {
        let open = || {
            let all = (1..).zip(&objective.criteria);
            all.filter(|(_, one)| !matches!(one.state, CriterionState::Met | CriterionState::Hidden))
        };
        let is_against = |number: usize| {
            objective.reasons.iter().any(|because| match because {
                StateReason::Fallen { criterion } | StateReason::OffPath { criterion } => {
                    *criterion == number
                }
                _ => false,
            })
        };
        let against = || open().find(|(number, _)| is_against(*number));
        let (number, one) =
            open().find(|(_, one)| one.late).or_else(against).or(open().min_by_key(|(_, one)| one.by))?;
        let id = &objective.id;
        let command = match &one.found {
            CriterionEvidence::Milestone { .. } => {
                format!("phase objectives done {} {number}", objective.number)
            }
            CriterionEvidence::Evidence { kinds, subject, .. } => {
                kinds.iter().map(|kind| command(*kind, id, subject.as_ref())).next().unwrap_or_default()
            }
            CriterionEvidence::Measure(_) => match one.measured.as_ref().map(|measured| &measured.what) {
                Some(MeasuredThing::Share { .. } | MeasuredThing::Gap { .. })
                    if self.school.year_results().is_none() =>
                {
                    "phase import MARKSHEET brings the results".to_owned()
                }
                Some(MeasuredThing::Share { subject, .. }) => format!("phase causes --subject {subject}"),
                Some(MeasuredThing::Gap { subject, .. }) => format!("phase gaps --subject {subject}"),
                Some(MeasuredThing::Count { kinds, subject }) => {
                    kinds.first().map(|kind| command(*kind, id, subject.as_ref())).unwrap_or_default()
                }
                Some(MeasuredThing::Agreement { .. }) => "phase moderate".to_owned(),
                Some(MeasuredThing::SessionsHeld) => "phase held ID, or phase schedule --replan".to_owned(),
                Some(MeasuredThing::Confidence) => "phase log add --kind confidence --count 7".to_owned(),
                Some(MeasuredThing::Tagged { .. } | MeasuredThing::AtGrade { .. }) | None => {
                    "phase record".to_owned()
                }
            },
        };
        let when = if one.late { "which was due on" } else { "by" };
        Some(format!("criterion {number}, {when} {}: {command}", dated(self.school, one.by)))
    }

    pub(crate) fn detail(&self, one: &CriterionProgress) -> String {
        match &one.found {
            _ if one.state == CriterionState::Hidden => "c: not shown to this audience".to_owned(),
            CriterionEvidence::Milestone { done: Some(done) } => format!("done on {}", long_date(*done)),
            CriterionEvidence::Milestone { done: None } => format!("not yet; by {}", long_date(one.by)),
            CriterionEvidence::Evidence { found, wanted, kinds, subject } => {
                let kinds: Vec<String> = kinds.iter().map(|kind| kind.title()).collect();
                let of = subject
                    .as_ref()
                    .map_or_else(String::new, |id| format!(" in {}", self.school.subject_name(id)));
                let there = match *found {
                    0 => format!("none of {wanted} there"),
                    found if found > *wanted as usize => format!("{found} there, {wanted} wanted"),
                    found => format!("{found} of {wanted} there"),
                };
                format!("{there} ({}{of})", kinds.join(", "))
            }
            CriterionEvidence::Measure(reading) => match &one.measured {
                Some(measured) => self.measure(reading, measured),
                None => String::new(),
            },
        }
    }

    pub(crate) fn measure(&self, reading: &Measurement, measured: &MeasuredAim) -> String {
        let of = self.of(&measured.what);
        let Some(now) = reading.now else {
            let from =
                reading.from.map_or_else(String::new, |from| format!(", from {}", number(reading, from)));
            return format!("{of}: nothing yet{from}{}", self.aim(reading));
        };
        let mut text = format!("{of}: {}", self.share(reading, now, reading.counts, reading.point));
        if reading.is_off_path() {
            text.push_str(", significantly below its path");
        }
        if let Some(from) = reading.from {
            text.push_str(&format!(
                ", was {}",
                self.share(reading, from, reading.from_counts, reading.from_point)
            ));
        }
        text.push_str(&self.aim(reading));
        if reading.to.is_none() {
            let kept = match reading.chance {
                Chance::Down => "significantly below it",
                Chance::Up | Chance::MayBe => "not significantly below it",
                _ if reading.from.is_none() => "nothing is known of where it began",
                _ => "",
            };
            text.push_str(if kept.is_empty() { "" } else { ": " });
            text.push_str(kept);
        }
        if reading.counts.is_some_and(|counts| counts.of < reading.fewest) {
            text.push_str(&format!("; counted from {} on", counted(reading.fewest as usize, "piece")));
        }
        if let Some(chance) = self.chance(reading, measured) {
            text.push_str(&format!(". {chance}"));
        }
        text
    }

    /// What is measured, and of whom.
    pub(crate) fn of(&self, what: &MeasuredThing) -> String {
        let school = self.school;
        let whom = |group: &crate::school::Group, year: &Option<crate::school::YearGroup>| {
            let mut whom = vec![group.says(&school.settings.groupings)];
            whom.extend(year.iter().map(|year| year_groups_in_words(&year.to_string())));
            whom.join(", ")
        };
        let subject = |id: &Option<Id>| {
            id.as_ref().map_or_else(String::new, |id| format!(", {}", school.subject_name(id)))
        };
        match what {
            MeasuredThing::Share { subject, measure, group, year_group } => {
                format!("{}, {}, {}", school.measured_name(subject), whom(group, year_group), measure.title())
            }
            MeasuredThing::Gap { subject, group, year_group } => {
                format!(
                    "{}, how far {} lie behind all others",
                    school.measured_name(subject),
                    whom(group, year_group)
                )
            }
            MeasuredThing::Tagged { tag, subject: of } => {
                format!("pieces with {}{}", tag.title(), subject(of))
            }
            MeasuredThing::AtGrade { aspect, subject: of, grade } => {
                let framework = school.year.frameworks.get(&school.settings.framework);
                let title = framework
                    .and_then(|one| one.aspect(aspect))
                    .map_or(aspect.as_str(), |one| one.title.as_str());
                let label = framework.zip(*grade).map(|(one, grade)| one.label(grade));
                format!(
                    "pieces on {title}{} at {} or better",
                    subject(of),
                    label.unwrap_or_else(|| "the standard".to_owned())
                )
            }
            MeasuredThing::Agreement { subject: of } => {
                format!("first views that are the same{}", subject(of))
            }
            MeasuredThing::SessionsHeld => "sessions held".to_owned(),
            MeasuredThing::Count { kinds, subject: of } => {
                let kinds: Vec<String> = kinds.iter().map(|kind| kind.title()).collect();
                format!("{}{}", kinds.join(", "), subject(of))
            }
            MeasuredThing::Confidence => "your own scale".to_owned(),
        }
    }

    pub(crate) fn share(
        &self,
        reading: &Measurement,
        value: f64,
        counts: Option<CountOf>,
        point: Option<DatedPoint>,
    ) -> String {
        let mut text = match counts {
            Some(CountOf { with, of }) if reading.unit != MeasurementUnit::Points => {
                format!("{with} of {of} ({})", number(reading, value))
            }
            _ => number(reading, value),
        };
        if let Some(moment) = point {
            text.push_str(&format!(" {}", self.moment(moment)));
        }
        text
    }

    pub(crate) fn moment(&self, moment: DatedPoint) -> String {
        let this = self.school.set_up.calendar.academic_year.0;
        match (moment.point, moment.academic_year == this) {
            (DataPoint::Baseline, _) => "on entry".to_owned(),
            (point, true) => format!("in {point}"),
            (point, false) => format!("in {point} of the year before"),
        }
    }

    pub(crate) fn aim(&self, reading: &Measurement) -> String {
        let Some(to) = reading.to else { return "; to be kept".to_owned() };
        let aim = format!("; to come to {}", number(reading, to));
        let (MeasurementUnit::Pupils, Some(CountOf { with, of }), false) =
            (reading.unit, reading.counts, reading.reached)
        else {
            return aim;
        };
        let wanted = (to / 100.0 * f64::from(of) - 1e-9).ceil() as i64;
        let missing = usize::try_from(wanted - i64::from(with)).unwrap_or(0);
        format!("{aim}, {} more", counted(missing, "pupil"))
    }

    pub(crate) fn chance(&self, reading: &Measurement, measured: &MeasuredAim) -> Option<String> {
        let is_gap = matches!(measured.what, MeasuredThing::Gap { .. });
        let interval = reading.interval.map(|[low, high]| match reading.unit {
            _ if is_gap => format!(" ({} to {} points)", low.round(), high.round()),
            _ => format!(" ({:+} to {:+} points)", low.round(), high.round()),
        });
        let interval = interval.unwrap_or_default();
        if is_gap && reading.chance != Chance::TooFew {
            return reading.interval.map(|_| {
                format!(
                    "The gap now lies between{}; its change is not tested",
                    interval.replace(" (", " ").replace(" to ", " and ").replace(')', "")
                )
            });
        }
        Some(match reading.chance {
            Chance::Up => format!("The rise is more than chance{interval}"),
            Chance::Down => format!("The fall is more than chance{interval}"),
            Chance::MayBe if reading.to.is_none() => return None,
            Chance::MayBe => format!("The change may be chance{interval}"),
            Chance::TooFew => "Too few to tell whether it is chance".to_owned(),
            Chance::NotAsked => return None,
        })
    }

    pub(crate) fn monitoring(&self, one: &MonitoringProgress) -> String {
        let kinds: Vec<String> = one.shown_by.iter().map(ToString::to_string).collect();
        let mut parts: Vec<String> = Vec::new();
        if one.records > 0 {
            parts.push(counted(one.records, "record"));
        } else if !kinds.is_empty() {
            parts.push(format!("nothing of {}", kinds.join(", ")));
        }
        match (&one.link, one.linked) {
            (Some(link), Some(true)) => parts.push(link.clone()),
            (Some(link), Some(false)) => parts.push(format!("{link} is not there")),
            (Some(link), None) => parts.push(format!("{link}, which is not looked at")),
            (None, _) => {}
        }
        if parts.is_empty() { one.text.clone() } else { format!("{}: {}", one.text, parts.join("; ")) }
    }
}

pub(crate) fn has(numbers: &[usize], names: &str) -> String {
    format!("{names} {}", if numbers.len() == 1 { "has" } else { "have" })
}

/// A number in its unit.
pub(crate) fn number(reading: &Measurement, value: f64) -> String {
    match reading.unit {
        MeasurementUnit::Pupils | MeasurementUnit::Pieces => percent(value),
        MeasurementUnit::Points => format!("{} points", value.round()),
        MeasurementUnit::Records | MeasurementUnit::Scale => short_number(value),
    }
}

/// The command that adds a record of a kind.
pub(crate) fn command(kind: Proof, id: &Id, subject: Option<&Id>) -> String {
    let subject = subject.map_or_else(String::new, |subject| format!(" --subject {subject}"));
    match kind.of {
        ProofSource::Evidence => format!("phase record --kind {}{subject}", kind.kind),
        ProofSource::Sessions => "phase schedule".to_owned(),
        ProofSource::Actions => format!("phase actions add --kind {} --from {id}{subject}", kind.kind),
        ProofSource::Log => format!("phase log add --kind {} --shows {id}{subject}", kind.kind),
    }
}
