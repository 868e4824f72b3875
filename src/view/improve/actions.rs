//! Actions in words: what is late, what is to be done, and what changed since it began.

use crate::document::{Block, Cell, Column, Document, Table};
use crate::improve::actions::{ActionProgress, Actions};
use crate::improve::effects::{Effect, EffectMeasure, EffectShare, EffectVerdict};
use crate::privacy::audience::Audience;
use crate::render::long_date;
use crate::school::{ActionStatus, DataPoint, Group, School};
use crate::statistics::proportion_test::Flag;
use crate::view::track::trajectory::percent;
use crate::view::{counted, dated, face, people, years};

/// Whether an action belongs to a part.
type InPart = fn(&ActionProgress) -> bool;

/// The parts of the answer, and which actions each holds.
const PARTS: &[(&str, InPart)] = &[
    ("Overdue", |action| action.overdue),
    ("Under way", |action| !action.overdue && action.status == ActionStatus::UnderWay),
    ("To do", |action| !action.overdue && action.status == ActionStatus::Open),
    ("Done", |action| action.status == ActionStatus::Done),
    ("Dropped", |action| action.status == ActionStatus::Dropped),
];

/// The answer as a document; of one action, with all that is known of it.
pub fn document(school: &School, answer: &Actions, of_one: bool) -> Document {
    let words = ActionsView { school, answer };
    let mut blocks: Vec<Block> = Vec::new();
    if answer.actions.is_empty() {
        blocks.push(Block::Paragraph(
            "Nothing is to be done for what was asked. phase actions add adds something; phase evaluate --write-actions the steps of a plan."
                .to_owned(),
        ));
    }
    for (heading, of) in PARTS {
        let own: Vec<&ActionProgress> = answer.actions.iter().filter(|action| of(action)).collect();
        if !own.is_empty() {
            blocks.push(Block::Heading((*heading).to_owned()));
            blocks.push(Block::Table(
                words.table(&own).read_as("a row an action; in brackets what it is and whom it is for."),
            ));
        }
    }
    if let (true, [action]) = (of_one, answer.actions.as_slice()) {
        let known = words.known(action);
        if !known.is_empty() {
            blocks.push(Block::Labelled(known));
        }
    }
    let effects: Vec<(String, String)> = answer
        .actions
        .iter()
        .flat_map(|action| action.effects.iter().map(|effect| words.effect(action, effect)))
        .collect();
    if !effects.is_empty() {
        blocks.push(Block::Heading("What changed since".to_owned()));
        blocks.push(Block::Facts(effects));
    }
    let notes = if of_one { Vec::new() } else { words.notes() };
    if !notes.is_empty() {
        blocks.push(Block::Labelled(notes));
    }
    if answer.actions.iter().any(|action| !action.effects.is_empty()) {
        blocks.push(Block::Paragraph(
            "How to read this: improved is a rise whose 95% interval leaves out zero; back on track a subject that was significantly below its path and is no more; no sign says that chance could make the change, not that nothing happened. What else changed meanwhile is not known."
                .to_owned(),
        ));
    }
    Document {
        face: face(&answer.audience),
        ..Document::new(
            format!("Actions, {}: {}", school.phase_name(&answer.phase), long_date(answer.made_on)),
            blocks,
            records(answer),
            answer.made_on,
        )
    }
}

struct ActionsView<'a> {
    school: &'a School,
    answer: &'a Actions,
}

/// What can be said of an effect.
pub(crate) fn verdict_word(verdict: Option<EffectVerdict>) -> &'static str {
    let Some(verdict) = verdict else { return "c" };
    match verdict {
        EffectVerdict::TooSoon => "too soon",
        EffectVerdict::CannotTell => "cannot tell",
        EffectVerdict::TooFew => "too few to tell",
        EffectVerdict::NoSign => "no sign",
        EffectVerdict::Improved => "improved",
        EffectVerdict::BackOnTrack => "back on track",
    }
}

/// Pence as pounds: `£1,200`, `£12.50`.
fn pounds(pence: i64) -> String {
    let (whole, rest) = (pence / 100, pence % 100);
    let digits = whole.to_string();
    let grouped: String = digits
        .chars()
        .enumerate()
        .flat_map(|(index, digit)| {
            let comma = index > 0 && (digits.len() - index) % 3 == 0;
            comma.then_some(',').into_iter().chain([digit])
        })
        .collect();
    if rest == 0 { format!("£{grouped}") } else { format!("£{grouped}.{rest:02}") }
}

impl ActionsView<'_> {
    fn table(&self, own: &[&ActionProgress]) -> Table {
        let row = |action: &&ActionProgress| -> Vec<Cell> {
            let mut what: Vec<String> = action.kind.iter().map(|kind| kind.replace('-', " ")).collect();
            what.extend(action.subject.as_ref().map(|id| self.school.measured_name(id).to_owned()));
            if action.group != Group::All {
                what.push(action.group.says(&self.school.settings.groupings));
            }
            if !action.year_groups.is_empty() {
                what.push(years(&action.year_groups));
            }
            if !action.with.is_empty() {
                what.push(format!("with {}", people(self.school, &action.with)));
            }
            if action.agreed == Some(false) {
                what.push("not yet agreed by all".to_owned());
            }
            let more = if what.is_empty() { String::new() } else { format!(" ({})", what.join(", ")) };
            vec![
                dated(self.school, action.due).into(),
                format!("{}{more}", action.action).into(),
                self.school.name_of(&action.owner).into(),
                action.id.as_str().into(),
            ]
        };
        Table::of(["due", "what", "who", "id"], own.iter().map(row))
    }

    /// All that is known of one action next to its row in the table.
    fn known(&self, action: &ActionProgress) -> Vec<(String, Vec<String>)> {
        let mut known: Vec<(&str, String)> = Vec::new();
        let mut days: Vec<String> = Vec::new();
        days.extend(action.opened.map(|opened| format!("since {}", long_date(opened))));
        days.extend(action.done.map(|done| format!("done on {}", long_date(done))));
        days.extend(action.review.map(|review| format!("looked at again on {}", long_date(review))));
        known.push(("When", days.join(", ")));
        let from: Vec<&str> = action.came_from.iter().map(|id| id.as_str()).collect();
        known.push(("Came from", from.join(", ")));
        let aspect = action.aspect.as_ref().map_or_else(String::new, |aspect| self.aspect(aspect));
        known.push(("Serves", aspect));
        known.push(("Shown by", action.measure.clone()));
        known.push(("Before", action.before.clone()));
        known.push(("Finding", action.after.clone()));
        let money = |pence: Option<i64>, what: &str| pence.map(|pence| format!("{} {what}", pounds(pence)));
        let money: Vec<String> =
            [money(action.spent, "spent"), money(action.budget, "set aside")].into_iter().flatten().collect();
        let over = match (action.spent, action.budget) {
            (Some(spent), Some(budget)) if spent > budget => format!(": {} over", pounds(spent - budget)),
            _ => String::new(),
        };
        known.push(("Money", format!("{}{over}", money.join(" of "))));
        known.push(("Where", action.at.as_ref().map_or_else(String::new, ToString::to_string)));
        known.retain(|(_, says)| !says.is_empty());
        known.into_iter().map(|(label, says)| (label.to_owned(), vec![says])).collect()
    }

    fn aspect(&self, aspect: &crate::school::Id) -> String {
        let framework = self.school.year.frameworks.values().find_map(|framework| framework.aspect(aspect));
        framework.map_or_else(|| aspect.to_string(), |aspect| aspect.title.clone())
    }

    fn effect(&self, action: &ActionProgress, effect: &Effect) -> (String, String) {
        let of = match effect.told_by {
            EffectMeasure::Results => {
                let mut of =
                    vec![effect.subject.as_ref().map_or("", |id| self.school.measured_name(id)).to_owned()];
                of.extend(effect.year_group.iter().map(|year| years(std::slice::from_ref(year))));
                if effect.group != Group::All {
                    of.push(effect.group.says(&self.school.settings.groupings));
                }
                of.join(", ")
            }
            EffectMeasure::Evidence => {
                let aspect = action.aspect.as_ref().map_or_else(String::new, |aspect| self.aspect(aspect));
                format!("pieces at the standard on {}", aspect.to_lowercase())
            }
        };
        let says = if effect.hidden {
            "c: not shown to this audience".to_owned()
        } else {
            let then = |then: &Option<EffectShare>, none: &str| {
                then.map_or_else(|| none.to_owned(), |then| self.then(&then))
            };
            let interval = effect
                .interval
                .filter(|_| effect.verdict != Some(EffectVerdict::TooSoon))
                .map_or_else(String::new, |[low, high]| {
                    format!(" ({:+} to {:+} points)", low.round(), high.round())
                });
            format!(
                "{}: {}; before, {}{interval}",
                verdict_word(effect.verdict),
                then(&effect.now, "nothing yet"),
                then(&effect.before, "nothing is known"),
            )
        };
        (format!("{}, {of}: {says}", action.id), String::new())
    }

    fn then(&self, then: &EffectShare) -> String {
        let mut text = match (then.counts, then.percent) {
            (Some(counts), Some(share)) => format!("{} of {} ({})", counts.with, counts.of, percent(share)),
            (_, Some(share)) => percent(share),
            _ => "-".to_owned(),
        };
        if let Some(moment) = then.point {
            let this = moment.academic_year == self.school.set_up.calendar.academic_year.0;
            match moment.point {
                DataPoint::Baseline => text.push_str(" on entry"),
                point if this => text.push_str(&format!(" in {point}")),
                point => text.push_str(&format!(" in {point} of the year before")),
            }
        }
        match then.flag {
            Some(Flag::Below) => text.push_str(", significantly below its path"),
            Some(Flag::Above) => text.push_str(", significantly above its path"),
            Some(Flag::InLine) => text.push_str(", in line with its path"),
            _ => {}
        }
        text
    }

    fn notes(&self) -> Vec<(String, Vec<String>)> {
        let mut notes = Vec::new();
        let review: Vec<String> = self
            .answer
            .actions
            .iter()
            .filter(|action| action.review_due)
            .map(|action| format!("phase actions review {} --finding \"…\"", action.id))
            .collect();
        if !review.is_empty() && self.answer.audience == Audience::Leader {
            notes.push(("Look again".to_owned(), review));
        }
        let spending = self.answer.spending;
        if spending.actions > 0 {
            let over = spending.spent - spending.budget;
            let over = if over > 0 { format!(": {} over", pounds(over)) } else { String::new() };
            let says = format!(
                "{} spent of {} set aside, in {}{over}",
                pounds(spending.spent),
                pounds(spending.budget),
                counted(spending.actions, "action")
            );
            notes.push(("Money".to_owned(), vec![says]));
        }
        if self.answer.by_consent > 0 {
            let number = counted(self.answer.by_consent, "action");
            let says = format!(
                "{number} of coaching, modelling or paired planning: arranged by consent, for those concerned"
            );
            notes.push(("Not shown".to_owned(), vec![says]));
        }
        if self.answer.not_shown > 0 {
            let says = format!("{} more that are done or dropped: --all shows them", self.answer.not_shown);
            notes.push(("And".to_owned(), vec![says]));
        }
        notes
    }
}

fn records(answer: &Actions) -> Table {
    let columns = [
        "id",
        "action",
        "kind",
        "owner",
        "with",
        "status",
        "due",
        "overdue",
        "subject",
        "aspect",
        "group",
        "year_group",
        "opened",
        "done",
        "review",
        "came_from",
        "measure",
        "budget",
        "spent",
        "effect",
    ];
    let joined = |ids: &[crate::school::Id]| ids.iter().map(|id| id.as_str()).collect::<Vec<_>>().join(";");
    let date = |date: Option<chrono::NaiveDate>| date.map_or(Cell::Empty, Cell::Date);
    let money = |pence: Option<i64>| pence.map_or(Cell::Empty, |pence| Cell::Decimal(pence as f64 / 100.0));
    let id = |id: &Option<crate::school::Id>| Cell::from(id.as_ref().map_or("", |id| id.as_str()));
    let row = |action: &ActionProgress| -> Vec<Cell> {
        let effects: Vec<&str> = action.effects.iter().map(|effect| verdict_word(effect.verdict)).collect();
        vec![
            action.id.as_str().into(),
            action.action.as_str().into(),
            action.kind.unwrap_or("").into(),
            action.owner.as_str().into(),
            joined(&action.with).into(),
            action.status.word().into(),
            Cell::Date(action.due),
            if action.overdue { "yes" } else { "no" }.into(),
            id(&action.subject),
            id(&action.aspect),
            if action.group == Group::All { Cell::Empty } else { action.group.to_string().into() },
            action.year_groups.join(";").into(),
            date(action.opened),
            date(action.done),
            date(action.review),
            joined(&action.came_from).into(),
            action.measure.as_str().into(),
            money(action.budget),
            money(action.spent),
            effects.join(";").into(),
        ]
    };
    Table::new(columns.map(Column::text).to_vec(), answer.actions.iter().map(row).collect())
}
