//! The key file: which code is whose. It lies outside of every workspace, and is read for imports only.

use std::collections::HashMap;
use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};
use std::path::Path;

use crate::diagnostic::Diagnostic;
use crate::load::formats::{Folder, ValueError, csv};
use crate::school::Id;
use crate::school::layout::rows::SetUpRow;
use crate::school::layout::{ColumnType, RecordLayout, RecordLocation, optional, required};

/// How the key file is laid out.
pub const KEY: RecordLayout = RecordLayout {
    sheet: "Key",
    file: "key.csv",
    home: RecordLocation::Rows,
    about: "Which code is whose: private, kept apart from the workspace",
    columns: &[
        required("pupil", ColumnType::Text, "the code"),
        optional("upn", ColumnType::Text, "the unique pupil number"),
        optional("name", ColumnType::Text, "the name"),
    ],
};

/// Who a pupil is in the school's own system.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PupilIdentity {
    /// The unique pupil number; empty where the export has none.
    pub upn: String,
    /// The name; empty where the export has none.
    pub name: String,
}

/// Which code is whose.
#[derive(Debug, Default)]
pub struct PupilKey {
    by_upn: HashMap<String, Id>,
    by_name: HashMap<String, Vec<Id>>,
    codes: Vec<Id>,
    /// The rows that are to be added.
    pub new: Vec<SetUpRow>,
}

fn plain(name: &str) -> String {
    // `Smith, Jo` and `Jo Smith` are one name.
    let mut words: Vec<String> = name
        .split([',', ' '])
        .map(|word| Id::from_name(word).to_string())
        .filter(|word| !word.is_empty())
        .collect();
    words.sort();
    words.join(" ")
}

/// Reads a key file; an empty key where there is none yet.
///
/// # Errors
/// Where it cannot be read. No line of it is shown.
pub fn read(path: &Path) -> Result<PupilKey, Box<Diagnostic>> {
    let (folder, name) = Folder::of_file(path);
    let source = folder.read(name)?;
    let mut key = PupilKey::default();
    let Some(source) = source else { return Ok(key) };
    for record in csv::records(&source, KEY.columns) {
        let Some(code) = record.text("pupil") else { continue };
        let text = |name: &str| record.text(name).unwrap_or_default();
        let whose = PupilIdentity { upn: text("upn"), name: text("name") };
        let damaged = if key.knows(&Id::new(&code)) {
            Some("this code is there twice")
        } else if whose == PupilIdentity::default() {
            Some("this code is nobody's")
        } else if !whose.upn.is_empty() && !crate::load::records::attainment::pupils::is_upn(&whose.upn) {
            Some("this UPN is not whole")
        } else {
            None
        };
        match damaged {
            Some(message) => {
                let hint = "the key is damaged: put back a copy of it that is whole";
                source.hush(&record.at, ValueError::new(message, hint));
            }
            None => key.take(Id::new(&code), &whose),
        }
    }
    match folder.diagnostics.sorted().into_iter().next() {
        Some(diagnostic) => Err(Box::new(Diagnostic { excerpt: None, ..diagnostic })),
        None => Ok(key),
    }
}

impl PupilKey {
    fn take(&mut self, code: Id, whose: &PupilIdentity) {
        if !whose.upn.is_empty() {
            self.by_upn.insert(whose.upn.to_uppercase(), code.clone());
        }
        if !whose.name.is_empty() {
            let codes = self.by_name.entry(plain(&whose.name)).or_default();
            if !codes.contains(&code) {
                codes.push(code.clone());
            }
        }
        self.codes.push(code);
    }

    /// Whether a code is in it.
    pub fn knows(&self, code: &Id) -> bool {
        self.codes.contains(code)
    }

    /// The code of a pupil, by the UPN where both have one, else by the name. Several codes where two pupils
    /// have one name.
    fn find(&self, whose: &PupilIdentity) -> Vec<Id> {
        if !whose.upn.is_empty() {
            if let Some(code) = self.by_upn.get(&whose.upn.to_uppercase()) {
                return vec![code.clone()];
            }
            // A name that is known with another number is somebody else.
            let known = self.by_name.get(&plain(&whose.name)).cloned().unwrap_or_default();
            let numbered: Vec<&Id> = self.by_upn.values().collect();
            return known.into_iter().filter(|code| !numbered.contains(&code)).collect();
        }
        self.by_name.get(&plain(&whose.name)).cloned().unwrap_or_default()
    }

    /// The codes of pupils, new ones for those who have none yet; the place in the list of each who may be
    /// several. New codes are given in no order of names.
    pub fn codes(&mut self, pupils: &[PupilIdentity], taken: &[Id]) -> (Vec<Option<Id>>, Vec<usize>) {
        let mut codes: Vec<Option<Id>> = Vec::with_capacity(pupils.len());
        let mut unclear = Vec::new();
        for (index, whose) in pupils.iter().enumerate() {
            match self.find(whose).as_slice() {
                [code] => codes.push(Some(code.clone())),
                [] => codes.push(None),
                _ => {
                    unclear.push(index);
                    codes.push(None);
                }
            }
        }
        let number = |code: &Id| -> u32 {
            let digits: String = code.as_str().chars().filter(char::is_ascii_digit).collect();
            digits.parse().unwrap_or(0)
        };
        let mut next = self.codes.iter().chain(taken).map(number).max().unwrap_or(0);
        let hasher = BuildHasherDefault::<DefaultHasher>::default();
        let open = |index: &usize| codes.get(*index) == Some(&None) && !unclear.contains(index);
        let mut order: Vec<usize> = (0..pupils.len()).filter(open).collect();
        order.sort_by_key(|index| {
            pupils.get(*index).map(|whose| hasher.hash_one((&whose.upn, plain(&whose.name))))
        });
        for index in order {
            let Some(whose) = pupils.get(index) else { continue };
            // The same pupil may stand in several rows.
            let code = match self.find(whose).first() {
                Some(code) => code.clone(),
                None => {
                    next += 1;
                    let code = Id::new(&format!("P{next:03}"));
                    self.take(code.clone(), whose);
                    self.new.push(vec![
                        ("pupil", code.to_string()),
                        ("upn", whose.upn.clone()),
                        ("name", whose.name.clone()),
                    ]);
                    code
                }
            };
            if let Some(place) = codes.get_mut(index) {
                *place = Some(code);
            }
        }
        (codes, unclear)
    }
}
