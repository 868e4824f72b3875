//! What reads as a safeguarding concern.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;

use crate::workspace::root;
use phase::privacy::concerns::ConcernCheck;

use super::compare;

/// The sentences of `tests/guards/sentences.txt`, each with what it is: `concern` or `innocent`.
#[test]
fn what_reads_as_a_concern_is_as_it_was() {
    let text = fs::read_to_string(root().join("tests/guards/sentences.txt")).unwrap();
    let boundary = ConcernCheck::new(&[]);
    let (mut lines, mut counts) = (String::new(), BTreeMap::new());
    for line in text.lines() {
        let (what, sentence) = line.split_once(": ").unwrap();
        *counts.entry(what).or_insert(0) += 1;
        let verdict = if boundary.is_concern(sentence) { "refused" } else { "kept" };
        writeln!(lines, "{what} {verdict}: {sentence}").unwrap();
    }
    assert!(counts["concern"] >= 60 && counts["innocent"] >= 60, "{counts:?}");
    compare("verdicts.txt", &lines);
}
