//! Whether words name somebody on the staff or a class: then they are not for those who see no names.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::audience::Audience;
use super::{Id, School};

/// Names of people that are everyday words as well: without a capital they are taken for the word. A list of our own.
#[rustfmt::skip]
const EVERYDAY: &[&str] = &[
    "abbey", "am", "amber", "an", "angel", "april", "art", "as", "ash", "at", "august", "autumn", "baker",
    "ball", "banks", "barber", "barker", "bay", "be", "beach", "bell", "berry", "best", "bible", "bill",
    "bird", "bishop", "black", "bliss", "blue", "bob", "bolt", "bond", "boon", "booth", "bow", "bowl",
    "bowler", "boys", "bridge", "bright", "brook", "brooks", "brown", "buck", "bull", "bush", "butcher", "by",
    "carter", "carver", "case", "castle", "chance", "chase", "christian", "church", "class", "clay", "close",
    "cloud", "cook", "court", "crisp", "cross", "crow", "daisy", "dale", "dawn", "day", "dean", "do", "dove",
    "drew", "duke", "earl", "early", "east", "ember", "english", "ever", "faith", "farmer", "fern", "field",
    "finch", "fisher", "flint", "ford", "forest", "fox", "frank", "french", "friday", "frost", "fry",
    "fuller", "gardener", "gate", "gay", "gene", "gentle", "german", "gill", "glass", "go", "golden", "good",
    "goose", "grace", "grant", "green", "grey", "grove", "guy", "hale", "hall", "hand", "hardy", "harmony",
    "harper", "he", "head", "heath", "heather", "herb", "heron", "hi", "hill", "holly", "hood", "hook",
    "hope", "house", "hunt", "hunter", "if", "in", "is", "it", "ivory", "ivy", "jack", "jade", "jay", "jewel",
    "joy", "june", "just", "key", "king", "kit", "knight", "lake", "lamb", "lane", "lark", "lee", "light",
    "lily", "little", "long", "lord", "love", "low", "major", "march", "mark", "marks", "marsh", "mason",
    "max", "may", "me", "mercy", "miles", "mill", "miller", "mills", "monday", "moon", "moor", "moss", "my",
    "neat", "new", "nick", "no", "noble", "norman", "north", "old", "olive", "on", "or", "page", "park",
    "parks", "parsons", "pat", "pearl", "peel", "peg", "penny", "pepper", "pike", "pole", "pool", "poppy",
    "porter", "potter", "power", "price", "priest", "prince", "prior", "queen", "rain", "ray", "read",
    "reader", "reed", "rice", "rich", "ridge", "river", "rivers", "rob", "robin", "rock", "rod", "rose",
    "rosemary", "rowan", "ruby", "rush", "rust", "saddler", "sage", "savage", "scarlet", "self", "sharp",
    "shepherd", "shore", "short", "silver", "singer", "skinner", "sky", "slater", "small", "smart", "smith",
    "snow", "so", "son", "south", "sparks", "spring", "star", "steel", "stone", "storm", "street", "strong",
    "summer", "summers", "sun", "sunday", "swan", "sweet", "temple", "thorn", "thyme", "tiger", "to", "tower",
    "trust", "up", "us", "vale", "van", "victor", "violet", "walker", "wall", "waller", "walls", "ward",
    "warren", "water", "waters", "way", "we", "weaver", "wells", "west", "wheeler", "white", "wild", "will",
    "willow", "wills", "winter", "winters", "wise", "wolf", "wood", "woods", "word", "worth", "worthy",
    "wren", "wright", "young",
];

const TITLES: &[&str] = &["mr", "mrs", "ms", "miss", "mx", "dr"];

/// A word of a text.
struct Word {
    /// In lower case, without accents and apostrophes.
    plain: String,
    /// Whether it begins with a capital.
    capital: bool,
}

fn words(text: &str) -> Vec<Word> {
    let text: String = text.nfkd().filter(|c| !is_combining_mark(*c) && !matches!(c, '\'' | '’')).collect();
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words
        .map(|word| Word { plain: word.to_lowercase(), capital: word.starts_with(char::is_uppercase) })
        .collect()
}

impl School {
    /// What somebody wrote, where an audience may read it: to those who see no names only what names nobody.
    pub fn quoted<'t>(&self, audience: &Audience, text: &'t str) -> Option<&'t str> {
        (audience.sees_names() || !self.names_somebody(text)).then_some(text)
    }

    /// Whether a text names somebody on the staff or a class, or holds an address: any part of a name as a word of
    /// its own (without a capital only where that is no everyday word), or a class's id however it is spaced.
    /// Initials, and what only those who know can tell, it does not find.
    pub fn names_somebody(&self, text: &str) -> bool {
        self.names_other_than(text, &[])
    }

    /// The same, with some people whose names may stand there.
    pub fn names_other_than(&self, text: &str, known: &[Id]) -> bool {
        let words = words(text);
        let others = self.staff.values().filter(|person| !known.contains(&person.id));
        text.contains('@')
            || others.into_iter().any(|person| is_named(&words, &person.name))
            || self.classes.keys().any(|class| is_class_named(&words, class))
    }
}

/// Whether a person is named, by any part of the name.
fn is_named(words: &[Word], name: &str) -> bool {
    let parts: Vec<String> = self::words(name)
        .into_iter()
        .map(|word| word.plain)
        .filter(|part| part.chars().count() > 1 && !TITLES.contains(&part.as_str()))
        .collect();
    let whole = parts.concat();
    let before = |index: usize| index.checked_sub(1).and_then(|before| words.get(before));
    words.iter().enumerate().any(|(index, word)| {
        let is_part = |part: &String| {
            // A name's plural, or what is somebody's.
            let is_it = word.plain == *part || word.plain.strip_suffix('s') == Some(part);
            let after = before(index).is_some_and(|before| {
                TITLES.contains(&before.plain.as_str()) || parts.contains(&before.plain)
            });
            is_it && (word.capital || after || !EVERYDAY.contains(&part.as_str()))
        };
        word.plain == whole || parts.iter().any(is_part)
    })
}

/// Whether a class is named: `1A`, `1 A`, `Y1A`, `Year 1A`. A number or a letter alone is one only behind the word.
fn is_class_named(words: &[Word], class: &Id) -> bool {
    let id: String = self::words(class.as_str()).into_iter().map(|word| word.plain).collect();
    let is_bare = id.chars().count() == 1 || is_digits(&id);
    (0..words.len()).any(|from| {
        let mut joined = String::new();
        let behind_class = from
            .checked_sub(1)
            .and_then(|before| words.get(before))
            .is_some_and(|before| matches!(before.plain.as_str(), "class" | "classes" | "year" | "yr"));
        words.iter().skip(from).take(4).enumerate().any(|(index, word)| {
            // A small letter behind a number may begin another word: autumn 2 a visit.
            if index > 0 && word.plain.len() == 1 && !word.capital && !is_digits(&word.plain) {
                return false;
            }
            joined.push_str(&word.plain);
            let bare = ["year", "yr", "y", "class"].iter().find_map(|prefix| {
                joined.strip_prefix(prefix).filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
            });
            (joined == id && (!is_bare || behind_class)) || (!is_bare && bare == Some(&id))
        })
    })
}

fn is_digits(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::{is_class_named, is_named, words};
    use crate::school::Id;

    #[test]
    fn a_name_is_found_however_it_is_written() {
        for text in [
            "ask sorrel about it",
            "Sorrel's books",
            "the Sorrels",
            "mrs sorrel",
            "RobinSorrel",
            "Robin",
            "robin sorrel",
            "with ROBIN",
            "as Sorrel said",
        ] {
            assert!(is_named(&words(text), "Mrs Robin Sorrel"), "{text}");
        }
        assert!(is_named(&words("see Zoe\u{308}"), "Zo\u{eb} Fairweather"));
        assert!(is_named(&words("see zoe"), "Zo\u{eb} Fairweather"));
        assert!(is_named(&words("O\u{2019}Brien to lead"), "Kit O'Brien"));
        assert!(is_named(&words("Mark to lead; mr park too"), "Dee Park"));
    }

    #[test]
    fn everyday_words_are_no_names() {
        for text in ["a robin sings", "marking in an hour", "Mrs Hale and robins"] {
            assert!(!is_named(&words(text), "Mrs Robin Sorrel"), "{text}");
        }
        assert!(!is_named(&words("we will read it in the park"), "Will Park"));
        assert!(!is_named(&words("a sorrelly plan"), "Robin Sorrel"));
    }

    #[test]
    fn a_class_is_found_however_it_is_spaced() {
        for (text, class) in [
            ("in Y1-Ash first", "Y1-Ash"),
            ("y1 ash", "Y1-Ash"),
            ("class 1 A moves", "1A"),
            ("Y1A and Year 2 B", "1A"),
            ("Year 2 B", "2B"),
            ("1a", "1A"),
            ("Year 1A", "1A"),
            ("class 3", "3"),
            ("Class A", "A"),
            ("year1a", "1A"),
        ] {
            assert!(is_class_named(&words(text), &Id::new(class)), "{text} {class}");
        }
        for (text, class) in [
            ("autumn 2 a visit", "2A"),
            ("3 of 4", "3"),
            ("a visit", "A"),
            ("1 of 2", "1A"),
            ("Year 21A", "1A"),
        ] {
            assert!(!is_class_named(&words(text), &Id::new(class)), "{text} {class}");
        }
    }
}
