//! Where things stand today, on one screen.

use crate::document::{Block, Cell, Document, Table};
use crate::improve::actions::ActionProgress;
use crate::improve::due_rounds;
use crate::improve::duties::DutyProgress;
use crate::judge::firmness::{BreadthCheck, Firmness};
use crate::overview::status::{StatusAnswer, SubjectBelow, ThinJudgement};
use crate::overview::upcoming::{DayKind, UpcomingSession};
use crate::render::long_date;
use crate::school::{Frequency, Measure, School, SessionKind, day, half_term_name};
use crate::view::improve::objective_states::state_word;
use crate::view::track::trajectory::short_name;
use crate::view::{counted, dated, listed, people, subjects, years};

/// How many of a kind are named; the others are counted.
const NAMED: usize = 3;

/// The answer as a document.
pub fn document(school: &School, answer: &StatusAnswer) -> Document {
    let words = StatusView { school, answer };
    let mut said: Vec<(&str, Vec<String>)> = vec![
        ("Mend", words.mend()),
        ("Next", answer.next.iter().map(|coming| words.coming(coming)).collect()),
        ("Settle", words.broken()),
        ("Not noted", words.not_noted()),
        ("Overdue", words.overdue()),
        ("Due", words.due()),
        ("Look again", words.to_review()),
        ("Schedules", words.schedules()),
        ("Watch", words.watch()),
        ("Objectives", words.objectives()),
        ("Duties", words.duties()),
        ("Records", words.records_kept()),
    ];
    said.retain(|(_, says)| !says.is_empty());
    let mut blocks = Vec::new();
    if !said.is_empty() {
        blocks
            .push(Block::Labelled(said.into_iter().map(|(label, says)| (label.to_owned(), says)).collect()));
    }
    blocks.push(Block::Commands(format!("To do next: {}", words.next_step())));
    Document::new(words.title(), blocks, words.records(), answer.made_on)
}

struct StatusView<'a> {
    school: &'a School,
    answer: &'a StatusAnswer,
}

/// The first few of several, and how many more there are.
fn few(says: Vec<String>) -> Vec<String> {
    let more = says.len().saturating_sub(NAMED);
    let mut shown: Vec<String> = says.into_iter().take(NAMED).collect();
    if more > 0 {
        shown.push(format!("and {more} more"));
    }
    shown
}

impl StatusView<'_> {
    fn title(&self) -> String {
        let phase = self.school.phase_name(&self.answer.phase);
        let today = self.answer.made_on;
        let when = match &self.answer.today {
            DayKind::Term { half_term, week, weeks, closed } => {
                let closed = closed.as_ref().map_or_else(String::new, |reason| format!(" ({reason})"));
                format!("{}, week {week} of {weeks}{closed}", half_term_name(*half_term))
            }
            DayKind::Holiday { next: Some(next), from: Some(from) } => {
                format!("holiday; {} begins on {}", half_term_name(*next), day(*from))
            }
            DayKind::Holiday { .. } => format!("after the end of {}", self.answer.academic_year),
        };
        format!("{} {}, {phase}, {when}", today.format("%a"), long_date(today))
    }

    fn mend(&self) -> Vec<String> {
        let faults = self.answer.faults;
        match (faults.errors, faults.warnings) {
            (0, 0) => Vec::new(),
            (0, warnings) => vec![format!("{}: phase check", counted(warnings, "warning"))],
            (errors, _) => {
                vec![format!("{}, so what follows may lack something: phase check", counted(errors, "error"))]
            }
        }
    }

    /// What cannot be as it was agreed, and what fixes it.
    fn broken(&self) -> Vec<String> {
        let broken = &self.answer.broken;
        let mut says = few(crate::view::broken(broken));
        let mut half_terms: Vec<u8> = broken.iter().map(|one| one.half_term).collect();
        half_terms.dedup();
        says.extend(half_terms.into_iter().map(|number| self.replan(number)));
        says
    }

    /// The command that plans anew what is left of a half term.
    fn replan(&self, half_term: u8) -> String {
        let of = crate::view::of_phase(self.school, &self.answer.phase);
        format!("phase schedule{of} --half-term {half_term} --replan")
    }

    fn coming(&self, coming: &UpcomingSession) -> String {
        let when = coming.when;
        let Some(kind) = coming.kind else {
            return format!("{when}  set aside for you, nothing given out");
        };
        let mut parts = vec![format!("{when}  {}", kind.title())];
        parts.extend(coming.subject.as_ref().map(|subject| self.school.subject_name(subject).to_owned()));
        if !coming.with.is_empty() {
            parts.push(people(self.school, &coming.with));
        }
        if !coming.classes.is_empty() {
            parts.push(listed(&coming.classes.iter().map(ToString::to_string).collect::<Vec<_>>()));
        }
        parts.extend(coming.place.clone());
        let form = match kind {
            SessionKind::WorkScrutiny => "  (phase form books)",
            SessionKind::RecordsScrutiny => "  (phase form records)",
            SessionKind::LessonVisit => "  (phase form lessons)",
            SessionKind::Evaluation => "  (phase evaluate)",
            SessionKind::Scheduling => "  (phase schedule)",
            _ => "",
        };
        format!("{}{form}", parts.join(", "))
    }

    fn not_noted(&self) -> Vec<String> {
        let says = |coming: &UpcomingSession| {
            let id = coming.id.as_ref().map_or("", |id| id.as_str());
            format!("{}: phase held {id}, or phase missed {id} --why …", day(coming.when.date))
        };
        few(self.answer.not_noted.iter().map(says).collect())
    }

    fn overdue(&self) -> Vec<String> {
        let says = |action: &ActionProgress| {
            let who = self.school.name_of(&action.owner);
            format!("{}: {who}, since {}", action.action, dated(self.school, action.due))
        };
        few(self.answer.overdue.iter().map(says).collect())
    }

    fn due(&self) -> Vec<String> {
        let says = |action: &ActionProgress| {
            format!("{}: {}, {}", action.action, self.school.name_of(&action.owner), day(action.due))
        };
        few(self.answer.due.iter().map(says).collect())
    }

    fn to_review(&self) -> Vec<String> {
        let ids: Vec<String> = self.answer.to_review.iter().map(ToString::to_string).collect();
        match ids.as_slice() {
            [] => Vec::new(),
            ids => vec![format!("what came of {}: phase actions review", listed(ids))],
        }
    }

    fn schedules(&self) -> Vec<String> {
        let (Some(number), missing) = (self.answer.schedules_for, &self.answer.not_handed_in) else {
            return Vec::new();
        };
        if missing.is_empty() {
            return vec![format!("all are in for {}", half_term_name(number))];
        }
        vec![format!("not handed in for {}: {}", half_term_name(number), subjects(self.school, missing))]
    }

    fn watch(&self) -> Vec<String> {
        let below: Vec<String> = few(self.answer.off_path.iter().map(|row| self.off_path(row)).collect());
        let mut watch = Vec::new();
        if !below.is_empty() {
            watch.push(format!("significantly below the path: {}", below.join("; ")));
        }
        watch.extend(few(self.thin_subjects()));
        watch
    }

    /// A line for each subject of which a judgement rests on too little.
    fn thin_subjects(&self) -> Vec<String> {
        let mut subjects: Vec<Option<&crate::school::Id>> = Vec::new();
        for thin in &self.answer.thin {
            if !subjects.contains(&thin.subject.as_ref()) {
                subjects.push(thin.subject.as_ref());
            }
        }
        let says = |subject: &Option<&crate::school::Id>| {
            let own = self.answer.thin.iter().filter(|thin| thin.subject.as_ref() == *subject);
            let own: Vec<String> = own.map(|thin| self.thin(thin)).collect();
            let of = subject.map_or("the phase", |subject| self.school.subject_name(subject));
            format!("{of}: {}", own.join("; "))
        };
        subjects.iter().map(says).collect()
    }

    fn off_path(&self, row: &SubjectBelow) -> String {
        let mut of = vec![short_name(self.school, &row.subject)];
        of.extend(row.year_group.iter().map(|year| years(std::slice::from_ref(year))));
        of.extend((row.measure != Measure::Expected).then(|| row.measure.title().to_owned()));
        let short = row.pupils_gap.map_or_else(String::new, |gap| {
            format!(" ({} short)", counted(usize::try_from(gap.abs()).unwrap_or(0), "pupil"))
        });
        format!("{}{short}", of.join(", "))
    }

    fn thin(&self, thin: &ThinJudgement) -> String {
        let strand = thin.strand.word();
        let says = match thin.firmness {
            Firmness::NoGrade => "no grade yet",
            _ => "provisional",
        };
        let wants: Vec<String> = thin
            .missing
            .iter()
            .map(|check| {
                match check {
                    BreadthCheck::Kinds => "kinds",
                    BreadthCheck::Items => "pieces",
                    BreadthCheck::Classes => "classes",
                    BreadthCheck::Weeks => "weeks",
                    BreadthCheck::Observers => "people",
                }
                .to_owned()
            })
            .collect();
        let wants =
            if wants.is_empty() { String::new() } else { format!(", for want of {}", listed(&wants)) };
        format!("{strand} {says}{wants}")
    }

    fn objectives(&self) -> Vec<String> {
        let says = |one: &crate::overview::status::ObjectiveInShort| {
            // Without a place to break: each stays in one piece.
            let says =
                format!("{}: {} {}/{}", one.number, state_word(one.state), one.progress.met, one.progress.of);
            says.replace(' ', "\u{a0}")
        };
        match self.answer.objectives.as_slice() {
            [] => Vec::new(),
            all => vec![all.iter().map(says).collect::<Vec<_>>().join("   ")],
        }
    }

    fn duties(&self) -> Vec<String> {
        let due = &self.answer.duties_due;
        if due.is_empty() {
            return Vec::new();
        }
        // What is late is named first.
        let is_late = |duty: &&DutyProgress| duty.state == due_rounds::DutyState::Overdue;
        let named = due.iter().filter(is_late).chain(due.iter().filter(|duty| !is_late(duty)));
        let ids: Vec<&str> = named.take(NAMED).map(|duty| duty.id.as_str()).collect();
        let more = if due.len() > NAMED { " …" } else { "" };
        let late = due.iter().filter(is_late).count();
        let late = if late > 0 { format!(", {late} of them late") } else { String::new() };
        let is_all_year = due.iter().all(|duty| duty.every == Frequency::Year);
        let by = if is_all_year { "this year" } else { "this half term" };
        vec![format!("{} due {by}{late}: {}{more} (phase duties --open)", due.len(), ids.join(", "))]
    }

    fn records_kept(&self) -> Vec<String> {
        match self.answer.kept_too_long.as_slice() {
            [] => Vec::new(),
            all => vec![format!("kept longer than the school wants: pupils of {}", years(all))],
        }
    }

    /// The one command that helps most now.
    fn next_step(&self) -> String {
        let answer = self.answer;
        let there = answer.there;
        if answer.faults.errors > 0 {
            return "phase check".to_owned();
        }
        if let Some(id) = answer.not_noted.first().and_then(|coming| coming.id.as_ref()) {
            return format!("phase held {id}");
        }
        if let Some(broken) = answer.broken.first() {
            return self.replan(broken.half_term);
        }
        if !answer.given_out {
            let of = crate::view::of_phase(self.school, &answer.phase);
            let save = if there.schedules { " --save" } else { "" };
            return format!("phase schedule{of}{save}");
        }
        if let Some(number) = answer.schedules_for.filter(|_| !answer.not_handed_in.is_empty()) {
            return format!("phase form schedule --half-term {number}");
        }
        if !there.evidence {
            return "phase record".to_owned();
        }
        if let Some(row) = answer.off_path.first() {
            return format!("phase causes --subject {}", row.subject);
        }
        if !there.results {
            return "phase import MARKSHEET, for pupils' results".to_owned();
        }
        "phase evaluate".to_owned()
    }

    fn records(&self) -> Table {
        let mut rows: Vec<Vec<Cell>> = Vec::new();
        let mut add = |what: &str, when: Option<chrono::NaiveDate>, says: String| {
            rows.push(vec![what.into(), when.map_or(Cell::Empty, Cell::Date), says.into()]);
        };
        for coming in &self.answer.next {
            add("next", Some(coming.when.date), self.coming(coming));
        }
        for broken in &self.answer.broken {
            add("settle", Some(broken.when.date), broken.says.join("; "));
        }
        for coming in &self.answer.not_noted {
            add("not-noted", Some(coming.when.date), self.coming(coming));
        }
        for action in &self.answer.overdue {
            add("overdue", Some(action.due), format!("{}: {}", action.id, action.action));
        }
        for action in &self.answer.due {
            add("due", Some(action.due), format!("{}: {}", action.id, action.action));
        }
        for id in &self.answer.to_review {
            add("look-again", None, id.to_string());
        }
        for subject in &self.answer.not_handed_in {
            add("not-handed-in", None, self.school.subject_name(subject).to_owned());
        }
        for row in &self.answer.off_path {
            add("off-path", None, self.off_path(row));
        }
        for thin in &self.answer.thin {
            let of = thin.subject.as_ref().map_or("the phase", |subject| self.school.subject_name(subject));
            add("thin", None, format!("{of}: {}", self.thin(thin)));
        }
        for one in &self.answer.objectives {
            add(
                "objective",
                None,
                format!("{} {}: {} of {}", one.id, state_word(one.state), one.progress.met, one.progress.of),
            );
        }
        for duty in &self.answer.duties_due {
            add("duty", duty.next_due, format!("{}: {}", duty.id, duty.text));
        }
        Table::of(["what", "when", "says"], rows.into_iter())
    }
}
