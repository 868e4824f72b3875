//! The code of each pupil of an export, by the key kept outside.

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

use crate::cli::command::plan::import::args::Args;
use crate::cli::shell::{Shell, bail_usage};
use crate::load::imports::column_mapping::ColumnMapping;
use crate::load::imports::marksheet::Marksheet;
use crate::load::imports::pupil_key;
use crate::load::imports::pupil_key::PupilKey;
use crate::school::{Id, YearResults};
use crate::store::inputs::others_can_read;

pub(crate) type ImportCodes = (Vec<Option<Id>>, Option<(PathBuf, PupilKey)>);

/// The code of each row's pupil: the file's own, else by the key.
pub(crate) fn codes(
    args: &Args,
    shell: &Shell,
    sheet: &Marksheet,
    year_results: &YearResults,
    mapping: Option<&ColumnMapping>,
) -> Result<ImportCodes> {
    let own: Vec<Option<Id>> = sheet.entries.iter().map(|entry| entry.code.clone()).collect();
    if own.iter().all(Option::is_some) {
        return Ok((own, None));
    }
    let kept = mapping.and_then(|mapping| mapping.key.as_ref()).map(|key| shell.root().join(key));
    let Some(path) = args.marks.key.clone().or(kept) else {
        bail_usage!(
            "the file tells who pupils are; here they go by codes: say --key FILE.csv, outside of the workspace, where it is kept which code is whose"
        );
    };
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let (Ok(real), Ok(root)) = (folder.canonicalize(), shell.root().canonicalize()) else {
        bail!("{}: there is no such folder", folder.display());
    };
    if real.starts_with(&root) {
        bail_usage!(
            "{}: the key tells who every code is; keep it outside of the workspace, where only you can read it",
            path.display()
        );
    }
    if others_can_read(&path) {
        let name = path.display();
        let says = "other people who use this computer can read this key, which says whose each code is; to close it";
        shell.say(&format!("{name}: {says}: chmod 600 {name}"));
    }
    let mut key = match pupil_key::read(&path) {
        Ok(key) => key,
        Err(diagnostic) => return Err(shell.refuse(&[*diagnostic], "nothing was taken in")),
    };
    let taken: Vec<Id> = year_results.pupils.iter().map(|pupil| pupil.id.clone()).collect();
    let whose: Vec<_> = sheet.entries.iter().map(|entry| entry.whose.clone()).collect();
    let (found, unclear) = key.codes(&whose, &taken);
    if let Some(first) = unclear.first().and_then(|index| sheet.entries.get(*index)) {
        bail!(
            "{}: two pupils of the key have this row's name ({} such rows); export the UPN beside the name",
            first.at,
            unclear.len()
        );
    }
    let codes = own.into_iter().zip(found).map(|(own, found)| own.or(found)).collect();
    Ok((codes, Some((path, key))))
}

/// That pupils of the workspace are not in the key: new codes may have been made for the same children.
pub(crate) fn unkept(key: Option<&PupilKey>, year_results: &YearResults) -> Option<String> {
    let key = key.filter(|key| !key.new.is_empty())?;
    let missing = year_results.pupils.iter().filter(|pupil| !key.knows(&pupil.id)).count();
    (missing > 0).then(|| {
        format!("{missing} pupils of pupils.csv are not in the key, and new codes were made: is it the right key, and whole?")
    })
}
