//! What an answer could not use, in words: records that are not there, or could not be read.

use crate::document::{Block, Document};
use crate::school::{UnreadReason, UnreadRecords};

/// What is missing, as the phase leader reads it; others read no names of files.
pub fn says(unread: &UnreadRecords, to_leader: bool) -> String {
    let named = if to_leader { format!(" ({})", unread.name) } else { String::new() };
    let (what, so) = match unread.is_earlier_year {
        true => (format!("An earlier year's folder{named}"), "earlier years"),
        false if to_leader => (unread.name.clone(), "it"),
        false => ("A file of this year's records".to_owned(), "it"),
    };
    match unread.what {
        UnreadReason::NotThere => format!("{what} is not there: nothing in it counts in this answer."),
        UnreadReason::NotReadable => format!("{what} cannot be read: nothing in it counts in this answer."),
        UnreadReason::Errors(1) => format!("{what} has 1 error: some of {so} may not count in this answer."),
        UnreadReason::Errors(count) => {
            format!("{what} has {count} errors: some of {so} may not count in this answer.")
        }
    }
}

/// A document that says first what its answer could not use.
pub fn before(document: &Document, missing: &[String]) -> Document {
    let mut document = document.clone();
    let notes = missing.iter().map(|says| vec![says.clone()]);
    let notes: Vec<(String, Vec<String>)> = notes.map(|says| ("Missing".to_owned(), says)).collect();
    document.blocks.insert(0, Block::Labelled(notes));
    document
}
