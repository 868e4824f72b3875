//! Where a pupil's code is written beside the pupil's own rows.

use super::source::Folder;
use crate::diagnostic::Place;
use crate::school::{Id, layout};
use crate::text::Lines;

/// The lines of a workspace's files in which a code stands as a word of its own; files that hold the pupil's
/// own rows are left out, and what cannot be read is too.
pub fn mentions(folder: &Folder, pupil: &Id) -> Vec<Place> {
    let own = [layout::PUPILS.file, layout::ASSESSMENTS.file];
    let mut files: Vec<String> = layout::all_files()
        .into_iter()
        .filter(|name| !own.contains(name) && *name != layout::WORKBOOK)
        .map(str::to_owned)
        .collect();
    for inner in layout::FOLDERS {
        for name in folder.names(inner) {
            if name.ends_with(".csv") || name.ends_with(".toml") {
                files.push(format!("{inner}/{name}"));
            } else {
                files.extend(
                    folder
                        .names(&format!("{inner}/{name}"))
                        .into_iter()
                        .map(|file| format!("{inner}/{name}/{file}")),
                );
            }
        }
    }
    files.sort();
    let mut places = Vec::new();
    for file in files {
        let Ok(Some(source)) = folder.read(&file) else { continue };
        let lines = Lines::of(&source.text);
        let mut last = 0;
        for (at, _) in source.text.match_indices(pupil.as_str()) {
            let is_part = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
            let before = source.text.get(..at).and_then(|text| text.chars().next_back());
            let after = source.text.get(at + pupil.as_str().len()..).and_then(|text| text.chars().next());
            let line = lines.line(at);
            if !is_part(before) && !is_part(after) && line != last {
                places.push(source.place(at));
                last = line;
            }
        }
    }
    places
}
