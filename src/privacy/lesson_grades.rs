//! Grades that a text gives a lesson or a person, which are not kept.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use super::bare_text::squeezed;

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

/// A word, and whether a sentence or clause ends after it.
struct WordInClause {
    text: String,
    ends: bool,
}

fn words(text: &str) -> Vec<WordInClause> {
    let mut words: Vec<WordInClause> = Vec::new();
    for part in text.split(|c: char| c.is_whitespace() || matches!(c, '-' | '/' | '–')) {
        let bare = String::from_utf8(squeezed(part)).unwrap_or_default();
        if bare.is_empty() {
            continue;
        }
        words.push(WordInClause {
            text: bare,
            ends: part.ends_with(['.', ',', ';', ':', '!', '?', ')', '"']),
        });
    }
    if let Some(last) = words.last_mut() {
        last.ends = true;
    }
    words
}

/// How many words from here are a grade; 0 where none.
fn grade_at(words: &[WordInClause]) -> usize {
    let is = |grade: &str| {
        let parts: Vec<&str> = grade.split(' ').collect();
        let here = words.get(..parts.len())?;
        here.iter().zip(&parts).all(|(word, part)| word.text == *part).then_some(parts.len())
    };
    GRADES.iter().find_map(|grade| is(grade)).unwrap_or(0)
}

/// The automaton that finds what may be graded: a text without any of these is not looked at more closely.
static GRADABLE: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    let words = GRADED.iter().chain(&["graded", "judged", "rated", "grade"]);
    AhoCorasick::builder().ascii_case_insensitive(true).build(words).ok()
});

/// Whether a text gives a lesson or a teacher a grade; a note on a lesson visit, anything.
pub fn grades_a_lesson(text: &str, of_lessons: bool) -> bool {
    if !GRADABLE.as_ref().is_some_and(|words| words.is_match(text)) {
        return false;
    }
    let words = words(text);
    let rest = |from: usize| words.get(from..).unwrap_or_default();
    let is_number = |word: &WordInClause| matches!(word.text.as_str(), "1" | "2" | "3" | "4" | "5");
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
    use crate::privacy::concerns::{ConcernCheck, RefusedText};

    #[test]
    fn a_grade_for_a_lesson_or_a_teacher_is_refused() {
        let concern_check = ConcernCheck::new(&[]);
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
            assert_eq!(concern_check.refuses(text, true), Some(RefusedText::Grade), "{text}");
        }
        for text in ["graded good", "Judged outstanding", "grade 3"] {
            assert_eq!(concern_check.refuses(text, true), Some(RefusedText::Grade), "{text}");
            assert_eq!(concern_check.refuses(text, false), None, "{text}");
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
            assert_eq!(concern_check.refuses(text, true), None, "{text}");
        }
    }
}
