//! The kinds of records that objectives and duties point to: `meeting`, `log training`, `session lesson-visit`.

use crate::load::formats::values::nearest;
use crate::load::formats::{ValueError, values};
use crate::school::{EvidenceKind, Proof, ProofSource};

/// The kind of record meant: by its word alone where only one file has it, else behind the file's word.
///
/// # Errors
/// Where no file has it, or several have.
pub fn shown_by(text: &str) -> Result<Proof, ValueError> {
    let written = values::folded(&text.replace(':', " "));
    let prefixed = ProofSource::ALL.iter().find_map(|of| {
        let rest = written.strip_prefix(of.word())?;
        let rest = rest.strip_prefix("s-").or_else(|| rest.strip_prefix('-'))?;
        Some((*of, rest.to_owned()))
    });
    if let Some((of, rest)) = prefixed {
        return kind(of, &rest).ok_or_else(|| unknown(text, of.kinds().iter().copied()));
    }
    let meant: Vec<Proof> = ProofSource::ALL.iter().filter_map(|of| exact(*of, &written)).collect();
    let meant = if meant.is_empty() {
        ProofSource::ALL.iter().filter_map(|of| kind(*of, &written)).collect()
    } else {
        meant
    };
    match meant.as_slice() {
        [one] => Ok(*one),
        [] => Err(unknown(text, ProofSource::ALL.iter().flat_map(|of| of.kinds().iter().copied()))),
        several => {
            let ways: Vec<String> = several.iter().map(|shown| format!("`{shown}`")).collect();
            Err(ValueError::new(
                format!("`{}` may be more than one thing", text.trim()),
                &format!("write {}", ways.join(" or ")),
            ))
        }
    }
}

fn exact(of: ProofSource, word: &str) -> Option<Proof> {
    of.kinds().iter().find(|kind| **kind == word).map(|kind| Proof { of, kind })
}

/// A kind of these records, by its word or an everyday one.
fn kind(of: ProofSource, word: &str) -> Option<Proof> {
    let everyday = || match of {
        ProofSource::Evidence => crate::load::frameworks::lookup::kind(word).ok().map(EvidenceKind::word),
        ProofSource::Sessions => values::session_kind(word).ok().map(|kind| kind.word()),
        ProofSource::Actions | ProofSource::Log => None,
    };
    exact(of, word).or_else(|| everyday().map(|kind| Proof { of, kind }))
}

fn unknown(text: &str, words: impl Iterator<Item = &'static str>) -> ValueError {
    let hint = match nearest(text, words) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "write a kind of evidence, session, action or log row: books, session lesson-visit, strategy, meeting".to_owned(),
    };
    ValueError::new(format!("`{}` is no kind of record", text.trim()), &hint)
}
