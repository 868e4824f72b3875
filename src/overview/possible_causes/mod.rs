//! Where a shortfall may come from: candidates with what speaks for and against each, never as proof.

pub mod answer;

use chrono::NaiveDate;

use crate::document::whole;
use crate::judge::firmness::Firmness;
use crate::judge::{self, Scope};
use crate::school::attainment::pupils::PRIOR_ATTAINMENT;
use crate::school::{Action, Id, Phase, Rank, School, Strand};
use crate::statistics::difference::Verdict;
use crate::statistics::proportion_test::{FEWEST, Flag};
use crate::track::cohort::Cohort;
use crate::track::shortfall::{
    NoShortfall, Shortfall, ShortfallDivision, ShortfallPart, ShortfallQuery, shortfall,
};
use answer::{PossibleCause, PossibleCauses, StrategyInPlace};

/// Where a subject's shortfall may come from.
///
/// # Errors
/// Where there are no results, or there is no path.
pub fn causes(
    school: &School,
    phase: &Phase,
    asked: &ShortfallQuery,
    half_term: u8,
    today: NaiveDate,
) -> Result<PossibleCauses, NoShortfall> {
    let cohort = Cohort::open(school, phase, school.set_up.calendar.academic_year.0, asked.kind)
        .ok_or(NoShortfall::NoResults)?;
    let shortfall = shortfall(&cohort, asked)?;
    let subject = school.subject_of(&asked.subject).map(|subject| subject.id.clone());
    let mut candidates: Vec<PossibleCause> = Vec::new();
    let mut seen: Vec<(u32, u32, String)> = Vec::new();
    for division in &shortfall.divisions {
        // A year group of one class is one candidate, not two.
        let same = division.parts.first().map(|part| {
            let counted = part.counted;
            (counted.n, counted.at_standard, format!("{:.6}", counted.pupils))
        });
        let is_again = division.by == "class" && same.as_ref().is_some_and(|same| seen.contains(same));
        seen.extend(same);
        candidates.extend(in_a_part(division, &shortfall).filter(|_| !is_again));
    }

    candidates.extend(of_strands(&shortfall));
    candidates.extend(of_attendance(&shortfall));
    candidates.extend(of_joiners(&shortfall));
    candidates.extend(of_results(&shortfall));
    if let Some(subject) = &subject {
        candidates.extend(of_provision(school, phase, subject, half_term, today));
    }
    candidates.push(of_chance(&shortfall));
    // What more speaks for stands first; of equals, in the order in which they were looked at.
    let weight = |one: &PossibleCause| {
        let count = |says: &[String]| i64::try_from(says.len()).unwrap_or(i64::MAX);
        (count(&one.speaks_for) > 0, count(&one.speaks_for) - count(&one.speaks_against))
    };
    candidates.sort_by_key(|one| std::cmp::Reverse(weight(one)));
    let concerns =
        |action: &&Action| action.subject.as_ref().is_some_and(|own| school.is_about(own, &asked.subject));
    let strategies = school.year.actions.iter().filter(concerns).map(|action| StrategyInPlace {
        id: action.id.clone(),
        action: action.action.clone(),
        owner: action.owner.clone(),
        due: action.due,
        open: action.is_open(),
        at: action.at.clone(),
    });
    Ok(PossibleCauses {
        schema: "phase/causes/1",
        phase: phase.id.clone(),
        strategies: strategies.collect(),
        candidates,
        shortfall,
        made_on: today,
    })
}

/// Pupils in words, to one decimal: more or fewer.
fn pupils(apart: f64) -> String {
    let size = format!("{:.1}", apart.abs());
    let size = size.trim_end_matches(".0").to_owned();
    format!("{size} {}", if apart < 0.0 { "short" } else { "over" })
}

/// A part that holds most of the shortfall.
fn in_a_part(division: &ShortfallDivision, shortfall: &Shortfall) -> Option<PossibleCause> {
    if shortfall.counted.pupils >= 0.0 {
        return None;
    }
    let part: &ShortfallPart = division.parts.first()?;
    let held = part.counted.pupils / shortfall.counted.pupils;
    let of_pupils = f64::from(part.counted.n) / f64::from(shortfall.counted.n);
    // Most pupils hold most of any shortfall: that, and a part no shorter than its size, says nothing.
    if held < 0.5 || held < of_pupils + 0.15 || of_pupils > 2.0 / 3.0 || part.says == "not recorded" {
        return None;
    }
    let mut candidate = PossibleCause {
        cause: format!("{}: {}", division.title, part.says),
        speaks_for: vec![format!(
            "these {} of {} pupils are {}, all together {}",
            part.counted.n,
            shortfall.counted.n,
            pupils(part.counted.pupils),
            pupils(shortfall.counted.pupils),
        )],
        speaks_against: Vec::new(),
        ask: vec![ask_of(&division.by)],
        at: Vec::new(),
    };
    if let Some(on_entry) = part.on_entry.filter(|on_entry| *on_entry < 0.0) {
        let says = format!("on entry they were {} already", pupils(on_entry));
        if on_entry <= part.counted.pupils / 2.0 {
            candidate.speaks_against.push(says);
        }
    } else if part.on_entry.is_some() {
        candidate.speaks_for.push("on entry they were not behind".to_owned());
    }
    match part.against_the_rest {
        // Those who had reached less before are lower than all others by what they are.
        Verdict::FirstLower if division.by == PRIOR_ATTAINMENT => {}
        Verdict::FirstLower => candidate.speaks_for.push("significantly lower than all others".to_owned()),
        Verdict::TooFew => candidate
            .speaks_against
            .push(format!("fewer than {FEWEST} pupils, here or there: they decide nothing")),
        _ => candidate.speaks_against.push("not settled against all others: it may be chance".to_owned()),
    }
    if division.parts.iter().skip(1).all(|other| other.counted.pupils < 0.0) {
        candidate.speaks_against.push("every other part is short too".to_owned());
    }
    Some(candidate)
}

fn ask_of(by: &str) -> String {
    match by {
        "year_group" => "Was the path as steep for this year group? What did it miss last year?".to_owned(),
        "class" => {
            "What do its books and plans show beside others'? Who was absent, on supply, new?".to_owned()
        }
        "send" => "Which adaptations are in place, and do pupils use them? Ask the SENCo.".to_owned(),
        "disadvantaged" => {
            "What does the pupil premium strategy do for this subject, and do these pupils get it?".to_owned()
        }
        "eal" => {
            "Is it the subject, or its language? Try the same question with pictures or objects.".to_owned()
        }
        "prior_attainment" => {
            "Are the tasks within reach, or too easy? Look at the books of three of them.".to_owned()
        }
        "mobility" => "What did they know when they came, and who found out?".to_owned(),
        _ => "What is different for these pupils in lessons of this subject?".to_owned(),
    }
}

fn of_strands(shortfall: &Shortfall) -> Option<PossibleCause> {
    let strands = shortfall.strands.as_ref()?;
    let lowest = strands.strands.iter().min_by(|a, b| {
        let share = |one: &crate::track::shortfall::StrandResult| {
            f64::from(one.at_standard) / f64::from(one.n.max(1))
        };
        share(a).total_cmp(&share(b)).then(a.strand.cmp(&b.strand))
    })?;
    let below = shortfall.counted.n - shortfall.counted.at_standard;
    let mut candidate = PossibleCause {
        cause: format!("a strand: {}", lowest.strand),
        speaks_for: Vec::new(),
        speaks_against: Vec::new(),
        ask: vec![format!("Which questions of {} went wrong, and were they taught by then?", lowest.strand)],
        at: Vec::new(),
    };
    let says = format!(
        "{} of the {below} not at the standard are below in {} alone; {} in several strands",
        lowest.only_here, lowest.strand, strands.several
    );
    if lowest.only_here > 0 && lowest.only_here * 2 >= below {
        candidate.speaks_for.push(says);
    } else {
        candidate.speaks_against.push(says);
    }
    let others = strands.strands.iter().filter(|other| other.strand != lowest.strand);
    let next =
        others.map(|other| f64::from(other.at_standard) / f64::from(other.n.max(1))).min_by(f64::total_cmp);
    let share = f64::from(lowest.at_standard) / f64::from(lowest.n.max(1));
    if let Some(next) = next {
        let says =
            format!("{}% at its standard, {}% in the next lowest", whole(share * 100.0), whole(next * 100.0));
        if next - share >= 0.1 {
            candidate.speaks_for.push(says);
        } else {
            candidate.speaks_against.push(says);
        }
    }
    Some(candidate)
}

fn of_attendance(shortfall: &Shortfall) -> Option<PossibleCause> {
    let attendance = shortfall.attendance.as_ref()?;
    let ((low_below, below), (low_at, at)) = (attendance.low_below, attendance.low_at_standard);
    let says = format!(
        "{low_below} of the {below} not at the standard attend 90% or less, and {low_at} of the {at} at it ({})",
        attendance.point
    );
    let mut candidate = PossibleCause {
        cause: "attendance".to_owned(),
        speaks_for: Vec::new(),
        speaks_against: Vec::new(),
        ask: vec!["Which parts of the subject were taught on the days that they missed?".to_owned()],
        at: Vec::new(),
    };
    match attendance.verdict {
        Verdict::FirstHigher => candidate.speaks_for.push(format!("{says}: significantly more often")),
        Verdict::TooFew => candidate.speaks_against.push(format!("{says}: too few to tell")),
        Verdict::NoPupils => return None,
        _ => candidate.speaks_against.push(format!("{says}: not settled")),
    }
    Some(candidate)
}

fn of_joiners(shortfall: &Shortfall) -> Option<PossibleCause> {
    let rest = shortfall.without_joiners?;
    let (whole, rest_apart) = (shortfall.counted.pupils, rest.pupils);
    let joined = shortfall.counted.n - rest.n;
    let says = format!("without the {joined} who joined late it is {}", pupils(rest_apart));
    let smaller = whole < 0.0 && rest_apart > whole / 2.0;
    let (speaks_for, speaks_against) =
        if smaller { (vec![says], Vec::new()) } else { (Vec::new(), vec![says]) };
    Some(PossibleCause {
        cause: "pupils who joined after the phase began".to_owned(),
        speaks_for,
        speaks_against,
        ask: vec![ask_of("mobility")],
        at: Vec::new(),
    })
}

/// How it was assessed: pupils who were not, results that are missing, and the other kind of result.
fn of_results(shortfall: &Shortfall) -> Vec<PossibleCause> {
    let mut candidates = Vec::new();
    let apart = shortfall.counted.pupils;
    if shortfall.not_assessed > 0 || shortfall.without_result > 0 {
        let mut candidate = PossibleCause {
            cause: "results that are not there".to_owned(),
            speaks_for: Vec::new(),
            speaks_against: Vec::new(),
            ask: vec!["Who was away, and when can they be assessed?".to_owned()],
            at: Vec::new(),
        };
        if shortfall.not_assessed > 0 {
            let says = format!(
                "{} count as not at the standard without having been assessed",
                shortfall.not_assessed
            );
            if apart < 0.0 && f64::from(shortfall.not_assessed) * 2.0 >= -apart {
                candidate.speaks_for.push(says);
            } else {
                candidate.speaks_against.push(format!("only {says}"));
            }
        }
        if shortfall.without_result > 0 {
            let says = format!("{} on roll have no result and are not counted", shortfall.without_result);
            if f64::from(shortfall.without_result) >= -apart {
                candidate.speaks_for.push(format!("{says}: they could change it"));
            } else {
                candidate.speaks_against.push(format!("{says}: too few to change it"));
            }
        }
        candidates.push(candidate);
    }
    if let Some(other) = &shortfall.other_kind {
        let says = format!(
            "of the {} with both, {} are at the standard by what counts and {} by {}",
            other.n, other.counted, other.other, other.kind
        );
        // Of those with both, as of all: not everybody has both.
        let apart_by_kind = (f64::from(other.other) - f64::from(other.counted)) / f64::from(other.n.max(1));
        let apart_of_all = apart / f64::from(shortfall.counted.n.max(1));
        let (speaks_for, speaks_against) = if apart < 0.0 && apart_by_kind * 2.0 >= -apart_of_all {
            (vec![says], Vec::new())
        } else if apart_by_kind > 0.0 {
            (Vec::new(), vec![format!("{says}: too few to explain most of it")])
        } else {
            (Vec::new(), vec![format!("{says}: no more")])
        };
        candidates.push(PossibleCause {
            cause: "how it was assessed".to_owned(),
            speaks_for,
            speaks_against,
            ask: vec!["Moderate the pupils on whom teacher and test differ.".to_owned()],
            at: Vec::new(),
        });
    }
    candidates
}

/// What evidence says of the subject: aspects below the standard, and those at it.
fn of_provision(
    school: &School,
    phase: &Phase,
    subject: &Id,
    half_term: u8,
    today: NaiveDate,
) -> Option<PossibleCause> {
    let scope = Scope::at(school, &phase.id, Some(subject), half_term);
    let evaluation = judge::evaluate(school, &scope, today)?;
    let framework = school.year.frameworks.get(&school.settings.framework)?;
    let standard: Rank = framework.standard()?;
    let mut candidate = PossibleCause {
        cause: "provision in the subject".to_owned(),
        speaks_for: Vec::new(),
        speaks_against: Vec::new(),
        ask: Vec::new(),
        at: Vec::new(),
    };
    for aspect in evaluation.aspects() {
        // What results say of themselves is no cause of theirs.
        let Some(rank) = aspect.graded.rank.filter(|_| aspect.strand == Strand::Provision) else { continue };
        let says = format!("{}: {}, {}", aspect.title, framework.label(rank), aspect.firmness.title());
        if rank < standard {
            candidate.speaks_for.push(says);
            candidate
                .ask
                .push(format!("What would {} look like where it is strong? (phase practice)", aspect.title));
            candidate.at.extend(aspect.evidence.iter().map(|cited| cited.at.clone()));
        } else if aspect.firmness != Firmness::Provisional {
            candidate.speaks_against.push(says);
        }
    }
    candidate.ask.truncate(2);
    (!candidate.speaks_for.is_empty() || !candidate.speaks_against.is_empty()).then_some(candidate)
}

/// That it may be no more than chance.
fn of_chance(shortfall: &Shortfall) -> PossibleCause {
    let mut candidate = PossibleCause {
        cause: "chance".to_owned(),
        speaks_for: Vec::new(),
        speaks_against: Vec::new(),
        ask: Vec::new(),
        at: Vec::new(),
    };
    match (shortfall.flag, shortfall.p_exact) {
        (Flag::TooFew | Flag::NoPupils | Flag::NotTested, _) | (_, None) => {
            candidate.speaks_for.push(format!("fewer than {FEWEST} pupils, or no path that can be tested"));
        }
        (flag, Some(p)) => {
            let one_in = if p > 0.0 { (1.0 / p).round() } else { f64::INFINITY };
            let says = if one_in.is_finite() && one_in <= 10_000.0 {
                format!(
                    "a gap this size would come about 1 in {one_in:.0} times if these pupils were a draw from pupils on the path"
                )
            } else {
                "a gap this size would hardly ever come about if these pupils were a draw from pupils on the path".to_owned()
            };
            if flag.is_raised() {
                candidate.speaks_against.push(says);
            } else {
                candidate.speaks_for.push(says);
            }
        }
    }
    candidate
}
