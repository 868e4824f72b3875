//! Ids of records: what one may be, and the sound one nearest to a text.

use std::fmt;
use std::sync::Arc;

use serde::Serialize;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::document::is_invisible;

/// The short name of a record, as the user's files spell it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Id(Arc<str>);

impl Id {
    /// The id with this text.
    pub fn new(text: &str) -> Self {
        Self(text.into())
    }

    /// The id made from a name: lower case, letters and digits, with `-` between words; the same however
    /// the name's characters are put together.
    pub fn from_name(name: &str) -> Self {
        let mut id = String::new();
        for c in name.nfkc().flat_map(char::to_lowercase) {
            match c {
                c if c.is_alphanumeric() => id.push(c),
                '\'' | '’' | '.' => {}
                _ if id.is_empty() || id.ends_with('-') => {}
                _ => id.push('-'),
            }
        }
        Self(id.trim_end_matches('-').into())
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The id as the name of a file that is made for it, without an ending; the id itself where it is a sound one
    /// ([`unsound`]). Never a way out of a folder, and never empty.
    pub fn file_stem(&self) -> String {
        if unsound(&self.0).is_none() { self.0.to_string() } else { sound_form(&self.0) }
    }
}

/// The longest id, in characters: a file's name may hold two, and is at most 255 bytes long.
pub(crate) const LONGEST_ID: usize = 100;

/// Names that Windows keeps for devices, whatever ending a file has (Microsoft, *Naming Files, Paths, and Namespaces*).
pub(crate) const DEVICES: &[&str] = &["con", "prn", "aux", "nul", "conin$", "conout$"];

/// Why a text cannot be an id, as the end of *it*: ids name files, stand in lists, and are compared by eye. None where it
/// can.
pub fn unsound(id: &str) -> Option<String> {
    let first = id.split('.').next().unwrap_or_default().trim_end().to_lowercase();
    let numbered = first.strip_prefix("com").or_else(|| first.strip_prefix("lpt"));
    let is_port = numbered.is_some_and(|rest| rest.chars().count() == 1 && rest.starts_with(is_port_digit));
    let is_device = is_port || DEVICES.contains(&first.as_str());
    Some(match id.chars().find(|c| is_stray(*c)) {
        Some(c) if is_invisible(c) => format!("has a character that cannot be seen (U+{:04X})", u32::from(c)),
        Some(c) => format!("has `{c}` in it"),
        None if id.is_empty() => "is empty".to_owned(),
        None if id.starts_with('.') => "begins with a dot".to_owned(),
        None if id.ends_with('.') || id.contains("..") => "has dots that lead nowhere".to_owned(),
        None if is_device => "is a name that Windows keeps for a device".to_owned(),
        None if id.chars().count() > LONGEST_ID => format!("is longer than {LONGEST_ID} characters"),
        None => return None,
    })
}

pub(crate) fn is_port_digit(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '¹' | '²' | '³')
}

/// Whether a character is in no id: what parts folders, drives and lists, what no file's name may hold on Windows, and
/// what cannot be seen.
pub(crate) fn is_stray(c: char) -> bool {
    is_invisible(c) || matches!(c, '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' | ';' | ',')
}

/// The sound id nearest to a text.
pub fn sound_form(text: &str) -> String {
    let joined: String =
        text.chars().filter(|c| !is_invisible(*c)).map(|c| if is_stray(c) { '-' } else { c }).collect();
    let mut parts =
        joined.split('-').map(|part| part.trim_matches(['.', ' '])).filter(|part| !part.is_empty());
    let first = parts.next().unwrap_or("id").to_owned();
    let whole = parts.fold(first, |whole, part| format!("{whole}-{part}"));
    let whole: String = whole.replace("..", ".").chars().take(LONGEST_ID).collect();
    if unsound(&whole).is_none() { whole } else { format!("id-{}", Id::from_name(&whole)) }
}

/// A text in lower case and without accents, as people type it who have none on their keyboard.
pub fn unaccented(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase) {
        match c {
            // Letters that are no letter with a mark.
            'ł' => plain.push('l'),
            'ø' => plain.push('o'),
            'đ' | 'ð' => plain.push('d'),
            'ı' => plain.push('i'),
            'ß' => plain.push_str("ss"),
            'æ' => plain.push_str("ae"),
            'œ' => plain.push_str("oe"),
            'þ' => plain.push_str("th"),
            c => plain.push(c),
        }
    }
    plain
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
