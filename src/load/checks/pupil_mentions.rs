//! Where a pupil's code is written next to the pupil's own rows.

use crate::diagnostic::{Diagnostic, Place};
use crate::load::formats::Folder;
use crate::school::{Id, layout};
use crate::text::encoding::Lines;

/// The lines of a workspace's files in which a code stands as a word of its own, whatever its capitals; of the
/// files that hold the pupil's own rows the notes.
///
/// # Errors
/// Where a file or folder cannot be read: what stands there is not known.
pub fn mentions(folder: &Folder, pupil: &Id) -> Result<Vec<Place>, Box<Diagnostic>> {
    let own = [layout::PUPILS.file, layout::ASSESSMENTS.file];
    let mut files: Vec<String> =
        layout::all_files().into_iter().filter(|name| *name != layout::WORKBOOK).map(str::to_owned).collect();
    for inner in layout::FOLDERS {
        for name in folder.list(inner)? {
            if name.ends_with(".csv") || name.ends_with(".toml") {
                files.push(format!("{inner}/{name}"));
            } else {
                files.extend(
                    folder
                        .list(&format!("{inner}/{name}"))?
                        .into_iter()
                        .map(|file| format!("{inner}/{name}/{file}")),
                );
            }
        }
    }
    files.sort();
    let mut places = Vec::new();
    for file in files {
        let Some(source) = folder.read(&file)? else { continue };
        let lines = Lines::of(&source.text);
        let notes_only = own.contains(&file.as_str());
        let mut last = 0;
        for at in words(&source.text, pupil) {
            let line = lines.line(at);
            let is_note = source.line_of(at).trim_start().trim_start_matches('"').starts_with('#');
            if line != last && (is_note || !notes_only) {
                places.push(source.place(at));
                last = line;
            }
        }
    }
    Ok(places)
}

/// The drafts that commands left here, in which a code stands as a word of its own.
pub fn drafts_with(folder: &Folder, pupil: &Id) -> Vec<String> {
    let holds = |name: &String| {
        let bytes = folder.bytes(name).ok().flatten().unwrap_or_default();
        !words(&String::from_utf8_lossy(&bytes), pupil).is_empty()
    };
    folder.drafts().into_iter().filter(holds).collect()
}

/// Where a code stands in a text as a word of its own, whatever its capitals.
fn words(text: &str, pupil: &Id) -> Vec<usize> {
    let (text, code) = (text.to_ascii_lowercase(), pupil.as_str().to_ascii_lowercase());
    let is_part = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let is_word = |at: &usize| {
        let before = text.get(..*at).and_then(|text| text.chars().next_back());
        let after = text.get(at + code.len()..).and_then(|text| text.chars().next());
        !is_part(before) && !is_part(after)
    };
    text.match_indices(&code).map(|(at, _)| at).filter(is_word).collect()
}
