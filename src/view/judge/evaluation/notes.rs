//! What to settle in a judgement: where it differs, what to look at again, what is missing.

use std::collections::BTreeMap;

use super::{EvaluationView, heading, in_brackets, places};
use crate::diagnostic::Place;
use crate::document::capitalised;
use crate::judge::answer::{AreaJudgement, AspectJudgement, LeaderJudgement};
use crate::judge::firmness::{BreadthCheck, Firmness};
use crate::judge::gather::NotCounted;
use crate::judge::next_step::EvidenceNeeded;
use crate::judge::votes;
use crate::privacy::audience::Audience;
use crate::school::{EvidenceKind, Id, Rank, day};
use crate::view::{counted, listed};

impl EvaluationView<'_> {
    pub(crate) fn notes(&self) -> Vec<(String, Vec<String>)> {
        let aspects = || self.evaluation.aspects();
        let mut notes: Vec<(String, Vec<String>)> = vec![
            (
                "Differs".to_owned(),
                self.evaluation.judgement.iter().filter_map(|said| self.differs(said)).collect(),
            ),
            ("Look again".to_owned(), aspects().filter_map(|aspect| self.look_again(aspect)).collect()),
            ("Held".to_owned(), self.evaluation.areas.iter().filter_map(|area| self.held(area)).collect()),
            ("To agree".to_owned(), aspects().filter_map(|aspect| self.to_agree(aspect)).collect()),
            ("Missing".to_owned(), self.missing()),
            ("Not counted".to_owned(), self.not_counted()),
            ("Classes".to_owned(), aspects().filter_map(|aspect| self.spread(aspect)).collect()),
        ];
        let statements = self.evaluation.judgement.iter().filter_map(|said| {
            let value = said.value.as_ref()?;
            Some(format!(
                "{}: {value} ({}, {}, the school's own statement).",
                said.title,
                said.state.word(),
                day(said.date)
            ))
        });
        notes.push(("Stated".to_owned(), statements.collect()));
        notes.push((
            "Category".to_owned(),
            self.evaluation.categories.iter().map(|words| format!("{}.", capitalised(words))).collect(),
        ));
        let cautions =
            self.evaluation.cautions.iter().map(|text| format!("{text} (Not confirmed, so not applied.)"));
        notes.push(("Caution".to_owned(), cautions.collect()));
        let described = self.described();
        notes.push(("Described".to_owned(), described));
        let elsewhere = self.evaluation.elsewhere.iter().map(|(framework, rows)| {
            let (verb, them) = if *rows == 1 { ("is", "it") } else { ("are", "them") };
            format!(
                "{} {verb} written for {framework} and {verb} judged apart; see {them}: phase evaluate --framework {framework}",
                counted(*rows, "piece")
            )
        });
        notes.push(("Elsewhere".to_owned(), elsewhere.collect()));
        if self.is_for_meeting() {
            notes.retain(|(label, _)| !matches!(label.as_str(), "Look again" | "To agree" | "Missing"));
        }
        notes.retain(|(_, says)| !says.is_empty());
        notes
    }

    /// A difference between what the leader says and what the evidence supports, explained.
    fn differs(&self, said: &LeaderJudgement) -> Option<String> {
        let (own, evidence) = (said.graded.rank?, said.evidence_rank);
        let who = if self.evaluation.audience == Audience::Leader { "you say" } else { "the leader says" };
        let head = format!(
            "{}: {who} {} ({}, {})",
            capitalised(&said.title),
            self.framework.label(own),
            said.state.word(),
            day(said.date)
        );
        let Some(evidence) = evidence else {
            return Some(format!("{head}; the evidence is not enough for a grade yet."));
        };
        if own == evidence {
            return None;
        }
        let deciding = self.deciding(said);
        let because =
            if deciding.is_empty() { String::new() } else { format!(", decided by {}", listed(&deciding)) };
        let firmness = said.evidence_firmness.map_or("", Firmness::title);
        Some(format!(
            "{head}; the evidence supports {} ({firmness}){because}.",
            self.framework.label(evidence)
        ))
    }

    /// The aspects that decide what is judged, each with its grade.
    fn deciding(&self, said: &LeaderJudgement) -> Vec<String> {
        let ids: &[Id] = match said.what {
            "strand" => self
                .evaluation
                .strands
                .iter()
                .find(|strand| strand.id.word() == said.id)
                .map_or(&[], |strand| &strand.rolled.deciding),
            "area" => self
                .evaluation
                .areas
                .iter()
                .find(|area| area.id.as_str() == said.id)
                .map_or(&[], |area| &area.rolled.deciding),
            _ => &[],
        };
        let title = |id: &Id| {
            let found = self.evaluation.aspects().find(|aspect| aspect.id == *id);
            found.map(|aspect| self.name(aspect).to_lowercase())
        };
        ids.iter().filter_map(title).collect()
    }

    /// What disagrees, where a grade is borderline: which kinds say which grade, and what would change it.
    fn look_again(&self, aspect: &AspectJudgement) -> Option<String> {
        let carrying: Vec<EvidenceKind> = aspect.rests_on.iter().map(|rests| rests.kind).collect();
        if carrying.is_empty() {
            return None;
        }
        let mut by_grade: BTreeMap<Rank, Vec<String>> = BTreeMap::new();
        for (kind, votes) in &aspect.votes {
            if let Some(rank) = votes::middle(votes) {
                by_grade.entry(rank).or_default().push(heading(*kind).to_owned());
            }
        }
        let says = by_grade.into_iter().rev().map(|(rank, kinds)| {
            let verb = if kinds.len() == 1 && !kinds.iter().all(|kind| kind.ends_with('s')) {
                "says"
            } else {
                "say"
            };
            format!("{} {verb} {}", listed(&kinds), self.framework.label(rank))
        });
        let without: Vec<String> = aspect
            .rests_on
            .iter()
            .map(|rests| format!("{} without {}", self.label(rests.other.rank), heading(rests.kind)))
            .collect();
        let rows =
            aspect.evidence.iter().filter(|cited| carrying.contains(&cited.kind)).map(|cited| &cited.at);
        Some(format!(
            "{}: {}. It would be {}: look again together{}.",
            self.name(aspect),
            says.collect::<Vec<_>>().join("; "),
            listed(&without),
            in_brackets(&places(rows))
        ))
    }

    /// What holds an area down, or caps it.
    fn held(&self, area: &AreaJudgement) -> Option<String> {
        if let Some(limited) = &area.limited {
            return Some(format!(
                "{} is {} and not {}: {}",
                area.title,
                self.label(area.rolled.graded.rank),
                self.label(limited.without.rank),
                limited.text
            ));
        }
        let rank = area.rolled.graded.rank?;
        let secure = self.framework.method.area.is_secure();
        let others_better = area.aspects.iter().any(|aspect| aspect.graded.rank > Some(rank));
        if !secure || !others_better {
            return None;
        }
        let holding: Vec<String> = area
            .aspects
            .iter()
            .filter(|aspect| aspect.graded.rank == Some(rank))
            .map(|aspect| format!("{} ({})", self.name(aspect).to_lowercase(), aspect.firmness.title()))
            .collect();
        Some(format!(
            "{} is held at {} by {}: look again there first.",
            area.title,
            self.framework.label(rank),
            listed(&holding)
        ))
    }

    fn to_agree(&self, aspect: &AspectJudgement) -> Option<String> {
        if aspect.to_agree.is_empty() {
            return None;
        }
        let number = counted(aspect.to_agree.len(), "sample");
        let places = places(aspect.to_agree.iter().flat_map(|to_agree| &to_agree.at));
        Some(format!(
            "{}: {number} with two first views and no agreed grade{}.",
            self.name(aspect),
            in_brackets(&places)
        ))
    }

    /// What each aspect without a settled grade needs.
    pub(crate) fn missing(&self) -> Vec<String> {
        let untouched: Vec<String> = self
            .evaluation
            .wishes
            .iter()
            .filter(|wish| self.items(wish) == 0)
            .filter_map(|wish| self.evaluation.aspects().find(|aspect| aspect.id == wish.aspect))
            .map(|aspect| self.name(aspect).to_lowercase())
            .collect();
        let begun = self.evaluation.wishes.iter().filter(|wish| self.items(wish) > 0);
        let mut says: Vec<String> = begun.map(|wish| self.wish(wish)).collect();
        if !untouched.is_empty() && untouched.len() == self.evaluation.aspects().count() {
            let file = format!("evidence/ht{}.csv", self.evaluation.scope.half_term);
            says.push(format!("No evidence counts yet: {file} would hold it, and phase record adds to it."));
        } else if !untouched.is_empty() {
            says.push(format!("Nothing yet on {}.", listed(&untouched)));
        }
        says
    }

    fn items(&self, wish: &EvidenceNeeded) -> u32 {
        self.evaluation.aspects().find(|aspect| aspect.id == wish.aspect).map_or(0, AspectJudgement::items)
    }

    fn wish(&self, wish: &EvidenceNeeded) -> String {
        let Some(aspect) = self.evaluation.aspects().find(|aspect| aspect.id == wish.aspect) else {
            return String::new();
        };
        let more = |number: u32, what: &str| {
            let plural = if number == 1 { "" } else { "s" };
            format!("{number} more {what}{plural}")
        };
        let needs = |check: &BreadthCheck| match check {
            BreadthCheck::Kinds => {
                let such: Vec<&str> = wish.unheard.iter().map(|kind| kind.title()).take(2).collect();
                format!(
                    "{} (say {})",
                    more(wish.kinds, "kind"),
                    such.join(if wish.kinds == 1 { " or " } else { " and " })
                )
            }
            BreadthCheck::Items => more(wish.items, "piece"),
            BreadthCheck::Classes => {
                let short = aspect.needs.classes.unwrap_or(0).saturating_sub(aspect.has.classes.unwrap_or(0));
                format!("{} more class{}", short, if short == 1 { "" } else { "es" })
            }
            BreadthCheck::Weeks => "another week".to_owned(),
            BreadthCheck::Observers => "a second person or a joint look".to_owned(),
        };
        let listed = listed(&wish.missing.iter().map(needs).collect::<Vec<_>>());
        format!("{} needs {listed}.", self.name(aspect))
    }

    fn not_counted(&self) -> Vec<String> {
        let mut by_reason: BTreeMap<NotCounted, Vec<&Place>> = BTreeMap::new();
        for uncounted in self.evaluation.aspects().flat_map(|aspect| &aspect.not_counted) {
            by_reason.entry(uncounted.because).or_default().push(&uncounted.at);
        }
        let says = |(because, rows): (NotCounted, Vec<&Place>)| {
            let why = match because {
                NotCounted::TooOld => "too old",
                NotCounted::OtherPupils => "of last year's pupils",
                NotCounted::KindCannotSpeak => "of a kind that cannot speak to its aspect",
            };
            format!("{} {why}{}.", counted(rows.len(), "piece"), in_brackets(&places(rows.into_iter())))
        };
        by_reason.into_iter().map(says).collect()
    }

    /// The classes with the smallest and the largest share at the grade, where they lie apart.
    fn spread(&self, aspect: &AspectJudgement) -> Option<String> {
        // One piece says nothing of a class.
        let mut classes = aspect.classes.iter().filter(|class| class.of >= 2);
        let (first, last) = (classes.next()?, classes.next_back()?);
        let apart = first.at_or_above * last.of != last.at_or_above * first.of;
        if !apart || first.class == last.class {
            return None;
        }
        let share = |class: &crate::judge::answer::ClassCounts| {
            format!("{} {} of {}", class.class, class.at_or_above, class.of)
        };
        Some(format!(
            "{} at {} or better: from {} to {} (classes are never graded; lessons left out).",
            self.name(aspect),
            self.label(aspect.counted_at.rank),
            share(first),
            share(last)
        ))
    }

    /// In a framework without grades the evidence is laid out.
    fn described(&self) -> Vec<String> {
        if !self.framework.grades.is_empty() {
            return Vec::new();
        }
        let said = self.evaluation.aspects().filter(|aspect| !aspect.described.is_empty());
        said.map(|aspect| {
            let places = places(aspect.described.iter().map(|cited| &cited.at));
            format!(
                "{}: {}{}.",
                self.name(aspect),
                counted(aspect.described.len(), "piece"),
                in_brackets(&places)
            )
        })
        .collect()
    }
}
