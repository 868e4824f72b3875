//! A piece of evidence, asked for step by step: both first views before the agreed one.

use anyhow::{Context, Result};

use super::args::{Args, row};
use crate::cli::arguments;
use crate::cli::shell::Shell;
use crate::cli::shell::prompt::Prompter;
use crate::load::formats::times;
use crate::load::frameworks::lookup::kind;
use crate::load::names::Names;
use crate::load::records::reader;
use crate::privacy::concerns::ConcernCheck;
use crate::school::layout::rows::{SetUpRow, of, set};
use crate::school::{Aspect, Evidence, EvidenceKind, Framework, Id, School, day};

/// Asks for what the flags leave open; returns the row.
pub(crate) fn ask(args: &Args, school: &School, shell: &Shell, asking: &Prompter) -> Result<SetUpRow> {
    let mut row = row(args, school, shell)?;
    let framework =
        school.year.frameworks.get(&school.settings.framework).context("the framework cannot be read")?;
    let phase = arguments::phase_meant(school, shell)?;
    let steps = RecordQuestions { school, framework, asking, shell };
    if framework.is_unverified() {
        shell.say(&format!(
            "The lines of {} are paraphrase, unverified: see the published framework.",
            framework.id
        ));
    }
    steps.kind(&mut row)?;
    steps.subject(&mut row)?;
    let aspect = steps.aspect(&mut row, phase.has_early_years())?;
    steps.date(args, &mut row)?;
    let visit = of(&row, "kind") == EvidenceKind::Lessons.word() && steps.lessons(&mut row)?;
    if of(&row, "rests_on").is_empty() {
        steps.classes(&mut row)?;
    }
    let leader = school.name_of(&phase.leader).to_owned();
    steps.person(&mut row, "by", "Who looked?", &leader)?;
    steps.views(&mut row, aspect, visit)?;
    steps.notes(&mut row, visit)?;
    Ok(row)
}

struct RecordQuestions<'a> {
    school: &'a School,
    framework: &'a Framework,
    asking: &'a Prompter,
    shell: &'a Shell,
}

impl RecordQuestions<'_> {
    fn kind(&self, row: &mut SetUpRow) -> Result<()> {
        let kinds: Vec<EvidenceKind> = EvidenceKind::ALL.to_vec();
        let chosen = match of(row, "kind") {
            "" => {
                let options: Vec<String> =
                    kinds.iter().map(|kind| format!("{} ({})", kind.word(), kind.title())).collect();
                let index = self.asking.choose("What kind of evidence is it?", &options, 0)?;
                kinds.get(index).copied().unwrap_or(EvidenceKind::Books)
            }
            typed => kind(typed)?,
        };
        set(row, "kind", chosen.word().to_owned());
        Ok(())
    }

    fn subject(&self, row: &mut SetUpRow) -> Result<()> {
        if of(row, "subject").is_empty() {
            let mut options: Vec<String> =
                self.school.set_up.subjects.values().map(|subject| subject.name.clone()).collect();
            options.push("the phase as a whole".to_owned());
            let index = self.asking.choose("Which subject?", &options, 0)?;
            let id = self.school.set_up.subjects.keys().nth(index).map_or(reader::PHASE, Id::as_str);
            set(row, "subject", id.to_owned());
        }
        Ok(())
    }

    fn aspect(&self, row: &mut SetUpRow, early_years: bool) -> Result<&Aspect> {
        let kind = kind(of(row, "kind"))?;
        let known: Vec<&Aspect> =
            self.framework.areas_for(early_years).flat_map(|area| &area.aspects).collect();
        let aspects: Vec<&Aspect> = known.into_iter().filter(|aspect| aspect.kinds.contains(&kind)).collect();
        let typed = of(row, "aspect").to_owned();
        let chosen = if typed.is_empty() {
            let options: Vec<String> =
                aspects.iter().map(|aspect| format!("{} ({})", aspect.title, aspect.id)).collect();
            let index = self.asking.choose("Which aspect does it speak to?", &options, 0)?;
            aspects.get(index).copied()
        } else {
            let id = crate::load::frameworks::lookup::known_aspect(&typed, self.framework)?;
            self.framework.aspect(&id)
        };
        let aspect = chosen.context("no aspect can be spoken to by this kind")?;
        set(row, "aspect", aspect.id.to_string());
        Ok(aspect)
    }

    fn date(&self, args: &Args, row: &mut SetUpRow) -> Result<()> {
        if args.row.get("date").is_none() {
            let today = of(row, "date").to_owned();
            let typed = self.asking.text("Which day?", &today, "14/01/2027 or 14 Jan 2027", |text| {
                times::date(text).map(drop)
            })?;
            set(row, "date", times::date(&typed)?.to_string());
        }
        Ok(())
    }

    /// Asks whether a visit is described, or lessons are graded over several visits; true for a visit.
    fn lessons(&self, row: &mut SetUpRow) -> Result<bool> {
        if !of(row, "rests_on").is_empty() {
            return Ok(false);
        }
        let subject = of(row, "subject").to_owned();
        let is_visit = |item: &&Evidence| {
            let of_subject =
                subject == reader::PHASE || item.about.subject().is_some_and(|id| id.as_str() == subject);
            item.kind == EvidenceKind::Lessons
                && !item.has_view()
                && of_subject
                && item.academic_year == self.school.set_up.calendar.academic_year.0
        };
        let visits: Vec<&Evidence> = self.school.year.evidence.iter().filter(is_visit).collect();
        if visits.len() < 2 {
            return Ok(true);
        }
        let options = [
            "a visit to one class: described, never graded",
            "a grade for lessons, resting on two visits or more",
        ];
        if self.asking.choose("What is it?", &options.map(str::to_owned), 0)? == 0 {
            return Ok(true);
        }
        let shown: Vec<String> = visits
            .iter()
            .map(|visit| {
                let classes: Vec<&str> = visit.classes.iter().map(Id::as_str).collect();
                format!("{} {} {}", visit.id, day(visit.date), classes.join(", "))
            })
            .collect();
        loop {
            let chosen = self.asking.several("Which visits does it rest on?", &shown, &[])?;
            if chosen.len() >= 2 {
                let ids: Vec<&str> = chosen
                    .iter()
                    .filter_map(|index| visits.get(*index))
                    .map(|visit| visit.id.as_str())
                    .collect();
                set(row, "rests_on", ids.join(";"));
                return Ok(false);
            }
        }
    }

    fn classes(&self, row: &mut SetUpRow) -> Result<()> {
        if !of(row, "classes").is_empty()
            || !of(row, "year_group").is_empty()
            || self.school.set_up.classes.is_empty()
        {
            return Ok(());
        }
        let known: Vec<String> = self.school.set_up.classes.keys().map(ToString::to_string).collect();
        let names = Names::of_classes(self.school);
        let known_names: Vec<Id> = self.school.set_up.classes.keys().cloned().collect();
        let check = move |text: &str| {
            let mut names = Names::new("no class");
            known_names.iter().for_each(|class| _ = names.add(class, class.as_str()));
            text.split([';', ','])
                .map(str::trim)
                .filter(|part| !part.is_empty())
                .try_for_each(|part| names.find(part).map(drop))
        };
        let help = format!(
            "such as {}; empty where it is a year group or more",
            known.iter().take(2).cloned().collect::<Vec<_>>().join(";")
        );
        let typed = self.asking.text("Which classes?", "", &help, check)?;
        let found: Vec<String> = typed
            .split([';', ','])
            .filter_map(|part| names.find(part.trim()).ok())
            .map(|class| class.to_string())
            .collect();
        set(row, "classes", found.join(";"));
        Ok(())
    }

    fn person(&self, row: &mut SetUpRow, name: &'static str, question: &str, default: &str) -> Result<()> {
        let staff: Vec<(Id, String)> = self
            .school
            .set_up
            .staff
            .values()
            .map(|person| (person.id.clone(), person.name.clone()))
            .collect();
        let check = move |text: &str| {
            if text.is_empty() {
                return Ok(());
            }
            let mut names = Names::of_people("nobody on the staff");
            staff.iter().for_each(|(id, name)| _ = names.add(id, name));
            names.find(text).map(drop)
        };
        let typed = self.asking.text(question, default, "a name or a surname", check)?;
        let found =
            Names::of_staff(self.school).find(&typed).map_or_else(|_| String::new(), |id| id.to_string());
        set(row, name, found);
        Ok(())
    }

    /// Both first views before the agreed one.
    fn views(&self, row: &mut SetUpRow, aspect: &Aspect, visit: bool) -> Result<()> {
        if visit || self.framework.grades.is_empty() {
            return Ok(());
        }
        if of(row, "grade").is_empty() {
            let question = format!("{}: this sample best matches …", aspect.title);
            set(row, "grade", self.grade(&question, aspect, "no grade: it only describes")?);
        }
        if of(row, "grade").is_empty() {
            return Ok(());
        }
        if of(row, "moderator").is_empty()
            && self.asking.yes("Did somebody else look at it, and write a view before you talked?", false)?
        {
            self.person(row, "moderator", "Who?", "")?;
        }
        if !of(row, "moderator").is_empty() && of(row, "moderator_grade").is_empty() {
            let question = "Their first view, written before you talked: this sample best matches …";
            set(row, "moderator_grade", self.grade(question, aspect, "they wrote none")?);
        }
        if !of(row, "moderator_grade").is_empty() && of(row, "agreed_grade").is_empty() {
            set(row, "agreed_grade", self.grade("And what did you agree on?", aspect, "not agreed yet")?);
        }
        if !of(row, "moderator").is_empty() && of(row, "jointly").is_empty() {
            set(row, "jointly", "yes".to_owned());
        }
        Ok(())
    }

    /// A grade by its line, the best first; empty for `none`.
    fn grade(&self, question: &str, aspect: &Aspect, none: &str) -> Result<String> {
        let grades: Vec<_> = self.framework.grades.iter().rev().collect();
        let mut options: Vec<String> = grades
            .iter()
            .map(|grade| match aspect.descriptor(grade.rank) {
                Some(line) => format!("{}: {line}", grade.label.to_lowercase()),
                None => grade.label.to_lowercase(),
            })
            .collect();
        options.push(none.to_owned());
        let index = self.asking.choose(question, &options, 0)?;
        Ok(grades.get(index).map_or_else(String::new, |grade| grade.id.to_string()))
    }

    fn notes(&self, row: &mut SetUpRow, visit: bool) -> Result<()> {
        let asked = [
            ("strength", "What is strong? (may be left empty)"),
            ("concern", "What is not? (never about a child's safety)"),
            ("next_step", "What was agreed as the next step?"),
        ];
        for (name, question) in asked {
            if !of(row, name).is_empty() {
                continue;
            }
            let concern_check = ConcernCheck::new(&self.school.settings.safeguarding.phrases);
            let typed = loop {
                // What is refused does not stay on the screen, nor in the line to be typed again.
                let shown = |text: &str| match concern_check.refuses(text, visit) {
                    Some(_) => "(not shown)".to_owned(),
                    None => text.to_owned(),
                };
                let typed = self.asking.note(question, "codes, not names, for pupils", &shown)?;
                let Some(refused) = concern_check.refuses(&typed, visit) else { break typed };
                let wrong = reader::refusal(self.school, refused);
                self.shell.say(&format!("{}: {}", wrong.message, wrong.hint));
            };
            set(row, name, typed);
        }
        Ok(())
    }
}
