//! The headings of schools' own exports: what each column is, as far as its words say it.

use super::column_mapping::ColumnMeaning;
use crate::load::formats::values;
use crate::load::imports::column_roles::{letters, role};
use crate::load::records::attainment::{assessments, pupils};
use crate::school::attainment::measure::ATTENDANCE;
use crate::school::{Id, ResultKind, Scale, School, YearGroup};

/// What a column is, by its heading alone; none where its words say nothing that is known.
pub fn meaning(heading: &str, school: &School) -> Option<ColumnMeaning> {
    if let Some(role) = role(heading) {
        return Some(ColumnMeaning { role: Some(role), ..ColumnMeaning::default() });
    }
    if pupils::identifies(heading) {
        return Some(ColumnMeaning { ignored: true, ..ColumnMeaning::default() });
    }
    let own = school.settings.groupings.iter().find(|grouping| {
        letters(grouping.column.as_str()) == letters(heading) || letters(&grouping.title) == letters(heading)
    });
    if let Some(own) = own {
        let role: &'static str = own.column.as_str().to_owned().leak();
        return Some(ColumnMeaning { role: Some(role), ..ColumnMeaning::default() });
    }
    result(heading, school)
}

/// Whether a heading is one of Bromcom's: `Assessment Type$Term$Year Group$Subject` (Bromcom documentation,
/// How to import primary assessment data).
pub fn is_bromcom(heading: &str) -> bool {
    heading.split('$').count() == 4
}

/// What a heading over results says: the subject, and the data point, year group and kind where it names them.
pub fn result(heading: &str, school: &School) -> Option<ColumnMeaning> {
    if is_bromcom(heading) {
        let parts: Vec<&str> = heading.split('$').collect();
        let [kind, term, year, subject] = parts.as_slice() else { return None };
        let mut meaning = ColumnMeaning {
            subject: Some(assessments::subject(subject, school).ok()?),
            ..ColumnMeaning::default()
        };
        words_of(kind, school, &mut meaning);
        words_of(term, school, &mut meaning);
        meaning.year_group = values::year_group(year).ok().map(|year| year.to_string());
        return of_key_stage_1(heading, school, settled(meaning));
    }
    let mut meaning = ColumnMeaning::default();
    words_of(heading, school, &mut meaning);
    meaning.subject.as_ref()?;
    of_key_stage_1(heading, school, settled(meaning))
}

/// What results of Key Stage 1 are: of those who are beyond it where they began, whenever they were written down; of a
/// school with both it may be either, and nothing is known.
fn of_key_stage_1(heading: &str, school: &School, meaning: ColumnMeaning) -> Option<ColumnMeaning> {
    let is_ks1 = |word: &str| word.eq_ignore_ascii_case("ks1");
    if !heading.split(|c: char| !c.is_alphanumeric()).any(is_ks1) {
        return Some(meaning);
    }
    match key_stages(school) {
        (_, false) => Some(meaning),
        (false, true) => Some(ColumnMeaning { point: Some("baseline".to_owned()), ..meaning }),
        (true, true) => None,
    }
}

/// What some subjects' results always are.
fn settled(mut meaning: ColumnMeaning) -> ColumnMeaning {
    let scale = match meaning.subject.as_ref().map(Id::as_str) {
        Some("phonics") => Some(Scale::Phonics),
        Some("tables" | ATTENDANCE) => Some(Scale::Mark),
        _ => None,
    };
    meaning.scale = meaning.scale.or(scale);
    meaning
}

/// Whether the phases have pupils up to the end of Key Stage 1, and beyond.
fn key_stages(school: &School) -> (bool, bool) {
    let years = || school.set_up.phases.iter().flat_map(|phase| &phase.year_groups);
    (years().any(|year| *year <= YearGroup::Year(2)), years().any(|year| *year > YearGroup::Year(2)))
}

/// Returns the half term that a word of a heading names, and whether the next word belongs to it: `Autumn 1` and
/// `Aut1` are a half term, `Autumn 2` and `Autumn` the end of the term.
fn half_term(word: &str, next: &str) -> Option<(String, bool)> {
    const SEASONS: &[(&str, &str)] = &[("autumn", "aut"), ("spring", "spr"), ("summer", "sum")];
    let point =
        |season: &str, half: &str| if half == "1" { format!("{season}-1") } else { season.to_owned() };
    SEASONS.iter().find_map(|(season, short)| {
        if word == *season || word == *short {
            return Some((point(season, next), matches!(next, "1" | "2")));
        }
        let half = word.strip_prefix(short).filter(|half| matches!(*half, "1" | "2"))?;
        Some((point(season, half), false))
    })
}

/// Takes what the words of a heading say.
fn words_of(text: &str, school: &School, meaning: &mut ColumnMeaning) {
    let spaced: String = text
        .chars()
        .map(|c| if c.is_alphanumeric() || c == '&' { c.to_ascii_lowercase() } else { ' ' })
        .collect();
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut rest: Vec<&str> = Vec::new();
    let mut index = 0;
    while let Some(word) = words.get(index) {
        let next = words.get(index + 1).copied().unwrap_or_default();
        index += 1;
        if let Some((point, with_next)) = half_term(word, next) {
            index += usize::from(with_next);
            meaning.point = Some(point);
            continue;
        }
        let year = word
            .strip_prefix('y')
            .or(word.strip_prefix("yr"))
            .filter(|year| values::year_group(year).is_ok());
        match *word {
            "baseline" | "entry" => meaning.point = Some("baseline".to_owned()),
            "eoy" => meaning.point = Some("summer".to_owned()),
            "ta" | "teacher" => meaning.kind = Some(ResultKind::Teacher),
            "test" | "sat" | "sats" | "paper" | "check" => meaning.kind = Some(ResultKind::Test),
            "scaled" | "ss" => meaning.scale = Some(Scale::Scaled),
            "year" if values::year_group(next).is_ok() => {
                meaning.year_group = values::year_group(next).ok().map(|year| year.to_string());
                index += 1;
            }
            "on" if next == "track" => {
                meaning.scale = Some(Scale::OnTrack);
                index += 1;
            }
            "at" | "of" | "end" | "term" | "the" | "assessment" | "result" | "score" | "grade"
            | "judgement" | "attainment" | "ks1" | "ks2" | "main" | "summative" | "on" | "and" => {}
            _ if year.is_some() => {
                meaning.year_group =
                    year.and_then(|year| values::year_group(year).ok()).map(|year| year.to_string());
            }
            other => rest.push(other),
        }
    }
    if rest.is_empty() || meaning.subject.is_some() {
        return;
    }
    // What is left must be one subject and no more: of `Reading fluency` nothing is known.
    let left = rest.join(" ");
    meaning.subject = assessments::measured(&left).ok().or_else(|| {
        let own = school.set_up.subjects.values().find(|subject| {
            Id::from_name(&subject.name) == Id::from_name(&left) || subject.id == Id::from_name(&left)
        });
        own.map(|subject| subject.id.clone())
    });
}
