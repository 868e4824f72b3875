//! The letters and digits of a text, in which phrases are looked for.

use unicode_normalization::UnicodeNormalization;

/// The letters and digits of a text in lower case.
pub(super) fn squeezed(text: &str) -> Vec<u8> {
    let mut bare = Vec::with_capacity(text.len());
    squeeze(text, &mut bare);
    bare
}

/// Adds the letters and digits of a text in lower case.
pub(super) fn squeeze(text: &str, bare: &mut Vec<u8>) {
    if text.is_ascii() {
        bare.extend(text.bytes().filter(u8::is_ascii_alphanumeric).map(|byte| byte.to_ascii_lowercase()));
    } else {
        let letters: String =
            text.nfkc().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        bare.extend(letters.bytes());
    }
}
