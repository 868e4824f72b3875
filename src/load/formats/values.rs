//! The forms of values: dates, times, weekdays, half terms, numbers and words. Forgiving in form,
//! strict in meaning: what no reading makes valid is refused, with what would be right.

use chrono::{Datelike, NaiveDate, NaiveTime, Timelike, Weekday};

use crate::document::plain;
use crate::school::id::{sound_form, unsound};
use crate::school::{Hours, Id, Period, SessionKind, WeekLetter, Weekdays, YearGroup};

/// Why a value cannot be read, and what would be right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValueError {
    /// What is wrong.
    pub message: String,
    /// What would be right.
    pub hint: String,
}

impl ValueError {
    /// What is wrong, and what would be right.
    pub fn new(message: impl Into<String>, hint: &str) -> Self {
        Self { message: message.into(), hint: hint.to_owned() }
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

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

const WEEKDAYS: [(Weekday, &str); 7] = [
    (Weekday::Mon, "monday"),
    (Weekday::Tue, "tuesday"),
    (Weekday::Wed, "wednesday"),
    (Weekday::Thu, "thursday"),
    (Weekday::Fri, "friday"),
    (Weekday::Sat, "saturday"),
    (Weekday::Sun, "sunday"),
];

/// A date: `2027-01-14`, `14/01/2027` or `14 Jan 2027`; the day first, always.
///
/// # Errors
/// Where no reading makes it a date.
pub fn date(text: &str) -> Result<NaiveDate, ValueError> {
    let text = text.trim();
    let text = text.strip_suffix(" 00:00:00").or_else(|| text.strip_suffix("T00:00:00")).unwrap_or(text);
    let wrong = |hint: &str| Err(ValueError::new(format!("`{text}` is no date"), hint));
    const FORMS: &str = "write 14/01/2027, 2027-01-14 or 14 Jan 2027 (the day first)";
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return wrong(
            "a number, as Excel shows a date it has lost: format the column as a date and save again",
        );
    }
    let words: Vec<&str> = text.split(' ').filter(|part| !part.is_empty()).collect();
    let (named, rest) = match words.as_slice() {
        [first, rest @ ..] if !rest.is_empty() && weekday(first.trim_end_matches(',')).is_ok() => {
            (weekday(first.trim_end_matches(',')).ok(), rest.join(" "))
        }
        all => (None, all.join(" ")),
    };
    let parts: Vec<&str> = rest.split(['/', '-', '.', ' ']).collect();
    let &[a, b, c] = parts.as_slice() else { return wrong(FORMS) };
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let (day, month, year) = if a.len() == 4 && digits(a) { (c, b, a) } else { (a, b, c) };
    if digits(year) && year.len() == 2 {
        return wrong("write the year in full, as in 14/01/2027");
    }
    let day = ["st", "nd", "rd", "th"].iter().find_map(|ending| day.strip_suffix(ending)).unwrap_or(day);
    let number =
        if digits(month) && month.len() <= 2 { month.parse::<u32>().ok() } else { month_number(month) };
    let whole = digits(day) && day.len() <= 2 && digits(year) && year.len() == 4;
    let (true, Ok(day), Some(number), Ok(year)) = (whole, day.parse::<u32>(), number, year.parse::<i32>())
    else {
        return wrong(FORMS);
    };
    if let (Some(named), Some(date)) = (named, NaiveDate::from_ymd_opt(year, number, day))
        && date.weekday() != named
    {
        return wrong(&format!("that day is a {}", date.format("%A")));
    }
    match NaiveDate::from_ymd_opt(year, number, day) {
        Some(date) if (1990..=2100).contains(&year) => Ok(date),
        Some(_) => wrong("the year is out of range"),
        None if number > 12 && day <= 12 => wrong("dates are day first: is the month in the wrong place?"),
        None => wrong("there is no such day (dates are day first)"),
    }
}

/// A first and last day: `1 Sep 2026 to 23 Oct 2026`, `01/09/2026 - 23/10/2026`.
///
/// # Errors
/// Where either is no date, or the last lies before the first.
pub fn span(text: &str) -> Result<(NaiveDate, NaiveDate), ValueError> {
    let parts = [" to ", " - ", "–", ".."].iter().find_map(|between| text.split_once(between));
    let Some((from, to)) = parts else {
        let message = format!("`{}` is no first and last day", text.trim());
        return Err(ValueError::new(message, "write 1 Sep 2026 to 23 Oct 2026"));
    };
    let (from, to) = (date(from)?, date(to)?);
    if to < from {
        return Err(ValueError::new("the last day lies before the first", "write the first day first"));
    }
    Ok((from, to))
}

fn month_number(text: &str) -> Option<u32> {
    let text = text.to_lowercase();
    let index = MONTHS.iter().position(|month| {
        text.len() >= 3 && month.starts_with(&text) || text == "sept" && *month == "september"
    });
    index.and_then(|index| u32::try_from(index + 1).ok())
}

/// A time of day: `13:15`, `13.15` or `1:15pm`.
///
/// # Errors
/// Where it is none.
pub fn time(text: &str) -> Result<NaiveTime, ValueError> {
    let written = text.trim();
    let lower = written.to_lowercase();
    let (body, afternoon) = match (lower.strip_suffix("pm"), lower.strip_suffix("am")) {
        (Some(body), _) => (body.trim().to_owned(), Some(true)),
        (_, Some(body)) => (body.trim().to_owned(), Some(false)),
        _ => (lower, None),
    };
    let parts: Vec<&str> = body.split([':', '.']).collect();
    let two = |part: &&str| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
    let read = match parts.as_slice() {
        [hour, minute] | [hour, minute, "00"] if two(minute) && hour.len() <= 2 => {
            hour.parse::<u32>().ok().zip(minute.parse::<u32>().ok())
        }
        _ => None,
    };
    let read = read.and_then(|(hour, minute)| match afternoon {
        Some(_) if !(1..=12).contains(&hour) => None,
        Some(true) if hour < 12 => NaiveTime::from_hms_opt(hour + 12, minute, 0),
        Some(false) if hour == 12 => NaiveTime::from_hms_opt(0, minute, 0),
        _ => NaiveTime::from_hms_opt(hour, minute, 0),
    });
    match read {
        Some(time) if time.hour() < 6 => {
            Err(ValueError::new(format!("`{written}` is at night"), "write the afternoon as 13:15"))
        }
        Some(time) => Ok(time),
        None => Err(ValueError::new(format!("`{written}` is no time"), "write 13:15")),
    }
}

/// Hours of the day: a period's id, several as in `pm1-pm3`, `13:15-14:15`, a time at which a period
/// begins, `am` or `pm`.
///
/// # Errors
/// Where it is none of these.
pub fn hours(text: &str, periods: &[Period]) -> Result<Vec<Hours>, ValueError> {
    let written = text.trim();
    let of = |period: &Period| Hours { start: period.start, end: period.end };
    if let Some(period) = periods.iter().find(|period| period.id.as_str().eq_ignore_ascii_case(written)) {
        return Ok(vec![of(period)]);
    }
    let noon = NaiveTime::from_hms_opt(12, 0, 0).unwrap_or_default();
    let half: Option<fn(&Period, NaiveTime) -> bool> = match written.to_lowercase().as_str() {
        "am" | "morning" | "mornings" => Some(|period, noon| period.start < noon),
        "pm" | "afternoon" | "afternoons" => Some(|period, noon| period.start >= noon),
        _ => None,
    };
    if let Some(half) = half {
        return Ok(periods.iter().filter(|period| half(period, noon)).map(of).collect());
    }
    if let Some((from, to)) = written.split_once(['-', '–']) {
        let named = |text: &str| {
            periods.iter().position(|period| period.id.as_str().eq_ignore_ascii_case(text.trim()))
        };
        if let (Some(from), Some(to)) = (named(from), named(to)) {
            let several: Vec<Hours> = periods.get(from..=to).unwrap_or_default().iter().map(of).collect();
            if several.is_empty() {
                return Err(ValueError::new(
                    format!("`{written}` runs backwards"),
                    "write the earlier period first",
                ));
            }
            return Ok(several);
        }
        let (start, end) = (time(from)?, time(to)?);
        if start < end {
            return Ok(vec![Hours { start, end }]);
        }
        return Err(ValueError::new(
            format!("`{written}` ends before it begins"),
            "write the earlier time first",
        ));
    }
    if let Ok(start) = time(written) {
        if let Some(period) = periods.iter().find(|period| period.start == start) {
            return Ok(vec![of(period)]);
        }
        return Err(ValueError::new(
            format!("no period begins at {written}"),
            "write from and to, as in 13:15-14:15",
        ));
    }
    let ids: Vec<&str> = periods.iter().map(|period| period.id.as_str()).collect();
    let hint = match nearest(written, ids.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("periods are {}; or write 13:15-14:15", ids.join(", ")),
    };
    Err(ValueError::new(format!("there is no period `{written}`"), &hint))
}

/// A weekday: `Thu`, `Thursday`.
///
/// # Errors
/// Where it is none.
pub fn weekday(text: &str) -> Result<Weekday, ValueError> {
    let lower = text.trim().to_lowercase();
    let lower = lower.strip_suffix('s').filter(|day| day.ends_with("day")).unwrap_or(&lower);
    WEEKDAYS
        .iter()
        .find(|(_, name)| lower.len() >= 2 && name.starts_with(lower) || lower == "tues" || lower == "thurs")
        .filter(|(_, name)| lower.len() >= 3 || name.starts_with(lower))
        .map(|(day, _)| {
            if lower == "tues" {
                Weekday::Tue
            } else if lower == "thurs" {
                Weekday::Thu
            } else {
                *day
            }
        })
        .ok_or_else(|| {
            ValueError::new(format!("`{}` is no weekday", text.trim()), "write Mon, Tue, Wed, Thu or Fri")
        })
}

/// Days of the week: `Mon-Wed`, `Mon;Tue`, `Mon Tue Wed`.
///
/// # Errors
/// Where a part is no weekday, or a range runs backwards.
pub fn weekdays(text: &str) -> Result<Weekdays, ValueError> {
    let mut days = Weekdays::NONE;
    let spaced = text.replace(" - ", "-").replace('–', "-").replace(" to ", "-");
    for part in spaced.split([';', ',', ' ', '+', '&']).filter(|part| !part.is_empty() && *part != "and") {
        let (from, to) = match part.split_once('-') {
            Some((from, to)) => (weekday(from)?, weekday(to)?),
            None => (weekday(part)?, weekday(part)?),
        };
        if to.num_days_from_monday() < from.num_days_from_monday() {
            return Err(ValueError::new(
                format!("`{part}` runs backwards"),
                "write the earlier day first, as in Mon-Wed",
            ));
        }
        for (day, _) in WEEKDAYS {
            if (from.num_days_from_monday()..=to.num_days_from_monday()).contains(&day.num_days_from_monday())
            {
                days = days.with(day);
            }
        }
    }
    Ok(days)
}

/// Week `A` or `B`.
///
/// # Errors
/// Where it is neither.
pub fn week_letter(text: &str) -> Result<WeekLetter, ValueError> {
    let letter = text.trim().to_lowercase();
    match letter.strip_prefix("week").map_or(letter.as_str(), str::trim) {
        "a" | "1" => Ok(WeekLetter::A),
        "b" | "2" => Ok(WeekLetter::B),
        _ => Err(ValueError::new(
            format!("`{}` is no week", text.trim()),
            "write A or B, or leave it empty for every week",
        )),
    }
}

/// A half term: `3`, `ht3`, `Term 3`, `spring-1`, `Spring 1`.
///
/// # Errors
/// Where it is none of the six.
pub fn half_term(text: &str) -> Result<u8, ValueError> {
    let words = text.trim().to_lowercase().replace(['-', '_'], " ");
    let bare =
        words.trim_start_matches("half term").trim_start_matches("term").trim_start_matches("ht").trim();
    let season = |name: &str| {
        words.strip_prefix(name).and_then(|rest| match rest.trim().trim_start_matches("term").trim() {
            "1" | "first" => Some(1),
            "2" | "second" => Some(2),
            _ => None,
        })
    };
    let found = match bare.parse::<u8>() {
        Ok(number @ 1..=6) => Some(number),
        _ => season("autumn").or(season("spring").map(|n| n + 2)).or(season("summer").map(|n| n + 4)),
    };
    found.ok_or_else(|| {
        ValueError::new(format!("`{}` is no half term", text.trim()), "write 1 to 6, or autumn-1 to summer-2")
    })
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

/// A kind of session: `1` to `5`, `lesson-visit`, `book look`.
///
/// # Errors
/// Where it is none.
pub fn session_kind(text: &str) -> Result<SessionKind, ValueError> {
    let written = folded(text);
    let bare = written.strip_prefix("task-area-").or(written.strip_prefix("task-")).unwrap_or(&written);
    SessionKind::TABLE.iter().find(|row| row.1 == bare || row.3.contains(&bare)).map(|row| row.0).map_or_else(
        || word(text, "task area or kind of session", SessionKind::TABLE.iter().map(|row| (row.0, row.1))),
        Ok,
    )
}

/// An academic year: `2026-27` or `2026/27`.
///
/// # Errors
/// Where it is none.
pub fn academic_year(text: &str) -> Result<i32, ValueError> {
    let wrong = || ValueError::new(format!("`{}` is no academic year", text.trim()), "write it as 2026-27");
    let (first, second) = text.trim().split_once(['-', '/']).ok_or_else(wrong)?;
    let year: i32 = first.parse().map_err(|_| wrong())?;
    let next: i32 = second.parse().map_err(|_| wrong())?;
    let right = (2000..=2100).contains(&year) && (next == (year + 1) % 100 || next == year + 1);
    if right { Ok(year) } else { Err(wrong()) }
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
