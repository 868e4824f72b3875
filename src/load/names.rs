//! Names and ids of records: who is meant by what was written.

use std::collections::BTreeMap;

use super::form::{Wrong, nearest};
use crate::school::Id;

/// The ids and names of the records of one file.
#[derive(Debug)]
pub struct Names {
    /// What the records are called in messages, such as `nobody in staff.csv`.
    nothing: String,
    names: Vec<(Id, String)>,
    /// The first id of each, whatever its capitals and spaces.
    ids: BTreeMap<String, Id>,
    by_text: BTreeMap<String, Vec<Id>>,
}

impl Names {
    /// No names yet; `nothing` begins the message for a name that is not known.
    pub fn new(nothing: impl Into<String>) -> Self {
        Self { nothing: nothing.into(), names: Vec::new(), ids: BTreeMap::new(), by_text: BTreeMap::new() }
    }

    /// Adds a record. Returns the record that already has the same id, or one that only capitals
    /// or spaces tell apart.
    pub fn add(&mut self, id: &Id, name: &str) -> Option<Id> {
        let twin = self.ids.get(&key(id.as_str())).cloned();
        self.ids.entry(key(id.as_str())).or_insert_with(|| id.clone());
        self.names.push((id.clone(), name.to_owned()));
        for text in [key(id.as_str()), key(name)] {
            let ids = self.by_text.entry(text).or_default();
            if !ids.contains(id) {
                ids.push(id.clone());
            }
        }
        twin
    }

    /// The record meant: by its id, else by its name.
    ///
    /// # Errors
    /// Where nothing has that id or name, or several have that name.
    pub fn find(&self, text: &str) -> Result<Id, Wrong> {
        let text = text.trim();
        if let Some(id) = self.ids.get(&key(text)).filter(|id| id.as_str() == text) {
            return Ok(id.clone());
        }
        match self.by_text.get(&key(text)).map(Vec::as_slice) {
            Some([id]) => Ok(id.clone()),
            Some([first, second, ..]) => Err(Wrong::new(
                format!("`{text}` may be `{first}` or `{second}`"),
                "write the id of the one you mean",
            )),
            _ => {
                let all = self.names.iter().flat_map(|(id, name)| [id.as_str(), name.as_str()]);
                let hint = match nearest(text, all) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None if self.names.is_empty() => "none is known yet".to_owned(),
                    None => {
                        let ids: Vec<&str> = self.names.iter().map(|(id, _)| id.as_str()).take(8).collect();
                        format!(
                            "known are {}{}",
                            ids.join(", "),
                            if self.names.len() > 8 { " …" } else { "" }
                        )
                    }
                };
                Err(Wrong::new(format!("{} has the id or name `{text}`", self.nothing), &hint))
            }
        }
    }
}

/// Capitals, spaces, hyphens and the kind of apostrophe do not tell names apart.
fn key(text: &str) -> String {
    Id::from_name(text).as_str().to_owned()
}

/// That an id is there twice, and how it is spelt there where that differs.
pub(super) fn twice(what: &str, id: &Id, twin: &Id) -> String {
    if id == twin {
        format!("the {what} `{id}` is there twice")
    } else {
        format!("the {what} `{id}` is there twice (as `{twin}`)")
    }
}
