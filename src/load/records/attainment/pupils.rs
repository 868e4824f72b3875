//! `pupils.csv`: pupils by codes. What reads as a name or a UPN is refused, and shown nowhere.

use std::collections::HashMap;

use crate::load::formats::csv::CsvRows;
use crate::load::formats::{Record, Source, ValueError, times, values};
use crate::load::names::Names;
use crate::school::attainment::pupils::MOBILITY;
use crate::school::id::unsound;
use crate::school::layout::{self, ColumnLayout, ColumnType, optional};
use crate::school::{AcademicYear, Group, Grouping, Id, Pupil, School};
use crate::text::delimited;

/// The most rows of the file.
const MOST_ROWS: usize = 100_000;

/// What stands above a column that says who a pupil is, its parts put together.
const IDENTIFIES: &[&str] = &[
    "name",
    "names",
    "forename",
    "forenames",
    "firstname",
    "givenname",
    "surname",
    "lastname",
    "familyname",
    "fullname",
    "legalname",
    "preferredname",
    "knownas",
    "pupilname",
    "studentname",
    "childname",
    "childsname",
    "child",
    "student",
    "legalforename",
    "legalsurname",
    "preferredforename",
    "preferredsurname",
    "middlename",
    "middlenames",
    "upn",
    "uniquepupilnumber",
    "formerupn",
    "uln",
    "dob",
    "dateofbirth",
    "birthdate",
    "address",
    "postcode",
    "photo",
    "photograph",
    "email",
    "phone",
    "parent",
    "parents",
    "carer",
    "contact",
    "nhsnumber",
];

/// How to have codes instead.
const CODES: &str =
    "make codes: phase import FILE --key KEY.csv writes them, and keeps who is who in a file of its own";

/// Whether a heading says that its column says who a pupil is.
pub fn identifies(heading: &str) -> bool {
    let bare: String = heading.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    IDENTIFIES.contains(&bare.as_str())
}

/// Whether a text is formed as a unique pupil number: a letter, eleven digits, and a digit or letter
/// (Department for Education, *Unique pupil numbers*, 2019).
pub fn is_upn(text: &str) -> bool {
    let text = text.trim();
    let (first, rest) = (text.chars().next(), text.get(1..).unwrap_or_default());
    text.len() == 13
        && first.is_some_and(|c| c.is_ascii_alphabetic())
        && rest.bytes().take(11).all(|byte| byte.is_ascii_digit())
        && rest.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// Whether a text may be a pupil's code: one word with a digit in it, and no UPN.
///
/// # Errors
/// Where it may not.
pub fn code(text: &str) -> Result<Id, ValueError> {
    let wrong = |message: &str| Err(ValueError::new(message, CODES));
    if is_upn(text) {
        return wrong("this reads as a UPN, which is not kept here (it is not shown)");
    }
    let named = !text.bytes().any(|byte| byte.is_ascii_digit()) || text.contains([' ', ',']);
    if named {
        return wrong("this reads as a name, which is not kept here (it is not shown)");
    }
    if text.chars().count() > 24 {
        return wrong("this is too long for a code (it is not shown)");
    }
    if unsound(text).is_some() {
        return wrong("this has a character that is in no code (it is not shown)");
    }
    Ok(Id::new(text))
}

/// The columns of the file: the known ones and the school's own groupings. Their names live as long as the
/// program, since a record names its cells by them.
pub fn columns(groupings: &[Grouping]) -> &'static [ColumnLayout] {
    let known = layout::PUPILS.columns;
    let is_new = |grouping: &&Grouping| known.iter().all(|column| column.name != grouping.column.as_str());
    let own: Vec<ColumnLayout> = groupings
        .iter()
        .filter(is_new)
        .filter(|grouping| grouping.column.as_str() != MOBILITY)
        .map(|grouping| {
            let name: &'static str = grouping.column.as_str().to_owned().leak();
            optional(name, ColumnType::Text, "a group of the school's own")
        })
        .collect();
    if own.is_empty() { known } else { known.iter().copied().chain(own).collect::<Vec<_>>().leak() }
}

/// Reads the pupils, by code; none where a column says who they are.
pub fn read(source: &Source, school: &School, classes: &Names) -> Vec<Pupil> {
    if tells_who(source) {
        return Vec::new();
    }
    let columns = columns(&school.settings.groupings);
    let Some(mut rows) = CsvRows::of(source, columns, MOST_ROWS) else { return Vec::new() };
    let mut pupils: Vec<Pupil> = Vec::new();
    let mut seen: HashMap<String, usize> = HashMap::new();
    while let Some(record) = rows.record() {
        let Some(pupil) = pupil(&record, school, classes) else { continue };
        if let Some(twin) = seen.get(&Id::from_name(pupil.id.as_str()).to_string()) {
            let at = record.cell("pupil").map_or(record.at.clone(), |cell| cell.at.clone());
            let twin = pupils.get(*twin).map_or(String::new(), |pupil| pupil.at.to_string());
            let message = format!("the code `{}` is there twice ({twin})", pupil.id);
            source.error(&at, message, "give each pupil a code of its own");
            continue;
        }
        seen.insert(Id::from_name(pupil.id.as_str()).to_string(), pupils.len());
        pupils.push(pupil);
    }
    pupils.sort_by(|a, b| a.id.cmp(&b.id));
    pupils
}

/// Whether a heading says who pupils are: shown, and nothing more of the file is read or shown.
fn tells_who(source: &Source) -> bool {
    let delimiter = delimited::delimiter(&source.text);
    let whole = 0..source.text.len();
    let head = delimited::rows_within(&source.text, &whole, delimiter)
        .find(|row| !delimited::is_silent(&source.text, row));
    let Some(head) = head else { return false };
    let mut told = false;
    for at in &head.cells {
        let heading = delimited::value(source.text.get(at.clone()).unwrap_or_default());
        if identifies(&heading) {
            let message = format!("the column `{heading}` tells who pupils are, which is not kept here");
            source.error(at, message, CODES);
            told = true;
        }
    }
    told
}

fn pupil(record: &Record<'_>, school: &School, classes: &Names) -> Option<Pupil> {
    let filled = ["pupil", "class", "year_group"].map(|name| record.required(name).is_some());
    let id = match record.cell("pupil").map(|cell| (code(&cell.text), cell)) {
        Some((Ok(id), _)) => Some(id),
        Some((Err(wrong), cell)) => {
            // The line says more of the pupil.
            record.source.hush(&cell.at, wrong);
            return None;
        }
        None => None,
    };
    let class = record.read("class", |text| match school.set_up.known.classes {
        true => classes.find(text),
        // Without classes.csv the pupils say which classes there are.
        false => values::id(text),
    });
    let year_group = record.read("year_group", values::year_group);
    if let (Some(class), Some(year_group), Some(cell)) = (&class, year_group, record.cell("year_group")) {
        let known = school.set_up.classes.get(class);
        if known.is_some_and(|class| !class.year_groups.contains(&year_group)) {
            let message = format!("class {class} has no pupils of year group {year_group}");
            record.warning(&cell.at, message, "check it against classes.csv");
        }
    }
    let joined = record.read("joined", times::date);
    let left = record.read("left", times::date);
    if let (Some(joined), Some(left), Some(cell)) = (joined, left, record.cell("left"))
        && left < joined
    {
        record.error(&cell.at, "`left` lies before `joined`", "check both dates");
    }
    let late = year_group.zip(joined).map(|(year, joined)| {
        let phase = school.set_up.phases.iter().find(|phase| phase.year_groups.contains(&year));
        let before = phase.map_or(0, |phase| phase.year_groups.iter().filter(|other| **other < year).count());
        let begun = school.set_up.calendar.academic_year.0 - i32::try_from(before).unwrap_or(0);
        AcademicYear(begun).after_census(joined)
    });
    let groups = school.settings.groupings.iter().map(|grouping| match grouping.column.as_str() {
        MOBILITY => year_group.map(|_| Id::new(if late == Some(true) { "yes" } else { "no" })),
        column => record.read(column, |text| value(text, grouping)),
    });
    let groups = groups.collect();
    if filled.contains(&false) {
        return None;
    }
    Some(Pupil { id: id?, class: class?, year_group: year_group?, joined, left, groups, at: record.place() })
}

/// One of a grouping's values.
///
/// # Errors
/// Where the grouping has no such value.
pub fn value(text: &str, grouping: &Grouping) -> Result<Id, ValueError> {
    let written = text.trim();
    let words = grouping.words;
    if words.is_empty() {
        // The school's own: yes and no in whatever spelling, else its own words.
        let yes_no =
            values::yes_no(written).ok().filter(|_| !written.bytes().all(|byte| byte.is_ascii_digit()));
        return match yes_no {
            Some(yes) => Ok(Id::new(if yes { "yes" } else { "no" })),
            None if written.chars().count() > 24 || written.split_whitespace().count() > 3 => {
                Err(ValueError::new("this is too long for a group's word", "write yes, no, or a short word"))
            }
            None => Ok(Id::from_name(written)),
        };
    }
    let folded = values::folded(written);
    let long = match (grouping.column.as_str(), folded.as_str()) {
        ("sex", "female" | "girl" | "girls") => "f",
        ("sex", "male" | "boy" | "boys") => "m",
        ("send", "none" | "no" | "no-sen" | "no-special-educational-need") => "n",
        ("send", "sen-support" | "support" | "s") => "k",
        ("send", "ehcp" | "ehc-plan" | "plan" | "education-health-and-care-plan") => "e",
        ("prior_attainment", "medium" | "mid" | "m") => "middle",
        ("prior_attainment", "l") => "low",
        ("prior_attainment", "h") => "high",
        (_, "y" | "true" | "t") => "yes",
        (_, "n" | "false" | "f") => "no",
        (_, other) => other,
    };
    // `N` and `F` are words of their own where the grouping has them.
    let own = words.iter().find(|(word, _)| word.eq_ignore_ascii_case(&folded));
    let found = own.or_else(|| words.iter().find(|(word, _)| word.eq_ignore_ascii_case(long)));
    found.map(|(word, _)| Id::new(word)).ok_or_else(|| {
        let known: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        let message = format!("`{written}` is no value of {}", grouping.column);
        ValueError::new(message, &format!("write {}", known.join(", ")))
    })
}

/// A group of pupils: `all`, or `disadvantaged=yes`, `send=K,E`.
///
/// # Errors
/// Where the column or a value is not known.
pub fn group(text: &str, groupings: &[Grouping]) -> Result<Group, ValueError> {
    let written = text.trim();
    if written.eq_ignore_ascii_case("all") {
        return Ok(Group::All);
    }
    let Some((column, values)) = written.split_once('=') else {
        let message = format!("`{written}` is no group of pupils");
        return Err(ValueError::new(message, "write all, or a column and its value: disadvantaged=yes"));
    };
    let column = values::folded(column).replace('-', "_");
    // `pupil premium` and the like, as marksheets have them.
    let column = crate::load::imports::column_roles::role(&column).unwrap_or(column.as_str());
    let Some(grouping) = groupings.iter().find(|grouping| grouping.column.as_str() == column) else {
        let names = || groupings.iter().map(|grouping| grouping.column.as_str());
        let hint = match values::nearest(column, names()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("known are {}", names().collect::<Vec<_>>().join(", ")),
        };
        return Err(ValueError::new(format!("pupils have no column `{column}`"), &hint));
    };
    let values: Result<Vec<Id>, ValueError> =
        values.split([',', ';']).map(|part| value(part, grouping)).collect();
    let mut values = values?;
    values.sort();
    values.dedup();
    Ok(Group::Of { column: grouping.column.clone(), values })
}
