//! Inspection frameworks: those that are built in, and a school's own in `frameworks/`, which come first.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::file::FrameworkFile;
use crate::diagnostic::Place;
use crate::load::checks::unread_files::without_drafts;
use crate::load::formats::toml_table::TomlTable;
use crate::load::formats::{Diagnostics, Folder, Record, Source, ValueError, times, values};
use crate::load::frameworks::lookup::basis;
use crate::school::layout;
use crate::school::{Framework, Id};

/// The frameworks that are built in, by id.
const BUILT_IN: &[(&str, &str, &str)] = &[
    ("isi-2023", "built-in/isi-2023.toml", include_str!("isi-2023.toml")),
    ("job-card", "built-in/job-card.toml", include_str!("job-card.toml")),
    (
        "northern-ireland-eti-2017",
        "built-in/northern-ireland-eti-2017.toml",
        include_str!("northern-ireland-eti-2017.toml"),
    ),
    ("ofsted-2009", "built-in/ofsted-2009.toml", include_str!("ofsted-2009.toml")),
    ("ofsted-2012", "built-in/ofsted-2012.toml", include_str!("ofsted-2012.toml")),
    ("ofsted-2015", "built-in/ofsted-2015.toml", include_str!("ofsted-2015.toml")),
    ("ofsted-2019", "built-in/ofsted-2019.toml", include_str!("ofsted-2019.toml")),
    ("ofsted-2025", "built-in/ofsted-2025.toml", include_str!("ofsted-2025.toml")),
    ("ofsted-2026", "built-in/ofsted-2026.toml", include_str!("ofsted-2026.toml")),
    ("scotland-hgios4", "built-in/scotland-hgios4.toml", include_str!("scotland-hgios4.toml")),
    ("wales-estyn-2024", "built-in/wales-estyn-2024.toml", include_str!("wales-estyn-2024.toml")),
];

/// The folder of a school's own frameworks.
pub const FOLDER: &str = "frameworks";

/// The framework of a workspace that names none.
pub const DEFAULT: &str = "job-card";

/// The frameworks known to a workspace.
pub struct FrameworkLibrary {
    /// The school's own, by file stem.
    own: BTreeMap<String, Source>,
    /// The first framework that has an aspect, by the aspect's id; found when it is asked for.
    homes: OnceLock<BTreeMap<Id, Id>>,
}

impl FrameworkLibrary {
    /// Reads the school's own files; which of them are sound is shown by [`FrameworkLibrary::check`].
    pub fn open(folder: &Folder) -> Self {
        let mut own = BTreeMap::new();
        let diagnostics = &folder.diagnostics;
        for name in without_drafts(folder, FOLDER) {
            let file = format!("{FOLDER}/{name}");
            let Some(stem) = name.strip_suffix(".toml") else {
                let hint = "a framework is a .toml file under its id";
                diagnostics.warning(&Place::file(&file), "this is not read", hint);
                continue;
            };
            let plain = stem.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'));
            let copy = BUILT_IN.iter().find(|(id, ..)| stem.len() > id.len() && stem.starts_with(id));
            if let Some((id, ..)) = copy.filter(|_| !plain) {
                let message = format!("this looks like a copy of `{id}.toml` and is not read");
                let hint = "keep one version under the plain name and delete the other";
                diagnostics.warning(&Place::file(&file), message, hint);
                continue;
            }
            if let Err(wrong) = values::id(stem) {
                let hint = format!("{} (the file's name is the framework's id)", wrong.hint);
                diagnostics.error(&Place::file(&file), wrong.message, &hint);
                continue;
            }
            own.extend(folder.source(&file).map(|source| (stem.to_owned(), source)));
        }
        Self { own, homes: OnceLock::new() }
    }

    /// How many files of the school's own were read.
    pub fn count(&self) -> usize {
        self.own.len()
    }

    /// The ids of all frameworks, in order.
    pub fn ids(&self) -> Vec<String> {
        let mut ids: Vec<String> = BUILT_IN.iter().map(|(id, ..)| (*id).to_owned()).collect();
        ids.extend(self.own.keys().cloned());
        ids.sort();
        ids.dedup();
        ids
    }

    /// Says every error of the school's own files.
    pub fn check(&self) {
        for id in self.own.keys() {
            self.find(id);
        }
    }

    /// The framework with that id; none, without an error, where there is none.
    pub fn find(&self, id: &str) -> Option<Framework> {
        self.read(id, &mut Vec::new())
    }

    /// A framework that has an aspect of that id.
    pub fn home_of(&self, aspect: &Id) -> Option<&Id> {
        let homes = self.homes.get_or_init(|| {
            let mut homes = BTreeMap::new();
            for framework in self.ids().iter().filter_map(|id| self.find(id)) {
                for aspect in framework.aspects() {
                    homes.entry(aspect.id.clone()).or_insert_with(|| framework.id.clone());
                }
            }
            homes
        });
        homes.get(aspect)
    }

    /// Why an id names no framework.
    pub fn unknown(&self, id: &str) -> ValueError {
        let ids = self.ids();
        let hint = match values::nearest(id, ids.iter().map(String::as_str)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("known are {}", ids.join(", ")),
        };
        ValueError::new(format!("there is no framework `{id}`"), &hint)
    }

    fn read(&self, id: &str, within: &mut Vec<String>) -> Option<Framework> {
        within.push(id.to_owned());
        if let Some(source) = self.own.get(id) {
            return self.framework(source, id, within);
        }
        let (_, name, text) = BUILT_IN.iter().find(|(known, ..)| *known == id)?;
        self.framework(&Source::new(name, (*text).to_owned()), id, within)
    }

    /// Another framework that a file names.
    fn other(&self, record: &Record<'_>, key: &str, within: &mut Vec<String>) -> Option<Framework> {
        let cell = record.cell(key)?;
        if within.iter().any(|id| *id == cell.text) {
            record.error(&cell.at, format!("`{}` leads back to itself", cell.text), "name another framework");
            return None;
        }
        if !self.ids().iter().any(|id| *id == cell.text) {
            record.refuse(&cell.at, self.unknown(&cell.text));
            return None;
        }
        self.read(&cell.text, within)
    }

    fn framework(&self, source: &Source, id: &str, within: &mut Vec<String>) -> Option<Framework> {
        let root = crate::load::formats::toml::read(source);
        let top = root.record(layout::FRAMEWORK_FILE);
        check_head(source, id, &top);
        let dates = ["valid_from", "valid_to"].map(|key| top.read(key, times::date));
        let base = match top.cell("extends") {
            Some(_) => Some(self.other(&top, "extends", within)?),
            None => None,
        };
        let file = FrameworkFile { root: &root, basis: basis(&top).unwrap_or_default() };
        let laid = match &base {
            Some(base) => {
                refuse_keys_of_base(source, &root);
                base.clone()
            }
            None => {
                let grades = match top.cell("grades_from") {
                    Some(_) => self.other(&top, "grades_from", within)?.grades,
                    None => file.grades(),
                };
                file.lay_down(grades)?
            }
        };
        let mut changes = laid.changes.clone();
        changes.extend(file.changes(&laid));
        Some(Framework {
            id: Id::new(id),
            title: top.text("title")?,
            jurisdiction: top.text("jurisdiction")?,
            provenance: top.text("provenance")?,
            valid_from: dates[0],
            valid_to: dates[1],
            sources: top.all("sources").map(|cell| cell.text.to_string()).collect(),
            note: top.text("note").or(laid.note.clone()),
            extends: top.text("extends").map(|id| Id::new(&id)),
            changes,
            at: source.place(0),
            ..laid
        })
    }
}

/// Checks the schema and the id of a framework's file.
fn check_head(source: &Source, id: &str, top: &Record<'_>) {
    if let Some(cell) = top.cell("schema").filter(|cell| cell.text != "1") {
        let message = format!("schema `{}` is not read", cell.text);
        source.error(&cell.at, message, "this phase reads schema 1");
    }
    if let Some(cell) = top.cell("id").filter(|cell| cell.text != id) {
        let message = format!("the id `{}` is not the file's name", cell.text);
        source.error(&cell.at, message, &format!("write `{id}`"));
    }
}

/// Refuses what a file that extends another takes from it.
fn refuse_keys_of_base(source: &Source, root: &TomlTable<'_>) {
    const OF_BASE: &[&str] =
        &["method", "grade", "binary", "flag", "area", "rule", "quantity_words", "follow_up", "next_step"];
    for key in OF_BASE {
        if let Some(entry) = root.entries.iter().find(|entry| entry.key == *key) {
            source.error(
                &entry.at,
                format!("a file that extends another takes `{key}` from it"),
                "leave it out; or leave `extends` out and lay everything down",
            );
        }
    }
}

/// Every framework that a workspace knows, by id, and whether it is the school's own. Errors of its own
/// files are shown by `check`; one that cannot be read is left out.
pub fn all(folder: &Folder) -> Vec<(Framework, bool)> {
    let library = FrameworkLibrary::open(&folder.with(&Diagnostics::default()));
    let ids = library.ids();
    ids.iter().filter_map(|id| Some((library.find(id)?, library.own.contains_key(id)))).collect()
}
