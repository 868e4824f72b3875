//! Aspects to an area, and to the job card's two questions.

use super::firmness::Firmness;
use super::votes::middle;
use crate::school::{AreaMethod, JudgingMethod, Rank};

/// How grades of aspects become one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RollUpMethod {
    /// The rule.
    pub method: AreaMethod,
    /// The top only where every aspect is there.
    pub all_good_plus: bool,
    /// One aspect at the bottom is enough.
    pub any_of: bool,
    /// The highest rank of the scale.
    pub top: Rank,
}

impl RollUpMethod {
    /// A framework's own.
    pub fn of(method: &JudgingMethod, top: Rank) -> Self {
        Self { method: method.area, all_good_plus: method.all_good_plus, any_of: method.any_of, top }
    }

    /// Best fit, for the job card's two questions, whatever the framework's method.
    pub fn best(top: Rank) -> Self {
        Self { method: AreaMethod::BestFit, all_good_plus: false, any_of: false, top }
    }

    /// The grade of aspects, those without one left out; none where none has one.
    pub fn grade(self, aspects: &[Option<Rank>]) -> Option<Rank> {
        let mut graded: Vec<Rank> = aspects.iter().flatten().copied().collect();
        graded.sort_unstable();
        let lowest = graded.first().copied()?;
        match self.method {
            AreaMethod::Narrative => None,
            AreaMethod::SecureFit | AreaMethod::MetNotMet => Some(lowest),
            AreaMethod::BestFit => {
                if self.any_of && lowest == 1 {
                    return Some(1);
                }
                let middle = middle(&graded)?;
                let all_there = graded.len() == aspects.len() && lowest == self.top;
                if self.all_good_plus && all_there {
                    return Some(self.top);
                }
                let highest = if self.all_good_plus { self.top.saturating_sub(1) } else { self.top };
                Some(middle.clamp(if self.any_of { 2 } else { 1 }, highest))
            }
        }
    }
}

/// An aspect as it enters an area.
#[derive(Clone, Debug)]
pub struct AspectGrade {
    pub grade: Option<Rank>,
    pub firmness: Firmness,
    /// Its other grades, where it is borderline.
    pub others: Vec<Rank>,
}

/// What aspects come to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RolledUp {
    /// The grade; none where no aspect has one, or the framework is narrative.
    pub grade: Option<Rank>,
    /// How firm it is; none where there is no grade.
    pub firmness: Option<Firmness>,
    /// Whether every aspect has a grade.
    pub complete: bool,
    /// The parts that decide it, by index.
    pub deciding: Vec<usize>,
    /// The lowest and the highest grade, other than its own, that it would have with a borderline aspect the
    /// other way.
    pub others: Vec<Rank>,
}

/// Rolls aspects up.
pub fn roll_up(fit: RollUpMethod, parts: &[AspectGrade]) -> RolledUp {
    let grades: Vec<Option<Rank>> = parts.iter().map(|part| part.grade).collect();
    let complete = !parts.is_empty() && grades.iter().all(Option::is_some);
    let Some(grade) = fit.grade(&grades) else {
        return RolledUp { complete, ..RolledUp::default() };
    };
    let decides = |part: &AspectGrade| {
        let could_lower = part.others.iter().any(|other| *other < grade);
        part.grade == Some(grade)
            || (fit.method.is_secure() && part.firmness == Firmness::Borderline && could_lower)
    };
    let deciding: Vec<usize> =
        parts.iter().enumerate().filter(|(_, part)| decides(part)).map(|(index, _)| index).collect();
    let is = |firmness: Firmness| {
        deciding.iter().filter_map(|index| parts.get(*index)).any(|part| part.firmness == firmness)
    };
    let firmness = if !complete || is(Firmness::Provisional) {
        Firmness::Provisional
    } else if is(Firmness::Borderline) {
        Firmness::Borderline
    } else {
        Firmness::Firm
    };
    let mut others = Vec::new();
    for index in &deciding {
        let Some(part) = parts.get(*index).filter(|part| part.firmness == Firmness::Borderline) else {
            continue;
        };
        for other in &part.others {
            let mut with = grades.clone();
            if let Some(slot) = with.get_mut(*index) {
                *slot = Some(*other);
            }
            others.extend(fit.grade(&with).filter(|result| *result != grade));
        }
    }
    others.sort_unstable();
    others.dedup();
    if let [lowest, .., highest] = others.as_slice() {
        others = vec![*lowest, *highest];
    }
    RolledUp { grade: Some(grade), firmness: Some(firmness), complete, deciding, others }
}
