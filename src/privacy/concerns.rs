//! What no note may hold: a safeguarding concern, or a grade for a lesson or a teacher.

use std::fmt;

use aho_corasick::AhoCorasick;
use unicode_normalization::UnicodeNormalization;

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

/// Words of grades, as they are written of a lesson or a person.
const GRADES: &[&str] = &[
    "outstanding",
    "good",
    "requires improvement",
    "ri",
    "satisfactory",
    "inadequate",
    "excellent",
    "exceptional",
    "poor",
    "weak",
    "unsatisfactory",
    "strong",
    "needs attention",
    "urgent improvement",
];
/// What a grade may not be given to.
const GRADED: &[&str] = &["lesson", "observation", "teacher", "practitioner"];
/// What stands between one of those and its grade.
const BETWEEN: &[&str] = &[
    "was",
    "is",
    "were",
    "as",
    "be",
    "to",
    "a",
    "an",
    "very",
    "overall",
    "judged",
    "graded",
    "rated",
    "grade",
    "rating",
    "mostly",
    "broadly",
    "the",
    "in",
    "all",
    "consistently",
    "just",
    "quite",
];
/// What a grade before one of those may be followed by and still be a grade of it.
const AFTER: &[&str] =
    &["on", "in", "by", "from", "with", "and", "was", "overall", "taught", "who", "but", "that"];

/// Why a text is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RefusedText {
    /// It reads as a safeguarding concern.
    Concern,
    /// It grades a lesson or a teacher.
    Grade,
}

/// Tells what may not be kept.
pub struct ConcernCheck {
    /// The phrases of concerns, without anything but letters and digits.
    concerns: Option<AhoCorasick>,
    /// What may be graded: a text without any of these is not looked at more closely.
    graded: Option<AhoCorasick>,
}

impl fmt::Debug for ConcernCheck {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Boundary")
    }
}

impl ConcernCheck {
    /// With phrases of the school's own beside those that are built in.
    pub fn new(own: &[String]) -> Self {
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
        phrases.extend(own.iter().map(|phrase| squeezed(phrase)).filter(|phrase| !phrase.is_empty()));
        let graded = GRADED.iter().chain(&["graded", "judged", "rated", "grade"]);
        Self {
            concerns: AhoCorasick::new(&phrases).ok(),
            graded: AhoCorasick::builder().ascii_case_insensitive(true).build(graded).ok(),
        }
    }

    /// Whether texts that stand beside one another may read as a safeguarding concern; most hold nothing to
    /// look at more closely. `bare` is room to work in.
    pub fn may_be_concern<'t>(&self, texts: impl Iterator<Item = &'t str>, bare: &mut Vec<u8>) -> bool {
        bare.clear();
        texts.for_each(|text| squeeze(text, bare));
        self.concerns.as_ref().is_some_and(|automaton| automaton.is_match(&*bare))
    }

    /// Whether a text reads as a safeguarding concern, whatever stands between its words.
    pub fn is_concern(&self, text: &str) -> bool {
        let mut bare = Vec::with_capacity(text.len());
        if !self.may_be_concern(std::iter::once(text), &mut bare) {
            return false;
        }
        let Some(automaton) = &self.concerns else { return false };
        let bounds = bounds(text);
        let is_bound = |at: usize| bounds.binary_search(&at).is_ok();
        automaton.find_overlapping_iter(&bare).any(|found| {
            let whole = is_bound(found.start()) && is_bound(found.end());
            let heads = CONCERNS.iter().filter_map(|phrase| phrase.strip_suffix("CHILD"));
            let only_head = heads.map(squeezed).any(|head| bare.get(found.range()) == Some(head.as_slice()));
            whole && (!only_head || is_pupil_id(next_word(&bare, &bounds, found.end())))
        })
    }

    /// Why a text may not be kept; `of_lessons` where it is a note on a lesson visit.
    pub fn refuses(&self, text: &str, of_lessons: bool) -> Option<RefusedText> {
        match (self.is_concern(text), self.grades(text, of_lessons)) {
            (true, _) => Some(RefusedText::Concern),
            (_, true) => Some(RefusedText::Grade),
            _ => None,
        }
    }

    /// Whether a text grades a lesson or a teacher; a note on a lesson visit, anything.
    pub fn grades(&self, text: &str, of_lessons: bool) -> bool {
        self.graded.as_ref().is_some_and(|graded| graded.is_match(text)) && grades(text, of_lessons)
    }
}

/// The letters and digits of a text in lower case.
fn squeezed(text: &str) -> Vec<u8> {
    let mut bare = Vec::with_capacity(text.len());
    squeeze(text, &mut bare);
    bare
}

/// Adds the letters and digits of a text in lower case.
fn squeeze(text: &str, bare: &mut Vec<u8>) {
    if text.is_ascii() {
        bare.extend(text.bytes().filter(u8::is_ascii_alphanumeric).map(|byte| byte.to_ascii_lowercase()));
    } else {
        let letters: String =
            text.nfkc().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        bare.extend(letters.bytes());
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

/// A word, and whether a sentence or clause ends after it.
struct ConcernWord {
    text: String,
    ends: bool,
}

fn words(text: &str) -> Vec<ConcernWord> {
    let mut words: Vec<ConcernWord> = Vec::new();
    for part in text.split(|c: char| c.is_whitespace() || matches!(c, '-' | '/' | '–')) {
        let bare = String::from_utf8(squeezed(part)).unwrap_or_default();
        if bare.is_empty() {
            continue;
        }
        words
            .push(ConcernWord { text: bare, ends: part.ends_with(['.', ',', ';', ':', '!', '?', ')', '"']) });
    }
    if let Some(last) = words.last_mut() {
        last.ends = true;
    }
    words
}

/// How many words from here are a grade; 0 where none.
fn grade_at(words: &[ConcernWord]) -> usize {
    let is = |grade: &str| {
        let parts: Vec<&str> = grade.split(' ').collect();
        let here = words.get(..parts.len())?;
        here.iter().zip(&parts).all(|(word, part)| word.text == *part).then_some(parts.len())
    };
    GRADES.iter().find_map(|grade| is(grade)).unwrap_or(0)
}

/// Whether a text gives a lesson or a teacher a grade; a note on a lesson visit, anything.
fn grades(text: &str, of_lessons: bool) -> bool {
    let words = words(text);
    let rest = |from: usize| words.get(from..).unwrap_or_default();
    let is_number = |word: &ConcernWord| matches!(word.text.as_str(), "1" | "2" | "3" | "4" | "5");
    (0..words.len()).any(|index| {
        let Some(word) = words.get(index) else { return false };
        // "a good lesson", "an outstanding teacher".
        let length = grade_at(rest(index));
        let thing = rest(index + length).first().filter(|_| length > 0);
        if thing.is_some_and(|thing| GRADED.contains(&thing.text.as_str())) {
            let after = rest(index + length + 1).first();
            let ends = thing.is_some_and(|thing| thing.ends);
            if ends || after.is_none_or(|after| AFTER.contains(&after.text.as_str())) {
                return true;
            }
        }
        // "the lesson was judged good", "lesson: grade 2".
        if GRADED.contains(&word.text.as_str()) {
            let between =
                rest(index + 1).iter().take(6).take_while(|word| BETWEEN.contains(&word.text.as_str()));
            let at = rest(index + 1 + between.count());
            let graded = grade_at(at);
            let whole = at.get(graded.saturating_sub(1)).is_some_and(|last| {
                last.ends || at.get(graded).is_none_or(|after| AFTER.contains(&after.text.as_str()))
            });
            let numbered =
                rest(index + 1).iter().take(4).any(|word| word.text == "grade" || word.text == "graded")
                    && at.first().is_some_and(is_number);
            if (graded > 0 && whole) || numbered {
                return true;
            }
        }
        // Of a visit: "graded good", "judged outstanding", "grade 2".
        of_lessons
            && matches!(word.text.as_str(), "graded" | "judged" | "rated" | "grade")
            && (grade_at(rest(index + 1)) > 0 || rest(index + 1).first().is_some_and(is_number))
    })
}

#[cfg(test)]
mod tests {
    use super::{ConcernCheck, RefusedText};

    #[test]
    fn what_reads_as_a_concern_is_refused_and_all_else_passes() {
        let boundary = ConcernCheck::new(&["county lines".to_owned()]);
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
            assert_eq!(boundary.refuses(text, false), Some(RefusedText::Concern), "{text}");
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
            assert_eq!(boundary.refuses(text, false), None, "{text}");
        }
    }

    #[test]
    fn a_grade_for_a_lesson_or_a_teacher_is_refused() {
        let boundary = ConcernCheck::new(&[]);
        let refused = [
            "A good lesson",
            "an outstanding lesson on fractions",
            "The lesson was judged to be good.",
            "Lesson: requires improvement",
            "Teacher is inadequate",
            "She is a weak teacher, needs help",
            "observation graded 2",
            "lesson overall good, questions short",
        ];
        for text in refused {
            assert_eq!(boundary.refuses(text, true), Some(RefusedText::Grade), "{text}");
        }
        for text in ["graded good", "Judged outstanding", "grade 3"] {
            assert_eq!(boundary.refuses(text, true), Some(RefusedText::Grade), "{text}");
            assert_eq!(boundary.refuses(text, false), None, "{text}");
        }
        let passes = [
            "Good teacher questioning drew out reasons",
            "The lesson began with good recall of last week",
            "Pupils' books show good progress",
            "Teachers explain well; the good examples stay on the board",
            "Good lesson sequence across the unit",
            "The teacher has strong subject knowledge",
        ];
        for text in passes {
            assert_eq!(boundary.refuses(text, true), None, "{text}");
        }
    }
}
