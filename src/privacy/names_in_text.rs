//! Whether words name somebody on the staff or a class: then they are not for those who see no names.

use std::cell::OnceCell;

use unicode_normalization::UnicodeNormalization;

use super::audience::Audience;
use crate::school::id::unaccented;
use crate::school::{Id, SetUp};

/// Names of people that are everyday words as well: without a capital they are taken for the word. A list of our own,
/// in order.
#[rustfmt::skip]
const EVERYDAY: &[&str] = &[
    "abbey", "am", "amber", "an", "angel", "april", "art", "as", "ash", "at", "august", "autumn", "baker",
    "ball", "banks", "barber", "barker", "basil", "bay", "be", "beach", "bell", "berry", "best", "bible",
    "bill", "bird", "bishop", "black", "bliss", "blue", "bob", "bolt", "bond", "boon", "booth", "bow", "bowl",
    "bowler", "boys", "bridge", "bridges", "bright", "brook", "brooks", "brown", "buck", "bull", "burns",
    "bush", "butcher", "button", "buttons", "by", "cable", "carol", "carter", "carver", "case", "castle",
    "chance", "chase", "cherry", "christian", "church", "clay", "close", "cloud", "cook", "court", "craft",
    "crafts", "crisp", "cross", "crow", "daisy", "dale", "dance", "dawn", "day", "dean", "dee", "do", "dot",
    "dove", "drew", "drum", "duke", "earl", "early", "east", "ember", "english", "eve", "ever", "fair",
    "fairy", "faith", "farmer", "fern", "field", "fields", "finch", "fisher", "flint", "flower", "flowers",
    "foot", "ford", "forest", "foster", "fox", "frank", "french", "friday", "frost", "fry", "fuller",
    "gardener", "gate", "gay", "gene", "gentle", "german", "gill", "ginger", "glass", "go", "gold", "golden",
    "good", "goose", "grace", "grant", "green", "grey", "grove", "guy", "hale", "hall", "hand", "hands",
    "happy", "hardy", "harmony", "harper", "he", "head", "heath", "heather", "hedge", "herb", "heron", "hi",
    "hill", "holly", "hood", "hook", "hope", "horn", "house", "hunt", "hunter", "if", "in", "iris", "is",
    "it", "ivory", "ivy", "jack", "jade", "jay", "jewel", "joy", "judge", "june", "just", "key", "king",
    "kit", "knight", "lake", "lamb", "lamp", "lane", "lark", "law", "leaf", "lee", "light", "lily", "little",
    "lock", "lodge", "loft", "long", "lord", "love", "low", "major", "maple", "march", "mark", "marks",
    "marsh", "mason", "max", "may", "me", "meadow", "meadows", "mercy", "merry", "miles", "mill", "miller",
    "mills", "misty", "monday", "money", "moon", "moor", "moss", "my", "neat", "needle", "new", "nick",
    "nightingale", "no", "noble", "norman", "north", "nurse", "old", "olive", "on", "or", "pace", "page",
    "pages", "palmer", "park", "parks", "parrot", "parsons", "pat", "peacock", "pearl", "peel", "peg",
    "penny", "pepper", "pike", "pitcher", "place", "plant", "plum", "pole", "pond", "pool", "poppy", "porter",
    "post", "potter", "pound", "pounds", "power", "price", "priest", "prince", "prior", "queen", "quill",
    "quills", "rain", "raven", "ray", "read", "reader", "reading", "reed", "rice", "rich", "ridge", "rise",
    "river", "rivers", "roach", "rob", "robin", "rock", "rod", "roof", "root", "rose", "rosemary", "rowan",
    "ruby", "rule", "rules", "rush", "rust", "rusty", "saddler", "sage", "sand", "sands", "sandy", "savage",
    "scarlet", "school", "self", "sharp", "sheep", "shepherd", "ship", "shoe", "shore", "short", "silver",
    "singer", "skills", "skinner", "sky", "slater", "small", "smart", "smiles", "smith", "snow", "so", "son",
    "song", "south", "sparks", "speed", "spell", "spice", "spring", "square", "stamp", "stand", "star",
    "state", "steel", "steps", "stocks", "stone", "storm", "story", "stout", "street", "strong", "sue",
    "summer", "summers", "sun", "sunday", "sunny", "swan", "sweet", "swift", "table", "tables", "tall",
    "tallow", "teal", "temple", "test", "thorn", "thyme", "tiger", "to", "tower", "tree", "trees", "trust",
    "twist", "up", "us", "vale", "van", "victor", "violet", "wait", "walker", "wall", "waller", "walls",
    "ward", "warren", "water", "waters", "way", "we", "weaver", "week", "weeks", "wells", "west", "wheat",
    "wheeler", "white", "wild", "will", "willow", "wills", "winner", "winter", "winters", "wise", "witch",
    "wolf", "wood", "woods", "word", "worth", "worthy", "wren", "wright", "writer", "yard", "young",
];

const TITLES: &[&str] = &["mr", "mrs", "ms", "miss", "mx", "dr"];

/// What stands in place of a name, or within one, and names nobody by itself.
const NO_NAMES: &[&str] = &[
    "agency",
    "al",
    "ap",
    "assistant",
    "bin",
    "cover",
    "da",
    "de",
    "del",
    "den",
    "der",
    "deputy",
    "di",
    "du",
    "ect",
    "el",
    "head",
    "headteacher",
    "ibn",
    "la",
    "le",
    "senco",
    "st",
    "staff",
    "supply",
    "ta",
    "tbc",
    "teacher",
    "van",
    "von",
];

/// Words that say that a class stands next to them.
const CLASS: &[&str] = &["class", "classes", "year", "yr", "y"];

/// A word of a text.
struct TextWord {
    /// In lower case, without accents and apostrophes.
    plain: String,
    /// Whether it begins with a capital.
    capital: bool,
    /// Whether it ends as what is somebody's.
    possessive: bool,
}

fn words(text: &str) -> Vec<TextWord> {
    let is_apostrophe = |c: char| matches!(c, '\'' | '’' | '‘' | 'ʼ' | '`' | '´');
    // A letter and its mark are one; what is not seen parts no word.
    let text: String =
        text.nfc().filter(|c| !matches!(c, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}')).collect();
    let words = text.split(|c: char| !c.is_alphanumeric() && !is_apostrophe(c));
    words
        .map(|word| TextWord {
            plain: unaccented(&word.replace(is_apostrophe, "")),
            capital: word.trim_start_matches(is_apostrophe).starts_with(char::is_uppercase),
            possessive: word.strip_suffix('s').is_some_and(|rest| rest.ends_with(is_apostrophe)),
        })
        .filter(|word| !word.plain.is_empty())
        .collect()
}

/// How the staff and the classes of a school are named; worked out when a text is first looked at.
#[derive(Debug)]
pub struct NamesInText<'s> {
    set_up: &'s SetUp,
    people: OnceCell<Vec<(Id, PersonName)>>,
    classes: OnceCell<Vec<ClassName>>,
}

/// How a person is called.
#[derive(Clone, Debug)]
struct PersonName {
    /// The parts of the name.
    parts: Vec<String>,
    /// Parts as they are written in one, and with an initial.
    joined: Vec<String>,
}

/// How a class is called.
#[derive(Clone, Debug)]
struct ClassName {
    /// The words of its id.
    words: Vec<String>,
    /// They in one.
    whole: String,
    /// Whether it is a number, a letter or a year group, and so a class only behind the word.
    is_bare: bool,
}

impl<'s> NamesInText<'s> {
    /// The names of the staff and the classes.
    pub fn of(set_up: &'s SetUp) -> Self {
        Self { set_up, people: OnceCell::new(), classes: OnceCell::new() }
    }

    /// What somebody wrote, where an audience may read it: to those who see no names only what names nobody.
    pub fn quoted<'t>(&self, audience: &Audience, text: &'t str) -> Option<&'t str> {
        (audience.sees_names() || !self.names_somebody(text)).then_some(text)
    }

    /// Whether a text names somebody on the staff or a class, or holds an address: any part of a name as a word of
    /// its own (without a capital only where that is no everyday word), or a class's id however it is spaced.
    /// Initials, and what only those who know can say, it does not find.
    pub fn names_somebody(&self, text: &str) -> bool {
        self.names_other_than(text, &[])
    }

    /// The same, with some people whose names may stand there.
    pub fn names_other_than(&self, text: &str, known: &[Id]) -> bool {
        let people = self.people.get_or_init(|| {
            let people = self.set_up.staff.values();
            people.map(|person| (person.id.clone(), PersonName::of(&person.name))).collect()
        });
        let classes = self.classes.get_or_init(|| self.set_up.classes.keys().map(ClassName::of).collect());
        let words = words(text);
        holds_an_address(text)
            || people.iter().any(|(id, called)| !known.contains(id) && called.is_in(&words))
            || classes.iter().any(|class| class.is_in(&words))
    }
}

/// Whether a text holds an address of the post: a sign with something on either side.
fn holds_an_address(text: &str) -> bool {
    let signs = text.match_indices('@');
    signs.into_iter().any(|(at, sign)| {
        let before = text.get(..at).and_then(|text| text.chars().next_back());
        let after = text.get(at + sign.len()..).and_then(|text| text.chars().next());
        [before, after].iter().all(|c| c.is_some_and(char::is_alphanumeric))
    })
}

impl PersonName {
    fn of(name: &str) -> Self {
        let is_part = |part: &String| {
            part.chars().count() > 1 && ![TITLES, NO_NAMES].iter().any(|none| none.contains(&part.as_str()))
        };
        let all: Vec<String> = words(name).into_iter().map(|word| word.plain).collect();
        let parts: Vec<String> = all.iter().filter(|part| is_part(part)).cloned().collect();
        // As it is written in one: DeSouza, RobinSorrel, mhale.
        let mut joined: Vec<String> = all.windows(2).map(<[String]>::concat).collect();
        for (index, part) in parts.iter().enumerate().filter(|(_, part)| part.len() > 3) {
            let others = parts.iter().enumerate().filter(|(other, _)| *other != index);
            for initial in others.filter_map(|(_, other)| other.chars().next()) {
                joined.push(format!("{initial}{part}"));
                // A plural looks the same.
                joined.extend((initial != 's').then(|| format!("{part}{initial}")));
            }
        }
        Self { parts, joined }
    }

    /// Whether the person is named, by any part of the name.
    fn is_in(&self, words: &[TextWord]) -> bool {
        words.iter().enumerate().any(|(index, word)| {
            let before = index.checked_sub(1).and_then(|before| words.get(before));
            // A title, another part of the name, or the initial of one stands before it.
            let is_led = before.is_some_and(|before| {
                let is_initial = |part: &String| before.plain.len() == 1 && part.starts_with(&before.plain);
                TITLES.contains(&before.plain.as_str())
                    || self.parts.contains(&before.plain)
                    || (before.capital && self.parts.iter().any(is_initial))
            });
            let named = |part: &String| {
                let everyday = || EVERYDAY.binary_search(&part.as_str()).is_ok();
                if word.plain == *part {
                    return word.capital || is_led || !everyday();
                }
                // Of a name, or of what is somebody's: the Sorrels, Park's.
                word.plain.strip_suffix('s') == Some(part)
                    && (is_led || (word.possessive && word.capital) || !everyday())
            };
            let parted = || {
                let both = before.filter(|before| before.capital && word.capital);
                both.is_some_and(|before| {
                    self.parts.iter().any(|part| *part == format!("{}{}", before.plain, word.plain))
                })
            };
            self.parts.iter().any(named) || self.joined.contains(&word.plain) || parted()
        })
    }
}

/// What stands behind a word for a class, in one with it: `y1a`.
fn behind_the_word(text: &str) -> Option<&str> {
    CLASS.iter().find_map(|word| text.strip_prefix(word))
}

impl ClassName {
    fn of(class: &Id) -> Self {
        let words: Vec<String> = words(class.as_str()).into_iter().map(|word| word.plain).collect();
        let whole = words.concat();
        let is_bare = whole.chars().count() == 1
            || is_digits(behind_the_word(&whole).unwrap_or(&whole))
            || ["reception", "nursery", "infants", "juniors"].contains(&whole.as_str());
        Self { words, whole, is_bare }
    }

    /// Whether the class is named: `1A`, `2Bs`, `Y1A`, `class 1 a`, `Elm class`.
    fn is_in(&self, words: &[TextWord]) -> bool {
        let is_word =
            |index: Option<usize>| index.and_then(|index| words.get(index)).map(|word| word.plain.as_str());
        (0..words.len()).any(|from| {
            let behind = is_word(from.checked_sub(1)).is_some_and(|word| CLASS.contains(&word));
            let mut joined = String::new();
            let found = |text: &str| text == self.whole || text.strip_suffix('s') == Some(&self.whole);
            let whole = words.iter().skip(from).take(4).enumerate().any(|(index, word)| {
                joined.push_str(&word.plain);
                // A letter behind a number may begin another word: autumn 2 a visit, pencils 2 B.
                let spaced = index > 0 && word.plain.len() == 1 && !is_digits(&word.plain);
                let bare =
                    behind_the_word(&joined).filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
                let is_it = found(&joined)
                    || bare.is_some_and(found)
                    || joined.strip_suffix("class") == Some(&self.whole);
                is_it && (behind || !self.is_bare && (!spaced || bare.is_some()))
            });
            // A part of its name next to the word: Elm class.
            let part = words.get(from).is_some_and(|word| {
                let is_name = word.plain.len() > 2 && word.plain.chars().all(char::is_alphabetic);
                let is_own = self.words.len() > 1 && self.words.contains(&word.plain);
                is_name && is_own && !CLASS.contains(&word.plain.as_str())
            });
            let beside = is_word(Some(from + 1)).is_some_and(|word| word == "class" || word == "classes");
            whole || part && (behind || beside)
        })
    }
}

fn is_digits(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::{ClassName, EVERYDAY, PersonName, TextWord, holds_an_address, words};
    use crate::school::Id;

    fn is_named(words: &[TextWord], name: &str) -> bool {
        PersonName::of(name).is_in(words)
    }

    fn is_class_named(words: &[TextWord], class: &Id) -> bool {
        ClassName::of(class).is_in(words)
    }

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
        for (text, name) in [
            ("ask mhale", "Morgan Hale"),
            ("M. Hale", "Morgan Hale"),
            ("Hale\u{2019}s list", "Morgan Hale"),
            ("Soren keeps it", "S\u{f8}ren \u{d8}st"),
            ("Lukasz", "\u{141}ukasz Wi\u{15b}niewski"),
            ("O Brien and I", "Kit O'Brien"),
            ("o\u{2bc}brien", "Kit O'Brien"),
            ("DeSouza", "Ana De Souza"),
            ("ask mrs de la cruz", "Lena de la Cruz"),
        ] {
            assert!(is_named(&words(text), name), "{text}");
        }
        assert!(holds_an_address("to sorrel@school.example"));
    }

    #[test]
    fn everyday_words_are_no_names() {
        for text in ["a robin sings", "marking in an hour", "Mrs Hale and robins"] {
            assert!(!is_named(&words(text), "Mrs Robin Sorrel"), "{text}");
        }
        assert!(!is_named(&words("we will read it in the park"), "Will Park"));
        assert!(!is_named(&words("a sorrelly plan"), "Robin Sorrel"));
        for (text, name) in [
            ("Each teacher keeps one marking code", "Supply Teacher"),
            ("for two weeks first", "Pat Weeks"),
            ("a la carte", "Lena de la Cruz"),
            ("Marks are given in green", "Mark Hart"),
            ("Leaders judge books", "Carol Judge"),
        ] {
            assert!(!is_named(&words(text), name), "{text}");
        }
        assert!(EVERYDAY.is_sorted());
        assert!(!holds_an_address("Counters @ \u{a3}5 a set"));
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
            ("2Bs books", "2B"),
            ("Year 2 b first", "2B"),
            ("class 2 b's books", "2B"),
            ("Y2b's books", "2B"),
            ("Elm class", "Y1/Elm"),
            ("OakClass", "Oak"),
        ] {
            assert!(is_class_named(&words(text), &Id::new(class)), "{text} {class}");
        }
        for (text, class) in [
            ("autumn 2 a visit", "2A"),
            ("3 of 4", "3"),
            ("a visit", "A"),
            ("1 of 2", "1A"),
            ("Year 21A", "1A"),
            ("Autumn 2 A new code", "2A"),
            ("all of Year 1 read", "Year 1"),
        ] {
            assert!(!is_class_named(&words(text), &Id::new(class)), "{text} {class}");
        }
    }
}
