//! The forms of values: dates, times, weekdays, half terms, numbers and words. Forgiving in form,
//! strict in meaning: what no reading makes valid is refused, with what would be right.

use std::fmt;

use crate::document::plain;
use crate::school::id::{sound_form, unsound};
use crate::school::{Id, SessionKind, YearGroup};
use crate::words::FixedWord;

/// Why a value cannot be read, and what would be right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValueError {
    pub message: String,
    pub hint: String,
}

impl fmt::Display for ValueError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let between = if self.hint.is_empty() { "" } else { ": " };
        write!(f, "{}{between}{}", self.message, self.hint)
    }
}

impl std::error::Error for ValueError {}

impl ValueError {
    /// What is wrong, and what would be right.
    pub fn new(message: impl Into<String>, hint: &str) -> Self {
        Self { message: message.into(), hint: hint.to_owned() }
    }
}

/// How a refusal says that it does not repeat what it refuses.
pub const UNSHOWN: &str = "(the text is not shown)";

impl ValueError {
    /// That a text reads as a safeguarding concern, and whom to report it to.
    pub fn of_concern(route: &str) -> Self {
        Self::new(
            format!("this reads as a safeguarding concern, which is not kept here {UNSHOWN}"),
            &format!("keep it out of every file here, and tell: {route}"),
        )
    }
}

/// The longest text, in bytes, for which a name that was meant is looked for.
const LONGEST_WORD: usize = 200;

/// An id, as records are given: see [`unsound`].
///
/// # Errors
/// Where it would be no sound one.
pub fn id(text: &str) -> Result<Id, ValueError> {
    let text = text.trim();
    match unsound(text) {
        None => Ok(Id::new(text)),
        Some(why) => {
            let shown = plain(text);
            let hint = format!("write `{}`, here and wherever it is meant", sound_form(text));
            Err(ValueError::new(format!("`{shown}` cannot be an id: it {why}"), &hint))
        }
    }
}

/// A year group: `N`, `R`, `1` to `6`, `Year 2`, `Y2`.
///
/// # Errors
/// Where it is none.
pub fn year_group(text: &str) -> Result<YearGroup, ValueError> {
    let lower = text.trim().to_lowercase();
    let bare = lower.trim_start_matches("year").trim_start_matches('y').trim();
    match bare {
        "n" | "nursery" => Ok(YearGroup::Nursery),
        "r" | "reception" | "yr" => Ok(YearGroup::Reception),
        _ => match bare.parse::<u8>() {
            Ok(year @ 1..=6) => Ok(YearGroup::Year(year)),
            _ => Err(ValueError::new(
                format!("`{}` is no primary year group", text.trim()),
                "write N, R or 1 to 6",
            )),
        },
    }
}

/// Year groups: `2`, `1;2`, `R-2`.
///
/// # Errors
/// Where one is none.
pub fn year_groups(text: &str) -> Result<Vec<YearGroup>, ValueError> {
    let all: Vec<YearGroup> =
        [YearGroup::Nursery, YearGroup::Reception].into_iter().chain((1..=6).map(YearGroup::Year)).collect();
    match text.split_once('-') {
        Some((from, to)) => {
            let (from, to) = (year_group(from)?, year_group(to)?);
            Ok(all.into_iter().filter(|year| (from..=to).contains(year)).collect())
        }
        None => Ok(vec![year_group(text)?]),
    }
}

/// Yes or no.
///
/// # Errors
/// Where it is neither.
pub fn yes_no(text: &str) -> Result<bool, ValueError> {
    match text.trim().to_lowercase().as_str() {
        "yes" | "y" | "true" | "1" => Ok(true),
        "no" | "n" | "false" | "0" => Ok(false),
        _ => Err(ValueError::new(format!("`{}` is neither yes nor no", text.trim()), "write yes or no")),
    }
}

/// A whole number in a range, both ends included.
///
/// # Errors
/// Where it is none, or out of range.
pub fn number(text: &str, range: std::ops::RangeInclusive<u32>) -> Result<u32, ValueError> {
    let hint = format!("write a whole number from {} to {}", range.start(), range.end());
    match text.trim().parse::<u32>() {
        Ok(number) if range.contains(&number) => Ok(number),
        Ok(_) => Err(ValueError::new(format!("`{}` is out of range", text.trim()), &hint)),
        Err(_) => Err(ValueError::new(format!("`{}` is no whole number", text.trim()), &hint)),
    }
}

/// A sum of money, in pence: `250`, `£250`, `249.50`.
///
/// # Errors
/// Where it is none.
pub fn pounds(text: &str) -> Result<i64, ValueError> {
    let written = text.trim();
    let wrong = || {
        ValueError::new(
            format!("`{written}` is no sum of money"),
            "write pounds and pence as 1200 or 1200.50",
        )
    };
    let bare = written.trim_start_matches('£').trim_start();
    let (pounds, pence) = bare.split_once('.').unwrap_or((bare, "00"));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(pounds) || pounds.len() > 9 || !digits(pence) || pence.len() > 2 {
        return Err(wrong());
    }
    // Excel saves 12.50 as 12.5.
    let pence = format!("{pence:0<2}");
    let (pounds, pence) = (pounds.parse::<i64>(), pence.parse::<i64>());
    pounds.ok().zip(pence.ok()).map(|(pounds, pence)| pounds * 100 + pence).ok_or_else(wrong)
}

/// A share in percent or another number, with decimals where there are any: `70`, `62.5`.
///
/// # Errors
/// Where it is none, or out of range.
pub fn decimal(text: &str, range: std::ops::RangeInclusive<f64>) -> Result<f64, ValueError> {
    let written = text.trim();
    let hint = format!("write a number from {} to {}", range.start(), range.end());
    let plain = written.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-'));
    match written.parse::<f64>().ok().filter(|number| plain && number.is_finite()) {
        Some(number) if range.contains(&number) => Ok(number),
        Some(_) => Err(ValueError::new(format!("`{written}` is out of range"), &hint)),
        None => Err(ValueError::new(format!("`{written}` is no number"), &hint)),
    }
}

/// A word with `-` between its parts, in lower case.
pub(crate) fn folded(text: &str) -> String {
    text.trim()
        .to_lowercase()
        .replace(['\'', '’'], "")
        .split([' ', '_', '-'])
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join("-")
}

/// One of the words of a list.
///
/// # Errors
/// Where it is none of them.
pub fn word<T: Copy>(
    text: &str,
    what: &str,
    words: impl Iterator<Item = (T, &'static str)> + Clone,
) -> Result<T, ValueError> {
    let written = folded(text);
    if let Some((value, _)) = words.clone().find(|(_, word)| *word == written) {
        return Ok(value);
    }
    let names: Vec<&str> = words.map(|(_, word)| word).collect();
    let hint = match nearest(&written, names.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("write one of {}", names.join(", ")),
    };
    Err(ValueError::new(format!("`{}` is no {what}", text.trim()), &hint))
}

/// A value of an enum of fixed words: its word or a synonym.
///
/// # Errors
/// Where it is none of them.
pub fn fixed_word<T: FixedWord>(text: &str, what: &str) -> Result<T, ValueError> {
    let written = folded(text);
    let is_meant = |value: &&T| value.word() == written || value.synonyms().contains(&written.as_str());
    match T::ALL.iter().find(is_meant) {
        Some(value) => Ok(*value),
        None => word(text, what, T::ALL.iter().map(|value| (*value, value.word()))),
    }
}

/// A kind of session: `1` to `5`, `lesson-visit`, `book look`.
///
/// # Errors
/// Where it is none.
pub fn session_kind(text: &str) -> Result<SessionKind, ValueError> {
    let written = folded(text);
    let bare = written.strip_prefix("task-area-").or(written.strip_prefix("task-")).unwrap_or(&written);
    fixed_word(bare, "task area or kind of session")
        .or_else(|_| fixed_word(text, "task area or kind of session"))
}

/// The name with the smallest distance to what was written, where one is near.
pub fn nearest<'a>(text: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    // Comparing takes as many steps as both have letters, multiplied; nobody mistypes a whole page.
    if text.len() > LONGEST_WORD {
        return None;
    }
    let text = text.to_lowercase();
    names
        .map(|name| (strsim::damerau_levenshtein(&text, &name.to_lowercase()), name))
        .filter(|(distance, name)| *distance <= 1 + name.chars().count().min(text.chars().count()) / 4)
        .min_by_key(|(distance, name)| (*distance, *name))
        .map(|(_, name)| name)
}
