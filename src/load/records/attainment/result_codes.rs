//! The codes of results: what each says, by the scale that it is read on. Nothing is guessed from the value.

use crate::load::formats::{ValueError, values};
use crate::school::attainment::scale::LADDER;
use crate::school::{AssessmentSettings, FullMarks, ResultReading, Scale};

/// What a result comes to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ResultMeaning {
    pub reading: ResultReading,
    /// What is to be looked at: the code was withdrawn.
    pub withdrawn: Option<&'static str>,
}

/// Why there may be no result: what published tables and schools' systems write.
const MISSING: &[&str] = &["", "X", "C", "Z", "SUPP", "LOWCOV", "NE", "NP", "NA", "N/A", "-", "NULL"];

/// Codes that any scale may hold (Lincolnshire and Birmingham code lists, 2023/24): who has left, is to come
/// or was before; who was absent or cannot be assessed.
const LEFT: &[&str] = &["L", "F", "P"];

/// Codes of pupils who count and were not assessed.
const NOT_ASSESSED: &[&str] = &["A", "B", "T", "H", "Q", "M"];

/// Codes that were withdrawn: below the standard, with what they were about (Bradford, Lincolnshire).
const WITHDRAWN: &[(&str, &str)] = &[
    ("BLW", "it was about EM"),
    ("PKF", "it was about PK1 to PK2"),
    ("PKE", "it was below the expected standard"),
    ("PKG", "it was about PK5 to PK6"),
    ("NOTSEN", "it was below the expected standard"),
];

/// The points of levels before 2016, at Key Stage 1 (Department for Education, performance tables 2006).
const LEVELS: &[(&str, f32)] = &[
    ("W", 3.0),
    ("1", 9.0),
    ("2C", 13.0),
    ("2B", 15.0),
    ("2", 15.0),
    ("2A", 17.0),
    ("3", 21.0),
    ("4", 27.0),
    ("5", 33.0),
    ("6", 39.0),
];

const fn attained(met: bool, higher: Option<bool>, value: Option<f32>) -> ResultReading {
    ResultReading::Attained { met: Some(met), higher, value }
}

/// Reads a result on a scale. `threshold` is the mark from which the phonics check is met; `mark` is the
/// maximum of the mark, and from where it meets the standard.
///
/// # Errors
/// Where the scale has no such result.
pub fn read(
    text: &str,
    scale: Scale,
    threshold: f64,
    mark: Option<FullMarks>,
    assessing: &AssessmentSettings,
) -> Result<ResultMeaning, ValueError> {
    let written = text.trim().to_uppercase();
    let plain = |reading| Ok(ResultMeaning { reading, withdrawn: None });
    if let Some(reading) = assessing.codes.get(&written) {
        return plain(*reading);
    }
    if MISSING.contains(&written.as_str()) {
        return plain(ResultReading::Missing);
    }
    // On the profile and the levels a letter may be a result of its own.
    let is_own = scale == Scale::Level && ["B", "N"].contains(&written.as_str());
    if !is_own && LEFT.contains(&written.as_str()) {
        return plain(ResultReading::Left);
    }
    if !is_own && NOT_ASSESSED.contains(&written.as_str()) {
        return plain(ResultReading::NotAssessed);
    }
    if written == "D" {
        let says = "D (disapplied) is out of use; the pupil counts, as not assessed";
        return Ok(ResultMeaning { reading: ResultReading::NotAssessed, withdrawn: Some(says) });
    }
    match scale {
        Scale::Ladder => ladder(text, &written),
        Scale::Scaled => scaled(text, &written).and_then(plain),
        Scale::Mark => marked(text, mark).and_then(plain),
        Scale::Phonics => phonics(text, &written, threshold).and_then(plain),
        Scale::Profile => profile(text, &written).and_then(plain),
        Scale::OnTrack => on_track(text).and_then(plain),
        Scale::Level => level(text, &written).and_then(plain),
    }
}

fn wrong(text: &str, scale: &str, hint: &str) -> ValueError {
    ValueError::new(format!("`{}` is no result on the scale {scale}", text.trim()), hint)
}

fn ladder(text: &str, written: &str) -> Result<ResultMeaning, ValueError> {
    let step = |code: &str| LADDER.iter().position(|step| *step == code);
    let long = match values::folded(text).as_str() {
        "expected" | "expected-standard" | "at-expected" | "met" => "EXS",
        "greater-depth" | "greater-depth-standard" => "GDS",
        "working-towards" | "working-towards-standard" | "wt" => "WTS",
        "not-met" | "has-not-met" => "HNM",
        _ => written,
    };
    let met = |step: usize| attained(step >= 8, Some(step == 9), Some(step as f32));
    if let Some(step) = step(long) {
        return Ok(ResultMeaning { reading: met(step), withdrawn: None });
    }
    if long == "HNM" {
        return Ok(ResultMeaning { reading: attained(false, Some(false), None), withdrawn: None });
    }
    let p_scale = written
        .strip_prefix('P')
        .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()) && rest.len() <= 3);
    let below = attained(false, Some(false), None);
    if let Some((_, says)) = WITHDRAWN.iter().find(|row| row.0 == written) {
        return Ok(ResultMeaning { reading: below, withdrawn: Some(says) });
    }
    if p_scale {
        let says = "P scales are out of use; below the pre-key-stage standards";
        return Ok(ResultMeaning { reading: below, withdrawn: Some(says) });
    }
    let steps = LADDER.iter().copied().chain(["HNM"]);
    let hint = match values::nearest(written, steps) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "write EM, PK1 to PK6, WTS, EXS or GDS; HNM; A, L …".to_owned(),
    };
    Err(wrong(text, "ladder", &hint))
}

/// A number as it must be written: digits, and a point where parts of one are allowed.
fn decimal(text: &str, range: std::ops::RangeInclusive<f64>, hint: &str) -> Result<f64, ValueError> {
    let text = text.trim();
    let plain = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    match text.parse::<f64>() {
        Ok(number) if plain && range.contains(&number) => Ok(number),
        Ok(_) if plain => Err(ValueError::new(format!("`{text}` is out of range"), hint)),
        _ => Err(ValueError::new(format!("`{text}` is no number"), hint)),
    }
}

/// A number of a file: digits, and a point where parts of one are allowed.
///
/// # Errors
/// Where it is none, or out of range.
pub fn number(text: &str, range: std::ops::RangeInclusive<f64>) -> Result<f64, ValueError> {
    let hint = format!("write a number from {} to {}", range.start(), range.end());
    decimal(text, range, &hint)
}

fn scaled(text: &str, written: &str) -> Result<ResultReading, ValueError> {
    match written {
        "AS" => return Ok(attained(true, None, None)),
        "NS" => return Ok(attained(false, Some(false), None)),
        "CA" | "CB" => {
            let message = format!("what `{written}` means is not known here");
            return Err(ValueError::new(message, "say it in phase.toml: [codes] CA = \"not-assessed\""));
        }
        _ => {}
    }
    let hint = "write a scaled score from 80 to 120, or a code such as B, T or A";
    let score = decimal(text, 80.0..=120.0, hint)?;
    if score.fract() != 0.0 {
        return Err(wrong(text, "scaled", hint));
    }
    Ok(attained(score >= 100.0, Some(score >= 110.0), Some(score as f32)))
}

fn marked(text: &str, mark: Option<FullMarks>) -> Result<ResultReading, ValueError> {
    let Some(FullMarks { of: most, met: threshold }) = mark else {
        let hint = "say its maximum in phase.toml: [marks.SUBJECT] of = 40";
        return Err(ValueError::new("the maximum of this mark is not known", hint));
    };
    let value = decimal(text, 0.0..=most, &format!("write a mark from 0 to {most}"))?;
    let met = threshold.map(|threshold| value >= threshold);
    Ok(ResultReading::Attained { met, higher: Some(value >= most), value: Some(value as f32) })
}

fn phonics(text: &str, written: &str, threshold: f64) -> Result<ResultReading, ValueError> {
    match written {
        "WA" => return Ok(attained(true, None, None)),
        "WT" => return Ok(attained(false, None, None)),
        _ => {}
    }
    let hint = "write a mark from 0 to 40, Wa or Wt";
    let mark = decimal(text, 0.0..=40.0, hint)?;
    if mark.fract() != 0.0 {
        return Err(wrong(text, "phonics", hint));
    }
    Ok(attained(mark >= threshold, None, Some(mark as f32)))
}

fn profile(text: &str, written: &str) -> Result<ResultReading, ValueError> {
    match written {
        "1" | "EMERGING" => Ok(attained(false, None, Some(1.0))),
        "2" | "EXPECTED" => Ok(attained(true, None, Some(2.0))),
        _ => Err(wrong(text, "profile", "write 1 (emerging), 2 (expected) or A")),
    }
}

fn on_track(text: &str) -> Result<ResultReading, ValueError> {
    let step = match values::folded(text).as_str() {
        "well-below" => 1,
        "below" => 2,
        "on" | "on-track" => 3,
        "above" => 4,
        _ => return Err(wrong(text, "on-track", "write well-below, below, on or above")),
    };
    Ok(attained(step >= 3, Some(step == 4), Some(step as f32)))
}

fn level(text: &str, written: &str) -> Result<ResultReading, ValueError> {
    let row = LEVELS.iter().find(|row| row.0 == written);
    let below = ["B", "N"].contains(&written);
    match row {
        // At the end of Key Stage 2 a level below 3 has the points of level 2.
        Some((_, points)) => Ok(ResultReading::Attained { met: None, higher: None, value: Some(*points) }),
        None if below => Ok(ResultReading::Attained { met: None, higher: None, value: Some(15.0) }),
        None => Err(wrong(text, "level", "write W, 1, 2C, 2B, 2A, 3, 4 or 5; B or N at Key Stage 2")),
    }
}
