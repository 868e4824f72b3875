//! Inspection frameworks: those that are built in, and a school's own in `frameworks/`, which come first.

pub(crate) mod file;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::checks::unread_files::without_drafts;
use super::formats::record::{Faults, Record};
use super::formats::source::{Folder, Source};
use super::formats::values::{self, Wrong};
use crate::diagnostic::{Diagnostic, Severity};
use crate::school::evidence_kind::Kind;
use crate::school::id::Id;
use crate::school::layout::Column;
use crate::school::year::framework::{Aspect, Basis, Binary, Framework, Grade, Rank};
use file::File;

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

const ROOT: &[Column] = &[
    Column::needed("schema"),
    Column::needed("id"),
    Column::needed("title"),
    Column::needed("jurisdiction"),
    Column::needed("provenance"),
    Column::key("valid_from"),
    Column::key("valid_to"),
    Column::key("sources"),
    Column::key("note"),
    Column::key("basis"),
    Column::key("extends"),
    Column::key("grades_from"),
];
const TABLES: &[Column] = &[
    Column::key("method"),
    Column::key("grade"),
    Column::key("binary"),
    Column::key("flag"),
    Column::key("area"),
    Column::key("rule"),
    Column::key("change"),
    Column::key("quantity_words"),
    Column::key("follow_up"),
    Column::key("next_step"),
];

/// The frameworks known to a workspace.
pub struct Shelf {
    /// The school's own, by file stem.
    own: BTreeMap<String, Source>,
    /// The first framework that has an aspect, by the aspect's id; found when it is asked for.
    homes: OnceLock<BTreeMap<Id, Id>>,
}

impl Shelf {
    /// Reads the school's own files; which of them are sound is told by [`Shelf::check`].
    pub fn open(folder: &Folder, faults: &mut Faults) -> Self {
        let mut own = BTreeMap::new();
        let names = folder.list(FOLDER).unwrap_or_else(|fault| {
            faults.push(*fault);
            Vec::new()
        });
        for name in without_drafts(FOLDER, names, faults) {
            let file = format!("{FOLDER}/{name}");
            let Some(stem) = name.strip_suffix(".toml") else {
                let hint = "a framework is a .toml file under its id";
                faults.push(Diagnostic::of_file(
                    Severity::Warning,
                    &file,
                    "this is not read".into(),
                    hint.into(),
                ));
                continue;
            };
            let plain = stem.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'));
            let copy = BUILT_IN.iter().find(|(id, ..)| stem.len() > id.len() && stem.starts_with(id));
            if let Some((id, ..)) = copy.filter(|_| !plain) {
                let message = format!("this looks like a copy of `{id}.toml` and is not read");
                let hint = "keep one version under the plain name and delete the other";
                faults.push(Diagnostic::of_file(Severity::Warning, &file, message, hint.into()));
                continue;
            }
            if let Err(wrong) = values::id(stem) {
                let hint = format!("{} (the file's name is the framework's id)", wrong.hint);
                faults.push(Diagnostic::of_file(Severity::Error, &file, wrong.message, hint));
                continue;
            }
            match folder.read(&file) {
                Ok(Some(source)) => _ = own.insert(stem.to_owned(), source),
                Ok(None) => {}
                Err(fault) => faults.push(*fault),
            }
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

    /// Tells every fault of the school's own files.
    pub fn check(&self, faults: &mut Faults) {
        for id in self.own.keys() {
            self.find(id, faults);
        }
    }

    /// The framework with that id; none, without a fault, where there is none.
    pub fn find(&self, id: &str, faults: &mut Faults) -> Option<Framework> {
        self.read(id, &mut Vec::new(), faults)
    }

    /// A framework that has an aspect of that id.
    pub fn home_of(&self, aspect: &Id) -> Option<&Id> {
        let homes = self.homes.get_or_init(|| {
            let mut homes = BTreeMap::new();
            for framework in self.ids().iter().filter_map(|id| self.find(id, &mut Faults::default())) {
                for aspect in framework.aspects() {
                    homes.entry(aspect.id.clone()).or_insert_with(|| framework.id.clone());
                }
            }
            homes
        });
        homes.get(aspect)
    }

    /// Why an id names no framework.
    pub fn unknown(&self, id: &str) -> Wrong {
        let ids = self.ids();
        let hint = match values::nearest(id, ids.iter().map(String::as_str)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("known are {}", ids.join(", ")),
        };
        Wrong::new(format!("there is no framework `{id}`"), &hint)
    }

    fn read(&self, id: &str, within: &mut Vec<String>, faults: &mut Faults) -> Option<Framework> {
        within.push(id.to_owned());
        if let Some(source) = self.own.get(id) {
            return self.framework(source, id, within, faults);
        }
        let (_, name, text) = BUILT_IN.iter().find(|(known, ..)| *known == id)?;
        self.framework(&Source::new(name, (*text).to_owned()), id, within, faults)
    }

    /// Another framework that a file names.
    fn other(
        &self,
        record: &Record<'_>,
        key: &str,
        within: &mut Vec<String>,
        faults: &mut Faults,
    ) -> Option<Framework> {
        let cell = record.cell(key)?;
        if within.iter().any(|id| *id == cell.text) {
            let wrong = Wrong::new(format!("`{}` leads back to itself", cell.text), "name another framework");
            faults.error(record.source, &cell.at, wrong);
            return None;
        }
        if !self.ids().iter().any(|id| *id == cell.text) {
            faults.error(record.source, &cell.at, self.unknown(&cell.text));
            return None;
        }
        self.read(&cell.text, within, faults)
    }

    fn framework(
        &self,
        source: &Source,
        id: &str,
        within: &mut Vec<String>,
        faults: &mut Faults,
    ) -> Option<Framework> {
        let root = super::formats::toml::read(source, faults);
        let top = root.record(source, ROOT, TABLES, faults);
        if let Some(cell) = top.cell("schema").filter(|cell| cell.text != "1") {
            let wrong =
                Wrong::new(format!("schema `{}` is not read", cell.text), "this phase reads schema 1");
            faults.error(source, &cell.at, wrong);
        }
        if let Some(cell) = top.cell("id").filter(|cell| cell.text != id) {
            let wrong = Wrong::new(
                format!("the id `{}` is not the file's name", cell.text),
                &format!("write `{id}`"),
            );
            faults.error(source, &cell.at, wrong);
        }
        let dates = ["valid_from", "valid_to"].map(|key| top.read(key, faults, values::date));
        let base = match top.cell("extends") {
            Some(_) => Some(self.other(&top, "extends", within, faults)?),
            None => None,
        };
        let file = File { source, root: &root, basis: basis(&top, faults).unwrap_or_default() };
        let laid = match &base {
            Some(base) => {
                for key in [
                    "method",
                    "grade",
                    "binary",
                    "flag",
                    "area",
                    "rule",
                    "quantity_words",
                    "follow_up",
                    "next_step",
                ] {
                    if let Some(entry) = root.entries.iter().find(|entry| entry.key == key) {
                        let wrong = Wrong::new(
                            format!("a file that extends another takes `{key}` from it"),
                            "leave it out; or leave `extends` out and lay everything down",
                        );
                        faults.error(source, &entry.at, wrong);
                    }
                }
                base.clone()
            }
            None => {
                let grades = match top.cell("grades_from") {
                    Some(_) => self.other(&top, "grades_from", within, faults)?.grades,
                    None => file.grades(faults),
                };
                file.lay_down(grades, faults)?
            }
        };
        let mut changes = laid.changes.clone();
        changes.extend(file.changes(&laid, faults));
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

/// Every framework that a workspace knows, by id, and whether it is the school's own. Faults of its own
/// files are told by `check`; one that cannot be read is left out.
pub fn all(folder: &Folder) -> Vec<(Framework, bool)> {
    let faults = &mut Faults::default();
    let shelf = Shelf::open(folder, faults);
    let ids = shelf.ids();
    ids.iter().filter_map(|id| Some((shelf.find(id, faults)?, shelf.own.contains_key(id)))).collect()
}

/// Reads a `basis`.
pub(super) fn basis(record: &Record<'_>, faults: &mut Faults) -> Option<Basis> {
    record.read("basis", faults, |text| {
        if Basis::BEGINNINGS.iter().any(|beginning| text.starts_with(beginning)) {
            return Ok(Basis(text.to_owned()));
        }
        let hint = format!("begin it with one of: {}", Basis::BEGINNINGS.join("; "));
        Err(Wrong::new(format!("`{text}` is no basis"), &hint))
    })
}

/// A kind of evidence.
///
/// # Errors
/// Where the word means none.
pub fn kind(text: &str) -> Result<Kind, Wrong> {
    let written = values::folded(text);
    Kind::TABLE
        .iter()
        .find(|row| row.1 == written || row.3.contains(&written.as_str()))
        .map(|row| row.0)
        .map_or_else(
            || values::word(text, "kind of evidence", Kind::TABLE.iter().map(|row| (row.0, row.1))),
            Ok,
        )
}

/// A rank by the id or label of its grade, or in short where only one is meant: `RI`, `expected`.
///
/// # Errors
/// Where the scale has no such grade.
pub fn grade(text: &str, grades: &[Grade]) -> Result<Rank, Wrong> {
    let written = values::folded(text);
    let exact = |grade: &&Grade| grade.id.as_str() == written || values::folded(&grade.label) == written;
    // In short, as answers print it: `RI`, `expected`; only where one grade is meant.
    let short = |grade: &&Grade| {
        let id = grade.id.as_str();
        let initials: String = id.split('-').filter_map(|word| word.chars().next()).collect();
        initials == written || (written.len() >= 3 && id.starts_with(written.as_str()))
    };
    let mut in_short = grades.iter().filter(short);
    let in_short = in_short.next().filter(|_| in_short.next().is_none());
    let found = grades.iter().find(exact).or(in_short);
    found.map(|grade| grade.rank).ok_or_else(|| {
        let ids: Vec<&str> = grades.iter().map(|grade| grade.id.as_str()).collect();
        let hint = match values::nearest(&written, ids.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None if ids.is_empty() => {
                "this framework has no grades: describe, and leave the grade empty".to_owned()
            }
            None => format!("the scale is {}", ids.join(", ")),
        };
        Wrong::new(format!("`{}` is no grade on the scale", text.trim()), &hint)
    })
}

/// The most ids that a hint names.
const MOST_NAMED: usize = 8;

fn among<'a>(text: &str, what: &str, ids: impl Iterator<Item = &'a Id> + Clone) -> Result<Id, Wrong> {
    if let Some(id) = ids.clone().find(|id| id.as_str() == text) {
        return Ok(id.clone());
    }
    let named: Vec<&str> = ids.clone().map(Id::as_str).take(MOST_NAMED).collect();
    let more = if ids.clone().nth(MOST_NAMED).is_some() { " … (phase frameworks shows all)" } else { "" };
    let hint = match values::nearest(text, ids.map(Id::as_str)) {
        Some(near) => format!("did you mean `{near}`?"),
        None if named.is_empty() => format!("the framework has no {what}"),
        None => format!("known are {}{more}", named.join(", ")),
    };
    Err(Wrong::new(format!("there is no {what} `{text}`"), &hint))
}

/// An area of a framework, by its id.
///
/// # Errors
/// Where there is none.
pub fn known_area(text: &str, framework: &Framework) -> Result<Id, Wrong> {
    among(text, "area", framework.areas.iter().map(|area| &area.id))
}

/// An aspect of a framework, by its id; or by the end of it, or its title, where only one is meant.
///
/// # Errors
/// Where there is none, or several may be meant.
pub fn known_aspect(text: &str, framework: &Framework) -> Result<Id, Wrong> {
    let written = values::folded(text);
    let is_meant = |aspect: &&Aspect| {
        aspect.id.as_str().rsplit_once('.').is_some_and(|(_, end)| end == written)
            || values::folded(&aspect.title) == written
    };
    let is_exact = |aspect: &&Aspect| aspect.id.as_str() == text.trim();
    if let Some(aspect) = framework.aspects().find(is_exact) {
        return Ok(aspect.id.clone());
    }
    let meant: Vec<&Aspect> = framework.aspects().filter(is_meant).collect();
    match meant.as_slice() {
        [one] => Ok(one.id.clone()),
        [one, two, ..] => {
            let message = format!("`{}` may be `{}` or `{}`", text.trim(), one.id, two.id);
            Err(Wrong::new(message, "write the whole id"))
        }
        [] => {
            let ids: Vec<&Id> = framework.aspects().map(|aspect| &aspect.id).collect();
            among(text.trim(), "aspect", ids.iter().copied()).map_err(|wrong| Wrong {
                message: format!("{} in {}", wrong.message, framework.id),
                hint: wrong.hint,
            })
        }
    }
}

pub(super) fn known_statement(text: &str, binaries: &[Binary]) -> Result<Id, Wrong> {
    among(text, "statement", binaries.iter().map(|binary| &binary.id))
}
