//! Dates, times and days of the week, as people type them.

use chrono::{Datelike, NaiveDate, NaiveTime, Timelike, Weekday};

use crate::load::formats::values::{ValueError, nearest};
use crate::school::{Hours, Period, WeekLetter, Weekdays};

pub(crate) const MONTHS: [&str; 12] = [
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

pub(crate) const WEEKDAYS: [(Weekday, &str); 7] = [
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

pub(crate) fn month_number(text: &str) -> Option<u32> {
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
