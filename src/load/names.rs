//! Names and ids of records: who is meant by what was written.

use std::collections::BTreeMap;

use super::formats::values::{ValueError, nearest};
use crate::school::{Id, School};

/// The ids and names of the records of one file.
#[derive(Debug)]
pub struct Names {
    /// What the records are called in messages, such as `nobody in staff.csv`.
    nothing: String,
    /// The file that is not there and would name them.
    missing: Option<&'static str>,
    names: Vec<(Id, String)>,
    /// Whether a part of a name will do: a surname, a first name, an initial and a surname.
    in_part: bool,
    /// The first id of each, whatever its capitals and spaces.
    ids: BTreeMap<String, Id>,
    by_text: BTreeMap<String, Vec<Id>>,
}

impl Names {
    /// No names yet; `nothing` begins the message for a name that is not known.
    pub fn new(nothing: impl Into<String>) -> Self {
        Self {
            nothing: nothing.into(),
            missing: None,
            in_part: false,
            names: Vec::new(),
            ids: BTreeMap::new(),
            by_text: BTreeMap::new(),
        }
    }

    /// The staff of a school.
    pub fn of_staff(school: &School) -> Self {
        let mut names = Self::of_people("nobody on the staff");
        for person in school.set_up.staff.values() {
            names.add(&person.id, &person.name);
        }
        names
    }

    /// The subjects of a school.
    pub fn of_subjects(school: &School) -> Self {
        let mut names = Self::new("no subject");
        for subject in school.set_up.subjects.values() {
            names.add(&subject.id, &subject.name);
        }
        names
    }

    /// The classes of a school.
    pub fn of_classes(school: &School) -> Self {
        let mut names = Self::new("no class");
        for class in school.set_up.classes.keys() {
            names.add(class, class.as_str());
        }
        names
    }

    /// No names of people yet: a part of a name will do where it is one person's.
    pub fn of_people(nothing: impl Into<String>) -> Self {
        Self { in_part: true, ..Self::new(nothing) }
    }

    /// The same names, where the file that would give more of them is not there.
    pub fn without(self, file: &'static str) -> Self {
        Self { missing: Some(file), ..self }
    }

    /// Adds a record. Returns the record that already has the same id, or one that only capitals
    /// or spaces distinguish.
    pub fn add(&mut self, id: &Id, name: &str) -> Option<Id> {
        let twin = self.ids.get(&key(id.as_str())).cloned();
        self.ids.entry(key(id.as_str())).or_insert_with(|| id.clone());
        self.names.push((id.clone(), name.to_owned()));
        // People type a name without its accents, and mean the same one.
        for text in [key(id.as_str()), key(name), unaccented(name)] {
            let ids = self.by_text.entry(text).or_default();
            if !ids.contains(id) {
                ids.push(id.clone());
            }
        }
        twin
    }

    /// Every record that may be meant: the one with that very id, else those with that id or name, and
    /// of people those with that part of a name too.
    pub fn meant(&self, text: &str) -> Vec<Id> {
        let text = text.trim();
        if let Some(id) = self.ids.get(&key(text)).filter(|id| id.as_str() == text) {
            return vec![id.clone()];
        }
        let mut meant = self.by_text.get(&key(text)).cloned().unwrap_or_default();
        // Who is called just that is meant, whoever else is but for an accent.
        let exact: Vec<Id> =
            self.names.iter().filter(|(_, name)| key(name) == key(text)).map(|(id, _)| id.clone()).collect();
        if !exact.is_empty() {
            meant.retain(|id| exact.contains(id) || key(id.as_str()) == key(text));
        }
        let whole =
            self.names.iter().any(|(_, name)| key(name) == key(text) || unaccented(name) == key(text));
        if self.in_part && !whole {
            for (id, name) in &self.names {
                if is_part(text, name) && !meant.contains(id) {
                    meant.push(id.clone());
                }
            }
        }
        meant
    }

    /// The name of a record.
    pub fn name_of(&self, id: &Id) -> Option<&str> {
        self.names.iter().find(|(other, _)| other == id).map(|(_, name)| name.as_str())
    }

    /// The record meant: by its id, else by its name, or where a part of a name will do by that.
    ///
    /// # Errors
    /// Where nothing has that id or name, or several have.
    pub fn find(&self, text: &str) -> Result<Id, ValueError> {
        let text = text.trim();
        match self.meant(text).as_slice() {
            [id] => Ok(id.clone()),
            [first, second, ..] => {
                let shown = |id: &Id| match self.name_of(id) {
                    Some(name) if name != id.as_str() => format!("{name} (`{id}`)"),
                    _ => format!("`{id}`"),
                };
                Err(ValueError::new(
                    format!("`{text}` may be {} or {}", shown(first), shown(second)),
                    "write the id of the one you mean",
                ))
            }
            [] => {
                let all = self.names.iter().flat_map(|(id, name)| [id.as_str(), name.as_str()]);
                let hint = match nearest(text, all) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None if let Some(file) = self.missing => {
                        format!("there is no {file}, which would name it")
                    }
                    None if self.names.is_empty() => "none is known yet".to_owned(),
                    None => {
                        let shown = |(id, name): &(Id, String)| {
                            if self.in_part { name.clone() } else { id.to_string() }
                        };
                        let shown: Vec<String> = self.names.iter().map(shown).take(8).collect();
                        let more = if self.names.len() > 8 { " …" } else { "" };
                        format!("known are {}{more}", shown.join(", "))
                    }
                };
                Err(ValueError::new(format!("{} has the id or name `{text}`", self.nothing), &hint))
            }
        }
    }
}

/// The names that sessions and other records use.
pub struct RecordNames<'a> {
    pub staff: &'a Names,
    pub classes: &'a Names,
    pub subjects: &'a Names,
}

/// Capitals, spaces, hyphens and the kind of apostrophe do not distinguish names.
fn key(text: &str) -> String {
    Id::from_name(text).as_str().to_owned()
}

/// Whether a text is a part of a person's name that people go by: `Okafor`, `Jo`, `J Okafor`,
/// `Mrs Okafor`, `Zoe` for Zoë, `Anne Marie` for Anne-Marie. Another title, or another initial, is another person; so is
/// another accent, where one is typed.
fn is_part(text: &str, name: &str) -> bool {
    let titles = (title(text), title(name));
    if matches!(&titles, (Some(one), Some(other)) if one != other) {
        return false;
    }
    let is_plain = unaccented(text) == key(text);
    let name: Vec<String> =
        if is_plain { bare(name).iter().map(|word| unaccented(word)).collect() } else { bare(name) };
    let part = bare(text);
    let (Some(first), Some(last)) = (name.first(), name.last()) else { return false };
    let joined = part.join("-");
    if !part.is_empty() && (joined == *last || (joined == *first && titles.0.is_none())) {
        return true;
    }
    match part.as_slice() {
        [] | [_] => false,
        [initials @ .., surname] => {
            let given = name.get(..name.len() - 1).unwrap_or_default();
            let is_short = |(short, long): (&String, &String)| {
                short == long || (short.chars().count() == 1 && long.starts_with(short.as_str()))
            };
            surname == last
                && initials.len() <= given.len()
                && (initials.len() == 1 || initials.len() == given.len())
                && initials.iter().zip(given).all(is_short)
        }
    }
}

/// What people write where nobody is meant.
const NOBODY: &[&str] = &[
    "tbd",
    "to be confirmed",
    "to be decided",
    "supply",
    "nobody",
    "no one",
    "none",
    "no",
    "tbc",
    "tba",
    "n/a",
    "na",
    "vacant",
    "vacancy",
    "unknown",
];

const TITLES: &[&str] = &["mr", "mrs", "miss", "ms", "mx", "dr", "sir", "rev", "prof"];

/// The title that a name begins with.
fn title(text: &str) -> Option<String> {
    let first = text.split_whitespace().next().map(key);
    first.filter(|first| TITLES.contains(&first.as_str()))
}

/// The words of a name without its title.
fn bare(text: &str) -> Vec<String> {
    let words = text.split_whitespace().map(key).filter(|word| !word.is_empty());
    words.skip(usize::from(title(text).is_some())).collect()
}

/// A person's name as it is typed.
///
/// # Errors
/// Where it is empty, or holds what no name does.
pub fn person(text: &str) -> Result<String, ValueError> {
    let name = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let hint = "write one name, as in Jo Okafor";
    if !name.chars().any(char::is_alphabetic) {
        return Err(ValueError::new("a name is wanted", hint));
    }
    if bare(&name).is_empty() {
        return Err(ValueError::new(format!("`{name}` is a title, and no name"), hint));
    }
    if ["me", "myself"].contains(&name.to_lowercase().as_str()) {
        return Err(ValueError::new(format!("`{name}` may be anybody"), "write the name"));
    }
    if NOBODY.contains(&name.to_lowercase().as_str()) {
        return Err(ValueError::new(
            format!("`{name}` is nobody's name"),
            "leave it empty until somebody does it",
        ));
    }
    let several =
        [" and ", " & ", " + ", " with "].iter().any(|between| name.to_lowercase().contains(between));
    if several {
        let hint = "name one of them: a subject has one leader here";
        return Err(ValueError::new(format!("`{name}` is more than one person"), hint));
    }
    if let Some(stray) =
        name.chars().find(|c| c.is_ascii_digit() || ";,/\\\"<>=#@".contains(*c) || c.is_control())
    {
        return Err(ValueError::new(format!("`{stray}` is in no name"), hint));
    }
    Ok(name)
}

/// A name without accents, for names that look alike.
pub fn unaccented(name: &str) -> String {
    key(&crate::school::id::unaccented(name))
}

/// That an id is there twice, and how it is spelt there where that differs.
pub(super) fn twice(what: &str, id: &Id, twin: &Id) -> String {
    if id == twin {
        format!("the {what} `{id}` is there twice")
    } else {
        format!("the {what} `{id}` is there twice (as `{twin}`)")
    }
}

#[cfg(test)]
mod tests {
    use super::Names;
    use crate::school::Id;

    #[test]
    fn people_are_found_as_they_are_typed() {
        let mut names = Names::of_people("nobody");
        for name in [
            "Zoë Fairweather",
            "Zoe Marsh",
            "Łukasz Wiśniewski",
            "Anne-Marie O'Brien",
            "Siân Pryce",
            "Jo Shah",
        ] {
            names.add(&Id::from_name(name.split(' ').next_back().unwrap_or(name)), name);
        }
        for (typed, meant) in [
            ("Lukasz", "wiśniewski"),
            ("wisniewski", "wiśniewski"),
            ("Lukasz Wisniewski", "wiśniewski"),
            ("Anne Marie", "obrien"),
            ("anne-marie", "obrien"),
            ("Anne Marie O’Brien", "obrien"),
            ("Sian", "pryce"),
            ("Zoë", "fairweather"),
            ("Z Marsh", "marsh"),
        ] {
            assert_eq!(names.find(typed).map(|id| id.to_string()).ok().as_deref(), Some(meant), "{typed}");
        }
        // Without its accent it may be either.
        assert!(names.find("Zoe").is_err_and(|wrong| wrong.message.contains("may be")));
        assert!(names.find("Marie").is_err());
    }
}
