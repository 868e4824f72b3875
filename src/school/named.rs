//! Whether words name somebody on the staff or a class: then they are not for those who see no names.

use unicode_normalization::UnicodeNormalization;

use super::audience::Audience;
use super::{Id, School, unaccented};

/// Names of people that are everyday words as well: without a capital they are taken for the word. A list of our own.
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

/// Words that say that a class stands beside them.
const CLASS: &[&str] = &["class", "classes", "year", "yr", "y"];

/// A word of a text.
struct Word {
    /// In lower case, without accents and apostrophes.
    plain: String,
    /// Whether it begins with a capital.
    capital: bool,
    /// Whether it ends as what is somebody's.
    possessive: bool,
}

fn words(text: &str) -> Vec<Word> {
    let is_apostrophe = |c: char| matches!(c, '\'' | '’' | '‘' | 'ʼ' | '`' | '´');
    // A letter and its mark are one; what is not seen parts no word.
    let text: String =
        text.nfc().filter(|c| !matches!(c, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}')).collect();
    let words = text.split(|c: char| !c.is_alphanumeric() && !is_apostrophe(c));
    words
        .map(|word| Word {
            plain: unaccented(&word.replace(is_apostrophe, "")),
            capital: word.trim_start_matches(is_apostrophe).starts_with(char::is_uppercase),
            possessive: word.strip_suffix('s').is_some_and(|rest| rest.ends_with(is_apostrophe)),
        })
        .filter(|word| !word.plain.is_empty())
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
        holds_an_address(text)
            || others.into_iter().any(|person| is_named(&words, &person.name))
            || self.classes.keys().any(|class| is_class_named(&words, class))
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

/// Whether a person is named, by any part of the name.
fn is_named(words: &[Word], name: &str) -> bool {
    let is_part = |part: &String| {
        part.chars().count() > 1 && ![TITLES, NO_NAMES].iter().any(|none| none.contains(&part.as_str()))
    };
    let all: Vec<String> = self::words(name).into_iter().map(|word| word.plain).collect();
    let parts: Vec<&String> = all.iter().filter(|part| is_part(part)).collect();
    // As it is written in one: DeSouza, RobinSorrel, mhale.
    let mut joined: Vec<String> = Vec::new();
    for pair in all.windows(2) {
        joined.push(pair.concat());
    }
    for (index, part) in parts.iter().enumerate().filter(|(_, part)| part.len() > 3) {
        let others = parts.iter().enumerate().filter(|(other, _)| *other != index);
        for initial in others.filter_map(|(_, other)| other.chars().next()) {
            joined.push(format!("{initial}{part}"));
            // A plural looks the same.
            joined.extend((initial != 's').then(|| format!("{part}{initial}")));
        }
    }
    words.iter().enumerate().any(|(index, word)| {
        let before = index.checked_sub(1).and_then(|before| words.get(before));
        // A title, another part of the name, or the initial of one stands before it.
        let is_led = before.is_some_and(|before| {
            let is_initial =
                |part: &&&String| before.plain.len() == 1 && part.starts_with(before.plain.as_str());
            TITLES.contains(&before.plain.as_str())
                || parts.contains(&&before.plain)
                || parts.iter().any(|part| is_initial(&part)) && before.capital
        });
        let named = |part: &&String| {
            let everyday = EVERYDAY.contains(&part.as_str());
            if word.plain == **part {
                return word.capital || is_led || !everyday;
            }
            // Of a name, or of what is somebody's: the Sorrels, Park's.
            word.plain.strip_suffix('s') == Some(part)
                && (!everyday || is_led || word.possessive && word.capital)
        };
        let parted = || {
            let both = before.filter(|before| before.capital && word.capital);
            both.is_some_and(|before| {
                parts.iter().any(|part| **part == format!("{}{}", before.plain, word.plain))
            })
        };
        parts.iter().any(named) || joined.contains(&word.plain) || parted()
    })
}

/// Whether a class is named: `1A`, `2Bs`, `Y1A`, `class 1 a`, `Elm class`. A number or a letter alone, and a year group, is
/// one only behind the word.
fn is_class_named(words: &[Word], class: &Id) -> bool {
    let own: Vec<String> = self::words(class.as_str()).into_iter().map(|word| word.plain).collect();
    let id = own.concat();
    let of_year = |text: &str| CLASS.iter().find_map(|word| text.strip_prefix(word)).map(str::to_owned);
    let is_bare = id.chars().count() == 1
        || is_digits(of_year(&id).as_deref().unwrap_or(&id))
        || ["reception", "nursery", "infants", "juniors"].contains(&id.as_str());
    let is_class = |index: Option<usize>| {
        index.and_then(|index| words.get(index)).is_some_and(|word| CLASS.contains(&word.plain.as_str()))
    };
    (0..words.len()).any(|from| {
        let behind = is_class(from.checked_sub(1));
        let mut joined = String::new();
        let whole = words.iter().skip(from).take(4).enumerate().any(|(index, word)| {
            joined.push_str(&word.plain);
            // A letter behind a number may begin another word: autumn 2 a visit, pencils 2 B.
            let spaced = index > 0 && word.plain.len() == 1 && !is_digits(&word.plain);
            let found = |text: &str| text == id || text.strip_suffix('s') == Some(&id);
            let bare = of_year(&joined);
            let bare = bare.as_deref().filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
            let is_it =
                found(&joined) || bare.is_some_and(found) || joined.strip_suffix("class") == Some(&id);
            is_it && (behind || !is_bare && (!spaced || bare.is_some()))
        });
        // A part of its name beside the word: Elm class.
        let part = words.get(from).is_some_and(|word| {
            let is_word = word.plain.len() > 2 && word.plain.chars().all(char::is_alphabetic);
            is_word && own.len() > 1 && own.contains(&word.plain) && !CLASS.contains(&word.plain.as_str())
        });
        let beside = words.get(from + 1).is_some_and(|word| word.plain == "class" || word.plain == "classes");
        whole || part && (behind || beside)
    })
}

fn is_digits(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::{holds_an_address, is_class_named, is_named, words};
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
