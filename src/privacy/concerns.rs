//! What no note may hold: a safeguarding concern, or a grade for a lesson or a teacher.

use std::fmt;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use unicode_normalization::UnicodeNormalization;

use super::bare_text::{squeeze, squeezed};
use super::lesson_grades::grades_a_lesson;

/// Phrases that read as a safeguarding concern. `HOME` and `CHILD` stand for any of the words below. The
/// list is a backstop, never proof that nothing is there.
const CONCERNS: &[&str] = &[
    "disclosed to me",
    "disclosed that",
    "made a disclosure",
    "allegation against",
    "alleges that",
    "safeguarding concern about",
    "child protection plan",
    "child protection referral",
    "referred to social care",
    "referred to children's services",
    "section 47",
    "at risk of significant harm",
    "sexual abuse",
    "physically abused",
    "emotionally abused",
    "domestic abuse",
    "domestic violence",
    "self harm",
    "self harmed",
    "suicidal",
    "wants to die",
    "unexplained bruise",
    "unexplained bruises",
    "unexplained bruising",
    "unexplained injury",
    "bruise on",
    "bruises on",
    "hit by HOME",
    "hurt by HOME",
    "hits CHILD",
    "scared to go home",
    "afraid to go home",
    "not safe at home",
    "unsafe at home",
    "neglected at home",
    "touched inappropriately",
    "inappropriate touching",
    "being groomed",
    // Beyond the handbook's list.
    "disclosure by a",
    "disclosure from a",
    "about bruises",
    "about a bruise",
    "about bruising",
    "about the bruise",
    "about the bruises",
    "self harming",
    "sexually abused",
    "abused at home",
    "abuse at home",
    "hits me",
    "hit me",
    "hurts him",
    "hurts her",
    "hurts me",
    "beats him",
    "beats her",
    "beats me",
    "punched by HOME",
    "beaten by HOME",
    "smacked by HOME",
    "slapped by HOME",
    "kicked by HOME",
    "punched him",
    "punched me",
    "cutting herself",
    "cutting himself",
    "cutting themselves",
    "mash referral",
    "prevent referral",
    "female genital mutilation",
];
const HOME: &[&str] = &[
    "home", "mum", "dad", "mother", "father", "stepmum", "stepdad", "parent", "carer", "uncle", "brother",
    "sister",
];
const WHOSE: &[&str] = &["", "my", "his", "her", "their", "a", "the"];
const CHILD: &[&str] = &["he", "she", "they", "him", "her", "them", "child", "pupil", "boy", "girl"];

/// Why a text is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RefusedText {
    /// It reads as a safeguarding concern.
    Concern,
    /// It grades a lesson or a teacher.
    Grade,
}

/// The automaton that finds the phrases of concerns that are built in, without anything but letters and digits.
static BUILT_IN: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    let mut phrases: Vec<Vec<u8>> = Vec::new();
    for phrase in CONCERNS {
        if let Some(head) = phrase.strip_suffix("HOME") {
            for home in HOME {
                phrases.extend(WHOSE.iter().map(|whose| squeezed(&format!("{head} {whose} {home}"))));
            }
        } else if let Some(head) = phrase.strip_suffix("CHILD") {
            // Before a pupil's id, which is looked for behind it.
            phrases.push(squeezed(head));
            phrases.extend(CHILD.iter().map(|child| squeezed(&format!("{head} {child}"))));
        } else {
            phrases.push(squeezed(phrase));
        }
    }
    AhoCorasick::new(&phrases).ok()
});

/// Finds what may not be kept.
#[derive(Clone, Default)]
pub struct ConcernCheck {
    /// The school's own phrases, without anything but letters and digits; none where it has none.
    own: Option<AhoCorasick>,
}

impl fmt::Debug for ConcernCheck {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ConcernCheck")
    }
}

impl ConcernCheck {
    /// With phrases of the school's own besides those that are built in.
    pub fn new(own: &[String]) -> Self {
        let own: Vec<Vec<u8>> =
            own.iter().map(|phrase| squeezed(phrase)).filter(|phrase| !phrase.is_empty()).collect();
        Self { own: AhoCorasick::new(&own).ok().filter(|_| !own.is_empty()) }
    }

    fn automata(&self) -> impl Iterator<Item = &AhoCorasick> {
        BUILT_IN.iter().chain(&self.own)
    }

    /// Whether texts side by side may read as a safeguarding concern; most hold nothing to look at more closely.
    /// `bare` is room to work in.
    pub fn may_be_concern<'t>(&self, texts: impl Iterator<Item = &'t str>, bare: &mut Vec<u8>) -> bool {
        bare.clear();
        texts.for_each(|text| squeeze(text, bare));
        self.automata().any(|automaton| automaton.is_match(&*bare))
    }

    /// Whether a text reads as a safeguarding concern, whatever is between its words.
    pub fn is_concern(&self, text: &str) -> bool {
        let mut bare = Vec::with_capacity(text.len());
        if !self.may_be_concern(std::iter::once(text), &mut bare) {
            return false;
        }
        let bounds = bounds(text);
        let is_bound = |at: usize| bounds.binary_search(&at).is_ok();
        let is_one = |found: aho_corasick::Match| {
            let whole = is_bound(found.start()) && is_bound(found.end());
            let heads = CONCERNS.iter().filter_map(|phrase| phrase.strip_suffix("CHILD"));
            let only_head = heads.map(squeezed).any(|head| bare.get(found.range()) == Some(head.as_slice()));
            whole && (!only_head || is_pupil_id(next_word(&bare, &bounds, found.end())))
        };
        self.automata().any(|automaton| automaton.find_overlapping_iter(&bare).any(is_one))
    }

    /// Why a text may not be kept; `of_lessons` where it is a note on a lesson visit.
    pub fn refuses(&self, text: &str, of_lessons: bool) -> Option<RefusedText> {
        match (self.is_concern(text), grades_a_lesson(text, of_lessons)) {
            (true, _) => Some(RefusedText::Concern),
            (_, true) => Some(RefusedText::Grade),
            _ => None,
        }
    }
}

/// Where the words of a text begin and end among its letters and digits.
fn bounds(text: &str) -> Vec<usize> {
    let mut bounds = vec![0];
    let mut at = 0;
    for c in text.nfkc() {
        if c.is_alphanumeric() {
            at += c.to_lowercase().map(char::len_utf8).sum::<usize>();
        } else if !matches!(c, '\'' | '’') && bounds.last() != Some(&at) {
            bounds.push(at);
        }
    }
    if bounds.last() != Some(&at) {
        bounds.push(at);
    }
    bounds
}

fn next_word<'b>(bare: &'b [u8], bounds: &[usize], from: usize) -> &'b [u8] {
    let end = bounds.iter().find(|bound| **bound > from).copied().unwrap_or(from);
    bare.get(from..end).unwrap_or_default()
}

/// Whether a word looks like a pupil's code: a letter or two, then digits.
fn is_pupil_id(word: &[u8]) -> bool {
    let letters = word.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    let digits = word.get(letters..).unwrap_or_default();
    (1..=3).contains(&letters) && !digits.is_empty() && digits.iter().all(u8::is_ascii_digit)
}

#[cfg(test)]
mod tests {
    use super::{ConcernCheck, RefusedText};

    #[test]
    fn what_reads_as_a_concern_is_refused_and_all_else_passes() {
        let concern_check = ConcernCheck::new(&["county lines".to_owned()]);
        let refused = [
            "P014 disclosed to me that ...",
            "She has bruises on both arms",
            "Says he is hit by dad",
            "He seemed scared to go home on Friday",
            "Possible self-harm, Year 6",
            "selfharm",
            "An allegation against a colleague was made",
            "safeguarding concern about P022",
            "Not safe at home, told the office",
            "Child protection plan, see file",
            "Unexplained bruising seen in PE",
            "The pupil wants to die",
            "Domestic violence in the family",
            "says that her brother hits her",
            "hit by  HIS   stepdad",
            "hits P014",
            "County-lines",
            "referred to children’s services",
            "stepdad beats him",
            "said 'dad hit me'",
            "was hit by a parent",
            "smacked by mum",
            "ｓｅｌｆ－ｈａｒｍ",
            "hit by,his dad",
        ];
        for text in refused {
            assert_eq!(concern_check.refuses(text, false), Some(RefusedText::Concern), "{text}");
        }
        let passes = [
            "All objectives were disclosed in the plan",
            "Apples bruise when dropped: science, fair test",
            "Pupils hit the target in maths; was hit by illness in week 3",
            "Pupils were not scared to make mistakes",
            "Reading is neglected in two subjects",
            "Year 6 debated allegations in newspaper writing",
            "Safeguarding training, renewal 3 September 2027",
            "Pupils explain how to stay safe at home: fire safety",
            "Child protection training for all staff",
            "Touched on fractions; sensitive touch in music",
            "A Victorian child might die in the mill: history, good detail",
            "Support for pupils known to social care is reviewed each term",
            "The work hits the end points",
            "",
        ];
        for text in passes {
            assert_eq!(concern_check.refuses(text, false), None, "{text}");
        }
    }
}
