//! What is significant, what the paths are, and what is missing, in words.

use super::{TrajectoryView, percent, short_name, short_number, whose};
use crate::school::{Group, Measure};
use crate::statistics::proportion_test::Flag;
use crate::track::trajectory::answer::SubjectProgress;
use crate::view::counted;

impl TrajectoryView<'_> {
    /// The gaps in words: what is flagged, then what is short without a flag.
    pub(crate) fn said(&self) -> Vec<(String, Vec<String>)> {
        let mut said = Vec::new();
        let rows = || self.answer.subjects.iter().filter(|row| row.pupils_gap.is_some());
        let pupils = |row: &SubjectProgress| {
            let gap = row.pupils_gap.unwrap_or(0).unsigned_abs();
            counted(usize::try_from(gap).unwrap_or(usize::MAX), "pupil")
        };
        for (flag, label, way) in [
            (Flag::Below, "Below", "significantly below its path"),
            (Flag::Above, "Above", "significantly above its path"),
        ] {
            let flagged = rows().filter(|row| row.flag == Some(flag)).map(|row| {
                let more = if flag == Flag::Below { "short" } else { "more than expected" };
                let sure = match row.holds_up {
                    Some(false) => "; among so many tests it may be chance",
                    _ => "; it holds up",
                };
                let close = if row.close_call == Some(true) { ", but is a close call" } else { "" };
                format!("{}: {way}, {} {more}{sure}{close}", self.of(row), pupils(row))
            });
            let flagged: Vec<String> = flagged.collect();
            if !flagged.is_empty() {
                said.push((label.to_owned(), flagged));
            }
        }
        let short: Vec<String> = rows()
            .filter(|row| row.flag == Some(Flag::InLine) && row.pupils_gap.is_some_and(|gap| gap < 0))
            .map(|row| format!("{} by {}", self.of(row), row.pupils_gap.unwrap_or(0).unsigned_abs()))
            .collect();
        if !short.is_empty() {
            said.push(("In line".to_owned(), vec![format!("but below the path: {}.", short.join("; "))]));
        }
        said
    }

    pub(crate) fn notes(&self) -> Vec<(String, Vec<String>)> {
        let answer = self.answer;
        let mut notes: Vec<(String, Vec<String>)> = Vec::new();
        let paths = self.paths();
        if !paths.is_empty() {
            notes.push(("Paths".to_owned(), paths));
        }
        if answer.tests > 0 {
            let kept = answer.subjects.iter().filter(|row| row.holds_up == Some(true)).count();
            let held = match (answer.flags, kept) {
                (0, _) => "none is flagged".to_owned(),
                (1, 1) => "1 flagged, which holds up".to_owned(),
                (flags, kept) if flags == kept => format!("{flags} flagged, which hold up among so many"),
                (flags, kept) => format!("{flags} flagged, {kept} of which hold up among so many"),
            };
            notes.push((
                "Tests".to_owned(),
                vec![format!(
                    "{} made; by chance alone {} would be flagged; {held}.",
                    answer.tests,
                    short_number(answer.flags_expected_by_chance)
                )],
            ));
        }
        if let Some(could) = self.could_show() {
            notes.push(("Too small".to_owned(), vec![could]));
        }
        let joiners = self.joiners();
        if !joiners.is_empty() {
            notes.push(("Joined late".to_owned(), joiners));
        }
        let missing = self.missing();
        if !missing.is_empty() {
            notes.push(("Missing".to_owned(), missing));
        }
        if !answer.assumed.is_empty() {
            notes.push(("Note".to_owned(), answer.assumed.clone()));
        }
        notes
    }

    /// Where each path begins and leads, in one line a year group; those that fall, and those that change from one
    /// kind of result to another, are shown.
    fn paths(&self) -> Vec<String> {
        let mut lines: Vec<(String, Vec<String>)> = Vec::new();
        let mut odd: Vec<String> = Vec::new();
        for row in self.answer.subjects.iter().filter(|row| row.year_group.is_some() || self.only_phase()) {
            let Some(to) = row.path_to else { continue };
            let whom = match &row.group {
                Group::All => String::new(),
                group => format!(", {}", group.says(&self.school.settings.groupings)),
            };
            let measure = if row.measure == Measure::Higher { " higher" } else { "" };
            let name = format!("{}{measure}", short_name(self.school, &row.subject));
            let says = match row.path_from {
                Some(from) => format!("{name} {} to {}", percent(from), percent(to)),
                None => format!("{name} to {}", percent(to)),
            };
            if row.path_from.is_some_and(|from| from > to) {
                odd.push(format!(
                    "{}: the target lies below where they began, so the path falls",
                    self.of(row)
                ));
            }
            if let Some(before) = row.kind_before {
                let now = if before == "test" { "teacher assessment" } else { "a test" };
                let then = if before == "test" { "a test" } else { "teacher assessment" };
                odd.push(format!(
                    "{}: {now} now, {then} where the path begins: read the two with care",
                    self.of(row)
                ));
            }
            let head = format!("{}{whom}", whose(row.year_group.as_deref(), self.phase()));
            match lines.iter_mut().find(|(other, _)| *other == head) {
                Some((_, parts)) => parts.push(says),
                None => lines.push((head, vec![says])),
            }
        }
        let lines = lines
            .into_iter()
            .map(|(head, parts)| format!("{head}, from entry to the target: {}", parts.join("; ")));
        lines.chain(odd).collect()
    }

    /// Whether there are no year groups to show.
    fn only_phase(&self) -> bool {
        self.answer.subjects.iter().all(|row| row.year_group.is_none())
    }

    /// Each year group without those who joined late, in one line.
    fn joiners(&self) -> Vec<String> {
        let mut lines: Vec<(String, Vec<String>)> = Vec::new();
        for row in
            self.answer.subjects.iter().filter(|row| row.group == Group::All && row.year_group.is_some())
        {
            let Some(without) = &row.without_joiners else { continue };
            let joined = row.n.unwrap_or(0).saturating_sub(without.n);
            let whose = whose(row.year_group.as_deref(), self.phase());
            let head = format!("{whose} without the {joined} who joined late");
            let share = without.percent.map_or_else(String::new, percent);
            let other = if Some(without.flag) == row.flag {
                String::new()
            } else {
                format!(", then {}", without.flag.word().replace('-', " "))
            };
            let measure = if row.measure == Measure::Higher { " higher" } else { "" };
            let name = short_name(self.school, &row.subject);
            let says = format!("{name}{measure} {share} ({} of {}){other}", without.at_standard, without.n);
            match lines.iter_mut().find(|(other, _)| *other == head) {
                Some((_, parts)) => parts.push(says),
                None => lines.push((head, vec![says])),
            }
        }
        lines.into_iter().map(|(head, parts)| format!("{head}: {}", parts.join("; "))).collect()
    }

    /// What is missing in each year group, the subjects named where it is the same.
    fn missing(&self) -> Vec<String> {
        let mut lines: Vec<(String, Vec<String>)> = Vec::new();
        for row in
            self.answer.subjects.iter().filter(|row| row.group == Group::All && row.year_group.is_some())
        {
            let whose = whose(row.year_group.as_deref(), self.phase());
            let unassessed = row.n.zip(row.assessed).map_or(0, |(n, assessed)| n - assessed);
            let without = row.without_result.unwrap_or(0);
            let mut note = |count: u32, says: &str| {
                let says = format!("{whose}: {count} {says}");
                let name = short_name(self.school, &row.subject);
                match lines.iter_mut().find(|(other, _)| count > 0 && *other == says) {
                    Some((_, names)) if names.contains(&name) => {}
                    Some((_, names)) => names.push(name),
                    None if count > 0 => lines.push((says, vec![name])),
                    None => {}
                }
            };
            note(without, "without a result, not counted");
            note(unassessed, "not assessed, counted as not at the standard");
        }
        lines.into_iter().map(|(says, names)| format!("{says} ({})", names.join("; "))).collect()
    }

    /// The smallest gap that so many pupils could show at all.
    fn could_show(&self) -> Option<String> {
        let mut said: Vec<(u32, i64)> = self
            .answer
            .subjects
            .iter()
            .filter(|row| row.flag.is_some_and(Flag::is_tested))
            .filter_map(|row| Some((row.n?, row.smallest_shortfall?)))
            .collect();
        said.sort_unstable();
        said.dedup_by_key(|(n, _)| *n);
        let each: Vec<String> = said.iter().take(6).map(|(n, gap)| format!("{gap} of {n}")).collect();
        (!each.is_empty()).then(|| {
            format!(
                "a shortfall of fewer than {} pupils is never flagged: it could be chance",
                each.join(", ")
            )
        })
    }
}
