//! Enums whose values are fixed words.

/// A value that is written as one fixed word in files and answers.
pub trait FixedWord: Copy + Eq + 'static {
    /// Every value, in the order of the enum.
    const ALL: &'static [Self];

    /// The word in files and answers.
    fn word(self) -> &'static str;

    /// Further words that are read as it.
    fn synonyms(self) -> &'static [&'static str];
}

/// Defines enums of fixed words: `Value = "word" | "synonym" => "what people read",`.
///
/// A value has its word in files and answers, synonyms that are read as it, and what people read: the word itself
/// where nothing else is said. It is serialized as its word.
macro_rules! fixed_words {
    ($(
        $(#[$about:meta])*
        pub enum $name:ident {
            $($(#[$note:meta])* $value:ident = $word:literal $(| $synonym:literal)* $(=> $title:literal)?,)*
        }
    )*) => {$(
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($(#[$note])* $value,)*
        }

        impl $name {
            /// Every value, in order.
            pub const ALL: &'static [Self] = &[$(Self::$value,)*];

            /// The word of every value, in order.
            pub const WORDS: &'static [&'static str] = &[$($word,)*];

            /// The word in files and answers.
            pub fn word(self) -> &'static str {
                match self {
                    $(Self::$value => $word,)*
                }
            }

            /// Further words that are read as it.
            pub fn synonyms(self) -> &'static [&'static str] {
                match self {
                    $(Self::$value => &[$($synonym,)*],)*
                }
            }

            /// The value that a word is written for; synonyms are none.
            pub fn from_word(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.word() == word)
            }

            /// What people read.
            pub fn title(self) -> &'static str {
                match self {
                    $(Self::$value => [$word $(, $title)?].last().copied().unwrap_or($word),)*
                }
            }
        }

        impl crate::words::FixedWord for $name {
            const ALL: &'static [Self] = Self::ALL;

            fn word(self) -> &'static str {
                self.word()
            }

            fn synonyms(self) -> &'static [&'static str] {
                self.synonyms()
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.word())
            }
        }

        #[cfg(test)]
        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({ "enum": Self::WORDS })
            }
        }
    )*};
}
