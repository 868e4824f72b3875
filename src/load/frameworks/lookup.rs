//! Parts of a framework by what people type.

use crate::load::formats::{Record, ValueError, values};
use crate::school::{Aspect, BinaryJudgement, EvidenceKind, Framework, Grade, Id, Rank, WordingBasis};

/// Reads a `basis`.
pub(crate) fn basis(record: &Record<'_>) -> Option<WordingBasis> {
    record.read("basis", |text| {
        if WordingBasis::BEGINNINGS.iter().any(|beginning| text.starts_with(beginning)) {
            return Ok(WordingBasis(text.to_owned()));
        }
        let hint = format!("begin it with one of: {}", WordingBasis::BEGINNINGS.join("; "));
        Err(ValueError::new(format!("`{text}` is no basis"), &hint))
    })
}

/// A kind of evidence.
///
/// # Errors
/// Where the word means none.
pub fn kind(text: &str) -> Result<EvidenceKind, ValueError> {
    values::fixed_word(text, "kind of evidence")
}

/// A rank by the id or label of its grade, or in short where only one is meant: `RI`, `expected`.
///
/// # Errors
/// Where the scale has no such grade.
pub fn grade(text: &str, grades: &[Grade]) -> Result<Rank, ValueError> {
    let written = values::folded(text);
    let exact = |grade: &&Grade| grade.id.as_str() == written || values::folded(&grade.label) == written;
    // In short, as answers print it: `RI`, `expected`; only where one grade is meant.
    let short = |grade: &&Grade| {
        let id = grade.id.as_str();
        let initials: String = id.split('-').filter_map(|word| word.chars().next()).collect();
        initials == written || (written.len() >= 3 && id.starts_with(written.as_str()))
    };
    let mut in_short = grades.iter().filter(short);
    let in_short = in_short.next().filter(|_| in_short.next().is_none());
    let found = grades.iter().find(exact).or(in_short);
    found.map(|grade| grade.rank).ok_or_else(|| {
        let ids: Vec<&str> = grades.iter().map(|grade| grade.id.as_str()).collect();
        let hint = match values::nearest(&written, ids.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None if ids.is_empty() => {
                "this framework has no grades: describe, and leave the grade empty".to_owned()
            }
            None => format!("the scale is {}", ids.join(", ")),
        };
        ValueError::new(format!("`{}` is no grade on the scale", text.trim()), &hint)
    })
}

/// The most ids that a hint names.
pub(crate) const MOST_NAMED: usize = 8;

pub(crate) fn among<'a>(
    text: &str,
    what: &str,
    ids: impl Iterator<Item = &'a Id> + Clone,
) -> Result<Id, ValueError> {
    if let Some(id) = ids.clone().find(|id| id.as_str() == text) {
        return Ok(id.clone());
    }
    let named: Vec<&str> = ids.clone().map(Id::as_str).take(MOST_NAMED).collect();
    let more = if ids.clone().nth(MOST_NAMED).is_some() { " … (phase frameworks shows all)" } else { "" };
    let hint = match values::nearest(text, ids.map(Id::as_str)) {
        Some(near) => format!("did you mean `{near}`?"),
        None if named.is_empty() => format!("the framework has no {what}"),
        None => format!("known are {}{more}", named.join(", ")),
    };
    Err(ValueError::new(format!("there is no {what} `{text}`"), &hint))
}

/// An area of a framework, by its id.
///
/// # Errors
/// Where there is none.
pub fn known_area(text: &str, framework: &Framework) -> Result<Id, ValueError> {
    among(text, "area", framework.areas.iter().map(|area| &area.id))
}

/// An aspect of a framework, by its id; or by the end of it, or its title, where only one is meant.
///
/// # Errors
/// Where there is none, or several may be meant.
pub fn known_aspect(text: &str, framework: &Framework) -> Result<Id, ValueError> {
    let written = values::folded(text);
    let is_meant = |aspect: &&Aspect| {
        aspect.id.as_str().rsplit_once('.').is_some_and(|(_, end)| end == written)
            || values::folded(&aspect.title) == written
    };
    let is_exact = |aspect: &&Aspect| aspect.id.as_str() == text.trim();
    if let Some(aspect) = framework.aspects().find(is_exact) {
        return Ok(aspect.id.clone());
    }
    let meant: Vec<&Aspect> = framework.aspects().filter(is_meant).collect();
    match meant.as_slice() {
        [one] => Ok(one.id.clone()),
        [one, two, ..] => {
            let message = format!("`{}` may be `{}` or `{}`", text.trim(), one.id, two.id);
            Err(ValueError::new(message, "write the whole id"))
        }
        [] => {
            let ids: Vec<&Id> = framework.aspects().map(|aspect| &aspect.id).collect();
            among(text.trim(), "aspect", ids.iter().copied()).map_err(|wrong| ValueError {
                message: format!("{} in {}", wrong.message, framework.id),
                hint: wrong.hint,
            })
        }
    }
}

pub(crate) fn known_statement(text: &str, binaries: &[BinaryJudgement]) -> Result<Id, ValueError> {
    among(text, "statement", binaries.iter().map(|binary| &binary.id))
}
